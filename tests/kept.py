"""Connections that outlive the stops of an application.

A connection of its own for each test costs more than most tests: Postgres reads its catalogues and plans each statement
anew in each process.
"""

from typing import Any

import asyncpg

from service.postgres.database import Database
from service.postgres.types import KNOWN, Connection


class KeptConnection(Connection):
    """A connection that its pool, when it stops, gives to the next one in place of closing it."""

    pool: "KeptDatabase | None" = None

    async def close(self, *, timeout: float | None = None) -> None:  # noqa: ASYNC109 -- the driver's
        """Close it, unless its pool stops."""
        if self.pool is None or not self.pool.keep(self):
            await super().close(timeout=timeout)

    async def _introspect_types(self, typeoids: frozenset[int], timeout: float | None) -> object:  # noqa: ASYNC109 -- the driver's
        """No statement of the service has a type that a connection has to ask Postgres about."""
        assert not typeoids - KNOWN.keys()
        return await super()._introspect_types(typeoids, timeout)


class KeptDatabase(Database):
    """A pool that begins each time with the connections it ended with, and with their prepared statements."""

    connection_class = KeptConnection

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        self._kept: list[KeptConnection] = []
        self._stops = False

    async def __aenter__(self) -> "Database":
        self._stops = False
        self.short_sources.clear()  # the database was emptied meanwhile
        return await super().__aenter__()

    async def __aexit__(self, *raised: object) -> None:
        self._stops = True
        await super().__aexit__(*raised)

    def keep(self, connection: KeptConnection) -> bool:
        """Keep a connection that is about to be closed. False if it has to be closed."""
        if not self._stops or connection.is_closed() or connection.is_in_transaction():
            return False
        self._kept.append(connection)
        return True

    async def _connect(self) -> Connection:
        while self._kept:
            connection = self._kept.pop()
            try:
                await connection.fetchval("select 1")  # a test may have ended its process
            except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
                connection.terminate()
            else:
                return connection
        connection = await super()._connect()
        assert isinstance(connection, KeptConnection)
        connection.pool = self
        return connection

    async def close(self) -> None:
        """Close the connections that were kept."""
        while self._kept:
            self._kept.pop().terminate()
