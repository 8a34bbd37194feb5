"""The period of a number in a table: that of its column, its row, the section above it, or the table's title."""

import re
from collections.abc import Sequence
from datetime import date
from itertools import islice
from typing import Final, Literal, NamedTuple

from service.core.periods import FiscalYear, Period
from service.evidence import periods
from service.evidence.cells.grid import CellSurroundings, Grid
from service.evidence.cells.words import HeadWords
from service.evidence.columns import DAY, LEAD, dated
from service.evidence.expressions import PeriodExpression, expressions, in_year
from service.evidence.reading import tables

_SPAN: Final = re.compile(
    r"(?P<d1>[0-9]{1,2})\.\s?(?P<m1>[0-9]{1,2})\.\s?(?P<y1>[0-9]{4})?\s*(?:[-–—]|bis)\s*(?P<d2>[0-9]{1,2})\.\s?(?P<m2>[0-9]{1,2})\.\s?(?P<y2>[0-9]{4})"
)
_PART: Final = re.compile(r"\b(?:(?P<sort>S)(?=[12])|T)(?P<number>[1-4])[ \u00a0](?P<year>20[0-9]{2})\b")
_DAY_FIRST: Final = re.compile(
    r"\b(?P<day>1[3-9]|2[0-9]|3[01])/(?P<month>[0-9]{2})/(?P<year>(?:19|20)[0-9]{2})\b"
)
_ROWS: Final = 8  # rows of numbers by which the columns of a table are known
_AS_OF: Final = re.compile(r"\b(?:as\s+(?:of|at)|at|zum|au|a)\b", re.IGNORECASE)
_YEAR_ENDED: Final = re.compile(r"\b(?:fiscal\s+)?years?\s+(?:ended|ending)\b", re.IGNORECASE)
_LEFT: Final = re.compile(r"[0-9]")
_VERSUS: Final = re.compile(r"\b(?:vs?\.?|versus|to|/|over|gegenüber|zu)\b|/", re.IGNORECASE)


class Said(NamedTuple):
    """What words say of a period."""

    sort: Literal["none", "one", "unclear"]
    period: PeriodExpression | None = None
    bare: bool = False  # only a year


_NOTHING: Final = Said("none")
_UNCLEAR: Final = Said("unclear")


class Judged(NamedTuple):
    """Whether a number is of the fact's period; None if that cannot be told."""

    is_own: bool | None
    is_said: bool  # whether the table says any period of it


def said_by(heads: Sequence[str]) -> Said:
    """The one period that heads over a column say together, from above or from below."""
    is_empty = True
    for words in (heads, heads[::-1]):
        joined = tables.without_scales(" ".join(words))
        found = _expressions(joined)
        left = _masked(joined, found)
        if found or LEAD.search(left) or DAY.search(left):
            is_empty = False
        left = _AS_OF.sub(" ", left)
        if found and found[0].begins is not None:
            left = _NUMBERED.sub(" ", left)  # the days are told too
        if not DAY.search(left):
            left = _YEAR_ENDED.sub(" ", left)  # "Years ended" over "2024" and "2023"
        if len(found) == 1 and not LEAD.search(left) and not _LEFT.search(left):
            one = found[0]
            bare = one.sort == "year" and one.ends is None and one.number == 0
            return Said("one", one, bare)
    return _NOTHING if is_empty else _UNCLEAR


def _expressions(text: str) -> list[PeriodExpression]:
    """The expressions for periods in a text, with those that only heads of tables have: "S1 2025", "31/12/2024"."""
    found: list[PeriodExpression] = []
    for match in _SPAN.finditer(text):
        last = _date(match["y2"], match["m2"], match["d2"])
        first = _date(match["y1"] or match["y2"], match["m1"], match["d1"])
        if first and last:
            found.append(PeriodExpression(*match.span(), "span", last.year, begins=first, ends=last))
    found += [
        PeriodExpression(
            *match.span(), "half" if match["sort"] else "quarter", int(match["year"]), int(match["number"])
        )
        for match in _PART.finditer(text)
    ]
    found += _of_months(text)
    for match in _DAY_FIRST.finditer(text):
        if (day := _date(match["year"], match["month"], match["day"])) is not None:
            found.append(PeriodExpression(*match.span(), "day", day.year, ends=day))
    return found or expressions(text)


def _of_months(text: str) -> list[PeriodExpression]:
    """Spans in Chinese and Japanese: "截至9月30日止三个月 2025年", "自 2025年4月1日 至 2025年9月30日"."""
    found: list[PeriodExpression] = []
    for match in _FROM_TO.finditer(text):
        first, last = (
            _date(match["y1"], match["m1"], match["d1"]),
            _date(match["y2"], match["m2"], match["d2"]),
        )
        if first and last:
            found.append(PeriodExpression(*match.span(), "span", last.year, begins=first, ends=last))
    for match in _MONTHS_ENDED.finditer(text):
        last = _date(match["before"] or match["behind"], match["month"], match["day"])
        if last is not None:
            months = last.year * 12 + last.month - _NUMBERS[match["count"]]
            first = date(months // 12, months % 12 + 1, 1)
            found.append(PeriodExpression(*match.span(), "span", last.year, begins=first, ends=last))
    return found


_NUMBERED: Final = re.compile("第[0-9一二三四]四半期")
_FROM_TO: Final = re.compile(
    r"自\s*(?P<y1>[0-9]{4})年(?P<m1>[0-9]{1,2})月(?P<d1>[0-9]{1,2})日\s*至\s*(?P<y2>[0-9]{4})年(?P<m2>[0-9]{1,2})月(?P<d2>[0-9]{1,2})日"
)
_NUMBERS: Final = {"三": 3, "六": 6, "九": 9, "十二": 12}
_MONTHS_ENDED: Final = re.compile(
    r"截至(?:(?P<before>20[0-9]{2})年)?(?P<month>[0-9]{1,2})月(?P<day>[0-9]{1,2})日止(?P<count>三|六|九|十二)个月(?(before)|\s*(?P<behind>20[0-9]{2})年)"
)


def _date(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _masked(text: str, found: Sequence[PeriodExpression]) -> str:
    left = list(text)
    for one in found:
        left[one.start : one.end] = " " * (one.end - one.start)
    return "".join(left)


def without_periods(text: str) -> str:
    """The text without its expressions for periods, and the words that lead to them."""
    text = _masked(text, _expressions(text))
    for pattern in (LEAD, DAY, tables.YEAR):
        text = pattern.sub(" ", text)
    return text


def period_of(grid: Grid, beside: CellSurroundings, words: HeadWords) -> Said:
    """The period that the heads over a number say, with what stands beside the heads and above the table."""
    if words.change.search(" ".join(beside.heads)):
        return _of_change(grid, beside, words)
    return _whole(said_by(beside.heads), beside, grid)


def _whole(said: Said, beside: CellSurroundings, grid: Grid) -> Said:
    """A period that heads say by a year alone, with the months or the day that stand beside them or in the title."""
    if not said.bare or said.period is None:
        return said
    for text in map(tables.without_scales, ("\n".join(beside.stubs), grid.title)):
        found = [one for one in _expressions(text) if one.sort != "year" or one.ends is not None]
        if len({(one.sort, one.number) for one in found}) > 1:
            return _UNCLEAR
        if found:
            same = [one for one in found if one.year == said.period.year]
            one = same[-1] if same else found[-1]
            if one.ends is not None and one.begins is None:
                return Said(
                    "one", one._replace(year=said.period.year, ends=in_year(one.ends, said.period.year))
                )
            return Said("one", one._replace(year=said.period.year)) if one.ends is None else _UNCLEAR
        leads = {one.group().lower() for one in LEAD.finditer(text)}
        days = {one.group().lower() for one in DAY.finditer(text)}
        if len(leads) > 1 or len(days) > 1:
            return _UNCLEAR
        if leads or days:
            lead = next(iter(leads), "")
            lead = "" if lead.startswith("as ") else lead
            day = next(iter(days), "")
            made = _expressions(
                dated(lead, day, str(said.period.year)) if day else f"{lead} {said.period.year}".strip()
            )
            return Said("one", made[0], bare=not lead and not day) if len(made) == 1 else _UNCLEAR
    return said


def _of_change(grid: Grid, beside: CellSurroundings, words: HeadWords) -> Said:
    """The period whose change a column tells: the later of the two that it is between."""
    years = sorted({int(one.group()) for one in tables.YEAR.finditer(" ".join(beside.heads))})
    others = _periods(grid, beside, words)
    if years:
        if len(years) > 2 or (len(years) == 2 and not _VERSUS.search(" ".join(beside.heads))):
            return _UNCLEAR
        found = [one for one in others if one.period is not None and one.period.year == years[-1]]
        return found[0] if len(found) == 1 else _UNCLEAR
    if len(others) != 2:
        return _UNCLEAR
    one, other = others
    if one.period is None or other.period is None or one.period.sort != other.period.sort:
        return _UNCLEAR
    keys = [
        (said.period.year, said.period.ends or date.min, said.period.number)
        for said in (one, other)
        if said.period
    ]
    return one if keys[0] > keys[1] else other


def _periods(grid: Grid, beside: CellSurroundings, words: HeadWords) -> list[Said]:
    """The different periods of the columns under the same heads."""
    found: dict[object, Said] = {}
    if beside.head < 0:
        return []
    below = (at for at in range(beside.head, len(grid.rows)) if grid.rows[at].figures)
    for at in islice(below, _ROWS):
        for figure in grid.rows[at].figures:
            other = grid.beside(at, figure)
            if other.head != beside.head or words.change.search(" ".join(other.heads)):
                continue
            said = _whole(said_by(other.heads), other, grid)
            if said.period is not None:
                one = said.period
                found.setdefault((one.sort, one.year, one.number, one.ends), said)
    return list(found.values())


def judged(
    grid: Grid,
    beside: CellSurroundings,
    columns: int,
    words: HeadWords,
    period: Period,
    fiscal: FiscalYear | None,
) -> Judged:
    """Whether a number is of a period. `columns`: how many columns of numbers the table has."""
    said = [period_of(grid, beside, words)]
    said += [_whole(one, beside, grid) for one in _in_names(beside)]
    if any(one.sort == "unclear" for one in said):
        return Judged(None, is_said=True)
    told = [one for one in said if one.period is not None]
    if not told:
        titled = _expressions(tables.without_scales("\n".join((*beside.stubs, grid.title))))
        if len({(one.sort, one.year, one.number, one.ends) for one in titled}) == 1:
            bare = titled[0].sort == "year" and titled[0].ends is None
            return Judged(periods.is_column_of(titled[0], period, fiscal, bare=bare), is_said=True)
        return Judged(None if titled or columns > 1 else True, is_said=bool(titled))
    held = [periods.is_column_of(one.period, period, fiscal, bare=one.bare) for one in told if one.period]
    if all(one is True for one in held):
        return Judged(is_own=True, is_said=True)
    return Judged(False if False in held else None, is_said=True)


_NAMED_THING: Final = re.compile(r"\b(?:notes?|bonds?|debentures|plan|due|senior|facility)\b", re.IGNORECASE)


def _in_names(beside: CellSurroundings) -> list[Said]:
    """The periods in the name of a row and of the section above: "First quarter" under "2024" is one."""
    row, sections = _in_name(beside.name), [_in_name(one) for one in beside.sections[:1]]
    if row.sort == "unclear" and sections and sections[0].bare:
        return [said_by([beside.name, beside.sections[0]])]
    return [row, *sections]


def _in_name(name: str) -> Said:
    """The period in the name of a row or section; none in that of a thing, such as "2029 notes"."""
    if _NAMED_THING.search(name):
        return _NOTHING
    return said_by([name])
