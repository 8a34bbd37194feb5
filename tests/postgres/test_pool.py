"""The pool, on connections to a real database."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager

import asyncpg
import pytest

from service.core.errors import Unavailable
from service.postgres.database import Database
from service.postgres.pool import Pool
from service.postgres.types import Connection
from tests.clusters import run
from tests.running import PATIENCE


@asynccontextmanager
async def pooled(dsn: str, most: int, patience: float = 30) -> AsyncGenerator[Pool[Connection]]:
    async def connect() -> Connection:
        return await asyncpg.connect(dsn, connection_class=Connection)

    pool = Pool(connect, most=most, patience=patience)
    try:
        yield pool
    finally:
        await pool.close()


async def until(condition: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not await condition():  # noqa: ASYNC110 -- it is the server that is waited for
            await asyncio.sleep(0.01)


def closed(connection: Connection) -> Callable[[], Awaitable[bool]]:
    async def is_closed() -> bool:
        return connection.is_closed()

    return is_closed


async def backend(connection: Connection) -> int:
    return await connection.fetchval("select pg_backend_pid()")


def test_a_connection_given_back_is_taken_again(dsn: str) -> None:
    async def used() -> None:
        async with pooled(dsn, most=3) as pool:
            first = await pool.take()
            pool.give(first)
            again = await pool.take()
            assert again is first
            pool.give(again)

    run(used())


def test_no_more_than_so_many_are_opened_and_all_are_served(dsn: str) -> None:
    async def used() -> None:
        async with pooled(dsn, most=3) as pool:
            held, most, met = 0, 0, set[int]()

            async def work() -> int:
                nonlocal held, most
                connection = await pool.take()
                held += 1
                most = max(most, held)
                met.add(await backend(connection))
                answer = await connection.fetchval("select 1 from pg_sleep(0.001)")
                held -= 1
                pool.give(connection)
                return answer

            assert await asyncio.gather(*(work() for _ in range(100))) == [1] * 100
            assert most == len(met) == 3

    run(used())


def test_who_waits_is_served_in_order(dsn: str) -> None:
    async def used() -> None:
        async with pooled(dsn, most=1) as pool:
            held, served = await pool.take(), list[int]()

            async def wait(name: int) -> None:
                connection = await pool.take()
                served.append(name)
                pool.give(connection)

            waiting = [asyncio.create_task(wait(name)) for name in range(5)]
            await asyncio.sleep(0)
            waiting[2].cancel()
            pool.give(held)
            await asyncio.wait(waiting)
            assert served == [0, 1, 3, 4]

    run(used())


def test_who_goes_as_a_connection_comes_does_not_take_it_along(dsn: str) -> None:
    async def used() -> None:
        async with pooled(dsn, most=1, patience=5) as pool:
            held = await pool.take()
            waiting = asyncio.create_task(pool.take())
            await asyncio.sleep(0)
            pool.give(held)  # it is the waiting one's now, which has not seen it yet
            waiting.cancel()
            with pytest.raises(asyncio.CancelledError):
                await waiting
            assert await pool.take() is held
            pool.give(held)

    run(used())


def test_who_waits_too_long_is_told(dsn: str) -> None:
    async def used() -> None:
        async with Database(dsn, pool_max=1, pool_timeout=0.05) as database, database.session():
            with pytest.raises(Unavailable):
                async with database.session():
                    pass

    run(used())


def test_a_connection_that_ended_is_replaced(dsn: str) -> None:
    async def used() -> None:
        async with pooled(dsn, most=2) as pool:
            one, other = await pool.take(), await pool.take()
            gone = await backend(one)
            waiting = asyncio.create_task(pool.take())
            await asyncio.sleep(0)
            await other.execute("select pg_terminate_backend($1)", gone)
            await until(closed(one))
            pool.give(one)
            fresh = await waiting
            assert await backend(fresh) != gone
            pool.give(fresh)
            pool.give(other)

    run(used())


def test_idle_connections_that_ended_are_passed_over(dsn: str) -> None:
    async def used() -> None:
        async with pooled(dsn, most=2) as pool:
            one, other = await pool.take(), await pool.take()
            pool.give(one)
            await other.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity"
                " where datname = current_database() and pid <> pg_backend_pid()"
            )
            await until(closed(one))
            fresh = await pool.take()
            assert fresh is not one
            assert await fresh.fetchval("select 1") == 1
            pool.give(fresh)
            pool.give(other)

    run(used())


def test_a_statement_that_is_cancelled_ends_and_its_connection_is_not_used_again(dsn: str) -> None:
    async def used() -> None:
        async with Database(dsn, pool_max=1) as database:

            async def sleep() -> None:
                async with database.session() as session:
                    await session.fetchval("select 1 from pg_sleep(600)")

            sleeping = asyncio.create_task(sleep())
            async with pooled(dsn, most=1) as watching:
                watcher = await watching.take()

                async def asleep() -> bool:
                    return await watcher.fetchval(
                        "select exists (select from pg_stat_activity"
                        " where wait_event = 'PgSleep' and datname = current_database())"
                    )

                await until(asleep)
                sleeping.cancel()
                with pytest.raises(asyncio.CancelledError):
                    await sleeping
                async with database.session() as session:  # there is room for it once the other has ended
                    assert await session.fetchval("select 1") == 1
                assert not await asleep()
                watching.give(watcher)

    run(used())


def test_a_failed_connect_leaves_its_room(dsn: str) -> None:
    async def used() -> None:
        tries = 0

        async def connect() -> Connection:
            nonlocal tries
            tries += 1
            if tries == 1:
                raise OSError("away")
            return await asyncpg.connect(dsn, connection_class=Connection)

        pool = Pool(connect, most=1, patience=5)
        with pytest.raises(OSError, match="away"):
            await pool.take()
        connection = await pool.take()
        pool.give(connection)
        await pool.close()
        assert connection.is_closed()

    run(used())


def test_a_connection_given_back_after_the_pool_is_closed_is_closed(dsn: str) -> None:
    async def used() -> None:
        async with pooled(dsn, most=1) as pool:
            connection = await pool.take()
        pool.give(connection)
        try:
            await until(closed(connection))
        finally:
            connection.terminate()

    run(used())
