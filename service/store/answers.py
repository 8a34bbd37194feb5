"""Answers of single facts, now and at an earlier time: by fact id, or by look-up."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

import msgspec

from service.core.facts import in_order
from service.core.history import Earlier, Times
from service.core.identity import company_key, company_key_of
from service.core.lookup import Candidate, Lookup
from service.core.packing import unpacked
from service.core.periods import PeriodLiteral
from service.postgres.database import Record, Session
from service.postgres.questions import shared_form
from service.postgres.shared import shared
from service.store.facts import earlier, period_of
from service.store.statements import sql
from service.store.times import bounds

_dimensions = msgspec.json.Decoder(dict[str, str])

LOOKUP_COLUMNS = (  # parameters of a look-up, with their types
    ("company", "bigint"), ("kind", "text"), ("subject", "text"), ("dimensions", "text"), ("basis", "text"),
    ("unit", "text"), ("frequency", "text"), ("first", "date"), ("last", "date"), ("instant", "boolean"), ("frame", "text"),
)  # fmt: skip
_EVERY_COLUMN = (True,) * len(LOOKUP_COLUMNS)
_FEW_COLUMNS = tuple([name in {"company", "kind", "subject", "frequency"} for name, _ in LOOKUP_COLUMNS])


class Then(NamedTuple):
    """A fact id and the times (day, position) of a read."""

    fact: UUID
    times: Times


class FoundAnswer(NamedTuple):
    """The answer of one fact, and the log's last position."""

    recorded: bool  # False: no fact has this id
    answer: bytes | Earlier | None  # JSON, or the version to render; None: no assertion stood then
    head: int


@shared
async def facts_now(session: Session, ids: Sequence[UUID]) -> list[FoundAnswer]:
    """The present answers of facts. Its statement is faster to plan than that of `facts_at`."""
    rows = await session.fetch(sql("answers_now"), [company_key_of(fact) for fact in ids], ids)
    return [_found(row, None) for row in rows]


@shared
async def facts_at(session: Session, asked: Sequence[Then]) -> list[FoundAnswer]:
    """The answer of each fact at its own day and position."""
    known, at = zip(*(bounds(one.times) for one in asked), strict=True)
    ids = [one.fact for one in asked]
    rows = await session.fetch(sql("answers_at"), [company_key_of(fact) for fact in ids], ids, known, at)
    return [_found(row, one.times.known_at) for row, one in zip(rows, asked, strict=True)]


def _found(row: Record, day: date | None) -> FoundAnswer:
    answer: bytes | Earlier | None = None
    if row["answer"] is not None:
        answer = unpacked(row["answer"], day)
    elif row["earlier"] is not None:
        answer = earlier(row["earlier"])
    return FoundAnswer(row["recorded"], answer, row["head"])


class Candidates(NamedTuple):
    """The facts that match one look-up, and the log's last position."""

    found: list[Candidate]
    head: int


class Present(NamedTuple):
    """What is found now for one look-up, and the log's last position.

    `answer` is the JSON of the only fact that fits a look-up without a period; None where `found` says more.
    """

    answer: bytes | None
    found: list[Candidate]  # per series the latest fact, or those of the given period
    head: int


@shared
async def lookup_now(session: Session, asked: Sequence[Lookup]) -> list[Present]:
    """What is found now for each look-up.

    Most look-ups name no more than a frequency beside the series: without the other conditions the statement is shorter.
    """
    if any(one.dimensions or one.basis or one.unit or one.period for one in asked):
        given, arguments = _EVERY_COLUMN, _columns(asked)
    else:
        given = _FEW_COLUMNS
        arguments = [
            range(len(asked)), [company_key(one.company) for one in asked], [one.kind for one in asked],
            [one.subject for one in asked], [one.frequency for one in asked],
        ]  # fmt: skip
    records = await session.fetch(shared_form(sql("lookup_now"), LOOKUP_COLUMNS, 1, given), *arguments)
    head: int = records[0]["head"]
    return [
        Present(unpacked(rows[0]["answer"]), [], head)
        if len(rows) == 1 and one.period is None
        else Present(None, [_candidate(row, None) for row in rows], head)
        for one, rows in zip(asked, _by_place(records, len(asked)), strict=True)
    ]


async def lookup_as_known(session: Session, asked: Sequence[Lookup], times: Times) -> list[Candidates]:
    """The candidates of each look-up as they were at a day and a position."""
    columns = _columns(asked)
    rows = await session.fetch(sql("lookup_as_known"), *columns, *bounds(times))
    return _candidates(asked, rows, times.known_at)


def asked_dimensions(dimensions: Mapping[str, str]) -> str | None:
    """Dimensions that are asked for as an SQL parameter; None if none are."""
    return msgspec.json.encode(dimensions).decode() if dimensions else None


def asked_period(asked: PeriodLiteral | None) -> tuple[object, ...]:
    """A period that is asked for as four SQL parameters: first day, last day, is instant, calendar frame."""
    if asked is None:
        return None, None, None, None
    return *asked.days, asked.period.instant is not None, asked.frame


def _columns(asked: Sequence[Lookup]) -> list[Sequence[object]]:
    rows = [
        (
            place, company_key(a.company), a.kind, a.subject, asked_dimensions(a.dimensions), a.basis, a.unit,
            a.frequency, *asked_period(a.period),
        )
        for place, a in enumerate(asked)
    ]  # fmt: skip
    return [*zip(*rows, strict=True)]


def _by_place(records: Sequence[Record], asked: int) -> list[list[Record]]:
    """The rows of each look-up. Where the outer join found no row for any of them, there is one with only the head."""
    found: list[list[Record]] = [[] for _ in range(asked)]
    for row in records:
        place: int | None = row["place"]
        if place is not None:
            found[place].append(row)
    return found


def _candidates(asked: Sequence[Lookup], records: Sequence[Record], day: date | None) -> list[Candidates]:
    head: int = records[0]["head"]
    return [
        Candidates([_candidate(row, day) for row in rows], head) for rows in _by_place(records, len(asked))
    ]


def _candidate(row: Record, day: date | None) -> Candidate:
    return Candidate(
        slot=row["slot"],
        dimensions=in_order(_dimensions.decode(row["dimensions"])),
        basis=row["basis"],
        unit=row["slot_unit"],
        comparison=row["comparison"],
        id=UUID(int=row["id"].int),
        period=period_of(row["period"], row["frequency"]),
        frame=row["frame"],
        answer=row["answer"] and unpacked(row["answer"], day),
    )
