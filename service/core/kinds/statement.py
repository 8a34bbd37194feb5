"""`statement`: a claim in words."""

from typing import Annotated

from msgspec import Meta

from service.core.kinds.base import Assert, Fact, Value
from service.core.kinds.definition import Definition
from service.core.text import Line, Text


class StatementValue(Value, frozen=True):
    """A claim in words."""

    text: Annotated[
        Text,
        Meta(
            description="What is claimed.",
            examples=["Chips of its own make it less dependent on foreign suppliers."],
        ),
    ]
    topic: Annotated[
        Line | None, Meta(description="What it is about.", examples=["self-developed AI chips"])
    ] = None

    def words(self) -> str:
        """The claim as it is."""
        return self.text


class AssertStatement(Assert, frozen=True, tag="statement"):
    """Asserts a claim in words."""

    value: StatementValue


class Statement(Fact, frozen=True, tag="statement"):
    """A claim in words."""

    value: StatementValue


STATEMENT = Definition(StatementValue, AssertStatement, Statement, text="text", searched=("text", "topic"))
