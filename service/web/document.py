"""Builds the OpenAPI 3.1 document from the declared operations; `service.web.schemas` has its components."""

from collections.abc import Mapping
from typing import cast

import msgspec

from service.core.differences import Json
from service.core.keys import Scope
from service.settings import Settings
from service.web.contract import (
    ALLOW,
    AUTHENTICATE,
    CACHE_CONTROL,
    ETAG,
    HTML,
    KNOWN_BY,
    LOCATION,
    LOG_POSITION,
    NDJSON,
    PARQUET,
    PREFERENCE_APPLIED,
    RATE_LIMIT,
    RATE_LIMIT_POLICY,
    REPLAYED,
    REQUEST_ID,
    RETRY_AFTER,
    Answer,
    Contract,
    Header,
    Operation,
)
from service.web.problems import MEDIA_TYPE, SORTS, Problem, ProblemSort
from service.web.schemas import Fields, Schemas

_WITH_STATUS: Mapping[int, Mapping[str, Header]] = {
    401: {"WWW-Authenticate": AUTHENTICATE},
    405: {"Allow": ALLOW},
    **{status: {"Idempotent-Replayed": REPLAYED} for status in (404, 409, 412, 422)},
    429: {"Retry-After": RETRY_AFTER},
    503: {"Retry-After": RETRY_AFTER},
}
_WITH_WRITE = {"Idempotent-Replayed": REPLAYED}
_SCOPES: Mapping[Scope, str] = {
    "read": "A key of any scope, made with `companyfacts key create`. Reads are open unless the operator asks for one.",
    "write": "A key of the scope `write` or `admin`, made with `companyfacts key create --scope write`.",
    "admin": "A key of the scope `admin`, made with `companyfacts key create --scope admin`.",
}


def openapi(contract: Contract, base: str = "") -> Fields:
    """The OpenAPI document of a contract. `base` is the service's base URL, or empty."""
    schemas = Schemas(contract)
    paths: Fields = {}
    for operation in contract.documented:
        methods = cast("Fields", paths.setdefault(operation.path, {}))
        methods[operation.method.lower()] = _operation(operation, schemas)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "companyfacts",
            "version": contract.version,
            "summary": "What is known about a company, since when, and where does it say so?",
            "description": "Versioned company facts, each with its unit, accuracy, period, vintage and a source "
            "citation that the service has itself checked against the archived passage. Requests are read strictly: "
            "an unknown field or parameter is refused. Answers may get fields in a later version; clients skip what "
            "they do not know. Every path with GET also takes HEAD, and every path OPTIONS.",
            "contact": {"name": "The operator of this service"},
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": base or "/", "description": "The service that serves this document."}],
        "security": [{"read": []}, {}],
        "tags": [{"name": name, "description": description} for name, description in contract.tags.items()],
        "paths": paths,
        "components": {
            "schemas": schemas.components,
            "examples": schemas.examples,
            "headers": schemas.headers,
            "responses": {
                "NotModified": _not_modified(schemas),
                "Minimal": _minimal(schemas),
                **{
                    f"Problem{status}": _refusal(status, schemas)
                    for status in sorted({s for operation in contract.documented for s in operation.refusals})
                },
                **{
                    f"ProblemPage{status}": _refusal(status, schemas, page=True)
                    for status in sorted({s for one in contract.documented if one.page for s in one.refusals})
                },
            },
            "securitySchemes": {
                scope: {"type": "http", "scheme": "bearer", "description": description}
                for scope, description in _SCOPES.items()
                if scope in {operation.scope for operation in contract.documented}
            },
        },
    }


def _operation(operation: Operation, schemas: Schemas) -> Json:
    responses: Fields = {
        str(status): _answer(answer, schemas, _WITH_WRITE if operation.scope == "write" else {})
        for status, answer in operation.answers.items()
    }
    if operation.brief:
        responses["204"] = {"$ref": "#/components/responses/Minimal"}
    if operation.conditional:
        responses["304"] = {"$ref": "#/components/responses/NotModified"}
    for status in operation.refusals:
        sort = "ProblemPage" if operation.page else "Problem"
        responses[str(status)] = {"$ref": f"#/components/responses/{sort}{status}"}
    described: Fields = {
        "operationId": operation.id,
        "tags": [operation.tag],
        "summary": operation.summary,
        "description": operation.description,
        "responses": dict(sorted(responses.items())),
    }
    if parameters := _parameters(operation, schemas):
        described["parameters"] = parameters
    if operation.body is not None:
        described["requestBody"] = _body(operation, schemas)
    if operation.open:
        described["security"] = [{}]
    elif operation.scope != "read":
        described["security"] = [{operation.scope: []}]
    return described


def _body(operation: Operation, schemas: Schemas) -> Json:
    if operation.body is bytes:
        # any bytes: in OpenAPI 3.1, a body that is not JSON has no type
        schema: Json = {"description": "The bytes as they are.", "contentMediaType": operation.body_media}
    else:
        schema = schemas.of(operation.body)
    examples: Fields = {}
    if operation.body_example is not None:
        examples["example"] = {"summary": f"{operation.summary}.", "value": operation.body_example}
    else:
        examples |= schemas.members(schema)
    what = "What is asked" if operation.scope == "read" else "What is to be recorded"
    usual = operation.most_bytes(Settings())
    unless = ", unless the operator sets another limit" if isinstance(operation.body_limit, str) else ""
    return {
        "description": f"{what}, in at most {usual:,} bytes{unless}.",
        "required": True,
        "content": {operation.body_media: {"schema": schema, "examples": examples}},
    }


def _answer(answer: Answer, schemas: Schemas, more: Mapping[str, Header]) -> Json:
    described: Fields = {"description": answer.description}
    if answer.type is not None:
        content = schemas.content(answer.type)
        if answer.example is not None:
            content["examples"] = {"example": {"summary": answer.description, "value": answer.example}}
        described["content"] = _texts(answer, {}) | {answer.media: content}
    elif not answer.empty:
        described["content"] = _texts(
            answer, {} if answer.example is None else {"examples": [answer.example]}
        )
    if answer.line is not None:
        cast("Fields", described["content"])[NDJSON] = _lines(answer, schemas)
    described["headers"] = _headers({**answer.headers, **more}, schemas)
    if answer.links:
        described["links"] = {
            name: {
                "operationId": link.operation,
                "parameters": dict(link.parameters),
                "description": link.description,
                # as an extension: openapi-generator takes no `requestBody` of a link but a string
                **({} if link.body is None else {"x-body": link.body}),
            }
            for name, link in answer.links.items()
        }
    return described


def _texts(answer: Answer, more: Fields) -> Fields:
    """The media types of an answer, each as a text or as bytes."""
    text: Fields = {"type": "string", "description": answer.description, "maxLength": 2**31 - 1}
    # generators make a file of this format, which OpenAPI 3.1 has no other words for
    raw: Fields = {
        "type": "string",
        "format": "binary",
        "description": answer.description,
        "maxLength": 2**31 - 1,
    }
    return {media: {"schema": raw if media == PARQUET else text | more} for media in answer.all_media}


def _lines(answer: Answer, schemas: Schemas) -> Json:
    """The schema of an NDJSON body. The schema of a line is an extension here, and `itemSchema` in OpenAPI 3.2."""
    text = "All that the filters keep, to the end: each line an item, in the same order, with a newline after it."
    schema: Fields = {"type": "string", "description": text, "maxLength": 2**53 - 1}
    if answer.type is None:  # no page has the schema of an item
        schema |= {"contentMediaType": NDJSON, "contentSchema": schemas.of(answer.line)}
    return {"schema": schema, "x-item-schema": schemas.of(answer.line)}


def _headers(headers: Mapping[str, Header], schemas: Schemas) -> Json:
    everywhere = {
        "X-Request-ID": REQUEST_ID,
        "Known-By": KNOWN_BY,
        "RateLimit": RATE_LIMIT,
        "RateLimit-Policy": RATE_LIMIT_POLICY,
    }
    cached = (
        {"Cache-Control": CACHE_CONTROL} if headers.get("ETag") is ETAG and "Location" not in headers else {}
    )
    return {
        name: schemas.header(name, header) for name, header in {**headers, **cached, **everywhere}.items()
    }


def _not_modified(schemas: Schemas) -> Json:
    return {
        "description": "The answer is still the one whose ETag `If-None-Match` gives.",
        "headers": _headers({"ETag": ETAG}, schemas),
    }


def _minimal(schemas: Schemas) -> Json:
    headers = {
        "Location": LOCATION,
        "Log-Position": LOG_POSITION,
        "Preference-Applied": PREFERENCE_APPLIED,
        **_WITH_WRITE,
    }
    return {
        "description": "It is recorded, now or before; the body is left out, as `Prefer: return=minimal` asks.",
        "headers": _headers(headers, schemas),
    }


def _refusal(status: int, schemas: Schemas, *, page: bool = False) -> Json:
    """A refusal with this status; with `page`, one that browsers get as a page."""
    sorts = [sort for sort in SORTS.values() if sort.status == status]
    text: Fields = {"type": "string", "description": "The problem as a page.", "maxLength": 2**31 - 1}
    pages: Fields = {HTML: {"schema": text}} if page else {}
    return {
        "description": " ".join(f"{sort.title}." for sort in sorts),
        "headers": _headers(_WITH_STATUS.get(status, {}), schemas),
        "content": {
            MEDIA_TYPE: {
                "schema": schemas.of(Problem),
                "examples": {
                    sort.code: {"summary": f"{sort.title}.", "value": _problem(sort)} for sort in sorts
                },
            },
            **pages,
        },
    }


def _problem(sort: ProblemSort) -> Json:
    return {
        "type": f"/docs/problems/{sort.code}",
        "title": sort.title,
        "status": sort.status,
        "detail": sort.example,
        "instance": "/v1/lookup",
    }


def _parameters(operation: Operation, schemas: Schemas) -> list[Json]:
    found: list[Json] = []
    for place, struct in (("path", operation.parameters), ("query", operation.query)):
        required = {f.encode_name for f in msgspec.structs.fields(struct) if f.required}
        properties = schemas.parameters(struct)
        for name in sorted(properties, key=lambda name: name not in required):  # required ones first
            described = dict(cast("Fields", properties[name]))
            parameter: Fields = {
                "name": name,
                "in": place,
                "required": name in required,
                "description": described.pop("description", ""),
                "schema": described,
            }
            if name in required and isinstance(examples := described.get("examples"), list):
                parameter["example"] = examples[0]  # what the interactive reference fills in
            if described.get("type") == "array":
                parameter |= {"style": "form", "explode": True}
            found.append(parameter)
    for name, header in operation.reads_headers.items():
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
