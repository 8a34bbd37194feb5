-- What a user would find missing after the first slow query.
create index facts_list on peer.facts (company, kind, subject, period_end desc nulls last, id);
create index facts_frame on peer.facts (subject, frame, company);
alter table peer.versions add constraint versions_fact_fkey foreign key (fact) references peer.facts (id);
select setval('peer.positions', (select max(position) from peer.versions));
alter table peer.citations
    add constraint citations_version_fkey foreign key (fact, version) references peer.versions (fact, version);
create unique index facts_key on peer.facts (company, kind, subject, basis, dimensions, unit, period_start, period_end)
    nulls not distinct;
create index companies_words on peer.companies using gin (words);
create extension if not exists pg_trgm;
create index companies_name on peer.companies using gin (name gin_trgm_ops);
