"""The times of a read, turned into the bounds that the rule takes."""

from datetime import date, datetime
from typing import NamedTuple

from service.domain.errors import Flaw, Invalid
from service.domain.history import Times
from service.sql import log
from service.sql.database import Database, Session


class AskedTimes(NamedTuple):
    """What a client asked for: a day, a position, an instant; any may be None."""

    known_at: date | None = None
    at: int | None = None
    recorded_at: datetime | None = None


async def bounds(session: Session, asked: AskedTimes) -> Times:
    """The day and the position asked for; of a position and an instant the earlier.

    Raises Invalid for an instant that has not come yet.
    """
    if asked.recorded_at is None:
        return Times(asked.known_at, asked.at)
    moment = await log.position_at(session, asked.recorded_at)
    if not moment.past:
        detail = "the instant lies in the future; what will be recorded by then is not known"
        raise Invalid(detail, errors=[Flaw(parameter="recorded_at", detail=detail)])
    return Times(asked.known_at, moment.position if asked.at is None else min(asked.at, moment.position))


async def meant(database: Database, asked: AskedTimes) -> Times:
    """The same, on a connection only where there is something to find out. Raises what `bounds` raises."""
    if asked.recorded_at is None:
        return Times(asked.known_at, asked.at)
    async with database.session() as session:
        return await bounds(session, asked)


def position(times: Times, head: int) -> int:
    """The position that a read is answered at. Raises Invalid where it lies beyond the log."""
    if times.at is None:
        return head
    if times.at > head:
        detail = f"the log ends at position {head}"
        raise Invalid(detail, errors=[Flaw(parameter="at", detail=detail)])
    return times.at
