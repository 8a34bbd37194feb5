"""Query strings, read into structs."""

from datetime import UTC, date, datetime
from typing import Literal
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import UNSET, Struct, UnsetType

from service.core.errors import Malformed
from service.core.history import Times
from service.web.parameters import TimesQuery, day, dimensions, period, read_query, times


class Asked(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    name: str | UnsetType = UNSET
    number: int | UnsetType = UNSET
    truth: bool | UnsetType = UNSET
    sort: Literal["one", "two"] | UnsetType = UNSET
    many: list[str] | UnsetType = UNSET


@pytest.mark.parametrize(
    ("raw", "asked"),
    [
        (b"", Asked()),
        (b"&&", Asked()),
        (b"name=a+b%2Bc", Asked(name="a b+c")),
        (b"name=%E9%98%BF", Asked(name="\u963f")),
        (b"name=a=b", Asked(name="a=b")),
        (b"number=-7&truth=true", Asked(number=-7, truth=True)),
        (b"many=b&many=a&many=b", Asked(many=["b", "a", "b"])),
    ],
)
def test_a_query_is_read(raw: bytes, asked: Asked) -> None:
    assert read_query(Asked, raw) == asked


@pytest.mark.parametrize(
    ("raw", "detail", "parameter"),
    [
        (b"nmae=a", "there is no parameter 'nmae'; did you mean 'name'?", "nmae"),
        (b"x=1", "there is no parameter 'x'; there are name, number, truth, sort, many", "x"),
        (b"name=a&name=a", "name: is given twice", "name"),
        (b"number=1.0", "number: '1.0' is not a whole number", "number"),
        (b"number=1e3", "number: '1e3' is not a whole number", "number"),
        (b"truth=yes", "truth: 'yes' is not true or false", "truth"),
        (b"sort=three", "sort: 'three' is not known; there are one, two", "sort"),
        (b"name=%zz", "name: '%zz' is not a percent-encoded byte, which is % and two hexadecimal digits; a percent sign is %25",
         "name"),
        (b"name=%C0%AF", "the query string cannot be read: it is not percent-encoded UTF-8", None),
        (b"name=\xc3\xa4", "the query string cannot be read: it is not percent-encoded UTF-8", None),
        (b"many=a&" * 201, "the query string has more than 200 parameters", None),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_placed(raw: bytes, detail: str, parameter: str | None) -> None:
    with pytest.raises(Malformed) as refused:
        read_query(Asked, raw)
    assert refused.value.detail == detail
    assert [flaw.parameter for flaw in refused.value.errors] == ([] if parameter is None else [parameter])


@given(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    st.lists(st.text("a&=+% \u00e4", max_size=5)),
)
def test_what_a_client_encodes_is_what_is_read(name: str, many: list[str]) -> None:
    raw = urlencode([("name", name), *(("many", one) for one in many)]).encode()
    assert read_query(Asked, raw) == Asked(name=name, many=many or UNSET)


def test_times() -> None:
    asked = TimesQuery(known_at="2025-01-31", recorded_at="2026-01-01T02:00:00+02:00", at=7)
    assert times(asked) == Times(date(2025, 1, 31), 7, datetime(2026, 1, 1, tzinfo=UTC))
    assert times(TimesQuery()).is_now
    for wrong in (TimesQuery(known_at="2025-02-30"), TimesQuery(recorded_at="2025-02-30T00:00:00Z")):
        with pytest.raises(Malformed, match=r"2025-02-30.* is not in the calendar"):
            times(wrong)


def test_what_is_not_given_is_none() -> None:
    assert (day("as_of", UNSET), period(UNSET), dimensions(UNSET)) == (None, None, {})
    with pytest.raises(Malformed, match="dimension: a cannot be both 1 and 2"):
        dimensions(["a:1", "a:2"])
