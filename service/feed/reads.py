"""Reads stretches of the log, and follows it."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from datetime import date
from functools import partial
from typing import NamedTuple
from uuid import UUID

from service.core.citations import Verdict
from service.core.differences import StepClass
from service.core.kinds import Kind
from service.core.knowing import known_by
from service.core.log import Entry, Origin
from service.core.states import FactState
from service.feed import store
from service.feed.steps import verdict_of, with_step
from service.feed.store import FeedRow
from service.operations.growth import Growth
from service.postgres.database import Database, Session
from service.store import facts

CHUNK = 1000  # entries that one statement reads if some are left out
MOST_LOOKED_AT = 20_000  # entries that one page looks at


class Wanted(NamedTuple):
    """Which entries are wanted; None is no condition. All but `company` leave out entries that are not of a fact."""

    company: str | None = None
    kind: Kind | None = None
    subject: str | None = None
    fact: UUID | None = None
    evidence: Verdict | None = None
    change: StepClass | None = None
    known_at: date | None = None  # only what was public by that day; entries without a day are left out

    def keeps_all(self) -> bool:
        """Whether there is no condition."""
        return self == Wanted()

    def may_keep(self, row: FeedRow) -> bool:
        """Whether an entry fits, as far as it can be told without the history of its fact."""
        entry = row.entry
        undated = entry.source is None or not known_by(row.published_at, self.known_at)
        if entry.fact is None and self.known_at is not None and undated:
            return False
        of_fact = self._replace(company=None, known_at=None).keeps_all() or entry.fact is not None
        return (
            of_fact
            and self.company in {None, entry.company}
            and self.kind in {None, row.kind}
            and self.subject in {None, row.subject}
            and self.fact in {None, entry.fact}
        )

    def keeps(self, entry: Entry, state: FactState) -> bool:
        """Whether an entry of a fact that may be kept is."""
        return self.change in {None, entry.change} and (
            self.evidence is None or verdict_of(entry, state) == self.evidence
        )


class LogStretch(NamedTuple):
    """Entries in order, the position up to which the log was looked at for them, and the log that they are of."""

    entries: list[Entry]
    looked_at: int
    log: Origin

    @property
    def head(self) -> int:
        """The log's last position."""
        return self.log.position


async def stretch(database: Database, after: int, limit: int, wanted: Wanted) -> LogStretch:
    """Up to `limit` wanted entries after a position, looking at `MOST_LOOKED_AT` entries at most."""
    found: list[Entry] = []
    looked_at = after
    most = limit if wanted.keeps_all() else CHUNK
    async with database.snapshot() as session:
        while True:
            rows, of = await store.entries(session, looked_at, most)
            for entry in await _kept(session, rows, wanted):
                found.append(entry)
                if len(found) == limit:
                    break
            if rows:
                looked_at = found[-1].position if len(found) == limit else rows[-1].entry.position
            if not rows or len(found) == limit or looked_at >= min(of.position, after + MOST_LOOKED_AT):
                return LogStretch(found, looked_at, of)


async def _kept(session: Session, rows: Sequence[FeedRow], wanted: Wanted) -> list[Entry]:
    entries = [row.entry for row in rows if wanted.may_keep(row)]
    pairs = [facts.pair(entry.fact) for entry in entries if entry.fact is not None]
    # a later check changes neither the class of an entry nor the quantities beside it
    histories = await facts.load_histories(session, pairs, checks=wanted.evidence is not None)
    states = {state.id: state for state in histories}
    found: list[Entry] = []
    for entry in entries:
        if entry.fact is None:
            found.append(entry)
            continue
        state = states[entry.fact]
        told = with_step(entry, state, wanted.known_at)
        if told is not None and wanted.keeps(told, state):
            found.append(told)
    return found


async def waited(
    database: Database, growth: Growth, after: int, limit: int, wanted: Wanted, seconds: float
) -> LogStretch:
    """A stretch; if it has no entries, waits for wanted ones, at most so many seconds."""
    now = asyncio.get_running_loop().time
    until = now() + seconds
    found = await stretch(database, after, limit, wanted)
    while not found.entries and now() < until:
        if found.looked_at >= found.head and await growth.beyond(found.head, until - now()) <= found.head:
            break
        found = await stretch(database, found.looked_at, limit, wanted)
    return found


async def followed(
    database: Database, growth: Growth, after: int, wanted: Wanted, heartbeat: float
) -> AsyncGenerator[LogStretch, None]:
    """Stretches from a position on, at least one every `heartbeat` seconds, until the service stops.

    A stretch without entries tells how far the log was looked at. No connection is held between stretches. Followers
    at the same position share what is read.
    """
    looked_at = after
    while not growth.stopped:
        read = partial(stretch, database, looked_at, CHUNK, wanted)
        found = await growth.shared.get((looked_at, wanted), read)
        yield found
        looked_at = found.looked_at
        if looked_at >= found.head:
            await growth.beyond(found.head, heartbeat)
