"""Reads the timeline of a fact."""

from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from service.core import history
from service.core.errors import NotFound
from service.core.history import Times
from service.core.rectangles import Rectangle, rectangles
from service.core.states import FactState
from service.operations.times import resolved
from service.postgres.database import Database
from service.store import facts, log

_MOMENT = timedelta(microseconds=1)  # of `recorded_at`


class RecordedRectangle(NamedTuple):
    """A rectangle with the instants of its positions."""

    rectangle: Rectangle
    recorded_from: datetime
    recorded_to: datetime | None


class Timeline(NamedTuple):
    """The rectangles of a fact, and the log position that they were read at."""

    rectangles: list[RecordedRectangle]
    position: int


async def timeline(database: Database, fact_id: UUID, times: Times) -> Timeline:
    """The rectangles in which each version of a fact answers. Raises NotFound, and Invalid for times beyond the log."""
    async with database.snapshot() as session:
        times = (await resolved(session, times)).answered_at(await log.head_position(session))
        found = await facts.load_histories(session, [facts.pair(fact_id)])
    entries = {
        one.position: one.recorded_at for state in found for one in (*state.versions, *state.retractions)
    }
    tiles = [tile for state in found for tile in _tiles(state, times)]
    if not tiles:
        nothing = not found or times.bound
        raise NotFound(f"there is no fact {fact_id}" if nothing else f"the fact {fact_id} was not known then")
    return Timeline([_recorded(one, entries) for one in tiles], times.position)


def _tiles(state: FactState, times: Times) -> list[Rectangle]:
    """The rectangles of a fact, of the versions that were public by the day of the read."""
    public = history.within(state.versions, Times(times.known_at))
    numbers = {one.version for one in public}
    taken_back = [one for one in state.retractions if one.retracts in numbers]
    return rectangles(public, taken_back, times.at)


def _recorded(tile: Rectangle, entries: dict[int, datetime]) -> RecordedRectangle:
    # the entry that ended it is the next position
    ended = None if tile.position_to is None else entries[tile.position_to + 1] - _MOMENT
    return RecordedRectangle(tile, entries[tile.position_from], ended)
