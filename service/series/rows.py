"""Rows of series and frames, and the vintages of a period.

A vintage is a value with the days on which it stood: from the day it became public to the day before the next one did.
`service.core.history` decides which statement answers on a day; this module joins days with the same value.
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
from service.core.identity import slot_key
from service.core.kinds import MEASURED, Comparison, Kind
from service.core.periods import Frequency, Period, PeriodLiteral, parse_period
from service.core.quantities import UNIT_LIMIT, Quantity, normal
from service.core.text import Dimensions, Line, Slug, Subject, Text, Url

Vintages = Literal["latest", "first", "all"]
AttributedTo = Annotated[
    Line | UnsetType,
    Meta(
        description="Who said it, as the passage names them; absent where nobody is named.",
        examples=["analysts"],
    ),
]

_PERIOD = Meta(description="When it holds.")
_FRAME = Annotated[
    Annotated[str, Meta(max_length=7)] | None,
    Meta(
        description="The calendar frame nearest to the period: `2019`, `2019Q1`, `2019Q1I`; null where it has none.",
        examples=["2019Q1"],
    ),
]


# -- types of answers ----------------------------------------------------------------------------


class ShortSource(Struct, frozen=True, kw_only=True):
    """A source: its id, title and URL, which never change."""

    id: SourceId
    title: Annotated[Line, Meta(description="Title of the document.", examples=["AI Catalyst briefing"])]
    url: Url | None


class Operand(Struct, frozen=True, kw_only=True):
    """A version that a derived value was computed from."""

    fact: Annotated[UUID, Meta(description="The fact.", examples=["ff15fa6d-9178-8e12-8a5b-5ba4de7a66c5"])]
    version: VersionNumber
    period: Annotated[Period, _PERIOD]
    quantity: Annotated[Quantity, Meta(description="Its value.")]
    known_at: Annotated[date, Meta(description="The day it became public.", examples=["2025-12-31"])]
    source: ShortSource


class Derivation(Struct, frozen=True, kw_only=True):
    """How a value that nobody reported was computed."""

    operands: Annotated[
        list[Operand],
        Meta(
            min_length=2,
            max_length=2,
            description="The longer period, and the shorter one that is subtracted.",
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
            description="The day it became public; for a derived value, the later day of its operands.",
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
    attributed_to: AttributedTo = UNSET
    realtime_start: Annotated[
        date | UnsetType,
        Meta(
            description="With `vintages=all`: the first day on which the value stood.",
            examples=["2019-02-05"],
        ),
    ] = UNSET
    realtime_end: Annotated[
        date | UnsetType | None,
        Meta(
            description="With `vintages=all`: the last day on which it stood; null if it still stands.",
            examples=["2020-02-04"],
        ),
    ] = UNSET
    versions: Annotated[
        Annotated[list[VersionNumber], Meta(max_length=10000)] | UnsetType,
        Meta(
            description="With `vintages=all`: the versions that answered on those days, all with this value.",
            examples=[[1, 3]],
        ),
    ] = UNSET
    derived: Annotated[Derivation | UnsetType, Meta(description="How a derived value was computed.")] = UNSET


RefusalReason = Literal["concept", "unit", "start", "vintage", "accuracy"]


class Refusal(Struct, frozen=True, kw_only=True):
    """A quarter that could not be derived, and why."""

    period: Annotated[
        Period | None,
        Meta(
            description="The longer period whose last quarter is missing; null where no quarter of the series can be derived."
        ),
    ]
    reason: Annotated[
        RefusalReason,
        Meta(
            description="Why: `concept` (the shorter period is not stated in this series, or the "
            "concept does not add up), `unit` (it is stated in another unit, or the unit does not add up), `start`, `vintage` "
            "(one was restated after the other was last stated), `accuracy` (a value is a span or a bound).",
            examples=["vintage"],
        ),
    ]
    detail: Annotated[
        Text,
        Meta(
            description="The reason as a sentence.",
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
    """The key of a series: that of its facts without the period."""

    company: Slug
    kind: Annotated[Kind, Meta(description="Kind of its facts.")]
    subject: Subject
    dimensions: Dimensions
    basis: Annotated[
        Basis, Meta(description="Whether it was reported, or is an estimate, a forecast or a plan.")
    ]
    unit: Annotated[
        Annotated[str, Meta(max_length=UNIT_LIMIT)] | None,
        Meta(description="Unit of a metric.", examples=["USD"]),
    ]
    comparison: Annotated[Comparison | None, Meta(description="What a metric compares with.")]


# -- questions -----------------------------------------------------------------------------------

FrameOrder = Literal["company", "value", "-value"]


class Bounds(NamedTuple):
    """The bounds `from` and `to`: a day bounds the last day of a period, a year or a quarter its calendar frame."""

    start: PeriodLiteral | None = None
    end: PeriodLiteral | None = None

    def holds(self, period: Period) -> bool:
        """Whether a period lies within the bounds."""
        return (self.start is None or _against(period, self.start) >= self.start.period.first) and (
            self.end is None or _against(period, self.end) <= self.end.period.last
        )


def _against(period: Period, bound: PeriodLiteral) -> date:
    """The day of a period that is compared with a bound: its last day, or that of its calendar frame."""
    frame = period.frame
    if bound.frame is None or frame is None:
        return period.last
    return parse_period(frame.removesuffix("I")).period.last


class SeriesQuery(NamedTuple):
    """A question for series; None means any.

    Cursors hash its values in this order: a new field goes to the end, and ends the cursors that were given out.
    """

    company: str  # slug; scheme:value until it is resolved
    subject: str
    dimensions: dict[str, str]
    kind: Kind | None = None
    basis: Basis | None = None
    unit: str | None = None
    comparison: Comparison | str | None = None  # `none`: no comparison
    frequency: Frequency | None = None
    span: Bounds = Bounds()
    vintages: Vintages = "latest"
    derive: bool = False

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The kinds that it allows."""
        return MEASURED if self.kind is None else (self.kind,)

    def fits(self, period: Period) -> bool:
        """Whether a period has the frequency, and lies within the bounds."""
        return (self.frequency is None or period.frequency == self.frequency) and self.span.holds(period)

    def in_unit(self, quantity: Quantity) -> bool:
        """Whether a quantity has the unit."""
        return self.unit is None or quantity.unit == self.unit


class FrameQuery(NamedTuple):
    """A question for one frame. Cursors hash its values in this order."""

    kind: Kind
    subject: str
    unit: str
    dimensions: dict[str, str]
    basis: Basis
    comparison: Comparison | None
    frame: str  # without EDGAR's `CY`
    order: FrameOrder = "company"
    rank: bool = False
    share: bool = False

    @property
    def slot(self) -> int:
        """The slot of its facts."""
        metric = self.kind == "metric"
        return slot_key(
            kind=self.kind,
            subject=self.subject,
            dimensions=self.dimensions,
            basis=self.basis,
            unit=self.unit if metric else None,
            comparison=self.comparison if metric else None,
        )

    @property
    def calendar(self) -> Period:
        """The days of the frame; of the end of a quarter, those of the quarter."""
        return parse_period(self.frame.removesuffix("I")).period


# -- values and vintages -------------------------------------------------------------------------


class StatedVersion(Struct, kw_only=True):
    """One version of a fact, with the value that it states."""

    version: int
    known_at: date
    position: int
    quantity: Quantity
    source: int  # key of the first source cited
    evidence: Verdict
    retracted: int | None = None  # position of its retraction
    attributed_to: str | None = None
    fact: UUID | None = None  # where a point joins several facts; None: the point's own

    def order(self) -> tuple[date, int]:
        """Sort key: of two statements the greater answers."""
        return self.known_at, self.version


class Point(Struct, kw_only=True):
    """A fact of a series, with all its statements."""

    fact: UUID
    period: Period
    statements: list[StatedVersion]


class Vintage(NamedTuple):
    """A value, its first and last day (None: it still stands), and the statements that answered, oldest first."""

    start: date
    end: date | None
    statements: list[StatedVersion]


def vintages(statements: Iterable[StatedVersion], times: Times) -> list[Vintage]:
    """The vintages of a fact at these times, oldest first.

    Of several statements of one day only the last version counts. Successive statements of one value are one vintage.
    """
    by_day: dict[date, StatedVersion] = {}
    for statement in sorted(history.standing(statements, times), key=StatedVersion.order):
        by_day[statement.known_at] = statement
    runs: list[list[StatedVersion]] = []
    for statement in by_day.values():
        if runs and same(runs[-1][-1].quantity, statement.quantity):
            runs[-1].append(statement)
        else:
            runs.append([statement])
    starts = [run[0].known_at for run in runs]
    ends = [*(start - timedelta(days=1) for start in starts[1:]), None]
    return [Vintage(start, end, run) for start, end, run in zip(starts, ends, runs, strict=False)]


def same(one: Quantity, other: Quantity) -> bool:
    """Whether two quantities are equal, whatever the spelling of their numbers."""
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
    """The rows of a fact: none, one, or one for each vintage."""
    found = vintages(point.statements, times)
    if not found:
        return []
    if wanted == "all":
        return [_vintage_row(point, vintage, sources) for vintage in found]
    return [_row(point, found[0].statements[0] if wanted == "first" else found[-1].statements[-1], sources)]


def _row(point: Point, statement: StatedVersion, sources: Mapping[int, ShortSource]) -> SeriesRow:
    return SeriesRow(
        fact=statement.fact or point.fact,
        version=statement.version,
        period=point.period,
        frame=point.period.frame,
        quantity=statement.quantity,
        known_at=statement.known_at,
        status="asserted",
        evidence=statement.evidence,
        source=sources[statement.source],
        attributed_to=statement.attributed_to or UNSET,
    )


def _vintage_row(point: Point, vintage: Vintage, sources: Mapping[int, ShortSource]) -> SeriesRow:
    return msgspec.structs.replace(
        _row(point, vintage.statements[0], sources),
        realtime_start=vintage.start,
        realtime_end=vintage.end,
        versions=[s.version for s in vintage.statements if s.fact == vintage.statements[0].fact],
    )


def without_days(row: SeriesRow) -> SeriesRow:
    """The row without the fields of `vintages=all`."""
    return msgspec.structs.replace(row, realtime_start=UNSET, realtime_end=UNSET, versions=UNSET)


# -- order and bounds of a series ----------------------------------------------------------------


class RowPlace(NamedTuple):
    """Sort key of a row in its series: greater is later."""

    last: date
    first: date
    fact: UUID
    known: date  # orders the vintages of one period


_NO_FACT = UUID(int=0)


def place_of(row: SeriesRow) -> RowPlace:
    """The sort key of a row."""
    known = row.known_at if isinstance(row.realtime_start, UnsetType) else row.realtime_start
    return RowPlace(row.period.last, row.period.first, row.fact or _NO_FACT, known)


class Slice(NamedTuple):
    """Direction, size and start of a page of a series."""

    descending: bool
    limit: int
    after: RowPlace | None = None
    slot: int | None = None  # the series of the cursor


# -- frames --------------------------------------------------------------------------------------


class FrameRow(Struct, frozen=True, kw_only=True):
    """A company in a frame."""

    company: Slug
    fact: Annotated[UUID, Meta(description="The fact.", examples=["ff15fa6d-9178-8e12-8a5b-5ba4de7a66c5"])]
    version: VersionNumber
    period: Annotated[Period, Meta(description="The company's period that is nearest to the frame.")]
    frame: _FRAME
    quantity: Annotated[Quantity, Meta(description="The value, with its unit and accuracy.")]
    known_at: Annotated[date, Meta(description="The day it became public.", examples=["2025-12-31"])]
    status: Annotated[
        Literal["asserted"], Meta(description="Always `asserted`: frames have no derived values.")
    ]
    evidence: Annotated[Verdict, Meta(description="What the service found in the passages cited.")]
    source: Annotated[ShortSource, Meta(description="The source of its first citation.")]
    attributed_to: AttributedTo = UNSET
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
    """The end of a page of a frame: the last company, and its number (0 if the order is not by value)."""

    company: str
    number: Decimal
