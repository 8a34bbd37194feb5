"""Chooses the one fact that a look-up means.

A slot is a fact's key without its period. A slot must have the dimensions asked for; one with exactly those wins over
one with more. Without a basis, reported wins. Without a period, the latest period end wins; a period literal takes the
period that matches exactly, else the one whose calendar frame it is.
"""

from collections.abc import Mapping, Sequence
from typing import Annotated, NamedTuple, Protocol, TypeVar
from uuid import UUID

from msgspec import Meta, Struct

from service.core.errors import Ambiguous
from service.core.facts import Basis
from service.core.kinds import Comparison
from service.core.periods import Frequency, Period, PeriodLiteral, frame_distance
from service.core.text import Dimensions


class Lookup(NamedTuple):
    """A look-up. `company` is replaced by its slug once it is resolved."""

    company: str  # slug, or scheme:value
    kind: str
    subject: str
    dimensions: dict[str, str]
    basis: str | None = None
    unit: str | None = None
    frequency: Frequency | None = None
    period: PeriodLiteral | None = None


class Candidate(NamedTuple):
    """A fact that a look-up may mean."""

    slot: int
    dimensions: dict[str, str]
    basis: Basis
    unit: str | None
    comparison: Comparison | None
    id: UUID
    period: Period | None
    frame: str | None
    answer: bytes | None  # None where an earlier version answers at the times asked for


class Choice(Struct, frozen=True, kw_only=True):
    """A fact that a look-up may mean, by what tells it from the others."""

    id: Annotated[UUID, Meta(description="The fact.", examples=["ff15fa6d-9178-8e12-8a5b-5ba4de7a66c5"])]
    dimensions: Dimensions
    basis: Annotated[
        Basis,
        Meta(
            description="Whether it was reported, or is an estimate, a forecast or a plan.",
            examples=["reported"],
        ),
    ]
    unit: Annotated[
        Annotated[str, Meta(max_length=100)] | None,
        Meta(description="Unit of a metric.", examples=["percent"]),
    ]
    comparison: Annotated[
        Comparison | None, Meta(description="What a metric compares with.", examples=["yoy"])
    ]
    period: Annotated[Period | None, Meta(description="When it holds.")]


SEVERAL_SERIES = "more than one series fits; narrow it by dimension, basis or unit"
SEVERAL_PERIODS = "several periods fit; narrow it by period or frequency"


class InSeries(Protocol):
    """A candidate of a series, by the parts of its key that narrow a look-up."""

    @property
    def dimensions(self) -> Mapping[str, str]:
        """The dimensions of its series."""
        ...

    @property
    def basis(self) -> Basis:
        """The basis of its series."""
        ...


S = TypeVar("S", bound=InSeries)


def narrowed(candidates: Sequence[S], dimensions: Mapping[str, str], basis: str | None) -> list[S]:
    """Prefer candidates with exactly the dimensions, then, if no basis is given, those reported; empty steps are skipped."""
    left = [c for c in candidates if c.dimensions == dimensions] or list(candidates)
    return left if basis is not None else [c for c in left if c.basis == "reported"] or left


class Choosable(Protocol):
    """A candidate, by what decides about its period and names it in an ambiguous answer."""

    @property
    def id(self) -> UUID:
        """The fact."""
        ...

    @property
    def dimensions(self) -> dict[str, str]:
        """The dimensions of its series."""
        ...

    @property
    def basis(self) -> Basis:
        """The basis of its series."""
        ...

    @property
    def unit(self) -> str | None:
        """The unit of its series."""
        ...

    @property
    def comparison(self) -> Comparison | None:
        """What its series compares with."""
        ...

    @property
    def period(self) -> Period | None:
        """When it holds."""
        ...

    @property
    def frame(self) -> str | None:
        """The calendar frame of its period."""
        ...


C = TypeVar("C", bound=Choosable)


def choose(asked: Lookup, candidates: Sequence[Candidate]) -> Candidate | None:
    """The one candidate that the look-up means; None if there is none.

    Raises Ambiguous naming the remaining candidates if there are several.
    """
    # sorted, since the database may return them in any order and they are part of an answer that must not change
    candidates = sorted(candidates, key=lambda c: (c.slot, c.id))
    left = narrowed(candidates, asked.dimensions, asked.basis)
    if len({c.slot for c in left}) > 1:
        raise ambiguous(SEVERAL_SERIES, _latest_each(asked, left))
    left = latest(asked, left)
    if len(left) > 1:
        raise ambiguous(SEVERAL_PERIODS, left)
    return left[0] if left else None


def _latest_each(asked: Lookup, candidates: Sequence[Candidate]) -> list[Candidate]:
    slots = dict.fromkeys(c.slot for c in candidates)
    return [c for slot in slots for c in latest(asked, [c for c in candidates if c.slot == slot])]


def latest(asked: Lookup, candidates: Sequence[C]) -> list[C]:
    """The candidates of one slot that remain: those of the period asked for, else those with the latest end."""
    if asked.period is not None:
        exact = [c for c in candidates if c.period == asked.period.period]
        frame = asked.period.frame
        if exact or frame is None:
            return exact
        framed = [
            (frame_distance(c.period, frame), c)
            for c in candidates
            if c.period is not None and c.frame == frame
        ]
        nearest = min((distance for distance, _ in framed), default=None)
        return [c for distance, c in framed if distance == nearest]
    ends = [c.period.last for c in candidates if c.period is not None]
    if not ends:
        return list(candidates)
    return [c for c in candidates if c.period is not None and c.period.last == max(ends)]


def ambiguous(detail: str, candidates: Sequence[Choosable]) -> Ambiguous:
    """The error that names these candidates."""
    return Ambiguous(
        detail,
        candidates=[
            Choice(
                id=c.id,
                dimensions=c.dimensions,
                basis=c.basis,
                unit=c.unit,
                comparison=c.comparison,
                period=c.period,
            )
            for c in candidates[:50]
        ],
    )
