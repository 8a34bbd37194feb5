-- name: insert_passages
-- Inserts passages of sources for search.
insert into passages (source, passage, start, "end", words)
select source, passage, start, "end", to_tsvector('companyfacts', search_text(told))
from unnest($1::bigint[], $2::int[], $3::int[], $4::int[], $5::text[]) as new (source, passage, start, "end", told)
on conflict do nothing;

-- name: insert_passage_words
-- Inserts words that occur in passages, for spelling suggestions.
insert into passage_words (word) select unnest($1::text[]) on conflict do nothing;
