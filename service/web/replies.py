"""What a handler returns, and how lists and writes are answered."""

from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Mapping
from contextlib import aclosing
from importlib.metadata import version
from typing import NamedTuple, TypeVar, cast

import msgspec

from service.core.history import Times
from service.core.lists import ByName, ByNumber, fingerprint, next_cursor
from service.core.rendering import etag
from service.core.requests import Request
from service.operations import Database
from service.operations.registry import AsOf
from service.recording import writer as recording
from service.web.call import Call
from service.web.contract import JSON, LOCATION, LOG_POSITION, NDJSON
from service.web.cursors import continued
from service.web.parameters import Paging, given

T = TypeVar("T")
S = TypeVar("S", str, int)


class Reply(NamedTuple):
    """What a handler returns: a body (bytes, or a stream of chunks), a status and headers."""

    body: bytes | AsyncIterator[bytes]
    status: int = 200
    headers: Mapping[str, str] = {}
    media: str = JSON
    position: int | None = None  # log position that the answer was read at, if it depends on one
    etag: str | None = None  # None: derived from the body
    gzipped: bytes | None = None  # the body as stored, if the client accepts gzip; `body` is then empty


def json_reply(
    value: object, *, status: int = 200, headers: Mapping[str, str] | None = None, position: int | None = None
) -> Reply:
    """A value as JSON."""
    return Reply(msgspec.json.encode(value), status, headers or {}, position=position)


def page(items: list[bytes], cursor: str | None) -> bytes:
    """A list of rendered items: `{"items": […], "next": cursor}`."""
    return b'{"items":[%b],"next":%b}' % (b",".join(items), msgspec.json.encode(cursor))


def lines(call: Call, parts: AsyncGenerator[list[bytes], None], first: list[bytes], position: int) -> Reply:
    """A list as an NDJSON stream. `parts` yields lists of rendered items; `first` is the first of those lists."""

    async def body() -> AsyncGenerator[bytes, None]:
        async with aclosing(parts):
            async for items in parts:
                yield b"".join([item + b"\n" for item in items])

    return stream(call, body(), NDJSON, position, *first)


def stream(call: Call, body: AsyncGenerator[bytes, None], media: str, position: int, *first: bytes) -> Reply:
    """A stream that is made while it is sent.

    The ETag cannot be a hash of the body, which is not complete yet. It is a hash of the release, path, query, position
    and `first`, the first items, so it changes with the position even if the body stays the same.
    """
    asked = b"%b?%b" % (call.path.encode(), call.query_string)
    told = b"\n".join([version("companyfacts").encode(), asked, b"%d" % position, *first])
    return Reply(body, media=media, position=position, etag=etag(told))


async def paged(
    call: Call,
    name: str,
    fetch: Callable[[Database, str | None, S, int, Times], Awaitable[AsOf[list[T]]]],
    start: S,
    place: Callable[[T], S],
) -> Reply:
    """A page of a registry. `fetch(database, words, after, count, times)` reads items; `place` gives the key of an item.

    A list without times shows on each page what is recorded by then, as it always did; its cursors have the position 0.
    """
    query = call.query(Paging)
    words, times = given(query.q), call.times(query)
    belongs, after = fingerprint(name, words, *([] if times.known_at is None else [times.known_at])), start
    if (text := given(query.cursor)) is not None:
        kept = ByName if isinstance(start, str) else ByNumber
        (held,), then = await continued(call.database, text, belongs, kept, times)
        times = then if then.at else times
        after = cast("S", held)
    found, position = await fetch(call.database, words, after, query.limit + 1, times)
    shown = found[: query.limit]
    cursor = next_cursor((place(shown[-1]),) if len(found) > query.limit else None, position or 0, belongs)
    items = [msgspec.json.encode(one) for one in shown]
    return Reply(page(items, cursor), headers=call.link_next(cursor), position=position)


# headers of the answers of `written`
WRITTEN = {"location": LOCATION, "Log-Position": LOG_POSITION}


async def written(call: Call, request: Request, registry: str) -> Reply:
    """Record a request, and answer with the body made in the same transaction, which later writes cannot change."""
    outcome, position = await recording.record_one(call.writes, request, author=call.author)
    if outcome.body is None:
        raise LookupError("the write returned no body")
    headers = {"location": f"{registry}/{outcome.name}"}
    return Reply(outcome.body, 201 if outcome.created else 200, headers, position=position, etag=outcome.etag)
