-- fragment: now
-- The present answer of fact f, as `a`.
lateral (
    select f.answer, f.version, f.known_at, f.unit, f.interval, f.quantity, f.evidence, f.cited where f.asserted
) a

-- fragment: then
-- The answer of fact f at a day and a position, as `a`.
{as_known:known=$known,at=$at} a

-- fragment: is_proxy
-- Whether filing e is a proxy or an information statement.
e.form ~ '14[AC]$'

-- fragment: counted
-- The answer `a` of fact f; where it comes from a proxy statement, the newest version from another filing, if there is one.
-- Few answers come from one, so whatever the others do not need is in a `case`, where it is evaluated only if it is needed.
lateral (
    select case when not p.is_proxy then a.answer end as answer,
        case when p.is_proxy then v.version else a.version end as version,
        case when p.is_proxy then v.known_at else a.known_at end as known_at,
        case when p.is_proxy then coalesce(v.unit, f.unit) else a.unit end as unit,
        case when p.is_proxy then {numbers:} else a.interval end as "interval",
        case when p.is_proxy then v.quantity else a.quantity end as quantity,
        case when p.is_proxy then coalesce(({checked:at=$at}).verdict, {verdict:}) else a.evidence end as evidence,
        case when p.is_proxy then {first_source:} else a.cited end as cited
    from (
        -- offset 0: it is asked once, though it is used often
        select exists (select from edgar_filings e where e.source = a.cited and {is_proxy:}) as is_proxy offset 0
    ) p cross join lateral (
        select case when p.is_proxy then (
            select v from versions v left join edgar_filings e on e.company = v.company and e.filing = v.filing
            where v.company = f.company and v.fact = f.id and {stands:known=$known,at=$at}
                and (e.form is null or not {is_proxy:})
            order by {newest_first:} limit 1
        ) end as version offset 0
    ) o cross join lateral (select (o.version).*) v
    where not p.is_proxy or v.version is not null
)

-- fragment: tags
-- The tags of a concept, with their groups and places, from texts with blanks between.
unnest(string_to_array($tags, ' '), string_to_array($groups, ' ')::int[]) with ordinality as t (subject, "group", place)

-- fragment: holds
-- Whether fact f is over a duration or at an instant, as the concept is.
(f.frequency is not distinct from 'instant') = $stock

-- fragment: standard_candidate
-- The columns of a fact f that may answer, with its answer n.
f.id, f.period, f.frequency, f.frame, n.answer, n.version, n.known_at, n.quantity, n.unit, {number:interval=n.interval} as number

-- fragment: partner
-- The series of tag t of a company with the same dimensions and basis as another one, in a unit that goes with its unit.
select s.company, s.slot from slots s
where s.company = $company and s.kind = 'metric' and s.subject = t.subject and s.comparison is null
    and s.dimensions = $dimensions and s.basis = $basis
    and s.unit in (split_part($unit, '/', 1), split_part($unit, '/', 1) || '/shares', 'shares')
-- offset 0: it is sought by the index, and not in all series of the company
offset 0

-- name: standard_lookup
-- For each series of a tag of a concept: the facts with the latest period end (of the frequency), or those of the period.
-- `answer` is null where an earlier version answers; then `earlier` is that version.
select asked.place, t.subject, s.dimensions::text as dimensions, s.basis, s.unit as slot_unit, f.id, f.period, f.frequency,
    f.frame, f.answer, f.known_at, f.quantity, f.number,
    case when f.answer is null then (
        select {earlier:version=c.version,at=asked.at} from facts f
        where f.company = asked.company and f.id = c.id
    ) end as earlier,
    case when asked.partners <> '' then (
        with o as (
            select s.dimensions, s.basis, s.unit, f.period,
                case when f.period is null then 0 else {recency:day=(upper(f.period) - 1)} end as recency
        )
        select array_agg(t.subject || ' ' || a.known_at || ' ' || {number:interval=a.interval})
        from o cross join unnest(string_to_array(asked.partners, ' ')) as t (subject)
        cross join lateral ({partner:company=asked.company,dimensions=o.dimensions,basis=o.basis,unit=o.unit}) s
        join facts f on f.company = s.company and f.slot = s.slot and f.recency = o.recency and f.period = o.period
        cross join {answers}
        where lower(a.interval) = upper(a.interval)
    ) end as partners,
    h.position as head
from log_head h left join (unnest($1::int[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::boolean[], $7::text[],
        $8::text[], $9::text[], $10::text[], $11::date[], $12::date[], $13::boolean[], $14::text[], $15::date[], $16::bigint[],
        $17::text[])
    as asked (place, company, tags, groups, units, stock, dimensions, basis, unit, frequency, first, last, instant, frame,
        known, at, partners)
cross join lateral {tags:tags=asked.tags,groups=asked.groups}
cross join lateral (
    -- offset 0: each tag is sought by the index, and not in all series of the company
    select s.* from slots s
    where s.company = asked.company and s.kind = 'metric' and s.subject = t.subject and s.comparison is null
        and (asked.dimensions is null or s.dimensions @> asked.dimensions::jsonb)
        and (asked.basis is null or s.basis = asked.basis)
        and (asked.unit is null or s.unit = asked.unit)
    offset 0
) s
cross join lateral (
    (select {standard_candidate:}
    from facts f cross join {answers} cross join {counted:known=asked.known,at=asked.at} n
    where asked.last is null and s.unit ~ asked.units and f.company = s.company and f.slot = s.slot
        and {holds:stock=asked.stock}
        and (asked.frequency is null or f.frequency = asked.frequency)
    order by f.recency fetch first 1 row with ties)
    union all
    (select {standard_candidate:}
    from facts f cross join {answers} cross join {counted:known=asked.known,at=asked.at} n
    where asked.last is not null and s.unit ~ asked.units and f.company = s.company and f.slot = s.slot
        and {holds:stock=asked.stock}
        and (asked.frequency is null or f.frequency = asked.frequency)
        and {of_period:}
    order by f.recency, f.id limit 50)
) f cross join lateral (select f.id, f.version) c) on true;

-- name: standard_beside
-- For each of some facts (companies $1, ids $2, units of their answers $3): the values of the tags of a concept in its series and
-- period, and beside its own what else is stated there. The facts of a list are of few series; the tags of each are sought once.
with q as (
    select $4::text as tags, $5::text as groups, $6::text as units, $7::boolean as stock, $8::date as known, $9::bigint as at,
        $10::text as partners
), r as materialized (
    select f.company, f.id, f.dimensions, f.basis, f.recency, f.period, asked.unit, asked.place
    from q cross join unnest($1::bigint[], $2::uuid[], $3::text[]) with ordinality as asked (company, id, unit, place)
    cross join lateral (select f.* from facts f where f.company = asked.company and f.id = asked.id offset 0) f
    where asked.unit ~ q.units and {holds:stock=q.stock}
), c as materialized (
    select distinct company, dimensions, basis, unit from r
), s as materialized (
    select c.*, s.slot, t.subject, t.place
    from q cross join c cross join {tags:tags=q.tags,groups=q.groups} cross join lateral (
        select s.slot from slots s
        where s.company = c.company and s.kind = 'metric' and s.subject = t.subject and s.comparison is null
            and s.dimensions = c.dimensions and s.basis = c.basis and s.unit = c.unit
        offset 0
    ) s
), p as materialized (
    select c.*, s.slot, t.subject
    from q cross join c cross join unnest(string_to_array(q.partners, ' ')) as t (subject)
    cross join lateral ({partner:company=c.company,dimensions=c.dimensions,basis=c.basis,unit=c.unit}) s
)
select r.place, s.subject, f.id, n.known_at, n.quantity, r.unit, {number:interval=n.interval} as number,
    case when f.id = r.id then (
        select array_agg(p.subject || ' ' || a.known_at || ' ' || {number:interval=a.interval})
        from p cross join lateral (
            select f.* from facts f
            where f.company = p.company and f.slot = p.slot and f.recency = r.recency and f.period = r.period offset 0
        ) f cross join {answers}
        where p.company = r.company and p.dimensions = r.dimensions and p.basis = r.basis and p.unit = r.unit
            and lower(a.interval) = upper(a.interval)
    ) end as partners
from q cross join r join s using (company, dimensions, basis, unit)
cross join lateral (
    select f.* from facts f
    where f.company = s.company and f.slot = s.slot and f.recency = r.recency and f.period = r.period
        and {holds:stock=q.stock} offset 0
) f cross join {answers} cross join {counted:known=q.known,at=q.at} n
order by r.place, s.place;

-- name: standard_periods
-- Up to 3 periods for which a company has a value of a concept, those that end nearest to a day first, and the first day on
-- which any became public.
select f.period, f.frequency, min(f.first_known) over () as first_known
from {tags:tags=$2,groups=$3}
join slots s on s.company = $1 and s.kind = 'metric' and s.subject = t.subject and s.comparison is null and s.unit ~ $4
join facts f on f.company = s.company and f.slot = s.slot and f.period is not null and {holds:stock=$5}
where f.first_position <= $8 and ($9::text is null or f.frequency = $9)
group by f.period, f.frequency, f.first_known
order by f.first_known > $7, abs((upper(f.period) - 1) - $6::date), f.frequency, f.period limit 3;

-- fragment: preference
-- The rule (service/words/choosing.py) as an order: of the values n of tags $tag, the first answers.
$tag."group", n.known_at desc, case when $total then {number:interval=n.interval} end desc nulls last, $tag.place

-- fragment: of_concept
-- Condition: series s of a tag t of a concept fits the question q.
s.company = q.company and s.kind = 'metric' and s.subject = t.subject and s.comparison is null and s.unit ~ q.units
    and (q.dimensions is null or s.dimensions @> q.dimensions::jsonb)
    and (q.basis is null or s.basis = q.basis)
    and (q.unit is null or s.unit = q.unit)

-- fragment: tag_rows
-- The rows of series s of a tag for the question q, in order of period.
select f.recency, f.period, f.id, n.cited, n.known_at, n.interval, {point:a=n} || ',"subject":"' || s.subject || '"' as point
from facts f cross join {answers} cross join {counted:known=q.known,at=q.at} n
where f.company = s.company and f.slot = s.slot and {holds:stock=q.stock} and {asked_period:} {where}
order by {order} limit {limit}

-- name: standard_series
-- The rows of each series of a concept: for each period the value that answers, in order of period, with the key of its source;
-- their tags, or the one tag of all; and whether any has a tag other than the concept's slug. If none fits, one row with the head alone.
-- Where one tag alone has the dimensions, basis and unit of a series, as is most frequent, its rows are those of the tag.
-- Otherwise the first periods of all tags together are among the first of each, so that each tag is read up to the limit.
select q.place, c.dimensions, c.basis, c.unit, c.points, c.cited, c.subjects, c.tagged, h.position as head
from log_head h cross join {asked} left join lateral (
    with s as materialized (
        select s.company, s.slot, s.dimensions, s.basis, s.unit, s.subject, t."group", t.place,
            count(*) over (partition by s.dimensions, s.basis, s.unit) = 1 as is_alone
        from {tags:tags=q.tags,groups=q.groups}
        cross join lateral (select s.* from slots s where {of_concept:} offset 0) s
    )
    select s.dimensions::text as dimensions, s.basis, s.unit, s.subject <> q.subject as tagged, p.points, p.cited,
        array[s.subject] as subjects
    from s cross join lateral (
        select array_agg(f.point) as points, array_agg(f.cited) as cited from ({tag_rows:}) f
    ) p
    where s.is_alone and p.points is not null
    union all
    select f.dimensions::text, f.basis, f.unit, bool_or(f.subject <> q.subject),
        array_agg(f.point order by {order}), array_agg(f.cited order by {order}), array_agg(f.subject order by {order})
    from (
        select distinct on (s.dimensions, s.basis, s.unit, n.period)
            s.dimensions, s.basis, s.unit, s.subject, n.recency, n.period, n.id, n.cited, n.point
        from s cross join lateral ({tag_rows:}) n
        where not s.is_alone
        order by s.dimensions, s.basis, s.unit, n.period, {preference:tag=s,total=q.total}
    ) f
    group by f.dimensions, f.basis, f.unit
) c on true;

-- name: standard_values
-- All values of the tags of a concept in one series, one for each tag and period.
select t.subject, f.period, f.frequency, {number:interval=n.interval} as number, n.quantity, n.unit
from (select $1::bigint as company, $2::text as tags, $3::text as groups, $4::text as units, $5::boolean as stock,
    $6::text as dimensions, $7::text as basis, $8::text as unit, $9::date as known, $10::bigint as at) q
cross join {tags:tags=q.tags,groups=q.groups}
join slots s on {of_concept:} and s.dimensions = q.dimensions::jsonb
join facts f on f.company = s.company and f.slot = s.slot and f.period is not null and {holds:stock=q.stock}
cross join {answers} cross join {counted:known=q.known,at=q.at} n
order by f.period, t.place;

-- name: standard_statements
-- All assertions of the tags of a concept that were public by a day and recorded by a position, but for proxy statements.
select s.dimensions::text as dimensions, s.basis, s.unit, t.subject,
    f.id, f.period, f.frequency, v.version, v.known_at, v.position, v.retracted,
    coalesce(v.quantity, '{"unit":"' || coalesce(v.unit, f.unit) || '","value":"' || lower({numbers:}) || '"}') as quantity,
    {number:interval=i.interval} as number,
    coalesce(({checked:at=q.at}).verdict, {verdict:}) as evidence,
    {first_source:} as source, v.attribution ->> 'attributed_to' as attributed_to
from (select $1::bigint as company, $2::text as tags, $3::text as groups, $4::text as units, $5::boolean as stock,
    $6::text as dimensions, $7::text as basis, $8::text as unit, $9::date as known, $10::bigint as at) q
cross join {tags:tags=q.tags,groups=q.groups}
join slots s on {of_concept:}
join facts f on f.company = s.company and f.slot = s.slot and f.period is not null and {holds:stock=q.stock}
join versions v on v.company = f.company and v.fact = f.id and v.retracts is null and coalesce(v.unit, f.unit) is not null
cross join lateral (select {numbers:} as "interval") i
left join edgar_filings e on e.company = v.company and e.filing = v.filing
where {within:known=q.known,at=q.at} and (e.form is null or not {is_proxy:})
order by s.dimensions, s.basis, s.unit, f.period, f.id;

-- name: standard_frame
-- The values of a concept in one calendar frame, one for each company: of the first group with any, the period nearest to
-- the frame. Also the head of the log; if there is no value, one row with the head alone.
with held as (
    select distinct on (f.slug) f.slug, n.cited, {number:interval=n.interval} as number,
        {point:a=n} || ',"subject":"' || t.subject || '"' as point
    from unnest($1::bigint[], $2::text[], $3::int[]) with ordinality as t (slot, subject, "group", place)
    join facts f on f.slot = t.slot and f.frame = $4 and {holds:stock=$5}
    cross join {answers} cross join {counted:known=$10::date,at=$11::bigint} n
    where n.unit = $6
    order by f.slug, t."group", abs((upper(f.period) - 1) - $8::date), abs(lower(f.period) - $7::date), f.period,
        n.known_at desc, case when $9 then {number:interval=n.interval} end desc nulls last, t.place
), ranked as (
    select h.*, {ranks} from held h
)
select r.slug, r.point, r.cited, {number} as number, r.rank, r.share, h.position as head
from log_head h left join ranked r on true {where}
order by {order} limit $12;

-- fragment: answers_in_list
-- Condition on fact f of a list: it answers for the concept q.word in its period, or it is another fact under that word.
f.subject = any(string_to_array(q.tags, ' ')) and case
    when f.kind <> 'metric' then f.subject = q.word
    when f.period is null or not ($unit ~ q.units and {holds:stock=q.stock}) then f.subject = q.word
    else f.id = ({chosen})
end

-- fragment: chosen_in_list
-- The id of the fact that answers for a concept in the period and series of fact f.
select f.id
from (select f.company, f.dimensions, f.basis, f.recency, f.period, $unit as unit) o
cross join {tags:tags=q.tags,groups=q.groups}
-- `offset 0`: the series first, since a company may have hundreds of facts of one day
cross join lateral (
    select s.company, s.slot from slots s
    where s.company = o.company and s.kind = 'metric' and s.subject = t.subject and s.comparison is null
        and s.dimensions = o.dimensions and s.basis = o.basis and s.unit = o.unit
    offset 0
) s
join facts f on f.company = s.company and f.slot = s.slot and f.recency = o.recency and f.period = o.period
    and {holds:stock=q.stock}
cross join {answers} cross join {counted} n
order by {preference:tag=t,total=q.total} limit 1
