"""How an operation is replaced by one that also takes standard concepts."""

import re
from collections.abc import Callable, Mapping, Sequence
from urllib.parse import unquote_plus

import msgspec

from service.web import tables
from service.web.call import Call
from service.web.contract import Operation
from service.web.tables import Handler
from service.words.concepts import CONCEPTS, StandardConcept

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
    """The replacements of an operation that also offers tables, and of its twins that offer nothing else.

    `over` makes a handler from one that answers JSON or a table; what it answers itself is JSON.
    """
    operation = own[name]
    table = tables.ListTable(columns, operation.answers[200].type)
    found = {name: replaced(operation, tables.negotiated(over(operation.handler), table), **changes)}
    for form in tables.FORMS:
        twin = own[f"{name}{form.id}"]
        found[twin.id] = replaced(twin, tables.alone(over(twin.handler), table, form), **changes)
    return found
