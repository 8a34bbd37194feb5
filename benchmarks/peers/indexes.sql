-- What a user would find missing after the first slow query.
create index facts_list on peer.facts (company, kind, subject, period_end desc nulls last, id);
create index facts_frame on peer.facts (subject, frame, company);
alter table peer.versions add constraint versions_fact_fkey foreign key (fact) references peer.facts (id);
select setval('peer.positions', (select max(position) from peer.versions));
create extension if not exists pg_trgm;
create index companies_name on peer.companies using gin (name gin_trgm_ops);
