-- fragment: within
-- Whether version v was public by day $known and recorded by position $at.
v.known_at <= $known and v.position <= $at

-- fragment: stands
-- Whether version v had been asserted, and not yet retracted, by day $known and position $at.
{within:known=$known,at=$at} and (v.retracted is null or v.retracted > $at)

-- fragment: checked
-- The newest check of version v after the one that it came with, by position $at.
(select e from evidence_entries e
where e.company = v.company and e.fact = v.fact and e.version = v.version and e.position <= $at
order by e.position desc limit 1)

-- fragment: settled
-- Whether what fact f answers now is also what it answered at day $known and position $at.
f.settled <= $at and f.known_at <= $known

-- fragment: newest_first
-- The order in which versions v answer: the latest day first, of a day the last that was recorded.
v.known_at desc, v.version desc

-- fragment: answering
-- The rule (service/core/history.py): the version of fact f that answers at day $known and position $at, with the newest
-- later check of it by then.
select v.*, {checked:at=$at} as checked
from versions v
where v.company = f.company and v.fact = f.id and {stands:known=$known,at=$at}
order by {newest_first:} limit 1

-- fragment: as_known
-- What fact f answered at day $known and position $at, in the columns that a read may ask for: what it answers now, where
-- nothing later bears on it; else, without its bytes, the version that answered then.
lateral (
    select f.answer, f.version, f.known_at, f.unit, f.interval, f.quantity, f.evidence, f.cited, f.disputed
    where f.asserted and {settled:known=$known,at=$at}
    union all
    select null, v.version, v.known_at, coalesce(v.unit, f.unit), {numbers:}, v.quantity,
        coalesce((v.checked).verdict, {verdict:}), {first_source:}, null
    from ({answering:known=$known,at=$at}) v
    where not ({settled:known=$known,at=$at}) and f.first_position <= $at and f.first_known <= $known
)

-- fragment: disputed_as_known
-- Whether two publishers contradict each other about fact f at day $known and position $at.
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

-- fragment: recency
-- The place of a period that ends on $day in the order of lists, the latest first (service/core/periods.py).
({last_day:} - $day)
