-- The last day that a key can see anything of. Null: no limit.
alter table api_keys add column known_by date;
alter table api_keys add constraint api_keys_known_by check (known_by is null or scope = 'read');
-- Since when a company is public: its first assertion that was not imported, and its first filing.
create index versions_by_day on versions (company, known_at) where content is not null;
create index edgar_filings_by_day on edgar_filings (company, filed);
