"""Asks the API's own operations in this process, so that a page shows what the API answers."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple
from urllib.parse import quote, urlencode

import msgspec

from service.core.history import Times
from service.operations import registry
from service.pages.words import is_numbered
from service.web.call import Call
from service.web.parameters import TimesQuery, read_parameters
from service.web.replies import Reply

Pairs = Sequence[tuple[str, str]]
TIMES = ("known_at", "recorded_at", "at")


class ApiAnswer(NamedTuple):
    """The JSON of an API's answer, the position that it was given at, and the request that gave it."""

    body: bytes
    position: int | None
    request: str  # path and query, as a client sends them


def query_text(pairs: Pairs) -> str:
    """Parameters as the text of a query; what reads well in an address is not escaped."""
    return urlencode(pairs, safe=":/,")


def pinned(path: str, pairs: Pairs, position: int | None) -> str:
    """The address that always answers alike: the same parameters at a position of the log."""
    kept = [(name, value) for name, value in pairs if name not in {"at", "recorded_at"}]
    at = [] if position is None else [("at", str(position))]
    return f"{path}?{query_text([*kept, *at])}"


async def ask(
    call: Call, operation: str, parameters: Mapping[str, str] | None = None, query: Pairs = ()
) -> ApiAnswer:
    """The answer of an operation that reads; parameters that it does not take are left out. Raises what it raises."""
    taken = {
        field.encode_name for field in msgspec.structs.fields(call.resources.operations[operation].query)
    }
    kept = [(name, value) for name, value in query if name in taken]
    return await _asked(call, operation, parameters or {}, query_text(kept), None)


async def ask_with(
    call: Call,
    operation: str,
    body: object,
    query: Pairs = (),
    *,
    parameters: Mapping[str, str] | None = None,
    headers: Sequence[tuple[bytes, bytes]] = (),
) -> ApiAnswer:
    """The answer of an operation that takes a JSON body; only a page that writes may ask one that writes.

    Raises what the operation raises.
    """
    return await _asked(
        call, operation, parameters or {}, query_text(query), msgspec.json.encode(body), headers
    )


def times_of(pairs: Pairs) -> Pairs:
    """The times among query parameters."""
    return [(name, value) for name, value in pairs if name in TIMES]


def times_asked(call: Call) -> Times:
    """The times of a page."""
    return call.times(call.bounded(read_parameters(TimesQuery, dict(times_of(call.pairs())))))


async def names(call: Call, slugs: Iterable[str]) -> dict[str, str]:
    """The names of companies whose slug is made of a number, by slug, as they were at the times of a page.

    A slug that somebody chose reads like a name (`words.company`), which saves a statement.
    """
    return await registry.names(
        call.database, {slug for slug in slugs if is_numbered(slug)}, times_asked(call)
    )


async def _asked(
    call: Call,
    operation: str,
    parameters: Mapping[str, str],
    query: str,
    body: bytes | None,
    headers: Sequence[tuple[bytes, bytes]] = (),
) -> ApiAnswer:
    wanted = call.resources.operations[operation]
    template = wanted.path
    path = template.format_map({name: quote(value, safe=":") for name, value in parameters.items()})
    _, inner = call.within(
        operation, template.format_map(parameters), parameters, query.encode(), body, headers
    )
    reply: Reply = await wanted.handler(inner)
    if not isinstance(reply.body, bytes):
        raise TypeError(f"{operation} answered with a stream")
    return ApiAnswer(reply.body, reply.position, f"{path}?{query}" if query else path)


def has(call: Call, operation: str) -> bool:
    """Whether this server has the operation: capabilities can be left out."""
    return operation in call.resources.operations
