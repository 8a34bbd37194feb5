"""Read a number in digits or words: its value and its accuracy."""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Final, NamedTuple

from service.core.quantities import ARITHMETIC
from service.evidence.reading.languages.en import CONTINENTAL, SCALES, TENS, UNITS
from service.evidence.reading.tokens import Tokens

NUMBER_WORDS: Final = UNITS.keys() | TENS.keys()
_LONGEST: Final = 45  # digits and marks that a quantity can have
_SPOKEN: Final = 9  # most digits in words after "point"

_PLAIN: Final = re.compile("0|[1-9][0-9]*")
_POINT: Final = re.compile(r"(0|[1-9][0-9]*)\.([0-9]+)")
_COMMAS: Final = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.([0-9]+))?")
_INDIAN: Final = re.compile(r"[1-9][0-9]?(?:,[0-9]{2})+,[0-9]{3}(?:\.([0-9]+))?")
_POINTS: Final = re.compile(r"[1-9][0-9]{0,2}(?:(?:\.[0-9]{3}){2,}|(?:\.[0-9]{3})+(?=,))(?:,([0-9]+))?")
_COMMA: Final = re.compile(r"(0|[1-9][0-9]*),([0-9]{1,2}|[0-9]{4,})")
_FRACTION: Final = re.compile("([0-9]{1,2})-([1-7])/([248])")
_MARKS: Final = re.compile("[1-9][0-9]{0,2}(?:(?:'[0-9]{3})+|(?:\u2009[0-9]{3})+)(?:[.,]([0-9]+))?")
_NO_DIGITS: Final = re.compile("[^0-9]")


class Numeral(NamedTuple):
    """A number as written: value, decimals of its last digit, and flags for ambiguous marks."""

    value: Decimal
    decimals: int
    plain: bool = False  # digits only
    comma: bool = False  # a decimal comma; without a unit it may be a list
    doubtful: bool = False  # 1.234: a decimal point or a thousands mark
    grouped: bool = False  # 1,234: thousands in English, a decimal comma on the continent


def from_digits(text: str) -> Numeral | None:
    """The number in a token of digits and marks; None if it is a date, a time, a version or a list."""
    if len(text) > _LONGEST:
        return None
    text = text.replace(" ", "")  # of a point that is torn off: "1 .26"
    for shape, made in _SHAPES:
        if match := shape.fullmatch(text):
            return made(match)
    return None


def _plain(match: re.Match[str]) -> Numeral:
    return Numeral(Decimal(match[0]), 0, plain=True)


def _with_decimals(match: re.Match[str]) -> Numeral:
    decimals = len(match[2])
    return Numeral(
        Decimal(match[0]), decimals, doubtful=decimals == 3 and match[1] != "0" and len(match[1]) < 4
    )


def _with_commas(match: re.Match[str]) -> Numeral:
    return Numeral(Decimal(match[0].replace(",", "")), len(match[1] or ""), grouped=True)


def _with_decimal_comma(match: re.Match[str]) -> Numeral:
    return Numeral(Decimal(match[0].replace(",", ".")), len(match[2]), comma=True)


def _with_fraction(match: re.Match[str]) -> Numeral:
    value = int(match[1]) + Decimal(match[2]) / Decimal(match[3])
    return Numeral(value, -int(value.as_tuple().exponent), comma=True)


def _with_other_marks(match: re.Match[str]) -> Numeral:
    fraction = match[1] or ""
    whole = _NO_DIGITS.sub("", match[0][: len(match[0]) - len(fraction)])
    return Numeral(Decimal(f"{whole}.{fraction}" if fraction else whole), len(fraction))


_SHAPES: Final[tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Numeral]], ...]] = (
    (_PLAIN, _plain),
    (_POINT, _with_decimals),
    (_COMMAS, _with_commas),
    (_COMMA, _with_decimal_comma),
    (_POINTS, _with_other_marks),
    (_INDIAN, _with_other_marks),
    (_FRACTION, _with_fraction),
    (_MARKS, _with_other_marks),
)


def from_words(t: Tokens, place: int, *, joined_by_and: bool = True) -> tuple[Numeral, int] | None:
    """The cardinal in words at token `place`, and the token after it.

    `joined_by_and` allows "two hundred and five"; it is False inside "between … and …". None if the words make no
    number, as in "twenty twenty-five".
    """
    low = t.low
    if low[place] == "half":
        return _half(t, place)
    if (part := _quarters(t, place)) is not None:
        return part
    number = _Cardinal()
    at = place
    if low[at] in {"a", "an"}:
        if low[at + 1] not in SCALES and low[at + 1] != "dozen":
            return None
        number.current, number.started = 1, True
        at += 1
    while True:
        taken = number.take(low[at])
        if taken is None:
            return None
        if not taken:
            break
        at += 1
        if low[at] == "-" and t.glued(at) and t.glued(at + 1) and _goes_on(low[at + 1]):
            at += 1
        elif low[at] == "and" and joined_by_and:
            follows = _and_follows(t, at, number)
            if follows is None:
                return None
            at += follows
    if not number.started:
        return None
    if low[at] == "point" and low[at + 1] in UNITS and not number.total:
        return _with_spoken_decimals(t, at + 1, number.current)
    return Numeral(Decimal(number.total + number.current), number.decimals), at


class _Cardinal:
    """Builds a cardinal word by word."""

    __slots__ = ("current", "decimals", "smallest", "started", "total")

    def __init__(self) -> None:
        self.total = 0
        self.current = 0  # what the next scale multiplies
        self.decimals = 0
        self.smallest = 99  # exponent of the last scale; the next must be smaller
        self.started = False

    def take(self, word: str) -> bool | None:
        """Whether the word belongs to the number; None if the words then make no number."""
        if word in UNITS:
            fits = self._fits(UNITS[word])
            self.current, self.decimals = self.current + UNITS[word], 0
        elif word in TENS:
            fits = self.current % 100 == 0
            self.current, self.decimals = self.current + TENS[word], 0
        elif word == "dozen":
            fits = True
            self.current, self.decimals = max(self.current, 1) * 12, 0
        elif word == "hundred" and 0 < self.current < 100:
            fits = True
            self.current, self.decimals = self.current * 100, -2
        elif word in SCALES and word != "hundred" and self.current and SCALES[word] < self.smallest:
            fits = True
            self.smallest = SCALES[word]
            self.total += self.current * 10**self.smallest
            self.current, self.decimals = 0, -self.smallest
        else:
            return False
        self.started = True
        return fits or None

    def _fits(self, unit: int) -> bool:
        over = self.current % 100
        if over % 10 or over == 10 or (unit > 9 and over):
            return False
        return not self.started or (unit > 0 and bool(self.current or self.total))


def _half(t: Tokens, place: int) -> tuple[Numeral, int] | None:
    """The number of "half a million", "half-billion", "half a percentage point"."""
    low = t.low
    at = place + 1
    if low[at] == "-" and t.glued(at):
        at += 1
    if low[at] in {"a", "an"}:
        at += 1
    if low[at] == "dozen":
        return Numeral(Decimal(6), 0), at + 1
    scale = SCALES.get(low[at], 0)
    if scale > 2 and low[at + 1] not in SCALES:
        return Numeral(Decimal(5).scaleb(scale - 1), 1 - scale), at + 1
    if at > place + 1 and low[at] in {"percent", "percentage"}:
        return Numeral(Decimal("0.5"), 1), at
    return None


def _quarters(t: Tokens, place: int) -> tuple[Numeral, int] | None:
    """The number of "a quarter of a million", "three-quarters of a billion"; None if it is none."""
    low = t.low
    at = place + 2 if low[place + 1] == "-" and t.glued(place + 1) else place + 1
    above = {"a": 1, "one": 1, "three": 3}.get(low[place], 0)
    scale = SCALES.get(low[at + 3], 0)
    if not above or low[at] != ("quarter" if above == 1 else "quarters") or not scaled_part(t, at + 1):
        return None
    if low[at + 4] in SCALES:
        return None
    return Numeral(Decimal(25 * above).scaleb(scale - 2), 2 - scale), at + 4


def scaled_part(t: Tokens, after: int) -> bool:
    """Whether "of a million" or the like stands at `after`, behind a fraction."""
    return t.low[after : after + 2] == ["of", "a"] and SCALES.get(t.low[after + 2], 0) >= 6


def _goes_on(word: str) -> bool:
    return word in NUMBER_WORDS or word in SCALES


def _and_follows(t: Tokens, place: int, number: _Cardinal) -> bool | None:
    """Whether the number goes on after "and" at `place`; None if that cannot be told.

    "Two hundred and five" does, "one hundred and one thousand" too; "two hundred and three hundred" are two
    numbers, or none.
    """
    low = t.low
    at = place + 1
    if low[at] not in NUMBER_WORDS:
        return False
    if number.current % 100 or not (number.current or number.total):
        return None
    while low[at] in NUMBER_WORDS or low[at] == "-":
        at += 1
    if low[at] in {"hundred", "dozen"} or (low[at] in SCALES and not number.current):
        return None
    return True


def _with_spoken_decimals(t: Tokens, at: int, whole: int) -> tuple[Numeral, int] | None:
    """The number "three point five", whose decimals are words from token `at` on."""
    first = at
    while t.low[at] in UNITS:
        at += 1
    digits = [UNITS[word] for word in t.low[first:at]]
    if len(digits) > _SPOKEN or max(digits) > 9:
        return None
    return Numeral(Decimal(f"{whole}.{''.join(map(str, digits))}"), len(digits)), at


def scaled(numeral: Numeral, scale: str, exponent: int) -> Numeral | None:
    """`numeral` times a power of ten; None if its marks are ambiguous beside this scale word."""
    if scale in CONTINENTAL and (numeral.grouped or numeral.doubtful):
        return None
    return numeral._replace(
        value=numeral.value.scaleb(exponent, ARITHMETIC), decimals=numeral.decimals - exponent
    )
