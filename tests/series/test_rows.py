"""Vintages, compared with a simple oracle: for each day the statement that answers."""

from datetime import date, timedelta
from itertools import pairwise
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st
from msgspec import UNSET

from service.core import history
from service.core.history import Times
from service.core.identity import slot_key
from service.core.kinds import MEASURED
from service.core.lists import fingerprint
from service.core.periods import Period, parse_period
from service.core.quantities import Quantity
from service.series.rows import (
    Bounds,
    FrameQuery,
    Point,
    SeriesQuery,
    SeriesRow,
    ShortSource,
    StatedVersion,
    place_of,
    rows,
    vintages,
    without_days,
)

FIRST = date(2020, 1, 1)
DAYS = [FIRST + timedelta(days=n) for n in range(12)]
SOURCES = {1: ShortSource(id="sha256:" + "0" * 64, title="A report", url=None)}
QUANTITIES = (
    Quantity(unit="USD", value="36"),
    Quantity(unit="USD", value="36.0"),
    Quantity(unit="USD", value="37"),
    Quantity(unit="USD", value="36", bound="at_least"),
    Quantity(unit="USD", value="36", decimals=0),
    Quantity(unit="USD", low="36", high="37"),
    Quantity(unit="EUR", value="36"),
)


@st.composite
def histories(draw: st.DrawFn) -> list[StatedVersion]:
    """Assertions and retractions in the order recorded, each with a position and a version."""
    statements: list[StatedVersion] = []
    versions = 0
    for position in range(1, draw(st.integers(1, 14)) + 1):
        standing = [s for s in statements if s.retracted is None]
        versions += 1
        if standing and draw(st.integers(0, 3)) == 0:
            draw(st.sampled_from(standing)).retracted = position
            continue
        statements.append(
            StatedVersion(
                version=versions,
                known_at=draw(st.sampled_from(DAYS)),
                position=position,
                quantity=draw(st.sampled_from(QUANTITIES)),
                source=1,
                evidence="unarchived",
            )
        )
    return statements


def plain(quantity: Quantity) -> tuple[object, ...]:
    """A quantity as decimals, to compare values and not spellings."""
    numbers = [None if n is None else float(n) for n in (quantity.value, quantity.low, quantity.high)]
    return (quantity.unit, *numbers, quantity.decimals, quantity.bound)


def answers(statements: list[StatedVersion], day: date, at: int | None) -> StatedVersion | None:
    """The statements that may answer: public by the day, recorded by the position, not retracted by then."""
    best: StatedVersion | None = None
    for s in statements:
        recorded = at is None or s.position <= at
        gone = s.retracted is not None and (at is None or s.retracted <= at)
        if s.known_at > day or not recorded or gone:
            continue
        if (
            best is None
            or s.known_at > best.known_at
            or (s.known_at == best.known_at and s.version > best.version)
        ):
            best = s
    return best


@given(histories(), st.none() | st.sampled_from(DAYS), st.none() | st.integers(0, 15))
def test_on_each_day_the_vintage_is_what_the_rule_answers(
    statements: list[StatedVersion], known_at: date | None, at: int | None
) -> None:
    found = vintages(statements, Times(known_at, at))
    assert [v.start for v in found] == sorted(v.start for v in found)
    assert all(v.end is not None for v in found[:-1])
    for day in [FIRST - timedelta(days=1), *DAYS, DAYS[-1] + timedelta(days=400)]:
        standing = [v for v in found if v.start <= day and (v.end is None or day <= v.end)]
        expected = answers(statements, day if known_at is None else min(day, known_at), at)
        if expected is None:
            assert standing == []
            continue
        (vintage,) = standing
        assert plain(vintage.statements[0].quantity) == plain(expected.quantity)
        assert expected in vintage.statements
        # the last of the vintage's statements that was public by then answers
        assert [s for s in vintage.statements if s.known_at <= day][-1] is expected


@given(histories(), st.none() | st.sampled_from(DAYS), st.none() | st.integers(0, 15))
def test_neighbouring_vintages_differ_and_touch(
    statements: list[StatedVersion], known_at: date | None, at: int | None
) -> None:
    found = vintages(statements, Times(known_at, at))
    for one, next_one in pairwise(found):
        assert plain(one.statements[-1].quantity) != plain(next_one.statements[0].quantity)
        assert one.end == next_one.start - timedelta(days=1)


@given(histories(), st.none() | st.sampled_from(DAYS), st.none() | st.integers(0, 15))
def test_latest_is_what_the_fact_answers_and_first_what_it_answered_first(
    statements: list[StatedVersion], known_at: date | None, at: int | None
) -> None:
    times = Times(known_at, at)
    point = Point(fact=UUID(int=7), period=Period(instant=FIRST), statements=statements)
    latest, first = (rows(point, wanted, times, SOURCES) for wanted in ("latest", "first"))
    standing = history.standing(statements, times)
    if not standing:
        assert latest == first == []
        return
    assert latest[0].version == max(standing, key=StatedVersion.order).version
    day = min(s.known_at for s in standing)
    assert first[0].version == max(s.version for s in standing if s.known_at == day)
    assert len(latest) == len(first) == 1


def test_a_span_bounds_ends_by_days_and_frames_by_years_and_quarters() -> None:
    # Walmart's fiscal year that ended on 31 January 2019 is the calendar's 2018
    fiscal = Period(start=date(2018, 2, 1), end=date(2019, 1, 31))
    assert Bounds(parse_period("2018"), parse_period("2018")).holds(fiscal)
    assert not Bounds(parse_period("2019")).holds(fiscal)
    assert not Bounds(None, parse_period("2018-12-31")).holds(fiscal)
    assert Bounds(parse_period("2019-01-31"), parse_period("2019-01-31")).holds(fiscal)
    quarter = Period(start=date(2018, 11, 1), end=date(2019, 1, 31))
    assert Bounds(parse_period("2018Q4"), parse_period("2018Q4")).holds(quarter)
    assert not Bounds(parse_period("2019Q1")).holds(quarter)
    nine_months = Period(start=date(2018, 2, 1), end=date(2018, 10, 31))
    assert Bounds(parse_period("2018"), parse_period("2018Q4")).holds(nine_months)
    assert not Bounds(None, parse_period("2018Q3")).holds(nine_months)


def test_bounds_hold_what_lies_between_days_and_everything_if_they_are_open() -> None:
    period = Period(start=date(2020, 1, 1), end=date(2020, 3, 31))
    assert Bounds().holds(period)
    assert Bounds(parse_period("2020-03-31"), parse_period("2020-03-31")).holds(period)
    assert not Bounds(parse_period("2020-04-01")).holds(period)
    assert not Bounds(None, parse_period("2020-03-30")).holds(period)


def test_a_query_fits_periods_of_its_frequency_and_quantities_in_its_unit() -> None:
    year, quarter = (
        Period(start=date(2020, 1, 1), end=end) for end in (date(2020, 12, 31), date(2020, 3, 31))
    )
    query = SeriesQuery(
        "acme", "revenue", {}, frequency="annual", unit="USD", span=Bounds(parse_period("2020"))
    )
    assert (query.fits(year), query.fits(quarter)) == (True, False)
    assert not query._replace(span=Bounds(parse_period("2021"))).fits(year)
    assert (query.in_unit(QUANTITIES[0]), query.in_unit(QUANTITIES[-1])) == (True, False)
    assert query._replace(frequency=None, unit=None).fits(quarter)
    assert query.kinds == MEASURED
    assert query._replace(kind="market_share").kinds == ("market_share",)


def test_a_frame_is_of_the_slot_that_its_facts_have() -> None:
    query = FrameQuery("metric", "us-gaap:Assets", "USD", {}, "reported", None, "2019Q1I")

    def slot(kind: str, unit: str | None) -> int:
        return slot_key(
            kind=kind, subject="us-gaap:Assets", dimensions={}, basis="reported", unit=unit, comparison=None
        )

    assert query.slot == slot("metric", "USD")
    assert query._replace(kind="market_share", unit="percent").slot == slot("market_share", None)
    assert query.calendar == Period(start=date(2019, 1, 1), end=date(2019, 3, 31))


def test_cursors_that_were_given_out_stay_valid() -> None:
    """The hashes are those of the first release: a changed order or type of a field would change them."""
    narrow = SeriesQuery(
        company="ticker:BABA", subject="us-gaap:Revenues", dimensions={"geography": "CN"}, kind="metric", basis="reported",
        unit="USD", comparison="none", frequency="annual", span=Bounds(parse_period("2015"), parse_period("2025Q3")),
        vintages="all", derive=True,
    )  # fmt: skip
    assert fingerprint("series", narrow, True, date(2025, 12, 31)) == "131dca17d0c37de4"
    wide = SeriesQuery(company="acme", subject="revenue", dimensions={})
    assert fingerprint("series", wide, False, None) == "66d9ff4cb9befb3f"
    frame = FrameQuery(
        kind="metric", subject="us-gaap:Assets", unit="USD", dimensions={}, basis="reported", comparison=None,
        frame="2019Q1I", order="-value", rank=True, share=True,
    )  # fmt: skip
    assert fingerprint("frame", frame, None) == "ccfea87c68dceb65"


def test_rows_are_in_order_of_period_and_of_their_days() -> None:
    def placed(row: SeriesRow) -> tuple[date, date]:
        return place_of(row).last, place_of(row).known

    statements = [
        StatedVersion(
            version=n, known_at=day, position=n, quantity=QUANTITIES[2 * n], source=1, evidence="unarchived"
        )
        for n, day in enumerate(DAYS[:2])
    ]
    point = Point(fact=UUID(int=7), period=Period(instant=FIRST), statements=statements)
    later = Point(fact=UUID(int=8), period=Period(instant=DAYS[3]), statements=statements)
    found = [*rows(later, "all", Times(), SOURCES), *rows(point, "all", Times(), SOURCES)]
    assert sorted(map(placed, found)) == [
        (FIRST, DAYS[0]),
        (FIRST, DAYS[1]),
        (DAYS[3], DAYS[0]),
        (DAYS[3], DAYS[1]),
    ]
    assert [placed(row) for row in sorted(found, key=place_of)] == sorted(map(placed, found))
    assert without_days(found[0]).realtime_start is UNSET
