"""Numbers by themselves: what digits or number words say, and how accurately they say it."""

import re
from decimal import Decimal
from typing import NamedTuple

from service.domain.quantities import ARITHMETIC
from service.domain.reading.tokens import Tokens
from service.domain.reading.words import CONTINENTAL, SCALES, TENS, UNITS

_LONGEST = 45  # digits, marks included: what a quantity can hold

_PLAIN = re.compile("0|[1-9][0-9]*")
_POINT = re.compile(r"(0|[1-9][0-9]*)\.([0-9]+)")
_COMMAS = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.([0-9]+))?")
_INDIAN = re.compile(r"[1-9][0-9]?(?:,[0-9]{2})+,[0-9]{3}(?:\.([0-9]+))?")
_POINTS = re.compile(r"[1-9][0-9]{0,2}(?:(?:\.[0-9]{3}){2,}|(?:\.[0-9]{3})+(?=,))(?:,([0-9]+))?")
_COMMA = re.compile(r"(0|[1-9][0-9]*),([0-9]{1,2}|[0-9]{4,})")
_MARKS = re.compile("[1-9][0-9]{0,2}(?:(?:'[0-9]{3})+|(?:\u2009[0-9]{3})+)(?:[.,]([0-9]+))?")
_NO_DIGITS = re.compile("[^0-9]")


class Numeral(NamedTuple):
    """A number as written: its value, the decimals of its last digit, and what is doubtful about it."""

    value: Decimal
    decimals: int
    plain: bool = False  # digits only, without a mark of any sort
    comma: bool = False  # a decimal comma: needs a unit beside it, or it is a list
    doubtful: bool = False  # 1.234: a decimal point or a thousands mark
    grouped: bool = False  # 1,234: thousands in English, a decimal comma on the continent


def from_digits(text: str) -> Numeral | None:
    """What a token of digits and marks says; None where it is a date, a time, a version or a list."""
    if len(text) > _LONGEST:
        return None
    if text.isdigit():
        return Numeral(Decimal(text), 0, plain=True) if _PLAIN.fullmatch(text) else None
    if match := _POINT.fullmatch(text):
        decimals = len(match[2])
        return Numeral(
            Decimal(text), decimals, doubtful=decimals == 3 and match[1] != "0" and len(match[1]) < 4
        )
    if match := _COMMAS.fullmatch(text):
        return Numeral(Decimal(text.replace(",", "")), len(match[1] or ""), grouped=True)
    if match := _COMMA.fullmatch(text):
        return Numeral(Decimal(text.replace(",", ".")), len(match[2]), comma=True)
    for shape in (_POINTS, _INDIAN, _MARKS):
        if match := shape.fullmatch(text):
            fraction = match[1] or ""
            whole = _NO_DIGITS.sub("", text[: len(text) - len(fraction)])
            return Numeral(Decimal(f"{whole}.{fraction}" if fraction else whole), len(fraction))
    return None


def from_words(tokens: Tokens, place: int, *, joined_by_and: bool = True) -> tuple[Numeral, int] | None:
    """The cardinal that starts at `place`, and the place after it.

    `joined_by_and` allows "two hundred and five"; within "between … and …" it does not belong to the
    number. None where the words make no number, as in "twenty twenty-five".
    """
    low = tokens.low
    total, current, decimals = 0, 0, 0
    smallest = 99  # exponent of the last scale: they must fall
    at = place
    if low[at] in {"a", "an"}:
        if low[at + 1] not in SCALES and low[at + 1] != "dozen":
            return None
        current, at = 1, at + 1
    started = current > 0
    while True:
        word = low[at]
        if word in UNITS:
            value = UNITS[word]
            over = current % 100
            if over % 10 or over == 10 or (started and value == 0) or (value > 9 and over):
                return None
            if started and not current and not total:  # after zero
                return None
            current, decimals = current + value, 0
        elif word in TENS:
            if current % 100:
                return None
            current, decimals = current + TENS[word], 0
        elif word == "dozen":
            current, decimals = max(current, 1) * 12, 0
            at += 1
            break
        elif word == "hundred" and 0 < current < 100:
            current, decimals = current * 100, -2
        elif word in SCALES and word != "hundred" and current and SCALES[word] < smallest:
            exponent = SCALES[word]
            total, current, smallest, decimals = total + current * 10**exponent, 0, exponent, -exponent
        else:
            break
        started = True
        at += 1
        if low[at] == "-" and tokens.glued(at) and tokens.glued(at + 1) and _goes_on(low[at + 1]):
            at += 1
        elif low[at] == "and" and joined_by_and:
            follows = _and_follows(tokens, at, current, total)
            if follows is None:
                return None
            at += follows
    if not started:
        return None
    if low[at] == "point" and low[at + 1] in UNITS and not total:
        return _with_point(tokens, at + 1, current)
    return Numeral(Decimal(total + current), decimals), at


def _with_point(tokens: Tokens, at: int, whole: int) -> tuple[Numeral, int] | None:
    """The digits of "three point five" behind the point, after the point one by one."""
    digits = ""
    while tokens.low[at] in UNITS:
        digits += str(UNITS[tokens.low[at]])
        at += 1
    if len(digits) > 9 or any(UNITS[word] > 9 for word in tokens.low[at - len(digits) : at] if word in UNITS):
        return None
    return Numeral(Decimal(f"{whole}.{digits}"), len(digits)), at


def _goes_on(word: str) -> bool:
    return word in UNITS or word in TENS or word in SCALES


def _and_follows(tokens: Tokens, place: int, current: int, total: int) -> bool | None:
    """Whether "and" at `place` goes on with the number; None where that cannot be told.

    "Two hundred and five" does, "one hundred and one thousand" too; "two hundred and three hundred" are two
    numbers, or none.
    """
    low = tokens.low
    at = place + 1
    if low[at] not in UNITS and low[at] not in TENS:
        return False
    if current % 100 or not (current or total):
        return None
    while low[at] in UNITS or low[at] in TENS or low[at] == "-":
        at += 1
    if low[at] in {"hundred", "dozen"} or (low[at] in SCALES and not current):
        return None
    return True


def scaled(numeral: Numeral, scale: str, exponent: int) -> Numeral | None:
    """`numeral` times a power of ten; None where the marks in it mean other things beside this scale."""
    if scale in CONTINENTAL and (numeral.grouped or numeral.doubtful):
        return None
    if numeral.grouped and scale in {"lakh", "crore", "lakhs", "crores", "cr"} and numeral.value > 10**8:
        return None
    return Numeral(numeral.value.scaleb(exponent, ARITHMETIC), numeral.decimals - exponent)
