"""`expansion`: growth into a place."""

from typing import Annotated

from msgspec import Meta

from service.core.countries import place_in_words
from service.core.kinds.base import Assert, Fact, Value
from service.core.kinds.definition import Definition
from service.core.text import Line, listed


class ExpansionValue(Value, frozen=True):
    """Growth into a place."""

    what: Annotated[Line, Meta(description="What is built or opened.", examples=["data centre"])]
    location: Annotated[
        Line,
        Meta(
            description="ISO 3166 code or name of a region; also the `geography` dimension.", examples=["BR"]
        ),
    ]
    status: Annotated[Line | None, Meta(description="How far it has come.", examples=["planned"])] = None
    purpose: Annotated[
        list[Line], Meta(max_length=20, description="What it is for.", examples=[["lower latency"]])
    ] = []

    def words(self) -> str:
        """As "data centre in Brazil for lower latency (planned)"."""
        purpose = f" for {listed(self.purpose)}" if self.purpose else ""
        status = "" if self.status is None else f" ({self.status})"
        return f"{self.what} in {place_in_words(self.location)}{purpose}{status}"


class AssertExpansion(Assert, frozen=True, tag="expansion"):
    """Asserts growth into a place."""

    value: ExpansionValue


class Expansion(Fact, frozen=True, tag="expansion"):
    """Growth into a place."""

    value: ExpansionValue


EXPANSION = Definition(
    ExpansionValue,
    AssertExpansion,
    Expansion,
    text="what",
    searched=("what", "location", "status", "purpose"),
    names={"location": "location"},
)
