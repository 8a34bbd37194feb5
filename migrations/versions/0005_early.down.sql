drop index facts_contested;
create index facts_disputed on facts (slug) where disputed;
alter table facts drop column first_position, drop column first_known, drop column contested;
