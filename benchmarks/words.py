"""Standard concepts: `uv run python -m benchmarks.words` compares questions by `revenue` with those by its tag.

Both are asked of one service, alternately. A ratio is the requests a second by concept divided by those by tag.
"""

import argparse
import asyncio
import contextlib
import statistics
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import urlencode

import asyncpg

from benchmarks import growth, loading, measuring, report
from benchmarks.__main__ import default_directory, tell
from benchmarks.contenders import CONTENDERS, Place, running
from benchmarks.measuring import Request

TAGS = {"revenue": "us-gaap:Revenues", "assets": "us-gaap:Assets"}
DAY = "2024-06-30"  # before the last filings of each company
FREQUENCIES = {"revenue": "annual", "assets": "instant"}
PERIODS = {"revenue": ("2023", "2024Q2"), "assets": ("2023Q4I", "2024Q2I")}
LEAST = {"lookup": 0.6, "lookup_as_known": 0.6, "series": 0.6, "series_as_known": 0.6, "frame": 0.5}

Pair = tuple[list[Request], list[Request]]  # by tag, by concept


_ASKED = """
select slug from companies c
where exists (select from facts f where f.company = c.company and f.subject = 'us-gaap:Revenues'
        and f.frequency = 'annual' and f.asserted and f.first_known <= '2024-06-30')
    and exists (select from facts f where f.company = c.company and f.subject = 'us-gaap:Assets'
        and f.frequency = 'instant' and f.asserted and f.first_known <= '2024-06-30')
order by md5(slug)
"""


async def companies_of(dsn: str) -> list[str]:
    """The slugs of the companies that have something to answer on every day that is asked for."""
    connection: asyncpg.Connection[asyncpg.Record] = await asyncpg.connect(dsn)
    try:
        return [row["slug"] for row in await connection.fetch(_ASKED)]
    finally:
        await connection.close()


def requests(companies: Sequence[str]) -> Mapping[str, Pair]:
    """The requests of each workload."""
    found: dict[str, Pair] = {name: ([], []) for name in LEAST}
    for place, company in enumerate(companies):
        concept = ("revenue", "assets")[place % 2]
        for side, subject in enumerate((TAGS[concept], concept)):
            asked = {"company": company, "subject": subject, "frequency": FREQUENCIES[concept]}
            then = {"known_at": DAY}
            found["lookup"][side].append(_get("/v1/lookup", kind="metric", **asked))
            found["lookup_as_known"][side].append(_get("/v1/lookup", kind="metric", **asked, **then))
            found["series"][side].append(_get("/v1/series", **asked, sort="-period", limit="40"))
            found["series_as_known"][side].append(
                _get("/v1/series", **asked, sort="-period", limit="40", **then)
            )
    for concept, periods in PERIODS.items():
        for period in periods:
            for side, subject in enumerate((TAGS[concept], concept)):
                found["frame"][side].append(
                    _get("/v1/frames", subject=subject, unit="USD", period=period, limit="5000")
                )
    return found


def _get(path: str, **query: str) -> Request:
    return Request("GET", f"{path}?{urlencode(query)}", b"")


def _connections(work: str) -> int:
    """Few for frames, which have megabytes."""
    return 2 if work == "frame" else measuring.CONNECTIONS


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="benchmarks.words", description=__doc__)
    parser.add_argument("--facts", type=int, default=1_000_000, help="facts of the database, approximately")
    parser.add_argument("--rounds", type=int, default=5, help="rounds of each workload")
    parser.add_argument("--seconds", type=float, default=3, help="how long each turn lasts")
    parser.add_argument("--only", default="", help="works, separated by commas")
    parser.add_argument("--page", type=Path, help="page whose part on standard concepts is to be replaced")
    parser.add_argument("--directory", type=Path, default=default_directory(), help="where data is kept")
    given = parser.parse_args()
    only = {name for name in str(given.only).split(",") if name}
    directory: Path = given.directory
    (directory / "requests").mkdir(parents=True, exist_ok=True)
    rows: list[list[str]] = []
    with contextlib.ExitStack() as stack:
        server = stack.enter_context(loading.postgres(directory / "growth"))
        dsn = asyncio.run(growth.database(server, given.facts))
        one = stack.enter_context(running(CONTENDERS[0], Place(directory, dsn, None)))
        for name, pair in requests(asyncio.run(companies_of(dsn))).items():
            if only and name not in only:
                continue
            files = [directory / "requests" / f"words_{name}_{side}" for side in range(2)]
            for file, asked in zip(files, pair, strict=True):
                measuring.write_requests(file, asked)
                measuring.press(one.base, file, seconds=1, connections=_connections(name))
            rates: tuple[list[float], list[float]] = ([], [])
            for place in range(given.rounds):
                for side in (0, 1) if place % 2 else (1, 0):
                    rates[side].append(
                        measuring.press(
                            one.base, files[side], seconds=given.seconds, connections=_connections(name)
                        ).rate
                    )
            ratio = statistics.median(by_word / by_tag for by_tag, by_word in zip(*rates, strict=True))
            tell(f"{name}: {ratio:.2f} of that by tag, at least {LEAST[name]} is meant")
            rows.append(
                [
                    name,
                    *(f"{statistics.median(side):,.0f}" for side in rates),
                    f"{ratio:.2f}",
                    f"{LEAST[name]}",
                ]
            )
    told = report.table(["work", "by tag, requests/s", "by concept, requests/s", "ratio", "goal"], rows)
    if given.page is not None:
        report.put(given.page, "words", told)
    print(told)


if __name__ == "__main__":
    main()
