-- name: begin_once
-- Whether no other transaction is at work for that number; until this one ends, none will be.
select pg_try_advisory_xact_lock($1);

-- name: kept_answer
-- What was answered to the last request with that key, within a day.
select fingerprint, answer from idempotent_answers
where api_key = $1 and idempotency_key = $2 and created_at > now() - interval '24 hours';

-- name: keep_answer
-- Keeps an answer, in the place of one that is a day old; some others that old go too.
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
