"""The database that everybody reads: made once for a number of facts, and kept until what makes it changes.

Ours are the service's own tables, filled by the functions that the service itself records with. The
peers read `peer.facts` and `peer.versions`, made of what ours answers: tables as a user would design them,
with columns for what is filtered by and `jsonb` for the rest.
"""

import asyncio
import hashlib
import inspect
import shutil
import sqlite3
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit, urlunsplit

import asyncpg
import msgspec
import psutil

from benchmarks import companies
from benchmarks.companies import Document, Filer, Row
from service.domain import history, identity, rendering
from service.domain.citations import Citation, CitedSource, Evidence, SourceDescription
from service.domain.companies import CompanyDescription, ConceptDescription
from service.domain.facts import FactKey, encoded
from service.domain.history import Check, Version
from service.domain.kinds import MetricValue
from service.domain.ledger import Changes, CompanyChange, CompanyState, ConceptChange, FactState, SourceState
from service.domain.periods import Period
from service.domain.quantities import Quantity
from service.sql import embedded
from service.sql.companies import save_companies, save_concepts
from service.sql.facts import load_histories, save_facts
from service.sql.log import Head, advance_head
from service.sql.migration import migrate
from service.sql.sources import save_sources

HERE = Path(__file__).parent
RECORDED_AT = datetime(2026, 1, 1, tzinfo=UTC)
PUBLISHER = "U.S. Securities and Exchange Commission"


@contextmanager
def postgres(directory: Path) -> Generator[str]:
    """Postgres 18 on a directory of its own, set as an operator of such a machine would."""
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
    """A name for the data that this code makes of so many facts; another code, another name."""
    parts = [Path(inspect.getfile(module)) for module in (companies, rendering, identity, history)]
    parts += [
        Path(__file__),
        *sorted((HERE.parent / "migrations" / "versions").glob("*.sql")),
        HERE / "peers" / "tables.sql",
    ]
    content = b"".join(path.read_bytes() for path in parts)
    return f"bench_{facts}_{hashlib.sha256(content).hexdigest()[:8]}"


async def prepared(server: str, facts: int, tell: Callable[[str], None]) -> str:
    """The DSN of a database with so many facts, about, made if it is not there yet."""
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
    tell("making the peers' tables of them")
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
    """Make the peers' tables: what ours answers, through the service's own reading of histories."""
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

_BATCH = 20_000  # versions


class _Cited(NamedTuple):
    key: int
    citations: bytes


class Loader:
    """The entries of documents, as the one writer would have recorded them one after the other."""

    def __init__(self) -> None:
        self.changes = Changes()
        self.keys: dict[str, int] = {}
        self.position = 0
        self._source = 0
        self._concepts: set[str] = set()

    def _next(self) -> int:
        self.position += 1
        return self.position

    def add(self, filer: Filer, document: Document) -> None:
        """One company with its filings and facts."""
        slug = f"cik-{filer.cik:010}"
        identifiers = {"cik": str(filer.cik)}
        described = CompanyDescription(slug=slug, name=filer.name, identifiers=identifiers)
        state = CompanyState(key=identity.company_key(slug), description=described, position=self._next())
        self.changes.companies.append(CompanyChange(state, new=True, opened=identifiers, closed={}))
        cited = {filing.accn: self._cite(filer, filing) for filing in companies.filings(filer)}
        taxonomies = msgspec.convert(document["facts"], dict[str, dict[str, dict[str, Any]]])
        for taxonomy, concepts in taxonomies.items():
            for concept, body in concepts.items():
                subject = f"{taxonomy}:{concept}"
                if subject not in self._concepts:
                    self._concepts.add(subject)
                    told = ConceptDescription(
                        id=subject, label=body["label"], description=body["description"]
                    )
                    self.changes.concepts.append(ConceptChange(told, self._next()))
                for unit, rows in body["units"].items():
                    self._series(slug, subject, unit, rows, cited)

    def _cite(self, filer: Filer, filing: companies.Filing) -> _Cited:
        self._source += 1
        path = f"{filer.cik}/{filing.accn.replace('-', '')}/{filing.accn}-index.htm"
        url = f"https://www.sec.gov/Archives/edgar/data/{path}"
        described = SourceDescription(
            title=f"Form {filing.form} of {filer.name}, {filing.accn}", publisher=PUBLISHER, author=filer.name,
            url=url, published_at=filing.filed, media_type="text/html",
            note=f"fy {filing.fy}, fp {filing.fp}",
        )  # fmt: skip
        source = SourceState(
            key=self._source, id=identity.address_id(url), description=described, position=self._next(),
            recorded_at=RECORDED_AT,
        )  # fmt: skip
        self.changes.sources.append(source)
        citation = Citation(
            source=CitedSource(
                id=source.id, title=described.title, publisher=described.publisher, author=described.author, url=url,
                published_at=filing.filed, archived=False,
            ),
            selector=None,
            evidence=Evidence(verdict="unarchived"),
            link=url,
        )  # fmt: skip
        return _Cited(self._source, encoded([citation]))

    def _series(
        self, slug: str, subject: str, unit: str, rows: Iterable[Row], cited: dict[str, _Cited]
    ) -> None:
        periods: dict[tuple[object, object], list[Row]] = {}
        for row in rows:
            periods.setdefault((row.get("start"), row["end"]), []).append(row)
        for (start, end), filed in periods.items():
            last = date.fromisoformat(str(end))
            period = (
                Period(instant=last)
                if start is None
                else Period(start=date.fromisoformat(str(start)), end=last)
            )
            key = FactKey(
                company=slug, kind="metric", subject=subject, dimensions={}, basis="reported", period=period, unit=unit,
                comparison=None,
            )  # fmt: skip
            fact = FactState(key=key, id=key.id)
            fact.versions = [self._version(n, unit, row, cited) for n, row in enumerate(filed, 1)]
            fact.settled = self.position
            self.changes.facts[fact.id] = fact
            self.changes.assertions += [(fact, version) for version in fact.versions]

    def _version(self, number: int, unit: str, row: Row, cited: dict[str, _Cited]) -> Version:
        source = cited[str(row["accn"])]
        quantity = Quantity(value=str(row["val"]), unit=unit)
        value = encoded(MetricValue(quantity=quantity))
        position = self._next()
        return Version(
            version=number, known_at=date.fromisoformat(str(row["filed"])), position=position, recorded_at=RECORDED_AT,
            publisher=PUBLISHER.casefold(), quantity=quantity, value=value,
            checks=[Check(position, "unarchived", source.citations)], sources=[source.key],
            content=hashlib.sha256(value + str(row["accn"]).encode()).digest(),
        )  # fmt: skip


async def load(dsn: str, filers: Iterable[Filer]) -> None:
    """Record documents, one transaction a batch, with the functions that the service records with."""
    loader = Loader()
    connection: asyncpg.Connection[asyncpg.Record] = await asyncpg.connect(dsn)
    try:
        for filer in filers:
            loader.add(filer, companies.document(filer))
            if len(loader.changes.assertions) >= _BATCH:
                await _save(connection, loader)
        await _save(connection, loader)
        await connection.execute(
            "select setval(pg_get_serial_sequence('sources', 'source'), (select max(source) from sources))"
        )
    finally:
        await connection.close()


async def _save(connection: "asyncpg.Connection[asyncpg.Record]", loader: Loader) -> None:
    changes = loader.changes
    async with connection.transaction():
        await save_companies(connection, changes.companies, {}, RECORDED_AT)
        await save_concepts(connection, changes.concepts, RECORDED_AT)
        await save_sources(connection, changes.sources, RECORDED_AT)
        await save_facts(connection, changes, RECORDED_AT)
        await advance_head(connection, Head(loader.position, RECORDED_AT))
    loader.changes = Changes()


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
