-- The generated columns of words call these functions for each row that is inserted. Postgres plans such an expression anew for
-- each statement, and writes functions in SQL out into it, which took longer than the insert itself. What a function in PL/pgSQL
-- calls is planned once for a connection. Their results stay the same, so nothing is written anew.
create or replace function search_label(told text) returns text language plpgsql immutable strict parallel safe as $$
begin
    return public.search_text(translate(
        regexp_replace(regexp_replace(told, '([a-z0-9])([A-Z])', '\1 \2', 'g'), '([A-Z]+)([A-Z][a-z])', '\1 \2', 'g'),
        '-_:.', '    '
    ));
end
$$;

create or replace function search_pairs(pairs jsonb) returns text language plpgsql immutable strict parallel safe as $$
begin
    if pairs = '{}' then
        return '';  -- as most series have none
    end if;
    return (
        select coalesce(string_agg(
            p.value || case when p.key = 'geography' and p.value ~ '^[A-Z]{2}$' then ' geo' || lower(p.value) else '' end,
            ' ' order by p.key
        ), '')
        from jsonb_each_text(pairs) p
    );
end
$$;
