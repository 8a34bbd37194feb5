"""The cells of a table that is written in lines of text, with bars, tabs or spaces between them, or one on each line.

Only what leaves no doubt is taken as a table: rows that have a name and one number for each column, below heads of which there
is one for each column, too. All else is read as text.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from service.core.html_tables import EMPTY, Cell, Table, WholeTable
from service.evidence.cells.figures import is_figure, is_mark, is_nothing, is_year
from service.evidence.columns import DAY, LEAD
from service.evidence.expressions import expressions
from service.evidence.reading import tables

_LINES_BELOW: Final = 40
_LONGEST: Final = 400  # code points; a longer line is no row
_HEAD_WORDS: Final = 8  # most words in the head of a column
_Span = tuple[int, int]


class _Line(NamedTuple):
    """A row as it is written: its cells, of which the first is its name, if it has one."""

    start: int
    name: _Span | None
    cells: Sequence[_Span]
    is_body: bool  # all cells behind the name are numbers
    is_closed: bool  # bars or tabs part its cells, so that an empty one is seen


def table_around(text: str, first: int, last: int) -> WholeTable | None:
    """The table in whose rows the stretch of the text lies; None if none is written there, or it is not understood."""
    start, end = _block(text, first, last)
    if not _HEADED.search(text, start, end):
        return None
    lines = _one_by_line(text, start, end) or _lines(text, start, end)
    quoted = [
        one
        for one in lines
        if one.is_body and one.start < last and (one.cells[-1][1] if one.cells else 0) > first
    ]
    if not quoted:
        return None
    at = lines.index(quoted[0])
    counts = Counter(len(one.cells) for one in quoted)
    for count in dict.fromkeys((*(n for n, _ in counts.most_common()), *_wider(lines, at))):
        head = next((n for n in range(at - 1, -1, -1) if _heads(lines[n], count, text) == count), -1)
        if head < 0:
            continue
        top = head
        while top and _heads(lines[top - 1], count, text) > 0 and _is_of_periods(lines[top - 1], text):
            top -= 1
        rows = [row for one in lines[top:] if (row := _row(one, count, lines[head], text)) is not None]
        return WholeTable(Table(lines[top].start, end, None, rows), 0)
    return None


def _wider(lines: Sequence[_Line], at: int) -> Iterator[int]:
    """How many columns other rows have: more than one without a number for a change has."""
    yield from (len(one.cells) for one in lines[max(0, at - 8) : at + 8] if one.is_body)


# -- lines -------------------------------------------------------------------------------------------------------


def _block(text: str, first: int, last: int) -> _Span:
    """The lines around a stretch of the text up to the next line of prose."""
    start = text.rfind("\n", 0, first) + 1
    for _ in range(tables.LINES_ABOVE):
        before = text.rfind("\n", 0, max(0, start - 1)) + 1
        if start == 0 or _is_text(text[before : start - 1]):
            break
        start = before
    end = text.find("\n", last)
    end = len(text) if end < 0 else end
    for _ in range(_LINES_BELOW):
        after = text.find("\n", end + 1)
        after = len(text) if after < 0 else after
        if end == len(text) or _is_text(text[end + 1 : after]):
            break
        end = after
    return start, end


def _is_text(line: str) -> bool:
    return len(line) > _LONGEST or (tables.is_prose(line) and "|" not in line and "\t" not in line)


def _trimmed(text: str, start: int, end: int) -> _Span:
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), start + len(words.rstrip())


_RULE: Final = re.compile(r"[\s|:=_+-]*")
_GAP: Final = re.compile(r"\t+ *| {2,}|\u00a0{2,}")
_CURRENCY: Final = r"(?:US\$|HK\$|C\$|A\$|[$€£¥]|EUR|USD|GBP|CHF|RMB)"
_TOKEN: Final = re.compile(
    rf"(?<!\S)(?:{_CURRENCY}?\s?\(?\s?[-−–+]?{_CURRENCY}?\(?[0-9][0-9.,]*\)?\s?(?:%|pp|pts?|bps|x)?\)?"
    rf"|{_CURRENCY}|\)%?|%|[-−–—]+|n/?a|n\.?m\.?)(?!\S)",
    re.IGNORECASE,
)


def _lines(text: str, start: int, end: int) -> list[_Line]:
    found: list[_Line] = []
    at = start
    for line in text[start:end].split("\n"):
        if line.strip() and not _RULE.fullmatch(line):
            found.append(_line(text, at, at + len(line)))
        at += len(line) + 1
    return found


def _line(text: str, start: int, end: int) -> _Line:
    words = text[start:end]
    if "|" in words:
        return _parted(text, start, end, re.compile(r"\|"))
    if "\t" in words.strip("\t"):
        return _parted(text, start, end, re.compile(r"\t"))
    first, last = _trimmed(text, start, end)
    cells = _split(text, first, last, _GAP)
    is_named_by_year = is_year(text[slice(*cells[0])]) and not all(
        is_year(text[slice(*one)]) for one in cells
    )
    if is_named_by_year or not _is_number(text, cells[0]):
        rest = _joined(text, cells[1:])
        if rest and all(_is_number(text, one) for one in rest):
            return _Line(start, cells[0], rest, is_body=True, is_closed=False)
        if (run := _run(text, first, last)) is not None:
            return run
    name = None if first > start or _is_head(text, cells) else cells[0]
    return _Line(start, name, cells if name is None else cells[1:], is_body=False, is_closed=False)


def _run(text: str, first: int, last: int) -> _Line | None:
    """A name with numbers behind it, with one space between them."""
    tokens = list(_TOKEN.finditer(text, first, last))
    cells: list[_Span] = []
    at = last
    for one in reversed(tokens):
        if text[one.end() : at].strip():
            break
        cells.insert(0, one.span())
        at = one.start()
    name = _trimmed(text, first, at)
    if not cells or name[0] >= name[1]:
        return None
    if all(is_year(text[s:e]) for s, e in cells):
        return _Line(first, name, cells, is_body=False, is_closed=False)
    cells = _joined(text, cells)
    if not all(_is_number(text, one) for one in cells):
        return None
    return _Line(first, name, cells, is_body=True, is_closed=False)


def _parted(text: str, start: int, end: int, mark: re.Pattern[str]) -> _Line:
    first, last = start, end
    is_bar = mark.pattern == r"\|"
    if is_bar:
        first, last = _trimmed(text, start, end)
        last -= text[first:last].endswith("|")
        first += text[first:last].startswith("|")
    cells = _split(text, first, last, mark)
    name = cells[0]
    rest = _joined(text, cells[1:])
    is_body = (
        name[0] < name[1]
        and any(_is_figure(text, one) for one in rest)
        and all(one[0] == one[1] or _is_number(text, one) for one in rest)
    )
    if is_body:
        return _Line(start, name, rest, is_body=True, is_closed=True)
    if name[0] < name[1] and _is_head(text, cells):
        return _Line(start, None, cells, is_body=False, is_closed=False)
    return _Line(start, name if name[0] < name[1] else None, cells[1:], is_body=False, is_closed=True)


def _split(text: str, first: int, last: int, mark: re.Pattern[str]) -> list[_Span]:
    found: list[_Span] = []
    at = first
    for one in mark.finditer(text, first, last):
        found.append(_trimmed(text, at, one.start()))
        at = one.end()
    found.append(_trimmed(text, at, last))
    return [(one, max(one, other)) for one, other in found]


def _joined(text: str, cells: Sequence[_Span]) -> list[_Span]:
    """The cells, of which those with a currency or a bracket alone are joined to their number."""
    found: list[_Span] = []
    lead: int | None = None
    for start, end in cells:
        words = text[start:end]
        if is_mark(words) and re.fullmatch(r"[\s)%]+", words) and found and found[-1][0] < found[-1][1]:
            found[-1] = found[-1][0], end
        elif is_mark(words):
            lead = start
        elif start == end and lead is not None:
            continue
        else:
            found.append((start if lead is None else lead, end))
            lead = None
    return found


def _is_figure(text: str, cell: _Span) -> bool:
    words = text[cell[0] : cell[1]]
    return is_figure(words) and not is_year(words)


def _is_number(text: str, cell: _Span) -> bool:
    words = text[cell[0] : cell[1]]
    return bool(words) and (_is_figure(text, cell) or is_nothing(words) or is_mark(words))


# -- one cell on each line ---------------------------------------------------------------------------------------


def _one_by_line(text: str, start: int, end: int) -> list[_Line]:
    """The rows of a table of which each line is a cell; none if it is none."""
    spans: list[_Span] = []
    at = start
    for line in text[start:end].split("\n"):
        if line.strip():
            if "|" in line or "\t" in line.strip():
                return []
            spans.append(_trimmed(text, at, at + len(line)))
        at += len(line) + 1
    numbers = sum(_is_number(text, one) for one in spans)
    if 3 * numbers < len(spans):
        return []
    found: list[_Line] = []
    n = 0
    while n < len(spans):
        m = n + 1
        if _is_period(text, spans[n]):
            while m < len(spans) and _is_period(text, spans[m]):
                m += 1
            found += _stacked(text, spans[n:m])
        elif _is_number(text, spans[n]):
            return []
        else:
            while m < len(spans) and _is_number(text, spans[m]):
                m += 1
            cells = _joined(text, spans[n + 1 : m])
            found.append(_Line(spans[n][0], spans[n], cells, is_body=bool(cells), is_closed=False))
        n = m
    return found


def _stacked(text: str, spans: Sequence[_Span]) -> list[_Line]:
    """The heads of columns that stand below each other: first what is over several, then what is over one."""
    last = [
        one for one in spans if tables.YEAR.search(text, *one) or _CHANGE.fullmatch(text[one[0] : one[1]])
    ]
    upper = [one for one in spans if one not in last]
    leads = [one for one in upper if LEAD.search(text, *one)]
    days = [one for one in upper if one not in leads]
    rows = [one for one in (leads, days, last) if one]
    return [_Line(one[0][0], None, one, is_body=False, is_closed=False) for one in rows]


# -- heads -------------------------------------------------------------------------------------------------------

_CHANGE: Final = re.compile(
    r"(?:[$%]\s*)?(?:change|variance|growth|chg\.?|inc\.?|increase(?:\s*\(decrease\))?|decrease|y/y|yoy)(?:\s*\(?[$%]\)?)?|%",
    re.IGNORECASE,
)


def _is_period(text: str, cell: _Span) -> bool:
    """Whether a cell says a period, or a part of one, or that a change stands below it."""
    words = text[cell[0] : cell[1]]
    if not words or len(words.split()) > _HEAD_WORDS:
        return False
    if _CHANGE.fullmatch(words):
        return True
    if not _MAYBE_PERIOD.search(words) or (is_figure(words) and not is_year(words)):
        return False
    left = list(words)
    for one in expressions(words):
        left[one.start : one.end] = " " * (one.end - one.start)
    for pattern in (LEAD, DAY, tables.YEAR, _FISCAL):
        for match in pattern.finditer(words):
            left[match.start() : match.end()] = " " * len(match.group())
    rest = "".join(left)
    return not any(char.isalnum() for char in rest)


def _is_head(text: str, cells: Sequence[_Span]) -> bool:
    """Whether the first cell of a line stands over a column: not "Year to 31 March" beside years."""
    if not _is_period(text, cells[0]):
        return False
    is_dated = [tables.YEAR.search(text, *one) is not None for one in cells]
    return is_dated[0] or not any(is_dated)


# what the head of a table may have: a period, or cells parted by marks
_PERIODIC: Final = r"(?:19|20)[0-9]{2}|\bFY|\b[QH][1-4]|\b[1-4][QH]\b|\b(?:quarter|half|year|month|week)"
_HEADED: Final = re.compile(rf"[|\t]|{_PERIODIC}", re.IGNORECASE)
_MAYBE_PERIOD: Final = re.compile(rf"{_PERIODIC}|[0-9]|\bas\s|audited|fiscal", re.IGNORECASE)
_FISCAL: Final = re.compile(
    r"\b(?:FY\s?'?[0-9]{2,4}|fiscal|as\s+(?:of|at)|unaudited|audited)\b", re.IGNORECASE
)


def _is_of_periods(line: _Line, text: str) -> bool:
    return all(one[0] == one[1] or _is_period(text, one) for one in line.cells)


def _heads(line: _Line, count: int, text: str) -> int:
    """How many of the columns the line has a head for, each over equally many; 0 if it is no line of heads."""
    if line.is_body or not line.cells:
        return 0
    said = [one for one in line.cells if one[0] < one[1]]
    if not said or any(len(text[a:b].split()) > _HEAD_WORDS or _is_figure(text, (a, b)) for a, b in said):
        return 0
    if line.is_closed and len(line.cells) == count:
        return count if len(said) == count else len(said)
    if not line.is_closed and not _is_of_periods(line, text):
        return 0
    return len(said) if count % len(said) == 0 else 0


def _row(line: _Line, count: int, head: _Line, text: str) -> list[Cell] | None:
    """The cells of a line; None if they cannot be put under heads."""
    name = EMPTY if line.name is None else Cell(*line.name, 1, 1, False)
    if line.is_body:
        cells = list(line.cells)
        changes = 0
        while changes < count and _CHANGE.search(text, *head.cells[-1 - changes]):
            changes += 1
        if len(cells) == count - changes:
            cells += [(0, 0)] * changes
        if len(cells) != count:
            return None
        return [name, *(Cell(*one, 1, 1, False) for one in cells)]
    if not line.cells or (line.name is not None and not any(a < b for a, b in line.cells)):
        return None if line.name is None else [name]
    if not _heads(line, count, text):
        return [Cell(line.cells[0][0], line.cells[-1][1], 1, 1, False)] if line.name is None else None
    if line.is_closed and len(line.cells) == count:
        found: list[Cell] = []
        for start, end in line.cells:
            if start == end and found and found[-1].end > found[-1].start:
                found[-1] = found[-1]._replace(columns=found[-1].columns + 1)
            else:
                found.append(Cell(start, end, 1, 1, True))
        return [name, *found]
    each = count // len(line.cells)
    return [name, *(Cell(*one, each, 1, True) for one in line.cells)]
