-- The role of the service. It may read and append, but not change what is recorded.
do $$
begin
    if not exists (select from pg_roles where rolname = 'companyfacts_service') then
        create role companyfacts_service nologin;
    end if;
exception when duplicate_object or unique_violation then null; -- another database of the cluster created it
end $$;
-- The user that migrates also serves, so it needs this role. A user without superuser rights does not get it by creating it.
do $$
begin
    if not pg_has_role(current_user, 'companyfacts_service', 'set') then
        execute format('grant companyfacts_service to %I', current_user);
    end if;
end $$;

-- The head of the log. Writers lock its row, so positions have no gaps and follow the order of commits.
create table log_head (
    only_row boolean not null default true,
    position bigint not null,
    recorded_at timestamptz not null,
    constraint log_head_pkey primary key (only_row),
    constraint log_head_one_row check (only_row)
);
insert into log_head (position, recorded_at) values (0, '-infinity');

-- A row for each writing transaction: its last position and its instant. Used to turn an instant into a position.
create table commits (
    position bigint not null,
    recorded_at timestamptz not null,
    constraint commits_pkey primary key (position)
);
create index commits_by_instant on commits (recorded_at, position);

-- The present state of companies; `company` is the 60 leading bits of SHA-256(slug).
create table companies (
    company bigint not null,
    slug text collate "C" not null,
    name text not null,
    aliases text[] not null,
    identifiers jsonb not null,
    country text,
    parent bigint,
    position bigint not null,
    recorded_at timestamptz not null,
    constraint companies_pkey primary key (company),
    constraint companies_slug_key unique (slug),
    constraint companies_parent_fkey foreign key (parent) references companies (company)
);
create index companies_by_parent on companies (parent);

-- Log entries of companies: the description after each change.
create table company_entries (
    company bigint not null,
    position bigint not null,
    recorded_at timestamptz not null,
    description bytea not null,
    parent bigint, -- the parent in the description, indexed to find former children
    constraint company_entries_pkey primary key (company, position),
    constraint company_entries_company_fkey foreign key (company) references companies (company),
    constraint company_entries_parent_fkey foreign key (parent) references companies (company)
);
create index company_entries_by_position on company_entries (position);
create index company_entries_by_parent on company_entries (parent);

-- The positions between which a company held an identifier, so that reads at an earlier position resolve it as then.
create table company_identifiers (
    scheme text collate "C" not null,
    value text collate "C" not null,
    company bigint not null,
    since bigint not null,
    until bigint,
    constraint company_identifiers_pkey primary key (scheme, value, since),
    constraint company_identifiers_company_fkey foreign key (company) references companies (company)
);
create unique index company_identifiers_now on company_identifiers (scheme, value) where until is null;
create index company_identifiers_by_company on company_identifiers (company);

create table concepts (
    concept text collate "C" not null,
    label text,
    description text,
    position bigint not null,
    recorded_at timestamptz not null,
    constraint concepts_pkey primary key (concept)
);

create table concept_entries (
    concept text collate "C" not null,
    position bigint not null,
    recorded_at timestamptz not null,
    description bytea not null,
    constraint concept_entries_pkey primary key (concept, position),
    constraint concept_entries_concept_fkey foreign key (concept) references concepts (concept)
);
create index concept_entries_by_position on concept_entries (position);

-- Documents and data sets; their descriptions never change.
create table sources (
    source bigint generated always as identity,
    id text collate "C" not null,
    title text not null,
    publisher text,
    author text,
    url text,
    published_at date,
    media_type text not null,
    redistribute boolean not null,
    note text,
    position bigint not null,
    recorded_at timestamptz not null,
    constraint sources_pkey primary key (source),
    constraint sources_id_key unique (id)
);
create index sources_by_position on sources (position);

-- The archived content of a source: the hashed bytes, and the text that selectors address.
create table snapshots (
    source bigint not null,
    position bigint not null,
    recorded_at timestamptz not null,
    media_type text not null,
    sha256 bytea not null,
    content bytea not null,
    text text not null,
    extractor text,
    constraint snapshots_pkey primary key (source),
    constraint snapshots_source_fkey foreign key (source) references sources (source)
);
create index snapshots_by_position on snapshots (position);

-- A series of a company: a fact's key without its period.
create table slots (
    company bigint not null,
    kind text collate "C" not null,
    subject text collate "C" not null,
    slot bigint not null,
    dimensions jsonb not null,
    basis text not null,
    unit text,
    comparison text,
    constraint slots_pkey primary key (company, kind, subject, slot),
    constraint slots_company_fkey foreign key (company) references companies (company)
);

-- A fact and its present answer. The columns from `version` on are derived from `versions`.
create table facts (
    company bigint not null,
    id uuid not null,
    slug text collate "C" not null,
    kind text collate "C" not null,
    subject text collate "C" not null,
    slot bigint not null,
    dimensions jsonb not null,
    basis text not null,
    period daterange,
    frequency text,
    frame text collate "C",
    -- days from the period's end to 9999-12-31: ascending order is latest first, no period last
    recency integer not null generated always as (
        case when period is null then 2147483647 else date '9999-12-31' - (upper(period) - 1) end
    ) stored,
    version integer not null,
    known_at date not null,
    settled bigint not null,
    asserted boolean not null,
    evidence text not null,
    disputed boolean not null,
    unit text,
    interval numrange,
    -- JSON of the main quantity; null if `unit` and `interval` are enough to restore it
    quantity text,
    -- the source of its first citation
    cited bigint not null,
    answer bytea not null,
    constraint facts_pkey primary key (company, id),
    constraint facts_company_fkey foreign key (company) references companies (company)
) with (fillfactor = 90);
-- the order of a company's list, the most frequent list
create index facts_by_company on facts (company, kind, subject, recency, id);
-- for lists over all companies, which are sorted within each company; keys repeat, so these indexes are small
create index facts_by_slug on facts (slug);
create index facts_by_subject on facts (subject, slug);
create index facts_by_slot on facts (company, slot, recency, id);
-- for frames: a slot's key is equal in all companies, so slot and frame find the facts to compare
create index facts_by_frame on facts (slot, frame, slug) where frame is not null;
create index facts_disputed on facts (slug) where disputed;

-- All assertions and retractions. `retracted` is the position of an assertion's retraction: the only column that is set
-- later.
create table versions (
    company bigint not null,
    fact uuid not null,
    version integer not null,
    position bigint not null,
    recorded_at timestamptz not null,
    known_at date,
    retracts integer,
    reason text,
    retracted bigint,
    verdict text,
    unit text,
    interval numrange,
    quantity text,
    publisher text,
    sources bigint[],
    content bytea,
    value bytea,
    citations bytea,
    author bigint,
    constraint versions_pkey primary key (company, fact, version),
    constraint versions_fact_fkey foreign key (company, fact) references facts (company, id),
    constraint versions_assertion_or_retraction check (
        case when retracts is null
            then reason is null and known_at is not null and verdict is not null and publisher is not null
                and sources is not null and content is not null and value is not null and citations is not null
            else reason is not null and retracted is null and known_at is null and value is null
        end
    )
);
create index versions_by_position on versions (position);
create index versions_by_source on versions using gin (sources);

-- Later checks of a version's citations with another result.
create table evidence_entries (
    company bigint not null,
    fact uuid not null,
    version integer not null,
    position bigint not null,
    recorded_at timestamptz not null,
    verdict text not null,
    citations bytea not null,
    constraint evidence_entries_pkey primary key (company, fact, version, position),
    constraint evidence_entries_version_fkey foreign key (company, fact, version)
        references versions (company, fact, version)
);
create index evidence_entries_by_position on evidence_entries (position);

-- API keys, with the SHA-256 of their secret.
create table api_keys (
    key bigint generated always as identity,
    prefix text collate "C" not null,
    hash bytea not null,
    scope text not null,
    created_at timestamptz not null default now(),
    constraint api_keys_pkey primary key (key),
    constraint api_keys_hash_key unique (hash),
    constraint api_keys_scope check (scope in ('read', 'write', 'admin'))
);

grant usage on schema public to companyfacts_service;
grant select on all tables in schema public to companyfacts_service;
grant usage on all sequences in schema public to companyfacts_service;
grant insert on
    commits, companies, company_entries, company_identifiers, concepts, concept_entries, sources, snapshots,
    slots, facts, versions, evidence_entries, api_keys
    to companyfacts_service;
grant update on log_head, companies, company_identifiers, concepts, facts, api_keys to companyfacts_service;
grant update (retracted) on versions to companyfacts_service;
