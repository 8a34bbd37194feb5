"""One embedded Postgres for a test run, and databases that are copies of one migrated template."""

import asyncio
import contextlib
import itertools
import subprocess
import tempfile
from collections.abc import AsyncGenerator, Coroutine, Generator
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit, urlunsplit

import asyncpg

from service.operations.keys import Scope, create_key
from service.operations.sample import load_sample
from service.postgres import embedded
from service.postgres.database import opened
from service.postgres.migration import migrate

T = TypeVar("T")

TEMPLATE = "migrated"
SAMPLED = "sampled"  # the template with the sample
GROWN = 200_000  # bytes of a table
_SCOPES: tuple[Scope, ...] = ("read", "write", "admin")
_FAST = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off", "autovacuum": "off"}


def run(coroutine: Coroutine[object, object, T]) -> T:
    return asyncio.run(coroutine)


async def execute(dsn: str, *statements: str) -> None:
    connection: asyncpg.Connection[asyncpg.Record] = await asyncpg.connect(dsn)
    try:
        for statement in statements:
            await connection.execute(statement)
    finally:
        await connection.close()


async def fetch(dsn: str, statement: str, *arguments: object) -> list[asyncpg.Record]:
    connection: asyncpg.Connection[asyncpg.Record] = await asyncpg.connect(dsn)
    try:
        return await connection.fetch(statement, *arguments)
    finally:
        await connection.close()


@contextlib.asynccontextmanager
async def head_held(dsn: str) -> AsyncGenerator[None]:
    """Nobody gets to write meanwhile: the head of the log is locked by somebody else."""
    connection: asyncpg.Connection[asyncpg.Record] = await asyncpg.connect(dsn)
    try:
        async with connection.transaction():
            await connection.execute("select from log_head for update")
            yield
    finally:
        await connection.close()


class Cluster:
    """A running Postgres with a migrated template database, which holds one key of each scope and nothing else."""

    def __init__(self, dsn: str) -> None:
        self.dsn = dsn
        self._names = (f"test_{number}" for number in itertools.count(1))
        self.keys: dict[Scope, str] = {}
        self._has_sample = False
        self._runner = asyncio.Runner()
        self._emptying: dict[str, asyncpg.Connection[asyncpg.Record]] = {}
        run(self._prepare())

    async def _prepare(self) -> None:
        await execute(self.dsn, f"create database {TEMPLATE}")
        template = self.named(TEMPLATE)
        await migrate(template)
        async with opened(template) as database:
            self.keys = {scope: await create_key(database, scope) for scope in _SCOPES}

    def named(self, database: str) -> str:
        """The DSN of a database of this cluster."""
        parts = urlsplit(self.dsn)
        return urlunsplit(parts._replace(path=f"/{database}"))

    def emptied(self, dsn: str) -> None:
        """Make a copy of the template like new, which is far quicker than another copy."""
        try:
            self._runner.run(self._empty(dsn))
        except (OSError, asyncpg.PostgresConnectionError, asyncpg.InterfaceError):
            self._emptying.pop(dsn).terminate()  # a test ended all connections of its database
            self._runner.run(self._empty(dsn))

    def close(self) -> None:
        """Close the connections that databases were emptied through."""
        for connection in self._emptying.values():
            connection.terminate()
        self._runner.close()

    async def _empty(self, dsn: str) -> None:
        connection = self._emptying.get(dsn)
        if connection is None or connection.is_closed():
            connection = self._emptying[dsn] = await asyncpg.connect(dsn)
            await connection.execute("set session_replication_role = replica")  # deletes in any order
        tables = await connection.fetch(
            f"select relname, pg_relation_size(oid) > {GROWN} as grown"
            " from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace"
            " and relname not in ('alembic_version', 'api_keys', 'log_head')"
        )
        await connection.execute(
            "".join(f"delete from {row['relname']};" for row in tables)
            + f"delete from api_keys where key > {len(_SCOPES)};"
            "update log_head set position = 0, recorded_at = '-infinity', mirror_of = null, origin = gen_random_uuid();"
            "alter sequence sources_source_seq restart"
        )
        # what was deleted would be read over by every statement of the tests that follow
        if grown := [row["relname"] for row in tables if row["grown"]]:
            await connection.execute(f"vacuum {', '.join(grown)}")

    @contextlib.contextmanager
    def sampled(self) -> Generator[str]:
        """A new database with the sample, which is loaded once for the run."""
        if not self._has_sample:
            run(self._load_sample())
            self._has_sample = True
        with self.database(SAMPLED) as made:
            yield made

    async def _load_sample(self) -> None:
        await execute(self.dsn, f"create database {SAMPLED} template {TEMPLATE} strategy wal_log")
        async with opened(self.named(SAMPLED)) as database:
            await load_sample(database)

    @contextlib.contextmanager
    def database(self, template: str | None = TEMPLATE) -> Generator[str]:
        """A new database, a copy of the template (None: an empty one); it is dropped on leaving."""
        name = next(self._names)
        copied = "" if template is None else f" template {template} strategy wal_log"
        run(execute(self.dsn, f"create database {name}{copied}"))
        try:
            yield self.named(name)
        finally:
            run(execute(self.dsn, f"drop database {name} with (force)"))


def copied(data_dir: Path, target: Path) -> Path:
    """A copy of a data directory whose Postgres is stopped, which takes a fifth of making one."""
    subprocess.run(["cp", "--archive", str(data_dir), str(target)], check=True)  # owners and modes, too
    return target


@contextlib.contextmanager
def cluster() -> Generator[Cluster]:
    with (
        tempfile.TemporaryDirectory(prefix="cf-tests-") as directory,
        embedded.serving(Path(directory) / "data", max_connections=300, parameters=_FAST) as dsn,
    ):
        running = Cluster(dsn)
        yield running
        running.close()
