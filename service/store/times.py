"""The times of a read as SQL parameters."""

from datetime import date

from service.core.history import Times

_EVER = date.max  # infinity in Postgres
_LAST = 2**63 - 1  # greater than every position


def bounds(times: Times) -> tuple[date, int]:
    """The day and the position; the greatest value stands for no bound, so that SQL needs no null check."""
    return times.known_at or _EVER, upto(times)


def upto(times: Times) -> int:
    """The position; the greatest bigint where the read has none."""
    return _LAST if times.at is None else times.at
