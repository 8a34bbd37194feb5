-- Who said what a version says, as the passage names them (`attributed_to`), and the fields that were inferred (`inferred`). Null: the
-- source itself said it, and nothing was inferred; so it is for imported versions and for those of earlier releases.
alter table versions add column attribution jsonb;
create index versions_by_attribution on versions (lower(attribution ->> 'attributed_to')) where attribution is not null;

-- The numbers of a version beside its main one, by which lists filter: a market's size, a program's benefits, a rank. Versions
-- that the release before writes meanwhile have none here. Filled from recorded versions in 0014_other_numbers.py.
create table version_numbers (
    company bigint not null,
    fact uuid not null,
    version integer not null,
    place text not null,
    field text not null,
    unit text,
    interval numrange not null,
    constraint version_numbers_pkey primary key (company, fact, version, place),
    constraint version_numbers_version_fkey foreign key (company, fact, version)
        references versions (company, fact, version)
);
create index version_numbers_by_field on version_numbers (field, unit);
grant select, insert on version_numbers to companyfacts_service;
