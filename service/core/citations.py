"""Citations: source, selector, and evidence (the result of the service's own check).

Selectors are those of the W3C Web Annotation data model (`text_quote`, `text_position`) and RFC 6901
JSON pointers. Positions count Unicode code points of the archived text.
"""

from collections.abc import Collection
from datetime import date
from functools import lru_cache
from typing import Annotated, Literal, NamedTuple

import msgspec
from msgspec import Meta, Struct

from service.core.text import Line, Text, Url

READER = "companyfacts-reader/15"  # raise the number with every change that may alter a reading

Verdict = Literal["verified", "quote_only", "unsupported", "unarchived", "unchecked"]

SourceId = Annotated[
    str,
    Meta(
        pattern=r"^(sha256|url):[0-9a-f]{64}$(?!\n)",
        max_length=71,
        description="`sha256:` and the hash of the content, or `url:` and the hash of the address.",
        examples=["sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"],
        extra={
            "form": "the id of a source, which is sha256: or url: and 64 hexadecimal digits in lower case"
        },
    ),
]
Quote = Annotated[
    str, Meta(pattern=r"^[^\x00]+$", min_length=1, max_length=5000, extra={"form": "text without NUL"})
]
Context = Annotated[
    str, Meta(pattern=r"^[^\x00]+$", min_length=1, max_length=300, extra={"form": "text without NUL"})
]
Offset = Annotated[int, Meta(ge=0, le=100_000_000)]


class Selector(
    Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True, tag_field="type"
):
    """Where in a source the passage or entry stands."""


class TextQuote(Selector, frozen=True, tag="text_quote"):
    """A passage by its words. The service finds it and adds `start` and `end`."""

    exact: Annotated[
        Quote, Meta(description="The words as they stand in the text.", examples=["36% market share"])
    ]
    prefix: Annotated[
        Context | None,
        Meta(
            description="Words just before it, where it occurs more than once.",
            examples=["Alibaba Cloud holds a "],
        ),
    ] = None
    suffix: Annotated[
        Context | None,
        Meta(description="Words just after it, where it occurs more than once.", examples=[" of AI cloud"]),
    ] = None
    start: Annotated[Offset | None, Meta(description="First code point of the passage.", examples=[3120])] = (
        None
    )
    end: Annotated[Offset | None, Meta(description="Code point just after the passage.", examples=[3136])] = (
        None
    )
    matched: Annotated[
        Literal["folded"] | None,
        Meta(
            description="Present where the words as given differ from the text in presentation alone: `exact` is then what "
            "stands in the text. Ignored where it is given.",
            examples=["folded"],
        ),
    ] = None


class TextPosition(Selector, frozen=True, tag="text_position"):
    """A passage by its place. The service adds `exact`."""

    start: Annotated[Offset, Meta(description="First code point of the passage.", examples=[3120])]
    end: Annotated[Offset, Meta(description="Code point just after the passage.", examples=[3136])]
    exact: Annotated[
        Quote | None, Meta(description="The words that stand there.", examples=["36% market share"])
    ] = None


class JsonPointer(Selector, frozen=True, tag="json_pointer"):
    """An entry of an archived JSON document (RFC 6901)."""

    pointer: Annotated[
        str,
        Meta(
            pattern=r"^(/([^\x00/~]|~[01])*)*$(?!\n)",
            max_length=1000,
            description="RFC 6901 pointer; empty for the whole document.",
            examples=["/facts/us-gaap/Revenues/units/USD/0"],
            extra={
                "form": "a JSON pointer (RFC 6901) such as /facts/0/value, in which / is written ~1 and ~ is written ~0"
            },
        ),
    ]


AnySelector = TextQuote | TextPosition | JsonPointer


class Cite(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """What a fact cites: a source and at most one selector of a passage in it."""

    source: SourceId
    selector: Annotated[AnySelector | None, Meta(description="The passage; absent, the whole document.")] = (
        None
    )


LanguageTag = Annotated[
    str,
    Meta(
        pattern=r"^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,7}$(?!\n)",
        max_length=70,
        description="The language of its text (BCP 47 tag), by which sentences are read that are too short to tell their own.",
        examples=["de-CH"],
        extra={"form": "a BCP 47 language tag, such as de or zh-Hans"},
    ),
]


class SourceDescription(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """The description of a document or data set. It never changes once recorded."""

    title: Annotated[Line, Meta(description="Title of the document.", examples=["AI Catalyst briefing"])]
    publisher: Annotated[Line | None, Meta(description="Who made it public.", examples=["companyfacts"])] = (
        None
    )
    author: Annotated[Line | None, Meta(description="Who wrote it.", examples=["A. Writer"])] = None
    url: Annotated[
        Url | None, Meta(description="Where it was found.", examples=["https://example.org/report"])
    ] = None
    published_at: Annotated[
        date | None, Meta(description="The day it became public.", examples=["2025-12-31"])
    ] = None
    media_type: Annotated[
        str,
        Meta(
            pattern=r"^[a-z]+/[a-z0-9.+-]+$(?!\n)",
            max_length=100,
            description="What kind of content it has (IANA media type).",
            examples=["text/plain"],
            extra={"form": "a media type in lower case without parameters, such as text/plain"},
        ),
    ] = "text/plain"
    redistribute: Annotated[
        bool, Meta(description="Whether the archived text may be served.", examples=[True])
    ] = True
    note: Annotated[
        Text | None,
        Meta(
            description="What a reader should know about it.",
            examples=["Restates the article in our own words."],
        ),
    ] = None
    language: LanguageTag | None = None


class Described(Struct, frozen=True, kw_only=True):
    """Source fields shared by all representations."""

    id: SourceId
    title: Annotated[Line, Meta(description="Title of the document.", examples=["AI Catalyst briefing"])]
    publisher: Annotated[Line | None, Meta(description="Who made it public.", examples=["companyfacts"])]
    author: Annotated[Line | None, Meta(description="Who wrote it.", examples=["A. Writer"])]
    url: Annotated[
        Url | None, Meta(description="Where it was found.", examples=["https://example.org/report"])
    ]
    published_at: Annotated[
        date | None, Meta(description="The day it became public.", examples=["2025-12-31"])
    ]


class CitedSource(Described, frozen=True, kw_only=True):
    """The source as a citation shows it."""

    archived: Annotated[
        bool,
        Meta(description="Whether its content was archived when the citation was checked.", examples=[True]),
    ]


class NumberEvidence(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Whether the passage supports one number of the fact, and why."""

    field: Annotated[Line, Meta(description="Path of the number in the value.", examples=["share"])]
    agrees: Annotated[bool, Meta(description="Whether the passage supports it.", examples=[True])]
    text: Annotated[Quote | None, Meta(description="The words that give the number.", examples=["36%"])] = (
        None
    )
    start: Annotated[
        Offset | None,
        Meta(description="First code point of those words in the source's text.", examples=[3120]),
    ] = None
    end: Annotated[Offset | None, Meta(description="Code point just after them.", examples=[3123])] = None
    reason: Annotated[
        Text | None,
        Meta(
            description="Why it does not agree, or what decided.",
            examples=["the passage says at least 36, the fact exactly 36"],
        ),
    ] = None


NameFound = Literal["in_quote", "in_paragraph", "nowhere"]
PeriodSaid = Literal["stated", "mixed", "other", "silent"]
SubjectSaid = Literal["named", "silent"]
Modality = Literal["stated", "expected", "denied"]


class NameEvidence(Struct, frozen=True, kw_only=True):
    """Whether the passage has one of the names in the fact."""

    field: Annotated[
        Line,
        Meta(
            description="Where the fact has it: `company`, or its path in the value.",
            examples=["counterparty"],
        ),
    ]
    name: Annotated[Line, Meta(description="The name as the fact has it.", examples=["AstraZeneca"])]
    found: Annotated[
        NameFound,
        Meta(
            description="Whether it, or an alias, is in the quote or else in its paragraph.",
            examples=["in_quote"],
        ),
    ]


class PassageContext(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What else the passage says of the fact, beside its numbers. It does not change the verdict.

    A field is absent where it was not looked for: no text, a language that is not read, a fact without period.
    """

    names: Annotated[
        list[NameEvidence], Meta(max_length=100, description="One entry for each name in the fact.")
    ] = []
    period: Annotated[
        PeriodSaid | None,
        Meta(
            description="Of the sentence: `stated` has an expression for this period, `mixed` for this and others, `other` for "
            "others alone, `silent` for none.",
            examples=["stated"],
        ),
    ] = None
    subject: Annotated[
        SubjectSaid | None,
        Meta(
            description="Whether the sentence names the subject, by its label, words or a synonym.",
            examples=["named"],
        ),
    ] = None
    modality: Annotated[
        Modality | None,
        Meta(
            description="Whether the sentence states it, expects it (a forecast, a plan), or denies it.",
            examples=["stated"],
        ),
    ] = None


class Evidence(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The result of the service's own check of a cited passage."""

    verdict: Annotated[
        Verdict,
        Meta(
            description="`verified`: every number is there; see the guide on evidence.", examples=["verified"]
        ),
    ]
    checker: Annotated[
        Line | None, Meta(description="The reader that looked, and its version.", examples=["reader 1"])
    ] = None
    numbers: Annotated[
        list[NumberEvidence], Meta(max_length=100, description="One entry for each number.")
    ] = []
    names_company: Annotated[
        bool | None,
        Meta(
            description="Whether a name of the company stands in the quote or its paragraph.", examples=[True]
        ),
    ] = None
    context: Annotated[PassageContext | None, Meta(description="What else the passage says of the fact.")] = (
        None
    )


class Citation(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A citation with its resolved selector and its evidence."""

    source: CitedSource
    # left out rather than null: some generated clients accept no null for a union of types
    selector: Annotated[
        AnySelector | None, Meta(description="The passage; absent for the whole document.")
    ] = None
    evidence: Evidence
    link: Annotated[
        Annotated[str, Meta(max_length=8000)] | None,
        Meta(
            description="Opens the passage in the source (a `#:~:text=` fragment), if it has an address.",
            examples=["https://example.org/report#:~:text=36%25%20market%20share"],
        ),
    ]


_WEAKEST: tuple[NameFound, ...] = ("nowhere", "in_paragraph", "in_quote")


def context_of(checked: list[Evidence], main: str | None, verdict: Verdict) -> list[str]:
    """The context that filters go by, as words like `period:stated`; empty if nothing was looked at.

    It is that of the first citation that supports the number `main`, else of the first with the fact's verdict. Of the names the
    weakest counts.
    """
    decides = next(
        (one for one in checked if any(number.field == main and number.agrees for number in one.numbers)),
        next((one for one in checked if one.verdict == verdict), None),
    )
    if decides is None or decides.context is None:
        return []
    said = decides.context
    named = {one.found for one in said.names}
    words = [
        ("names", next((found for found in _WEAKEST if found in named), None)),
        ("period", said.period),
        ("subject", said.subject),
        ("modality", said.modality),
    ]
    return [f"{name}:{word}" for name, word in words if word is not None]


class Summary(NamedTuple):
    """What the columns of a fact keep of its recorded citations."""

    checker: str | None  # name and version of the reader that checked them; None if none did
    context: str | None  # the words of `context_of` with spaces between; None if there are none


class _Publishing(Struct):
    id: str
    publisher: str | None


class _Supporting(Struct):
    """The fields of a recorded citation that `verifying` decodes."""

    source: _Publishing
    evidence: Evidence


_supporting = msgspec.json.Decoder(list[_Supporting])


def verifying(citations: bytes, derived: Collection[str]) -> set[str]:
    """The publishers, case-folded, whose own citations together support every number of the fact.

    `derived` has the ids of sources that are derived from others: citations of them do not count. A source without a publisher is
    its own.
    """
    cited = _supporting.decode(citations)
    asked = {number.field for one in cited for number in one.evidence.numbers}
    supported: dict[str, set[str]] = {}
    for one in cited:
        if one.source.id not in derived:
            publisher = one.source.id if one.source.publisher is None else one.source.publisher.casefold()
            fields = supported.setdefault(publisher, set())
            fields |= {number.field for number in one.evidence.numbers if number.agrees}
    return {publisher for publisher, fields in supported.items() if asked and asked <= fields}


class _Checked(Struct):
    """The only field of a recorded citation that `summary_of` decodes."""

    evidence: Evidence


_checked = msgspec.json.Decoder(list[_Checked])


@lru_cache(maxsize=128)  # a new version's is saved with the version and with its fact
def summary_of(citations: bytes, main: str | None, verdict: Verdict) -> Summary:
    """The summary of recorded citations of a fact with this main number and verdict.

    All citations of a version are checked together, so the name of the first checker holds for all.
    """
    checked = [one.evidence for one in _checked.decode(citations)]
    checker = next((one.checker for one in checked if one.checker), None)
    return Summary(checker, " ".join(context_of(checked, main, verdict)) or None)
