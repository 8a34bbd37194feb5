"""The database: sessions, snapshots and transactions, and the driver's errors as domain errors.

Connections are taken nowhere else.
"""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterable, Callable, Generator, Iterable, Sequence
from contextlib import (
    AbstractAsyncContextManager,
    AbstractContextManager,
    asynccontextmanager,
    contextmanager,
)
from datetime import date
from typing import Any, Literal, Protocol, TypeVar

import asyncpg

from service.core.errors import StorageFull, Unavailable
from service.postgres.batches import Batch
from service.postgres.disk import DIRECTORY_SETTING, RESERVE, Disk
from service.postgres.failures import AWAY, FULL, STOPPED, unavailable
from service.postgres.pool import Pool
from service.postgres.shared import Shared
from service.postgres.types import Connection

S = TypeVar("S")  # a session or a transaction
K = TypeVar("K")
V = TypeVar("V")

ROLE = "companyfacts_service"
# Connections that writers of the log may hold at once: one that has locked the head, and one waiting for it. All other
# connections are left for readers.
_WRITERS = 2

Record = asyncpg.Record


class ShortSources:
    """A cache of parts of sources that never change, by key (service/series/store.py)."""

    def __init__(self) -> None:
        self.rendered: dict[int, str] = {}  # JSON of the short form
        self.days: dict[int, tuple[str, date | None]] = {}  # id and day of publication

    def clear(self) -> None:
        """Forget all."""
        self.rendered.clear()
        self.days.clear()


class Session(Protocol):
    """A connection for statements that read."""

    async def fetch(self, query: str, /, *args: object) -> list[Record]:
        """All rows."""
        ...

    async def fetchrow(self, query: str, /, *args: object) -> Record | None:
        """The first row."""
        ...

    async def fetchval(self, query: str, /, *args: object) -> object:
        """The first column of the first row."""
        ...


class CopyToTable(Protocol):
    """Writes rows in bulk."""

    async def __call__(
        self,
        table_name: str,
        /,
        *,
        source: AsyncIterable[bytes],
        columns: Sequence[str],
        format: Literal["binary"],  # noqa: A002 -- the driver's name for it
        timeout: float,  # noqa: ASYNC109 -- the driver's
    ) -> str:
        """Write the rows of `source`."""
        ...


class Transaction(Session, Protocol):
    """A connection inside a transaction, for statements that write."""

    async def execute(self, query: str, /, *args: object) -> str:
        """Run for its effect. If it is the first statement and has no arguments, it is sent together with the begin."""
        ...

    def singly(self) -> AbstractContextManager[None]:
        """Before the transaction begins: within this context each statement is a transaction of its own."""
        ...

    def at_commit(self, query: str) -> None:
        """Have a statement without arguments run last; it is sent together with the commit."""
        ...

    async def executemany(self, command: str, /, args: Iterable[Sequence[object]]) -> None:
        """Run once for each tuple of arguments."""
        ...

    @property
    def copy_to_table(self) -> CopyToTable:
        """Writes rows in bulk."""
        ...


# sorts two megabytes, which needs a temporary file
_PROBE = "select max(n) from (select n from generate_series(1, 20000) n order by md5(n::text) || repeat('-', 100), n) sorted"

_DIRECTORY = f"select current_setting('{DIRECTORY_SETTING}', true)"

# errors of a Postgres that stops, or has stopped
_STOPPING = (
    asyncpg.PostgresConnectionError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.CannotConnectNowError,
)
# Errors after which a connection may be in the middle of an exchange, so that it must not be used again.
_IN_THE_MIDDLE = (TimeoutError, asyncpg.InterfaceError, asyncpg.InternalClientError)


class Database:
    """A pool of connections in the service's role.

    It connects at the first use, so the service can start while its database is away.
    """

    connection_class: type[Connection] = Connection

    def __init__(
        self,
        dsn: str,
        *,
        pool_max: int = 10,
        pool_timeout: float = 5,
        statement_timeout: float = 15,
        read_only: bool = False,
    ) -> None:
        self._dsn = dsn
        self._disk: Disk | None = None  # of an embedded Postgres, once a connection has told it
        self._full = False  # a statement met a full disk, and no probe has found room since
        # the server ends a statement; the driver does only if the server does not answer at all
        self._command_timeout = statement_timeout + 45
        self._pool_max = pool_max
        # by the function that runs them; the types are those of the function
        self._batches: dict[Shared[Any, Any, Any], Batch[Any, Any]] = {}
        # emptied by each new connection, since the database behind it may have been replaced
        self.short_sources = ShortSources()
        self._pool_timeout = pool_timeout
        # a writer waits for its turn before it takes a connection
        self._turns = asyncio.Semaphore(max(1, min(_WRITERS, pool_max - 1)))
        self._turn_timeout = statement_timeout
        self._settings = {
            "role": ROLE,
            "application_name": "companyfacts",
            "jit": "off",
            "statement_timeout": f"{statement_timeout * 1000:.0f}",
            # a little less, so that a wait for a lock is told from a statement that takes long
            "lock_timeout": f"{statement_timeout * 900:.0f}",
            "idle_in_transaction_session_timeout": f"{max(60, statement_timeout):.0f}s",
            "timezone": "UTC",
            "datestyle": "ISO, YMD",  # some statements compose JSON with dates
            **({"default_transaction_read_only": "on"} if read_only else {}),
        }
        self._pool: Pool[Connection] | None = None

    async def __aenter__(self) -> "Database":
        self._pool = Pool(self._connect, most=self._pool_max, patience=self._pool_timeout)
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._pool is not None:
            pool, self._pool = self._pool, None
            await pool.close()

    async def _connect(self) -> Connection:
        connection = await asyncpg.connect(
            self._dsn,
            connection_class=self.connection_class,
            server_settings=self._settings,
            statement_cache_size=500,
            max_cached_statement_lifetime=0,
            timeout=5,
            command_timeout=self._command_timeout,
        )
        self.short_sources.clear()
        if self._disk is None:
            directory = await connection.fetchval(_DIRECTORY)
            self._disk = Disk(directory or "")
        return connection

    @asynccontextmanager
    async def session(self) -> AsyncGenerator[Session, None]:
        """A connection outside a transaction: each statement sees the newest state.

        Raises Unavailable when the database is away or no connection comes free in time.
        """
        async with self._acquired() as connection:
            yield connection

    async def together(self, run: Shared[Session, K, V], key: K) -> V:
        """The value that `run` finds for a key, in a statement shared with other requests.

        Keys asked for while a statement is running wait and share the next one, so that under load a request costs a
        fraction of a round trip. A key that is not short (see `shared_if`) gets a statement of its own.
        """
        if run.short is None or run.short(key):
            return await self._batch(run, self.session, lanes=2).get(key)
        async with self.session() as session:
            return (await run(session, [key]))[0]

    async def together_all(self, run: Shared[Session, K, V], keys: Sequence[K]) -> Sequence[V]:
        """The values of several keys, in a statement shared with other requests."""
        return await self._batch(run, self.session, lanes=2).get_all(keys) if keys else []

    def _batch(
        self, run: Shared[S, K, V], session: Callable[[], AbstractAsyncContextManager[S]], *, lanes: int
    ) -> Batch[K, V]:
        batch = self._batches.get(run)
        if batch is None:
            batch = self._batches[run] = Batch(session, run.run, lanes)
        return batch

    async def in_turn(self, run: Shared[Transaction, K, V], key: K) -> V:
        """The result of `run` for a key, in a writing transaction shared with requests that arrived meanwhile."""
        return await self._batch(run, self.writing, lanes=1).get_at_once(key)

    @asynccontextmanager
    async def snapshot(self) -> "AsyncGenerator[SnapshotSession, None]":
        """A read-only REPEATABLE READ transaction: all its reads see one state."""
        async with (
            self._acquired() as connection,
            connection.transaction(isolation="repeatable_read", readonly=True),
        ):
            yield SnapshotSession(connection, self.short_sources)

    @asynccontextmanager
    async def transaction(self) -> AsyncGenerator[Transaction, None]:
        """A transaction, committed on leaving and rolled back on an exception.

        It must not lock the head of the log: use `writing` for that.
        """
        async with self._acquired() as connection:
            transaction = ConnectionTransaction(connection)
            try:
                yield transaction
            except BaseException:
                await transaction.roll_back()
                raise
            await transaction.commit()

    async def has_room(self) -> bool:
        """Whether the database's disk has room for writes.

        It has not while an embedded Postgres has less than its reserve, nor from the moment that a statement fails for
        it, until a sort finds room for a temporary file.
        """
        if self._disk is not None and not self._disk.has_room():
            return False
        if self._full:
            try:
                async with self._acquired() as connection, connection.transaction():
                    await connection.execute("set local work_mem = '64kB'")
                    await connection.fetchval(_PROBE)
            except StorageFull:
                return False
            self._full = False
        return True

    @asynccontextmanager
    async def writing(self) -> AsyncGenerator[Transaction, None]:
        """A transaction for a writer of the log, which first waits for its turn without holding a connection.

        Raises Unavailable when its turn does not come in time, or as `transaction` does; StorageFull, if the disk of an
        embedded Postgres has less than its reserve.
        """
        async with self._turn(), self.transaction() as session:
            if self._disk is not None and not self._disk.has_room():
                raise StorageFull(FULL, cause=f"less than {RESERVE} bytes are free")
            yield session

    @asynccontextmanager
    async def _turn(self) -> AsyncGenerator[None, None]:
        """The turn of a writer of the log in this process, first come, first served."""
        if not self._turns.locked():
            await self._turns.acquire()  # at once
        else:
            try:
                async with asyncio.timeout(self._turn_timeout):
                    await self._turns.acquire()
            except TimeoutError as error:
                raise Unavailable("other writers are still at work; try again shortly") from error
        try:
            yield
        finally:
            self._turns.release()

    @asynccontextmanager
    async def _acquired(self) -> AsyncGenerator[Connection, None]:
        pool = self._pool
        if pool is None:
            raise Unavailable("the service is shutting down")
        taken = False
        try:
            connection = await pool.take()
            taken = True
            try:
                yield connection
            except Exception as error:
                if isinstance(error, _IN_THE_MIDDLE):
                    pool.leave(connection)
                else:
                    pool.give(connection)
                raise
            except BaseException:  # cancelled, possibly in the middle of a statement
                pool.leave(connection)
                raise
            else:
                pool.give(connection)
        except AWAY as error:
            if isinstance(error, asyncpg.InterfaceError) and isinstance(error, ValueError):
                raise  # a defect: the driver cannot encode an argument
            meant = unavailable(error, waited=not taken)
            gone = not isinstance(error, asyncpg.PostgresError | TimeoutError) or isinstance(error, _STOPPING)
            if gone and self._disk is not None and self._disk.is_full():
                meant = StorageFull(STOPPED, cause=str(error))
            self._full = self._full or isinstance(meant, StorageFull)
            raise meant from error


class ConnectionTransaction:
    """A transaction on one connection, which begins with its first statement."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._begun = False
        self._last: str | None = None

    @contextmanager
    def singly(self) -> Generator[None]:
        """Within this context each statement is a transaction of its own. Raises LookupError if this one has begun."""
        if self._begun:
            raise LookupError("the transaction has begun")
        self._begun = True  # no statement begins it
        try:
            yield
        finally:
            self._begun = False

    async def _opened(self) -> Connection:
        if not self._begun:
            self._begun = True
            await self._connection.execute("begin")
        return self._connection

    async def fetch(self, query: str, /, *args: object) -> list[Record]:
        """All rows."""
        return await (await self._opened()).fetch(query, *args)

    async def fetchrow(self, query: str, /, *args: object) -> Record | None:
        """The first row."""
        return await (await self._opened()).fetchrow(query, *args)

    async def fetchval(self, query: str, /, *args: object) -> object:
        """The first column of the first row."""
        return await (await self._opened()).fetchval(query, *args)

    async def execute(self, query: str, /, *args: object) -> str:
        """Run for its effect."""
        if self._begun or args:
            return await (await self._opened()).execute(query, *args)
        self._begun = True
        # after the comment with the statement's name, by which errors tell it
        name, mark, text = query.rpartition("*/ ")
        return await self._connection.execute(f"{name}{mark}begin; {text}")

    async def executemany(self, command: str, /, args: Iterable[Sequence[object]]) -> None:
        """Run once for each tuple of arguments."""
        await (await self._opened()).executemany(command, args)

    @property
    def copy_to_table(self) -> CopyToTable:
        """Writes rows in bulk, after some other statement."""
        if not self._begun:
            raise LookupError("the transaction has not begun")
        return self._connection.copy_to_table

    def at_commit(self, query: str) -> None:
        """Have a statement without arguments run last."""
        self._last = query

    async def commit(self) -> None:
        """Run what is to run last, and commit; roll back if that fails."""
        if not self._begun:
            return
        try:
            await self._connection.execute("commit" if self._last is None else f"{self._last}; commit")
        except BaseException:
            await self.roll_back()
            raise

    async def roll_back(self) -> None:
        """Take back what was written."""
        if self._begun and not self._connection.is_closed():
            await self._connection.execute("rollback")


class SnapshotSession:
    """A read-only REPEATABLE READ transaction on one connection; its statements are not shared."""

    def __init__(self, connection: Connection, short_sources: ShortSources) -> None:
        self._connection = connection
        self.short_sources = short_sources
        self.fetch, self.fetchrow, self.fetchval = connection.fetch, connection.fetchrow, connection.fetchval

    @asynccontextmanager
    async def session(self) -> AsyncGenerator[Session, None]:
        """Its connection."""
        yield self._connection

    async def together(self, run: Shared[Session, K, V], key: K) -> V:
        """The value that `run` finds for a key."""
        return (await run(self._connection, [key]))[0]

    async def together_all(self, run: Shared[Session, K, V], keys: Sequence[K]) -> Sequence[V]:
        """The values that `run` finds for keys."""
        return await run(self._connection, keys) if keys else []


Reads = Database | SnapshotSession  # each read sees the newest state, or all reads see one state


@asynccontextmanager
async def opened(dsn: str, *, statement_timeout: float = 15) -> AsyncGenerator[Database, None]:
    """A Database with a small pool, for commands. `statement_timeout` is in seconds."""
    async with Database(dsn, pool_max=4, statement_timeout=statement_timeout) as database:
        yield database
