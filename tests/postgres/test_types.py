"""The types that connections know without asking. That none has to ask about others is checked by `tests/kept.py`."""

from typing import Any

import asyncpg

from service.postgres import types
from tests.clusters import Cluster, run


def test_they_are_as_postgres_has_them(cluster: Cluster) -> None:
    async def told() -> list[dict[str, Any]]:
        connection: Any = await asyncpg.connect(cluster.dsn)
        try:
            return [dict(row) for row in (await connection._introspect_types(types.KNOWN, None))[0]]
        finally:
            await connection.close()

    names = (
        "oid",
        "ns",
        "name",
        "kind",
        "basetype",
        "elemtype",
        "elemdelim",
        "range_subtype",
        "attrtypoids",
        "attrnames",
    )
    rows = {row["oid"]: row for row in run(told())}
    for oid, known in types.KNOWN.items():
        assert {name: rows[oid][name] for name in names} == {name: known[name] for name in names}
