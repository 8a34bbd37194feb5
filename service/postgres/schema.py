"""The schema revision of a database, and the newest one that this release knows.

A start compares the two first. Alembic and SQLAlchemy take longer to import than the rest of a start, so
`service.postgres.migration` is imported only if the revisions differ.
"""

from pathlib import Path
from typing import NamedTuple

import asyncpg

from service.postgres.failures import AWAY, unavailable

_PACKAGED = Path(__file__).parent.parent / "_migrations"
_CHECKOUT = Path(__file__).parent.parent.parent / "migrations"
MIGRATIONS = _PACKAGED if _PACKAGED.exists() else _CHECKOUT

# by JSON, since the column is absent before its migration
_STATE = (
    "select version_num, h.position, to_jsonb(h) ->> 'mirror_of' is not null from alembic_version, log_head h"
)


class State(NamedTuple):
    """The schema revision and log position of a database."""

    revision: str | None = None  # None: not migrated, or we may not read it
    position: int = 0  # the log's last; 0: empty log
    is_mirror: bool = False

    @property
    def is_current(self) -> bool:
        """Whether the database has the newest revision of this release."""
        return self.revision == head()


def head() -> str:
    """The newest revision of this release: the largest number at the start of a migration's file name."""
    names = (MIGRATIONS / "versions").glob("[0-9]*_*.py")
    return max(file.name.partition("_")[0] for file in names)


async def state(dsn: str) -> State:
    """The revision and log position of a database. Raises Unavailable if it is away."""
    try:
        connection = await asyncpg.connect(dsn)
        try:
            row = await connection.fetchrow(_STATE)
        except (asyncpg.UndefinedTableError, asyncpg.InsufficientPrivilegeError):
            return State()
        finally:
            await connection.close()
    except AWAY as error:
        raise unavailable(error) from error
    return State() if row is None else State(*row)
