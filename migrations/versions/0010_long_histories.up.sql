-- All cover asserted versions only: imported ones and retractions have no content, and a fact has few imported ones.
-- For each publisher of a fact, the version that answers for it: the greatest that is not retracted.
create index versions_by_publisher on versions (company, fact, publisher, ((retracted is not null)::int), known_at, version)
    where content is not null;
-- The versions of a fact with the same main quantity and day as an assertion, whose quotations may be of the same places.
create index versions_by_value on versions (company, fact, known_at, lower("interval"), version) where content is not null;
-- The versions of a fact that say the same as an assertion.
create index versions_by_content on versions (company, fact, content, ((retracted is not null)::int), version)
    where content is not null;
