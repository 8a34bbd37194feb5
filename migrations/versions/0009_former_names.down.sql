alter table edgar_documents drop column former_names;
