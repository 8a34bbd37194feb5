"""Compressed answers decompress to the same bytes, and formats are not confused."""

import threading
from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.core.packing import packed, unpacked

ANSWER = (
    b'{"kind":"metric","id":"ff15fa6d-9178-8e12-8a5b-5ba4de7a66c5","company":"cik-0000000007","subject":"us-gaap:Revenues",'
    b'"dimensions":{},"basis":"reported","period":{"start":"2019-01-01","end":"2019-12-31"}}'
)


@given(st.binary(max_size=2000))
def test_what_was_packed_comes_back(content: bytes) -> None:
    assert unpacked(packed(content)) == content


_DAY = date(2021, 6, 30)
_CITED = [f'{{"source":{{"published_at":{day}}}}}' for day in ('"2021-06-30"', "null", "null")]


def _citing(cited: Sequence[str]) -> bytes:
    return f'{{"value":1,"citations":[{",".join(cited)}]}}'.encode()


@pytest.mark.parametrize("count", [0, 1, 2])
def test_a_day_takes_the_citations_of_undated_sources_from_the_end(count: int) -> None:
    cited = _CITED[: 1 + count]
    undated = len(_citing(cited)) - len(_citing(_CITED[:1]))
    for kept in (packed(_citing(cited), undated), packed(_citing(cited)), _citing(cited)):
        assert unpacked(kept) == _citing(cited)
        assert unpacked(kept, _DAY) == _citing(_CITED[:1])


def test_an_end_too_long_to_be_counted_is_looked_for() -> None:
    cited = [_CITED[0], _CITED[1].replace("{", '{"note":"' + "x" * 70_000 + '",', 1)]
    kept = packed(_citing(cited), len(cited[1]) + 1)
    assert unpacked(kept, _DAY) == _citing(cited[:1])


@given(st.binary(max_size=200))
def test_json_itself_is_a_form_too(rest: bytes) -> None:
    assert unpacked(b"{" + rest) == b"{" + rest


def test_an_answer_takes_less_than_half() -> None:
    assert len(packed(ANSWER)) * 2 < len(ANSWER)


@pytest.mark.parametrize("kept", [b"", b"\x03abc", b"\x00", b"[1]"])
def test_a_form_that_is_not_known_is_not_guessed(kept: bytes) -> None:
    with pytest.raises(ValueError, match="newer release"):
        unpacked(kept)


def test_threads_do_not_share_a_codec() -> None:
    wrong: list[bytes] = []

    def work(number: int) -> None:
        for n in range(300):
            content = ANSWER * (number + 1) + str(n).encode()
            if unpacked(packed(content)) != content:
                wrong.append(content)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
