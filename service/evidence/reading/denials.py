"""Recognise numbers that their sentence denies or withdraws, so that they are not read."""

from bisect import bisect_left
from typing import Final

from service.evidence.reading.languages.en import (
    DENIALS,
    EARLIER,
    EXPECTED,
    REPORTED,
    RESTATED,
    WITHDRAWN,
    vocabulary,
)
from service.evidence.reading.tokens import Tokens

_REACH: Final = 32  # tokens of a sentence searched on either side of a number
ARTICLES: Final = vocabulary("""the its their his her our my your a an this that those these total all full combined previous
    last first earlier then current about around roughly some nearly almost approximately over than more least at year's
    quarter's""")
_NEW_CLAUSE: Final = vocabulary("and while whereas although though")
_PASSIVE: Final = vocabulary("been was were is are be being later since subsequently then later")
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
_PULLED: Final = vocabulary("""pulled pulls suspended suspends dropped removed yanked lifted reversed reverses reversing halted
    froze""")
_DECIDED: Final = vocabulary("decision decisions order orders ruling ban proposal bid offer")
_ITS: Final = vocabulary("a an its the their our from")
_FORMER: Final = vocabulary("had employed operated owned ran boasted counted")


def is_denied(t: Tokens, start: int, after: int) -> bool:
    """Whether the sentence denies or withdraws the number in tokens `start` to `after`."""
    return bool(t.doubts) and _taken_back(t, start, after)


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
            one in ARTICLES or one in {"near", "from", "but", "like"} for one in low[place + 1 : start]
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
    if low[place + 1] == "their" and place == after + 1:
        return False  # "4,500 customers cancelled their contracts"
    return word in DENIALS or pair in _UNTRUE or _withdraws(t, place)


def _withdraws(t: Tokens, place: int) -> bool:
    low = t.low
    pair = low[place : place + 2]
    pulled = _DECIDED if low[place] == "lifted" else EXPECTED | _DECIDED
    if low[place] in _PULLED and not pulled.isdisjoint(low[place + 1 : place + 7]):
        return True
    return pair in _TAKEN_BACK or (low[place] in WITHDRAWN and low[place + 1] != "from")


def _said_earlier(t: Tokens, place: int) -> bool:
    """Whether "previously" at `place` stands beside a word such as "reported", or "once" before "had"."""
    low = t.low
    if low[place] in {"once", "formerly"} and low[place + 1] in _FORMER:
        return True
    if low[place - 1] in _ITS and low[place + 1] in EXPECTED:
        return False  # "compared with an earlier forecast of"
    behind = low[place - 1] in REPORTED and low[place] != "first" and low[place + 1] != "this"
    return low[place + 1] in REPORTED or behind


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
