"""Sends answers over ASGI, whole or as a stream, and watches every answer.

A large body is sent in pieces, because the server would otherwise hold all of it until the client has read it.

A stream is made while it is sent: its generator waits while the client does not read, and is closed when the client
disconnects. After the first byte an error cannot change the status any more, so `service.web.edge` resets the
connection; otherwise the client could take half an answer for a whole one.
"""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Coroutine, Sequence
from contextlib import aclosing
from typing import TYPE_CHECKING, Literal, NamedTuple, cast

from service.web import codings

if TYPE_CHECKING:
    from litestar.types import HTTPScope, Message, Receive, Send

RawHeaders = Sequence[tuple[bytes, bytes]]
Drain = Callable[[], Awaitable[None]]  # reads and discards the rest of a request's body

# how an answer ended: sent whole, client disconnected, client stopped reading, error while making it
Ended = Literal["whole", "left", "stalled", "failed"]

_POLICY = b"content-security-policy"  # HTML pages set their own; other answers get _NO_CONTENT
_NO_CONTENT = (_POLICY, b"default-src 'none'; frame-ancestors 'none'")


# bytes of a piece; the server buffers a few, and a client that takes one within the limit has not stalled
_PIECE = 65_536  # of a stream: what is made ahead
# of a body that is there whole, if it is larger: a piece takes the server as long as a short answer, and with pieces of 64 KiB
# a body of 2 MB took twice as long
_LARGE_PIECE = 524_288

_STALLED = 408  # the client has stopped sending, so there is nothing to wait for


class ClientStalled(Exception):
    """The client has read nothing for too long."""


class Stream:
    """A body whose chunks are made while it is sent."""

    def __init__(self, made: AsyncIterator[bytes]) -> None:
        self._made = made
        self._first: bytes | None = None

    async def begun(self) -> "Stream":
        """Make the first chunk; returns the stream. Errors of that are raised here, while a status can still be chosen."""
        self._first = await anext(self._made, None)
        return self

    async def chunks(self) -> AsyncGenerator[bytes, None]:
        """All chunks; call `begun` first."""
        if self._first is not None:
            yield self._first
            async for chunk in self._made:
                yield chunk

    async def aclose(self) -> None:
        """Close the generator, and free what it holds."""
        close = getattr(self._made, "aclose", None)  # generators have one
        if close is not None:
            await cast("Callable[[], Awaitable[None]]", close)()


class Finished(NamedTuple):
    """An answer ready to be sent."""

    status: int
    headers: dict[str, str]  # names in lower case
    body: bytes | Stream  # bytes are already coded; a stream is not
    coding: str = codings.IDENTITY  # to apply to a stream


async def send_answer(
    answer: Finished, scope: "HTTPScope", receive: "Receive", send: "Send", patience: float
) -> None:
    """Send an answer. For HEAD, a stream is not made: only headers are sent.

    Returns when all is sent or the client has disconnected. Raises ClientStalled if the client reads nothing of a stream or a
    large body for `patience` seconds, and whatever the stream's generator raises.
    """
    headers = [(key.encode("latin-1"), value.encode("latin-1")) for key, value in answer.headers.items()]
    body = answer.body
    if isinstance(body, bytes):
        if answer.status not in {204, 304}:  # RFC 9110 §8.6: there it would be the length of the 200 answer
            headers.append((b"content-length", b"%d" % len(body)))
        if "content-security-policy" not in answer.headers:
            headers.append(_NO_CONTENT)
        if len(body) > _LARGE_PIECE and scope["method"] != "HEAD":
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
    """Send until done or until the client disconnects. Raises what sending raises."""
    sending = asyncio.ensure_future(sent)
    leaving = asyncio.ensure_future(_left(receive))
    try:
        await asyncio.wait({sending, leaving}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        leaving.cancel()
        sending.cancel()  # no effect if it is done
        await asyncio.wait({sending, leaving})
    if not sending.cancelled():
        sending.result()


async def _send_large(
    status: int, body: bytes, headers: list[tuple[bytes, bytes]], send: "Send", patience: float
) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})
    for start in range(0, len(body), _LARGE_PIECE):
        end = start + _LARGE_PIECE
        await _pass_on(body[start:end], send, patience, more=end < len(body))


async def _pass_on(piece: bytes, send: "Send", patience: float, *, more: bool) -> None:
    """Send a piece of a body. Raises ClientStalled if the server cannot take it, because the client does not read."""
    try:
        async with asyncio.timeout(patience):
            await send({"type": "http.response.body", "body": piece, "more_body": more})
    except TimeoutError as error:
        raise ClientStalled(f"the client has read nothing for {patience:g} seconds") from error


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
    """Return when the client disconnects."""
    while (await receive())["type"] != "http.disconnect":
        pass


class Watched:
    """Wraps `send`: adds the headers that every answer has, and counts its bytes.

    With `drain`, what is left of the request's body is read before the answer is sent.
    """

    __slots__ = ("_drain", "_extra", "_head", "_send", "size", "started", "status", "whole")

    def __init__(self, send: "Send", extra: RawHeaders, *, head: bool, drain: Drain | None = None) -> None:
        self._send = send
        self._extra = extra
        self._head = head
        self._drain = drain
        self.status = 500
        self.size = 0  # bytes of the body so far
        self.started = False
        self.whole = False  # the last piece was passed on

    def send(self, message: "Message") -> Awaitable[None]:
        """Pass a message on."""
        if message["type"] == "http.response.start":
            self.started, self.status = True, message["status"]
            headers = [*message["headers"]]
            # `send_answer` puts it last; checking that first avoids a search through all headers
            if not (headers and headers[-1] is _NO_CONTENT) and all(name != _POLICY for name, _ in headers):
                headers.append(_NO_CONTENT)
            headers += self._extra
            message["headers"] = headers
            if self._drain is not None and self.status != _STALLED:
                return self._send_drained(message, self._drain)
        elif message["type"] == "http.response.body":
            if self._head:
                message["body"] = b""
            self.size += len(message["body"])
            self.whole = not message["more_body"]
        return self._send(message)

    async def _send_drained(self, message: "Message", drain: Drain) -> None:
        await drain()
        await self._send(message)
