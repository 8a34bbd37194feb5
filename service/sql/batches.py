"""Many small requests as one."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Generic, TypeVar

from service.domain.errors import CompanyFactsError

K = TypeVar("K")
V = TypeVar("V")
S = TypeVar("S")

LARGEST = 200


class Batch(Generic[K, V]):
    """Collects keys while its lanes are busy, and runs all of them at once.

    Nothing is kept: every value is read after its key was asked for.
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
        self._waiting: list[tuple[K, asyncio.Future[V]]] = []
        self._busy = 0
        self._tasks: set[asyncio.Task[None]] = set()

    async def get(self, key: K) -> V:
        """The value of one key. Raises what the statement raised for the batch it was in."""
        return await self._put(key)

    async def get_all(self, keys: Sequence[K]) -> list[V]:
        """The values of several keys, in their order. Raises the same."""
        return await asyncio.gather(*map(self._put, keys))

    def _put(self, key: K) -> "asyncio.Future[V]":
        future: asyncio.Future[V] = asyncio.get_running_loop().create_future()
        self._waiting.append((key, future))
        if self._busy < self._lanes:
            self._start()
        return future

    def _start(self) -> None:
        self._busy += 1
        task = asyncio.create_task(self._lane())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _lane(self) -> None:
        try:
            while self._waiting:
                batch, self._waiting = self._waiting[:LARGEST], self._waiting[LARGEST:]
                await self._answer(batch)
        finally:
            self._busy -= 1

    async def _answer(self, batch: list[tuple[K, asyncio.Future[V]]]) -> None:
        try:
            values = await self._ask([key for key, _ in batch])
        except Exception as error:  # noqa: BLE001 -- it is raised where the key was asked for
            if len(batch) > 1 and not isinstance(error, CompanyFactsError):
                # a defect that one key met is no reason to fail the others
                for one in batch:
                    await self._answer([one])
                return
            for _, future in batch:
                if not future.done():
                    future.set_exception(error)
        else:
            for (_, future), value in zip(batch, values, strict=True):
                if not future.done():
                    future.set_result(value)
