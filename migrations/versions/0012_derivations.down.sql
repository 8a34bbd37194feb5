alter table facts drop column publishers;
drop table source_derivations;
