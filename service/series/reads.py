"""Reads of series (one subject of a company over periods) and frames (one subject and period over companies)."""

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from datetime import date
from decimal import Decimal
from typing import NamedTuple, Protocol, TypeVar
from uuid import UUID

import msgspec
from msgspec import Struct

from service.core.errors import Ambiguous, NotFound
from service.core.facts import Basis
from service.core.history import Times
from service.core.lookup import SEVERAL_SERIES, Choice, Lookup, narrowed
from service.core.periods import Period
from service.core.quantities import Quantity, normal
from service.operations import lookup
from service.operations.registry import slug_of
from service.operations.times import resolved_first
from service.postgres.database import Database, Reads, Session
from service.series import store as stored
from service.series.quarters import OUTSTANDING, SHARES, Split, derive, splits
from service.series.rows import (
    Bounds,
    FramePlace,
    FrameQuery,
    Point,
    Refusal,
    RowPlace,
    SeriesHead,
    SeriesQuery,
    SeriesRow,
    Slice,
    place_of,
    rows,
    vintages,
)
from service.series.store import AskedRows, Stated
from service.store import log

_encoder = msgspec.json.Encoder()


class HasRows(Protocol):
    """A series with rows, by what a choice between series needs."""

    @property
    def head(self) -> SeriesHead:
        """Its key."""
        ...

    @property
    def slot(self) -> int:
        """The hash of its key."""
        ...

    @property
    def points(self) -> list[str]:
        """The JSON of each row without its source and braces."""
        ...

    @property
    def cited(self) -> list[int]:
        """The key of each row's source."""
        ...


R = TypeVar("R", bound=HasRows)


class SeriesAnswer(NamedTuple):
    """A page of a series: its rows in JSON, where the next page starts, and the position it was given at."""

    head: SeriesHead
    slot: int
    items: list[str]
    refused: list[Refusal]
    after: RowPlace | None
    position: int
    more: bytes = b""  # further members of the answer in JSON, each with a comma before it


async def series(database: Database, query: SeriesQuery, times: Times, page: Slice) -> SeriesAnswer:
    """The rows of the one series that fits, in order of period.

    Raises NotFound where there is none, Ambiguous where more than one fits, Invalid for times beyond the log.
    """
    alone = ":" not in query.company and times.recorded_at is None
    plain = query.vintages == "latest" and not query.derive
    # an identifier may come to name another company between two statements: a snapshot prevents that
    async with nullcontext(database) if alone and plain else database.snapshot() as still:
        times = await resolved_first(still, times)
        slug = await slug_of(still, query.company, times, parameter="company")
        query = query if slug == query.company else query._replace(company=slug)
        if plain:
            return await _current(still, query, times, page)
        async with still.session() as session:
            times = times.answered_at(await log.head_position(session))
            return await through_time(session, query, times, page)


async def _nothing(session: Session, query: SeriesQuery, times: Times) -> NotFound:
    kind = query.kind or "metric"
    asked = Lookup(query.company, kind, query.subject, query.dimensions, query.basis, query.unit)
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


async def _current(database: Reads, query: SeriesQuery, times: Times, page: Slice) -> SeriesAnswer:
    rows = AskedRows(query, times, Slice(page.descending, page.limit + 1, page.after, page.slot))
    found = await database.together(stored.series, rows)
    times = times.answered_at(found.head)
    if not found.series:
        return await _empty(database, query, times)
    return await composed_page(database, chosen_series(query, found.series, page), times, page.limit)


async def composed_page(database: Reads, chosen: HasRows, times: Times, limit: int) -> SeriesAnswer:
    """The page of a series that the database composed, of up to one row more than the page has."""
    points, cited = chosen.points[:limit], chosen.cited[:limit]
    sources = await stored.rendered_sources(database, cited, times.known_at)
    items = [f'{{{p},"source":{sources[s]}}}' for p, s in zip(points, cited, strict=True)]
    after = _place_in(points[-1]) if len(chosen.points) > limit else None
    return SeriesAnswer(chosen.head, chosen.slot, items, [], after, times.position)


def chosen_series(query: SeriesQuery, found: Sequence[R], page: Slice) -> R:
    """The series that a query means, of those that fit. Raises Ambiguous if several are left."""
    if len(found) == 1:
        return found[0]
    candidates = [_Candidate(one.head.dimensions, one.head.basis, place) for place, one in enumerate(found)]
    left = [found[c.place] for c in narrowed(candidates, query.dimensions, query.basis)]
    if len(left) == 1:
        return left[0]
    newest = [_newest.decode(f"{{{one.points[0 if page.descending else -1]}}}") for one in left]
    raise _ambiguous([(one.head, new.fact, new.period) for one, new in zip(left, newest, strict=True)])


def _ambiguous(left: Sequence[tuple[SeriesHead, UUID, Period]]) -> Ambiguous:
    """The error that names these series, in an order that does not depend on how the database found them."""
    choices = [
        Choice(
            id=fact, dimensions=head.dimensions, basis=head.basis, unit=head.unit, comparison=head.comparison,
            period=period,
        )
        for head, fact, period in sorted(left, key=lambda one: one[1])[:50]
    ]  # fmt: skip
    return Ambiguous(SEVERAL_SERIES, candidates=choices)


def _place_in(point: str) -> RowPlace:
    """The sort key of a row composed by the database."""
    newest = _newest.decode(f"{{{point}}}")
    return RowPlace(newest.period.last, newest.period.first, newest.fact, date.min)


async def _empty(database: Reads, query: SeriesQuery, times: Times) -> SeriesAnswer:
    """The page of a series that has rows, but none for the periods asked for. Raises NotFound if it has no rows."""
    page = Slice(descending=True, limit=1)
    rows = AskedRows(query._replace(frequency=None, span=Bounds()), times, page)
    found = await database.together(stored.series, rows)
    if not found.series:
        async with database.session() as session:
            raise await _nothing(session, query, times)
    chosen = chosen_series(query, found.series, page)
    return SeriesAnswer(chosen.head, chosen.slot, [], [], None, times.position)


# -- vintages and derived quarters, composed in Python -------------------------------------------


async def through_time(session: Session, query: SeriesQuery, times: Times, page: Slice) -> SeriesAnswer:
    """A page with vintages or derived quarters, at times with a position. Raises NotFound, Ambiguous."""
    found = await stored.statements(session, query, times, page.slot)
    composed = await compose(session, query, found, times, page)
    if composed is None:
        raise await _nothing(session, query, times)
    return composed


def _encoded(row: SeriesRow) -> str:
    return _encoder.encode(row).decode()


async def compose(
    session: Session,
    query: SeriesQuery,
    found: Sequence[Stated],
    times: Times,
    page: Slice,
    encode: Callable[[SeriesRow], str] = _encoded,
) -> SeriesAnswer | None:
    """A page of the one series that a query means, with vintages and derived quarters; None if none has values.

    Raises Ambiguous if several series are left.
    """
    chosen = _meant(query, found, times)
    if chosen is None:
        return None
    elsewhere = (
        [p for one in found if _is_other_unit(one, chosen) for p in one.points] if query.derive else []
    )
    keys = {s.source for point in (*chosen.points, *elsewhere) for s in point.statements}
    sources = await stored.short_sources(session, keys, times.known_at)
    items = [row for point in chosen.points for row in rows(point, query.vintages, times, sources)]
    refused: list[Refusal] = []
    if query.derive and query.frequency in {None, "quarterly"}:
        found_splits = await _splits(session, query.company, times) if chosen.head.unit == SHARES else []
        derived, refused = derive(
            query.subject, chosen.points, elsewhere, query.vintages, times, sources, found_splits
        )
        items += derived
    kept = [row for row in items if query.fits(row.period) and query.in_unit(row.quantity)]
    kept.sort(key=place_of, reverse=page.descending)
    if page.after is not None:
        after = page.after
        kept = [r for r in kept if (place_of(r) < after if page.descending else place_of(r) > after)]
    shown = kept[: page.limit]
    return SeriesAnswer(
        chosen.head,
        chosen.slot,
        [encode(row) for row in shown],
        [refusal for refusal in refused if refusal.period is None or query.span.holds(refusal.period)],
        place_of(shown[-1]) if len(kept) > len(shown) else None,
        times.position,
    )


async def _splits(session: Session, company: str, times: Times) -> list[Split]:
    """The company's stock splits, by what was public and recorded at these times."""
    all_shares = SeriesQuery(company, OUTSTANDING, {}, kind="metric")
    found = await stored.statements(session, all_shares, times, None)
    return [split for one in found for split in splits(one.points)]


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
            if (told := vintages(point.statements, times)) and query.in_unit(told[-1].statements[-1].quantity)
        ]
        for place, one in enumerate(found)
    }
    fitting = [place for place, points in saying.items() if any(query.fits(p.period) for p in points)]
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


class FrameAnswer(NamedTuple):
    """A page of a frame: its rows in JSON, where the next page starts, and the position it was given at."""

    items: list[str]
    after: FramePlace | None
    position: int


async def frame(
    database: Database, query: FrameQuery, times: Times, after: FramePlace | None, limit: int
) -> FrameAnswer:
    """One subject in one calendar frame: a row for each company. Raises Invalid for times beyond the log."""
    times = await resolved_first(database, times)
    async with database.session() as session:
        found, head = await stored.frame(session, query, times, after, limit + 1)
    return await frame_answer(database, query, found, head, times, limit)


async def frame_answer(
    database: Database,
    query: FrameQuery,
    found: Sequence[stored.RankedPoint],
    head: int,
    times: Times,
    limit: int,
) -> FrameAnswer:
    """The page of a frame, of up to one row more than it has. Raises Invalid for times beyond the log."""
    times = times.answered_at(head)
    shown = found[:limit]
    sources = await stored.rendered_sources(database, [row.cited for row in shown], times.known_at)
    items = [_frame_row(query, row, sources[row.cited]) for row in shown]
    last = shown[-1] if len(found) > limit else None
    return FrameAnswer(
        items, None if last is None else FramePlace(last.company, last.number or Decimal(0)), times.position
    )


def _frame_row(query: FrameQuery, row: stored.RankedPoint, source: str) -> str:
    more = ""
    if query.rank:
        more += f',"rank":{row.rank}'
    if query.share:
        share = None if row.share is None else Quantity(unit="percent", value=normal(f"{row.share:f}"))
        more += f',"share":{_encoder.encode(share).decode()}'
    return f'{{"company":"{row.company}",{row.point},"source":{source}{more}}}'
