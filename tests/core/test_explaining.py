"""Sentences about values that are not of their type."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Literal, cast
from uuid import UUID

import pytest
from msgspec import Meta, Struct, inspect

from service.app import contract
from service.core.decoding import Reader, not_lines
from service.core.errors import Malformed

Code = Annotated[
    str, Meta(pattern="^[a-z]+$", max_length=5, min_length=1, extra={"form": "a code such as abc"})
]
Number = Annotated[str, Meta(pattern=r"^[0-9]+(\.[0-9]+)?$", extra={"form": "a decimal such as 1.5"})]


class Inner(Struct, kw_only=True, forbid_unknown_fields=True):
    number: Number | None = None
    count: Annotated[int, Meta(ge=0, le=1000)] = 0


class One(Struct, kw_only=True, tag_field="sort", tag="one", forbid_unknown_fields=True):
    code: Code = "a"
    inner: Inner | None = None
    day: date | None = None
    id: UUID | None = None
    flag: bool = False
    way: Literal["up", "down"] = "up"
    codes: Annotated[list[Code], Meta(min_length=1, max_length=2)] | None = None
    names: Annotated[dict[Code, Number], Meta(max_length=2)] = {}
    many: list[Inner] = []


class Other(Struct, kw_only=True, tag_field="sort", tag="other", forbid_unknown_fields=True):
    needed: int


reader = Reader[One | Other](One | Other)


def refusal(body: str) -> tuple[str, str | None]:
    with pytest.raises(Malformed) as caught:
        reader.read(body.encode())
    flaw = caught.value.errors[0] if caught.value.errors else None
    return caught.value.detail, flaw.pointer if flaw else None


def test_a_type_is_described_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """To describe the type of a fact takes ten times as long as to refuse one."""
    described: list[object] = []
    describe = inspect.type_info

    def counted(wanted: type) -> inspect.Type:
        described.append(wanted)
        return describe(wanted)

    monkeypatch.setattr(inspect, "type_info", counted)
    fresh = Reader[list[Other]](list[Other])
    for _ in range(3):
        with pytest.raises(Malformed, match="needed"):
            fresh.read(b'[{"sort": "other", "needed": "x"}]')
    assert described == [list[Other]]


@pytest.mark.parametrize(
    ("field", "pointer", "sentence"),
    [
        ('"code": "A b"', "/code", "code: 'A b' is not a code such as abc"),
        ('"code": ""', "/code", "code: is empty; write a code such as abc"),
        ('"code": "abcdef"', "/code", "code: has 6 characters; at most 5 are taken"),
        ('"code": 5', "/code", "code: 5 is a number; write a string, in quotes: a code such as abc"),
        ('"code": null', "/code", "code: is null; write a string: a code such as abc"),
        ('"code": true', "/code", "code: is a boolean; write a string: a code such as abc"),
        ('"code": []', "/code", "code: is a list; write a string: a code such as abc"),
        ('"code": "2026-02-30"', "/code", "code: has 10 characters; at most 5 are taken"),
        ('"inner": "x"', "/inner", "inner: 'x' is a string; write an object with number, count"),
        ('"inner": [1]', "/inner", "inner: is a list; write an object with number, count"),
        ('"inner": {"number": 120}', "/inner/number",
         'inner/number: 120 is a number; decimals are strings, so that no digit is lost: write "120"'),
        ('"inner": {"number": 1.5}', "/inner/number",
         'inner/number: 1.5 is a number; decimals are strings, so that no digit is lost: write "1.5"'),
        ('"inner": {"number": "1,5"}', "/inner/number", "inner/number: '1,5' is not a decimal such as 1.5"),
        ('"inner": {"count": "5"}', "/inner/count", "inner/count: '5' is a string; write the number 5 without quotes"),
        ('"inner": {"count": "x"}', "/inner/count", "inner/count: 'x' is a string; write a whole number"),
        ('"inner": {"count": 1.5}', "/inner/count", "inner/count: 1.5 is not a whole number"),
        ('"inner": {"count": -1}', "/inner/count", "inner/count: -1 is too small; the least is 0"),
        ('"inner": {"count": 2000}', "/inner/count", "inner/count: 2000 is too large; the most is 1,000"),
        ('"inner": {"coumt": 1}', "/inner/coumt", "there is no field 'coumt'; did you mean 'count'?"),
        ('"count": 1', "/count", "there is no field 'count' here; it belongs in 'inner'"),
        ('"inner": {"flag": true}', "/inner/flag", "there is no field 'flag' here; it belongs at the top"),
        ('"many": [{"code": "a"}]', "/many/0/code", "there is no field 'code' here; it belongs at the top"),
        ('"needed": 1', "/needed", "there is no field 'needed'"),  # the other sort has one
        ('"day": "2026-02-30"', "/day", "day: 2026-02-30 is not in the calendar: there is no such day"),
        ('"day": "2026-13-01"', "/day", "day: 2026-13-01 is not in the calendar: there is no such day"),
        ('"day": "1/2/2026"', "/day", "day: '1/2/2026' is not a date such as 2025-12-31"),
        ('"day": "2026-01-01T00:00:00Z"', "/day", "day: '2026-01-01T00:00:00Z' is not a date such as 2025-12-31"),
        ('"day": 20260101', "/day", 'day: 20260101 is a number; write a date in quotes, such as "2025-12-31"'),
        ('"id": "x"', "/id", "id: 'x' is not a UUID such as 4f2a1c9e-0d3b-8a71-9c55-2b7e4d6f8a10"),
        ('"flag": "yes"', "/flag", "flag: 'yes' is a string; write true or false"),
        ('"flag": 1', "/flag", "flag: is a number; write true or false"),
        ('"way": "Up"', "/way", "way: 'Up' is not known; did you mean 'up'? There are down, up"),
        ('"way": "left"', "/way", "way: 'left' is not known; there are down, up"),
        ('"codes": []', "/codes", "codes: has 0 items; at least 1 is needed"),
        ('"codes": ["a", "b", "c"]', "/codes", "codes: has 3 items; at most 2 are taken"),
        ('"codes": ["a", "B"]', "/codes/1", "codes/1: 'B' is not a code such as abc"),
        ('"codes": "a"', "/codes", "codes: 'a' is a string; write a list, in brackets"),
        ('"codes": {"a": 1}', "/codes", "codes: is an object; write a list of them, in brackets: [{…}]"),
        ('"names": {"a": "1", "b": 2}', "/names/b",
         'names/b: 2 is a number; decimals are strings, so that no digit is lost: write "2"'),
        ('"names": {"a": "1", "B": "2"}', "/names/B", "names/B: 'B' is not a code such as abc"),
        ('"names": {"a": "1", "b": "2", "c": "3"}', "/names", "names: has 3 members; at most 2 are taken"),
        ('"names": [["a", "1"]]', "/names", "names: is a list; write an object with names and values"),
        ('"many": [{}, {"count": 5000}]', "/many/1/count", "many/1/count: 5000 is too large; the most is 1,000"),
        ('"a/b~c": 1', "/a~1b~0c", "there is no field 'a/b~c'"),
    ],
)  # fmt: skip
def test_a_sentence_says_what_is_wrong_and_what_is_right(field: str, pointer: str, sentence: str) -> None:
    assert refusal(f'{{"sort": "one", {field}}}') == (sentence, pointer)


@pytest.mark.parametrize(
    ("body", "pointer", "sentence"),
    [
        ("[]", "", "is a list; write an object with code, inner, day, id, flag, way, codes, names, …"),
        ("{}", "/sort", "sort: is required"),
        ('{"sort": "onne"}', "/sort", "sort: 'onne' is not known; did you mean 'one'? There are one, other"),
        ('{"sort": 1}', "/sort", "sort: is a number; write one of one, other"),
        ('{"sort": "other"}', "/needed", "needed: is required"),
        (
            '{"sort": "other", "needed": "x"',
            "/needed",
            "needed: expected int, got str",
        ),  # and the rest is not JSON
        ("[" * 100_000, "", "expected object, got array"),
    ],
)
def test_a_whole_is_explained_too(body: str, pointer: str, sentence: str) -> None:
    assert refusal(body) == (sentence, pointer)


LINE_BREAK = (
    "the body is not JSON: a line break or another control character in a string is written with a backslash "
    "(\\n, \\u000a), at byte 11"
)


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (b"", "the body is empty; send JSON"),
        (b" \n", "the body is empty; send JSON"),
        (b"\xef\xbb\xbf{}", "the body begins with a byte order mark; send UTF-8 without one"),
        ("{}".encode("utf-16"), "the body begins with a byte order mark of UTF-16; send UTF-8 without one"),
        ("{}".encode("utf-16-be"), "the body contains NUL bytes, as UTF-16 does; send UTF-8"),
        (b"\x1f\x8b\x08\x00", "the body is compressed with gzip; send it as it is"),
        (b'{"sort": "\xe9"}', "the body is not UTF-8: byte 10 is 0xe9"),
        (b'{"sort": "one"', "the body is not JSON: it ends before the value is complete"),
        (b'{"sort": "\\ud800"}', "the body has \\ud800 at byte 10, which is half of a surrogate pair and no character by itself"),
        (b'{"sort": "\\\\ud800 \\ud83d\\ude00 \\udc00"}',
         "the body has \\udc00 at byte 31, which is half of a surrogate pair and no character by itself"),
        (b"{'sort': 'one'}", "the body is not JSON: strings are in double quotes, at byte 1"),
        (b'{"sort": \'one\'}', "the body is not JSON: strings are in double quotes, at byte 9"),
        (b'{"sort": "one",}', "the body is not JSON: trailing comma in object, at byte 15"),
        (b'{"sort": "one"} {}', "the body is not JSON: something follows the value; send one value, at byte 16"),
        (b'{"sort": "one"},', "the body is not JSON: a comma follows the value; write nothing between values, at byte 15"),
        (b'// x\n{"sort": "one"}', "the body is not JSON: JSON has no comments, at byte 0"),
        (b'{"sort": NaN}', "the body is not JSON: JSON has no NaN and no Infinity, at byte 9"),
        (b'{"sort": None}', "the body is not JSON: write true, false or null, at byte 9"),
        (b'{"sort": "o\nne"}', LINE_BREAK),
        (b"kind=metric&x=1", "the body is not JSON: 'kind=metric&x=1' cannot stand here, at byte 0"),
    ],
)  # fmt: skip
def test_what_is_not_json_is_told_why(body: bytes, sentence: str) -> None:
    with pytest.raises(Malformed) as caught:
        reader.read(body)
    assert caught.value.detail == sentence


@pytest.mark.parametrize(
    ("first", "says"),
    [
        (b"\xef\xbb\xbf{}\n", "byte order mark"),
        ("{}\n".encode("utf-16"), "byte order mark of UTF-16"),
        (b"\x1f\x8b\x08\x00", "compressed with gzip"),
        (b"[\n", "is a JSON array"),
        (b'[{"a": 1}]\n', "is a JSON array"),
        (b"  {\r\n", "over several lines"),
    ],
)
def test_an_input_that_is_not_ndjson_is_told_what_it_is(first: bytes, says: str) -> None:
    told = not_lines(first)
    assert told is not None
    assert says in told


def test_a_line_that_may_be_one_is_left_to_its_reader() -> None:
    assert [not_lines(line) for line in (b"{}\n", b'{"company": {\n', b"x\n", b"")] == [None] * 4


def patterns(info: inspect.Type, seen: set[type], extra: object = None) -> Iterator[tuple[str, object]]:
    """Every pattern of a type, with the metadata around it."""
    match info:
        case inspect.StrType(pattern=str(pattern)):
            yield pattern, extra
        case inspect.Metadata():
            said: object = getattr(info, "extra", None)
            schema: object = getattr(info, "extra_json_schema", None)
            example = (
                {"form": "an example"} if "examples" in cast("dict[str, object]", schema or {}) else None
            )
            yield from patterns(info.type, seen, said or example or extra)
        case inspect.UnionType():
            for one in info.types:
                yield from patterns(one, seen)
        case inspect.ListType():
            yield from patterns(info.item_type, seen)
        case inspect.DictType():
            yield from patterns(info.key_type, seen)
            yield from patterns(info.value_type, seen)
        case inspect.StructType() if info.cls not in seen:
            seen.add(info.cls)
            for field in info.fields:
                yield from patterns(field.type, seen)
        case _:
            pass


@pytest.mark.parametrize("operation", contract().operations, ids=lambda operation: operation.id)
def test_every_pattern_that_a_request_meets_says_what_it_means(operation: object) -> None:
    given = [getattr(operation, name) for name in ("query", "parameters", "body")]
    for wanted in given:
        if wanted is None or wanted is bytes:
            continue
        for pattern, extra in patterns(inspect.type_info(wanted), set()):
            form = str(cast("dict[str, object]", extra or {}).get("form"))
            assert re.match(r"(an?|the|one|rank|text|words) ?", form), f"{pattern}: {form}"


def test_messages_of_the_decoder_are_never_shown() -> None:
    for body in ('{"sort": "one", "code": "A"}', '{"sort": "one", "day": "x"}', '{"sort": "x"}'):
        told, _ = refusal(body)
        assert not re.search(r"regex|`|\(\?!|Expected|Invalid|RFC ?3339", told)
