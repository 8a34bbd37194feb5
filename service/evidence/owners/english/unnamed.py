"""Whether the words name nothing that the fact measures: "Delta agreed to buy Orbis for $800 million" tells no revenue."""

import re
from typing import Final

from service.evidence.owners.english.measures import masked, moved_share, owner_of
from service.evidence.owners.look import (
    GROWTH,
    WORD,
    WORDS_OF_MEASURES,
    Look,
    alike,
    behind_list,
    clause_start,
    is_among,
    measured_in,
)
from service.evidence.reading.languages.en_measures import ACTS
from service.evidence.subjects import stem


def _by_verb() -> dict[str, frozenset[str]]:
    return {verb: frozenset(families.split()) for families, verbs in ACTS.items() for verb in verbs.split()}


_FAMILIES: Final = _by_verb()
_ACT: Final = re.compile(rf"(?<![\w-])(?:{'|'.join(_FAMILIES)})(?![\w-])", re.IGNORECASE)
# what stands for something named before, or for the fact's measure itself
_STANDS_FOR: Final = re.compile(
    r"\b(?:(?:the|that|this)\s+(?:figure|total|amount|sum|number|value|result)"
    r"|it|this|that|they|these|which)\s+(?:[a-z]+\s+)?(?:was|were|is|are|came|comes|stood|reached|hit|rose|fell|grew|totall?ed|amounted)"
    r"(?:\s+(?!\w+ed\b)[a-z]+){0,3}\s*$",
    re.IGNORECASE,
)
_OF_A_WHOLE: Final = re.compile(r"\s*(?:of|in)\s(?P<what>[^.,;()]*)")
_HAS: Final = re.compile(
    r"\b(?:has|have|had|with)\s+(?:(?:a|an|about|some|around|over|almost|nearly)\s+)?$", re.IGNORECASE
)
_CAME_IN: Final = re.compile(r"\s+(?:came|comes)\s+in\b")
# "$5 million will be invested"
_PASSIVE: Final = re.compile(
    r"\s+(?:(?:will|would|to|is|are|was|were|has|have|had)\s+)?(?:be|been|being|was|were|is|are)\s+(?P<verb>[a-z]+)\b"
)
_OF_SALE: Final = re.compile(r"\b(?:[Ss]ale|[Dd]isposal)\s+of\s+(?:the|its|an?|some)\b")
_FEW: Final = 1  # words of a quote that only gives the number and perhaps a name


def of_nothing_named(look: Look) -> str | None:
    """Whether the clause says something, but nothing in it names or implies what the fact measures."""
    if not look.families or not look.reading.unit or owner_of(look) is not None or moved_share(look):
        return None
    is_share = not look.families.isdisjoint(("share", "stake")) and look.reading.unit == "percent"
    if is_share and ((whole := _OF_A_WHOLE.match(behind_list(look))) or _HAS.search(look.left)):
        other = look.families - {"share", "stake"}
        named = measured_in(whole["what"] if whole else "", per_share=False)
        if not other or whole is None or any(alike(one.families, other) for one in named):
            return None  # "controls 14% of global supply", "has 36%"
    begin = clause_start(look)
    said = [*WORD.findall(look.left, begin), *WORD.findall(look.right.split(",")[0])]
    if len(said) <= _FEW or not look.text.lstrip("\"“'(")[:1].isupper():
        return None  # no whole sentence
    if any(stem(word) in look.words - GROWTH - look.names - WORDS_OF_MEASURES for word in said):
        return None
    moved = _MOVED_TO.search(look.text, begin)
    if (
        moved
        and is_among(look.families, ("shareprice",))
        and not look.names.isdisjoint(map(stem, WORD.findall(moved["name"])))
    ):
        return None
    if measured_in(look.text[look.start : look.end], per_share=False) or _CAME_IN.match(look.text, look.end):
        return None
    if passive := _PASSIVE.match(look.text, look.end):
        named = measured_in(passive["verb"], per_share=False)
        families = named[0].families if named else _FAMILIES.get(passive["verb"], frozenset[str]())
        if alike(families, look.families):
            return None
    acts = [one.group().lower() for one in _ACT.finditer(masked(look), begin)]
    if acts and alike(_FAMILIES[acts[-1]], look.families):
        is_price = _OF_SALE.search(look.left) and is_among(look.families, ("revenue",))
        return "it is what something was sold for" if is_price else None
    if not acts and (stands := _STANDS_FOR.search(look.left, begin)) is not None:
        before = measured_in(look.text[: stands.start()], per_share=look.reading.per == "share")
        if not before or alike(before[-1].families, look.families):
            return None
    return "the words do not say what it is of"


# what a share did, told of its company: "Halden fell 4.5% to $34.53"
_MOVED_TO: Final = re.compile(
    r"(?P<name>[A-Z][\w&’'-]*(?:\s+[A-Z][\w&’'-]*){0,4})\s+(?:rose|fell|slid|dropped|climbed|gained|jumped|slipped|tumbled|declined|lost)\s+"
    r"[0-9.]+\s?(?:%|percent|pct)\s+(?:to|at)\s+[A-Z$€£]*\s?[0-9]"
)
