"""Positions of the lines, bars and labels of charts; the templates draw them as SVG."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from service.core.quantities import Quantity
from service.core.rectangles import Rectangle


class Tick(NamedTuple):
    """A line of the grid, with its label."""

    at: float
    label: str


class Spot(NamedTuple):
    """A point of a chart."""

    x: float
    y: float
    label: str
    to: str = ""
    marked: bool = False  # hatched or highlighted


class Chart(NamedTuple):
    """A chart of points over days: a line with steps or without, or bars."""

    width: int
    height: int
    path: str
    points: list[Spot]
    xs: list[Tick]
    ys: list[Tick]


class Bar(NamedTuple):
    """A bar from left to right, in percent of the widest."""

    label: str
    to: str
    percent: float
    negative: bool
    marked: bool


_WIDTH, _HEIGHT = 720, 240
_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 16, 12, 26


def number(quantity: Quantity) -> float:
    """The number of a quantity that a chart shows; the middle of a span."""
    if quantity.value is not None:
        return float(quantity.value)
    return (float(quantity.low or 0) + float(quantity.high or 0)) / 2


def sparkline(values: Sequence[float], width: int = 120, height: int = 28) -> str:
    """The points of a small line without axes; empty for fewer than two values."""
    if len(values) < 2:
        return ""
    low, high = min(values), max(values)
    spread = (high - low) or 1.0
    step = (width - 6) / (len(values) - 1)
    return " ".join(
        f"{3 + place * step:.1f},{height - 4 - (value - low) / spread * (height - 8):.1f}"
        for place, value in enumerate(values)
    )


class ChartValue(NamedTuple):
    """A value from a day on."""

    day: date
    value: float
    label: str
    to: str = ""
    marked: bool = False


def over_days(
    series: Sequence[ChartValue], *, steps: bool = False, beside: Sequence[ChartValue] = ()
) -> tuple[Chart, list[Spot]] | None:
    """A chart of values over days, and the places of other values `beside` them. With `steps`, each holds until the next.

    None for no values.
    """
    if not series:
        return None
    first, last = series[0].day.toordinal(), series[-1].day.toordinal()
    low, high, ys = _scale([one.value for one in (*series, *beside)])
    inner, tall = _WIDTH - _LEFT - _RIGHT, _HEIGHT - _TOP - _BOTTOM

    def x(ordinal: int) -> float:
        return _LEFT + (inner * (ordinal - first) / (last - first) if last > first else inner / 2)

    def y(value: float) -> float:
        return _TOP + tall * (high - value) / (high - low)

    def spot(one: ChartValue) -> Spot:
        return Spot(round(x(one.day.toordinal()), 1), round(y(one.value), 1), one.label, one.to, one.marked)

    points = [spot(one) for one in series]
    line = [
        f"H{p.x}V{p.y}" if steps and n else f"{'L' if n else 'M'}{p.x} {p.y}" for n, p in enumerate(points)
    ]
    ticks = [Tick(round(y(value), 1), label) for value, label in ys]
    return Chart(_WIDTH, _HEIGHT, "".join(line), points, _days(first, last, x), ticks), [
        spot(one) for one in beside
    ]


def scatter(points: Sequence[tuple[float, float, str, str, bool]]) -> Chart | None:
    """A chart of (x, y, label, address, marked); None for fewer than two points."""
    if len(points) < 2:
        return None
    left, right, xs = _scale([one[0] for one in points])
    low, high, ys = _scale([one[1] for one in points])
    inner, tall = _WIDTH - _LEFT - _RIGHT, _HEIGHT - _TOP - _BOTTOM

    def x(value: float) -> float:
        return round(_LEFT + inner * (value - left) / (right - left), 1)

    def y(value: float) -> float:
        return round(_TOP + tall * (high - value) / (high - low), 1)

    spots = [Spot(x(one), y(other), label, to, marked) for one, other, label, to, marked in points]
    return Chart(
        _WIDTH,
        _HEIGHT,
        "",
        spots,
        [Tick(x(v), label) for v, label in xs],
        [Tick(y(v), label) for v, label in ys],
    )


class HistogramBar(NamedTuple):
    """A column of a histogram, in percent of the height."""

    x: float
    width: float
    percent: float
    label: str


def histogram(values: Sequence[float]) -> list[HistogramBar]:
    """How many values lie in each of up to twelve equal ranges; empty for fewer than eight values."""
    if len(values) < 8 or min(values) == max(values):
        return []
    count = min(12, len(values) // 2)
    low, step = min(values), (max(values) - min(values)) / count
    held = [0] * count
    for value in values:
        held[min(count - 1, int((value - low) / step))] += 1
    return [
        HistogramBar(
            round(place * 100 / count + 0.4, 2), round(100 / count - 0.8, 2), round(number / max(held) * 100, 2),
            f"{_axis(low + place * step)} to {_axis(low + (place + 1) * step)}: {number}",
        )
        for place, number in enumerate(held)
    ]  # fmt: skip


def _days(first: int, last: int, x: Callable[[int], float]) -> list[Tick]:
    start, end = date.fromordinal(first), date.fromordinal(last)
    if end.year - start.year >= 2:
        every = max(1, (end.year - start.year) // 6)
        days = [date(year, 1, 1) for year in range(start.year + 1, end.year + 1, every)]
        return [Tick(round(x(one.toordinal()), 1), str(one.year)) for one in days]
    days = [start] if start == end else [start, end]
    return [Tick(round(x(one.toordinal()), 1), one.isoformat()) for one in days]


def _scale(values: Sequence[float]) -> tuple[float, float, list[tuple[float, str]]]:
    """The lowest and highest value of an axis, and round values on it with their labels."""
    low, high = min(values), max(values)
    if low > 0 and low < high * 0.6:
        low = 0.0
    if low == high:
        low, high = (low - abs(low) * 0.1, high + abs(high) * 0.1) if low else (-1.0, 1.0)
    raw = (high - low) / 4
    power = 10.0 ** (len(f"{raw:.0f}") - 1 if raw >= 1 else -len(f"{1 / raw:.0f}"))
    step = next(power * factor for factor in (1, 2, 2.5, 5, 10, 20) if power * factor >= raw)
    at, ticks = step * (low // step), list[tuple[float, str]]()
    bottom = at
    while at < high + step * 0.999:
        ticks.append((at, _axis(at)))
        at += step
    return bottom, ticks[-1][0], ticks


def _axis(value: float) -> str:
    for power, letter in ((12, "T"), (9, "B"), (6, "M"), (3, "k")):
        if abs(value) >= 10**power:
            return f"{Decimal(str(round(value / 10**power, 2))).normalize():f}{letter}".replace("-", "−")
    return f"{Decimal(str(round(value, 4))).normalize():f}".replace("-", "−")


class PicturedRectangle(NamedTuple):
    """Where one version answers."""

    x: float
    y: float
    width: float
    height: float
    version: int
    is_retracted: bool
    known_from: date
    position_from: int


class Tiling(NamedTuple):
    """Which version answers on which day, from left to right, and at which position of the log, from top to bottom.

    Each day and each position on which an answer changes begins a column or row; all are equally wide and high.
    """

    width: int
    height: int
    tiles: list[PicturedRectangle]
    days: list[Tick]
    positions: list[Tick]


_ROW, _MOST_LINES = 32, 24


def tiling(rectangles: Sequence[Rectangle]) -> Tiling | None:
    """A picture of the rectangles of a fact; None for a single one, and for more rows or columns than can be read."""
    days = sorted({one.known_from for one in rectangles})
    positions = sorted({one.position_from for one in rectangles})
    if len(rectangles) < 2 or max(len(days), len(positions)) > _MOST_LINES:
        return None
    column = (_WIDTH - _LEFT - _RIGHT) / len(days)

    def tile(one: Rectangle) -> PicturedRectangle:
        left, top = bisect_left(days, one.known_from), bisect_left(positions, one.position_from)
        right = len(days) if one.known_to is None else bisect_right(days, one.known_to)
        bottom = len(positions) if one.position_to is None else bisect_right(positions, one.position_to)
        return PicturedRectangle(
            round(_LEFT + left * column, 1), _TOP + _ROW * (top + 1), round((right - left) * column, 1),
            _ROW * (bottom - top), one.version, one.status == "retracted", one.known_from, one.position_from,
        )  # fmt: skip

    return Tiling(
        _WIDTH,
        _TOP + _ROW * (len(positions) + 1),
        [tile(one) for one in rectangles],
        [Tick(round(_LEFT + place * column, 1), day.isoformat()) for place, day in enumerate(days)],
        [Tick(_TOP + _ROW * (place + 1), str(position)) for place, position in enumerate(positions)],
    )


def bars(rows: Sequence[tuple[str, str, float, bool]]) -> list[Bar]:
    """Bars of (label, address, value, marked), in percent of the widest."""
    widest = max((abs(value) for _, _, value, _ in rows), default=0.0) or 1.0
    return [
        Bar(label, to, round(abs(value) / widest * 100, 2), value < 0, marked)
        for label, to, value, marked in rows
    ]
