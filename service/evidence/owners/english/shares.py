"""Whether a percentage is a share of something else than of a market."""

import re
from typing import Final

from service.evidence.owners.look import WORD, WORDS_OF_MEASURES, Look, behind_list
from service.evidence.reading.languages.en import vocabulary
from service.evidence.subjects import stem

_OF_WHAT: Final = re.compile(
    r"\s*(?:percent\s+)?(?:of|share\s+(?:in|of))\s+(?P<what>(?:[A-Z]\.(?=[A-Z]\.|\s)|[^.,;()]){1,80})"
)
# "its share of the group's output fell to"
_SHARE_OF: Final = re.compile(
    r"\bshare\s+of\s+(?P<what>(?:[^\W\d][^\s,;()]*\s+){0,5}?[^\W\d][^\s,;()]*)\s+(?:to|at|of|was|were|is|are|rose|fell|grew"
    r"|slipped|reached|stood|hit|came|climbed|dropped"
    r"|increased|decreased|declined|edged|widened|shrank|remained|stayed)\b[^,;]*$"
)
_OWN_WHOLE: Final = re.compile(
    r"(?:(?:its|the|their|our|total|group|company|all|net|[A-Z][\w-]*['’]s|(?!(?:world|country|nation|region|industry|sector|market|state|city|continent)\b)[a-z]+['’]s)\s+)*(?:revenues?|sales|profits?|income|costs"
    r"|turnover|earnings|output|production|staff|workforce|spending|capacity)\b.{0,30}"
)
_OF_WORLD: Final = re.compile(
    r"(?:the\s+world['’]s|all\s+the\s+world['’]s|global|worldwide|all\s+(?:the\s+)?\w+\s+(?:sold|made))\b"
)
_MAKES_SO_MUCH: Final = re.compile(
    r"\b(?:makes|made|produces|produced|supplies|supplied|sells|sold|manufactures|ships)\s+(?:(?:about|some|over|more|than"
    r"|nearly|almost|roughly)\s+)*$"
)
_OF_MARKET: Final = frozenset(
    stem(word)
    for word in vocabulary("""market markets share sales shipments revenue revenues spending volume sector industry segment
    capacity total supply demand deliveries exports imports users subscribers traffic business category
    it this that them which""")
)

_NO_COMPANY: Final = re.compile(r"\bmarkets?\b|^(?:its|the|their|our)\s+(?:some\s+|about\s+)?[0-9]")

# "its stake in Vega, 100% of shares in Orbis, 51% in Delta": each is of what is named behind it
_HELD: Final = re.compile(
    r"\s*(?:(?P<held>(?:[a-z]+\s+)?(?:stake|interest|holding|share))\s+)?(?P<joint>of|in)\s+(?P<what>(?:(?!\s[-–]\s|which\b)[^.,;()0-9]){2,80})"
)
_ANOTHER_HELD: Final = re.compile(r"[0-9]\s?(?:%|pct|percent|per\s+cent)[^;]*$")
_OF_ANY: Final = vocabulary("""the its their a an of in total all voting rights share shares stock capital common ordinary
    outstanding issued company equity group it votes class parts interest stake""")


def _of_another_holding(look: Look) -> str | None:
    """Whether the sentence names what the fact is a stake in, and something else behind the number."""
    found = _HELD.match(look.text, look.end)
    if found is None or (
        found["joint"] == "in" and not found["held"] and not _ANOTHER_HELD.search(look.left)
    ):
        return None
    words = [word for word in WORD.findall(found["what"]) if word[1:] and word.lower() not in _OF_ANY]
    own = look.words - look.names - WORDS_OF_MEASURES
    is_named = any(stem(word) in own for word in WORD.findall(look.text))
    is_other = bool(words) and is_named and not any(stem(word) in look.words for word in words)
    return f'it is a part of "{found["what"].strip()}"' if is_other else None


_DEALT: Final = frozenset(map(stem, vocabulary("acquired bought purchased sold divested acquisition")))
_CAME_TO: Final = re.compile(
    r"\b(?:stake|holding|interest|ownership|shareholding|it)\b[^,;]*\s(?:up\s+|down\s+)?to\s+(?:about\s+|around\s+)?(?:up\s+to\s+)?$"
)
_PRONOUNS: Final = frozenset({"it", "them", "that", "which", "this"})


def share_of_no_market(look: Look) -> str | None:
    """Of a market share: "36% of respondents" is none."""
    is_dealt = "stake" in look.families and not look.words.isdisjoint(_DEALT)
    if is_dealt and _CAME_TO.search(look.left):
        return "it is what the stake came to"
    if look.families == frozenset({"stake"}) and look.reading.unit == "percent":
        if beside := _of_another_holding(look):
            return beside
        found = _OF_WHAT.match(look.text, look.end)
        is_other = found is not None and _NO_COMPANY.search(found["what"]) is not None
        return f'it is a part of "{found["what"]}"' if found and is_other else None
    is_of_market = "market" in look.words or stem("quantity") not in look.words
    if look.families != frozenset({"share"}) or look.reading.unit != "percent" or not is_of_market:
        return None
    found = _OF_WHAT.match(behind_list(look)) or _SHARE_OF.search(look.left)
    if found is None:
        return None
    if _OWN_WHOLE.fullmatch(found["what"].strip()):
        return f'it is a part of "{found["what"].strip()}"'
    if _OF_WORLD.match(found["what"]) and _MAKES_SO_MUCH.search(look.left):
        return None  # "makes 61% of the world's bicycle gears"
    words = {stem(word) for word in WORD.findall(found["what"])}
    if len(words) > 1:
        words -= _PRONOUNS
    if found.re is _SHARE_OF and words <= look.names:
        return None  # "the share of Acme was 36%" in a market
    subject = look.words - look.names - {stem("market")}
    return None if words & (_OF_MARKET | subject) else f'it is a part of "{found["what"].strip()}"'
