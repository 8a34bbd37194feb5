-- AT&T becomes one word: its parts are stop words.
create or replace function search_text(told text) returns text language sql immutable strict parallel safe
    return regexp_replace(
        regexp_replace(
            lower(unaccent('unaccent'::regdictionary, told)), '[''’‘`´]|(?<=[[:alnum:]])&(?=[[:alnum:]])', '', 'g'
        ),
        '\m(10|20|40|8|6)-(kt|qt|[kqf])\M', '\1\2', 'g'
    );

-- A country's code becomes a word of its own (`geoin`), since codes like IN and IT are also English words.
create or replace function search_pairs(pairs jsonb) returns text language sql immutable strict parallel safe
    return (
        select coalesce(string_agg(
            p.value || case when p.key = 'geography' and p.value ~ '^[A-Z]{2}$' then ' geo' || lower(p.value) else '' end,
            ' ' order by p.key
        ), '')
        from jsonb_each_text(pairs) p
    );

-- recompute the generated columns and indexes that change
update companies set name = name where concat_ws(' ', name, array_to_string(aliases, ' ')) like '%&%';
update concepts set label = label where label like '%&%';
update slots set dimensions = dimensions where dimensions ? 'geography';
update passages p
set words = to_tsvector('companyfacts', search_text(concat_ws(' ', s.title, s.publisher, s.author)))
from sources s
where p.source = s.source and p.passage = 0 and concat_ws(' ', s.title, s.publisher, s.author) like '%&%';
reindex index facts_by_words;
reindex index facts_by_spelling;

-- The default threshold of pg_trgm, 0.6, is too high: `alibba` has a similarity of 0.57 with Alibaba Group.
create function search_spelled(word text) returns table (spelled text, likeness real)
    language sql stable strict set pg_trgm.word_similarity_threshold = '0.45' as $$
    (select c.spelled, word_similarity(word, c.spelled) as likeness from companies c where c.spelled %> word
     order by likeness desc, c.spelled limit 5)
    union all
    (select c.spelled, word_similarity(word, c.spelled) from concepts c where c.spelled %> word order by 2 desc, 1 limit 5)
    union all
    (select search_text(f.told), word_similarity(word, search_text(f.told)) from facts f
     where f.told is not null and search_text(f.told) %> word order by 2 desc, 1 limit 5)
    union all
    (select p.word, similarity(search_spelled.word, p.word) from passage_words p
     where p.word % search_spelled.word order by 2 desc, 1 limit 5)
$$;
comment on function search_spelled is 'Texts that have a word much like this one.';
