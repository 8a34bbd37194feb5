-- name: feed_entries
-- Up to $2 log entries of all types after position $1, in order; those of facts with the fact's kind and subject, those of
-- sources with the day of publication. Each row says of which log they are, whose last position is `head`; a row without an entry
-- says it if there are none.
-- The slug is read from the fact, too: an index without it has to be passed over, since it holds the company's facts in
-- another order.
with entries as (
{entries:after=$1,most=$2}
)
select h.origin, h.position as head, h.mirror_of, e.position, e.recorded_at, e.type, coalesce(f.slug, c.slug) as company,
    e.concept, e.fact, e.version, e.source, f.kind, f.subject, s.published_at
from log_head h left join entries e on true left join companies c using (company) left join facts f on f.company = e.company and f.id = e.fact
left join sources s on s.id = e.source
order by e.position;
