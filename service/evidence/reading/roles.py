"""Read numbers that measure nothing: streaks, ranks and time spans."""

from typing import Final

from service.evidence.reading.languages.en import CONSECUTIVE, PERIOD_KINDS, PERIODS, vocabulary
from service.evidence.reading.terms import Term
from service.evidence.reading.tokens import Tokens

_SUPERLATIVES: Final = vocabulary(
    "largest biggest highest most fastest best strongest richest busiest greatest leading ranked place placed largest-ever top"
)
_YEARS: Final = frozenset({"year", "years", "yr", "yrs"})
_MONTHS: Final = frozenset({"month", "months"})
_AHEAD: Final = frozenset({"over", "within", "across", "during", "for", "through"})
_COMING: Final = frozenset({"next", "coming", "following", "initial"})
_NO_SPAN: Final = vocabulary(
    "ago old earlier later low high lows highs record anniversary average note notes bond bonds yield treasury peak history"
    " running straight in"
)


def streak(t: Tokens, at: int) -> int:
    """The token after "consecutive quarters" or "quarters in a row" at `at`; 0 if it is no streak."""
    low = t.low
    if low[at] in CONSECUTIVE:
        place = at + 1
        while low[place] in PERIOD_KINDS:
            place += 1
        return place + 1 if low[place] in PERIODS else 0
    place = at
    while low[place] in PERIOD_KINDS:
        place += 1
    if low[place] not in PERIODS:
        return 0
    place += 1
    if low[place] == "in" and low[place + 1] == "a" and low[place + 2] == "row":
        return place + 3
    if low[place] in {"running", "straight"} and not t.low[place + 1][:1].isalpha():
        return place + 1
    return 0


def rank(t: Tokens, at: int) -> int:
    """The token after "-largest", "most valuable" or "place" at `at`, after an ordinal; 0 if it is no rank."""
    low = t.low
    place = at + 1 if low[at] == "-" and t.glued(at) else at
    if low[place] in _SUPERLATIVES:
        return place + 1
    if low[place] == "only" and low[place + 1] == "to":
        return place + 2
    return 0


def years(t: Tokens, found: Term) -> tuple[int, int]:
    """The years of a time span ahead ("three-year", "over the next 36 months"), and the token after it; (0, 0) if none."""
    low = t.low
    at = found.after
    hyphen = low[at] == "-" and t.glued(at) and t.glued(at + 1)
    if hyphen:
        at += 1
    word = low[at]
    if found.value != found.value.to_integral_value() or not (word in _YEARS or word in _MONTHS):
        return 0, 0
    following = low[at + 2] if low[at + 1] in {"-", "'"} else low[at + 1]
    if following in _NO_SPAN:
        return 0, 0
    if not hyphen and not _ahead(t, found.first):
        return 0, 0
    months = int(found.value) * (12 if word in _YEARS else 1)
    return (months // 12, at + 1) if months % 12 == 0 and 0 < months <= 12_000 else (0, 0)


def _ahead(t: Tokens, at: int) -> bool:
    low = t.low
    coming = low[at - 1] in _COMING
    place = at - 1 if coming else at
    if low[place - 1] == "the":
        place -= 1
    return low[place - 1] in _AHEAD or (coming and low[place - 1] == "in")
