"""API keys: made once, shown once, kept as a hash."""

import secrets
from hashlib import sha256
from typing import Literal

from service.domain.errors import Forbidden, Unauthenticated
from service.sql import keys
from service.sql.database import Database

Scope = Literal["read", "write", "admin"]
SCOPES: tuple[Scope, ...] = ("read", "write", "admin")
_PREFIX = "cf_"
_SHOWN = 8


def _digest(secret: str) -> bytes:
    # the secret has 256 random bits, so a fast hash is as good as a slow one
    return sha256(secret.encode()).digest()


async def create_key(database: Database, scope: Scope) -> str:
    """Make a key of this scope. The secret is returned and kept nowhere."""
    secret = _PREFIX + secrets.token_urlsafe(32)
    async with database.transaction() as session:
        await keys.insert_key(session, secret[: len(_PREFIX) + _SHOWN], _digest(secret), scope)
    return secret


async def authorise(database: Database, secret: str | None, needed: Scope) -> int:
    """The number of the key that is presented, where it carries the scope needed.

    Raises Unauthenticated without a key or with one that is not ours, Forbidden with too narrow a scope.
    """
    if secret is None:
        raise Unauthenticated("this operation needs a key: Authorization: Bearer KEY")
    async with database.session() as session:
        key = await keys.key_by_hash(session, _digest(secret))
    if key is None:
        raise Unauthenticated("the key is not one of this service")
    if SCOPES.index(needed) > [*SCOPES].index(_scope(key.scope)):
        raise Forbidden(f"the key has the scope {key.scope}; this operation needs {needed}")
    return key.key


def _scope(stored: str) -> Scope:
    for scope in SCOPES:
        if scope == stored:
            return scope
    raise ValueError(f"unknown scope {stored}")
