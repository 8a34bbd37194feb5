"""Vintages, compared with a simple oracle: for each day the statement that answers."""

from datetime import date, timedelta
from itertools import pairwise
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from service.core import history
from service.core.history import Times
from service.core.periods import Period, parse_period
from service.core.quantities import Quantity
from service.series.rows import Point, ShortSource, Span, Statement, rows, vintages

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
def histories(draw: st.DrawFn) -> list[Statement]:
    """Assertions and retractions in the order recorded, each with a position and a version."""
    statements: list[Statement] = []
    versions = 0
    for position in range(1, draw(st.integers(1, 14)) + 1):
        standing = [s for s in statements if s.retracted is None]
        versions += 1
        if standing and draw(st.integers(0, 3)) == 0:
            draw(st.sampled_from(standing)).retracted = position
            continue
        statements.append(
            Statement(
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


def answers(statements: list[Statement], day: date, at: int | None) -> Statement | None:
    """The statements that may answer: public by the day, recorded by the position, not retracted by then."""
    best: Statement | None = None
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
    statements: list[Statement], known_at: date | None, at: int | None
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
    statements: list[Statement], known_at: date | None, at: int | None
) -> None:
    found = vintages(statements, Times(known_at, at))
    for one, next_one in pairwise(found):
        assert plain(one.statements[-1].quantity) != plain(next_one.statements[0].quantity)
        assert one.end == next_one.start - timedelta(days=1)


@given(histories(), st.none() | st.sampled_from(DAYS), st.none() | st.integers(0, 15))
def test_latest_is_what_the_fact_answers_and_first_what_it_answered_first(
    statements: list[Statement], known_at: date | None, at: int | None
) -> None:
    times = Times(known_at, at)
    point = Point(fact=UUID(int=7), period=Period(instant=FIRST), statements=statements)
    latest, first = (rows(point, wanted, times, SOURCES) for wanted in ("latest", "first"))
    standing = history.standing(statements, times)
    if not standing:
        assert latest == first == []
        return
    assert latest[0].version == max(standing, key=Statement.order).version
    day = min(s.known_at for s in standing)
    assert first[0].version == max(s.version for s in standing if s.known_at == day)
    assert len(latest) == len(first) == 1


def test_a_span_bounds_ends_by_days_and_frames_by_years_and_quarters() -> None:
    # Walmart's fiscal year that ended on 31 January 2019 is the calendar's 2018
    fiscal = Period(start=date(2018, 2, 1), end=date(2019, 1, 31))
    assert Span(parse_period("2018"), parse_period("2018")).holds(fiscal)
    assert not Span(parse_period("2019")).holds(fiscal)
    assert not Span(None, parse_period("2018-12-31")).holds(fiscal)
    assert Span(parse_period("2019-01-31"), parse_period("2019-01-31")).holds(fiscal)
    quarter = Period(start=date(2018, 11, 1), end=date(2019, 1, 31))
    assert Span(parse_period("2018Q4"), parse_period("2018Q4")).holds(quarter)
    assert not Span(parse_period("2019Q1")).holds(quarter)
    nine_months = Period(start=date(2018, 2, 1), end=date(2018, 10, 31))
    assert Span(parse_period("2018"), parse_period("2018Q4")).holds(nine_months)
    assert not Span(None, parse_period("2018Q3")).holds(nine_months)
