drop index edgar_documents_by_position;
alter table log_head drop column mirror_of;
alter table log_head drop column origin;
