drop index edgar_filings_by_day, versions_by_day;
alter table api_keys drop column known_by;
