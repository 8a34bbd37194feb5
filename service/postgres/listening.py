"""Hears of growth of the log: one connection to the primary, which must be direct, since a pooler would not pass it on."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Final

import asyncpg

from service.postgres.failures import AWAY

CHANNEL: Final = "companyfacts"  # each commit to the log is notified on it (`advance_head`)
_AGAIN: Final = 1.0  # seconds before the next attempt to connect


class Listener:
    """Calls `heard` when the log has grown. While it is not `connected` it hears nothing."""

    def __init__(self, url: str, heard: Callable[[], None]) -> None:
        self.connected = False
        self._url = url
        self._heard = heard
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Connect, and connect again whenever the connection is lost; does nothing if it was started."""
        if self._task is None:
            self._task = asyncio.create_task(self._listen())

    async def _listen(self) -> None:
        while True:
            with suppress(*AWAY):
                await self._listen_once()
            await asyncio.sleep(_AGAIN)

    async def _listen_once(self) -> None:
        connection = await asyncpg.connect(self._url)
        lost = asyncio.Event()

        def told(*_: object) -> None:
            self._heard()

        try:
            connection.add_termination_listener(lambda _: lost.set())
            await connection.add_listener(CHANNEL, told)
            self.connected = True
            self._heard()  # what came before it listened
            await lost.wait()
        finally:
            self.connected = False
            self._heard()  # who waits polls from here on
            connection.terminate()

    async def close(self) -> None:
        """End the connection."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
