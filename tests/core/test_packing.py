"""Compressed answers decompress to the same bytes, and formats are not confused."""

import threading

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


@given(st.binary(max_size=200))
def test_json_itself_is_a_form_too(rest: bytes) -> None:
    assert unpacked(b"{" + rest) == b"{" + rest


def test_an_answer_takes_less_than_half() -> None:
    assert len(packed(ANSWER)) * 2 < len(ANSWER)


@pytest.mark.parametrize("kept", [b"", b"\x02abc", b"\x00", b"[1]"])
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
