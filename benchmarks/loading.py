"""The database that all programs read: made once for a number of facts, and kept until the code that makes it changes.

The service's own tables are filled by its import of EDGAR's documents. The peers read `peer.facts` and
`peer.versions`, made from the answers of the service: tables as a user would design them, with columns for the filters
and `jsonb` for the rest.
"""

import asyncio
import hashlib
import inspect
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import asyncpg
import msgspec
import psutil

from benchmarks import companies
from benchmarks.companies import Document, Filer
from service.core import history, identity, rendering
from service.core.history import Version
from service.core.states import FactState
from service.edgar.importer import import_facts
from service.postgres import embedded
from service.postgres.database import opened
from service.postgres.migration import migrate
from service.store.facts import load_histories

HERE = Path(__file__).parent


@contextmanager
def postgres(directory: Path) -> Generator[str]:
    """Postgres 18 on a directory of its own, configured for the memory of this machine."""
    memory = psutil.virtual_memory().total
    settings = {
        "shared_buffers": f"{min(memory // 4, 4 * 2**30) // 2**20}MB",
        "effective_cache_size": f"{memory // 2 // 2**20}MB",
        "max_wal_size": "8GB",
        "maintenance_work_mem": "512MB",
    }
    with embedded.serving(directory, max_connections=300, parameters=settings) as dsn:
        yield dsn


def named(dsn: str, database: str) -> str:
    """The DSN of another database of the same server."""
    return urlunsplit(urlsplit(dsn)._replace(path=f"/{database}"))


def fingerprint(facts: int) -> str:
    """A database name that depends on the number of facts and on the code that makes them."""
    parts = [Path(inspect.getfile(module)) for module in (companies, rendering, identity, history)]
    parts += [
        Path(__file__),
        *sorted((HERE.parent / "migrations" / "versions").glob("*.sql")),
        HERE / "peers" / "tables.sql",
    ]
    content = b"".join(path.read_bytes() for path in parts)
    return f"bench_{facts}_{hashlib.sha256(content).hexdigest()[:8]}"


async def prepared(server: str, facts: int, tell: Callable[[str], None]) -> str:
    """The DSN of a database with about `facts` facts, made if it is missing."""
    name = fingerprint(facts)
    connection: asyncpg.Connection[asyncpg.Record] = await asyncpg.connect(server)
    try:
        for old in await connection.fetch("select datname from pg_database where datname like 'bench\\_%'"):
            if old["datname"] == name:
                return named(server, name)
            if old["datname"].startswith((f"bench_{facts}_", "bench_making")):
                await connection.execute(f'drop database "{old["datname"]}" with (force)')
        await connection.execute("create database bench_making")
    finally:
        await connection.close()
    making = named(server, "bench_making")
    await migrate(making)
    tell(f"loading about {facts:,} facts")
    await load(making, companies.filers(facts))
    tell("making the peers' tables")
    await fill_peers(making, companies.filers(facts))
    connection = await asyncpg.connect(server)
    try:
        await connection.execute(f'alter database bench_making rename to "{name}"')
    finally:
        await connection.close()
    return named(server, name)


# -- the peers' --------------------------------------------------------------------------------------------

_PEER_COLUMNS = {
    "facts": "id company kind subject dimensions basis period_start period_end frequency frame value unit known_at version "
    "status recorded_at position evidence disputed rivals citations",
    "versions": "fact version known_at recorded_at position value evidence citations",
    "entries": "cik place name taxonomy concept label description unit start end val accn fy fp form filed frame",
}


async def fill_peers(dsn: str, filers: Iterable[Filer]) -> None:
    """Fill the peers' tables from the answers of the service."""
    connection: asyncpg.Connection[asyncpg.Record] = await asyncpg.connect(dsn)
    try:
        await connection.execute((HERE / "peers" / "tables.sql").read_text())
        await connection.execute("""
            insert into peer.companies select slug, name, identifiers from companies;
            insert into peer.sources select id, title, publisher, author, url, published_at from sources;
        """)
        pairs = [
            (row["company"], row["id"]) for row in await connection.fetch("select company, id from facts")
        ]
        for start in range(0, len(pairs), 5000):
            states = await load_histories(connection, pairs[start : start + 5000])
            await _copy(connection, "facts", [row for s in states if (row := _peer_fact(s)) is not None])
            await _copy(
                connection, "versions", [_peer_version(s, version) for s in states for version in s.versions]
            )
        for filer in filers:
            if filer.large:
                await _copy(connection, "entries", list(_peer_entries(companies.document(filer))))
        await connection.execute((HERE / "peers" / "indexes.sql").read_text())
    finally:
        await connection.close()
    await settle(dsn)


async def settle(dsn: str) -> None:
    """Do at once what Postgres would do some time after a database was filled."""
    connection: asyncpg.Connection[asyncpg.Record] = await asyncpg.connect(dsn)
    try:
        await connection.execute("vacuum analyze")
        await connection.execute("checkpoint")
    finally:
        await connection.close()


async def _copy(
    connection: "asyncpg.Connection[asyncpg.Record]", table: str, rows: Sequence[Sequence[object]]
) -> None:
    columns = _PEER_COLUMNS[table].split()
    await connection.copy_records_to_table(table, schema_name="peer", columns=columns, records=rows)


def _peer_fact(state: FactState) -> Sequence[object] | None:
    key, answer = state.key, state.answer()
    if answer is None:
        return None
    version, period = answer.version, key.period
    check = version.check()
    return (
        state.id, key.company, key.kind, key.subject, _json(key.dimensions), key.basis,
        None if period is None or period.instant is not None else period.first, None if period is None else period.last,
        None if period is None else period.frequency, None if period is None else period.frame, version.value.decode(),
        None if version.quantity is None else version.quantity.unit, version.known_at, version.version,
        "asserted" if answer.asserted else "retracted", version.recorded_at, version.position, check.verdict,
        bool(answer.rivals), _json(answer.rivals), check.citations.decode(),
    )  # fmt: skip


def _peer_version(state: FactState, version: Version) -> Sequence[object]:
    check = version.check()
    return (
        state.id, version.version, version.known_at, version.recorded_at, version.position, version.value.decode(),
        check.verdict, check.citations.decode(),
    )  # fmt: skip


def _peer_entries(document: Document) -> Generator[Sequence[object]]:
    taxonomies = msgspec.convert(document["facts"], dict[str, dict[str, dict[str, Any]]])
    place = 0
    for taxonomy, concepts in taxonomies.items():
        for concept, body in concepts.items():
            for unit, rows in body["units"].items():
                for row in rows:
                    place += 1
                    start = row.get("start")
                    yield (
                        document["cik"], place, document["entityName"], taxonomy, concept, body["label"],
                        body["description"], unit, None if start is None else date.fromisoformat(start),
                        date.fromisoformat(row["end"]), _json(row["val"]), row["accn"], row["fy"], row["fp"],
                        row["form"], date.fromisoformat(row["filed"]), row.get("frame"),
                    )  # fmt: skip


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


async def count(dsn: str) -> int:
    """How many facts there are."""
    connection: asyncpg.Connection[asyncpg.Record] = await asyncpg.connect(dsn)
    try:
        return int(await connection.fetchval("select count(*) from facts"))
    finally:
        await connection.close()


# -- ours --------------------------------------------------------------------------------------------------


def write_documents(folder: Path, filers: Iterable[Filer]) -> None:
    """Write companyfacts documents as files with EDGAR's file names."""
    for filer in filers:
        (folder / f"CIK{filer.cik:010}.json").write_bytes(msgspec.json.encode(companies.document(filer)))


async def load(dsn: str, filers: Iterable[Filer]) -> None:
    """Import the documents of filers with the importer of `companyfacts import edgar`."""
    with tempfile.TemporaryDirectory() as folder:
        write_documents(Path(folder), filers)
        async with opened(dsn) as database:
            report = await import_facts(database, [Path(folder)])
    if report.refused:
        raise report.refused[0].error


# -- Datasette's -------------------------------------------------------------------------------------------


async def sqlite(dsn: str, directory: Path) -> Path:
    """The peers' facts as the SQLite file that Datasette serves."""
    name = urlsplit(dsn).path[1:]
    path = directory / "sqlite" / name / "facts.db"
    making = path.with_suffix(".making")
    if path.exists():
        return path
    _make_room(path.parent, name.rsplit("_", 1)[0])
    connection: asyncpg.Connection[asyncpg.Record] = await asyncpg.connect(dsn)
    try:
        columns = [
            row["attname"]
            for row in await connection.fetch(
                "select attname from pg_attribute where attrelid = 'peer.facts'::regclass and attnum > 0 order by attnum"
            )
        ]
        with sqlite3.connect(making) as file:
            names = ", ".join(f"{name}{' primary key' if name == 'id' else ''}" for name in columns)
            file.execute(f"create table facts ({names})")
            places = ", ".join("?" for _ in columns)
            async with connection.transaction():
                rows: list[Sequence[object]] = []
                async for row in connection.cursor("select * from peer.facts", prefetch=5000):
                    rows.append([_plain(cell) for cell in row.values()])
                    if len(rows) == 5000:
                        file.executemany(f"insert into facts values ({places})", rows)
                        rows.clear()
                file.executemany(f"insert into facts values ({places})", rows)
            file.execute("create index facts_list on facts (company, kind, subject, period_end desc, id)")
            file.execute("create index facts_frame on facts (subject, frame, company)")
            file.execute("analyze")
    finally:
        await connection.close()
    making.rename(path)
    return path


def _make_room(folder: Path, prefix: str) -> None:
    for old in folder.parent.glob(f"{prefix}_*"):
        shutil.rmtree(old)
    folder.mkdir(parents=True)


def _plain(cell: object) -> object:
    return cell if cell is None or isinstance(cell, (int, str)) else str(cell)


def blocking_prepared(server: str, facts: int, tell: Callable[[str], None]) -> str:
    """`prepared`, for callers without an event loop."""
    return asyncio.run(prepared(server, facts, tell))
