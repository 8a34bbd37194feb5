-- name: begin_once
-- Tries to take the advisory lock of a number until the transaction ends.
select pg_try_advisory_xact_lock($1);

-- name: kept_answer
-- The answer stored within the last 24 hours for an API key and an Idempotency-Key.
select fingerprint, answer from idempotent_answers
where api_key = $1 and idempotency_key = $2 and created_at > now() - interval '24 hours';

-- name: keep_answer
-- Stores an answer, replacing an expired one; deletes up to 100 other expired answers.
with old as (
    delete from idempotent_answers where (api_key, idempotency_key) in (
        select api_key, idempotency_key from idempotent_answers
        where created_at <= now() - interval '24 hours' and (api_key, idempotency_key) <> ($1, $2)
        order by created_at limit 100 for update skip locked
    )
)
insert into idempotent_answers (api_key, idempotency_key, fingerprint, answer) values ($1, $2, $3, $4)
on conflict (api_key, idempotency_key)
do update set fingerprint = excluded.fingerprint, answer = excluded.answer, created_at = excluded.created_at;
