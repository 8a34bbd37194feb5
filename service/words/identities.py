"""Identities between standard concepts, by which a choice of tags can be checked with arithmetic.

A value is held against the identities that it takes part in and whose other values the company has for the same period. An
identity that does not hold is told, not mended: the filer may count in another way (redeemable minorities stand beside
equity, some shares have no common unit), or a tag may mean something else.
"""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from service.core.quantities import ARITHMETIC, normal
from service.words.answers import IdentityCheck

_ROUNDED = Decimal("0.005")  # half of the last digit of an amount per share
_LOOSE = Decimal("0.01")  # of net income: preferred dividends, and participating securities


class Identity(NamedTuple):
    """The sum of the terms is zero. Each term is a sign and the concepts that are multiplied."""

    text: str
    terms: tuple[tuple[int, tuple[str, ...]], ...]
    tolerance: Decimal = Decimal("0.001")  # of the greatest term
    per_share: str | None = (
        None  # concept of an amount per share, whose rounding the number of shares multiplies
    )

    @property
    def concepts(self) -> frozenset[str]:
        """The concepts that it needs."""
        return frozenset(name for _, names in self.terms for name in names)

    def check(self, values: Mapping[str, Decimal]) -> IdentityCheck | None:
        """Whether it holds for these values of one period; None if one is missing."""
        if not self.concepts <= values.keys():
            return None
        sizes = [
            ARITHMETIC.multiply(Decimal(sign), _product(values[n] for n in names))
            for sign, names in self.terms
        ]
        residual = sum(sizes, Decimal(0))
        allowed = max(abs(size) for size in sizes) * self.tolerance
        if self.per_share is not None:
            others = next(names for _, names in self.terms if self.per_share in names)
            allowed += abs(_product(values[n] for n in others if n != self.per_share)) * _ROUNDED
        return IdentityCheck(
            identity=self.text, holds=abs(residual) <= allowed, residual=normal(f"{residual:f}")
        )


def _product(numbers: Iterable[Decimal]) -> Decimal:
    product = Decimal(1)
    for number in numbers:
        product = ARITHMETIC.multiply(product, number)
    return product


IDENTITIES = (
    Identity(
        "assets = liabilities + equity-with-minorities",
        ((1, ("assets",)), (-1, ("liabilities",)), (-1, ("equity-with-minorities",))),
    ),
    Identity(
        "revenue - cost-of-revenue = gross-profit",
        ((1, ("revenue",)), (-1, ("cost-of-revenue",)), (-1, ("gross-profit",))),
    ),
    Identity(
        "eps-basic * weighted-shares-basic = net-income",
        ((1, ("eps-basic", "weighted-shares-basic")), (-1, ("net-income",))),
        tolerance=_LOOSE,
        per_share="eps-basic",
    ),
    Identity(
        "eps-diluted * weighted-shares-diluted = net-income",
        ((1, ("eps-diluted", "weighted-shares-diluted")), (-1, ("net-income",))),
        tolerance=_LOOSE,
        per_share="eps-diluted",
    ),
)


def identities_of(concept: str) -> Iterator[Identity]:
    """The identities that a concept takes part in."""
    return (one for one in IDENTITIES if concept in one.concepts)


def partners_of(concept: str) -> list[str]:
    """The other concepts of the identities that a concept takes part in."""
    return sorted({name for one in identities_of(concept) for name in one.concepts} - {concept})


def checks(concept: str, values: Mapping[str, Decimal]) -> list[IdentityCheck]:
    """The checks of a concept's value, by the values of all concepts for its period."""
    found = [one.check(values) for one in identities_of(concept)]
    return [one for one in found if one is not None]
