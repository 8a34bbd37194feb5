"""Callers that ask for the same at the same time share one answer."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from typing import TypeVar, cast

T = TypeVar("T")


class AtOnce:
    """Answers that are being found, by what is asked for. Nothing is kept once it is found."""

    def __init__(self) -> None:
        self._finding: dict[Hashable, asyncio.Task[object]] = {}

    async def get(self, key: Hashable, find: Callable[[], Awaitable[T]]) -> T:
        """The result of `find`, which callers with an equal key at the same time share; they go on in the order they came in.

        A caller that is cancelled leaves the others waiting. Raises what `find` raises.
        """
        finding = self._finding.get(key)
        if finding is None:
            finding = self._finding[key] = asyncio.ensure_future(cast("Awaitable[object]", find()))
            finding.add_done_callback(lambda _: self._finding.pop(key))
        return cast("T", await asyncio.shield(finding))
