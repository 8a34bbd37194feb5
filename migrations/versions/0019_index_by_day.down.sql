drop index versions_by_day;
create index versions_by_day on versions (company, known_at) where content is not null;
