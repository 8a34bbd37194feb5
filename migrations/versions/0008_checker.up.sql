-- Which reader checked what a fact answers, for those to be found that another is to check. Imported facts have none: they
-- are passed over by their versions. A release before this one writes none either: such a fact is checked once more.
alter table facts add column checker text;
-- 123 is `{`: facts of our own, which are few beside those that were imported
update facts set checker = substring(convert_from(answer, 'UTF8') from '"checker":"([^"]*)"') where get_byte(answer, 0) = 123;
