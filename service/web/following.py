"""Followers of the log: which log they follow, and where they go on."""

from typing import NamedTuple

from service.core.errors import Conflict, Invalid
from service.operations import registry
from service.web.contract import Header
from service.web.exchange import Call, Reply

_ORIGIN = "9f2b7c1e-4d5a-4c3b-8e6f-1a2b3c4d5e6f"

LOG_ORIGIN = Header(
    description="Which log it is. A mirror answers with that of the log it copies.",
    schema={"type": "string", "format": "uuid", "maxLength": 36, "examples": [_ORIGIN]},
)
FOLLOWS = Header(
    description="The log that the follower follows, as the header of an earlier answer said. If this is another one: 409.",
    schema={
        "type": "string",
        "minLength": 36,
        "maxLength": 36,
        "pattern": r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$",
        "examples": [_ORIGIN],
    },
    required=False,
    component="FollowedLogOrigin",
)


class Followed(NamedTuple):
    """The log that is followed, and its last position."""

    origin: str
    head: int


async def followed(call: Call) -> Followed:
    """The log of this service. Raises Conflict if the follower follows another one."""
    found = await registry.origin(call.database)
    origin, wanted = str(found.id), call.header(b"log-origin")
    if wanted is not None and wanted != origin:
        raise Conflict(f"this is the log {origin}; the follower follows {wanted}", parameter="Log-Origin")
    return Followed(origin, found.position)


def told(log: Followed, reply: Reply) -> Reply:
    """A reply that says which log it is of."""
    return reply._replace(headers={**reply.headers, "log-origin": log.origin})


def within(log: Followed, position: int, parameter: str = "after") -> None:
    """Raise Invalid if a follower's position lies beyond the end of the log: it followed another log."""
    if position > log.head:
        raise Invalid(f"the log ends at position {log.head}, before {position}", parameter=parameter)
