"""Receives request bodies: each must keep making progress, and all share one budget of bytes.

Progress is counted in steps. Within `patience` seconds a body must bring at least one step: 1/64 of the bytes received
so far, at least 1 byte and at most 64 KiB. A small body may arrive slowly, but nobody can make the service hold
megabytes by sending a byte now and then.

All bodies of a process share a budget of bytes. Bytes are counted as they arrive and given back when the request ends.
When the budget is used up, the body whose last step is oldest is refused, if that step is more than `STILL` seconds
ago; otherwise the body that needs the room is refused. The last quarter of the budget is reserved for bodies of up to
`SMALL` bytes, so that large bodies cannot block small ones.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from service.core.errors import CompanyFactsError, Malformed
from service.web.problems import Busy, Stalled, TooLarge

# what ASGI passes: its messages are dictionaries of anything
Receive = Callable[[], Awaitable[Mapping[str, Any]]]

SMALL = 64 * 1024  # bytes; a body up to this size may use the whole budget; also the longest step
STILL = 2.0  # seconds without a step, after which a body may be refused to make room for others
_STEPS = 64


class _Coming:
    """A body that is being received."""

    __slots__ = ("brought", "ended", "next_step", "since", "timeout")

    def __init__(self, timeout: asyncio.Timeout, now: float) -> None:
        self.timeout = timeout
        self.brought = 0  # bytes counted against the budget
        self.next_step = 1  # bytes at which the next step is reached
        self.since = now  # time of the last step, in seconds of the event loop's clock
        self.ended = False  # refused to make room for others


class Bodies:
    """All request bodies that this process holds."""

    def __init__(self, *, most: int, patience: float) -> None:
        self._most = most
        self._patience = patience
        self.held = 0  # bytes
        # incomplete bodies, ordered by their last step, oldest first
        self._coming: dict[_Coming, None] = {}

    async def take(self, receive: Receive, limit: int) -> bytes:
        """Receive a whole body. The caller must call `give_back` with its length when the request ends.

        Raises TooLarge, Stalled, Busy, or, if the client disconnects, Malformed.
        """
        loop = asyncio.get_running_loop()
        received = bytearray()
        timeout = asyncio.timeout(self._patience)
        coming = _Coming(timeout, loop.time())
        try:
            async with timeout:
                while True:
                    message = await receive()
                    if message["type"] == "http.disconnect":
                        raise Malformed("the body ended before it was complete")
                    data: bytes = message.get("body", b"")
                    if len(received) + len(data) > limit:
                        raise too_large(limit)
                    self._count(coming, len(data), loop.time())
                    whole = not message.get("more_body", False)
                    if whole and not received:
                        return data
                    received += data
                    if whole:
                        return bytes(received)
        except BaseException as error:
            self.held -= coming.brought
            if isinstance(error, TimeoutError):
                raise self._late(coming, len(received)) from error
            raise
        finally:
            self._coming.pop(coming, None)

    def give_back(self, size: int) -> None:
        """Return `size` bytes to the budget, because their request has ended."""
        self.held -= size

    def _count(self, coming: _Coming, size: int, now: float) -> None:
        if coming.ended:
            raise self._late(coming, coming.brought)
        small = coming.brought + size <= SMALL
        most = self._most if small else self._most - self._most // 4
        while self.held + size > most:
            self._make_room(coming, now)
        self.held += size
        coming.brought += size
        if coming.brought >= coming.next_step:
            coming.next_step = coming.brought + max(1, min(coming.brought // _STEPS, SMALL))
            coming.since = now
            coming.timeout.reschedule(now + self._patience)
            self._coming.pop(coming, None)
            self._coming[coming] = None

    def _make_room(self, wanting: _Coming, now: float) -> None:
        """Refuse the body with the oldest step. Raises Busy if that is `wanting` itself, or no body is old enough."""
        stillest = next(iter(self._coming), wanting)
        if stillest is wanting or now - stillest.since < STILL:
            raise Busy("the service holds as many bytes of bodies as it may; try again shortly")
        del self._coming[stillest]
        self.held -= stillest.brought
        stillest.brought = 0
        stillest.ended = True
        stillest.timeout.reschedule(now)

    def _late(self, coming: _Coming, received: int) -> CompanyFactsError:
        if coming.ended:
            return Busy(f"the body stood still after {received} bytes while others needed its room")
        return Stalled(
            f"the body stood still: after {received} bytes too little came within {self._patience:g} s"
        )


def too_large(limit: int) -> TooLarge:
    """The error for a body of more than `limit` bytes."""
    return TooLarge(f"the body is larger than {limit} bytes")
