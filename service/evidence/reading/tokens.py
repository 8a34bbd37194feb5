"""Cut a text into tokens: numbers, words and signs."""

import re

_TOKEN = re.compile(
    "(?:(?<=[A-Z]{3})|(?<=[A-Z]{3} )|(?<=[$€£]))(?:[0-9]+(?:,[0-9]{3})* [.][0-9]+|[0-9]{1,3}(?: ,[0-9]{3})+)"  # "EUR1 .26", torn
    "|[0-9]{1,2}-[1-7]/(?:2|4|8)(?![0-9/-])"  # "8-1/4"
    "|[0-9]+(?:[.,'/:_\u2009][0-9]+)*"  # digits with what may stand between them
    r"|[^\W\d_]+(?:'[^\W\d_]+)*"  # a word
    r"|\S"  # any other sign
)
MARGIN = 32  # empty tokens after the last, so that looking past either end finds nothing
_EMPTY = [""] * MARGIN


class Tokens:
    """Parallel lists of the tokens: as written, in lower case, and their start and end in the text.

    All lists end with `MARGIN` empty tokens. Indexes just below 0 reach these, too.
    """

    __slots__ = ("count", "doubts", "end", "hopes", "low", "raw", "start", "text", "words")

    def __init__(self, text: str) -> None:
        self.text = text
        raw: list[str] = _TOKEN.findall(text)
        start: list[int] = []
        end: list[int] = []
        at = 0
        for word in raw:  # only spaces stand between, so it is found where it stands
            at = text.index(word, at)
            start.append(at)
            at += len(word)
            end.append(at)
        self.count = len(raw)
        self.low = [*map(str.lower, raw), *_EMPTY]
        self.words = frozenset(self.low)  # tells at once that none of some words is there
        raw += _EMPTY
        beyond = range(len(text) + 2, len(text) + 2 + 2 * MARGIN, 2)
        start += beyond
        end += beyond
        self.raw, self.start, self.end = raw, start, end
        self.doubts: list[int] = []  # where words of denial or withdrawal stand; the reader fills it in
        self.hopes: list[
            int
        ] = []  # where words stand that may say that a number is expected; filled in likewise

    def glued(self, place: int) -> bool:
        """Whether no space stands between this token and the one before."""
        return self.start[place] == self.end[place - 1]
