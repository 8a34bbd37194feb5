-- fragment: asked_series
-- Condition: series s fits the question.
s.company = $company and s.kind = any($kinds::text[]) and s.subject = $subject
    and ($dimensions::text is null or s.dimensions @> $dimensions::jsonb)
    and ($basis::text is null or s.basis = $basis)
    and ($comparison::text is null or coalesce(s.comparison, 'none') = $comparison)

-- fragment: series_now
-- The rows of series s as they answer now, in order of period, with the keys of their sources.
select {point:a=f} as point, f.cited
from facts f
where f.company = s.company and f.slot = s.slot and f.asserted and f.unit is not null
    and (q.unit is null or f.unit = q.unit)
    and {asked_period:} {where}
order by {order} limit {limit}

-- fragment: series_as_known
-- The rows of series s as they answered at a day and a position, in order of period, with the keys of their sources.
select {point:a=a} as point, a.cited
from facts f cross join {as_known:known=q.known,at=q.at} a
where f.company = s.company and f.slot = s.slot and a.unit is not null
    and (q.unit is null or a.unit = q.unit)
    and {asked_period:} {where}
order by {order} limit {limit}

-- name: series_rows
-- The rows of each fitting series, and the head of the log; if no series fits, one row with the head alone.
select q.place, s.slot, s.kind, s.dimensions::text as dimensions, s.basis, s.unit, s.comparison, p.points, p.cited,
    h.position as head
from log_head h cross join {asked} left join (slots s cross join lateral (
    select array_agg(f.point) as points, array_agg(f.cited) as cited from ({rows}) f
) p) on {asked_series:company=q.company,kinds=q.kinds,subject=q.subject,dimensions=q.dimensions,basis=q.basis,comparison=q.comparison} and p.points is not null {slot};

-- name: series_statements
-- All assertions of each fitting series that were public by a day and recorded by a position.
select s.slot, s.kind, s.dimensions::text as dimensions, s.basis, s.unit, s.comparison,
    f.id, f.period, f.frequency, v.version, v.known_at, v.position, v.retracted,
    coalesce(v.quantity, '{"unit":"' || coalesce(v.unit, f.unit) || '","value":"' || lower({numbers:}) || '"}') as quantity,
    coalesce(({checked:at=$8}).verdict, {verdict:}) as evidence,
    {first_source:} as source, v.attribution ->> 'attributed_to' as attributed_to
from slots s
join facts f on f.company = s.company and f.slot = s.slot and f.period is not null
join versions v on v.company = f.company and v.fact = f.id and v.retracts is null and coalesce(v.unit, f.unit) is not null
where {asked_series:company=$1,kinds=$2::text,subject=$3,dimensions=$4,basis=$5,comparison=$6}
    and {within:known=$7,at=$8} and ($9::bigint is null or s.slot = $9)
order by s.slot, f.id;

-- name: short_sources
-- Short forms of sources: columns that never change.
select source, id, title, url, published_at from sources where source = any($1::bigint[]);

-- name: frame_now
-- The facts of one slot in one calendar frame as they answer now, one for each company: that with the period nearest to
-- the frame. Also the head of the log; if there is no fact, one row with the head alone.
with held as (
    select distinct on (f.slug) f.slug, f.cited, {number:interval=f.interval} as number, {point:a=f} as point
    from facts f
    where f.slot = $1 and f.frame = $2 and f.asserted and f.unit = $3
    order by f.slug, {nearness:first=$4::date,last=$5::date}
), ranked as (
    select h.*, {ranks} from held h
)
select r.slug, r.point, r.cited, {number} as number, r.rank, r.share, h.position as head
from log_head h left join ranked r on true {where}
order by {order} limit $6;

-- name: frame_as_known
-- As frame_now, with the answers at a day and a position.
with held as (
    select distinct on (f.slug) f.slug, a.cited, {number:interval=a.interval} as number, {point:a=a} as point
    from facts f cross join {as_known:known=$7::date,at=$8::bigint} a
    where f.slot = $1 and f.frame = $2 and a.unit = $3
    order by f.slug, {nearness:first=$4::date,last=$5::date}
), ranked as (
    select h.*, {ranks} from held h
)
select r.slug, r.point, r.cited, {number} as number, r.rank, r.share, h.position as head
from log_head h left join ranked r on true {where}
order by {order} limit $6;
