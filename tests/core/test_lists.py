"""Cursors: what is put in comes out, and nothing else is taken."""

from base64 import urlsafe_b64encode
from uuid import UUID

import msgspec
import pytest
import xxhash
from hypothesis import given
from hypothesis import strategies as st

from service.core.errors import Malformed
from service.core.lists import ByName, ByNumber, Place, fingerprint, next_cursor, place_of, read_cursor

ID = UUID("ff15fa6d-9178-8e12-8a5b-5ba4de7a66c5")
TEXTS = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=20)
PLACES = st.builds(Place, TEXTS, TEXTS, TEXTS, st.integers(0, 2**31 - 1), st.uuids())


@given(PLACES, st.integers(0, 2**53 - 1), TEXTS)
def test_a_cursor_gives_back_the_place_and_the_position(place: Place, position: int, filters: str) -> None:
    cursor = next_cursor(place, position, filters)
    assert cursor is not None
    assert read_cursor(cursor, filters, Place) == (place, position)
    with pytest.raises(Malformed, match="a list with other filters"):
        read_cursor(cursor, f"{filters}!", Place)


@given(st.integers(0, 2**53 - 1), st.data())
def test_a_damaged_cursor_is_refused(number: int, data: st.DataObject) -> None:
    cursor = next_cursor(ByNumber(number), 7, "") or ""
    at = data.draw(st.integers(0, len(cursor) - 2))  # the last character has bits that do not count
    other = data.draw(st.sampled_from("ABab01-_").filter(lambda one: one != cursor[at]))
    for damaged in (cursor[:at] + other + cursor[at + 1 :], cursor[:at]):
        with pytest.raises(Malformed, match="not one of this service") as refused:
            read_cursor(damaged, "", ByNumber)
        assert [flaw.parameter for flaw in refused.value.errors] == ["cursor"]


def made_up(content: object) -> str:
    data = msgspec.json.encode(content)
    return urlsafe_b64encode(xxhash.xxh3_64_digest(data)[:6] + data).decode().rstrip("=")


@pytest.mark.parametrize(
    "content",
    [
        [["a\x00"], 1, ""], [[], 1, ""], [["a", "b"], 1, ""], [["a"], -1, ""], [["a"], 2**53, ""], [["a"], 1], [[1], 1, ""], {},
        "x",
    ],
)  # fmt: skip
def test_a_cursor_that_somebody_has_made_up_is_checked_too(content: object) -> None:
    assert read_cursor(made_up([["a"], 1, ""]), "", ByName) == (ByName("a"), 1)
    with pytest.raises(Malformed, match="not one of this service"):
        read_cursor(made_up(content), "", ByName)


@pytest.mark.parametrize("text", ["", "a", "\u00e4", "====", "%", "a b"])
def test_text_that_is_no_cursor(text: str) -> None:
    with pytest.raises(Malformed, match="not one of this service"):
        read_cursor(text, "", ByName)


def test_the_last_page_has_no_cursor() -> None:
    assert next_cursor(None, 7, "") is None


def test_filters_are_told_apart() -> None:
    assert fingerprint("a", None) != fingerprint("a") != fingerprint(None, "a")
    assert fingerprint("a", ["b"]) == fingerprint("a", ["b"])
    assert fingerprint("ab", "c") != fingerprint("a", "bc")


@pytest.mark.parametrize(("day", "recency"), [(None, 2**31 - 1), ("9999-12-31", 0), ("9999-12-30", 1)])
def test_the_place_of_an_answer(day: str | None, recency: int) -> None:
    period = None if day is None else {"instant": day}
    answer: dict[str, object] = {
        "company": "acme",
        "kind": "metric",
        "subject": "a",
        "id": str(ID),
        "period": period,
        "value": {},
    }
    assert place_of(msgspec.json.encode(answer)) == ("acme", "metric", "a", recency, ID)
