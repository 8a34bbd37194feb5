-- fragment: prefix
-- A query for words that begin with $word; for the word alone if it has one or two letters.
to_tsquery('companyfacts', '''' || $word || case when length($word) > 2 then ''':*' else '''' end)

-- fragment: has
-- Condition: $words have the word w. It is written twice, so that Postgres estimates few rows and uses the index; else it
-- reads the whole table for a word that occurs nowhere.
$words @@ w.prefix and $words @@ (w.prefix || w.prefix)

-- name: search_written
-- For each word whether it is searchable (no stop word), and whether it occurs anywhere.
select numnode(w.prefix) > 0 as meant,
    case when numnode(w.prefix) > 0 then -- an empty query would read every row
        exists (select from companies t where {has:words=t.words})
        or exists (select from concepts t where {has:words=t.words})
        or exists (select from facts f where f.told is not null and to_tsvector('companyfacts', search_text(f.told)) @@ w.prefix)
        or exists (select from passages t where {has:words=t.words})
        or exists (select from slots t where {has:words=t.words})
    else false end as written
from (
    select place, {prefix:word=word} as prefix from unnest($1::text[]) with ordinality as asked (word, place)
) w
order by w.place;

-- name: search_spellings
-- Texts that have a word similar to each of these, the most similar first.
select w.place, near.spelled
from unnest($1::int[], $2::text[]) as w (place, word)
cross join lateral search_spelled(w.word) near
order by w.place, near.likeness desc, near.spelled;

-- name: search_identified
-- The companies that have an identifier with one of these values now.
select distinct c.company, c.slug, c.name, c.aliases, c.identifiers::text as identifiers
from company_identifiers i join companies c using (company)
where i.value = any($1::text[]) and i.until is null
order by c.slug limit $2;

-- fragment: alternatives
-- The words to search for, as queries.
select place, strength, plainto_tsquery('companyfacts', word) as exact, {prefix:word=word} as prefix
from unnest($1::int[], $2::text[], $3::float4[]) as asked (place, word, strength)

-- fragment: any_word
-- A query for any of them.
select string_agg(prefix::text, ' | ')::tsquery as query from alternatives where numnode(prefix) > 0

-- fragment: every_word
-- A query for all of them; of each, one of its alternatives.
select string_agg('(' || any_of || ')', ' & ')::tsquery as query
from (
    select string_agg(prefix::text, ' | ') as any_of from alternatives where numnode(prefix) > 0 group by place
) each_word

-- fragment: strength
-- The strength of alternative a in $words: less if only its beginning fits.
case when $words @@ a.exact then a.strength else a.strength * 0.9 end

-- fragment: matching
-- The strength of each word of the query in $words, in order (null where it is missing), and their sum.
lateral (
    select array_agg(best order by place) as matched, coalesce(sum(best), 0) as total from (
        select a.place, max(case when $words @@ a.prefix then {strength:words=$words} end) as best
        from alternatives a group by a.place
    ) each_word
) m

-- fragment: likeliest
-- The $key of rows of $table that have some of the words, those with the most words first. A common word is in very many
-- rows, so each row and word is evaluated once.
select t.$key
from (
    select t.$key, a.place, max(length(t.words)) as size, max({strength:words=t.words}) as best
    from alternatives a join $table t on t.words @@ a.prefix
    where numnode(a.prefix) > 0 -- an empty query would read every row
    group by t.$key, a.place
) t
group by t.$key
order by sum(t.best) desc, max(t.size), t.$key limit $4

-- name: search_companies
-- Companies by their names and identifiers, those with the most of the words first.
with alternatives as materialized ({alternatives:}), likeliest as ({likeliest:table=companies,key=slug})
select c.company, c.slug, c.name, c.aliases, c.identifiers::text as identifiers, m.matched
from likeliest l join companies c using (slug) cross join {matching:words=c.words}
order by m.total desc, length(c.words), c.slug;

-- name: search_companies_of_two
-- Companies that have at least two of the words $1, those with the most of them first. $3 is the query for any two of them.
with alternatives as materialized (
    select place, 1::float8 as strength, plainto_tsquery('companyfacts', word) as exact, {prefix:word=word} as prefix
    from unnest($1::text[]) with ordinality as asked (word, place)
)
select c.company, c.slug, c.name, c.aliases, c.identifiers::text as identifiers, m.matched
from companies c cross join lateral (
    select array_agg(best order by place) as matched, coalesce(sum(best), 0) as total from (
        select a.place, case when c.words @@ a.prefix then {strength:words=c.words} end as best
        from alternatives a offset 0 -- else the planner would merge the two selects, and evaluate this twice
    ) each_word
) m
where c.words @@ (select to_tsquery('companyfacts', $3))
order by m.total desc, length(c.words), c.slug limit $2;

-- name: search_concepts
-- Concepts by label and id.
with alternatives as materialized ({alternatives:}), likeliest as ({likeliest:table=concepts,key=concept})
select c.concept, c.label, c.description, m.matched
from likeliest l join concepts c using (concept) cross join {matching:words=c.words}
order by m.total desc, length(c.words), c.concept;

-- name: search_series
-- Series of the given companies, by subject and company.
with alternatives as materialized ({alternatives:}), wanted as materialized ({any_word:})
select s.company, s.slot, m.matched
from wanted w, slots s join companies c using (company) cross join lateral (select c.words || s.words as words) t
    cross join {matching:words=t.words}
where s.company = any($5::bigint[]) and s.words @@ w.query
order by m.total desc, length(s.words), s.company, s.slot limit $4;

-- fragment: by_subject
-- Series that fit a query, best first; at most 500 are ranked.
select s.company, s.slot, m.matched
from (select s.* from slots s, wanted w where s.words @@ w.query limit 500) s cross join {matching:words=s.words}
order by m.total desc, length(s.words), s.company, s.slot limit $number

-- name: search_subjects
-- Series of any company whose subject has every word.
with alternatives as materialized ({alternatives:}), wanted as materialized ({every_word:})
{by_subject:number=$4};

-- name: search_subjects_by_any
-- Series of any company whose subject has some of the words.
with alternatives as materialized ({alternatives:}), wanted as materialized ({any_word:})
{by_subject:number=$4};

-- fragment: likely
-- The 200 rows of `had` with the most words. This reads the index alone, not the words of the rows.
select h.row from (
    select h.row, h.place, max(h.strength) as best from had h group by h.row, h.place
) h
group by h.row order by sum(h.best) desc, h.row limit 200

-- name: search_told
-- Facts by the words in their values.
with alternatives as materialized ({alternatives:}), had as (
    select f.ctid as row, a.place, a.strength
    from alternatives a join facts f on to_tsvector('companyfacts', search_text(f.told)) @@ a.prefix
    where numnode(a.prefix) > 0 and f.told is not null and f.asserted
), likely as ({likely:})
select f.company, f.slot, m.matched
from likely l join facts f on f.ctid = l.row
join slots s on s.company = f.company and s.kind = f.kind and s.subject = f.subject and s.slot = f.slot
join companies c on c.company = f.company
cross join lateral (select c.words || s.words || to_tsvector('companyfacts', search_text(f.told)) as words) t
cross join {matching:words=t.words}
order by m.total desc, f.recency, f.id limit $4;

-- fragment: passages
-- The best passage of each source among the rows of `had`.
likely as ({likely:}), best as (
    select distinct on (p.source) p.source, p.passage, p.start, p."end", m.matched, m.total
    from likely l join passages p on p.ctid = l.row join passages t on t.source = p.source and t.passage = 0
    cross join lateral (select p.words || t.words as words) b
    cross join {matching:words=b.words}
    order by p.source, m.total desc, p.passage
), chosen as (
    select * from best order by total desc, start is not null, source limit $4
)
select s.id, s.title, s.url, c.start, c."end", c.matched, substring(n.text, c.start + 1, c."end" - c.start) as text
from chosen c join sources s using (source) left join snapshots n on n.source = c.source and c.start is not null
order by c.total desc, c.start is not null, c.source

-- name: search_passages
-- Sources by title or by the passage of their text that has the most of the words.
with alternatives as materialized ({alternatives:}), had as (
    select p.ctid as row, a.place, a.strength
    from alternatives a join passages p on p.words @@ a.prefix
    where numnode(a.prefix) > 0
), {passages:};

-- name: search_newest
-- The newest fact of each series, with its company, label and quantity.
select asked.place, f.id, f.slug, c.name, c.aliases, f.kind, f.subject, n.label, f.dimensions::text as dimensions, f.basis,
    s.comparison, f.period, f.frequency, f.known_at, f.told,
    coalesce(f.quantity, '{"unit":"' || f.unit || '","value":"' || lower(f.interval) || '"}') as quantity
from unnest($1::int[], $2::bigint[], $3::bigint[]) as asked (place, company, slot)
cross join lateral (
    select * from facts f where f.company = asked.company and f.slot = asked.slot and f.asserted
    order by f.recency, f.id limit 1
) f
join slots s on s.company = f.company and s.kind = f.kind and s.subject = f.subject and s.slot = f.slot
join companies c on c.company = f.company
left join concepts n on n.concept = f.subject and f.kind = 'metric'
order by asked.place;

-- name: search_meant
-- For each word whether it is searchable (no stop word).
select numnode({prefix:word=asked.word}) > 0 as meant
from unnest($1::text[]) with ordinality as asked (word, place) order by asked.place;

-- name: search_texts
-- Of these texts ($5) those that have some of the words, those with the most words first.
with alternatives as materialized ({alternatives:}), wanted as materialized ({any_word:})
select t.place, m.matched
from wanted w cross join lateral (
    select n.place, to_tsvector('companyfacts', n.told) as words from unnest($5::text[]) with ordinality as n (told, place)
) t
cross join {matching:words=t.words}
where t.words @@ w.query
order by m.total desc, length(t.words), t.place limit $4;

-- fragment: stood
-- Whether series s has a fact that stood at day $known and position $at.
exists (
    select from facts f where f.company = s.company and f.slot = s.slot and f.first_known <= $known and f.first_position <= $at
        and exists ({answering:known=$known,at=$at})
)

-- name: search_series_then
-- Series, that stood at day $7 and position $8, of the given companies ($5, with the texts of their names in $6).
with alternatives as materialized ({alternatives:}), wanted as materialized ({any_word:})
select s.company, s.slot, m.matched
from wanted w, unnest($5::bigint[], $6::text[]) as c (company, told) join slots s using (company)
    cross join lateral (select to_tsvector('companyfacts', c.told) || s.words as words) t
    cross join {matching:words=t.words}
where s.words @@ w.query and {stood:known=$7::date,at=$8::bigint}
order by m.total desc, length(s.words), s.company, s.slot limit $4;

-- fragment: by_subject_then
-- Series that fit a query and stood at day $5 and position $6, best first.
select s.company, s.slot, m.matched
from wanted w, slots s cross join {matching:words=s.words}
where s.words @@ w.query and {stood:known=$5::date,at=$6::bigint}
order by m.total desc, length(s.words), s.company, s.slot limit $4

-- name: search_subjects_then
-- Series of any company whose subject has every word, that stood at day $5 and position $6.
with alternatives as materialized ({alternatives:}), wanted as materialized ({every_word:})
{by_subject_then:};

-- name: search_subjects_by_any_then
-- Series of any company whose subject has some of the words, that stood at day $5 and position $6.
with alternatives as materialized ({alternatives:}), wanted as materialized ({any_word:})
{by_subject_then:};

-- name: search_told_then
-- Facts by the words in the values that they had at day $5 and position $6.
with alternatives as materialized ({alternatives:}), wanted as materialized ({any_word:})
select f.company, f.slot, m.matched
from wanted w, facts f
cross join lateral ({answering:known=$5::date,at=$6::bigint}) v
join slots s on s.company = f.company and s.kind = f.kind and s.subject = f.subject and s.slot = f.slot
cross join lateral (
    select s.words || jsonb_to_tsvector('companyfacts', convert_from(v.value, 'UTF8')::jsonb, '["string"]') as words
) t
cross join {matching:words=t.words}
where f.told is not null and f.first_known <= $5::date and f.first_position <= $6::bigint and t.words @@ w.query
order by m.total desc, f.recency, f.id limit $4;

-- name: search_passages_then
-- Sources that were public by day $5 and recorded by position $6, by title or by the passage of their text with the most of
-- the words.
with alternatives as materialized ({alternatives:}), had as (
    select p.ctid as row, a.place, a.strength
    from alternatives a join passages p on p.words @@ a.prefix
    join sources s on s.source = p.source and s.position <= $6::bigint
        and ($5::date = 'infinity' or s.published_at <= $5::date)
    left join snapshots n on n.source = p.source
    where numnode(a.prefix) > 0 and (p.start is null or n.position <= $6::bigint)
), {passages:};

-- name: search_newest_then
-- The newest fact of each series that stood at day $4 and position $5, with its quantity and value of then.
select asked.place, f.company, f.id, f.slug, f.kind, f.subject, f.dimensions::text as dimensions, f.basis, s.comparison, f.period,
    f.frequency, f.public_since as known_at, f.value, f.told is not null as has_words, f.shown as quantity
from unnest($1::int[], $2::bigint[], $3::bigint[]) as asked (place, company, slot)
cross join lateral (
    select f.*, v.known_at as public_since, v.value,
        coalesce(v.quantity, '{"unit":"' || coalesce(v.unit, f.unit) || '","value":"' || lower({numbers:}) || '"}') as shown
    from facts f cross join lateral ({answering:known=$4::date,at=$5::bigint}) v
    where f.company = asked.company and f.slot = asked.slot and f.first_known <= $4::date and f.first_position <= $5::bigint
    order by f.recency, f.id limit 1
) f
join slots s on s.company = f.company and s.kind = f.kind and s.subject = f.subject and s.slot = f.slot
order by asked.place;
