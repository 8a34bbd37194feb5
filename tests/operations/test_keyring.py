"""The cache of keys: requests that come at once share a statement, and go on in the order they came in."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import pytest

from service.core.errors import Unauthenticated
from service.operations.keys import Keyring, create_key
from service.postgres.database import Database, Session
from tests.clusters import run

MANY = 30


class Counted(Database):
    """A database that counts the sessions taken."""

    sessions = 0

    @asynccontextmanager
    async def session(self) -> AsyncGenerator[Session]:
        self.sessions += 1
        async with super().session() as opened:
            yield opened


def test_requests_at_once_share_a_statement_and_keep_their_order(dsn: str) -> None:
    async def ask() -> tuple[int, list[int]]:
        database = Counted(dsn)
        async with database:
            secret = await create_key(database, "read")
            keyring = Keyring(database, note_use=False)
            order: list[int] = []
            before = database.sessions

            async def find(number: int) -> None:
                await keyring.find(secret)
                order.append(number)

            await asyncio.gather(*map(find, range(MANY)))
            await find(MANY)  # is cached
            return database.sessions - before, order

    assert run(ask()) == (1, [*range(MANY + 1)])


def test_who_is_cancelled_leaves_the_others_waiting(dsn: str) -> None:
    async def ask() -> str:
        async with Database(dsn) as database:
            secret = await create_key(database, "write")
            keyring = Keyring(database, note_use=False)
            first = asyncio.create_task(keyring.find(secret))
            second = asyncio.create_task(keyring.find(secret))
            await asyncio.sleep(0)
            first.cancel()
            with pytest.raises(asyncio.CancelledError):
                await first
            return (await second).scope

    assert run(ask()) == "write"


def test_all_who_ask_for_an_unknown_key_are_refused(dsn: str) -> None:
    async def ask() -> list[object]:
        async with Database(dsn) as database:
            keyring = Keyring(database, note_use=False)
            finds = (keyring.find("cf_unknown") for _ in range(3))
            return [*await asyncio.gather(*finds, return_exceptions=True)]

    found = run(ask())
    assert [type(one) for one in found] == [Unauthenticated] * 3
    assert len({id(one) for one in found}) == 3, "each has an error of its own"
