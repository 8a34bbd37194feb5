"""Quantities, the intervals that they stand for, and when two of them agree."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.core.quantities import (
    Quantity,
    agree,
    in_words,
    interval,
    last_nonzero_digit,
    normal,
    numeric,
    rounded,
)
from tests import oracle

NUMBERS = st.decimals(-(10**12), 10**12, places=6, allow_nan=False).map(lambda number: f"{number:f}")


def test_an_interval_of_a_stated_accuracy_is_half_open() -> None:
    billions = interval(Quantity(value="53000000000", unit="USD", decimals=-9))
    assert billions == (Decimal("52.5e9"), Decimal("53.5e9"), True, False)
    negative = interval(Quantity(value="-53", unit="USD", decimals=0))
    assert negative == (Decimal("-53.5"), Decimal("-52.5"), False, True)  # halves away from zero
    assert interval(Quantity(value="0", unit="USD", decimals=0)) == (
        Decimal("-0.5"),
        Decimal("0.5"),
        False,
        False,
    )


@pytest.mark.parametrize(
    ("fields", "low", "high"),
    [
        ({"value": "36"}, "36", "36"),
        ({"value": "300", "bound": "about"}, "250", "350"),
        ({"value": "0", "bound": "about"}, "0", "0"),
        ({"value": "300", "bound": "about", "decimals": -1}, "295", "305"),
        ({"value": "300", "bound": "at_least"}, "300", None),
        ({"value": "300", "bound": "at_most"}, None, "300"),
        ({"value": "300", "bound": "at_least", "decimals": -2}, "250", None),
        ({"low": "100", "high": "999"}, "100", "999"),
        ({"low": "100", "high": "200", "bound": "about"}, "50", "250"),
    ],
)
def test_intervals(fields: dict[str, Any], low: str | None, high: str | None) -> None:
    found = interval(Quantity(unit="percent", **fields))
    expected = tuple(None if end is None else Decimal(end) for end in (low, high))
    assert (found.low, found.high) == expected


@pytest.mark.parametrize(
    ("fields", "flaw"),
    [
        ({}, "give value, or both low and high"),
        ({"low": "1"}, "give value, or both low and high"),
        ({"value": "1", "high": "2"}, "give value, or low and high, not both"),
        ({"low": "2", "high": "1"}, "low 2 is above high 1"),
        ({"low": "1", "high": "2", "bound": "at_least"}, "a span cannot be at_least"),
        ({"low": "1", "high": "1", "bound": "about"}, None),
    ],
)
def test_flaws(fields: dict[str, Any], flaw: str | None) -> None:
    assert Quantity(unit="USD", **fields).flaw() == flaw


@st.composite
def quantities(draw: st.DrawFn) -> Quantity:
    decimals = draw(st.none() | st.integers(-3, 2))
    if draw(st.booleans()):
        low, high = sorted(draw(st.tuples(st.integers(-60, 60), st.integers(-60, 60))))
        bound = draw(st.sampled_from(["exact", "about"]))
        return msgspec.convert(
            {"unit": "USD", "low": str(low), "high": str(high), "bound": bound, "decimals": decimals},
            Quantity,
        )
    bound = draw(st.sampled_from(["exact", "about", "at_least", "at_most"]))
    value = str(draw(st.integers(-60, 60)))
    return msgspec.convert({"unit": "USD", "value": value, "bound": bound, "decimals": decimals}, Quantity)


@given(quantities(), quantities())
def test_two_quantities_agree_as_the_oracle_says(one: Quantity, other: Quantity) -> None:
    plain = [msgspec.to_builtins(quantity) for quantity in (one, other)]
    assert agree(one, other) == agree(other, one) == oracle.overlap(*plain)
    assert agree(one, one)


def test_other_units_never_agree() -> None:
    assert not agree(Quantity(value="1", unit="USD"), Quantity(value="1", unit="EUR"))


@given(NUMBERS)
def test_the_normal_form_is_the_same_number_and_alone_of_its_kind(number: str) -> None:
    found = normal(number)
    assert Fraction(found) == Fraction(number)
    assert normal(found) == found
    assert not found.endswith("."), found
    assert found != "-0"
    assert "." not in found or not found.endswith("0")


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        ("2.5", 0, "3"),
        ("-2.5", 0, "-3"),
        ("738.52", -1, "740"),
        ("0.05", 1, "0.1"),
        ("-0.04", 1, "0"),
        ("15", -1, "20"),
    ],
)
def test_halves_are_rounded_away_from_zero(value: str, decimals: int, expected: str) -> None:
    assert rounded(Decimal(value), decimals) == Decimal(expected)


@pytest.mark.parametrize(
    ("value", "decimals"), [("12300", -2), ("0.50", 1), ("-7", 0), ("0", None), ("0.00", None)]
)
def test_the_last_digit_that_is_not_zero(value: str, decimals: int | None) -> None:
    assert last_nonzero_digit(Decimal(value)) == decimals


def test_equal_numbers_of_a_value_compare_equal() -> None:
    one = {
        "share": {"value": "36.0", "unit": "percent"},
        "market": "36.0",
        "list": [{"low": "-0", "unit": "x"}],
    }
    other = {
        "share": {"value": "36", "unit": "percent"},
        "market": "36.0",
        "list": [{"low": "0.00", "unit": "x"}],
    }
    assert numeric(one) == numeric(other)
    assert numeric({"value": "36.0"}) != numeric({"value": "36"})  # no quantity: words stay as they are


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"value": "53000000000", "unit": "USD", "bound": "at_least"}, "at least 53 billion USD"),
        ({"low": "10", "high": "99", "unit": "percent"}, "10 to 99 percent"),
        ({"value": "1234567", "unit": "users"}, "1,234,567 users"),
        ({"value": "1234000", "unit": "users", "bound": "about"}, "about 1.234 million users"),
        ({"value": "-2500000000000", "unit": "USD"}, "-2.5 trillion USD"),
        ({"value": "1.50", "unit": "percentage_points", "bound": "at_most"}, "at most 1.5 percentage points"),
    ],
)
def test_words(fields: dict[str, Any], words: str) -> None:
    assert in_words(Quantity(**fields)) == words
