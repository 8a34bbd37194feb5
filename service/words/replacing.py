"""How an operation is replaced by one that also takes standard concepts."""

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from urllib.parse import unquote_plus

import msgspec

from service.web import tables
from service.web.contract import Operation
from service.web.exchange import Call, Reply
from service.words.concepts import CONCEPTS, StandardConcept

Handler = Callable[[Call], Awaitable[Reply]]

_SUBJECT = re.compile(rb"(?:^|&)subject=([^&]*)")


def asked_for(call: Call) -> StandardConcept | None:
    """The standard concept whose slug is the `subject` of the query; found without reading the other parameters."""
    found = _SUBJECT.search(call.query_string)
    if found is None:
        return None
    word = found[1]
    if b"%" in word or b"+" in word:
        return CONCEPTS.get(unquote_plus(word.decode("latin-1")))
    return CONCEPTS.get(word.decode("latin-1"))


def replaced(operation: Operation, handler: Handler, **changes: object) -> Operation:
    """An operation with another handler."""
    return msgspec.structs.replace(operation, handler=handler, **changes)


def tabular(
    own: Mapping[str, Operation],
    name: str,
    over: Callable[[Handler], Handler],
    columns: Sequence[tables.Column],
    **changes: object,
) -> dict[str, Operation]:
    """The replacements of an operation that also offers CSV, and of its twin that offers nothing else.

    `over` makes a handler from one that answers JSON or CSV; what it answers itself is JSON.
    """
    operation, table = own[name], own[f"{name}Csv"]
    as_json, as_table = over(operation.handler), over(table.handler)

    async def negotiated(call: Call) -> Reply:
        reply = await as_json(call)
        if reply.media != tables.CSV and call.media() == tables.CSV:
            reply = tables.written(reply, columns)
        return reply._replace(headers={**reply.headers, "vary": "Accept"})

    async def alone(call: Call) -> Reply:
        reply = await as_table(call)
        return reply if reply.media == tables.CSV else tables.written(reply, columns)

    return {
        name: replaced(operation, negotiated, **changes),
        table.id: replaced(table, alone, **changes),
    }
