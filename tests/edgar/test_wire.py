"""Answers in EDGAR's form, cut out of a document: at a day, without some rows, of one concept."""

import json
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from service.core.near import nearest
from service.edgar import wire
from service.edgar.wire import Gone
from tests.edgar_documents import FIRST, SECOND, as_of, row, small

# days of filings are drawn often, since what counts is before, on and after them
DAYS = st.dates(date(2020, 1, 1), date(2022, 1, 1)) | st.sampled_from([date(2020, 2, 20), date(2021, 2, 19)])
REVENUES = Gone("us-gaap:Revenues", "USD", "2019-01-01", "2019-12-31", FIRST, "75126464")


def content(document: dict[str, Any]) -> bytes:
    return json.dumps(document).encode()


def decoded(answer: bytes | None) -> Any:
    return None if answer is None else json.loads(answer)


def test_without_a_day_and_without_retractions_the_bytes_are_the_document() -> None:
    spelled = json.dumps(small(), indent=3).encode()
    assert wire.facts_at(spelled, None) is spelled


@given(DAYS)
def test_at_a_day_the_rows_are_those_filed_by_then_with_their_labels(day: date) -> None:
    assert decoded(wire.facts_at(content(small()), day)) == as_of(small(), day.isoformat())


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["2018", "2019"]),
            st.sampled_from([(FIRST, "2020-02-20"), (SECOND, "2021-02-19")]),
        ),
        max_size=6,
    ),
    DAYS,
)
def test_labels_move_to_the_row_filed_last(rows: list[tuple[str, tuple[str, str]]], day: date) -> None:
    document = small()
    listed = [
        row(f"{year}-12-31", n, accn, filed, start=f"{year}-01-01")
        for n, (year, (accn, filed)) in enumerate(rows)
    ]
    document["facts"] = (
        {"dei": {"Thing": {"label": None, "description": None, "units": {"USD": listed}}}} if listed else {}
    )
    document = as_of(document, "9999-12-31") or document
    assert decoded(wire.facts_at(content(document), day)) == as_of(document, day.isoformat())


def test_a_retracted_row_is_left_out_whatever_the_day_and_a_name_replaces_the_document_s() -> None:
    for day in (None, date(2021, 12, 31)):
        answer = decoded(wire.facts_at(content(small()), day, [REVENUES], "Then, Inc."))
        rows = answer["facts"]["us-gaap"]["Revenues"]["units"]["USD"]
        assert ([one["val"] for one in rows], answer["entityName"]) == ([75126000], "Then, Inc.")
    assert decoded(wire.facts_at(content(small()), date(2020, 12, 31), [REVENUES]))["facts"][
        "us-gaap"
    ].keys() == {"EarningsPerShareBasic"}


def test_nothing_is_left_before_the_first_filing() -> None:
    assert wire.facts_at(content(small()), date(2020, 2, 19)) is None


def test_a_concept_has_the_fields_of_edgar_s_companyconcept_in_their_order() -> None:
    answer = decoded(wire.concept_at(content(small()), "us-gaap", "Revenues", None))
    assert list(answer) == ["cik", "taxonomy", "tag", "label", "description", "entityName", "units"]
    assert answer["units"] == small()["facts"]["us-gaap"]["Revenues"]["units"]
    assert wire.concept_at(content(small()), "us-gaap", "Revenues", date(2020, 2, 19)) is None
    assert wire.concept_at(content(small()), "us-gaap", "NoSuch", None) is None


def test_fields_that_the_document_lacks_are_absent_from_a_concept() -> None:
    document = small()
    del document["entityName"], document["facts"]["us-gaap"]["Revenues"]["label"]
    answer = decoded(wire.concept_at(content(document), "us-gaap", "Revenues", None))
    assert list(answer) == ["cik", "taxonomy", "tag", "description", "units"]
    named = decoded(wire.concept_at(content(document), "us-gaap", "Revenues", None, (), "Then"))
    assert named["entityName"] == "Then"


def test_rows_units_and_concepts_are_taken_out() -> None:
    parts = [
        ("us-gaap", "Revenues", "USD", 0),
        ("us-gaap", "EarningsPerShareBasic"),
        ("dei", "EntityPublicFloat", "USD"),
    ]
    answer = decoded(wire.without(content(small()), parts))
    whole = small()["facts"]["us-gaap"]["Revenues"]["units"]["USD"]
    assert answer["facts"]["us-gaap"].keys() == {"Revenues"}
    assert answer["facts"]["us-gaap"]["Revenues"]["units"] == {"USD": whole[1:]}
    assert answer["facts"]["dei"]["EntityPublicFloat"]["units"] == {}
    every = [("us-gaap", "Revenues", "USD", place) for place in (0, 1)]
    assert decoded(wire.without(content(small()), every))["facts"]["us-gaap"]["Revenues"]["units"] == {}
    assert decoded(wire.without(content(small()), [])) == small()


def test_the_concepts_of_a_document_are_named_with_their_taxonomy() -> None:
    names = wire.concepts_of(content(small()))
    assert sorted(names) == ["dei:EntityPublicFloat", "us-gaap:EarningsPerShareBasic", "us-gaap:Revenues"]
    assert nearest("dei:REVENUES", names) == ["us-gaap:Revenues"]
    assert nearest("us-gaap:EarningsPerShare", names) == ["us-gaap:EarningsPerShareBasic"]
    assert nearest("us-gaap:Zebra", names) == []
