"""API keys: creation, listing, revocation, and a cache of the keys that a process has seen lately."""

import asyncio
import secrets
import time
from collections.abc import Collection
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from functools import partial
from hashlib import sha256
from typing import NamedTuple

from service.core.errors import CompanyFactsError, NotFound, Unauthenticated
from service.core.keys import Key, Scope
from service.operations.at_once import AtOnce
from service.postgres.database import Database
from service.store import keys

_PREFIX = "cf_"
_SHOWN = len(_PREFIX) + 8

_RELIED_ON = 4.0  # seconds that a key is cached: a revoked key is refused within five
_NOTED_EVERY = 10.0  # seconds
_MET = 10_000  # keys in the cache, including unknown ones


def _digest(secret: str) -> bytes:
    # the secret has 256 random bits, so a slow hash would add nothing
    return sha256(secret.encode()).digest()


async def create_key(
    database: Database,
    scope: Scope,
    *,
    name: str | None = None,
    expires: timedelta | None = None,
    companies: Collection[str] = (),
    known_by: date | None = None,
) -> str:
    """Create a key. Returns its secret, of which only the hash is stored."""
    secret = _PREFIX + secrets.token_urlsafe(32)
    async with database.transaction() as session:
        await keys.insert_key(
            session,
            secret[:_SHOWN],
            _digest(secret),
            scope,
            name=name,
            companies=sorted(set(companies)) or None,
            expires=expires,
            known_by=known_by,
        )
    return secret


async def list_keys(database: Database) -> list[Key]:
    """All keys, including revoked and expired ones, oldest first."""
    async with database.session() as session:
        return await keys.list_keys(session)


async def revoke_key(database: Database, prefix: str) -> str:
    """Revoke a key, given by its prefix or whole secret. Returns the prefix. Raises NotFound.

    Running services refuse it within five seconds. Revoking a key again changes nothing.
    """
    async with database.transaction() as session:
        if not await keys.revoke_key(session, prefix[:_SHOWN]):
            raise NotFound(f"no key begins with {prefix[:_SHOWN]}; `key list` shows them")
    return prefix[:_SHOWN]


class _Met(NamedTuple):
    """A cached answer of the database about a key."""

    key: Key | None
    refusal: str | None  # why it is refused; None: it is valid
    until: float  # when the cached answer expires, in seconds of the monotonic clock


class Keyring:
    """A cache of keys, so that most requests need no statement to check their key."""

    def __init__(self, database: Database, *, note_use: bool) -> None:
        self._database = database
        self._note_use = note_use
        self._met: dict[bytes, _Met] = {}
        self._asking = AtOnce()
        self._used: dict[int, datetime] = {}  # since the last note
        self._noting: asyncio.Task[None] | None = None

    def trusts(self, secret: str) -> bool:
        """Whether the key is in the cache as valid."""
        met = self._met.get(_digest(secret))
        return met is not None and met.refusal is None

    async def find(self, secret: str) -> Key:
        """The key of a secret. Raises Unauthenticated if it is unknown, expired or revoked."""
        digest, now = _digest(secret), time.monotonic()
        met = self._met.get(digest)
        if met is None or met.until <= now:
            met = await self._asking.get(digest, partial(self._ask, digest, now))
        if met.key is None or met.refusal is not None:
            raise Unauthenticated(met.refusal or "the key is not one of this service", presented=True)
        if self._note_use:
            self._note(met.key.number)
        return met.key

    async def _ask(self, digest: bytes, now: float) -> _Met:
        async with self._database.session() as session:
            found = await keys.key_by_hash(session, digest)
        until = now + _RELIED_ON
        if found is None:
            met = _Met(None, "the key is not one of this service", until)
        elif found.key.revoked_at is not None:
            met = _Met(found.key, f"the key {found.key.prefix}… was revoked", until)
        elif found.remaining is None:
            met = _Met(found.key, None, until)
        elif found.remaining <= 0:
            met = _Met(found.key, f"the key {found.key.prefix}… has expired", until)
        else:
            met = _Met(found.key, None, min(until, now + found.remaining))
        while len(self._met) >= _MET:
            del self._met[next(iter(self._met))]
        self._met[digest] = met
        return met

    # -- last use --------------------------------------------------------------------------------

    def _note(self, number: int) -> None:
        self._used[number] = datetime.now(UTC)
        if self._noting is None:
            self._noting = asyncio.create_task(self._write_later())

    async def _write_later(self) -> None:
        await asyncio.sleep(_NOTED_EVERY)
        self._noting = None
        await self._write()

    async def _write(self) -> None:
        used, self._used = self._used, {}
        # if the database is away, these times are dropped: they are only informative
        with suppress(CompanyFactsError):
            async with self._database.transaction() as session:
                await keys.note_use(session, used)

    async def close(self) -> None:
        """Write the remaining times of use; call it before the database is closed."""
        if self._noting is not None:
            self._noting.cancel()
            self._noting = None
        if self._used:
            await self._write()
