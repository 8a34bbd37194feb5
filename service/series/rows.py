"""Series: what one subject of a company came to, period after period, as known on a day or in every vintage.

A vintage is a value with the days it stood: from the day it became public to the day before another one did.
Which statement answers on a day is the rule's to say (`service.core.history`); here days are only joined.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Annotated, Literal, NamedTuple
from uuid import UUID

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from service.core import history
from service.core.citations import SourceId, Verdict
from service.core.facts import Basis, VersionNumber
from service.core.history import Times
from service.core.kinds import Comparison, Kind
from service.core.periods import Period, PeriodLiteral, parse_period
from service.core.quantities import Quantity, normal
from service.core.text import Dimensions, Line, Slug, Subject, Text, Url

Vintages = Literal["latest", "first", "all"]

_PERIOD = Meta(description="When it holds.")
_FRAME = Annotated[
    Annotated[str, Meta(max_length=7)] | None,
    Meta(
        description="The calendar frame it stands for: `2019`, `2019Q1`, `2019Q1I`; null where it has none.",
        examples=["2019Q1"],
    ),
]


# -- as clients read them ------------------------------------------------------------------------


class ShortSource(Struct, frozen=True, kw_only=True):
    """A source in short. Nothing of it ever changes."""

    id: SourceId
    title: Annotated[Line, Meta(description="Title of the document.", examples=["AI Catalyst briefing"])]
    url: Url | None


class Operand(Struct, frozen=True, kw_only=True):
    """A version that a derived value was computed from."""

    fact: Annotated[UUID, Meta(description="The fact.", examples=["ff15fa6d-9178-8e12-8a5b-5ba4de7a66c5"])]
    version: VersionNumber
    period: Annotated[Period, _PERIOD]
    quantity: Annotated[Quantity, Meta(description="What it says.")]
    known_at: Annotated[date, Meta(description="The day it became public.", examples=["2025-12-31"])]
    source: ShortSource


class Derivation(Struct, frozen=True, kw_only=True):
    """How a value that nobody reported was computed."""

    operands: Annotated[
        list[Operand],
        Meta(
            min_length=2, max_length=2, description="The longer period and the shorter one that is taken off."
        ),
    ]


class SeriesRow(Struct, frozen=True, kw_only=True):
    """A period of a series."""

    fact: Annotated[
        UUID | None,
        Meta(
            description="The fact; null for a derived value.",
            examples=["ff15fa6d-9178-8e12-8a5b-5ba4de7a66c5"],
        ),
    ]
    version: Annotated[
        VersionNumber | None, Meta(description="The version that says so; null for a derived value.")
    ]
    period: Annotated[Period, _PERIOD]
    frame: _FRAME
    quantity: Annotated[Quantity, Meta(description="The value, with its unit and accuracy.")]
    known_at: Annotated[
        date,
        Meta(
            description="The day it became public; of a derived value, that its operands had.",
            examples=["2025-12-31"],
        ),
    ]
    status: Annotated[
        Literal["asserted", "derived"],
        Meta(description="`derived`: computed here from the operands it names, never reported."),
    ]
    evidence: Annotated[
        Verdict | None,
        Meta(description="What the service found in the passages cited; null for a derived value."),
    ]
    source: Annotated[
        ShortSource | None, Meta(description="The source of its first citation; null for a derived value.")
    ]
    realtime_start: Annotated[
        date | UnsetType,
        Meta(description="With `vintages=all`: the first day that the value stood.", examples=["2019-02-05"]),
    ] = UNSET
    realtime_end: Annotated[
        date | UnsetType | None,
        Meta(
            description="With `vintages=all`: the last day that it stood; null where it still does.",
            examples=["2020-02-04"],
        ),
    ] = UNSET
    versions: Annotated[
        Annotated[list[VersionNumber], Meta(max_length=10000)] | UnsetType,
        Meta(
            description="With `vintages=all`: every version that answered in those days; all say the same value.",
            examples=[[1, 3]],
        ),
    ] = UNSET
    derived: Annotated[Derivation | UnsetType, Meta(description="How a derived value was computed.")] = UNSET


RefusalReason = Literal["concept", "unit", "start", "vintage", "accuracy"]


class Refusal(Struct, frozen=True, kw_only=True):
    """A quarter that could not be derived, and why."""

    period: Annotated[
        Period | None,
        Meta(description="The longer period whose last quarter is wanting; null where it is so for all."),
    ]
    reason: Annotated[
        RefusalReason,
        Meta(
            description="What the operands differ in: `concept` (the shorter period is not stated in this series, or the "
            "concept does not add up), `unit` (it is stated in another unit, or the unit does not add up), `start`, `vintage` "
            "(one was restated after the other was last stated), `accuracy` (a value is a span or a bound).",
            examples=["vintage"],
        ),
    ]
    detail: Annotated[
        Text,
        Meta(
            description="The same in a sentence.",
            examples=["the operands are in different units: USD and CNY"],
        ),
    ]
    operands: Annotated[
        list[UUID],
        Meta(
            max_length=3,
            description="The facts it is about, the longer period first.",
            examples=[["ff15fa6d-9178-8e12-8a5b-5ba4de7a66c5"]],
        ),
    ]


class SeriesHead(Struct, frozen=True, kw_only=True):
    """Which series it is: the key of its facts without the period."""

    company: Slug
    kind: Annotated[Kind, Meta(description="Kind of its facts.")]
    subject: Subject
    dimensions: Dimensions
    basis: Annotated[
        Basis, Meta(description="Whether it was reported, or is an estimate, a forecast or a plan.")
    ]
    unit: Annotated[
        Annotated[str, Meta(max_length=100)] | None, Meta(description="Unit of a metric.", examples=["USD"])
    ]
    comparison: Annotated[Comparison | None, Meta(description="What a metric compares with.")]


# -- as they are computed ------------------------------------------------------------------------


class Statement(Struct, kw_only=True):
    """What one version of a fact says of its period."""

    version: int
    known_at: date
    position: int
    quantity: Quantity
    source: int  # key of the first source cited
    evidence: Verdict
    retracted: int | None = None  # position of its retraction

    def order(self) -> tuple[date, int]:
        """Greater answers."""
        return self.known_at, self.version


class Point(Struct, kw_only=True):
    """A fact of a series, with everything that was ever stated of its period."""

    fact: UUID
    period: Period
    statements: list[Statement]


class Vintage(NamedTuple):
    """A value, the days it stood, and the statements that answered then, oldest first."""

    start: date
    end: date | None
    statements: list[Statement]


def vintages(statements: Iterable[Statement], times: Times) -> list[Vintage]:
    """The values that answered on each day up to the one asked for, by what was recorded by then; oldest first.

    Of the statements that became public on one day the last answers, so the others never did. Statements of
    the same value in a row are one vintage.
    """
    by_day: dict[date, Statement] = {}
    for statement in sorted(history.standing(statements, times), key=Statement.order):
        by_day[statement.known_at] = statement
    runs: list[list[Statement]] = []
    for statement in by_day.values():
        if runs and same(runs[-1][-1].quantity, statement.quantity):
            runs[-1].append(statement)
        else:
            runs.append([statement])
    starts = [run[0].known_at for run in runs]
    ends = [*(start - timedelta(days=1) for start in starts[1:]), None]
    return [Vintage(start, end, run) for start, end, run in zip(starts, ends, runs, strict=False)]


def same(one: Quantity, other: Quantity) -> bool:
    """Whether two quantities say the same, whatever the spelling of their numbers."""
    return _spelled(one) == _spelled(other)


def _spelled(quantity: Quantity) -> tuple[object, ...]:
    numbers = (quantity.value, quantity.low, quantity.high)
    return (
        quantity.unit,
        quantity.decimals,
        quantity.bound,
        *(number and normal(number) for number in numbers),
    )


def rows(point: Point, wanted: Vintages, times: Times, sources: Mapping[int, ShortSource]) -> list[SeriesRow]:
    """The rows of a period; none where nothing stands of it."""
    found = vintages(point.statements, times)
    if not found:
        return []
    if wanted == "all":
        return [_vintage_row(point, vintage, sources) for vintage in found]
    return [_row(point, found[0].statements[0] if wanted == "first" else found[-1].statements[-1], sources)]


def _row(point: Point, statement: Statement, sources: Mapping[int, ShortSource]) -> SeriesRow:
    return SeriesRow(
        fact=point.fact,
        version=statement.version,
        period=point.period,
        frame=point.period.frame,
        quantity=statement.quantity,
        known_at=statement.known_at,
        status="asserted",
        evidence=statement.evidence,
        source=sources[statement.source],
    )


def _vintage_row(point: Point, vintage: Vintage, sources: Mapping[int, ShortSource]) -> SeriesRow:
    return msgspec.structs.replace(
        _row(point, vintage.statements[0], sources),
        realtime_start=vintage.start,
        realtime_end=vintage.end,
        versions=[statement.version for statement in vintage.statements],
    )


def without_days(row: SeriesRow) -> SeriesRow:
    """A vintage as a row alone."""
    return msgspec.structs.replace(row, realtime_start=UNSET, realtime_end=UNSET, versions=UNSET)


# -- the order of a series, and stretches of it --------------------------------------------------


class Place(NamedTuple):
    """Where a row stands in its series: greater is later."""

    last: date
    first: date
    fact: UUID
    known: date  # rows of one period are its vintages


_NO_FACT = UUID(int=0)


def place_of(row: SeriesRow) -> Place:
    """The place of a row."""
    known = row.known_at if isinstance(row.realtime_start, UnsetType) else row.realtime_start
    return Place(row.period.last, row.period.first, row.fact or _NO_FACT, known)


class Page(NamedTuple):
    """Where a page of a series starts, and which way it goes."""

    descending: bool
    limit: int
    after: Place | None = None
    slot: int | None = None  # that the cursor belongs to


class Span(NamedTuple):
    """The periods from one time literal to another: a day bounds their end, a year or a quarter their frame."""

    start: PeriodLiteral | None = None
    end: PeriodLiteral | None = None

    def holds(self, period: Period) -> bool:
        """Whether a period lies within."""
        return (self.start is None or _against(period, self.start) >= self.start.period.first) and (
            self.end is None or _against(period, self.end) <= self.end.period.last
        )


def _against(period: Period, bound: PeriodLiteral) -> date:
    """The day of a period that a bound is held against: its end, or that of its calendar frame."""
    frame = period.frame
    if bound.frame is None or frame is None:
        return period.last
    return parse_period(frame.removesuffix("I")).period.last


# -- frames --------------------------------------------------------------------------------------

FrameOrder = Literal["company", "value", "-value"]


class FrameRow(Struct, frozen=True, kw_only=True):
    """A company in a frame."""

    company: Slug
    fact: Annotated[UUID, Meta(description="The fact.", examples=["ff15fa6d-9178-8e12-8a5b-5ba4de7a66c5"])]
    version: VersionNumber
    period: Annotated[Period, Meta(description="The company's own period, the nearest to the frame.")]
    frame: _FRAME
    quantity: Annotated[Quantity, Meta(description="The value, with its unit and accuracy.")]
    known_at: Annotated[date, Meta(description="The day it became public.", examples=["2025-12-31"])]
    status: Annotated[
        Literal["asserted"], Meta(description="Always `asserted`: nothing in a frame is derived.")
    ]
    evidence: Annotated[Verdict, Meta(description="What the service found in the passages cited.")]
    source: Annotated[ShortSource, Meta(description="The source of its first citation.")]
    rank: Annotated[
        Annotated[int, Meta(ge=1, le=2**53 - 1)] | UnsetType,
        Meta(
            description="With `with=rank`: its place among all companies of the frame, the greatest first; "
            "equal values share one.",
            examples=[1],
        ),
    ] = UNSET
    share: Annotated[
        Quantity | UnsetType | None,
        Meta(
            description="With `with=share`: its part of the sum of the frame in percent, to four decimals; null where "
            "the sum is zero."
        ),
    ] = UNSET


class FramePlace(NamedTuple):
    """Where a page of a frame ended: the last company, and its number (0 where the order is not by value)."""

    company: str
    number: Decimal
