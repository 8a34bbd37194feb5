"""How fast the service is beside what else a user would build or pick, and beside what is possible at all.

`uv run python -m benchmarks` loads synthetic facts, runs everybody in turn, and writes the tables of
`docs/performance.md`. `benchmarks.reading` measures the reader of passages.

    companies.py   the facts: companyfacts documents of made-up filers, shaped like real ones
    loading.py     the database that everybody reads
    work.py        what is asked: the works, and the questions of each
    contenders.py  who is asked: ours, the limits and the peers
    asking.py      how each is asked, and what it told
    measuring.py   the load
    importing.py   imports, beside one raw COPY
    report.py      Markdown and JSON
    guard.py       what CI runs: a quick run, held against floors.json
    soak.py        endurance
    peers/         what a user would build instead
"""
