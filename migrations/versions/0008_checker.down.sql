alter table facts drop column checker;
