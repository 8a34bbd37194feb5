"""Follows another service over HTTP, and copies its log: what `companyfacts mirror` does."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from typing import Final
from uuid import UUID

import httpx

from service.core.errors import Conflict, Forbidden, Unavailable
from service.mirror import taking
from service.mirror.taking import Taken
from service.operations import registry
from service.postgres.database import Database
from service.recording import writer as recording

_WAIT: Final = 25  # seconds that the origin waits for entries before it answers that there are none
_PAUSES: Final = (1.0, 2.0, 5.0, 15.0, 30.0)  # seconds before the next attempt while the origin is away
_TIMEOUT: Final = 120.0  # seconds without a byte of the origin
_log = logging.getLogger("companyfacts")


class FollowedService:
    """The service that is followed."""

    def __init__(
        self, address: str, key: str | None, *, transport: httpx.AsyncBaseTransport | None = None
    ) -> None:
        self.address = address.rstrip("/")
        headers = {} if key is None else {"authorization": f"Bearer {key}"}
        self._http = httpx.AsyncClient(
            base_url=self.address, headers=headers, timeout=_TIMEOUT, transport=transport
        )

    async def close(self) -> None:
        """End its connections."""
        await self._http.aclose()

    async def log(self) -> UUID:
        """Which log it has. Raises Unavailable, Conflict or Forbidden."""
        answer = await self._asked("/v1/changes", {"limit": 1}, None)
        return UUID(answer.headers["log-origin"])

    async def beyond(self, position: int, log: UUID) -> bool:
        """Whether the log has grown beyond a position, after waiting for that. Raises Unavailable, Conflict or Forbidden."""
        answer = await self._asked("/v1/changes", {"after": position, "limit": 1, "wait": _WAIT}, log)
        return bool(answer.json()["items"])

    async def _asked(self, path: str, query: dict[str, int], log: UUID | None) -> httpx.Response:
        try:
            answer = await self._http.get(path, params=query, headers=_follows(log))
        except httpx.HTTPError as error:
            raise _away(self.address, error) from error
        self._accept(answer, answer.text)
        return answer

    async def lines(self, after: int, log: UUID) -> AsyncIterator[bytes]:
        """The lines of its log after a position. Raises Unavailable where they break off, Conflict or Forbidden."""
        begun: list[bytes] = []  # of the line whose end has not come yet
        try:
            async with self._http.stream(
                "GET", "/v1/export", params={"after": after}, headers=_follows(log)
            ) as answer:
                if answer.status_code != 200:
                    self._accept(answer, (await answer.aread()).decode(errors="replace"))
                async for chunk in answer.aiter_bytes():
                    *ended, rest = chunk.split(b"\n")
                    for line in ended:
                        yield b"".join([*begun, line])
                        begun = []
                    begun.append(rest)
        except httpx.HTTPError as error:
            raise _away(self.address, error) from error
        if any(begun):
            raise Unavailable(f"the export of {self.address} was cut off within a line")

    def _accept(self, answer: httpx.Response, text: str) -> None:
        if answer.status_code == 200:
            return
        told = f"{self.address} answers {answer.status_code}: {text[:500]}"
        if answer.status_code in {408, 429} or answer.status_code >= 500:
            raise Unavailable(told)
        raise Forbidden(told) if answer.status_code in {401, 403} else Conflict(told)


def _follows(log: UUID | None) -> dict[str, str]:
    return {} if log is None else {"log-origin": str(log)}


def _away(address: str, error: httpx.HTTPError) -> Unavailable:
    return Unavailable(f"{address} does not answer: {type(error).__name__} {error}".rstrip())


async def follow(
    database: Database,
    origin: FollowedService,
    *,
    once: bool,
    told: Callable[[Taken], None] = lambda _: None,
) -> None:
    """Make a database the mirror of a service, and copy its log; without `once`, for ever.

    Raises Conflict if the database or the service has another log, Forbidden if the key may not read it. While the
    service or the database is away it is tried again; with `once` that is raised as Unavailable.
    """
    failures = 0
    log: UUID | None = None
    while True:
        try:
            if log is None:
                log = await _begun(database, origin)
            position = await _caught_up(database, origin, log, told)
            failures = 0
            if once:
                return
            await origin.beyond(position, log)
        except Unavailable as error:
            if once:
                raise
            pause = _PAUSES[min(failures, len(_PAUSES) - 1)]
            failures += 1
            _log.warning(f"{error.detail}; trying again in {pause:.0f} s")
            await asyncio.sleep(pause)


async def _begun(database: Database, origin: FollowedService) -> UUID:
    held = await registry.origin(database)
    log = await origin.log()
    if held.mirror_of is not None and held.id != log:
        raise Conflict(f"this is a mirror of the log {held.id}, and {origin.address} has the log {log}")
    await recording.make_mirror(database, log, origin.address)
    return log


async def _caught_up(
    database: Database, origin: FollowedService, log: UUID, told: Callable[[Taken], None]
) -> int:
    """Copy what the origin has more; returns the position reached."""
    position = (await registry.origin(database)).position
    async for taken in taking.take(database, origin.lines(position, log)):
        told(taken)
        position = taken.position
    return position
