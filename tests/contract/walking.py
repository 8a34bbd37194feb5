"""Follows the links of the OpenAPI document: what an answer leads to is asked as the document says, no more."""

import json
import re
from collections.abc import Mapping
from typing import Any, NamedTuple, cast
from urllib.parse import quote

import httpx

from tests.conformity import DOCUMENT
from tests.running import Api

OPERATIONS: dict[str, tuple[str, str, dict[str, Any]]] = {
    operation["operationId"]: (method.upper(), template, operation)
    for template, methods in DOCUMENT["paths"].items()
    for method, operation in methods.items()
}
LinkName = tuple[str, int, str]  # operationId, status, name of the link


class Absent(Exception):
    """An expression that leads to nothing in this answer."""


class Answered(NamedTuple):
    """A request as the document names it, and its answer."""

    operation: str
    parameters: Mapping[str, Any]
    body: Any
    response: httpx.Response

    def links(self) -> dict[LinkName, dict[str, Any]]:
        """What the document says can be asked next."""
        described = OPERATIONS[self.operation][2]["responses"].get(str(self.response.status_code), {})
        return {
            (self.operation, self.response.status_code, name): link
            for name, link in described.get("links", {}).items()
        }


def every_link() -> dict[LinkName, str]:
    """All links of the document, each with the operation that it leads to."""
    return {
        (operation_id, int(status), name): link["operationId"]
        for operation_id, (_, _, operation) in OPERATIONS.items()
        for status, response in operation["responses"].items()
        for name, link in response.get("links", {}).items()
    }


def ask(api: Api, operation_id: str, parameters: Mapping[str, Any], body: Any = None) -> Answered:
    """Ask an operation by its id, each parameter put where the document has it."""
    method, template, operation = OPERATIONS[operation_id]
    places = {one["name"]: one["in"] for one in operation.get("parameters", [])}
    path, query, headers = template, list[tuple[str, Any]](), dict[str, str]()
    for name, value in parameters.items():
        match places[name]:
            case "path":
                path = path.replace(f"{{{name}}}", quote(str(value), safe=""))
            case "query":
                query += [(name, one) for one in (value if isinstance(value, list) else [value])]  # pyright: ignore[reportUnknownVariableType]
            case _:
                headers[name] = str(value)
    content = None
    if body is not None:
        media = next(iter(operation["requestBody"]["content"]))
        headers["Content-Type"] = media
        content = json.dumps(body) if media == "application/json" else str(body)
    response = api.request(method, path, params=query, headers=headers, content=content)
    return Answered(operation_id, parameters, body, response)


def follow(api: Api, answered: Answered, link: Mapping[str, Any]) -> Answered:
    """Ask what a link leads to. Raises Absent where this answer has not what a required parameter or the body needs."""
    _, _, operation = OPERATIONS[link["operationId"]]
    required = {one["name"] for one in operation.get("parameters", []) if one["required"]}
    parameters: dict[str, Any] = {}
    for name, expression in link["parameters"].items():
        try:
            value = _evaluated(expression, answered)
        except Absent:
            if name in required or _is_of_the_answer(expression):
                raise
            continue  # what was not asked is not asked again
        parameters[name] = value
    return ask(api, link["operationId"], parameters, _evaluated(link.get("x-body"), answered))


def _is_of_the_answer(expression: str) -> bool:
    return expression.startswith("$response.")


def _evaluated(expression: Any, answered: Answered) -> Any:
    """The value of a runtime expression (OpenAPI 3.1, Link Object), or of the expressions within a value."""
    if isinstance(expression, dict):
        return {name: _evaluated(one, answered) for name, one in cast("dict[str, Any]", expression).items()}
    if isinstance(expression, list):
        return [_evaluated(one, answered) for one in cast("list[Any]", expression)]
    if not isinstance(expression, str) or not expression.startswith("$"):
        return expression
    found = re.fullmatch(r"\$(request|response)\.(body|header|path|query)(?:#(/.*)|\.(.+))", expression)
    assert found is not None, f"no expression of OpenAPI: {expression}"
    side, place, pointer, name = found.groups()
    match side, place:
        case "response", "body":
            return _pointed(answered.response.json(), pointer)
        case "request", "body":
            return _pointed(answered.body, pointer)
        case "response", "header":
            return _held(answered.response.headers, name)
        case _:
            return _held(answered.parameters, name)


def _held(values: Mapping[str, Any], name: str) -> Any:
    if name not in values:
        raise Absent(name)
    return values[name]


def _pointed(value: Any, pointer: str) -> Any:
    """What an RFC 6901 pointer points at; null at the end of a list's pages is nothing."""
    for step in pointer.split("/")[1:]:
        if isinstance(value, list) and step.isdigit() and int(step) < len(cast("list[Any]", value)):
            value = cast("list[Any]", value)[int(step)]
        elif isinstance(value, dict) and step in value:
            value = cast("dict[str, Any]", value)[step]
        else:
            raise Absent(pointer)
    if value is None and pointer == "/next":
        raise Absent(pointer)
    return cast("Any", value)
