"""API keys, stored as the hash of their secret."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import NamedTuple

import msgspec

from service.core.keys import Key, Scope
from service.postgres.database import Record, Session, Transaction
from service.store.statements import sql


class FoundKey(NamedTuple):
    """An API key and its remaining life."""

    key: Key
    remaining: float | None  # seconds until it expires, by the database's clock; None: it never expires


async def insert_key(
    session: Transaction,
    prefix: str,
    digest: bytes,
    scope: Scope,
    *,
    name: str | None,
    companies: list[str] | None,
    expires: timedelta | None,
    known_by: date | None,
) -> None:
    """Record a key."""
    await session.execute(sql("insert_key"), prefix, digest, scope, name, companies, expires, known_by)


async def key_by_hash(session: Session, digest: bytes) -> FoundKey | None:
    """The key with this hash, or None."""
    row = await session.fetchrow(sql("key_by_hash"), digest)
    return None if row is None else FoundKey(_key(row), row["remaining"])


async def list_keys(session: Session) -> list[Key]:
    """All keys, oldest first."""
    return [_key(row) for row in await session.fetch(sql("list_keys"))]


async def revoke_key(session: Session, prefix: str) -> bool:
    """Revoke the key with this prefix. False if there is no such key."""
    return await session.fetchval(sql("revoke_key"), prefix) is not None


async def note_use(session: Transaction, used: Mapping[int, datetime]) -> None:
    """Record when keys were last used, by key number."""
    await session.execute(sql("note_use"), list(used), list(used.values()))


def _key(row: Record) -> Key:
    return msgspec.convert({name: row[name] for name in Key.__struct_fields__}, Key)
