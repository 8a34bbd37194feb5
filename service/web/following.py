"""Followers of the log: which log they follow, and where they go on."""

from msgspec import structs

from service.core.errors import Conflict, Invalid
from service.core.log import Origin
from service.operations import registry
from service.web.call import Call
from service.web.contract import Header
from service.web.replies import Reply

_HEADER = b"log-origin"
_ORIGIN = "9f2b7c1e-4d5a-4c3b-8e6f-1a2b3c4d5e6f"

LOG_ORIGIN = Header(
    description="Which log it is. A mirror answers with that of the log it copies.",
    schema={"type": "string", "format": "uuid", "maxLength": 36, "examples": [_ORIGIN]},
)
ORIGIN_IF_KNOWN = structs.replace(
    LOG_ORIGIN,
    description=f"{LOG_ORIGIN.description} Absent from server-sent events that end at once, because the database is away.",
    required=False,
    component="LogOriginIfKnown",
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


async def followed(call: Call) -> Origin:
    """The log of this service. Raises Conflict if the follower follows another one."""
    found = await registry.origin(call.database)
    wanted = call.header(_HEADER)
    if wanted is not None and wanted != str(found.id):
        raise Conflict(f"this is the log {found.id}; the follower follows {wanted}", parameter="Log-Origin")
    return found


def names_log(call: Call) -> bool:
    """Whether the follower says which log it follows."""
    return call.header(_HEADER) is not None


def told(log: Origin, reply: Reply) -> Reply:
    """A reply that says which log it is of."""
    return reply._replace(headers={**reply.headers, _HEADER.decode(): str(log.id)})


def within(log: Origin, position: int, parameter: str = "after") -> None:
    """Raise Invalid if a follower's position lies beyond the end of the log: it followed another log."""
    if position > log.position:
        raise Invalid(f"the log ends at position {log.position}, before {position}", parameter=parameter)
