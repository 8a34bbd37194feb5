"""Where a page of a list starts, and the cursor that says so.

A cursor is opaque to clients. It holds the place of the last item, the position of the log that the list is
pinned to, and a hash of the filters it belongs to; a checksum tells a cursor that was tampered with.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Annotated, NamedTuple, TypeVar
from uuid import UUID

import msgspec
import xxhash
from msgspec import Meta, Struct

from service.core.errors import Malformed
from service.core.periods import Period, recency

P = TypeVar("P")


class Place(NamedTuple):
    """Where a list stands: the key of its order."""

    slug: str
    kind: str
    subject: str
    recency: Annotated[int, Meta(ge=0, le=2**31 - 1)]
    id: UUID


class _Placed(Struct):
    """What an answer tells of its place."""

    company: str
    kind: str
    subject: str
    id: UUID
    period: Period | None


_placed = msgspec.json.Decoder(_Placed)


def place_of(answer: bytes) -> Place:
    """Where the fact that this answers stands in lists."""
    fact = _placed.decode(answer)
    return Place(fact.company, fact.kind, fact.subject, recency(fact.period), fact.id)


class _Held(NamedTuple):
    """What a cursor holds: where a page starts, and in which list."""

    after: list[str | int]
    position: Annotated[int, Meta(ge=0, le=2**53 - 1)]
    filters: str


class ByName(NamedTuple):
    """Where a list in the order of names stands."""

    name: str


class ByNumber(NamedTuple):
    """Where a list in the order of numbers stands."""

    number: Annotated[int, Meta(ge=0, le=2**53 - 1)]


_decoder = msgspec.json.Decoder(_Held)


_filters = msgspec.msgpack.Encoder()


def fingerprint(*filters: object) -> str:
    """A short hash of the filters of a list; a cursor of one list is refused by another."""
    return xxhash.xxh3_64_hexdigest(_filters.encode(filters))


def next_cursor(after: tuple[object, ...] | None, position: int, filters: str) -> str | None:
    """The cursor of the page after a place, as clients see it; None after the last page."""
    if after is None:
        return None
    data = msgspec.json.encode((after, position, filters))
    return urlsafe_b64encode(_checksum(data) + data).decode().rstrip("=")


def read_cursor(text: str, filters: str, wanted: type[P]) -> tuple[P, int]:
    """The place and the position that a cursor holds, as a client sent it back.

    Raises Malformed where it is none, or one of another list. Its place is checked, too: the checksum guards against
    accidents, not against malice.
    """
    try:
        raw = urlsafe_b64decode(text + "=" * (-len(text) % 4))
        checksum, data = raw[:6], raw[6:]
        if checksum != _checksum(data):
            raise ValueError(text)
        held = _decoder.decode(data)
        if held.filters != filters:
            raise _refused("the cursor belongs to a list with other filters; start again without it")
        if any("\x00" in one for one in held.after if isinstance(one, str)):
            raise ValueError(text)
        return msgspec.convert(held.after, wanted), held.position
    except (ValueError, msgspec.MsgspecError) as error:
        raise _refused("the cursor is not one of this service") from error


def _checksum(data: bytes) -> bytes:
    return xxhash.xxh3_64_digest(data)[:6]


def _refused(detail: str) -> Malformed:
    return Malformed(detail, parameter="cursor")
