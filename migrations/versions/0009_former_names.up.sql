-- The former names in a filer's submissions, each as `[name, first day, last day]`; an unknown day is null. EDGAR's wire
-- form needs the name of a given day, and finds it here without decompressing documents. Null: the document is no
-- submissions file, or the previous release imported it after this migration.
alter table edgar_documents add column former_names json;
