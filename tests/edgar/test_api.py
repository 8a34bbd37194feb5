"""EDGAR's form over HTTP: imported documents, answers on a day, conditional requests, and 404."""

import copy
import gzip
import json
import random
from collections.abc import Generator
from email.utils import format_datetime, parsedate_to_datetime
from pathlib import Path
from typing import Any

import pytest

from tests import bodies
from tests.clusters import Cluster, execute, run
from tests.edgar_documents import (
    CIK,
    FIRST,
    PATH,
    SECOND,
    as_of,
    framed,
    imported,
    imported_filers,
    labelled,
    row,
    small,
    written,
)
from tests.edgar_files import UNDER_ARMOUR, document
from tests.effort import some
from tests.running import InProcess, only_read

CONCEPT = f"/api/xbrl/companyconcept/CIK{CIK:010}/us-gaap/Revenues.json"
FRAME = "/api/xbrl/frames/us-gaap/Revenues/USD/CY2019.json"
SUBMISSIONS_PATH = f"/submissions/CIK{CIK:010}.json"
LISTS = {
    "company_tickers": {"0": {"cik_str": CIK, "ticker": "SMW", "title": "Small Works"}},
    "company_tickers_exchange": {
        "fields": ["cik", "name", "ticker", "exchange"],
        "data": [[CIK, "Small Works", "SMW", "NYSE"], [5, "Ålesund 規模", "FIVE-P", None]],
    },
    "company_tickers_mf": {
        "fields": ["cik", "seriesId", "classId", "symbol"],
        "data": [[2110, "S000009184", "C000024954", "LACAX"]],
    },
}
SUBMISSIONS: dict[str, Any] = {
    "cik": f"{CIK:010}", "entityType": "operating", "sic": "3571", "sicDescription": "Electronic Computers",
    "name": "SMALL WORKS INC", "tickers": ["SMW"], "exchanges": ["NYSE"], "lei": None, "flags": "",
    "addresses": {"mailing": None, "business": {"street1": "1 MAIN STREET", "city": "CUPERTINO", "stateOrCountry": "CA"}},
    "formerNames": [
        {"name": "SMALL WORKS INC", "from": "2018-01-31T05:00:00.000Z", "to": "2026-06-26T04:00:00.000Z"},
        {"name": "TINY WORKS INC", "from": "2007-01-10T05:00:00.000Z", "to": "2018-01-20T05:00:00.000Z"},
        {"name": "WORKS INC", "from": "1994-02-14T05:00:00.000Z", "to": "2007-01-04T05:00:00.000Z"},
    ],
    "filings": {
        "recent": {
            "accessionNumber": ["0001234567-21-000002", "0001234567-20-000001", "0001234567-17-000001"],
            "filingDate": ["2021-02-19", "2020-02-20", "2017-02-20"],
            "form": ["10-K", "10-K", "8-K"], "size": [1, 2, 3],
        },
        "files": [
            {"name": f"CIK{CIK:010}-submissions-001.json", "filingCount": 2, "filingFrom": "1995-01-01", "filingTo": "2006-12-31"}
        ],
    },
}  # fmt: skip
PAGE = {
    "accessionNumber": ["0001234567-06-000001", "0001234567-95-000001"],
    "filingDate": ["2006-12-31", "1995-01-01"],
    "form": ["10-K", "10-K"],
}
PAGE_PATH = f"/submissions/CIK{CIK:010}-submissions-001.json"
WIRE = (PATH, CONCEPT, FRAME, SUBMISSIONS_PATH, PAGE_PATH, *(f"/files/{name}.json" for name in LISTS))


def long() -> dict[str, Any]:
    """A document with a concept that is long enough to be compressed."""
    made = small()
    rows = made["facts"]["us-gaap"]["Revenues"]["units"]["USD"]
    for year in range(1990, 2010):
        frame = f"CY{year}"
        rows.append(row(f"{year}-12-31", year, FIRST, "2020-02-20", start=f"{year}-01-01", frame=frame))
    return made


def fill(dsn: str, folder: Path) -> None:
    """Record a document of each type."""
    assert imported(dsn, written(folder, long())).documents == 1
    (folder / "filers").mkdir()
    written(folder / "filers", SUBMISSIONS)
    written(folder / "filers", PAGE, f"CIK{CIK:010}-submissions-001.json")
    for name, listed in LISTS.items():
        written(folder / "filers", listed, f"{name}.json")
    filers, lists = imported_filers(dsn, folder / "filers")
    assert (filers.documents, lists.documents, filers.refused, lists.refused) == (2, 3, [], [])


@pytest.fixture
def filled(api: InProcess, tmp_path: Path) -> InProcess:
    """The service with a document of each type."""
    fill(api.dsn, tmp_path)
    return api


@pytest.fixture(scope="module")
def _standing(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Generator[InProcess]:
    with cluster.database() as dsn, InProcess(dsn, cluster.keys["write"]) as service:
        fill(dsn, tmp_path_factory.mktemp("documents"))
        yield service


@pytest.fixture
def still(_standing: InProcess) -> Generator[InProcess]:
    """The documents of `filled`, shared by tests that only read."""
    with only_read(_standing) as service:
        yield service


def test_filers_and_lists_come_back_as_they_were(still: InProcess) -> None:
    assert json.dumps(still.get(SUBMISSIONS_PATH).json()) == json.dumps(SUBMISSIONS)
    assert json.dumps(still.get(PAGE_PATH).json()) == json.dumps(PAGE)
    for name, listed in LISTS.items():
        assert json.dumps(still.get(f"/files/{name}.json").json()) == json.dumps(listed)


@pytest.mark.parametrize("path", WIRE)
def test_every_answer_is_had_in_short_and_only_when_it_changed(still: InProcess, path: str) -> None:
    whole = still.get(path, headers={"Accept-Encoding": "identity"})
    assert (whole.status_code, whole.headers["content-type"]) == (200, "application/json")
    head = still.request("HEAD", path, headers={"Accept-Encoding": "identity"})
    assert (head.status_code, head.content, head.headers["etag"]) == (200, b"", whole.headers["etag"])
    zipped, body = still.as_sent(still.request_of("GET", path, headers={"Accept-Encoding": "gzip, deflate"}))
    if len(whole.content) >= 1024 or "content-encoding" in zipped.headers:
        assert (zipped.headers["content-encoding"], gzip.decompress(body)) == ("gzip", whole.content)
        assert "Accept-Encoding" in zipped.headers["vary"]
        assert zipped.headers["etag"] != whole.headers["etag"]
    for had, coding in ((whole, "identity"), (zipped, "gzip, deflate")):
        held = {"If-None-Match": had.headers["etag"], "Accept-Encoding": coding}
        same = still.get(path, headers=held)
        assert (same.status_code, same.content) == (304, b"")
    assert still.get(path, headers={"If-None-Match": '"another"'}).status_code == 200
    modified = whole.headers.get("last-modified")
    if modified is not None:
        assert still.get(path, headers={"If-Modified-Since": modified}).status_code == 304
        earlier = format_datetime(parsedate_to_datetime(modified).replace(year=2020), usegmt=True)
        assert still.get(path, headers={"If-Modified-Since": earlier}).status_code == 200
        # If-None-Match is used, and If-Modified-Since ignored
        both = {"If-Modified-Since": modified, "If-None-Match": '"another"'}
        assert still.get(path, headers=both).status_code == 200
        assert still.get(path, headers={"If-Modified-Since": "yesterday"}).status_code == 200


def test_documents_say_since_when(still: InProcess) -> None:
    dated = {path for path in WIRE if "last-modified" in still.get(path).headers}
    assert dated == set(WIRE) - {CONCEPT, FRAME}


@pytest.mark.parametrize("host", ["data.sec.gov", "www.sec.gov", "example.org:8443", "[::1]", "xn--fiqs8s"])
def test_any_host_is_taken(still: InProcess, host: str) -> None:
    for path in WIRE:
        assert still.get(path, headers={"Host": host}).status_code == 200


ABSENT = (
    "/api/xbrl/companyfacts/CIK0000000001.json",
    "/api/xbrl/companyfacts/CIK7654321.json",
    "/api/xbrl/companyfacts/CIK00007654321.json",
    "/api/xbrl/companyfacts/cik0007654321.json",
    "/api/xbrl/companyfacts/0007654321.json",
    "/api/xbrl/companyfacts/CIK0007654321",
    "/api/xbrl/companyfacts/CIK0007654321.JSON",
    "/api/xbrl/companyfacts/CIK0007654321.json.gz",
    "/api/xbrl/companyfacts/CIK０００７６５４３２１.json",
    "/api/xbrl/companyfacts/CIK0007654321.json%0A",
    "/api/xbrl/companyfacts/CIK0007654321.json%00",
    "/api/xbrl/companyfacts/..%2fCIK0007654321.json",
    "/api/xbrl/companyfacts/CIK0000000000.json",
    "/api/xbrl/companyfacts/CIK.json",
    "/api/xbrl/companyfacts/.json",
    "/api/xbrl/companyfacts/",
    "/api/xbrl/companyfacts",
    "/api/xbrl/companyconcept/CIK0007654321/us-gaap/NoSuch.json",
    "/api/xbrl/companyconcept/CIK0007654321/ifrs-full/Revenues.json",
    "/api/xbrl/companyconcept/CIK0007654321.json/us-gaap/Revenues.json",
    "/api/xbrl/companyconcept/CIK0007654321/us-gaap/Revenues",
    "/api/xbrl/companyconcept/CIK0007654321/us-gaap/.json",
    "/api/xbrl/companyconcept/CIK0007654321//Revenues.json",
    "/api/xbrl/companyconcept/CIK0007654321/us-gaap/%00.json",
    "/api/xbrl/frames/us-gaap/Revenues/USD/CY2018.json",
    "/api/xbrl/frames/us-gaap/Revenues/USD/CY2019",
    "/api/xbrl/frames/us-gaap/Revenues/USD/2019.json",
    "/api/xbrl/frames/us-gaap/Revenues/USD/CY2019I.json",
    "/api/xbrl/frames/us-gaap/Revenues/USD/CY2019Q5.json",
    "/api/xbrl/frames/us-gaap/Revenues/USD/CY0000.json",
    "/api/xbrl/frames/us-gaap/Revenues/usd/CY2019.json",
    "/api/xbrl/frames/us-gaap/Revenues/%00/CY2019.json",
    "/api/xbrl/frames/us-gaap/%00/USD/CY2019.json",
    "/api/xbrl/frames/us-gaap/Reve%00nues/USD/CY2019.json",
    "/api/xbrl/frames/%00/Revenues/USD/CY2019.json",
    "/api/xbrl/frames/us-gaap%00/Revenues/USD/CY2019.json",
    "/api/xbrl/frames/us-gaap/Revenues/USD/%00.json",
    "/api/xbrl/frames/us-gaap/Revenues/USD/CY2019.json%00",
    "/api/xbrl/frames/us-gaap/Revenues/%EF%BF%BF/CY2019.json",
    "/api/xbrl/companyconcept/CIK0007654321/%00/Revenues.json",
    "/api/xbrl/companyconcept/%00/us-gaap/Revenues.json",
    "/api/xbrl/companyfacts/%00",
    "/submissions/%00",
    "/files/%00",
    "/api/xbrl/frames/us-gaap/%F0%9F%98%80/USD/CY2019.json",
    "/submissions/CIK0000000001.json",
    "/submissions/CIK0007654321-submissions-002.json",
    "/submissions/CIK0007654321-submissions-1.json",
    "/files/company_tickers.txt",
    "/files/..%2fcompany_tickers.json",
    "/include/ticker.txt",
)


@pytest.mark.parametrize("path", ABSENT)
def test_what_is_not_there_is_404(still: InProcess, path: str) -> None:
    answer = still.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")
    assert still.get(f"{path}?known_at=2030-01-01").status_code == 404


@pytest.mark.parametrize(
    ("concept", "detail"),
    [
        ("us-gaap/revenues", "there is no us-gaap:revenues of CIK0007654321; perhaps `us-gaap:Revenues`"),
        ("us-gaap/Revenue", "there is no us-gaap:Revenue of CIK0007654321; perhaps `us-gaap:Revenues`"),
        ("us-gaap/EntityPublicFloat", "perhaps `dei:EntityPublicFloat`"),
        ("us-gaap/EarningsPerShare", "perhaps `us-gaap:EarningsPerShareBasic`"),
        ("us-gaap/Zebra", "there is no us-gaap:Zebra of CIK0007654321"),
        (
            "us-gaap/Revenues.json?known_at=2001-01-01",
            "there was no us-gaap:Revenues of CIK0007654321 by 2001-01-01",
        ),
    ],
)
def test_a_concept_that_is_not_there_is_named_with_the_nearest(
    still: InProcess, concept: str, detail: str
) -> None:
    path = f"/api/xbrl/companyconcept/CIK{CIK:010}/{concept}"
    answer = still.get(path if ".json" in concept else f"{path}.json")
    assert answer.status_code == 404
    told = answer.json()["detail"]
    assert told.endswith(detail), told
    assert "companyfacts" not in told


@pytest.mark.parametrize(
    ("concept", "near"),
    [
        ("us-gaap/revenues", "; perhaps `us-gaap:Revenues`"),
        ("us-gaap/Revenue", "; perhaps `us-gaap:Revenues`"),
        ("us-gaap/EntityPublicFloat", "; perhaps `dei:EntityPublicFloat`"),
        ("us-gaap/EarningsPerShare", "; perhaps `us-gaap:EarningsPerShareBasic`"),
        ("us-gaap/Zebra", ""),
        ("us-gaap/Revenues", ""),
    ],
)
def test_a_frame_of_a_concept_that_is_not_there_names_the_nearest(
    still: InProcess, concept: str, near: str
) -> None:
    answer = still.get(f"/api/xbrl/frames/{concept}/USD/CY1985.json")
    assert answer.status_code == 404
    named = concept.replace("/", ":")
    assert answer.json()["detail"] == f"no company is known to have reported {named} in USD for CY1985{near}"
    assert [error["parameter"] for error in answer.json()["errors"]] == ["tag"]
    # whether a concept was recorded by a day is not known, so none is named
    told = still.get(f"/api/xbrl/frames/{concept}/USD/CY1985.json?known_at=2030-01-01").json()["detail"]
    assert "perhaps" not in told


def test_a_concept_of_a_company_without_facts_is_named(still: InProcess) -> None:
    answer = still.get("/api/xbrl/companyconcept/CIK0000000001/us-gaap/Assets.json")
    assert answer.json()["detail"] == (
        "there is no us-gaap:Assets of CIK0000000001: no company facts of this company have been imported"
    )


@pytest.mark.parametrize("path", WIRE)
@pytest.mark.parametrize("query", ["known_at=", "known_at=2020-02-30", "known_at=2020", "known_at=2020-01-01&known_at=2020-01-01",
                                   "knownat=2020-01-01", "at=-1"])  # fmt: skip
def test_a_clumsy_question_is_refused(still: InProcess, path: str, query: str) -> None:
    answer = still.get(f"{path}?{query}")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["parameter"] == query.split("=", maxsplit=1)[0]


# -- on a day ------------------------------------------------------------------------------------


def test_submissions_are_those_of_the_day(still: InProcess) -> None:
    def then(day: str, path: str = SUBMISSIONS_PATH) -> Any:
        return still.found(path, known_at=day)

    assert json.dumps(then("2026-11-01")) == json.dumps(
        SUBMISSIONS | {"formerNames": SUBMISSIONS["formerNames"]}
    )
    at_2020 = then("2020-02-20")
    assert at_2020["filings"]["recent"] == {
        "accessionNumber": ["0001234567-20-000001", "0001234567-17-000001"],
        "filingDate": ["2020-02-20", "2017-02-20"],
        "form": ["10-K", "8-K"],
        "size": [2, 3],
    }
    assert (at_2020["name"], at_2020["formerNames"]) == ("SMALL WORKS INC", SUBMISSIONS["formerNames"][1:])
    assert list(at_2020) == list(SUBMISSIONS)
    at_2017 = then("2017-12-31")
    assert (at_2017["name"], at_2017["formerNames"]) == ("TINY WORKS INC", SUBMISSIONS["formerNames"][2:])
    between = then("2018-01-25")  # before the first day of the next name
    assert (between["name"], between["formerNames"]) == ("TINY WORKS INC", SUBMISSIONS["formerNames"][2:])
    early = then("2000-01-01")
    assert (early["name"], early["formerNames"]) == ("WORKS INC", [])
    assert early["filings"]["recent"] == {name: [] for name in SUBMISSIONS["filings"]["recent"]}
    (page,) = SUBMISSIONS["filings"]["files"]
    assert early["filings"]["files"] == [page | {"filingCount": 1, "filingTo": "1995-01-01"}]
    assert then("2006-12-31")["filings"]["files"] == [page]
    assert then("2000-01-01", PAGE_PATH)["filingDate"] == ["1995-01-01"]
    for path in (SUBMISSIONS_PATH, PAGE_PATH):
        assert still.get(path, params={"known_at": "1994-12-31"}).status_code == 404


def test_a_name_that_overlaps_another_follows_when_that_has_ended(api: InProcess, tmp_path: Path) -> None:
    former = [
        {"name": "B", "from": "2020-04-09", "to": "2025-10-10"},
        {"name": "A", "from": "2018-02-28", "to": "2020-06-03"},
    ]
    imported_filers(api.dsn, written(tmp_path, SUBMISSIONS | {"name": "B", "formerNames": former}))

    def then(day: str) -> tuple[str, list[Any]]:
        found = api.found(SUBMISSIONS_PATH, known_at=day)
        return found["name"], found["formerNames"]

    assert then("2020-05-01") == ("A", [])
    assert then("2020-06-04") == ("B", former[1:])
    assert then("2018-01-01") == (f"cik-{CIK:010}", [])


OVERLAPPING = [
    {"name": "B", "from": "2020-04-09T04:00:00.000Z", "to": "2025-10-10T04:00:00.000Z"},
    {"name": "A", "from": "2018-02-28T05:00:00.000Z", "to": "2020-06-03T04:00:00.000Z"},
]


def entity_name(api: InProcess, path: str, **query: str) -> str:
    """The name of the company in an answer."""
    found = api.found(path, **query)
    return (found["data"][0] if "data" in found else found)["entityName"]


def renamed(api: InProcess, folder: Path, former: list[dict[str, str]]) -> None:
    """The service with a company's facts and submissions, which date its former names."""
    assert imported(api.dsn, written(folder, small())).documents == 1
    (folder / "filers").mkdir()
    written(folder / "filers", SUBMISSIONS | {"name": "Now, Inc.", "formerNames": former})
    assert imported_filers(api.dsn, folder / "filers")[0].documents == 1


@pytest.mark.parametrize("path", [PATH, CONCEPT, FRAME])
def test_facts_have_the_name_of_the_day(api: InProcess, tmp_path: Path, path: str) -> None:
    renamed(api, tmp_path, OVERLAPPING)
    present = small()["entityName"]
    assert entity_name(api, path) == present
    for day, name in (
        ("2020-05-01", "A"),  # B has begun, and A not ended
        ("2020-06-03", "A"),
        ("2020-06-04", "B"),
        ("2025-10-10", "B"),
        ("2025-10-11", "Now, Inc."),  # of the submissions, since the name in the facts' document has no day
        ("9999-12-30", "Now, Inc."),
        ("9999-12-31", present),
    ):
        assert entity_name(api, path, known_at=day) == name, day
    ours = {"taxonomy": "companyfacts"}
    if path == PATH:
        assert entity_name(api, path, known_at="2020-05-01", **ours) == "A"
        assert entity_name(api, path, **ours) == present


@pytest.mark.parametrize("path", [PATH, CONCEPT, FRAME])
def test_before_a_companys_first_name_its_slug_stands(api: InProcess, tmp_path: Path, path: str) -> None:
    renamed(api, tmp_path, [{"name": "B", "from": "2021-01-01", "to": "2022-01-01"}])
    assert entity_name(api, path, known_at="2020-12-31") == f"cik-{CIK:010}"
    assert entity_name(api, path, known_at="2021-02-19") == "B"


@pytest.mark.parametrize("path", [PATH, CONCEPT, FRAME])
def test_by_a_day_a_name_that_nothing_dates_is_not_told(api: InProcess, tmp_path: Path, path: str) -> None:
    assert imported(api.dsn, written(tmp_path, small())).documents == 1
    assert entity_name(api, path, known_at="2020-12-31") == f"cik-{CIK:010}"
    assert entity_name(api, path) == small()["entityName"]


def test_former_names_are_those_of_the_newest_submissions(api: InProcess, tmp_path: Path) -> None:
    renamed(api, tmp_path, OVERLAPPING)
    written(tmp_path / "filers", SUBMISSIONS | {"name": "Now, Inc.", "formerNames": OVERLAPPING[1:]})
    assert imported_filers(api.dsn, tmp_path / "filers")[0].documents == 1
    for path in (PATH, CONCEPT, FRAME):
        # the only dated name ended before this day
        assert entity_name(api, path, known_at="2020-12-31") == "Now, Inc."


def test_what_was_recorded_of_a_company_without_documents_does_not_name_it_early(api: InProcess) -> None:
    api.made("/v1/companies", bodies.company("acme", identifiers={"cik": str(CIK)}))
    cited = api.made("/v1/sources", bodies.source())["id"]
    api.made("/v1/facts", bodies.statement(cited, known_at="2025-06-01"))
    asked = {"taxonomy": "companyfacts"}
    assert entity_name(api, PATH, **asked) == bodies.company()["name"]
    assert entity_name(api, PATH, known_at="2025-12-31", **asked) == "acme"


def test_tickers_of_funds_find_the_filer(filled: InProcess, tmp_path: Path) -> None:
    found = filled.found("/v1/companies/ticker:LACAX")
    assert (found["slug"], found["identifiers"]) == ("cik-0000002110", {"cik": "2110"})
    assert found["profile"]["listings"] == [{"ticker": "LACAX", "fund_class": "C000024954"}]
    assert filled.found("/v1/search?q=LACAX")["items"][0]["company"] == "cik-0000002110"
    # a newer list replaces it, and its filer's other listings stay
    rows = [[CIK, "S000009184", "C000024954", "LACAX"], [2110, "S000009184", "C000024955", "OTHRX"]]
    other = LISTS["company_tickers_mf"] | {"data": rows}
    written(tmp_path, other, "company_tickers_mf.json")
    assert imported_filers(filled.dsn, tmp_path / "company_tickers_mf.json")[1].refused == []
    assert filled.found("/v1/companies/ticker:LACAX")["slug"] == f"cik-{CIK:010}"
    listed = filled.found("/v1/companies/ticker:SMW")["profile"]["listings"]
    assert listed == [{"ticker": "SMW", "exchange": "NYSE"}, {"ticker": "LACAX", "fund_class": "C000024954"}]


def test_a_list_of_tickers_is_the_one_that_was_here_on_the_day(filled: InProcess, tmp_path: Path) -> None:
    path = "/files/company_tickers.json"
    run(execute(filled.dsn, "update edgar_documents set recorded_at = '2026-03-01T23:59:59.9Z'"))
    later = {"0": {"cik_str": CIK, "ticker": "SMX", "title": "Small Works"}}
    imported_filers(filled.dsn, written(tmp_path, later, "company_tickers.json"))
    assert filled.found(path) == later
    assert filled.found(path, known_at="9999-12-31") == later
    assert filled.found(path, known_at="2026-03-01") == LISTS["company_tickers"]
    assert filled.get(path, params={"known_at": "2026-02-28"}).status_code == 404
    # the first list is imported again, and is the newest then
    again = written(tmp_path, LISTS["company_tickers"], "company_tickers.json")
    assert imported_filers(filled.dsn, again)[1].documents == 1
    assert filled.found(path) == LISTS["company_tickers"]
    assert filled.found("/v1/companies/ticker:SMW")["slug"] == f"cik-{CIK:010}"


def test_lists_of_tickers_may_come_again_in_any_order(filled: InProcess, tmp_path: Path) -> None:
    path = "/files/company_tickers.json"
    first: dict[str, Any] = {**LISTS["company_tickers"]}
    other: dict[str, Any] = {"0": first["0"] | {"title": "SMALL WORKS"}}  # says nothing else of the company
    head = 0
    for number, one in enumerate((other, first, other, other, first)):
        report = imported_filers(filled.dsn, written(tmp_path, one, "company_tickers.json"))[1]
        assert (report.refused, report.documents) == ([], int(number != 3)), number
        assert filled.found(path) == one
        head = head or filled.position()
    assert filled.position() == head  # only the first of them added entries
    assert filled.found(path, at=head - 2) == first


def test_a_taxonomy_of_our_own_is_added_when_it_is_asked_for(filled: InProcess) -> None:
    source = filled.made("/v1/sources", {"title": "Told", "text": "Small.", "published_at": "2024-01-01"})[
        "id"
    ]
    fact = filled.made(
        "/v1/facts",
        {
            "kind": "statement", "company": f"cik-{CIK:010}", "subject": "size", "value": {"text": "Small."},
            "citations": [{"source": source}],
        },
    )  # fmt: skip
    assert filled.get(PATH).json() == long()
    ours = filled.found(PATH, taxonomy="companyfacts")
    told = ours["facts"].pop("companyfacts")
    assert json.dumps(ours) == json.dumps(long())
    assert told["statement:size"]["units"]["text"] == [
        {
            "end": "2024-01-01", "val": "Small.", "accn": f"{fact['id']}/1", "fy": None, "fp": None, "form": "statement",
            "filed": "2024-01-01",
        }
    ]  # fmt: skip
    before = filled.found(PATH, taxonomy="companyfacts", known_at="2023-12-31")
    assert "companyfacts" not in before["facts"]
    assert filled.get(PATH, params={"taxonomy": "us-gaap"}).status_code == 400
    assert filled.get(CONCEPT, params={"taxonomy": "companyfacts"}).status_code == 400


# -- older and newer documents -------------------------------------------------------------------

CONCEPTS = (
    ("us-gaap:Revenues", "USD"),
    ("us-gaap:Assets", "USD"),
    ("us-gaap:EarningsPerShareDiluted", "USD/shares"),
)
DAYS = ("2010-06-30", "2013-02-28", "2015-06-30", "2019-05-05", "2022-12-31")


def _key(concept: str, unit: str, one: dict[str, Any]) -> tuple[Any, ...]:
    return concept, unit, one.get("start"), one["end"], one["accn"], one["filed"], one["val"]


class Oracle:
    """An oracle of a company's answers in EDGAR's form."""

    def __init__(self) -> None:
        self.recorded: dict[tuple[Any, ...], bool] = {}  # rows, and whether they were retracted
        self.newest: dict[str, Any] | None = None

    @staticmethod
    def filed(document: dict[str, Any]) -> str:
        return max(key[5] for key in keys_of(document))

    def add(self, document: dict[str, Any]) -> tuple[int, int]:
        """Import a document; the number of rows that were new, and that were withdrawn."""
        keys = set(keys_of(document))
        new = [key for key in keys if key not in self.recorded]
        self.recorded |= dict.fromkeys(new, False)
        if self.newest is not None and self.filed(document) < self.filed(self.newest):
            return len(new), 0
        self.newest = document
        withdrawn = [key for key, gone in self.recorded.items() if not gone and key not in keys]
        self.recorded |= dict.fromkeys(withdrawn, True)
        return len(new), len(withdrawn)

    def wire(self) -> dict[str, Any]:
        assert self.newest is not None
        left = copy.deepcopy(self.newest)
        for concept, unit in CONCEPTS:
            taxonomy, _, tag = concept.partition(":")
            units = left["facts"][taxonomy][tag]["units"]
            units[unit] = [one for one in units[unit] if not self.recorded[_key(concept, unit, one)]]
        return labelled(left)


def keys_of(document: dict[str, Any]) -> list[tuple[Any, ...]]:
    return [
        _key(f"{taxonomy}:{tag}", unit, one)
        for taxonomy, tags in document["facts"].items()
        for tag, concept in tags.items()
        for unit, rows in concept["units"].items()
        for one in rows
    ]


def generated(chance: random.Random, cik: int) -> dict[str, Any]:
    """A real company's file as it was on some day, with some rows missing."""
    real = document(UNDER_ARMOUR)
    cutoff = chance.choice(["2012-01-01", "2014-06-01", "2017-01-01", "2021-01-01", "2030-01-01"])
    facts: dict[str, Any] = {}
    for concept, unit in CONCEPTS:
        taxonomy, _, tag = concept.partition(":")
        told = real["facts"][taxonomy][tag]
        rows = [one for one in told["units"][unit] if one["filed"] < cutoff and chance.random() > 0.15]
        facts.setdefault(taxonomy, {})[tag] = told | {"units": {unit: rows}}
    return labelled({"cik": cik, "entityName": f"Works {cik}", "facts": facts})


@pytest.mark.long
@pytest.mark.parametrize("seed", range(3))
def test_documents_in_any_order_leave_what_the_rule_says(api: InProcess, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    oracles: dict[int, Oracle] = {CIK: Oracle(), CIK + 1: Oracle()}
    for _ in range(some(4, least=3)):
        cik = chance.choice(list(oracles))
        made = generated(chance, cik)
        report = imported(api.dsn, written(tmp_path, made, f"CIK{cik:010}.json"))
        assert report.refused == []
        assert (report.created, report.withdrawn) == oracles[cik].add(made)
        known = {one: oracle for one, oracle in oracles.items() if oracle.newest is not None}
        for one, oracle in known.items():
            path = f"/api/xbrl/companyfacts/CIK{one:010}.json"
            assert api.get(path).json() == oracle.wire()
        for day in chance.sample(DAYS, 2):
            thens = [as_of(oracle.wire(), day) for oracle in known.values()]
            for one, then in zip(known, thens, strict=True):
                if then is not None:  # no submissions date its name
                    then["entityName"] = f"cik-{one:010}"
            for one, then in zip(known, thens, strict=True):
                answer = api.get(f"/api/xbrl/companyfacts/CIK{one:010}.json?known_at={day}")
                assert (answer.json() if answer.status_code == 200 else None) == then
            assert_frames(api, chance, [then for then in thens if then is not None], day)
        assert_frames(api, chance, [oracle.wire() for oracle in known.values()], None)


def assert_frames(
    api: InProcess, chance: random.Random, documents: list[dict[str, Any]], day: str | None
) -> None:
    for concept, unit in CONCEPTS:
        path = f"/api/xbrl/frames/{concept.replace(':', '/')}/{unit.replace('/', '-per-')}"
        for year in chance.sample(range(2007, 2023), 3):
            for frame in (f"CY{year}", f"CY{year}Q3", f"CY{year}Q3I", f"CY{year}Q4I"):
                expected = framed(documents, concept, unit, frame)
                answer = api.get(f"{path}/{frame}.json", params={"known_at": day})
                found: list[Any] = answer.json()["data"] if answer.status_code == 200 else []
                assert found == expected, (concept, frame, day)


def test_what_an_older_document_adds_is_not_on_the_wire(api: InProcess, tmp_path: Path) -> None:
    newer = small()
    newer["facts"]["us-gaap"]["Revenues"]["units"]["USD"].pop(0)
    imported(api.dsn, written(tmp_path, newer))
    older = small()
    older["facts"]["us-gaap"]["Revenues"]["units"]["USD"][1:] = [
        row("2018-12-31", 7, FIRST, "2020-02-20", start="2018-01-01", frame="CY2018")
    ]
    del older["facts"]["dei"]
    report = imported(api.dsn, written(tmp_path, older))
    assert (report.documents, report.created, report.withdrawn) == (1, 2, 0)
    assert api.get(PATH).json() == newer
    assert api.get("/api/xbrl/frames/us-gaap/Revenues/USD/CY2018.json").status_code == 404
    found = f"/v1/lookup?company=cik:{CIK}&kind=metric&subject=us-gaap:Revenues&period=2018"
    assert api.found(found)["value"]["quantity"]["value"] == "7"
    assert SECOND in json.dumps(api.get(FRAME).json())
