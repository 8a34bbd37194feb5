"""API keys: who asks, what that key may do, and to which companies."""

from datetime import datetime
from typing import Literal

from msgspec import Struct

Scope = Literal["read", "write", "admin"]
SCOPES: tuple[Scope, ...] = ("read", "write", "admin")  # each may do what those before it may


class Key(Struct, frozen=True, kw_only=True):
    """A key as the service knows it: everything but the secret."""

    number: int  # names it inside the service; a version's author
    prefix: str  # first characters of the secret: names it to people
    scope: Scope
    name: str | None = None  # what it is for, as its maker put it
    companies: frozenset[str] | None = None  # slugs that it may write to; None: all
    created_at: datetime
    expires_at: datetime | None = None
    revoked_at: datetime | None = None
    last_used_at: datetime | None = None  # to some seconds; None: never

    def may(self, needed: Scope) -> bool:
        """Whether its scope covers the one needed."""
        return SCOPES.index(self.scope) >= SCOPES.index(needed)

    def state(self, now: datetime) -> Literal["active", "expired", "revoked"]:
        """Whether it is still taken at that instant."""
        if self.revoked_at is not None:
            return "revoked"
        return "expired" if self.expires_at is not None and self.expires_at <= now else "active"
