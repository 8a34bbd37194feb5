-- One filing in one EDGAR document. Imported versions refer to it and share its template of citations.
create table edgar_filings (
    company bigint not null,
    filing integer not null, -- number within the company
    accession text collate "C" not null,
    form text not null,
    filed date not null,
    fiscal_year integer,
    fiscal_period text,
    source bigint not null, -- the filing
    document bigint not null, -- the file it was read from
    -- JSON of a version's citations, with NUL in place of the entry's pointer and number
    template bytea not null,
    constraint edgar_filings_pkey primary key (company, filing),
    constraint edgar_filings_company_fkey foreign key (company) references companies (company),
    constraint edgar_filings_source_fkey foreign key (source) references sources (source),
    constraint edgar_filings_document_fkey foreign key (document) references sources (source)
);
create index edgar_filings_by_source on edgar_filings (source);
create index edgar_filings_by_document on edgar_filings (document);

-- Imported documents, by the path at which EDGAR serves them. The newest of a path is served.
create table edgar_documents (
    path text collate "C" not null,
    position bigint not null, -- the log's position after its import
    recorded_at timestamptz not null,
    source bigint not null,
    company bigint,
    name text, -- the company's name in the document
    loc text, -- the company's location as in frames: `US-CA`
    newest date not null, -- the latest filing date in it; a document with a later one is newer
    -- gzipped body to serve, if it differs from the document because rows were retracted before; else null
    body bytea,
    constraint edgar_documents_pkey primary key (path, position),
    constraint edgar_documents_company_fkey foreign key (company) references companies (company),
    constraint edgar_documents_source_fkey foreign key (source) references sources (source)
);
create index edgar_documents_by_company on edgar_documents (company);
create index edgar_documents_by_source on edgar_documents (source);
create index edgar_documents_newest on edgar_documents (path, newest desc, position desc);

-- Facts whose frame label in the newest document differs from the rule of frames.
create table edgar_labels (
    company bigint not null,
    fact uuid not null,
    slot bigint not null,
    frame text collate "C", -- null: no label
    constraint edgar_labels_pkey primary key (company, fact),
    constraint edgar_labels_fact_fkey foreign key (company, fact) references facts (company, id)
);
create index edgar_labels_by_frame on edgar_labels (slot, frame);

-- Listings, industry and addresses of a company from a register.
alter table companies add column profile jsonb;

-- An imported version stores three numbers; the rest is composed from its filing. There is no foreign key to the filing,
-- since checking it would slow down every imported row.
alter table versions
    add column filing integer,
    add column entry integer,
    add column number numeric,
    drop constraint versions_assertion_or_retraction,
    add constraint versions_assertion_or_retraction check (
        case
            when retracts is not null
                then reason is not null and retracted is null and known_at is null and value is null and filing is null
            when filing is not null
                then reason is null and known_at is not null and entry is not null and number is not null
                    and verdict is null and publisher is null and sources is null and content is null
                    and value is null and citations is null
            else reason is null and known_at is not null and verdict is not null and publisher is not null
                and sources is not null and content is not null and value is not null and citations is not null
                and entry is null and number is null
        end
    );
create index versions_by_filing on versions (company, filing) where filing is not null;
-- the imported rows that were taken back
create index versions_withdrawn on versions (company, retracted) where filing is not null and retracted is not null;
drop index versions_by_source;
create index versions_by_source on versions using gin (sources) where sources is not null;

-- Gzipped content has no stored text: it is decompressed when needed.
alter table snapshots
    add column coding text,
    alter column text drop not null,
    add constraint snapshots_coding check (case when coding is null then text is not null else coding = 'gzip' end);

grant select on edgar_filings, edgar_documents, edgar_labels to companyfacts_service;
grant insert on edgar_filings, edgar_documents to companyfacts_service;
grant insert, delete on edgar_labels to companyfacts_service;
