"""Places in lists, and the cursors that encode them.

A cursor is opaque to clients. It contains the place of the last item of a page, the log position of the list, and a hash
of its filters. A checksum detects damaged cursors.
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
    """The place of a fact in lists: its sort key."""

    slug: str
    kind: str
    subject: str
    recency: Annotated[int, Meta(ge=0, le=2**31 - 1)]
    id: UUID


class _Placed(Struct):
    """The fields of an answer that determine its place."""

    company: str
    kind: str
    subject: str
    id: UUID
    period: Period | None


_placed = msgspec.json.Decoder(_Placed)


def place_of(answer: bytes) -> Place:
    """The place in lists of the fact with this answer (JSON)."""
    fact = _placed.decode(answer)
    return Place(fact.company, fact.kind, fact.subject, recency(fact.period), fact.id)


class _Held(NamedTuple):
    """The content of a cursor: where a page starts, the log position, and the hash of the filters."""

    after: list[str | int]
    position: Annotated[int, Meta(ge=0, le=2**53 - 1)]
    filters: str


class ByName(NamedTuple):
    """A place in a list ordered by name."""

    name: str


class ByNumber(NamedTuple):
    """A place in a list ordered by number."""

    number: Annotated[int, Meta(ge=0, le=2**53 - 1)]


_decoder = msgspec.json.Decoder(_Held)


_filters = msgspec.msgpack.Encoder()


def fingerprint(*filters: object) -> str:
    """A short hash of the filters of a list, to refuse a cursor of another list."""
    return xxhash.xxh3_64_hexdigest(_filters.encode(filters))


def next_cursor(after: tuple[object, ...] | None, position: int, filters: str) -> str | None:
    """The cursor for the page after a place; None after the last page."""
    if after is None:
        return None
    data = msgspec.json.encode((after, position, filters))
    return urlsafe_b64encode(_checksum(data) + data).decode().rstrip("=")


def read_cursor(text: str, filters: str, wanted: type[P]) -> tuple[P, int]:
    """Decode a cursor: its place, of type `wanted`, and its log position.

    Raises Malformed if it is not a cursor, or one of another list. The place is validated too, since a client can compute
    the checksum of a made-up cursor.
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
