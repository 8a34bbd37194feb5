"""Cross-origin reads by pages of other sites (the Fetch standard's CORS protocol)."""

from collections.abc import Iterable, Sequence
from typing import get_args

from service.web.contract import Method

_EXPOSED = (
    b"Allow, ETag, Idempotent-Replayed, Known-By, Link, Location, Log-Origin, Log-Position, Preference-Applied, RateLimit, "
    b"RateLimit-Policy, Retry-After, WWW-Authenticate, X-Request-ID"
)
_METHODS = ", ".join(sorted({"HEAD", *get_args(Method)})).encode()
_HEADERS = (
    b"Accept, Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, Prefer, X-Request-ID"
)
_REMEMBERED = b"7200"  # seconds; browsers cache a preflight answer no longer than this

Headers = tuple[tuple[bytes, bytes], ...]


class Cors:
    """Adds CORS headers for the allowed origins. Never allows cookies: keys are sent in a header."""

    def __init__(self, origins: Sequence[str]) -> None:
        self._any = "*" in origins
        self._origins = {origin.encode() for origin in origins}

    def headers(self, method: str, asked: Iterable[tuple[bytes, bytes]]) -> Headers:
        """The CORS headers of the answer to a request with these headers."""
        found = dict(asked)
        origin = found.get(b"origin")
        vary: Headers = () if self._any else ((b"vary", b"Origin"),)
        if origin is None or not (self._any or origin in self._origins):
            return vary
        allowed: Headers = (
            *vary,
            (b"access-control-allow-origin", b"*" if self._any else origin),
            (b"access-control-expose-headers", _EXPOSED),
        )
        if method != "OPTIONS" or b"access-control-request-method" not in found:
            return allowed
        return (
            *allowed,
            (b"access-control-allow-methods", _METHODS),
            (b"access-control-allow-headers", _HEADERS),
            (b"access-control-max-age", _REMEMBERED),
        )
