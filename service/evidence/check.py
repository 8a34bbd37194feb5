"""Check whether a cited passage supports the numbers of a fact.

The quote alone must give each number: value, accuracy, bound and unit. The paragraph around the quote must not change
that number, as when the quote leaves out "fell" or "more than". If in doubt, the number is unsupported, because a
false `verified` is the worst possible error.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

import msgspec

from service.core.citations import READER, Evidence, NameEvidence, NumberEvidence, PassageContext, Verdict
from service.core.kinds import Number, Value, numbers
from service.core.kinds.metric import MetricValue
from service.core.passages import Passage
from service.core.quantities import DECIMAL_PATTERN, Quantity
from service.core.sources import Snapshot
from service.evidence import context, naming, periods
from service.evidence.about import About
from service.evidence.cells import check as cells
from service.evidence.columns import Transposed, columns_above, transposed
from service.evidence.owners.rules import is_headed_by_another, names_part, names_subject, of_another
from service.evidence.reading import tables
from service.evidence.reading.folding import folded_in_place
from service.evidence.reading.languages import detecting
from service.evidence.reading.reader import read_all
from service.evidence.reading.readings import Reading
from service.evidence.support import Match, Setting, told, weigh

_BEST_FIRST: tuple[Verdict, ...] = ("verified", "quote_only", "unsupported", "unarchived", "unchecked")
_AROUND: Final = 500  # code points of the paragraph read on either side of the quote
_SHOWN: Final = 200  # code points shown of the words that give a number
# readings of a quote that agree with a number and are looked at; each may take as long as reading its sentence
MOST_AGREEING: Final = 50
_DECIMAL: Final = re.compile(DECIMAL_PATTERN)


def check(
    value: Value, passage: Passage, about: About, language: str = "", archived: Snapshot | None = None
) -> Evidence:
    """Check each number of `value` against `passage`, and what else the passage says of what the fact is about.

    `language` is the document's (BCP 47), for sentences that are too short to tell their own. `archived` is what the passage is
    of: the cells of a page's tables are read by their rows and columns.
    The fact's subject decides whether "fell 3%" supports a growth of -3 or a decline of 3.
    """
    asked = numbers(value)
    if passage.entry is not msgspec.UNSET:
        found = [_in_entry(number, passage.entry) for number in asked]
        said, named = None, _names_company(naming.found(value, passage, about))
    else:
        quote = _Quote(passage, about, language, archived)
        is_change = isinstance(value, MetricValue) and value.comparison is not None
        found = [
            quote.evidence(number, f"{about.subject} {number.field} {number.label}", is_change=is_change)
            for number in asked
        ]
        said = quote.context(value, about, found)
        named = _names_company(said.names)
    verdict: Verdict = "verified" if all(number.agrees for number in found) else "unsupported"
    if not asked:
        verdict = "quote_only"
    return Evidence(
        verdict=verdict,
        checker=READER,
        numbers=found,
        names_company=named,
        context=said,
    )


def _names_company(found: Sequence[NameEvidence]) -> bool:
    return any(one.field == "company" and one.found != "nowhere" for one in found)


def missing(value: Value, reason: str) -> Evidence:
    """Evidence for a passage that was not found: no number is supported, for `reason`."""
    return Evidence(
        verdict="unsupported",
        numbers=[
            NumberEvidence(field=number.field, agrees=False, reason=reason) for number in numbers(value)
        ],
    )


def withheld(found: Evidence) -> Evidence:
    """Evidence without words of the text, for sources that may not be redistributed."""
    kept = [
        msgspec.structs.replace(
            number,
            text=None,
            reason=None if number.agrees else "the archived text, which is not served, does not",
        )
        for number in found.numbers
    ]
    return msgspec.structs.replace(found, numbers=kept)


def overall(value: Value, found: Sequence[Evidence]) -> Verdict:
    """The verdict on a fact from its citations.

    It is `verified` if every number is supported by some citation, else the best verdict of its citations.
    """
    asked = {number.field for number in numbers(value)}
    supported = {number.field for one in found for number in one.numbers if number.agrees}
    if asked and asked <= supported:
        return "verified"
    verdicts: list[Verdict] = [one.verdict for one in found]
    return min(verdicts, key=_BEST_FIRST.index) if verdicts else "unchecked"


def _in_entry(number: Number, entry: object) -> NumberEvidence:
    """Whether a JSON entry equals the number. Of an object, as in EDGAR's rows, the member `val` counts."""
    if isinstance(entry, dict):
        entry = msgspec.convert(entry, dict[str, object]).get("val")
    stated = _decimal(entry)
    quantity = number.quantity
    if stated is None:
        return NumberEvidence(field=number.field, agrees=False, reason="the entry is no number")
    text = f"{stated:f}"[:_SHOWN]
    if isinstance(quantity, Quantity):
        same = quantity.value is not None and Decimal(quantity.value) == stated and quantity.bound == "exact"
        words = told(quantity)
    else:
        same, words = stated == quantity, str(quantity)
    reason = None if same else f"the entry is {text}, not {words}"
    return NumberEvidence(field=number.field, agrees=same, text=text, reason=reason)


def _decimal(entry: object) -> Decimal | None:
    match entry:
        case bool():
            return None
        case int() | float():
            number = Decimal(repr(entry))
            return number if number.is_finite() and abs(number.adjusted()) < 100 else None
        case str() if _DECIMAL.match(entry):
            return Decimal(entry)
        case _:
            return None


def _language_around(passage: Passage, document: str) -> str:
    """The language of the sentence that the quote is in, of its paragraph, of the document, or of the text before.

    "" if it is unknown. `document` is the tag of the document's language.
    """
    paragraph = passage.paragraph or passage.text
    first = max(0, passage.before - _AROUND)
    window = folded_in_place(paragraph[first : passage.before + len(passage.text) + _AROUND])
    at = passage.before - first
    for part in detecting.parts(window, ""):
        if part.start <= at < part.end and part.language not in {"", detecting.OTHER}:
            return part.language
    if document:
        return detecting.language_of_tag(document)
    return detecting.language_of(passage.preceding[-2 * _AROUND :]) if passage.preceding else ""


def _end(reading: Reading) -> int:
    return reading.end


class _Quote:
    """The quantities read in a quote alone, and in the quote with the paragraph around it."""

    def __init__(self, passage: Passage, about: About, document: str, archived: Snapshot | None) -> None:
        self.passage = passage
        self.about = about
        self.language = language = _language_around(passage, document)
        alone = read_all(passage.text, language)
        self.readings: Sequence[Reading] = alone.readings
        first = max(0, passage.before - _AROUND)
        after = passage.before + len(passage.text)
        self.whole = passage.paragraph == passage.text or not passage.paragraph
        window = passage.paragraph[first : after + _AROUND]
        self.offset = passage.before - first  # where the quote starts in `window`
        self.window = alone if self.whole else read_all(window, language)
        self.around = () if self.whole else self.window.readings
        self.surroundings = passage.text if self.whole else passage.paragraph
        paragraph = passage.paragraph or passage.text
        self.head = tables.head_above(passage.preceding + paragraph[: passage.before])
        self.figures = [] if self.head is None else self._figures(paragraph, self.head)
        self.cells = cells.of_quote(passage, archived, about, document, language)
        if self.cells.covered:
            self.figures = [one for one in self.figures if not self.cells.is_covered(one.start, one.end)]
            self.readings = [one for one in self.readings if not self.cells.is_covered(one.start, one.end)]

    def evidence(self, number: Number, label: str, *, is_change: bool) -> NumberEvidence:
        """Check one number; the nearest reading gives the reason if none supports it.

        `is_change`: the fact is compared with an earlier period, so it is how much its subject moved.
        """
        setting = Setting(self.surroundings, f"{label} change" if is_change else label)
        best: tuple[Match, Reading] | None = None
        agreeing = 0
        for cell in self.cells.numbers:
            around = f"{self.surroundings}\n{cell.grid.title}"
            outcome = weigh(number, cell.reading, setting._replace(around=around))
            if outcome.reason is None and (reason := self.cells.doubt(cell, label)) is not None:
                outcome = Match(8, reason)
            if best is None or outcome.nearness > best[0].nearness:
                best = outcome, cell.reading
            if outcome.reason is None:
                return self._told(number, best)
        for place, reading in enumerate((*self.figures, *self.readings)):
            outcome = weigh(number, reading, setting)
            if outcome.reason is None and place >= len(self.figures):  # a figure is read with its row already
                outcome = self._confirmed(number, reading, setting)
            if outcome.reason is None:
                agreeing += 1
                if (reason := self._of_another(reading, label)) is not None:
                    outcome = Match(8, reason)
            if best is None or outcome.nearness > best[0].nearness:
                best = outcome, reading
            if outcome.reason is None or agreeing == MOST_AGREEING:
                break
        if best is None:
            return NumberEvidence(
                field=number.field, agrees=False, reason="no quantity can be read in the quote"
            )
        return self._told(number, best)

    def context(self, value: Value, about: About, found: Sequence[NumberEvidence]) -> PassageContext:
        """What else the passage says of the fact."""
        said = context.of_passage(value, self.passage, about, self.language, self.window, self.offset, found)
        main = context.main_number(value, found)
        if self.cells.numbers and main is not None and main.start is not None:
            period = self.cells.period_said(main.start - self.passage.start)
            said = said if period is None else msgspec.structs.replace(said, period=period)
        return said

    def _told(self, number: Number, best: tuple[Match, Reading]) -> NumberEvidence:
        outcome, reading = best
        words = self.passage.text[reading.start : reading.end]
        reason = None if outcome.reason is None else f'"{words[:_SHOWN]}": {outcome.reason}'
        return NumberEvidence(
            field=number.field,
            agrees=outcome.reason is None,
            text=words[:_SHOWN],
            start=self.passage.start + reading.start,
            end=self.passage.start + reading.end,
            reason=reason,
        )

    def _confirmed(self, number: Number, reading: Reading, setting: Setting) -> Match:
        """Whether the number is still supported if the words around the quote are read, too."""
        if self._in_scaled_row(reading):
            return Match(8, "it stands in a table whose head gives the figures in thousands or millions")
        if self.whole:
            return Match(9, None)
        reason = "the words around the quote do not let it be read"
        # readings do not overlap, so those at the same place lie side by side
        at = bisect_right(self.around, self.offset + reading.start, key=_end)
        while at < len(self.around) and self.around[at].start < self.offset + reading.end:
            other = self.around[at]
            at += 1
            outcome = weigh(number, other, setting)
            if outcome.reason is None:
                inside = self.offset <= other.start and other.end <= self.offset + len(self.passage.text)
                return outcome if inside else Match(8, "the quote cuts the number off")
            reason = f"with the words around the quote, {outcome.reason}"
        return Match(8, reason)

    def _of_another(self, reading: Reading, label: str) -> str | None:
        """Why the number is of something else than the fact's quantity; None if nothing says so."""
        before = self.passage.before if self.passage.paragraph else 0
        paragraph = self.passage.paragraph or self.passage.text
        start, end = before + reading.start, before + reading.end
        if (reason := self._of_another_cell(reading, paragraph, start, label)) is not None:
            return reason
        return of_another(paragraph, start, end, reading, label, self.about, self.language or "en")

    def _of_another_cell(self, reading: Reading, paragraph: str, at: int, label: str) -> str | None:
        """Why a number in a table is of another row or column than the fact's; None if it stands in no table."""
        first, last = paragraph.rfind("\n", 0, at) + 1, paragraph.find("\n", at)
        row = paragraph[first : len(paragraph) if last < 0 else last]
        if reading.role != "quantity" or not tables.is_row(row):
            return None
        above = self.passage.preceding + paragraph[:first]
        if (turned := transposed(row, at - first, above)) is not None:
            return self._of_another_turned(turned, label)
        columns = columns_above(above)
        if not columns.periods and not columns.unread and self.head is None:
            return None
        if reason := self._of_another_row(tables.name_of_row(row), paragraph[:first], label):
            return reason
        if self.about.period is None:
            return None
        column, count = tables.column_of(row, at - first, rate=reading.unit == "percent")
        is_own = columns.holds(column, count, self.about.period, self.about.fiscal)
        if is_own is None:
            is_only = count == 1 and not columns.periods
            return None if is_only and not columns.unread else "the period of its column cannot be told"
        return None if is_own else "it stands in the column of another period"

    def _of_another_turned(self, turned: Transposed, label: str) -> str | None:
        """Why a number in a table whose rows are periods is not the fact's."""
        if not turned.head.strip() or not names_subject(turned.head, label, self.about):
            return f'its column is named "{turned.head.strip()[:_SHOWN]}"'
        if self.about.period is None:
            return None
        bare = turned.period.sort == "year" and turned.period.ends is None
        is_own = periods.is_column_of(turned.period, self.about.period, self.about.fiscal, bare=bare)
        return None if is_own else "it stands in the row of another period"

    def _of_another_row(self, name: str, above: str, label: str) -> str | None:
        """Why the row of that name is not the fact's; None if it is, or is that of its dimension."""
        heads = tables.heads_above(self.passage.preceding + above)
        is_part = names_part(name, self.about)
        if not name or (names_subject(name, label, self.about) and (is_part or not self.about.members)):
            return None
        if is_part and not is_headed_by_another(heads, label, self.about):
            return None
        if names_part(heads, self.about) and names_subject(name, label, self.about):
            return None
        return f'the row is named "{name[:_SHOWN]}"'

    def _in_scaled_row(self, reading: Reading) -> bool:
        """Whether `reading` is in a table headed "in thousands" or the like, and has no scale of its own."""
        if self.head is None or reading.decimals < 0 or reading.per or reading.role != "quantity" or reading.unit in {
            "percent", "percentage_points", "basis_points", "times",
        }:  # fmt: skip
            return False
        text, at = self.passage.paragraph or self.passage.text, self.passage.before + reading.start
        start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
        return tables.is_row(text[start : len(text) if end < 0 else end])

    def _figures(self, paragraph: str, head: tables.TableHead) -> list[Reading]:
        """The figures of the table's rows that lie whole within the quote; they have the scale of the head."""
        quote_start, quote_end = self.passage.before, self.passage.before + len(self.passage.text)
        found: list[Reading] = []
        start = paragraph.rfind("\n", 0, quote_start) + 1
        while start < quote_end:
            end = paragraph.find("\n", start)
            end = len(paragraph) if end < 0 else end
            for one in tables.figures(paragraph[start:end], head):
                first, last = one.start + start - quote_start, one.end + start - quote_start
                if first >= 0 and last <= len(self.passage.text):
                    found.append(msgspec.structs.replace(one, start=first, end=last))
            start = end + 1
        return found
