-- `origin` names the log, so that a follower notices when it is told of another one. `mirror_of` is the address that a mirror
-- copies its log from; null: the log is recorded here. EDGAR's documents are exported in the order of the log.
alter table log_head add column origin uuid not null default gen_random_uuid();
alter table log_head add column mirror_of text;
create index edgar_documents_by_position on edgar_documents (position);
