"""Rows as arguments of a statement: as JSON for `json_to_recordset`, as an array for each column, or one row as single values.

The driver encodes an array for each column in some microseconds, and looks at each value to tell whether it is an array
itself, so that a row of thirty columns takes longer to send than to insert. A single row is sent and read fastest as single
values.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, cast

import msgspec
from asyncpg import Range


def recordset(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Rows as JSON: an object for each. Binary content becomes base64, ranges Postgres' text of them."""
    return _encoder.encode([dict(zip(columns, row, strict=True)) for row in rows]).decode()


def _text_of(value: object) -> str:
    if isinstance(value, Range):
        return range_text(cast("Range[Any]", value))
    raise TypeError(f"no JSON for {type(value).__name__}")


_encoder = msgspec.json.Encoder(enc_hook=_text_of)


def range_text(value: "Range[Any]") -> str:
    """A range as Postgres reads it."""
    if value.isempty:
        return "empty"
    low = "" if value.lower is None else value.lower
    high = "" if value.upper is None else value.upper
    return f"{'[' if value.lower_inc else '('}{low},{high}{']' if value.upper_inc else ')'}"


def arrays(rows: Iterable[Sequence[object]], width: int) -> list[list[object]]:
    """Rows as an array for each of `width` columns, for `unnest`."""
    columns: list[list[object]] = [list[object]() for _ in range(width)]
    for row in rows:
        for column, cell in zip(columns, row, strict=True):
            column.append(cell)
    return columns


def definition(columns: Iterable[tuple[str, str]]) -> str:
    """The column definitions of a recordset, given (column, Postgres type)."""
    return ", ".join(f'"{name}" {_SENT.get(sort, sort)}' for name, sort in columns)


def selection(columns: Iterable[tuple[str, str]]) -> str:
    """The columns of a recordset in their own types."""
    return ", ".join(_READ.get(sort, "{}").format(f'"{name}"') for name, sort in columns)


def places(columns: Iterable[tuple[str, str]], first: int) -> str:
    """The columns of a single row that is sent as the arguments from $`first` on (`arguments`), in their own types."""
    return ", ".join(
        _TOLD.get(sort, f"{{}}::{sort}").format(f"${number}")
        for number, (_, sort) in enumerate(columns, first)
    )


def arguments(columns: tuple[tuple[str, str], ...], row: Sequence[object]) -> list[object]:
    """The arguments of a single row of these columns."""
    told = list(row)
    for place in _ranges(columns):
        if told[place] is not None:
            told[place] = _text_of(told[place])
    return told


@cache
def _ranges(columns: tuple[tuple[str, str], ...]) -> list[int]:
    return [place for place, (_, sort) in enumerate(columns) if sort in _RANGES]


_RANGES = ("daterange", "numrange")
# types that are sent as text in JSON, and how that is read; numbers of an array are separated by spaces
_READ = {
    "bytea": "decode({}, 'base64')",
    "jsonb": "{}::jsonb",
    "bigint[]": "string_to_array({}, ' ')::bigint[]",
}
# types of which a single value is sent as text, and how that is read
_TOLD = {
    "bigint[]": "string_to_array({}::text, ' ')::bigint[]",
    **{sort: f"{{}}::text::{sort}" for sort in _RANGES},
}
_SENT = dict.fromkeys(_READ, "text")
