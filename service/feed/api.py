"""`GET /v1/changes`: the log by pages, as lines, and as server-sent events."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from service.api.facts import NextCursor
from service.core.citations import Verdict
from service.core.differences import StepClass
from service.core.errors import Malformed, Unavailable
from service.core.facts import Position
from service.core.kinds import Kind
from service.core.log import Entry
from service.core.periods import Day
from service.core.text import Subject
from service.feed import reads
from service.feed.reads import LogStretch, Wanted
from service.operations import registry
from service.web.call import Call
from service.web.contract import (
    ETAG,
    IF_NONE_MATCH,
    LINK,
    LOG_POSITION,
    NDJSON,
    Answer,
    Capability,
    Header,
    Operation,
    next_page,
)
from service.web.following import FOLLOWS, ORIGIN_IF_KNOWN, followed, names_log, told, within
from service.web.parameters import LIMIT, Limit, PositionNumber, Reference, TimesQuery, given
from service.web.replies import Reply, json_reply, lines, stream

TAG = "log"  # as before this was a capability, since SDKs are grouped by it
EVENTS = "text/event-stream"
HEARTBEAT = 15.0  # seconds after which a follower that nothing was sent to hears that it is still connected
MOST_SECONDS = 30
LAST_EVENT_ID = Header(
    description="Of server-sent events: the last position received. Wins over `after`.",
    schema={
        "type": "string",
        "minLength": 1,
        "maxLength": 20,
        "pattern": r"^[0-9]{1,16}$",
        "examples": ["812"],
    },
    required=False,
)


class ChangesQuery(Struct, frozen=True, kw_only=True):
    """Which entries of the log."""

    after: Annotated[PositionNumber, Meta(description="Entries after this position.")] = 0
    limit: Limit = LIMIT
    wait: Annotated[
        int,
        Meta(
            ge=0,
            le=MOST_SECONDS,
            description="Seconds to wait for entries if there are none yet; as lines: for more entries.",
            examples=[0],
        ),
    ] = 0
    company: Reference | UnsetType = UNSET
    kind: Annotated[
        Kind | UnsetType, Meta(description="Entries of facts of this kind.", examples=["metric"])
    ] = UNSET
    subject: Annotated[Subject | UnsetType, Meta(description="Entries of facts about this.")] = UNSET
    fact: Annotated[
        UUID | UnsetType,
        Meta(description="Entries of this fact.", examples=["ff15fa6d-9178-8e12-8a5b-5ba4de7a66c5"]),
    ] = UNSET
    evidence: Annotated[
        Verdict | UnsetType,
        Meta(description="Versions and checks whose evidence comes to this.", examples=["verified"]),
    ] = UNSET
    change: Annotated[
        StepClass | UnsetType, Meta(description="Entries of this class.", examples=["restated"])
    ] = msgspec.field(name="class", default=UNSET)
    known_at: Annotated[
        Day | UnsetType,
        Meta(
            description="Entries of what was public by that day. Entries of companies and concepts, which have no day, are "
            "left out.",
            examples=["2025-12-31"],
        ),
    ] = UNSET


class Changes(Struct, frozen=True, kw_only=True):
    """A page of the log."""

    items: Annotated[list[Entry], Meta(max_length=1000, description="The entries, in order.")]
    next: NextCursor
    position: Annotated[
        Position | UnsetType,
        Meta(description="With filters or `wait`: the position up to which entries were looked at."),
    ] = UNSET


_encoder = msgspec.json.Encoder()
_BEGIN = b"retry: 1000\n\n"  # milliseconds after which a client whose connection ended connects again


async def list_changes(call: Call) -> Reply:
    """GET /v1/changes."""
    query = call.query(ChangesQuery)
    media = call.media()
    if media == EVENTS:
        return await _as_events(call, query)
    wanted = await _wanted(call, query)
    if media == NDJSON:
        log = await followed(call)
        within(log, query.after)
        return told(log, lines(call, _lines(call, query, wanted), [], log.position))
    if names_log(call):
        await followed(call)  # before it waits; else the log comes with its entries
    found = await reads.waited(
        call.database, call.resources.growth, query.after, query.limit, wanted, query.wait
    )
    following = str(found.looked_at) if query.after < found.looked_at < found.head else None
    looked = UNSET if wanted.keeps_all() and not query.wait else found.looked_at
    reply = json_reply(
        Changes(items=found.entries, next=following, position=looked),
        headers=call.link_next(following, parameter="after"),
        position=found.head,
    )
    return told(found.log, reply)


async def _as_events(call: Call, query: ChangesQuery) -> Reply:
    """Events from a position on; none, and the end, while the database is away."""
    start = _start(call, query)
    try:
        wanted = await _wanted(call, query)
        log = await followed(call)
    except Unavailable:
        # an EventSource asks again when an answer ends, but never after a status other than 200 (HTML Living Standard §9.2.2)
        return stream(call, _no_events(), EVENTS, start)
    within(log, start)
    return told(log, stream(call, _events(call, start, wanted), EVENTS, log.position))


async def _no_events() -> AsyncGenerator[bytes, None]:
    yield _BEGIN


async def _wanted(call: Call, query: ChangesQuery) -> Wanted:
    """The filters. Raises NotFound for a company that is not recorded."""
    slug: str | None = None
    times = call.times(TimesQuery(known_at=query.known_at))
    if (company := given(query.company)) is not None:
        slug = await registry.slug_of(call.database, company, times, parameter="company")
        await registry.must_be_known(call.database, slug, times, parameter="company")
    return Wanted(
        company=slug,
        kind=given(query.kind),
        subject=given(query.subject),
        fact=given(query.fact),
        evidence=given(query.evidence),
        change=given(query.change),
        known_at=times.known_at,
    )


def _start(call: Call, query: ChangesQuery) -> int:
    """The position to go on from: `Last-Event-ID`, else `after`. Raises Malformed."""
    last = call.header(b"last-event-id")
    if last is None or not last.strip():
        return query.after
    if not (last.isascii() and last.isdigit() and int(last) < 2**53):
        raise Malformed("Last-Event-ID is a position of the log", parameter="Last-Event-ID")
    return int(last)


async def _lines(call: Call, query: ChangesQuery, wanted: Wanted) -> AsyncGenerator[list[bytes], None]:
    after = query.after
    limit = query.limit if call.gives("limit") else None
    while limit is None or limit > 0:
        most = reads.CHUNK if limit is None else min(reads.CHUNK, limit)
        found = await reads.waited(call.database, call.resources.growth, after, most, wanted, query.wait)
        yield [_encoder.encode(entry) for entry in found.entries]
        after = found.looked_at
        if limit is not None:
            limit -= len(found.entries)
        if after >= found.head and not (query.wait and found.entries):
            return


async def _events(call: Call, after: int, wanted: Wanted) -> AsyncGenerator[bytes, None]:
    """Server-sent events (HTML Living Standard §9.2): ids are positions."""
    yield _BEGIN
    following = reads.followed(call.database, call.resources.growth, after, wanted, HEARTBEAT)
    position = after
    async with aclosing(following):
        async for found in following:
            yield _event(found, position)
            position = found.looked_at


def _event(found: LogStretch, before: int) -> bytes:
    events = [b"id: %d\ndata: %b\n\n" % (one.position, _encoder.encode(one)) for one in found.entries]
    last = found.entries[-1].position if found.entries else before
    if found.looked_at > last:  # nothing more fits: the client need not look there again
        events.append(
            b'id: %d\nevent: position\ndata: {"position":%d}\n\n' % (found.looked_at, found.looked_at)
        )
    return b"".join(events) or b": nothing new\n\n"


_OPERATIONS = (
    Operation(
        method="GET", path="/v1/changes", id="listChanges", tag=TAG, handler=list_changes, query=ChangesQuery,
        summary="Follow the log",
        description="The log's entries after a position, in order and without gaps. `next` is the `after` to go on with. "
        "As `application/x-ndjson` all of them, each a line. As `text/event-stream` all of them, and those to come as they "
        "are recorded; the id of an event is its position.",
        answers={200: Answer(
            description="A stretch of the log.", type=Changes, line=Entry, other_media=(EVENTS,),
            headers={"ETag": ETAG, "Log-Position": LOG_POSITION, "Log-Origin": ORIGIN_IF_KNOWN, "Link": LINK},
            links={"NextPage": next_page("listChanges", ChangesQuery, by="after")},
        )},
        problems=(404, 409, 422),
        headers={"If-None-Match": IF_NONE_MATCH, "Last-Event-ID": LAST_EVENT_ID, "Log-Origin": FOLLOWS},
    ),
)  # fmt: skip

CAPABILITY = Capability(
    tag=TAG, about="The one log that everything is recorded in, followed.", operations=_OPERATIONS
)
