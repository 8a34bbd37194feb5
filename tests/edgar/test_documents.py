"""Reading of companyfacts documents, and refusals with the JSON pointer of what is wrong."""

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from service.core.errors import Invalid
from service.core.facts import FactKey
from service.core.identity import company_key, slot_key
from service.core.periods import Period
from service.edgar import documents
from service.edgar.documents import Document, DocumentReader
from tests.edgar_documents import CIK, FIRST, row, small

REVENUES = "/facts/us-gaap/Revenues/units/USD"


def read(document: Any) -> Document:
    return DocumentReader().read(document if isinstance(document, bytes) else json.dumps(document).encode())


def refusal(document: Any) -> tuple[str, str]:
    """The place and the reason."""
    with pytest.raises(Invalid) as refused:
        read(document)
    (flaw,) = refused.value.errors
    return flaw.pointer or "", flaw.detail


def changed(**fields: Any) -> dict[str, Any]:
    """The small document with other fields in its first row; one that is None is left out."""
    document = small()
    first = document["facts"]["us-gaap"]["Revenues"]["units"]["USD"][0]
    for name, value in fields.items():
        if value is None:
            del first[name]
        else:
            first[name] = value
    return document


def test_what_is_read_is_what_is_written() -> None:
    found = read(small())
    assert (found.cik, found.rows, found.filed) == (CIK, 4, "2021-02-19")
    assert [one.id for one in found.concepts] == [
        "us-gaap:Revenues", "us-gaap:EarningsPerShareBasic", "dei:EntityPublicFloat",
    ]  # fmt: skip
    assert [(filing.accession, filing.rank) for filing in found.filings] == [
        (FIRST, 0), ("0001234567-21-000002", 1),
    ]  # fmt: skip
    revenues = found.series[0]
    (year,) = revenues.facts
    assert [(entry.place, entry.number) for entry in year.entries] == [(0, "75126464"), (1, "75126000")]
    assert revenues.exceptions == {}


def test_ids_are_those_of_the_same_facts_written_otherwise() -> None:
    found = read(small())
    slug = f"cik-{CIK:010}"
    for series in found.series:
        for fact in series.facts:
            key = FactKey(
                company=slug, kind="metric", subject=series.subject, dimensions={}, basis="reported",
                period=fact.span.period, unit=series.unit, comparison=None,
            )  # fmt: skip
            assert key.id.int == (key.id.int >> 64 << 64) | fact.low
            assert company_key(slug) >= 0
        assert series.slot == slot_key(
            kind="metric",
            subject=series.subject,
            dimensions={},
            basis="reported",
            unit=series.unit,
            comparison=None,
        )


def test_versions_are_in_the_order_of_filing_whatever_the_order_of_rows() -> None:
    document = small()
    document["facts"]["us-gaap"]["Revenues"]["units"]["USD"].reverse()
    (year,) = read(document).series[0].facts
    assert [(entry.place, entry.number) for entry in year.entries] == [(1, "75126464"), (0, "75126000")]


def test_two_filings_of_a_day_are_in_the_order_of_their_numbers() -> None:
    start = {"start": "2019-01-01"}
    late, early = "0001234567-20-000009", "0001234567-20-000002"
    rows = [row("2019-12-31", n, accn, "2020-02-20", **start) for n, accn in enumerate((late, early))]
    document = small()
    document["facts"]["us-gaap"]["Revenues"]["units"]["USD"] = rows
    (year,) = read(document).series[0].facts
    assert [entry.filing.accession for entry in year.entries] == [early, late]


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("1", "1"), ("1.50", "1.5"), ("0.1", "0.1"), ("-0.0", "0.0"), ("0", "0"), ("-7", "-7"),
        ("1e3", "1000.0"), ("1e-7", "0.0000001"), ("1.5E+10", "15000000000.0"), ("12345678901234567890", "12345678901234567890"),
        ("2.5e-20", "0.000000000000000000025"), ("123456789.123456789", "123456789.12345679"),
    ],
)  # fmt: skip
def test_numbers_are_exact_and_doubles_the_shortest_that_reads_back(written: str, number: str) -> None:
    text = json.dumps(small()).replace("75126464", written, 1)
    entry = read(text.encode()).series[0].facts[0].entries[0]
    assert Decimal(entry.number) == Decimal(number)
    assert "e" not in entry.number.lower()
    assert not entry.number.startswith("-0.0") or float(entry.number)


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({"end": "0000-12-31"}, "end"),
        ({"end": "0019-12-31"}, "end"),
        ({"end": "9999-12-31"}, "end"),
        ({"end": "2019-02-30"}, "end"),
        ({"end": "2019-12-31T00:00:00"}, "end"),
        ({"end": "20191231"}, "end"),
        ({"end": "2019-W52-2"}, "end"),
        ({"end": ""}, "end"),
        ({"start": "2020-01-01"}, "start"),
        ({"start": "2019-00-01"}, "start"),
        ({"filed": "1899-01-01"}, "filed"),
        ({"filed": "2101-01-01"}, "filed"),
        ({"filed": "2021-02-29"}, "filed"),
        ({"accn": "1234567-20-000001"}, "accn"),
        ({"accn": "0001234567-20-000001\n"}, "accn"),
        ({"form": "x" * 51}, "form"),
        ({"form": "10-K\u0000"}, "form"),
        ({"fp": "Q\n1"}, "fp"),
        ({"fy": -1}, "fy"),
        ({"fy": 10_000}, "fy"),
        ({"fy": "2019"}, "fy"),
        ({"val": "75126464"}, "val"),
        ({"val": 10**31}, "val"),
        ({"val": 1e40}, "val"),
        ({"val": 1e-40}, "val"),
        ({"frame": "CY2019Q5"}, "frame"),
        ({"frame": "2019"}, "frame"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_at_its_place(fields: dict[str, Any], place: str) -> None:
    assert refusal(changed(**fields))[0] == f"{REVENUES}/0/{place}"


@pytest.mark.parametrize("field", ["end", "val", "accn", "filed"])
def test_a_row_that_lacks_a_field_is_refused(field: str) -> None:
    pointer, detail = refusal(changed(**{field: None}))
    assert (pointer, field in detail) == (f"{REVENUES}/0", True)


def without(*steps: str) -> Callable[[dict[str, Any]], None]:
    def remove(document: dict[str, Any]) -> None:
        for step in steps[:-1]:
            document = document[step]
        del document[steps[-1]]

    return remove


def put(value: Any, *steps: str) -> Callable[[dict[str, Any]], None]:
    def add(document: dict[str, Any]) -> None:
        for step in steps[:-1]:
            document = document[step]
        document[steps[-1]] = value

    return add


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        (without("cik"), ""),
        (without("facts"), ""),
        (put(None, "facts"), "/facts"),
        (put(0, "cik"), "/cik"),
        (put(-1, "cik"), "/cik"),
        (put(10**10, "cik"), "/cik"),
        (put("12a", "cik"), "/cik"),
        (put(1.5, "cik"), "/cik"),
        (put([], "facts", "us-gaap"), "/facts/us-gaap"),
        (put({}, "facts", "us-gaap", "Revenues"), "/facts/us-gaap/Revenues"),
        (put({}, "facts", "us gaap", "a/b~c"), "/facts/us gaap/a~1b~0c"),
        (put([], "facts", "us-gaap", "Revenues", "units"), "/facts/us-gaap/Revenues/units"),
        (put({}, "facts", "us-gaap", "Revenues", "units", "USD"), REVENUES),
        (put([1], "facts", "us-gaap", "Revenues", "units", "USD"), f"{REVENUES}/0"),
        (put([], "facts", "us-gaap", "Revenues", "units", "$"), "/facts/us-gaap/Revenues/units/$"),
    ],
)  # fmt: skip
def test_another_shape_is_refused_at_its_place(
    change: Callable[[dict[str, Any]], None], pointer: str
) -> None:
    document = small()
    if pointer.startswith("/facts/us gaap"):
        document["facts"]["us gaap"] = {}
    change(document)
    assert refusal(document)[0] == pointer


def test_fields_that_edgar_adds_are_no_reason_to_refuse() -> None:
    document = changed(more={"of": [1]})
    put(1, "more")(document)
    put(1, "facts", "us-gaap", "Revenues", "more")(document)
    assert read(document).rows == read(small()).rows


@pytest.mark.parametrize(
    ("field", "value"),
    [("fy", None), ("fp", None), ("fp", ""), ("form", None), ("form", ""), ("label", ""), ("label", None)],
)
@pytest.mark.parametrize("absent", [True, False])
def test_a_field_that_says_nothing_is_no_reason_to_refuse(field: str, value: Any, *, absent: bool) -> None:
    document = small()
    for tags in document["facts"].values():
        for concept in tags.values():
            rows = [one for listed in concept["units"].values() for one in listed]
            for holder in [concept] if field == "label" else rows:
                holder[field] = value
                if absent:
                    del holder[field]
    found = read(document)
    assert found.rows == read(small()).rows
    assert (
        {
            (one.fiscal_year, one.fiscal_period, one.form)[("fy", "fp", "form").index(field)]
            for one in found.filings
        }
        == {"" if field == "form" else None}
        if field != "label"
        else all(one.label is None for one in found.concepts)
    )


def test_a_document_without_a_name_or_descriptions_is_read() -> None:
    document = small()
    del document["entityName"]
    for tags in document["facts"].values():
        for concept in tags.values():
            del concept["label"], concept["description"]
    found = read(document)
    assert (found.name, found.rows) == ("", 4)


def test_absent_fields_do_not_hide_a_name_that_stands_twice() -> None:
    document = small()
    del document["facts"]["us-gaap"]["Revenues"]["units"]["USD"][0]["fy"]
    text = json.dumps(document).replace('"val"', '"val": 1, "val"', 1)
    assert refusal(text.encode()) == (f"{REVENUES}/0/val", "the name stands twice in one object")


@pytest.mark.parametrize("unit", ["_Year", "Métier", "人", "a" * 101, "USD/shares", "x·y", "a.b-c_1", "𐐀"])
def test_a_unit_is_any_name_of_xml(unit: str) -> None:
    document = small()
    put(
        {unit: document["facts"]["us-gaap"]["Revenues"]["units"]["USD"]},
        "facts",
        "us-gaap",
        "Revenues",
        "units",
    )(document)
    assert read(document).series[0].unit == unit


@pytest.mark.parametrize(
    "unit", ["%", "", "2019", "-x", ".x", "a b", "a:b", "a%", "a\n", "\u0301", "a" * 1001, "$", "×"]
)
def test_what_is_no_name_of_xml_is_no_unit(unit: str) -> None:
    document = small()
    put({unit: []}, "facts", "us-gaap", "Revenues", "units")(document)
    pointer, detail = refusal(document)
    assert (pointer, "cannot be a unit" in detail) == (f"/facts/us-gaap/Revenues/units/{unit}", True)


# -- rows that are skipped -------------------------------------------------------------------------


def skipping(document: Any) -> Document:
    return DocumentReader().read(json.dumps(document).encode(), skip_bad_rows=True)


@pytest.mark.parametrize(
    "fields",
    [
        {"end": "2019-02-30"}, {"end": 5}, {"start": "2020-01-01"}, {"filed": "1899-01-01"}, {"accn": "1"}, {"form": "x" * 51},
        {"fy": "2019"}, {"val": "1"}, {"val": 1e40}, {"frame": "CY2019Q5"}, {"accn": None}, {"end": None},
    ],
)  # fmt: skip
@pytest.mark.parametrize("long_series", [4_000_000, 10])
def test_a_bad_row_alone_is_skipped_and_named(
    monkeypatch: pytest.MonkeyPatch, fields: dict[str, Any], long_series: int
) -> None:
    monkeypatch.setattr(documents, "_LONG_SERIES", long_series)
    document = changed(**fields)
    pointer, detail = refusal(document)
    found = skipping(document)
    assert [(one.steps, one.pointer, one.detail) for one in found.skipped] == [
        (("us-gaap", "Revenues", "USD", 0), pointer, detail)
    ]
    assert found.rows == 3
    (year,) = found.series[0].facts
    assert [(entry.place, entry.number) for entry in year.entries] == [(1, "75126000")]
    # a filing that the bad row alone names is none of the document's
    assert [one.accession for one in found.filings] == [FIRST, "0001234567-21-000002"]


def test_a_bad_unit_and_a_bad_concept_are_skipped_whole_and_named() -> None:
    document = small()
    units = document["facts"]["us-gaap"]["Revenues"]["units"]
    units["%"] = units["USD"]
    put(5, "facts", "us-gaap", "EarningsPerShareBasic", "units")(document)
    put({}, "facts", "dei", "a b")(document)
    found = skipping(document)
    assert [(one.steps, one.pointer) for one in found.skipped] == [
        (("us-gaap", "Revenues", "%"), "/facts/us-gaap/Revenues/units/%"),
        (("us-gaap", "EarningsPerShareBasic"), "/facts/us-gaap/EarningsPerShareBasic/units"),
        (("dei", "a b"), "/facts/dei/a b"),
    ]
    assert [one.subject for one in found.series] == ["us-gaap:Revenues", "dei:EntityPublicFloat"]


def test_a_good_document_has_nothing_to_skip() -> None:
    found, whole = skipping(small()), read(small())
    assert (found.skipped, found.rows, found.concepts, found.digest) == (
        [], whole.rows, whole.concepts, whole.digest,
    )  # fmt: skip


@pytest.mark.parametrize("change", [put(0, "cik"), put([], "facts", "us-gaap"), without("facts")])
def test_a_document_that_is_bad_as_a_whole_is_refused_all_the_same(
    change: Callable[[dict[str, Any]], None],
) -> None:
    document = small()
    change(document)
    with pytest.raises(Invalid):
        skipping(document)


def test_a_name_that_stands_twice_is_refused_where_rows_are_skipped() -> None:
    text = json.dumps(changed(end="2019-02-30")).replace(
        '"entityName"', '"entityName": "Other", "entityName"', 1
    )
    with pytest.raises(Invalid, match="stands twice"):
        DocumentReader().read(text.encode(), skip_bad_rows=True)


def test_more_bad_rows_than_may_be_skipped_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "SKIPPED_LIMIT", 1)
    document = changed(end="2019-02-30")
    assert len(skipping(document).skipped) == 1
    document["facts"]["us-gaap"]["Revenues"]["units"]["USD"][1]["val"] = "x"
    with pytest.raises(Invalid, match="more than 1 rows"):
        skipping(document)


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999", "01", "+1", "0x10", "1_000"])
def test_what_json_has_no_number_for_is_refused_where_it_stands(number: str) -> None:
    text = json.dumps(small()).replace("75126464", number, 1)
    assert refusal(text.encode())[0].startswith(f"{REVENUES}/0")


@pytest.mark.parametrize(
    ("content", "pointer"),
    [
        (b"", ""), (b"null", ""), (b"[]", ""), (b"{}", ""), (b"\xef\xbb\xbf{}", ""), (b"<html></html>", ""),
        (json.dumps(small()).encode("utf-16"), ""),
        (json.dumps(small()).encode().replace(b"All of them.", b"All of \xff\xfe."), "/facts/us-gaap/Revenues"),
        (json.dumps(small()).encode() + b"}", ""),
    ],
)  # fmt: skip
def test_what_is_no_document_at_all_is_refused(content: bytes, pointer: str) -> None:
    assert refusal(content)[0].startswith(pointer)


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
def test_a_document_that_is_cut_short_is_refused_where_it_ends(share: float) -> None:
    content = json.dumps(small()).encode()
    pointer, detail = refusal(content[: int(len(content) * share)])
    assert (pointer[:7], "not JSON" in detail) == ("/facts/", True)


@pytest.mark.parametrize(
    ("told", "twice", "pointer"),
    [
        ('"entityName"', '"entityName": "Other", "entityName"', "/entityName"),
        ('"us-gaap"', '"us-gaap": {}, "us-gaap"', "/facts/us-gaap"),
        ('"Revenues"', '"Revenues": {"label": null, "description": null, "units": {}}, "Revenues"', "/facts/us-gaap/Revenues"),
        ('"label"', '"label": "Sales", "label"', "/facts/us-gaap/Revenues/label"),
        ('"USD"', '"USD": [], "USD"', REVENUES),
        ('"val"', '"val": 1, "val"', f"{REVENUES}/0/val"),
        ('"start"', '"start": "2018-01-01", "start"', f"{REVENUES}/0/start"),
        ('"frame"', '"frame": "CY2018", "frame"', f"{REVENUES}/1/frame"),
        ('"val"', '"v\\u0061l": 1, "val"', f"{REVENUES}/0/val"),
    ],
)  # fmt: skip
def test_a_name_that_stands_twice_is_refused_since_one_of_the_two_would_be_lost(
    told: str, twice: str, pointer: str
) -> None:
    for separators in ((", ", ": "), (",", ":")):
        text = json.dumps(small(), separators=separators)
        twice = twice if " " in separators[0] else twice.replace('": ', '":').replace(", ", ",")
        assert refusal(text.replace(told, twice, 1).encode()) == (
            pointer,
            "the name stands twice in one object",
        )


@pytest.mark.parametrize("words", ['a "quoted": word', 'a \\\\": word', '":":":', "\\"])
def test_text_that_looks_like_names_is_none(words: str) -> None:
    document = small()
    document["facts"]["us-gaap"]["Revenues"]["description"] = words
    document["entityName"] = words
    assert read(document).concepts[0].description == words
    assert read(json.dumps(document, indent=1, separators=(",", " :\t")).encode()).rows == 4


def test_long_series_are_read_like_short_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "_LONG_SERIES", 10)
    long = read(small())
    monkeypatch.undo()
    short = read(small())
    assert [
        [(fact.low, [(e.place, e.number, e.filing.accession) for e in fact.entries]) for fact in one.facts]
        for one in long.series
    ] == [
        [(fact.low, [(e.place, e.number, e.filing.accession) for e in fact.entries]) for fact in one.facts]
        for one in short.series
    ]
    monkeypatch.setattr(documents, "_LONG_SERIES", 10)
    assert refusal(changed(end="2019-02-30"))[0] == f"{REVENUES}/0/end"
    assert refusal(changed(val="x"))[0] == f"{REVENUES}/0/val"


def test_more_filings_than_there_can_be_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "FILINGS_LIMIT", 1)
    assert refusal(small())[0] == f"{REVENUES}/1/accn"


def test_periods_are_told_apart_by_both_their_days() -> None:
    rows = [
        row("2019-12-31", 1, FIRST, "2020-02-20"),
        row("2019-12-31", 2, FIRST, "2020-02-20", start="2019-12-31"),
        row("2019-12-31", 3, FIRST, "2020-02-20", start="2019-12-30"),
    ]
    document = small()
    document["facts"]["us-gaap"]["Revenues"]["units"]["USD"] = rows
    facts = read(document).series[0].facts
    assert len({fact.low for fact in facts}) == 3
    assert facts[0].span.period == Period(instant=facts[1].span.period.last)
