"""Decoding of JSON: the same as another decoder, and refusals with a place and a reason."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct

from service.core.decoding import Reader, not_lines
from service.core.errors import Malformed


class Inner(Struct, forbid_unknown_fields=True):
    n: int


class Outer(Struct, forbid_unknown_fields=True):
    items: list[Inner] = []


READER = Reader[Outer](Outer)
ANY = Reader[object](object)


@pytest.mark.parametrize(
    ("data", "detail", "pointer"),
    [
        (b"", "the body is empty; send JSON", None),
        (b" \n", "the body is empty; send JSON", None),
        (b"\xef\xbb\xbf{}", "the body begins with a byte order mark; send UTF-8 without one", None),
        ('{"items": []}'.encode("utf-16"), "the body begins with a byte order mark of UTF-16; send UTF-8 without one", None),
        ('{"items": []}'.encode("utf-16-le"), "the body contains NUL bytes, as UTF-16 does; send UTF-8", None),
        (b"\x1f\x8b\x08", "the body is compressed with gzip; send it as it is", None),
        (b'\xff{"items": []}', "the body is not UTF-8: byte 0 is 0xff", None),
        (b'{"itmes": "\xff"}', "there is no field 'itmes'; did you mean 'items'?", "/itmes"),
        (b'{"items": [', "the body is not JSON: it ends before the value is complete", None),
        (b"{} {}", "the body is not JSON: something follows the value; send one value, at byte 3", None),
        (b"{},", "the body is not JSON: a comma follows the value; write nothing between values, at byte 2", None),
        (b"{'a': 1}", "the body is not JSON: strings are in double quotes, at byte 1", None),
        (b'{"items": None}', "the body is not JSON: write true, false or null, at byte 10", None),
        (b'{"items": // x\n []}', "the body is not JSON: JSON has no comments, at byte 10", None),
        (b'{"items": [NaN]}', "the body is not JSON: JSON has no NaN and no Infinity, at byte 11", None),
        (b'{"\\ud800": []}',
         r"the body has \ud800 at byte 2, which is half of a surrogate pair and no character by itself", None),
        (b'{"items": [{"n": 1}, {"n": "x"}]}', "items/1/n: 'x' is a string; write a whole number", "/items/1/n"),
        (b'{"itmes": []}', "there is no field 'itmes'; did you mean 'items'?", "/itmes"),
        (b'{"items": [{}]}', "items/0/n: is required", "/items/0/n"),
        (b'{"items": [{"n": 1, "n": 2}]}', "the name 'n' stands twice in one object", "/items/0/n"),
        (b'{"items": ' + b"[" * 5000 + b"]" * 5000 + b"}", None, None),
    ],
)  # fmt: skip
def test_a_refusal_says_where_and_why(data: bytes, detail: str | None, pointer: str | None) -> None:
    with pytest.raises(Malformed) as refused:
        READER.read(data)
    if detail is not None:
        assert refused.value.detail == detail
        assert [flaw.pointer for flaw in refused.value.errors] == ([] if pointer is None else [pointer])


def test_what_is_read_is_named() -> None:
    with pytest.raises(Malformed, match=r"^the line is empty"):
        READER.read(b"", "the line")


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)


@given(JSON)
def test_json_is_read_as_another_decoder_reads_it(value: object) -> None:
    assert ANY.read(json.dumps(value).encode()) == value


@given(st.binary(max_size=40) | st.text('{}[]",:1au\\d8 \n', max_size=30).map(str.encode))
def test_whatever_comes_is_read_or_refused(data: bytes) -> None:
    try:
        found = ANY.read(data)
    except Malformed:
        return
    assert found == json.loads(data)


@pytest.mark.parametrize(
    ("first", "told"),
    [
        (b'{"company": {}}\n', None),
        (b"{\n", "the input is JSON over several lines"),
        (b' [{"company": {}}]\n', "the input is a JSON array"),
        (b'\xef\xbb\xbf{"company": {}}\n', "the input begins with a byte order mark"),
        (b"\x1f\x8b", "the input is compressed with gzip"),
        (b"", None),
    ],
)
def test_the_first_line_of_what_is_no_ndjson(first: bytes, told: str | None) -> None:
    found = not_lines(first)
    assert (found or "").startswith(told or "")
    assert (found is None) == (told is None)
