"""Series and frames: one subject over periods, and over companies."""

from collections.abc import Awaitable, Callable
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, NamedTuple
from uuid import UUID

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from service.api.facts import NextCursor
from service.core.errors import Malformed
from service.core.facts import Basis, DimensionPairs
from service.core.history import Times
from service.core.kinds import Comparison, Kind
from service.core.lists import fingerprint, next_cursor
from service.core.periods import DATE_PATTERN, Frequency, PeriodLiteral, countable, parse_period
from service.core.quantities import Unit
from service.core.text import Dimensions, Subject
from service.operations import Database
from service.series import reads as series
from service.series.rows import (
    Bounds,
    FrameOrder,
    FramePlace,
    FrameQuery,
    FrameRow,
    Refusal,
    RowPlace,
    SeriesHead,
    SeriesQuery,
    SeriesRow,
    Slice,
    Vintages,
)
from service.web import parameters, tables
from service.web.call import Call
from service.web.contract import (
    ETAG,
    IF_NONE_MATCH,
    LINK,
    LOG_POSITION,
    Answer,
    Capability,
    Link,
    Operation,
    next_page,
)
from service.web.cursors import continued
from service.web.parameters import Cursor as CursorText
from service.web.parameters import Reference, TimesQuery, given
from service.web.replies import Reply

TAG = "series"
MOST, USUAL = 10_000, 1000

RowLimit = Annotated[int, Meta(ge=1, le=MOST, description="How many rows at most.", examples=[USUAL])]
_BOUND = Meta(
    pattern=rf"^(?!0000)[0-9]{{4}}(Q[1-4])?$(?!\n)|{DATE_PATTERN}",
    max_length=10,
    extra={"form": "a year, a quarter or a day, such as 2019, 2019Q1 or 2019-03-31"},
)
BoundText = Annotated[str, _BOUND]
FrameText = Annotated[
    str,
    Meta(
        pattern=r"^(CY)?(?!0000)[0-9]{4}(Q[1-4]I?)?$(?!\n)",
        max_length=9,
        description="A calendar frame: a year `2019`, a quarter `2019Q1`, or the end of a quarter `2019Q1I`.",
        examples=["2019Q1"],
        extra={"form": "a calendar frame such as 2019, 2019Q1 or, for the end of a quarter, 2019Q1I"},
    ),
]
With = Annotated[
    str,
    Meta(
        pattern=r"^(rank|share)(,(rank|share))?$(?!\n)",
        max_length=10,
        description="Fields to add to each row: `rank`, `share`, or both with a comma between them.",
        examples=["rank,share"],
        extra={"form": "rank, share, or both with a comma between them"},
    ),
]


class SeriesParameters(TimesQuery, frozen=True, kw_only=True):
    """The query of a series."""

    company: Reference
    subject: Subject
    kind: Annotated[Kind | UnsetType, Meta(description="Kind of the facts.", examples=["metric"])] = UNSET
    dimension: Annotated[
        DimensionPairs | UnsetType,
        Meta(
            description="Must be among the series' dimensions; may be repeated. A series with exactly these wins.",
            examples=[["geography:CN"]],
        ),
    ] = UNSET
    basis: Annotated[
        Basis | UnsetType, Meta(description="Without it, reported wins.", examples=["reported"])
    ] = UNSET
    unit: Annotated[Unit | UnsetType, Meta(description="Unit of the quantities.")] = UNSET
    comparison: Annotated[
        Comparison | Literal["none"] | UnsetType,
        Meta(description="What a metric compares with; `none`: nothing.", examples=["yoy"]),
    ] = UNSET
    frequency: Annotated[
        Frequency | UnsetType,
        Meta(
            description="Years, quarters or instants alone; without it, every period.", examples=["quarterly"]
        ),
    ] = UNSET
    start: Annotated[
        BoundText | UnsetType,
        Meta(
            description="The first period. A day bounds the last day of a period; a year or a quarter bounds its calendar "
            "frame.",
            examples=["2015"],
        ),
    ] = msgspec.field(name="from", default=UNSET)
    end: Annotated[
        BoundText | UnsetType,
        Meta(description="The last period, in the same way.", examples=["2025Q3"]),
    ] = msgspec.field(name="to", default=UNSET)
    vintages: Annotated[
        Vintages,
        Meta(
            description="`latest`: the value that answers; `first`: the value that was public first; `all`: every value with "
            "the days on which it stood."
        ),
    ] = "latest"
    derive: Annotated[
        bool, Meta(description="Add quarters that were never reported, computed from longer periods.")
    ] = False
    sort: Annotated[Literal["period", "-period"], Meta(description="Oldest period first, or newest.")] = (
        "period"
    )
    limit: RowLimit = USUAL
    cursor: CursorText | UnsetType = UNSET


class FrameParameters(TimesQuery, frozen=True, kw_only=True):
    """The query of a frame."""

    subject: Subject
    unit: Unit
    period: FrameText
    kind: Annotated[Kind, Meta(description="Kind of the facts.")] = "metric"
    dimension: Annotated[
        DimensionPairs | UnsetType,
        Meta(
            description="Exactly these dimensions; may be repeated. Without it, facts without dimensions.",
            examples=[["geography:CN"]],
        ),
    ] = UNSET
    basis: Annotated[Basis, Meta(description="Facts on this basis.")] = "reported"
    comparison: Annotated[
        Comparison | Literal["none"], Meta(description="What a metric compares with; `none`: nothing.")
    ] = "none"
    with_: Annotated[With | UnsetType, Meta(description="Also each company's rank, or share of the sum.")] = (
        msgspec.field(name="with", default=UNSET)
    )
    sort: Annotated[FrameOrder, Meta(description="By company, by value, or the greatest value first.")] = (
        "company"
    )
    limit: RowLimit = USUAL
    cursor: CursorText | UnsetType = UNSET


class SeriesPage(SeriesHead, frozen=True, kw_only=True):
    """A page of a series: the key of the series, and rows."""

    items: Annotated[
        list[SeriesRow], Meta(max_length=MOST, description="The rows, one for each period or vintage.")
    ]
    refused: Annotated[
        Annotated[list[Refusal], Meta(max_length=MOST)] | UnsetType,
        Meta(description="With `derive=true`: quarters that could not be derived, and why."),
    ] = UNSET
    next: NextCursor


class FramePage(Struct, frozen=True, kw_only=True):
    """A page of a frame."""

    kind: Annotated[Kind, Meta(description="Kind of the facts.")]
    subject: Subject
    dimensions: Dimensions
    basis: Annotated[
        Basis, Meta(description="Whether it was reported, or is an estimate, a forecast or a plan.")
    ]
    unit: Unit
    comparison: Annotated[Comparison | None, Meta(description="What a metric compares with.")]
    period: Annotated[str, Meta(max_length=7, description="The calendar frame.", examples=["2019Q1"])]
    items: Annotated[list[FrameRow], Meta(max_length=MOST, description="The rows, one for each company.")]
    next: NextCursor


class _FrameHead(Struct):
    """`FramePage` without its rows."""

    kind: Kind
    subject: str
    dimensions: dict[str, str]
    basis: Basis
    unit: str
    comparison: Comparison | None
    period: str


SeriesReader = Callable[[Database, SeriesQuery, Times, Slice], Awaitable[series.SeriesAnswer]]
FrameReader = Callable[[Database, FrameQuery, Times, FramePlace | None, int], Awaitable[series.FrameAnswer]]


async def get_series(call: Call) -> Reply:
    """GET /v1/series."""
    return await series_reply(call, series.series)


async def series_reply(call: Call, read: SeriesReader) -> Reply:
    """The answer to a question for a series, as `read` finds it."""
    query = call.query(SeriesParameters)
    wanted = SeriesQuery(
        company=query.company,
        subject=query.subject,
        dimensions=parameters.dimensions(query.dimension),
        kind=given(query.kind),
        basis=given(query.basis),
        unit=given(query.unit),
        comparison=given(query.comparison),
        frequency=given(query.frequency),
        span=_span(query),
        vintages=query.vintages,
        derive=query.derive,
    )
    descending = query.sort == "-period"
    times = call.times(query)
    belongs = fingerprint("series", wanted, descending, times.known_at)
    page = Slice(descending, query.limit)
    if (text := given(query.cursor)) is not None:
        held, times = await continued(call.database, text, belongs, _SeriesPlace, times)
        after = RowPlace(countable(held.last), countable(held.first), held.fact, held.known)
        page = Slice(descending, query.limit, after, held.slot)
    found = await read(call.database, wanted, times, page)
    after = None if found.after is None else (*found.after, found.slot)
    cursor = next_cursor(after, found.position, belongs)
    refused = b',"refused":' + msgspec.json.encode(found.refused) if query.derive else b""
    body = _page(found.head, found.items, refused + found.more, cursor)
    return Reply(body, headers=call.link_next(cursor), position=found.position)


class _SeriesPlace(NamedTuple):
    """The contents of a cursor of a series."""

    last: date
    first: date
    fact: UUID
    known: date
    slot: Annotated[int, Meta(ge=0, le=2**63 - 1)]


class _FramePlace(NamedTuple):
    """The contents of a cursor of a frame."""

    company: str
    number: Annotated[
        str, Meta(pattern=r"^-?[0-9]{1,60}(\.[0-9]{1,60})?(E[+-]?[0-9]{1,2})?$", max_length=130)
    ]


def _span(query: SeriesParameters) -> Bounds:
    span = Bounds(_bound("from", query.start), _bound("to", query.end))
    if span.start is not None and span.end is not None and span.start.period.first > span.end.period.last:
        raise Malformed(f"from {query.start} lies after to {query.end}", parameter="from")
    return span


def _bound(name: str, text: str | UnsetType) -> PeriodLiteral | None:
    if isinstance(text, UnsetType):
        return None
    try:
        return parse_period(text)
    except ValueError as error:
        raise Malformed(f"{name}: {error}", parameter=name) from error


def _page(head: Struct, items: list[str], more: bytes, cursor: str | None) -> bytes:
    opened = msgspec.json.encode(head)[:-1]
    return b'%b,"items":[%b]%b,"next":%b}' % (
        opened,
        ",".join(items).encode(),
        more,
        msgspec.json.encode(cursor),
    )


async def get_frame(call: Call) -> Reply:
    """GET /v1/frames."""
    return await frame_reply(call, series.frame)


async def frame_reply(call: Call, read: FrameReader) -> Reply:
    """The answer to a question for a frame, as `read` finds it."""
    query = call.query(FrameParameters)
    told = (given(query.with_) or "").split(",")
    wanted = FrameQuery(
        kind=query.kind,
        subject=query.subject,
        unit=query.unit,
        dimensions=parameters.dimensions(query.dimension),
        basis=query.basis,
        comparison=None if query.comparison == "none" else query.comparison,
        frame=query.period.removeprefix("CY"),
        order=query.sort,
        rank="rank" in told,
        share="share" in told,
    )
    times = call.times(query)
    belongs = fingerprint("frame", wanted, times.known_at)
    after = None
    if (text := given(query.cursor)) is not None:
        held, times = await continued(call.database, text, belongs, _FramePlace, times)
        after = FramePlace(held.company, Decimal(held.number))
    found = await read(call.database, wanted, times, after, query.limit)
    cursor = next_cursor(found.after, found.position, belongs)
    head = _FrameHead(
        wanted.kind,
        wanted.subject,
        wanted.dimensions,
        wanted.basis,
        wanted.unit,
        wanted.comparison,
        wanted.frame,
    )
    body = _page(head, found.items, b"", cursor)
    return Reply(body, headers=call.link_next(cursor), position=found.position)


_READ = {"ETag": ETAG, "Log-Position": LOG_POSITION, "Link": LINK}

_OPERATIONS = (
    *tables.tabular(Operation(
        method="GET", path="/v1/series", id="getSeries", tag=TAG, handler=get_series, query=SeriesParameters,
        summary="Read a series",
        description="One subject of one company over its periods, now, at the times given, or in every vintage. If more "
        "than one series fits, 409 names the newest fact of each.",
        answers={200: Answer(
            description="A page of the series.", type=SeriesPage, headers=_READ,
            links={
                "GetFact": Link(
                    operation="getFact", parameters={"id": "$response.body#/items/0/fact"}, description="Read its first fact."
                ),
                "NextPage": next_page("getSeries", SeriesParameters),
            },
        )},
        problems=(404, 409, 422), headers={"If-None-Match": IF_NONE_MATCH},
    ), tables.SERIES),
    *tables.tabular(Operation(
        method="GET", path="/v1/frames", id="getFrame", tag=TAG, handler=get_frame, query=FrameParameters,
        summary="Compare companies in a calendar frame",
        description="One subject in one calendar year, quarter or quarter-end over all companies. A company stands in it with "
        "the period nearest to the calendar's, whatever its fiscal year.",
        answers={200: Answer(
            description="A page of the frame.", type=FramePage, headers=_READ,
            links={
                "GetFact": Link(
                    operation="getFact", parameters={"id": "$response.body#/items/0/fact"}, description="Read its first fact."
                ),
                "NextPage": next_page("getFrame", FrameParameters),
            },
        )},
        problems=(422,), headers={"If-None-Match": IF_NONE_MATCH},
    ), tables.FRAMES),
)  # fmt: skip

CAPABILITY = Capability(
    tag=TAG,
    about="One subject over periods, and over companies.",
    operations=_OPERATIONS,
)
