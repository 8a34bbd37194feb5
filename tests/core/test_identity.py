"""Ids, compared with the test vectors in docs/identity.md."""

import json
import re
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
import pytest

from service.core import identity
from service.core.facts import FactKey

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "identity.md").read_text()
VECTORS: list[dict[str, Any]] = json.loads(PAGE.split("```json")[1].split("```")[0])
RECIPE = PAGE.split("```python")[1].split("```")[0]


def key_of(vector: dict[str, Any]) -> FactKey:
    key = {"unit": None, "comparison": None, **vector["key"]}
    return msgspec.convert({"company": vector["company"], **key}, FactKey)


def test_the_page_has_vectors_of_every_sort() -> None:
    keys = [vector["key"] for vector in VECTORS]
    assert len(keys) >= 8
    assert len({vector["id"] for vector in VECTORS}) == len(keys)
    assert any(key["period"] is None for key in keys)
    assert any(key["period"] and "instant" in key["period"] for key in keys)
    assert any(key.get("comparison") for key in keys)
    assert any(len(key["dimensions"]) > 1 for key in keys)
    assert any(not value.isascii() for key in keys for value in key["dimensions"].values())
    for key in keys:
        assert ({"unit", "comparison"} <= set(key)) == (key["kind"] == "metric")


@pytest.mark.parametrize("vector", VECTORS, ids=[vector["id"][:8] + vector["id"][-4:] for vector in VECTORS])
def test_the_service_and_the_recipe_come_to_the_id_of_the_page(vector: dict[str, Any]) -> None:
    expected = UUID(vector["id"])
    assert key_of(vector).id == expected
    recipe: dict[str, Any] = {}
    exec(RECIPE, recipe)
    assert recipe["fact_id"](vector["company"], vector["key"]) == expected
    assert expected.version == 8
    assert expected.variant == "specified in RFC 4122"


def test_an_id_tells_the_company() -> None:
    for vector in VECTORS:
        assert identity.company_key_of(UUID(vector["id"])) == identity.company_key(vector["company"])


def test_the_order_of_dimensions_does_not_count() -> None:
    def made(dimensions: dict[str, str]) -> UUID:
        return identity.fact_id(
            company="acme", kind="product", subject="anvil", dimensions=dimensions, basis="reported", period=None,
            unit=None, comparison=None,
        )  # fmt: skip

    assert made({"a": "1", "b": "2"}) == made({"b": "2", "a": "1"})


def test_unit_and_comparison_count_for_a_metric_alone() -> None:
    def made(kind: str, unit: str | None) -> UUID:
        return identity.fact_id(
            company="acme", kind=kind, subject="revenue", dimensions={}, basis="reported", period=None, unit=unit,
            comparison=None,
        )  # fmt: skip

    assert made("metric", "USD") != made("metric", "EUR")
    assert made("investment", "USD") == made("investment", "EUR")


def test_sources_are_named_by_content_or_address() -> None:
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert identity.content_id(b"") == f"sha256:{empty}"
    assert re.fullmatch(r"url:[0-9a-f]{64}", identity.address_id("https://example.org/"))
