"""What a list of facts keeps, where a page of it starts, and the cursor that says so.

A cursor is opaque to clients. It holds the place of the last item, the position of the log that the list is
pinned to, and a hash of the filters it belongs to; a checksum tells a cursor that was tampered with.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Annotated, NamedTuple, TypeVar
from uuid import UUID

import msgspec
import xxhash
from msgspec import Meta, Struct

from service.domain.errors import Flaw, Malformed
from service.domain.periods import Period, recency

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


class Cursor(NamedTuple):
    """Where a page starts, and in which list."""

    after: list[str | int]
    position: Annotated[int, Meta(ge=0, le=2**53 - 1)]
    filters: str


class ByName(NamedTuple):
    """Where a list in the order of names stands."""

    name: str


class ByNumber(NamedTuple):
    """Where a list in the order of numbers stands."""

    number: Annotated[int, Meta(ge=0, le=2**53 - 1)]


_decoder = msgspec.json.Decoder(Cursor)


_filters = msgspec.msgpack.Encoder()


def fingerprint(*filters: object) -> str:
    """A short hash of the filters of a list; a cursor of one list is refused by another."""
    return xxhash.xxh3_64_hexdigest(_filters.encode(filters))


def write_cursor(cursor: Cursor) -> str:
    """The cursor as clients see it."""
    data = msgspec.json.encode(cursor)
    return urlsafe_b64encode(_checksum(data) + data).decode().rstrip("=")


def read_cursor(text: str, filters: str) -> Cursor:
    """The cursor that a client sent back. Raises Malformed where it is none, or one of another list."""
    try:
        raw = urlsafe_b64decode(text + "=" * (-len(text) % 4))
        checksum, data = raw[:6], raw[6:]
        if checksum != _checksum(data):
            raise ValueError(text)
        cursor = _decoder.decode(data)
    except (ValueError, msgspec.MsgspecError) as error:
        raise _refused("the cursor is not one of this service") from error
    if cursor.filters != filters:
        raise _refused("the cursor belongs to a list with other filters; start again without it")
    return cursor


def place_in(cursor: Cursor, wanted: type[P]) -> P:
    """The place that a cursor holds, as its list keeps it.

    Raises Malformed where it holds anything else: the checksum guards against accidents, not against malice.
    """
    try:
        place = msgspec.convert(cursor.after, wanted)
    except msgspec.ValidationError as error:
        raise _refused("the cursor is not one of this service") from error
    if any("\x00" in one for one in cursor.after if isinstance(one, str)):
        raise _refused("the cursor is not one of this service")
    return place


def _checksum(data: bytes) -> bytes:
    return xxhash.xxh3_64_digest(data)[:6]


def _refused(detail: str) -> Malformed:
    return Malformed(detail, errors=[Flaw(parameter="cursor", detail=detail)])
