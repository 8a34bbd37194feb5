"""Recognise numbers of something else: the distance to a forecast, people who left, stores that are only planned."""

from typing import Final

from service.evidence.reading import context
from service.evidence.reading.languages.en import (
    CLAUSE_ENDS,
    CUT,
    DOWN,
    EXPECTED,
    GAP_NOUNS,
    GAP_VERBS,
    GONE_BEHIND,
    GONE_NOUNS,
    GONE_VERBS,
    HIRING,
    PLANS,
    TO_COME,
    UP,
    vocabulary,
)
from service.evidence.reading.tokens import Tokens

JOBS: Final = vocabulary("job jobs post posts position positions role roles staff")
_REACH: Final = 14
_FILLERS: Final = vocabulary("""a an the its their some about around roughly nearly almost full whole mere just only over more
    than less at least up to as many further another additional margin of around approximately all total by down off out on""")
_COMPARING: Final = vocabulary("more less better worse higher lower fewer greater bigger smaller")
_BESIDE: Final = vocabulary("below above under over behind beneath beyond past off on")
_AUXILIARIES: Final = vocabulary("""were was are is be been being will would have has had to may could might must should also
    already since made who that which let lost walked shut their they get got getting took take takes the voluntary out""")
_PLACES: Final = vocabulary("""stores shops branches plants restaurants factories hotels offices outlets subsidiaries clinics
    sites hospitals""")
_CONCLUDED: Final = vocabulary(
    "deals deal sales rounds contracts transactions agreements acquisitions orders"
)
_AFTER_GAP: Final = vocabulary(
    "of to between was is from with : came in on amounted totaled totalled stood against"
)
_CAME_SHORT: Final = vocabulary(
    "fell falls fall was is were are came comes"
)  # "profit of $5 million fell short"
_MISSES: Final = vocabulary("miss shortfall overrun overspend")
_LAYOFFS: Final = vocabulary("""layoffs layoff redundancies dismissals closures resignations departures sackings firings
    shutdowns""")
_AT_IT: Final = vocabulary("hiring recruiting seeking adding opening building launching planning creating")
_AWAITED: Final = vocabulary("wanted needed sought due scheduled expected slated envisaged missing")
_LOST: Final = vocabulary("jobs job posts roles positions")


def gap(t: Tokens, first: int, after: int, *, money: bool) -> bool:
    """Whether the number says how far something is from a forecast, a plan, or another number."""
    low = t.low
    return _gap_before(low, first, money=money) or _gap_behind(t, after)


def _gap_before(low: list[str], first: int, *, money: bool) -> bool:
    place = first - 1
    by = False
    while first - place < 8 and (low[place] in _FILLERS or low[place].endswith("ly")) and place >= 0:
        by = by or low[place] == "by"
        place -= 1
    if by:
        for at in range(place, max(place - _REACH, -1), -1):
            word = low[at]
            if word in GAP_VERBS:
                return True
            if word in UP or word in DOWN or word in CUT:
                return False
            if word in CLAUSE_ENDS:
                break
        return money and low[first - 1] == "by" and low[place] in EXPECTED
    for at in range(first - 1, max(first - _REACH, -1), -1):
        word = low[at]
        if word in CLAUSE_ENDS:
            break
        if word in GAP_NOUNS and low[at + 1] in _AFTER_GAP:
            return True
    return False


_PLANNING: Final = vocabulary("plan plans planning looking seeking")
_DISTANCES: Final = vocabulary("miss beat gap overrun overspend difference variance discrepancy surprise")


def _gap_behind(t: Tokens, after: int) -> bool:
    low = t.low
    place = after
    while place < after + 4 and (
        low[place].endswith("ly") or low[place] in {"-", "a", "share", "per", "still"}
    ):
        place += 1
    word = low[place]
    if (
        word[:1].isalpha()
        and word not in _BESIDE
        and word not in _COMPARING
        and word not in _CAME_SHORT
        and low[place + 1] in {"short", "shy"}
    ):
        place += 1  # "300 stores short of its target"
        word = low[place]
    following = low[place + 1]
    if word in {"short", "shy", "ahead", "adrift", "wide", "light"} and following == "of":
        return True
    if following in EXPECTED or following in {"the", "its", "their", "what", "all", "analysts'", "wall"}:
        return (word in _BESIDE or word in _COMPARING) and _expected_behind(t, place)
    if word in _DISTANCES:
        return True
    if word.isalpha() and (following in _MISSES or (word == "earnings" and following == "beat")):
        return True  # "a $20 million revenue miss"
    if word in _COMPARING and following == "than":
        for at in range(place + 2, place + 8):
            if low[at] in CLAUSE_ENDS:
                return False  # "6 percent less than a year earlier. Microsoft plans"
            if low[at] in EXPECTED:
                return True
        return False
    return word in _BESIDE and _expected_behind(t, place)


def _expected_behind(t: Tokens, place: int) -> bool:
    """Whether a forecast, a plan or the like is named after "below" or "above" at `place`."""
    low = t.low
    for at in range(place + 1, place + 6):
        if low[at] in EXPECTED or low[at : at + 2] == ["what", "was"]:
            return True
        if not low[at][:1].isalpha() and low[at] != "'":
            break
    return False


def gone(t: Tokens, first: int, after: int) -> bool:
    """Whether the things counted were dismissed, closed or given up."""
    low = t.low
    place = first - 1
    while first - place < 6 and low[place] in _FILLERS and low[place] != "of" and place >= 0:
        place -= 1
    phrase, end = context.nouns(t, after)
    if low[place] in GONE_VERBS and low[place - 1] not in {"the", "a"}:
        return _CONCLUDED.isdisjoint(phrase)
    if low[place] in {"sold", "sell", "sells", "selling"} and not _PLACES.isdisjoint(phrase):
        return True
    if low[place] == "of" and low[place - 1] in GONE_NOUNS:
        return True
    if low[place - 1 : place + 1] in (["rid", "of"], ["go", "of"], ["ways", "with"]):
        return True
    for at in range(first - 1, max(first - 7, -1), -1):
        if low[at] in CLAUSE_ENDS:
            break
        if low[at] in _LAYOFFS:
            return True  # "layoffs hit 80 employees"
    if low[place] == "let" and "go" in low[end : end + 2]:
        return True
    if low[place] in {"made", "make", "makes", "making"} and "redundant" in (*phrase, low[end]):
        return True
    return _gone_behind(t, after)


def _gone_behind(t: Tokens, after: int) -> bool:
    low = t.low
    acting = False
    for at in range(after, after + 10):
        word = low[at]
        if word == "," and low[at + 1] in _AUXILIARIES:
            continue  # "5% of staff, or 320 people, will go"
        if word in CLAUSE_ENDS or not (word[:1].isalpha() or word in {"-", "'"}):
            break
        if word in {"lost", "lose", "losing"} and any(low[one] in _LOST for one in range(at + 1, at + 4)):
            return True
        if (
            at > after
            and word in GONE_BEHIND
            and (acting or word not in {"cut", "sold", "sale", "sent", "closing", "close", "left"})
        ):
            return not (word == "go" and not acting) and low[at + 1] != "-"
        if (
            at > after
            and word in {"left", "closed", "close"}
            and low[at + 1] in {"the", "in", "last", ".", "", "this"}
        ):
            return True
        acting = acting or word in _AUXILIARIES
        if not acting and word in {"in", "of", "at", "for", "with", "from", "by", "on", "to"}:
            break
    return False


def planned(t: Tokens, first: int, after: int) -> bool:
    """Whether the things counted are only planned."""
    low = t.low
    place = first - 1
    while first - place < 6 and low[place] in _FILLERS and low[place] not in {"of", "to"} and place >= 0:
        place -= 1
    if low[place] in {"planned", "proposed"}:
        return True
    if low[place] in _AT_IT and low[place - 1] in {"is", "are", "am", "be"}:
        return True
    if low[place] == "for" and low[place - 1] in {"vacancies", "openings", "permission", "approval", "plans"}:
        return True
    if low[place] == "to" and low[place - 1] in _TO_GROW:
        place -= 1
    if low[place] in HIRING or low[place] in _TO_GROW:
        for at in range(place - 1, max(place - _REACH, -1), -1):
            word = low[at]
            if word in CLAUSE_ENDS:
                break
            if word in PLANS or (word in {"is", "are"} and low[at + 1] == "to"):
                return low[place] not in {"for", "of"} or word in _PLANNING
            if word in {"have", "has"} and at != place:
                break
    if low[place] in {"seeking", "seeks", "needs"}:
        return True
    return _planned_behind(t, after)


_TO_GROW: Final = frozenset({"grow", "rise", "expand", "increase", "climb", "swell"})


def _planned_behind(t: Tokens, after: int) -> bool:
    low = t.low
    _, end = context.nouns(t, after)
    ahead = low[end : end + 5]
    if ahead[:2] in (["under", "construction"], ["on", "order"]) or ahead[2:3] == ["pipeline"]:
        return True
    if ahead[:1] not in (["are"], ["is"], ["were"], ["to"], ["will"], ["would"], ["being"]):
        return False
    if ahead[0] in {"are", "is", "were"} and (
        ahead[1] in _AWAITED or not {"pipeline", "construction"}.isdisjoint(ahead)
    ):
        return True
    coming = ahead[0] in {"to", "will", "would"} or ahead[1] in {"to", "planned", "proposed"}
    return coming and any(word in TO_COME for word in ahead[1:4])
