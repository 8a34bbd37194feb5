"""The contract: every operation described once, and the OpenAPI 3.1 document made of those descriptions.

Schemas come from msgspec itself, which decodes and encodes by the same types, so the document cannot say
otherwise than the service does. `docs/decisions/` tells why the framework's own generator is not used.
"""

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Literal

import msgspec
from msgspec import Struct

from service.domain.differences import Json
from service.http.parameters import Nothing
from service.http.problems import MEDIA_TYPE, SORTS, Problem

if TYPE_CHECKING:
    from service.http.exchange import Call, Reply

Method = Literal["GET", "POST", "PUT"]
Scope = Literal["read", "write", "admin"]
JSON = "application/json"
NDJSON = "application/x-ndjson"


class Header(Struct, frozen=True, kw_only=True):
    """A header of an answer or of a request."""

    description: str
    schema: Mapping[str, Json]
    required: bool = True


LOG_POSITION = Header(
    description="The position of the log that the answer was given at. The same read with `at` set to it gives the "
    "same bytes, whatever is written since.",
    schema={"type": "integer", "minimum": 0, "maximum": 2**53 - 1, "examples": [812]},
)
ETAG = Header(
    description="Strong entity tag: equal bytes, equal tag.",
    schema={"type": "string", "maxLength": 100, "examples": ['"9b1f4e0c5d7a2b6e8f3a1c4d"']},
)
LOCATION = Header(
    description="Where the thing can be read.",
    schema={
        "type": "string",
        "format": "uri-reference",
        "maxLength": 500,
        "examples": ["/v1/facts/4f2a1c9e-0d3b-8a71-9c55-2b7e4d6f8a10"],
    },
)
LINK = Header(
    description='`rel="next"`: the next page (RFC 8288).',
    schema={"type": "string", "maxLength": 8000, "examples": ['</v1/facts?cursor=abc>; rel="next"']},
    required=False,
)
IF_MATCH = Header(
    description="Write only if the fact that the body addresses has this ETag; `*`: only if it exists.",
    schema={
        "type": "string",
        "minLength": 1,
        "maxLength": 1000,
        "pattern": r"^[!-~ ]+$",
        "examples": ['"9b1f4e0c5d7a2b6e8f3a1c4d"'],
    },
    required=False,
)
IF_NONE_MATCH = Header(
    description="Read: answer 304 if the ETag is still this one. Write, with `*`: only if the fact does not exist yet.",
    schema={"type": "string", "minLength": 1, "maxLength": 1000, "pattern": r"^[!-~ ]+$", "examples": ["*"]},
    required=False,
)


class Answer(Struct, frozen=True, kw_only=True):
    """A successful answer."""

    description: str
    type: object = None  # of the body; None: no body, or not JSON
    media: str = JSON
    headers: Mapping[str, Header] = {}
    links: Mapping[str, "Link"] = {}


class Link(Struct, frozen=True, kw_only=True):
    """What can be asked next, with what (OpenAPI's link object)."""

    operation: str
    parameters: Mapping[str, str]
    description: str
    body: Json = None


class Operation(Struct, frozen=True, kw_only=True, dict=True):
    """One method of one path: how it is asked, answered and refused."""

    method: Method
    path: str  # with {names} in braces
    id: str  # operationId
    tag: str
    summary: str
    description: str
    handler: "Callable[[Call], Awaitable[Reply]]"
    answers: Mapping[int, Answer]
    problems: Sequence[int] = ()
    query: type[Struct] = Nothing
    parameters: type[Struct] = Nothing  # of the path
    headers: Mapping[str, Header] = {}
    body: object = None
    body_media: str = JSON
    body_example: Json = None
    scope: Scope = "read"
    open: bool = False  # needs no key, whatever the settings
    large: bool = False  # takes the body of an import

    @cached_property
    def media(self) -> tuple[str, ...]:
        """The media types that it answers in."""
        return tuple(dict.fromkeys(answer.media for answer in self.answers.values()))

    @cached_property
    def refusals(self) -> tuple[int, ...]:
        """Every status that it may refuse with."""
        found = {405, 406, 500, *self.problems}
        if not self.open:
            found |= {401, 403, 503}
        if self.query is not Nothing or self.parameters is not Nothing or self.body is not None:
            found.add(400)
        if self.body is not None:
            found |= {413, 415}
        return tuple(sorted(found))


class Contract:
    """All operations of the service."""

    def __init__(self, operations: Sequence[Operation], *, version: str, tags: Mapping[str, str]) -> None:
        self.operations = tuple(operations)
        self._version = version
        self._tags = tags
        self._patterns = [
            (re.compile("^" + re.sub(r"\\\{[^}]*\\\}", "[^/]+", re.escape(path)) + "$"), path)
            for path in self.paths
        ]

    @cached_property
    def paths(self) -> dict[str, list[Operation]]:
        """The operations by path."""
        found: dict[str, list[Operation]] = {}
        for operation in self.operations:
            found.setdefault(operation.path, []).append(operation)
        return found

    def allowed(self, path: str) -> str:
        """The `Allow` header of a path as it was asked."""
        for pattern, template in self._patterns:
            if pattern.match(path):
                return self.methods(template)
        return "GET, HEAD, OPTIONS"

    def methods(self, template: str) -> str:
        """The `Allow` header of a path as it is declared."""
        methods = [operation.method for operation in self.paths[template]]
        return ", ".join([*methods, *(["HEAD"] if "GET" in methods else []), "OPTIONS"])

    def document(self) -> dict[str, Json]:
        """The OpenAPI 3.1 document."""
        types = self._types()
        schemas, components = msgspec.json.schema_components(
            types, ref_template="#/components/schemas/{name}"
        )
        by_type = {id(wanted): _tidied(schema) for wanted, schema in zip(types, schemas, strict=True)}
        paths: dict[str, Json] = {
            path: {operation.method.lower(): self._operation(operation, by_type) for operation in operations}
            for path, operations in self.paths.items()
        }
        return {
            "openapi": "3.1.0",
            "info": {
                "title": "companyfacts",
                "version": self._version,
                "summary": "What is known about a company, since when, and where does it say so?",
                "description": "Versioned company facts, each with its unit, accuracy, period, vintage and a source "
                "citation that the service has itself checked against the archived passage.",
                "contact": {"name": "companyfacts", "url": "https://example.org/companyfacts"},
                "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
            },
            "servers": [{"url": "/", "description": "The service that serves this document."}],
            "security": [{"key": []}, {}],
            "tags": [{"name": name, "description": description} for name, description in self._tags.items()],
            "paths": paths,
            "components": {
                "schemas": {name: _tidied(schema) for name, schema in components.items()},
                "securitySchemes": {
                    "key": {
                        "type": "http",
                        "scheme": "bearer",
                        "description": "A key made with `companyfacts key create`.",
                    }
                },
            },
        }

    def _types(self) -> list[object]:
        found: dict[int, object] = {id(Problem): Problem}
        for operation in self.operations:
            for wanted in (operation.body, *(answer.type for answer in operation.answers.values())):
                if wanted is not None:
                    found[id(wanted)] = wanted
        return list(found.values())

    def _operation(self, operation: Operation, by_type: Mapping[int, Json]) -> Json:
        responses: dict[str, Json] = {
            str(status): _answer(answer, by_type) for status, answer in operation.answers.items()
        }
        for status in operation.refusals:
            responses[str(status)] = _refusal(status, by_type)
        described: dict[str, Json] = {
            "operationId": operation.id,
            "tags": [operation.tag],
            "summary": operation.summary,
            "description": operation.description,
            "responses": dict(sorted(responses.items())),
        }
        if parameters := _parameters(operation):
            described["parameters"] = parameters
        if operation.body is not None:
            schema: Json = {"type": "string"} if operation.body_media != JSON else by_type[id(operation.body)]
            content: dict[str, Json] = {"schema": schema}
            if operation.body_example is not None:
                content["examples"] = {
                    "example": {"summary": operation.summary, "value": operation.body_example}
                }
            described["requestBody"] = {
                "description": "What is to be recorded.",
                "required": True,
                "content": {operation.body_media: content},
            }
        if operation.open:
            described["security"] = [{}]
        elif operation.scope != "read":
            described["security"] = [{"key": []}]
        return described


def _answer(answer: Answer, by_type: Mapping[int, Json]) -> Json:
    described: dict[str, Json] = {"description": answer.description}
    if answer.type is not None:
        described["content"] = {answer.media: {"schema": by_type[id(answer.type)]}}
    elif answer.media != JSON:
        described["content"] = {answer.media: {"schema": {"type": "string"}}}
    if answer.headers:
        described["headers"] = {
            name: {"description": h.description, "required": h.required, "schema": dict(h.schema)}
            for name, h in answer.headers.items()
        }
    if answer.links:
        described["links"] = {
            name: {
                "operationId": link.operation,
                "parameters": dict(link.parameters),
                "description": link.description,
                **({} if link.body is None else {"requestBody": link.body}),
            }
            for name, link in answer.links.items()
        }
    return described


def _refusal(status: int, by_type: Mapping[int, Json]) -> Json:
    sorts = [sort for sort in SORTS.values() if sort.status == status]
    described: dict[str, Json] = {
        "description": " ".join(f"{sort.title}." for sort in sorts),
        "content": {MEDIA_TYPE: {"schema": by_type[id(Problem)]}},
    }
    if status == 503:
        described["headers"] = {
            "Retry-After": {
                "description": "Seconds to wait.",
                "required": True,
                "schema": {"type": "integer", "minimum": 1, "maximum": 3600, "examples": [2]},
            }
        }
    if status == 405:
        described["headers"] = {
            "Allow": {
                "description": "The methods of the path.",
                "required": True,
                "schema": {"type": "string", "maxLength": 100, "examples": ["GET, HEAD, OPTIONS"]},
            }
        }
    return described


def _parameters(operation: Operation) -> list[Json]:
    found: list[Json] = []
    for place, wanted in (("path", operation.parameters), ("query", operation.query)):
        _, components = msgspec.json.schema_components([wanted])
        shape = _tidied(components[wanted.__name__])
        properties = shape.get("properties") if isinstance(shape, Mapping) else None
        if not isinstance(properties, Mapping):
            continue
        required = {f.encode_name for f in msgspec.structs.fields(wanted) if f.required}
        for name, schema in properties.items():
            content = dict(schema) if isinstance(schema, Mapping) else {}
            description = content.pop("description", name)
            parameter: dict[str, Json] = {
                "name": name,
                "in": place,
                "required": name in required,
                "description": description,
                "schema": content,
            }
            if content.get("type") == "array":
                parameter |= {"style": "form", "explode": True}
            found.append(parameter)
    for name, header in operation.headers.items():
        found.append(
            {
                "name": name,
                "in": "header",
                "required": header.required,
                "description": header.description,
                "schema": dict(header.schema),
            }
        )
    return found


def _tidied(schema: Json) -> Json:
    """msgspec's schema as linters and generators like it: every enum typed, no title where there is a description."""
    if isinstance(schema, Mapping):
        found: dict[str, Json] = {
            name: _tidied(value)
            for name, value in schema.items()
            if name != "title" or isinstance(value, Mapping)
        }
        if "enum" in found and "type" not in found:
            found["type"] = "string"
        return found
    if isinstance(schema, list):
        return [_tidied(item) for item in schema]
    return schema
