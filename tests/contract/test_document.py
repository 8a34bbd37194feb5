"""The OpenAPI document: as the code says, closed where requests are read, and with examples that are true."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest

from service.app import openapi_document
from service.web.edge import HOT
from tests.conformity import DOCUMENT, validator_of

ROOT = Path(__file__).resolve().parents[2]
SCHEMAS: dict[str, Any] = DOCUMENT["components"]["schemas"]
OPERATIONS = [
    pytest.param(operation, id=operation["operationId"])
    for methods in DOCUMENT["paths"].values()
    for operation in methods.values()
]


def resolved(node: dict[str, Any]) -> dict[str, Any]:
    """What a reference refers to; anything else itself."""
    while "$ref" in node:
        target: Any = DOCUMENT
        for step in str(node["$ref"]).removeprefix("#/").split("/"):
            target = target[step]
        node = target
    return node


def nodes(node: Any) -> Iterator[dict[str, Any]]:
    """Every object of a part of the document, itself included."""
    if isinstance(node, dict):
        found = cast("dict[str, Any]", node)
        yield found
        for value in found.values():
            yield from nodes(value)
    elif isinstance(node, list):
        for value in cast("list[Any]", node):
            yield from nodes(value)


def reached(schema: Any) -> set[str]:
    """The components that a schema is made of."""
    found: set[str] = set()
    waiting = [schema]
    while waiting:
        for node in nodes(waiting.pop()):
            name = node.get("$ref", "").rpartition("/")[2]
            if name and name not in found:
                found.add(name)
                waiting.append(SCHEMAS[name])
    return found


def test_the_committed_document_is_what_the_code_says() -> None:
    committed = (ROOT / "openapi" / "openapi.json").read_text()
    assert committed == openapi_document(), "run `companyfacts openapi > openapi/openapi.json` and commit it"


@pytest.mark.parametrize("operation", OPERATIONS)
def test_requests_take_no_field_that_is_not_described(operation: dict[str, Any]) -> None:
    for content in operation.get("requestBody", {}).get("content", {}).values():
        for name in reached(content["schema"]):
            component = SCHEMAS[name]
            assert "oneOf" in component or component["additionalProperties"] is False, name


@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_example_fits_its_schema(operation: dict[str, Any]) -> None:
    bodies = [operation.get("requestBody", {}), *map(resolved, operation["responses"].values())]
    for body in bodies:
        for media, content in body.get("content", {}).items():
            validator = validator_of(content["schema"])
            for name, example in content.get("examples", {}).items():
                validator.validate(resolved(example)["value"])
                assert "json" not in media or resolved(example)["value"] is not None, name


def test_the_operations_that_the_framework_need_not_route_are_there() -> None:
    ids = {
        operation["operationId"] for methods in DOCUMENT["paths"].values() for operation in methods.values()
    }
    assert ids >= HOT


def test_who_asks_for_a_position_may_be_told_that_the_log_ends_before_it() -> None:
    asked = [
        operation
        for methods in DOCUMENT["paths"].values()
        for operation in methods.values()
        if "at" in {one["name"] for one in operation.get("parameters", ())}
    ]
    assert len(asked) > 30
    assert [one["operationId"] for one in asked if "422" not in one["responses"]] == []


def test_links_lead_to_operations_with_parameters_that_these_have() -> None:
    operations = {
        operation["operationId"]: operation
        for methods in DOCUMENT["paths"].values()
        for operation in methods.values()
    }
    for operation in operations.values():
        for response in map(resolved, operation["responses"].values()):
            for link in response.get("links", {}).values():
                target = operations[link["operationId"]]
                assert set(link["parameters"]) <= {parameter["name"] for parameter in target["parameters"]}
                assert "x-body" not in link or "requestBody" in target


@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_parameter_of_text_says_what_it_may_be(operation: dict[str, Any]) -> None:
    for parameter in operation.get("parameters", []):
        schemas = [resolved(parameter)["schema"]]
        while schemas:
            schema = resolved(schemas.pop())
            schemas += [
                *schema.get("anyOf", []),
                *schema.get("oneOf", []),
                *filter(None, [schema.get("items")]),
            ]
            if schema.get("type") == "string":
                assert schema.keys() & {"pattern", "enum", "const", "format"}, parameter


def test_every_component_is_used() -> None:
    used = {node["$ref"] for node in nodes(DOCUMENT) if "$ref" in node}
    used |= {target for node in nodes(DOCUMENT) for target in node.get("mapping", {}).values()}
    for sort in ("schemas", "examples", "headers", "responses"):
        for name in DOCUMENT["components"][sort]:
            assert f"#/components/{sort}/{name}" in used, f"{sort}/{name}"


def test_who_reads_the_document_over_http_gets_the_same(api: Any) -> None:
    assert json.loads(api.get("/openapi.json").content) == DOCUMENT
