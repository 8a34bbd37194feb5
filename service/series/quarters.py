"""Quarters that were never reported, computed from what was: the last of a year, or of a year to date.

A longer period less a shorter one with the same start leaves its last quarter: a year less nine months the
fourth, nine months less six the third, six months less three the second. Both are facts of one series, so
concept, dimensions, basis and unit are the same; the start must be the same day; and both must be of one
vintage. A filing shows earlier periods as restated since, so a value that was restated may only be set against
one that was stated again after that, or was itself restated in the same year of reporting (`same_vintage`). Shares are counted
anew when they are split, which shows in the number of all shares, and in other periods that are restated.
Whatever does not fit is refused with the reason, and so is what does not add up over time
(`service.series.adding`).
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby, pairwise
from typing import NamedTuple

from msgspec import UNSET

from service.core.history import Times
from service.core.periods import Period
from service.core.quantities import ARITHMETIC, DECIMAL_PATTERN, Quantity, normal
from service.series.adding import obstacle
from service.series.rows import (
    Derivation,
    Operand,
    Point,
    Refusal,
    RefusalReason,
    SeriesRow,
    ShortSource,
    Statement,
    Vintages,
    same,
    vintages,
    without_days,
)

_QUARTER = range(61, 122)  # days
# days of what ends with a quarter: half a year, nine months, a year
_LONGER = (range(152, 214), range(243, 305), range(335, 396))
_SLIPPED = timedelta(days=31)  # two starts this near are meant to be one
_LEAP = Decimal("1.4")  # times; a split of three for two, the least usual, makes 1.5
SHARES = "shares"
OUTSTANDING = "dei:EntityCommonStockSharesOutstanding"  # the number of all shares, on the cover of a filing
_USUAL = timedelta(days=90)  # from the first day of a quarter to its last


class State(NamedTuple):
    """What a fact answers on a day, and how its value came to be that."""

    point: Point
    statement: Statement
    since: date  # the value has stood from this day on
    restated: bool  # another value stood before

    @property
    def stated(self) -> date:
        """The last day the value was stated."""
        return self.statement.known_at


def same_vintage(one: State, other: State) -> bool:
    """Whether two values may be set against each other.

    They may where neither was restated after the other was last stated; or where both were restated and so
    stated in the same year of reporting, counted from the end of each one's period.
    """
    if not (_overtaken(one, other) or _overtaken(other, one)):
        return True
    return (
        one.restated
        and other.restated
        and _age(one, one.since) <= _age(other, other.stated)
        and _age(other, other.since) <= _age(one, one.stated)
    )


def _overtaken(one: State, other: State) -> bool:
    return one.restated and one.since > other.stated


def _age(one: State, day: date) -> int:
    return (day - one.point.period.last).days // 365


class Leap(NamedTuple):
    """Shares were counted in one way to a day, and as a multiple from another on, as after a split."""

    before: date
    after: date


def leaps(outstanding: Iterable[Point]) -> list[Leap]:
    """When the number of all shares, as filings state it for one day after another, became another multiple."""
    told = sorted(
        ((s.known_at, point.period.last, s.quantity) for point in outstanding for s in point.statements),
        key=lambda one: one[:2],
    )
    return [Leap(early, late) for (early, _, one), (late, _, other) in pairwise(told) if _leaps(one, other)]


def _leaps(earlier: Quantity, later: Quantity) -> bool:
    before, after = Decimal(earlier.value or 0), Decimal(later.value or 0)
    return bool(before and after) and not 1 / _LEAP < abs(after / before) < _LEAP


class _Track:
    """A fact's answers through time, found by day."""

    def __init__(self, point: Point, times: Times) -> None:
        self.point = point
        self.period = point.period
        values = vintages(point.statements, times)
        self._states = [
            State(point, statement, vintage.start, restated=place > 0)
            for place, vintage in enumerate(values)
            for statement in vintage.statements
        ]
        self.leaps = [
            Leap(later.start - timedelta(days=1), later.start)
            for earlier, later in pairwise(values)
            if _leaps(earlier.statements[-1].quantity, later.statements[0].quantity)
        ]
        self.days = [state.stated for state in self._states]

    def on(self, day: date) -> State | None:
        """What it answered on a day; None where nothing stood."""
        place = bisect_right(self.days, day)
        return self._states[place - 1] if place else None


class _Tracks:
    """The durations of a series, found by start and by end."""

    def __init__(self, points: Iterable[Point], times: Times, leaps: Iterable[Leap] = ()) -> None:
        tracks = [_Track(point, times) for point in points if point.period.instant is None]
        tracks = sorted((t for t in tracks if t.days), key=lambda t: (t.period.last, t.period.first))
        self.longer = [track for track in tracks if any(track.period.days in days for days in _LONGER)]
        self._quarters = [track for track in tracks if track.period.days in _QUARTER]
        self._ends = [track.period.last for track in self._quarters]
        self._by_start: dict[date, list[_Track]] = {}
        for track in tracks:
            self._by_start.setdefault(track.period.first, []).append(track)
        self._starts = sorted(self._by_start)
        self._leaps = sorted({*leaps, *(leap for track in tracks for leap in track.leaps)})

    def split(self, one: date, other: date) -> Leap | None:
        """Between two days of filing, when shares came to be counted anew: other periods, or all shares, tell."""
        low, high = min(one, other), max(one, other)
        return next((leap for leap in self._leaps if low < leap.after and leap.before < high), None)

    def reported(self, quarter: Period) -> list[_Track]:
        """Reported quarters that share more than half of this one's days."""
        half = timedelta(days=quarter.days // 2 + 1)
        low, high = (
            bisect_left(self._ends, quarter.last - half),
            bisect_right(self._ends, quarter.last + half * 2),
        )
        return [t for t in self._quarters[low:high] if _shared(t.period, quarter) * 2 > quarter.days]

    def shorter(self, longer: Period) -> list[_Track]:
        """What starts with a longer period and leaves a quarter of it, the usual length first."""
        found = [t for t in self._by_start.get(longer.first, ()) if _leaves_quarter(longer, t.period)]
        return sorted(found, key=lambda t: abs((longer.last - t.period.last).days - 91))

    def slipped(self, longer: Period) -> list[_Track]:
        """What would leave a quarter of a longer period, did it not start on another day."""
        return [
            track
            for track in self._started(longer.first - _SLIPPED, longer.first + _SLIPPED)
            if track.period.first != longer.first and _leaves_quarter(longer, track.period)
        ]

    def parts(self, longer: Period) -> list[_Track]:
        """What lies within a longer period."""
        return [
            track
            for track in self._started(longer.first, longer.last)
            if track.period.last <= longer.last and track.period != longer
        ]

    def _started(self, first: date, last: date) -> Iterator[_Track]:
        for start in self._starts[bisect_left(self._starts, first) : bisect_right(self._starts, last)]:
            yield from self._by_start[start]


def _shared(one: Period, other: Period) -> int:
    return (min(one.last, other.last) - max(one.first, other.first)).days + 1


def _leaves_quarter(longer: Period, shorter: Period) -> bool:
    return (longer.last - shorter.last).days in _QUARTER and shorter.days >= _QUARTER.start


class _Quarter(NamedTuple):
    """A quarter computed from two facts."""

    period: Period
    quantity: Quantity
    operands: tuple[State, State]


def derive(
    subject: str,
    points: Sequence[Point],
    elsewhere: Sequence[Point],
    wanted: Vintages,
    times: Times,
    sources: Mapping[int, ShortSource],
    leaps: Iterable[Leap] = (),
) -> tuple[list[SeriesRow], list[Refusal]]:
    """The rows of quarters that are not reported, and those that cannot be had, with the reason.

    `points` are the facts of the series about this subject, `elsewhere` those of the same in other units; `leaps` are
    those of all shares of the company, where the unit is shares.
    """
    series, others = _Tracks(points, times, leaps), _Tracks(elsewhere, times)
    if series.longer and (found := obstacle(subject, _unit(series.longer[0]))) is not None:
        return [], [Refusal(period=None, reason=found.reason, detail=found.detail, operands=[])]
    rows: list[SeriesRow] = []
    refused: list[Refusal] = []
    for _, ending in groupby(series.longer, key=lambda track: track.period.last):
        longer = list(ending)
        outcome = _outcome(longer, series, others, times.known_at or date.max)
        if isinstance(outcome, Refusal):
            refused.append(outcome)
        if wanted == "latest":
            rows += [_row(outcome, sources)] if isinstance(outcome, _Quarter) else []
        elif wanted == "all":
            rows += _through_time(longer, series, others, sources)
        elif outcome is not None:  # not reported to this day
            rows += map(without_days, _through_time(longer, series, others, sources)[:1])
    return rows, refused


def _unit(track: _Track) -> str:
    return track.point.statements[0].quantity.unit


def _outcome(
    longer: Sequence[_Track], series: _Tracks, others: _Tracks, day: date
) -> _Quarter | Refusal | None:
    """The last quarter of periods that end together, on a day; None where it is reported, or nothing is said of it.

    The first that leaves the quarter has it; a refusal stands where none does.
    """
    found = [_last_quarter(one, series, others, day) for one in longer]
    quarters = [one for one in found if isinstance(one, _Quarter)]
    refusals = [one for one in found if isinstance(one, Refusal)]
    return next(iter([*quarters, *refusals]), None)


def _last_quarter(longer: _Track, series: _Tracks, others: _Tracks, day: date) -> _Quarter | Refusal | None:
    whole = longer.on(day)
    if whole is None:
        return None
    parts = _known(series.shorter(longer.period), day)
    first = parts[0].point.period.last + timedelta(days=1) if parts else longer.period.last - _USUAL
    quarter = Period(start=first, end=longer.period.last)
    if _known(series.reported(quarter), day):
        return None
    if parts:
        return _difference(quarter, whole, parts[0], series)
    return _missing(longer, whole, series, others, day)


def _known(tracks: Iterable[_Track], day: date) -> list[State]:
    return [state for track in tracks if (state := track.on(day)) is not None]


def _difference(quarter: Period, whole: State, part: State, series: _Tracks) -> _Quarter | Refusal:
    if not same_vintage(whole, part):
        late, early = (whole, part) if _overtaken(whole, part) else (part, whole)
        return _refusal(
            "vintage",
            f"{_told(late)} was restated on {late.since}; {_told(early)} was last stated on {early.stated}",
            whole,
            part,
        )
    minuend, subtrahend = whole.statement.quantity, part.statement.quantity
    for state, quantity in ((whole, minuend), (part, subtrahend)):
        if quantity.value is None or quantity.bound != "exact":
            return _refusal("accuracy", f"{_told(state)} is not one number", whole, part)
    if minuend.unit == SHARES and (leap := series.split(whole.stated, part.stated)) is not None:
        detail = f"shares were counted anew between the filings of {_told(part)} and {_told(whole)}, by {leap.after}"
        return _refusal("vintage", detail, whole, part)
    value = ARITHMETIC.subtract(Decimal(minuend.value or 0), Decimal(subtrahend.value or 0))
    text = normal(f"{value:f}")
    if not re.fullmatch(DECIMAL_PATTERN, text):
        return _refusal("accuracy", "the difference has more digits than a quantity can", whole, part)
    accuracies = [q.decimals for q in (minuend, subtrahend) if q.decimals is not None]
    quantity = Quantity(unit=minuend.unit, value=text, decimals=min(accuracies, default=None))
    return _Quarter(quarter, quantity, (whole, part))


def _missing(longer: _Track, whole: State, series: _Tracks, others: _Tracks, day: date) -> Refusal | None:
    """Why there is nothing to take off; None where the period is not told in parts at all."""
    for part in _known(series.slipped(longer.period), day):
        detail = f"{_told(whole)} and {_told(part)} do not start on the same day"
        return _refusal("start", detail, whole, part)
    for part in _known(others.shorter(longer.period), day):
        detail = f"{_told(part)} is stated in {part.statement.quantity.unit} alone"
        return _refusal("unit", detail, whole, part)
    if _known(series.parts(longer.period), day):
        detail = f"no shorter period that leaves a quarter of {_told(whole)} is stated in this series"
        return _refusal("concept", detail, whole)
    return None


def _refusal(reason: RefusalReason, detail: str, *operands: State) -> Refusal:
    return Refusal(
        period=operands[0].point.period,
        reason=reason,
        detail=detail,
        operands=[operand.point.fact for operand in operands],
    )


def _told(state: State) -> str:
    period = state.point.period
    return f"{period.first} to {period.last}"


def _through_time(
    longer: Sequence[_Track], series: _Tracks, others: _Tracks, sources: Mapping[int, ShortSource]
) -> list[SeriesRow]:
    """The values of a last quarter with the days that it could be derived and was not reported."""
    end = longer[0].period.last
    shorter = [track for one in longer for track in series.shorter(one.period)]
    firsts = {end - _USUAL, *(track.period.last + timedelta(days=1) for track in shorter)}
    reported = [track for first in firsts for track in series.reported(Period(start=first, end=end))]
    days = sorted({day for track in (*longer, *shorter, *reported) for day in track.days})
    runs: list[tuple[date, date | None, _Quarter]] = []
    before: _Quarter | None = None
    for day in days:
        outcome = _outcome(longer, series, others, day)
        now = outcome if isinstance(outcome, _Quarter) else None
        if before is not None and now is not None and _alike(before, now):
            continue
        if before is not None:
            start, _, held = runs[-1]
            runs[-1] = (start, day - timedelta(days=1), held)
        if now is not None:
            runs.append((day, None, now))
        before = now
    return [_row(quarter, sources, days=(start, end)) for start, end, quarter in runs]


def _alike(one: _Quarter, other: _Quarter) -> bool:
    return one.period == other.period and same(one.quantity, other.quantity)


def _row(
    quarter: _Quarter, sources: Mapping[int, ShortSource], days: tuple[date, date | None] | None = None
) -> SeriesRow:
    return SeriesRow(
        fact=None,
        version=None,
        period=quarter.period,
        frame=quarter.period.frame,
        quantity=quarter.quantity,
        known_at=max(operand.stated for operand in quarter.operands),
        status="derived",
        evidence=None,
        source=None,
        realtime_start=UNSET if days is None else days[0],
        realtime_end=UNSET if days is None else days[1],
        versions=UNSET if days is None else [],
        derived=Derivation(operands=[_operand(operand, sources) for operand in quarter.operands]),
    )


def _operand(state: State, sources: Mapping[int, ShortSource]) -> Operand:
    statement = state.statement
    return Operand(
        fact=state.point.fact,
        version=statement.version,
        period=state.point.period,
        quantity=statement.quantity,
        known_at=statement.known_at,
        source=sources[statement.source],
    )
