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
lateral (
    select n.* from (
        select exists (select from edgar_filings e where e.source = a.cited and {is_proxy:}) as proxy
    ) p cross join lateral (
        select a.answer, a.version, a.known_at, a.unit, a.interval, a.quantity, a.evidence, a.cited where not p.proxy
        union all
        select null, v.version, v.known_at, coalesce(v.unit, f.unit), {numbers:}, v.quantity,
            coalesce((v.checked).verdict, {verdict:}), {first_source:}
        from (
            select v.*, {checked:at=$at} as checked
            from versions v left join edgar_filings e on e.company = v.company and e.filing = v.filing
            where p.proxy and v.company = f.company and v.fact = f.id and {stands:known=$known,at=$at}
                and (e.form is null or not {is_proxy:})
            order by {newest_first:} limit 1
        ) v
    ) n
)

-- fragment: number
-- The number by which intervals are ordered: of a bound the bound, of a span the middle.
case when lower_inf($interval) then upper($interval) when upper_inf($interval) then lower($interval)
    when lower($interval) = upper($interval) then lower($interval) else (lower($interval) + upper($interval)) / 2 end

-- fragment: tags
-- The tags of a concept, with their groups and places, from texts with blanks between.
unnest(string_to_array($tags, ' '), string_to_array($groups, ' ')::int[]) with ordinality as t (subject, "group", place)

-- fragment: holds
-- Whether fact f is over a duration or at an instant, as the concept is.
(f.frequency is not distinct from 'instant') = $stock

-- fragment: standard_candidate
-- The columns of a fact f that may answer, with its answer n.
f.id, f.period, f.frequency, f.frame, n.answer, n.version, n.known_at, n.quantity, n.unit, {number:interval=n.interval} as number

-- name: standard_lookup
-- For each series of a tag of a concept: the facts with the latest period end (of the frequency), or those of the period.
-- `answer` is null where an earlier version answers; then `earlier` is that version.
select asked.place, t.subject, s.dimensions::text as dimensions, s.basis, s.unit as slot_unit, f.id, f.period, f.frequency,
    f.frame, f.answer, f.known_at, f.quantity, f.unit, f.number,
    case when f.answer is null then (
        select {earlier:version=c.version,at=asked.at} from facts f
        where f.company = asked.company and f.id = c.id
    ) end as earlier,
    h.position as head
from log_head h left join (unnest($1::int[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::boolean[], $7::text[],
        $8::text[], $9::text[], $10::text[], $11::date[], $12::date[], $13::boolean[], $14::text[], $15::date[], $16::bigint[])
    as asked (place, company, tags, groups, units, stock, dimensions, basis, unit, frequency, first, last, instant, frame,
        known, at)
cross join lateral {tags:tags=asked.tags,groups=asked.groups}
join slots s on s.company = asked.company and s.kind = 'metric' and s.subject = t.subject
    and s.comparison is null and s.unit ~ asked.units
    and (asked.dimensions is null or s.dimensions @> asked.dimensions::jsonb)
    and (asked.basis is null or s.basis = asked.basis)
    and (asked.unit is null or s.unit = asked.unit)
cross join lateral (
    (select {standard_candidate:}
    from facts f cross join {answers} cross join {counted:known=asked.known,at=asked.at} n
    where asked.last is null and f.company = s.company and f.slot = s.slot and {holds:stock=asked.stock}
        and (asked.frequency is null or f.frequency = asked.frequency)
    order by f.recency fetch first 1 row with ties)
    union all
    (select {standard_candidate:}
    from facts f cross join {answers} cross join {counted:known=asked.known,at=asked.at} n
    where asked.last is not null and f.company = s.company and f.slot = s.slot and {holds:stock=asked.stock}
        and (asked.frequency is null or f.frequency = asked.frequency)
        and {of_period:}
    order by f.recency, f.id limit 50)
) f cross join lateral (select f.id, f.version) c) on true;

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
