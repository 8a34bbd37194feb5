"""Facts and their versions: loading histories, writing facts, and paging through all facts."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from itertools import starmap
from typing import Annotated, Any, NamedTuple, get_type_hints
from uuid import UUID

import msgspec
from asyncpg import Range, UniqueViolationError

from service.core import history, imported, quantities
from service.core.citations import Summary, Verdict, summary_of
from service.core.facts import Basis, FactKey, Retraction, in_order
from service.core.history import PLAIN, Attribution, Earlier, Version
from service.core.identity import company_key, company_key_of
from service.core.kinds import NAMED, Comparison, Kind, main_quantity, other_numbers, search_words
from service.core.periods import FiscalYear, Period
from service.core.quantities import Quantity
from service.core.states import FactState, NewEntries, Recheck, Sought, value_of
from service.postgres.database import Session, Transaction
from service.postgres.listening import CHANNEL
from service.postgres.recordsets import arguments, definition, places, recordset, selection
from service.postgres.shared import shared
from service.store.filters import range_of
from service.store.idempotency import Keeping
from service.store.log import Head
from service.store.statements import fragment, sql

ANSWER = "answer"  # marks a column of `facts` that is rewritten whenever the fact's answer changes

_dimensions = msgspec.json.Decoder(dict[str, str])
_attribution = msgspec.json.Decoder(Attribution)


# -- versions ------------------------------------------------------------------------------------


class Told(NamedTuple):
    """Everything needed to render one version of a fact: the columns of the SQL fragment `told`, in its order."""

    id: UUID
    slug: str
    kind: Kind
    subject: str
    dimensions: str
    basis: Basis
    first: date | None
    beyond: date | None  # the day after the last day
    frequency: str | None
    unit: str | None
    comparison: Comparison | None
    version: int
    known_at: date
    position: int
    recorded_at: datetime
    publisher: str | None
    verdict: Verdict
    value: bytes
    citations: bytes
    sources: str  # source keys, separated by spaces
    content: bytes
    filing: int | None  # set for an imported version, which stores no value, citations or content
    entry: int
    number: str
    template: bytes
    contested: bool
    derived: (
        str | None
    )  # the sources that are derived from others, each with its position: `id@812`, separated by spaces
    attribution: str | None  # JSON

    def key(self) -> FactKey:
        """The key of the fact."""
        return FactKey(
            company=self.slug,
            kind=self.kind,
            subject=self.subject,
            dimensions=in_order(_dimensions.decode(self.dimensions)),
            basis=self.basis,
            period=period_between(self.first, self.beyond, self.frequency),
            unit=self.unit,
            comparison=self.comparison,
        )

    def as_version(self, key: FactKey, retracted: int | None) -> Version:
        """The version as the rule takes it. An imported version gets its value and citations composed here."""
        row = None
        value, content, citations = self.value, self.content, self.citations
        if self.filing is not None:
            row = history.Imported(self.filing, self.entry, self.number)
            content, value = b"", imported.value_of(key.unit or "", self.number)
            citations = imported.citations_of(key, row, self.template)
        return Version(
            version=self.version,
            known_at=self.known_at,
            position=self.position,
            recorded_at=self.recorded_at,
            publisher=imported.VOICE if self.publisher is None else self.publisher,
            quantity=main_quantity(value_of(key, value)),
            checks=[history.Check(self.position, self.verdict or "verified", citations)],
            value=value,
            sources=[int(source) for source in self.sources.split()],
            content=content,
            retracted=retracted,
            imported=row,
            derived={source: int(since) for source, since in _derived(self.derived)},
            attribution=PLAIN if self.attribution is None else _attribution.decode(self.attribution),
        )


def _derived(told: str | None) -> Iterable[tuple[str, str]]:
    return [(source, since) for source, _, since in (one.partition("@") for one in (told or "").split())]


def period_between(first: date | None, beyond: date | None, frequency: str | None) -> Period | None:
    """The period from `first` to the day before `beyond`; None if either is None."""
    if first is None or beyond is None:
        return None
    last = beyond - timedelta(days=1)
    return Period(instant=last) if frequency == "instant" else Period(start=first, end=last)


def period_of(stored: "Range[date] | None", frequency: str | None) -> Period | None:
    """The period of a Postgres date range, whose upper bound is excluded."""
    return None if stored is None else period_between(stored.lower, stored.upper, frequency)


def earlier(row: Sequence[Any]) -> Earlier:
    """The answering version from a row of the SQL fragment `told`."""
    told = Told(*row)
    key = told.key()
    return Earlier(UUID(int=told.id.int), key, told.as_version(key, None), told.contested)


# -- histories -----------------------------------------------------------------------------------


class RecordedRow(NamedTuple):
    """The columns of the SQL fragment `written`, in its order: a recorded version or retraction."""

    told: Sequence[Any]
    retracted: int | None
    retracts: int | None
    reason: str | None


async def load_histories(
    session: Session, facts: Iterable[tuple[int, UUID]], *, checks: bool = True
) -> list[FactState]:
    """Facts with all their versions, given as (company key, fact id). Unknown facts are left out.

    Without `checks`, each version has only the check that came with it.
    """
    pairs = sorted(set(facts))
    if not pairs:
        return []
    companies, ids = [company for company, _ in pairs], [fact for _, fact in pairs]
    found: dict[UUID, FactState] = {}
    by_version: dict[tuple[UUID, int], Version] = {}
    for settled, *row in await session.fetch(sql("histories"), companies, ids):
        written = RecordedRow(*row)
        told = Told(*written.told)
        state = found.get(told.id)
        if state is None:
            state = found[told.id] = FactState(key=told.key(), id=UUID(int=told.id.int), settled=settled)
        version = _add(state, told, written)
        if version is not None:
            by_version[told.id, told.version] = version
    for row in await session.fetch(sql("checks"), companies, ids) if checks else ():
        version = by_version[row["fact"], row["version"]]
        version.checks.append(history.Check(row["position"], row["verdict"], row["citations"]))
    return list(found.values())


async def load_to_write(session: Session, facts: Mapping[UUID, int]) -> list[FactState]:
    """Facts with the part of their history that decides what they answer, for so many retractions of each.

    Unknown facts are left out.
    """
    if not facts:
        return []
    return in_part(await session.fetch(sql("facts_to_write"), *asked_in_part(facts)))


_NUMBER_TOLD = Told._fields.index("version")


def asked_in_part(
    facts: Mapping[UUID, int], contents: Mapping[UUID, bytes] = {}
) -> tuple[list[int], list[UUID], list[int], list[bytes | None]]:
    """The arguments of the SQL fragment `facts_touched`, for so many retractions of each fact; with the version of a content."""
    ids = sorted(facts)
    return (
        [company_key_of(fact) for fact in ids],
        ids,
        [facts[fact] + 1 for fact in ids],
        [contents.get(fact) for fact in ids],
    )


def in_part(rows: Iterable[Iterable[Any]]) -> list[FactState]:
    """The facts of rows of the SQL fragment `facts_touched`."""
    found: list[FactState] = []
    for settled, first_position, first_known, last, versions in rows:
        # a version may come twice, by its place and by its content
        each = {version[0][_NUMBER_TOLD]: RecordedRow(*version) for version in versions}
        written = list(each.values())
        told = [Told(*version.told) for version in written]
        state = FactState(
            key=told[0].key(),
            id=UUID(int=told[0].id.int),
            settled=settled,
            unloaded=last - len(written),
            since=(first_position, first_known),
        )
        for one, version in zip(told, written, strict=True):
            _add(state, one, version)
        found.append(state)
    return found


async def load_further(
    session: Session,
    states: Mapping[UUID, FactState],
    sought: Sequence[Sought],
    numbered: Sequence[tuple[UUID, int]],
) -> None:
    """Load into facts that are loaded in part the versions that are sought, and those with a number.

    With a number comes the retraction of that version, if it is retracted.
    """
    imported = [
        one for one in sought if any(version.imported is not None for version in states[one.fact].versions)
    ]
    rows = await session.fetch(
        sql("versions_sought"),
        *_columns(((company_key_of(one.fact), one.fact, one.content, one.retracted) for one in sought), 4),
        *_columns(((company_key_of(one.fact), one.fact, one.day) for one in imported), 3),
        *_columns((_value_sought(one) for one in sought if one.value is not None), 5),
        *_columns(((company_key_of(fact), fact, number) for fact, number in numbered), 3),
    )
    for written in starmap(RecordedRow, rows):
        told = Told(*written.told)
        state = states[UUID(int=told.id.int)]
        loaded = {one.version for one in state.versions} | {one.version for one in state.retractions}
        if told.version not in loaded:
            state.unloaded -= 1
            _add(state, told, written)
    for state in states.values():
        state.versions.sort(key=lambda version: version.version)


def _value_sought(one: Sought) -> Sequence[object]:
    main = None if one.value is None else main_quantity(one.value)
    low = None if main is None else quantities.interval(main).low
    return company_key_of(one.fact), one.fact, one.day, low, one.retracted > 0


def _add(state: FactState, told: Told, written: RecordedRow) -> Version | None:
    """Add a recorded version or retraction to a fact; returns the version."""
    if written.retracts is None:
        state.versions.append(told.as_version(state.key, written.retracted))
        return state.versions[-1]
    state.retractions.append(retraction_of(state.key.company, told, written.retracts, written.reason))
    return None


def retraction_of(company: str, told: Told, retracts: int, reason: str | None) -> Retraction:
    """The retraction of a row that retracts a version of a company's fact."""
    return Retraction(
        id=UUID(int=told.id.int),
        company=company,
        version=told.version,
        retracts=retracts,
        reason=reason or "",
        recorded_at=told.recorded_at,
        position=told.position,
    )


@shared
async def histories(session: Session, facts: Sequence[UUID]) -> list[FactState | None]:
    """Facts with all their versions, in the order of the ids; None for an unknown fact."""
    found = {state.id: state for state in await load_histories(session, map(pair, facts))}
    return [found.get(fact) for fact in facts]


def pair(fact: UUID) -> tuple[int, UUID]:
    """(company key, fact id): the primary key of a fact."""
    return company_key_of(fact), fact


# what a company has a year of, whatever it does
_YEARLY = ("us-gaap:NetIncomeLoss", "us-gaap:ProfitLoss", "ifrs-full:ProfitLoss", "net-income", "revenue")


async def fiscal_years(session: Session, slugs: Iterable[str]) -> dict[str, FiscalYear]:
    """A fiscal year of each company that has recorded annual metrics of its result, by slug."""
    keys = {company_key(slug): slug for slug in slugs}
    rows = await session.fetch(sql("fiscal_years"), list(keys), list(_YEARLY))
    return {keys[row["company"]]: FiscalYear(row["ends"], row["year"]) for row in rows}


# -- writing -------------------------------------------------------------------------------------


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
        await session.execute(sql("close_versions"), *_columns(closed, 4))
    if changes.checks:
        await session.execute(
            sql("insert_evidence"), *_columns(map(_check_row, changes.checks), 7), recorded_at
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


# -- paging through all facts ---------------------------------------------------------------------------------


async def facts_after(
    session: Session, company: int | None, after: tuple[int, UUID] | None, limit: int, checker: str | None
) -> list[tuple[int, UUID]]:
    """(company key, fact id) of up to `limit` facts after one; with `checker`, only those it has not checked."""
    first = after or (-1, UUID(int=0))
    rows = await session.fetch(sql("facts_after"), company, *first, limit, checker)
    return [(row["company"], UUID(int=row["id"].int)) for row in rows]


class StoredAnswer(NamedTuple):
    """A fact and its stored present answer (packed JSON)."""

    company: int
    id: UUID
    answer: bytes


async def answers_after(
    session: Session, company: int | None, after: tuple[int, UUID] | None, limit: int
) -> list[StoredAnswer]:
    """Up to `limit` facts after one, ordered by company and id, each with its stored answer."""
    rows = await session.fetch(sql("answers_after"), company, *(after or (-1, UUID(int=0))), limit)
    return [StoredAnswer(row["company"], UUID(int=row["id"].int), row["answer"]) for row in rows]
