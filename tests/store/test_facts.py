"""What a fact's row holds: periods and intervals as Postgres keeps them, and histories as they were written."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.core import quantities
from service.core.companies import CompanyDescription
from service.core.facts import AnyAssert
from service.core.history import answering
from service.core.periods import Period
from service.core.quantities import BOUND_WORDS, Quantity
from service.core.requests import AddSource, AssertFact, DescribeCompany, Outcome, Request, RetractFact
from service.core.sources import PostSource, named, snapshot
from service.core.states import FactState
from service.postgres.database import Database, opened
from service.recording.writer import record_one
from service.store import facts
from service.store.facts import pair, period_of
from service.store.filters import range_of
from service.store.saving import fact_row, numeric_range
from tests.bodies import company, market_share, source, source_id
from tests.clusters import TEMPLATE, Cluster, fetch, run

DAYS = st.dates(date(1000, 1, 1), date(9998, 12, 31))
TEXT = "Acme had a 36% market share."
LAST = date(2025, 12, 31)
PERIODS = (
    Period(instant=LAST),
    Period(start=LAST, end=LAST),
    Period(start=date(2024, 2, 29), end=LAST),
    Period(start=date(1000, 1, 1), end=date(9998, 12, 31)),
)
QUANTITIES = (
    *(
        Quantity(unit="USD", value=value, decimals=decimals, bound=bound)
        for value in ("0", "-0.0", "36", "-1E-7", "36.50", f"{'9' * 30}.{'9' * 30}")
        for decimals in (None, 0, -2, 3)
        for bound in BOUND_WORDS
    ),
    Quantity(unit="USD", low="-3", high="7.5"),
    Quantity(unit="USD", low="7", high="7", bound="about"),
)


def test_periods_and_intervals_come_back_from_postgres_as_they_went(cluster: Cluster) -> None:
    ranges = [range_of(period) for period in PERIODS]
    intervals = [numeric_range(quantity) for quantity in QUANTITIES]
    dsn = cluster.named(TEMPLATE)
    rows = run(
        fetch(dsn, "select p from unnest($1::daterange[]) with ordinality q (p, n) order by n", ranges)
    )
    kept = [period_of(row["p"], period.frequency) for row, period in zip(rows, PERIODS, strict=True)]
    assert kept == [*PERIODS]
    rows = run(
        fetch(dsn, "select i from unnest($1::numrange[]) with ordinality q (i, n) order by n", intervals)
    )
    for row, quantity in zip(rows, QUANTITIES, strict=True):
        found, wanted = row["i"], quantities.interval(quantity)
        assert (found.lower, found.upper) == (wanted.low, wanted.high), quantity
        assert found.lower is None or found.lower_inc == wanted.low_included, quantity
        assert found.upper is None or found.upper_inc == wanted.high_included, quantity


@given(DAYS, DAYS, st.booleans())
def test_a_range_is_the_period_it_was_made_of(one: date, other: date, instant: bool) -> None:
    period = Period(instant=one) if instant else Period(start=min(one, other), end=max(one, other))
    held = range_of(period)
    assert (held.lower, held.upper, held.lower_inc, held.upper_inc) == (period.first, period.last, True, True)
    assert period_of(None, period.frequency) is None
    assert numeric_range(None) is None


def asserted(number: str, known_at: str, *, decimals: int | None = None) -> AssertFact:
    body = market_share(source_id(TEXT), number, known_at=known_at)
    if decimals is not None:
        body["value"]["share"]["decimals"] = decimals
    return AssertFact(msgspec.convert(body, AnyAssert))  # pyright: ignore[reportArgumentType]: a union


REQUESTS: Sequence[Request] = (
    asserted("36", "2025-12-31"),
    asserted("36.0", "2026-01-01"),
    asserted("37", "2026-01-01", decimals=0),
    asserted("35", "2025-12-31"),
)


async def recorded(database: Database) -> UUID:
    """The id of a fact with four versions, of which two are retracted."""

    async def done(request: Request) -> Outcome:
        return (await record_one(database, request, author=None))[0]

    await done(DescribeCompany(msgspec.convert(company(), CompanyDescription)))
    post = named(msgspec.convert(source(TEXT), PostSource))
    await done(AddSource(post, snapshot(post.content or b"", "text/plain")))
    outcomes = [await done(request) for request in REQUESTS]
    (fact,) = {UUID(one.name) for one in outcomes}
    for version in (3, 1):
        await done(RetractFact(fact, version, f"misread {version}"))
    return fact


def test_a_history_is_read_as_it_was_written(dsn: str) -> None:
    async def ask() -> tuple[UUID, list[FactState], list[FactState | None]]:
        async with opened(dsn) as database:
            fact = await recorded(database)
            async with database.session() as session:
                unknown = UUID(int=fact.int ^ 1)
                loaded = await facts.load_histories(session, [pair(fact), pair(unknown), pair(fact)])
                return fact, loaded, [*await facts.histories(session, [unknown, fact])]

    fact, (state,), by_id = run(ask())
    assert state.id == fact
    assert by_id == [None, state]
    assert [(one.version, str(one.quantity.value), one.known_at) for one in state.versions if one.quantity] == [
        (1, "36", date(2025, 12, 31)), (2, "36.0", date(2026, 1, 1)), (3, "37", date(2026, 1, 1)),
        (4, "35", date(2025, 12, 31)),
    ]  # fmt: skip
    assert [one.quantity.decimals for one in state.versions if one.quantity] == [None, None, 0, None]
    assert [(one.version, one.retracts, one.reason) for one in state.retractions] == [
        (5, 3, "misread 3"), (6, 1, "misread 1"),
    ]  # fmt: skip
    taken_back = {one.retracts: one.position for one in state.retractions}
    assert {one.version: one.retracted for one in state.versions} == {
        1: taken_back[1],
        2: None,
        3: taken_back[3],
        4: None,
    }


def test_the_stored_row_is_the_row_of_the_history_and_of_its_part(dsn: str) -> None:
    async def ask() -> None:
        async with opened(dsn) as database:
            fact = await recorded(database)
            async with database.session() as session:
                (whole,) = await facts.load_histories(session, [pair(fact)])
                (part,) = await facts.load_to_write(session, {fact: 0})
                (row,) = await session.fetch("select f.* from facts f where id = $1", fact)
        assert len(part.versions) + len(part.retractions) < 6
        assert part.last == whole.last == 6
        assert answering(part.versions) is not None
        # versions 3 and 1 are retracted; of the others the one with the later day answers
        wanted = {
            "version": 2,
            "known_at": date(2026, 1, 1),
            "asserted": True,
            "disputed": False,
            "contested": False,
        }
        assert {name: row[name] for name in wanted} == wanted
        for state in (whole, part):
            told = fact_row(state)
            for name, value in told._asdict().items():
                if name not in {"period", "interval", "dimensions"}:  # kept in Postgres' own forms
                    assert row[name] == value, name
            assert row["interval"].lower == Decimal("36.0")
            assert period_of(row["period"], row["frequency"]) == state.key.period
        with pytest.raises(ValueError, match="has no version"):
            fact_row(FactState(key=whole.key, id=whole.id))

    run(ask())
