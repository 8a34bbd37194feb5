drop table budgets, idempotent_answers;
alter table api_keys
    drop constraint api_keys_companies,
    drop constraint api_keys_prefix_key,
    drop column last_used_at,
    drop column revoked_at,
    drop column expires_at,
    drop column companies,
    drop column name;
