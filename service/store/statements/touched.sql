-- name: touched
-- The head, and what requests touch: companies by slug and key, concepts, sources, facts. `recorded_at` never decreases.
select h.position, greatest(h.recorded_at, clock_timestamp()) as recorded_at, h.mirror_of,
    array(
        select r from (
            select {company_state:} from companies c left join companies p on p.company = c.parent
            where c.slug = any($1::text[]) or c.company = any($2::bigint[])
        ) r
    ) as companies,
    array(select c from ({concepts_asked:ids=$3::text[]}) c) as concepts,
    array(select s from ({sources_asked:ids=$4::text[]}) s) as sources,
    array(select f from ({facts_touched:companies=$5::bigint[],ids=$6::uuid[],mosts=$7::int[],contents=$8::bytea[]}) f) as facts
from log_head h;
