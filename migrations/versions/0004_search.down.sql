-- The extensions are kept: other schemas may use them.
drop table passages, passage_words;
alter table facts drop column told;
alter table slots drop column words;
alter table concepts drop column words, drop column spelled;
alter table companies drop column words, drop column spelled;
drop function search_names, search_pairs, search_label, search_text;
drop text search configuration companyfacts;
