"""The lines of an export as rows of a table."""

from collections.abc import AsyncGenerator, AsyncIterator, Mapping, Sequence
from contextlib import aclosing
from typing import cast

import msgspec
from msgspec import Struct

from service.core.differences import Json
from service.mirror.lines import LogLine
from service.web import parquet, tables

COLUMNS = tables.columns(
    "position", "recorded_at", "entry", "id", "version",
    "company=fact.company|company.slug|document.company", "kind=fact.kind", "subject=fact.subject",
    "start=fact.period.start", "end=fact.period.end|fact.period.instant", "known_at=fact.known_at",
    "line",
)  # fmt: skip
# what a line says, by the member that it has; `fact` also has `evidence`
_ENTRIES = ("company", "concept", "source", "snapshot", "fact", "retraction", "evidence", "document")
_line = msgspec.json.Decoder(dict[str, object])


class _Log(Struct):
    items: list[LogLine]


_TABLE = tables.ListTable(COLUMNS, _Log)


async def as_parquet(lines: AsyncGenerator[bytes, None]) -> AsyncGenerator[bytes, None]:
    """The lines as a Parquet file, which is made while they are read."""
    async with aclosing(lines):
        async for part in parquet.streamed(_TABLE.fields, _rows(lines)):
            yield part


async def _rows(lines: AsyncIterator[bytes]) -> AsyncGenerator[Sequence[parquet.Row], None]:
    async for some in lines:
        yield [_row(line) for line in some.split(b"\n")[:-1]]


def _row(line: bytes) -> parquet.Row:
    said = cast("Mapping[str, Json]", _line.decode(line))
    entry = next(name for name in _ENTRIES if name in said)
    return _TABLE.row({**said, "entry": entry, "line": line.decode()})
