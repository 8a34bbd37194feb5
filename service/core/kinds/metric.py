"""`metric`: a measured or forecast quantity of a concept."""

from typing import Annotated, Literal

from msgspec import Meta

from service.core.kinds.base import Assert, Fact, Value, WholeNumber
from service.core.kinds.definition import Definition
from service.core.quantities import Quantity, in_words

Comparison = Literal["yoy", "qoq"]
_BEFORE = {"yoy": "the year before", "qoq": "the quarter before"}


class MetricValue(Value, frozen=True):
    """A measured or forecast quantity of a concept."""

    quantity: Annotated[Quantity, Meta(description="The measurement.")]
    comparison: Annotated[
        Comparison | None,
        Meta(
            description="What a growth rate compares with: the year before (`yoy`) or the quarter before (`qoq`).",
            examples=["yoy"],
        ),
    ] = None
    streak: Annotated[
        WholeNumber | None, Meta(description="How many periods in a row it held.", examples=[8])
    ] = None

    def words(self) -> str:
        """As "26 percent compared with the year before, 8 periods in a row"."""
        compared = "" if self.comparison is None else f" compared with {_BEFORE[self.comparison]}"
        streak = "" if self.streak is None else f", {self.streak} periods in a row"
        return f"{in_words(self.quantity)}{compared}{streak}"


class AssertMetric(Assert, frozen=True, tag="metric"):
    """Asserts a measured or forecast quantity."""

    value: MetricValue


class Metric(Fact, frozen=True, tag="metric"):
    """A measured or forecast quantity of a concept."""

    value: MetricValue


METRIC = Definition(MetricValue, AssertMetric, Metric, main="quantity", roles={"streak": "streak"})
