-- fragment: concepts_asked
-- The present state of the concepts $asked, in the order of `Concept`.
select concept as id, label, description, recorded_at, position from concepts where concept = $asked

-- name: concepts_by_id
-- The present state of concepts.
{concepts_asked:asked=any($1::text[])};

-- name: concepts_like
-- The concepts that are spelled like a tag or like words, the most alike first.
select concept
from concepts
where search_label($1) <% spelled
order by word_similarity(search_label($1), spelled) desc, concept
limit 50;

-- name: concept_list
-- Concepts after id $1; with $2, only those whose id or label contains it.
select concept as id, label, description, recorded_at, position
from concepts
where concept > $1 and ($2::text is null or strpos(lower(concept), $2) > 0 or strpos(lower(label), $2) > 0)
order by concept limit $3;

-- name: upsert_concept
-- Inserts a concept, or replaces its description.
insert into concepts (concept, label, description, position, recorded_at) values ($1, $2, $3, $4, $5)
on conflict (concept) do update
set label = excluded.label, description = excluded.description, position = excluded.position,
    recorded_at = excluded.recorded_at;

-- name: insert_concept_entry
-- Inserts a log entry with the description of a concept.
insert into concept_entries (concept, position, recorded_at, description) values ($1, $2, $3, $4);

-- name: concept_entries_at
-- Concept descriptions recorded at these positions.
select position, description from concept_entries where position = any($1::bigint[]);

-- name: said_of_concepts
-- The recorded descriptions of concepts that say what is asked, oldest first.
with asked as (select distinct id, description::jsonb as said from unnest($1::text[], $2::text[]) as a (id, description))
select e.concept as id, e.position, e.description
from concept_entries e
join asked on asked.id = e.concept and asked.said = convert_from(e.description, 'UTF8')::jsonb
where e.concept = any($1::text[])
order by e.position;
