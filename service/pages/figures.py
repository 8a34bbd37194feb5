"""The pages of a series and of a frame."""

from collections.abc import Mapping, Sequence
from datetime import date
from statistics import median
from typing import NamedTuple

import msgspec
from msgspec import Struct

from service.core.citations import Verdict
from service.core.errors import Ambiguous
from service.core.facts import Basis
from service.core.kinds import Comparison, Kind
from service.core.lookup import Choice
from service.core.periods import Period
from service.core.quantities import Quantity
from service.pages import charts, words
from service.pages.asking import Pairs, ask, names, pinned, query_text
from service.pages.charts import Chart, ChartValue
from service.pages.rendering import PageHead, following, reply
from service.web import tables
from service.web.call import Call
from service.web.negotiating import names_html
from service.web.replies import Reply

_ROWS = 400


class _Source(Struct):
    id: str
    title: str


class _Operand(Struct):
    fact: str
    period: Period
    quantity: Quantity


class _Derivation(Struct):
    operands: list[_Operand]


class SeriesLine(Struct):
    """A row of a series: a period, or one vintage of it."""

    fact: str | None
    version: int | None
    period: Period
    quantity: Quantity
    known_at: date
    status: str
    evidence: Verdict | None
    source: _Source | None
    realtime_start: date | None = None
    realtime_end: date | None = None
    derived: _Derivation | None = None


class _Series(Struct):
    company: str
    kind: Kind
    subject: str
    dimensions: dict[str, str]
    basis: Basis
    unit: str | None
    comparison: Comparison | None
    items: list[SeriesLine]
    next: str | None


_series = msgspec.json.Decoder(_Series)


class PeriodOfSeries(NamedTuple):
    """A period of a series with its vintages, the first one first."""

    rows: list[SeriesLine]

    @property
    def first(self) -> SeriesLine:
        """What was public first."""
        return self.rows[0]

    @property
    def latest(self) -> SeriesLine:
        """What stands."""
        return self.rows[-1]

    @property
    def is_revised(self) -> bool:
        """Whether the first value does not stand any more."""
        return charts.number(self.first.quantity) != charts.number(self.latest.quantity)


async def get_series(call: Call) -> Reply:
    """GET /series."""
    pairs = call.pairs()
    given = dict(pairs)
    if not given.get("company") or not given.get("subject"):
        page = PageHead("A series", "One subject of one company over its periods.")
        return reply(call, "series.html", page, series=None, given=given)
    asked = pairs if "vintages" in given else [*pairs, ("vintages", "all")]
    defaults = {"limit": str(_ROWS), "sort": "-period"}
    asked = [*asked, *((name, value) for name, value in defaults.items() if name not in given)]
    try:
        found = await ask(call, "getSeries", query=asked)
    except Ambiguous as error:
        if not names_html(call.header(b"accept")):
            raise
        return _choices(call, pairs, error)
    series = _series.decode(found.body)
    periods = _periods(series.items)
    frequency, charted = _charted(periods)
    company_names = await names(call, [series.company])
    name = words.company(series.company, company_names)
    subject = words.subject(series.subject)
    plain = [(n, value) for n, value in pairs if n not in {"cursor", "limit"}]
    same = [(n, value) for n, value in pairs if n != "cursor"]
    return reply(
        call,
        "series.html",
        PageHead(
            f"{name}, {subject} over time",
            f"{subject} of {name}: every period, with what was public first and what stands.",
            found.request,
            pinned("/series", same, found.position),
        ),
        series=series,
        company_names=company_names,
        given=given,
        periods=periods,
        chart=_chart(charted),
        frequency=frequency,
        revised=sum(period.is_revised for period in periods),
        downloads=tables.downloads("/v1/series", query_text(plain)),
        frequencies=_frequencies(pairs),
        derive=[(n, value) for n, value in plain if n != "derive"],
        days=_days(series.items),
        next=following(call, pairs, series.next),
    )


def _choices(call: Call, pairs: Pairs, error: Ambiguous) -> Reply:
    """The page for a question that several series fit: one link for each."""
    kept = [(n, v) for n, v in pairs if n not in {"dimension", "basis", "unit", "comparison"}]
    choices = [
        (
            one,
            query_text([
                *kept, *(("dimension", f"{k}:{v}") for k, v in one.dimensions.items()), ("basis", one.basis),
                *([("unit", one.unit), ("comparison", one.comparison or "none")] if one.unit else []),
            ]),
        )
        for one in error.candidates
        if isinstance(one, Choice)
    ]  # fmt: skip
    page = PageHead("Which series?", error.detail)
    return reply(call, "choices.html", page, detail=error.detail, choices=choices)._replace(status=409)


def _periods(rows: Sequence[SeriesLine]) -> list[PeriodOfSeries]:
    found: dict[tuple[date, date], list[SeriesLine]] = {}
    for row in rows:
        found.setdefault((row.period.last, row.period.first), []).append(row)
    return [
        PeriodOfSeries(sorted(one, key=lambda row: row.realtime_start or row.known_at))
        for one in found.values()
    ]


def _charted(periods: Sequence[PeriodOfSeries]) -> tuple[str, list[PeriodOfSeries]]:
    """The periods of the frequency that the chart shows: years where there are several, else the commonest."""
    by: dict[str, list[PeriodOfSeries]] = {}
    for period in periods:
        by.setdefault(period.latest.period.frequency or "other", []).append(period)
    if not by:
        return "", []
    name = "annual" if len(by.get("annual", [])) > 2 else max(by, key=lambda one: len(by[one]))
    return name, sorted(by[name], key=lambda one: one.latest.period.last)


def _chart(periods: Sequence[PeriodOfSeries]) -> tuple[Chart, list[charts.Spot]] | None:
    """The latest values as a line, and the first values where they do not stand any more."""
    if len(periods) < 2:
        return None
    latest = [_value(one.latest) for one in periods]
    first = [_value(one.first) for one in periods if one.is_revised]
    return charts.over_days(latest, beside=first)


def _value(row: SeriesLine) -> ChartValue:
    figure = words.figure(row.quantity)
    label = f"{words.short_when(row.period)}: {figure.exact}, public since {row.known_at}"
    to = "" if row.fact is None else f"/facts/{row.fact}"
    return ChartValue(row.period.last, charts.number(row.quantity), label, to, row.status == "derived")


def _frequencies(pairs: Pairs) -> list[tuple[str, str, bool]]:
    """(label, query, whether it is chosen) of each frequency."""
    kept = [(n, v) for n, v in pairs if n not in {"frequency", "cursor"}]
    chosen = dict(pairs).get("frequency", "")
    return [
        (label, query_text([*kept, *([("frequency", name)] if name else [])]), chosen == name)
        for label, name in (
            ("Every period", ""),
            ("Years", "annual"),
            ("Quarters", "quarterly"),
            ("Days", "instant"),
        )
    ]


def _days(rows: Sequence[SeriesLine]) -> list[date]:
    """The days on which a value became public, the last one first."""
    return sorted({row.realtime_start or row.known_at for row in rows}, reverse=True)


class FrameLine(Struct):
    """A company in a frame."""

    company: str
    fact: str
    version: int
    period: Period
    quantity: Quantity
    known_at: date
    evidence: Verdict
    source: _Source
    rank: int | None = None
    share: Quantity | None = None


class _Frame(Struct):
    kind: Kind
    subject: str
    dimensions: dict[str, str]
    basis: Basis
    unit: str
    comparison: Comparison | None
    period: str
    items: list[FrameLine]
    next: str | None


_frame = msgspec.json.Decoder(_Frame)


async def get_frame(call: Call) -> Reply:
    """GET /frames."""
    pairs = call.pairs()
    given = dict(pairs)
    if not all(given.get(name) for name in ("subject", "unit", "period")):
        page = PageHead("Compare companies", "One subject in one calendar frame over all companies.")
        return reply(call, "frame.html", page, frame=None, given=given)
    defaults = {"with": "rank,share", "sort": "-value", "limit": "200"}
    asked = [*pairs, *((name, value) for name, value in defaults.items() if name not in given)]
    found = await ask(call, "getFrame", query=asked)
    frame = _frame.decode(found.body)
    values = [charts.number(row.quantity) for row in frame.items]
    other = None
    if given.get("against"):
        swapped = [(n, given["against"] if n == "subject" else v) for n, v in asked if n != "cursor"]
        other = _frame.decode((await ask(call, "getFrame", query=swapped)).body)
    company_names = await names(call, [row.company for row in frame.items])
    subject = words.subject(frame.subject)
    plain = [(n, v) for n, v in pairs if n not in {"cursor", "limit", "mark", "against"}]
    same = [(n, v) for n, v in pairs if n != "cursor"]
    return reply(
        call,
        "frame.html",
        PageHead(
            f"{subject}, {words.frame(frame.period)}: companies compared",
            f"{subject}, {words.frame(frame.period)}, over all companies, ranked.",
            found.request,
            pinned("/frames", same, found.position),
        ),
        frame=frame,
        company_names=company_names,
        given=given,
        mark=given.get("mark"),
        bars=charts.bars(
            [(row.company, row.fact, charts.number(row.quantity), False) for row in frame.items]
        ),
        middle=_middle(frame.items, values),
        histogram=charts.histogram(values),
        scatter=None
        if other is None
        else _scatter(frame.items, other.items, company_names, given.get("mark")),
        downloads=tables.downloads("/v1/frames", query_text(plain)),
        next=following(call, pairs, frame.next),
    )


def _middle(rows: Sequence[FrameLine], values: Sequence[float]) -> str | None:
    """The median of the page's values in words; None for fewer than three."""
    if len(values) < 3:
        return None
    number = f"{median(values):.6f}".rstrip("0").rstrip(".")
    return words.figure(Quantity(value=number, unit=rows[0].quantity.unit)).short


def _scatter(
    one: Sequence[FrameLine], other: Sequence[FrameLine], company_names: Mapping[str, str], mark: str | None
) -> charts.Chart | None:
    against = {row.company: row for row in other}
    points = [
        (
            charts.number(row.quantity),
            charts.number(against[row.company].quantity),
            (
                f"{words.company(row.company, company_names)}: {words.figure(row.quantity).short}, "
                f"{words.figure(against[row.company].quantity).short}"
            ),
            f"/companies/{row.company}",
            row.company == mark,
        )
        for row in one
        if row.company in against
    ]
    return charts.scatter(points)
