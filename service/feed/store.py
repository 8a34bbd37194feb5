"""The statement of the feed."""

from datetime import date
from typing import NamedTuple

from service.core.kinds import Kind
from service.core.log import Entry, Origin
from service.postgres.database import Session
from service.postgres.statements import Statements
from service.store import statements as kernel
from service.store.log import entry_of, origin_of

STATEMENTS = Statements("service.feed", beside=kernel.STATEMENTS)


class FeedRow(NamedTuple):
    """An entry, and the kind and subject of its fact, if it is of one."""

    entry: Entry
    kind: Kind | None
    subject: str | None
    published_at: date | None  # of the source, if it is of one


class FeedRows(NamedTuple):
    """Entries in order, and the log that they are of."""

    rows: list[FeedRow]
    log: Origin


async def entries(session: Session, after: int, most: int) -> FeedRows:
    """Up to `most` entries after a position, in order."""
    rows = await session.fetch(STATEMENTS.sql("feed_entries"), after, most)
    if not rows:
        raise LookupError("the log has no head")
    found = [
        FeedRow(entry_of(row), row["kind"], row["subject"], row["published_at"])
        for row in rows
        if row["position"] is not None
    ]
    return FeedRows(found, origin_of(rows[0], rows[0]["head"]))
