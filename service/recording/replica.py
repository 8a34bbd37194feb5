"""Adds to a mirror what another log has recorded: positions, instants and evidence as they are there. Decides nothing.

Facts are loaded as a writer loads them, since what they answer follows from their versions here as there.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from service.core import imported
from service.core.companies import CompanyDescription, ConceptDescription
from service.core.errors import Conflict
from service.core.facts import FactKey, Retraction
from service.core.history import Attribution, Check, Imported, Version
from service.core.identity import company_key
from service.core.kinds import main_quantity
from service.core.sources import Snapshot, SourceDescription
from service.core.states import (
    CompanyChange,
    CompanyState,
    ConceptChange,
    DerivationChange,
    FactState,
    Recheck,
    SnapshotChange,
    SourceDerivation,
    SourceState,
    cites_of,
    content_of,
    value_of,
)
from service.postgres.database import Session
from service.recording.ledger import Ledger
from service.recording.writer import Writer
from service.store import companies, facts, sources


class CopiedCompany(NamedTuple):
    """A description of a company."""

    position: int
    description: CompanyDescription


class CopiedConcept(NamedTuple):
    """A description of a concept."""

    position: int
    description: ConceptDescription


class CopiedSource(NamedTuple):
    """A source; of one that is there already, what it is derived from."""

    position: int
    id: str
    description: SourceDescription
    derived_from: Sequence[str]


class CopiedSnapshot(NamedTuple):
    """Archived content of a source."""

    position: int
    source: str
    snapshot: Snapshot


class CopiedVersion(NamedTuple):
    """An assertion with its first check."""

    position: int
    key: FactKey
    version: int
    known_at: date
    value: bytes  # JSON
    attribution: Attribution
    check: Check
    row: Imported | None  # of one that was imported from EDGAR

    @property
    def cited(self) -> list[str]:
        """The sources that it cites, each once."""
        return list(dict.fromkeys(cite.source for cite in cites_of(self.check.citations)))


class CopiedRetraction(NamedTuple):
    """A retraction."""

    position: int
    fact: UUID
    version: int
    retracts: int
    reason: str


class CopiedCheck(NamedTuple):
    """A later check of a version."""

    fact: UUID
    version: int
    check: Check

    @property
    def position(self) -> int:
        """Its place in the log."""
        return self.check.position


CopiedEntry = (
    CopiedCompany
    | CopiedConcept
    | CopiedSource
    | CopiedSnapshot
    | CopiedVersion
    | CopiedRetraction
    | CopiedCheck
)


async def adopt(writer: Writer, recorded_at: datetime, entries: Sequence[CopiedEntry]) -> None:
    """Add the entries of one commit. Raises Conflict if they do not go on where the log ends."""
    ledger = Ledger(writer.position, recorded_at)
    await _load(writer.session, ledger, entries)
    adopted = _Adopted(ledger)
    for entry in entries:
        ledger.position += 1
        if entry.position != ledger.position:
            raise Conflict(
                f"position {ledger.position} is missing; the other log goes on at {entry.position}"
            )
        adopted.add(entry)
    await writer.adopt(ledger)


class _Adopted:
    """Adds entries to the state of a ledger, in order."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._changes = ledger.changes

    def add(self, entry: CopiedEntry) -> None:
        match entry:
            case CopiedCompany():
                self._company(entry)
            case CopiedConcept(position, description):
                self._changes.concepts.append(ConceptChange(description, position))
            case CopiedSource():
                self._source(entry)
            case CopiedSnapshot(position, source, snapshot):
                held = self._ledger.sources[source]
                held.archive(snapshot)
                self._changes.snapshots.append(SnapshotChange(held.key, snapshot, position))
            case CopiedVersion():
                self._version(entry)
            case CopiedRetraction():
                self._retraction(entry)
            case CopiedCheck(fact, number, check):
                state = self._ledger.facts[fact]
                version = _numbered(state, number)
                version.checks.append(check)
                self._changes.checks.append(Recheck(state, version, check.position))
                self._ledger.touch(state)

    def _company(self, entry: CopiedCompany) -> None:
        ledger, described = self._ledger, entry.description
        held = ledger.companies.get(described.slug)
        before = set[tuple[str, str]]() if held is None else held.description.known_by()
        state = CompanyState(
            key=company_key(described.slug),
            description=described,
            position=entry.position,
            recorded_at=ledger.recorded_at,
        )
        ledger.companies[described.slug] = state
        known = described.known_by()
        self._changes.companies.append(CompanyChange(state, held is None, known - before, before - known))

    def _source(self, entry: CopiedSource) -> None:
        ledger = self._ledger
        held = ledger.sources.get(entry.id)
        if held is None:
            held = ledger.sources[entry.id] = SourceState(
                key=next(ledger.source_keys),
                id=entry.id,
                description=entry.description,
                position=entry.position,
                recorded_at=ledger.recorded_at,
            )
            self._changes.sources.append(held)
        if not entry.derived_from:
            return
        held.derivation = SourceDerivation(entry.position, list(entry.derived_from))
        origins = [ledger.sources[one].key for one in entry.derived_from]
        self._changes.derivations.append(DerivationChange(held.key, entry.position, origins))
        for fact in list(ledger.facts.values()):
            for version in fact.versions:
                if held.key in version.sources:
                    version.derived[held.id] = entry.position
                    ledger.touch(fact)

    def _version(self, entry: CopiedVersion) -> None:
        ledger, key = self._ledger, entry.key
        state = ledger.facts.get(key.id) or FactState(key=key, id=key.id)
        if state.key != key or entry.version != state.last + 1:
            raise Conflict(
                f"version {entry.version} of the fact {key.id} does not follow version {state.last}"
            )
        cited = [ledger.sources[source] for source in entry.cited]
        value = value_of(key, entry.value)
        publisher = cited[0].description.publisher
        cites = cites_of(entry.check.citations)
        version = Version(
            version=entry.version,
            known_at=entry.known_at,
            position=entry.position,
            recorded_at=ledger.recorded_at,
            publisher=cited[0].id if publisher is None else publisher.casefold(),
            quantity=main_quantity(value),
            value=entry.value,
            checks=[entry.check],
            sources=[source.key for source in cited],
            content=content_of(value, entry.known_at, cites, entry.attribution),
            attribution=entry.attribution,
            derived={s.id: s.derivation.position for s in cited if s.derivation is not None},
        )
        if entry.row is not None:
            version.imported, version.content, version.publisher = entry.row, b"", imported.VOICE
        state.versions.append(version)
        self._changes.assertions.append((state, version))
        ledger.touch(state)

    def _retraction(self, entry: CopiedRetraction) -> None:
        state = self._ledger.facts[entry.fact]
        retraction = Retraction(
            id=state.id,
            company=state.key.company,
            version=entry.version,
            retracts=entry.retracts,
            reason=entry.reason,
            recorded_at=self._ledger.recorded_at,
            position=entry.position,
        )
        _numbered(state, entry.retracts).retracted = entry.position
        state.retractions.append(retraction)
        self._changes.retractions.append((state, retraction))
        self._ledger.touch(state)


def _numbered(state: FactState, number: int) -> Version:
    return next(version for version in state.versions if version.version == number)


async def _load(session: Session, ledger: Ledger, entries: Sequence[CopiedEntry]) -> None:
    """Load the state that the entries touch into an empty ledger."""
    slugs = set(_slugs(entries))
    for company in await companies.load_companies(session, slugs, ()) if slugs else ():
        ledger.companies[company.description.slug] = company
    for source in await sources.load_sources(session, _sources(entries)):
        ledger.sources[source.id] = source
    touched: dict[UUID, int] = {}  # facts, each with the number of its retractions
    numbered: list[tuple[UUID, int]] = []
    new_sources = 0
    for entry in entries:
        match entry:
            case CopiedVersion(key=key):
                touched.setdefault(key.id, 0)
            case CopiedRetraction(fact=fact, retracts=number):
                touched[fact] = touched.get(fact, 0) + 1
                numbered.append((fact, number))
            case CopiedCheck(fact=fact, version=number):
                touched.setdefault(fact, 0)
                numbered.append((fact, number))
            case CopiedSource(id=source, derived_from=derived_from):
                held = ledger.sources.get(source)
                new_sources += held is None
                if held is not None and derived_from:
                    citing = await sources.citing_versions(session, held.key)
                    touched |= {fact: touched.get(fact, 0) for fact, _ in citing}
                    numbered += citing
            case _:
                pass
    for fact in await facts.load_to_write(session, touched):
        ledger.facts[fact.id] = fact
    recorded = [one for one in numbered if one[0] in ledger.facts]
    if recorded:
        await facts.load_further(session, ledger.facts, [], recorded)
    ledger.source_keys = iter(await sources.new_source_keys(session, new_sources))


def _slugs(entries: Iterable[CopiedEntry]) -> Iterable[str]:
    for entry in entries:
        match entry:
            case CopiedCompany(description=described):
                yield described.slug
                if described.parent is not None:
                    yield described.parent
            case _:
                pass


def _sources(entries: Iterable[CopiedEntry]) -> set[str]:
    found: set[str] = set()
    for entry in entries:
        match entry:
            case CopiedSource(id=source, derived_from=derived_from):
                found |= {source, *derived_from}
            case CopiedSnapshot(source=source):
                found.add(source)
            case CopiedVersion():
                found |= set(entry.cited)
            case _:
                pass
    return found
