"""`recall`: products taken back. No kind of the service: `tests/test_new_kind.py` adds it to a copy."""

from typing import Annotated

from msgspec import Meta

from service.core.kinds.base import Assert, Fact, Part, Value, WholeNumber
from service.core.kinds.definition import Definition
from service.core.quantities import Quantity, in_words
from service.core.text import Line


class Remedy(Part, frozen=True):
    """What owners get."""

    what: Annotated[Line, Meta(description="What is given.", examples=["refund"])]
    sum: Annotated[Quantity | None, Meta(description="Its value.")] = None

    @property
    def label(self) -> str:
        """What is given."""
        return self.what


class RecallValue(Value, frozen=True):
    """Products taken back."""

    device: Annotated[Line, Meta(description="What is taken back.", examples=["Widget 3"])]
    units: Annotated[Quantity, Meta(description="How many of it.")]
    remedies: Annotated[list[Remedy], Meta(max_length=20, description="What owners get.")] = []
    years: Annotated[WholeNumber | None, Meta(description="Over how many years.", examples=[2])] = None
    urgent: Annotated[bool, Meta(description="Whether use must stop.", examples=[True])] = False

    def words(self) -> str:
        """As "recall of 2 million units of Widget 3"."""
        return f"recall of {in_words(self.units)} of {self.device}"


class AssertRecall(Assert, frozen=True, tag="recall"):
    """Asserts that products are taken back."""

    value: RecallValue


class Recall(Fact, frozen=True, tag="recall"):
    """Products taken back."""

    value: RecallValue


RECALL = Definition(
    RecallValue,
    AssertRecall,
    Recall,
    main="units",
    text="device",
    searched=("device", "remedies/what"),
    names={"device": "product"},
    roles={"years": "duration"},
)
