"""Saves facts and their versions: the rows of both tables, and the statements that write them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Annotated, NamedTuple, get_type_hints
from uuid import UUID

import msgspec
from asyncpg import Range, UniqueViolationError

from service.core import history, quantities
from service.core.citations import Summary, summary_of
from service.core.facts import Retraction
from service.core.history import PLAIN, Version
from service.core.identity import company_key
from service.core.kinds import NAMED, other_numbers, search_words
from service.core.quantities import Quantity
from service.core.states import FactState, NewEntries, Recheck, value_of
from service.postgres.database import Transaction
from service.postgres.listening import CHANNEL
from service.postgres.recordsets import arguments, arrays, definition, places, recordset, selection
from service.store.filters import range_of
from service.store.idempotency import Keeping
from service.store.log import Head
from service.store.statements import fragment, sql

ANSWER = "answer"  # marks a column of `facts` that is rewritten whenever the fact's answer changes


async def save_facts(session: Transaction, changes: NewEntries, recorded_at: datetime) -> None:
    """Write assertions, retractions, later checks, and the new answers of the facts that they change."""
    if not changes.facts:
        return
    await session.execute(upsert_facts(), *_rows(changes, recorded_at))
    if changes.retractions:
        fresh = {(fact.id, version.version) for fact, version in changes.assertions}
        closed = (
            (company_key(f.key.company), f.id, r.retracts, r.position)
            for f, r in changes.retractions
            if (f.id, r.retracts) not in fresh
        )
        await session.execute(sql("close_versions"), *arrays(closed, 4))
    if changes.checks:
        await session.execute(
            sql("insert_evidence"), *arrays(map(_check_row, changes.checks), 7), recorded_at
        )


async def save_alone(
    session: Transaction, changes: NewEntries, head: Head, after: int, keeping: Keeping | None
) -> bool:
    """Write an assertion, its answer if that is kept, and move the head to `head`, in one statement.

    Returns False, with nothing written, if the head is not at the position `after`, because another transaction has moved it;
    or if an answer is kept already, or another transaction is about to keep one.
    """
    ((fact, version),) = changes.assertions
    new, numbers = version.version == 1, list(number_rows(fact, version))
    arguments_of_parts = (
        *((fact.key.unit, fact.key.comparison) if new else ()),
        *((recordset(_NUMBER, numbers),) if numbers else ()),
        *((*keeping[:3], *keeping.kept) if keeping is not None else ()),
    )
    try:
        told = await session.execute(
            assert_alone(new=new, numbered=bool(numbers), keeping=keeping is not None),
            *(head.position, head.recorded_at, after, CHANNEL),
            *arguments(_FACT, fact_row(fact)),
            *arguments(_VERSION, _assertion_row(fact, version, changes.authors.get(version.position))),
            *arguments_of_parts,
        )
    except UniqueViolationError:
        if keeping is None:
            raise
        return False
    return told != "INSERT 0 0"


def _rows(changes: NewEntries, recorded_at: datetime) -> tuple[object, ...]:
    """The arguments of `upsert_facts`."""
    new = [fact for fact, version in changes.assertions if version.version == 1]
    versions = [
        *(_assertion_row(f, v, changes.authors.get(v.position)) for f, v in changes.assertions),
        *(_retraction_row(f, r, changes.authors.get(r.position)) for f, r in changes.retractions),
    ]
    numbers = (row for fact, version in changes.assertions for row in number_rows(fact, version))
    return (
        recorded_at,
        recordset(_SLOT, _slot_rows(new)),
        recordset(FactRow._fields, map(fact_row, changes.facts.values())),
        recordset(_NUMBER, numbers),
        recordset(VersionRow._fields, versions),
    )


# the columns of rows that are saved beside those of `facts` and `versions`
_SLOT = ("company", "kind", "subject", "slot", "dimensions", "basis", "unit", "comparison")
_NUMBER = ("company", "fact", "version", "place", "field", "unit", "interval")


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


def _slot_rows(facts: Iterable[FactState]) -> Iterable[Sequence[object]]:
    return {
        (key.company, key.slot): (
            company_key(key.company), key.kind, key.subject, key.slot, _json(key.dimensions), key.basis, key.unit,
            key.comparison,
        )
        for key in (fact.key for fact in facts)
    }.values()  # fmt: skip


def number_range(number: Quantity | int) -> "Range[Decimal] | None":
    """The interval of a quantity or whole number as a Postgres range."""
    return numeric_range(number if isinstance(number, Quantity) else Quantity(unit="pure", value=str(number)))


def numeric_range(quantity: Quantity | None) -> "Range[Decimal] | None":
    """The interval of a quantity as a Postgres range."""
    if quantity is None:
        return None
    interval = quantities.interval(quantity)
    return Range(
        interval.low, interval.high, lower_inc=interval.low_included, upper_inc=interval.high_included
    )


def _more_than_a_number(quantity: Quantity | None) -> str | None:
    """The JSON of a quantity; None if its unit and interval are enough to restore it."""
    if quantity is None:
        return None
    plain = quantity == Quantity(unit=quantity.unit, value=quantity.value)
    # numeric in Postgres has no negative zero
    negative_zero = plain and f"{quantity.value}".startswith("-") and not Decimal(f"{quantity.value}")
    return None if plain and not negative_zero else _json(quantity)


class FactRow(NamedTuple):
    """A row of the table `facts`: each column with its Postgres type.

    Columns marked ANSWER are rewritten whenever the answer changes; the others never. The generated column `recency`
    is not here.
    """

    company: Annotated[int, "bigint"]
    id: Annotated[UUID, "uuid"]
    slug: Annotated[str, "text"]
    kind: Annotated[str, "text"]
    subject: Annotated[str, "text"]
    slot: Annotated[int, "bigint"]
    dimensions: Annotated[str, "jsonb"]
    basis: Annotated[str, "text"]
    period: Annotated["Range[date] | None", "daterange"]
    frequency: Annotated[str | None, "text"]
    frame: Annotated[str | None, "text"]
    first_position: Annotated[int, "bigint"]  # the smallest of its versions
    version: Annotated[int, "int", ANSWER]
    known_at: Annotated[date, "date", ANSWER]
    settled: Annotated[int, "bigint", ANSWER]  # the last position that changed its answer
    asserted: Annotated[bool, "boolean", ANSWER]
    evidence: Annotated[str, "text", ANSWER]
    checker: Annotated[str | None, "text", ANSWER]  # version of the reader that checked it
    context: Annotated[str | None, "text", ANSWER]  # what the deciding passage says beside the number
    disputed: Annotated[bool, "boolean", ANSWER]
    unit: Annotated[str | None, "text", ANSWER]
    interval: Annotated["Range[Decimal] | None", "numrange", ANSWER]
    quantity: Annotated[str | None, "text", ANSWER]  # JSON; null where unit and interval are enough
    cited: Annotated[int, "bigint", ANSWER]  # key of the first cited source
    answer: Annotated[bytes, "bytea", ANSWER]
    told: Annotated[str | None, "text", ANSWER]  # the words that search indexes
    first_known: Annotated[date, "date", ANSWER]
    contested: Annotated[bool, "boolean", ANSWER]  # several publishers assert it
    publishers: Annotated[int | None, "int", ANSWER]  # that verify it by sources of their own


class VersionRow(NamedTuple):
    """A row of the table `versions`, but for its instant: each column with its Postgres type."""

    company: Annotated[int, "bigint"]
    fact: Annotated[UUID, "uuid"]
    version: Annotated[int, "int"]
    position: Annotated[int, "bigint"]
    known_at: Annotated[date | None, "date"] = None  # null for a retraction, as all below but the next two
    retracts: Annotated[int | None, "int"] = None
    reason: Annotated[str | None, "text"] = None
    retracted: Annotated[int | None, "bigint"] = None  # the position that took it back
    verdict: Annotated[str | None, "text"] = None
    unit: Annotated[str | None, "text"] = None
    interval: Annotated["Range[Decimal] | None", "numrange"] = None
    quantity: Annotated[str | None, "text"] = None  # JSON; null where unit and interval are enough
    publisher: Annotated[str | None, "text"] = None
    sources: Annotated[str | None, "bigint[]"] = None  # their keys, separated by spaces
    content: Annotated[bytes | None, "bytea"] = None
    value: Annotated[bytes | None, "bytea"] = None
    citations: Annotated[bytes | None, "bytea"] = None
    author: Annotated[int | None, "bigint"] = None
    filing: Annotated[int | None, "int"] = None  # this and the next two: of imported versions alone
    entry: Annotated[int | None, "int"] = None
    number: Annotated[str | None, "numeric"] = None
    context: Annotated[str | None, "text"] = None
    attribution: Annotated[str | None, "jsonb"] = None


def _typed(row: type[FactRow | VersionRow]) -> tuple[tuple[str, str], ...]:
    """The columns of a row, each with its Postgres type."""
    told = get_type_hints(row, include_extras=True)
    return tuple((name, told[name].__metadata__[0]) for name in row._fields)


_FACT, _VERSION = _typed(FactRow), _typed(VersionRow)
_HEAD = 4  # arguments before those of the rows


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _filled(name: str, parts: Mapping[str, str]) -> str:
    """A statement with its placeholders filled, also those for the columns of `facts` and `versions`."""
    told = get_type_hints(FactRow, include_extras=True)
    changed = (name for name in FactRow._fields if ANSWER in told[name].__metadata__)
    text = sql(name)
    for place, part in {
        "{columns}": _listed(FactRow._fields),
        "{updates}": ", ".join(f'"{name}" = excluded."{name}"' for name in changed),
        "{version_columns}": _listed(VersionRow._fields),
        **parts,
    }.items():
        text = text.replace(place, part)
    return text


@cache
def upsert_facts() -> str:
    """The statement `upsert_facts` with the columns of `FactRow` and `VersionRow` filled in."""
    parts = {
        "{values}": selection(_FACT),
        "{definition}": definition(_FACT),
        "{version_values}": selection(_VERSION),
        "{version_definition}": definition(_VERSION),
    }
    return _filled("upsert_facts", parts)


@cache
def assert_alone(*, new: bool, numbered: bool, keeping: bool) -> str:
    """The statement `assert_alone`: of a new fact or a recorded one, with or without other numbers and an answer to keep."""
    versions = _HEAD + 1 + len(_FACT)
    last = versions + len(_VERSION) - 1  # the last argument so far
    series = numbers = kept = condition = ""
    if new:
        at = {name: f"${number}::{sort}" for number, (name, sort) in enumerate(_FACT, _HEAD + 1)}
        series = fragment("series_alone", **at, of_unit=f"${last + 1}", of_comparison=f"${last + 2}") + " "
        last += 2
    if numbered:
        numbers = fragment("numbers_alone", numbers=f"${last + 1}") + " "
        last += 1
    if keeping:
        condition = f" and pg_try_advisory_xact_lock(${last + 1})"
        names = ("api_key", "idempotency_key", "fingerprint", "answer")
        kept = fragment("kept_alone", **{name: f"${last + 2 + n}" for n, name in enumerate(names)}) + " "
    parts = {
        "{if_first}": condition,
        "{series}": series,
        "{numbers}": numbers,
        "{kept}": kept,
        "{values}": places(_FACT, _HEAD + 1),
        "{version_values}": places(_VERSION, versions),
    }
    return _filled("assert_alone", parts)


def fact_row(fact: FactState) -> FactRow:
    """The row of `facts` for a fact. Raises ValueError if it has no assertion."""
    key, answered = fact.key, fact.answered()
    if answered is None:
        raise ValueError(f"fact {fact.id} has no version")
    answer = answered.answer
    version, period, quantity = answer.version, key.period, answer.version.quantity
    check = version.check()
    summary = _summary(fact, check)
    return FactRow(
        company=company_key(key.company),
        id=fact.id,
        slug=key.company,
        kind=key.kind,
        subject=key.subject,
        slot=key.slot,
        dimensions=_json(key.dimensions),
        basis=key.basis,
        period=None if period is None else range_of(period),
        frequency=None if period is None else period.frequency,
        frame=None if period is None else period.frame,
        version=version.version,
        known_at=version.known_at,
        settled=fact.settled,
        asserted=answer.asserted,
        evidence=check.verdict,
        checker=summary.checker,
        context=summary.context,
        disputed=bool(answer.rivals),
        unit=None if quantity is None else quantity.unit,
        interval=numeric_range(quantity),
        quantity=_more_than_a_number(quantity),
        cited=version.sources[0],
        answer=answered.body,
        told=None if NAMED[key.kind].searched is None else search_words(value_of(key, version.value)),
        first_position=fact.first_position,
        first_known=fact.first_known,
        contested=len({one.publisher for one in fact.versions}) > 1,
        publishers=answered.publishers,
    )


def _summary(fact: FactState, check: history.Check) -> Summary:
    return summary_of(check.citations, NAMED[fact.key.kind].main, check.verdict)


def _assertion_row(fact: FactState, version: Version, author: int | None) -> VersionRow:
    _, verdict, citations = version.checks[0]
    row = VersionRow(
        company=company_key(fact.key.company),
        fact=fact.id,
        version=version.version,
        position=version.position,
        known_at=version.known_at,
        retracted=version.retracted,
        author=author,
    )
    if version.imported is not None:
        filing, entry, number = version.imported
        return row._replace(filing=filing, entry=entry, number=number)
    return row._replace(
        verdict=verdict,
        unit=None if version.quantity is None else version.quantity.unit,
        interval=numeric_range(version.quantity),
        quantity=_more_than_a_number(version.quantity),
        publisher=version.publisher,
        sources=" ".join(map(str, version.sources)),
        content=version.content,
        value=version.value,
        citations=citations,
        context=_summary(fact, version.checks[0]).context,
        attribution=None if version.attribution == PLAIN else _json(version.attribution),
    )


def _retraction_row(fact: FactState, retraction: Retraction, author: int | None) -> VersionRow:
    return VersionRow(
        company=company_key(fact.key.company),
        fact=fact.id,
        version=retraction.version,
        position=retraction.position,
        retracts=retraction.retracts,
        reason=retraction.reason,
        author=author,
    )


def number_rows(fact: FactState, version: Version) -> Iterator[Sequence[object]]:
    """The rows of `version_numbers` for a version: its numbers beside the main one."""
    if version.imported is not None:  # has only the main one
        return
    for number in other_numbers(value_of(fact.key, version.value)):
        unit = number.quantity.unit if isinstance(number.quantity, Quantity) else None
        field = number.field.partition("/")[0]
        yield (
            company_key(fact.key.company), fact.id, version.version, number.field, field, unit,
            number_range(number.quantity),
        )  # fmt: skip


def _check_row(check: Recheck) -> Sequence[object]:
    made = next(one for one in check.version.checks if one.position == check.position)
    _, verdict, citations = made
    return (
        company_key(check.fact.key.company),
        check.fact.id,
        check.version.version,
        check.position,
        verdict,
        citations,
        _summary(check.fact, made).context,
    )
