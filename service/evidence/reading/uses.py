"""Recognise numbers that are no quantities: years, dates, times, parts of names, marks, sums."""

from typing import Final

from service.evidence.reading import bounds, context
from service.evidence.reading.languages.en import (
    BOUNDS,
    CUT,
    DOWN,
    FRACTIONS,
    LABELS,
    MONTHS,
    PHRASE_ENDS,
    UP,
    vocabulary,
)
from service.evidence.reading.numerals import NUMBER_WORDS
from service.evidence.reading.terms import Term
from service.evidence.reading.tokens import Tokens

_MONTH_NAMES: Final = frozenset(month.capitalize() for month in MONTHS)
_HOLDERS: Final = vocabulary("has have had with employs employed operates operated hired hire")
_FIRM_BOUNDS: Final = vocabulary("over than least nearly almost to exceeding above")
_FEW: Final = vocabulary("several few many couple every each first next last initial final")
_NAME_SAFE: Final = PHRASE_ENDS | BOUNDS.keys() | UP | DOWN | CUT | _HOLDERS
_SUMS: Final = frozenset({"x", "×", "plus", "minus", "times"})
_TOLERANCES: Final = (["plus", "or", "minus"], ["+", "/", "-"], ["give", "or", "take"])


def other_use(t: Tokens, found: Term) -> bool:
    """Whether the number is no quantity."""
    if found.digits and _split_by_space(t, found.place):
        return True
    if (
        t.low[found.first - 1] in {"per", "mid"}
        or tolerance(t, found.first - 3)
        or t.raw[found.first - 1] == "±"
    ):
        return True
    if not found.digits and t.low[found.first - 1] == "of" and t.low[found.place] in {"a", "an"}:
        return t.low[found.first - 2] in FRACTIONS or t.low[found.first - 2] in _FEW  # a quarter of a million
    if found.measured or (found.scale and t.low[found.first - 1] not in _FEW):
        return False
    return _out_of(t, found.first) or _labelled(t, found) or (found.digits and _dated(t, found))


def tolerance(t: Tokens, at: int) -> bool:
    """Whether "plus or minus" stands at `at`."""
    return t.low[at : at + 3] in _TOLERANCES


def _split_by_space(t: Tokens, place: int) -> bool:
    """Whether a space beside the digits may be a thousands mark: "53 000" may be one number or two."""
    digits = t.raw[place]
    if t.start[place] - t.end[place - 1] == 1 and _group(digits) and _leads(t.raw[place - 1]):
        return True
    return t.start[place + 1] - t.end[place] == 1 and _leads(digits) and _group(t.raw[place + 1])


def _group(token: str) -> bool:
    return len(token) >= 3 and token[:3].isdigit() and not token[3:4].isdigit()


def _leads(token: str) -> bool:
    return token.isdigit() and len(token) <= 3 and token[0] != "0"


def _out_of(t: Tokens, at: int) -> bool:
    """Whether it is the second number of "one in five users", "9 out of 10", "300 x 400"."""
    joint = t.low[at - 1]
    if joint in _SUMS:
        return t.raw[at - 2][:1].isdigit()
    before = at - 3 if t.low[at - 2] == "out" else at - 2
    if joint not in {"in", "of"} or (joint == "of" and t.low[before] == "one"):
        return False
    return t.raw[before][:1].isdigit() or t.low[before] in NUMBER_WORDS


def _labelled(t: Tokens, found: Term) -> bool:
    """Whether it is part of a name, or the number of a section, a version, a page."""
    raw, at = t.raw, found.first
    before = raw[at - 2] if raw[at - 1] == "." and t.glued(at - 1) else raw[at - 1]
    lower = before.lower()
    if lower in _FEW or (lower in LABELS and not found.numeral.grouped):
        return True
    if not found.digits:
        within_sentence = raw[at - 1][:1].isalnum() or raw[at - 1] == "-"
        return raw[at][0].isupper() and within_sentence
    named = any(letter.isupper() for letter in before[:3]) and not lower.endswith("'s")
    return named and lower not in _NAME_SAFE and not found.numeral.grouped


def _dated(t: Tokens, found: Term) -> bool:
    """Whether it is a day, a time, a year, or the number of a list item."""
    raw, low = t.raw, t.low
    at, after = found.first, found.after
    if not found.numeral.plain:
        return False
    before = raw[at - 2] if raw[at - 1] == "." and t.glued(at - 1) else raw[at - 1]
    if found.value <= 31 and (before in _MONTH_NAMES or raw[after] in _MONTH_NAMES):
        return True
    if low[after] in {"am", "pm", "o'clock"} or (low[after] in {"a", "p"} and raw[after + 1] == "."):
        return True
    if 1900 <= found.value <= 2099:
        return not _clearly_counted(t, found)
    starts_line = at == 0 or "\n" in t.text[t.end[at - 1] : t.start[at]]
    return starts_line and raw[after] in {".", ")"}


def _clearly_counted(t: Tokens, found: Term) -> bool:
    """Whether a number like a year counts things: "over 2000 employees"."""
    phrase, _ = context.nouns(t, found.after)
    before = t.low[found.first - 1]
    _, start = bounds.before(t, found.first)
    return bool(phrase) and (before in _HOLDERS or (start < found.first and before in _FIRM_BOUNDS))
