"""The one way in which lists take a cursor. `service/core/lists.py` makes and reads its text."""

from typing import TypeVar

from service.core.errors import Malformed
from service.core.history import Times
from service.core.lists import read_cursor
from service.operations import Database
from service.operations.times import resolved_first

P = TypeVar("P")


async def continued(
    database: Database, text: str, belongs: str, place: type[P], times: Times
) -> tuple[P, Times]:
    """The place after which a cursor goes on, and the times of its page: the position is that of the first page.

    Raises Malformed where it belongs to another list or other filters, or where `at` and `recorded_at` ask for
    another position than its own.
    """
    after, position = read_cursor(text, belongs, place)
    asked = times if times.recorded_at is None else await resolved_first(database, times)
    if asked.at is not None and asked.at != position:
        detail = f"the cursor is pinned to position {position}"
        name = "recorded_at" if times.at is None else "at"
        raise Malformed(detail, parameter=name)
    return after, Times(times.known_at, position)
