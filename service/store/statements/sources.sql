-- fragment: text_size
-- Roughly how long the text of snapshot p is, in code points, without reading a long one: its bytes, or ten times the bytes
-- of gzipped content, which has no stored text.
case when p.coding is not null then octet_length(p.content)::bigint * 10
    when octet_length(p.text) <= 80000 then length(p.text) else octet_length(p.text) end

-- fragment: derivation
-- What source s is derived from, by derivation d: the position from which that counts, and the ids.
d.position as derived, (
    select array_agg(o.id order by n) from unnest(d.derived_from) with ordinality u (source, n) join sources o on o.source = u.source
) as derived_from

-- fragment: source
-- The columns of source s that `state_of` reads (service/store/sources.py), but for those of its snapshot and derivation.
s.source as key, s.id, s.title, s.publisher, s.author, s.url, s.published_at, s.media_type, s.redistribute, s.note, s.language,
    s.position, s.recorded_at

-- name: source_ancestors
-- The sources that sources are derived from, directly or not.
with recursive above as (
    select unnest(d.derived_from) as source from sources s join source_derivations d using (source) where s.id = any($1::text[])
    union
    select unnest(d.derived_from) from above a join source_derivations d using (source)
)
select {source:}, p.position as archived, p.media_type as archived_as, p.extractor, {text_size:} as size,
    {derivation:}
from above a join sources s using (source) left join snapshots p using (source) left join source_derivations d using (source);

-- name: insert_derivation
-- Inserts what a source is derived from.
insert into source_derivations (source, position, recorded_at, derived_from) values ($1, $2, $3, $4);

-- fragment: sources_asked
-- The sources $asked, each with the position of its snapshot if one is archived, in the order of `SOURCE`
-- (service/store/sources.py).
select {source:}, p.position as archived, p.media_type as archived_as, p.extractor, {text_size:} as size,
    {derivation:}
from sources s left join snapshots p using (source) left join source_derivations d using (source)
where s.id = $asked

-- name: sources_by_id
-- Sources by id, each with the position of its snapshot if one is archived.
{sources_asked:asked=any($1::text[])};

-- name: sources_by_key
-- Sources by internal key, each with the position of its snapshot if one is archived.
select {source:}, p.position as archived, p.media_type as archived_as, p.extractor, {text_size:} as size,
    {derivation:}
from sources s left join snapshots p using (source) left join source_derivations d using (source)
where s.source = any($1::bigint[]);

-- name: source_list
-- Sources recorded after position $1, in order; with $2, only those with it in the title.
select {source:}, p.position as archived, p.media_type as archived_as,
    {derivation:}
from sources s left join snapshots p using (source) left join source_derivations d using (source)
where s.position > $1 and ($2::text is null or strpos(lower(s.title), $2) > 0)
order by s.position limit $3;

-- fragment: withheld
-- The hash of the content of snapshot p, if a mirror has nothing else of it.
case when octet_length(p.content) = 0 and p.sha256 <> sha256('') then p.sha256 end as withheld

-- name: snapshot
-- The archived content of a source, and the text that selectors address.
select p.content, p.media_type, p.text, p.extractor, p.coding, {withheld:} from snapshots p where p.source = $1;

-- name: documents
-- The log's last position, and sources by id ($1); those also in $2 with their archived text, if it may be served and is no
-- JSON.
select h.position as head, {source:}, p.position as archived, t.media_type as archived_as, t.content, t.text,
    t.extractor, {derivation:}
from log_head h left join sources s on s.id = any($1::text[]) left join snapshots p using (source)
left join source_derivations d using (source)
left join snapshots t on t.source = s.source and s.redistribute and s.id = any($2::text[]) and t.coding is null
    and t.media_type <> 'application/json';

-- name: snapshot_texts
-- The texts of snapshots; where that is not stored, the gzipped content.
select p.source, p.media_type, p.extractor, p.text, case when p.text is null then p.content end as content, {withheld:}
from snapshots p where p.source = any($1::bigint[]);

-- name: extracted_sources
-- Sources after key $1 whose text was extracted from their content.
select s.source, s.id from sources s join snapshots p using (source)
where s.source > $1 and p.extractor is not null order by s.source limit $2;

-- name: next_sources
-- Unused internal keys for $1 new sources.
select nextval(pg_get_serial_sequence('sources', 'source')) as key from generate_series(1, $1::int);

-- name: insert_sources
-- Inserts sources.
insert into sources (source, id, title, publisher, author, url, published_at, media_type, redistribute, note, language,
    position, recorded_at)
overriding system value
select s.*, $13
from unnest(
    $1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::date[], $8::text[], $9::bool[], $10::text[],
    $11::text[], $12::bigint[]) s;

-- name: insert_snapshot
-- Inserts the archived content of a source.
insert into snapshots (source, position, recorded_at, media_type, sha256, content, text, extractor, coding)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- name: citing_versions
-- The versions that cite a source.
select company, fact, version from ({citing:source=$1::bigint}) c order by company, fact, version;
