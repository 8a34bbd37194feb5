"""What is told beside an answer to a question for a standard concept."""

from datetime import date
from typing import Annotated
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType, field

from service.core.periods import Period
from service.core.quantities import DecimalText, Quantity
from service.core.text import Slug, Subject
from service.words.choosing import Why

Group = Annotated[
    int,
    Meta(
        ge=1,
        le=9,
        description="The group of its tag in the concept: 1, or a later one whose definition differs.",
        examples=[1],
    ),
]


class Other(Struct, frozen=True, kw_only=True):
    """A value of another tag that does not answer, and why."""

    subject: Annotated[Subject, Meta(description="Its tag.", examples=["us-gaap:SalesRevenueNet"])]
    id: Annotated[UUID, Meta(description="Its fact.", examples=["ff15fa6d-9178-8e12-8a5b-5ba4de7a66c5"])]
    quantity: Annotated[Quantity, Meta(description="Its value.")]
    known_at: Annotated[date, Meta(description="The day it became public.", examples=["2025-10-31"])]
    why: Annotated[
        Why,
        Meta(
            description="`later_group`: it means something else, and answers only where nothing better is there; "
            "`older_filing`: the answer became public later; `smaller_in_filing`: the greatest value of a filing is the "
            "total; `later_in_group`: another tag of the group goes first.",
            examples=["older_filing"],
        ),
    ]


class IdentityCheck(Struct, frozen=True, kw_only=True):
    """An identity that the value was held against."""

    identity: Annotated[
        str,
        Meta(
            max_length=200,
            description="The identity, in standard concepts.",
            examples=["revenue - cost-of-revenue = gross-profit"],
        ),
    ]
    holds: Annotated[bool, Meta(description="Whether it holds within its tolerance.", examples=[True])]
    residual: Annotated[
        DecimalText, Meta(description="Left side less right side, in the unit of the value.", examples=["0"])
    ]


class Resolution(Struct, frozen=True, kw_only=True):
    """How a standard concept came to its answer."""

    concept: Annotated[Slug, Meta(description="The standard concept asked for.", examples=["revenue"])]
    chosen: Annotated[Subject, Meta(description="The tag that answers.", examples=["us-gaap:Revenues"])]
    group: Group
    others: Annotated[
        list[Other],
        Meta(max_length=50, description="The values of the concept's other tags for the period."),
    ]
    checks: Annotated[
        list[IdentityCheck], Meta(max_length=20, description="Identities that the value takes part in.")
    ]


class Resolved(Struct, frozen=True, kw_only=True):
    """The members that a fact gains where it was looked up by a standard concept."""

    resolution: Annotated[
        Resolution | UnsetType,
        Meta(description="Where a standard concept was asked for: how it came to this fact."),
    ] = UNSET


class BreakSide(Struct, frozen=True, kw_only=True):
    """The tag of a series on one side of a break."""

    subject: Annotated[Subject, Meta(description="The tag.", examples=["us-gaap:SalesRevenueNet"])]
    group: Group


class Overlap(Struct, frozen=True, kw_only=True):
    """A period for which both tags of a break have a value."""

    period: Annotated[Period, Meta(description="When it holds.")]
    before: Annotated[Quantity, Meta(description="The value of the earlier tag.")] = field(name="from")
    after: Annotated[Quantity, Meta(description="The value of the later tag.")] = field(name="to")
    agree: Annotated[bool, Meta(description="Whether both can be true.", examples=[True])]


class Break(Struct, frozen=True, kw_only=True):
    """A place where a series of a standard concept goes on under another tag."""

    before: Annotated[BreakSide, Meta(description="The tag before it.")] = field(name="from")
    after: Annotated[BreakSide, Meta(description="The tag from there on.")] = field(name="to")
    at: Annotated[Period, Meta(description="The first period under the later tag.")]
    overlap: Annotated[
        list[Overlap],
        Meta(
            max_length=20,
            description="The periods nearest to the break that have values of both tags. Where they agree, the line is one "
            "line.",
        ),
    ]


class Broken(Struct, frozen=True, kw_only=True):
    """The member that a page of a series gains if its subject is a standard concept."""

    breaks: Annotated[
        Annotated[list[Break], Meta(max_length=10000)] | UnsetType,
        Meta(
            description="Of a standard concept: where the rows of this page change their tag, for years, quarters and "
            "instants apart."
        ),
    ] = UNSET


class OfTag(Struct, frozen=True, kw_only=True):
    """The member that rows of series and frames gain if their subject is a standard concept."""

    subject: Annotated[
        Subject | UnsetType | None,
        Meta(
            description="Where a standard concept was asked for: the tag of the row; null for a derived value.",
            examples=["us-gaap:Revenues"],
        ),
    ] = UNSET
