"""Check numbers that are cited from the cells of a table."""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from service.core.citations import PeriodSaid
from service.core.html_tables import WholeTable
from service.core.passages import Passage
from service.core.sources import Snapshot, is_page
from service.evidence.about import About
from service.evidence.cells import columns
from service.evidence.cells.amounts import HEAD_ABOVE, FigureSpot, readings_of
from service.evidence.cells.figures import CellFigure, Style, style_of
from service.evidence.cells.grid import CellSurroundings, Grid
from service.evidence.cells.lines import table_around
from service.evidence.cells.owners import Owner
from service.evidence.cells.words import HeadWords, head_words
from service.evidence.owners.look import measured_in
from service.evidence.reading.languages import detecting
from service.evidence.reading.languages.table_words import TABLE_WORDS
from service.evidence.reading.readings import Reading

_LINE: Final = 600  # code points; a longer line is no row
_COMMA_LANGUAGES: Final = frozenset({"de", "fr", "es"})
_ENDS: Final = (".", "!", "?", "。")


class CellNumber(NamedTuple):
    """A number of a cell that lies in the quote, in one of the ways in which it may be meant."""

    reading: Reading  # with places in the quote
    grid: Grid
    row: int
    figure: CellFigure
    beside: CellSurroundings
    is_change: bool
    language: str  # of the table's words


class Cells(NamedTuple):
    """The numbers of cells in a quote."""

    numbers: Sequence[CellNumber]
    covered: Sequence[tuple[int, int]]  # stretches of the quote whose numbers are read here, or not at all
    about: About

    def is_covered(self, start: int, end: int) -> bool:
        """Whether a stretch of the quote has words of the cells that are read here."""
        return any(start < last and first < end for first, last in self.covered)

    def doubt(self, number: CellNumber, label: str) -> str | None:
        """Why the number of a cell is not that of the fact; None if it is. `label` has the words that name the number."""
        words = head_words(number.language)
        reading = number.reading
        owner = Owner(
            label,
            self.about,
            words,
            number.language,
            per_share=reading.per == "share",
            is_rate=reading.unit == "percent",
        )
        summed = number.grid.sum_below(number.row)
        reason = owner.doubt(number.beside, number.grid.title, summed, is_change=number.is_change)
        if reason is not None:
            return reason
        judged = self._judged(number, words)
        if judged is None or judged.is_own is True:
            return None
        return (
            "the period of its column cannot be told"
            if judged.is_own is None
            else "it stands in the column of another period"
        )

    def period_said(self, start: int | None) -> PeriodSaid | None:
        """What the table says of the fact's period for the number that begins there in the quote; None if nothing."""
        for number in self.numbers:
            if number.reading.start == start:
                judged = self._judged(number, head_words(number.language))
                if judged is None or judged.is_own is None or not judged.is_said:
                    return None
                return "stated" if judged.is_own else "other"
        return None

    def _judged(self, number: CellNumber, words: HeadWords) -> columns.Judged | None:
        if self.about.period is None:
            return None
        count = _columns(number.grid)
        return columns.judged(number.grid, number.beside, count, words, self.about.period, self.about.fiscal)


_NONE: Final = Cells((), (), About())


def of_quote(passage: Passage, archived: Snapshot | None, about: About, document: str, around: str) -> Cells:
    """The numbers of a quote that stand in the cells of a table: of an archived page, or one that is written in lines of text.

    `document` is the tag of the page's language, `around` the language of the text around the quote: for tables with few words.
    """
    if not _may_be_row(passage):
        return _NONE
    if archived is not None and is_page(archived.media_type):
        text, first = archived.text, passage.start
        last = first + len(passage.text)
        wholes = archived.tables.around(first, last)
    else:
        text, first = passage.preceding + passage.paragraph, len(passage.preceding) + passage.before
        last = first + len(passage.text)
        written = table_around(text, first, last)
        is_bare = written is None or (about.members and not _is_measured(text, written))
        wholes = [] if written is None or is_bare else [written]
    found: list[CellNumber] = []
    covered: list[tuple[int, int]] = []
    for whole in wholes:
        grid = Grid.of(whole, text)
        language = _language(grid, document, around)
        style = _style(grid, language)
        for at, row in enumerate(grid.rows):
            if not row.figures or row.cells[-1].end <= first or row.start >= last:
                continue
            for figure in row.figures:
                beside = grid.beside(at, figure)
                if not _is_trusted(grid, beside):
                    continue
                covered.append((figure.start - first, figure.end - first))
                if first <= figure.quoted and figure.quoted_end <= last:
                    is_change = head_words(language).change.search(" ".join(beside.heads)) is not None
                    spot = FigureSpot(grid, at, figure, beside, language)
                    found += [
                        CellNumber(one, grid, at, figure, beside, is_change, language)
                        for one in readings_of(spot, style, text, (first, last))
                    ]
    return Cells(found, covered, about)


def _is_measured(text: str, whole: WholeTable) -> bool:
    """Whether any words of a table, or above it, say what its numbers measure."""
    above = text[max(0, whole.table.start - HEAD_ABOVE) : whole.table.end]
    return bool(measured_in(above, per_share=False))


def _language(grid: Grid, document: str, around: str) -> str:
    """The language of a table's words, else of the page, else of the text around."""
    names = ". ".join(one for row in grid.rows for one in (row.name,) if one)
    declared = detecting.language_of_tag(document) if document else ""
    if declared in TABLE_WORDS and declared != "en":
        return declared  # pages declare English that are in another language, not the reverse
    own = detecting.language_of(names)
    return own if own in TABLE_WORDS else declared or around


def _may_be_row(passage: Passage) -> bool:
    """Whether a line of the quote may be a row of a table; other passages do not need the page's structure."""
    paragraph = passage.paragraph or passage.text
    start = paragraph.rfind("\n", 0, passage.before) + 1
    end = paragraph.find("\n", passage.before + len(passage.text))
    for line in paragraph[start : len(paragraph) if end < 0 else end].split("\n"):
        if len(line) <= _LINE and _DIGIT.search(line) and not line.rstrip().endswith(_ENDS):
            return True
    return False


_DIGIT: Final = re.compile("[0-9]")


def _columns(grid: Grid) -> int:
    """How many columns of numbers a table has."""
    return max((len(row.figures) for row in grid.rows), default=0)


def _is_trusted(grid: Grid, beside: CellSurroundings) -> bool:
    """Whether the structure tells what a number is of: a name beside it, and a head over it where there are several columns."""
    return bool(beside.name.strip()) and (bool(beside.heads) or (beside.head < 0 and _columns(grid) == 1))


def _style(grid: Grid, language: str) -> Style | None:
    """What separates decimals in a table, by its numbers, else by its language; None if that cannot be told."""
    shown: set[Style] = set()
    for row in grid.rows:
        for figure in row.figures:
            if (own := style_of(figure.digits)) is not None:
                shown.add(own)
    if len(shown) > 1:
        return None
    if shown:
        return shown.pop()
    if language in _COMMA_LANGUAGES:
        return "comma"
    return "point" if language in {"en", "zh", "ja"} else None
