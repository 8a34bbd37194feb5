"""Which of the names that there are, of subjects, concepts or tickers, are near the one that was asked for."""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

_PARTS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
_EMPTY = frozenset({"and", "or", "of", "the", "in", "for", "to", "net", "total", "other"})
_LEAST = 0.6  # likeness from which a name is worth telling


def nearest(asked: str, names: Iterable[str], most: int = 3, least: float = _LEAST) -> list[str]:
    """Up to `most` names that are spelled like `asked`, or have all of its words; the most alike first.

    Case, plurals and a prefix like `us-gaap:` do not count: `Revenues` is near `us-gaap:SalesRevenueNet`. Of two that are
    equally alike, the one with the prefix of `asked` comes first.
    """
    name, words = _name(asked), _words(asked)
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(name)
    found: list[tuple[float, bool, str]] = []
    for one in set(names):
        theirs = _words(one)
        matcher.set_seq1(_name(one))
        alike = matcher.ratio() if matcher.real_quick_ratio() >= least else 0.0
        if words and words <= theirs:
            alike = max(alike, _LEAST + (1 - _LEAST) * len(words) / len(theirs))
        if alike >= least:
            found.append((-alike, _prefix(one) != _prefix(asked), one))
    return [one for _, _, one in sorted(found)[:most]]


def _prefix(name: str) -> str:
    return name.rpartition(":")[0]


def _name(name: str) -> str:
    return name.rpartition(":")[2].casefold()


def _words(name: str) -> frozenset[str]:
    parts = (part.casefold() for part in _PARTS.findall(name.rpartition(":")[2]))
    return frozenset(_singular(part) for part in parts if part not in _EMPTY)


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word
