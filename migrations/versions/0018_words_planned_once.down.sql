create or replace function search_label(told text) returns text language sql immutable strict parallel safe
    return search_text(translate(
        regexp_replace(regexp_replace(told, '([a-z0-9])([A-Z])', '\1 \2', 'g'), '([A-Z]+)([A-Z][a-z])', '\1 \2', 'g'),
        '-_:.', '    '
    ));

create or replace function search_pairs(pairs jsonb) returns text language sql immutable strict parallel safe
    return (
        select coalesce(string_agg(
            p.value || case when p.key = 'geography' and p.value ~ '^[A-Z]{2}$' then ' geo' || lower(p.value) else '' end,
            ' ' order by p.key
        ), '')
        from jsonb_each_text(pairs) p
    );
