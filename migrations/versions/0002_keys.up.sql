-- Keys get a name, expire, can be revoked, and can be restricted to some companies.
alter table api_keys
    add column name text,
    add column companies text[] collate "C",
    add column expires_at timestamptz,
    add column revoked_at timestamptz,
    add column last_used_at timestamptz,
    add constraint api_keys_prefix_key unique (prefix),
    add constraint api_keys_companies check (companies is null or (scope = 'write' and cardinality(companies) > 0));

-- Answers to writes with an Idempotency-Key, stored for a day.
create table idempotent_answers (
    api_key bigint not null,
    idempotency_key text collate "C" not null,
    fingerprint bytea not null,
    answer bytea not null,
    created_at timestamptz not null default now(),
    constraint idempotent_answers_pkey primary key (api_key, idempotency_key),
    constraint idempotent_answers_api_key_fkey foreign key (api_key) references api_keys (key)
);
create index idempotent_answers_by_age on idempotent_answers (created_at);

-- The tokens left in each rate limit budget. A crash may lose them, so the table is unlogged. `granted` is the size of the
-- last lease, for the leasing statement to return.
create unlogged table budgets (
    budget text collate "C" not null,
    tokens double precision not null,
    granted integer not null,
    at timestamptz not null,
    constraint budgets_pkey primary key (budget)
) with (fillfactor = 50);
create index budgets_by_age on budgets (at);

grant select, insert, update, delete on idempotent_answers, budgets to companyfacts_service;
