"""Cut a text into tokens: numbers, words and signs."""

import re

_TOKEN = re.compile(
    "[0-9]+(?:[.,'/:_\u2009][0-9]+)*"  # digits with what may stand between them
    r"|[^\W\d_]+(?:'[^\W\d_]+)*"  # a word
    r"|\S"  # any other sign
)
MARGIN = 32  # empty tokens after the last, so that looking past either end finds nothing


class Tokens:
    """Parallel lists of the tokens: as written, in lower case, and their start and end in the text.

    All lists end with `MARGIN` empty tokens. Indexes just below 0 reach these, too.
    """

    __slots__ = ("count", "doubts", "end", "hopes", "low", "raw", "start", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        raw: list[str] = []
        start: list[int] = []
        for match in _TOKEN.finditer(text):
            raw.append(match.group())
            start.append(match.start())
        self.count = len(raw)
        self.end = [place + len(word) for place, word in zip(start, raw, strict=True)]
        beyond = len(text) + 2
        raw += [""] * MARGIN
        start += range(beyond, beyond + 2 * MARGIN, 2)
        self.end += range(beyond, beyond + 2 * MARGIN, 2)
        self.raw = raw
        self.start = start
        self.low = [word.lower() for word in raw]
        self.doubts: list[int] = []  # where words of denial or withdrawal stand; the reader fills it in
        self.hopes: list[
            int
        ] = []  # where words stand that may say that a number is expected; filled in likewise

    def glued(self, place: int) -> bool:
        """Whether no space stands between this token and the one before."""
        return self.start[place] == self.end[place - 1]
