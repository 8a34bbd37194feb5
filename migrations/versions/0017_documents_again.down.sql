delete from edgar_documents d using edgar_documents o
where o.path = d.path and o.position = d.position and o.recorded_at > d.recorded_at;
alter table edgar_documents drop constraint edgar_documents_pkey;
alter table edgar_documents add constraint edgar_documents_pkey primary key (path, position);
