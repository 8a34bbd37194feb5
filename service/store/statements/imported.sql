-- fragment: numbers
-- The interval of version v: an imported one keeps its number alone.
coalesce(v.interval, numrange(v.number, v.number, '[]'))

-- fragment: verdict
-- What came of checking version v when it was recorded: an imported one was read from the entry that it cites.
coalesce(v.verdict, 'verified')

-- fragment: publisher
-- Who made version v public, case-folded: of an imported one that is EDGAR's (service/edgar/entries.py).
coalesce(v.publisher, {edgars_publisher:})

-- fragment: first_source
-- The source that version v cites first: of an imported one the filing.
coalesce(v.sources[1], (select e.source from edgar_filings e where e.company = v.company and e.filing = v.filing))

-- fragment: citing
-- The versions that cite a source.
select c.company, c.fact, c.known_at, c.position from versions c where c.sources @> array[$source]
union all
select c.company, c.fact, c.known_at, c.position
from edgar_filings e join versions c on c.company = e.company and c.filing = e.filing
where e.source = $source or e.document = $source

-- fragment: cites
-- Whether a version of fact f cites a source, by day $known and position $at.
(f.company, f.id) in (
    select c.company, c.fact from ({citing:source=$source}) c where c.known_at <= $known and c.position <= $at
)
