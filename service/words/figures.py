"""Reads of series and frames of standard concepts. Imported only if the server has series."""

from collections.abc import Sequence
from contextlib import nullcontext

import msgspec

from service.core.errors import NotFound
from service.core.history import Times
from service.core.lookup import Lookup
from service.core.periods import Period
from service.operations.registry import slug_of
from service.operations.times import resolved_first
from service.postgres.database import Database, Reads, Session
from service.series import reads as plain
from service.series import store as plain_store
from service.series.reads import FrameAnswer, SeriesAnswer
from service.series.rows import Bounds, FramePlace, FrameQuery, SeriesQuery, SeriesRow, Slice
from service.series.store import Stated
from service.store import log
from service.words import figures_store as stored
from service.words.answers import Break
from service.words.concepts import StandardConcept
from service.words.figures_store import AskedStandard, StandardRows
from service.words.joining import breaks, joined
from service.words.reads import nothing

_encoder = msgspec.json.Encoder()


def is_standard(concept: StandardConcept, kind: str | None, unit: str | None, comparison: str | None) -> bool:
    """Whether a question by these can be about values of the concept, and not about other facts under its slug."""
    return (
        kind in {None, "metric"} and comparison in {None, "none"} and (unit is None or concept.has_unit(unit))
    )


async def series(
    database: Database, concept: StandardConcept, query: SeriesQuery, times: Times, page: Slice
) -> SeriesAnswer:
    """The rows of the one series of a concept that fits, in order of period, and its breaks.

    A company that uses the concept's slug alone, and none of its tags, has the series of that subject.
    Raises NotFound where there is none, Ambiguous where more than one fits, Invalid for times beyond the log.
    """
    composed = query.vintages == "latest" and not query.derive
    alone = ":" not in query.company and times.recorded_at is None and composed
    async with nullcontext(database) if alone else database.snapshot() as still:
        times = await resolved_first(still, times)
        query = query._replace(company=await slug_of(still, query.company, times, parameter="company"))
        found = await (_current if composed else _through_time)(still, concept, query, times, page)
    if found is not None:
        return found
    return await plain.series(database, query, times, page)


async def _nothing(session: Session, concept: StandardConcept, query: SeriesQuery, times: Times) -> Exception:
    asked = Lookup(
        query.company,
        "metric",
        concept.slug,
        query.dimensions,
        query.basis,
        query.unit,
        query.frequency,
        query.span.end or query.span.start,
    )
    return await nothing(session, concept, asked, times)


async def _current(
    database: Reads, concept: StandardConcept, query: SeriesQuery, times: Times, page: Slice
) -> SeriesAnswer | None:
    """The page, composed by the database; None if the company uses the slug alone."""
    asked = AskedStandard(concept, query, times, Slice(page.descending, page.limit + 1, page.after))
    found = await database.together(stored.series, asked)
    then = times.answered_at(found.head)
    fitting = [one for one in found.series if page.slot in {None, one.slot}]
    if not fitting:
        return await _empty(database, concept, query, times)
    if not found.tagged:
        return None
    chosen = plain.chosen_series(query, fitting, page)
    answer = await plain.composed_page(database, chosen, then, page.limit)
    shown = chosen.points[: page.limit] if len({*chosen.subjects}) > 1 else []
    line = [(row.period, row.subject) for row in _rows_in(shown)]
    return answer._replace(more=_more(await _breaks(database, concept, chosen, line, then)))


class _Lined(msgspec.Struct):
    period: Period
    subject: str


_lined = msgspec.json.Decoder(_Lined)


def _rows_in(points: Sequence[str]) -> list[_Lined]:
    return [_lined.decode(f"{{{point}}}") for point in points]


async def _breaks(
    database: Reads,
    concept: StandardConcept,
    chosen: StandardRows,
    line: Sequence[tuple[Period, str]],
    times: Times,
) -> list[Break]:
    if len({subject for _, subject in line}) < 2:
        return []
    async with database.session() as session:
        values = await stored.values(session, concept, chosen.head, times)
    return breaks(concept, line, values)


def _more(told: Sequence[Break]) -> bytes:
    return b',"breaks":' + _encoder.encode(told)


async def _empty(
    database: Reads, concept: StandardConcept, query: SeriesQuery, times: Times
) -> SeriesAnswer | None:
    """The page of a series that has rows, but none here; None if it has none with a tag. Raises NotFound."""
    whole = query._replace(frequency=None, span=Bounds())
    one = Slice(descending=True, limit=1)
    found = await database.together(stored.series, AskedStandard(concept, whole, times, one))
    then = times.answered_at(found.head)
    if not found.series or not found.tagged:
        slug = await _literal(database, query, then)
        if slug or found.series:
            return None
        async with database.session() as session:
            raise await _nothing(session, concept, query, then)
    chosen = plain.chosen_series(query, found.series, one)
    return SeriesAnswer(chosen.head, chosen.slot, [], [], None, then.position, _more([]))


async def _literal(database: Reads, query: SeriesQuery, times: Times) -> bool:
    """Whether the company has a series of the slug itself, of whatever unit."""
    rows = plain_store.AskedRows(
        query._replace(frequency=None, span=Bounds()), times, Slice(descending=True, limit=1)
    )
    return bool((await database.together(plain_store.series, rows)).series)


# -- vintages and derived quarters ---------------------------------------------------------------


async def _through_time(
    database: Reads, concept: StandardConcept, query: SeriesQuery, times: Times, page: Slice
) -> SeriesAnswer:
    """The page with vintages or derived quarters."""
    async with database.session() as session:
        times = times.answered_at(await log.head_position(session))
        stated = await stored.statements(session, concept, query, times)
        if not any(point.subject != concept.slug for one in stated for point in one.points):
            try:
                return await plain.through_time(session, query, times, page)
            except NotFound:
                raise await _nothing(session, concept, query, times) from None
        tags = {point.fact: point.subject for one in stated for point in one.points}
        found = [Stated(one.slot, one.head, joined(concept, one.points, times)) for one in stated]
        if page.slot is not None:
            found = [one for one in found if one.slot == page.slot]
        line: list[tuple[Period, str]] = []

        def encode(row: SeriesRow) -> str:
            subject = None if row.fact is None else tags[row.fact]
            if subject is not None:
                line.append((row.period, subject))
            return f'{_encoder.encode(row).decode()[:-1]},"subject":{_encoder.encode(subject).decode()}}}'

        composed = await plain.compose(session, query, found, times, page, encode)
        if composed is None:
            raise await _nothing(session, concept, query, times)
        values = await stored.values(session, concept, composed.head, times) if line else {}
        return composed._replace(more=_more(breaks(concept, line, values)))


# -- frames --------------------------------------------------------------------------------------


async def frame(
    database: Database,
    concept: StandardConcept,
    query: FrameQuery,
    times: Times,
    after: FramePlace | None,
    limit: int,
) -> FrameAnswer:
    """One concept in one calendar frame: a row for each company, with its tag. Raises Invalid for times beyond the log."""
    times = await resolved_first(database, times)
    async with database.session() as session:
        found, head = await stored.frame(session, concept, query, times, after, limit + 1)
    return await plain.frame_answer(database, query, found, head, times, limit)
