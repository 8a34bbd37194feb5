alter table facts drop column context;
alter table evidence_entries drop column context;
alter table versions drop column context;
