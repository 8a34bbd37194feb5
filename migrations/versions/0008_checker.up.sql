-- The reader that checked a fact's answer, to find the facts that a newer reader has to check. It is null for imported
-- facts, which are not checked again, and for facts written by the previous release, which are checked once more.
alter table facts add column checker text;
-- 123 is `{`: answers that are not compressed, so not imported; they are few
update facts set checker = substring(convert_from(answer, 'UTF8') from '"checker":"([^"]*)"') where get_byte(answer, 0) = 123;
