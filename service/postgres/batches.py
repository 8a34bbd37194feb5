"""Batching: keys asked for at the same time share one statement."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Generic, TypeVar

from service.core.errors import CompanyFactsError

K = TypeVar("K")
V = TypeVar("V")
S = TypeVar("S")

LARGEST = 200  # keys in a batch; a caller with more keys gets a batch of its own


class _Asked(Generic[K, V]):
    """The keys of one caller, and the future that gets their values."""

    __slots__ = ("keys", "values")

    def __init__(self, keys: Sequence[K], values: "asyncio.Future[Sequence[V]]") -> None:
        self.keys = keys
        self.values = values


class Batch(Generic[K, V]):
    """Runs `run` on batches of keys, at most `lanes` batches at once; keys wait while all lanes are busy.

    Nothing is cached: every value is read after its key was asked for.
    """

    def __init__(
        self,
        session: Callable[[], AbstractAsyncContextManager[S]],
        run: Callable[[S, Sequence[K]], Awaitable[Sequence[V]]],
        lanes: int,
    ) -> None:
        self._lanes = lanes

        async def ask(keys: Sequence[K]) -> Sequence[V]:
            async with session() as opened:
                return await run(opened, keys)

        self._ask = ask
        self._waiting: deque[_Asked[K, V]] = deque()
        self._busy = 0
        self._tasks: set[asyncio.Task[None]] = set()

    async def get(self, key: K) -> V:
        """The value of one key. Raises what `run` raised for its batch."""
        return (await self.get_all((key,)))[0]

    async def get_at_once(self, key: K) -> V:
        """As `get`; if no lane is busy, the caller itself runs the batch of its key, which takes less than a task."""
        if self._busy:
            return await self.get(key)
        self._busy += 1
        try:
            return (await self._ask((key,)))[0]
        finally:
            self._busy -= 1
            if self._waiting:
                self._start()

    async def get_all(self, keys: Sequence[K]) -> Sequence[V]:
        """The values of several keys, in their order. Raises what `run` raised for their batch."""
        asked: _Asked[K, V] = _Asked(keys, asyncio.get_running_loop().create_future())
        self._waiting.append(asked)
        if self._busy < self._lanes:
            self._start()
        return await asked.values

    def _start(self) -> None:
        self._busy += 1
        task = asyncio.create_task(self._lane())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _lane(self) -> None:
        try:
            while self._waiting:
                batch = [self._waiting.popleft()]
                room = LARGEST - len(batch[0].keys)
                while self._waiting and (room := room - len(self._waiting[0].keys)) >= 0:
                    batch.append(self._waiting.popleft())
                await self._answer(batch)
        finally:
            self._busy -= 1

    async def _answer(self, batch: Sequence[_Asked[K, V]]) -> None:
        try:
            values = await self._ask([key for asked in batch for key in asked.keys])
        except Exception as error:  # noqa: BLE001 -- it is raised where the key was asked for
            if len(batch) > 1 and not isinstance(error, CompanyFactsError):
                # one key may have caused a defect: each caller is tried again alone, so that the others succeed
                for one in batch:
                    await self._answer([one])
                return
            for asked in batch:
                if not asked.values.done():
                    asked.values.set_exception(error)
        else:
            start = 0
            for asked in batch:
                end = start + len(asked.keys)
                if not asked.values.done():
                    asked.values.set_result(values[start:end])
                start = end
