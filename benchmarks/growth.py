"""Growth: `uv run python -m benchmarks.growth` compares the service on many facts with the service on few.

Both databases are on one Postgres and both services run; they are measured alternately. Both get equally many
requests, so that they differ in size and not in how much is cached. A ratio is the time on the large database divided by
the time on the small one.
"""

import argparse
import asyncio
import contextlib
import statistics
from collections.abc import Generator
from pathlib import Path
from typing import NamedTuple

import asyncpg

from benchmarks import companies, loading, measuring, report, work
from benchmarks.__main__ import default_directory, tell
from benchmarks.contenders import CONTENDERS, Place, Running, running
from benchmarks.work import WORKS, Work
from service.postgres.migration import migrate

QUESTIONS = 20_000


class Grown(NamedTuple):
    """The measurements of a workload at two sizes."""

    work: str
    small: list[float]  # requests a second, by round
    large: list[float]

    @property
    def times(self) -> float:
        """How many times as long a request takes on the large database: the median of the rounds."""
        return statistics.median(few / many for few, many in zip(self.small, self.large, strict=True))


async def database(server: str, facts: int) -> str:
    """The DSN of a database with about `facts` facts. It is loaded if missing, and migrated if older."""
    name = f"growth_{facts}"
    connection: asyncpg.Connection[asyncpg.Record] = await asyncpg.connect(server)
    try:
        if not await connection.fetchval("select exists (select from pg_database where datname = $1)", name):
            await connection.execute('drop database if exists "growth_making" with (force)')
            await connection.execute("create database growth_making")
            making = loading.named(server, "growth_making")
            await migrate(making)
            tell(f"loading about {facts:,} facts")
            await loading.load(making, companies.filers(facts))
            await connection.execute(f'alter database growth_making rename to "{name}"')
    finally:
        await connection.close()
    dsn = loading.named(server, name)
    await migrate(dsn)
    await loading.settle(dsn)
    return dsn


class Size(NamedTuple):
    """A service on a database of one size, and its requests."""

    facts: int
    running: Running
    requests: dict[str, Path]  # by workload


def asked_alike(directory: Path, *dsns: str) -> list[dict[str, Path]]:
    """Files of requests by workload for each database, the smallest first, and equally many for each.

    Lists are those of equally many companies. So equally much is cached.
    """
    first, *others = dsns
    found = [asyncio.run(work.sampled(first, QUESTIONS)).by_work]
    lists = len(found[0]["list_50"])
    found += [asyncio.run(work.sampled(dsn, QUESTIONS, lists)).by_work for dsn in others]
    files: list[dict[str, Path]] = [{} for _ in dsns]
    for each in WORKS:
        count = min(len(questions.get(each.name, ())) for questions in found)
        if each.writes or not count:
            continue
        for place, questions in enumerate(found):
            file = files[place][each.name] = directory / "requests" / f"growth-{place}-{each.name}.tsv"
            ask = CONTENDERS[0].asks[each.name]
            measuring.write_requests(file, [ask(one) for one in questions[each.name][:count]])
    return files


@contextlib.contextmanager
def serving(directory: Path, dsn: str, requests: dict[str, Path]) -> Generator[Size]:
    """Run our service on a database."""
    facts = asyncio.run(loading.count(dsn))
    with running(CONTENDERS[0], Place(directory, dsn, None)) as one:
        yield Size(facts, one, requests)


def measured(few: Size, many: Size, each: Work, *, rounds: int, seconds: float) -> Grown:
    """Measure a workload at both sizes alternately."""
    grown = Grown(each.name, [], [])
    turns = [(few, grown.small), (many, grown.large)]
    for size, _ in turns:
        measuring.press(size.running.base, size.requests[each.name], seconds=2, connections=each.connections)
    for place in range(rounds):
        for size, rates in turns if place % 2 else turns[::-1]:
            load = measuring.press(
                size.running.base, size.requests[each.name], seconds=seconds, connections=each.connections
            )
            rates.append(load.rate)
    tell(f"{each.name}: {grown.times:.2f} times as long")
    return grown


def as_markdown(few: int, many: int, found: list[Grown]) -> str:
    """The table."""
    rows = [
        [one.work, f"{statistics.median(one.small):,.0f}", f"{statistics.median(one.large):,.0f}", f"{one.times:.2f}"]
        for one in found
    ]  # fmt: skip
    return report.table(
        ["work", f"{few:,} facts, requests/s", f"{many:,} facts, requests/s", "times as long"], rows
    )


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="benchmarks.growth", description=__doc__)
    parser.add_argument(
        "--small", type=int, default=100_000, help="facts of the small database, approximately"
    )
    parser.add_argument(
        "--large", type=int, default=10_000_000, help="facts of the large database, approximately"
    )
    parser.add_argument("--rounds", type=int, default=5, help="rounds of each workload")
    parser.add_argument("--seconds", type=float, default=3, help="how long each turn lasts")
    parser.add_argument("--only", default="", help="works, separated by commas")
    parser.add_argument("--load", action="store_true", help="only make the databases")
    parser.add_argument("--page", type=Path, help="page whose part on growth is to be replaced")
    parser.add_argument("--directory", type=Path, default=default_directory(), help="where data is kept")
    given = parser.parse_args()
    asked = {name for name in str(given.only).split(",") if name}
    directory: Path = given.directory
    (directory / "requests").mkdir(parents=True, exist_ok=True)
    with contextlib.ExitStack() as stack:
        server = stack.enter_context(loading.postgres(directory / "growth"))
        small = asyncio.run(database(server, given.small))
        large = asyncio.run(database(server, given.large))
        if given.load:
            return
        questions = asked_alike(directory, small, large)
        few = stack.enter_context(serving(directory, small, questions[0]))
        many = stack.enter_context(serving(directory, large, questions[1]))
        works = [each for each in WORKS if each.name in few.requests]
        found = [
            measured(few, many, each, rounds=given.rounds, seconds=given.seconds)
            for each in works
            if not asked or each.name in asked
        ]
        told = as_markdown(few.facts, many.facts, found)
    if given.page is not None:
        report.put(given.page, "growth", told)
    print(told)


if __name__ == "__main__":
    main()
