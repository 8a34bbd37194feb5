"""The cells of a table by row and column, its rows by what they are, and what stands over and beside a number."""

import re
from collections.abc import Sequence
from enum import Enum
from typing import Final, NamedTuple

from service.core.html_tables import Table, WholeTable
from service.evidence.cells.figures import CellFigure, figures_of, is_mark, is_nothing, is_year
from service.evidence.reading import tables

_LINES_ABOVE: Final = 4
_TOTALS_LOOKED_AT: Final = 20  # sums between a section and a number
_FAR: Final = 500  # most rows between a number and the heads of its column
_ABOVE: Final = 700  # code points above a table in which its title stands
_TITLE: Final = 60  # most words of a line that is a title; longer ones are prose, unless they end in a colon


class GridCell(NamedTuple):
    """A cell with words."""

    column: int
    columns: int
    start: int  # in the text
    end: int
    text: str
    is_head: bool

    def covers(self, column: int) -> bool:
        """Whether it spans this column."""
        return self.column <= column < self.column + self.columns


class RowSort(Enum):
    """What a row is."""

    BLANK = 0
    HEAD = 1  # of columns
    SECTION = 2  # only a name, in the first column or over all
    BODY = 3


class TableRow(NamedTuple):
    """A row: its cells, its numbers, and what it is."""

    sort: RowSort
    cells: Sequence[GridCell]
    figures: Sequence[CellFigure]
    name: str  # the words before its first number
    words: frozenset[str]  # of the name, in lower case

    @property
    def start(self) -> int:
        """Where its first words stand."""
        return self.cells[0].start if self.cells else 0


class CellSurroundings(NamedTuple):
    """What stands beside and over a number."""

    name: str  # of its row
    behind: str  # words behind it in its row
    heads: Sequence[str]  # over its column, from above
    stubs: Sequence[str]  # in the heads' rows over the names of rows, and titles among them
    sections: Sequence[str]  # above its row, the nearest first, up to the heads
    head: int  # the first row of its heads; -1 if there is none


class Grid(NamedTuple):
    """A table of a page."""

    rows: Sequence[TableRow]
    title: str  # its caption and the lines directly above
    start: int
    end: int
    before: int  # where the table before it ends

    @classmethod
    def of(cls, whole: WholeTable, text: str) -> "Grid":
        """The grid of a table in its text."""
        table = whole.table
        placed = _placed(table, text)
        first = min((row[0].column for row in placed if row), default=0)
        caption = "" if table.caption is None else text[table.caption[0] : table.caption[1]]
        above = _above(text[max(whole.before, table.start - _ABOVE) : table.start])
        title = "\n".join(one for one in (above, caption) if one)
        return cls([_row(row, first) for row in placed], title, table.start, table.end, whole.before)

    def beside(self, at: int, figure: CellFigure) -> CellSurroundings:
        """What stands beside and over a number of a row."""
        row = self.rows[at]
        sections: list[str] = []
        totals: list[
            frozenset[str]
        ] = []  # the words of rows between a section and this row that sum the section up
        head = at - 1
        floor = max(0, at - _FAR)
        while head >= floor and self.rows[head].sort is not RowSort.HEAD:
            name = self.rows[head].name
            if self.rows[head].sort is RowSort.BODY:
                totals += [self.rows[head].words] * (name.split(" ", 1)[0].lower() in _TOTALS)
            elif name and not any(
                frozenset[str]() < self.rows[head].words <= total for total in totals[-_TOTALS_LOOKED_AT:]
            ):
                sections.append(name)
            head -= 1
        if head < floor:
            head = -1
        if sections and self._is_of_all(at, max(head, 0)):
            sections.clear()
        first = head
        while first > floor and self.rows[first - 1].sort is not RowSort.BODY:
            first -= 1
        heads: list[str] = []
        stubs: list[str] = []
        for other in self.rows[max(first, 0) : head + 1]:
            over = None if other.sort is RowSort.SECTION else _over(other, figure)
            if over is not None:
                heads.append(_line(over.text))
            stubs += [
                _line(one.text)
                for one in other.cells
                if one is not over and (one.column <= row.cells[0].column or other.sort is RowSort.SECTION)
            ]
        name = " ".join(
            _line(one.text)
            for one in row.cells
            if one.end <= figure.start and (not _is_number(one, row) or _is_unit(one, row))
        )
        behind = " ".join(
            _line(one.text) for one in row.cells if one.start >= figure.end and not _is_number(one, row)
        )
        return CellSurroundings(name, behind, heads, stubs, sections, first if head >= 0 else -1)

    def _is_of_all(self, at: int, head: int) -> bool:
        """Whether a row "Total net sales" sums up rows "Net sales" of several sections above."""
        name = self.rows[at].name.lower()
        lead, _, rest = name.partition(" ")
        if lead not in _TOTALS or not rest:
            return False
        alike = 0
        for row in self.rows[max(head, at - _FAR) : at]:
            alike += row.sort is RowSort.BODY and row.name.lower() == rest
        return alike > 1

    def sum_below(self, at: int) -> str:
        """The name of the row that sums up a row with those beside it; "" if there is none."""
        for row in self.rows[at + 1 : at + _TOTALS_LOOKED_AT]:
            if row.sort is not RowSort.BODY:
                return ""
            if row.name.split(" ", 1)[0].lower() in _TOTALS:
                return row.name
        return ""


_WORD: Final = re.compile(r"[^\W\d_]+")


# a section ends with its sum, as "Total current assets" of "Current assets:"
_TOTALS: Final = frozenset({"total", "summe", "gesamt", "totaux"})


def _is_number(cell: GridCell, row: TableRow) -> bool:
    return (
        is_mark(cell.text)
        or is_nothing(cell.text)
        or any(one.start <= cell.start and cell.end <= one.end for one in row.figures)
    )


def _is_unit(cell: GridCell, row: TableRow) -> bool:
    """Whether a "%" stands before the first number of a row, in a column of units."""
    return cell.text.strip() in {"%", "％"} and all(cell.end <= one.start for one in row.figures)


def _over(row: TableRow, figure: CellFigure) -> GridCell | None:
    """The cell of a row of heads that is over a number: over its digits, else the only one over its marks."""
    for cell in row.cells:
        if cell.covers(figure.column):
            return cell
    near = [one for one in row.cells if any(one.covers(at) for at in range(figure.first, figure.last))]
    return near[0] if len(near) == 1 else None


def _placed(table: Table, text: str) -> list[list[GridCell]]:
    """The cells with words of each row, by column; a cell that spans rows is in each of them."""
    open_cells: dict[int, tuple[int, GridCell | None]] = {}  # by column: the row after its last, the cell
    found: list[list[GridCell]] = []
    for number, row in enumerate(table.rows):
        column = 0
        for cell in row:
            while column in open_cells and open_cells[column][0] > number:
                column += 1
            words = text[cell.start : cell.end]
            made = (
                GridCell(column, cell.columns, cell.start, cell.end, words, cell.is_head)
                if words.strip()
                else None
            )
            for at in range(column, column + cell.columns):
                open_cells[at] = number + cell.rows, made
            column += cell.columns
        held = [open_cells[at][1] for at in sorted(open_cells) if open_cells[at][0] > number]
        found.append(list(dict.fromkeys(one for one in held if one is not None)))
    return found


def _row(cells: list[GridCell], first: int) -> TableRow:
    if not cells:
        return TableRow(RowSort.BLANK, (), (), "", frozenset())
    figures = figures_of([(one.column, one.columns, one.start, one.end, one.text) for one in cells], first)
    beside = [one for one in cells if one.column > first]
    named = " ".join(_line(one.text) for one in cells if one.column == first)
    sort = RowSort.HEAD
    if figures or any(is_nothing(one.text) for one in beside):
        sort = RowSort.BODY
    elif not beside and cells[0].column == first:
        sort = RowSort.SECTION
    elif any(_is_long(one.text) for one in beside) and not any(is_year(one.text) for one in beside):
        sort = RowSort.BODY  # of a table of texts
    return TableRow(sort, cells, figures, named, frozenset(one.lower() for one in _WORD.findall(named)))


_LONG: Final = 20  # words


def _is_long(text: str) -> bool:
    return len(text.split()) > _LONG


def _line(text: str) -> str:
    return " ".join(text.split())


_STOP: Final = re.compile(r"[.!?。]$")


def _above(text: str) -> str:
    """The lines at the end of a text that are titles of what is below it."""
    found: list[str] = []
    for line in reversed([one.strip() for one in text.split("\n")]):
        if not line:
            continue
        if len(found) == _LINES_ABOVE:
            break
        is_long = len(line.split()) > _TITLE or (tables.is_prose(line) and _STOP.search(line) is not None)
        if is_long and not line.endswith((":", "：")):
            break
        found.insert(0, line)
    return "\n".join(found)
