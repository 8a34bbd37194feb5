"""Facts and their versions: histories for the rule, what facts answer now, and lists."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

import msgspec
from asyncpg import Range

from service.domain import history, quantities, rendering
from service.domain.edgar import entries
from service.domain.facts import FactKey, Retraction, in_order
from service.domain.history import Times, Version
from service.domain.identity import company_key, company_key_of
from service.domain.kinds import NAMED, main_quantity, search_words
from service.domain.ledger import Changes, FactState, Recheck, value_of
from service.domain.lists import Filters, Place
from service.domain.lookup import Asked, Candidate
from service.domain.packing import unpacked
from service.domain.periods import Period
from service.domain.quantities import Quantity
from service.sql.database import Record, Session
from service.sql.questions import FEW, Question, answered, own_form, shared_form
from service.sql.statements import fragment, sql

EVER = date.max  # Postgres' infinity

_dimensions = msgspec.json.Decoder(dict[str, str])


# -- histories -----------------------------------------------------------------------------------


async def load_histories(session: Session, facts: Iterable[tuple[int, UUID]]) -> list[FactState]:
    """Facts by company and id, with every version; those without any are left out."""
    pairs = sorted(set(facts))
    if not pairs:
        return []
    companies, ids = [company for company, _ in pairs], [fact for _, fact in pairs]
    found: dict[UUID, FactState] = {}
    by_version: dict[tuple[UUID, int], Version] = {}
    for row in await session.fetch(sql("histories"), companies, ids):
        state = found.get(row["id"])
        if state is None:
            state = found[row["id"]] = FactState(
                key=_key(row), id=UUID(int=row["id"].int), settled=row["settled"]
            )
        if row["retracts"] is not None:
            state.retractions.append(_retraction(row, state))
        else:
            version = _version(row, state.key)
            state.versions.append(version)
            by_version[row["id"], row["version"]] = version
    for row in await session.fetch(sql("checks"), companies, ids):
        version = by_version[row["fact"], row["version"]]
        version.checks.append(history.Check(row["position"], row["verdict"], row["citations"]))
    return list(found.values())


def _key(row: Record) -> FactKey:
    return FactKey(
        company=row["slug"],
        kind=row["kind"],
        subject=row["subject"],
        dimensions=in_order(_dimensions.decode(row["dimensions"])),
        basis=row["basis"],
        period=period_of(row["period"], row["frequency"]),
        unit=row["slot_unit"],
        comparison=row["comparison"],
    )


def period_of(stored: "Range[date] | None", frequency: str | None) -> Period | None:
    """The period that a date range stands for; Postgres keeps the day after the last one."""
    if stored is None or stored.lower is None or stored.upper is None:
        return None
    last = stored.upper - timedelta(days=1)
    return Period(instant=last) if frequency == "instant" else Period(start=stored.lower, end=last)


def _version(row: Record, key: FactKey) -> Version:
    if row["filing"] is not None:
        return _imported(row, key)
    return Version(
        version=row["version"],
        known_at=row["known_at"],
        position=row["position"],
        recorded_at=row["recorded_at"],
        publisher=row["publisher"],
        quantity=main_quantity(value_of(key, row["value"])),
        checks=[history.Check(row["position"], row["verdict"], row["citations"])],
        value=row["value"],
        sources=row["sources"],
        content=row["content"],
        retracted=row["retracted"],
    )


def _imported(row: Record, key: FactKey) -> Version:
    kept = history.Imported(row["filing"], row["entry"], row["number"])
    unit = key.unit or ""
    return Version(
        version=row["version"],
        known_at=row["known_at"],
        position=row["position"],
        recorded_at=row["recorded_at"],
        publisher=entries.VOICE,
        quantity=Quantity(unit=unit, value=kept.number),
        checks=[history.Check(row["position"], "verified", entries.citations_of(key, kept, row["template"]))],
        value=entries.value_of(unit, kept.number),
        sources=row["sources"],
        content=b"",
        retracted=row["retracted"],
        imported=kept,
    )


def _retraction(row: Record, state: FactState) -> Retraction:
    return Retraction(
        id=state.id,
        company=state.key.company,
        version=row["version"],
        retracts=row["retracts"],
        reason=row["reason"],
        recorded_at=row["recorded_at"],
        position=row["position"],
    )


class Then(NamedTuple):
    """A fact, and the day and position that it is asked at; both given (see `bounds`)."""

    fact: UUID
    known_at: date
    at: int


class Chosen(NamedTuple):
    """The version that answers a fact then."""

    id: UUID
    key: FactKey
    version: Version
    contested: bool  # another publisher speaks of the fact: only its whole history tells who contradicts


async def answered_then(session: Session, asked: Sequence[Then]) -> list[Chosen | None]:
    """The version that answers each fact then; None where none stands."""
    rows = await session.fetch(
        sql("answered_then"),
        [company_key_of(one.fact) for one in asked],
        [one.fact for one in asked],
        [one.known_at for one in asked],
        [one.at for one in asked],
    )
    found: list[Chosen | None] = [None] * len(asked)
    for row in rows:
        place: int = row["place"] - 1
        found[place] = _chosen(asked[place].fact, row)
    return found


def _chosen(fact: UUID, row: Record) -> Chosen:
    key = _key(row)
    return Chosen(fact, key, _version(row, key), row["contested"])


# -- writing -------------------------------------------------------------------------------------


async def save_facts(session: Session, changes: Changes, recorded_at: datetime) -> None:
    """Write assertions, retractions, later checks, and what the facts answer from now on."""
    facts = list(changes.facts.values())
    if not facts:
        return
    await session.execute(sql("insert_slots"), *_columns(_slot_rows(facts), 8))
    await session.execute(sql("upsert_facts"), *_columns((_fact_row(fact) for fact in facts), 26))
    versions = [
        *(_assertion_row(f, v, changes.authors.get(v.position)) for f, v in changes.assertions),
        *(_retraction_row(f, r, changes.authors.get(r.position)) for f, r in changes.retractions),
    ]
    if versions:
        await session.execute(sql("insert_versions"), *_columns(versions, 20), recorded_at)
    if changes.retractions:
        closed = ((company_key(f.key.company), f.id, r.retracts, r.position) for f, r in changes.retractions)
        await session.execute(sql("close_versions"), *_columns(closed, 4))
    if changes.checks:
        await session.execute(
            sql("insert_evidence"), *_columns(map(_check_row, changes.checks), 6), recorded_at
        )


def _columns(rows: Iterable[Sequence[object]], width: int) -> list[list[object]]:
    columns: list[list[object]] = [list[object]() for _ in range(width)]
    for row in rows:
        for column, cell in zip(columns, row, strict=True):
            column.append(cell)
    return columns


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


def range_of(period: Period) -> "Range[date]":
    """A period as Postgres keeps it."""
    return Range(period.first, period.last, lower_inc=True, upper_inc=True)


def numeric_range(quantity: Quantity | None) -> "Range[Decimal] | None":
    """The interval of a quantity as Postgres keeps it."""
    if quantity is None:
        return None
    interval = quantities.interval(quantity)
    return Range(
        interval.low, interval.high, lower_inc=interval.low_included, upper_inc=interval.high_included
    )


def _more_than_a_number(quantity: Quantity | None) -> str | None:
    """The JSON of a quantity, unless its unit and its interval already say all that it says."""
    if quantity is None:
        return None
    plain = quantity == Quantity(unit=quantity.unit, value=quantity.value)
    # Postgres' numbers have no negative zero
    negative_zero = plain and f"{quantity.value}".startswith("-") and not Decimal(f"{quantity.value}")
    return None if plain and not negative_zero else _json(quantity)


def _fact_row(fact: FactState) -> Sequence[object]:
    key, answer = fact.key, fact.answer()
    if answer is None:
        raise ValueError(f"fact {fact.id} has no version")
    version, period = answer.version, key.period
    return (
        company_key(key.company), fact.id, key.company, key.kind, key.subject, key.slot, _json(key.dimensions), key.basis,
        None if period is None else range_of(period), None if period is None else period.frequency,
        None if period is None else period.frame,
        version.version, version.known_at, fact.settled, answer.asserted, version.check().verdict, bool(answer.rivals),
        None if version.quantity is None else version.quantity.unit, numeric_range(version.quantity),
        _more_than_a_number(version.quantity), version.sources[0], rendering.render_answer(key, fact.id, answer),
        None if NAMED[key.kind].searched is None else search_words(value_of(key, version.value)),
        min(one.position for one in fact.versions), min(one.known_at for one in fact.versions),
        len({one.publisher for one in fact.versions}) > 1,
    )  # fmt: skip


def _assertion_row(fact: FactState, version: Version, author: int | None) -> Sequence[object]:
    _, verdict, citations = version.checks[0]
    if version.imported is not None:
        return (
            company_key(fact.key.company), fact.id, version.version, version.position, version.known_at, None, None, None,
            None, None, None, None, None, None, None, None, author, *version.imported,
        )  # fmt: skip
    return (
        company_key(fact.key.company), fact.id, version.version, version.position, version.known_at, None, None, verdict,
        None if version.quantity is None else version.quantity.unit, numeric_range(version.quantity),
        _more_than_a_number(version.quantity), version.publisher, " ".join(map(str, version.sources)), version.content,
        version.value, citations, author, None, None, None,
    )  # fmt: skip


def _retraction_row(fact: FactState, retraction: Retraction, author: int | None) -> Sequence[object]:
    return (
        company_key(fact.key.company), fact.id, retraction.version, retraction.position, None, retraction.retracts,
        retraction.reason, None, None, None, None, None, None, None, None, None, author, None, None, None,
    )  # fmt: skip


def _check_row(check: Recheck) -> Sequence[object]:
    _, verdict, citations = check.version.checks[-1]
    return (
        company_key(check.fact.key.company),
        check.fact.id,
        check.version.version,
        check.position,
        verdict,
        citations,
    )


# -- reading -------------------------------------------------------------------------------------


class Settled(NamedTuple):
    """What a fact answers now, the day and position from which on it does, and the head of the log."""

    answer: bytes | None
    known_at: date | None
    settled: int | None
    head: int

    def holds_at(self, times: Times) -> bool:
        """Whether what is answered now is also the answer at those times."""
        if self.known_at is None or self.settled is None:
            return False
        return (times.known_at is None or self.known_at <= times.known_at) and (
            times.at is None or self.settled <= times.at
        )


async def settled(session: Session, asked: Sequence[UUID]) -> list[Settled]:
    """Facts as they answer now."""
    rows = await session.fetch(sql("facts_settled"), [company_key_of(fact) for fact in asked], asked)
    return [
        Settled(row["answer"] and unpacked(row["answer"]), row["known_at"], row["settled"], row["head"])
        for row in rows
    ]


class Candidates(NamedTuple):
    """The facts that a look-up may mean, and the head of the log."""

    found: list[Candidate]
    head: int


async def lookup_now(session: Session, asked: Sequence[Asked]) -> list[Candidates]:
    """The candidates of look-ups: of each series the latest, or those of the period asked for."""
    return _candidates(asked, await session.fetch(sql("lookup_now"), *_lookup_columns(asked)))


async def lookup_as_known(session: Session, asked: Sequence[Asked], times: Times) -> list[Candidates]:
    """The same at a day and a position."""
    columns = _lookup_columns(asked)
    return _candidates(asked, await session.fetch(sql("lookup_as_known"), *columns, *bounds(times)))


def _lookup_columns(asked: Sequence[Asked]) -> list[list[object]]:
    return _columns(
        (
            (
                place, a.company, a.kind, a.subject, _json(a.dimensions) if a.dimensions else None, a.basis, a.unit,
                a.frequency, None if a.period is None else a.period.first, None if a.period is None else a.period.last,
                None if a.period is None else a.period.instant is not None, a.frame,
            )
            for place, a in enumerate(asked)
        ),
        12,
    )  # fmt: skip


def _candidates(asked: Sequence[Asked], records: Sequence[Record]) -> list[Candidates]:
    head: int = records[0]["head"]
    found = [Candidates([], head) for _ in asked]
    for row in records:
        place: int | None = row["place"]
        if place is None:  # the head alone
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
                answer=row["answer"] and unpacked(row["answer"]),
            )
        )
    return found


def bounds(times: Times) -> tuple[date, int]:
    """The times as the statements take them: no bound is infinity and the greatest position."""
    return times.known_at or EVER, 2**63 - 1 if times.at is None else times.at


class AskedList(NamedTuple):
    """Facts that are asked for: `limit` of those that pass, in the order of lists, after a place."""

    filters: Filters
    times: Times
    after: Place | None
    limit: int

    def is_short(self) -> bool:
        """Whether an index leads from its first fact to its last, and those are few: it keeps nobody waiting."""
        return (
            self.filters.company is not None
            and self.limit <= FEW
            and self.filters == Filters(self.filters.company, self.filters.kind, self.filters.subject)
        )


class Listing(NamedTuple):
    """The facts of a list, and the head of the log."""

    answers: list[bytes | None]  # None where an earlier version answers
    earlier: list[UUID]  # the facts of which that is so
    head: int


_COMPANY_ORDER = "f.kind, f.subject, f.recency, f.id"
_ORDER = f"f.slug, {_COMPANY_ORDER}"


async def list_facts(session: Session, lists: Sequence[AskedList]) -> list[Listing]:
    """Facts in the order company, kind, subject, latest period, id."""
    found = await answered(session, [_question(one) for one in lists])
    return [_listing(row, one.limit) for (row,), one in zip(found, lists, strict=True)]


def _listing(row: Record, limit: int) -> Listing:
    answers = [kept and unpacked(kept) for kept in (row["answers"] or ())[:limit]]
    earlier = (row["earlier"] or ())[: answers.count(None)]
    return Listing(answers, [UUID(int=fact.int) for fact in earlier], row["head"])


class _Given:
    """What a list gives to its statement: a column of q for each."""

    def __init__(self) -> None:
        self.columns: list[tuple[str, str]] = []
        self.values: list[object] = []

    def give(self, name: str, sort: str, value: object) -> str:
        """Give a value of one of Postgres' types: the column that has it."""
        self.columns.append((name, sort))
        self.values.append(value)
        return f"q.{name}"

    def give_times(self, times: Times) -> None:
        """Give the day and the position."""
        known_at, at = bounds(times)
        self.give("known", "date", known_at)
        self.give("at", "bigint", at)


def _question(one: AskedList) -> Question:
    filters, times, after, limit = one
    given = _Given()
    now = times == Times()
    if not now or filters.source is not None:
        given.give_times(times)
    # all facts are read company by company, but for filters that have an index across companies
    by_company = (
        filters.company is None
        and filters.subject is None
        and filters.source is None
        and filters.disputed is not True
    )
    where = _where(filters, given, now=now)
    if after is not None:
        where += _after(after, given, within_company=filters.company is not None)
    if by_company:
        where = f"and f.company = c.company {where}"
    facts = (
        fragment("facts_now" if now else "facts_as_known" if _asks_of_answers(filters) else "facts_standing")
        .replace("{where}", where)
        .replace("{order}", _ORDER if filters.company is None and not by_company else _COMPANY_ORDER)
    )
    if by_company:
        facts = fragment("company_by_company", facts=facts, companies=_companies(after, times))
    text = sql("list_facts").replace("{facts}", facts)
    if one.is_short():
        return Question(shared_form(text, given.columns, limit), True, given.values)
    return Question(own_form(text, given.columns), False, [*given.values, limit])


def _asks_of_answers(filters: Filters) -> bool:
    """Whether a list keeps facts by what they answer, rather than by what they are."""
    asked = (filters.unit, filters.minimum, filters.maximum, filters.evidence, filters.disputed)
    return any(one is not None for one in asked)


def _companies(after: Place | None, times: Times) -> str:
    """The conditions of the companies c that may have facts in a list."""
    found = "" if times.at is None else fragment("recorded_by", at="q.at")
    return found if after is None else f"{found} and c.slug >= q.after_slug"


def _where(filters: Filters, given: _Given, *, now: bool) -> str:
    """The conditions of a list, and what they are given."""
    give = given.give
    a = "f" if now else "a"  # what a fact answers
    conditions: list[str] = []
    if filters.company is not None:
        conditions.append(f"f.company = {give('company', 'bigint', company_key(filters.company))}")
    for column in ("kind", "subject", "basis"):
        wanted: str | None = getattr(filters, column)
        if wanted is not None:
            conditions.append(f"f.{column} = {give(column, 'text', wanted)}")
    if filters.dimensions:
        conditions.append(f"f.dimensions @> {give('dimensions', 'text', _json(filters.dimensions))}::jsonb")
    if filters.period is not None:
        conditions.append(_of_period(filters.period, filters.frame, given))
    if filters.unit is not None:
        conditions.append(f"{a}.unit = {give('unit', 'text', filters.unit)}")
    if filters.minimum is not None or filters.maximum is not None:
        interval = Range(filters.minimum, filters.maximum, lower_inc=True, upper_inc=True)
        conditions.append(f"{a}.interval && {give('interval', 'numrange', interval)}")
    if filters.evidence is not None:
        conditions.append(f"{a}.evidence = {give('evidence', 'text', filters.evidence)}")
    if filters.disputed is not None:
        then = fragment("disputed_as_known", known="q.known", at="q.at")
        disputed = "(f.contested and f.disputed)" if now else then
        conditions.append(disputed if filters.disputed else f"not {disputed}")
    if filters.as_of is not None:
        conditions.append(f"(f.period is null or f.period @> {give('as_of', 'date', filters.as_of)})")
    if filters.source is not None:
        source = give("source", "bigint", filters.source)
        conditions.append(fragment("cites", source=source, known="q.known", at="q.at"))
    return "".join(f"\n    and {condition}" for condition in conditions)


def _of_period(period: Period, frame: str | None, given: _Given) -> str:
    given.give("period", "daterange", range_of(period))
    given.give("instant", "boolean", period.instant is not None)
    framed = "" if frame is None else f" or f.frame = {given.give('frame', 'text', frame)}"
    return f"(f.period = q.period and (f.frequency is not distinct from 'instant') = q.instant{framed})"


def _after(after: Place, given: _Given, *, within_company: bool) -> str:
    """The condition of what comes after a place."""
    given.give("after_slug", "text", after.slug)
    given.give("after_kind", "text", after.kind)
    given.give("after_subject", "text", after.subject)
    given.give("after_recency", "int", after.recency)
    given.give("after_id", "uuid", after.id)
    # within a company its slug is no part of the order, so that the index is used for the place too
    columns = _COMPANY_ORDER if within_company else _ORDER
    return f"\n    and ({columns}) > ({columns.replace('f.', 'q.after_')})"


def pair(fact: UUID) -> tuple[int, UUID]:
    """A fact as histories are asked for: the company's key and the id."""
    return company_key_of(fact), fact


async def facts_after(
    session: Session, company: int | None, after: tuple[int, UUID] | None, limit: int, checker: str | None
) -> list[tuple[int, UUID]]:
    """Company and id of facts in their order, after one; with `checker`, those that it has not checked."""
    first = after or (-1, UUID(int=0))
    rows = await session.fetch(sql("facts_after"), company, *first, limit, checker)
    return [(row["company"], UUID(int=row["id"].int)) for row in rows]
