"""What is wrong with an assertion by itself, and since when it counts."""

from collections.abc import Iterator, Sequence
from datetime import date

import msgspec

from service.core import kinds
from service.core.errors import Flaw, Invalid
from service.core.facts import AnyAssert
from service.core.kinds.metric import MetricValue
from service.core.periods import EARLIEST, LATEST
from service.core.places import places_in
from service.core.quantities import Quantity
from service.core.states import SourceState


def flaws_of(assertion: AnyAssert) -> Iterator[Flaw]:
    """What is wrong with an assertion, whatever is recorded."""
    if assertion.period is not None:
        if flaw := assertion.period.flaw():
            yield Flaw(pointer="/period", detail=flaw)
        else:
            yield from _implausible("/period", assertion.period.first, assertion.period.last)
    if assertion.known_at is not None:
        yield from _implausible("/known_at", assertion.known_at)
    if ":" in assertion.subject and not isinstance(assertion.value, MetricValue):
        yield Flaw(pointer="/subject", detail="only a metric is about a concept; write a slug")
    for pointer, quantity in _quantities(assertion.value):
        if flaw := quantity.flaw():
            yield Flaw(pointer=f"/value/{pointer}", detail=flaw)
    if assertion.inferred:
        there = {"company", "subject", "basis", "known_at", *_given(assertion)}
        for place, name in enumerate(assertion.inferred):
            if name not in there:
                yield Flaw(
                    pointer=f"/inferred/{place}", detail=f"the fact has no {name} that could be inferred"
                )


def flaw_of_period(assertion: AnyAssert) -> str | None:
    """What is wrong with its period; with such a period it has no key."""
    return None if assertion.period is None else assertion.period.flaw()


def known_at_of(assertion: AnyAssert, cited: Sequence[SourceState]) -> date:
    """Since when an assertion is public: the day that it gives, else the first day of a cited source. Raises Invalid."""
    published = [s.description.published_at for s in cited if s.description.published_at is not None]
    if assertion.known_at is not None:
        if published and assertion.known_at < min(published):
            raise Invalid(f"no source cited was public before {min(published)}", pointer="/known_at")
        return assertion.known_at
    if not published:
        raise Invalid("no source cited says when it was published; give known_at", pointer="/known_at")
    return min(published)


def _given(assertion: AnyAssert) -> Iterator[str]:
    """The fields that an assertion gives beside those that all have: those of the value by their path in it."""
    if assertion.period is not None:
        yield "period"
    if assertion.dimensions:
        yield "dimensions"
    yield from (f"dimensions/{name}" for name in assertion.dimensions)
    yield from places_in(msgspec.to_builtins(assertion.value))


def _quantities(value: kinds.Value) -> Iterator[tuple[str, Quantity]]:
    for number in kinds.numbers(value):
        if isinstance(number.quantity, Quantity):
            yield number.field, number.quantity


def _implausible(pointer: str, *days: date) -> Iterator[Flaw]:
    if not all(EARLIEST <= day <= LATEST for day in days):
        yield Flaw(pointer=pointer, detail=f"a date lies outside {EARLIEST} to {LATEST}")
