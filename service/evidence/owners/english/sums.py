"""Whether a number is a part of a sum that the sentence tells beside it."""

import re
from itertools import pairwise
from typing import Final

from service.evidence.owners.english.measures import gap_of_pair, is_added
from service.evidence.owners.english.parts import WHOLES
from service.evidence.owners.look import (
    GROWTH,
    MEASURE_STEMS,
    RATES,
    WORD,
    Look,
    alike,
    is_among,
    measured_in,
)
from service.evidence.subjects import stem

# "operating income, which includes a $4 million recovery, was $71 million"
_IN_WHICH: Final = re.compile(
    r"[—–]\s?(?:before|after|excluding|less|net\s+of)\s+(?:an?|the|its)\s+$|,\s+(?:which|and)\s+(?:includes?|included|contains?|reflects?|reflected)\s+(?:(?:about|an?|the|its|around|nearly)\s+)*$"
)
# "$3 million in cash and $2 million in notes, or $5 million in total"
_ADDEND: Final = re.compile(
    r"[^.;0-9]{0,60}(?:(?:,|\band)\s[^.;]{0,90})?,?\s(?:or|for)\s+[^0-9.;]{0,12}[0-9][^.;]{0,40}\b(?:in\s+(?:total|all|aggregate)|altogether)\b"
)
# "charges of $49 million, consisting of severance, moving costs and write-downs"
_CONSISTS: Final = re.compile(
    r"\b(?:consist(?:s|ed|ing)\s+of|compris(?:es|ed|ing)|made\s+up\s+of|includ(?:es|ing))\s(?P<parts>[^.;]*(?:,|\sand\s)[^.;]*)"
)
_OTHER: Final = re.compile(r"\bother\s[^,]*")  # "and other restructuring charges" names the sort of all
_PAID: Final = ("deal", "price", "spend")


def of_a_sum(look: Look) -> str | None:
    """Whether the number is a part of a sum, or what a part of something comes to."""
    if look.reading.unit in RATES:
        return None
    if look.reading.unit and (parts := _CONSISTS.search(look.right)):
        own = look.words - look.names - MEASURE_STEMS - GROWTH
        before = {stem(word) for word in WORD.findall(look.text[: look.end + parts.start()])}
        parts_named = _OTHER.sub("", parts["parts"])
        if own.isdisjoint(before) and not own.isdisjoint({stem(word) for word in WORD.findall(parts_named)}):
            return "it is the sum of several things"
    if look.reading.unit and not is_among(look.families, ("cash",)) and _of_several(look):
        return "it is the sum of several things"
    if is_among(look.families, _PAID) and _ADDEND.match(look.right):
        return "it is added up with another sum"
    if not _counts_or_earns(look):
        return None
    return "it is told as a part of something" if _IN_WHICH.search(look.left) else None


def _of_several(look: Look) -> bool:
    """Whether the fact's measure and another one are named behind the number: "$2 billion on dividends and buybacks"."""
    mentions = measured_in(look.text, per_share=look.reading.per == "share")
    behind = [one for one in mentions if one.start >= look.end]
    if any(alike(one.families, look.families) for one in mentions if one.end <= look.start):
        return False
    for one, other in pairwise(behind):
        gap = gap_of_pair(look.text, one, other)
        if gap is None or not is_added(gap):
            continue
        if alike(one.families, look.families) != alike(other.families, look.families):
            return True
    return False


def _counts_or_earns(look: Look) -> bool:
    """Whether the fact is of what a company has or earns as a whole."""
    if look.reading.unit:
        return is_among(look.families, WHOLES)
    return bool(look.reading.nouns) and stem(look.reading.nouns[-1]) in look.words
