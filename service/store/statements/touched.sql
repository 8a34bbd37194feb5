-- fragment: touched_but_facts
-- The head, and what requests touch besides facts: companies by slug and key, concepts, sources. `recorded_at` never decreases.
h.position, greatest(h.recorded_at, clock_timestamp()) as recorded_at, h.mirror_of,
    array(
        select r from (
            select {company_state:} from companies c left join companies p on p.company = c.parent
            where c.slug = $slug or c.company = $key
        ) r
    ) as companies,
    array(select c from ({concepts_asked:asked=$concept}) c) as concepts,
    array(select s from ({sources_asked:asked=$source}) s) as sources

-- name: touched
-- The head, and what requests touch: companies by slug and key, concepts, sources, facts.
select {touched_but_facts:slug=any($1::text[]),key=any($2::bigint[]),concept=any($3::text[]),source=any($4::text[])},
    array(select f from ({facts_touched:companies=$5::bigint[],ids=$6::uuid[],mosts=$7::int[],contents=$8::bytea[]}) f) as facts
from log_head h;

-- name: touched_with_one
-- As `touched`, with a single fact and at most one of all else: company (slug $1, key $2), concept and source, null for none.
select {touched_but_facts:slug=$1::text,key=$2::bigint,concept=$3::text,source=$4::text},
    array(
        select r from (
            select {fact_touched:most=$6::int,content=$7::bytea} from facts f where f.company = $2::bigint and f.id = $5::uuid
        ) r
    ) as facts
from log_head h;
