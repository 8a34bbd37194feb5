"""Types that the driver would otherwise ask Postgres for on each new connection, with a slow statement.

These are arrays and ranges of Postgres itself, whose numbers (OIDs) are the same in every database.
"""

from typing import TYPE_CHECKING, Final, NamedTuple

import asyncpg

if TYPE_CHECKING:

    class _Connection(asyncpg.Connection[asyncpg.Record]):
        async def _introspect_types(self, typeoids: frozenset[int], timeout: float | None) -> object: ...  # noqa: ASYNC109
else:
    _Connection = asyncpg.Connection

_BASE, _PSEUDO, _RANGE = b"b", b"p", b"r"  # `typtype` of pg_type


class _Statement(NamedTuple):
    """As the driver's statement, of which it reads whether it has a name: a statement without one replaces the last."""

    name: str


def _described(
    oid: int, name: str, kind: bytes = _BASE, element: tuple[int, str] = (0, "-"), of: int | None = None
) -> dict[str, object]:
    """A row as the driver's own statement gives it."""
    return {
        "oid": oid, "ns": "pg_catalog", "name": name, "kind": kind, "basetype": None, "elemtype": element[0],
        "elemdelim": b"," if element[0] else None, "range_subtype": of, "attrtypoids": None, "attrnames": None, "depth": 0,
        "basetype_name": None, "elemtype_name": element[1], "range_subtype_name": None,
    }  # fmt: skip


KNOWN: Final = {
    **{
        oid: _described(oid, f"_{name}", _PSEUDO if name == "record" else _BASE, (element, name))
        for oid, element, name in (
            (1000, 16, "bool"), (1001, 17, "bytea"), (1005, 21, "int2"), (1007, 23, "int4"), (1016, 20, "int8"),
            (1021, 700, "float4"), (1022, 701, "float8"), (1182, 1082, "date"), (1185, 1184, "timestamptz"),
            (1231, 1700, "numeric"), (2287, 2249, "record"), (2951, 2950, "uuid"), (3807, 3802, "jsonb"),
        )
    },
    **{
        oid: _described(oid, name, _RANGE, of=of)
        for oid, of, name in ((3906, 1700, "numrange"), (3912, 1082, "daterange"))
    },
}  # fmt: skip


class Connection(_Connection):
    """A connection that knows these types. The driver's own way is taken for others."""

    async def _introspect_types(  # overrides the driver's, whose way is taken again if it ever has another name
        self,
        typeoids: frozenset[int],
        timeout: float | None,  # noqa: ASYNC109 -- the driver's
    ) -> object:
        if any(oid not in KNOWN for oid in typeoids):
            return await super()._introspect_types(typeoids, timeout)
        return [KNOWN[oid] for oid in typeoids], _Statement("of types")
