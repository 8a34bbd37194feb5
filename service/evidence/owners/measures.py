"""Whether a number is said of another measure than the fact's: of profit, where the fact is of revenue."""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from service.evidence.owners.look import (
    ASIDE,
    GROWTH,
    RATES,
    RESPECTIVELY,
    VERBS,
    WORD,
    Look,
    Mention,
    alike,
    measured_in,
)
from service.evidence.owners.parts import only_change, part
from service.evidence.reading.languages.en import vocabulary
from service.evidence.subjects import stem

_GAP_WORD: Final = r"[^\W\d_][\w'’&.-]*"
_BEHIND: Final = re.compile(
    rf"\s*-?(?P<joint>(?:worth\s+of|of|in)\s+)?(?:(?:the|its|their|our|a|an)\s+)?(?P<words>(?:{_GAP_WORD}\s+){{0,3}})"
)
_HEAD_GAP: Final = re.compile(
    rf"\s+(?:(?:of|in|from|for)\s+(?:(?:the|its|their|our|all)\s+)?|on\s+(?:the|its|their|our)\s+)(?P<words>(?:{_GAP_WORD}\s+){{0,2}})"
)
_PAIR_GAP: Final = re.compile(
    rf"\s*(?:,|,?\s*(?:and|or|&))\s*(?:(?:the|its|their|our|also)\s+)?(?P<words>(?:{_GAP_WORD}\s+){{0,1}})"
)
_BROKEN: Final = re.compile(r"[;•|]|\b(?:while|whereas|although|though|but)\b", re.IGNORECASE)
_BRACKETS: Final = re.compile(r"\([^()]*\)")


class _Owner(NamedTuple):
    mention: Mention
    families: frozenset[str]
    is_ratio: bool = False  # a percentage of it


def _owner(look: Look) -> _Owner | None:
    """What the words beside the number say that it is of."""
    per_share = look.reading.per == "share"
    mentions = measured_in(look.text, per_share=per_share)
    if (behind := _behind(look, mentions)) is not None:
        return behind
    text = _masked(look)
    before = [one for one in mentions if one.end <= look.start and text[one.start : one.end].strip()]
    if not before:
        return None
    if RESPECTIVELY.search(look.right) and (named := _in_list(look, before)) is not None:
        return _Owner(named, named.families)
    at = len(before) - 1
    if _BROKEN.search(text, before[at].end, look.start) and "|" not in text[before[at].end : look.start]:
        return None
    families = before[at].families
    while at > 0:
        between = text[before[at - 1].end : before[at].start]
        if (gap := _HEAD_GAP.fullmatch(between)) and _plain_words(gap["words"]):
            at -= 1
            families = before[at].families
        elif (gap := _PAIR_GAP.fullmatch(between)) and _plain_words(gap["words"]):
            at -= 1
            families |= before[at].families
        else:
            break
    return _Owner(before[at], families)


def _plain_words(words: str) -> bool:
    return VERBS.isdisjoint(words.lower().split())


def _masked(look: Look) -> str:
    """The sentence before the number, with what stands in brackets or between commas as an aside blanked."""
    text = look.left
    for aside in (_BRACKETS, ASIDE):
        text = aside.sub(lambda match: " " * len(match.group()), text)
    return text


def _behind(look: Look, mentions: Sequence[Mention]) -> _Owner | None:
    """The owner behind the number, as in "$5 million in debt", "a 36% market share"."""
    first = next((one for one in mentions if one.start >= look.end), None)
    if first is None:
        return None
    gap = _BEHIND.fullmatch(look.text, look.end, first.start)
    if gap is None or not _plain_words(gap["words"]):
        return None
    joint = (gap["joint"] or "").strip()
    if look.reading.unit == "percent" and joint == "of" and "share" not in first.families:
        return _Owner(first, first.families, is_ratio=True)
    if (
        not joint
        and not gap["words"].strip()
        and look.reading.unit not in RATES
        and first.text.lower() in {"owned", "acquired"}
    ):
        return None
    return _Owner(first, first.families)


def _in_list(look: Look, before: Sequence[Mention]) -> Mention | None:
    """The measure that "respectively" gives the number: "revenue and profit were $5 million and $1 million"."""
    names = [before[-1]]
    for one in reversed(before[:-1]):
        gap = _PAIR_GAP.fullmatch(look.text, one.end, names[0].start)
        if gap is None:
            break
        names.insert(0, one)
    numbers = [match.start() for match in _NUMBER.finditer(look.text, names[-1].end)]
    at = sum(start < look.end for start in numbers) - 1
    return names[at] if len(names) == len(numbers) > 1 and at >= 0 else None


_NUMBER: Final = re.compile(r"(?<![\w.,])[$€£¥]?[0-9][0-9,]*(?:\.[0-9]+)?(?!\w)")


def of_other_measure(look: Look) -> str | None:
    """Whether another measure than the fact's owns the number, or a part of the fact's."""
    owner = _owner(look)
    if owner is None or not look.families:
        return None
    if look.reading.unit == "times" and any(family.startswith("ratio.") for family in look.families):
        return None
    if owner.is_ratio:
        is_growth = not look.words.isdisjoint(GROWTH)
        if is_growth and not look.reading.change:
            return f"it is a part of {owner.mention.text}"
        return None
    if alike(owner.families, look.families):
        return part(look, owner.mention) or only_change(look, owner.mention)
    said = owner.mention.text
    if WORD.fullmatch(said) and stem(said) in look.words:
        return None
    return f"it is said of {said}"


_OF_WHAT: Final = re.compile(r"\s*(?:percent\s+)?of\s+(?P<what>[^.,;()]{1,80})")
_OF_MARKET: Final = frozenset(
    stem(word)
    for word in vocabulary(
        "market markets share sales shipments revenue revenues spending volume sector industry segment capacity total supply"
        " demand deliveries exports imports users subscribers traffic business category"
    )
)


def share_of_no_market(look: Look) -> str | None:
    """Of a market share: "36% of respondents" is none."""
    is_of_market = "market" in look.words or stem("quantity") not in look.words
    if look.families != frozenset({"share"}) or look.reading.unit != "percent" or not is_of_market:
        return None
    found = _OF_WHAT.match(look.text, look.end)
    if found is None:
        return None
    words = {stem(word) for word in WORD.findall(found["what"])}
    subject = look.words - {"share", "market"}
    return None if words & (_OF_MARKET | subject) else f'it is a part of "{found["what"].strip()}"'
