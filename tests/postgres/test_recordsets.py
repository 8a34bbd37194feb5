"""Rows as one JSON argument: Postgres reads what was sent."""

import asyncio
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

import asyncpg
from asyncpg import Range
from hypothesis import given, settings
from hypothesis import strategies as st

from service.postgres.recordsets import arguments, definition, places, recordset, selection
from tests.clusters import TEMPLATE, Cluster
from tests.effort import examples

COLUMNS = (
    ("big", "bigint"), ("id", "uuid"), ("words", "text"), ("pairs", "jsonb"), ("yes", "boolean"), ("day", "date"),
    ("content", "bytea"), ("span", "numrange"), ("days", "daterange"),
)  # fmt: skip
NAMES = [name for name, _ in COLUMNS]
NUMBERS = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12)
DAYS = st.dates(date(1000, 1, 1), date(9998, 12, 31))


@st.composite
def ranges(draw: st.DrawFn) -> "Range[Decimal]":
    low, high = sorted(draw(st.tuples(NUMBERS, NUMBERS)))
    ends = draw(st.sampled_from([(low, high), (low, None), (None, high), (None, None), (low, low)]))
    closed = ends[0] == ends[1]
    return Range(*ends, lower_inc=ends[0] is not None, upper_inc=closed and ends[1] is not None)


ROWS = st.lists(
    st.tuples(
        st.integers(-(2**63), 2**63 - 1),
        st.uuids(),
        st.none() | st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20),
        st.none() | st.just('{"a": "b"}'),
        st.none() | st.booleans(),
        st.none() | DAYS,
        st.none() | st.binary(max_size=40),
        st.none() | ranges(),
        st.none() | DAYS.map(lambda day: Range(day, date(9999, 1, 1))),
    ),
    max_size=4,
)


async def read(connection: "asyncpg.Connection[asyncpg.Record]", told: str) -> list[tuple[object, ...]]:
    text = f"select {selection(COLUMNS)} from json_to_recordset($1::json) as new ({definition(COLUMNS)})"
    return [tuple(row) for row in await connection.fetch(text, told)]


def test_postgres_reads_what_was_sent(cluster: Cluster) -> None:
    with asyncio.Runner() as runner:
        connection: asyncpg.Connection[asyncpg.Record] = runner.run(asyncpg.connect(cluster.named(TEMPLATE)))

        @settings(max_examples=examples(100))
        @given(rows=ROWS)
        def check(rows: Sequence[tuple[object, ...]]) -> None:
            held = runner.run(read(connection, recordset(NAMES, rows)))
            assert [tuple(UUID(int=c.int) if isinstance(c, UUID) else c for c in row) for row in held] == rows

        try:
            check()
        finally:
            runner.run(connection.close())


def test_a_single_row_is_read_as_it_was_sent(cluster: Cluster) -> None:
    row: list[object] = [
        2**62, UUID(int=7), "ünder", '{"a": "b"}', True, date(2025, 1, 31), b"\0\xff",
        Range(Decimal("-1.50"), None), Range(date(2025, 1, 1), date(9999, 1, 1)), "3 2",
    ]  # fmt: skip
    columns = (*COLUMNS, ("keys", "bigint[]"))
    text = f"select {places(columns, 1)}"

    async def ask(values: list[object]) -> list[object]:
        connection: asyncpg.Connection[asyncpg.Record] = await asyncpg.connect(cluster.named(TEMPLATE))
        try:
            return list(await connection.fetchrow(text, *arguments(columns, values)) or ())
        finally:
            await connection.close()

    nothing: list[object] = [None] * len(row)
    assert asyncio.run(ask(row)) == [*row[:-1], [3, 2]]
    assert asyncio.run(ask(nothing)) == nothing


def test_an_empty_range_is_sent_as_empty(cluster: Cluster) -> None:
    async def ask() -> object:
        connection: asyncpg.Connection[asyncpg.Record] = await asyncpg.connect(cluster.named(TEMPLATE))
        try:
            span: Range[Decimal] = Range(empty=True)
            told = recordset(("span",), [(span,)])
            return await connection.fetchval(
                "select isempty(span) from json_to_recordset($1::json) as new (span numrange)", told
            )
        finally:
            await connection.close()

    assert asyncio.run(ask()) is True
