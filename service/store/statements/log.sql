-- name: lock_head
-- Locks the head until the transaction ends, so that it is the only writer.
select from log_head for update;

-- name: advance_head
-- Moves the head to position $1, and records the transaction's instant.
with moved as (update log_head set position = $1, recorded_at = $2)
insert into commits (position, recorded_at) values ($1, $2);

-- name: become_mirror
-- Gives an empty log, or a mirror of the same log, the identity and the address of its origin. Returns a row if it could.
update log_head set origin = $1, mirror_of = $2
where position = 0 or (mirror_of is not null and origin = $1) returning position;

-- name: origin
-- The identity of the log, its last position, and the address that it is copied from.
select origin, position, mirror_of from log_head;

-- name: head
-- The last position of the log.
select position from log_head;

-- name: position_at
-- The last position recorded at or before an instant, and whether the instant lies in the past.
select coalesce((select position from commits where recorded_at <= $1 order by recorded_at desc, position desc limit 1), 0)
    as position, $1 <= clock_timestamp() as past;

-- fragment: entries
-- Up to $most log entries of all types after position $after, in order.
    (select position, recorded_at, 'company' as type, company, null::text as concept, null::uuid as fact,
            null::int as version, null::text as source
     from company_entries where position > $after order by position limit $most)
    union all
    (select position, recorded_at, 'concept', null, concept, null, null, null
     from concept_entries where position > $after order by position limit $most)
    union all
    (select position, recorded_at, 'source', null, null, null, null, id
     from sources where position > $after order by position limit $most)
    union all
    (select d.position, d.recorded_at, 'source', null, null, null, null, s.id
     from source_derivations d join sources s using (source) where d.position > $after and d.position > s.position
     order by d.position limit $most)
    union all
    (select p.position, p.recorded_at, 'snapshot', null, null, null, null, s.id
     from snapshots p join sources s using (source) where p.position > $after order by p.position limit $most)
    union all
    (select position, recorded_at, 'version', company, null, fact, version, null
     from versions where position > $after order by position limit $most)
    union all
    (select position, recorded_at, 'evidence', company, null, fact, version, null
     from evidence_entries where position > $after order by position limit $most)
    order by position limit $most;

-- fragment: described_entries
-- The entries, with the slugs of their companies.
select e.position, e.recorded_at, e.type, c.slug as company, e.concept, e.fact, e.version, e.source
from entries e left join companies c using (company)
order by e.position

-- name: last_changes
-- The last $1 log entries of all types, in order. Every position up to the head has its entry.
with entries as (
{entries:after=(select position - $1::bigint from log_head),most=$1::bigint}
)
{described_entries:};

-- name: changes
-- Up to $2 log entries of all types after position $1, in order.
with entries as (
{entries:after=$1,most=$2}
)
{described_entries:};
