-- Imported versions cannot be read without the tables dropped here, and log entries must not be lost: so refuse.
do $$
begin
    if exists (select from versions where filing is not null) or exists (select from snapshots where coding is not null) then
        raise exception 'documents of EDGAR''s have been imported; restore a backup from before instead';
    end if;
end $$;

alter table companies drop column profile;
drop table edgar_labels, edgar_documents, edgar_filings;
alter table snapshots drop constraint snapshots_coding, drop column coding, alter column text set not null;
drop index versions_by_filing, versions_withdrawn, versions_by_source;
create index versions_by_source on versions using gin (sources);
alter table versions
    drop constraint versions_assertion_or_retraction,
    drop column filing,
    drop column entry,
    drop column number,
    add constraint versions_assertion_or_retraction check (
        case when retracts is null
            then reason is null and known_at is not null and verdict is not null and publisher is not null
                and sources is not null and content is not null and value is not null and citations is not null
            else reason is not null and retracted is null and known_at is null and value is null
        end
    );
