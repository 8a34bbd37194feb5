"""Reading of submissions and lists of tickers, in the variants that EDGAR has."""

import copy
import json
from typing import Any

import pytest

from service.core.companies import CompanyDescription
from service.core.errors import Invalid
from service.edgar.filers import Filer, described, read_submissions, read_ticker_table, read_tickers
from tests.edgar.test_importer import CIK, SUBMISSIONS

FUNDS = ["cik", "seriesId", "classId", "symbol"]


def read(**changed: Any) -> CompanyDescription:
    return described(read_submissions(json.dumps(SUBMISSIONS | changed).encode()).filer, None)


def test_former_names_with_their_days_are_aliases_once_each() -> None:
    former = [
        {"name": "TINY WORKS INC", "from": "2007-01-10T05:00:00.000Z", "to": "2019-08-05T04:00:00.000Z"},
        {"name": "Small works inc", "from": "1994-01-26T05:00:00.000Z", "to": "2007-01-04T05:00:00.000Z"},
        {"name": "TINY  WORKS  INC", "from": None, "to": None},
        {
            "name": "Société Générale Ouvrière",
            "from": "1993-01-01T00:00:00.000Z",
            "to": "1994-01-01T00:00:00.000Z",
        },
    ]
    assert read(formerNames=former).aliases == ["TINY WORKS INC", "Société Générale Ouvrière"]


def test_every_ticker_is_a_listing_with_its_exchange_where_there_is_one() -> None:
    company = read(tickers=["smw", "SMW-P", None, "BRK.B"], exchanges=["NYSE", None, "NYSE"])
    assert company.profile is not None
    assert [(one.ticker, one.exchange) for one in company.profile.listings] == [
        ("SMW", "NYSE"), ("SMW-P", None), ("BRK.B", None),
    ]  # fmt: skip
    assert company.identifiers == {"cik": str(CIK), "ticker": "SMW"}


@pytest.mark.parametrize("sic", ["", None, "abc", "12"])
def test_an_industry_that_is_none_is_left_out(sic: str | None) -> None:
    company = read(sic=sic, sicDescription="")
    assert company.profile is not None
    assert company.profile.industry is None


def test_a_filer_without_anything_but_its_name_is_a_company() -> None:
    company = read(tickers=[], exchanges=[], sic="", sicDescription="", formerNames=[], addresses=None)
    assert (company.slug, company.name, company.profile) == (f"cik-{CIK:010}", "SMALL WORKS INC", None)
    assert company.identifiers == {"cik": str(CIK)}


def test_a_foreign_address_is_kept_as_it_reads() -> None:
    business = {
        "street1": "969 WEST WEN YI ROAD", "street2": "YU HANG DISTRICT", "city": "HANGZHOU 311121", "stateOrCountry": "F4",
        "zipCode": "", "stateOrCountryDescription": "China", "isForeignLocation": 1, "foreignStateTerritory": None,
        "country": "China", "countryCode": "F4",
    }  # fmt: skip
    company = read(addresses={"business": business, "mailing": None})
    assert company.profile is not None
    address = company.profile.business_address
    assert address is not None
    assert (address.street, address.city, address.region, address.postal_code) == (
        ["969 WEST WEN YI ROAD", "YU HANG DISTRICT"], "HANGZHOU 311121", "China", None,
    )  # fmt: skip
    assert company.profile.mailing_address is None
    assert company.country is None, "F4 is EDGAR's own code, and no country's"


def test_names_in_other_letters_and_with_odd_spaces_are_names() -> None:
    assert read(name="L’Oréal\u00a0 S.A.\n").name == "L’Oréal S.A."
    assert read(name="阿里巴巴集团").name == "阿里巴巴集团"
    assert read(name=" \t").name == f"CIK {CIK}"


@pytest.mark.parametrize(
    ("changed", "pointer"),
    [
        ({"cik": "0"}, "/cik"),
        ({"cik": "x"}, "/cik"),
        ({"tickers": ["A B"]}, "/tickers/0"),
        ({"formerNames": [5]}, "/formerNames/0"),
        ({"filings": {"recent": {"accessionNumber": ["1"], "filingDate": ["2020-02-30"]}}}, "/filings/recent/filingDate/0"),
        ({"filings": {"recent": {"accessionNumber": ["1"], "filingDate": ["2019-W52-2"]}}}, "/filings/recent/filingDate/0"),
        ({"filings": {"recent": {"accessionNumber": ["1"], "filingDate": []}}}, "/filings/recent"),
        ({"filings": None}, "/filings"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_at_its_place(changed: dict[str, Any], pointer: str) -> None:
    with pytest.raises(Invalid) as refused:
        read(**changed)
    assert (refused.value.errors[0].pointer or "").startswith(pointer)


def test_the_tickers_of_a_company_stand_together_with_the_first_as_its_own() -> None:
    rows = [
        {"cik_str": 1652044, "ticker": "GOOGL", "title": "Alphabet Inc."},
        {"cik_str": 320193, "ticker": "AAPL", "title": "Apple Inc."},
        {"cik_str": 1652044, "ticker": "GOOG", "title": "Alphabet Inc."},
    ]
    alphabet, apple = read_tickers(json.dumps({str(n): row for n, row in enumerate(rows)}).encode())
    assert [one.ticker for one in alphabet.listings or ()] == ["GOOGL", "GOOG"]
    assert described(alphabet, None).identifiers == {"cik": "1652044", "ticker": "GOOGL"}
    assert (apple.cik, apple.name) == (320193, "Apple Inc.")


def test_a_table_names_its_columns_in_any_order_and_an_exchange_may_be_unknown() -> None:
    table = {
        "fields": ["ticker", "exchange", "cik", "name"],
        "data": [["AAPL", "Nasdaq", 320193, "Apple Inc."], ["OTCX", None, 5, "Five"]],
    }
    apple, five = read_ticker_table(json.dumps(table).encode())
    assert [(one.ticker, one.exchange) for one in apple.listings or ()] == [("AAPL", "Nasdaq")]
    assert [(one.ticker, one.exchange) for one in five.listings or ()] == [("OTCX", None)]
    funds = {
        "fields": ["cik", "seriesId", "classId", "symbol"],
        "data": [[2110, "S000009184", "C000024954", "LACAX"]],
    }
    (fund,) = read_ticker_table(json.dumps(funds).encode())
    assert (fund.cik, [(one.ticker, one.fund_class) for one in fund.listings or ()]) == (
        2110,
        [("LACAX", "C000024954")],
    )


@pytest.mark.parametrize(
    "field",
    [
        "name",
        "tickers",
        "exchanges",
        "formerNames",
        "addresses",
        "sic",
        "sicDescription",
        "lei",
        "entityType",
        "files",
    ],
)
@pytest.mark.parametrize("absent", [True, False])
def test_a_field_that_says_nothing_is_no_reason_to_refuse(field: str, *, absent: bool) -> None:
    document = copy.deepcopy(SUBMISSIONS)
    holder = document["filings"] if field == "files" else document
    holder[field] = None
    if absent:
        del holder[field]
    company = described(read_submissions(json.dumps(document).encode()).filer, None)
    assert company.identifiers["cik"] == str(CIK)
    assert company.name == (f"CIK {CIK}" if field == "name" else "SMALL WORKS INC")


@pytest.mark.parametrize("nothing", ["None", "none", "NULL", "N/A", "", " ", None])
def test_a_word_for_none_is_no_part_of_an_address(nothing: str | None) -> None:
    business = SUBMISSIONS["addresses"]["business"] | {"street2": nothing, "zipCode": nothing}
    company = read(addresses={"business": business}, exchanges=[nothing, nothing])
    assert company.profile is not None
    assert company.profile.business_address is not None
    assert company.profile.business_address.street == ["1 MAIN STREET"]
    assert company.profile.business_address.postal_code is None
    assert {one.exchange for one in company.profile.listings} == {None}


def test_listings_that_a_document_does_not_speak_of_stay() -> None:
    held = read(tickers=["SMW"], exchanges=["NYSE"])
    again = described(read_submissions(json.dumps(SUBMISSIONS | {"tickers": None}).encode()).filer, held)
    assert (again.profile, again.identifiers) == (held.profile, held.identifiers)


def test_classes_of_funds_and_other_listings_replace_their_own_sort_alone() -> None:
    def funds(*symbols: str) -> Filer:
        data = [[CIK, "S000009184", f"C{n:09}", symbol] for n, symbol in enumerate(symbols)]
        (filer,) = read_ticker_table(json.dumps({"fields": FUNDS, "data": data}).encode())
        return filer

    def tickers(company: CompanyDescription) -> list[str]:
        return [] if company.profile is None else [one.ticker for one in company.profile.listings]

    held = read(tickers=["SMW"], exchanges=["NYSE"])
    held = described(funds("AAAAX", "BBBBX"), held)
    assert (tickers(held), held.identifiers["ticker"], held.aliases) == (
        ["SMW", "AAAAX", "BBBBX"],
        "SMW",
        ["TINY WORKS INC"],
    )
    assert ("ticker", "BBBBX") in held.known_by()
    held = described(funds("BBBBX", "CCCCX"), held)
    assert tickers(held) == ["SMW", "BBBBX", "CCCCX"]
    held = described(read_submissions(json.dumps(SUBMISSIONS | {"tickers": ["NEW"]}).encode()).filer, held)
    assert (tickers(held), held.identifiers["ticker"]) == (["NEW", "BBBBX", "CCCCX"], "NEW")
    fresh = described(funds("AAAAX"), None)
    assert (fresh.name, fresh.identifiers) == (f"CIK {CIK}", {"cik": str(CIK)})


@pytest.mark.parametrize(
    ("row", "pointer"),
    [
        ([1, "S000000001", "C000000001"], "/data/0"),
        ([None, "S000000001", "C000000001", "AAAAX"], "/data/0"),
        ([1, "S000000001", "C000000001", "A A"], "/data/0"),
        ([1, "S000000001", "1", "AAAAX"], "/data/0"),
        ([1, "S000000001", None, "AAAAX"], "/data/0"),
        ([0, "S000000001", "C000000001", "AAAAX"], "/data/0"),
    ],
)
def test_a_table_of_funds_with_a_bad_row_is_refused(row: list[Any], pointer: str) -> None:
    with pytest.raises(Invalid) as refused:
        read_ticker_table(json.dumps({"fields": FUNDS, "data": [row]}).encode())
    assert refused.value.errors[0].pointer == pointer


@pytest.mark.parametrize(
    ("table", "pointer"),
    [
        ({"fields": ["a"], "data": []}, "/fields"),
        ({"fields": ["cik", "name", "ticker"], "data": [[1, "One"]]}, "/data/0"),
        ({"fields": ["cik", "name", "ticker"], "data": [[1, "One", "ONE"], [None, "Two", "TWO"]]}, "/data/1"),
        ({"fields": ["cik", "name", "ticker"], "data": [[1, "One", "O N E"]]}, "/data/0"),
        ({"fields": ["cik", "name", "ticker"], "data": [[0, "One", "ONE"]]}, "/data/0"),
    ],
)
def test_a_table_with_a_bad_row_is_refused_whole(table: dict[str, Any], pointer: str) -> None:
    with pytest.raises(Invalid) as refused:
        read_ticker_table(json.dumps(table).encode())
    assert (refused.value.errors[0].pointer or "") == pointer
