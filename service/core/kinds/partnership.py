"""`partnership`: joint work with another organisation."""

from typing import Annotated

from msgspec import Meta

from service.core.kinds.base import Assert, Fact, Value
from service.core.kinds.definition import Definition
from service.core.quantities import Quantity, in_words
from service.core.text import Line, listed


class PartnershipValue(Value, frozen=True):
    """Joint work with another organisation."""

    counterparty: Annotated[
        Line,
        Meta(
            description="The partner: its slug where it is a company here, else its name.",
            examples=["shiseido"],
        ),
    ]
    products: Annotated[
        list[Line], Meta(max_length=20, description="Products used in it.", examples=[["Qwen"]])
    ] = []
    purpose: Annotated[Line | None, Meta(description="What it is for.", examples=["skin care research"])] = (
        None
    )
    outcome: Annotated[Quantity | None, Meta(description="What it brought, where that was measured.")] = None
    outcome_what: Annotated[
        Line | None,
        Meta(description="What the outcome is of, or what it brought in words.", examples=["efficiency"]),
    ] = None

    def words(self) -> str:
        """As "partnership with shiseido for skin care research, using Qwen; outcome 300 percent, efficiency"."""
        purpose = "" if self.purpose is None else f" for {self.purpose}"
        products = f", using {listed(self.products)}" if self.products else ""
        said = [None if self.outcome is None else in_words(self.outcome), self.outcome_what]
        outcome = "; outcome " + ", ".join(one for one in said if one) if any(said) else ""
        return f"partnership with {self.counterparty}{purpose}{products}{outcome}"


class AssertPartnership(Assert, frozen=True, tag="partnership"):
    """Asserts joint work with another organisation."""

    value: PartnershipValue


class Partnership(Fact, frozen=True, tag="partnership"):
    """Joint work with another organisation."""

    value: PartnershipValue


PARTNERSHIP = Definition(
    PartnershipValue,
    AssertPartnership,
    Partnership,
    main="outcome",
    text="counterparty",
    searched=("counterparty", "products", "purpose", "outcome_what"),
    names={"counterparty": "counterparty", "products": "product"},
)
