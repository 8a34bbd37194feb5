"""The lines of an export: an entry of the log each, with all that was recorded by it, and EDGAR's documents. No I/O."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated
from uuid import UUID

from msgspec import UNSET, Meta, Raw, Struct, UnsetType

from service.core.citations import Citation, SourceId, Verdict
from service.core.companies import CompanyDescription, ConceptDescription
from service.core.facts import AnyAssert, Instant, Position, VersionNumber
from service.core.kinds import Kind
from service.core.kinds.base import Basis
from service.core.periods import Period
from service.core.sources import CONTENT_LIMIT, PostSource
from service.core.text import Slug, Text
from service.operations.exchange import RetractionLine

_Bytes = Annotated[bytes, Meta(max_length=CONTENT_LIMIT)]
_Content = Annotated[str, Meta(max_length=CONTENT_LIMIT)]
_Short = Annotated[str, Meta(max_length=200)]
_Name = Annotated[str, Meta(max_length=1000)]
_Year = Annotated[int, Meta(ge=-(2**31), le=2**31 - 1)]
_FactId = Annotated[
    UUID, Meta(description="The fact.", examples=["ff15fa6d-9178-8e12-8a5b-5ba4de7a66c5"])
]  # fmt: skip


class LoggedEvidence(Struct, frozen=True, kw_only=True):
    """What a check found in the cited passages."""

    verdict: Annotated[Verdict, Meta(description="What the passages come to.", examples=["verified"])]
    citations: Annotated[
        list[Citation], Meta(max_length=20, description="The citations, each with what was found in it.")
    ]


class Filed(Struct, frozen=True, kw_only=True):
    """Where an imported version stands in EDGAR's documents."""

    number: Annotated[
        int, Meta(ge=1, le=2**31 - 1, description="Counts the company's filings.", examples=[7])
    ]
    accession: Annotated[
        str, Meta(max_length=100, description="The filing.", examples=["0000320193-25-000079"])
    ]
    form: Annotated[str, Meta(max_length=100, description="Its form.", examples=["10-K"])]
    filed: Annotated[date, Meta(description="The day that it was filed.", examples=["2025-10-31"])]
    fiscal_year: Annotated[_Year | None, Meta(description="As the document says.", examples=[2025])]
    fiscal_period: Annotated[_Short | None, Meta(description="As the document says.", examples=["FY"])]
    entry: Annotated[
        int,
        Meta(ge=0, le=2**31 - 1, description="Index of the row in its series in the document.", examples=[3]),
    ]


class LoggedSnapshot(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Archived content of a source: one of `text`, `base64`, `gzip` and `withheld`."""

    source: SourceId
    media_type: Annotated[
        str, Meta(max_length=100, description="IANA media type.", examples=["text/plain"])
    ]  # fmt: skip
    text: Annotated[
        _Content | UnsetType,
        Meta(description="The content, where it is text in UTF-8.", examples=["Acme grew."]),
    ] = UNSET
    base64: Annotated[
        _Bytes | UnsetType, Meta(description="The content as bytes.", examples=["PHA+TfxsbGVyPC9wPg=="])
    ] = UNSET
    gzip: Annotated[
        _Bytes | UnsetType, Meta(description="The content as gzipped bytes.", examples=["H4sIAAAAAAAA/w=="])
    ] = UNSET
    extracted: Annotated[
        _Content | UnsetType,
        Meta(description="The text in which selectors count, beside `base64`.", examples=["Müller"]),
    ] = UNSET
    extractor: Annotated[
        _Short | UnsetType, Meta(description="What extracted that text.", examples=["html-text 0.7.1"])
    ] = UNSET
    withheld: Annotated[
        bool | UnsetType,
        Meta(
            description="True where the content may not be redistributed, so that it is not here.",
            examples=[True],
        ),
    ] = UNSET


class LoggedName(Struct, frozen=True, kw_only=True):
    """A former name of a company, with its first and last day as far as they are known."""

    name: Annotated[str, Meta(max_length=1000, description="The name.", examples=["Apple Computer Inc"])]
    first: Annotated[date | None, Meta(description="Its first day.", examples=["1994-01-26"])]
    last: Annotated[date | None, Meta(description="Its last day.", examples=["2007-01-04"])]


class LoggedLabel(Struct, frozen=True, kw_only=True):
    """A fact whose label of a frame in the document is not the one of the rule."""

    fact: _FactId
    frame: Annotated[_Short | None, Meta(description="Its label; null: it has none.", examples=["2025Q1"])]


class LoggedDocument(Struct, frozen=True, kw_only=True):
    """A document of EDGAR's as it is served under EDGAR's path."""

    path: Annotated[
        str, Meta(max_length=1000, description="The path.", examples=["/submissions/CIK0000320193.json"])
    ]
    position: Annotated[Position, Meta(description="The last entry of its import.")]
    recorded_at: Instant
    source: SourceId
    company: Annotated[Slug | None, Meta(description="The company that it is about.")]
    name: Annotated[_Name | None, Meta(description="The company's name in it.", examples=["Apple Inc."])]
    newest: Annotated[date, Meta(description="The day of its newest filing.", examples=["2025-10-31"])]
    location: Annotated[_Short | None, Meta(description="Where the company is.", examples=["US-CA"])]
    former_names: Annotated[
        Annotated[list[LoggedName], Meta(max_length=1000)] | None,
        Meta(description="Former names; null where the document does not tell them.", examples=[[]]),
    ]
    gzip: Annotated[
        _Bytes | None,
        Meta(
            description="What is served, as gzipped bytes; null: the source's content, or it may not be redistributed.",
            examples=[None],
        ),
    ]
    labels: Annotated[
        Annotated[list[LoggedLabel], Meta(max_length=100_000)] | UnsetType,
        Meta(description="If it is the newest about the facts of its company: see `LoggedLabel`."),
    ] = UNSET


class LogLine(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One line of an export: an entry of the log, or a document of EDGAR's, which comes before the last entry of its import.

    `company`, `concept`, `source`, `fact` and `retraction` are as in an import.
    """

    position: Annotated[
        Position | UnsetType, Meta(description="Place of the entry in the log. A document has none.")
    ] = UNSET
    recorded_at: Annotated[
        Instant | UnsetType, Meta(description="When the entry was recorded; all of one commit have the same.")
    ] = UNSET
    company: CompanyDescription | UnsetType = UNSET
    concept: ConceptDescription | UnsetType = UNSET
    source: Annotated[
        PostSource | UnsetType,
        Meta(description="A source; a second time once it is said what it is derived from."),
    ] = UNSET
    snapshot: LoggedSnapshot | UnsetType = UNSET
    fact: AnyAssert | UnsetType = UNSET
    retraction: RetractionLine | UnsetType = UNSET
    evidence: Annotated[
        LoggedEvidence | UnsetType,
        Meta(
            description="What a check found: the first beside `fact`, a later one with another result alone."
        ),
    ] = UNSET
    id: Annotated[
        UUID | UnsetType,
        Meta(
            description="The fact that is asserted, taken back or checked.",
            examples=["ff15fa6d-9178-8e12-8a5b-5ba4de7a66c5"],
        ),
    ] = UNSET
    version: Annotated[
        VersionNumber | UnsetType, Meta(description="The version that the entry is, or that was checked.")
    ] = UNSET
    filed: Filed | UnsetType = UNSET
    document: LoggedDocument | UnsetType = UNSET


# -- as a mirror reads them: value and citations stay the bytes that they are -----------------------


class TakenEvidence(Struct, frozen=True, kw_only=True):
    """`LoggedEvidence` with its citations as JSON."""

    verdict: Verdict
    citations: Raw


class TakenFact(Struct, frozen=True, kw_only=True):
    """An assertion with its value as JSON."""

    kind: Kind
    company: str
    subject: str
    dimensions: dict[str, str] = {}
    basis: Basis = "reported"
    period: Period | None = None
    known_at: date
    attributed_to: str | None = None
    inferred: Sequence[str] = ()
    value: Raw


class TakenRetraction(Struct, frozen=True, kw_only=True):
    """A retraction."""

    fact: UUID
    version: int
    reason: Text


class TakenLine(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A line of an export, as a mirror reads it. A member that this release does not know is an error."""

    position: int | None = None
    recorded_at: Instant | None = None
    company: CompanyDescription | None = None
    concept: ConceptDescription | None = None
    source: PostSource | None = None
    snapshot: LoggedSnapshot | None = None
    fact: TakenFact | None = None
    retraction: TakenRetraction | None = None
    evidence: TakenEvidence | None = None
    id: UUID | None = None
    version: int | None = None
    filed: Filed | None = None
    document: LoggedDocument | None = None
