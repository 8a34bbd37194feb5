"""Sessions, snapshots, transactions and turns, on a real database."""

import asyncio
from contextlib import AbstractAsyncContextManager

import asyncpg
import pytest

from service.core.errors import Unavailable
from service.postgres.database import ROLE, Database, Reads, Transaction, opened
from tests.clusters import execute, head_held, run

ADD = "insert into budgets (budget, tokens, granted, at) values ($1, 1, 0, now())"
BUDGETS = "select count(*) from budgets"


async def counted(reads: Reads) -> object:
    async with reads.session() as session:
        return await session.fetchval(BUDGETS)


def test_a_session_sees_the_newest_state_and_a_snapshot_one_state(dsn: str) -> None:
    async def used() -> None:
        async with opened(dsn) as database, database.snapshot() as still:
            assert await counted(still) == await counted(database) == 0
            await execute(dsn, ADD.replace("$1", "'a'"))
            assert [await counted(still), await counted(database)] == [0, 1]

    run(used())


def test_what_a_transaction_wrote_is_gone_after_an_exception(dsn: str) -> None:
    async def wrote(within: AbstractAsyncContextManager[Transaction], name: str, *, fails: bool) -> None:
        async with within as session:
            await session.execute(ADD, name)
            if fails:
                raise LookupError(name)

    async def used() -> None:
        async with opened(dsn) as database:
            for number, within in enumerate((database.transaction, database.writing), 1):
                with pytest.raises(LookupError):
                    await wrote(within(), f"failed {number}", fails=True)
                await wrote(within(), f"done {number}", fails=False)
                assert await counted(database) == number

    run(used())


def test_the_role_of_the_service_reads_and_does_not_write_in_a_snapshot(dsn: str) -> None:
    async def used() -> None:
        async with opened(dsn) as database:
            async with database.session() as session:
                assert await session.fetchval("select current_user") == ROLE
            with pytest.raises(Unavailable) as told:
                async with database.snapshot() as still, still.session() as session:
                    await session.fetch(ADD, "a")
            assert told.value.sqlstate == "25006"

    run(used())


def test_a_database_that_is_only_read_refuses_each_write(dsn: str) -> None:
    async def used() -> None:
        async with Database(dsn, read_only=True) as database:
            assert await counted(database) == 0
            with pytest.raises(Unavailable, match="takes no writes"):
                async with database.writing() as session:
                    await session.execute(ADD, "a")

    run(used())


def test_a_writer_waits_for_its_turn_without_a_connection(dsn: str) -> None:
    async def used() -> None:
        async with Database(dsn, pool_max=3) as database:

            async def write() -> None:
                async with database.writing():
                    pass

            async with database.writing(), database.writing():
                assert await counted(database) == 0  # by the third connection, which is open from now on
                waiting = asyncio.create_task(write())
                for _ in range(10):
                    await asyncio.sleep(0)
                assert await counted(database) == 0
                assert not waiting.done()
            await waiting

    run(used())


def test_a_writer_whose_turn_does_not_come_is_told(dsn: str) -> None:
    async def used() -> None:
        async with Database(dsn, pool_max=3, statement_timeout=0.5) as database:
            async with database.writing(), database.writing():
                with pytest.raises(Unavailable, match="other writers"):
                    async with database.writing():
                        pass
            async with database.writing():
                pass

    run(used())


def test_a_statement_that_takes_too_long_or_waits_for_a_lock_is_told(dsn: str) -> None:
    async def used() -> None:
        async with Database(dsn, statement_timeout=0.5) as database:
            for statement, state in (
                ("select pg_sleep(60)", "57014"),
                ("select from log_head for update", "55P03"),
            ):
                async with head_held(dsn):
                    with pytest.raises(Unavailable) as told:
                        async with database.transaction() as session:
                            await session.fetch(statement)
                    assert told.value.sqlstate == state

    run(used())


def test_a_defect_is_not_told_as_a_database_that_is_away(dsn: str) -> None:
    async def used() -> None:
        async with Database(dsn, pool_max=1) as database:
            for statement, argument, error in (
                ("select 1 / $1::int", 0, asyncpg.DivisionByZeroError),
                ("select $1::int", "no number", asyncpg.DataError),
            ):
                with pytest.raises(error):
                    async with database.session() as session:
                        await session.fetch(statement, argument)
                assert await counted(database) == 0  # the one connection is free, and in order

    run(used())


def test_a_connection_that_was_left_in_the_middle_is_not_used_again(dsn: str) -> None:
    async def used() -> None:
        async with Database(dsn, pool_max=1) as database:

            async def backend() -> object:
                async with database.session() as session:
                    return await session.fetchval("select pg_backend_pid()")

            async def long() -> None:
                async with database.session() as session:
                    await session.fetch("select pg_sleep(60)")

            before = await backend()
            assert await backend() == before
            waiting = asyncio.create_task(long())
            await asyncio.sleep(0)
            waiting.cancel()
            with pytest.raises(asyncio.CancelledError):
                await waiting
            assert await backend() != before

    run(used())


def test_a_database_that_is_closed_is_told() -> None:
    async def used() -> None:
        with pytest.raises(Unavailable, match="shutting down"):
            await counted(Database("postgresql://nobody@localhost/none"))

    run(used())
