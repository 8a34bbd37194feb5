"""The times of a read: an instant becomes a position, on a connection of its own only where it has to be asked."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest

from service.core.errors import Invalid
from service.core.history import NOW, Times
from service.operations.times import resolved, resolved_first
from service.postgres.database import Database, opened
from tests.clusters import execute, run

# two entries at one instant, and one a second later
COMMITS = (
    "insert into commits (position, recorded_at) values (2, '2026-01-01 10:00Z'), (3, '2026-01-01 10:00:01Z')",
    "update log_head set position = 3, recorded_at = '2026-01-01 10:00:01Z'",
)
TEN = datetime(2026, 1, 1, 10, tzinfo=UTC)
SECOND = timedelta(seconds=1)
DAY = date(2025, 6, 30)


def positions(dsn: str, *asked: Times) -> Sequence[Times]:
    async def ask() -> Sequence[Times]:
        await execute(dsn, *COMMITS)
        async with opened(dsn) as database, database.session() as session:
            return [await resolved(session, one) for one in asked]

    return run(ask())


def test_an_instant_is_the_last_position_recorded_by_then(dsn: str) -> None:
    instants = (TEN - SECOND, TEN, TEN + SECOND / 2, TEN + SECOND, TEN + 9 * SECOND)
    found = positions(dsn, *(Times(recorded_at=instant) for instant in instants))
    assert [one.at for one in found] == [0, 2, 2, 3, 3]
    assert {one.recorded_at for one in found} == {None}


def test_of_an_instant_and_a_position_the_earlier_counts_and_the_day_stays(dsn: str) -> None:
    found = positions(dsn, Times(DAY, 1, TEN), Times(DAY, 2, TEN), Times(DAY, 3, TEN), Times(DAY, 7))
    assert found == [Times(DAY, 1), Times(DAY, 2), Times(DAY, 2), Times(DAY, 7)]


def test_an_instant_to_come_is_refused(dsn: str) -> None:
    with pytest.raises(Invalid, match="lies in the future") as refused:
        positions(dsn, Times(at=1, recorded_at=datetime.now(UTC) + timedelta(days=1)))
    assert [flaw.parameter for flaw in refused.value.errors] == ["recorded_at"]


def test_without_an_instant_no_connection_is_taken() -> None:
    async def ask() -> None:
        closed = Database("postgresql://nobody@localhost/none")
        for times in (NOW, Times(DAY, 7)):
            assert await resolved_first(closed, times) is times

    run(ask())


def test_with_an_instant_one_is(dsn: str) -> None:
    async def ask() -> None:
        await execute(dsn, *COMMITS)
        async with opened(dsn) as database:
            assert await resolved_first(database, Times(recorded_at=TEN)) == Times(at=2)

    run(ask())
