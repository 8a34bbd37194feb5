"""Derives quarters that were not reported: the last quarter of a year, or of a year to date.

A longer period minus a shorter one with the same start is its last quarter: a year minus nine months is the fourth,
nine months minus six the third, six minus three the second. Both must be facts of one series with the same first
day and of one vintage (`same_vintage`): filings restate earlier periods, and old and new values must not be mixed. For
the same reason no stock split may lie between two counts of shares; splits are found in the number of all shares and
in restated periods. What does not fit is refused with a reason, and so are series that do not add up over time
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
    StatedVersion,
    Vintages,
    same,
    vintages,
    without_days,
)

_QUARTER = range(61, 122)  # days
# days of half a year, nine months and a year
_LONGER = (range(152, 214), range(243, 305), range(335, 396))
_SLIPPED = timedelta(days=31)  # starts that differ by at most this are probably one that was written wrong
_SPLIT = Decimal("1.4")  # least factor; the smallest usual split, three for two, is 1.5
SHARES = "shares"
OUTSTANDING = "dei:EntityCommonStockSharesOutstanding"  # number of all shares, on the cover of a filing
_USUAL = timedelta(days=90)  # from the first day of a quarter to its last


class DatedValue(NamedTuple):
    """The statement of a fact that answers on a day, with the history of its value."""

    point: Point
    statement: StatedVersion
    since: date  # first day of the value
    restated: bool  # whether another value stood before

    @property
    def stated(self) -> date:
        """The last day on which the value was stated."""
        return self.statement.known_at


def same_vintage(one: DatedValue, other: DatedValue) -> bool:
    """Whether two values may be subtracted.

    They may if neither was restated after the other was last stated; or if both were restated, and stated so in the
    same year of reporting, counted from the end of each period.
    """
    if not (_overtaken(one, other) or _overtaken(other, one)):
        return True
    return (
        one.restated
        and other.restated
        and _age(one, one.since) <= _age(other, other.stated)
        and _age(other, other.since) <= _age(one, one.stated)
    )


def _overtaken(one: DatedValue, other: DatedValue) -> bool:
    return one.restated and one.since > other.stated


def _age(one: DatedValue, day: date) -> int:
    return (day - one.point.period.last).days // 365


class Split(NamedTuple):
    """A stock split: the last day of old counts, and the first day of new ones."""

    before: date
    after: date


def splits(outstanding: Iterable[Point]) -> list[Split]:
    """Stock splits, found where the number of all shares is multiplied from one filing to the next."""
    stated = sorted(
        ((s.known_at, point.period.last, s.quantity) for point in outstanding for s in point.statements),
        key=lambda one: one[:2],
    )
    return [
        Split(early, late) for (early, _, one), (late, _, other) in pairwise(stated) if _is_split(one, other)
    ]


def _is_split(earlier: Quantity, later: Quantity) -> bool:
    before, after = Decimal(earlier.value or 0), Decimal(later.value or 0)
    return bool(before and after) and not 1 / _SPLIT < abs(after / before) < _SPLIT


class _Track:
    """The answers of a fact by day."""

    def __init__(self, point: Point, times: Times) -> None:
        self.point = point
        self.period = point.period
        values = vintages(point.statements, times)
        self._states = [
            DatedValue(point, statement, vintage.start, restated=place > 0)
            for place, vintage in enumerate(values)
            for statement in vintage.statements
        ]
        self.splits = [
            Split(later.start - timedelta(days=1), later.start)
            for earlier, later in pairwise(values)
            if _is_split(earlier.statements[-1].quantity, later.statements[0].quantity)
        ]
        self.days = [state.stated for state in self._states]

    def on(self, day: date) -> DatedValue | None:
        """The statement that answered on a day; None if none did."""
        place = bisect_right(self.days, day)
        return self._states[place - 1] if place else None


class _Tracks:
    """The durations of a series, indexed by start and by end."""

    def __init__(self, points: Iterable[Point], times: Times, splits: Iterable[Split] = ()) -> None:
        tracks = [_Track(point, times) for point in points if point.period.instant is None]
        tracks = sorted((t for t in tracks if t.days), key=lambda t: (t.period.last, t.period.first))
        self.longer = [track for track in tracks if any(track.period.days in days for days in _LONGER)]
        self._quarters = [track for track in tracks if track.period.days in _QUARTER]
        self._ends = [track.period.last for track in self._quarters]
        self._by_start: dict[date, list[_Track]] = {}
        for track in tracks:
            self._by_start.setdefault(track.period.first, []).append(track)
        self._starts = sorted(self._by_start)
        self._splits = sorted({*splits, *(split for track in tracks for split in track.splits)})

    def split(self, one: date, other: date) -> Split | None:
        """The first stock split between two days of filing; None if there was none."""
        low, high = min(one, other), max(one, other)
        return next((split for split in self._splits if low < split.after and split.before < high), None)

    def reported(self, quarter: Period) -> list[_Track]:
        """Reported quarters that share more than half of the days of this one."""
        half = timedelta(days=quarter.days // 2 + 1)
        low, high = (
            bisect_left(self._ends, quarter.last - half),
            bisect_right(self._ends, quarter.last + half * 2),
        )
        return [t for t in self._quarters[low:high] if _shared(t.period, quarter) * 2 > quarter.days]

    def shorter(self, longer: Period) -> list[_Track]:
        """Periods with the start of a longer one that leave a quarter of it; those that leave about 91 days first."""
        found = [t for t in self._by_start.get(longer.first, ()) if _leaves_quarter(longer, t.period)]
        return sorted(found, key=lambda t: abs((longer.last - t.period.last).days - 91))

    def slipped(self, longer: Period) -> list[_Track]:
        """Periods that would leave a quarter of a longer one, but start on another day."""
        return [
            track
            for track in self._started(longer.first - _SLIPPED, longer.first + _SLIPPED)
            if track.period.first != longer.first and _leaves_quarter(longer, track.period)
        ]

    def parts(self, longer: Period) -> list[_Track]:
        """Periods within a longer one."""
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
    operands: tuple[DatedValue, DatedValue]


def derive(
    subject: str,
    points: Sequence[Point],
    elsewhere: Sequence[Point],
    wanted: Vintages,
    times: Times,
    sources: Mapping[int, ShortSource],
    splits: Iterable[Split] = (),
) -> tuple[list[SeriesRow], list[Refusal]]:
    """Rows of quarters that were not reported, and refusals for those that cannot be derived.

    `points` are the facts of the series, `elsewhere` the facts of series that differ by their unit alone, `splits` the
    company's stock splits, needed if the unit is shares.
    """
    series, others = _Tracks(points, times, splits), _Tracks(elsewhere, times)
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
    """The last quarter of periods with one end, as of a day; None if it is reported, or nothing is known of it.

    The first period from which it can be derived is used; if there is none, the first refusal.
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


def _known(tracks: Iterable[_Track], day: date) -> list[DatedValue]:
    return [state for track in tracks if (state := track.on(day)) is not None]


def _difference(quarter: Period, whole: DatedValue, part: DatedValue, series: _Tracks) -> _Quarter | Refusal:
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
    if minuend.unit == SHARES and (split := series.split(whole.stated, part.stated)) is not None:
        detail = f"a stock split lies between the filings of {_told(part)} and {_told(whole)}: new counts from {split.after}"
        return _refusal("vintage", detail, whole, part)
    value = ARITHMETIC.subtract(Decimal(minuend.value or 0), Decimal(subtrahend.value or 0))
    text = normal(f"{value:f}")
    if not re.fullmatch(DECIMAL_PATTERN, text):
        return _refusal("accuracy", "the difference has more digits than a quantity can", whole, part)
    accuracies = [q.decimals for q in (minuend, subtrahend) if q.decimals is not None]
    quantity = Quantity(unit=minuend.unit, value=text, decimals=min(accuracies, default=None))
    return _Quarter(quarter, quantity, (whole, part))


def _missing(
    longer: _Track, whole: DatedValue, series: _Tracks, others: _Tracks, day: date
) -> Refusal | None:
    """The refusal for a period without a shorter one to subtract; None if no part of it is stated at all."""
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


def _refusal(reason: RefusalReason, detail: str, *operands: DatedValue) -> Refusal:
    return Refusal(
        period=operands[0].point.period,
        reason=reason,
        detail=detail,
        operands=[operand.statement.fact or operand.point.fact for operand in operands],
    )


def _told(state: DatedValue) -> str:
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


def _operand(state: DatedValue, sources: Mapping[int, ShortSource]) -> Operand:
    statement = state.statement
    return Operand(
        fact=statement.fact or state.point.fact,
        version=statement.version,
        period=state.point.period,
        quantity=statement.quantity,
        known_at=statement.known_at,
        source=sources[statement.source],
    )
