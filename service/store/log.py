"""The head of the log, its positions, and its entries in order."""

from datetime import datetime
from typing import NamedTuple

import msgspec

from service.core.log import Entry
from service.postgres.database import Record, Session, Transaction
from service.store.statements import sql


class Head(NamedTuple):
    """The log's last position, and the `recorded_at` of entries written in this transaction."""

    position: int
    recorded_at: datetime


async def lock_head(session: Transaction) -> None:
    """Lock the head's row until the transaction ends: no other transaction writes to the log meanwhile.

    What is read afterwards was written by the transactions that had the lock before.
    """
    await session.execute(sql("lock_head"))


def advance_head(session: Transaction, head: Head) -> None:
    """Have the head set, with the commit, to the last position that this transaction wrote."""
    text = sql("advance_head").replace("$1", f"{head.position}")
    session.at_commit(text.replace("$2", f"'{head.recorded_at.isoformat()}'::timestamptz"))


async def head_position(session: Session) -> int:
    """The last position of the log."""
    return msgspec.convert(await session.fetchval(sql("head")), int)


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


async def changes(session: Session, after: int, limit: int) -> list[Entry]:
    """Up to `limit` entries after a position, in order."""
    rows = await session.fetch(sql("changes"), after, limit)
    return [entry_of(row) for row in rows]
