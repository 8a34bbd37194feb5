"""Former names of filers, extracted from the submissions imported so far."""

import gzip
import json
from datetime import date
from typing import Any, cast

import asyncpg
from alembic import op
from sqlalchemy.util import await_only

from service.postgres.migration import down, up

revision = "0009"
down_revision = "0008"

_BATCH = 100  # documents, some of which have megabytes
_DOCUMENTS = """
    select d.path, d.position, p.content, p.coding
    from edgar_documents d join snapshots p using (source)
    where (d.path, d.position) > ($1, $2) and d.path like '/submissions/%' and d.company is not null
    order by d.path, d.position limit $3
"""
_TOLD = "update edgar_documents set former_names = $3 where path = $1 and position = $2"


def upgrade() -> None:
    up(__file__)
    driver = op.get_bind().connection.driver_connection
    await_only(_read(cast("asyncpg.Connection[asyncpg.Record]", driver)))


async def _read(driver: "asyncpg.Connection[asyncpg.Record]") -> None:
    path, position = "", 0
    while rows := await driver.fetch(_DOCUMENTS, path, position, _BATCH):
        told = [(row["path"], row["position"], _former(row)) for row in rows]
        await driver.executemany(_TOLD, told)
        path, position, _ = told[-1]


def _former(row: asyncpg.Record) -> str:
    content: bytes = row["content"]
    document: dict[str, Any] = json.loads(gzip.decompress(content) if row["coding"] == "gzip" else content)
    spans = [
        [one["name"], _day(one.get("from")), _day(one.get("to"))] for one in document.get("formerNames", ())
    ]
    return json.dumps(spans)


def _day(instant: str | None) -> str | None:
    try:
        return None if instant is None else date.fromisoformat(instant[:10]).isoformat()
    except ValueError:
        return None


def downgrade() -> None:
    down(__file__)
