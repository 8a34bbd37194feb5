"""Facts as clients write and read them: one struct a kind, tagged by `kind`."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import Meta, Raw, Struct

from service.domain import identity, kinds
from service.domain.citations import Citation, Cite, Verdict
from service.domain.kinds import AnyValue, Comparison, Kind
from service.domain.periods import Period
from service.domain.quantities import Quantity
from service.domain.text import DimensionKey, Dimensions, Line, Slug, Subject, Text

Basis = Literal["reported", "estimated", "forecast", "planned"]
Position = Annotated[int, Meta(ge=0, le=2**53 - 1, description="Place in the log.", examples=[812])]
VersionNumber = Annotated[
    int, Meta(ge=1, le=2**31 - 1, description="Number of a version, from 1.", examples=[1])
]
Instant = Annotated[
    datetime, Meta(tz=True, description="An instant in UTC.", examples=["2026-11-24T03:04:05.678901Z"])
]

DimensionPair = Annotated[
    str,
    Meta(
        pattern=r"^[a-z][a-z0-9_-]{0,62}:[^\x00-\x1f\x7f]{1,200}$(?!\n)",
        max_length=264,
        description="`key:value`, split at the first colon.",
        examples=["geography:CN"],
    ),
]
DimensionPairs = Annotated[list[DimensionPair], Meta(max_length=12)]

_PERIOD = Meta(description="When it holds in the world; null for what has no period.")
_BASIS = Meta(
    description="Whether it was reported, or is an estimate, a forecast or a plan.", examples=["reported"]
)
_KNOWN_AT = Meta(
    description="The day the source made it public; by default the earliest `published_at` cited.",
    examples=["2025-12-31"],
)


class Assert(
    Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True, tag_field="kind"
):
    """One assertion of a fact."""

    company: Slug
    subject: Subject
    dimensions: Dimensions = {}
    basis: Annotated[Basis, _BASIS] = "reported"
    period: Annotated[Period | None, _PERIOD] = None
    known_at: Annotated[date | None, _KNOWN_AT] = None
    citations: Annotated[list[Cite], Meta(min_length=1, max_length=20, description="Where it was read.")]


class AssertMetric(Assert, frozen=True, tag="metric"):
    """Asserts a measured or forecast quantity."""

    value: kinds.MetricValue


class AssertMarketShare(Assert, frozen=True, tag="market_share"):
    """Asserts a part of a market."""

    value: kinds.MarketShareValue


class AssertInvestment(Assert, frozen=True, tag="investment"):
    """Asserts money put, or to be put, into something."""

    value: kinds.InvestmentValue


class AssertProgram(Assert, frozen=True, tag="program"):
    """Asserts an offer to a group of participants."""

    value: kinds.ProgramValue


class AssertPartnership(Assert, frozen=True, tag="partnership"):
    """Asserts joint work with another organisation."""

    value: kinds.PartnershipValue


class AssertProduct(Assert, frozen=True, tag="product"):
    """Asserts something the company offers."""

    value: kinds.ProductValue


class AssertExpansion(Assert, frozen=True, tag="expansion"):
    """Asserts growth into a place."""

    value: kinds.ExpansionValue


class AssertStatement(Assert, frozen=True, tag="statement"):
    """Asserts a claim in words."""

    value: kinds.StatementValue


AnyAssert = (
    AssertMetric
    | AssertMarketShare
    | AssertInvestment
    | AssertProgram
    | AssertPartnership
    | AssertProduct
    | AssertExpansion
    | AssertStatement
)


class Rival(Struct, frozen=True, kw_only=True):
    """A version of another publisher that contradicts."""

    version: VersionNumber
    publisher: Annotated[
        Line,
        Meta(
            description="Who made it public, case-folded; the source's id if it names none.",
            examples=["companyfacts"],
        ),
    ]
    known_at: Annotated[
        date, Meta(description="The day that source made it public.", examples=["2025-11-26"])
    ]
    quantity: Annotated[Quantity, Meta(description="What it says instead.")]


class Fact(Struct, frozen=True, kw_only=True, tag_field="kind"):
    """What is known, since when, and where it says so."""

    id: Annotated[
        UUID,
        Meta(
            description="Derived from the key; clients can compute it.",
            examples=["ff15fa6d-9178-8e12-8a5b-5ba4de7a66c5"],
        ),
    ]
    company: Slug
    subject: Subject
    dimensions: Dimensions
    basis: Annotated[Basis, _BASIS]
    period: Annotated[Period | None, _PERIOD]
    known_at: Annotated[date, Meta(description="The day the source made it public.", examples=["2025-12-31"])]
    version: VersionNumber
    status: Annotated[
        Literal["asserted", "retracted"],
        Meta(
            description="`retracted` once this version, or every version, has been taken back.",
            examples=["asserted"],
        ),
    ]
    recorded_at: Annotated[Instant, Meta(description="When this service recorded the version.")]
    position: Annotated[Position, Meta(description="Place of the version in the log.")]
    evidence: Annotated[
        Verdict,
        Meta(description="What the service found in the passages, taken together.", examples=["verified"]),
    ]
    disputed: Annotated[
        bool, Meta(description="Whether two publishers contradict each other.", examples=[False])
    ]
    rivals: Annotated[list[Rival], Meta(max_length=100, description="The versions that contradict.")]
    citations: Annotated[list[Citation], Meta(max_length=20, description="Where it says so.")]


class Metric(Fact, frozen=True, tag="metric"):
    """A measured or forecast quantity of a concept."""

    value: kinds.MetricValue


class MarketShare(Fact, frozen=True, tag="market_share"):
    """A company's part of a market."""

    value: kinds.MarketShareValue


class Investment(Fact, frozen=True, tag="investment"):
    """Money put, or to be put, into something."""

    value: kinds.InvestmentValue


class Program(Fact, frozen=True, tag="program"):
    """An offer to a group of participants."""

    value: kinds.ProgramValue


class Partnership(Fact, frozen=True, tag="partnership"):
    """Joint work with another organisation."""

    value: kinds.PartnershipValue


class Product(Fact, frozen=True, tag="product"):
    """Something the company offers."""

    value: kinds.ProductValue


class Expansion(Fact, frozen=True, tag="expansion"):
    """Growth into a place."""

    value: kinds.ExpansionValue


class Statement(Fact, frozen=True, tag="statement"):
    """A claim in words."""

    value: kinds.StatementValue


AnyFact = Metric | MarketShare | Investment | Program | Partnership | Product | Expansion | Statement


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


class FactKey(Struct, frozen=True, kw_only=True):
    """What makes a fact this fact: its id is derived from it, and it is stored to be compared."""

    company: str
    kind: Kind
    subject: str
    dimensions: dict[DimensionKey, str]
    basis: Basis
    period: Period | None
    unit: str | None  # of a metric only
    comparison: Comparison | None  # of a metric only

    @property
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

    @property
    def slot(self) -> int:
        """The key of the series that the fact is one period of."""
        return identity.slot_key(
            kind=self.kind,
            subject=self.subject,
            dimensions=self.dimensions,
            basis=self.basis,
            unit=self.unit,
            comparison=self.comparison,
        )


def kind_of(value: AnyAssert | AnyFact) -> Kind:
    """The tag of a kind's struct."""
    return msgspec.convert(value.__struct_config__.tag, Kind)


def in_order(dimensions: Mapping[str, str]) -> dict[str, str]:
    """Dimensions in the one order that facts are answered with, however they were sent or kept."""
    return dict(sorted(dimensions.items()))


def read_dimensions(pairs: Sequence[str]) -> dict[str, str]:
    """Dimensions as they are written in a query. Raises ValueError, with a sentence, where one key has two values."""
    found: dict[str, str] = {}
    for pair in pairs:
        key, _, value = pair.partition(":")
        if found.setdefault(key, value) != value:
            raise ValueError(f"{key} cannot be both {found[key]} and {value}")
    return in_order(found)  # a cursor belongs to the same filters in whatever order they are given


def key_of(assertion: AnyAssert) -> FactKey:
    """The key of the fact that an assertion addresses."""
    value = assertion.value
    metric = isinstance(value, kinds.MetricValue)
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
    """`AnyFact` with the parts that are kept in their JSON form; field order is the answer's."""

    kind: Kind
    id: UUID
    company: str
    subject: str
    dimensions: dict[str, str]
    basis: Basis
    period: Period | None
    value: Raw
    known_at: date
    version: int
    status: Literal["asserted", "retracted"]
    recorded_at: datetime
    position: int
    evidence: Verdict
    disputed: bool
    rivals: list[Rival]
    citations: Raw


def encoded(value: AnyValue | list[Citation]) -> bytes:
    """The JSON of a part of a fact, as it is kept."""
    return msgspec.json.encode(value)
