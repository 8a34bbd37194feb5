drop table version_numbers;
drop index versions_by_attribution;
alter table versions drop column attribution;
