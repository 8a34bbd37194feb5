"""Periods, their calendar frames by EDGAR's rule, and period literals."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.core.periods import (
    EARLIEST,
    FRAME_REACH,
    LATEST,
    Period,
    frame_distance,
    parse_period,
    read_day,
    recency,
)

DAYS = st.dates(date(1900, 1, 1), date(2100, 1, 1))
PERIODS = st.one_of(
    DAYS.map(lambda day: Period(instant=day)),
    st.tuples(DAYS, st.integers(0, 800)).map(
        lambda pair: Period(start=pair[0], end=pair[0] + timedelta(pair[1]))
    ),
)


def lasting(start: str, days: int) -> Period:
    first = date.fromisoformat(start)
    return Period(start=first, end=first + timedelta(days - 1))


def test_a_period_is_an_instant_or_a_duration() -> None:
    day, later = date(2025, 1, 1), date(2025, 3, 31)
    assert Period(instant=day).flaw() is None
    assert Period(start=day, end=day).flaw() is None
    assert Period(instant=day, start=day).flaw() == "give instant, or start and end, not both"
    assert Period(start=day).flaw() == Period().flaw() == "give instant, or both start and end"
    assert Period(start=later, end=day).flaw() == "starts 2025-03-31 after it ends 2025-01-01"
    with pytest.raises(ValueError, match="give instant, or both start and end"):
        _ = Period().first


@pytest.mark.parametrize(
    ("period", "frequency", "frame"),
    [
        (Period(instant=date(2019, 9, 28)), "instant", "2019Q3I"),
        (Period(instant=date(2019, 8, 14)), "instant", "2019Q2I"),
        (Period(instant=date(2019, 8, 15)), "instant", "2019Q3I"),  # midway belongs to the later quarter
        (Period(instant=date(2019, 2, 14)), "instant", "2019Q1I"),
        (Period(instant=date(2019, 2, 13)), "instant", "2018Q4I"),
        (lasting("2018-09-30", 364), "annual", "2019"),  # Apple's fiscal 2019
        (Period(start=date(2018, 7, 1), end=date(2019, 6, 30)), "annual", "2019"),
        (Period(start=date(2018, 6, 30), end=date(2019, 6, 29)), "annual", "2018"),
        (lasting("2019-06-30", 91), "quarterly", "2019Q3"),  # Apple's third quarter ends in September
        (lasting("2019-01-01", 335), "annual", "2019"),
        (lasting("2019-01-01", 334), None, None),
        (lasting("2019-01-01", 395), "annual", "2019"),
        (lasting("2019-01-01", 396), None, None),
        (lasting("2019-01-01", 61), "quarterly", "2019Q1"),
        (lasting("2019-01-01", 60), None, None),
        (lasting("2019-01-01", 121), "quarterly", "2019Q1"),
        (lasting("2019-01-01", 122), None, None),
        (lasting("2019-03-01", 31), None, "2019Q1I"),
        (lasting("2019-03-01", 32), None, None),
    ],
)  # fmt: skip
def test_frequency_and_frame(period: Period, frequency: str | None, frame: str | None) -> None:
    assert (period.frequency, period.frame) == (frequency, frame)


@pytest.mark.parametrize(
    ("text", "first", "last", "frame"),
    [
        ("2025", "2025-01-01", "2025-12-31", "2025"),
        ("2025Q1", "2025-01-01", "2025-03-31", "2025Q1"),
        ("2024Q4", "2024-10-01", "2024-12-31", "2024Q4"),
        ("2024-02-29", "2024-02-29", "2024-02-29", None),
        ("2025-07-01/2025-09-30", "2025-07-01", "2025-09-30", None),
    ],
)
def test_literals_are_read(text: str, first: str, last: str, frame: str | None) -> None:
    read = parse_period(text)
    assert (str(read.period.first), str(read.period.last), read.frame) == (first, last, frame)
    assert (read.period.instant is not None) == (text == "2024-02-29")


@pytest.mark.parametrize(
    "text", ["", "25", "2025Q5", "2025q1", "FY2025", "2025-13-01", "0000", "2025\n", "2025/2026"]
)
def test_what_is_no_literal_is_told_the_forms(text: str) -> None:
    with pytest.raises(ValueError, match="write a year 2025"):
        parse_period(text)


@pytest.mark.parametrize("text", ["2025-02-30", "2025-02-29", "2025-01-01/2025-02-30"])
def test_days_that_no_calendar_has(text: str) -> None:
    with pytest.raises(ValueError, match="is not in the calendar"):
        parse_period(text)


def test_a_span_does_not_end_before_it_begins() -> None:
    with pytest.raises(ValueError, match="starts 2025-09-30 after it ends 2025-07-01"):
        parse_period("2025-09-30/2025-07-01")
    assert read_day("2024-02-29") == date(2024, 2, 29)


@given(PERIODS)
def test_a_period_has_the_frame_that_its_end_is_near(period: Period) -> None:
    frame = period.frame
    if frame is not None:
        end, _ = frame_distance(period, frame)
        assert end <= timedelta(FRAME_REACH)


@given(st.integers(1000, 9997), st.integers(0, 4))
def test_a_literal_of_a_frame_has_that_frame_and_no_distance_from_it(year: int, quarter: int) -> None:
    text = f"{year}Q{quarter}" if quarter else str(year)
    read = parse_period(text)
    assert read.period.frame == read.frame == text
    assert frame_distance(read.period, text) == (timedelta(0), timedelta(0))
    assert read.period.words() == f"in {text}"


@given(PERIODS)
def test_a_period_is_the_same_when_its_words_or_wire_are_read(period: Period) -> None:
    assert Period(**{name: date.fromisoformat(day) for name, day in period.wire().items()}) == period
    words = period.words().split()
    read = f"{words[1]}/{words[3]}" if words[0] == "from" else words[1]
    assert parse_period(read).period == period


@given(PERIODS, PERIODS)
def test_the_latest_end_sorts_first_and_no_period_last(one: Period, other: Period) -> None:
    assert (recency(one) < recency(other)) == (one.last > other.last)
    assert recency(one) < recency(None)
    assert 0 <= recency(Period(instant=LATEST)) < recency(Period(instant=EARLIEST)) < recency(None)
