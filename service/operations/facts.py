"""Reads facts: one by id, its versions and their differences, and lists."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import nullcontext
from typing import NamedTuple
from uuid import UUID

import msgspec

from service.core import differences, history, rendering
from service.core.citations import Citation
from service.core.differences import Diff, Json, Step
from service.core.errors import Invalid, NotFound
from service.core.facts import Retraction
from service.core.history import Times, Version
from service.core.lists import ByNumber, Place, place_of
from service.core.states import FactState
from service.operations import earlier
from service.operations.registry import must_be_known, slug_of
from service.operations.times import resolved, resolved_first
from service.postgres.database import Database, Reads, Session
from service.store import answers, facts, lists, log, sources
from service.store.answers import Then
from service.store.filters import Conditions
from service.store.lists import AskedList
from service.store.sources import ReadableSource

_PLACE = frozenset(
    {"id", "version", "recorded_at", "position", "disputed", "rivals", "independent_publishers"}
)


_PART = 200  # facts per page when a whole list is read: some hundred thousand bytes


class Read(NamedTuple):
    """The JSON of an answer, and the log position it was given at."""

    body: bytes
    position: int


async def fact(database: Database, fact_id: UUID, times: Times) -> Read:
    """The answer of a fact; its status is `retracted` if every assertion was retracted by then.

    Raises NotFound if nothing was asserted by then, Invalid for times beyond the log.
    """
    times = await resolved_first(database, times)
    if times.is_now:
        found = await database.together(answers.facts_now, fact_id)
    else:
        found = await database.together(answers.facts_at, Then(fact_id, times))
    times = times.answered_at(found.head)
    if not found.recorded:
        raise NotFound(f"there is no fact {fact_id}")
    if isinstance(found.answer, bytes):
        return Read(found.answer, times.position)
    if found.answer is not None:
        (body,) = await earlier.rendered(database, [found.answer], times)
        return Read(body, times.position)
    (answer,) = await earlier.by_the_rule(database, [fact_id], times)
    if answer is None:
        raise NotFound(_unknown(fact_id, times))
    return Read(answer, times.position)


def _unknown(fact_id: UUID, times: Times) -> str:
    """What is said of a fact that was not known then. Who may see nothing later is not told that there is one by now."""
    return f"there is no fact {fact_id}" if times.bound else f"the fact {fact_id} was not known then"


async def _answered_at(session: Session, times: Times) -> Times:
    """Resolve and pin the times of a read whose statements do not return the head."""
    return (await resolved(session, times)).answered_at(await log.head_position(session))


async def _history(session: Session, fact_id: UUID) -> FactState:
    for state in await facts.load_histories(session, [facts.pair(fact_id)]):
        return state
    raise NotFound(f"there is no fact {fact_id}")


class Page(NamedTuple):
    """The JSON of a page's items, where the next page starts, and the log position of the list."""

    items: list[bytes]
    after: Place | None
    position: int


class ListScope(NamedTuple):
    """Which facts a list has: of a company (slug or `scheme:value`), citing a source (id), or all."""

    company: str | None = None
    source: str | None = None

    def is_fixed(self) -> bool:
        """Whether it needs no lookup that could change between statements: all facts, or those of a slug."""
        return self.source is None and (self.company is None or ":" not in self.company)


async def fact_list(
    database: Database, scope: ListScope, kept: Conditions, times: Times, after: Place | None, limit: int
) -> Page:
    """Up to `limit` facts after a place, in the order company, kind, subject, latest period, id.

    Raises NotFound if there was no such company or source by then, Invalid for times beyond the log.
    """
    # the company of an identifier, or whether a source exists, may change between two statements: then use a snapshot
    alone = scope.is_fixed() and times.recorded_at is None
    async with nullcontext(database) if alone else database.snapshot() as still:
        times = await resolved_first(still, times)
        company, source = await _meant_by(still, scope, times)
        asked = AskedList(company, source, kept, times, after, limit + 1)
        found = await still.together(lists.list_facts, asked)
        times = times.answered_at(found.head)
        if not found.answers and company is not None:
            await must_be_known(still, company, times)  # an unknown company is 404, not an empty list
        items = await earlier.rendered(still, found.answers, times)
        after = place_of(items[limit - 1]) if len(items) > limit else None
        return Page(items[:limit], after, times.position)


class WholeList(NamedTuple):
    """A list to its end: the JSON of its items in parts, and the log position of all parts."""

    parts: AsyncGenerator[list[bytes], None]
    first: list[bytes]  # the first part, already read; `parts` begins with it
    position: int


async def whole_list(
    database: Database,
    scope: ListScope,
    kept: Conditions,
    times: Times,
    after: Place | None,
    limit: int | None,
) -> WholeList:
    """All facts of a list after a place, or the first `limit`, at one position. No connection is held between parts.

    Both this function and `parts` raise what `fact_list` raises.
    """
    size = _PART if limit is None else min(_PART, limit)
    first = await fact_list(database, scope, kept, times, after, size)
    pinned = times._replace(at=first.position, recorded_at=None)

    async def parts() -> AsyncGenerator[list[bytes], None]:
        part, left = first, limit
        while True:
            yield part.items
            if left is not None:
                left -= len(part.items)
            if part.after is None or left == 0:
                return
            size = _PART if left is None else min(_PART, left)
            part = await fact_list(database, scope, kept, pinned, part.after, size)

    return WholeList(parts(), first.items, first.position)


async def _meant_by(database: Reads, scope: ListScope, times: Times) -> tuple[str | None, int | None]:
    """The slug of the company, or the key of the source, of a scope. Raises NotFound."""
    if scope.is_fixed():
        return scope.company, None
    if scope.company is not None:
        return await slug_of(database, scope.company, times), None
    async with database.session() as session:
        for state in await sources.load_sources(session, [scope.source] if scope.source else []):
            if state.was_there(times):
                return None, state.key
    raise NotFound(f"there is no source {scope.source}")


# -- one fact's versions -------------------------------------------------------------------------


class Versions(NamedTuple):
    """The JSON of a page of versions, where the next page starts, and the log position."""

    items: list[bytes]
    after: ByNumber | None
    position: int


async def versions(database: Database, fact_id: UUID, times: Times, after: ByNumber, limit: int) -> Versions:
    """Up to `limit` versions of a fact after a number that were public and recorded by then. Raises NotFound."""
    async with database.snapshot() as session:
        times = await _answered_at(session, times)
        state = await _history(session, fact_id)
        view = _View(state, times)
        if not view.entries:
            raise NotFound(_unknown(fact_id, times))
        entries = [entry for entry in view.entries if entry.version > after.number]
        shown = entries[:limit]
        items = [view.render(entry) for entry in shown]
        more = ByNumber(shown[-1].version) if len(entries) > limit else None
        return Versions(items, more, times.position)


async def version(database: Database, fact_id: UUID, number: int, times: Times) -> Read:
    """One version of a fact as it was then. Raises NotFound."""
    async with database.snapshot() as session:
        times = await _answered_at(session, times)
        view = _View(await _history(session, fact_id), times)
        if times.bound and not view.entries:
            raise NotFound(_unknown(fact_id, times))
        return Read(view.render(view.entry(number)), times.position)


async def diff(database: Database, fact_id: UUID, start: int, end: int, times: Times) -> Read:
    """The differences between two versions, and the steps between them. Raises NotFound, Invalid."""
    async with database.snapshot() as session:
        times = await _answered_at(session, times)
        view = _View(await _history(session, fact_id), times)
    if times.bound and not view.entries:
        raise NotFound(_unknown(fact_id, times))
    if start > end:
        raise Invalid(f"version {start} came after version {end}", parameter="from")
    before, after = view.entry(start), view.entry(end)
    steps = view.steps(start, end)
    found = differences.changes(view.content(before), view.content(after))
    answer = Diff(id=fact_id, from_version=start, to_version=end, changes=list(found), steps=steps)
    return Read(msgspec.json.encode(answer), times.position)


# -- facts with everything that is told about them -------------------------------------------------


class Account(NamedTuple):
    """A fact at some times: the JSON of its answer and of each of its versions, and the class of each step."""

    answer: bytes
    versions: list[bytes]
    steps: list[Step]


class Accounts(NamedTuple):
    """Facts with their histories, the sources that their answers cite, and the log position of all of it."""

    items: list[Account]
    documents: dict[str, ReadableSource]
    position: int


async def accounts(database: Database, ids: Sequence[UUID], times: Times) -> Accounts:
    """Facts with their histories and the sources that their answers cite, in one snapshot; unknown facts are left out.

    Of each fact, the first archived source that its answer cites comes with its text, if that may be served.
    Raises Invalid for times beyond the log.
    """
    async with database.snapshot() as session:
        times = await resolved(session, times)
        found = {state.id: state for state in await facts.load_histories(session, map(facts.pair, ids))}
        views = [_View(found[one], times) for one in ids if one in found]
        items = [
            Account(answer, [view.render(entry) for entry in view.entries], view.all_steps())
            for view in views
            if (answer := view.answer()) is not None
        ]
        cited = [_citing.decode(item.answer).citations for item in items]
        wanted = [one.source.id for citations in cited for one in citations]
        texts = [next((c.source.id for c in citations if c.source.archived), "") for citations in cited]
        head, documents = await sources.documents(session, wanted, texts)
    return Accounts(items, documents, times.answered_at(head).position)


class _Citing(msgspec.Struct):
    citations: list[Citation]


_citing = msgspec.json.Decoder(_Citing)


class _View:
    """A fact's history as it was at a day and a position."""

    def __init__(self, state: FactState, times: Times) -> None:
        self._state = state
        self._times = times
        assertions = history.within(state.versions, times)
        public = {v.version for v in assertions}
        retractions = [
            r
            for r in state.retractions
            if r.retracts in public and (times.at is None or r.position <= times.at)
        ]
        self.entries: list[Version | Retraction] = sorted(
            [*assertions, *retractions], key=lambda e: e.version
        )
        self._assertions = assertions
        self._answer = history.answering(state.versions, times)
        self._rivals = [] if self._answer is None else self._answer.rivals

    def answer(self) -> bytes | None:
        """The JSON of the fact's answer; None if nothing was asserted by then."""
        if self._answer is None:
            return None
        return rendering.render_answer(
            self._state.key, self._state.id, self._answer, self._times.at, self._times.known_at
        )

    def entry(self, number: int) -> Version | Retraction:
        for entry in self.entries:
            if entry.version == number:
                return entry
        raise NotFound(f"the fact {self._state.id} has no version {number} then")

    def assertions_before(self, number: int) -> list[Version]:
        return [v for v in self._assertions if v.version < number]

    def all_steps(self) -> list[Step]:
        """All entries and later checks, in the order recorded."""
        return self._steps(-1, 2**62, None)

    def steps(self, start: int, end: int) -> list[Step]:
        """The entries after version `start` up to version `end`, and the later checks of `end`."""
        return self._steps(self.entry(start).position, self.entry(end).position, end)

    def _steps(self, first: int, last: int, end: int | None) -> list[Step]:
        found = [
            Step(
                position=e.position,
                version=e.version,
                change=differences.classify(e, self.assertions_before(e.version)),
            )
            for e in self.entries
            if first < e.position <= last
        ]
        checks = [
            Step(position=check.position, version=v.version, change="evidence")
            for v in self._assertions
            for check in v.checks[1:]
            if first < check.position
            and (check.position <= last or v.version == end)
            and (self._times.at is None or check.position <= self._times.at)
        ]
        return sorted(found + checks, key=lambda step: step.position)

    def content(self, entry: Version | Retraction) -> dict[str, Json]:
        """The JSON fields of a version that a diff compares (without position, recorded_at and the like)."""
        told: dict[str, Json] = msgspec.json.decode(self.render(entry))
        return {name: content for name, content in told.items() if name not in _PLACE}

    def render(self, entry: Version | Retraction) -> bytes:
        if isinstance(entry, Retraction):
            return msgspec.json.encode(entry)
        at = self._times.at
        alive = entry.retracted is None or (at is not None and entry.retracted > at)
        publishers = history.independent(
            [*history.standing(self._state.versions, self._times), entry], entry, at
        )
        return rendering.render(
            self._state.key, self._state.id, entry, asserted=alive, rivals=self._rivals,
            publishers=publishers if alive or publishers is None else 0, at=at,
            known_at=self._times.known_at,
        )  # fmt: skip
