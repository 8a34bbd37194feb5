-- What a source restates, translates or sums up: said with the source, or once later as an entry of its own. It counts from its
-- position on.
create table source_derivations (
    source bigint not null,
    position bigint not null,
    recorded_at timestamptz not null,
    derived_from bigint[] not null,
    constraint source_derivations_pkey primary key (source),
    constraint source_derivations_source_fkey foreign key (source) references sources (source)
);
create index source_derivations_by_position on source_derivations (position);
grant select, insert on source_derivations to companyfacts_service;

-- How many publishers verify the present answer (see `independent` in service/core/history.py). Null: imported facts, which have
-- one, and facts written by the release before, until they are written again.
alter table facts add column publishers int;
-- 123 is `{`: answers that are not compressed, so not imported. Nothing was derived before; of several publishers the one that
-- answers is counted, until the fact is written or verified again.
update facts set publishers = (evidence = 'verified')::int where get_byte(answer, 0) = 123;
create index facts_by_publishers on facts (slug, kind, subject, recency, id) where publishers > 1;
