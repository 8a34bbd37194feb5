"""`GET /v1/facts/{id}/timeline`."""

from datetime import date
from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from service.core.facts import Instant, Position, VersionNumber
from service.core.periods import Day
from service.timeline import reads
from service.timeline.reads import RecordedRectangle
from service.web.call import Call
from service.web.contract import ETAG, IF_NONE_MATCH, LOG_POSITION, Answer, Capability, Link, Operation
from service.web.parameters import DateTimeText, FactPath, PositionNumber, TimesQuery
from service.web.replies import Reply, json_reply

TAG = "timeline"


class TimelineQuery(TimesQuery, frozen=True, kw_only=True):
    """When the timeline is read."""

    known_at: Annotated[
        Day | UnsetType,
        Meta(description="The timeline as it could be told on that day: of the versions public by then."),
    ] = UNSET

    recorded_at: Annotated[
        DateTimeText | UnsetType, Meta(description="The timeline as it was recorded at that instant.")
    ] = UNSET
    at: Annotated[
        PositionNumber | UnsetType,
        Meta(description="The timeline as it was recorded at that position of the log."),
    ] = UNSET


class Tile(Struct, frozen=True, kw_only=True):
    """Where one version of a fact answers with one status. All ends are included; null is open."""

    version: Annotated[VersionNumber, Meta(description="The version that answers.")]
    status: Annotated[
        Literal["asserted", "retracted"],
        Meta(
            description="`retracted` where every version known by then is taken back.", examples=["asserted"]
        ),
    ]
    known_from: Annotated[date, Meta(description="The first day of `known_at`.", examples=["2025-12-31"])]
    known_to: Annotated[date | None, Meta(description="The last day of `known_at`.", examples=["2026-02-18"])]
    position_from: Annotated[Position, Meta(description="The first position of `at`.")]
    position_to: Annotated[Position | None, Meta(description="The last position of `at`.")]
    recorded_from: Annotated[Instant, Meta(description="The first instant of `recorded_at`.")]
    recorded_to: Annotated[
        Instant | None,
        Meta(
            description="The last instant of `recorded_at`; before the first where both entries were recorded at once."
        ),
    ]


class FactTimeline(Struct, frozen=True, kw_only=True):
    """The rectangles of a fact, by position and day. They tile both axes from the first assertion on."""

    items: Annotated[list[Tile], Meta(max_length=2**31 - 1, description="The rectangles.")]


async def get_timeline(call: Call) -> Reply:
    """GET /v1/facts/{id}/timeline."""
    query = call.query(TimelineQuery)
    found = await reads.timeline(call.database, call.parameters(FactPath).id, call.times(query))
    return json_reply(FactTimeline(items=[_tile(one) for one in found.rectangles]), position=found.position)


def _tile(one: RecordedRectangle) -> Tile:
    return Tile(**one.rectangle._asdict(), recorded_from=one.recorded_from, recorded_to=one.recorded_to)


_OPERATIONS = (
    Operation(
        method="GET", path="/v1/facts/{id}/timeline", id="getFactTimeline", tag=TAG, handler=get_timeline,
        query=TimelineQuery, parameters=FactPath,
        summary="Get a fact's timeline",
        description="Which version answers on which days of `known_at` and at which positions of the log: rectangles that tile "
        "both axes. What the rule answers for any day and position is the version of the rectangle that they lie in.",
        answers={200: Answer(
            description="The rectangles.", type=FactTimeline,
            headers={"ETag": ETAG, "Log-Position": LOG_POSITION},
            links={"GetFactVersion": Link(
                operation="getFactVersion",
                parameters={"id": "$request.path.id", "n": "$response.body#/items/0/version"},
                description="Read the version of its first rectangle.",
            )},
        )},
        problems=(404, 422), headers={"If-None-Match": IF_NONE_MATCH},
    ),
)  # fmt: skip

CAPABILITY = Capability(tag=TAG, about="When each version of a fact answers.", operations=_OPERATIONS)
