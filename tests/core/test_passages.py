"""JSON pointers find what a plain implementation of RFC 6901 finds, and decode each container once."""

import json
from typing import Any, cast

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.core import passages
from service.core.citations import JsonPointer
from service.core.errors import Invalid, QuoteNotFound
from service.core.passages import Entries, resolve

NAMES = st.sampled_from(["", "a", "a/b", "m~n", "~1", "0", "01", "é😀", '"', "\n"])
DOCUMENTS = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.sampled_from(["", "words", "[1]"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=20,
)
MISSING = object()


def pointed(document: Any, path: str) -> Any:
    """What a pointer leads to, by RFC 6901."""
    for token in path.split("/")[1:]:
        step = token.replace("~1", "/").replace("~0", "~")
        if isinstance(document, list):
            places = {str(place): inner for place, inner in enumerate(cast("list[Any]", document))}
            document = places.get(step, MISSING)
        else:
            held = cast("dict[str, Any]", document) if isinstance(document, dict) else {}
            document = held.get(step, MISSING)
    return document


def spelled(step: str) -> str:
    return step.replace("~", "~0").replace("/", "~1")


@given(DOCUMENTS, st.lists(st.lists(NAMES | st.integers(0, 4).map(str), max_size=4), min_size=1, max_size=12))
def test_a_pointer_leads_where_the_standard_says(document: Any, paths: list[list[str]]) -> None:
    text = json.dumps(document)
    entries = Entries(text)  # one for all paths, so that later look-ups use what earlier ones decoded
    for path in ["".join(f"/{spelled(step)}" for step in steps) for steps in paths]:
        expected = pointed(document, path)
        if expected is MISSING:
            with pytest.raises(QuoteNotFound, match="nothing stands at"):
                entries.at(path)
        else:
            assert entries.at(path) == expected
            _, passage = resolve(JsonPointer(pointer=path), text, public=True)
            assert (passage.entry, json.loads(passage.text)) == (expected, expected)


@pytest.mark.parametrize("text", ["", "words", "{", '{"a": [1, }', '{"a": NaN}', '{"a": 1} 2', "[" * 100_000])
def test_a_pointer_leads_nowhere_in_what_is_not_json(text: str) -> None:
    for path in ("", "/a", "/a/0"):
        with pytest.raises(Invalid, match="not JSON") as refused:
            Entries(text).at(path, pointer="/citations/3")
        assert refused.value.errors[0].pointer == "/citations/3/selector/pointer"


class Counting:
    """A decoder that counts the bytes it is given."""

    def __init__(self, decoder: msgspec.json.Decoder[Any]) -> None:
        self._decoder = decoder
        self.bytes = 0

    def decode(self, data: Any) -> Any:
        self.bytes += len(memoryview(data)) if isinstance(data, msgspec.Raw) else len(data)
        return self._decoder.decode(data)


def test_a_document_is_read_once_for_all_that_cite_it(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [{"end": "2019-12-31", "val": n} for n in range(5000)]
    text = json.dumps(
        {"facts": {"us-gaap": {tag: {"units": {"USD": rows}} for tag in ("Assets", "Revenues")}}}
    )
    containers = Counting(passages._containers)  # pyright: ignore[reportPrivateUsage]: what is counted
    whole = Counting(passages._whole)  # pyright: ignore[reportPrivateUsage]
    monkeypatch.setattr(passages, "_containers", containers)
    monkeypatch.setattr(passages, "_whole", whole)
    entries = Entries(text)
    for tag in ("Assets", "Revenues"):
        for n in range(5000):
            assert entries.at(f"/facts/us-gaap/{tag}/units/USD/{n}/val") == n
    # once for each level of the document, and once for each row
    assert containers.bytes < 8 * len(text)
    assert whole.bytes < len(text)
