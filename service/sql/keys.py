"""API keys, by the hash of their secret."""

from typing import NamedTuple

import msgspec

from service.sql.database import Session
from service.sql.statements import sql


class Key(NamedTuple):
    """A key and what it may do."""

    key: int
    scope: str


async def insert_key(session: Session, prefix: str, digest: bytes, scope: str) -> int:
    """Record a key; its number."""
    return msgspec.convert(await session.fetchval(sql("insert_key"), prefix, digest, scope), int)


async def key_by_hash(session: Session, digest: bytes) -> Key | None:
    """The key with that hash."""
    row = await session.fetchrow(sql("key_by_hash"), digest)
    return None if row is None else Key(row["key"], row["scope"])
