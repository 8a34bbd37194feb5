-- fragment: within
-- Whether version v was public by day $known and recorded by position $at.
v.known_at <= $known and v.position <= $at

-- fragment: stands
-- Whether version v was public by day $known, recorded by position $at, and not retracted by then.
{within:known=$known,at=$at} and (v.retracted is null or v.retracted > $at)

-- fragment: checked
-- The newest later check of version v at or before position $at (the first check is stored with the version).
(select e from evidence_entries e
where e.company = v.company and e.fact = v.fact and e.version = v.version and e.position <= $at
order by e.position desc limit 1)

-- fragment: newest_check
-- The newest later check of version v.
(select e from evidence_entries e
where e.company = v.company and e.fact = v.fact and e.version = v.version
order by e.position desc limit 1)

-- fragment: settled
-- Whether the present answer of fact f is also its answer at day $known and position $at.
f.settled <= $at and f.known_at <= $known

-- fragment: newest_first
-- The order in which versions v answer: latest known_at first, then highest version number.
v.known_at desc, v.version desc

-- fragment: answering
-- The rule (service/core/history.py): the version of fact f that answers at day $known and position $at, with its newest
-- later check by then.
select v.*, {checked:at=$at} as checked
from versions v
where v.company = f.company and v.fact = f.id and {stands:known=$known,at=$at}
order by {newest_first:} limit 1

-- fragment: as_known
-- The answer of fact f at day $known and position $at, in the columns that reads filter by. It is the stored answer where
-- nothing later changed it; else the columns come from the version that answered then, and `answer` is null.
lateral (
    select f.answer, f.version, f.known_at, f.unit, f.interval, f.quantity, f.evidence, f.cited, f.disputed, f.context, f.publishers
    where f.asserted and {settled:known=$known,at=$at}
    union all
    select null, v.version, v.known_at, coalesce(v.unit, f.unit), {numbers:}, v.quantity,
        coalesce((v.checked).verdict, {verdict:}), {first_source:}, null,
        case when (v.checked).position is null then v.context else (v.checked).context end, null
    from ({answering:known=$known,at=$at}) v
    where not ({settled:known=$known,at=$at}) and f.first_position <= $at and f.first_known <= $known
)

-- fragment: disputed_as_known
-- Whether fact f was disputed at day $known and position $at: two publishers' intervals do not overlap.
(f.contested and coalesce(a.disputed, exists (
    with voices as (
        select distinct on ({publisher:}) {publisher:} as publisher, coalesce(v.unit, f.unit) as unit,
            {numbers:} as "interval"
        from versions v
        where v.company = f.company and v.fact = f.id and v.retracts is null and {stands:known=$known,at=$at}
        order by {publisher:}, {newest_first:}
    )
    select from voices one join voices other on one.publisher < other.publisher and one.unit = other.unit
    where not one.interval && other.interval
)))

-- fragment: independent_as_known
-- How many publishers verified what fact f answered at day $known and position $at, by sources that were not derived from others
-- then (`independent` in service/core/history.py).
coalesce(a.publishers, (
    with voices as (
        select distinct on ({publisher:}) v.version, v.filing, {publisher:} as publisher, coalesce(v.unit, f.unit) as unit,
            {numbers:} as "interval", v.value,
            convert_from(coalesce(({checked:at=$at}).citations, v.citations), 'UTF8')::jsonb as citations
        from versions v
        where v.company = f.company and v.fact = f.id and v.retracts is null and {stands:known=$known,at=$at}
        order by {publisher:}, {newest_first:}
    ), said as (
        select v.version, lower(coalesce(c -> 'source' ->> 'publisher', c -> 'source' ->> 'id')) as publisher,
            n ->> 'field' as field, (n ->> 'agrees')::boolean and not exists (
                select from source_derivations d join sources o using (source)
                where o.id = c -> 'source' ->> 'id' and d.position <= $at
            ) as agrees
        from voices v cross join jsonb_array_elements(v.citations) c
        cross join jsonb_array_elements(c -> 'evidence' -> 'numbers') n
    )
    select count(distinct w.publisher) from voices v join voices chosen on chosen.version = a.version
    cross join lateral (
        select v.publisher where v.filing is not null
        union all
        select s.publisher from said s where s.version = v.version and s.agrees group by s.publisher
        having count(distinct s.field) = (select count(distinct o.field) from said o where o.version = v.version)
    ) w
    where v.version = chosen.version or (v.unit = chosen.unit and v.interval && chosen.interval)
        or (v.interval is null and chosen.interval is null and v.value = chosen.value)
)::int)

-- fragment: recency
-- The sort key of a period that ends on $day: latest first in lists (service/core/periods.py).
({last_day:} - $day)
