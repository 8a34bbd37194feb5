-- name: insert_key
-- Inserts a key; only the hash of its secret is stored.
insert into api_keys (prefix, hash, scope, name, companies, expires_at, known_by)
values ($1, $2, $3, $4, $5, clock_timestamp() + $6::interval, $7);

-- name: key_by_hash
-- The key with hash $1, and the seconds until it expires.
select key as number, prefix, scope, name, companies, known_by, created_at, expires_at, revoked_at, last_used_at,
    extract(epoch from expires_at - clock_timestamp())::float8 as remaining
from api_keys where hash = $1;

-- name: list_keys
-- All keys, oldest first.
select key as number, prefix, scope, name, companies, known_by, created_at, expires_at, revoked_at, last_used_at
from api_keys order by key;

-- name: revoke_key
-- Revokes the key with prefix $1; a key already revoked keeps its time. No row where there is no such key.
update api_keys set revoked_at = coalesce(revoked_at, clock_timestamp()) where prefix = $1 returning key;

-- name: note_use
-- Stores when keys were last used. Rows are locked in key order, so that two processes do not deadlock.
with used as materialized (select key, at from unnest($1::bigint[], $2::timestamptz[]) as used (key, at)),
held as materialized (select key from api_keys where key = any($1::bigint[]) order by key for update)
update api_keys set last_used_at = greatest(last_used_at, used.at)
from used join held using (key) where api_keys.key = used.key;
