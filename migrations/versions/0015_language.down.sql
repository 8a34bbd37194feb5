alter table sources drop column language;
