"""Whether a number is adjusted, where the fact's is the plain one beside it, or the other way round."""

import re
from typing import Final

from service.evidence.owners.look import SAID_ADJUSTED, Look, alike, measured_in, numbers_like
from service.evidence.periods import RESPECTIVELY
from service.evidence.reading.languages.en import vocabulary
from service.evidence.subjects import stem

_EARNED: Final = r"(?=(?:operating|profits?|earnings|net|income|ebit\w*|eps|pre-?tax)\b)"
_BASES: Final = (
    r"adjusted|underlying|normali[sz]ed|non-(?:gaap|ifrs)|constant[\s-](?:currency|currencies|dollar|exchange)"
    r"|organic(?:ally)?|like-for-like"
)
_ADJUSTED: Final = re.compile(
    rf"(?<![\w-])(?:{_BASES}|(?:core|headline)\s+{_EARNED}|(?:excluding|before|stripping\s+out|adjusting\s+for|net\s+of|without)\s+"
    r"(?:[\w-]+\s+){0,3}?(?:items?|one-offs?|charges?|costs?|gains?|exceptionals|effects?|benefits?|amortisation|amortization))\b",
    re.IGNORECASE,
)
# as in: 9% at constant currency, $1.50 on an adjusted basis
_BEHIND: Final = re.compile(
    rf"\s+(?:(?:(?:at|in|on)\s+(?:an?\s+)?)?(?:{_BASES})|(?:excluding|without)\s+[a-z-]+"
    r"|before\s+(?:[\w-]+\s+){0,2}(?:items|one-offs?|charges|exceptionals?|costs))\b",
    re.IGNORECASE,
)
_PLAIN: Final = re.compile(
    r"(?<!non-)\b(?:gaap|ifrs|statutory|as\s+reported|reported\s+(?:basis|terms))\b|(?:^\W*|[,;:]\s*)reported\s(?!\w+ed\b)",
    re.IGNORECASE,
)
_SAID_PLAIN: Final = frozenset(stem(word) for word in vocabulary("statutory gaap ifrs"))


def of_other_basis(look: Look, beside: Look) -> str | None:
    """Whether the fact is adjusted and the number is not, or the fact is plain and the number beside it is the plain one.

    `beside` has the words around the number, also those of other sentences.
    """
    if not look.families or not look.reading.unit:
        return None
    is_marked = _is_adjusted(look)
    if not look.words.isdisjoint(SAID_ADJUSTED) or (
        "non" in look.words and look.words & {"gaap", "ifr", "ifrs"}
    ):
        return None if is_marked else "nothing says that it is adjusted"
    if RESPECTIVELY.search(look.right) and "report" in look.words:
        return None  # "reported and adjusted EPS were $1 and $2, respectively"
    if not is_marked or (
        look.words.isdisjoint(_SAID_PLAIN) and not _PLAIN.search(look.text) and not _is_plain_beside(beside)
    ):
        return None
    return "it is adjusted, and the fact's is plain"


def _is_adjusted(look: Look) -> bool:
    """Whether the words before the number, or directly behind it, say that it is adjusted."""
    if _BEHIND.match(look.right) or _ADJUSTED.search(look.text[look.start : look.end]):
        return True  # the second: "91 cents in adjusted earnings per share"
    left = _SENTENCE.split(look.left)[-1]
    marks = [one.end() for one in _ADJUSTED.finditer(left)]
    if not marks or _PLAIN.search(left, marks[-1]):
        return False
    told = [
        any(
            alike(one.families, look.families)
            for one in measured_in(part, per_share=look.reading.per == "share")
        )
        for part in _PARTS.split(left[marks[-1] :])
    ]
    return sum(told) < _TWO


# ends of what a word such as "adjusted" goes for
_SENTENCE: Final = re.compile(r"[.;]\s")
_PARTS: Final = re.compile(r"[,(]|\b(?:and|while|but|against|versus)\b")
_TWO: Final = 2  # the second one is told without the word


def _is_plain_beside(look: Look) -> bool:
    """Whether a number of the same sort that is not adjusted is told of the fact's measure."""
    mentions = measured_in(look.text, per_share=look.reading.per == "share")
    for start, end in numbers_like(look):
        before = [one for one in mentions if one.end <= start]
        is_own = bool(before) and alike(before[-1].families, look.families)
        if (
            is_own
            and (start < look.start or before[-1].start > look.end)
            and not _is_adjusted(look._replace(start=start, end=end))
        ):
            return True
    return False
