"""A thousand followers of one process: they share what is read for them, and one who does not read holds nothing."""

import asyncio
from collections.abc import AsyncGenerator

from service.core.companies import CompanyDescription
from service.core.requests import DescribeCompany
from service.feed import reads
from service.feed.reads import LogStretch, Wanted
from service.operations.growth import Growth
from service.postgres.database import Database
from service.recording.writer import record
from tests.clusters import run
from tests.counting import counted
from tests.running import PATIENCE, PATIENT

FOLLOWERS = 1_000
WRITES = 5


def test_a_thousand_followers_cost_the_database_as_much_as_one(dsn: str) -> None:
    async def follow() -> None:
        async with counted(dsn) as counter, Database(counter.dsn, **PATIENT) as database:
            growth = Growth(database)

            def follower() -> AsyncGenerator[LogStretch, None]:
                return reads.followed(database, growth, 0, Wanted(), PATIENCE)

            # they have begun, and then read nothing
            stalled = [follower() for _ in range(FOLLOWERS)]
            assert {len((await anext(one)).entries) for one in stalled} == {0}
            counter.trips()
            following = [asyncio.create_task(_told(follower())) for _ in range(FOLLOWERS)]
            for number in range(WRITES):
                company = CompanyDescription(slug=f"company-{number}", name="A company")
                await record(database, [DescribeCompany(company)], author=None)
            stretches = await asyncio.gather(*following)
            assert counter.trips() < 100 * WRITES, "not a question for each follower"
            # the same objects, not copies, however many followers have them
            distinct = {id(stretch) for told in stretches for stretch in told}
            assert len(distinct) <= 2 * WRITES
            gone_on = await anext(stalled[0])
            if not gone_on.entries:  # it was told that nothing was new before it stalled
                gone_on = await anext(stalled[0])
            assert len(gone_on.entries) == WRITES
            growth.stop()
            for one in stalled:
                await one.aclose()
            await growth.close()

    run(follow())


async def _told(follower: AsyncGenerator[LogStretch, None]) -> list[LogStretch]:
    """What a follower is told until it has all that is written."""
    told: list[LogStretch] = []
    seen = 0
    async for stretch in follower:
        if stretch.entries:
            assert stretch.entries[0].position == seen + 1
            told.append(stretch)
            seen = stretch.entries[-1].position
        if seen == WRITES:
            break
    await follower.aclose()
    return told
