"""Sentences of annual and quarterly reports with the facts that their filers have marked in them (inline XBRL).

Each gives a true pair of a sentence and a fact; with the period or subject of another fact it gives an altered pair.
"""

import gzip
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final, NamedTuple
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element

from service.core.periods import FiscalYear, Period

FILINGS: Final = Path(__file__).parents[2] / "shared" / "data" / "xbrl"
_BLOCKS: Final = {"p", "div", "td", "li", "table"}
_IX: Final = "{http://www.xbrl.org/2013/inlineXBRL}"
_XBRLI: Final = "{http://www.xbrl.org/2003/instance}"
_XBRLDI: Final = "{http://xbrl.org/2006/xbrldi}"
_LEAST: Final = 12  # words of a sentence that is no row of a table


class Marked(NamedTuple):
    """A number that the filer has marked in a paragraph, and what it is of."""

    document: str
    paragraph: str
    start: int
    end: int
    concept: str
    period: Period
    fiscal: FiscalYear
    plain: bool  # without a dimension


def marked() -> Iterator[Marked]:
    """The marked numbers of all filings at hand, of paragraphs of prose."""
    for path in sorted(FILINGS.glob("*.htm.gz")):
        yield from _of(path)


def _of(path: Path) -> Iterator[Marked]:
    # our own copies of public filings
    root = ET.fromstring(gzip.decompress(path.read_bytes()).strip())
    contexts = {one.get("id"): one for one in root.iter(f"{_XBRLI}context")}
    dei = {str(one.get("name")): "".join(one.itertext()) for one in root.iter(f"{_IX}nonNumeric")}
    fiscal = _fiscal(dei)
    if fiscal is None:
        return
    for block in _blocks(root):
        text, found = _text(block)
        if len(re.findall(r"[A-Za-z]{2,}", text)) < _LEAST:
            continue
        for element, start, end in found:
            context = contexts.get(element.get("contextRef"))
            if context is not None and (period := _period(context)) is not None:
                plain = next(context.iter(f"{_XBRLDI}explicitMember"), None) is None
                yield Marked(path.name, text, start, end, str(element.get("name")), period, fiscal, plain)


def _blocks(root: Element) -> Iterator[Element]:
    """The innermost blocks that a reader sees."""
    for one in root:
        if one.tag == f"{_IX}header":
            continue
        if any(_local(inner) in _BLOCKS for inner in one.iter() if inner is not one):
            yield from _blocks(one)
        elif _local(one) in _BLOCKS and next(one.iter(f"{_IX}header"), None) is None:
            yield one


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _text(block: Element) -> tuple[str, list[tuple[Element, int, int]]]:
    """The text of a block with white space as a reader sees it, and where its marked numbers stand."""
    parts: list[str] = []
    found: list[tuple[Element, int, int]] = []

    def length() -> int:
        return len("".join(parts))

    def walk(element: Element) -> None:
        parts.append(element.text or "")
        for child in element:
            start = length()
            walk(child)
            if child.tag == f"{_IX}nonFraction":
                found.append((child, start, length()))
            parts.append(child.tail or "")

    walk(block)
    # no character is added or taken away, so that places stay
    return re.sub(r"\s", " ", "".join(parts)), found


def _fiscal(dei: dict[str, str]) -> FiscalYear | None:
    ends, focus = dei.get("dei:DocumentPeriodEndDate"), dei.get("dei:DocumentFiscalYearFocus")
    closing = dei.get("dei:CurrentFiscalYearEndDate", "")
    if ends is None or focus is None:
        return None
    month_day = re.search(r"(\d\d)-(\d\d)$", closing)
    day = _read_day(ends)
    if day is None:
        return None
    if dei.get("dei:DocumentFiscalPeriodFocus") == "FY" or month_day is None:
        return FiscalYear(day, int(focus))
    year_end = date(day.year, int(month_day[1]), int(month_day[2]))
    while year_end < day:
        year_end = date(year_end.year + 1, year_end.month, year_end.day)
    return FiscalYear(year_end, int(focus))


def _read_day(text: str) -> date | None:
    for form in ("%B %d, %Y", "%Y-%m-%d"):
        with suppress(ValueError):
            return datetime.strptime(" ".join(text.split()), form).replace(tzinfo=UTC).date()
    return None


def _period(context: Element) -> Period | None:
    days = {_local(one): (one.text or "").strip()[:10] for one in context.iter()}
    try:
        if days.get("instant"):
            return Period(instant=date.fromisoformat(days["instant"]))
        return Period(start=date.fromisoformat(days["startDate"]), end=date.fromisoformat(days["endDate"]))
    except (KeyError, ValueError):
        return None


def shifted(period: Period, years: int) -> Period:
    """The period so many years later, for a pair whose period is wrong."""
    if period.instant is not None:
        return Period(instant=_later(period.instant, years))
    return Period(start=_later(period.first, years), end=_later(period.last, years))


def _later(day: date, years: int) -> date:
    return day.replace(year=day.year + years, day=28 if (day.month, day.day) == (2, 29) else day.day)
