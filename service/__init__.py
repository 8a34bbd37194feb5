"""companyfacts: what is known about a company, since when, and where does it say so.

The rooms, from the outside in; imports point one way, and a check holds them to it.

    __main__, cli   the commands; `serve` starts a Postgres, the schema, the sample, and the workers
    worker          what a worker process runs
    app             the composition root: every operation of the API is listed here
    http            the only handlers: parameters → one operation → answer; the contract is made of them
    operations      one async function a use case; owns the transaction
    sql             the only user of the driver: the pool, and named statements in `.sql` files
    asides          processes that read long texts, beside the event loop and each within a time
    logs, settings  what the operator decides
    domain          pure: what facts, versions, citations and evidence are, and the rules about them

The same noun has the same file name in every room. `docs/architecture.md` is the longer map, and
`docs/life-of-a-fact.md` the journey of one fact through the rooms.
"""
