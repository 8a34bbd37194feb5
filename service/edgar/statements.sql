-- name: without_time_limit
-- No limit of time for the statements of an import, nor for its waits for locks.
select set_config('statement_timeout', '0', true) as statements, set_config('lock_timeout', '0', true) as locks;

-- name: imported_documents
-- The sources that were imported under paths with a prefix.
select s.id from edgar_documents d join sources s using (source) where starts_with(d.path, $1);

-- name: retracted_rows
-- The imported rows of a company that were retracted after position $2 and by position $3.
select f.subject, f.unit, case when f.frequency is distinct from 'instant' then lower(f.period) end as start,
    upper(f.period) - 1 as end, e.accession, v.number::text as number
from versions v
join facts f on f.company = v.company and f.id = v.fact
join edgar_filings e on e.company = v.company and e.filing = v.filing
where v.company = $1 and v.filing is not null and v.retracted > $2 and v.retracted <= $3;

-- name: wire_document
-- The newest document of a path among those imported before an instant and by position $3, with its company, and whether
-- rows of it were retracted after its import and by then.
select s.id, d.position, d.recorded_at, d.company, d.body is not null as reduced,
    starts_with(d.path, '/api/xbrl/companyfacts/') and exists (
        select from versions v where v.company = d.company and v.filing is not null and v.retracted > d.position
            and v.retracted <= $3
    ) as outdated
from edgar_documents d join sources s using (source)
where d.path = $1 and d.recorded_at < $2 and d.position <= $3 order by d.newest desc, d.position desc, d.recorded_at desc limit 1;

-- name: company_of_cik
-- The company that holds a CIK now.
select company from company_identifiers where scheme = 'cik' and value = $1 and until is null;

-- name: wire_content
-- The bytes of a document that are served, and their coding.
select coalesce(d.body, p.content) as content, case when d.body is null then p.coding else 'gzip' end as coding
from edgar_documents d join snapshots p using (source)
where d.path = $1 and d.position = $2 and d.recorded_at = $3;

-- name: facts_of_our_own
-- The facts of a company whose subject belongs to no taxonomy, in the order of a list.
select id from facts where company = $1 and position(':' in subject) = 0 order by kind, subject, recency, id;

-- name: wire_frame
-- The rows that have a frame's label on a day ($3): for each company the period nearest to the frame, and its row that was
-- filed last by that day. Rows recorded after the company's newest document came from an older one and are left out.
-- Former names are read only if a day is given ($3 is not the last day there is).
with candidates as (
    select f.company, f.id, f.period, f.frequency, false as excepted from facts f
    where f.slot = $1 and f.frame = $2
        and not exists (select from edgar_labels l where l.company = f.company and l.fact = f.id)
    union all
    select f.company, f.id, f.period, f.frequency, true
    from edgar_labels l join facts f on f.company = l.company and f.id = l.fact
    where l.slot = $1 and l.frame = $2
), documents as (
    select c.company, d.name, d.position
    from (select distinct company from candidates) c cross join lateral (
        select d.name, d.position from edgar_documents d
        where d.company = c.company and starts_with(d.path, '/api/xbrl/companyfacts/') and d.position <= $6
        order by d.newest desc, d.position desc limit 1
    ) d
), labelled as (
    select distinct on (c.company) c.company, c.period, c.frequency, d.name, v.accession, v.number
    from candidates c join documents d using (company) cross join lateral (
        select e.accession, v.number
        from versions v join edgar_filings e on e.company = v.company and e.filing = v.filing
        where v.company = c.company and v.fact = c.id and v.filing is not null
            and {within:known=$3,at=d.position} and (v.retracted is null or v.retracted > $6)
        order by v.known_at desc, e.accession desc, v.version desc limit 1
    ) v
    order by c.company, c.excepted desc, abs((upper(c.period) - 1) - $5::date), abs(lower(c.period) - $4::date),
        c.period
)
select (k.identifiers ->> 'cik')::bigint as cik, k.slug, r.name, n.present, n.former, s.loc, r.accession, r.number::text as number,
    case when r.frequency is distinct from 'instant' then lower(r.period) end as start, upper(r.period) - 1 as end
from labelled r
join companies k using (company)
left join lateral (
    select d.loc from edgar_documents d
    where d.company = r.company and d.loc is not null and d.position <= $6 and $3 = 'infinity'::date
    order by d.newest desc, d.position desc limit 1
) s on true
left join lateral ({names_of:company=r.company,at=$6::bigint}) n on $3 < 'infinity'::date
order by cik;

-- name: dated_names
-- A company's slug, and what the newest of its submissions by position $2 tells of its names.
select k.slug, n.present, n.former
from companies k left join lateral ({names_of:company=k.company,at=$2::bigint}) n on true
where k.company = $1;

-- name: known_documents
-- Those of these sources that have been imported.
select s.id from sources s
where s.id = any($1::text[]) and exists (select from edgar_documents d where d.source = s.source);

-- name: newest_documents
-- The newest document of each of these paths.
select distinct on (d.path) d.path, d.newest, d.position, s.id as source
from edgar_documents d join sources s using (source)
where d.path = any($1::text[]) order by d.path, d.newest desc, d.position desc, d.recorded_at desc;

-- name: imported_versions
-- Every imported version of a company's facts.
select v.fact, v.version, v.known_at, v.number::text as number, v.retracted, e.accession
from versions v join edgar_filings e on e.company = v.company and e.filing = v.filing
where v.company = $1 and v.filing is not null;

-- name: companies_with_facts
-- Those of these companies that have facts.
select company from unnest($1::bigint[]) as asked (company)
where exists (select from facts f where f.company = asked.company);

-- name: facts_of_company
-- The facts that a company has.
select id from facts where company = $1;

-- name: last_filing
-- The greatest number of a company's filings.
select coalesce(max(filing), 0) from edgar_filings where company = $1;

-- name: labelled_concepts
-- Those of these concepts that are recorded, and whether they have a label.
select concept, label is not null as labelled from concepts where concept = any($1::text[]);

-- name: insert_filings
-- Filings, as documents describe them.
insert into edgar_filings (company, filing, accession, form, filed, fiscal_year, fiscal_period, source, document, template)
select * from unnest(
    $1::bigint[], $2::int[], $3::text[], $4::text[], $5::date[], $6::int[], $7::text[], $8::bigint[], $9::bigint[], $10::bytea[]);

-- name: insert_document
-- A document that was imported. Its instant is later than that of every other one of the path and position, also if the clock
-- was put back.
insert into edgar_documents (path, position, recorded_at, source, company, name, newest, body, loc, former_names)
select $1, $2, greatest($3, max(d.recorded_at) + interval '1 microsecond'), $4, $5, $6, $7, $8, $9, $10
from edgar_documents d where d.path = $1 and d.position = $2;

-- name: forget_labels
-- Delete the label exceptions of companies whose newest document changes.
delete from edgar_labels where company = any($1::bigint[]);

-- name: insert_labels
-- Periods whose frame label in a document differs from the rule's.
insert into edgar_labels (company, fact, slot, frame)
select company, fact, slot, frame
from unnest($1::bigint[], $2::uuid[], $3::bigint[], $4::text[]) as new (company, fact, slot, frame);

-- name: insert_metric_slots
-- Series of reported metrics; those that exist are left alone.
insert into slots (company, kind, subject, slot, dimensions, basis, unit)
select company, 'metric', subject, slot, '{}', 'reported', unit
from unnest($1::bigint[], $2::text[], $3::bigint[], $4::text[]) as new (company, subject, slot, unit)
on conflict do nothing;
