"""Normalise words for search, and cut texts into the stretches that search indexes."""

import re
import unicodedata
from typing import NamedTuple

_FORM = re.compile(r"\b(10|20|40|8|6)-(kt|qt|[kqf])\b")
_AMPERSAND = re.compile(r"(?<=[^\W_])&(?=[^\W_])")
_APOSTROPHES = str.maketrans("", "", "'’‘`´")
_WORD = re.compile(r"[^\W_]+")


def normal(text: str) -> str:
    """Text without case, accents and apostrophes, for comparison. `10-K` and `AT&T` become one word each."""
    if text.isascii():
        plain = text.lower().replace("'", "").replace("`", "")
    else:
        folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
        plain = "".join(char for char in folded.translate(_APOSTROPHES) if not unicodedata.combining(char))
    if "&" in plain:
        plain = _AMPERSAND.sub("", plain)
    return _FORM.sub(r"\1\2", plain) if "-" in plain else plain


_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


def label_of(subject: str) -> str:
    """A subject in words: `us-gaap:CostOfRevenue` becomes "Cost Of Revenue"."""
    return _CAMEL.sub(" ", subject.rpartition(":")[2]).replace("-", " ").replace("_", " ")


def is_plain(text: str) -> bool:
    """Whether a text is only letters and digits of ASCII, with spaces between; most names are."""
    return text.isascii() and text.replace(" ", "").isalnum()


def words_of(text: str) -> list[str]:
    """The normalised words of a text."""
    if is_plain(text):  # ten times as fast
        return text.lower().split()
    return _WORD.findall(normal(text))


# -- passages ------------------------------------------------------------------------------------

_STRETCH, _LONGEST_TEXT = 1200, 2_000_000  # code points


class Stretch(NamedTuple):
    """A part of an archived text: start and end in code points."""

    start: int
    end: int


def stretches(text: str) -> list[Stretch]:
    """Cut a text at the ends of paragraphs, sentences or words. Only the first 2,000,000 code points are cut."""
    found: list[Stretch] = []
    start, last = 0, min(len(text), _LONGEST_TEXT)
    while start < last:
        end = min(start + _STRETCH, last)
        if end < last:
            end = next(
                (cut for gap in ("\n\n", "\n", ". ", " ") if (cut := text.rfind(gap, start + 1, end)) > 0),
                end,
            )
            end = min(end + 1, last)
        found.append(Stretch(start, end))
        start = end
    return found
