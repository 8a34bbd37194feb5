"""Periods: instants and durations, the calendar frames of EDGAR, and time literals.

Both days of a duration are included. A frame is the calendar year, quarter or quarter-end that a period is assigned to, so
that companies with different fiscal calendars can be compared. The rule is EDGAR's, derived from its own labels.
"""

import re
from datetime import date, timedelta
from typing import Annotated, Literal, NamedTuple

from msgspec import Meta, Struct

EARLIEST, LATEST = date(1000, 1, 1), date(9998, 12, 31)  # the range of days that a fact may have

Frequency = Literal["annual", "quarterly", "instant"]

# lengths in days
_ANNUAL = range(335, 396)
_QUARTERLY = range(61, 122)
_MOMENT = range(1, 32)


class Period(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Either `instant`, or `start` and `end`, both days included."""

    instant: Annotated[
        date | None, Meta(description="The day at whose end the fact holds.", examples=["2025-09-30"])
    ] = None
    start: Annotated[date | None, Meta(description="First day of a duration.", examples=["2025-01-01"])] = (
        None
    )
    end: Annotated[
        date | None, Meta(description="Last day of a duration, included.", examples=["2025-12-31"])
    ] = None

    def flaw(self) -> str | None:
        """What is wrong with the combination of fields, or None."""
        if self.instant is not None:
            return (
                None
                if self.start is None and self.end is None
                else "give instant, or start and end, not both"
            )
        if self.start is None or self.end is None:
            return "give instant, or both start and end"
        if self.start > self.end:
            return f"starts {self.start} after it ends {self.end}"
        return None

    def wire(self) -> dict[str, str]:
        """The JSON object of the period, which is also hashed into the fact's id."""
        if self.instant is not None:
            return {"instant": self.instant.isoformat()}
        return {"start": self.first.isoformat(), "end": self.last.isoformat()}

    @property
    def first(self) -> date:
        """The first day it holds for."""
        day = self.instant or self.start
        if day is None:
            raise ValueError(self.flaw())
        return day

    @property
    def last(self) -> date:
        """The last day it holds for."""
        day = self.instant or self.end
        if day is None:
            raise ValueError(self.flaw())
        return day

    def words(self) -> str:
        """For a person: "in 2025", "in 2025Q3", "on 2025-12-31" or "from 2025-01-15 to 2025-02-14"."""
        if self.instant is not None:
            return f"on {self.instant}"
        frame = self.frame
        if frame is not None and "I" not in frame and parse_period(frame).period == self:
            return f"in {frame}"
        return f"from {self.first} to {self.last}"

    @property
    def days(self) -> int:
        """How many days a duration lasts; 0 for an instant."""
        return 0 if self.instant is not None else (self.last - self.first).days + 1

    @property
    def frequency(self) -> Frequency | None:
        """Annual (335–395 days), quarterly (61–121) or instant; None for other durations."""
        if self.instant is not None:
            return "instant"
        if self.days in _ANNUAL:
            return "annual"
        return "quarterly" if self.days in _QUARTERLY else None

    @property
    def frame(self) -> str | None:
        """The calendar frame without EDGAR's `CY`: `2019`, `2019Q1`, `2019Q1I`; None if it has none."""
        if self.instant is not None or self.days in _MOMENT:
            return f"{_nearest_quarter(self.last)}I"
        if self.days in _QUARTERLY:
            return _nearest_quarter(self.last)
        if self.days in _ANNUAL:
            return str(self.last.year if (self.last.month, self.last.day) >= (6, 30) else self.last.year - 1)
        return None


_FIRST_COUNTABLE, _LAST_COUNTABLE = date.min + timedelta(days=1), date.max - timedelta(days=1)


def countable(day: date) -> date:
    """The day as Postgres can count with it: for the first and the last day of the calendar, the day beside it.

    The driver sends those two as infinity, from which no day can be subtracted. No fact has any of the four.
    """
    return min(max(day, _FIRST_COUNTABLE), _LAST_COUNTABLE)


FRAME_REACH = 184  # most days between the end of a period and the end of its frame

_TIMELESS = 2**31 - 1  # sorts after every period


def recency(period: Period | None) -> int:
    """The sort key of a period in lists: the latest end first, no period last.

    Postgres computes it for every fact (a generated column), and the SQL fragment `recency` for a given day.
    """
    return _TIMELESS if period is None else date.max.toordinal() - period.last.toordinal()


_QUARTER_ENDS = ((3, 31), (6, 30), (9, 30), (12, 31))


def _quarter_end(year: int, quarter: int) -> date:
    return date(year, *_QUARTER_ENDS[quarter - 1])


def _nearest_quarter(day: date) -> str:
    year, quarter = day.year, (day.month + 2) // 3
    to_end = (_quarter_end(year, quarter) - day).days
    before, of = (year, quarter - 1) if quarter > 1 else (year - 1, 4)
    # a day midway between two quarter ends (15 August, 15 November, 14 February) belongs to the later, as in EDGAR
    if before and (day - _quarter_end(before, of)).days < to_end:
        year, quarter = before, of
    return f"{year:04}Q{quarter}"


class FiscalYear(NamedTuple):
    """A fiscal year of a company; the others follow from it."""

    ends: date  # its last day
    year: int | None  # the year that the company calls it by; None if that is not known


class PeriodLiteral(NamedTuple):
    """A period literal of a query: the exact period, and the calendar frame if it names one."""

    period: Period
    frame: str | None

    @property
    def days(self) -> tuple[date, date]:
        """Its first and its last day, as `countable` ones."""
        return countable(self.period.first), countable(self.period.last)


_DAY = r"(?!0000)[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
DATE_PATTERN = rf"^{_DAY}$(?!\n)"
PERIOD_PATTERN = rf"^((?!0000)[0-9]{{4}}(Q[1-4])?|{_DAY}|{_DAY}/{_DAY})$(?!\n)"

Day = Annotated[
    str,
    Meta(
        pattern=DATE_PATTERN,
        max_length=10,
        extra_json_schema={"format": "date"},
        examples=["2025-12-31"],
        extra={"form": "a date such as 2025-12-31"},
    ),
]
PeriodText = Annotated[
    str,
    Meta(
        pattern=PERIOD_PATTERN,
        max_length=21,
        description="`2025`, `2025Q3`, `2025-09-30` or `2025-07-01/2025-09-30`. A year or quarter takes the period that "
        "matches exactly, else the one whose calendar frame it is.",
        examples=["2025Q3"],
        extra={"form": "a period such as 2025, 2025Q3, 2025-09-30 or 2025-07-01/2025-09-30"},
    ),
]


def parse_period(text: str) -> PeriodLiteral:
    """Read `2025`, `2025Q3`, `2025-09-30` or `2025-07-01/2025-09-30`.

    Raises ValueError, with a sentence, for anything else, impossible dates included.
    """
    if not re.fullmatch(PERIOD_PATTERN, text):
        raise ValueError(
            "write a year 2025, a quarter 2025Q3, a day 2025-09-30 or a span 2025-07-01/2025-09-30"
        )
    if "/" in text:
        start, end = text.split("/")
        period = Period(start=read_day(start), end=read_day(end))
        if flaw := period.flaw():
            raise ValueError(flaw)
        return PeriodLiteral(period, None)
    if "-" in text:
        return PeriodLiteral(Period(instant=read_day(text)), None)
    year = int(text[:4])
    if "Q" not in text:
        return PeriodLiteral(Period(start=date(year, 1, 1), end=date(year, 12, 31)), text)
    quarter = int(text[5])
    start, end = date(year, 3 * quarter - 2, 1), _quarter_end(year, quarter)
    return PeriodLiteral(Period(start=start, end=end), text)


def read_day(text: str) -> date:
    """Parse a day of a query. Raises ValueError with a sentence for an impossible one."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f"{text} is not in the calendar") from error


def frame_distance(period: Period, frame: str) -> tuple[timedelta, timedelta]:
    """The distances of the end and of the start of `period` from those of `frame`.

    Of several periods for one frame, the smallest pair wins: nearer end first, then nearer start.
    """
    year = int(frame[:4])
    quarter = int(frame[5]) if "Q" in frame else 4
    first = date(year, 3 * quarter - 2 if "Q" in frame else 1, 1)
    return abs(period.last - _quarter_end(year, quarter)), abs(period.first - first)
