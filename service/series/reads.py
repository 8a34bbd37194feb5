"""Reads of series (one subject of a company over periods) and frames (one subject and period over companies)."""

from collections.abc import Sequence
from contextlib import nullcontext
from datetime import date
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

import msgspec
from msgspec import Struct

from service.core.errors import Ambiguous, NotFound
from service.core.facts import Basis
from service.core.history import Times
from service.core.identity import slot_key
from service.core.kinds import MEASURED, Comparison, Kind
from service.core.lookup import SEVERAL_SERIES, Choice, Lookup, narrowed
from service.core.periods import Frequency, Period, parse_period
from service.core.quantities import Quantity, normal
from service.operations import lookup
from service.operations.registry import slug_of
from service.operations.times import resolved_first
from service.postgres.database import Database, Reads, Session
from service.series import store as stored
from service.series.quarters import OUTSTANDING, SHARES, Split, derive, splits
from service.series.rows import (
    FrameOrder,
    FramePlace,
    Page,
    Place,
    Point,
    Refusal,
    SeriesHead,
    Span,
    Vintages,
    place_of,
    rows,
    vintages,
)
from service.series.store import AskedFrame, AskedRows, AskedSeries, Rows, Stated
from service.store import log

_encoder = msgspec.json.Encoder()


class SeriesQuery(NamedTuple):
    """A question for one series."""

    company: str  # slug, or scheme:value
    subject: str
    dimensions: dict[str, str]
    kind: Kind | None = None
    basis: Basis | None = None
    unit: str | None = None
    comparison: Comparison | str | None = None  # `none`: no comparison
    frequency: Frequency | None = None
    span: Span = Span()
    vintages: Vintages = "latest"
    derive: bool = False


class Series(NamedTuple):
    """A page of a series: its rows in JSON, where the next page starts, and the position it was given at."""

    head: SeriesHead
    slot: int
    items: list[str]
    refused: list[Refusal]
    after: Place | None
    position: int


async def series(database: Database, query: SeriesQuery, times: Times, page: Page) -> Series:
    """The rows of the one series that fits, in order of period.

    Raises NotFound where there is none, Ambiguous where more than one fits, Invalid for times beyond the log.
    """
    alone = ":" not in query.company and times.recorded_at is None
    plain = query.vintages == "latest" and not query.derive
    # an identifier may come to name another company between two statements: a snapshot prevents that
    async with nullcontext(database) if alone and plain else database.snapshot() as still:
        times = await resolved_first(still, times)
        slug = await slug_of(still, query.company, times, parameter="company")
        wanted = AskedSeries(
            slug, query.subject, MEASURED if query.kind is None else (query.kind,), query.dimensions, query.basis,
            query.unit, query.comparison, query.frequency, query.span,
        )  # fmt: skip
        if plain:
            return await _current(still, query, wanted, times, page)
        async with still.session() as session:
            return await _vintages(session, query, wanted, times, page)


async def _nothing(session: Session, query: SeriesQuery, wanted: AskedSeries, times: Times) -> NotFound:
    kind = query.kind or "metric"
    asked = Lookup(wanted.company, kind, query.subject, query.dimensions, query.basis, query.unit)
    return await lookup.nothing(session, asked, times)


# -- rows composed by the database ---------------------------------------------------------------


class _Candidate(NamedTuple):
    """A series that fits, in the form that `narrowed` takes."""

    dimensions: dict[str, str]
    basis: Basis
    place: int


class _Newest(Struct):
    """The members of a row that cursors and ambiguous answers need."""

    fact: UUID
    period: Period


_newest = msgspec.json.Decoder(_Newest)


async def _current(
    database: Reads, query: SeriesQuery, wanted: AskedSeries, times: Times, page: Page
) -> Series:
    rows = AskedRows(wanted, times, Page(page.descending, page.limit + 1, page.after, page.slot))
    found = await database.together(stored.series, rows)
    times = times.answered_at(found.head)
    if not found.series:
        return await _empty(database, query, wanted, times)
    chosen = _chosen(query, found.series, page)
    shown = min(page.limit, len(chosen.points))
    points, cited = chosen.points[:shown], chosen.cited[:shown]
    sources = await stored.rendered_sources(database, cited)
    items = [f'{{{p},"source":{sources[s]}}}' for p, s in zip(points, cited, strict=True)]
    after = _place(points[-1]) if len(chosen.points) > shown else None
    return Series(chosen.head, chosen.slot, items, [], after, times.position)


def _chosen(query: SeriesQuery, found: Sequence[Rows], page: Page) -> Rows:
    if len(found) == 1:
        return found[0]
    candidates = [_Candidate(one.head.dimensions, one.head.basis, place) for place, one in enumerate(found)]
    left = [found[c.place] for c in narrowed(candidates, query.dimensions, query.basis)]
    if len(left) == 1:
        return left[0]
    newest = [_newest.decode(f"{{{one.points[0 if page.descending else -1]}}}") for one in left]
    raise _ambiguous([(one.head, new.fact, new.period) for one, new in zip(left, newest, strict=True)])


def _ambiguous(left: Sequence[tuple[SeriesHead, UUID, Period]]) -> Ambiguous:
    choices = [
        Choice(
            id=fact, dimensions=head.dimensions, basis=head.basis, unit=head.unit, comparison=head.comparison,
            period=period,
        )
        for head, fact, period in left[:50]
    ]  # fmt: skip
    return Ambiguous(SEVERAL_SERIES, candidates=choices)


def _place(point: str) -> Place:
    newest = _newest.decode(f"{{{point}}}")
    return Place(newest.period.last, newest.period.first, newest.fact, date.min)


async def _empty(database: Reads, query: SeriesQuery, wanted: AskedSeries, times: Times) -> Series:
    """The page of a series that has rows, but none for the periods asked for. Raises NotFound if it has no rows."""
    page = Page(descending=True, limit=1)
    rows = AskedRows(wanted._replace(frequency=None, span=Span()), times, page)
    found = await database.together(stored.series, rows)
    if not found.series:
        async with database.session() as session:
            raise await _nothing(session, query, wanted, times)
    chosen = _chosen(query, found.series, page)
    return Series(chosen.head, chosen.slot, [], [], None, times.position)


# -- vintages and derived quarters, composed in Python -------------------------------------------


async def _vintages(
    session: Session, query: SeriesQuery, wanted: AskedSeries, times: Times, page: Page
) -> Series:
    times = times.answered_at(await log.head_position(session))
    found = await stored.statements(session, wanted, times, page.slot)
    chosen = _meant(query, found, times)
    if chosen is None:
        raise await _nothing(session, query, wanted, times)
    elsewhere = (
        [p for one in found if _is_other_unit(one, chosen) for p in one.points] if query.derive else []
    )
    keys = {s.source for point in (*chosen.points, *elsewhere) for s in point.statements}
    sources = await stored.short_sources(session, keys)
    items = [row for point in chosen.points for row in rows(point, query.vintages, times, sources)]
    refused: list[Refusal] = []
    if query.derive and query.frequency in {None, "quarterly"}:
        found_splits = await _splits(session, wanted, times) if chosen.head.unit == SHARES else []
        derived, refused = derive(
            query.subject, chosen.points, elsewhere, query.vintages, times, sources, found_splits
        )
        items += derived
    kept = [row for row in items if _fits(query, row.period) and _in_unit(query, row.quantity)]
    kept.sort(key=place_of, reverse=page.descending)
    if page.after is not None:
        after = page.after
        kept = [r for r in kept if (place_of(r) < after if page.descending else place_of(r) > after)]
    shown = kept[: page.limit]
    return Series(
        chosen.head,
        chosen.slot,
        [_encoder.encode(row).decode() for row in shown],
        [refusal for refusal in refused if refusal.period is None or query.span.holds(refusal.period)],
        place_of(shown[-1]) if len(kept) > len(shown) else None,
        times.position,
    )


async def _splits(session: Session, wanted: AskedSeries, times: Times) -> list[Split]:
    """The company's stock splits, by what was public and recorded at these times."""
    all_shares = AskedSeries(wanted.company, OUTSTANDING, ("metric",), {})
    found = await stored.statements(session, all_shares, times, None)
    return [split for one in found for split in splits(one.points)]


def _fits(query: SeriesQuery, period: Period) -> bool:
    return (query.frequency is None or period.frequency == query.frequency) and query.span.holds(period)


def _in_unit(query: SeriesQuery, quantity: Quantity) -> bool:
    return query.unit is None or quantity.unit == query.unit


def _is_other_unit(one: Stated, chosen: Stated) -> bool:
    return one.head.unit != chosen.head.unit and msgspec.structs.replace(one.head, unit=None) == (
        msgspec.structs.replace(chosen.head, unit=None)
    )


def _meant(query: SeriesQuery, found: Sequence[Stated], times: Times) -> Stated | None:
    """The series that the query means: among those with values in the periods asked for, else among all with values.

    None if there is none. Raises Ambiguous if more than one is left.
    """
    saying = {
        place: [
            point
            for point in one.points
            if (told := vintages(point.statements, times))
            and _in_unit(query, told[-1].statements[-1].quantity)
        ]
        for place, one in enumerate(found)
    }
    fitting = [place for place, points in saying.items() if any(_fits(query, p.period) for p in points)]
    fitting = fitting or [place for place, points in saying.items() if points]
    candidates = [
        _Candidate(found[place].head.dimensions, found[place].head.basis, place) for place in fitting
    ]
    left = narrowed(candidates, query.dimensions, query.basis)
    if len(left) > 1:
        newest = [(found[c.place].head, max(saying[c.place], key=_recency)) for c in left]
        raise _ambiguous([(head, point.fact, point.period) for head, point in newest])
    return found[left[0].place] if left else None


def _recency(point: Point) -> tuple[date, date]:
    return point.period.last, point.period.first


# -- frames --------------------------------------------------------------------------------------


class FrameQuery(NamedTuple):
    """A question for one frame."""

    kind: Kind
    subject: str
    unit: str
    dimensions: dict[str, str]
    basis: Basis
    comparison: Comparison | None
    frame: str
    order: FrameOrder = "company"
    rank: bool = False
    share: bool = False


class Frame(NamedTuple):
    """A page of a frame: its rows in JSON, where the next page starts, and the position it was given at."""

    items: list[str]
    after: FramePlace | None
    position: int


async def frame(
    database: Database, query: FrameQuery, times: Times, after: FramePlace | None, limit: int
) -> Frame:
    """One subject in one calendar frame: a row for each company. Raises Invalid for times beyond the log."""
    calendar = parse_period(query.frame.removesuffix("I")).period
    metric = query.kind == "metric"
    wanted = AskedFrame(
        slot=slot_key(
            kind=query.kind,
            subject=query.subject,
            dimensions=query.dimensions,
            basis=query.basis,
            unit=query.unit if metric else None,
            comparison=query.comparison if metric else None,
        ),
        frame=query.frame,
        unit=query.unit,
        first=calendar.first,
        last=calendar.last,
        order=query.order,
        ranked=query.rank or query.share,
    )
    times = await resolved_first(database, times)
    async with database.session() as session:
        found, head = await stored.frame(session, wanted, times, after, limit + 1)
    times = times.answered_at(head)
    shown = found[:limit]
    sources = await stored.rendered_sources(database, [row.cited for row in shown])
    items = [_frame_row(query, row, sources[row.cited]) for row in shown]
    last = shown[-1] if len(found) > limit else None
    return Frame(
        items, None if last is None else FramePlace(last.company, last.number or Decimal(0)), times.position
    )


def _frame_row(query: FrameQuery, row: stored.FrameRow, source: str) -> str:
    more = ""
    if query.rank:
        more += f',"rank":{row.rank}'
    if query.share:
        share = None if row.share is None else Quantity(unit="percent", value=normal(f"{row.share:f}"))
        more += f',"share":{_encoder.encode(share).decode()}'
    return f'{{"company":"{row.company}",{row.point},"source":{source}{more}}}'
