"""Continuing a list from a cursor, for all lists. `service/core/lists.py` encodes and decodes cursors."""

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
    """Decode a cursor: the key of the last item already sent, and the times of the read, pinned to the first page's position.

    `belongs` is the fingerprint of the list and its filters. Raises Malformed if the cursor was made for another list or
    other filters, or if `at` or `recorded_at` names another position than the cursor's.
    """
    after, position = read_cursor(text, belongs, place)
    asked = times if times.recorded_at is None else await resolved_first(database, times)
    if asked.at is not None and asked.at != position:
        detail = f"the cursor is pinned to position {position}"
        name = "recorded_at" if times.at is None else "at"
        raise Malformed(detail, parameter=name)
    return after, times._replace(at=position, recorded_at=None)
