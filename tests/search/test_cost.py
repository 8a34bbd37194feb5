"""What a search asks of the database."""

import random
from collections.abc import Iterable

import msgspec

from service.core.companies import CompanyDescription
from service.core.history import NOW
from service.core.requests import DescribeCompany
from service.postgres.database import Database, opened
from service.recording.writer import record
from service.search import store
from service.search.ranking import Alternative, CompanyHit
from service.search.reads import search
from tests.bodies import company
from tests.clusters import run
from tests.counting import counted

NAMES = {"acme": "Acme Pumps", "beta": "Beta Pumps", "gamma": "Gamma Valves"}

BEGINNINGS = [
    "north",
    "northern",
    "delta",
    "deltas",
    "first",
    "amber",
    "pacific",
    "union",
    "36",
    "3e5",
    "the",
    "group",
]
TRADES = ["energy", "energies", "foods", "bancorp", "capital", "capitals", "of", "and"]


async def described(database: Database, names: Iterable[tuple[str, str]]) -> None:
    """Record companies of these slugs and names."""
    requests = [
        DescribeCompany(msgspec.convert(company(slug, name=name), CompanyDescription)) for slug, name in names
    ]
    await record(database, requests, author=None)


def test_words_of_companies_are_not_looked_for_elsewhere(dsn: str) -> None:
    """One statement, unless a word of the query is in no company that was found."""

    async def ask() -> None:
        async with counted(dsn) as counter, opened(counter.dsn) as database:
            await described(database, NAMES.items())

            async def asked(text: str) -> tuple[list[str], int]:
                await search(database, text, "company", 10, NOW)  # prepares the statements
                counter.trips()
                found = await search(database, text, "company", 10, NOW)
                hits = [hit.company for hit in found.hits if isinstance(hit, CompanyHit)]
                return hits, counter.trips()

            assert await asked("beta pumps") == (["beta", "acme"], 1)
            hits, trips = await asked("gama valves")  # misspelt
            assert (hits, trips > 1) == (["gamma"], True)
            hits, trips = await asked("pumps elsewhere")  # a word that occurs nowhere
            assert (sorted(hits), trips > 1) == (["acme", "beta"], True)

    run(ask())


def test_companies_with_two_of_the_words_are_looked_for_first(dsn: str) -> None:
    """The answer is the same as that of the statement that ranks every company with one of the words."""
    rng = random.Random(19)

    async def ask() -> None:
        async with counted(dsn) as counter, opened(counter.dsn) as database:
            names = [
                f"{rng.choice(BEGINNINGS)} {rng.choice(BEGINNINGS)} {rng.choice(TRADES)} {n}"
                for n in range(300)
            ]
            await described(database, ((f"company-{n}", name) for n, name in enumerate(names)))
            alone: list[bool] = []  # whether the first statement was enough
            async with database.session() as session:
                for _ in range(150):
                    asked = rng.sample(BEGINNINGS, rng.randint(1, 4)) + rng.sample(TRADES, rng.randint(1, 2))
                    alternatives = [Alternative(n, word, 1.0) for n, word in enumerate(asked)]
                    limit = rng.choice([1, 5, 20])
                    counter.trips()
                    found = await store.companies(session, alternatives, limit)
                    alone.append(counter.trips() == 1 and len(asked) > 2)
                    rows = await session.fetch(
                        store.sql("search_companies"), *store.columns_of(alternatives), limit
                    )
                    assert [(one.slug, one.matched) for one in found] == [
                        (row["slug"], row["matched"]) for row in rows
                    ], asked
            assert 0.2 < sum(alone) / len(alone) < 0.9

    run(ask())
