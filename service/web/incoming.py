"""Checks of a request's head before anything else reads it (RFC 9110, RFC 9112, RFC 3986), and draining of unread bodies.

Two readers of an ambiguous request (a proxy and this service, say) can understand it differently, and attacks build on
that. So a request without one valid `Host`, with two lines of a header that has one value, with a transfer coding other
than `chunked`, or with a path that is not percent-encoded UTF-8 is refused with 400. The server itself refuses two
`Content-Length`s that differ, and it removes `Content-Length` beside `Transfer-Encoding` before the application sees
either; see `docs/operations.md`.
"""

import asyncio
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import unquote_to_bytes

from service.core.errors import Malformed
from service.web.bodies import Receive

if TYPE_CHECKING:
    from litestar.types import HTTPScope

# headers with a single value, by their names in lower case. Other headers are lists: their lines are joined
_SINGLE = {
    name.lower().encode(): name
    for name in (
        "Accept-Datetime",
        "Access-Control-Request-Method",
        "Authorization",
        "Content-Length",
        "Content-Type",
        "Host",
        "Idempotency-Key",
        "If-Modified-Since",
        "If-Unmodified-Since",
        "Last-Event-ID",
        "Min-Log-Position",
        "Origin",
        "Transfer-Encoding",
    )
}
# a name, an IPv4 address or an IPv6 address in brackets; then a port or none (RFC 3986 §3.2)
_HOST = re.compile(rb"(?:\[[0-9A-Fa-f:.]+\]|(?:[A-Za-z0-9._~!$&'()*+,;=-]++|%[0-9A-Fa-f]{2})+)(?::[0-9]*)?")
BAD_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2}).{0,2}", re.DOTALL)
_IDLE = 2.0  # seconds without a byte, after which an unread body is not waited for


@lru_cache(maxsize=64)  # nearly all requests name one of a few hosts
def _is_host(name: bytes) -> bool:
    return _HOST.fullmatch(name) is not None


def joined(headers: Sequence[tuple[bytes, bytes]]) -> dict[bytes, bytes]:
    """Headers by name; lines of the same name are one list (RFC 9110 §5.3)."""
    found = dict(headers)
    if len(found) == len(headers):
        return found
    found.clear()
    for name, value in headers:
        found[name] = b"%b, %b" % (found[name], value) if name in found else value
    return found


def refusal_of(scope: "HTTPScope", by_name: Mapping[bytes, bytes]) -> Malformed | None:
    """The reason to refuse a request because of its head; None if there is none. `by_name` are its joined headers."""
    headers = cast("Sequence[tuple[bytes, bytes]]", scope["headers"])
    if len(by_name) != len(headers):
        names = [name for name, _ in headers]
        twice = next((one for name, one in _SINGLE.items() if names.count(name) > 1), None)
        if twice is not None:
            return Malformed(
                f"{twice}: is given {names.count(twice.lower().encode())} times; send it once",
                parameter=twice,
            )
    host = by_name.get(b"host")
    # the server adds an empty one if there is none, which only HTTP/1.0 allows
    if host is not None and not (_is_host(host) or (not host and scope["http_version"] in {"1", "1.0"})):
        what = f"{host.decode('latin-1')[:100]!r} is not a host name or address" if host else "is missing"
        return Malformed(f"Host: {what}; send the one that the service was asked by", parameter="Host")
    coding = by_name.get(b"transfer-encoding")
    if coding is not None and coding.lower() != b"chunked":
        detail = f"Transfer-Encoding: {coding.decode('latin-1')[:100]!r} is not supported; send chunked alone"
        return Malformed(detail, parameter="Transfer-Encoding")
    raw = scope["raw_path"] if "raw_path" in scope else b""  # noqa: SIM401 -- a TypedDict's get is untyped
    return _path_refusal(raw) if b"%" in raw else None


def _path_refusal(raw: bytes) -> Malformed | None:
    bad = BAD_ESCAPE.search(raw.decode("latin-1"))
    if bad is not None:
        return Malformed(f"the path cannot be read: {bad_escape(bad[0])}")
    try:
        unquote_to_bytes(raw).decode()
    except UnicodeDecodeError:
        return Malformed("the path cannot be read: it is not percent-encoded UTF-8")
    return None


def bad_escape(text: str) -> str:
    """What is wrong with a `%` that is not followed by two hexadecimal digits."""
    return f"{text!r} is not a percent-encoded byte, which is % and two hexadecimal digits; a percent sign is %25"


class Incoming:
    """Passes a request's body on, and can read and discard what nobody has read of it.

    A client such as Python's `http.client` reads the answer only after it has sent its whole body. If the connection is
    closed before that, it sees a broken connection instead of the answer.
    """

    __slots__ = ("_begun", "_declared", "_expects", "_most", "_pending", "_receive", "_seconds", "complete")

    def __init__(
        self, receive: Receive, headers: Mapping[bytes, bytes], *, most: int, seconds: float
    ) -> None:
        """`drain` reads at most `most` bytes, for at most `seconds`."""
        self._receive = receive
        self._most = most
        self._seconds = seconds
        # such a client waits for 100 (Continue), which is sent when the body is first read
        self._expects = b"expect" in headers
        # the server has checked that it is a number; two lines of it are refused
        self._declared = int(headers.get(b"content-length", b"0").rpartition(b",")[2])
        self._begun = False
        self._pending = False  # somebody waits for a message
        self.complete = False  # all of the body was read, or the client has disconnected

    async def __call__(self) -> Mapping[str, Any]:
        """Receive the next message."""
        self._begun = self._pending = True
        try:
            message = await self._receive()
        finally:
            self._pending = False
        self.complete = message["type"] != "http.request" or not message.get("more_body", False)
        return message

    async def drain(self) -> None:
        """Discard the rest of the body, until the client pauses or a limit is reached.

        Does nothing if the declared length is over the limit anyway, or if the client has not begun to send.
        """
        if self._pending or self._declared > self._most or (self._expects and not self._begun):
            return
        left = self._most
        try:
            async with asyncio.timeout(self._seconds):
                while not self.complete and left > 0:
                    async with asyncio.timeout(_IDLE):
                        message = await self()
                    left -= len(message.get("body", b""))
        except TimeoutError:
            return


def has_body(method: str, headers: Mapping[bytes, bytes]) -> bool:
    """Whether a request has a body that an operation may leave unread."""
    if method in {"GET", "HEAD", "OPTIONS"}:
        return False
    return headers.get(b"content-length", b"0") != b"0" or b"transfer-encoding" in headers
