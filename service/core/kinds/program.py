"""`program`: an offer to a group of participants."""

from typing import Annotated

from msgspec import Meta

from service.core.kinds.base import Assert, Fact, Part, Value
from service.core.kinds.definition import Definition
from service.core.quantities import Quantity, in_words
from service.core.text import Line, Url, listed


class Benefit(Part, frozen=True):
    """One thing that a program gives to its participants."""

    what: Annotated[Line, Meta(description="What is given.", examples=["cloud credits"])]
    quantity: Annotated[Quantity | None, Meta(description="How much of it.")] = None

    @property
    def label(self) -> str:
        """What is given."""
        return self.what

    def words(self) -> str:
        """As "cloud credits (120,000 USD)"."""
        return self.what if self.quantity is None else f"{self.what} ({in_words(self.quantity)})"


class ProgramValue(Value, frozen=True):
    """An offer to a group of participants."""

    name: Annotated[Line, Meta(description="Name of the program.", examples=["AI Catalyst Program"])]
    benefits: Annotated[list[Benefit], Meta(max_length=20, description="What participants get.")] = []
    audience: Annotated[Line | None, Meta(description="Whom it is for.", examples=["startups"])] = None
    url: Annotated[Url | None, Meta(description="Page of the program.")] = None

    def words(self) -> str:
        """As "AI Catalyst Program for startups: free tokens and cloud credits (120,000 USD)"."""
        audience = "" if self.audience is None else f" for {self.audience}"
        benefits = f": {listed([one.words() for one in self.benefits])}" if self.benefits else ""
        return f"{self.name}{audience}{benefits}"


class AssertProgram(Assert, frozen=True, tag="program"):
    """Asserts an offer to a group of participants."""

    value: ProgramValue


class Program(Fact, frozen=True, tag="program"):
    """An offer to a group of participants."""

    value: ProgramValue


PROGRAM = Definition(
    ProgramValue,
    AssertProgram,
    Program,
    text="name",
    searched=("name", "audience", "benefits/what"),
    names={"name": "program"},
)
