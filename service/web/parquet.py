"""Tables as Parquet, with types: numbers are exact decimals, days and instants are no text.

pyarrow comes with the extra `companyfacts[parquet]` and is imported when the first table is written.
"""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec
from typing import Literal, NamedTuple, Protocol, cast

import msgspec

from service.core.differences import Json
from service.web.problems import NotInstalled

# what a column holds; a value of any other type is `text`, and JSON if it is nested
Sort = Literal["text", "decimal", "date", "instant", "whole", "truth"]
Row = Sequence[Json]

# every decimal column has this type, so that the pages of a list fit together: 26 digits before the point, 12 after it
_DIGITS, _SCALE = 38, 12
_GROUP_ROWS, _GROUP_BYTES = 10_000, 4 * 2**20  # a row group of a stream ends after either


class Field(NamedTuple):
    """A column of a table."""

    name: str
    sort: Sort


def is_installed() -> bool:
    """Whether the extra is installed."""
    return find_spec("pyarrow") is not None


def missing() -> NotInstalled:
    """The refusal without the extra."""
    return NotInstalled(
        "this service was installed without Parquet; its operator adds it with pip install 'companyfacts[parquet]'"
    )


def release() -> bytes:
    """The release of pyarrow: another one may write the same table with other bytes."""
    return version("pyarrow").encode()


async def written(fields: Sequence[Field], rows: Sequence[Row]) -> bytes:
    """A table as a Parquet file of one row group."""
    return await asyncio.to_thread(_whole, fields, rows)


async def streamed(
    fields: Sequence[Field],
    parts: AsyncIterator[Sequence[Row]],
    *,
    group_rows: int = _GROUP_ROWS,
    group_bytes: int = _GROUP_BYTES,
) -> AsyncGenerator[bytes, None]:
    """A table as a Parquet file, a row group at a time: no more than a group and a part are in memory.

    No column may be `decimal`: whether each number fits would be known only at the end.
    """
    file = await asyncio.to_thread(_File, [_type(_arrow(), field.sort) for field in fields], fields)
    waiting: list[Row] = []
    size = 0
    async for rows in parts:
        waiting += rows
        size += sum(len(cell) for row in rows for cell in row if isinstance(cell, str))
        if len(waiting) >= group_rows or size >= group_bytes:
            yield await asyncio.to_thread(file.group, waiting)
            waiting, size = [], 0
    if waiting:
        yield await asyncio.to_thread(file.group, waiting)
    yield file.end()


# -- the parts of pyarrow that are used, which has no types of its own -------------------------------


class _Type(Protocol):
    pass


class _Column(Protocol):
    @property
    def type(self) -> _Type: ...


class _Table(Protocol):
    @property
    def num_rows(self) -> int: ...


class _Tables(Protocol):
    def from_arrays(self, arrays: Sequence[_Column], schema: object) -> _Table: ...


class _Arrow(Protocol):
    ArrowInvalid: type[Exception]

    @property
    def Table(self) -> _Tables: ...  # noqa: N802 -- its name
    def array(self, obj: Sequence[object], type: _Type) -> _Column: ...  # noqa: A002 -- its name
    def schema(self, fields: Sequence[tuple[str, _Type]]) -> object: ...
    def decimal128(self, precision: int, scale: int) -> _Type: ...
    def timestamp(self, unit: str, tz: str) -> _Type: ...
    def date32(self) -> _Type: ...
    def int64(self) -> _Type: ...
    def bool_(self) -> _Type: ...
    def string(self) -> _Type: ...


class _Writer(Protocol):
    def write_table(self, table: _Table, row_group_size: int) -> None: ...
    def close(self) -> None: ...


class _Writers(Protocol):
    def ParquetWriter(self, where: object, schema: object, *, compression: str) -> _Writer: ...  # noqa: N802 -- its name


def _arrow() -> _Arrow:
    return cast("_Arrow", import_module("pyarrow"))


# -- writing -----------------------------------------------------------------------------------------


class _Sink:
    """A file that is only appended to; what was written is taken out in between."""

    closed = False

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._size = 0

    def write(self, part: bytes) -> int:
        self._parts.append(bytes(part))
        self._size += len(part)
        return len(part)

    def tell(self) -> int:
        return self._size

    def flush(self) -> None:
        pass

    def close(self) -> None:
        pass

    def taken(self) -> bytes:
        """What was written since it was last asked."""
        taken, self._parts = b"".join(self._parts), []
        return taken


class _File:
    """A Parquet file in the making."""

    def __init__(self, types: Sequence[_Type], fields: Sequence[Field]) -> None:
        self._arrow = _arrow()
        self._fields = fields
        self._schema = self._arrow.schema([(f.name, one) for f, one in zip(fields, types, strict=True)])
        self._sink = _Sink()
        writers = cast("_Writers", import_module("pyarrow.parquet"))
        self._writer = writers.ParquetWriter(self._sink, self._schema, compression="zstd")

    def group(self, rows: Sequence[Row]) -> bytes:
        """The bytes of the rows as a row group."""
        return self.group_of(_columns(self._arrow, self._fields, rows))

    def group_of(self, columns: Sequence[_Column]) -> bytes:
        """The bytes of the columns as a row group."""
        table = self._arrow.Table.from_arrays(columns, schema=self._schema)
        self._writer.write_table(table, row_group_size=max(table.num_rows, 1))
        return self._sink.taken()

    def end(self) -> bytes:
        """The bytes that end the file."""
        self._writer.close()
        return self._sink.taken()


def _whole(fields: Sequence[Field], rows: Sequence[Row]) -> bytes:
    columns = _columns(_arrow(), fields, rows)
    file = _File([column.type for column in columns], fields)
    return file.group_of(columns) + file.end()


def _columns(arrow: _Arrow, fields: Sequence[Field], rows: Sequence[Row]) -> list[_Column]:
    return [_column(arrow, field.sort, [row[at] for row in rows]) for at, field in enumerate(fields)]


def _column(arrow: _Arrow, sort: Sort, cells: Sequence[Json]) -> _Column:
    """The cells as a column. Where a number has more digits than a decimal holds, all of them stay text."""
    try:
        return arrow.array([_value(sort, cell) for cell in cells], type=_type(arrow, sort))
    except arrow.ArrowInvalid:
        if sort != "decimal":
            raise
        return arrow.array(cells, type=arrow.string())


def _type(arrow: _Arrow, sort: Sort) -> _Type:
    match sort:
        case "decimal":
            return arrow.decimal128(_DIGITS, _SCALE)
        case "date":
            return arrow.date32()
        case "instant":
            return arrow.timestamp("us", tz="UTC")
        case "whole":
            return arrow.int64()
        case "truth":
            return arrow.bool_()
        case "text":
            return arrow.string()


def _value(sort: Sort, cell: Json) -> object:
    if cell is None:
        return None
    if not isinstance(cell, str):
        return msgspec.json.encode(cell).decode() if sort == "text" else cell
    match sort:
        case "decimal":
            return Decimal(cell)
        case "date":
            return date.fromisoformat(cell)
        case "instant":
            return datetime.fromisoformat(cell)
        case _:
            return cell
