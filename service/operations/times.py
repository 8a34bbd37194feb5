"""Resolves the times of a read: an instant (`recorded_at`) becomes a position."""

from service.core.errors import Invalid
from service.core.history import Times
from service.postgres.database import Reads, Session
from service.store import log


async def resolved(session: Session, times: Times) -> Times:
    """The times with `recorded_at` replaced by its position; if `at` is given too, the smaller position.

    Raises Invalid for an instant in the future.
    """
    if times.recorded_at is None:
        return times
    moment = await log.position_at(session, times.recorded_at)
    if not moment.past:
        raise Invalid(
            "the instant lies in the future; what will be recorded by then is not known",
            parameter="recorded_at",
        )
    position = moment.position if times.at is None else min(times.at, moment.position)
    return times._replace(at=position, recorded_at=None)


async def resolved_first(database: Reads, times: Times) -> Times:
    """Resolve `recorded_at`; takes a connection only if it was given."""
    if times.recorded_at is None:
        return times
    async with database.session() as session:
        return await resolved(session, times)
