"""Which of the subjects that a company has are near the one that was asked for."""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

_PARTS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
_EMPTY = frozenset({"and", "or", "of", "the", "in", "for", "to", "net", "total", "other"})
_LEAST = 0.6  # likeness from which a subject is worth naming


def nearest(asked: str, subjects: Iterable[str], most: int = 3) -> list[str]:
    """Up to `most` subjects that are spelled like `asked`, or have all of its words; the most alike first.

    Case, plurals and a prefix like `us-gaap:` do not count: `Revenues` is near `us-gaap:SalesRevenueNet`.
    """
    name, words = _name(asked), _words(asked)
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(name)
    found: list[tuple[float, str]] = []
    for subject in subjects:
        other = _name(subject)
        theirs = _words(subject)
        matcher.set_seq1(other)
        alike = matcher.ratio() if matcher.real_quick_ratio() >= _LEAST else 0.0
        if words and words <= theirs:
            alike = max(alike, _LEAST + (1 - _LEAST) * len(words) / len(theirs))
        if alike >= _LEAST:
            found.append((-alike, subject))
    return [subject for _, subject in sorted(found)[:most]]


def _name(subject: str) -> str:
    return subject.rpartition(":")[2].casefold()


def _words(subject: str) -> frozenset[str]:
    parts = (part.casefold() for part in _PARTS.findall(subject.rpartition(":")[2]))
    return frozenset(_singular(part) for part in parts if part not in _EMPTY)


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word
