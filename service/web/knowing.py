"""Requests that are bound to a day: by their key, by the server, or by the prefix `/as-known/DATE` of their path.

Such a request is answered as if `known_at` were that day, and an operation that takes no `known_at` is refused, so that an
operation which somebody adds cannot show what is later.
"""

import re
from datetime import date
from typing import Any, NamedTuple, TypeVar

import msgspec
from msgspec import UNSET, Struct

from service.core.errors import CompanyFactsError, Forbidden, Malformed, NotFound
from service.core.periods import read_day
from service.web.contract import Operation
from service.web.problems import MethodNotAllowed

Q = TypeVar("Q", bound=Struct)

PREFIX = "/as-known/"
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_PREFIXED = re.compile(r"/as-known/(?P<day>[^/]*)(?P<path>/.*)?", re.DOTALL)


def earliest(one: date | None, other: date | None) -> date | None:
    """The earlier of two days; None is no day."""
    return one if other is None else other if one is None else min(one, other)


class Prefixed(NamedTuple):
    """A path that began with `/as-known/DATE`."""

    prefix: str
    day: date
    path: str  # what follows the prefix


def prefixed(path: str) -> Prefixed | CompanyFactsError:
    """The parts of a path with the prefix, or why it cannot be answered."""
    found = _PREFIXED.fullmatch(path)
    if found is None:
        return NotFound(f"there is nothing at {path}")
    try:
        day = _day(found["day"])
    except ValueError as error:
        return Malformed(f"after /as-known/ comes a day such as 2015-06-30: {error}", parameter="known_at")
    rest = found["path"] or "/"
    if rest.startswith(PREFIX):
        return NotFound("a path has /as-known/ once")
    return Prefixed(f"{PREFIX}{found['day']}", day, rest)


def _day(text: str) -> date:
    """The day of a prefix. Raises ValueError with a sentence."""
    if not _DAY.fullmatch(text):
        raise ValueError(f"{text[:100]!r} is not one")
    return read_day(text)


def bounded(query: Q, day: date) -> Q:
    """Query parameters with the day that the request is bound to. Raises Forbidden for a later one."""
    if "known_at" not in query.__struct_fields__:
        return query
    given: Any = getattr(query, "known_at")  # noqa: B009 -- a field of some structs
    if given is UNSET:
        return msgspec.structs.replace(query, known_at=day.isoformat())
    try:
        later = read_day(given) > day
    except ValueError as error:
        raise Malformed(f"known_at: {error}", parameter="known_at") from error
    if later:
        raise Forbidden(f"nothing is answered here that became known after {day}")
    return query


def check(operation: Operation, prefix: str) -> None:
    """Raise where an operation cannot be answered as of a day."""
    if operation.scope != "read":
        if prefix:
            raise MethodNotAllowed("nothing is written as of a day; leave out /as-known/")
        raise Forbidden("what is bound to a day cannot write")
    if not operation.by_day:
        raise Forbidden(f"{operation.path} is not answered as of a day")
