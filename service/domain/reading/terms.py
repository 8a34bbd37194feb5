"""One number with what belongs to it: sign, currency, scale, unit, and the words that bound it."""

from decimal import Decimal
from fractions import Fraction
from typing import Final

from service.domain.quantities import ARITHMETIC
from service.domain.reading.numerals import Numeral, from_digits, from_words, scaled
from service.domain.reading.tokens import Tokens
from service.domain.reading.words import (
    ABBREVIATIONS,
    AS_BOUNDS,
    BOUNDS,
    CENTS,
    CODES,
    CURRENCY_ONLY,
    DOLLARS,
    FRACTIONS,
    NAMES,
    NATIONAL,
    NATIONS,
    OF_BOUNDS,
    OPPOSITE,
    OR_BOUNDS,
    PER_NOUNS,
    RATES,
    SCALES,
    SHORT,
    SYMBOLS,
    TENS,
    THAN,
    TIMES_WORDS,
    UNITS,
    YENS,
)

SIGNS: Final = frozenset("-−+")
DASHES: Final = frozenset("-–")
# what may stand glued before a number, and after one
OPENERS: Final = frozenset("([{\"'“‘«—|:;~<>≤≥*•·¡¿=")
CLOSERS: Final = frozenset(")]}\"'”’»—–-|:;,.!?*†‡…%+/(\u00b6")
FAMILIES: Final = frozenset({"$", "¥", "kr"})  # several currencies write themselves so


class Term:
    """A number being read: from token `first` up to token `after`."""

    __slots__ = (
        "after", "bound", "currency", "decimals", "enclosed", "first", "negative", "numeral", "per",
        "scale", "short", "unit", "value", "worded",
    )  # fmt: skip

    def __init__(self, numeral: Numeral, first: int, after: int, *, worded: bool = False) -> None:
        self.numeral = numeral
        self.value = numeral.value
        self.decimals = numeral.decimals
        self.first = first
        self.after = after
        self.worded = worded  # in number words
        self.currency = ""  # ISO code, or one of FAMILIES
        self.unit = ""  # percent, percentage_points, basis_points, times
        self.per = ""  # share, month, barrel …
        self.bound = ""  # written behind the number: 300+, 300 or more
        self.scale = False  # a word or letter for a power of ten
        self.short = False  # of one letter, so that a currency or a noun must confirm it
        self.negative = False
        self.enclosed = False  # alone within brackets

    @property
    def measured(self) -> bool:
        """Whether it has a currency or a unit."""
        return bool(self.currency or self.unit)


class Unreadable(Exception):  # noqa: N818
    """The token is no quantity; reading goes on at the token given."""

    def __init__(self, resume: int) -> None:
        super().__init__()
        self.resume = resume
