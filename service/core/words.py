"""Words as search compares them, and texts cut into what it finds."""

import re
import unicodedata
from typing import NamedTuple

_FORM = re.compile(r"\b(10|20|40|8|6)-(kt|qt|[kqf])\b")
_AMPERSAND = re.compile(r"(?<=[^\W_])&(?=[^\W_])")
_APOSTROPHES = str.maketrans("", "", "'’‘`´")
_WORD = re.compile(r"[^\W_]+")


def normal(text: str) -> str:
    """Text as it is compared: without case, accents and apostrophes; `10-K` is one word, and `AT&T`."""
    if text.isascii():
        plain = text.lower().replace("'", "").replace("`", "")
    else:
        folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
        plain = "".join(char for char in folded.translate(_APOSTROPHES) if not unicodedata.combining(char))
    return _FORM.sub(r"\1\2", _AMPERSAND.sub("", plain))


_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


def label_of(subject: str) -> str:
    """A subject in words: `us-gaap:CostOfRevenue` is Cost Of Revenue."""
    return _CAMEL.sub(" ", subject.rpartition(":")[2]).replace("-", " ").replace("_", " ")


def words_of(text: str) -> list[str]:
    """The words of a text, as they are compared."""
    return _WORD.findall(normal(text))


# -- passages ------------------------------------------------------------------------------------

_STRETCH, _LONGEST_TEXT = 1200, 2_000_000  # code points


class Stretch(NamedTuple):
    """A stretch of an archived text, by code points."""

    start: int
    end: int


def stretches(text: str) -> list[Stretch]:
    """A text cut where paragraphs, sentences or at least words end; of a very long one the beginning."""
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
