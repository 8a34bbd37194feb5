"""The times of a read as statements take them."""

from datetime import date

from service.core.history import Times

_EVER = date.max  # Postgres' infinity
_LAST = 2**63 - 1


def bounds(times: Times) -> tuple[date, int]:
    """The day and the position. No bound is the greatest there is, so that a statement compares and asks no more."""
    return times.known_at or _EVER, upto(times)


def upto(times: Times) -> int:
    """The position alone."""
    return _LAST if times.at is None else times.at
