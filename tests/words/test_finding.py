"""Search by the words of standard concepts."""

import pytest

from service.words.concepts import STANDARD
from service.words.finding import meant
from tests.running import InProcess
from tests.words.real import CONTRACTS, slug


@pytest.mark.parametrize(
    ("text", "concept", "rest"),
    [
        ("apple revenue", "revenue", "apple"),
        ("Net Income of Walmart", "net-income", "of Walmart"),
        ("home depot operating cash flow", "operating-cash-flow", "home depot"),
        ("R&D Apple", None, ""),
        ("cash with restricted cash walmart", "cash-with-restricted", "walmart"),
        ("long-term debt", "long-term-debt", ""),
        ("alibaba cloud", None, ""),
    ],
)
def test_the_longest_phrase_is_the_concept(text: str, concept: str | None, rest: str) -> None:
    found = meant(text)
    assert (found and found.concept.slug, found.rest if found else "") == (concept, rest)


def test_every_word_for_a_concept_leads_to_it() -> None:
    for one in STANDARD:
        for word in (one.slug, one.label, *one.also):
            found = meant(word)
            assert len(word) < 3 or (found is not None and found.concept == one and not found.rest), word


def test_apple_revenue_comes_first(real: InProcess) -> None:
    items = real.found("/v1/search", q="apple revenue")["items"]
    first = items[0]
    assert (first["kind"], first["company"], first["subject"]) == ("fact", slug("Apple"), CONTRACTS)
    assert first["quantity"] == {"unit": "USD", "value": "416161000000"}
    assert "<mark>Revenue</mark>" in first["title"]
    assert [one["score"] for one in items] == sorted((one["score"] for one in items), reverse=True)
    assert [one.get("fact") for one in items].count(first["fact"]) == 1
    assert real.found("/v1/search", q="apple revenue", limit=1)["items"] == [first]


def test_a_concept_alone_is_found_as_such(real: InProcess) -> None:
    first = real.found("/v1/search", q="revenue")["items"][0]
    assert (first["kind"], first["concept"]) == ("concept", "revenue")
    assert real.found("/v1/search", q="revenue", kind="source")["items"] == []
    nothing = real.found("/v1/search", q="apple revenue", kind="company")["items"]
    assert all(one["kind"] == "company" for one in nothing)
    assert real.found("/v1/search", q="zzqq revenue")["items"][:1] != [first]
