"""Runs the migrations: Alembic keeps their order, the SQL is in `NNNN_name.up.sql` and `.down.sql`.

An advisory lock allows one run at a time. Each statement waits at most `LOCK_TIMEOUT` for a lock, so that a migration
gives up instead of blocking every reader that comes after it.
"""

from pathlib import Path

import asyncpg
from alembic import command, op
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool
from sqlalchemy.util import await_only

from service.core.errors import Forbidden, Unavailable
from service.postgres.database import ROLE
from service.postgres.failures import AWAY, unavailable
from service.postgres.schema import MIGRATIONS

ADVISORY_LOCK = 0x636F6D70616E79  # "company"
LOCK_TIMEOUT = "10s"
STATEMENT_TIMEOUT = "30min"


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config


async def migrate(dsn: str, revision: str = "head") -> None:
    """Bring the database to `revision`, up or down (`base` undoes everything).

    Waits for a run by another process. Each migration is one transaction, so a failed one changes nothing. Raises
    Unavailable if the database is away or a lock is not free in time, Forbidden if the user may not migrate, else what
    Postgres raises.
    """
    try:
        await _migrate(dsn, revision)
    except AWAY as error:
        raise _not_now(error) from error
    except asyncpg.InsufficientPrivilegeError as error:
        detail = (
            "the user of the database may not migrate it: let it own the database and create roles, or have "
            f"somebody who may `create role {ROLE}` and `grant {ROLE}` to it"
        )
        raise Forbidden(detail) from error


def _not_now(error: Exception) -> Unavailable:
    found = unavailable(error)
    found.detail = f"the database cannot be migrated now: {found.cause or found.detail}"
    found.args = (found.detail,)
    return found


async def _migrate(dsn: str, revision: str) -> None:
    engine = create_async_engine(
        "postgresql+asyncpg://", async_creator=lambda: asyncpg.connect(dsn), poolclass=NullPool
    )
    try:
        async with engine.connect() as connection:
            await connection.execute(text("select pg_advisory_lock(:lock)"), {"lock": ADVISORY_LOCK})
            await connection.execute(text(f"set lock_timeout = '{LOCK_TIMEOUT}'"))
            await connection.execute(text(f"set statement_timeout = '{STATEMENT_TIMEOUT}'"))
            await connection.commit()
            await connection.run_sync(_run, revision)
            await connection.commit()
    finally:
        await engine.dispose()


def _run(connection: Connection, revision: str) -> None:
    config = _config()
    config.attributes["connection"] = connection
    known = [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()]
    current = connection.execute(text("select to_regclass('alembic_version')")).scalar()
    at = connection.execute(text("select version_num from alembic_version")).scalar() if current else None
    if revision == "base" or (at in known and revision in known and known.index(revision) > known.index(at)):
        command.downgrade(config, revision)
    else:
        command.upgrade(config, revision)


def up(migration: str) -> None:
    """Run the `.up.sql` beside a migration's Python file."""
    _execute(Path(migration).with_suffix(".up.sql"))


def down(migration: str) -> None:
    """Run the `.down.sql` beside a migration's Python file."""
    _execute(Path(migration).with_suffix(".down.sql"))


def _execute(script: Path) -> None:
    # only the driver's own execute runs a script of several statements
    driver = op.get_bind().connection.driver_connection
    if not isinstance(driver, asyncpg.Connection):
        raise TypeError("migrations run through asyncpg")
    await_only(driver.execute(script.read_text()))
