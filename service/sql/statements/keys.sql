-- name: insert_key
-- A key, known by the hash of its secret alone.
insert into api_keys (prefix, hash, scope) values ($1, $2, $3) returning key;

-- name: key_by_hash
-- The key with that hash.
select key, scope from api_keys where hash = $1;
