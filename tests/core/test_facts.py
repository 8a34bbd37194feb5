"""The key of a fact, and dimensions of a query."""

from itertools import permutations
from typing import Any

import msgspec
import pytest

from service.core.facts import AnyAssert, key_of, read_dimensions
from tests.bodies import market_share, source_id


def assertion(**changes: Any) -> Any:
    return msgspec.convert({**market_share(source_id("a"), "36"), **changes}, AnyAssert)  # pyright: ignore[reportArgumentType]: a union


def test_the_value_is_no_part_of_the_key_unless_it_is_a_metrics_unit_or_comparison() -> None:
    one, other = (
        assertion(value={"market": "m", "share": {"value": n, "unit": "percent"}}) for n in ("1", "2")
    )
    assert key_of(one) == key_of(other)
    assert (key_of(one).unit, key_of(one).comparison) == (None, None)

    def metric(unit: str, **more: Any) -> Any:
        return assertion(kind="metric", value={"quantity": {"value": "1", "unit": unit}, **more})

    assert key_of(metric("USD")).unit == "USD"
    ids = {key_of(one).id for one in (metric("USD"), metric("EUR"), metric("USD", comparison="yoy"))}
    assert len(ids) == 3


def test_the_order_of_dimensions_does_not_matter() -> None:
    pairs = ["b:2", "a:1", "c:3:4"]
    read = [read_dimensions(list(some)) for some in permutations(pairs)]
    assert {tuple(one.items()) for one in read} == {(("a", "1"), ("b", "2"), ("c", "3:4"))}
    keys = [key_of(assertion(dimensions=dict(reversed(one.items())))) for one in read]
    assert {one.id for one in keys} == {key_of(assertion(dimensions=read[0])).id}
    assert list(keys[0].dimensions) == ["a", "b", "c"]


def test_a_dimension_has_one_member() -> None:
    assert read_dimensions(["a:1", "a:1"]) == {"a": "1"}
    assert read_dimensions([]) == {}
    with pytest.raises(ValueError, match="a cannot be both 1 and 2"):
        read_dimensions(["a:1", "b:1", "a:2"])
