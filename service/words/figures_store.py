"""Database access of series and frames of standard concepts."""

from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from typing import NamedTuple
from uuid import UUID

import msgspec

from service.core.facts import Basis, in_order
from service.core.history import Times
from service.core.identity import company_key, slot_key
from service.core.periods import Period
from service.core.quantities import Quantity, normal
from service.postgres.database import Record, Session
from service.postgres.questions import FEW, Question, answered, own_form, shared_question
from service.postgres.shared import shared_if
from service.series.rows import FramePlace, FrameQuery, SeriesHead, SeriesQuery, Slice
from service.series.store import ORDERS, RankedPoint, days_of, frame_text, stated_version
from service.store import statements as kernel
from service.store.answers import asked_dimensions
from service.store.facts import period_of
from service.store.times import bounds
from service.words.concepts import StandardConcept
from service.words.joining import TagPoint
from service.words.store import tags_of, with_answers

_dimensions = msgspec.json.Decoder(dict[str, str])
_quantity = msgspec.json.Decoder(Quantity)


class AskedStandard(NamedTuple):
    """A question for a page of each series of a concept. The company is a slug."""

    concept: StandardConcept
    query: SeriesQuery
    times: Times
    page: Slice

    def is_short(self) -> bool:
        """Whether the page is small enough to share a statement with other reads."""
        return self.page.limit <= FEW


class StandardRows(NamedTuple):
    """Rows of one series of a concept: the JSON of each without its source and braces, its source's key; and their tags."""

    slot: int  # that of the concept's slug with the dimensions, basis and unit of the series
    head: SeriesHead
    points: list[str]
    cited: list[int]
    subjects: list[str]  # the tag of each row, or one tag that all have


class FoundStandard(NamedTuple):
    """The series of a concept that fit, and the log's last position."""

    series: list[StandardRows]
    tagged: bool  # whether any value has a tag, and not just the concept's slug
    head: int


COLUMNS = (  # parameters of a question, with their types
    ("company", "bigint"), ("subject", "text"), ("tags", "text"), ("groups", "text"), ("units", "text"), ("stock", "boolean"),
    ("total", "boolean"), ("dimensions", "text"), ("basis", "text"), ("unit", "text"), ("frequency", "text"),
    ("first", "date"), ("last", "date"), ("first_frame", "text"), ("last_frame", "text"),
    ("known", "date"), ("at", "bigint"),
    ("after_last", "date"), ("after_first", "date"),
)  # fmt: skip


@shared_if(AskedStandard.is_short)
async def series(session: Session, pages: Sequence[AskedStandard]) -> list[FoundStandard]:
    """Answers questions, each with the rows of every series of its concept, in order of period."""
    found = await answered(session, [_question(one) for one in pages])
    return [_found(one, records) for one, records in zip(pages, found, strict=True)]


def _question(one: AskedStandard) -> Question:
    query, after = one.query, one.page.after
    given = [
        company_key(query.company), one.concept.slug, *tags_of(one.concept), one.concept.total,
        asked_dimensions(query.dimensions), query.basis, query.unit, query.frequency, *days_of(query.span), *bounds(one.times),
        *((None, None) if after is None else (after.last, after.first)),
    ]  # fmt: skip
    text = _text(now=one.times.is_now, descending=one.page.descending, continued=after is not None)
    if one.is_short():
        return shared_question(text, COLUMNS, given, one.page.limit)
    return Question(own_form(text, COLUMNS), False, [*given, one.page.limit])


@cache
def _text(*, now: bool, descending: bool, continued: bool) -> str:
    return (
        with_answers("standard_series", now=now, known="q.known", at="q.at")
        .replace("{where}", _after(descending=descending) if continued else "")
        .replace("{order}", ORDERS[descending])
    )


def _after(*, descending: bool) -> str:
    """The SQL condition for periods after the last one of a page, whatever tag that had."""
    recency, near, far = (
        kernel.fragment("recency", day="q.after_last"),
        *(("<", ">") if descending else (">", "<")),
    )
    return f"and f.recency {far}= {recency} and (f.recency {far} {recency} or lower(f.period) {near} q.after_first)"


def _found(asked: AskedStandard, records: Sequence[Record]) -> FoundStandard:
    limit = asked.page.limit
    rows = [
        StandardRows(slot, head, row["points"][:limit], row["cited"][:limit], row["subjects"][:limit])
        for row in records
        if row["unit"] is not None
        for slot, head in [key_of(asked.concept, asked.query.company, row)]
    ]
    tagged = any(row["tagged"] for row in records)
    return FoundStandard(rows, tagged, records[0]["head"])


def key_of(concept: StandardConcept, company: str, row: Record) -> tuple[int, SeriesHead]:
    """The slot and the head of a series of a concept, which are those of its slug as a subject."""
    dimensions, basis, unit = in_order(_dimensions.decode(row["dimensions"])), row["basis"], row["unit"]
    slot = slot_key(
        kind="metric", subject=concept.slug, dimensions=dimensions, basis=basis, unit=unit, comparison=None
    )
    head = SeriesHead(
        company=company, kind="metric", subject=concept.slug, dimensions=dimensions, basis=basis, unit=unit, comparison=None
    )  # fmt: skip
    return slot, head


def _selecting(
    concept: StandardConcept,
    company: str,
    dimensions: str | None,
    basis: Basis | None,
    unit: str | None,
) -> list[object]:
    """The arguments of the statements that select facts of a concept; `dimensions` in JSON."""
    return [company_key(company), *tags_of(concept), dimensions, basis, unit]


async def values(
    session: Session, concept: StandardConcept, head: SeriesHead, times: Times
) -> dict[tuple[str, Period], Quantity]:
    """All values of a concept's tags in one series, by tag and period."""
    text = with_answers("standard_values", now=times.is_now, known="q.known", at="q.at")
    exactly = msgspec.json.encode(head.dimensions).decode()
    asked = _selecting(concept, head.company, exactly, head.basis, head.unit)
    found: dict[tuple[str, Period], Quantity] = {}
    for row in await session.fetch(text, *asked, *bounds(times)):
        period = period_of(row["period"], row["frequency"])
        if period is not None:
            written: str | None = row["quantity"]
            found[row["subject"], period] = (
                Quantity(unit=row["unit"], value=normal(f"{row['number']}"))
                if written is None
                else _quantity.decode(written)
            )
    return found


class StatedTags(NamedTuple):
    """The facts of a concept's tags in one series, with their statements."""

    slot: int
    head: SeriesHead
    points: list[TagPoint]


async def statements(
    session: Session, concept: StandardConcept, query: SeriesQuery, times: Times
) -> list[StatedTags]:
    """Every series of a concept, with the statements that were public and recorded at these times."""
    asked = _selecting(concept, query.company, asked_dimensions(query.dimensions), query.basis, query.unit)
    found: dict[int, StatedTags] = {}
    points: dict[UUID, TagPoint] = {}
    text = with_answers("standard_statements", now=False, known="q.known", at="q.at")
    for row in await session.fetch(text, *asked, *bounds(times)):
        slot, head = key_of(concept, query.company, row)
        series = found.setdefault(slot, StatedTags(slot, head, []))
        fact = UUID(int=row["id"].int)
        point = points.get(fact)
        if point is None:
            period = period_of(row["period"], row["frequency"])
            if period is None:
                raise LookupError("a fact of a series has no period")
            point = points[fact] = TagPoint(row["subject"], fact, period, [])
            series.points.append(point)
        number: Decimal | None = row["number"]
        point.statements.append((stated_version(row, fact), number))
    return list(found.values())


async def frame(
    session: Session,
    concept: StandardConcept,
    query: FrameQuery,
    times: Times,
    after: FramePlace | None,
    limit: int,
) -> tuple[list[RankedPoint], int]:
    """The rows of a frame of a concept that follow `after`, and the log's last position."""
    tags = concept.tags
    slots = [query._replace(subject=tag).slot for tag in tags]
    arguments: list[object] = [
        slots, [*tags], [*tags.values()], query.frame, concept.holds == "stock", query.unit, query.calendar.first,
        query.calendar.last, concept.total, *bounds(times), limit,
    ]  # fmt: skip
    text = with_answers("standard_frame", now=times.is_now, known="$10::date", at="$11::bigint")
    records = await session.fetch(frame_text(text, query, after, arguments), *arguments)
    found = [RankedPoint(*row[:-1]) for row in records if row["slug"] is not None]
    return found, records[0]["head"]
