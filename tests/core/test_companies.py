"""Identifiers of companies in normal form, and what a text probably refers to."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.core.companies import (
    CompanyDescription,
    Listing,
    Profile,
    meant,
    normal,
    normal_identifier,
    parse_reference,
    spellings,
)
from service.core.errors import Malformed


@pytest.mark.parametrize(
    ("scheme", "value", "expected"),
    [
        ("cik", "0001577552", "1577552"),
        ("ticker", "brk-b", "BRK-B"),
        ("wikidata", "q1359568", "Q1359568"),
        ("lei", "5493001kjtiigc8y1r12", "5493001KJTIIGC8Y1R12"),
        ("isin", "us0378331005", "US0378331005"),
        ("cusip", "037833100", "037833100"),
        ("duns", "00-1", "00-1"),
    ],
)
def test_identifiers_in_normal_form(scheme: str, value: str, expected: str) -> None:
    assert normal_identifier(scheme, value) == expected
    assert normal_identifier(scheme, expected) == expected


@pytest.mark.parametrize(
    ("scheme", "value"),
    [
        ("cik", "0"), ("cik", "12345678901"), ("cik", "12a"), ("cik", "\u0661"), ("wikidata", "P31"), ("wikidata", "Q"),
        ("lei", "5493001KJTIIGC8Y1R13"), ("isin", "US0378331006"), ("cusip", "037833101"),
    ],
)  # fmt: skip
def test_identifiers_that_are_none(scheme: str, value: str) -> None:
    with pytest.raises(ValueError, match=f"'{value}' is not a"):
        normal_identifier(scheme, value)
    with pytest.raises(Malformed) as refused:
        parse_reference(f"{scheme}:{value}", parameter="company")
    assert [flaw.parameter for flaw in refused.value.errors] == ["company"]


def test_the_good_identifiers_of_a_company_stay_and_the_bad_ones_are_placed() -> None:
    given_ = CompanyDescription(
        slug="acme", name="Acme", identifiers={"cik": "007", "lei": "x", "ticker": "ac"}
    )
    made, flaws = normal(given_)
    assert made.identifiers == {"cik": "7", "ticker": "AC"}
    assert [flaw.pointer for flaw in flaws] == ["/identifiers/lei"]


def test_a_company_is_known_by_the_tickers_of_its_listings() -> None:
    listed = Profile(listings=[Listing(ticker="brk-a"), Listing(ticker="BRK-B")])
    company = CompanyDescription(
        slug="b", name="B", identifiers={"cik": "7", "ticker": "BRK-B"}, profile=listed
    )
    assert company.known_by() == {("cik", "7"), ("ticker", "BRK-A"), ("ticker", "BRK-B")}


@pytest.mark.parametrize(
    ("ticker", "ways"),
    [
        ("BRK-B", ["BRK-B", "BRK.B", "BRK/B"]),
        ("BRK B", ["BRK-B", "BRK.B", "BRK/B"]),
        ("AAPL", ["AAPL"]),
        ("A-B.C", ["A-B-C", "A-B.C", "A-B/C", "A.B-C", "A.B.C", "A.B/C", "A/B-C", "A/B.C", "A/B/C"]),
        ("A-B-C-D-E", ["A-B-C-D-E"]),
    ],
)
def test_the_ways_to_write_a_ticker(ticker: str, ways: list[str]) -> None:
    assert spellings(ticker) == ways


@given(st.lists(st.text("ABC", min_size=1, max_size=3), min_size=2, max_size=4))
def test_all_ways_to_write_a_ticker_are_ways_of_each_other(parts: list[str]) -> None:
    ways = spellings("-".join(parts))
    assert len(ways) == 3 ** (len(parts) - 1)
    assert all(spellings(one) == ways for one in ways)
    separators = product("-./", repeat=len(parts) - 1)
    assert set(ways) == {
        parts[0] + "".join(map("".join, zip(way, parts[1:], strict=True))) for way in separators
    }


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("AAPL", "ticker:AAPL"), ("brk.b", "ticker:BRK.B"), ("CIK0001318605", "cik:1318605"), ("0001318605", "cik:1318605"),
        ("CIK: 7", "cik:7"), ("CIK:7", "cik:7"), ("Ticker: AAPL", "ticker:AAPL"), ("ticker:AAPL", None), ("ticker:", None),
        (":", None), ("Alibaba Cloud", "alibaba-cloud"), ("alibaba-cloud", None), ("\u963f\u91cc", None), ("", None),
        ("a" * 101 + "!", None),
    ],
)  # fmt: skip
def test_what_a_text_probably_refers_to(text: str, reference: str | None) -> None:
    assert meant(text) == reference
