"""The string types of requests, and words in a list."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.core.text import DimensionKey, DimensionValue, Line, Slug, Subject, Text, Url, listed

GOOD: list[tuple[object, list[str]]] = [
    (Slug, ["a", "ai-cloud", "cik-0001577552", "a" * 100]),
    (Subject, ["ai-cloud", "us-gaap:Revenues", "ifrs-full:A_b.c-1"]),
    (Line, ["Alibaba Cloud", "阿里云", "a\u2028b"]),
    (Text, ["two\nlines", "\t"]),
    (Url, ["https://example.org/a?b#c", "http://x"]),
    (DimensionKey, ["geography", "a_b-c9"]),
    (DimensionValue, ["CN", "a: b"]),
]
BAD: list[tuple[object, list[str]]] = [
    (Slug, ["", "A", "a--b", "-a", "a-", "a b", "ä", "a\n", "a" * 101]),
    (Subject, ["", "us-gaap:", ":a", "US:a", "us-gaap:Revenues\n", "us-gaap:a b"]),
    (Line, ["", "a\n", "a\x00", "\x7f", "a" * 301]),
    (Text, ["", "a\x00b", "a" * 5001]),
    (Url, ["ftp://x", "https://", "https://a b", "https://ä.de", "javascript:x", "https://x\n"]),
    (DimensionKey, ["", "Geography", "9a", "a" * 64, "a:b"]),
    (DimensionValue, ["", "a\n", "a" * 201]),
]


@pytest.mark.parametrize(("wanted", "texts"), GOOD)
def test_these_are_taken(wanted: object, texts: list[str]) -> None:
    for text in texts:
        assert msgspec.convert(text, wanted) == text  # pyright: ignore[reportCallIssue, reportArgumentType]: a type with Meta


@pytest.mark.parametrize(("wanted", "texts"), BAD)
def test_these_are_refused(wanted: object, texts: list[str]) -> None:
    for text in texts:
        with pytest.raises(msgspec.ValidationError):
            msgspec.convert(text, wanted)  # pyright: ignore[reportCallIssue, reportArgumentType]: a type with Meta


@given(st.lists(st.sampled_from(["one", "two", "three"]), max_size=6))
def test_a_list_in_words_has_all_of_them_in_order(words: list[str]) -> None:
    assert listed(words).replace(" and ", ", ").split(", ") == (words or [""])
    assert listed(words).count(" and ") == (len(words) > 1)
