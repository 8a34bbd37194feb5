"""The reader finds every quantity that the tests write, nothing else, and never raises."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec import structs

from service.evidence.reading.reader import read
from service.evidence.reading.readings import Reading
from tests.core.renderings import AFTER, BEFORE, Said, placed
from tests.effort import examples
from tests.evidence import passage_table
from tests.rows import in_groups, wrong

SIGNS = "0123456789$€¥%.,-–—()[]/:'#+ \n\tabkmxBM×½²\u200b\u200f\u202e\u2009\u00a0\u0301\u0661\uff15\U0001d7d9\ud800\x00"
PIECES = (
    " million", "billion ", "bn", "percent", " to ", " and ", "between ", "from ", "hundred ", "twenty", "two ", "half ",
    "a third of ", "more than ", "up to ", "fell ", "quarters in a row", "-year", "No. ", "per share", "point ", "times ",
    "US$", "HK$", "Rs. ", "double-digit", "consecutive quarters",
)  # fmt: skip
STRANGE = st.lists(st.sampled_from([*SIGNS, *PIECES]), max_size=40).map("".join)


@in_groups("passages", passage_table.passages(), by=lambda passage: passage.style)
def test_every_passage_of_the_table_reads_as_a_person_would_read_it(
    passages: list[passage_table.Passage],
) -> None:
    assert wrong(passages, passage_table.flaw) == []


@given(placed())
@settings(max_examples=examples(300))
def test_what_was_written_is_read_back(said: Said) -> None:
    found = [one for one in read(said.text) if one.role == "quantity"]
    assert len(found) == 1, (said, found)
    reading = found[0]
    written = (said.low, None) if said.high is None else (None, said.low)
    assert (reading.value, reading.low) == written
    assert reading.high == said.high
    assert (reading.bound, reading.decimals) == (said.bound, said.decimals)
    assert said.lead + said.words + said.trail == said.text
    assert len(said.lead) <= reading.start < reading.end <= len(said.lead + said.words)


SENTENCES = [passage.text for passage in passage_table.passages() if passage.style == "newswire"]


@given(st.lists(st.sampled_from(SENTENCES), min_size=2, max_size=4))
@example(
    ["Orders were worth €22.9 billion, 6 percent less than a year earlier.", "Microsoft plans an investment."]
)
@settings(max_examples=examples(200))
def test_sentences_are_read_one_by_one(sentences: list[str]) -> None:
    alone = [replaced(one, offset) for sentence, offset in placed_after(sentences) for one in read(sentence)]
    assert list(read(" ".join(sentences))) == alone


def placed_after(sentences: list[str]) -> list[tuple[str, int]]:
    """Each sentence with the place where it starts once they are joined."""
    return [(sentence, len(" ".join([*sentences[:at], ""]))) for at, sentence in enumerate(sentences)]


def replaced(reading: Reading, offset: int) -> Reading:
    return structs.replace(reading, start=reading.start + offset, end=reading.end + offset)


@given(st.sampled_from(BEFORE), st.sampled_from(AFTER))
def test_years_dates_names_and_marks_are_no_quantities(lead: str, trail: str) -> None:
    assert read(f"{lead}much{trail}") == ()


@given(STRANGE | st.text(max_size=60))
@settings(max_examples=examples(500))
def test_no_text_makes_it_fail(text: str) -> None:
    end = 0
    for reading in read(text):
        assert end <= reading.start < reading.end <= len(text)
        end = reading.end
        assert (reading.value is None) == (reading.low is not None) == (reading.high is not None)
        if reading.low is not None and reading.high is not None:
            assert reading.low < reading.high


@pytest.mark.parametrize(
    "piece",
    ["1", "1 ", "1,", "123\u2009", "(", "([{", "5-", "5–6 to ", "two hundred and ", "more than ", "$", "5\u200f", "1\u200b",
     "5\u0301", "\u0661", "five million ", "between ", "from 1 to ", "half ", "No. 1", "in a row ", "\ud83d", "٪"],
)  # fmt: skip
def test_long_hostile_passages_are_read_to_their_end(piece: str) -> None:
    # some prose, after which numbers are read again however many there were before
    prose = " ends here; and after all that has been said on this page and on the pages before it, we come to the result"
    text = f"{piece * (30_000 // len(piece))}{prose}; revenue was US$53 billion"
    last = read(text)[-1:]
    assert [text[one.start : one.end] for one in last] == ["US$53 billion"]
