"""Database access of series and frames: rows composed by the database, or all statements where vintages are asked for."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from typing import NamedTuple
from uuid import UUID

import msgspec

from service.core.history import Times
from service.core.identity import company_key
from service.core.knowing import known_by
from service.core.periods import PeriodLiteral
from service.core.quantities import Quantity
from service.postgres.database import Reads, Record, Session
from service.postgres.questions import FEW, Question, answered, own_form, shared_question
from service.postgres.shared import shared_if
from service.postgres.statements import Statements
from service.series.rows import (
    Bounds,
    FrameOrder,
    FramePlace,
    FrameQuery,
    Point,
    SeriesHead,
    SeriesQuery,
    ShortSource,
    Slice,
    StatedVersion,
)
from service.store import statements as kernel
from service.store.answers import asked_dimensions
from service.store.facts import period_of
from service.store.times import bounds

STATEMENTS = Statements("service.series", beside=kernel.STATEMENTS)
sql, fragment = STATEMENTS.sql, STATEMENTS.fragment

_dimensions = msgspec.json.Decoder(dict[str, str])
_quantity = msgspec.json.Decoder(Quantity)


class AskedRows(NamedTuple):
    """A question for a page of each fitting series at some times. Its company is a slug."""

    query: SeriesQuery
    times: Times
    page: Slice

    def is_short(self) -> bool:
        """Whether the page is small enough to share a statement with other reads."""
        return self.page.limit <= FEW


class SeriesRows(NamedTuple):
    """Rows of one series: the JSON of each without its source and braces, and the keys of the sources."""

    slot: int
    head: SeriesHead
    points: list[str]
    cited: list[int]


class FoundSeries(NamedTuple):
    """The series that fit, with rows, and the head of the log."""

    series: list[SeriesRows]
    head: int


ORDERS = {
    False: "f.recency desc, lower(f.period), f.id",
    True: "f.recency, lower(f.period) desc, f.id desc",
}


@shared_if(AskedRows.is_short)
async def series(session: Session, pages: Sequence[AskedRows]) -> list[FoundSeries]:
    """Answers questions, each with the rows of every series that fits, in order of period."""
    found = await answered(session, [_question(one) for one in pages])
    return [_found(one, records) for one, records in zip(pages, found, strict=True)]


def _found(asked: AskedRows, records: Sequence[Record]) -> FoundSeries:
    limit = asked.page.limit
    rows = [
        SeriesRows(
            row["slot"],
            _head(asked.query, row),
            row["points"][:limit],
            row["cited"][:limit],
        )
        for row in records
        if row["slot"] is not None
    ]
    return FoundSeries(rows, records[0]["head"])


COLUMNS = (  # parameters of a question, with their types
    ("company", "bigint"), ("kinds", "text"), ("subject", "text"), ("dimensions", "text"), ("basis", "text"),
    ("comparison", "text"), ("unit", "text"), ("frequency", "text"),
    ("first", "date"), ("last", "date"), ("first_frame", "text"), ("last_frame", "text"),
    ("known", "date"), ("at", "bigint"),
    ("after_last", "date"), ("after_first", "date"), ("after_fact", "uuid"), ("slot", "bigint"),
)  # fmt: skip


def _selecting(query: SeriesQuery) -> list[object]:
    """The arguments of the statements that select series."""
    kinds = f"{{{','.join(query.kinds)}}}"  # an array, in Postgres' own spelling
    dimensions = asked_dimensions(query.dimensions)
    return [company_key(query.company), kinds, query.subject, dimensions, query.basis, query.comparison]


def _question(one: AskedRows) -> Question:
    query, times, page = one
    after = page.after
    then = (None, None) if times.is_now else bounds(times)  # the statement of now does not read them
    given = [
        *_selecting(query), query.unit, query.frequency, *days_of(query.span), *then,
        *((None, None, None) if after is None else (after.last, after.first, after.fact)), page.slot,
    ]  # fmt: skip
    text = _text(
        now=times.is_now,
        descending=page.descending,
        continued=after is not None,
        of_slot=page.slot is not None,
    )
    if one.is_short():
        return shared_question(text, COLUMNS, given, page.limit)
    return Question(own_form(text, COLUMNS), False, [*given, page.limit])


@cache
def _text(*, now: bool, descending: bool, continued: bool, of_slot: bool) -> str:
    return (
        sql("series_rows")
        .replace("{rows}", fragment("series_now" if now else "series_as_known"))
        .replace("{where}", _after(descending=descending) if continued else "")
        .replace("{order}", ORDERS[descending])
        .replace("{slot}", "and s.slot = q.slot" if of_slot else "")
    )


def _after(*, descending: bool) -> str:
    recency = fragment("recency", day="q.after_last")
    near, far = ("<", ">") if descending else (">", "<")
    return (
        f"and f.recency {far}= {recency} and (f.recency {far} {recency}"
        f" or (lower(f.period), f.id) {near} (q.after_first, q.after_fact))"
    )


def days_of(span: Bounds) -> Sequence[object]:
    """The first day, last day, first frame and last frame that bounds allow; None where there is no bound."""
    return (
        None if span.start is None else span.start.days[0],
        None if span.end is None else span.end.days[1],
        None if span.start is None else span.start.frame,
        None if span.end is None else _last_quarter(span.end),
    )


def _last_quarter(bound: PeriodLiteral) -> str | None:
    frame = bound.frame
    return f"{frame}Q4" if frame is not None and len(frame) == 4 else frame


def _head(query: SeriesQuery, row: Record) -> SeriesHead:
    return SeriesHead(
        company=query.company,
        kind=row["kind"],
        subject=query.subject,
        dimensions=_dimensions.decode(row["dimensions"]),
        basis=row["basis"],
        unit=row["unit"],
        comparison=row["comparison"],
    )


class Stated(NamedTuple):
    """A series with all its statements."""

    slot: int
    head: SeriesHead
    points: list[Point]


async def statements(session: Session, query: SeriesQuery, times: Times, slot: int | None) -> list[Stated]:
    """Every series that fits, in any unit, with the statements that were public and recorded at these times."""
    arguments = [*_selecting(query), *bounds(times), slot]
    records = await session.fetch(sql("series_statements"), *arguments)
    found: dict[int, Stated] = {}
    points: dict[UUID, Point] = {}
    for row in records:
        series = found.get(row["slot"])
        if series is None:
            series = found[row["slot"]] = Stated(row["slot"], _head(query, row), [])
        point = points.get(row["id"])
        if point is None:
            period = period_of(row["period"], row["frequency"])
            if period is None:
                raise LookupError("a fact of a series has no period")
            point = points[row["id"]] = Point(fact=UUID(int=row["id"].int), period=period, statements=[])
            series.points.append(point)
        point.statements.append(stated_version(row))
    return list(found.values())


def stated_version(row: Record, fact: UUID | None = None) -> StatedVersion:
    """The version of a row. `fact` is given where a point joins several facts."""
    return StatedVersion(
        version=row["version"],
        known_at=row["known_at"],
        position=row["position"],
        quantity=_quantity.decode(row["quantity"]),
        source=row["source"],
        evidence=row["evidence"],
        retracted=row["retracted"],
        attributed_to=row["attributed_to"],
        fact=fact,
    )


# -- frames --------------------------------------------------------------------------------------


class RankedPoint(NamedTuple):
    """A row of a frame as the statements return it; the fields are their columns in order.

    `point` is the JSON of the row without company, source and braces.
    """

    company: str
    point: str
    cited: int
    number: Decimal | None  # in an order by value
    rank: int | None
    share: Decimal | None


_FRAME_ORDERS: Mapping[FrameOrder, str] = {
    "company": "r.slug",
    "value": "r.number, r.slug",
    "-value": "r.number desc, r.slug",
}


async def frame(
    session: Session, query: FrameQuery, times: Times, after: FramePlace | None, limit: int
) -> tuple[list[RankedPoint], int]:
    """The rows of a frame that follow `after`, and the head of the log."""
    calendar = query.calendar
    arguments: list[object] = [query.slot, query.frame, query.unit, calendar.first, calendar.last, limit]
    now = times.is_now
    if not now:
        arguments += bounds(times)
    text = frame_text(sql("frame_now" if now else "frame_as_known"), query, after, arguments)
    records = await session.fetch(text, *arguments)
    found = [RankedPoint(*row[:-1]) for row in records if row["slug"] is not None]
    return found, records[0]["head"]


def frame_text(text: str, query: FrameQuery, after: FramePlace | None, arguments: list[object]) -> str:
    """The statement of a frame with its order, ranks and start; adds the arguments that the start needs."""
    return (
        text.replace("{ranks}", fragment("ranks" if query.rank or query.share else "no_ranks"))
        .replace("{where}", "" if after is None else _after_company(query.order, after, arguments))
        .replace("{order}", _FRAME_ORDERS[query.order])
        .replace("{number}", "null::numeric" if query.order == "company" else "r.number")
    )


def _after_company(order: FrameOrder, after: FramePlace, arguments: list[object]) -> str:
    arguments.append(after.company)
    place = f"${len(arguments)}"
    if order == "company":
        return f"and r.slug > {place}"
    arguments.append(after.number)
    number, beyond = f"${len(arguments)}::numeric", "<" if order == "-value" else ">"
    return f"and (r.number {beyond} {number} or (r.number = {number} and r.slug > {place}))"


# -- short forms of sources ----------------------------------------------------------------------

_KEPT = 50_000  # sources; about 400 bytes each
_shorts = msgspec.json.Encoder()


async def short_sources(
    session: Session, keys: Iterable[int], day: date | None = None
) -> dict[int, ShortSource]:
    """Short forms of sources, by key; of those that were not public by a day the id alone."""
    return {key: one.on(day) for key, one in (await _read(session, keys)).items()}


class _Short(NamedTuple):
    """A source in its short form, and the day that it was published."""

    source: ShortSource
    published_at: date | None

    def on(self, day: date | None) -> ShortSource:
        return self.source if known_by(self.published_at, day) else _unpublished(self.source.id)


def _unpublished(source_id: str) -> ShortSource:
    """What is told of a source that was not public by a day."""
    return ShortSource(id=source_id, title=source_id, url=None)


async def _read(session: Session, keys: Iterable[int]) -> dict[int, _Short]:
    return {
        row["source"]: _Short(
            ShortSource(id=row["id"], title=row["title"], url=row["url"]), row["published_at"]
        )
        for row in await session.fetch(sql("short_sources"), sorted(set(keys)))
    }


async def rendered_sources(
    database: Reads, keys: Sequence[int], day: date | None = None
) -> Mapping[int, str]:
    """JSON of the short forms of at least these sources, from the cache: they never change, so none goes stale.

    Of those that were not public by a day the id alone.
    """
    kept = database.short_sources
    rendered, days = kept.rendered, kept.days
    missing = set(keys).difference(rendered)
    if missing:
        # what was there is held here: another request may empty the cache while this one reads
        rendered = {key: rendered[key] for key in keys if key not in missing}
        days = {key: days[key] for key in rendered}
        async with database.session() as session:
            shorts = await _read(session, missing)
        read = {key: _rendered(one.source) for key, one in shorts.items()}
        read_days = {key: (one.source.id, one.published_at) for key, one in shorts.items()}
        if len(kept.rendered) + len(read) > _KEPT:
            kept.clear()
        kept.rendered.update(read)
        kept.days.update(read_days)
        rendered, days = rendered | read, days | read_days
    if day is None:
        return rendered
    told: dict[int, str] = {}
    for key in keys:
        source_id, published_at = days[key]
        told[key] = rendered[key] if known_by(published_at, day) else _rendered(_unpublished(source_id))
    return told


def _rendered(source: ShortSource) -> str:
    return _shorts.encode(source).decode()
