"""Parsing, similarity, ranking and snippets of search, without a database."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.core.countries import countries
from service.core.words import label_of, stretches, words_of
from service.search.ranking import (
    MOST_WORDS,
    Alternative,
    Alternatives,
    alike,
    corrections,
    fitness,
    highlighted,
    parse,
    score,
    snippet,
)

TEXTS = st.text(alphabet=st.characters(codec="utf-8"), max_size=400)
PROSE = st.lists(
    st.sampled_from(
        ["Alibaba's", "cloud", "<b>", "&amp;", "revenue", "É.", "Qwen\n", "10-K", "“chips”", "a", "über"]
    ),
    max_size=120,
).map(" ".join)
WORDS = st.lists(st.sampled_from(["cloud", "alibabas", "revenue", "chip", "qwen", "b", "uber"]), max_size=4)


def meant(*words: str) -> Alternatives:
    return Alternatives(Alternative(place, word, 1.0) for place, word in enumerate(words))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("McDONALD'S Corp", ["mcdonalds", "corp"]),
        ("McDonald’s", ["mcdonalds"]),
        ("Société Générale", ["societe", "generale"]),
        ("10-K and 10-Q, 20-F", ["10k", "and", "10q", "20f"]),
        ("2010-K1", ["2010", "k1"]),
        ("BRK.B", ["brk", "b"]),
        ("AT&T Inc.", ["att", "inc"]),
        ("M&T & Sons", ["mt", "sons"]),
        ("資生堂", ["資生堂"]),
        ("!?", []),
    ],
)
def test_words_are_compared_without_case_accents_and_apostrophes(text: str, words: list[str]) -> None:
    assert words_of(text) == words


@pytest.mark.parametrize(
    ("text", "words", "forms", "identifier"),
    [
        ("apple 10k revenue", ("apple", "revenue"), 1, None),
        ("Apple Inc.", ("apple",), 0, None),
        ("group", ("group",), 0, "GROUP"),
        ("10-K", ("10k",), 0, "10-K"),
        ("AAPL", ("aapl",), 0, "AAPL"),
        ("aapl", ("aapl",), 0, "AAPL"),
        ("brk.b", ("brk", "b"), 0, "BRK-B"),
        ("BRK/B", ("brk", "b"), 0, "BRK-B"),
        ("0000320193", ("0000320193",), 0, "320193"),
        ("CIK0000320193", ("cik0000320193",), 0, "320193"),
        ("cik:320193", ("cik", "320193"), 0, "320193"),
        ("ticker:BABA", ("ticker", "baba"), 0, "BABA"),
    ],
)
def test_what_a_person_types_is_taken_apart(
    text: str, words: tuple[str, ...], forms: int, identifier: str | None
) -> None:
    asked = parse(text)
    assert (asked.words, asked.forms) == (words, forms)
    assert identifier in asked.identifiers if identifier else asked.identifiers == ()


@given(TEXTS)
def test_anything_can_be_typed(text: str) -> None:
    asked = parse(text)
    assert len(asked.words) <= MOST_WORDS
    assert all(word == word.casefold() and word.isalnum() for word in asked.words)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("alibba", "alibaba"),
        ("macdonalds", "mcdonalds"),
        ("aple", "apple"),
        ("wallmart", "walmart"),
        ("microsft", "microsoft"),
        ("disny", "disney"),
        ("revnue", "revenue"),
        ("catalst", "catalyst"),
    ],
)
def test_a_misspelt_word_means_the_likest_one(typed: str, written: str) -> None:
    texts = [
        "alibaba group holding",
        "mcdonalds corp",
        "apple inc",
        "walmart microsoft",
        "walt disney",
        "revenues revenue",
    ]
    found = corrections(typed, [*texts, "ai catalyst program"])
    assert found[0][0] == written
    assert 0.4 <= found[0][1] < 1


def test_what_is_like_nothing_means_nothing() -> None:
    assert corrections("xyzzy", ["apple inc", "walmart"]) == []


@given(st.text(min_size=1, max_size=20), st.text(min_size=1, max_size=20))
def test_likeness_is_symmetric_and_whole_for_equals(one: str, other: str) -> None:
    assert alike(one, other) == alike(other, one)
    assert 0 <= alike(one, other) <= alike(one, one) == 1


def test_more_of_the_words_comes_before_everything_else() -> None:
    assert score("source", [1, 1], 0, 0.0) > score("company", [1, None], 0, 1.0)
    assert score("company", [1], 0, 1.0) > score("fact", [1], 0, 1.0) > score("concept", [1], 0, 1.0)
    assert score("company", [1], 0, 1.0) > score("company", [1], 0, 0.5)
    assert score("fact", [1, 1], 1, 0.5) < score("fact", [1, 1, 1], 0, 0.5)


def test_a_name_fits_by_the_part_of_it_that_is_asked_for_and_by_its_beginning() -> None:
    assert fitness(["Apple Inc."], meant("apple")) == 1.5
    assert fitness(["Apple Hospitality REIT, Inc."], meant("apple")) == pytest.approx(1 / 3 + 0.5)
    assert fitness(["Alibaba Group", "Aliyun"], meant("alibaba")) == 1.5
    assert fitness(["Cost of Revenue"], meant("revenue")) == 0.5
    assert fitness([], meant("alibaba")) == fitness(["Acme"], meant("alibaba")) == 0


def test_words_that_follow_one_another_as_they_were_asked_for_fit_better() -> None:
    asked = meant("net", "income", "apple")
    assert fitness(["Net Income (Loss) Attributable to Parent"], asked) > fitness(
        ["Income Taxes Paid, Net"], asked
    )
    assert fitness(["Income Net"], meant("net", "income")) < fitness(["Net Income"], meant("net", "income"))


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["china"], [(0, "cn")]),
        (["ai", "cloud", "united", "states"], [(2, "us"), (3, "us")]),
        (["south", "korea"], [(0, "kr"), (1, "kr"), (1, "kr")]),
        (["united", "airlines"], []),
        ([], []),
    ],
)
def test_countries_are_known_by_their_names(words: list[str], found: list[tuple[int, str]]) -> None:
    assert list(countries(words)) == found


def test_subjects_are_told_in_words() -> None:
    assert label_of("us-gaap:IncomeTaxesPaidNet") == "Income Taxes Paid Net"
    assert label_of("us-gaap:EBITDAMargin") == "EBITDA Margin"
    assert label_of("ai-catalyst-program") == "ai catalyst program"


# -- what is shown -------------------------------------------------------------------------------

TAG = re.compile(r"</?mark>")


@given(PROSE | TEXTS, WORDS)
def test_highlights_are_the_text_itself_escaped(text: str, words: list[str]) -> None:
    shown = highlighted(text, meant(*words))
    assert unescape(TAG.sub("", shown)) == unescape(TAG.sub("", highlighted(text, meant())))
    bare = TAG.sub("", shown)
    assert "<" not in bare
    assert ">" not in bare
    assert [m[0] for m in TAG.finditer(shown)] == ["<mark>", "</mark>"] * (shown.count("<mark>"))


@given(PROSE, WORDS)
def test_a_snippet_is_a_stretch_of_the_text_with_what_fits(text: str, words: list[str]) -> None:
    shown = snippet(text, meant(*words))
    if shown is None:
        assert "<mark>" not in highlighted(text, meant(*words))
        return
    assert "<mark>" in shown
    plain = unescape(TAG.sub("", shown)).removeprefix("… ").removesuffix(" …")
    assert plain in " ".join(unescape(TAG.sub("", highlighted(text, meant()))).split())
    assert len(plain) <= 400


@pytest.mark.parametrize(
    ("text", "words", "shown"),
    [
        ("McDONALD’S CORP", ["mcdonalds"], "<mark>McDONALD’S</mark> CORP"),
        ("AT&T INC.", ["att"], "<mark>AT&amp;T</mark> INC."),
        ("Revenues", ["revenue"], "<mark>Revenues</mark>"),
        ("Companies & <others>", ["company"], "<mark>Companies</mark> &amp; &lt;others&gt;"),
        ("Générale", ["generale"], "<mark>Générale</mark>"),
        ("clouds and cloudy", ["cloud"], "<mark>clouds</mark> and <mark>cloudy</mark>"),
        ("a cat", ["catalyst"], "a cat"),
        ("catalogs", ["catalyst"], "catalogs"),
        ("dirigible", ["dirigable"], "<mark>dirigible</mark>"),
    ],
)
def test_words_are_marked_in_whatever_ending(text: str, words: list[str], shown: str) -> None:
    assert highlighted(text, meant(*words)) == shown


@given(st.text(alphabet=" .\nabé漢", max_size=6000))
def test_stretches_are_the_whole_text_in_order(text: str) -> None:
    found = stretches(text)
    assert "".join(text[p.start : p.end] for p in found) == text
    assert all(0 < p.end - p.start <= 1201 for p in found)
