"""API keys: scope, and the companies a key may write to."""

from datetime import date, datetime
from typing import Literal

from msgspec import Struct

Scope = Literal["read", "write", "admin"]
SCOPES: tuple[Scope, ...] = ("read", "write", "admin")  # each includes those before it


class Key(Struct, frozen=True, kw_only=True):
    """An API key without its secret."""

    number: int  # internal number; versions name it as their author
    prefix: str  # first characters of the secret, by which people name it
    scope: Scope
    name: str | None = None  # its purpose, in the words of whoever created it
    companies: frozenset[str] | None = None  # slugs that it may write to; None: all
    known_by: date | None = None  # the last day that it can see anything of; None: no limit
    created_at: datetime
    expires_at: datetime | None = None
    revoked_at: datetime | None = None
    last_used_at: datetime | None = None  # accurate to some seconds; None: never

    def may(self, needed: Scope) -> bool:
        """Whether its scope includes the one needed."""
        return SCOPES.index(self.scope) >= SCOPES.index(needed)

    def state(self, now: datetime) -> Literal["active", "expired", "revoked"]:
        """Its state at that instant; only an active key is accepted."""
        if self.revoked_at is not None:
            return "revoked"
        return "expired" if self.expires_at is not None and self.expires_at <= now else "active"
