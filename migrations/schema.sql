-- Written by `python -m migrations.dump`: what the migrations come to. Changed by new migrations only.


CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;

COMMENT ON EXTENSION pg_trgm IS 'text similarity measurement and index searching based on trigrams';

CREATE EXTENSION IF NOT EXISTS unaccent WITH SCHEMA public;

COMMENT ON EXTENSION unaccent IS 'text search dictionary that removes accents';

CREATE FUNCTION public.search_label(told text) RETURNS text
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
    AS $$
begin
    return public.search_text(translate(
        regexp_replace(regexp_replace(told, '([a-z0-9])([A-Z])', '\1 \2', 'g'), '([A-Z]+)([A-Z][a-z])', '\1 \2', 'g'),
        '-_:.', '    '
    ));
end
$$;

COMMENT ON FUNCTION public.search_label(told text) IS 'The same of a slug or of a name in camel case: its parts are words.';

CREATE FUNCTION public.search_text(told text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN regexp_replace(regexp_replace(lower(public.unaccent('public.unaccent'::regdictionary, told)), '[''’‘`´]|(?<=[[:alnum:]])&(?=[[:alnum:]])'::text, ''::text, 'g'::text), '\m(10|20|40|8|6)-(kt|qt|[kqf])\M'::text, '\1\2'::text, 'g'::text);

COMMENT ON FUNCTION public.search_text(told text) IS 'Text as it is compared: without case, accents and apostrophes; 10-K is one word.';

CREATE FUNCTION public.search_names(name text, aliases text[]) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN public.search_text(((name || ' '::text) || array_to_string(aliases, ' '::text)));

COMMENT ON FUNCTION public.search_names(name text, aliases text[]) IS 'All names of a company, as they are compared.';

CREATE FUNCTION public.search_pairs(pairs jsonb) RETURNS text
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
    AS $_$
begin
    if pairs = '{}' then
        return '';  -- as most series have none
    end if;
    return (
        select coalesce(string_agg(
            p.value || case when p.key = 'geography' and p.value ~ '^[A-Z]{2}$' then ' geo' || lower(p.value) else '' end,
            ' ' order by p.key
        ), '')
        from jsonb_each_text(pairs) p
    );
end
$_$;

COMMENT ON FUNCTION public.search_pairs(pairs jsonb) IS 'The values of an object of strings.';

CREATE FUNCTION public.search_spelled(word text) RETURNS TABLE(spelled text, likeness real)
    LANGUAGE sql STABLE STRICT
    SET "pg_trgm.word_similarity_threshold" TO '0.45'
    AS $$
    (select c.spelled, word_similarity(word, c.spelled) as likeness from companies c where c.spelled %> word
     order by likeness desc, c.spelled limit 5)
    union all
    (select c.spelled, word_similarity(word, c.spelled) from concepts c where c.spelled %> word order by 2 desc, 1 limit 5)
    union all
    (select search_text(f.told), word_similarity(word, search_text(f.told)) from facts f
     where f.told is not null and search_text(f.told) %> word order by 2 desc, 1 limit 5)
    union all
    (select p.word, similarity(search_spelled.word, p.word) from passage_words p
     where p.word % search_spelled.word order by 2 desc, 1 limit 5)
$$;

COMMENT ON FUNCTION public.search_spelled(word text) IS 'Texts that have a word much like this one.';

CREATE TEXT SEARCH CONFIGURATION public.companyfacts (
    PARSER = pg_catalog."default" );

ALTER TEXT SEARCH CONFIGURATION public.companyfacts
    ADD MAPPING FOR asciiword WITH public.unaccent, english_stem;

ALTER TEXT SEARCH CONFIGURATION public.companyfacts
    ADD MAPPING FOR word WITH public.unaccent, english_stem;

ALTER TEXT SEARCH CONFIGURATION public.companyfacts
    ADD MAPPING FOR numword WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.companyfacts
    ADD MAPPING FOR email WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.companyfacts
    ADD MAPPING FOR url WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.companyfacts
    ADD MAPPING FOR host WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.companyfacts
    ADD MAPPING FOR sfloat WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.companyfacts
    ADD MAPPING FOR version WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.companyfacts
    ADD MAPPING FOR hword_numpart WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.companyfacts
    ADD MAPPING FOR hword_part WITH public.unaccent, english_stem;

ALTER TEXT SEARCH CONFIGURATION public.companyfacts
    ADD MAPPING FOR hword_asciipart WITH public.unaccent, english_stem;

ALTER TEXT SEARCH CONFIGURATION public.companyfacts
    ADD MAPPING FOR numhword WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.companyfacts
    ADD MAPPING FOR asciihword WITH public.unaccent, english_stem;

ALTER TEXT SEARCH CONFIGURATION public.companyfacts
    ADD MAPPING FOR hword WITH public.unaccent, english_stem;

ALTER TEXT SEARCH CONFIGURATION public.companyfacts
    ADD MAPPING FOR url_path WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.companyfacts
    ADD MAPPING FOR file WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.companyfacts
    ADD MAPPING FOR "float" WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.companyfacts
    ADD MAPPING FOR "int" WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.companyfacts
    ADD MAPPING FOR uint WITH simple;

CREATE TABLE public.alembic_version (
    version_num character varying(32) NOT NULL
);

CREATE TABLE public.api_keys (
    key bigint NOT NULL,
    prefix text NOT NULL COLLATE pg_catalog."C",
    hash bytea NOT NULL,
    scope text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    name text,
    companies text[] COLLATE pg_catalog."C",
    expires_at timestamp with time zone,
    revoked_at timestamp with time zone,
    last_used_at timestamp with time zone,
    known_by date,
    CONSTRAINT api_keys_companies CHECK (((companies IS NULL) OR ((scope = 'write'::text) AND (cardinality(companies) > 0)))),
    CONSTRAINT api_keys_known_by CHECK (((known_by IS NULL) OR (scope = 'read'::text))),
    CONSTRAINT api_keys_scope CHECK ((scope = ANY (ARRAY['read'::text, 'write'::text, 'admin'::text])))
);

ALTER TABLE public.api_keys ALTER COLUMN key ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.api_keys_key_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE UNLOGGED TABLE public.budgets (
    budget text NOT NULL COLLATE pg_catalog."C",
    tokens double precision NOT NULL,
    granted integer NOT NULL,
    at timestamp with time zone NOT NULL
)
WITH (fillfactor='50');

CREATE TABLE public.commits (
    "position" bigint NOT NULL,
    recorded_at timestamp with time zone NOT NULL
);

CREATE TABLE public.companies (
    company bigint NOT NULL,
    slug text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL,
    aliases text[] NOT NULL,
    identifiers jsonb NOT NULL,
    country text,
    parent bigint,
    "position" bigint NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    profile jsonb,
    spelled text GENERATED ALWAYS AS (public.search_names(name, aliases)) STORED NOT NULL,
    words tsvector GENERATED ALWAYS AS (to_tsvector('public.companyfacts'::regconfig, ((((public.search_names(name, aliases) || ' '::text) || public.search_label(slug)) || ' '::text) || public.search_text(public.search_pairs(identifiers))))) STORED NOT NULL
);

CREATE TABLE public.company_entries (
    company bigint NOT NULL,
    "position" bigint NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    description bytea NOT NULL,
    parent bigint
);

CREATE TABLE public.company_identifiers (
    scheme text NOT NULL COLLATE pg_catalog."C",
    value text NOT NULL COLLATE pg_catalog."C",
    company bigint NOT NULL,
    since bigint NOT NULL,
    until bigint
);

CREATE TABLE public.concept_entries (
    concept text NOT NULL COLLATE pg_catalog."C",
    "position" bigint NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    description bytea NOT NULL
);

CREATE TABLE public.concepts (
    concept text NOT NULL COLLATE pg_catalog."C",
    label text,
    description text,
    "position" bigint NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    spelled text GENERATED ALWAYS AS (((public.search_text(COALESCE(label, ''::text)) || ' '::text) || public.search_label(concept))) STORED NOT NULL,
    words tsvector GENERATED ALWAYS AS (to_tsvector('public.companyfacts'::regconfig, ((public.search_text(COALESCE(label, ''::text)) || ' '::text) || public.search_label(concept)))) STORED NOT NULL
);

CREATE TABLE public.edgar_documents (
    path text NOT NULL COLLATE pg_catalog."C",
    "position" bigint NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    source bigint NOT NULL,
    company bigint,
    name text,
    loc text,
    newest date NOT NULL,
    body bytea,
    former_names json
);

CREATE TABLE public.edgar_filings (
    company bigint NOT NULL,
    filing integer NOT NULL,
    accession text NOT NULL COLLATE pg_catalog."C",
    form text NOT NULL,
    filed date NOT NULL,
    fiscal_year integer,
    fiscal_period text,
    source bigint NOT NULL,
    document bigint NOT NULL,
    template bytea NOT NULL
);

CREATE TABLE public.edgar_labels (
    company bigint NOT NULL,
    fact uuid NOT NULL,
    slot bigint NOT NULL,
    frame text COLLATE pg_catalog."C"
);

CREATE TABLE public.evidence_entries (
    company bigint NOT NULL,
    fact uuid NOT NULL,
    version integer NOT NULL,
    "position" bigint NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    verdict text NOT NULL,
    citations bytea NOT NULL,
    context text
);

CREATE TABLE public.facts (
    company bigint NOT NULL,
    id uuid NOT NULL,
    slug text NOT NULL COLLATE pg_catalog."C",
    kind text NOT NULL COLLATE pg_catalog."C",
    subject text NOT NULL COLLATE pg_catalog."C",
    slot bigint NOT NULL,
    dimensions jsonb NOT NULL,
    basis text NOT NULL,
    period daterange,
    frequency text,
    frame text COLLATE pg_catalog."C",
    recency integer GENERATED ALWAYS AS (
CASE
    WHEN (period IS NULL) THEN 2147483647
    ELSE ('9999-12-31'::date - (upper(period) - 1))
END) STORED NOT NULL,
    version integer NOT NULL,
    known_at date NOT NULL,
    settled bigint NOT NULL,
    asserted boolean NOT NULL,
    evidence text NOT NULL,
    disputed boolean NOT NULL,
    unit text,
    "interval" numrange,
    quantity text,
    cited bigint NOT NULL,
    answer bytea NOT NULL,
    told text,
    first_position bigint NOT NULL,
    first_known date NOT NULL,
    contested boolean NOT NULL,
    checker text,
    context text,
    publishers integer
)
WITH (fillfactor='90');

CREATE TABLE public.idempotent_answers (
    api_key bigint NOT NULL,
    idempotency_key text NOT NULL COLLATE pg_catalog."C",
    fingerprint bytea NOT NULL,
    answer bytea NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.log_head (
    only_row boolean DEFAULT true NOT NULL,
    "position" bigint NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    origin uuid DEFAULT gen_random_uuid() NOT NULL,
    mirror_of text,
    CONSTRAINT log_head_one_row CHECK (only_row)
);

CREATE TABLE public.passage_words (
    word text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.passages (
    source bigint NOT NULL,
    passage integer NOT NULL,
    start integer,
    "end" integer,
    words tsvector NOT NULL
);

CREATE TABLE public.slots (
    company bigint NOT NULL,
    kind text NOT NULL COLLATE pg_catalog."C",
    subject text NOT NULL COLLATE pg_catalog."C",
    slot bigint NOT NULL,
    dimensions jsonb NOT NULL,
    basis text NOT NULL,
    unit text,
    comparison text,
    words tsvector GENERATED ALWAYS AS (to_tsvector('public.companyfacts'::regconfig, ((((public.search_label(subject) || ' '::text) || public.search_label(kind)) || ' '::text) || public.search_text(public.search_pairs(dimensions))))) STORED NOT NULL
);

CREATE TABLE public.snapshots (
    source bigint NOT NULL,
    "position" bigint NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    media_type text NOT NULL,
    sha256 bytea NOT NULL,
    content bytea NOT NULL,
    text text,
    extractor text,
    coding text,
    CONSTRAINT snapshots_coding CHECK (
CASE
    WHEN (coding IS NULL) THEN (text IS NOT NULL)
    ELSE (coding = 'gzip'::text)
END)
);

CREATE TABLE public.source_derivations (
    source bigint NOT NULL,
    "position" bigint NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    derived_from bigint[] NOT NULL
);

CREATE TABLE public.sources (
    source bigint NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    title text NOT NULL,
    publisher text,
    author text,
    url text,
    published_at date,
    media_type text NOT NULL,
    redistribute boolean NOT NULL,
    note text,
    "position" bigint NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    language text
);

ALTER TABLE public.sources ALTER COLUMN source ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.sources_source_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.version_numbers (
    company bigint NOT NULL,
    fact uuid NOT NULL,
    version integer NOT NULL,
    place text NOT NULL,
    field text NOT NULL,
    unit text,
    "interval" numrange NOT NULL
);

CREATE TABLE public.versions (
    company bigint NOT NULL,
    fact uuid NOT NULL,
    version integer NOT NULL,
    "position" bigint NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    known_at date,
    retracts integer,
    reason text,
    retracted bigint,
    verdict text,
    unit text,
    "interval" numrange,
    quantity text,
    publisher text,
    sources bigint[],
    content bytea,
    value bytea,
    citations bytea,
    author bigint,
    filing integer,
    entry integer,
    number numeric,
    context text,
    attribution jsonb,
    CONSTRAINT versions_assertion_or_retraction CHECK (
CASE
    WHEN (retracts IS NOT NULL) THEN ((reason IS NOT NULL) AND (retracted IS NULL) AND (known_at IS NULL) AND (value IS NULL) AND (filing IS NULL))
    WHEN (filing IS NOT NULL) THEN ((reason IS NULL) AND (known_at IS NOT NULL) AND (entry IS NOT NULL) AND (number IS NOT NULL) AND (verdict IS NULL) AND (publisher IS NULL) AND (sources IS NULL) AND (content IS NULL) AND (value IS NULL) AND (citations IS NULL))
    ELSE ((reason IS NULL) AND (known_at IS NOT NULL) AND (verdict IS NOT NULL) AND (publisher IS NOT NULL) AND (sources IS NOT NULL) AND (content IS NOT NULL) AND (value IS NOT NULL) AND (citations IS NOT NULL) AND (entry IS NULL) AND (number IS NULL))
END)
);

ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);

ALTER TABLE ONLY public.api_keys
    ADD CONSTRAINT api_keys_hash_key UNIQUE (hash);

ALTER TABLE ONLY public.api_keys
    ADD CONSTRAINT api_keys_pkey PRIMARY KEY (key);

ALTER TABLE ONLY public.api_keys
    ADD CONSTRAINT api_keys_prefix_key UNIQUE (prefix);

ALTER TABLE ONLY public.budgets
    ADD CONSTRAINT budgets_pkey PRIMARY KEY (budget);

ALTER TABLE ONLY public.commits
    ADD CONSTRAINT commits_pkey PRIMARY KEY ("position");

ALTER TABLE ONLY public.companies
    ADD CONSTRAINT companies_pkey PRIMARY KEY (company);

ALTER TABLE ONLY public.companies
    ADD CONSTRAINT companies_slug_key UNIQUE (slug);

ALTER TABLE ONLY public.company_entries
    ADD CONSTRAINT company_entries_pkey PRIMARY KEY (company, "position");

ALTER TABLE ONLY public.company_identifiers
    ADD CONSTRAINT company_identifiers_pkey PRIMARY KEY (scheme, value, since);

ALTER TABLE ONLY public.concept_entries
    ADD CONSTRAINT concept_entries_pkey PRIMARY KEY (concept, "position");

ALTER TABLE ONLY public.concepts
    ADD CONSTRAINT concepts_pkey PRIMARY KEY (concept);

ALTER TABLE ONLY public.edgar_documents
    ADD CONSTRAINT edgar_documents_pkey PRIMARY KEY (path, "position", recorded_at);

ALTER TABLE ONLY public.edgar_filings
    ADD CONSTRAINT edgar_filings_pkey PRIMARY KEY (company, filing);

ALTER TABLE ONLY public.edgar_labels
    ADD CONSTRAINT edgar_labels_pkey PRIMARY KEY (company, fact);

ALTER TABLE ONLY public.evidence_entries
    ADD CONSTRAINT evidence_entries_pkey PRIMARY KEY (company, fact, version, "position");

ALTER TABLE ONLY public.facts
    ADD CONSTRAINT facts_pkey PRIMARY KEY (company, id);

ALTER TABLE ONLY public.idempotent_answers
    ADD CONSTRAINT idempotent_answers_pkey PRIMARY KEY (api_key, idempotency_key);

ALTER TABLE ONLY public.log_head
    ADD CONSTRAINT log_head_pkey PRIMARY KEY (only_row);

ALTER TABLE ONLY public.passage_words
    ADD CONSTRAINT passage_words_pkey PRIMARY KEY (word);

ALTER TABLE ONLY public.passages
    ADD CONSTRAINT passages_pkey PRIMARY KEY (source, passage);

ALTER TABLE ONLY public.slots
    ADD CONSTRAINT slots_pkey PRIMARY KEY (company, kind, subject, slot);

ALTER TABLE ONLY public.snapshots
    ADD CONSTRAINT snapshots_pkey PRIMARY KEY (source);

ALTER TABLE ONLY public.source_derivations
    ADD CONSTRAINT source_derivations_pkey PRIMARY KEY (source);

ALTER TABLE ONLY public.sources
    ADD CONSTRAINT sources_id_key UNIQUE (id);

ALTER TABLE ONLY public.sources
    ADD CONSTRAINT sources_pkey PRIMARY KEY (source);

ALTER TABLE ONLY public.version_numbers
    ADD CONSTRAINT version_numbers_pkey PRIMARY KEY (company, fact, version, place);

ALTER TABLE ONLY public.versions
    ADD CONSTRAINT versions_pkey PRIMARY KEY (company, fact, version);

CREATE INDEX budgets_by_age ON public.budgets USING btree (at);

CREATE INDEX commits_by_instant ON public.commits USING btree (recorded_at, "position");

CREATE INDEX companies_by_parent ON public.companies USING btree (parent);

CREATE INDEX companies_by_spelling ON public.companies USING gin (spelled public.gin_trgm_ops);

CREATE INDEX companies_by_words ON public.companies USING gin (words);

CREATE INDEX company_entries_by_parent ON public.company_entries USING btree (parent);

CREATE INDEX company_entries_by_position ON public.company_entries USING btree ("position");

CREATE INDEX company_identifiers_by_company ON public.company_identifiers USING btree (company);

CREATE UNIQUE INDEX company_identifiers_now ON public.company_identifiers USING btree (scheme, value) WHERE (until IS NULL);

CREATE INDEX concept_entries_by_position ON public.concept_entries USING btree ("position");

CREATE INDEX concepts_by_spelling ON public.concepts USING gin (spelled public.gin_trgm_ops);

CREATE INDEX concepts_by_words ON public.concepts USING gin (words);

CREATE INDEX edgar_documents_by_company ON public.edgar_documents USING btree (company);

CREATE INDEX edgar_documents_by_position ON public.edgar_documents USING btree ("position");

CREATE INDEX edgar_documents_by_source ON public.edgar_documents USING btree (source);

CREATE INDEX edgar_documents_newest ON public.edgar_documents USING btree (path, newest DESC, "position" DESC);

CREATE INDEX edgar_filings_by_day ON public.edgar_filings USING btree (company, filed);

CREATE INDEX edgar_filings_by_document ON public.edgar_filings USING btree (document);

CREATE INDEX edgar_filings_by_source ON public.edgar_filings USING btree (source);

CREATE INDEX edgar_labels_by_frame ON public.edgar_labels USING btree (slot, frame);

CREATE INDEX evidence_entries_by_position ON public.evidence_entries USING btree ("position");

CREATE INDEX facts_by_company ON public.facts USING btree (company, kind, subject, recency, id);

CREATE INDEX facts_by_frame ON public.facts USING btree (slot, frame, slug) WHERE (frame IS NOT NULL);

CREATE INDEX facts_by_publishers ON public.facts USING btree (slug, kind, subject, recency, id) WHERE (publishers > 1);

CREATE INDEX facts_by_slot ON public.facts USING btree (company, slot, recency, id);

CREATE INDEX facts_by_slug ON public.facts USING btree (slug);

CREATE INDEX facts_by_spelling ON public.facts USING gin (public.search_text(told) public.gin_trgm_ops) WHERE (told IS NOT NULL);

CREATE INDEX facts_by_subject ON public.facts USING btree (subject, slug);

CREATE INDEX facts_by_words ON public.facts USING gin (to_tsvector('public.companyfacts'::regconfig, public.search_text(told))) WHERE (told IS NOT NULL);

CREATE INDEX facts_contested ON public.facts USING btree (slug) WHERE contested;

CREATE INDEX facts_with_context ON public.facts USING btree (slug, kind, subject, recency, id) WHERE (context IS NOT NULL);

CREATE INDEX idempotent_answers_by_age ON public.idempotent_answers USING btree (created_at);

CREATE INDEX passage_words_by_spelling ON public.passage_words USING gin (word public.gin_trgm_ops);

CREATE INDEX passages_by_words ON public.passages USING gin (words);

CREATE INDEX slots_by_words ON public.slots USING gin (words);

CREATE INDEX snapshots_by_position ON public.snapshots USING btree ("position");

CREATE INDEX source_derivations_by_position ON public.source_derivations USING btree ("position");

CREATE INDEX sources_by_position ON public.sources USING btree ("position");

CREATE INDEX version_numbers_by_field ON public.version_numbers USING btree (field, unit);

CREATE INDEX versions_by_attribution ON public.versions USING btree (lower((attribution ->> 'attributed_to'::text))) WHERE (attribution IS NOT NULL);

CREATE INDEX versions_by_content ON public.versions USING btree (company, fact, content, (((retracted IS NOT NULL))::integer), version) WHERE (content IS NOT NULL);

CREATE INDEX versions_by_day ON public.versions USING btree (company, known_at) WHERE ((content IS NOT NULL) AND (retracts IS NULL));

CREATE INDEX versions_by_filing ON public.versions USING btree (company, filing) WHERE (filing IS NOT NULL);

CREATE INDEX versions_by_position ON public.versions USING btree ("position");

CREATE INDEX versions_by_publisher ON public.versions USING btree (company, fact, publisher, (((retracted IS NOT NULL))::integer), known_at, version) WHERE (content IS NOT NULL);

CREATE INDEX versions_by_source ON public.versions USING gin (sources) WHERE (sources IS NOT NULL);

CREATE INDEX versions_by_value ON public.versions USING btree (company, fact, known_at, lower("interval"), version) WHERE (content IS NOT NULL);

CREATE INDEX versions_withdrawn ON public.versions USING btree (company, retracted) WHERE ((filing IS NOT NULL) AND (retracted IS NOT NULL));

ALTER TABLE ONLY public.companies
    ADD CONSTRAINT companies_parent_fkey FOREIGN KEY (parent) REFERENCES public.companies(company);

ALTER TABLE ONLY public.company_entries
    ADD CONSTRAINT company_entries_company_fkey FOREIGN KEY (company) REFERENCES public.companies(company);

ALTER TABLE ONLY public.company_entries
    ADD CONSTRAINT company_entries_parent_fkey FOREIGN KEY (parent) REFERENCES public.companies(company);

ALTER TABLE ONLY public.company_identifiers
    ADD CONSTRAINT company_identifiers_company_fkey FOREIGN KEY (company) REFERENCES public.companies(company);

ALTER TABLE ONLY public.concept_entries
    ADD CONSTRAINT concept_entries_concept_fkey FOREIGN KEY (concept) REFERENCES public.concepts(concept);

ALTER TABLE ONLY public.edgar_documents
    ADD CONSTRAINT edgar_documents_company_fkey FOREIGN KEY (company) REFERENCES public.companies(company);

ALTER TABLE ONLY public.edgar_documents
    ADD CONSTRAINT edgar_documents_source_fkey FOREIGN KEY (source) REFERENCES public.sources(source);

ALTER TABLE ONLY public.edgar_filings
    ADD CONSTRAINT edgar_filings_company_fkey FOREIGN KEY (company) REFERENCES public.companies(company);

ALTER TABLE ONLY public.edgar_filings
    ADD CONSTRAINT edgar_filings_document_fkey FOREIGN KEY (document) REFERENCES public.sources(source);

ALTER TABLE ONLY public.edgar_filings
    ADD CONSTRAINT edgar_filings_source_fkey FOREIGN KEY (source) REFERENCES public.sources(source);

ALTER TABLE ONLY public.edgar_labels
    ADD CONSTRAINT edgar_labels_fact_fkey FOREIGN KEY (company, fact) REFERENCES public.facts(company, id);

ALTER TABLE ONLY public.evidence_entries
    ADD CONSTRAINT evidence_entries_version_fkey FOREIGN KEY (company, fact, version) REFERENCES public.versions(company, fact, version);

ALTER TABLE ONLY public.facts
    ADD CONSTRAINT facts_company_fkey FOREIGN KEY (company) REFERENCES public.companies(company);

ALTER TABLE ONLY public.idempotent_answers
    ADD CONSTRAINT idempotent_answers_api_key_fkey FOREIGN KEY (api_key) REFERENCES public.api_keys(key);

ALTER TABLE ONLY public.passages
    ADD CONSTRAINT passages_source_fkey FOREIGN KEY (source) REFERENCES public.sources(source);

ALTER TABLE ONLY public.slots
    ADD CONSTRAINT slots_company_fkey FOREIGN KEY (company) REFERENCES public.companies(company);

ALTER TABLE ONLY public.snapshots
    ADD CONSTRAINT snapshots_source_fkey FOREIGN KEY (source) REFERENCES public.sources(source);

ALTER TABLE ONLY public.source_derivations
    ADD CONSTRAINT source_derivations_source_fkey FOREIGN KEY (source) REFERENCES public.sources(source);

ALTER TABLE ONLY public.version_numbers
    ADD CONSTRAINT version_numbers_version_fkey FOREIGN KEY (company, fact, version) REFERENCES public.versions(company, fact, version);

ALTER TABLE ONLY public.versions
    ADD CONSTRAINT versions_fact_fkey FOREIGN KEY (company, fact) REFERENCES public.facts(company, id);

GRANT USAGE ON SCHEMA public TO companyfacts_service;

GRANT SELECT ON TABLE public.alembic_version TO companyfacts_service;

GRANT SELECT,INSERT,UPDATE ON TABLE public.api_keys TO companyfacts_service;

GRANT USAGE ON SEQUENCE public.api_keys_key_seq TO companyfacts_service;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.budgets TO companyfacts_service;

GRANT SELECT,INSERT ON TABLE public.commits TO companyfacts_service;

GRANT SELECT,INSERT,UPDATE ON TABLE public.companies TO companyfacts_service;

GRANT SELECT,INSERT ON TABLE public.company_entries TO companyfacts_service;

GRANT SELECT,INSERT,UPDATE ON TABLE public.company_identifiers TO companyfacts_service;

GRANT SELECT,INSERT ON TABLE public.concept_entries TO companyfacts_service;

GRANT SELECT,INSERT,UPDATE ON TABLE public.concepts TO companyfacts_service;

GRANT SELECT,INSERT ON TABLE public.edgar_documents TO companyfacts_service;

GRANT SELECT,INSERT ON TABLE public.edgar_filings TO companyfacts_service;

GRANT SELECT,INSERT,DELETE ON TABLE public.edgar_labels TO companyfacts_service;

GRANT SELECT,INSERT ON TABLE public.evidence_entries TO companyfacts_service;

GRANT SELECT,INSERT,UPDATE ON TABLE public.facts TO companyfacts_service;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.idempotent_answers TO companyfacts_service;

GRANT SELECT,UPDATE ON TABLE public.log_head TO companyfacts_service;

GRANT SELECT,INSERT ON TABLE public.passage_words TO companyfacts_service;

GRANT SELECT,INSERT ON TABLE public.passages TO companyfacts_service;

GRANT SELECT,INSERT ON TABLE public.slots TO companyfacts_service;

GRANT SELECT,INSERT ON TABLE public.snapshots TO companyfacts_service;

GRANT SELECT,INSERT ON TABLE public.source_derivations TO companyfacts_service;

GRANT SELECT,INSERT ON TABLE public.sources TO companyfacts_service;

GRANT USAGE ON SEQUENCE public.sources_source_seq TO companyfacts_service;

GRANT SELECT,INSERT ON TABLE public.version_numbers TO companyfacts_service;

GRANT SELECT,INSERT ON TABLE public.versions TO companyfacts_service;

GRANT UPDATE(retracted) ON TABLE public.versions TO companyfacts_service;
