"""Recognise numbers that the sentence does not vouch for, so that they are not read.

They are a best case, one end of a span whose other end is "flat", the base of a
fraction or a multiple ("half of $5 million", "twice the $5 million"), and shares that each of several gets.
"""

from typing import Final

from service.evidence.reading import context
from service.evidence.reading.denials import ARTICLES
from service.evidence.reading.languages.en import (
    CLAUSE_ENDS,
    CUT,
    DOWN,
    FLAT,
    FRACTIONS,
    MULTIPLIERS,
    PARTS,
    UP,
    WHOLES,
    vocabulary,
)
from service.evidence.reading.terms import Term
from service.evidence.reading.tokens import Tokens

_REACH: Final = 32  # tokens of a sentence searched on either side of a number
_STOPS: Final = frozenset({".", ";", "!", "?", ""})
_BETWEEN_ENDS: Final = (
    UP
    | DOWN
    | CUT
    | vocabulary(
        "a an the of by profit low slight small modest about around some roughly perhaps maybe as much at most"
    )
)
_SPAN_JOINTS: Final = frozenset({"to", "or", "and", "through", "-", "–", "—", "/"})
_AFTER_UNIT: Final = vocabulary("% percent pct points point bps bp pp digits digit million billion")
_CASES: Final = (
    ["at", "best"], ["at", "worst"], ["best", "case"], ["worst", "case"], ["if", "that"],
    ["the", "outside"], ["very", "best"], ["high", "end"], ["low", "end"], ["upper", "end"], ["lower", "end"],
    ["top", "end"], ["bottom", "end"], ["best", "-"], ["worst", "-"],
)  # fmt: skip
_COMPARING: Final = frozenset(
    {"at", "above", "below", "near", "exceeding", "beating", "topping", "within", "toward", "towards"}
)
_BEATING: Final = vocabulary(
    "exceeded exceeds beat beats topped tops surpassed above"
)  # "the high end of our guidance"
_SUPPOSING: Final = vocabulary("would could might should")
_LEFT_OUT: Final = vocabulary("excluding excludes excluded exclude barring")
_EXTRAPOLATED: Final = vocabulary("cumulative cumulatively extrapolated")
_OF_OTHER_SUMS: Final = _LEFT_OUT | _EXTRAPOLATED | {"which", "forma", "run"}
_NEAR: Final = 9  # tokens between "cumulative" and the number that it belongs to
_CASE_WORDS: Final = vocabulary("optimistic pessimistic optimistically")
_OF_CASES: Final = _CASE_WORDS | {word for pair in _CASES for word in pair} - vocabulary("at the very that -")
_NO_LEVEL: Final = vocabulary("a the that this same and or")
_HAVE: Final = frozenset({"have", "had"})
_EACH: Final = frozenset({"each", "every", "individually"})
_MEASURES: Final = vocabulary("rate level pace amount sum")
_BEFORE_QUARTER: Final = vocabulary("the 's first second third fourth last this final latest current")
_TO_EACH: Final = vocabulary("to for in at from by per with on")


def doubtful(t: Tokens, start: int, final: Term, *, rate: bool) -> bool:
    """Whether the number in tokens `start` to `final.after` is not to be read. `rate`: its unit is percent or the like."""
    if _flat_end(t, start, final.after) or _best_case(t, start, final.after):
        return True
    if _supposed(t, start) or (final.currency and _of_another_sum(t, start)):
        return True
    return _part_or_multiple(t, start, final, rate=rate)


def _supposed(t: Tokens, start: int) -> bool:
    """Whether the clause says what would have been."""
    if t.words.isdisjoint(_HAVE):
        return False
    low = t.low
    is_beside = True  # no comma stands between
    for at in range(start - 1, max(start - _REACH, 0) - 1, -1):
        if low[at] in _STOPS:
            return False
        is_beside = is_beside and low[at] != ","
        if is_beside and low[at] == "have" and low[at - 1] in _SUPPOSING:
            return True
        if low[at] == "had" and t.raw[at] == "Had" and _SUPPOSING.intersection(low[at:start]):
            return True
    return False


def _of_another_sum(t: Tokens, start: int) -> bool:
    """Whether the money is left out of something, a part of it, or a sum over other times than the sentence tells."""
    if t.words.isdisjoint(_OF_OTHER_SUMS):
        return False
    low = t.low
    place = start - 1
    while place >= 0 and low[place] in ARTICLES:
        place -= 1
    if low[place] in _LEFT_OUT or low[place - 1 : place + 1] == ["of", "which"]:
        return True
    for at in range(start - 1, max(start - _NEAR, 0) - 1, -1):
        if low[at] in _STOPS or low[at] == ",":
            return False
        if low[at] in _EXTRAPOLATED or low[at : at + 2] == ["pro", "forma"]:
            return True
        if low[at] == "run" and low[at + 1] in {"rate", "-"}:
            return True
    return False


def _flat_end(t: Tokens, start: int, after: int) -> bool:
    """Whether the number is one end of a span such as "flat to up 5%", "down 2% to flat", "down 7% to up 2%"."""
    low = t.low
    place = start - 1
    directed = low[start] in UP or low[start] in DOWN or low[start] in {"+", "-"}
    while start - place < 9 and place >= 0:
        hyphen = low[place] == "-" and low[place - 1] in _SPAN_JOINTS
        if not (hyphen or low[place] in _BETWEEN_ENDS or low[place].endswith("ly")):
            break
        directed = directed or low[place] in UP or low[place] in DOWN
        place -= 1
    if low[place] in _SPAN_JOINTS:
        before = place - 1
        while low[before] in {",", "-", "a", "slightly"} or (low[before].endswith("ly") and before > 0):
            before -= 1
        if low[before] in {"level", "even"} and low[before - 1] not in _NO_LEVEL:
            return True
        if low[before] in FLAT or low[before - 1 : before + 1] == ["break", "even"]:
            return True
        if low[before - 2 : before + 1] == ["break", "-", "even"]:
            return True
        if directed and low[place] in {"to", "through", "–"} and low[before] in _AFTER_UNIT:
            return True
    return _goes_on_to(t, after)


def _goes_on_to(t: Tokens, after: int) -> bool:
    """Whether "to flat" or "to up 2%" follows."""
    low = t.low
    if (low[after] in UP or low[after] in DOWN) and low[after + 1] in {"to", "or"}:
        after += 1  # "a 6% decline to flat sales"
    if low[after] not in {"to", "or", "through", "–"} and low[after : after + 2] != [",", "to"]:
        return False
    at = after + 1 + (low[after] == ",")
    while low[at] in {"about", "around", "roughly", "slightly", "a", "even"}:
        at += 1
    if low[at] in FLAT or (low[at] == "break" and low[at + 1] in {"even", "-"}):
        return True
    if low[at] not in UP and low[at] not in DOWN:
        return False
    at += 1
    while low[at] in {"of", "by", "about", "around", "roughly", "slightly", "some", "over"}:
        at += 1
    return low[after] != "or" and t.raw[at][:1].isdigit()


def _best_case(t: Tokens, start: int, after: int) -> bool:
    """Whether the clause calls the number a best or worst case."""
    if t.words.isdisjoint(_OF_CASES):
        return False
    low = t.low
    for at in range(after, after + 8):
        if at == after and low[at] == "," and low[at + 1] in _COMPARING and low[at + 4] in {"end", "of"}:
            break  # "$2.06 billion, at the upper end of its range"
        if low[at] in _STOPS or (low[at] == "," and at > after) or low[at] in _BEATING:
            break
        if low[at : at + 2] in _CASES and not t.raw[at + 1][:1].isupper():
            return True
        if low[at] in _CASE_WORDS:
            return True
        if low[at : at + 3] == ["at", "the", "outside"]:
            return True
    for at in range(start - 2, start - 16, -1):
        if low[at] in _STOPS or low[at] in {"and", "but", "while"} or at < 0:
            break
        if low[at] in _CASE_WORDS or (low[at : at + 2] in _CASES and not t.raw[at + 1][:1].isupper()):
            return True
    return False


def _part_or_multiple(t: Tokens, start: int, final: Term, *, rate: bool) -> bool:
    """Whether the number is what a fraction, a share or a multiple is taken of."""
    low = t.low
    place = start - 1
    article = ""
    while (low[place] in ARTICLES or low[place].endswith("'s")) and start - place < 8 and place >= 0:
        article = article or low[place]
        place -= 1
    if _multiplied(t, place, start):
        return True
    if low[place] != "of":
        return False
    if rate:
        return False
    whole = low[final.after] if final.measured else ""
    if whole in WHOLES or (whole == "-" and low[final.after + 1] in WHOLES):
        return False  # "36% of a $12 billion market"
    named = low[place - 1]
    owned = article in {"the", "its", "their", "our"} or article.endswith("'s")
    if owned and not final.measured:
        return False  # "a third of its 300 stores" says how many there are
    if low[place - 2] == "per":
        return False  # "earnings per share of $1.64"
    if named == "part" and article in {"a", "an"}:
        return False
    counted_part = named in FRACTIONS and (
        low[place - 2] not in _BEFORE_QUARTER and not low[place - 2].endswith("'s")
    )
    return counted_part or named in PARTS


def _multiplied(t: Tokens, place: int, start: int) -> bool:
    """Whether the word at `place`, before the article of the number at `start`, makes a multiple of it."""
    low = t.low
    word = low[place]
    if word in MULTIPLIERS and low[place - 1] not in {"a", "to"}:
        return word != "half" or low[place - 2 : place] != ["and", "a"]
    if word == "x":
        return t.glued(place) and t.raw[place - 1][:1].isdigit()
    if word == "as" and any(
        low[at] == "as" and low[at - 1] in MULTIPLIERS for at in range(place - 1, place - 7, -1)
    ):
        return True
    if start > 0 and low[start] == "as" and low[start - 1] in MULTIPLIERS:
        return True
    if word != "of":
        return False
    if low[place - 1] in {"multiple", "multiples"} or low[place - 1] in MULTIPLIERS - {"times", "half"}:
        return True
    return low[place - 1] in _MEASURES and not MULTIPLIERS.isdisjoint(low[place - 4 : place - 1])


def each(t: Tokens, start: int, final: Term) -> bool:
    """Whether each of several has the number."""
    if t.words.isdisjoint(_EACH):
        return False
    low = t.low
    at = final.after
    if not final.measured:
        _, at = context.nouns(t, at)
        if low[at - 1] == "each":
            at -= 1
    if low[at] == "each" and low[start - 1] != "at":
        return True
    for place in range(at, at + 4):
        if low[place] in CLAUSE_ENDS:
            break
        if low[place] in _TO_EACH and low[place + 1] in {"each", "every"}:
            return True
    for place in range(start - 1, max(start - 14, -1), -1):
        word = low[place]
        if word in CLAUSE_ENDS and word != "and":
            break
        if word == "individually":
            return True
        if word in {"each", "every"}:
            return low[place + 1] != "of" or start > place + 3
    return False
