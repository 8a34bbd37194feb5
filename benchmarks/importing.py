"""How fast EDGAR's documents are imported, compared with one raw COPY of the resulting rows.

Ours is `companyfacts import edgar FOLDER` from the start of the process to its end, on an empty, migrated
database. The limit copies the resulting rows, in Postgres's binary format, table by table in one stream,
into another empty, migrated database with the same indexes and constraints. It does not include making the rows.
"""

import asyncio
import subprocess
import tempfile
import time
from pathlib import Path

import asyncpg

from benchmarks import companies, loading
from benchmarks.contenders import OURS, ROOT, interpreter
from benchmarks.loading import named
from service.postgres.migration import migrate

COPY = "copy"

# ordered so that each table comes after the tables that it references
_TABLES = """
    with recursive depths as (
        select c.oid, 0 as depth from pg_class c
        where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
        union
        select k.conrelid, d.depth + 1 from depths d join pg_constraint k on k.confrelid = d.oid
        where k.contype = 'f' and k.conrelid <> k.confrelid and d.depth < 20
    )
    select c.relname, (
        select array_agg(a.attname::text order by a.attnum) from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    ) as columns
    from depths d join pg_class c using (oid)
    where c.relname not in ('alembic_version', 'log_head')
    group by c.oid, c.relname order by max(d.depth), c.relname
"""


async def created(server: str, name: str) -> str:
    """The DSN of a new database without tables."""
    connection: asyncpg.Connection[asyncpg.Record] = await asyncpg.connect(server)
    try:
        await connection.execute(f"drop database if exists {name} with (force)")
        await connection.execute(f"create database {name}")
    finally:
        await connection.close()
    return named(server, name)


async def fresh(server: str, name: str) -> str:
    """The DSN of a new, migrated, empty database."""
    dsn = await created(server, name)
    await migrate(dsn)
    return dsn


async def _drop(server: str, *names: str) -> None:
    connection: asyncpg.Connection[asyncpg.Record] = await asyncpg.connect(server)
    try:
        for name in names:
            await connection.execute(f"drop database if exists {name} with (force)")
    finally:
        await connection.close()


async def _copied(source: str, target: str, folder: Path) -> tuple[int, float]:
    """Number of versions, and the seconds to copy all rows into the target."""
    reading: asyncpg.Connection[asyncpg.Record] = await asyncpg.connect(source)
    writing: asyncpg.Connection[asyncpg.Record] = await asyncpg.connect(target)
    try:
        versions = int(await reading.fetchval("select count(*) from versions"))
        tables = [(row["relname"], list(row["columns"])) for row in await reading.fetch(_TABLES)]
        for table, columns in tables:
            await reading.copy_from_table(
                table, columns=columns, output=folder / table, format="binary", timeout=600
            )
        began = time.perf_counter()
        async with writing.transaction():
            for table, columns in tables:
                await writing.copy_to_table(
                    table, columns=columns, source=folder / table, format="binary", timeout=600
                )
        return versions, time.perf_counter() - began
    finally:
        await reading.close()
        await writing.close()


def imported(root: Path, folder: Path, dsn: str) -> float:
    """The seconds that the import command of a working tree takes for a folder."""
    began = time.perf_counter()
    command = [interpreter(root), "-m", "service", "import", "edgar", str(folder), "--database-url", dsn]
    subprocess.run(command, cwd=root, check=True, capture_output=True)
    return time.perf_counter() - began


def measured(server: str, facts: int, rounds: int) -> dict[str, list[float]]:
    """Versions per second of ours and of COPY, for each round."""
    rates: dict[str, list[float]] = {OURS: [], COPY: []}
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as rows:
        loading.write_documents(Path(folder), companies.filers(facts))
        for _ in range(rounds):
            dsn = asyncio.run(fresh(server, "import_ours"))
            seconds = imported(ROOT, Path(folder), dsn)
            versions, copying = asyncio.run(
                _copied(dsn, asyncio.run(fresh(server, "import_copy")), Path(rows))
            )
            rates[OURS].append(versions / seconds)
            rates[COPY].append(versions / copying)
    asyncio.run(_drop(server, "import_ours", "import_copy"))
    return rates
