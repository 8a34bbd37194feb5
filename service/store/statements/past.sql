-- fragment: names_of
-- The newest submissions of company $company at or before position $at: its name, and its former names with their days.
-- Submissions that were imported by an early release have no name of their own; then it is the one recorded with them.
select coalesce(d.name, (
        select convert_from(e.description, 'UTF8')::json ->> 'name' from company_entries e
        where e.company = d.company and e.position <= d.position order by e.position desc limit 1
    )) as present, d.former_names as former
from edgar_documents d
where d.company = $company and d.former_names is not null and d.position <= $at
order by d.newest desc, d.position desc limit 1

-- fragment: known_company
-- Whether company $company was public by day $known, by what was recorded by position $at: an assertion, a filing, or a name.
(exists (
    -- what is asserted retracts nothing; the index is for versions of which that is said
    select from versions v
    where v.company = $company and v.content is not null and v.retracts is null and {within:known=$known,at=$at}
) or exists (
    select from edgar_filings e where e.company = $company and e.filed <= $known and exists (
        select from versions v where v.company = e.company and v.filing = e.filing and v.position <= $at)
) or exists (
    select from ({names_of:company=$company,at=$at}) n cross join json_array_elements(n.former) s
    where (s ->> 1)::date <= $known
))

-- fragment: described_then
-- Companies as they were described at position $at, with what is known of their names' days where a day is given; those that
-- were not public by day $known are left out.
select c.company, c.slug, e.description, e.recorded_at, e.position, n.present, n.former
from companies c cross join lateral (
    select e.* from company_entries e where e.company = c.company and e.position <= $at order by e.position desc limit 1
) e left join lateral ({names_of:company=c.company,at=$at}) n on $known < 'infinity'::date
where ($known = 'infinity'::date or {known_company:company=c.company,known=$known,at=$at})

-- name: company_then
-- A company as it was described at position $3, if it was public by day $2.
{described_then:known=$2::date,at=$3::bigint} and c.company = $1;

-- name: companies_then
-- Up to $4 companies after slug $1 as they were described at position $3, if they were public by day $2.
{described_then:known=$2::date,at=$3::bigint} and c.slug > $1 order by c.slug limit $4;

-- name: names_then
-- Companies (keys $1) as they were described at position $3, if they were public by day $2: for their names.
{described_then:known=$2::date,at=$3::bigint} and c.company = any($1::bigint[]);

-- name: company_was_known
-- Whether a company was public by day $2 and recorded by position $3.
select exists (select from company_entries e where e.company = $1 and e.position <= $3)
    and {known_company:company=$1,known=$2::date,at=$3::bigint};

-- name: filer_of
-- The slug of the company of a document under one of these paths, at position $2.
select c.slug from edgar_documents d join companies c using (company)
where d.path = any($1::text[]) and d.position <= $2 order by d.position limit 1;

-- name: children_then
-- Direct subsidiaries of companies at position $2.
select p.company as parent, k.slug
from unnest($1::bigint[]) as p (company) cross join lateral (
    select distinct e.company from company_entries e where e.parent = p.company and e.position <= $2
) x cross join lateral (
    select e.parent from company_entries e where e.company = x.company and e.position <= $2 order by e.position desc limit 1
) e join companies k on k.company = x.company
where e.parent = p.company order by k.slug;

-- name: concepts_then
-- Up to $3 concepts after id $1 as they were described at position $2.
select e.description, e.recorded_at, e.position
from concepts c cross join lateral (
    select e.* from concept_entries e where e.concept = c.concept and e.position <= $2 order by e.position desc limit 1
) e
where c.concept > $1 order by c.concept limit $3;

-- name: concept_then
-- A concept as it was described at position $2.
select e.description, e.recorded_at, e.position
from concept_entries e where e.concept = $1 and e.position <= $2 order by e.position desc limit 1;

-- fragment: measured
-- The first version of a metric about $subject, in the order of companies, that was public by day $known and recorded by
-- position $at.
select v.recorded_at, v.position
from facts f join versions v on v.company = f.company and v.fact = f.id
where f.subject = $subject and f.kind = 'metric' and f.first_known <= $known and f.first_position <= $at
    and v.retracts is null and {within:known=$known,at=$at}
order by f.slug, f.id, v.version limit 1

-- name: subject_known
-- Since when a subject of metrics was recorded, if one about it was public by day $2 and recorded by position $3.
{measured:subject=$1,known=$2::date,at=$3::bigint};

-- name: subjects_known
-- Up to $4 subjects after $1 of metrics that were public by day $2 and recorded by position $3; with $5, only those that
-- contain it. Each next subject is looked up in the index, which is faster than reading all facts.
with recursive subjects as (
    (select f.subject from facts f where f.subject > $1 order by f.subject limit 1)
    union all
    select (select f.subject from facts f where f.subject > s.subject order by f.subject limit 1)
    from subjects s where s.subject is not null
)
select s.subject as id, m.recorded_at, m.position
from subjects s cross join lateral ({measured:subject=s.subject,known=$2::date,at=$3::bigint}) m
where s.subject is not null and ($5::text is null or strpos(lower(s.subject), $5) > 0)
limit $4;

-- name: sources_then
-- Up to $5 sources recorded after position $1 and by position $3 that were public by day $2; with $4, only those with it in
-- the title.
select {source:}, p.position as archived, p.media_type as archived_as,
    {derivation:}
from sources s left join snapshots p on p.source = s.source and p.position <= $3
    left join source_derivations d on d.source = s.source
where s.position > $1 and s.position <= $3 and ($2::date = 'infinity' or s.published_at <= $2)
    and ($4::text is null or strpos(lower(s.title), $4) > 0)
order by s.position limit $5;
