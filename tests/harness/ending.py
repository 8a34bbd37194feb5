"""What stands at the end of a run: the log, the mirror, the rows of the database."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import asyncpg

from service.mirror import reads
from service.postgres.database import opened
from tests.harness.checking import FactVersion, Kept, Logged
from tests.harness.journal import canonical

# by table, the columns that name what its rows belong to
_ENTRIES = ("company_entries", "concept_entries", "sources", "snapshots", "versions", "evidence_entries")
_OF_VERSIONS = ("evidence_entries", "version_numbers")
_OF_SOURCES = ("snapshots", "passages", "source_derivations", "edgar_documents")


async def lines_of(dsn: str) -> list[dict[str, Any]]:
    """The lines of the log of a database."""
    async with opened(dsn) as database:
        async with database.session() as session:
            head = int(str(await session.fetchval("select position from log_head")))
        parts = [part async for part in reads.exported(database, 0, head, whole=True)]
    return [json.loads(line) for line in b"".join(parts).splitlines()]


def logged(lines: Iterable[Mapping[str, Any]]) -> list[Logged]:
    """The entries of an export, with the marks of what the writers of a run wrote."""
    found: list[Logged] = []
    filed: dict[str, int] = {}  # the rows of each company of EDGAR's so far
    for line in lines:
        if "position" not in line:  # a document, which is no entry
            continue
        entry = Logged(line["position"], datetime.fromisoformat(line["recorded_at"]), canonical(line))
        if "retraction" in line:
            taken = line["retraction"]
            entry = entry._replace(
                mark=taken["reason"], fact=line["id"], version=line["version"], retracts=taken["version"]
            )
        elif "fact" in line:
            fact = line["fact"]
            mark = fact["value"]["quantity"]["value"]
            if "filed" in line:
                count = filed.get(fact["company"], 0)
                filed[fact["company"]] = count + 1
                mark = f"{fact['company']} {count}"
            entry = entry._replace(
                mark=mark, fact=line["id"], version=line["version"], known_at=fact["known_at"]
            )
        found.append(entry)
    return found


async def kept(dsn: str) -> Kept:
    """The rows of a database, as far as they belong to others."""
    connection: asyncpg.Connection[asyncpg.Record] = await asyncpg.connect(dsn)

    async def rows(statement: str) -> Sequence[asyncpg.Record]:
        return await connection.fetch(statement)

    async def versions(table: str) -> frozenset[FactVersion]:
        return frozenset((str(one[0]), one[1]) for one in await rows(f"select fact, version from {table}"))

    async def sources(table: str) -> frozenset[int]:
        return frozenset(one[0] for one in await rows(f"select source from {table}"))

    async def facts(table: str, column: str) -> frozenset[str]:
        return frozenset(str(one[0]) for one in await rows(f"select {column} from {table}"))

    try:
        entries = [one[0] for table in _ENTRIES for one in await rows(f"select position from {table}")]
        derived = [one[0] for one in await rows("select position from source_derivations")]
        (head,) = await rows("select position from log_head")
        return Kept(
            entries=frozenset([*entries, *derived]),
            head=head[0],
            versions=await versions("versions"),
            of_facts={
                "facts": await facts("facts", "id"),
                "edgar_labels": await facts("edgar_labels", "fact"),
            },
            of_versions={table: await versions(table) for table in _OF_VERSIONS},
            sources=await sources("sources"),
            of_sources={table: await sources(table) for table in _OF_SOURCES},
        )
    finally:
        await connection.close()
