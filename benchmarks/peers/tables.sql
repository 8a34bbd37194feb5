-- The peers' tables: the same facts as ours, as a user would lay them out without our log.
create schema peer;

create table peer.facts as
select f.id, f.slug as company, f.kind, f.subject, f.dimensions, f.basis,
    case when f.frequency is distinct from 'instant' then lower(f.period) end as period_start,
    upper(f.period) - 1 as period_end,
    f.frequency, f.frame,
    a.answer -> 'value' as value,
    f.unit,
    f.known_at, f.version,
    a.answer ->> 'status' as status,
    (a.answer ->> 'recorded_at')::timestamptz as recorded_at,
    (a.answer ->> 'position')::bigint as position,
    f.evidence, f.disputed,
    a.answer -> 'rivals' as rivals,
    a.answer -> 'citations' as citations
from facts f, lateral (select convert_from(f.answer, 'UTF8')::jsonb as answer) a;

alter table peer.facts add primary key (id);
create index facts_list on peer.facts (company, kind, subject, period_end desc nulls last, id);
create index facts_frame on peer.facts (subject, frame, company);

create table peer.versions as
select v.fact, v.version, v.known_at, v.recorded_at, v.position,
    convert_from(v.value, 'UTF8')::jsonb as value, v.verdict as evidence,
    convert_from(v.citations, 'UTF8')::jsonb as citations
from versions v where v.retracts is null;

alter table peer.versions add primary key (fact, version);
alter table peer.versions add foreign key (fact) references peer.facts (id);

create table peer.companies as
select slug, name, identifiers from companies;
alter table peer.companies add primary key (slug);
