"""Puts the pieces of a text into the cells of its tables: each piece once, in the order of the text."""

import re
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from service.core.html_tables import Cell, Table
from service.pages.passages import Mark, Piece, pieces

# what stands in a column of numbers, at its right side
_NUMERIC = re.compile(r"[\d\s.,()%+$€£¥~*\u2010-\u2015\u2212/-]+")


@dataclass
class ShownCell:
    """A cell with its pieces. `before` is the white space between it and the words before it, where no mark is shown."""

    cell: Cell
    before: str
    places: list[int]  # where passages begin in that white space
    pieces: list[Piece]

    @property
    def is_number(self) -> bool:
        """Whether it holds a number or a sign of one."""
        return _NUMERIC.fullmatch("".join(piece.text for piece in self.pieces)) is not None


@dataclass
class ShownTable:
    """A table with its pieces."""

    label: str
    caption: ShownCell | None
    rows: list[list[ShownCell]]


@dataclass
class Block:
    """A part of a text: a table, or what stands between tables. `places` are those of `ShownCell`."""

    places: list[int] = field(default_factory=list[int])
    pieces: list[Piece] = field(default_factory=list[Piece])
    table: ShownTable | None = None


def blocks(text: str, marks: Iterable[Mark], tables: Sequence[Table], first: int, last: int) -> list[Block]:
    """The tables in `text[first:last]` and the texts between them."""
    cuts: list[int] = []
    for table in tables:
        for start, end in _filled(table):
            cuts += [start, end]
    left = deque(pieces(text, marks, first, last, cuts) if first < last else [])
    found: list[Block] = []
    for number, table in enumerate(tables, 1):
        found.append(Block(pieces=_until(left, table.start)))
        caption = None
        label = f"Table {number}"
        if table.caption is not None:
            start, end = table.caption
            caption = _shown(Cell(start, end, 1, 1, False), left)
            label += f": {' '.join(text[start:end].split())[:100]}"
        rows = [[_shown(cell, left) for cell in row] for row in table.rows]
        found.append(Block(table=ShownTable(label, caption, rows)))
    return [*found, Block(pieces=list(left))]


def _filled(table: Table) -> Iterable[tuple[int, int]]:
    if table.caption is not None:
        yield table.caption
    for row in table.rows:
        for cell in row:
            if cell.start < cell.end:
                yield cell.start, cell.end


def _shown(cell: Cell, left: deque[Piece]) -> ShownCell:
    """A cell with its pieces, which are taken from those that are left."""
    if cell.start == cell.end:
        return ShownCell(cell, "", [], [])
    space = _until(left, cell.start)
    places = [piece.start for piece in space if piece.begins]
    return ShownCell(cell, "".join(piece.text for piece in space), places, _until(left, cell.end))


def _until(left: deque[Piece], end: int) -> list[Piece]:
    """The pieces before a place, which are taken away."""
    found: list[Piece] = []
    while left and left[0].start < end:
        found.append(left.popleft())
    return found
