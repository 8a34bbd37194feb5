"""Bodies as they come in: each in its time, and all of them within one budget of bytes.

A body may come slowly; it may not stand still. Within each `patience` it has to bring a step: a 64th of what it has
brought so far, at least a byte and at most 64 KiB. So a small body may trickle, and megabytes are not held for a byte
now and then.

All bodies of a process share a budget, counted as bytes arrive and given back when their requests are over. Where it
is used up, the body whose last step is longest ago is ended, if that was a while ago; else the body that brings more
is. The last quarter of the budget is for bodies that are small so far: large ones cannot keep them out.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from service.core.errors import CompanyFactsError, Malformed
from service.web.problems import Busy, Stalled, TooLarge

# what ASGI passes: its messages are dictionaries of anything
Receive = Callable[[], Awaitable[Mapping[str, Any]]]

SMALL = 64 * 1024  # bytes; a body of so many may draw on the whole budget, and no step is longer
STILL = 2.0  # seconds without a step, after which a body may be ended for others
_STEPS = 64


class _Coming:
    """A body that is being received."""

    __slots__ = ("brought", "ended", "next_step", "since", "timeout")

    def __init__(self, timeout: asyncio.Timeout, now: float) -> None:
        self.timeout = timeout
        self.brought = 0  # bytes that are counted for it
        self.next_step = 1  # when it has brought so many, it has moved
        self.since = now  # its last step, in seconds of the loop's clock
        self.ended = False  # to make room for others


class Bodies:
    """The bodies that a process holds."""

    def __init__(self, *, most: int, patience: float) -> None:
        self._most = most
        self._patience = patience
        self.held = 0  # bytes
        # those that have brought something and are not complete; the one that moved longest ago is first
        self._coming: dict[_Coming, None] = {}

    async def take(self, receive: Receive, limit: int) -> bytes:
        """The whole of a body; `give_back` is due with its length when its request is over.

        Raises TooLarge, Stalled, Busy, or Malformed where the client has gone.
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
        """The request of a body of so many bytes is over."""
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
        """End the body that moved longest ago. Raises Busy where that is the one that wants room, or none has to go."""
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
    """The refusal of a body that has more bytes than this."""
    return TooLarge(f"the body is larger than {limit} bytes")
