"""Tells those who follow the log when it has grown: one poll or one listener for all followers of a process."""

import asyncio
from contextlib import suppress

from service.core.errors import CompanyFactsError
from service.operations.at_once import AtOnce
from service.postgres.database import Database
from service.postgres.listening import Listener
from service.store import log

_EVERY = 0.25  # seconds between two looks at the head
_SELDOM = 5.0  # the same while a listener hears of growth, which may be lost on the way


class Growth:
    """Waits for the log to grow. Nobody polls while nobody waits.

    With `listen_url`, a direct connection to the primary is told of growth from the first follower on.
    """

    def __init__(self, database: Database, listen_url: str | None = None) -> None:
        self._database = database
        self._heard = asyncio.Event()
        self._listener = None if listen_url is None else Listener(listen_url, self._heard.set)
        self._waiting: list[tuple[int, asyncio.Future[int]]] = []
        self._polling: asyncio.Task[None] | None = None
        self.shared = AtOnce()  # what followers read
        self.stopped = False  # the service is told to stop: followers end their answers

    async def beyond(self, position: int, seconds: float) -> int:
        """The head of the log once it is beyond `position`; after so many seconds, or `stop`, `position`."""
        if self.stopped:
            return position
        if self._listener is not None:
            self._listener.start()
        grown = asyncio.get_running_loop().create_future()
        self._waiting.append((position, grown))
        if self._polling is None or self._polling.done():
            self._polling = asyncio.create_task(self._poll())
        try:
            async with asyncio.timeout(seconds):
                return await grown
        except TimeoutError:
            return position

    async def _poll(self) -> None:
        while self._waiting:
            self._heard.clear()
            with suppress(CompanyFactsError):  # the database is away: they go on waiting
                async with self._database.session() as session:
                    head = await log.head_position(session)
                for position, grown in self._waiting:
                    if head > position and not grown.done():
                        grown.set_result(head)
            self._waiting = [one for one in self._waiting if not one[1].done()]
            await self._pause()

    async def _pause(self) -> None:
        """Wait until growth is heard of, or it is time to look."""
        listens = self._listener is not None and self._listener.connected
        with suppress(TimeoutError):
            async with asyncio.timeout(_SELDOM if listens else _EVERY):
                await self._heard.wait()

    def stop(self) -> None:
        """Wake all who wait: the service is told to stop, and would else wait for them."""
        self.stopped = True
        for position, grown in self._waiting:
            if not grown.done():
                grown.set_result(position)

    async def close(self) -> None:
        """Stop polling and listening."""
        if self._listener is not None:
            await self._listener.close()
        if self._polling is not None:
            self._polling.cancel()
            with suppress(asyncio.CancelledError):
                await self._polling
