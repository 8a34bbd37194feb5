-- A list of EDGAR's tickers that comes again after another one adds no entry to the log. So several documents of a path may have one
-- position; the one that was recorded last is served.
alter table edgar_documents drop constraint edgar_documents_pkey;
alter table edgar_documents add constraint edgar_documents_pkey primary key (path, position, recorded_at);
