"""Which coding an answer has, and its entity tags."""

import gzip
import zlib

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from service.web.codings import GZIP, IDENTITY, Coder, accepted, encoded, is_text, plain_tags, tagged


@pytest.mark.parametrize(
    ("header", "codings"),
    [
        ("gzip", ["gzip", "identity"]),
        ("gzip, deflate, br, zstd", ["zstd", "gzip", "identity"]),
        ("gzip;q=0.9, zstd;q=0.5", ["gzip", "zstd", "identity"]),
        ("gzip;q=0", ["identity"]),
        ("*", ["zstd", "gzip", "identity"]),
        ("*;q=0.1, gzip", ["gzip", "zstd", "identity"]),
        ("identity, gzip;q=0.5", ["identity", "gzip"]),
        ("identity;q=0, gzip", ["gzip"]),
        ("*;q=0", ["identity"]),  # none is allowed: plain is better than nothing
        ("gzip; Q = 0.000, zstd", ["zstd", "identity"]),
        ("X-GZIP", ["gzip", "identity"]),
        ("br", ["identity"]),
        ("", ["identity"]),
    ],
)
def test_codings_by_preference(header: str, codings: list[str]) -> None:
    assert list(accepted(header)) == codings


@given(st.text(max_size=30))
def test_any_header_has_an_answer(header: str) -> None:
    found = accepted(header)
    assert found
    assert set(found) <= {"zstd", "gzip", "identity"}


def decoded(body: bytes, coding: str) -> bytes:
    match coding:
        case "zstd":
            return zstandard.ZstdDecompressor().decompressobj().decompress(body)
        case "gzip":
            return gzip.decompress(body)
        case _:
            return body


@pytest.mark.parametrize("coding", ["zstd", GZIP, IDENTITY])
@given(chunks=st.lists(st.binary(max_size=200), max_size=6))
def test_what_is_coded_can_be_decoded(coding: str, chunks: list[bytes]) -> None:
    whole = b"".join(chunks)
    assert decoded(encoded(whole, coding), coding) == whole
    coder = Coder(coding)
    assert decoded(b"".join([*map(coder.coded, chunks), coder.end()]), coding) == whole


@pytest.mark.parametrize("coding", ["zstd", GZIP])
def test_each_chunk_can_be_decoded_at_once(coding: str) -> None:
    coder = Coder(coding)
    decoder = zstandard.ZstdDecompressor().decompressobj() if coding == "zstd" else zlib.decompressobj(31)
    for chunk in (b"one", b"two", b"three" * 100):
        assert decoder.decompress(coder.coded(chunk)) == chunk


@pytest.mark.parametrize("coding", ["zstd", GZIP, IDENTITY])
def test_a_coded_answer_has_a_tag_of_its_own_that_leads_back(coding: str) -> None:
    tag = tagged('"abc"', coding)
    assert (tag == '"abc"') == (coding == IDENTITY)
    assert plain_tags(f'W/"x", {tag}, *') == 'W/"x", "abc", *'


def test_pictures_are_not_compressed_again() -> None:
    assert [is_text(one) for one in ("image/png", "font/woff2", "image/svg+xml", "text/csv")] == [
        False,
        False,
        True,
        True,
    ]
