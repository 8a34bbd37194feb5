"""What a search asks of the database."""

import msgspec

from service.core.companies import CompanyDescription
from service.core.history import NOW
from service.core.requests import DescribeCompany
from service.postgres.database import opened
from service.recording.writer import record
from service.search.ranking import CompanyHit
from service.search.reads import search
from tests.bodies import company
from tests.clusters import run
from tests.counting import counted

NAMES = {"acme": "Acme Pumps", "beta": "Beta Pumps", "gamma": "Gamma Valves"}


def test_words_of_companies_are_not_looked_for_elsewhere(dsn: str) -> None:
    """One statement, unless a word of the query is in no company that was found."""

    async def ask() -> None:
        async with counted(dsn) as counter, opened(counter.dsn) as database:
            described = [
                DescribeCompany(msgspec.convert(company(slug, name=name), CompanyDescription))
                for slug, name in NAMES.items()
            ]
            await record(database, described, author=None)

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
