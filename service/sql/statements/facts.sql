-- fragment: stands
-- Whether version v had been asserted, and not yet retracted, by day $known and position $at.
v.known_at <= $known and v.position <= $at and (v.retracted is null or v.retracted > $at)

-- fragment: settled
-- Whether what fact f answers now is also what it answered at day $known and position $at.
f.settled <= $at and f.known_at <= $known

-- fragment: as_known
-- The rule (service/domain/history.py) for fact f at day $known and position $at: what the fact answers
-- now, where nothing later bears on it; else the version that answered then.
lateral (
    select f.answer, f.unit, f.interval, f.evidence, f.disputed,
        null::int as version, null::date as known_at, null::bigint as position, null::timestamptz as recorded_at,
        null::bytea as value, null::bytea as citations
    where f.asserted and {settled:known=$known,at=$at}
    union all
    (select null, coalesce(v.unit, f.unit), {numbers:}, coalesce(e.verdict, {verdict:}), null::boolean,
        v.version, v.known_at, v.position, v.recorded_at, v.value, coalesce(e.citations, v.citations)
    from versions v
    left join lateral (
        select verdict, citations from evidence_entries e
        where e.company = v.company and e.fact = v.fact and e.version = v.version and e.position <= $at
        order by e.position desc limit 1
    ) e on true
    where not ({settled:known=$known,at=$at}) and f.first_position <= $at and f.first_known <= $known
        and v.company = f.company and v.fact = f.id
        and {stands:known=$known,at=$at}
    order by v.known_at desc, v.version desc limit 1)
)

-- fragment: asked_lookups
-- Look-ups, and the series that each may mean.
unnest($1::int[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::date[],
        $10::date[], $11::boolean[], $12::text[])
    as asked (place, company, kind, subject, dimensions, basis, unit, frequency, first, last, instant, frame)
join slots s on s.company = asked.company and s.kind = asked.kind and s.subject = asked.subject
    and (asked.dimensions is null or s.dimensions @> asked.dimensions::jsonb)
    and (asked.basis is null or s.basis = asked.basis)
    and (asked.unit is null or s.unit is null or s.unit = asked.unit)

-- fragment: of_period
-- Whether fact f is of the period that is asked for, exactly or by its calendar frame: a year that it stands for
-- ends up to 184 days from its own end.
f.recency between date '9999-12-31' - asked.last - 184 and date '9999-12-31' - asked.last + 184
and ((f.period = daterange(asked.first, asked.last, '[]') and (f.frequency is not distinct from 'instant') = asked.instant)
    or f.frame = asked.frame)

-- name: facts_settled
-- What facts answer now, from which day and position on that holds, and the head of the log.
select f.answer, f.known_at, f.settled, (select position from log_head) as head
from unnest($1::bigint[], $2::uuid[]) with ordinality as asked (company, id, place)
left join facts f on f.company = asked.company and f.id = asked.id
order by asked.place;

-- name: lookup_now
-- Of each series that a look-up may mean, the latest facts (of a frequency), or those of a period.
select asked.place, s.slot, s.dimensions::text as dimensions, s.basis, s.unit as slot_unit, s.comparison,
    f.id, f.period, f.frequency, f.frame, f.answer, h.position as head
from log_head h
left join ({asked_lookups:}
cross join lateral (
    (select f.id, f.period, f.frequency, f.frame, f.answer from facts f
    where asked.last is null and f.company = s.company and f.slot = s.slot and f.asserted
        and (asked.unit is null or f.unit = asked.unit)
        and (asked.frequency is null or f.frequency = asked.frequency)
    order by f.recency fetch first 1 row with ties)
    union all
    (select f.id, f.period, f.frequency, f.frame, f.answer from facts f
    where asked.last is not null and f.company = s.company and f.slot = s.slot and f.asserted
        and (asked.unit is null or f.unit = asked.unit)
        and (asked.frequency is null or f.frequency = asked.frequency)
        and {of_period:}
    order by f.recency, f.id limit 50)
) f) on true;

-- name: lookup_as_known
-- The same at a day and a position.
select asked.place, s.slot, s.dimensions::text as dimensions, s.basis, s.unit as slot_unit, s.comparison,
    f.id, f.period, f.frequency, f.frame, f.answer, h.position as head
from log_head h
left join ({asked_lookups:}
cross join lateral (
    (select f.id, f.period, f.frequency, f.frame, a.answer from facts f
    cross join {as_known:known=$13::date,at=$14::bigint} a
    where asked.last is null and f.company = s.company and f.slot = s.slot
        and (asked.unit is null or a.unit = asked.unit)
        and (asked.frequency is null or f.frequency = asked.frequency)
    order by f.recency fetch first 1 row with ties)
    union all
    (select f.id, f.period, f.frequency, f.frame, a.answer from facts f
    cross join {as_known:known=$13::date,at=$14::bigint} a
    where asked.last is not null and f.company = s.company and f.slot = s.slot
        and (asked.unit is null or a.unit = asked.unit)
        and (asked.frequency is null or f.frequency = asked.frequency)
        and {of_period:}
    order by f.recency, f.id limit 50)
) f) on true;

-- name: histories
-- Facts by key, each with every assertion, for the rule to be applied to.
select f.company, f.id, f.slug, f.kind, f.subject, f.dimensions::text as dimensions, f.basis, f.period, f.frequency,
    f.settled,
    s.unit as slot_unit, s.comparison,
    v.version, v.known_at, v.position, v.recorded_at, v.publisher, v.verdict, v.value, v.citations,
    coalesce(v.sources, array[e.source, e.document]) as sources, v.content,
    v.retracted, v.retracts, v.reason, v.filing, v.entry, v.number::text as number, e.template
from unnest($1::bigint[], $2::uuid[]) as asked (company, id)
join facts f on f.company = asked.company and f.id = asked.id
join slots s on s.company = f.company and s.kind = f.kind and s.subject = f.subject and s.slot = f.slot
join versions v on v.company = f.company and v.fact = f.id
left join edgar_filings e on e.company = v.company and e.filing = v.filing
order by f.company, f.id, v.version;

-- fragment: answered
-- The version that answers a fact at day $known and position $at, with the newest check by then, and whether several
-- publishers speak of the fact; nothing where $id is null.
select g.slug, g.kind, g.subject, g.dimensions::text as dimensions, g.basis, g.period, g.frequency,
    s.unit as slot_unit, s.comparison,
    v.version, v.known_at, v.position, v.recorded_at, v.publisher, coalesce(c.verdict, v.verdict) as verdict, v.value,
    coalesce(c.citations, v.citations) as citations, coalesce(v.sources, array[e.source, e.document]) as sources, v.content,
    null::bigint as retracted, v.filing, v.entry, v.number::text as number, e.template, g.contested
from facts g
join slots s on s.company = g.company and s.kind = g.kind and s.subject = g.subject and s.slot = g.slot
cross join lateral (
    select * from versions v
    where v.company = g.company and v.fact = g.id and {stands:known=$known,at=$at}
    order by v.known_at desc, v.version desc limit 1
) v
left join edgar_filings e on e.company = v.company and e.filing = v.filing
left join lateral (
    select verdict, citations from evidence_entries c
    where c.company = v.company and c.fact = v.fact and c.version = v.version and c.position <= $at
    order by c.position desc limit 1
) c on true
where g.company = $company and g.id = $id

-- name: answered_then
-- The version that answers each fact at its own day and position.
select asked.place, t.*
from unnest($1::bigint[], $2::uuid[], $3::date[], $4::bigint[]) with ordinality as asked (company, id, known_at, at, place)
cross join lateral (
    {answered:company=asked.company,id=asked.id,known=asked.known_at,at=asked.at}
) t;

-- name: checks
-- The later checks of facts' citations, oldest first.
select e.fact, e.version, e.position, e.verdict, e.citations
from unnest($1::bigint[], $2::uuid[]) as asked (company, id)
join evidence_entries e on e.company = asked.company and e.fact = asked.id
order by e.position;

-- name: insert_slots
-- Series met for the first time.
insert into slots (company, kind, subject, slot, dimensions, basis, unit, comparison)
select company, kind, subject, slot, dimensions::jsonb, basis, unit, comparison
from unnest($1::bigint[], $2::text[], $3::text[], $4::bigint[], $5::text[], $6::text[], $7::text[], $8::text[])
    as new (company, kind, subject, slot, dimensions, basis, unit, comparison)
on conflict do nothing;

-- name: upsert_facts
-- What facts answer from now on.
insert into facts (company, id, slug, kind, subject, slot, dimensions, basis, period, frequency, frame,
    version, known_at, settled, asserted, evidence, disputed, unit, interval, quantity, cited, answer, told,
    first_position, first_known, contested)
select company, id, slug, kind, subject, slot, dimensions::jsonb, basis, period, frequency, frame,
    version, known_at, settled, asserted, evidence, disputed, unit, "interval", quantity, cited, answer, told,
    first_position, first_known, contested
from unnest($1::bigint[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::text[], $8::text[],
        $9::daterange[], $10::text[], $11::text[], $12::int[], $13::date[], $14::bigint[], $15::boolean[], $16::text[],
        $17::boolean[], $18::text[], $19::numrange[], $20::text[], $21::bigint[], $22::bytea[], $23::text[],
        $24::bigint[], $25::date[], $26::boolean[])
    as new (company, id, slug, kind, subject, slot, dimensions, basis, period, frequency, frame,
        version, known_at, settled, asserted, evidence, disputed, unit, "interval", quantity, cited, answer, told,
        first_position, first_known, contested)
on conflict (company, id) do update
set version = excluded.version, known_at = excluded.known_at, settled = excluded.settled, asserted = excluded.asserted,
    evidence = excluded.evidence, disputed = excluded.disputed, unit = excluded.unit, interval = excluded.interval,
    quantity = excluded.quantity, cited = excluded.cited, answer = excluded.answer, told = excluded.told,
    first_known = excluded.first_known, contested = excluded.contested;

-- name: insert_versions
-- Assertions and retractions, for good.
insert into versions (company, fact, version, position, recorded_at, known_at, retracts, reason, verdict, unit, interval,
    quantity, publisher, sources, content, value, citations, author, filing, entry, number)
select company, fact, version, position, $21::timestamptz, known_at, retracts, reason, verdict, unit, "interval",
    quantity, publisher, string_to_array(sources, ' ')::bigint[], content, value, citations, author, filing, entry,
    number::numeric
from unnest($1::bigint[], $2::uuid[], $3::int[], $4::bigint[], $5::date[], $6::int[], $7::text[], $8::text[], $9::text[],
        $10::numrange[], $11::text[], $12::text[], $13::text[], $14::bytea[], $15::bytea[], $16::bytea[], $17::bigint[],
        $18::int[], $19::int[], $20::text[])
    as new (company, fact, version, position, known_at, retracts, reason, verdict, unit, "interval", quantity, publisher,
        sources, content, value, citations, author, filing, entry, number);

-- name: close_versions
-- Marks assertions as retracted: the single change a version ever sees.
update versions v set retracted = closed.position
from unnest($1::bigint[], $2::uuid[], $3::int[], $4::bigint[]) as closed (company, fact, version, position)
where v.company = closed.company and v.fact = closed.fact and v.version = closed.version and v.retracted is null;

-- name: insert_evidence
-- Later checks that came to another result.
insert into evidence_entries (company, fact, version, position, recorded_at, verdict, citations)
select company, fact, version, position, $7::timestamptz, verdict, citations
from unnest($1::bigint[], $2::uuid[], $3::int[], $4::bigint[], $5::text[], $6::bytea[])
    as new (company, fact, version, position, verdict, citations);

-- fragment: company_by_company
-- Of each company, by slug, what a list takes of its facts at most: no company is read further than a page reaches.
select l.* from companies c cross join lateral ($facts) l
where true $companies
order by c.slug, l.kind, l.subject, l.recency, l.id limit {limit}

-- fragment: recorded_by
-- Whether company c was recorded by position $at.
and exists (select from company_entries e where e.company = c.company and e.position <= $at)

-- fragment: facts_now
-- Facts that a list keeps, as they answer now.
select f.slug, f.kind, f.subject, f.recency, f.id, f.answer, null::uuid as earlier
from facts f
where f.asserted {where}
order by {order} limit {limit}

-- fragment: facts_standing
-- The same at a day and a position, where nothing is asked of what they answered.
select f.slug, f.kind, f.subject, f.recency, f.id,
    case when {settled:known=q.known,at=q.at} then f.answer end as answer,
    case when not ({settled:known=q.known,at=q.at}) then f.id end as earlier
from facts f
where f.first_position <= q.at and f.first_known <= q.known
    -- not `exists`, for which Postgres may prepare a hash of all versions
    and case when {settled:known=q.known,at=q.at} then f.asserted else (
        select true from versions v
        where v.company = f.company and v.fact = f.id and {stands:known=q.known,at=q.at}
        limit 1
    ) end {where}
order by {order} limit {limit}

-- fragment: facts_as_known
-- The same, with what they answered.
select f.slug, f.kind, f.subject, f.recency, f.id, a.answer, case when a.answer is null then f.id end as earlier
from facts f cross join {as_known:known=q.known,at=q.at} a
where f.first_position <= q.at and f.first_known <= q.known {where}
order by {order} limit {limit}

-- name: list_facts
-- Facts in the order of a list: what each answers, or its id where an earlier version does.
select q.place, h.position as head, l.answers, l.earlier
from log_head h cross join {asked} cross join lateral (
    select array_agg(f.answer) as answers, array_agg(f.earlier) filter (where f.earlier is not null) as earlier
    from ({facts}) f
) l;

-- fragment: disputed_as_known
-- Whether two publishers contradict each other about fact f at day $known and position $at.
(f.contested and coalesce(a.disputed, exists (
    with voices as (
        select distinct on ({publisher:}) {publisher:} as publisher, coalesce(v.unit, f.unit) as unit,
            {numbers:} as "interval"
        from versions v
        where v.company = f.company and v.fact = f.id and v.retracts is null and {stands:known=$known,at=$at}
        order by {publisher:}, v.known_at desc, v.version desc
    )
    select from voices one join voices other on one.publisher < other.publisher and one.unit = other.unit
    where not one.interval && other.interval
)))


-- name: facts_after
-- Facts by company and id, after one; with a checker, those whose answer it has not checked. What is kept in the
-- compact form was read by the entry that it cites, which no checker reads otherwise.
select company, id from facts
where ($1::bigint is null or company = $1) and (company, id) > ($2, $3)
    and ($5::text is null
        or get_byte(answer, 0) <> 1 and position(convert_to('"checker":"' || $5 || '"', 'UTF8') in answer) = 0)
    and evidence <> 'unarchived'
order by company, id limit $4;
