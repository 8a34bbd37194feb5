"""Rows in the binary form of COPY: Postgres reads what was written."""

import asyncio
from collections.abc import AsyncGenerator
from datetime import date, timedelta
from decimal import Decimal

import asyncpg
from hypothesis import given, settings
from hypothesis import strategies as st

from service.postgres import copying
from tests.clusters import Cluster
from tests.effort import examples

TABLE = (
    "create temporary table copied (number numeric, span numrange, days daterange, words text, yes boolean, big bigint,"
    " pairs jsonb)"
)
DECIMALS = st.from_regex(r"\A-?(0|[1-9][0-9]{0,29})(\.[0-9]{1,30})?\Z") | st.sampled_from(
    [
        "0",
        "-0",
        "0.0000",
        "10000",
        "9999",
        "0.0001",
        "100000000",
        "-0.00010000",
        "99990000.00009999",
        "1" + "0" * 29,
    ]
)
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)


async def copied(
    dsn: str, numbers: list[str], words: list[str | None], days: list[int]
) -> list[asyncpg.Record]:
    connection: asyncpg.Connection[asyncpg.Record] = await asyncpg.connect(dsn)
    try:
        await connection.execute(TABLE)
        rows = [
            b"".join(
                (
                    copying.count(7), copying.cell(copying.numeric(number)), copying.point(copying.numeric(number)),
                    copying.daterange(day, day + 1), copying.text(word), copying.boolean(word is None),
                    copying.bigint(-day), copying.jsonb('{"a": "b"}'),
                )
            )
            for number, word, day in zip(numbers, words, days, strict=True)
        ]  # fmt: skip

        async def source() -> AsyncGenerator[bytes, None]:
            for chunk in copying.chunks(rows):
                yield chunk

        await connection.copy_to_table("copied", source=source(), format="binary")
        return await connection.fetch("select *, number::text as spelled, pairs::text as told from copied")
    finally:
        await connection.close()


@settings(max_examples=examples(30), deadline=None)
@given(st.lists(st.tuples(DECIMALS, st.none() | TEXTS, st.integers(-300_000, 900_000)), max_size=30))
def test_what_is_written_is_what_is_read(cluster: Cluster, rows: list[tuple[str, str | None, int]]) -> None:
    numbers, words, days = ([row[n] for row in rows] for n in range(3))
    found = asyncio.run(copied(cluster.dsn, numbers, words, days))  # pyright: ignore[reportArgumentType]: a column each
    for (number, word, day), row in zip(rows, found, strict=True):
        assert row["number"] == Decimal(number)
        # as many digits behind the point as were written, which is how an answer spells it
        assert row["spelled"].lstrip("-") == number.lstrip("-")
        assert (row["span"].lower, row["span"].upper) == (Decimal(number), Decimal(number))
        assert (row["span"].lower_inc, row["span"].upper_inc) == (True, True)
        first = date(2000, 1, 1) + timedelta(days=day)
        assert (row["days"].lower, row["days"].upper) == (first, first + timedelta(days=2))
        assert (row["words"], row["yes"], row["big"], row["told"]) == (word, word is None, -day, '{"a": "b"}')


def test_more_than_a_chunk_is_written_whole(cluster: Cluster) -> None:
    count = 20_000
    found = asyncio.run(copied(cluster.dsn, ["1.50"] * count, ["word"] * count, list(range(count))))
    assert [row["big"] for row in found] == [-n for n in range(count)]
