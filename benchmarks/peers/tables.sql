-- The peers' tables: the same facts as ours, as a user would lay them out without our log.
create schema peer;

create table peer.companies (
    slug text collate "C" primary key,
    name text not null,
    identifiers jsonb not null,
    words tsvector not null generated always as (to_tsvector('simple', name)) stored
);

create table peer.sources (
    id text collate "C" primary key,
    title text not null,
    publisher text,
    author text,
    url text,
    published_at date
);

create table peer.facts (
    id uuid primary key default gen_random_uuid(),
    company text collate "C" not null references peer.companies (slug),
    kind text collate "C" not null,
    subject text collate "C" not null,
    dimensions jsonb not null,
    basis text not null,
    period_start date,
    period_end date,
    frequency text,
    frame text collate "C",
    value jsonb not null,
    unit text,
    known_at date not null,
    version integer not null,
    status text not null,
    recorded_at timestamptz not null default now(),
    position bigint not null,
    evidence text not null,
    disputed boolean not null,
    rivals jsonb not null,
    citations jsonb not null
);

create table peer.versions (
    fact uuid not null,
    version integer not null,
    known_at date not null,
    recorded_at timestamptz not null default now(),
    position bigint not null,
    value jsonb not null,
    evidence text not null,
    citations jsonb not null,
    primary key (fact, version)
);

create sequence peer.positions;

-- What the peers keep that keep as much as the service: a row for each citation, and the answers by idempotency key.
create table peer.citations (
    fact uuid not null,
    version integer not null,
    place integer not null,
    source text collate "C" not null references peer.sources (id),
    selector jsonb,
    verdict text not null,
    link text,
    primary key (fact, version, place)
);

create table peer.kept (
    key text collate "C" primary key,
    fingerprint bytea not null,
    answer text,
    created_at timestamptz not null default now()
);

-- The rows of companyfacts documents, for those filers whose document is asked for.
create table peer.entries (
    cik integer not null,
    place integer not null,
    name text not null,
    taxonomy text not null,
    concept text not null,
    label text,
    description text,
    unit text not null,
    start date,
    "end" date not null,
    val jsonb not null,
    accn text not null,
    fy integer,
    fp text,
    form text not null,
    filed date not null,
    frame text,
    primary key (cik, place)
);
