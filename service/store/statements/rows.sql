-- fragment: point
-- The members of a row's JSON, from fact f and its answer $a, without the source.
'"fact":"' || f.id || '","version":' || $a.version
    || ',"period":{' || case when f.frequency = 'instant' then '"instant":"' else '"start":"' || lower(f.period) || '","end":"' end
    || (upper(f.period) - 1) || '"},"frame":' || coalesce('"' || f.frame || '"', 'null')
    || ',"quantity":' || coalesce($a.quantity, '{"unit":"' || $a.unit || '","value":"' || lower($a.interval) || '"}')
    || ',"known_at":"' || $a.known_at || '","status":"asserted","evidence":"' || $a.evidence || '"'
    || coalesce({attributed:a=$a}, '')

-- fragment: attributed
-- The member `attributed_to` of the answer $a of fact f, if its version has one. Imported versions, which the service does not
-- check, have none, so a fact that has only those is not looked up: `case` starts no subquery for it.
case when f.checker is not null or f.evidence <> 'verified' or f.contested then (
    select ',"attributed_to":' || to_json(v.attribution ->> 'attributed_to') from versions v
    where v.company = f.company and v.fact = f.id and v.version = $a.version and v.attribution ->> 'attributed_to' is not null
) end

-- fragment: asked_period
-- Condition: the period of fact f has the frequency and lies within the bounds. A day bounds the last day of the period; a
-- year or a quarter bounds its calendar frame, which ends up to {frame_reach} days before or after it. Each is null where
-- it is not asked for; nothing but the first line is left of the condition if all are null in the statement itself.
f.period is not null
    and (q.frequency is null or f.frequency = q.frequency)
    and f.recency >= coalesce({recency:day=q.last} - {frame_reach:}, 0)
    and f.recency <= coalesce({recency:day=q.first} + {frame_reach:}, {last_day:} - date '0001-01-01')
    and case when f.frame is null or q.first_frame is null then coalesce(upper(f.period) - 1 >= q.first, true)
        when length(f.frame) = 4 then f.frame >= left(q.first_frame, 4) else f.frame >= q.first_frame end
    and case when f.frame is null or q.last_frame is null then coalesce(upper(f.period) - 1 <= q.last, true)
        when length(f.frame) = 4 then f.frame || 'Q4' <= q.last_frame else left(f.frame, 6) <= q.last_frame end

-- fragment: nearness
-- Sort key: how far the period of fact f lies from its frame, which is $first to $last.
abs((upper(f.period) - 1) - $last), abs(lower(f.period) - $first), f.period, f.id

-- fragment: number
-- The number by which intervals are ordered: of a bound the bound, of a span the middle.
case when lower_inf($interval) then upper($interval) when upper_inf($interval) then lower($interval)
    when lower($interval) = upper($interval) then lower($interval) else (lower($interval) + upper($interval)) / 2 end

-- fragment: ranks
-- Rank of each row in its frame, and its share of the sum in percent; a bound counts as its number, a span as its middle.
rank() over (order by h.number desc) as rank, round(h.number * 100 / nullif(sum(h.number) over (), 0), 4) as share

-- fragment: no_ranks
-- Empty columns `rank` and `share`, if neither is asked for.
null::bigint as rank, null::numeric as share
