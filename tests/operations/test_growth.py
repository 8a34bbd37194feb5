"""Followers of the log: woken when it grows, when they are told to stop, or after their time."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import pytest

from service.core.companies import CompanyDescription
from service.core.requests import DescribeCompany
from service.operations import growth
from service.operations.growth import Growth
from service.postgres.database import Database
from service.recording.writer import record
from tests.clusters import execute, fetch, run
from tests.running import PATIENCE


@asynccontextmanager
async def grown_by(dsn: str) -> AsyncGenerator[Growth]:
    async with Database(dsn) as database:
        async with database.session():
            pass  # connected: a poll that ends is not connecting
        followed = Growth(database)
        try:
            yield followed
        finally:
            await followed.close()


LISTENERS = "select pid from pg_stat_activity where query ilike 'listen %' and datname = current_database()"


async def listening(dsn: str) -> list[int]:
    """The connections that listen, once there is one."""
    async with asyncio.timeout(PATIENCE):
        while not (found := await fetch(dsn, LISTENERS)):  # noqa: ASYNC110 -- another connection is waited for
            await asyncio.sleep(0.01)
    return [row["pid"] for row in found]


async def described(database: Database, slug: str) -> None:
    company = CompanyDescription(slug=slug, name=slug)
    await record(database, [DescribeCompany(company)], author=None)


async def recorded(dsn: str, position: int) -> None:
    await execute(dsn, f"update log_head set position = {position}")


def test_each_follower_is_woken_by_what_is_beyond_its_own_position(
    dsn: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(growth, "_EVERY", 0.01)

    async def follow() -> None:
        async with grown_by(dsn) as log:
            await recorded(dsn, 3)
            assert await log.beyond(2, PATIENCE) == 3
            near, far = (asyncio.create_task(log.beyond(position, PATIENCE)) for position in (3, 4))
            await asyncio.sleep(0)
            await recorded(dsn, 4)
            assert await near == 4
            assert not far.done()
            await recorded(dsn, 9)
            assert await far == 9

    run(follow())


def test_after_its_time_a_follower_gets_its_own_position(dsn: str) -> None:
    async def follow() -> None:
        async with grown_by(dsn) as log:
            assert await log.beyond(0, 0.01) == 0

    run(follow())


def test_followers_go_on_while_the_database_is_away(dsn: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(growth, "_EVERY", 0.01)

    async def follow() -> None:
        database = Database(dsn)  # which is not open yet: each poll is refused
        log = Growth(database)
        await recorded(dsn, 1)
        follower = asyncio.create_task(log.beyond(0, PATIENCE))
        await asyncio.sleep(0.05)
        assert not follower.done()
        async with database:
            assert await follower == 1
            await log.close()

    run(follow())


def test_a_service_that_stops_wakes_all_followers_and_takes_no_more(dsn: str) -> None:
    async def follow() -> None:
        async with grown_by(dsn) as log:
            followers = [asyncio.create_task(log.beyond(position, PATIENCE)) for position in (5, 6)]
            await asyncio.sleep(0)
            log.stop()
            assert await asyncio.gather(*followers) == [5, 6]
            assert await log.beyond(7, PATIENCE) == 7

    run(follow())


def test_nobody_polls_while_nobody_waits(dsn: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(growth, "_EVERY", 0.01)

    async def follow() -> None:
        async with grown_by(dsn) as log:
            await recorded(dsn, 1)
            assert await log.beyond(0, PATIENCE) == 1
            async with asyncio.timeout(PATIENCE):
                while len(asyncio.all_tasks()) > 1:  # noqa: ASYNC110 -- it is the poll that ends
                    await asyncio.sleep(0.01)
            await recorded(dsn, 2)
            assert await log.beyond(1, PATIENCE) == 2  # and somebody does again

    run(follow())


def test_equal_questions_of_a_moment_are_asked_once(dsn: str) -> None:
    async def follow() -> None:
        asked: list[str] = []

        async def read() -> int:
            asked.append("read")
            await asyncio.sleep(0)
            return len(asked)

        async with grown_by(dsn) as log:
            first, gone, other = (asyncio.create_task(log.shared.get(key, read)) for key in ("a", "a", "b"))
            await asyncio.sleep(0)
            gone.cancel()  # the others still get their answer
            assert await asyncio.gather(first, other) == [2, 2]
            assert await log.shared.get("a", read) == 3

    run(follow())


def test_a_listener_hears_of_a_commit_without_polling(dsn: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("_EVERY", "_SELDOM"):
        monkeypatch.setattr(growth, name, PATIENCE * 2)

    async def follow() -> None:
        async with Database(dsn) as database:
            log = Growth(database, dsn)
            followers = [asyncio.create_task(log.beyond(0, PATIENCE)) for _ in range(3)]
            await asyncio.sleep(0)
            assert len(await listening(dsn)) == 1
            await described(database, "acme")
            assert await asyncio.gather(*followers) == [1, 1, 1]
            await log.close()

    run(follow())


def test_followers_poll_while_the_listener_is_cut_off(dsn: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(growth, "_SELDOM", PATIENCE * 2)

    async def follow() -> None:
        async with Database(dsn) as database:
            log = Growth(database, dsn)
            follower = asyncio.create_task(log.beyond(0, PATIENCE))
            await asyncio.sleep(0)
            (first,) = await listening(dsn)
            await execute(dsn, f"select pg_terminate_backend({first})")
            await recorded(dsn, 1)  # is not notified
            assert await follower == 1
            async with asyncio.timeout(PATIENCE):
                while await listening(dsn) == [first]:  # noqa: ASYNC110 -- the same
                    await asyncio.sleep(0.01)
            await log.close()

    run(follow())
