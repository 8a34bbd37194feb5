"""Writes to the log: locks the head, loads what the requests touch, lets the `Ledger` decide, saves the changes.

The head's row stays locked from the first read to the commit. So positions have no gaps and follow the order of commits,
and the state that the ledger decides on cannot change meanwhile. The head is moved last. All facts are written here.

A single assertion is first tried without the lock (`Alone`): all that a decision depends on changes only together with the head,
so one statement that moves the head from the position that was read, and saves, is as safe. If the head is elsewhere by then,
it writes nothing, and the assertion is decided again under the lock.
"""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from typing import NamedTuple, Protocol, TypeVar
from uuid import UUID

from service.core.citations import Cite, JsonPointer
from service.core.companies import normal
from service.core.errors import CompanyFactsError, Conflict, ReadOnly, Unavailable
from service.core.facts import AnyAssert, FactKey, key_of
from service.core.history import Check, Version
from service.core.identity import company_key, company_key_of
from service.core.keys import Key
from service.core.kinds.metric import MetricValue
from service.core.requests import (
    AddSnapshot,
    AddSource,
    AssertFact,
    AssertRow,
    DescribeCompany,
    DescribeConcept,
    Outcome,
    RecheckFact,
    Request,
    RetractFact,
)
from service.core.sources import Snapshot
from service.core.states import (
    CompanyState,
    FactState,
    Sought,
    SourceState,
    cites_of,
    companies_named,
    value_of,
)
from service.evidence.asides import Ahead, NotYet, aside_with
from service.evidence.examining import LONG, Examination, Examined, Unexamined, apart, cost, examine_apart
from service.postgres.database import Database, Session, Transaction
from service.postgres.shared import shared
from service.recording.ledger import Ledger
from service.store import companies, facts, log, passages, sources
from service.store.idempotency import Keeping
from service.store.touched import Touched, touched

TURN = 20  # requests that are read or decided before the event loop gets a turn
T = TypeVar("T")


class Recorded(NamedTuple):
    """The outcome of each request, in order, and the log's position after them."""

    outcomes: list[Outcome | CompanyFactsError]
    position: int


class RefusedError(Exception):
    """Some requests of an all-or-nothing batch were refused, so none was recorded."""

    def __init__(self, outcomes: list[Outcome | CompanyFactsError]) -> None:
        super().__init__("refused")
        self.outcomes = outcomes


# attempts at a write whose state keeps changing while long texts are read
_ROUNDS = 8


class Bulk(Protocol):
    """Many new facts with their versions, written in bulk without a decision for each."""

    def place(self, position: int) -> int:
        """Number the versions from `position` + 1 on; returns the last position."""
        ...

    async def save(self, session: Transaction, recorded_at: datetime) -> None:
        """Write them."""
        ...


class Writer:
    """Writes to the log within one transaction that has locked the head. `written` creates one and moves the head.

    The head is read together with what the first requests touch. Before that, `position` and `recorded_at` are not known.
    Then it raises ReadOnly if the log is a mirror, which is only written by what copies its origin's log (`copying`), and
    Conflict for a copy to a log that is none.
    """

    def __init__(self, session: Transaction, examined: Examined, *, copying: bool = False) -> None:
        self.session = session
        self._head: log.Head | None = None  # as it was before this transaction
        self._position = 0
        self._copying = copying
        self._adopted: list[log.Head] = []  # the ends of the commits that were adopted
        self._examined = examined

    @property
    def position(self) -> int:
        """The log's last position, with what this transaction wrote."""
        return self._position

    @property
    def recorded_at(self) -> datetime:
        """The instant of the entries of this transaction."""
        if self._head is None:
            raise LookupError("the head is not read yet")
        return self._head.recorded_at

    def moved(self) -> list[log.Head]:
        """The heads that the log gets, one after the other; several if commits of another log were adopted."""
        if self._head is None or self._position == self._head.position:
            return []
        return self._adopted or [self._head._replace(position=self._position)]

    def _see(self, head: log.Head) -> None:
        if self._head is not None:
            return
        if head.mirror_of is not None and not self._copying:
            raise ReadOnly(f"this is a mirror of {head.mirror_of}; write to that, and the mirror follows")
        if head.mirror_of is None and self._copying:
            raise Conflict("this database has a log of its own; it is not a mirror")
        self._head, self._position = head, head.position

    async def _touched(self, needs: "_Needs") -> Touched:
        """What requests touch; from the first on, the head is known."""
        found = await touched(
            self.session,
            slugs=needs.slugs,
            keys=needs.keys(),
            concepts=needs.concepts,
            sources=needs.sources,
            facts=needs.facts,
            contents=needs.contents,
        )
        self._see(found.head)
        return found

    async def begin(self) -> None:
        """Read the head, if it is not known yet."""
        if self._head is None:
            await self._touched(_Needs(()))

    async def record(
        self, requests: Sequence[Request], *, author: Key | None, partial: bool = False
    ) -> Recorded:
        """Decide and save requests, in order.

        Without `partial`, one refusal refuses all: raises RefusedError with every outcome, and saves nothing.
        """
        ledger, outcomes = await self._decided(requests, author)
        if not partial and any(isinstance(outcome, CompanyFactsError) for outcome in outcomes):
            raise RefusedError(outcomes)
        await self._save(ledger)
        return Recorded(outcomes, self.position)

    async def rehearse(
        self, requests: Sequence[Request], *, author: Key | None
    ) -> list[Outcome | CompanyFactsError]:
        """The outcomes that requests would have; nothing is saved."""
        return (await self._decided(requests, author))[1]

    async def record_each(self, asked: "Sequence[_Asked]") -> "Sequence[_Came]":
        """Decide and save requests of several authors; a refusal does not affect the others."""
        ledger, came = await self._decide_each(asked)
        await self._save(ledger)
        return came

    async def copy(self, bulk: Bulk) -> None:
        """Save new facts in bulk."""
        await self.begin()
        self._position = bulk.place(self._position)
        await bulk.save(self.session, self.recorded_at)

    async def adopt(self, ledger: Ledger) -> None:
        """Save entries that another log has, as one commit with the instant of the ledger. `copied` calls what adopts."""
        await self._save(ledger)
        self._adopted.append(log.Head(ledger.position, ledger.recorded_at))

    async def _decide_each(self, asked: "Sequence[_Asked]") -> "tuple[Ledger, list[_Came]]":
        for one in asked:
            self._examined = self._examined | one.examined
        ledger, came = await self._decide([(one.request, one.author) for one in asked], told=True)
        if len(came) == 1 and isinstance(came[0][0], Unexamined):
            raise came[0][0]
        return ledger, came

    async def _decided(
        self, requests: Sequence[Request], author: Key | None
    ) -> tuple[Ledger, list[Outcome | CompanyFactsError]]:
        ledger, came = await self._decide([(request, author) for request in requests])
        return ledger, _all_examined([outcome for outcome, _ in came])

    async def _decide(
        self, asked: Sequence[tuple[Request, Key | None]], *, told: bool = False
    ) -> "tuple[Ledger, list[_Came]]":
        """The ledger and outcomes of requests; with `told`, outcomes of companies have their full JSON."""
        requests = [request for request, _ in asked]
        needs = _Needs(requests)
        found = await self._touched(needs)
        ledger = Ledger(self._position, self.recorded_at)
        ledger.examined = self._examined
        _take(ledger, found)
        await _load(self.session, ledger, requests, needs, found.head.position)
        slugs = [request.description.slug for request in requests if isinstance(request, DescribeCompany)]
        if told and slugs:
            ledger.children = await companies.children(self.session, slugs)
        came: list[_Came] = []
        for number, (request, author) in enumerate(asked, 1):
            if number % TURN == 0:
                await asyncio.sleep(0)  # thousands take seconds: let other requests be answered
            try:
                outcome = ledger.apply(request, author)
            except (CompanyFactsError, Unexamined) as error:
                outcome = error
            came.append((outcome, ledger.position))
        return ledger, came

    async def _save(self, ledger: Ledger) -> None:
        await _save(self.session, ledger)
        self._position = ledger.position


class NotAloneError(Exception):
    """More is to be written than a single assertion."""


class Alone(Writer):
    """A writer of a single assertion, which has not locked the head. Raises NotAloneError for anything else."""

    def __init__(self, session: Transaction, examined: Examined) -> None:
        super().__init__(session, examined)
        self._ledger: Ledger | None = None

    async def record_each(self, asked: "Sequence[_Asked]") -> "Sequence[_Came]":
        """Decide an assertion; it is saved by `complete`."""
        if self._ledger is not None or [type(one.request) for one in asked] != [AssertFact]:
            raise NotAloneError
        self._ledger, came = await self._decide_each(asked)
        return came

    def is_changed(self) -> bool:
        """Whether something was decided that is to be saved."""
        return self._ledger is not None and self._ledger.position != self._ledger.start

    async def complete(self, keeping: Keeping | None = None) -> bool:
        """Save the assertion, and an answer to keep, in one statement. False if another writer came first: nothing is saved."""
        ledger = self._ledger
        if ledger is None:
            raise LookupError("nothing is decided")
        head = log.Head(ledger.position, ledger.recorded_at)
        return await facts.save_alone(self.session, ledger.changes, head, ledger.start, keeping)

    async def begin(self) -> None:
        """Refuse what would write by itself."""
        raise NotAloneError

    async def _save(self, ledger: Ledger) -> None:
        raise NotAloneError(f"{ledger.position - ledger.start} entries")


Where = Database | Writer  # write in a transaction of its own, or as part of another write


@asynccontextmanager
async def _head_held(
    session: Transaction, examined: Examined, *, copying: bool = False
) -> AsyncGenerator[Writer, None]:
    """Lock the head, yield the transaction's writer, and move the head if it wrote."""
    await log.lock_head(session)
    writer = Writer(session, examined, copying=copying)
    yield writer
    if heads := writer.moved():
        log.advance_head(session, heads)


async def written(
    where: Where,
    write: Callable[[Writer], Awaitable[T]],
    *,
    before: Callable[[Transaction], Awaitable[T | None]] | None = None,
    alone: Callable[[Alone], Awaitable[T | None]] | None = None,
) -> T:
    """Run `write` as the writer of the log in one transaction, rolled back if `write` raises. Returns its result.

    If `write` needs long texts to be read, the transaction is rolled back, they are read, and `write` is called again, so
    that no other writer waits meanwhile. `before` runs in the transaction before the head is locked; if it returns a
    value, that is the result and nothing is written. `alone` is tried first of all; if it returns a value, that is the result.
    """
    if isinstance(where, Writer):
        return await write(where)

    async def attempt(examined: Examined) -> T:
        async with where.writing() as session:
            if alone is not None:
                # what is refused here is refused again under the lock
                with session.singly(), suppress(NotAloneError, CompanyFactsError):
                    if (answer := await alone(Alone(session, examined))) is not None:
                        return answer
            if before is not None and (answer := await before(session)) is not None:
                return answer
            async with _head_held(session, examined) as writer:
                return await write(writer)

    return await _with_texts_read(where, attempt)


async def make_mirror(database: Database, origin: UUID, address: str) -> None:
    """Make an empty log the mirror of another one, at an address. Raises Conflict if it has entries of another log."""
    async with database.writing() as session:
        if not await log.become_mirror(session, origin, address):
            raise Conflict(f"this database has entries of another log than that of {address}")


async def copied(database: Database, copy: Callable[[Writer], Awaitable[T]]) -> T:
    """Run `copy` as the writer of a mirror's log, in one transaction. Raises Conflict if the log is no mirror."""
    async with database.writing() as session, _head_held(session, {}, copying=True) as writer:
        await writer.begin()
        return await copy(writer)


async def record(
    where: Where, requests: Sequence[Request], *, author: Key | None, partial: bool = False
) -> Recorded:
    """`Writer.record` in a write of its own (see `written`)."""
    return await written(where, lambda writer: writer.record(requests, author=author, partial=partial))


async def rehearse(
    where: Where, requests: Sequence[Request], *, author: Key | None
) -> list[Outcome | CompanyFactsError]:
    """`Writer.rehearse` in a transaction of its own."""
    return await written(where, lambda writer: writer.rehearse(requests, author=author))


async def considered(database: Database, assertion: AnyAssert, texts: Sequence[SourceState] = ()) -> Check:
    """The check that an assertion would be recorded with as the first of its fact. Records and locks nothing.

    It may cite `texts` besides recorded sources. Raises what `record` raises.
    """

    async def attempt(examined: Examined) -> Check:
        async with database.snapshot() as session:
            needs = _Needs([AssertFact(assertion)])
            needs.facts.clear()
            found = await touched(
                session, slugs=needs.slugs, keys=needs.keys(), concepts=needs.concepts, sources=needs.sources
            )
            ledger = Ledger(found.head.position, datetime.now(UTC))
            _take(ledger, found)
            await _load_texts(session, ledger, assertion.citations, ledger.start)
            await _load_words(session, ledger, [key_of(assertion)], needs)
        ledger.sources |= {source.id: source for source in texts}
        ledger.examined = examined
        ledger.apply(AssertFact(assertion), None)
        ((_, version),) = ledger.changes.assertions
        return version.check()

    return await _with_texts_read(database, attempt)


async def record_one(where: Where, request: Request, *, author: Key | None) -> tuple[Outcome, int]:
    """Decide and save one request. Returns its outcome and the log's position after it.

    Requests that arrive while a transaction is being saved share the next one, and so its wait for the disk. A refusal
    does not affect the others; it is raised as the CompanyFactsError it is.
    """

    async def attempt(examined: Examined) -> tuple[Outcome, int]:
        asked = _Asked(request, author, examined)
        if isinstance(where, Writer):
            outcome, position = (await where.record_each([asked]))[0]
        else:
            outcome, position = await where.in_turn(_record_each, asked)
        if isinstance(outcome, CompanyFactsError | Unexamined):
            raise outcome
        return outcome, position

    return await attempt({}) if isinstance(where, Writer) else await _with_texts_read(where, attempt)


async def _with_texts_read(database: Database, attempt: Callable[[Examined], Awaitable[T]]) -> T:
    """Run `attempt` until it needs no more long texts; they are read between attempts, without holding the head.

    Raises Unavailable after `_ROUNDS` attempts.
    """
    examined: Examined = {}
    ahead = Ahead()
    for _ in range(_ROUNDS):
        try:
            with ahead:
                return await attempt(examined)
        except NotYet as needed:
            await ahead.do(needed.works)
        except Unexamined as needed:
            examined |= await _examined(database, needed.examinations)
    raise Unavailable("what this rests on changed while it was read; try again")


async def _examined(database: Database, examinations: Sequence[Examination]) -> Examined:
    """The results of examinations in a helper process, for which only texts are loaded that it does not have."""
    made = apart(examinations)

    async def find(missing: Sequence[str]) -> dict[str, Snapshot]:
        found = {name: snapshot for name in missing if (snapshot := made.texts[name]) is not None}
        names = {made.keys[name]: name for name in missing if name not in found}
        if names:
            async with database.session() as session:
                loaded = await sources.load_texts(session, list(names))
            found |= {names[key]: snapshot for key, snapshot in loaded.items()}
        return found

    found = await aside_with(examine_apart, list(made.texts), find, made.bare, pointer="/citations")
    return dict(zip((one.key for one in examinations), found, strict=True))


class _Asked(NamedTuple):
    """A request of an author, with the examinations of long texts done for it."""

    request: Request
    author: Key | None
    examined: Examined


_Outcome = Outcome | CompanyFactsError | Unexamined
_Came = tuple[_Outcome, int]  # an outcome, and the log's position after it


@shared
async def _record_each(session: Transaction, asked: Sequence[_Asked]) -> Sequence[_Came]:
    if len(asked) == 1 and isinstance(asked[0].request, AssertFact):
        # nobody waits in this process, so perhaps nobody else writes: two messages to Postgres are enough, in place of four
        with session.singly():
            alone = Alone(session, {})
            came = await alone.record_each(asked)
            if not alone.is_changed() or await alone.complete():
                return came
    async with _head_held(session, {}) as writer:
        return await writer.record_each(asked)


def _all_examined(outcomes: Sequence[_Outcome]) -> list[Outcome | CompanyFactsError]:
    """The outcomes. Raises Unexamined with all examinations that some of them need."""
    needed = [one for outcome in outcomes if isinstance(outcome, Unexamined) for one in outcome.examinations]
    if needed:
        raise Unexamined(list({one.key: one for one in needed}.values()))
    return [outcome for outcome in outcomes if not isinstance(outcome, Unexamined)]


class _Needs:
    """The keys of all that a batch of requests touches, collected to be loaded together."""

    def __init__(self, requests: Sequence[Request]) -> None:
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
        if _flaw_of(assertion) is None:
            self.facts.setdefault(request.key.id, 0)
            if request.dated is not None:
                self.contents.setdefault(request.key.id, request.dated)


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


async def _load(
    session: Session, ledger: Ledger, requests: Sequence[Request], needs: "_Needs", began: int
) -> None:
    """Load what requests touch beside what they name; `began` is the log's position before the transaction."""
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
    await _load_facts(session, ledger, requests, needs, [*citing, *recounted])
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
    await _load_what_was_said(session, ledger, requests)
    cites = [*needs.cites, *(c for _, v in again for c in cites_of(v.check().citations))]
    asserted = [
        key_of(one) for one in needs.said if _flaw_of(one) is None and _reads_text(one, ledger, needs)
    ]
    await _load_words(session, ledger, [*asserted, *(fact.key for fact, _ in again)], needs)
    await _load_texts(session, ledger, cites, began)
    ledger.source_keys = iter(await sources.new_source_keys(session, needs.new_sources))


async def _load_facts(
    session: Session,
    ledger: Ledger,
    requests: Sequence[Request],
    needs: _Needs,
    citing: Sequence[tuple[UUID, int]],
) -> None:
    """Load the facts that requests touch: whole those that are checked again, of the others the versions that matter."""
    for fact in await facts.load_histories(session, map(facts.pair, needs.rechecked)):
        ledger.facts[fact.id] = fact
    in_part = {fact: 0 for fact, _ in citing if fact not in ledger.facts}
    for fact in await facts.load_to_write(session, in_part):
        ledger.facts[fact.id] = fact
    sought = [
        one for request in requests for one in ledger.sought(request) if not _is_loaded(one, ledger, needs)
    ]
    numbered = [one for request in requests for one in ledger.numbered(request)]
    numbered += [(fact, number) for fact, number in citing if ledger.facts[fact].unloaded]
    if sought or numbered:
        await facts.load_further(session, ledger.facts, sought, numbered)


def _is_loaded(one: Sought, ledger: Ledger, needs: _Needs) -> bool:
    """Whether the versions that an assertion is compared with were loaded with its fact."""
    by_content = needs.contents.get(one.fact) == one.content and one.value is None and not one.retracted
    return by_content and all(version.imported is None for version in ledger.facts[one.fact].versions)


def _checked_again(
    ledger: Ledger, needs: _Needs, citing: Sequence[tuple[UUID, int]]
) -> list[tuple[FactState, Version]]:
    """The recorded versions whose citations the requests have checked again, with their facts."""
    numbers = set(citing)
    return [
        (fact, version)
        for fact in ledger.facts.values()
        for version in fact.versions
        if fact.id in needs.rechecked or (fact.id, version.version) in numbers
    ]


def _flaw_of(assertion: AnyAssert) -> str | None:
    return None if assertion.period is None else assertion.period.flaw()


def _reads_text(assertion: AnyAssert, ledger: Ledger, needs: _Needs) -> bool:
    """Whether it cites an archived text, of which more is asked than whether it has the numbers."""
    for cite in assertion.citations:
        source = ledger.sources.get(cite.source)
        archived = source is None or source.archived or source.id in needs.archiving
        if archived and not isinstance(cite.selector, JsonPointer):
            return True
    return False


async def _load_words(session: Session, ledger: Ledger, keys: Sequence[FactKey], needs: "_Needs") -> None:
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


async def _save(session: Transaction, ledger: Ledger) -> None:
    if ledger.position == ledger.start:
        return
    changes, recorded_at = ledger.changes, ledger.recorded_at
    keys = {company.description.slug: company.key for company in ledger.companies.values()}
    # an empty list costs the driver a tenth of a round trip
    if changes.companies:
        await companies.save_companies(session, changes.companies, keys, recorded_at)
    if changes.concepts:
        await companies.save_concepts(session, changes.concepts, recorded_at)
    if changes.sources:
        await sources.save_sources(session, changes.sources, recorded_at)
    if changes.derivations:
        await sources.save_derivations(session, changes.derivations, recorded_at)
    if changes.snapshots:
        await sources.save_snapshots(session, changes.snapshots, recorded_at)
    served = frozenset(s.key for s in ledger.sources.values() if s.description.redistribute)
    await passages.save_passages(session, changes.sources, changes.snapshots, served)
    await facts.save_facts(session, changes, recorded_at)
