-- The context of the citation that decides (see `context_of` in service/core/citations.py), as words like `period:stated` with
-- spaces between. Null: recorded before, imported from EDGAR, or nothing was looked at; `verify` checks recorded facts once more.
alter table versions add column context text;
alter table evidence_entries add column context text;
alter table facts add column context text;
-- In list order, those that the filter may keep; they are few beside imported facts.
create index facts_with_context on facts (slug, kind, subject, recency, id) where context is not null;
