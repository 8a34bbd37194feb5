-- fragment: numbers
-- The interval of version v; an imported version stores only its number.
coalesce(v.interval, numrange(v.number, v.number, '[]'))

-- fragment: verdict
-- The first verdict on version v; an imported version is verified, since its number was copied from the cited entry.
coalesce(v.verdict, 'verified')

-- fragment: publisher
-- The case-folded publisher of version v; an imported version has the publisher of EDGAR (service/core/imported.py).
coalesce(v.publisher, {edgars_publisher:})

-- fragment: first_source
-- The first source cited by version v; for an imported version the filing.
coalesce(v.sources[1], (select e.source from edgar_filings e where e.company = v.company and e.filing = v.filing))

-- fragment: citing
-- The versions that cite source $source.
select c.company, c.fact, c.version, c.known_at, c.position from versions c where c.sources @> array[$source]
union all
select c.company, c.fact, c.version, c.known_at, c.position
from edgar_filings e join versions c on c.company = e.company and c.filing = e.filing
where e.source = $source or e.document = $source

-- fragment: cites
-- Whether a version of fact f, public by day $known and recorded by position $at, cites source $source.
(f.company, f.id) in (
    select c.company, c.fact from ({citing:source=$source}) c where c.known_at <= $known and c.position <= $at
)
