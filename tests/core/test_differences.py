"""What differs between two versions, and the class of a step."""

from datetime import UTC, date, datetime
from typing import Any, cast
from uuid import UUID

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.core.differences import Json, changes, classify
from service.core.facts import Retraction
from service.core.history import Check, Version
from service.core.quantities import Quantity

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def version(number: int, publisher: str, quantity: Quantity | None, **value: Any) -> Version:
    content = {"share": quantity, **value} if quantity else value
    return Version(
        version=number, known_at=date(2025, 1, 1), position=number, recorded_at=NOW, publisher=publisher, quantity=quantity,
        value=msgspec.json.encode(content), checks=[Check(number, "verified", b"[]")], sources=[], content=b"",
    )  # fmt: skip


def usd(value: str, decimals: int | None = None) -> Quantity:
    return Quantity(value=value, unit="USD", decimals=decimals)


def test_the_first_and_a_retraction() -> None:
    assert classify(version(1, "a", usd("5")), []) == "first"
    taken = Retraction(
        id=UUID(int=1), company="a", version=2, retracts=1, reason="r", recorded_at=NOW, position=2
    )
    assert classify(taken, [version(1, "a", usd("5"))]) == "retracted"


@pytest.mark.parametrize(
    ("before", "after", "step"),
    [
        (usd("5"), usd("5.0"), "re_reported"),
        (usd("53000000000", -9), usd("52700000000", -8), "rounding"),
        (usd("53000000000", -9), usd("52000000000", -9), "restated"),
        (usd("36"), usd("36.4"), "rounding"),  # what is written without accuracy ends in zeros
        (usd("36.4"), usd("36"), "rounding"),
        (usd("36"), usd("36.5"), "restated"),
        (usd("300"), usd("349"), "rounding"),
        (usd("5"), Quantity(value="5", unit="EUR"), "restated"),
        (usd("0"), usd("0.4"), "restated"),
        (usd("5"), None, "restated"),
        (Quantity(low="1", high="5", unit="USD"), Quantity(low="4", high="9", unit="USD"), "rounding"),
        (Quantity(low="1", high="5", unit="USD"), Quantity(low="6", high="9", unit="USD"), "restated"),
    ],
)  # fmt: skip
def test_a_step_of_one_publisher(before: Quantity, after: Quantity | None, step: str) -> None:
    assert classify(version(2, "a", after), [version(1, "a", before)]) == step


def test_a_step_is_compared_with_the_last_of_its_publisher_else_of_all() -> None:
    own, other = version(1, "a", usd("5")), version(2, "b", usd("9"))
    assert classify(version(3, "a", usd("5")), [other, own]) == "re_reported"
    assert classify(version(3, "a", usd("9")), [own, other]) == "restated"
    assert classify(version(3, "c", usd("5")), [own, other]) == "rival"
    assert classify(version(3, "c", usd("9")), [own, other]) == "re_reported"


LEAVES = st.none() | st.booleans() | st.integers(-9, 9) | st.text("ab/~", max_size=2)
VALUES: st.SearchStrategy[Any] = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text("ab/~", max_size=2), inner, max_size=3)
    ),
    max_leaves=10,
)


def at(value: Any, pointer: str) -> Any:
    for step in pointer.split("/")[1:]:
        name = step.replace("~1", "/").replace("~0", "~")
        members: dict[str, Any] = {}
        if isinstance(value, list):
            members = {str(place): one for place, one in enumerate(cast("list[Any]", value))}
        elif isinstance(value, dict):
            members = cast("dict[str, Any]", value)
        value = members.get(name)
    return value


@given(VALUES, VALUES)
def test_each_change_is_where_its_pointer_leads(one: Json, other: Json) -> None:
    assert list(changes(one, one)) == []
    found = list(changes(one, other))
    assert len({change.pointer for change in found}) == len(found)
    for change in found:
        for told, whole in ((change.before, one), (change.after, other)):
            held = at(whole, change.pointer)
            assert told == (None if isinstance(held, dict | list) else held)
    back = list(changes(other, one))
    assert {(c.pointer, c.after, c.before) for c in back} == {(c.pointer, c.before, c.after) for c in found}
