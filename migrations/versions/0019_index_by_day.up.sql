-- Postgres knows how many rows an index has from the last time that the table was analyzed. Where clients then add versions to a
-- table of imported ones, it took this index for nearly empty, and read all versions of a company for those of one fact. Questions
-- about a fact do not say that a version retracts nothing, so it cannot take the index for them any more.
drop index versions_by_day;
create index versions_by_day on versions (company, known_at) where content is not null and retracts is null;
