"""Writing: one writer at a time holds the head of the log, decides in memory, and saves what it decided.

Positions follow the order of commits without gaps because the head's row stays locked from the first read
to the commit; the domain's `Ledger` then decides on state that cannot change under it, so there is nothing
to retry and no lock to order. The head itself is moved last.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import NamedTuple, TypeVar
from uuid import UUID

from service.asides import aside
from service.domain.companies import normal_identifiers
from service.domain.errors import CompanyFactsError, Unavailable
from service.domain.facts import key_of
from service.domain.identity import company_key, company_key_of
from service.domain.keys import Key
from service.domain.ledger import (
    AddSnapshot,
    AddSource,
    AssertFact,
    DescribeCompany,
    DescribeConcept,
    Examined,
    Ledger,
    Outcome,
    RecheckFact,
    Request,
    RetractFact,
    Unexamined,
    apart,
    examine_apart,
)
from service.sql import companies, facts, log, search, sources
from service.sql.database import Database, Session

TURN = 20  # requests that are read or decided in one go, before the process does something else
T = TypeVar("T")


class Recorded(NamedTuple):
    """What came of each request, in order, and where the log then stood."""

    outcomes: list[Outcome | CompanyFactsError]
    position: int


class RefusedError(Exception):
    """Some requests of an all-or-nothing batch were refused, so none was recorded."""

    def __init__(self, outcomes: list[Outcome | CompanyFactsError]) -> None:
        super().__init__("refused")
        self.outcomes = outcomes


# how often a request is decided anew since what it rests on changed while long texts were read
_ROUNDS = 5


async def record(
    database: Database, requests: Sequence[Request], *, author: Key | None, partial: bool = False
) -> Recorded:
    """Decide and save a batch of requests in one transaction.

    Without `partial`, one refusal undoes all: raises RefusedError with the outcome of each.
    """

    async def attempt(examined: Examined) -> Recorded:
        async with database.writing() as session:
            ledger = await _load(session, requests)
            ledger.examined = examined
            came = await _decide(ledger, [(request, author) for request in requests])
            outcomes = _all_examined([outcome for outcome, _ in came])
            if not partial and any(isinstance(outcome, CompanyFactsError) for outcome in outcomes):
                raise RefusedError(outcomes)
            await _save(session, ledger)
            return Recorded(outcomes, ledger.position)

    return await _with_texts_read(attempt)


async def rehearse(
    database: Database, requests: Sequence[Request], *, author: Key | None
) -> list[Outcome | CompanyFactsError]:
    """What would come of a batch, with nothing saved."""

    async def attempt(examined: Examined) -> list[Outcome | CompanyFactsError]:
        async with database.writing() as session:
            ledger = await _load(session, requests)
            ledger.examined = examined
            came = await _decide(ledger, [(request, author) for request in requests])
            return _all_examined([outcome for outcome, _ in came])

    return await _with_texts_read(attempt)


async def record_one(database: Database, request: Request, *, author: Key | None) -> tuple[Outcome, int]:
    """Decide and save one request: what came of it, and where the log then stood.

    Requests that come while another is being saved share the next transaction, and so the wait for the disk; a
    refusal concerns its own request alone. Raises the CompanyFactsError that this one is refused with.
    """

    async def attempt(examined: Examined) -> tuple[Outcome, int]:
        outcome, position = await database.in_turn(_record_each, _Asked(request, author, examined))
        if isinstance(outcome, CompanyFactsError | Unexamined):
            raise outcome
        return outcome, position

    return await _with_texts_read(attempt)


async def _with_texts_read(attempt: Callable[[Examined], Awaitable[T]]) -> T:
    """What comes of an attempt to write that is made anew once the long texts which it needs have been read.

    They are read between two attempts, so that nobody waits for the head of the log meanwhile.
    """
    examined: Examined = {}
    for _ in range(_ROUNDS):
        try:
            return await attempt(examined)
        except Unexamined as needed:
            texts, bare = apart(needed.examinations)
            found = await aside(examine_apart, texts, bare, pointer="/citations")
            keys = [examination.key for examination in needed.examinations]
        examined |= zip(keys, found, strict=True)
    raise Unavailable("what this rests on changed while it was read; try again")


class _Asked(NamedTuple):
    """A request of an author, and what is known of the long texts that it needs."""

    request: Request
    author: Key | None
    examined: Examined


_Outcome = Outcome | CompanyFactsError | Unexamined
_Came = tuple[_Outcome, int]  # with the position of the log after it


async def _record_each(session: Session, asked: Sequence[_Asked]) -> Sequence[_Came]:
    ledger = await _load(session, [one.request for one in asked])
    for one in asked:
        ledger.examined = ledger.examined | one.examined
    came = await _decide(ledger, [(one.request, one.author) for one in asked])
    if len(came) == 1 and isinstance(came[0][0], Unexamined):
        raise came[0][0]  # which undoes the transaction, or the part of it that has locked the head
    await _save(session, ledger)
    return came


async def _decide(ledger: Ledger, asked: Sequence[tuple[Request, Key | None]]) -> list[_Came]:
    came: list[_Came] = []
    for number, (request, author) in enumerate(asked, 1):
        if number % TURN == 0:
            await asyncio.sleep(0)  # thousands take seconds, in which others are to be answered
        try:
            outcome = ledger.apply(request, author)
        except (CompanyFactsError, Unexamined) as error:
            outcome = error
        came.append((outcome, ledger.position))
    return came


def _all_examined(outcomes: Sequence[_Outcome]) -> list[Outcome | CompanyFactsError]:
    """The outcomes. Raises Unexamined with all that some of them need."""
    needed = [one for outcome in outcomes if isinstance(outcome, Unexamined) for one in outcome.examinations]
    if needed:
        raise Unexamined(list({one.key: one for one in needed}.values()))
    return [outcome for outcome in outcomes if not isinstance(outcome, Unexamined)]


class _Needs:
    """What a batch touches, so that it is loaded at once."""

    def __init__(self, requests: Sequence[Request]) -> None:
        self.slugs: set[str] = set()
        self.identifiers: set[tuple[str, str]] = set()
        self.concepts: set[str] = set()
        self.sources: set[str] = set()
        self.archiving: set[str] = set()
        self.facts: set[tuple[int, UUID]] = set()
        self.new_sources = 0
        for request in requests:
            self._add(request)

    def _add(self, request: Request) -> None:
        match request:
            case DescribeCompany(description):
                self.slugs |= {description.slug} | ({description.parent} if description.parent else set())
                self.identifiers |= description.known_by()
                self.identifiers |= set(normal_identifiers(description.identifiers)[0].items())
            case DescribeConcept(description):
                self.concepts.add(description.id)
            case AddSource(named, snapshot):
                self.sources.add(named.id)
                self.new_sources += 1
                if snapshot is not None:
                    self.archiving.add(named.id)
            case AddSnapshot(source, _):
                self.sources.add(source)
                self.archiving.add(source)
            case AssertFact():
                assertion = request.assertion
                self.slugs.add(assertion.company)
                self.sources |= {cite.source for cite in assertion.citations}
                if all(flaw is None for flaw in (assertion.period and assertion.period.flaw(),)):
                    self.facts.add((company_key(assertion.company), key_of(assertion).id))
            case RetractFact() | RecheckFact():
                self.facts.add((company_key_of(request.fact), request.fact))


async def _load(session: Session, requests: Sequence[Request]) -> Ledger:
    needs = _Needs(requests)
    head = await log.lock_head(session)
    ledger = Ledger(head.position, head.recorded_at)
    for source in await sources.load_sources(session, needs.sources):
        ledger.sources[source.id] = source
        if source.id in needs.archiving and not source.archived:
            needs.facts |= set(await sources.citing_facts(session, source.key))
    for fact in await facts.load_histories(session, needs.facts):
        ledger.facts[fact.id] = fact
    rechecked = {
        fact.id
        for fact in ledger.facts.values()
        if needs.archiving or any(isinstance(r, RecheckFact) and r.fact == fact.id for r in requests)
    }
    cited = {
        key
        for fact in ledger.facts.values()
        if fact.id in rechecked
        for v in fact.versions
        for key in v.sources
    }
    for source in await sources.load_sources_by_key(
        session, cited - {s.key for s in ledger.sources.values()}
    ):
        ledger.sources[source.id] = source
    needs.slugs |= {fact.key.company for fact in ledger.facts.values()}
    # a slug's key may be another company's: both are loaded, so that the collision is seen
    held = await companies.load_companies(session, needs.slugs, map(company_key, needs.slugs))
    owners = await companies.identifier_owners(session, sorted(needs.identifiers))
    for company in held:
        ledger.companies[company.description.slug] = company
        ledger.company_keys[company.key] = company.description.slug
    ledger.owners = owners
    for concept in await companies.load_concepts(session, needs.concepts) if needs.concepts else ():
        ledger.concepts[concept.id] = companies.described(concept), concept.position
    await _load_what_was_said(session, ledger, requests)
    for source in ledger.sources.values():
        if source.archived:
            source.snapshot = await sources.snapshot_of(session, source.key)
    ledger.source_keys = iter(await sources.new_source_keys(session, needs.new_sources))
    return ledger


async def _load_what_was_said(session: Session, ledger: Ledger, requests: Sequence[Request]) -> None:
    """For an import alone: what its lines say may have been said before."""
    slugs = [r.description.slug for r in requests if isinstance(r, DescribeCompany) and r.feed is not None]
    ids = [r.description.id for r in requests if isinstance(r, DescribeConcept) and r.feed is not None]
    if slugs:
        ledger.said_of_companies |= await companies.said_of_companies(session, slugs)
    if ids:
        ledger.said_of_concepts |= await companies.said_of_concepts(session, ids)


async def _save(session: Session, ledger: Ledger) -> None:
    if ledger.position == ledger.start:
        return
    changes, recorded_at = ledger.changes, ledger.recorded_at
    keys = {company.description.slug: company.key for company in ledger.companies.values()}
    await companies.save_companies(session, changes.companies, keys, recorded_at)
    await companies.save_concepts(session, changes.concepts, recorded_at)
    await sources.save_sources(session, changes.sources, recorded_at)
    await sources.save_snapshots(session, changes.snapshots, recorded_at)
    served = frozenset(s.key for s in ledger.sources.values() if s.description.redistribute)
    await search.save_passages(session, changes.sources, changes.snapshots, served)
    await facts.save_facts(session, changes, recorded_at)
    await log.advance_head(session, log.Head(ledger.position, recorded_at))
