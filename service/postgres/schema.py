"""Which revision of the schema a database has, and which this release brings.

A start asks this first: Alembic and SQLAlchemy, which take longer to import than all the rest of a start, are needed
only where the two differ (`service.postgres.migration`).
"""

from pathlib import Path
from typing import NamedTuple

import asyncpg

from service.core.errors import Unavailable
from service.postgres.database import AWAY

_PACKAGED = Path(__file__).parent.parent / "_migrations"
_CHECKOUT = Path(__file__).parent.parent.parent / "migrations"
MIGRATIONS = _PACKAGED if _PACKAGED.exists() else _CHECKOUT

_STATE = "select version_num, (select position from log_head) from alembic_version"


class State(NamedTuple):
    """What stands in a database, as far as a start has to know."""

    revision: str | None = None  # None: not migrated, or not ours to read
    position: int = 0  # the last of the log; 0: nothing is recorded

    @property
    def is_current(self) -> bool:
        """Whether the schema is what this release brings."""
        return self.revision == head()


def head() -> str:
    """The newest revision this release knows: the number before the name of a migration's file."""
    names = (MIGRATIONS / "versions").glob("[0-9]*_*.py")
    return max(file.name.partition("_")[0] for file in names)


async def state(dsn: str) -> State:
    """The revision of a database and where its log stands. Raises Unavailable where it is away."""
    try:
        connection = await asyncpg.connect(dsn)
        try:
            row = await connection.fetchrow(_STATE)
        except (asyncpg.UndefinedTableError, asyncpg.InsufficientPrivilegeError):
            return State()
        finally:
            await connection.close()
    except AWAY as error:
        raise Unavailable("the database cannot be migrated now") from error
    return State() if row is None else State(*row)
