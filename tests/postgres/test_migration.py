"""The migrations, the resulting schema, and the privileges of the service's role."""

import asyncio
import gzip
import json
import re
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import asyncpg
import pytest
from alembic.script import ScriptDirectory

from migrations.dump import SCHEMA, dumped
from service.core.errors import Forbidden, Unavailable
from service.operations import registry
from service.postgres import migration
from service.postgres.database import ROLE, opened
from service.postgres.migration import ADVISORY_LOCK, migrate
from tests.clusters import TEMPLATE, Cluster, execute, fetch, run

VERSIONS = Path(__file__).resolve().parents[2] / "migrations" / "versions"

# What is small, or asked for in other ways than by company: on a cluster of databases, a table that each has whole.
REFERENCE = {
    "alembic_version", "api_keys", "budgets", "commits", "companies", "company_identifiers", "concept_entries",
    "concepts", "edgar_documents", "idempotent_answers", "log_head", "passage_words", "passages", "snapshots",
    "source_derivations", "sources",
}  # fmt: skip
# What is no record of anything said, and so may be changed or thrown away.
UPDATED = {
    "api_keys",
    "budgets",
    "companies",
    "company_identifiers",
    "concepts",
    "facts",
    "idempotent_answers",
    "log_head",
}
DELETED = {"budgets", "idempotent_answers", "edgar_labels"}


def revisions() -> list[str]:
    """Every revision, oldest first."""
    scripts = ScriptDirectory(str(VERSIONS.parent))
    return [script.revision for script in scripts.walk_revisions()][::-1]


async def tables(dsn: str) -> set[str]:
    rows = await fetch(
        dsn,
        "select relname from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace",
    )
    return {row["relname"] for row in rows}


def test_the_migrated_schema_is_the_committed_one(cluster: Cluster) -> None:
    found = dumped(cluster.named(TEMPLATE))
    assert found == SCHEMA.read_text(), "run `python -m migrations.dump` and commit migrations/schema.sql"


def without_extensions(schema: str) -> str:
    """Downgrades keep extensions: they may be older than the schema, and others may use them."""
    return re.sub(r"(CREATE|COMMENT ON) EXTENSION [^;]*;\n+", "", schema).replace("\n\n\n", "\n\n")


def test_up_and_down_and_up_again(cluster: Cluster) -> None:
    with cluster.database(template=None) as dsn:
        seen: list[str] = []
        for revision in revisions():
            run(migrate(dsn, revision))
            seen.append(dumped(dsn))
        for revision, schema in zip(revisions()[-2::-1], seen[-2::-1], strict=True):
            run(migrate(dsn, revision))
            left = without_extensions(dumped(dsn))
            assert left == without_extensions(schema), f"down to {revision} leaves something behind"
        run(migrate(dsn, "base"))
        assert run(tables(dsn)) == {"alembic_version"}
        run(migrate(dsn))
        assert dumped(dsn) == seen[-1]
        run(migrate(dsn))
        assert dumped(dsn) == seen[-1]


def test_former_names_are_read_out_of_submissions_that_were_imported_before(cluster: Cluster) -> None:
    told: dict[str, object] = {
        "cik": 12, "name": "C", "filings": {"recent": {"accessionNumber": [], "filingDate": []}},
        "formerNames": [
            {"name": "B\u0000 😀", "from": "2020-04-09T04:00:00.000Z", "to": "2025-10-10T04:00:00.000Z"},
            {"name": "A", "from": "long ago"},
        ],
    }  # fmt: skip
    content = json.dumps(told).encode()
    of_filer, of_nobody = "/submissions/CIK0000000012.json", "/files/company_tickers.json"

    async def kept(dsn: str) -> None:
        connection: asyncpg.Connection[asyncpg.Record] = await asyncpg.connect(dsn)
        try:
            await connection.execute(
                "insert into companies (company, slug, name, aliases, identifiers, position, recorded_at)"
                " values (1, 'cik-12', 'C', '{}', '{}', 1, now())"
            )
            for key, (path, coding, company) in enumerate(
                ((of_filer, None, 1), (of_filer, "gzip", 1), (of_nobody, None, None)), 1
            ):
                body = gzip.compress(content) if coding else content
                await connection.execute(
                    "insert into sources (source, id, title, media_type, redistribute, position, recorded_at)"
                    " overriding system value values ($1, $2, 'A', 'application/json', true, $1, now())",
                    key, f"sha256:{key:064}",
                )  # fmt: skip
                await connection.execute(
                    "insert into snapshots (source, position, recorded_at, media_type, sha256, content, text, coding)"
                    " values ($1, $1, now(), 'application/json', '', $2, $3, $4)",
                    key, body, None if coding else content.decode(), coding,
                )  # fmt: skip
                await connection.execute(
                    "insert into edgar_documents (path, position, recorded_at, source, company, newest)"
                    " values ($1, $2, now(), $2, $3, '2026-01-01')",
                    path, key, company,
                )  # fmt: skip
        finally:
            await connection.close()

    with cluster.database(template=None) as dsn:
        run(migrate(dsn, "0008"))
        run(kept(dsn))
        run(migrate(dsn))
        rows = run(fetch(dsn, "select position, former_names from edgar_documents order by position"))
    spans = [["B\u0000 😀", "2020-04-09", "2025-10-10"], ["A", None, None]]
    found = [None if row["former_names"] is None else json.loads(row["former_names"]) for row in rows]
    assert found == [spans, spans, None]


def test_runs_at_once_wait_for_each_other(cluster: Cluster) -> None:
    async def at_once(dsn: str) -> None:
        await asyncio.gather(*(migrate(dsn) for _ in range(4)))

    with cluster.database(template=None) as dsn:
        run(at_once(dsn))
        assert dumped(dsn) == SCHEMA.read_text()


def test_a_run_waits_for_the_one_under_way(cluster: Cluster) -> None:
    async def waiting(dsn: str) -> None:
        holder: asyncpg.Connection[asyncpg.Record] = await asyncpg.connect(dsn)
        await holder.execute(f"select pg_advisory_lock({ADVISORY_LOCK})")
        task = asyncio.create_task(migrate(dsn))
        waits = "select count(*) from pg_locks where locktype = 'advisory' and not granted"
        while not await holder.fetchval(waits):
            assert not task.done()
            await asyncio.sleep(0.01)
        assert await tables(dsn) == set()
        await holder.close()
        await task

    with cluster.database(template=None) as dsn:
        run(waiting(dsn))
        assert "facts" in run(tables(dsn))


def test_a_run_gives_up_on_a_lock_that_it_cannot_get(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migration, "LOCK_TIMEOUT", "50ms")

    async def blocked(dsn: str) -> None:
        reader: asyncpg.Connection[asyncpg.Record] = await asyncpg.connect(dsn)
        try:
            async with reader.transaction():
                await reader.fetch("select * from facts")
                await migrate(dsn, "base")
        finally:
            await reader.close()

    with cluster.database() as dsn:
        with pytest.raises(Unavailable):
            run(blocked(dsn))
        assert dumped(dsn) == SCHEMA.read_text()


def as_user(dsn: str, user: str) -> str:
    parts = urlsplit(dsn)
    return urlunsplit(parts._replace(netloc=f"{user}@"))


def test_who_owns_the_database_migrates_and_serves_it_without_being_superuser(cluster: Cluster) -> None:
    with cluster.database(template=None) as dsn:
        name = urlsplit(dsn).path[1:]
        setup = (
            "create role plain_owner login",
            f"alter database {name} owner to plain_owner",
        )
        run(execute(cluster.dsn, *setup))
        try:
            owned = as_user(dsn, "plain_owner")
            with pytest.raises(Forbidden, match="create role"):
                run(migrate(owned))
            run(execute(cluster.dsn, f"grant {ROLE} to plain_owner"))
            run(migrate(owned))

            async def position() -> int:
                async with opened(owned) as database:
                    return await registry.ready(database)

            assert run(position()) == 0
        finally:
            run(execute(dsn, "reassign owned by plain_owner to postgres"))
            run(execute(cluster.dsn, f"alter database {name} owner to postgres", "drop role plain_owner"))


# -- the catalogue -------------------------------------------------------------------------------


def test_keys_of_large_tables_lead_with_the_company(cluster: Cluster) -> None:
    rows = run(
        fetch(
            cluster.named(TEMPLATE),
            """
            select t.relname as table, (
                select a.attname from pg_index i join pg_attribute a on a.attrelid = t.oid and a.attnum = i.indkey[0]
                where i.indrelid = t.oid and i.indisprimary) as leads
            from pg_class t where t.relkind in ('r', 'p') and t.relnamespace = 'public'::regnamespace
            """,
        )
    )
    leads = {row["table"]: row["leads"] for row in rows}
    assert "facts" in leads
    for table, column in leads.items():
        assert column is not None, f"{table} has no primary key"
        assert column == "company" or table in REFERENCE, table


def test_every_constraint_was_named_by_us(cluster: Cluster) -> None:
    written = " ".join(path.read_text() for path in VERSIONS.glob("*.up.sql"))
    rows = run(
        fetch(
            cluster.named(TEMPLATE),
            "select conname, conrelid::regclass::text as table from pg_constraint"
            " where connamespace = 'public'::regnamespace and contype <> 'n' and conrelid <> 'alembic_version'::regclass",
        )
    )
    assert len(rows) > 30
    for row in rows:
        assert re.search(rf"\bconstraint {row['conname']}\b", written), row["conname"]
        assert row["conname"].startswith(row["table"] + "_"), row["conname"]


def test_every_foreign_key_has_an_index(cluster: Cluster) -> None:
    rows = run(
        fetch(
            cluster.named(TEMPLATE),
            """
            select c.conname from pg_constraint c
            where c.contype = 'f' and not exists (
                select from pg_index i
                where i.indrelid = c.conrelid and i.indpred is null
                    and (i.indkey::int2[])[0:cardinality(c.conkey) - 1] @> c.conkey
                    and (i.indkey::int2[])[0:cardinality(c.conkey) - 1] <@ c.conkey)
            """,
        )
    )
    assert [row["conname"] for row in rows] == []


def test_the_service_may_not_change_what_was_recorded(cluster: Cluster) -> None:
    rows = run(
        fetch(
            cluster.named(TEMPLATE),
            """
            select relname as table,
                has_table_privilege($1, oid, 'select') as selects,
                has_any_column_privilege($1, oid, 'update') as updates,
                has_table_privilege($1, oid, 'delete') as deletes,
                has_table_privilege($1, oid, 'truncate') or has_table_privilege($1, oid, 'trigger')
                    or has_table_privilege($1, oid, 'references') as more,
                array(select attname::text from pg_attribute a where a.attrelid = t.oid and a.attnum > 0
                    and not a.attisdropped and has_column_privilege($1, t.oid, a.attnum, 'update')) as columns
            from pg_class t where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace
            """,
            ROLE,
        )
    )
    found = {row["table"]: row for row in rows}
    assert {table for table, row in found.items() if row["deletes"]} == DELETED & set(found)
    assert {table for table, row in found.items() if row["updates"]} == UPDATED | {"versions"}
    assert found["versions"]["columns"] == ["retracted"]
    assert not any(row["more"] for row in rows)
    assert all(row["selects"] for row in rows)


@pytest.mark.parametrize(
    "statement",
    [
        "update versions set value = '{}'",
        "update versions set known_at = known_at",
        "delete from versions",
        "truncate versions",
        "delete from facts",
        "update evidence_entries set verdict = 'verified'",
        "delete from evidence_entries",
        "update company_entries set description = ''",
        "update sources set title = 'another'",
        "delete from snapshots",
        "update commits set recorded_at = now()",
        "alter table versions add column more text",
        "drop table versions",
        "create table more (one int)",
    ],
)
def test_postgres_refuses_the_service(cluster: Cluster, statement: str) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        run(execute(cluster.named(TEMPLATE), "begin", f"set local role {ROLE}", statement))
