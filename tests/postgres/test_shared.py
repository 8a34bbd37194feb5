"""Concurrent requests share the statements of functions declared `shared`; other functions are refused."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

import pytest

from service.postgres.database import Session, opened
from service.postgres.shared import shared, shared_if
from tests.clusters import run

asked: list[list[int]] = []


@shared
async def doubled(session: Session, keys: Sequence[int]) -> list[int]:
    """Twice each key, by the database."""
    asked.append([*keys])
    return [row[0] for row in await session.fetch("select 2 * n from unnest($1::int[]) n", keys)]


def is_small(key: int) -> bool:
    return key < 10


@shared_if(is_small)
async def tripled(session: Session, keys: Sequence[int]) -> list[int]:
    """Three times each key."""
    asked.append([*keys])
    return [row[0] for row in await session.fetch("select 3 * n from unnest($1::int[]) n", keys)]


@pytest.fixture(autouse=True)
def nothing_asked() -> None:
    asked.clear()


def test_requests_of_a_moment_share_a_statement(dsn: str) -> None:
    async def ask() -> list[int]:
        async with opened(dsn) as database:
            return await asyncio.gather(*(database.together(doubled, n) for n in range(50)))

    assert run(ask()) == [2 * n for n in range(50)]
    assert sorted(n for keys in asked for n in keys) == [*range(50)]
    assert len(asked) <= 4  # one for each connection that was free, and the rest


def test_who_would_keep_others_waiting_is_asked_alone(dsn: str) -> None:
    async def ask() -> list[int]:
        async with opened(dsn) as database:
            return await asyncio.gather(*(database.together(tripled, n) for n in range(20)))

    assert run(ask()) == [3 * n for n in range(20)]
    assert [10] in asked
    assert [19] in asked
    assert len(asked) < 10 + 10


def made_anew() -> Callable[[Session, Sequence[int]], Awaitable[Sequence[int]]]:
    async def inner(session: Session, keys: Sequence[int]) -> Sequence[int]:
        return await doubled(session, keys)

    return inner


def test_what_is_made_for_a_request_cannot_be_declared() -> None:
    with pytest.raises(TypeError, match="local function"):
        shared(made_anew())
    with pytest.raises(TypeError, match="local function"):
        shared_if(is_small)(made_anew())


def test_what_is_not_declared_cannot_be_asked_together(dsn: str) -> None:
    async def ask() -> None:
        async with opened(dsn) as database:
            for together in (database.together, database.in_turn):
                with pytest.raises(AttributeError):
                    await together(made_anew(), 1)  # pyright: ignore[reportArgumentType]
            with pytest.raises(AttributeError):
                await database.together_all(made_anew(), [1])  # pyright: ignore[reportArgumentType]

    run(ask())
    assert not asked
