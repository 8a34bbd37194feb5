"""Loads into a `Ledger` what requests touch, as far as deciding them needs it."""

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

from service.core.citations import Cite, JsonPointer
from service.core.companies import normal
from service.core.facts import AnyAssert, FactKey, key_of
from service.core.history import Version
from service.core.identity import company_key, company_key_of
from service.core.kinds.metric import MetricValue
from service.core.requests import (
    AddSnapshot,
    AddSource,
    AssertFact,
    AssertRow,
    DescribeCompany,
    DescribeConcept,
    RecheckFact,
    Request,
    RetractFact,
)
from service.core.states import (
    CompanyState,
    FactState,
    Sought,
    cites_of,
    companies_named,
    value_of,
)
from service.evidence.examining import LONG, cost
from service.postgres.database import Session
from service.recording.deciding.flaws import flaw_of_period
from service.recording.ledger import Ledger
from service.store import companies, facts, sources
from service.store.touched import Touched, touched


class Needs:
    """The keys of all that a batch of requests touches, collected to be loaded together."""

    def __init__(self, requests: Sequence[Request]) -> None:
        self.requests = requests
        self.slugs: set[str] = set()
        self.parents: set[str] = set()  # of described companies: loaded with all their ancestors
        self.identifiers: set[tuple[str, str]] = set()
        self.concepts: set[str] = set()
        self.sources: set[str] = set()
        self.archiving: set[str] = set()
        self.deriving: set[str] = set()  # sources that are said to be derived
        self.derived: set[str] = set()  # from these
        self.facts: dict[UUID, int] = {}  # each with how often the batch may retract a version of it
        self.contents: dict[UUID, bytes] = {}  # of facts, the content of the first assertion
        self.rechecked: set[UUID] = set()
        self.cites: list[Cite] = []  # of assertions
        self.said: list[AnyAssert] = []
        self.new_sources = 0
        for request in requests:
            self._add(request)

    async def touched(self, session: Session) -> Touched:
        """The state of what the requests touch, with the head."""
        return await touched(
            session,
            slugs=self.slugs,
            keys=self.keys(),
            concepts=self.concepts,
            sources=self.sources,
            facts=self.facts,
            contents=self.contents,
        )

    def keys(self) -> set[int]:
        """The keys of companies: of those named, since two slugs may hash to one key, and of those of the facts."""
        facts = self.facts.keys() | self.rechecked
        return {company_key(slug) for slug in self.slugs} | set(map(company_key_of, facts))

    def _add(self, request: Request) -> None:
        match request:
            case DescribeCompany(description):
                self.slugs.add(description.slug)
                if description.parent is not None:
                    self.parents.add(description.parent)
                self.identifiers |= description.known_by()
                self.identifiers |= set(normal(description)[0].identifiers.items())
            case DescribeConcept(description):
                self.concepts.add(description.id)
            case AddSource(named, snapshot):
                self.sources |= {named.id, *named.derived_from}
                self.derived |= set(named.derived_from)
                if named.derived_from:
                    self.deriving.add(named.id)
                self.new_sources += 1
                if snapshot is not None:
                    self.archiving.add(named.id)
            case AddSnapshot(source, _):
                self.sources.add(source)
                self.archiving.add(source)
            case AssertFact():
                self._assert(request)
            case AssertRow():
                self.facts.setdefault(request.fact, 0)
            case RetractFact():
                self.facts[request.fact] = self.facts.get(request.fact, 0) + 1
            case RecheckFact():
                self.rechecked.add(request.fact)

    def _assert(self, request: AssertFact) -> None:
        assertion = request.assertion
        self.slugs |= {assertion.company, *companies_named(assertion.value)}
        self.said.append(assertion)
        if isinstance(assertion.value, MetricValue):
            self.concepts.add(assertion.subject)
        self.sources |= {cite.source for cite in assertion.citations}
        self.cites += assertion.citations
        if flaw_of_period(assertion) is None:
            self.facts.setdefault(request.key.id, 0)
            if request.dated is not None:
                self.contents.setdefault(request.key.id, request.dated)


async def loaded_to_consider(session: Session, assertion: AnyAssert) -> Ledger:
    """A ledger with what an assertion rests on, but without its fact, as if it were the first of it."""
    needs = Needs([AssertFact(assertion)])
    needs.facts.clear()
    needs.contents.clear()
    found = await needs.touched(session)
    ledger = Ledger(found.head.position, datetime.now(UTC))
    _take(ledger, found)
    await _load_texts(session, ledger, assertion.citations, ledger.start)
    await _load_words(session, ledger, [key_of(assertion)], needs)
    return ledger


def _take(ledger: Ledger, found: Touched) -> None:
    """Put what was loaded into a ledger."""
    for company in found.companies:
        _know(ledger, company)
    for concept in found.concepts:
        ledger.concepts[concept.id] = concept
    for source in found.sources:
        ledger.sources[source.id] = source
    for fact in found.facts:
        ledger.facts[fact.id] = fact


def _know(ledger: Ledger, company: CompanyState) -> None:
    ledger.companies[company.description.slug] = company
    ledger.company_keys[company.key] = company.description.slug


async def load(session: Session, ledger: Ledger, needs: Needs, found: Touched) -> None:
    """Load into a ledger what requests touch: what was found of what they name, and what that leads to."""
    _take(ledger, found)
    citing: list[tuple[UUID, int]] = []  # versions that cite a source which is about to be archived
    recounted: list[tuple[UUID, int]] = []  # those that cite one which is about to be derived
    for source in ledger.sources.values():
        if source.id in needs.archiving and not source.archived:
            citing += await sources.citing_versions(session, source.key)
        if source.id in needs.deriving and source.derivation is None:
            recounted += await sources.citing_versions(session, source.key)
    for company in await companies.load_companies(session, needs.parents, ()) if needs.parents else ():
        _know(ledger, company)
    for source in await sources.load_ancestors(session, needs.derived) if needs.derived else ():
        ledger.sources.setdefault(source.id, source)
    await _load_facts(session, ledger, needs, [*citing, *recounted])
    again = _checked_again(ledger, needs, citing)
    cited = {key for _, version in again for key in version.sources} - {
        s.key for s in ledger.sources.values()
    }
    for source in await sources.load_sources_by_key(session, cited) if cited else ():
        ledger.sources[source.id] = source
    further = {fact.key.company for fact in ledger.facts.values()}
    further |= {
        slug for fact, version in again for slug in companies_named(value_of(fact.key, version.value))
    }
    further -= ledger.companies.keys()
    for company in await companies.load_companies(session, further, ()) if further else ():
        _know(ledger, company)
    ledger.owners = await companies.identifier_owners(session, sorted(needs.identifiers))
    await _load_what_was_said(session, ledger, needs.requests)
    cites = [*needs.cites, *(c for _, v in again for c in cites_of(v.check().citations))]
    asserted = [
        key_of(one) for one in needs.said if flaw_of_period(one) is None and _reads_text(one, ledger, needs)
    ]
    await _load_words(session, ledger, [*asserted, *(fact.key for fact, _ in again)], needs)
    await _load_texts(session, ledger, cites, found.head.position)
    ledger.source_keys = iter(await sources.new_source_keys(session, needs.new_sources))


async def _load_facts(
    session: Session, ledger: Ledger, needs: Needs, citing: Sequence[tuple[UUID, int]]
) -> None:
    """Load the facts that requests touch: whole those that are checked again, of the others the versions that matter."""
    for fact in await facts.load_histories(session, map(facts.pair, needs.rechecked)):
        ledger.facts[fact.id] = fact
    in_part = {fact: 0 for fact, _ in citing if fact not in ledger.facts}
    for fact in await facts.load_to_write(session, in_part):
        ledger.facts[fact.id] = fact
    sought = [
        one
        for request in needs.requests
        for one in ledger.sought(request)
        if not _is_loaded(one, ledger, needs)
    ]
    numbered = [one for request in needs.requests for one in ledger.numbered(request)]
    numbered += [(fact, number) for fact, number in citing if ledger.facts[fact].unloaded]
    if sought or numbered:
        await facts.load_further(session, ledger.facts, sought, numbered)


def _is_loaded(one: Sought, ledger: Ledger, needs: Needs) -> bool:
    """Whether the versions that an assertion is compared with were loaded with its fact."""
    by_content = needs.contents.get(one.fact) == one.content and one.value is None and not one.retracted
    return by_content and all(version.imported is None for version in ledger.facts[one.fact].versions)


def _checked_again(
    ledger: Ledger, needs: Needs, citing: Sequence[tuple[UUID, int]]
) -> list[tuple[FactState, Version]]:
    """The recorded versions whose citations the requests have checked again, with their facts."""
    numbers = set(citing)
    return [
        (fact, version)
        for fact in ledger.facts.values()
        for version in fact.versions
        if fact.id in needs.rechecked or (fact.id, version.version) in numbers
    ]


def _reads_text(assertion: AnyAssert, ledger: Ledger, needs: Needs) -> bool:
    """Whether it cites an archived text, of which more is asked than whether it has the numbers."""
    for cite in assertion.citations:
        source = ledger.sources.get(cite.source)
        archived = source is None or source.archived or source.id in needs.archiving
        if archived and not isinstance(cite.selector, JsonPointer):
            return True
    return False


async def _load_words(session: Session, ledger: Ledger, keys: Sequence[FactKey], needs: Needs) -> None:
    """Load what tells how texts may call the subjects and periods of facts: labels of concepts, and fiscal years."""
    subjects = {key.subject for key in keys if key.kind == "metric"} - needs.concepts
    for concept in await companies.load_concepts(session, subjects) if subjects else ():
        ledger.concepts[concept.id] = concept
    slugs = {key.company for key in keys if key.period is not None}
    if slugs:
        ledger.fiscal_years |= await facts.fiscal_years(session, slugs)


async def _load_texts(session: Session, ledger: Ledger, cites: Sequence[Cite], began: int) -> None:
    """Load the archived texts that are read in this process, and those that this transaction has archived.

    A helper process reads the others. They are loaded for it in another session, which does not see what this
    transaction has archived.
    """
    needed = {
        source.key: source
        for cite in cites
        if (source := ledger.sources.get(cite.source)) is not None
        and source.snapshot is None
        and source.text is not None
        and (cost(cite, source) <= LONG or source.text.position > began)
    }
    for key, snapshot in (await sources.load_texts(session, list(needed))).items():
        needed[key].snapshot = snapshot


async def _load_what_was_said(session: Session, ledger: Ledger, requests: Sequence[Request]) -> None:
    """Load earlier descriptions equal to those of an import: its lines may repeat them."""
    of_companies = [
        normal(r.description)[0] for r in requests if isinstance(r, DescribeCompany) and r.feed is not None
    ]
    of_concepts = [r.description for r in requests if isinstance(r, DescribeConcept) and r.feed is not None]
    if of_companies:
        ledger.said_of_companies |= await companies.said_of_companies(session, of_companies)
    if of_concepts:
        ledger.said_of_concepts |= await companies.said_of_concepts(session, of_concepts)
