"""A pool of connections.

asyncpg's own pool resets a connection on each release, starts a task for it and wraps every call: about 100 µs of CPU
per request, more than the rest of a short read. Our statements leave no session state (no locks, listeners, cursors or
settings outside a transaction), so nothing needs a reset.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Generic, Protocol, TypeVar

_GOODBYE = 5  # seconds for an orderly close of a connection


class Closable(Protocol):
    """The methods of a connection that the pool uses."""

    def is_closed(self) -> bool:
        """Whether it is closed, by either side."""
        ...

    async def close(self, *, timeout: float) -> None:  # noqa: ASYNC109 -- the driver's
        """Close it, cancelling a running statement."""
        ...


C = TypeVar("C", bound=Closable)


class Pool(Generic[C]):
    """At most `most` connections, opened when needed; waiting callers are served in order."""

    def __init__(self, connect: Callable[[], Awaitable[C]], *, most: int, patience: float) -> None:
        self._connect = connect
        self._most = most
        self._patience = patience
        self._open = 0  # connections, including those being opened or closed
        self._closed = False
        self._idle: list[C] = []  # a stack: the one used last is taken first
        self._waiting: deque[asyncio.Future[C | None]] = deque()
        self._closing: set[asyncio.Task[None]] = set()

    async def take(self) -> C:
        """A connection for exclusive use, until `give` or `leave`.

        Raises TimeoutError if none comes free within `patience` seconds, and what `connect` raises.
        """
        while True:
            while self._idle:
                connection = self._idle.pop()
                if not connection.is_closed():
                    return connection
                self._open -= 1
            if self._open < self._most:
                self._open += 1
                try:
                    return await self._connect()
                except BaseException:
                    self._gone()
                    raise
            connection = await self._turn()
            if connection is not None:
                return connection

    async def _turn(self) -> C | None:
        """Wait for a connection that comes free; None means that there is room to open another."""
        loop = asyncio.get_running_loop()
        turn: asyncio.Future[C | None] = loop.create_future()
        late = loop.call_later(self._patience, _give_up, turn)
        self._waiting.append(turn)
        try:
            return await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled() and turn.exception() is None:
                # a connection arrived just as the caller was cancelled: pass it on
                if (connection := turn.result()) is None:
                    self._call(None)
                else:
                    self.give(connection)
            raise
        finally:
            late.cancel()

    def give(self, connection: C) -> None:
        """Return a connection on which no statement is running."""
        if connection.is_closed():
            self._gone()
        elif self._closed:  # `close` has already run
            self.leave(connection)
        elif not self._call(connection):
            self._idle.append(connection)

    def leave(self, connection: C) -> None:
        """Return a connection that may be in the middle of a statement: it is closed."""
        task = asyncio.get_running_loop().create_task(self._end(connection))
        self._closing.add(task)
        task.add_done_callback(self._closing.discard)

    async def _end(self, connection: C) -> None:
        try:
            with suppress(Exception):  # it is not used again in any case
                await connection.close(timeout=_GOODBYE)
        finally:
            self._gone()

    def _gone(self) -> None:
        self._open -= 1
        self._call(None)

    def _call(self, connection: C | None) -> bool:
        """Give a connection, or None for room to open one, to the caller that has waited longest."""
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(connection)
                return True
        return False

    async def close(self) -> None:
        """Close idle connections, and wait for all that are being closed."""
        self._closed = True
        while self._idle:
            self.leave(self._idle.pop())
        while self._closing:
            await asyncio.wait(self._closing)


def _give_up(turn: "asyncio.Future[C | None]") -> None:
    if not turn.done():
        turn.set_exception(TimeoutError("no connection came free in time"))
