"""JSON pointers to what is wrong in a document."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.core.places import broken_at, escaped, twin_at, unescaped


@pytest.mark.parametrize(
    ("document", "pointer"),
    [
        (b'{"a": 1, "a": 2}', "/a"),
        (b'{"a": {"b": 1}, "c": [{"d": 1}, {"d": 1, "d": 2}]}', "/c/1/d"),
        (b'{"a": {"a": 1}, "b": {"a": 1}}', None),
        (b'[{"a": "a"}, {"a": ["a", "a"]}]', None),
        (b'{"a/b": 1, "a\\u002fb": 2}', "/a~1b"),
        (b'{"": 1, "": 2}', "/"),
        (b'{"a": ":", "b": "a\\":", "b": 1}', "/b"),
        (b"[]", None),
    ],
)
def test_the_first_name_that_stands_twice(document: bytes, pointer: str | None) -> None:
    assert twin_at(document) == pointer


@pytest.mark.parametrize(
    ("data", "message", "pointer"),
    [
        (b'{"a": [1, 2, x]}', "JSON is malformed: invalid character (byte 13)", "/a/2"),
        (b'{"a": {"b": ', "Input data was truncated", "/a/b"),
        (b'{"a": 1, "b": tru}', "JSON is malformed: invalid character (byte 17)", "/b"),
        (b"x", "JSON is malformed: invalid character (byte 0)", ""),
    ],
)
def test_the_place_where_decoding_failed(data: bytes, message: str, pointer: str) -> None:
    assert broken_at(data, message) == pointer


@given(st.text())
def test_a_name_survives_its_escapes(name: str) -> None:
    assert unescaped(escaped(name)) == name
    assert "/" not in escaped(name)


NAMES = st.text(max_size=3)
VALUES = st.recursive(
    st.none() | st.text(max_size=3) | st.integers(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=12,
)


@given(VALUES)
def test_what_a_writer_of_json_writes_has_no_name_twice(value: object) -> None:
    for ascii_only in (True, False):
        assert twin_at(json.dumps(value, ensure_ascii=ascii_only).encode("utf-8", "surrogatepass")) is None
