"""How fast the service is, compared with alternatives and with the limits of its framework and database.

`uv run python -m benchmarks` loads synthetic facts, measures all programs in turn, and writes the tables of
`docs/performance.md`. `benchmarks.reading` measures the reader of passages.

    companies.py   the facts: companyfacts documents of synthetic filers
    loading.py     the database that all programs read
    work.py        the workloads, and the requests of each
    contenders.py  the programs: ours, the limits and the peers
    asking.py      how a request is written for each program, and how its answer is read
    measuring.py   the load
    importing.py   imports, compared with one raw COPY
    report.py      Markdown and JSON
    guard.py       what CI runs: a quick run, compared with floors.json
    soak.py        endurance
    peers/         alternatives that a user would build
"""
