"""Base structs of all kinds: the value, an assertion, and a fact as it is answered."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from service.core.citations import Citation, Cite, Verdict
from service.core.periods import Period
from service.core.quantities import Quantity
from service.core.text import Dimensions, Line, Slug, Subject

Basis = Literal["reported", "estimated", "forecast", "planned"]
Position = Annotated[int, Meta(ge=0, le=2**53 - 1, description="Place in the log.", examples=[812])]
VersionNumber = Annotated[
    int, Meta(ge=1, le=2**31 - 1, description="Number of a version, from 1.", examples=[1])
]
Instant = Annotated[
    datetime, Meta(tz=True, description="An instant in UTC.", examples=["2026-11-24T03:04:05.678901Z"])
]
WholeNumber = Annotated[int, Meta(ge=1, le=1000)]

_PERIOD = Meta(description="When it holds in the world; null for what has no period.")
_BASIS = Meta(
    description="Whether it was reported, or is an estimate, a forecast or a plan.", examples=["reported"]
)
FieldName = Annotated[
    str,
    Meta(
        pattern=r"^[a-z][a-z0-9_]*(/[a-z0-9][a-z0-9_-]*)*$(?!\n)",
        max_length=100,
        extra={"form": "the name of a field, such as period, dimensions/geography or market_size"},
    ),
]
_ATTRIBUTED_TO = Meta(
    description="Who said it, as the passage names them, where that is not the source itself.",
    examples=["analysts"],
)
_Inferred = Annotated[list[FieldName], Meta(max_length=20)]
_INFERRED = Meta(
    description="The fields that the passages do not say, and that were inferred: `period`, `dimensions/geography`, or a field "
    "of the value such as `market_size`.",
    examples=[["period"]],
)
_KNOWN_AT = Meta(
    description="The day the source made it public; by default the earliest `published_at` cited.",
    examples=["2025-12-31"],
)


class Value(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """What is known, without when and where from."""

    def words(self) -> str:
        """The value as English words, without period and dimensions."""
        raise NotImplementedError


class Part(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """One of several things that a value lists, each with numbers of its own."""

    @property
    def label(self) -> str:
        """The words that its numbers belong to."""
        raise NotImplementedError


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
    attributed_to: Annotated[Line | None, _ATTRIBUTED_TO] = None
    inferred: Annotated[_Inferred, _INFERRED] = []
    citations: Annotated[list[Cite], Meta(min_length=1, max_length=20, description="Where it was read.")]
    value: Value


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
    independent_publishers: Annotated[
        Annotated[int, Meta(ge=0, le=10_000)] | UnsetType,
        Meta(
            description="How many publishers verify it by sources of their own, not derived from others. Absent for imported "
            "facts, which have one.",
            examples=[1],
        ),
    ] = UNSET
    citations: Annotated[list[Citation], Meta(max_length=20, description="Where it says so.")]
    value: Value
    attributed_to: Annotated[Line | UnsetType, _ATTRIBUTED_TO] = UNSET
    inferred: Annotated[_Inferred | UnsetType, _INFERRED] = UNSET
