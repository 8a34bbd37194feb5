-- Of a filer's submissions its former names with the days that they were borne from and to, each as `[name, first, last]`,
-- a day that is not known as null: so that EDGAR's form has the name of a day without a document being unpacked. Null:
-- the document is not a filer's, or a release before this one imported it after this migration.
alter table edgar_documents add column former_names json;
