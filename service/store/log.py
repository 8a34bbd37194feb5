"""The head of the log, its positions, and its entries in order."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import msgspec

from service.core.log import Entry, Origin
from service.postgres.database import Record, Session, Transaction
from service.postgres.listening import CHANNEL
from service.store.statements import sql


class Head(NamedTuple):
    """The log's last position, and the `recorded_at` of entries written in this transaction."""

    position: int
    recorded_at: datetime
    mirror_of: str | None = None  # the address that a mirror copies its log from


async def lock_head(session: Transaction) -> None:
    """Lock the head's row until the transaction ends: no other transaction writes to the log meanwhile.

    What is read afterwards was written by the transactions that had the lock before.
    """
    await session.execute(sql("lock_head"))


def advance_head(session: Transaction, heads: Sequence[Head]) -> None:
    """Have the head set, with the commit, to the last position that this transaction wrote, and listeners told.

    That position is in the last of `heads`; of what was copied from another log, each commit has its own head.
    """
    texts = [
        sql("advance_head")
        .replace("$1", f"{head.position}")
        .replace("$2", f"'{head.recorded_at.isoformat()}'::timestamptz")
        for head in heads
    ]
    parts = [*(text.strip().rstrip(";") for text in texts), f"notify {CHANNEL}"]
    session.at_commit(";\n".join(parts))


async def head_position(session: Session) -> int:
    """The last position of the log."""
    return msgspec.convert(await session.fetchval(sql("head")), int)


async def origin(session: Session) -> Origin:
    """Which log it is."""
    row = await session.fetchrow(sql("origin"))
    if row is None:
        raise LookupError("the log has no head")
    return origin_of(row, row["position"])


def origin_of(row: Record, head: int) -> Origin:
    """The log of a row with the columns `origin` and `mirror_of`, whose last position is `head`."""
    return Origin(UUID(int=row["origin"].int), head, row["mirror_of"])


async def become_mirror(session: Transaction, origin: UUID, address: str) -> bool:
    """Make an empty log the mirror of another one; a mirror of that log gets a new address. False for any other log."""
    return await session.fetchrow(sql("become_mirror"), origin, address) is not None


class Moment(NamedTuple):
    """The last position recorded by an instant, and whether that instant has passed."""

    position: int
    past: bool


async def position_at(session: Session, instant: datetime) -> Moment:
    """The last position recorded at or before an instant."""
    row = await session.fetchrow(sql("position_at"), instant)
    if row is None:
        raise LookupError("no row")
    return Moment(row["position"], row["past"])


def entry_of(row: Record) -> Entry:
    """The entry of a row with its fields; other columns are left out."""
    return msgspec.convert(dict(row), Entry)


async def last_changes(session: Session, limit: int) -> list[Entry]:
    """The last `limit` entries, in order."""
    return [entry_of(row) for row in await session.fetch(sql("last_changes"), limit)]


async def changes(session: Session, after: int, limit: int) -> list[Entry]:
    """Up to `limit` entries after a position, in order."""
    rows = await session.fetch(sql("changes"), after, limit)
    return [entry_of(row) for row in rows]
