"""The periods of a table's columns, as its head says them.

"Q3 2024  Q3 2023" in a line, or over several: "Three months ended", "September 30,", "2024  2023". Where the head has several
spans ("Three months ended  Nine months ended"), each is that of its part of the years below it.
"""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from service.core.periods import FiscalYear, Period
from service.evidence import periods
from service.evidence.expressions import MONTH, PeriodExpression, expressions
from service.evidence.reading import tables

_HEAD_LINES: Final = 4  # a head has at most so many
DAY: Final = re.compile(rf"\b(?:(?:{MONTH})\.?\s+[0-9]{{1,2}}|[0-9]{{1,2}}\s+(?:{MONTH}))\b", re.IGNORECASE)
LEAD: Final = re.compile(
    r"\b(?:(?:(?:three|six|nine|twelve|thirteen|twenty-six|thirty-nine|fifty-two|[0-9]{1,2})[\s-]+(?:months?|weeks?)|(?:fiscal\s+)?(?:years?|quarters?))"
    r"(?:\s+periods?)?\s+(?:ended|ending|to(?=\s+[0-9]))|(?:first|second|third|fourth|1st|2nd|3rd|4th)\s+quarter|Q[1-4](?![\s'’/-]*[0-9])"
    r"|(?:first|second)\s+half|as\s+(?:of|at)\b)",
    re.IGNORECASE,
)
_CHANGE: Final = re.compile(r"\b(?:change|variance|growth|increase|y/y|yoy)\b|%|[+−]/[−-]", re.IGNORECASE)


class Columns(NamedTuple):
    """The columns of a table: their periods, and how many further ones tell a change."""

    periods: tuple[PeriodExpression, ...]
    bare: bool  # only years, which may be those of quarters that stand elsewhere
    changes: int = 0
    unread: bool = False  # there is a head, but its parts do not fit together

    def holds(self, column: int, count: int, period: Period, fiscal: FiscalYear | None) -> bool | None:
        """Whether this of a row's figures is of the period; None if that cannot be told. `count`: how many it has."""
        known = len(self.periods)
        keys = {(one.sort, one.year, one.number, one.ends) for one in self.periods}
        if not known <= count <= known + self.changes or len(keys) < known or column < 0:
            return None
        if column >= known:
            return False
        return periods.is_column_of(self.periods[column], period, fiscal, bare=self.bare)


NONE: Final = Columns((), bare=True)


def columns_above(text: str) -> Columns:
    """The columns that the nearest head at the end of a text has; without periods if there is none."""
    lines = text.split("\n")[-tables.LINES_ABOVE :]
    for at in range(len(lines) - 1, -1, -1):
        line = lines[at]
        if tables.is_prose(line):
            return NONE
        if _is_head(line) and expressions(line):
            return _columns(lines[max(0, at - _HEAD_LINES + 1) : at], line)
    return NONE


def _is_head(line: str) -> bool:
    """Whether the line has no figures but those of periods."""
    left = list(line)
    for one in expressions(line):
        left[one.start : one.end] = " " * (one.end - one.start)
    for pattern in (LEAD, DAY, tables.YEAR):
        for match in pattern.finditer(line):
            left[match.start() : match.end()] = " " * len(match.group())
    return not any(one.isdigit() for one in left)


def _columns(above: Sequence[str], line: str) -> Columns:
    """The columns of a head whose last line is `line`."""
    found = tuple(expressions(line))
    last = max([one.end for one in found], default=0)
    changes = len(_CHANGE.findall(line, last))
    if found and all(one.sort in {"quarter", "half", "nine"} for one in found):
        return Columns(found, bare=False, changes=changes)
    head = [*_head_above(above), line]
    years = [one.group() for one in tables.YEAR.finditer(line)]
    leads = [one.group() for said in head for one in LEAD.finditer(said)]
    days = [one.group() for said in head for one in DAY.finditer(said)]
    if not leads and not days:
        return Columns(found, bare=True, changes=changes)
    made: list[PeriodExpression] = []
    for n, year in enumerate(years):
        lead, day = _of_column(leads, n, len(years)), _of_column(days, n, len(years))
        if lead is None or day is None:
            return NONE._replace(unread=True)
        lead = "" if lead.lower().startswith("as ") else lead
        made += expressions(dated(lead, day, year) if day else f"{lead} {year}")
    if len(made) != len(years):
        return NONE._replace(unread=True)
    return Columns(tuple(made), bare=False, changes=changes)


class Transposed(NamedTuple):
    """A number in a table whose rows are periods."""

    period: PeriodExpression  # of its row
    head: str  # of its column; "" if none is found


def transposed(row: str, at: int, above: str) -> Transposed | None:
    """The place of a number in a row such as "2024 | $512 million | $41 million"; None if its name is no period.

    `at` is the number's place in the row, `above` the text before the row.
    """
    mark = "|" if "|" in row else "\t"
    cells = row.split(mark)
    name = next((one for one in cells if one.strip()), "")
    found = expressions(name)
    if (
        len(cells) < _TRANSPOSED
        or len(found) != 1
        or not _is_head(name)
        or re.search(r"[^\W\d_]{3}", _left(name, found))
    ):
        return None
    column = row[:at].count(mark)
    for line in reversed(above.split("\n")[-tables.LINES_ABOVE :]):
        heads = line.split(mark)
        if len(heads) == len(cells) and not any(char.isdigit() for char in line) and _NAMED.search(line):
            return Transposed(found[0], heads[column])
    return Transposed(found[0], "")


_TRANSPOSED: Final = 3  # cells at least
_NAMED: Final = re.compile(r"[^\W\d_]")


def _left(text: str, found: Sequence[PeriodExpression]) -> str:
    return text[: found[0].start] + text[found[0].end :]


def dated(lead: str, day: str, year: str) -> str:
    """A lead, a day and a year that stand in different lines of a head, as they are written in one."""
    return f"{lead} {day} {year}" if day[0].isdigit() else f"{lead} {day}, {year}"


def _of_column(said: Sequence[str], column: int, count: int) -> str | None:
    """Which of the things said over the columns is over this one; each has equally many. None if they do not fit."""
    if not said:
        return ""
    return said[column * len(said) // count] if count % len(said) == 0 else None


def _head_above(above: Sequence[str]) -> list[str]:
    """The lines directly above that belong to the head."""
    found: list[str] = []
    for line in reversed(above):
        if tables.is_prose(line) or not _is_head(line):
            break
        found.insert(0, line)
    return found
