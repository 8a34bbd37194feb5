"""companyfacts: what is known about a company, since when, and where does it say so.

The rooms, from the outside in; imports point one way, and a check holds them to it.

    __main__, cli   the commands; `serve` starts a Postgres, the schema, the sample, and the workers
    worker          what a worker process runs
    app             the composition root: every operation of the API is listed here
    edgar, checks, feed, search, series, timeline
                    capabilities: each a folder with its endpoints, reads, statements and rules
    api             the kernel's endpoints; web is HTTP itself, and knows no noun
    operations      the kernel's use cases, an async function each
    recording       the one writer of the log
    store           the kernel's statements; postgres is connections, schema and a Postgres of our own
    evidence        whether a passage bears out what cites it
    logs, settings  what the operator decides
    core            pure: what facts, versions and citations are, and the rules about them

`docs/architecture.md` is the longer map, and
`docs/life-of-a-fact.md` the journey of one fact through the rooms.
"""
