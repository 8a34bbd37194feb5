"""Database access of standard concepts."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from typing import NamedTuple
from uuid import UUID

import msgspec

from service.core.facts import Basis, in_order
from service.core.history import Earlier, Times
from service.core.identity import company_key
from service.core.lookup import Lookup
from service.core.packing import unpacked
from service.core.periods import LATEST, Period
from service.core.quantities import Quantity, normal
from service.postgres.database import Record, Session
from service.postgres.shared import shared
from service.postgres.statements import Statements
from service.store import statements as kernel
from service.store.answers import asked_dimensions, asked_period
from service.store.facts import earlier, period_of
from service.store.times import bounds
from service.words.concepts import CONCEPTS, UNITS, StandardConcept
from service.words.identities import partners_of

STATEMENTS = Statements("service.words", beside=kernel.STATEMENTS)
sql, fragment = STATEMENTS.sql, STATEMENTS.fragment

_dimensions = msgspec.json.Decoder(dict[str, str])
_quantity = msgspec.json.Decoder(Quantity)


class StandardLookup(NamedTuple):
    """A look-up by a standard concept; its company is a slug. `times` are resolved."""

    concept: StandardConcept
    asked: Lookup
    times: Times


class TagValue(NamedTuple):
    """The value of a tag for a period, at the times of the read."""

    subject: str
    dimensions: dict[str, str]
    basis: Basis
    unit: str | None  # of its series
    id: UUID
    period: Period | None
    frame: str | None
    known_at: date
    number: Decimal | None
    written: str | None  # JSON of its quantity; None: its number in its unit
    answer: bytes | Earlier  # JSON, or the version to render
    partners: list[str]  # what else is stated for the period: tag, day and number, with blanks between
    comparison: None = None

    @property
    def quantity(self) -> Quantity:
        """Its value."""
        return _quantity_of(self.written, self.number, self.unit or "")


def _quantity_of(written: str | None, number: Decimal | None, unit: str) -> Quantity:
    return Quantity(unit=unit, value=normal(f"{number}")) if written is None else _quantity.decode(written)


class ValueBeside(NamedTuple):
    """The value of a tag in the series and period of a fact, at the times of the read."""

    subject: str
    id: UUID
    known_at: date
    number: Decimal | None
    unit: str
    written: str | None  # as of `TagValue`
    partners: list[str]  # as of `TagValue`, if it is the value of the fact itself

    @property
    def quantity(self) -> Quantity:
        """Its value."""
        return _quantity_of(self.written, self.number, self.unit)


class TagValues(NamedTuple):
    """The values that may answer a look-up, and the log's last position."""

    found: list[TagValue]
    head: int


class Tags(NamedTuple):
    """The arguments of a concept: its tags and their groups with blanks between, its units, and whether it is a stock."""

    tags: str
    groups: str
    units: str
    stock: bool


@cache
def tags_of(concept: StandardConcept) -> Tags:
    """The arguments by which statements find the facts of a concept."""
    tags = concept.tags
    numbers = " ".join(map(str, tags.values()))
    return Tags(" ".join(tags), numbers, UNITS[concept.measure], concept.holds == "stock")


@cache
def with_answers(name: str, *, now: bool, known: str, at: str) -> str:
    """A statement with the answers of facts now, or at a day and a position given by these SQL expressions."""
    return sql(name).replace("{answers}", fragment("now") if now else fragment("then", known=known, at=at))


@shared
async def lookup_now(session: Session, asked: Sequence[StandardLookup]) -> list[TagValues]:
    """The present candidates of each look-up."""
    return await _looked_up(session, asked, now=True)


@shared
async def lookup_then(session: Session, asked: Sequence[StandardLookup]) -> list[TagValues]:
    """The candidates of each look-up, each at its own day and position."""
    return await _looked_up(session, asked, now=False)


async def _looked_up(session: Session, asked: Sequence[StandardLookup], *, now: bool) -> list[TagValues]:
    text = with_answers("standard_lookup", now=now, known="asked.known", at="asked.at")
    columns = [*zip(*(_row(place, one) for place, one in enumerate(asked)), strict=True)]
    records = await session.fetch(text, *columns)
    head: int = records[0]["head"]
    found = [TagValues([], head) for _ in asked]
    for row in records:
        place: int | None = row["place"]
        if place is not None:
            found[place].found.append(_candidate(row, asked[place].times))
    return found


def _row(place: int, one: StandardLookup) -> Sequence[object]:
    asked = one.asked
    return (
        place, company_key(asked.company), *tags_of(one.concept), asked_dimensions(asked.dimensions), asked.basis, asked.unit,
        asked.frequency, *asked_period(asked.period), *bounds(one.times), _partners_of(one.concept),
    )  # fmt: skip


@cache
def _partners_of(concept: StandardConcept) -> str:
    """The tags of the other concepts of the identities that a concept takes part in, with blanks between."""
    if concept.measure == "shares":  # it has no currency to find the others by
        return ""
    return " ".join(dict.fromkeys(tag for name in partners_of(concept.slug) for tag in CONCEPTS[name].tags))


def _dimensions_in(written: str) -> dict[str, str]:
    return {} if written == "{}" else in_order(_dimensions.decode(written))


def _candidate(row: Record, times: Times) -> TagValue:
    return TagValue(
        subject=row["subject"],
        dimensions=_dimensions_in(row["dimensions"]),
        basis=row["basis"],
        unit=row["slot_unit"],
        id=UUID(int=row["id"].int),
        period=period_of(row["period"], row["frequency"]),
        frame=row["frame"],
        known_at=row["known_at"],
        number=row["number"],
        partners=row["partners"] or [],
        written=row["quantity"],
        answer=unpacked(row["answer"], times.known_at) if row["earlier"] is None else earlier(row["earlier"]),
    )


class Beside(NamedTuple):
    """A fact beside which values are asked for: the company's slug, the id, and the unit of its answer."""

    company: str
    id: UUID
    unit: str


async def beside(
    session: Session, concept: StandardConcept, facts: Sequence[Beside], times: Times
) -> list[list[ValueBeside]]:
    """The values of the tags of a concept in the series and period of each fact, at a day and a position.

    There are none for a fact that is not of the concept's unit, or is over a duration where the concept is at an instant.
    """
    found: list[list[ValueBeside]] = [[] for _ in facts]
    rows = await session.fetch(
        with_answers("standard_beside", now=False, known="q.known", at="q.at"),
        [company_key(one.company) for one in facts], [one.id for one in facts], [one.unit for one in facts],
        *tags_of(concept), *bounds(times), _partners_of(concept),
    )  # fmt: skip
    for row in rows:
        place: int = row["place"]
        found[place - 1].append(
            ValueBeside(
                row["subject"], UUID(int=row["id"].int), row["known_at"], row["number"], row["unit"], row["quantity"],
                row["partners"] or [],
            )
        )  # fmt: skip
    return found


class Periods(NamedTuple):
    """The periods of a concept that are nearest to a day, and the first day on which any was public; None: it has none."""

    nearest: list[Period]
    since: date | None


async def periods(
    session: Session, company: str, concept: StandardConcept, asked: Lookup, times: Times
) -> Periods:
    """What a company has of a concept, recorded by a position, whether or not it was public by then."""
    near = LATEST if asked.period is None else asked.period.days[1]
    known, at = bounds(times)
    rows = await session.fetch(
        sql("standard_periods"), company_key(company), *tags_of(concept), near, known, at, asked.frequency
    )
    found = [period_of(row["period"], row["frequency"]) for row in rows]
    return Periods([one for one in found if one is not None], rows[0]["first_known"] if rows else None)
