"""Facts as clients write and read them: one struct a kind, tagged by `kind`."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Literal, Union
from uuid import UUID

import msgspec
from msgspec import Meta, Raw, Struct, UnsetType

from service.core import identity
from service.core.citations import Citation, Verdict
from service.core.kinds import KINDS, Comparison, Kind
from service.core.kinds.base import Assert, Basis, Fact, Instant, Position, Rival, Value, VersionNumber
from service.core.kinds.metric import MetricValue
from service.core.periods import Period
from service.core.text import DimensionKey, Slug, Text

DimensionPair = Annotated[
    str,
    Meta(
        pattern=r"^[a-z][a-z0-9_-]{0,62}:[^\x00-\x1f\x7f]{1,200}$(?!\n)",
        max_length=264,
        description="`key:value`, split at the first colon.",
        examples=["geography:CN"],
        extra={"form": "a dimension and its member with a colon between, such as geography:CN"},
    ),
]
DimensionPairs = Annotated[list[DimensionPair], Meta(max_length=12)]

# type checkers see the common base; msgspec sees a union of the kinds, tagged by `kind`
if TYPE_CHECKING:
    AnyAssert = Assert
    AnyFact = Fact
else:
    AnyAssert = Union[tuple(one.assertion for one in KINDS)]  # noqa: UP007 - of a list
    AnyFact = Union[tuple(one.fact for one in KINDS)]  # noqa: UP007


class Retraction(Struct, frozen=True, kw_only=True, tag_field="kind", tag="retraction"):
    """A version that takes an assertion back."""

    id: Annotated[
        UUID, Meta(description="The fact it belongs to.", examples=["ff15fa6d-9178-8e12-8a5b-5ba4de7a66c5"])
    ]
    company: Slug
    version: VersionNumber
    status: Annotated[
        Literal["retraction"],
        Meta(description="Tells that it takes back, and asserts nothing.", examples=["retraction"]),
    ] = "retraction"
    retracts: Annotated[VersionNumber, Meta(description="The version taken back.")]
    reason: Annotated[Text, Meta(description="Why.", examples=["misread: the figure is for the group"])]
    recorded_at: Annotated[Instant, Meta(description="When this service recorded it.")]
    position: Annotated[Position, Meta(description="Its place in the log.")]


AnyVersion = AnyFact | Retraction


class FactKey(Struct, frozen=True, kw_only=True, dict=True):
    """The key of a fact. Its id is a hash of the key; the key is stored too, to detect collisions."""

    company: str
    kind: Kind
    subject: str
    dimensions: dict[DimensionKey, str]
    basis: Basis
    period: Period | None
    unit: str | None  # of a metric only
    comparison: Comparison | None  # of a metric only

    @cached_property
    def id(self) -> UUID:
        """The UUIDv8 of the fact."""
        return identity.fact_id(
            company=self.company,
            kind=self.kind,
            subject=self.subject,
            dimensions=self.dimensions,
            basis=self.basis,
            period=self.period,
            unit=self.unit,
            comparison=self.comparison,
        )

    @cached_property
    def slot(self) -> int:
        """The key of the fact's series (its key without the period)."""
        return identity.slot_key(
            kind=self.kind,
            subject=self.subject,
            dimensions=self.dimensions,
            basis=self.basis,
            unit=self.unit,
            comparison=self.comparison,
        )


def kind_of(value: AnyAssert | AnyFact) -> Kind:
    """The kind of an assertion or fact: the tag of its struct."""
    return msgspec.convert(value.__struct_config__.tag, Kind)


def in_order(dimensions: Mapping[str, str]) -> dict[str, str]:
    """Dimensions sorted by key, the order in which they are answered."""
    return dict(sorted(dimensions.items()))


def read_dimensions(pairs: Sequence[str]) -> dict[str, str]:
    """Parse dimensions of a query, `key:value` each. Raises ValueError with a sentence if a key has two values."""
    found: dict[str, str] = {}
    for pair in pairs:
        key, _, value = pair.partition(":")
        if found.setdefault(key, value) != value:
            raise ValueError(f"{key} cannot be both {found[key]} and {value}")
    return in_order(found)  # sorted, so that a cursor stays valid if a client reorders them


def key_of(assertion: AnyAssert) -> FactKey:
    """The key of the fact that an assertion addresses."""
    value = assertion.value
    metric = isinstance(value, MetricValue)
    return FactKey(
        company=assertion.company,
        kind=kind_of(assertion),
        subject=assertion.subject,
        dimensions=in_order(assertion.dimensions),
        basis=assertion.basis,
        period=assertion.period,
        unit=value.quantity.unit if metric else None,
        comparison=value.comparison if metric else None,
    )


class RenderedFact(Struct, kw_only=True):
    """`AnyFact` with value and citations as stored JSON; the field order is that of answers."""

    kind: Kind
    id: UUID
    company: str
    subject: str
    dimensions: dict[str, str]
    basis: Basis
    period: Period | None
    value: Raw
    attributed_to: str | UnsetType
    inferred: list[str] | UnsetType
    known_at: date
    version: int
    status: Literal["asserted", "retracted"]
    recorded_at: datetime
    position: int
    evidence: Verdict
    disputed: bool
    rivals: list[Rival]
    independent_publishers: int | UnsetType
    citations: Raw


def encoded(value: Value | list[Citation]) -> bytes:
    """The stored JSON of a value or of citations."""
    return msgspec.json.encode(value)
