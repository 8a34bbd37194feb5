"""Whether an answer is one that the OpenAPI document describes."""

import json
import re
from functools import cache
from typing import Any
from urllib.parse import quote

import httpx
import jsonschema_rs

from service.app import contract
from service.web.document import openapi

PROBLEM = "application/problem+json"
LINES = "application/x-ndjson"
HTML = "text/html; charset=utf-8"
_HERE = "urn:document"
PREFIX = re.compile(
    r"^/as-known/[0-9]{4}-[0-9]{2}-[0-9]{2}(?=/(?!as-known/))"
)  # documented once, not by operation
DOCUMENT: dict[str, Any] = json.loads(json.dumps(openapi(contract())))


@cache
def _paths() -> list[tuple[re.Pattern[str], str]]:
    # those without parameters first: /v1/facts/{id} also fits what another path says literally
    templates = sorted(DOCUMENT["paths"], key=lambda template: template.count("{"))
    return [
        (re.compile(re.sub(r"\\\{[^}]*\\\}", "[^/]+", re.escape(template))), template)
        for template in templates
    ]


def template_of(path: str) -> str | None:
    """The path of the document that a requested path is an instance of."""
    return next((template for pattern, template in _paths() if pattern.fullmatch(path)), None)


def _at(pointer: str) -> dict[str, Any]:
    """What stands at a pointer of the document."""
    found: Any = DOCUMENT
    for step in pointer.split("/")[1:]:
        found = found[step.replace("~1", "/").replace("~0", "~")]
    return found


def _pointer(*steps: str) -> str:
    return "".join("/" + step.replace("~", "~0").replace("/", "~1") for step in steps)


@cache
def _validator(pointer: str) -> jsonschema_rs.Validator:
    """A validator of the schema that stands at a pointer of the document."""
    return validator_of({"$ref": f"#{quote(pointer, safe='/~')}"})


def validator_of(schema: dict[str, Any]) -> jsonschema_rs.Validator:
    """A validator of a schema that refers to others of the document."""
    referring = json.loads(json.dumps(schema).replace('"$ref": "#', f'"$ref": "{_HERE}#'))
    return jsonschema_rs.Draft202012Validator(referring, validate_formats=True, registry=_registry())


@cache
def _registry() -> jsonschema_rs.Registry:
    """The document, which is read once for all validators: to read its schemas takes ten times as long as to make one."""
    return jsonschema_rs.Registry([(_HERE, DOCUMENT)], draft=jsonschema_rs.Draft202012)


def _assert_valid(pointer: str, value: Any) -> None:
    errors = [
        f"{'/'.join(map(str, error.instance_path))}: {error.message[:500]}"
        for error in _validator(pointer).iter_errors(value)
    ]
    assert not errors, f"not as {pointer} says: {errors}"


def _resolved(described: dict[str, Any], pointer: str) -> tuple[dict[str, Any], str]:
    """What a reference object of the document refers to, and where that stands."""
    while "$ref" in described:
        pointer = described["$ref"].removeprefix("#")
        described = _at(pointer)
    return described, pointer


def _assert_headers(described: dict[str, Any], pointer: str, response: httpx.Response) -> None:
    for name, referred in described.get("headers", {}).items():
        header, place = _resolved(referred, f"{pointer}{_pointer('headers', name)}")
        given = response.headers.get(name)
        if given is None:
            assert not header["required"], f"the header {name} is missing"
            continue
        value: Any = int(given) if header["schema"].get("type") == "integer" else given
        _assert_valid(f"{place}/schema", value)


def _assert_problem(response: httpx.Response) -> None:
    if response.headers["content-type"] == HTML:  # only where the client names it
        assert "text/html" in response.request.headers["accept"]
        assert "<h1>" in response.text
        return
    assert response.headers["content-type"] == PROBLEM
    problem = response.json()
    _assert_valid(_pointer("components", "schemas", "Problem"), problem)
    assert problem["status"] == response.status_code
    assert problem["detail"]


def assert_conforms(response: httpx.Response) -> None:
    """Fails where status, media type, headers or body are not what the document says of the operation."""
    method = response.request.method
    path = PREFIX.sub("", response.request.url.path)
    assert response.headers.get("x-request-id"), "every answer carries a request id"
    template = template_of(PREFIX.sub("", response.request.url.raw_path.decode().partition("?")[0]))
    if method == "HEAD":
        assert response.content == b""
        method = "GET"
        body_sent = False
    else:
        body_sent = True
    operation = None if template is None else DOCUMENT["paths"][template].get(method.lower())
    if operation is None:
        if method == "OPTIONS" and template is not None:
            assert response.status_code == 204
            assert response.headers["allow"]
            return
        assert response.status_code in {400, 404, 405}, f"{method} {path} is not described"
        if body_sent:
            _assert_problem(response)
        assert response.status_code != 405 or response.headers["allow"]
        return
    assert template is not None
    status = str(response.status_code)
    if response.status_code == 304:
        assert response.content == b""
        assert response.headers["etag"]
        return
    described = operation["responses"].get(status)
    assert described is not None, f"{method} {template} does not describe {status}: {response.text[:2000]}"
    described, pointer = _resolved(
        described, _pointer("paths", template, method.lower(), "responses", status)
    )
    _assert_headers(described, pointer, response)
    content = described.get("content")
    if content is None:
        assert response.content == b""
        return
    media = response.headers["content-type"]
    assert media in content, f"{media} is not among {list(content)}"
    if not body_sent:
        return
    if response.status_code >= 400:
        _assert_problem(response)
    if media == LINES:
        assert response.text.endswith("\n") or not response.content
        for line in response.text[:-1].split("\n") if response.content else ():
            _assert_valid(f"{pointer}{_pointer('content', media, 'x-item-schema')}", json.loads(line))
    if media in {"application/json", PROBLEM}:
        _assert_valid(f"{pointer}{_pointer('content', media, 'schema')}", response.json())
