"""Whether a cited passage says what the fact says.

The quote must give each number by itself, in value, accuracy, bound and unit; and what stands around the
quote in its paragraph must not make it another number, as where a quote leaves out "fell" or "more than".
Where that cannot be told, the number is unsupported: a false `verified` is the worst this can do.
"""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

import msgspec

from service.core.citations import READER, Evidence, NumberEvidence, Verdict
from service.core.kinds import Number, Value, numbers
from service.core.passages import Passage
from service.core.quantities import DECIMAL_PATTERN, Quantity
from service.evidence.reading.context import scale_in_header
from service.evidence.reading.reader import read
from service.evidence.reading.readings import Reading
from service.evidence.support import Outcome, Setting, told, weigh

_BEST_FIRST: tuple[Verdict, ...] = ("verified", "quote_only", "unsupported", "unarchived", "unchecked")
_AROUND: Final = 500  # code points of the paragraph that are read on either side of the quote
_SHOWN: Final = 200  # of the words that give a number
_ROW: Final = 8  # words that a line of a table has at most
_LEGAL_FORM: Final = re.compile(
    r"(?:,?\s+(?:Inc|Incorporated|Corp|Corporation|Co|Company|Ltd|Limited|LLC|LLP|LP|plc|PLC|AG|SE|SA|S\.A|NV|N\.V|AB|ASA"
    r"|Oyj|A/S|GmbH|KGaA|SpA|S\.p\.A|Holdings?|Group)\.?)+$"
)
_DECIMAL: Final = re.compile(DECIMAL_PATTERN)


def check(value: Value, passage: Passage, names: Sequence[str], *, subject: str = "") -> Evidence:
    """What `passage` says of the numbers of `value`, and whether one of `names` stands there.

    `names` are those of the company; `subject` is what the fact is about, by which "fell 3%" is told
    apart as growth of -3 or a decline of 3.
    """
    asked = numbers(value)
    named = names_company(passage, names)
    if not asked:
        return Evidence(verdict="quote_only", checker=READER, names_company=named)
    if passage.entry is not msgspec.UNSET:
        found = [_in_entry(number, passage.entry) for number in asked]
    else:
        quote = _Quote(passage)
        found = [quote.evidence(number, f"{subject} {number.field} {number.label}") for number in asked]
    verdict: Verdict = "verified" if all(number.agrees for number in found) else "unsupported"
    return Evidence(
        verdict=verdict,
        checker=READER,
        numbers=found,
        names_company=named,
    )


def missing(value: Value, reason: str) -> Evidence:
    """The evidence of a passage that is not in its source."""
    return Evidence(
        verdict="unsupported",
        numbers=[
            NumberEvidence(field=number.field, agrees=False, reason=reason) for number in numbers(value)
        ],
    )


def withheld(found: Evidence) -> Evidence:
    """Evidence without the words of a text that is archived for checking only."""
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
    """The verdict on a fact: verified when every number is supported by some citation, else its best citation's."""
    asked = {number.field for number in numbers(value)}
    supported = {number.field for one in found for number in one.numbers if number.agrees}
    if asked and asked <= supported:
        return "verified"
    verdicts: list[Verdict] = [one.verdict for one in found]
    return min(verdicts, key=_BEST_FIRST.index) if verdicts else "unchecked"


def names_company(passage: Passage, names: Sequence[str]) -> bool:
    """Whether one of the names, with or without its legal form, stands in the passage or its paragraph."""
    around = " ".join((passage.paragraph or passage.text).split())
    folded = around.casefold()
    for name in names:
        for form in {name, _LEGAL_FORM.sub("", name)}:
            if form and form.casefold() in folded and _stands_alone(form, around):
                return True
    return False


def _stands_alone(name: str, text: str) -> bool:
    """Whether the name stands as words of its own, with its capital if it has one: "Apple" is no apple."""
    edge = r"\b" if name.isascii() else ""
    pattern = re.compile(edge + re.escape(" ".join(name.split())) + edge, re.IGNORECASE)
    return any(match.group()[0] == name[0] or not name[0].isupper() for match in pattern.finditer(text))


def _in_entry(number: Number, entry: object) -> NumberEvidence:
    """A JSON entry, or the `val` of a row as EDGAR has them, supports the number it equals."""
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


class _Quote:
    """The readings of a quote, and those of the paragraph at the same place."""

    def __init__(self, passage: Passage) -> None:
        self.passage = passage
        self.readings = read(passage.text)
        first = max(0, passage.before - _AROUND)
        after = passage.before + len(passage.text)
        self.whole = passage.paragraph == passage.text or not passage.paragraph
        window = passage.paragraph[first : after + _AROUND]
        self.offset = passage.before - first  # of the quote in what was read around it
        self.around = () if self.whole else read(window)
        self.surroundings = passage.text if self.whole else passage.paragraph
        self.scaled = scale_in_header(passage.preceding)

    def evidence(self, number: Number, label: str) -> NumberEvidence:
        """What the quote says of one number."""
        setting = Setting(self.surroundings, label)
        best: tuple[Outcome, Reading] | None = None
        for reading in self.readings:
            outcome = weigh(number, reading, setting)
            if outcome.reason is None:
                outcome = self._confirmed(number, reading, setting)
            if best is None or outcome.nearness > best[0].nearness:
                best = outcome, reading
            if outcome.reason is None:
                break
        if best is None:
            return NumberEvidence(
                field=number.field, agrees=False, reason="no quantity can be read in the quote"
            )
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

    def _confirmed(self, number: Number, reading: Reading, setting: Setting) -> Outcome:
        """Whether the paragraph at the place of `reading` supports the number as well."""
        if self._in_scaled_row(reading):
            return Outcome(8, "it stands in a table whose head gives the figures in thousands or millions")
        if self.whole:
            return Outcome(9, None)
        reason = "the words around the quote do not let it be read"
        for other in self.around:
            if other.start < self.offset + reading.end and self.offset + reading.start < other.end:
                outcome = weigh(number, other, setting)
                if outcome.reason is None:
                    inside = self.offset <= other.start and other.end <= self.offset + len(self.passage.text)
                    return outcome if inside else Outcome(8, "the quote cuts the number off")
                reason = f"with the words around the quote, {outcome.reason}"
        return Outcome(8, reason)

    def _in_scaled_row(self, reading: Reading) -> bool:
        """Whether a number without a scale of its own stands in a row of a table that is headed by one."""
        if not self.scaled or reading.decimals < 0 or reading.per or reading.role != "quantity" or reading.unit in {
            "percent", "percentage_points", "basis_points", "times",
        }:  # fmt: skip
            return False
        text, at = self.passage.paragraph or self.passage.text, self.passage.before + reading.start
        line = text[text.rfind("\n", 0, at) + 1 :].split("\n", 1)[0]
        return sum(word[:1].isalpha() for word in line.split()) <= _ROW
