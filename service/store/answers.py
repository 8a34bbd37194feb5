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
from service.postgres.shared import shared
from service.store.facts import earlier, period_of
from service.store.statements import sql
from service.store.times import bounds

_dimensions = msgspec.json.Decoder(dict[str, str])


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


@shared
async def lookup_now(session: Session, asked: Sequence[Lookup]) -> list[Candidates]:
    """The present candidates of each look-up: per series the latest fact, or those of the given period."""
    return _candidates(asked, await session.fetch(sql("lookup_now"), *_columns(asked)), None)


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
    period = asked.period
    return period.first, period.last, period.instant is not None, asked.frame


def _columns(asked: Sequence[Lookup]) -> list[Sequence[object]]:
    rows = [
        (
            place, company_key(a.company), a.kind, a.subject, asked_dimensions(a.dimensions), a.basis, a.unit,
            a.frequency, *asked_period(a.period),
        )
        for place, a in enumerate(asked)
    ]  # fmt: skip
    return [*zip(*rows, strict=True)]


def _candidates(asked: Sequence[Lookup], records: Sequence[Record], day: date | None) -> list[Candidates]:
    head: int = records[0]["head"]
    found = [Candidates([], head) for _ in asked]
    for row in records:
        place: int | None = row["place"]
        if place is None:  # the outer join found no candidate: the row has only the head
            continue
        found[place].found.append(
            Candidate(
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
        )
    return found
