"""An answer on its way out: whole or as a stream, coded or plain, for both ways in; and what is seen of every answer.

A large body goes out in pieces, whole or not: the server would hold it for as long as its client leaves it unread.

A stream is made while it is sent. Whoever makes it waits while the client does not read, and is stopped when the client
goes. What goes wrong after the first byte cannot be told with a status any more, so the connection is cut, lest the half
pass for the whole. `service.web.edge` does that, which sees every answer end.
"""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import aclosing
from typing import TYPE_CHECKING, Literal, NamedTuple, cast

from service.web import codings

if TYPE_CHECKING:
    from litestar.types import HTTPScope, Message, Receive, Send

RawHeaders = tuple[tuple[bytes, bytes], ...]

Ended = Literal[
    "whole", "left", "stalled", "failed"
]  # how an answer ended: only the first has all of its bytes

_POLICY = b"content-security-policy"  # an answer that a browser is to show has its own
_NO_CONTENT = (_POLICY, b"default-src 'none'; frame-ancestors 'none'")


_PIECE = 65_536  # bytes; the server holds a few, and a client that takes one now and then has not stalled


_LARGE = 262_144  # bytes of a whole body; what is smaller is given to the server at once


class Stalled(Exception):
    """The client has left what was sent unread for too long."""


class Stream:
    """A body that is made while it is sent."""

    def __init__(self, made: AsyncIterator[bytes]) -> None:
        self._made = made
        self._first: bytes | None = None

    async def begun(self) -> "Stream":
        """The stream, with its first chunk made. Raises what making it raises: that can still be told with a status."""
        self._first = await anext(self._made, None)
        return self

    async def chunks(self) -> AsyncGenerator[bytes, None]:
        """All chunks, once it has begun."""
        if self._first is not None:
            yield self._first
            async for chunk in self._made:
                yield chunk

    async def aclose(self) -> None:
        """Stop making it, and let go of what that holds."""
        close = getattr(self._made, "aclose", None)  # generators have one
        if close is not None:
            await cast("Callable[[], Awaitable[None]]", close)()


class Finished(NamedTuple):
    """An answer as it goes out."""

    status: int
    headers: dict[str, str]  # names in lower case
    body: bytes | Stream  # bytes are coded already
    coding: str = codings.IDENTITY  # of a stream


async def send_answer(
    answer: Finished, scope: "HTTPScope", receive: "Receive", send: "Send", patience: float
) -> None:
    """Send an answer; of a stream to HEAD the headers alone.

    Returns when all is sent or the client has gone. Raises Stalled where it has not read a stream or a large body for
    `patience` seconds, and what goes wrong in making a stream.
    """
    headers = [(key.encode("latin-1"), value.encode("latin-1")) for key, value in answer.headers.items()]
    body = answer.body
    if isinstance(body, bytes):
        if answer.status not in {204, 304}:  # RFC 9110 §8.6: these would tell the length of another answer
            headers.append((b"content-length", b"%d" % len(body)))
        if "content-security-policy" not in answer.headers:
            headers.append(_NO_CONTENT)
        if len(body) > _LARGE and scope["method"] != "HEAD":
            await _until_left(_send_large(answer.status, body, headers, send, patience), receive)
            return
        await send({"type": "http.response.start", "status": answer.status, "headers": headers})
        await send({"type": "http.response.body", "body": body, "more_body": False})
        return
    async with aclosing(body):
        if scope["method"] == "HEAD":
            await send({"type": "http.response.start", "status": answer.status, "headers": headers})
            await send({"type": "http.response.body", "body": b"", "more_body": False})
            return
        await _until_left(_send_stream(answer, body, headers, send, patience), receive)


async def _until_left(sent: Coroutine[object, object, None], receive: "Receive") -> None:
    """Send, but no longer than the client is there. Raises what sending raises."""
    sending = asyncio.ensure_future(sent)
    leaving = asyncio.ensure_future(_left(receive))
    try:
        await asyncio.wait({sending, leaving}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        leaving.cancel()
        sending.cancel()  # no more than a word where it is done
        await asyncio.wait({sending, leaving})
    if not sending.cancelled():
        sending.result()


async def _send_large(
    status: int, body: bytes, headers: list[tuple[bytes, bytes]], send: "Send", patience: float
) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})
    for start in range(0, len(body), _PIECE):
        end = start + _PIECE
        await _pass_on(body[start:end], send, patience, more=end < len(body))


async def _pass_on(piece: bytes, send: "Send", patience: float, *, more: bool) -> None:
    """Send a piece of a body. Raises Stalled where the client does not make room for it."""
    try:
        async with asyncio.timeout(patience):
            await send({"type": "http.response.body", "body": piece, "more_body": more})
    except TimeoutError as error:
        raise Stalled(f"the client has read nothing for {patience:g} seconds") from error


async def _send_stream(
    answer: Finished, body: Stream, headers: list[tuple[bytes, bytes]], send: "Send", patience: float
) -> None:
    coder = codings.Coder(answer.coding)
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    async with aclosing(body.chunks()) as chunks:
        async for chunk in chunks:
            coded = coder.coded(chunk)
            for start in range(0, len(coded), _PIECE):
                await _pass_on(coded[start : start + _PIECE], send, patience, more=True)
    await _pass_on(coder.end(), send, patience, more=False)


async def _left(receive: "Receive") -> None:
    """Return when the client has gone."""
    while (await receive())["type"] != "http.disconnect":
        pass


class Watched:
    """What passes out to the client, whoever sends it: gets the headers that every answer has, and is counted."""

    __slots__ = ("_extra", "_head", "_send", "size", "started", "status", "whole")

    def __init__(self, send: "Send", extra: RawHeaders, *, head: bool) -> None:
        self._send = send
        self._extra = extra
        self._head = head
        self.status = 500
        self.size = 0  # bytes of the body
        self.started = False
        self.whole = False  # all of it is sent, or is being sent

    def send(self, message: "Message") -> Awaitable[None]:
        """Pass a message on."""
        if message["type"] == "http.response.start":
            self.started, self.status = True, message["status"]
            headers = [*message["headers"]]
            # `send_answer` puts it last; to look through them all takes longer than all else here
            if not (headers and headers[-1] is _NO_CONTENT) and all(name != _POLICY for name, _ in headers):
                headers.append(_NO_CONTENT)
            headers += self._extra
            message["headers"] = headers
        elif message["type"] == "http.response.body":
            if self._head:
                message["body"] = b""
            self.size += len(message["body"])
            self.whole = not message["more_body"]
        return self._send(message)
