"""Every problem of a body names the place: each leaf of each example of the contract is damaged, one at a time."""

import json
from collections.abc import Iterator
from copy import deepcopy
from typing import Any, cast

import pytest

from tests.bodies import market_share, quote, source, source_id
from tests.contract.walking import OPERATIONS
from tests.running import InProcess

JSON = "application/json"
BODIES = [
    pytest.param(operation_id, example["value"], id=f"{operation_id}-{name}")
    for operation_id, (_, _, operation) in OPERATIONS.items()
    for name, example in operation.get("requestBody", {"content": {}})["content"]
    .get(JSON, {})
    .get("examples", {})
    .items()
]
Way = tuple[str | int, ...]
# An object is no scalar, NUL is in no text, and the last is no slug, date, number or word of a list.
DAMAGES: list[Any] = [{"a": 1}, "a\x00b", "\u2028 !"]


def places(value: Any, way: Way = ()) -> Iterator[tuple[Way, Any]]:
    """Each leaf and each container of a body, and the way to it."""
    yield way, value
    members: list[tuple[str | int, Any]] = []
    if isinstance(value, dict):
        members += cast("dict[str, Any]", value).items()
    if isinstance(value, list):
        members += enumerate(cast("list[Any]", value))
    for step, member in members:
        yield from places(member, (*way, step))


def replaced(body: Any, way: Way, value: Any) -> Any:
    made = deepcopy(body)
    inner = made
    for step in way[:-1]:
        inner = inner[step]
    inner[way[-1]] = value
    return made


def pointer(way: Way) -> str:
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in way)


def path_of(operation_id: str) -> tuple[str, str]:
    method, template, _ = OPERATIONS[operation_id]
    return method, template.replace("{id}", "00000000-0000-8000-8000-000000000000")


@pytest.mark.parametrize(("operation_id", "body"), BODIES)
def test_the_problem_of_a_damaged_leaf_names_the_leaf(api: InProcess, operation_id: str, body: Any) -> None:
    method, path = path_of(operation_id)
    asked = list(damaged(body))
    whole = api.request(method, path, json=body).json()
    answers = api.together([api.request_of(method, path, json=one) for _, one in asked])
    refused = 0
    for (way, one), answer in zip(asked, answers, strict=True):
        told = answer.json()
        assert answer.status_code < 500, (way, one, told)
        if answer.status_code not in {400, 422} or told.get("detail") == whole.get("detail"):
            continue  # text may say anything, and what the example names may be missing
        refused += 1
        named = [error.get("pointer") for error in told.get("errors", [])]
        expected = pointer(way)
        assert any(name is not None and (name == expected or name.startswith(f"{expected}/")) for name in named), (
            expected, json.dumps(one)[:300], told,
        )  # fmt: skip
    assert refused > len(asked) / 2


def damaged(body: Any) -> Iterator[tuple[Way, Any]]:
    for way, value in places(body):
        if isinstance(value, dict):
            yield (*way, "no/such~field"), replaced(body, (*way, "no/such~field"), 1)
        if way:
            for damage in DAMAGES:
                yield way, replaced(body, way, damage)


TEXT = "Acme had a 36% market share and saves 5% to 8% of costs."


def market_share_of(**changes: Any) -> dict[str, Any]:
    return {**market_share(source_id(TEXT), "36"), **changes}


def of_program(**benefit: Any) -> dict[str, Any]:
    benefits = [{"what": "costs", "quantity": {"value": "5", "unit": "percent"}}, {"what": "more", **benefit}]
    return market_share_of(kind="program", subject="saver", value={"name": "Saver", "benefits": benefits})


CITED = {"source": source_id(TEXT)}
SPAN = {"low": "8", "high": "5", "unit": "percent"}
LOOKUP = {"company": "acme", "kind": "metric", "subject": "a"}
# a body that has the right form and means something impossible, and the place of the mistake
IMPOSSIBLE: dict[str, tuple[str, str, Any, str]] = {
    "a period that ends before it begins": (
        "POST", "/v1/facts", market_share_of(period={"start": "2025-12-31", "end": "2025-01-01"}), "/period",
    ),
    "a year that no company reports": ("POST", "/v1/facts", market_share_of(period={"instant": "0001-01-01"}), "/period"),
    "a span that ends before it begins": (
        "POST", "/v1/facts", market_share_of(value={"market": "m", "share": SPAN}), "/value/share",
    ),
    "a span in the second benefit": ("POST", "/v1/facts", of_program(quantity=SPAN), "/value/benefits/1/quantity"),
    "a concept that is no metric's": ("POST", "/v1/facts", market_share_of(subject="us-gaap:Revenues"), "/subject"),
    "a day before it was public": ("POST", "/v1/facts", market_share_of(known_at="1999-01-01"), "/known_at"),
    "a second source that is not recorded": (
        "POST", "/v1/facts", market_share_of(citations=[CITED, {"source": source_id("another")}]), "/citations/1/source",
    ),
    "a second quote that does not occur": (
        "POST", "/v1/facts", market_share_of(citations=[CITED, quote(source_id(TEXT), "not there")]),
        "/citations/1/selector/exact",
    ),
    "a place beyond the text": (
        "POST", "/v1/facts",
        market_share_of(citations=[{**CITED, "selector": {"type": "text_position", "start": 5, "end": 9000}}]),
        "/citations/0/selector",
    ),
    "an entry of what is no JSON": (
        "POST", "/v1/facts",
        market_share_of(citations=[{**CITED, "selector": {"type": "json_pointer", "pointer": "/a"}}]),
        "/citations/0/selector/pointer",
    ),
    "a company that is not recorded": ("POST", "/v1/facts", market_share_of(company="nobody"), "/company"),
    "a check of a company that is not recorded": (
        "POST", "/v1/checks", {"fact": market_share_of(company="nobody")}, "/fact/company",
    ),
    "a check of a quote that does not occur": (
        "POST", "/v1/checks", {"fact": market_share_of(citations=[CITED, quote(source_id(TEXT), "not there")])},
        "/fact/citations/1/selector/exact",
    ),
    "a parent that is not recorded": ("POST", "/v1/companies", {"slug": "b", "name": "B", "parent": "nobody"}, "/parent"),
    "its own parent": ("POST", "/v1/companies", {"slug": "b", "name": "B", "parent": "b"}, "/parent"),
    "an LEI with a wrong check digit": (
        "POST", "/v1/companies", {"slug": "b", "name": "B", "identifiers": {"lei": "5493001KJTIIGC8Y1R13"}},
        "/identifiers/lei",
    ),
    "the hash of other content": (
        "POST", "/v1/sources", {"title": "T", "text": "one", "sha256": "0" * 64}, "/sha256",
    ),
    "a source without content or address": ("POST", "/v1/sources", {"title": "T"}, "/url"),
    "an encoding that is none": (
        "POST", "/v1/sources", {"title": "T", "base64": "QQ==", "charset": "no-such"}, "/charset",
    ),
    "a second look-up of a quarter that is none": (
        "POST", "/v1/lookup",
        {"items": [LOOKUP, {**LOOKUP, "period": "2025Q9"}]},
        "/items/1/period",
    ),
    "a version that is not there": ("POST", "/v1/facts/{fact}/retractions", {"version": 9, "reason": "r"}, "/version"),
    "a part beyond the source": ("POST", "/v1/readings", {"source": source_id(TEXT), "start": 5, "end": 9000}, "/end"),
}  # fmt: skip


def test_what_is_impossible_names_its_place(api: InProcess) -> None:
    api.made("/v1/companies", {"slug": "acme", "name": "Acme"})
    api.made("/v1/sources", source(TEXT))
    fact = api.made("/v1/facts", market_share_of())["id"]
    found: dict[str, Any] = {}
    for case, (method, path, body, _) in IMPOSSIBLE.items():
        answer = api.request(method, path.replace("{fact}", fact), json=body)
        told = answer.json()
        items = told.get("items", [])
        errors = told.get("errors", []) + [
            one for item in items for one in item.get("problem", {}).get("errors", [])
        ]
        found[case] = errors[0].get("pointer") if errors else (answer.status_code, told)
    assert found == {case: expected for case, (_, _, _, expected) in IMPOSSIBLE.items()}


def test_content_that_is_not_the_sources_names_the_source(api: InProcess) -> None:
    hashed = api.made("/v1/sources", source(None, sha256="0" * 64))["id"]
    addressed = api.made("/v1/sources", source(None, url="https://example.org/a"))["id"]
    for one in (hashed, addressed):
        answer = api.put(
            f"/v1/sources/{one}/snapshot", content=b"other", headers={"Content-Type": "text/plain"}
        )
        assert answer.status_code == 422
        assert [error["parameter"] for error in answer.json()["errors"]] == ["id"]
