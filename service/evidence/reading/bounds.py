"""Read the bound of a number: exact, about, at least or at most."""

import re
from bisect import bisect_left
from typing import Final, Literal

from service.core.quantities import Bound
from service.evidence.reading.languages.en import (
    AS_BOUNDS,
    BOUNDS,
    OF_BOUNDS,
    OPPOSITE,
    OR_BOUNDS,
    THAN,
    vocabulary,
)
from service.evidence.reading.tokens import Tokens

_Found = Bound | Literal["unsure"]

_NO: Final = frozenset({"no", "not", "nothing"})
_HEDGES: Final = vocabulary("just well slightly only even far significantly currently barely")
_MOVED: Final = vocabulary("was is were are went moved")
_CREPT: Final = vocabulary("ticked edged inched crept nudged")
_LIFTING: Final = vocabulary("brought brings bringing took taking pushed pushing")
_OBJECT: Final = 8  # tokens between such a verb and its "up"
_NO_COMPARATIVES: Final = frozenset({"other", "rather", "whether", "quarter"})
_HEARSAY: Final = frozenset({("a", "reported"), ("a", "purported"), ("a", "supposed"), ("all", "but")})
_ABBREVIATED: Final = frozenset({"c", "ca", "approx", "est"})
_OVER_VERBS: Final = vocabulary("turned turns turning handed hands hand handing")
_REACH: Final = 4  # most words between a number and a bound after the things counted


def before(t: Tokens, at: int) -> tuple[Bound | None, int]:
    """The bound given by the words before token `at`, and their first token; None if they contradict."""
    found, start = _nearest(t, at)
    if found is None:
        return "exact", at
    if found == "unsure":
        return None, start
    while t.low[start - 1] in _HEDGES and not t.glued(start):
        start -= 1
    further, _ = _nearest(t, start)
    if further is not None and further != found:
        return None, start
    return found, start


def _nearest(t: Tokens, at: int) -> tuple[_Found | None, int]:
    low = t.low
    word, second, third = low[at - 1], low[at - 2], low[at - 3]
    if word in _LOOKERS:
        return _LOOKERS[word](t, at)
    if word == "." and second in _ABBREVIATED and t.glued(at - 1):
        return "about", at - 2
    if word in {"over", "past"} and second in {"the", "year", "quarter"}:
        return None, at  # "the past 3 years", "year over year 26%"
    if word == "over" and second in _OVER_VERBS:
        return None, at  # sells so much, or gives it to somebody
    if (second, word) in _HEARSAY:
        return "unsure", at - 2
    side = None if word == ">" and "<" in low[max(0, at - _REACH - 1) : at] else BOUNDS.get(word)  # "<ABC.L>"
    if side == "at_least" and second in _NO:
        return "at_most", at - 2  # "not exceeding 5%"
    if word == "more" and second == "or" and third == "less":
        return "about", at - 3
    return (None, at) if side is None else (_FOUND[side], at - 1)


_FOUND: Final[dict[str, Bound]] = {"at_least": "at_least", "at_most": "at_most", "about": "about"}


def _than(t: Tokens, at: int) -> tuple[_Found | None, int]:
    """Takes "More than", "no fewer than", "little more than"."""
    side, denied = THAN.get(t.low[at - 2]), t.low[at - 3]
    if side is None:
        # "faster than 6%" is not 6%
        compared = t.low[at - 2].endswith("er") and t.low[at - 2] not in _NO_COMPARATIVES
        return ("unsure", at - 2) if compared else (None, at)
    if denied in _NO:
        return _FOUND[OPPOSITE[side]], at - 3
    return ("about", at - 3) if denied == "little" else (_FOUND[side], at - 2)


def _to(t: Tokens, at: int) -> tuple[_Found | None, int]:
    """Takes "Up to 50%" bounds; "its share was up to 36% from 28%" may not. "Greater than or equal to" is at least."""
    low = t.low
    place = at - 3 if low[at - 2] == "-" else at - 2
    if low[place] == "up" and low[place - 1] in _CREPT:
        return None, at  # "edged up to 4.9%"
    if low[place] == "up" and _LIFTING.intersection(low[max(0, place - _OBJECT) : place]):
        return None, at  # "brought its stake up to 52%"
    if low[place] == "up":
        doubt = low[place - 1] in _MOVED or "from" in low[at : at + 8]
        return ("unsure" if doubt else "at_most"), place
    if low[at - 2] == "equal" and low[at - 3] == "or":
        side, start = _than(t, at - 3) if low[at - 4] == "than" else ("unsure", at - 3)
        return side or "unsure", start
    return ("about", at - 2) if low[at - 2] == "close" else (None, at)


def _extreme(t: Tokens, at: int) -> tuple[_Found | None, int]:
    """Takes "At least", "at the very most"."""
    place = at - 2
    while t.low[place] in {"the", "very"}:
        place -= 1
    if t.low[place] != "at":
        return None, at
    return ("at_least" if t.low[at - 1] == "least" else "at_most"), place


def _as(t: Tokens, at: int) -> tuple[_Found | None, int]:
    """Takes "As many as"."""
    side = AS_BOUNDS.get(t.low[at - 2])
    return (_FOUND[side], at - 3) if side is not None and t.low[at - 3] == "as" else (None, at)


def _of(t: Tokens, at: int) -> tuple[_Found | None, int]:
    """Takes "In excess of", "north of"."""
    side = OF_BOUNDS.get(t.low[at - 2])
    return (None, at) if side is None else (_FOUND[side], at - 3 if t.low[at - 3] == "in" else at - 2)


def _at(t: Tokens, at: int) -> tuple[_Found | None, int]:
    """Takes "Estimated at", "capped at"."""
    side = _AT.get(t.low[at - 2])
    return (None, at) if side is None else (side, at - 2)


def _struck(t: Tokens, at: int) -> tuple[_Found | None, int]:
    return ("unsure", at - 2) if t.low[at - 2] == "~" else ("about", at - 1)


def _or_equal(t: Tokens, at: int) -> tuple[_Found | None, int]:
    """The second sign of ">=" and "<="."""
    sides: dict[str, _Found] = {">": "at_least", "<": "at_most"}
    return sides.get(t.low[at - 2]), at - 2


def _on(t: Tokens, at: int) -> tuple[_Found | None, int]:
    """Takes "close on", "getting on for"."""
    place = at - 2 if t.low[at - 1] == "on" else at - 3
    if t.low[place] == "close" or (t.low[place : at - 1] == ["getting", "on"]):
        return "about", place
    return None, at


_AT: Final[dict[str, _Found]] = {"estimated": "about", "capped": "at_most", "limited": "at_most"}
_LOOKERS: Final = {
    "than": _than, "to": _to, "least": _extreme, "most": _extreme, "as": _as, "of": _of, "at": _at, "~": _struck,
    "=": _or_equal, "on": _on, "for": _on,
}  # fmt: skip


def behind(t: Tokens, at: int) -> tuple[Bound | None, int]:
    """A bound such as "or more" at token `at` or a few words on, and the token after it; None if none is there."""
    low = t.low
    for place in range(at, at + _REACH + 1):
        word, following = low[place], low[place + 1]
        if word == "or" and following in OR_BOUNDS:
            return _FOUND[OR_BOUNDS[following]], place + 2
        start = place + 1 if word == "," else place
        extreme = start + 3 if low[start + 1 : start + 3] == ["the", "very"] else start + 1
        if low[start] == "at" and low[extreme] in {"least", "most"} and not _begins(t, extreme + 1):
            return ("at_least" if low[extreme] == "least" else "at_most"), extreme + 1
        if low[start : start + 3] in (["at", "a", "minimum"], ["as", "a", "minimum"]):
            return "at_least", start + 3
        if low[start] in _TAIL_WORDS and start > place and not t.raw[start + 1][:1].isalnum():
            return _TAIL_WORDS[low[start]], start + 1
        if (low[start], low[start + 1]) in _TAILS and low[start + 2] != "to" and not _begins(t, start + 2):
            return _TAILS[low[start], low[start + 1]], start + 2
        if word in _TAIL_WORDS and not _begins(t, place + 1):
            return _TAIL_WORDS[word], place + 1
        if not word[:1].isalpha() and word != "-":
            break
        if word in {"and", "or", "to", "at", "from", "while", "but", "with", "than"}:
            break
    hedged = None if t.words.isdisjoint(_HEDGES_BEHIND) else _HEDGED.match(t.text, t.end[at - 1])
    return (None, at) if hedged is None else ("about", bisect_left(t.end, hedged.end(), at) + 1)


_HEDGES_BEHIND: Final = vocabulary("""possibly perhaps maybe probably likely potentially rising growing climbing falling then
    change approximately roughly floor ceiling approx rounded est estimated nearest""")
# as in: $5 million, possibly more; $5 million and rising; $5 million (approx.)
_HEDGED: Final = re.compile(
    r"(?:\s[a-z]+){0,2}?(?:,?\s(?:possibly|perhaps|maybe|probably|likely|potentially)\s(?:[a-z]+\s){0,2}(?:more|less|higher|lower|better|worse|fewer)"
    r"|,?\sand\s(?:rising|growing|climbing|falling|then\ssome|(?:some\s)?change)(?=[.,;)]|$)"
    r"|\s(?:approximately|roughly|as\sa\s(?:floor|ceiling))(?=[.,;)]|$)|,?\s\(?(?:approx|rounded)\b|\s\(est(?:imated|\.)|\sto\sthe\snearest)"
)


_BEGINNING: Final = vocabulary("$ € £ ¥ US the a one half than")


def _begins(t: Tokens, at: int) -> bool:
    """Whether another number starts at `at`; a bound before it then belongs to that number."""
    return t.raw[at][:1].isdigit() or t.raw[at] in _BEGINNING


_TAILS: Final[dict[tuple[str, str], Bound]] = {
    ("and", "counting"): "at_least", ("and", "above"): "at_least", ("and", "up"): "at_least",
    ("and", "more"): "at_least", ("and", "over"): "at_least", ("and", "below"): "at_most",
    ("and", "under"): "at_most", ("a", "minimum"): "at_least",
}  # fmt: skip
_TAIL_WORDS: Final[dict[str, Bound]] = {
    "minimum": "at_least", "min": "at_least", "maximum": "at_most", "max": "at_most", "tops": "at_most",
}  # fmt: skip
