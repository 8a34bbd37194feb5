"""Recognise numbers that the sentence does not vouch for, so that they are not read.

They are numbers that are denied or withdrawn, a best case, one end of a span whose other end is "flat", the base of a
fraction or a multiple ("half of $5 million", "twice the $5 million"), and shares that each of several gets.
"""

from bisect import bisect_left
from typing import Final

from service.evidence.reading import context
from service.evidence.reading.languages.en import (
    CLAUSE_ENDS,
    CUT,
    DENIALS,
    DOWN,
    EARLIER,
    EXPECTED,
    FLAT,
    FRACTIONS,
    MULTIPLIERS,
    PARTS,
    REPORTED,
    RESTATED,
    UP,
    WHOLES,
    WITHDRAWN,
    vocabulary,
)
from service.evidence.reading.terms import Term
from service.evidence.reading.tokens import Tokens

_REACH: Final = 32  # tokens of a sentence searched on either side of a number
_STOPS: Final = frozenset({".", ";", "!", "?", ""})
_ARTICLES: Final = vocabulary(
    "the its their his her our my your a an this that those these total all full combined previous last first"
    " earlier then current about around roughly some nearly almost approximately over than more least at"
    " year's quarter's"
)
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
_NEW_CLAUSE: Final = vocabulary("and while whereas although though")
_PASSIVE: Final = vocabulary("been was were is are be being later since subsequently then later")
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
_REMOTE: Final = (["nowhere", "near"], ["far", "from"], ["anything", "but"], ["nothing", "like"])
_TAKEN_BACK: Final = (
    ["backed", "away"], ["backs", "away"], ["walked", "back"], ["walks", "back"], ["took", "back"], ["takes", "back"],
    ["stepped", "back"], ["backed", "off"], ["moved", "away"], ["called", "off"], ["calls", "off"], ["no", "longer"],
    ["the", "table"],
)  # fmt: skip
_UNTRUE: Final = (
    ["not", "true"], ["no", "truth"], ["contrary", "to"], ["not", "correct"], ["not", "right"], ["no", "basis"],
    ["a", "lie"], ["not", "so"], ["not", "accurate"], ["isn't", "true"], ["wasn't", "true"],
    *([verb, thing] for verb in ("rejected", "rejects", "dismissed", "dismisses", "disputed") for thing in (
        "reports", "report", "claims", "claim", "suggestions", "rumours", "rumors", "speculation", "that", "allegations",
        "talk", "as", "press",
    )),
)  # fmt: skip
_PULLED: Final = vocabulary(
    "pulled pulls suspended suspends dropped removed yanked lifted reversed reverses reversing halted froze"
)
_DECIDED: Final = vocabulary("decision decisions order orders ruling ban proposal bid offer")
_SUPPOSING: Final = vocabulary("would could might should")
_LEFT_OUT: Final = vocabulary("excluding excludes excluded exclude barring")
_EXTRAPOLATED: Final = vocabulary("cumulative cumulatively extrapolated")
_NEAR: Final = 9  # tokens between "cumulative" and the number that it belongs to
_FORMER: Final = vocabulary("had employed operated owned ran boasted counted")
_CASE_WORDS: Final = vocabulary("optimistic pessimistic optimistically")
_OF_CASES: Final = _CASE_WORDS | {word for pair in _CASES for word in pair} - {
    "at",
    "the",
    "very",
    "that",
    "-",
}
_HAVE: Final = frozenset({"have", "had"})
_EACH: Final = frozenset({"each", "every", "individually"})
_MEASURES: Final = vocabulary("rate level pace amount sum")
_TO_EACH: Final = vocabulary("to for in at from by per with")


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
    low = t.low
    place = start - 1
    while place >= 0 and low[place] in _ARTICLES:
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


def is_denied(t: Tokens, start: int, after: int) -> bool:
    """Whether the sentence denies or withdraws the number in tokens `start` to `after`."""
    return bool(t.doubts) and _taken_back(t, start, after)


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
        if low[before] in {"level", "even"} and low[before - 1] not in {
            "a",
            "the",
            "that",
            "this",
            "same",
            "and",
            "or",
        }:
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
    while (low[place] in _ARTICLES or low[place].endswith("'s")) and start - place < 8 and place >= 0:
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
        low[place - 2] not in {"the", "'s"} and not low[place - 2].endswith("'s")
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


def _taken_back(t: Tokens, start: int, after: int) -> bool:
    """Whether the sentence denies or withdraws the number."""
    first, last = bisect_left(t.doubts, start - _REACH), bisect_left(t.doubts, after + _REACH)
    if first == last:
        return False
    floor, ceiling = _clause_before(t, start), _clause_behind(t, after)
    for place in t.doubts[first:last]:
        if floor <= place < start:
            if _before(t, place, start):
                return True
        elif after <= place <= ceiling and _behind(t, place, after):
            return True
    return False


def _before(t: Tokens, place: int, start: int) -> bool:
    low = t.low
    word, pair = low[place], low[place : place + 2]
    if pair in _REMOTE:
        return all(
            one in _ARTICLES or one in {"near", "from", "but", "like"} for one in low[place + 1 : start]
        )
    if word in EARLIER:
        return _said_earlier(t, place)
    if word in RESTATED:
        return low[start - 1] == "from" and start - place < 6
    return word in DENIALS or pair in _UNTRUE or _rejects(low, place) or _withdraws(t, place)


def _rejects(low: list[str], place: int) -> bool:
    """Whether "rejected a report" or the like stands at `place`."""
    at = place + 1 + (low[place + 1] in {"a", "an", "the", "media", "press"})
    return [low[place], low[at]] in _UNTRUE


def _behind(t: Tokens, place: int, after: int) -> bool:
    low = t.low
    word, pair = low[place], low[place : place + 2]
    if word in EARLIER:
        return place - after < 8 and _said_earlier(t, place)
    if word in RESTATED:
        return low[place - 1] in _PASSIVE
    return word in DENIALS or pair in _UNTRUE or _withdraws(t, place)


def _withdraws(t: Tokens, place: int) -> bool:
    low = t.low
    pair = low[place : place + 2]
    if low[place] in _PULLED and not (EXPECTED | _DECIDED).isdisjoint(low[place + 1 : place + 4]):
        return True
    return pair in _TAKEN_BACK or (low[place] in WITHDRAWN and low[place + 1] != "from")


def _said_earlier(t: Tokens, place: int) -> bool:
    """Whether "previously" at `place` stands beside a word such as "reported", or "once" before "had"."""
    low = t.low
    if low[place] in {"once", "formerly"} and low[place + 1] in _FORMER:
        return True
    return low[place + 1] in REPORTED or (low[place - 1] in REPORTED and low[place] != "first")


def _clause_before(t: Tokens, start: int) -> int:
    """The first token before `start` that is in its sentence, with no ", and" or the like between; within reach."""
    for at in range(start - 1, start - _REACH, -1):
        if _ends_sentence(t, at) or (at < start - 1 and _begins_clause(t, at)):
            return at
    return start - _REACH


def _clause_behind(t: Tokens, after: int) -> int:
    """The last token from `after` on that is in its sentence, with no ", and" or the like between; within reach."""
    for at in range(after, after + _REACH - 1):
        if _ends_sentence(t, at):
            return at
        if _begins_clause(t, at):
            return at + 1
    return after + _REACH - 1


def _ends_sentence(t: Tokens, at: int) -> bool:
    low = t.low
    return (
        low[at] in {";", "!", "?", "•", "|"}
        or (low[at] == "." and not t.glued(at + 1) and low[at + 1] != "")
        or "\n\n" in t.text[t.end[at - 1] : t.start[at]]
    )


def _begins_clause(t: Tokens, at: int) -> bool:
    """Whether ", and" or the like stands at `at`."""
    return t.low[at] == "," and t.low[at + 1] in _NEW_CLAUSE


FIRSTS: Final = (
    DENIALS
    | WITHDRAWN
    | EARLIER
    | RESTATED
    | _PULLED
    | {pair[0] for pair in (*_REMOTE, *_TAKEN_BACK, *_UNTRUE)} - {"a", "no", "not", "the"}
)
_SECONDS: Final = {
    pair[1]: pair[0] for pair in (*_TAKEN_BACK, *_UNTRUE) if pair[0] in {"a", "no", "not", "the"}
}


def marked(low: list[str]) -> list[int]:
    """The tokens where a word of denial or withdrawal stands."""
    if FIRSTS.isdisjoint(low) and _SECONDS.keys().isdisjoint(low):
        return []
    found = [at for at, word in enumerate(low) if word in FIRSTS]
    found += [
        at - 1 for at, word in enumerate(low) if word in _SECONDS and at and low[at - 1] == _SECONDS[word]
    ]
    return sorted(found)
