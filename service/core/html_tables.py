"""The tables of an HTML page, by the places of their cells in the text that was extracted from the page.

Selectors count in the extracted text, so that text never changes. The structure is read again from the archived page:
its words are followed through the text in order, and each cell gets the place of its words. A table whose words do not
all stand in its cells is left out, and is shown as text.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice, takewhile
from typing import Final, NamedTuple, Protocol, cast

_LONGEST: Final = 10_000_000  # code points of HTML; in longer pages no table is looked for
# rows and cells of a page, of which nothing is read after so many; an annual report has some 8,000
_CELLS: Final = 60_000
_SPANNED: Final = 1_000_000  # columns that the cells of one table span, all together
_SLOTS: Final = 50_000  # columns times rows that are shown, of all tables of one answer
_COLUMNS: Final = 1000  # that a cell may span, as in HTML's standard

_count = re.compile(r"\s*\+?(\d{1,6})")
_space = re.compile(r"\s+")
_between = re.compile(r"[ \n]*")  # what is between the words of two elements in extracted text


class Cell(NamedTuple):
    """A cell as it is shown. Empty if `start` equals `end`."""

    start: int
    end: int
    columns: int
    rows: int
    is_head: bool


EMPTY: Final = Cell(0, 0, 1, 1, False)


class Table(NamedTuple):
    """A table, or the rows of it that are in the asked part of the text. Cells in order of the text."""

    start: int
    end: int
    caption: tuple[int, int] | None
    rows: list[list[Cell]]


class _Element(Protocol):
    """What is used of an element of lxml, which is untyped."""

    tag: str
    text: str | None
    tail: str | None

    def get(self, name: str) -> str | None:
        """An attribute."""
        ...


@dataclass(eq=False)
class _Place:
    """A cell or a caption of the page."""

    columns: int = 1
    rows: int = 1  # 0: to the end of the table
    is_head: bool = False
    start: int = 0
    end: int = 0

    def add(self, start: int, end: int) -> None:
        self.start, self.end = (start if self.is_empty else self.start), end

    def meets(self, first: int, last: int) -> bool:
        return self.start < last and self.end > first and not self.is_empty

    @property
    def is_empty(self) -> bool:
        return self.start == self.end


@dataclass
class _Open:
    """A table of the page whose end was not reached yet."""

    rows: list[list[_Place]] = field(default_factory=list[list[_Place]])
    caption: _Place | None = None
    inside: _Place | None = None  # the cell or caption that is open
    row_is_open: bool = False
    is_left_out: bool = False

    def begin(self, element: _Element) -> None:
        """A part of the table begins."""
        tag = element.tag
        if self.inside is not None or (tag == "tr" and self.row_is_open):
            self.is_left_out = True
        elif tag == "tr":
            self.rows.append([])
            self.row_is_open = True
        elif tag == "caption":
            self.is_left_out |= self.caption is not None or bool(self.rows)
            self.caption = self.inside = _Place()
        elif self.row_is_open:
            columns = _number(element, "colspan") or 1
            self.inside = _Place(columns, _number(element, "rowspan"), tag == "th")
            self.rows[-1].append(self.inside)
        else:
            self.is_left_out = True

    def finish(self, tag: str) -> None:
        """A part of the table ends."""
        if tag == "tr":
            self.row_is_open = False
        else:
            self.inside = None

    def add(self, start: int, end: int) -> None:
        """Words of the table have this place."""
        if self.inside is None:
            self.is_left_out = True
        else:
            self.inside.add(start, end)

    @property
    def is_shown(self) -> bool:
        """Whether it has rows and columns: a table with one of them only arranges a text."""
        filled = [sum(not cell.is_empty for cell in row) for row in self.rows]
        return not self.is_left_out and sum(map(bool, filled)) > 1 and max(filled) > 1


_PARTS: Final = frozenset({"tr", "td", "th", "caption"})
_ARRANGING: Final = frozenset({"presentation", "none"})


def tables(page: str, text: str, first: int, last: int) -> list[Table]:
    """The tables of a page with words in `text[first:last]`, where `text` was extracted from the page.

    Of tables within tables the innermost ones are found. There is none if the page's words are not those of the text.
    """
    if first >= last or len(page) > _LONGEST:
        return []
    found: list[Table] = []
    slots = _SLOTS
    for table in _closed(page, text, last):
        if table is None:
            return []
        if not table.is_shown or not any(cell.meets(first, last) for row in table.rows for cell in row):
            continue
        laid = _shown(table, first, last, slots)
        if laid is not None:
            slots -= laid.slots
            found.append(laid.table)
    return found


class WholeTable(NamedTuple):
    """A table, and where in the text the one before it ends (0: there is none)."""

    table: Table
    before: int


class PageTables:
    """All tables of a page, found once. One is laid out when it is asked for, whole."""

    def __init__(self, page: str, text: str) -> None:
        """Of a page from which `text` was extracted; none if its words are not those of the text."""
        self._found: list[tuple[int, int, _Open]] = []  # with the places of their first and last words
        if not page or len(page) > _LONGEST:
            return
        for table in _closed(page, text, len(text)):
            if table is None:
                self._found.clear()
                return
            if table.is_shown:
                places = [(cell.start, cell.end) for row in table.rows for cell in row if not cell.is_empty]
                self._found.append((min(places)[0], max(end for _, end in places), table))

    def around(self, first: int, last: int) -> list[WholeTable]:
        """The tables with words in a part of the text."""
        found: list[WholeTable] = []
        before = 0
        for start, end, table in self._found:
            if start < last and end > first and (laid := _shown(table, start, end, _SLOTS)) is not None:
                found.append(WholeTable(laid.table, before))
            before = max(before, end)
        return found


class _Shown(NamedTuple):
    table: Table
    slots: int  # columns times rows


def _shown(table: _Open, first: int, last: int, most: int) -> _Shown | None:
    """The rows of a table with words in a part of the text; None if they have more slots than `most`."""
    grid = _grid(table.rows, first, last, most)
    if grid is None:
        return None
    rows = _laid(grid, first, last)
    places = [(cell.start, cell.end) for row in rows for cell in row if cell.start < cell.end]
    caption = None
    if table.caption is not None and table.caption.meets(first, last):
        caption = _cut(table.caption, first, last)
        places.append(caption)
    return _Shown(Table(min(places)[0], max(places)[1], caption, rows), len(grid.rows) * len(grid.columns))


def _closed(page: str, text: str, last: int) -> Iterator[_Open | None]:
    """The innermost tables, in order, until one is after `last`; None if words of the page are not in the text."""
    open_tables: list[_Open] = []
    cells = place = 0
    for event, element in _walked(page):
        tag = element.tag
        if event == "start":
            words = element.text
            cells += tag in _PARTS
            if cells > _CELLS or (tag == "table" and place >= last and not open_tables):
                return
            if tag == "table":
                for outer in open_tables[-1:]:
                    outer.is_left_out = True
                arranges = (element.get("role") or "").strip().lower() in _ARRANGING
                open_tables.append(_Open(is_left_out=arranges))
            elif tag in _PARTS and open_tables:
                open_tables[-1].begin(element)
        else:
            words = element.tail
            if tag == "table":
                yield open_tables.pop()
            elif tag in _PARTS and open_tables:
                open_tables[-1].finish(tag)
        if words and (words := _space.sub(" ", words.strip())):
            place = _end_of_space(text, place)
            if not text.startswith(words, place):
                yield None
                return
            if open_tables:
                open_tables[-1].add(place, place + len(words))
            place += len(words)


def _walked(page: str) -> Iterable[tuple[str, _Element]]:
    """The elements of a page as the extractor of texts walks through them."""
    # imported here: the parser is large, and most processes never read a page
    import html_text
    from lxml.etree import LxmlError, iterwalk  # pyright: ignore[reportUnknownVariableType]

    # lxml has no types
    parsed = cast("Callable[[str], object]", html_text.parse_html)  # pyright: ignore[reportUnknownMemberType]
    cleaned = cast("Callable[[object], object]", html_text.cleaner.clean_html)  # pyright: ignore[reportUnknownMemberType]
    walked = cast("Callable[..., Iterable[tuple[str, _Element]]]", iterwalk)
    try:
        tree = parsed(page)
        with suppress(AssertionError):  # the extractor then takes the page as it is
            tree = cleaned(tree)
        return walked(tree, events=("start", "end"))
    except (cast("type[Exception]", LxmlError), ValueError, RecursionError):
        return ()


def _end_of_space(text: str, place: int) -> int:
    found = _between.match(text, place)
    return place if found is None else found.end()


def _number(element: _Element, name: str) -> int:
    found = _count.match(element.get(name) or "1")
    return 1 if found is None else min(int(found[1]), _COLUMNS)


def _cut(place: _Place, first: int, last: int) -> tuple[int, int]:
    return (max(place.start, first), min(place.end, last)) if place.meets(first, last) else (0, 0)


class _Slot(NamedTuple):
    """What stands in a column from a row on."""

    cell: _Place
    until: int  # the row after its last


class _Grid(NamedTuple):
    """The slots of the rows that have words in a part of the text."""

    rows: list[dict[int, _Place]]  # for each row the cell of each column
    columns: list[int]  # in which words begin


def _grid(rows: Sequence[Sequence[_Place]], first: int, last: int, most: int) -> _Grid | None:
    """The slots of a part of a table; None if they are more."""
    columns: dict[int, _Slot] = {}
    shown: list[dict[int, _Place]] = []
    begins: set[int] = set()
    spanned = 0
    for number, row in enumerate(rows):
        is_shown = any(cell.meets(first, last) for cell in row)
        column = 0
        for cell in row:
            while column in columns and columns[column].until > number:
                column += 1
            if is_shown and not cell.is_empty:
                begins.add(column)
            until = number + cell.rows if cell.rows else len(rows)
            for at in range(column, column + cell.columns):
                if at in columns and columns[at].until > number:
                    break
                columns[at] = _Slot(cell, until)
            spanned += cell.columns
        if is_shown:
            shown.append({at: slot.cell for at, slot in columns.items() if slot.until > number})
            spanned += len(columns)
        if spanned > _SPANNED or len(shown) * len(begins) > most:
            return None
    return _Grid(shown, sorted(begins))


def _laid(grid: _Grid, first: int, last: int) -> list[list[Cell]]:
    """The rows of a grid. Cells that span rows or columns which are left out become as much smaller."""
    done: set[_Place] = set()
    laid: list[list[Cell]] = []
    for number, row in enumerate(grid.rows):
        found: list[Cell] = []
        for index, column in enumerate(grid.columns):
            cell = row.get(column)
            if cell is None:
                found.append(EMPTY)
            elif cell not in done:
                done.add(cell)
                wide = _run(row.get(other) is cell for other in islice(grid.columns, index, None))
                high = _run(other.get(column) is cell for other in islice(grid.rows, number, None))
                start, end = _cut(cell, first, last)
                found.append(Cell(start, end, wide, high, cell.is_head and start < end))
        while found and found[-1].start == found[-1].end and found[-1].rows == 1:
            found.pop()
        laid.append(found)
    return laid


def _run(flags: Iterable[bool]) -> int:
    """How many are true before one is not."""
    return sum(1 for _ in takewhile(bool, flags))
