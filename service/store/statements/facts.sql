-- fragment: told
-- Everything Python needs to render version v of fact f: the fields of `Told` (service/store/facts.py).
row(f.id, f.slug, f.kind, f.subject, f.dimensions::text, f.basis, lower(f.period), upper(f.period), f.frequency,
    s.unit, s.comparison, v.version, v.known_at, v.position, v.recorded_at, v.publisher,
    coalesce((v.checked).verdict, v.verdict), v.value, coalesce((v.checked).citations, v.citations),
    coalesce(array_to_string(v.sources, ' '), e.source || ' ' || e.document), v.content, v.filing, v.entry, v.number::text,
    e.template, f.contested, (
        select string_agg(o.id || '@' || d.position, ' ') from unnest(v.sources) u (source)
        join source_derivations d on d.source = u.source join sources o on o.source = u.source
    ), v.attribution::text)

-- fragment: beside
-- The joins that `told` needs beside version v and fact f: the series, and the filing of an imported version.
join slots s on s.company = f.company and s.kind = f.kind and s.subject = f.subject and s.slot = f.slot
left join edgar_filings e on e.company = v.company and e.filing = v.filing

-- fragment: earlier
-- Version $version of fact f as a `told` row, with its newest check at or before position $at.
(select {told:}
from (
    select v.*, {checked:at=$at} as checked from versions v
    where v.company = f.company and v.fact = f.id and v.version = $version
) v {beside:})

-- fragment: slots_asked
-- The series (slots) that match each look-up `asked`.
join slots s on s.company = asked.company and s.kind = asked.kind and s.subject = asked.subject
    and (asked.dimensions is null or s.dimensions @> asked.dimensions::jsonb)
    and (asked.basis is null or s.basis = asked.basis)
    and (asked.unit is null or s.unit is null or s.unit = asked.unit)

-- fragment: of_period
-- Whether fact f has the period asked for, exactly or by calendar frame. The first condition lets an index be used: a
-- frame ends at most {frame_reach} days from the end of a period that stands for it.
f.recency between {recency:day=asked.last} - {frame_reach:} and {recency:day=asked.last} + {frame_reach:}
and ((f.period = daterange(asked.first, asked.last, '[]') and (f.frequency is not distinct from 'instant') = asked.instant)
    or f.frame = asked.frame)

-- name: answers_now
-- The present answer of each fact, and the log's last position.
select f.id is not null as recorded, f.answer, null as earlier, (select position from log_head) as head
from unnest($1::bigint[], $2::uuid[]) with ordinality as q (company, id, place)
left join facts f on f.company = q.company and f.id = q.id
order by q.place;

-- name: answers_at
-- The answer of each fact at its own day and position, and the log's last position: stored bytes where they still
-- hold, else the answering version.
select f.id is not null as recorded, case when {settled:known=q.known,at=q.at} then f.answer end as answer,
    case when not ({settled:known=q.known,at=q.at}) then (
        select {told:} from ({answering:known=q.known,at=q.at}) v {beside:}
    ) end as earlier,
    (select position from log_head) as head
from unnest($1::bigint[], $2::uuid[], $3::date[], $4::bigint[]) with ordinality as q (company, id, known, at, place)
left join facts f on f.company = q.company and f.id = q.id
order by q.place;

-- name: lookup_now
-- For each series that matches a look-up ({asked} is the table of them): the facts with the latest period end (of the
-- frequency), or those of the period.
select asked.place, s.slot, s.dimensions::text as dimensions, s.basis, s.unit as slot_unit, s.comparison,
    f.id, f.period, f.frequency, f.frame, f.answer, h.position as head
from log_head h
left join ((select * from {asked}) asked {slots_asked:}
cross join lateral (
    -- which of the two is asked for is said outside, so that without a period the plan has no second one
    select * from (
        select f.id, f.period, f.frequency, f.frame, f.answer from facts f
        where f.company = s.company and f.slot = s.slot and f.asserted
            and (asked.unit is null or f.unit = asked.unit)
            and (asked.frequency is null or f.frequency = asked.frequency)
        order by f.recency fetch first 1 row with ties
    ) latest where asked.last is null
    union all
    select * from (
        select f.id, f.period, f.frequency, f.frame, f.answer from facts f
        where f.company = s.company and f.slot = s.slot and f.asserted
            and (asked.unit is null or f.unit = asked.unit)
            and (asked.frequency is null or f.frequency = asked.frequency)
            and {of_period:}
        order by f.recency, f.id limit 50
    ) of_period where asked.last is not null
) f) on true;

-- name: lookup_as_known
-- For each series that matches a look-up, the candidates at day $13 and position $14. `answer` is null where an earlier
-- version answers; that version is read later, for the chosen fact only.
select asked.place, s.slot, s.dimensions::text as dimensions, s.basis, s.unit as slot_unit, s.comparison,
    f.id, f.period, f.frequency, f.frame, f.answer, h.position as head
from log_head h
left join (
    unnest($1::int[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::date[],
        $10::date[], $11::boolean[], $12::text[])
    as asked (place, company, kind, subject, dimensions, basis, unit, frequency, first, last, instant, frame)
{slots_asked:}
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

-- fragment: written
-- Version v of fact f, or the retraction v, in the order of `RecordedRow` (service/store/facts.py).
{told:} as told, v.retracted, v.retracts, v.reason

-- name: histories
-- All assertions and retractions of facts, in order, with what the rule and rendering need.
select f.settled, {written:}
from unnest($1::bigint[], $2::uuid[]) as asked (company, id)
join facts f on f.company = asked.company and f.id = asked.id
join (select v.*, null::evidence_entries as checked from versions v) v on v.company = f.company and v.fact = f.id
{beside:}
order by f.company, f.id, v.version;

-- fragment: voices
-- Of fact f, for each publisher, the numbers of the $most greatest standing versions and of the greatest retracted one.
-- The publishers are found one after the other in an index, so that other versions are not read. Imported versions have
-- one publisher, and a fact has few of them; only a fact about a concept of a taxonomy has any.
(
    with recursive publishers as (
        (select v.publisher from versions v where v.company = f.company and v.fact = f.id and v.content is not null
        order by v.publisher limit 1)
        union all
        select (
            select v.publisher from versions v
            where v.company = f.company and v.fact = f.id and v.content is not null and v.publisher > p.publisher
            order by v.publisher limit 1
        )
        from publishers p where p.publisher is not null
    )
    select chosen.version
    from publishers p cross join (values (0, $most), (1, 1)) as wanted (gone, rows) cross join lateral (
        select v.version from versions v
        where v.company = f.company and v.fact = f.id and v.content is not null and v.publisher = p.publisher
            and (v.retracted is not null)::int = wanted.gone
        order by v.known_at desc, v.version desc limit wanted.rows
    ) chosen
    union all
    select chosen.version
    from (values (0, $most), (1, 1)) as wanted (gone, rows) cross join lateral (
        select v.version from versions v
        where position(':' in f.subject) > 0 and v.company = f.company and v.fact = f.id and v.filing is not null
            and (v.retracted is not null)::int = wanted.gone
        order by v.known_at desc, v.version desc limit wanted.rows
    ) chosen
)

-- fragment: fact_touched
-- The columns of fact f with the versions that decide what it answers, however many others it has: those of `voices`
-- ($most), each with its newest check; and the version that stands with the content $content, perhaps a second time.
f.settled, f.first_position, f.first_known,
    (select max(n.version) from versions n where n.company = f.company and n.fact = f.id) as last,
    array(
        select r from (
            select {written:}
            from (
                {voices:most=$most}
                union all
                (select v.version from versions v
                where v.company = f.company and v.fact = f.id and v.content = $content and (v.retracted is not null)::int = 0
                order by v.version limit 1)
            ) w
            join lateral (
                -- the limit has each version read by its key: a join could read all versions of the fact
                select v.*, {newest_check:} as checked from versions v
                where v.company = f.company and v.fact = f.id and v.version = w.version limit 1
            ) v on true
            {beside:}
            order by v.version
        ) r
    ) as written

-- fragment: facts_touched
-- Facts ($companies, $ids) with the versions of `fact_touched` ($mosts and $contents of each).
select {fact_touched:most=asked.most,content=asked.content}
from unnest($companies, $ids, $mosts, $contents) as asked (company, id, most, content)
join facts f on f.company = asked.company and f.id = asked.id
order by f.company, f.id

-- name: facts_to_write
-- Facts with the versions that decide what they answer.
{facts_touched:companies=$1::bigint[],ids=$2::uuid[],mosts=$3::int[],contents=$4::bytea[]};

-- name: versions_sought
-- Further versions of facts, each with its newest check: those with the same content as an assertion (the one that stands,
-- and the first $4 retracted ones), imported ones of a day, those of a day with a main quantity that begins at $11, and those
-- with a number or that retract that number.
select {written:}
from (
    select asked.company, asked.fact, same.version
    from unnest($1::bigint[], $2::uuid[], $3::bytea[], $4::int[]) as asked (company, fact, content, most)
    cross join lateral (values (0, 1), (1, asked.most)) as wanted (gone, rows)
    cross join lateral (
        select v.version from versions v
        where v.company = asked.company and v.fact = asked.fact and v.content = asked.content
            and (v.retracted is not null)::int = wanted.gone
        order by v.version limit wanted.rows
    ) same
    union
    select v.company, v.fact, v.version
    from unnest($5::bigint[], $6::uuid[], $7::date[]) as asked (company, fact, day)
    join versions v on v.company = asked.company and v.fact = asked.fact and v.filing is not null and v.known_at = asked.day
    union
    (
        with asked as (
            select company, fact, day, low, retracted
            from unnest($8::bigint[], $9::uuid[], $10::date[], $11::numeric[], $12::boolean[])
                as asked (company, fact, day, low, retracted)
        )
        select v.company, v.fact, v.version
        from asked join versions v on v.company = asked.company and v.fact = asked.fact and v.known_at = asked.day
            and lower(v.interval) = asked.low and v.content is not null and (asked.retracted or v.retracted is null)
        union all
        select v.company, v.fact, v.version
        from asked join versions v on v.company = asked.company and v.fact = asked.fact and v.known_at = asked.day
            and asked.low is null and lower(v.interval) is null and v.content is not null
            and (asked.retracted or v.retracted is null)
    )
    union
    select v.company, v.fact, v.version
    from unnest($13::bigint[], $14::uuid[], $15::int[]) as asked (company, fact, version)
    join versions v on v.company = asked.company and v.fact = asked.fact and v.version = asked.version
    union
    select r.company, r.fact, r.version
    from unnest($13::bigint[], $14::uuid[], $15::int[]) as asked (company, fact, version)
    join versions v on v.company = asked.company and v.fact = asked.fact and v.version = asked.version
    join versions r on r.position = v.retracted
) w
join facts f on f.company = w.company and f.id = w.fact
join lateral (
    select v.*, {newest_check:} as checked from versions v
    where v.company = w.company and v.fact = w.fact and v.version = w.version limit 1
) v on true
{beside:}
order by f.company, f.id, v.version;

-- name: checks
-- Later checks of the citations of facts, oldest first.
select e.fact, e.version, e.position, e.verdict, e.citations
from unnest($1::bigint[], $2::uuid[]) as asked (company, id)
join evidence_entries e on e.company = asked.company and e.fact = asked.id
order by e.position;

-- name: fiscal_years
-- Of each company the newest recorded year of one of these metrics: its last day, and what its annual report calls it.
select asked.company, upper(f.period) - 1 as ends, (
    select e.fiscal_year from versions v join edgar_filings e on e.company = v.company and e.filing = v.filing
    where v.company = f.company and v.fact = f.id and e.form like '10-K%' and v.known_at < upper(f.period) + 200
    order by v.known_at, v.version limit 1
) as year
from unnest($1::bigint[]) as asked (company)
cross join lateral (
    select f.company, f.id, f.period from unnest($2::text[]) as of (subject)
    cross join lateral (
        select f.company, f.id, f.period, f.recency, f.frequency from facts f
        where f.company = asked.company and f.kind = 'metric' and f.subject = of.subject
        order by f.recency limit 8
    ) f
    where f.frequency = 'annual' order by f.recency limit 1
) f;

-- name: upsert_facts
-- Inserts facts or replaces their answers, and inserts their assertions and retractions, which never change, with the numbers
-- beside the main ones, and the series that are not there yet. Each as JSON (service/postgres/recordsets.py); the columns of
-- facts and versions are those of `FactRow` and `VersionRow` (service/store/saving.py).
with series as (
    insert into slots (company, kind, subject, slot, dimensions, basis, unit, comparison)
    select company, kind, subject, slot, dimensions::jsonb, basis, unit, comparison
    from json_to_recordset($2::json) as new (company bigint, kind text, subject text, slot bigint, dimensions text,
        basis text, unit text, comparison text)
    on conflict do nothing
), answering as (
    insert into facts ({columns})
    select {values} from json_to_recordset($3::json) as new ({definition})
    on conflict (company, id) do update set {updates}
), numbers as (
    insert into version_numbers (company, fact, version, place, field, unit, "interval")
    select new.* from json_to_recordset($4::json) as new (company bigint, fact uuid, version int, place text, field text,
        unit text, "interval" numrange)
)
insert into versions ({version_columns}, recorded_at)
select {version_values}, $1::timestamptz from json_to_recordset($5::json) as new ({version_definition});

-- name: assert_alone
-- Moves the head from position $3 to $1, records the commit at $2, tells listeners on $4, and inserts one assertion with its
-- fact, or the fact's new answer. Nothing is done if the head is elsewhere, or if the log has become a mirror. The head's row
-- stays locked until the statement, which is a transaction of its own, has committed. The columns are those of `upsert_facts`, each an
-- argument ({values}, {version_values}); {series}, {numbers} and {kept} are there only for what has some. An answer is kept under
-- the lock of `begin_once` ({if_first}).
with moved as (
    update log_head set position = $1, recorded_at = $2 where position = $3 and mirror_of is null{if_first}
    returning position, recorded_at
), committed as (
    insert into commits (position, recorded_at)
    select position, recorded_at from moved cross join pg_notify($4, '')
), {series}{numbers}{kept}answering as (
    insert into facts ({columns})
    select {values} from moved
    on conflict (company, id) do update set {updates}
)
insert into versions ({version_columns}, recorded_at)
select {version_values}, recorded_at from moved;

-- fragment: series_alone
-- The series of a new fact, by the arguments of its columns.
series as (
    insert into slots (company, kind, subject, slot, dimensions, basis, unit, comparison)
    select $company, $kind, $subject, $slot, $dimensions, $basis, $of_unit::text, $of_comparison::text from moved
    on conflict do nothing
),

-- fragment: numbers_alone
-- The numbers beside the main one, as JSON in $numbers.
numbers as (
    insert into version_numbers (company, fact, version, place, field, unit, "interval")
    select new.* from moved cross join json_to_recordset($numbers::json) as new (company bigint, fact uuid, version int, place text,
        field text, unit text, "interval" numrange)
),

-- fragment: kept_alone
-- The answer to a write with an Idempotency-Key. The statement fails if there is one, perhaps an expired one.
kept as (
    insert into idempotent_answers (api_key, idempotency_key, fingerprint, answer)
    select $api_key, $idempotency_key, $fingerprint, $answer from moved
),

-- name: close_versions
-- Marks recorded assertions as retracted: the only column of a version that is ever updated, and only once.
update versions v set retracted = closed.position
from unnest($1::bigint[], $2::uuid[], $3::int[], $4::bigint[]) as closed (company, fact, version, position)
where v.company = closed.company and v.fact = closed.fact and v.version = closed.version and v.retracted is null;

-- name: insert_evidence
-- Inserts later checks with another result.
insert into evidence_entries (company, fact, version, position, recorded_at, verdict, citations, context)
select company, fact, version, position, $8::timestamptz, verdict, citations, context
from unnest($1::bigint[], $2::uuid[], $3::int[], $4::bigint[], $5::text[], $6::bytea[], $7::text[])
    as new (company, fact, version, position, verdict, citations, context);

-- fragment: company_by_company
-- A page over all companies, read company by company in slug order, at most one page of facts from each.
select l.* from companies c cross join lateral ($facts) l
where true $companies
order by c.slug, l.kind, l.subject, l.recency, l.id limit {limit}

-- fragment: recorded_by
-- Whether company c was recorded at or before position $at.
and exists (select from company_entries e where e.company = c.company and e.position <= $at)

-- fragment: facts_now
-- The facts that pass a list's filters, with their present answers.
select f.slug, f.kind, f.subject, f.recency, f.id, f.answer, null as earlier
from facts f
where f.asserted {where}
order by {order} limit {limit}

-- fragment: facts_as_known
-- The facts that pass a list's filters at a day and a position, with the stored answer or the answering version's number.
select f.company, f.slug, f.kind, f.subject, f.recency, f.id, f.slot, f.dimensions, f.basis, f.period, f.frequency, f.contested,
    a.answer, a.version
from facts f cross join {as_known:known=q.known,at=q.at} a
where f.first_position <= q.at and f.first_known <= q.known {where}
order by {order} limit {limit}

-- fragment: with_earlier
-- Adds to the facts of one page the rows that Python renders earlier versions from.
select f.answer, case when f.answer is null then {earlier:version=f.version,at=q.at} end as earlier from ($facts) f

-- name: list_facts
-- One page of each list in list order: stored answers, and earlier versions where the answer is null.
select q.place, h.position as head, l.answers, l.earlier
from log_head h cross join {asked} cross join lateral (
    select array_agg(f.answer) as answers, array_agg(f.earlier) filter (where f.answer is null) as earlier
    from ({facts}) f
) l;

-- name: facts_after
-- Facts after ($2, $3) by company and id; with checker $5, only those whose answer it has not checked. Imported versions
-- are left out then: their numbers were copied from the entry they cite, so a check cannot find anything else.
select f.company, f.id from facts f
where ($1::bigint is null or f.company = $1) and (f.company, f.id) > ($2, $3)
    and ($5::text is null or f.checker is distinct from $5 and exists (
        select from versions v where v.company = f.company and v.fact = f.id and v.version = f.version and v.filing is null
    ))
    and f.evidence <> 'unarchived'
order by f.company, f.id limit $4;

-- name: answers_after
-- Stored present answers of facts after ($2, $3) by company and id.
select company, id, answer from facts
where ($1::bigint is null or company = $1) and (company, id) > ($2, $3)
order by company, id limit $4;

-- name: subjects
-- The subjects of company $1 of kind $2 with a fact that was recorded by position $3 and public by day $4.
select distinct s.subject from slots s
where s.company = $1 and s.kind = $2 and exists (
    select from facts f where f.company = s.company and f.slot = s.slot and f.first_position <= $3 and f.first_known <= $4);
