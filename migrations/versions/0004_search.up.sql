-- Both extensions are trusted: the owner of a database may create them, also on managed Postgres.
create extension if not exists unaccent;
create extension if not exists pg_trgm;

-- English words by stem, without accents.
create text search configuration companyfacts (copy = pg_catalog.english);
alter text search configuration companyfacts
    alter mapping for asciiword, asciihword, hword_asciipart, word, hword, hword_part with unaccent, english_stem;

-- SQL-standard function bodies are bound to the objects they name at creation, so that a restore finds them. They are
-- declared immutable although `unaccent` is only stable, since its rules do not change here.
create function search_text(told text) returns text language sql immutable strict parallel safe
    return regexp_replace(
        regexp_replace(lower(unaccent('unaccent'::regdictionary, told)), '[''’‘`´]', '', 'g'),
        '\m(10|20|40|8|6)-(kt|qt|[kqf])\M', '\1\2', 'g'
    );
comment on function search_text is 'Text as it is compared: without case, accents and apostrophes; 10-K is one word.';

create function search_label(told text) returns text language sql immutable strict parallel safe
    return search_text(translate(
        regexp_replace(regexp_replace(told, '([a-z0-9])([A-Z])', '\1 \2', 'g'), '([A-Z]+)([A-Z][a-z])', '\1 \2', 'g'),
        '-_:.', '    '
    ));
comment on function search_label is 'The same of a slug or of a name in camel case: its parts are words.';

create function search_pairs(pairs jsonb) returns text language sql immutable strict parallel safe
    return (select coalesce(string_agg(p.value, ' ' order by p.key), '') from jsonb_each_text(pairs) p);
comment on function search_pairs is 'The values of an object of strings.';

create function search_names(name text, aliases text[]) returns text language sql immutable strict parallel safe
    return search_text(name || ' ' || array_to_string(aliases, ' '));
comment on function search_names is 'All names of a company, as they are compared.';

alter table companies
    add column spelled text not null generated always as (search_names(name, aliases)) stored,
    add column words tsvector not null generated always as (
        to_tsvector('companyfacts', search_names(name, aliases) || ' ' || search_label(slug)
            || ' ' || search_text(search_pairs(identifiers)))
    ) stored;
create index companies_by_words on companies using gin (words);
create index companies_by_spelling on companies using gin (spelled gin_trgm_ops);

alter table concepts
    add column spelled text not null generated always as (
        search_text(coalesce(label, '')) || ' ' || search_label(concept)
    ) stored,
    add column words tsvector not null generated always as (
        to_tsvector('companyfacts', search_text(coalesce(label, '')) || ' ' || search_label(concept))
    ) stored;
create index concepts_by_words on concepts using gin (words);
create index concepts_by_spelling on concepts using gin (spelled gin_trgm_ops);

alter table slots add column words tsvector not null generated always as (
    to_tsvector('companyfacts', search_label(subject) || ' ' || search_label(kind) || ' ' || search_text(search_pairs(dimensions)))
) stored;
create index slots_by_words on slots using gin (words);

-- The words of a fact's value, for search; null if it is only a number.
alter table facts add column told text;
create index facts_by_words on facts using gin (to_tsvector('companyfacts', search_text(told))) where told is not null;
create index facts_by_spelling on facts using gin (search_text(told) gin_trgm_ops) where told is not null;

-- Searchable parts of a source: its title (passage 0, without offsets), and passages of its text if that may be served.
create table passages (
    source bigint not null,
    passage integer not null,
    start integer,
    "end" integer,
    words tsvector not null,
    constraint passages_pkey primary key (source, passage),
    constraint passages_source_fkey foreign key (source) references sources (source)
);
create index passages_by_words on passages using gin (words);

-- The distinct words of passages, for spelling suggestions.
create table passage_words (
    word text collate "C" not null,
    constraint passage_words_pkey primary key (word)
);
create index passage_words_by_spelling on passage_words using gin (word gin_trgm_ops);

grant select, insert on passages, passage_words to companyfacts_service;
