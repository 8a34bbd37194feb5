"""Read the unit after a number: percent, points, times, a currency, "per" something."""

from collections.abc import Callable
from typing import Final, NamedTuple

from service.evidence.reading.languages.en import (
    CENTS,
    CODES,
    COMPARED,
    DOLLARS,
    NAMES,
    NATIONAL,
    NATIONS,
    PER_NOUNS,
    RATES,
    SYMBOLS,
    vocabulary,
)
from service.evidence.reading.tokens import Tokens

UNREADABLE: Final = "?"
FAMILIES: Final = frozenset({"$", "¥", "kr"})  # each is written for several currencies
GLUED: Final = vocabulary(
    "mw gw kw mwh gwh kwh twh tb pb gb km kg x pp ppt ppts pps bps bp bips pct fold euro euros"
)  # may follow digits without a space, besides the letters for powers of ten
_POINT_WORDS: Final = vocabulary("point points pt pts pp ppt ppts")
_SHARE_SORTS: Final = vocabulary("diluted basic common ordinary equity adjusted the american depositary")
_THEN: Final = vocabulary("earlier ago before prior")
SHORT_RATES: Final = frozenset({"quarter", "month", "week", "day", "hour"})
_RATE_ADJECTIVES: Final = {"monthly": "month", "weekly": "week", "daily": "day", "hourly": "hour"}
_NO_RATE: Final = vocabulary("""active unique average users visitors listeners viewers subscribers readers customers newspaper
    magazine""")
_SHARES: Final = vocabulary("earnings eps profit income loss dividends")
_PER_REACH: Final = 16  # tokens searched before a number for "per share"


class FoundUnit(NamedTuple):
    """A unit, or `UNREADABLE`, and the token after it."""

    unit: str
    after: int


class UnitPlace(NamedTuple):
    """Where a unit may stand: its first token, and how that is joined to the number."""

    at: int
    glued: bool
    hyphen: bool
    whole: bool  # the number has no decimal places


def measure(t: Tokens, at: int, *, whole: bool) -> FoundUnit | None:
    """The percent, points or times at token `at`, which may be a hyphen before the unit; None if none."""
    hyphen = hyphened(t, at)
    word_at = at + 1 if hyphen else at
    look = _MEASURES.get(t.low[word_at])
    if look is None:
        return None
    return look(t, UnitPlace(word_at, t.glued(word_at) and not hyphen, hyphen, whole))


def hyphened(t: Tokens, at: int) -> bool:
    """Whether a hyphen at `at` joins what stands before it to a word."""
    return t.raw[at] == "-" and t.glued(at) and t.glued(at + 1)


def _percent(t: Tokens, place: UnitPlace) -> FoundUnit:
    after = place.at + 1
    point = after + 1 if t.raw[after] == "-" and t.glued(after) else after
    if t.low[point] in _POINT_WORDS:
        return FoundUnit("percentage_points", point + 1)
    if t.low[point] == "percentage":
        return _named_points(t, place._replace(at=point))
    return FoundUnit(UNREADABLE if t.raw[after] in {"%", "‰"} else "percent", after)


def _per(t: Tokens, place: UnitPlace) -> FoundUnit | None:
    cent = place.at + 2 if hyphened(t, place.at + 1) else place.at + 1  # "a 4.7-per-cent growth"
    return FoundUnit("percent", cent + 1) if t.low[cent] == "cent" else None


def _named_points(t: Tokens, place: UnitPlace) -> FoundUnit:
    point = place.at + 2 if t.low[place.at + 1] == "-" else place.at + 1
    if t.low[point] not in {"point", "points"}:
        return FoundUnit(UNREADABLE, point)
    return FoundUnit("basis_points" if t.low[place.at] == "basis" else "percentage_points", point + 1)


def _points(_: Tokens, place: UnitPlace) -> FoundUnit:
    return FoundUnit("percentage_points", place.at + 1)


def _of_share(t: Tokens, place: UnitPlace) -> FoundUnit | None:
    """Takes "2.1 points of market share"; points of an index are none."""
    share = place.at + 2 + (t.low[place.at + 2] == "market")
    is_share = t.low[place.at + 1] == "of" and t.low[share] in {"share", "margin"}
    return FoundUnit("percentage_points", place.at + 1) if is_share else None


def _spelled_points(t: Tokens, place: UnitPlace) -> FoundUnit | None:
    spelled = t.low[place.at + 1 : place.at + 4] == [".", "p", "."]
    return FoundUnit("percentage_points", place.at + 4) if spelled else None


def _basis_points(_: Tokens, place: UnitPlace) -> FoundUnit:
    return FoundUnit("basis_points", place.at + 1)


def _by(t: Tokens, place: UnitPlace) -> FoundUnit | None:
    """Takes "3x", but no "3x4" and no "3 x"."""
    if not place.glued and t.low[place.at] == "x":
        return None
    following = t.raw[place.at + 1][:1]
    if following.isdigit() or (t.glued(place.at + 1) and following.isalnum()):
        return FoundUnit(UNREADABLE, place.at)
    return FoundUnit("times", place.at + 1)


def _times(t: Tokens, place: UnitPlace) -> FoundUnit | None:
    """Takes "three times as much", but not how often: "three times in 2025"."""
    often = t.low[place.at + 1] not in COMPARED and place.whole
    return None if often else FoundUnit("times", place.at + 1)


def _fold(_: Tokens, place: UnitPlace) -> FoundUnit | None:
    return FoundUnit("times", place.at + 1) if place.hyphen or place.glued else None


def _unknown(_: Tokens, place: UnitPlace) -> FoundUnit:
    return FoundUnit(UNREADABLE, place.at)


_MEASURES: Final[dict[str, Callable[[Tokens, UnitPlace], FoundUnit | None]]] = {
    "%": _percent, "percent": _percent, "percents": _percent, "pct": _percent, "per": _per,
    "percentage": _named_points, "basis": _named_points, "pp": _points, "ppt": _points, "ppts": _points,
    "pps": _points, "p": _spelled_points, "bps": _basis_points, "bp": _basis_points, "bips": _basis_points,
    "points": _of_share, "point": _of_share, "x": _by, "×": _by, "times": _times, "fold": _fold, "‰": _unknown, "°": _unknown,
}  # fmt: skip


def currency(t: Tokens, at: int, held: str) -> FoundUnit | None:
    """The currency at `at`, after a number that has the currency `held` (or ""); `UNREADABLE` if they contradict."""
    hyphen = hyphened(t, at)
    word_at = at + 1 if hyphen else at
    mark, word = t.raw[word_at], t.low[word_at]
    found: FoundUnit | None = None
    if mark in SYMBOLS:
        found = (
            None
            if hyphen or held or _begins_amount(t, word_at + 1)
            else FoundUnit(SYMBOLS[mark], word_at + 1)
        )
    elif mark in CODES:
        found = None if t.raw[word_at + 1][:1].isdigit() else FoundUnit(CODES[mark], word_at + 1)
    elif word in NAMES:
        weight = word in {"pound", "pounds"} and t.low[word_at + 1] == "of"
        after = word_at + 2 if t.low[word_at + 1] == "sterling" else word_at + 1
        found = FoundUnit(UNREADABLE if weight else NAMES[word], after)
    elif word in CENTS:
        found = FoundUnit(UNREADABLE if held else CENTS[word], word_at + 1)
    else:
        found = _national(t, word_at)
    if found is None or not held or found.unit in {held, UNREADABLE} or narrows(held, found.unit):
        return found
    return found._replace(unit=held if narrows(found.unit, held) else UNREADABLE)


def _begins_amount(t: Tokens, at: int) -> bool:
    return t.raw[at][:1].isdigit() or t.raw[at] == "("


def _national(t: Tokens, at: int) -> FoundUnit | None:
    """A currency named in two or three words: "Hong Kong dollars", "Swiss francs"."""
    low = t.low
    word, following = low[at], low[at + 1]
    if (word, following) in NATIONAL:
        return FoundUnit(NATIONAL[word, following], at + 2)
    nation, name = word, at + 1
    if low[at : at + 3] == ["u", ".", "s"]:
        nation, name = "us", at + 4 if low[at + 3] == "." else at + 3
    elif word in {"hong", "new"}:
        nation, name = word + following, at + 2
    if low[name] == "-":
        name += 1
    if nation in NATIONS and (NAMES.get(low[name]) == "$" or low[name] in {"cent", "cents"}):
        return FoundUnit(NATIONS[nation], name + 1)
    return None


def narrows(family: str, code: str) -> bool:
    """Whether `code` is one of the currencies that `family` may stand for."""
    if family == "$":
        return code in DOLLARS.values()
    if family == "¥":
        return code in {"CNY", "JPY"}
    return family == "kr" and code in {"SEK", "NOK", "DKK", "ISK"}


def per_what(t: Tokens, at: int) -> FoundUnit:
    """What an amount or count before `at` is per ("" if nothing), and the token after it."""
    low = t.low
    word, following = low[at], low[at + 1]
    found = FoundUnit("", at)
    if word in RATES:
        found = FoundUnit(RATES[word], at + 1)
    elif word == "/" and t.glued(at):
        if low[at + 2] == "/":
            found = FoundUnit(UNREADABLE, at + 2)  # per user and month
        elif following.isalpha():
            found = FoundUnit(_singular(following), at + 2)
    elif (word == "per" and following != "cent") or (word in {"each", "every"} and following in PER_NOUNS):
        noun = at + 1
        while low[noun] in _SHARE_SORTS or (low[noun] == "and" and low[noun + 1] in _SHARE_SORTS):
            noun += 1
        # per something unknown: "per 1,000 users"
        found = (
            FoundUnit(_singular(low[noun]), noun + 1)
            if low[noun].isalpha()
            else FoundUnit(UNREADABLE, at + 1)
        )
    elif word in {"a", "an"} and following in PER_NOUNS and low[at + 2] not in _THEN:
        found = FoundUnit(following, at + 2)
    elif word in {"in", "of"} and (end := _per_share_of(t, at + 1)):
        found = FoundUnit("share", end)
    elif word == "apiece":
        found = FoundUnit("piece", at + 1)
    return found


def _per_share_of(t: Tokens, at: int) -> int:
    """The token after "adjusted earnings per share" or "EPS" at `at`; 0 if neither is there."""
    low = t.low
    for place in range(at, at + 5):
        if low[place] == "eps":
            return place + 1
        if low[place] in _SHARES and low[place + 1] in {"per", "a"} and low[place + 2] == "share":
            return place + 3
        if not low[place].isalpha() or low[place] in {"and", "or", "the"}:
            break
    return 0


def rate_behind(t: Tokens, at: int) -> str:
    """The month, week or day of "$5 million of revenue a month", from the token `at` after the amount on; else ""."""
    low = t.low
    if low[at] not in {"of", "in"}:
        return ""
    for place in range(at + 2, at + 6):
        per = per_what(t, place).unit
        if per in SHORT_RATES:
            return per
        if not low[place].isalpha() or low[place] in {"and", "or", "to"}:
            break
    return ""


_EPS: Final = frozenset({"eps", "shr", "div"})
_PER: Final = _EPS | {"per"}
_OF_RATES: Final = frozenset(_RATE_ADJECTIVES) | frozenset(SHORT_RATES)


def rate_before(t: Tokens, at: int, *, money: bool) -> str:
    """The month, week or day of "monthly revenue of $5 million", "each month it earns"; "" if there is none."""
    if t.words.isdisjoint(_OF_RATES):
        return ""
    low = t.low
    for place in range(at - 1, at - 1 - _PER_REACH, -1):
        word = low[place]
        if word in _RATE_ADJECTIVES and (
            money or low[place + 1] in {"growth", "rate", "inflation", "increase"}
        ):
            return "" if low[place + 1] in _NO_RATE else _RATE_ADJECTIVES[word]
        if (
            word in SHORT_RATES
            and low[place - 1] in {"average", "typical", "single", "any", "good"}
            and money
        ):
            return word
        if word in {"per", "each", "every"} and low[place + 1] in SHORT_RATES and (money or word != "each"):
            return low[place + 1]
        if word in {".", ";", ",", "and", "while", "but", "(", ")", "|", ""} or word.isdigit():
            break
    return ""


def per_before(t: Tokens, at: int) -> str:
    """What an amount is per, if that stands before it in its clause: "earnings per ADS were $1.21"."""
    if t.words.isdisjoint(_PER):
        return ""
    low = t.low
    for place in range(at - 1, at - 1 - _PER_REACH, -1):
        word = low[place]
        if word in _EPS:
            return "share"
        if (
            word == "per"
            and (low[place + 1].isalpha() or low[place + 1 : place + 3] == ["-", "share"])
            and low[place + 1] not in {"cent", "annum"}
            and low[place - 1] != "except"
        ):
            return "share" if low[place + 1] == "-" else per_what(t, place).unit
        is_span = word == "and" and "between" in low[max(0, place - _LISTED) : place]
        if word in {".", ";", "and", "while", "except"} and not (
            is_span or "respectively" in low[at : at + _LISTED]
        ):
            break
    return ""


_LISTED: Final = 6  # tokens from the last number of a list to its "respectively"


def _singular(word: str) -> str:
    if word == "annum":
        return "year"
    return word[:-1] if word.endswith("s") and word != "ads" else word
