-- name: lease_tokens
-- Takes tokens from each budget: all of `spent`, and as many of `wanted` as are left (the rule of service.core.limits). A
-- new row stands for a full budget minus both, so spent + wanted may not be above the quota, $4.
insert into budgets as held (budget, tokens, granted, at)
select budget, $4::int - spent - wanted, wanted, clock_timestamp()
from unnest($1::text[], $2::int[], $3::int[]) as asked (budget, spent, wanted)
order by budget
on conflict (budget) do update set (tokens, granted, at) = (
    select there - got, got, greatest(held.at, excluded.at)
    from (
        select least(
            $4::int,
            held.tokens + greatest(0, extract(epoch from excluded.at - held.at)) * $4::int / $5::int
        ) - ($4::int - excluded.tokens - excluded.granted) as there
    ) refilled,
    lateral (select greatest(0, least(excluded.granted, floor(there)::int)) as got) leased
)
returning budget, granted, tokens as left;

-- name: forget_budgets
-- Deletes budgets unused for $1 seconds: they are full again, and a missing budget counts as full.
delete from budgets where at < clock_timestamp() - make_interval(secs => $1);
