"""Connections kept open between requests.

The driver's own pool resets a connection on each release, starts a task for it and stands between its caller and
every statement: together some 100 µs of a core a request, more than the rest of a short read takes. Our statements
leave no session state behind (no locks, listeners, cursors or settings outside a transaction), so there is nothing to
reset.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Generic, Protocol, TypeVar

_GOODBYE = 5  # seconds for a connection to be closed in peace


class Closable(Protocol):
    """What the pool needs of a connection."""

    def is_closed(self) -> bool:
        """Whether it is over, whoever ended it."""
        ...

    async def close(self, *, timeout: float) -> None:  # noqa: ASYNC109 -- the driver's
        """End it, cancelling what runs on it."""
        ...


C = TypeVar("C", bound=Closable)


class Pool(Generic[C]):
    """At most so many connections, opened when they are needed; who waits for one is served in order."""

    def __init__(self, connect: Callable[[], Awaitable[C]], *, most: int, patience: float) -> None:
        self._connect = connect
        self._most = most
        self._patience = patience
        self._open = 0  # connections, those that are being opened or closed included
        self._closed = False
        self._idle: list[C] = []  # the one used last is taken first
        self._waiting: deque[asyncio.Future[C | None]] = deque()
        self._closing: set[asyncio.Task[None]] = set()

    async def take(self) -> C:
        """A connection for the caller alone, until it is given back or left.

        Raises TimeoutError where none comes free in time, and what connecting raises.
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
        """A connection that comes free; None where there is room for another."""
        loop = asyncio.get_running_loop()
        turn: asyncio.Future[C | None] = loop.create_future()
        late = loop.call_later(self._patience, _give_up, turn)
        self._waiting.append(turn)
        try:
            return await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled() and turn.exception() is None:
                # it came in the moment that the caller went
                if (connection := turn.result()) is None:
                    self._call(None)
                else:
                    self.give(connection)
            raise
        finally:
            late.cancel()

    def give(self, connection: C) -> None:
        """Take a connection back whose statements are over."""
        if connection.is_closed():
            self._gone()
        elif self._closed:  # nobody would ever close it
            self.leave(connection)
        elif not self._call(connection):
            self._idle.append(connection)

    def leave(self, connection: C) -> None:
        """Take a connection back in the middle of something: nobody uses it again."""
        task = asyncio.get_running_loop().create_task(self._end(connection))
        self._closing.add(task)
        task.add_done_callback(self._closing.discard)

    async def _end(self, connection: C) -> None:
        try:
            with suppress(Exception):  # it is over either way
                await connection.close(timeout=_GOODBYE)
        finally:
            self._gone()

    def _gone(self) -> None:
        self._open -= 1
        self._call(None)

    def _call(self, connection: C | None) -> bool:
        """Hand a connection, or room for one, to who has waited longest."""
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(connection)
                return True
        return False

    async def close(self) -> None:
        """Close what is idle, and wait for what is being closed."""
        self._closed = True
        while self._idle:
            self.leave(self._idle.pop())
        while self._closing:
            await asyncio.wait(self._closing)


def _give_up(turn: "asyncio.Future[C | None]") -> None:
    if not turn.done():
        turn.set_exception(TimeoutError("no connection came free in time"))
