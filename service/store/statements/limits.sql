-- name: lease_tokens
-- Takes tokens out of each budget: those spent in any case, and as many of those wanted as there are. The rule is
-- that of service.core.limits. What a row would be for a full budget brings in what is spent and wanted, so both
-- together may not be more than the quota, $4.
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
-- Budgets that nothing was taken from for so many seconds are full again, as one that is not there.
delete from budgets where at < clock_timestamp() - make_interval(secs => $1);
