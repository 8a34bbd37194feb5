"""`investment`: money put, or to be put, into something."""

from typing import Annotated, Literal

from msgspec import Meta

from service.core.kinds.base import Assert, Fact, Value, WholeNumber
from service.core.kinds.definition import Definition
from service.core.quantities import Quantity, in_words
from service.core.text import Line, listed


class InvestmentValue(Value, frozen=True):
    """Money put, or to be put, into something."""

    amount: Annotated[Quantity, Meta(description="The sum.")]
    horizon_years: Annotated[WholeNumber | None, Meta(description="Over how many years.", examples=[3])] = (
        None
    )
    purpose: Annotated[
        list[Line], Meta(max_length=20, description="What it is for.", examples=[["cloud"]])
    ] = []
    stage: Annotated[
        Literal["announced", "committed", "spent"] | None,
        Meta(description="How far it has come.", examples=["announced"]),
    ] = None

    def words(self) -> str:
        """As "53 billion USD over 3 years for cloud and AI infrastructure (announced)"."""
        years = "" if self.horizon_years is None else f" over {self.horizon_years} years"
        purpose = f" for {listed(self.purpose)}" if self.purpose else ""
        stage = "" if self.stage is None else f" ({self.stage})"
        return f"{in_words(self.amount)}{years}{purpose}{stage}"


class AssertInvestment(Assert, frozen=True, tag="investment"):
    """Asserts money put, or to be put, into something."""

    value: InvestmentValue


class Investment(Fact, frozen=True, tag="investment"):
    """Money put, or to be put, into something."""

    value: InvestmentValue


INVESTMENT = Definition(
    InvestmentValue,
    AssertInvestment,
    Investment,
    main="amount",
    searched=("purpose", "stage"),
    roles={"horizon_years": "duration"},
)
