"""Decide whether a sentence speaks of a fact's period, by the expressions for periods in it.

"In 2024", "the third quarter of 2025", "the year ended December 31, 2024" are expressions; "last year" is a relative
one, which decides nothing. Where a sentence has several, they are not told apart by their distance from the number. Only two
patterns decide: "X (2018: Y)", and a list of numbers beside a list of periods of equal length.
"""

import itertools
import re
from datetime import date, timedelta
from typing import Final, Literal

from service.core.citations import PeriodSaid
from service.core.periods import FiscalYear, Period
from service.evidence.expressions import MONTH, PeriodExpression, expressions, in_year, last_day_of

_Same = Literal["same", "maybe", "other", "none"]
# words that name a period without its date
_RELATIVE: Final = re.compile(
    r"\b(?:(?:prior|previous|preceding|last|this|current|same|comparable|corresponding|past|latest|next|coming|following)"
    r"[\s-]+(?:fiscal\s+|financial\s+)?(?:year|quarter|period|month|half|three|six|nine|twelve|week)s?|a\s+year\s+(?:ago|earlier|before)"
    r"|year-ago|year-earlier|year-over-year|the\s+(?:fiscal\s+)?(?:year|quarter|period|half)\b|quarterly|(?:first|second|third|fourth)[\s-]quarter"
    r"|(?:first|second|third|fourth)\s+(?:fiscal\s+)?quarter|Q[1-4]\b|today|currently|now|yesterday|the\s+\w+\s+months|vorjahr\w*|vorquartal\w*"
    r"|l'année\s+(?:dernière|précédente)|año\s+(?:pasado|anterior))|去年|同期|前年|今年|本季度|当期",
    re.IGNORECASE,
)
_COMPARED: Final = re.compile(
    r"\b(?:compared\s+(?:with|to)|versus|vs\.?|from(?!\s+[a-z-]*\s?(?:operat\w+|activities|sales?|products?)\b)|than|over|against"
    r"|relative\s+to|gegenüber|par rapport à|frente a)\b",
    re.IGNORECASE,
)
_WITHIN: Final = re.compile(r"\((?P<said>[^():：]{0,60}(?:19|20)[0-9]{2}[^():：]{0,40})[:：][^()]{0,200}\)")
_AMOUNT: Final = re.compile(
    r"(?<![\w.,])[-+–]?(?:[A-Z]{0,3}[$€£¥]\s?)?\(?[0-9]+(?:,[0-9]{2,3})*(?:\.[0-9]+)?\)?(?:\s?(?:%|percent|percentage\s+points|basis\s+points|million"
    r"|billion|thousand|trillion|bn|m|years?|shares)\b|%)*(?![\w])"
)
_BETWEEN_LISTED: Final = re.compile(r"\s*(?:,\s*and|,|and|&|or)\s*", re.IGNORECASE)
RESPECTIVELY: Final = re.compile(r"\brespectively\b")
_NEW_CLAUSE: Final = re.compile(r"[;,]\s")
_REACH: Final = 80  # characters between "compared with" and the period that it is said of
_NEAR: Final = timedelta(days=8)  # fiscal years end on a weekday near the end of a month


def said(sentence: str, at: tuple[int, int] | None, period: Period, fiscal: FiscalYear | None) -> PeriodSaid:
    """What `sentence` says of `period`. `at` is where the number of the fact stands in it."""
    found = expressions(sentence)
    relative = any(
        not any(one.start < match.end() and match.start() < one.end for one in found)
        for match in _RELATIVE.finditer(sentence)
    )
    if at is not None:
        found, inside = _beside_brackets(sentence, found, at)
        found = _respectively(sentence, found, at)
        relative = relative and not inside
    judged = [(one, _judged(one, period, fiscal)) for one in found if not one.bound]
    base = {one for one in found if at is not None and _is_base(sentence, one, at)}
    same = any(sort == "same" and one not in base for one, sort in judged)
    maybe = any(sort == "maybe" or (sort == "same" and one in base) for one, sort in judged)
    others = [one for one, sort in judged if sort == "other"]
    if same:
        return "mixed" if others else "stated"
    if maybe and others:
        return "mixed"
    if not relative and any(one.strong and one not in base for one in others):
        return "other"
    return "silent"


# -- which of them the number has ---------------------------------------------------------------------------


def _beside_brackets(
    text: str, found: list[PeriodExpression], at: tuple[int, int]
) -> tuple[list[PeriodExpression], bool]:
    """The expressions left by "X (2018: Y)": for Y that of the brackets, for X all but that; and whether it is Y."""
    for brackets in _WITHIN.finditer(text):
        first, last = brackets.span()
        inside = [one for one in found if first <= one.start < last]
        if brackets.end("said") <= at[0] < last and inside:
            return [one._replace(strong=True) for one in inside], True
        found = [one for one in found if one not in inside]
    return found, False


def _respectively(text: str, found: list[PeriodExpression], at: tuple[int, int]) -> list[PeriodExpression]:
    """The one expression that the number has, where a list of numbers and one of periods are of equal length; else all."""
    ends = [match.end() for match in RESPECTIVELY.finditer(text)]
    if len(ends) > 1:  # each list has its own periods
        first = max((end for end in ends if end <= at[0]), default=0)
        last = min((end for end in ends if end > at[0]), default=len(text))
        found = [one for one in found if first <= one.start < last]
    if len(found) < 2:
        return found
    for one, other in itertools.pairwise(found):
        if not _BETWEEN_LISTED.fullmatch(text[one.end : _listed_start(text, one, other)]):
            return found
    amounts = [
        match.span()
        for match in _AMOUNT.finditer(text)
        if not any(one.start < match.end() and match.start() < one.end for one in found)
    ]
    run: list[tuple[int, int]] = []
    for first, last in amounts:
        if run and not _BETWEEN_LISTED.fullmatch(text[run[-1][1] : first]):
            if any(a < at[1] and at[0] < b for a, b in run):
                break
            run = []
        run.append((first, last))
    place = next((n for n, (first, last) in enumerate(run) if first < at[1] and at[0] < last), None)
    return found if place is None or len(run) != len(found) else [found[place]]


def _listed_start(text: str, one: PeriodExpression, other: PeriodExpression) -> int:
    """Where the next of a list begins, a date before its year included: ", and December 31, 2023"."""
    begun = re.compile(rf"(?:{MONTH})\.?\s+[0-9]{{1,2}},?\s+$", re.IGNORECASE).search(
        text, one.end, other.start
    )
    return begun.start() if begun else other.start


def _is_base(text: str, one: PeriodExpression, at: tuple[int, int]) -> bool:
    """Whether the expression stands behind "compared with", and the number does not."""
    ends = [match.end() for match in _COMPARED.finditer(text, max(0, one.start - _REACH), one.start)]
    return bool(ends) and ends[-1] > at[1] and not _NEW_CLAUSE.search(text, ends[-1], one.start)


# -- whether an expression means the period -----------------------------------------------------------------


def _length(period: Period) -> str:
    if period.first == period.last:
        return "instant"
    days = (period.last - period.first).days + 1
    for sort, least, most in (
        ("month", 28, 31),
        ("quarter", 80, 100),
        ("half", 175, 190),
        ("nine", 265, 285),
        ("year", 350, 380),
    ):
        if least <= days <= most:
            return sort
    return "odd"


def _judged(one: PeriodExpression, period: Period, fiscal: FiscalYear | None) -> _Same:
    """Whether the expression means the period: surely, perhaps, not, or whether it says nothing of periods."""
    length = _length(period)
    if one.sort == "day":
        return _day_judged(one, period)
    if one.sort == "span":
        if one.begins is not None and one.ends is not None and length != "instant":
            return "same" if (one.begins, one.ends) == (period.first, period.last) else "other"
        return (
            "same"
            if one.ends is not None and length != "instant" and abs(one.ends - period.last) < _NEAR
            else "none"
        )
    if length == "instant":
        return _instant_judged(one, period.last, fiscal)
    if length != one.sort:
        if length == "odd" or one.sort == "month":
            return "none"
        # a year may be told of its months so far
        return (
            "maybe"
            if length in {"half", "nine"} and one.sort == "year" and one.year == period.last.year
            else "other"
        )
    if one.ends is not None:
        return "same" if abs(one.ends - period.last) < _NEAR else "other"
    if one.sort == "year":
        return _year_judged(one, period.last, fiscal)
    if one.sort == "month":
        return "same" if (one.year, one.number) == (period.last.year, period.last.month) else "other"
    return _part_judged(one, period.last, fiscal)


def _day_judged(one: PeriodExpression, period: Period) -> _Same:
    if period.first != period.last:
        return "none"  # of a publication, mostly
    if one.ends == period.last:
        return "same"
    return "other" if one.as_of else "none"


def _years(last: date, fiscal: FiscalYear | None) -> frozenset[int]:
    """The years by which a fiscal year that ends on `last` may be called."""
    if fiscal is not None and fiscal.year is not None:
        passed = round((last - fiscal.ends).days / 365.25)
        if abs((last - fiscal.ends).days - passed * 365.25) < 20:
            return frozenset({fiscal.year + passed})
    ends = last - timedelta(days=14)  # a year that ends on January 1 belongs to the one before
    return frozenset({ends.year} if ends.month > 6 else {ends.year - 1, ends.year, last.year})


def is_column_of(
    column: PeriodExpression, period: Period, fiscal: FiscalYear | None, *, bare: bool
) -> bool | None:
    """Whether a column of a table is of the period; None if that cannot be told.

    `bare`: its head is only a year, which a whole year has, or its end.
    """
    if column.sort == "day":
        return column.ends == period.last
    if bare or (column.sort == "year" and column.ends is None):
        return column.year in years_of(period, fiscal) if _length(period) in {"year", "instant"} else None
    judged = _judged(column, period, fiscal)
    return None if judged == "maybe" else judged == "same"


def years_of(period: Period, fiscal: FiscalYear | None) -> frozenset[int]:
    """The years by which the head of a table's column may call a period that ends in them."""
    if _length(period) != "year":
        return frozenset({period.last.year}) | _years(period.last, fiscal)
    return _years(period.last, fiscal)


def _year_judged(one: PeriodExpression, last: date, fiscal: FiscalYear | None) -> _Same:
    if one.number == 1:  # "2023/24"
        return "same" if last.year == one.year and (last.month, last.day) != (12, 31) else "other"
    is_calendar = last.month == 12 and last.day > 24
    if one.calendar:
        return (
            "same"
            if is_calendar and last.year == one.year
            else "maybe"
            if abs(last.year - one.year) < 2
            else "other"
        )
    years = _years(last, fiscal)
    if one.year in years:
        return "same" if len(years) == 1 else "maybe"
    return "maybe" if one.year == last.year and not is_calendar else "other"


def _instant_judged(one: PeriodExpression, day: date, fiscal: FiscalYear | None) -> _Same:
    if one.ends is not None:
        return "maybe" if one.ends == day else "other" if one.year != day.year else "none"
    if one.sort == "year":
        if one.at_end:
            judged = _year_judged(one, day, fiscal)
            closing = (day.month, day.day) == (12, 31) or (fiscal is not None and _closes(day, fiscal))
            return judged if closing or judged != "same" else "maybe"
        return (
            "maybe"
            if abs(one.year - day.year) < 2 and (one.year == day.year or not _is_year_end(day))
            else "other"
        )
    if one.sort == "month":
        if (one.year, one.number) == (day.year, day.month):
            return "same" if one.at_end and (day + timedelta(days=1)).day == 1 else "maybe"
        return "none"
    return "maybe" if abs(one.year - day.year) < 2 else "other"


def _is_year_end(day: date) -> bool:
    return (day.month, day.day) == (12, 31)


def _closes(day: date, fiscal: FiscalYear) -> bool:
    days = (day - fiscal.ends).days
    return abs(days - round(days / 365.25) * 365.25) < 8


def _part_judged(one: PeriodExpression, last: date, fiscal: FiscalYear | None) -> _Same:
    """Of a quarter, a half or nine months by number and year."""
    months = {"quarter": 3, "half": 6, "nine": 9}[one.sort]
    number = max(one.number, 1)
    due = last_day_of(one.year, months if one.sort == "nine" else months * number)
    by_calendar = due is not None and abs(due - last) < _NEAR
    if fiscal is None:
        if by_calendar:
            return "same"
        return "maybe" if abs(one.year - last.year) < 2 else "other"
    if one.calendar:
        return "same" if by_calendar else "other"
    ended = fiscal.ends
    while ended < last - _NEAR:
        ended = in_year(ended, ended.year + 1)
    while (ended - last).days > 370:
        ended = in_year(ended, ended.year - 1)
    to_go = 12 - (months if one.sort == "nine" else months * number)
    is_part = abs((ended - last).days - to_go * 30.44) < 15
    years = _years(ended, fiscal)
    if is_part and one.year in years:
        return "same" if len(years) == 1 else "maybe"
    return "maybe" if by_calendar else "other"
