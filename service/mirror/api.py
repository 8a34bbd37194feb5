"""`GET /v1/export`: the whole log as lines."""

from typing import Annotated

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from service.mirror import reads, rows
from service.mirror.lines import LogLine
from service.web import parquet, tables
from service.web.call import Call
from service.web.contract import (
    ETAG,
    IF_NONE_MATCH,
    LOG_POSITION,
    NDJSON,
    PARQUET,
    Answer,
    Capability,
    Operation,
)
from service.web.following import FOLLOWS, LOG_ORIGIN, followed, told, within
from service.web.parameters import PositionNumber, given
from service.web.replies import Reply, stream

TAG = "log"  # as the feed, which tells of the same entries


class ExportQuery(Struct, frozen=True, kw_only=True):
    """Which part of the log."""

    after: Annotated[
        PositionNumber,
        Meta(description="Entries after this position: the last one that was received."),
    ] = 0
    at: Annotated[
        PositionNumber | UnsetType,
        Meta(description="Entries up to this position; without it up to the end of the log."),
    ] = UNSET


async def export(call: Call) -> Reply:
    """GET /v1/export."""
    media = call.media()
    if media == PARQUET and not parquet.is_installed():
        raise parquet.missing()
    query = call.query(ExportQuery)
    log = await followed(call)
    within(log, query.after)
    at = given(query.at)
    if at is not None:
        within(log, at, "at")
    end = log.position if at is None else at
    whole = call.author is not None and call.author.may("admin")
    lines = reads.exported(call.database, query.after, end, whole=whole)
    kept = b"whole" if whole else b""
    if media == PARQUET:
        reply = stream(call, rows.as_parquet(lines), PARQUET, end, kept, parquet.release())
    else:
        reply = stream(call, lines, NDJSON, end, kept)
    private = {"cache-control": "private, no-cache"} if whole else {}
    return told(log, reply._replace(headers={**reply.headers, "vary": "Accept", **private}))


_EXPORT = Operation(
        method="GET", path="/v1/export", id="getExport", tag=TAG, handler=export, query=ExportQuery,
        summary="Carry the log away",
        description="The log's entries after a position with all that was recorded by them, in order, each a line. An answer "
        "that was cut off is gone on with `after`, the position of its last whole line. Content that may not be "
        "redistributed is withheld, unless a key with the scope `admin` asks.",
        answers={200: Answer(
            description="The log.", media=NDJSON, line=LogLine, other_media=(PARQUET,),
            headers={"ETag": ETAG, "Log-Position": LOG_POSITION, "Log-Origin": LOG_ORIGIN},
        )},
        problems=(409, 422),
        headers={"If-None-Match": IF_NONE_MATCH, "Log-Origin": FOLLOWS},
    )  # fmt: skip
_OPERATIONS = (
    msgspec.structs.replace(_EXPORT, problems=(*_EXPORT.problems, *tables.PARQUET_TABLES.problems)),
    tables.twin(_EXPORT, tables.PARQUET_TABLES, export),
)

CAPABILITY = Capability(
    tag=TAG, about="The one log that everything is recorded in, followed.", operations=_OPERATIONS
)
