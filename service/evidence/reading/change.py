"""Read whether a number is a level or a change: an increase, a decrease, a cut, a loss."""

import re
from typing import Final, Literal, NamedTuple

from service.evidence.reading import apart
from service.evidence.reading.languages.en import (
    CLAUSE_ENDS,
    CUT,
    CUT_NOUNS,
    DOWN,
    FALL_NOUNS,
    LEVEL,
    LOSSES,
    LOST,
    PHRASE_ENDS,
    RISE,
    SAVINGS,
    SIGN_WORDS,
    UP,
    vocabulary,
)
from service.evidence.reading.tokens import Tokens

Movement = Literal["", "up", "down", "cut", "loss", "gap", "planned", "unsure"]
NumberSort = Literal["money", "count", "rate"]

_REACH: Final = 16  # tokens searched before a number
_FARTHEST: Final = 64  # and past asides
_BEHIND_REACH: Final = 7  # tokens searched after it
_COMPARED_WITH: Final = frozenset({"year", "quarter", "month", "-"})  # "year over year"
_FILLERS: Final = vocabulary("""between by a an the another further just only about year over on quarter - annually sequentially
    total of combined some around roughly net""")
_INTRODUCING: Final = frozenset({":", "|", "–", "—", "(", "-"})  # "Net loss: $5 million"
_DETERMINERS: Final = vocabulary(
    "the a an its their our his her this that last steep sharp further first annual"
)
_PHRASAL: Final = vocabulary("""made make makes making take takes took taking sign signs signed signing set sets backed rang
    ring rings racked rack notched notch chalked chalk piled clocked clock ran run runs""")
_GIVING: Final = vocabulary("gave give gives given giving")
_BLOWS: Final = frozenset({"hit", "blow", "dent"})  # "took a hit of $5 million"
_FALLING_BACK: Final = _GIVING | vocabulary("edged edges edging pulled pulls pulling")
_UP_NOUNS: Final = vocabulary("growth expansion improvement")
_BEFORE_VERB: Final = vocabulary("to will would could may might can")
_PASSIVE: Final = vocabulary("was were been being is are")  # "was cut to"
_RESUMING: Final = vocabulary("""was were is of to at totaled totalled came stood amounted reached widened narrowed rose fell
    grew""")
_ADDED: Final = vocabulary("additional extra further another")
_BEFORE_OBJECT: Final = vocabulary("its the their his her our")
_NO_LOSS: Final = vocabulary("""on into revenue revenues revs shrs backlog sales profit profits income turnover gain gains
    market share""")
_LESS_BEHIND: Final = (
    FALL_NOUNS
    | LOSSES
    | CUT_NOUNS
    | vocabulary(
        "lower fewer less below behind down cheaper weaker softer poorer worse slower smaller hit knock setback"
    )
) - {
    "save",
    "saves",
    "saved",
}
_MORE_BEHIND: Final = vocabulary("increase rise jump surge uptick higher up")
_MORE_RATE_BEHIND: Final = _MORE_BEHIND | vocabulary("more growth gain boost improvement expansion uplift")


def change(t: Tokens, first: int, after: int, floor: int, sort: NumberSort) -> Movement:
    """Whether the number in tokens `first` to `after` is a level or a change.

    "" is a level, "up" an increase, "down" a decrease, "cut" an amount taken away, "loss" an amount that is a loss;
    "gap" a distance to something else, "planned" a count that does not exist yet;
    "unsure" if it cannot be told. `first` is the first token of the number's bound. Tokens before `floor` belong to
    the quantity before.
    """
    if apart.gap(t, first, after, money=sort == "money"):
        return "gap"
    if sort == "count":
        if apart.gone(t, first, after):
            return "cut"
        if apart.planned(t, first, after):
            return "planned"
    behind = _behind(t, after, sort)
    before = _loss(t, first, sort) or _before(t, first, after, floor, sort)
    if behind and before not in {"", "gap"}:
        return behind if behind == before else "unsure"
    return behind or before


class _Look(NamedTuple):
    """The words just before a number."""

    first: int  # token of the number, or of its bound
    nearest: int  # the last token before fillers such as "by about another"
    sort: NumberSort
    level: bool  # "to 3%", "at 3%"
    by: bool  # "by 3%"
    of: bool  # "of 3%"


def _before(t: Tokens, first: int, after: int, floor: int, sort: NumberSort) -> Movement:
    low = t.low
    place = first - 1
    if low[place] == ":" or (low[place] in _INTRODUCING and not t.glued(place)):
        place -= 1
    if sort != "rate" and low[place] in _ADDED:
        return "up"
    level, of = low[place] in LEVEL or low[first] in _THRESHOLDS, low[place] == "of"
    lowest = max(first - _REACH, floor)
    by = False
    while place >= lowest and (low[place] in _FILLERS or low[place].endswith("ly")):
        by = by or low[place] == "by"
        place -= 1
    if of and low[place] in _BLOWS:
        return "cut"
    look = _Look(first, place, sort, level, by, of)
    aside = False
    while place >= lowest:
        word = low[place]
        aside = aside or word == ","
        level = level or (word == "from" and not by)  # "down from a profit of $5 million"
        if word == "back" and low[place - 1] in _FALLING_BACK:
            return "unsure"  # gave back 3%
        if word in UP or word in DOWN or word in CUT:
            if level:
                if place == first - 2 and sort == "count" and word in CUT_NOUNS and low[after] in apart.JOBS:
                    return "cut"  # cuts to 4,000 jobs
                if not aside and _is_noun(t, place) and not _to_level(t, place, first):
                    return "unsure"  # the decline slowed to 3%
            elif not (by and word in _UP_NOUNS):
                return _turned(t, place, look, aside=aside)
        elif word == "offset" or (word in CLAUSE_ENDS and word != ","):
            return "gap" if word == "offset" and place == look.nearest else ""  # "offset by $5 million"
        place -= 1
    return ""


_THRESHOLDS: Final = frozenset({"below", "above"})  # "decreased below 5%" is where it came to


def _turned(t: Tokens, place: int, look: _Look, *, aside: bool) -> Movement:
    """The change given by the word at `place`, the nearest word of change before the number."""
    low = t.low
    word = low[place]
    if word in UP:
        return _upward(
            t,
            place,
            look,
            near=(place == look.nearest or look.by or _grows_of(low, place, look)) and not aside,
        )
    if aside:
        # as in: fell, by our estimate, 3%
        return "unsure" if low[place + 1] == "," and word not in SAVINGS else ""
    if any(between in _UP_NOUNS for between in low[place + 1 : look.first]):
        return "unsure"  # reduced growth by 3%
    noun_of = look.of and (word in FALL_NOUNS or word in CUT_NOUNS)
    through = (
        low[place + 1] == "through" and place + 1 == look.nearest and low[place + 2] not in _DETERMINERS
    )  # "burned through $5 million"
    if place == look.nearest or through or look.by or noun_of or _cuts_object(t, place, look.nearest):
        return _downward(word, look.sort)
    return "unsure"


def _grows_of(low: list[str], place: int, look: _Look) -> bool:
    """Whether "increase in the margin of" or the like stands at `place`, before the number."""
    between = low[place + 2 : look.first - 1]
    is_noun = look.of and low[place + 1] == "in"
    return is_noun and 0 < len(between) <= 4 and "a" not in between and all(one.isalpha() for one in between)


def _to_level(t: Tokens, place: int, first: int) -> bool:
    """Whether "in debt to" or the like stands between a noun of change at `place` and the level at `first`."""
    between = t.low[place + 1 : first]
    if between[:1] not in (["in"], ["of"]) or between[-1:] != ["to"] or not 3 <= len(between) <= 8:
        return False
    return all(
        word.isalpha()
        and word not in UP
        and word not in DOWN
        and word not in LOSSES
        and not word.endswith("ed")
        for word in between[1:-1]
    )


def _is_noun(t: Tokens, place: int) -> bool:
    """Whether a word such as "decline" is no verb here."""
    word = t.low[place]
    if t.low[place - 1] in _BEFORE_VERB or t.low[place - 1] in _PASSIVE or t.low[place + 1] in _BEFORE_OBJECT:
        return False
    return word in FALL_NOUNS or word in CUT_NOUNS


def _upward(t: Tokens, place: int, look: _Look, *, near: bool) -> Movement:
    """The change given by a word of increase at `place`."""
    low = t.low
    if _is_degrowth(low, place) or any(word in SIGN_WORDS for word in low[max(0, place - 3) : place]):
        return "down"
    if low[place] == "up" and low[place - 1] in _GIVING:
        return "unsure"
    joint = place - 2 if low[place - 1] in _DETERMINERS else place - 1
    if low[joint] in {"in", "of"} and (low[joint - 1] in DOWN or low[joint - 1] in CUT):
        return "unsure"  # a drop in growth
    if not near or (low[place] == "up" and low[place - 1] in _PHRASAL):
        return ""
    # "raised $5 million" is a level, "raised by $5 million" an increase
    return "up" if look.sort == "rate" or look.by or low[place] in RISE else ""


def _is_degrowth(low: list[str], place: int) -> bool:
    """Whether it is "de-growth" or "de-grew", as Indian companies say."""
    return low[place - 2 : place] == ["de", "-"] and low[place].startswith("gr")


def _downward(word: str, sort: NumberSort) -> Movement:
    if sort == "money" and (word in LOST or word in SIGN_WORDS):
        return "loss"
    if word in DOWN:
        return "down"
    return "" if sort == "money" and word in SAVINGS else "cut"


def _cuts_object(t: Tokens, verb: int, last: int) -> bool:
    """Whether at most two nouns stand between a verb of cutting and the number, as in: cut costs 20%."""
    between = t.low[verb + 1 : last + 1]
    if t.low[verb] not in CUT or len(between) > 3:
        return False
    return all(
        word[:1].isalpha() and (word not in PHRASE_ENDS or word in {*_DETERMINERS, "off"}) for word in between
    )


def _loss(t: Tokens, first: int, sort: NumberSort) -> Movement:
    """ "loss" if a word of loss before the number applies to it, even past another number; "unsure" if in doubt."""
    low = t.low
    if low[first - 2] in SIGN_WORDS and low[first - 1] in {"at", "by", "for"}:
        return "loss" if sort == "money" else "down"  # "net income negative at $5 million"
    if t.words.isdisjoint(_LOSING):
        return ""
    place = first - 1
    if low[place] in _INTRODUCING or low[place] == ",":
        place -= 1
    lowest = first - _REACH
    at = place + 1
    while at > lowest:
        at -= 1
        word = low[at]
        if word == "," and low[at + 1] in _RESUMING and (opened := _aside_start(low, at)):
            # "the loss, excluding charges, was $5 million"
            at = opened
            lowest = max(at - _REACH, first - _FARTHEST)
            continue
        if word in LOSSES and low[at - 1] == "-" and low[at - 2] in _LOST_BY_BODIES:
            continue  # "a weight-loss drug"
        if (
            word == "losses"
            and not _SET_ASIDE.isdisjoint(low[max(0, at - 4) : at])
            and "for" in low[max(0, at - 4) : at]
        ):
            continue  # "the allowance for credit losses"
        if word in LOSSES:
            between = low[at + 1 : first]
            levelled = between[-1:] in (["to"], ["from"], ["at"])
            if (
                sort != "money"
                or between[-1:] == ["by"]
                or (not levelled and any(one in UP or one in DOWN for one in between))
            ):
                return "unsure"  # a loss that grew or shrank, or was cut by so much
            return "loss"
        if word == "used" and low[at - 1] == "cash" and low[at + 1] in {"in", "for"}:
            return "loss"
        if word == "after" and low[at + 1] in {"tax", "taxes", "income"}:
            continue  # "the loss after taxes was"
        if word in CLAUSE_ENDS or word == "offset" or (word in _NO_LOSS and low[at - 1] != "per"):
            return ""
    return ""


_LOSING: Final = LOSSES | {"used"}
_SET_ASIDE: Final = frozenset({"allowance", "allowances", "provision", "provisions", "reserve", "reserves"})
_LOST_BY_BODIES: Final = frozenset(
    {"weight", "hair", "hearing", "memory", "vision", "sight", "bone", "fat", "blood"}
)


def _aside_start(low: list[str], end: int) -> int:
    """The comma that opens the aside which the comma at `end` closes; 0 if there is none in the sentence."""
    for at in range(end - 1, max(0, end - _REACH), -1):
        if low[at] in {".", ";"}:
            break
        if low[at] == ",":
            return at
    return 0


_CASH_USED: Final = re.compile(r"\s+of\s+(?:net\s+)?cash\s+used\b", re.IGNORECASE)


def _behind(t: Tokens, after: int, sort: NumberSort) -> Movement:
    low = t.low
    if sort == "money" and _CASH_USED.match(t.text, t.end[after - 1]):
        return "loss"
    more = _MORE_RATE_BEHIND if sort == "rate" else _MORE_BEHIND
    for place in range(after, after + _BEHIND_REACH):
        word = low[place]
        if word in {"over", "on"} and low[place - 1] in _COMPARED_WITH:
            continue
        if word in {"up", "down", "ahead", "higher", "lower"} and (
            low[place + 1] == "from" or _own_number(t, place + 1)
        ):
            break
        if word == "more" and low[place + 1] == "than" and sort != "rate":
            return "up"
        if word in {"off", "under"} and sort == "rate":
            return "unsure" if word == "off" else "down"  # 20% off, or off its peak
        if low[place - 1] == "-" and t.glued(place):
            if _is_degrowth(low, place):
                return "down"
            continue  # a write-down, a start-up
        if word in _LESS_BEHIND:
            return "loss" if word in LOSSES and sort == "money" else _downward(word, sort)
        if word in more:
            return "up"
        if word == "-" and not (t.glued(place) or t.glued(place + 1)):
            break  # "$9.4bn - much less than"
        if word != "-" and (not word[:1].isalpha() or word in PHRASE_ENDS or word in UP):
            break
    return ""


def _own_number(t: Tokens, at: int) -> bool:
    """Whether "up" before `at` belongs to a number of its own, as in "£2.1bn up 32%"."""
    for place in range(at, at + 5):
        if t.raw[place][:1].isdigit() or t.raw[place] in {"$", "€", "£"}:
            return True
        if t.low[place] not in _BEFORE_OWN:
            break
    return False


_BEFORE_OWN: Final = vocabulary(
    "by over about around almost nearly some more than less at least roughly an a"
)
