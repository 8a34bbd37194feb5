"""Encodes rows in the binary format of COPY, for bulk writes.

<https://www.postgresql.org/docs/current/sql-copy.html>, "Binary Format"; each type is encoded as its
`…_recv` function reads it.
"""

from collections.abc import Iterable, Iterator
from struct import Struct
from typing import Final

HEADER: Final = b"PGCOPY\n\xff\r\n\0" + bytes(8)
TRAILER: Final = b"\xff\xff"
NULL: Final = b"\xff\xff\xff\xff"

_CHUNK: Final = 1 << 16
_LENGTH: Final = Struct(">i").pack
_SMALL: Final = Struct(">h").pack
_BIG: Final = Struct(">iq").pack
_GROUPS: Final = [Struct(f">hhHh{count}H").pack for count in range(20)]
_NEGATIVE: Final = 0x4000
_DATES: Final = Struct(">iBiiii").pack  # [first, last + 1)
_NUMBERS: Final = Struct(">iBi").pack  # [number, number]


def count(columns: int) -> bytes:
    """The start of a row: its number of columns."""
    return _SMALL(columns)


def cell(content: bytes) -> bytes:
    """A column with its binary content (text, bytea, or already encoded)."""
    return _LENGTH(len(content)) + content


def text(content: str | None) -> bytes:
    """A text, or null."""
    return NULL if content is None else cell(content.encode())


def boolean(content: bool) -> bytes:
    """A boolean."""
    return cell(b"\x01" if content else b"\x00")


def bigint(content: int) -> bytes:
    """A bigint."""
    return _BIG(8, content)


def jsonb(content: str) -> bytes:
    """A jsonb, given as JSON."""
    return cell(b"\x01" + content.encode())


def daterange(first: int, last: int) -> bytes:
    """A daterange; both days are included and counted from 2000-01-01."""
    return _DATES(17, 0x02, 4, first, 4, last + 1)


def numeric(number: str) -> bytes:
    """The binary content of a numeric, from a decimal without exponent."""
    negative = number[0] == "-"
    whole, _, fraction = (number[1:] if negative else number).partition(".")
    scale = len(fraction)
    weight = (len(whole) + 3) // 4 - 1
    digits = whole.zfill(4 * weight + 4)
    if scale:
        digits += fraction + "0" * (-scale % 4)
    groups = [int(digits[at : at + 4]) for at in range(0, len(digits), 4)]
    while groups and not groups[-1]:
        groups.pop()
    while groups and not groups[0]:
        del groups[0]
        weight -= 1
    if not groups:
        negative, weight = False, 0
    return _GROUPS[len(groups)](len(groups), weight, _NEGATIVE if negative else 0, scale, *groups)


def point(content: bytes) -> bytes:
    """A numrange that contains one number, given as `numeric` encodes it."""
    size = len(content)
    return b"".join((_NUMBERS(2 * size + 9, 0x06, size), content, _LENGTH(size), content))


def chunks(rows: Iterable[bytes]) -> Iterator[bytes]:
    """The stream for COPY: header, rows in chunks, trailer."""
    held, size = [HEADER], 0
    for row in rows:
        held.append(row)
        size += len(row)
        if size >= _CHUNK:
            yield b"".join(held)
            held, size = [], 0
    held.append(TRAILER)
    yield b"".join(held)
