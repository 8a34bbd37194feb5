"""Words as search compares them, and the stretches that texts are cut into."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.core.words import label_of, normal, stretches, words_of


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("AT&T's 10-K", "atts 10k"),
        ("R & D", "r & d"),
        ("Société Générale", "societe generale"),
        ("L\u2019Oréal", "loreal"),
        ("ﬁnance ＡＢＣ", "finance abc"),
        ("Straße", "strasse"),
        ("a-b 8-K 10-X", "a-b 8k 10-x"),
    ],
)
def test_words_are_compared_without_case_accents_and_apostrophes(text: str, plain: str) -> None:
    assert normal(text) == plain


@given(st.text())
def test_what_is_normal_stays_so(text: str) -> None:
    assert normal(normal(text)) == normal(text)
    assert all(word and not word.isspace() for word in words_of(text))


@pytest.mark.parametrize(
    ("subject", "label"),
    [
        ("us-gaap:CostOfRevenue", "Cost Of Revenue"),
        ("ifrs-full:EBITDAMargin", "EBITDA Margin"),
        ("ai-cloud", "ai cloud"),
        ("dei:Q4Sales_2020", "Q4 Sales 2020"),
    ],
)
def test_a_subject_in_words(subject: str, label: str) -> None:
    assert label_of(subject) == label


@given(
    st.lists(st.sampled_from(["word ", "sentence. ", "line\n", "end\n\n", "x" * 700]), max_size=30).map(
        "".join
    )
)
def test_stretches_cover_a_text_without_gap_or_overlap(text: str) -> None:
    found = stretches(text)
    assert "".join(text[one.start : one.end] for one in found) == text
    assert all(0 < one.end - one.start <= 1201 for one in found)


def test_a_text_is_cut_at_its_paragraphs() -> None:
    text = "a" * 500 + ". " + "b" * 500 + "\n\n" + "c" * 900
    assert [text[one.start] for one in stretches(text)] == ["a", "\n"]
