"""Quantities: a decimal with a unit, an accuracy and a bound, and the interval of numbers it stands for.

`decimals` is the attribute of XBRL 2.1 (§4.6.5): the value is accurate to 10**-decimals, so -9 means "to the nearest
billion". Without it the value is exactly as stated. Rounding is to the nearest, halves away from zero, so intervals are
half-open.
"""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Context, Decimal, Inexact
from typing import Annotated, Literal, NamedTuple

import msgspec
from msgspec import Meta, Struct

# what a number of a value is: an amount, a count of periods in a row, a rank, a number of years
Role = Literal["quantity", "streak", "rank", "duration"]

# numbers have at most 30 + 30 digits and 10**±30, so 200 digits keep this arithmetic exact
ARITHMETIC = Context(prec=200, rounding=ROUND_HALF_UP, traps=[Inexact], Emin=-400, Emax=400)
_ROUNDING = Context(prec=200, rounding=ROUND_HALF_UP, traps=[], Emin=-400, Emax=400)

# thirty digits after the point are enough for every number in filings
DECIMAL_PATTERN = r"^-?(0|[1-9][0-9]{0,29})(\.[0-9]{1,30})?$(?!\n)"
# A name of XML without colon (NCName), as XBRL calls units, and the stroke of `USD/shares`. The classes list what a name
# may not begin with, or have, since a class of what it may have needs code points that not every engine can write.
UNIT_PATTERN = (
    r"^[^\x00-\x40\x5b-\x5e\x60\x7b-\xbf\xd7\xf7\u0300-\u036f\u037e\u2000-\u200b\u200e-\u206f\u2190-\u2bff\u2ff0-\u3000"
    r"\ue000-\uf8ff\ufdd0-\ufdef\ufffe\uffff]"
    r"[^\x00-\x2c\x3a-\x40\x5b-\x5e\x60\x7b-\xb6\xb8-\xbf\xd7\xf7\u037e\u2000-\u200b\u200e-\u203e\u2041-\u206f"
    r"\u2190-\u2bff\u2ff0-\u3000\ue000-\uf8ff\ufdd0-\ufdef\ufffe\uffff]*$(?!\n)"
)
UNIT_LIMIT = 1000  # code points; XML has no limit

DecimalText = Annotated[
    str,
    Meta(
        pattern=DECIMAL_PATTERN,
        max_length=62,
        description="An exact decimal, written as a string so that no client rounds it.",
        examples=["53000000000", "36.5"],
        extra={
            "form": "a decimal such as 120 or -0.5, which is digits and at most one point, without separators or exponent"
        },
        # no `format: decimal`: generators make a binary float, or a number with the checks of a text, of it
    ),
]
Unit = Annotated[
    str,
    Meta(
        pattern=UNIT_PATTERN,
        max_length=UNIT_LIMIT,
        description="ISO 4217 code for money (`USD`), `percent`, `percentage_points`, `basis_points`, "
        "`shares`, `USD/shares`, `pure`, or a plural lower-case noun for a count (`users`). "
        "Imported units stay as they are (`Store`).",
        examples=["USD", "percent", "users"],
        extra={"form": "a unit such as USD, percent, users or USD/shares"},
    ),
]
Bound = Literal["exact", "about", "at_least", "at_most"]


class Quantity(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """A decimal, or a span from `low` to `high`, with its unit, accuracy and bound.

    Exactly one of `value` and the pair `low`, `high` is given. A span is `exact` or `about`; the one-sided bounds
    belong to a value.
    """

    unit: Unit
    value: Annotated[DecimalText | None, Meta(description="The number, unless the quantity is a span.")] = (
        None
    )
    low: Annotated[DecimalText | None, Meta(description="Lower end of a span, included.")] = None
    high: Annotated[DecimalText | None, Meta(description="Upper end of a span, included.")] = None
    decimals: Annotated[
        Annotated[int, Meta(ge=-30, le=30)] | None,
        Meta(
            description="Accuracy as in XBRL: -9 means to the nearest billion; absent means exactly as stated.",
            examples=[-9],
        ),
    ] = None
    bound: Annotated[
        Bound,
        Meta(
            description="Whether the number is the quantity itself, about it, or its lower or upper limit.",
            examples=["exact"],
        ),
    ] = "exact"

    def flaw(self) -> str | None:
        """What is wrong with the combination of fields, or None."""
        if self.value is not None:
            return None if self.low is None and self.high is None else "give value, or low and high, not both"
        if self.low is None or self.high is None:
            return "give value, or both low and high"
        if Decimal(self.low) > Decimal(self.high):
            return f"low {self.low} is above high {self.high}"
        if self.bound in {"at_least", "at_most"}:
            return f"a span cannot be {self.bound}"
        return None


class Interval(NamedTuple):
    """The numbers that a quantity may stand for; None is unbounded on that side."""

    low: Decimal | None
    high: Decimal | None
    low_included: bool
    high_included: bool

    def overlaps(self, other: "Interval") -> bool:
        """Whether a number lies in both intervals."""
        return _starts_by_end(self, other) and _starts_by_end(other, self)


def _starts_by_end(a: Interval, b: Interval) -> bool:
    if a.low is None or b.high is None or a.low < b.high:
        return True
    return a.low == b.high and a.low_included and b.high_included


def normal(number: str) -> str:
    """The normal form of a decimal: no exponent, no trailing zeros, no negative zero."""
    value = Decimal(number)
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def rounded(value: Decimal, decimals: int) -> Decimal:
    """`value` to the nearest 10**-decimals, halves away from zero."""
    return value.quantize(Decimal(1).scaleb(-decimals), context=_ROUNDING)


def last_nonzero_digit(value: Decimal) -> int | None:
    """Decimals of the last non-zero digit as written (12300 → -2, 0.50 → 1); None for zero."""
    if not value:
        return None
    exponent = value.normalize(ARITHMETIC).as_tuple().exponent
    return -int(exponent)


def interval(quantity: Quantity) -> Interval:
    """The interval of a quantity. Raises ValueError if it has a flaw.

    53 billion with decimals -9 is [52.5e9, 53.5e9). `exact` without decimals is a point; `about` without decimals is half
    a unit of the last non-zero digit in both directions; `at_least` has no upper end, `at_most` no lower one.
    """
    low_text, high_text = (
        (quantity.value, quantity.value) if quantity.value is not None else (quantity.low, quantity.high)
    )
    if low_text is None or high_text is None:
        raise ValueError(quantity.flaw())
    low, high = _around(Decimal(low_text), quantity), _around(Decimal(high_text), quantity)
    if quantity.bound == "at_least":
        return low._replace(high=None, high_included=False)
    if quantity.bound == "at_most":
        return high._replace(low=None, low_included=False)
    return Interval(low.low, high.high, low.low_included, high.high_included)


def _around(value: Decimal, quantity: Quantity) -> Interval:
    decimals = quantity.decimals
    if decimals is None and quantity.bound == "about":
        decimals = last_nonzero_digit(value)
    if decimals is None:
        return Interval(value, value, low_included=True, high_included=True)
    half = Decimal(5).scaleb(-decimals - 1)
    low, high = ARITHMETIC.subtract(value, half), ARITHMETIC.add(value, half)
    # halves round away from zero: only the end nearer to zero rounds to the value, so only it is included
    return Interval(low, high, low_included=value > 0, high_included=value < 0)


def agree(one: Quantity, other: Quantity) -> bool:
    """Whether two quantities of one unit can both be true (compare XBRL's consistent duplicates)."""
    return one.unit == other.unit and interval(one).overlaps(interval(other))


def contradicted(intervals: Sequence[Interval]) -> list[bool]:
    """For each interval, whether some other one does not overlap it.

    It takes one pass: an interval overlaps all others if it overlaps the one that ends first and the one that starts last.
    """
    if not intervals:
        return []
    first_end = min(intervals, key=lambda one: (one.high is None, one.high or Decimal(0), one.high_included))
    last_start = max(
        intervals, key=lambda one: (one.low is not None, one.low or Decimal(0), not one.low_included)
    )
    return [not (_starts_by_end(one, first_end) and _starts_by_end(last_start, one)) for one in intervals]


_DECIMALS = frozenset({"value", "low", "high"})


def numeric(value: object) -> object:
    """A value as builtins with every decimal in normal form, so that equal numbers compare equal."""
    match value:
        case dict():
            fields = msgspec.convert(value, dict[str, object])
            if "unit" in fields:
                return {
                    name: normal(content) if name in _DECIMALS and isinstance(content, str) else content
                    for name, content in fields.items()
                }
            return {name: numeric(content) for name, content in fields.items()}
        case list():
            return [numeric(item) for item in msgspec.convert(value, list[object])]
        case _:
            return value


_SCALES = ((12, "trillion"), (9, "billion"), (6, "million"))
BOUND_WORDS: dict[Bound, str] = {
    "exact": "",
    "about": "about ",
    "at_least": "at least ",
    "at_most": "at most ",
}


def in_words(quantity: Quantity) -> str:
    """A quantity as English words: "at least 53 billion USD", "10 to 99 percent"."""
    number = (
        _scaled(quantity.value)
        if quantity.value is not None
        else f"{_scaled(quantity.low or '')} to {_scaled(quantity.high or '')}"
    )
    return f"{BOUND_WORDS[quantity.bound]}{number} {quantity.unit.replace('_', ' ')}"


def _scaled(number: str) -> str:
    """A decimal in millions, billions or trillions if at most three digits after the point keep it exact."""
    value = Decimal(number)
    for power, word in _SCALES:
        if abs(value) >= Decimal(1).scaleb(power):
            digits = normal(f"{value.scaleb(-power, ARITHMETIC):f}")
            if len(digits.partition(".")[2]) <= 3:
                return f"{digits} {word}"
            break
    return f"{Decimal(normal(number)):,f}"
