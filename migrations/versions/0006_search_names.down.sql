drop function search_spelled;

create or replace function search_text(told text) returns text language sql immutable strict parallel safe
    return regexp_replace(
        regexp_replace(lower(unaccent('unaccent'::regdictionary, told)), '[''’‘`´]', '', 'g'),
        '\m(10|20|40|8|6)-(kt|qt|[kqf])\M', '\1\2', 'g'
    );

create or replace function search_pairs(pairs jsonb) returns text language sql immutable strict parallel safe
    return (select coalesce(string_agg(p.value, ' ' order by p.key), '') from jsonb_each_text(pairs) p);

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
