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
from datetime import datetime
from typing import NamedTuple, Protocol, TypeVar
from uuid import UUID

from service.core.errors import CompanyFactsError, Conflict, ReadOnly, Unavailable
from service.core.facts import AnyAssert
from service.core.history import Check
from service.core.keys import Key
from service.core.requests import (
    AssertFact,
    DescribeCompany,
    Outcome,
    Request,
)
from service.core.sources import Snapshot
from service.core.states import (
    SourceState,
)
from service.evidence.asides import Ahead, NotYet, aside_with
from service.evidence.examining import Examination, Examined, Unexamined, apart, examine_apart
from service.postgres.database import Database, Transaction
from service.postgres.shared import shared
from service.recording.ledger import Ledger
from service.recording.loading import Needs, load, loaded_to_consider
from service.store import companies, log, passages, saving, sources
from service.store.idempotency import Keeping
from service.store.touched import Touched

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

    async def _touched(self, needs: Needs) -> Touched:
        """What requests touch; from the first on, the head is known."""
        found = await needs.touched(self.session)
        self._see(found.head)
        return found

    async def begin(self) -> None:
        """Read the head, if it is not known yet."""
        if self._head is None:
            await self._touched(Needs(()))

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
        needs = Needs(requests)
        found = await self._touched(needs)
        ledger = Ledger(self._position, self.recorded_at)
        ledger.examined = self._examined
        await load(self.session, ledger, needs, found)
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
        return await saving.save_alone(self.session, ledger.changes, head, ledger.start, keeping)

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
                # what is refused here is refused again under the lock; and a repeated write reads no long text again, since
                # `before` has its answer
                with session.singly(), suppress(NotAloneError, CompanyFactsError, NotYet, Unexamined):
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
            ledger = await loaded_to_consider(session, assertion)
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
    await saving.save_facts(session, changes, recorded_at)
