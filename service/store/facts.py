"""Loads facts with their versions, and pages through all facts."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import starmap
from typing import Any, NamedTuple
from uuid import UUID

import msgspec
from asyncpg import Range

from service.core import history, imported, quantities
from service.core.citations import Verdict
from service.core.facts import Basis, FactKey, Retraction, in_order
from service.core.history import PLAIN, Attribution, Earlier, Version
from service.core.identity import company_key, company_key_of
from service.core.kinds import Comparison, Kind, main_quantity
from service.core.periods import FiscalYear, Period
from service.core.states import FactState, Sought, value_of
from service.postgres.database import Session
from service.postgres.recordsets import arrays
from service.postgres.shared import shared
from service.store.statements import sql

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
        *arrays(((company_key_of(one.fact), one.fact, one.content, one.retracted) for one in sought), 4),
        *arrays(((company_key_of(one.fact), one.fact, one.day) for one in imported), 3),
        *arrays((_value_sought(one) for one in sought if one.value is not None), 5),
        *arrays(((company_key_of(fact), fact, number) for fact, number in numbered), 3),
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


# -- paging through all facts --------------------------------------------------------------------


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
