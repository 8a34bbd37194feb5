-- name: entries_after
-- Up to $2 log entries of all types after position $1, in order, without the companies that they are about.
select e.position, e.recorded_at, e.type, null::text as company, e.concept, e.fact, e.version, e.source
from (
{entries:after=$1,most=$2}
) e order by e.position;

-- name: versions_between
-- The assertions and retractions at positions after $1 up to $2 as they were recorded, in order; imported ones with their
-- filing.
select {told:} as told, v.position, v.retracts, v.reason, e.accession, e.form, e.filed,
    e.fiscal_year, e.fiscal_period
from (
    select v.*, null::evidence_entries as checked from versions v where v.position > $1 and v.position <= $2
) v
join facts f on f.company = v.company and f.id = v.fact
{beside:}
order by v.position;

-- name: checks_between
-- The later checks at positions after $1 up to $2.
select fact, version, position, verdict, citations from evidence_entries where position > $1 and position <= $2;

-- name: documents_between
-- EDGAR's documents whose import ended at positions from $1 to $2, without their bytes, in order; `is_newest` if they are the
-- newest about the facts of their company.
select d.path, d.position, d.recorded_at, s.id as source, s.redistribute, (select c.slug from companies c where c.company = d.company) as company, d.name, d.newest, d.loc,
    d.former_names::text as former_names, d.body is not null as has_body,
    starts_with(d.path, '/api/xbrl/companyfacts/') and not exists (
        select from edgar_documents o where o.path = d.path and (o.newest, o.position, o.recorded_at) > (d.newest, d.position, d.recorded_at)
    ) as is_newest
from edgar_documents d join sources s using (source)
where d.position between $1 and $2
order by d.position, d.recorded_at, d.path;

-- name: document_body
-- The bytes that are served of a document in place of the source's content.
select body from edgar_documents where path = $1 and position = $2 and recorded_at = $3;

-- name: labels_of
-- The facts of a company (by slug) whose label of a frame is not the one of the rule.
select l.fact, l.frame from edgar_labels l join companies c using (company) where c.slug = $1 order by l.fact;

-- name: copy_filings
-- Filings of companies that are not there yet, their sources by id.
insert into edgar_filings (company, filing, accession, form, filed, fiscal_year, fiscal_period, source, document, template)
select n.company, n.filing, n.accession, n.form, n.filed, n.fiscal_year, n.fiscal_period, s.source, d.source, n.template
from unnest($1::bigint[], $2::int[], $3::text[], $4::text[], $5::date[], $6::int[], $7::text[], $8::text[], $9::text[],
        $10::bytea[])
    as n (company, filing, accession, form, filed, fiscal_year, fiscal_period, source, document, template)
join sources s on s.id = n.source join sources d on d.id = n.document
on conflict do nothing;

-- name: copy_document
-- A document of EDGAR's that is not there yet, its source by id and its company by slug.
insert into edgar_documents (path, position, recorded_at, source, company, name, newest, body, loc, former_names)
select $1, $2, $3, s.source, c.company, $6, $7, $8, $9, $10
from sources s left join companies c on c.slug = $5
where s.id = $4
on conflict do nothing;

-- name: forget_labels_of
-- Delete the labels of a company (by slug).
delete from edgar_labels l using companies c where l.company = c.company and c.slug = $1;

-- name: copy_labels
-- Labels of facts of a company (by slug).
insert into edgar_labels (company, fact, slot, frame)
select f.company, f.id, f.slot, n.frame
from unnest($2::uuid[], $3::text[]) as n (fact, frame)
join companies c on c.slug = $1 join facts f on f.company = c.company and f.id = n.fact;
