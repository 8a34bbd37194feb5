"""Who said what a version says, what of it was inferred, and its numbers beside the main one."""

from typing import cast

import asyncpg
from alembic import op
from asyncpg import Range
from sqlalchemy.util import await_only

from service.postgres.migration import down, up

revision = "0014"
down_revision = "0013"

BATCH = 5_000
_RECORDED = """
select v.company, v.fact, v.version, f.kind, v.value from versions v join facts f on f.company = v.company and f.id = v.fact
where v.content is not null and (v.company, v.fact, v.version) > ($1, $2, $3)
order by v.company, v.fact, v.version limit $4
"""


def upgrade() -> None:
    up(__file__)
    driver = op.get_bind().connection.driver_connection
    if not isinstance(driver, asyncpg.Connection):
        raise TypeError("migrations run through asyncpg")
    await_only(_fill(cast("asyncpg.Connection[asyncpg.Record]", driver)))


async def _fill(connection: "asyncpg.Connection[asyncpg.Record]") -> None:
    """Write the numbers of the versions that earlier releases recorded. Imported ones have only the main one."""
    # only here: every run of Alembic loads this file
    from service.core.kinds import decoded, other_numbers
    from service.core.quantities import Quantity, interval

    after: tuple[object, ...] = (-(2**63), "00000000-0000-0000-0000-000000000000", 0)
    while recorded := await connection.fetch(_RECORDED, *after, BATCH):
        rows: list[tuple[object, ...]] = []
        for company, fact, version, kind, value in recorded:
            for field, number, *_ in other_numbers(decoded(kind, value)):
                is_whole = isinstance(number, int)
                low, high, low_in, high_in = interval(
                    Quantity(unit="pure", value=str(number)) if is_whole else number
                )
                rows.append((
                    company, fact, version, field, field.partition("/")[0], None if is_whole else number.unit,
                    Range(low, high, lower_inc=low_in, upper_inc=high_in),
                ))  # fmt: skip
        if rows:
            await connection.copy_records_to_table(
                "version_numbers",
                records=rows,
                columns=["company", "fact", "version", "place", "field", "unit", "interval"],
            )
        after = tuple(recorded[-1])[:3]


def downgrade() -> None:
    down(__file__)
