"""References to a company, a slug or `scheme:value`: every operation that takes one resolves it the same way."""

import re
from collections.abc import Generator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

import service
from tests import bodies
from tests.clusters import Cluster
from tests.contract.walking import OPERATIONS
from tests.running import InProcess

ROOT = Path(service.__file__).parent
TAKING = sorted(
    (operation_id, one["name"])
    for operation_id, (method, template, operation) in OPERATIONS.items()
    for one in operation.get("parameters", [])
    # a page answers by the operation that it shows, whose own reference is tried here
    if method == "GET"
    and template.startswith("/v1/")
    and (one["name"], one["in"]) in {("ref", "path"), ("company", "query")}
)
ELSE = {"kind": "metric", "subject": "revenue"}


@pytest.fixture(scope="module")
def api_of_nothing(cluster: Cluster) -> Generator[InProcess]:
    """A service without companies."""
    with cluster.database() as dsn, InProcess(dsn, cluster.keys["read"]) as service_:
        yield service_


def test_operations_take_references() -> None:
    assert {("getCompany", "ref"), ("lookUpFact", "company"), ("getSeries", "company")} < {*TAKING}


@pytest.mark.parametrize(("operation_id", "name"), TAKING)
def test_references_are_understood_alike(api: InProcess, operation_id: str, name: str) -> None:
    api.made("/v1/companies", bodies.company(identifiers={"cik": "12"}))
    source = api.made("/v1/sources", bodies.source(None, url="https://example.org/a"))["id"]
    api.made("/v1/facts", bodies.metric(source))
    before = api.position()
    api.made("/v1/companies", bodies.company(identifiers={"ticker": "ACME"}))
    template = OPERATIONS[operation_id][1]
    names = {one["name"] for one in OPERATIONS[operation_id][2]["parameters"]}

    def ask(reference: str, **times: int) -> tuple[int, str, list[str | None]]:
        params = {key: value for key, value in ELSE.items() if key in names} | times
        if name == "company":
            params["company"] = reference
        answer = api.get(template.replace("{ref}", reference), params=params)
        if answer.status_code == 200:
            return 200, "", []
        told = answer.json()
        return answer.status_code, told["detail"], [one.get("parameter") for one in told.get("errors", [])]

    assert ask("acme") == ask("ticker:ACME") == (200, "", [])
    named = ["company"] if name == "company" else []  # for a path, the problem names no parameter
    assert ask("cik:12") == (404, "there is no company cik:12", named)
    if "at" in names:
        assert ask("cik:0000000012", at=before) == (200, "", [])
        assert ask("ticker:ACME", at=before) == (404, "there is no company ticker:ACME", named)
    status, detail, parameters = ask("lei:x")
    assert (status, parameters) == (400, [name]), detail


@pytest.mark.parametrize(("operation_id", "name"), TAKING)
def test_a_ticker_is_found_whatever_separates_its_class(api: InProcess, operation_id: str, name: str) -> None:
    api.made("/v1/companies", bodies.company(identifiers={"ticker": "BRK-B"}))
    source = api.made("/v1/sources", bodies.source(None, url="https://example.org/a"))["id"]
    api.made("/v1/facts", bodies.metric(source))
    template = OPERATIONS[operation_id][1]
    names = {one["name"] for one in OPERATIONS[operation_id][2]["parameters"]}
    params = {key: value for key, value in ELSE.items() if key in names}

    def ask(ticker: str) -> Any:
        named = {"company": f"ticker:{ticker}"} if name == "company" else {}
        return api.get(template.replace("{ref}", quote(f"ticker:{ticker}", safe="")), params=params | named)

    # a stroke ends a segment of a path, however it is written
    for ticker in ("BRK-B", "BRK.B", "BRK B", "brk.b", *(["BRK/B"] if name == "company" else [])):
        assert ask(ticker).status_code == 200, ticker
    for ticker in ("BRKB", "BRK.BB", "BRK.B.", "BRK--B"):
        answer = ask(ticker)
        assert (answer.status_code, "perhaps `ticker:BRK-B`" in answer.json()["detail"]) == (404, True), (
            answer.text
        )


def test_a_ticker_that_may_be_of_two_companies_is_of_neither(api: InProcess) -> None:
    api.made("/v1/companies", bodies.company(identifiers={"ticker": "BRK-B"}))
    before = api.position()
    api.made("/v1/companies", bodies.company("other", identifiers={"ticker": "BRK/B"}))
    assert api.get("/v1/companies/ticker:BRK-B").json()["slug"] == "acme"
    answer = api.get("/v1/companies/ticker:BRK.B")
    assert (
        answer.json()["detail"]
        == "there is no company ticker:BRK.B; perhaps `ticker:BRK-B` or `ticker:BRK/B`"
    )
    # at a position where one alone had it, it is that one's
    facts = api.get(f"/v1/series?company=ticker:BRK.B&subject=revenue&at={before}")
    assert "perhaps" not in facts.json()["detail"]


@pytest.mark.parametrize(
    ("text", "status", "guess"),
    [
        ("AAPL", 400, "ticker:AAPL"),
        ("NKE", 400, "ticker:NKE"),
        ("BRK.B", 400, "ticker:BRK.B"),
        ("aapl", 404, "ticker:AAPL"),
        ("CIK0001318605", 400, "cik:1318605"),
        ("cik0001318605", 404, "cik:1318605"),
        ("0001318605", 404, "cik:1318605"),
        ("1318605", 404, "cik:1318605"),
        ("CIK:1318605", 400, "cik:1318605"),
        ("TICKER:AAPL", 400, "ticker:AAPL"),
        ("Alibaba Cloud", 400, "alibaba-cloud"),
        ("Alibaba", 400, "alibaba"),
        ("alibaba_cloud", 400, "alibaba-cloud"),
        ("nobody-knows-it", 404, None),
        ("人", 400, None),
    ],
)
@pytest.mark.parametrize(("operation_id", "name"), TAKING)
def test_what_is_no_reference_is_told_which_one_it_may_be(
    api_of_nothing: InProcess, operation_id: str, name: str, text: str, status: int, guess: str | None
) -> None:
    template = OPERATIONS[operation_id][1]
    names = {one["name"] for one in OPERATIONS[operation_id][2]["parameters"]}
    params = {key: value for key, value in ELSE.items() if key in names} | (
        {"company": text} if name == "company" else {}
    )
    answer = api_of_nothing.get(template.replace("{ref}", quote(text, safe="")), params=params)
    detail = answer.json()["detail"]
    assert answer.status_code == status, answer.text
    assert "regex" not in detail
    assert (f"perhaps `{guess}`" in detail) == (guess is not None), detail


@pytest.mark.parametrize("called", ["parse_reference", "company_known"])
def test_references_are_read_in_one_place(called: str) -> None:
    calls = [
        path.name
        for path in sorted(ROOT.rglob("*.py"))
        for _ in re.finditer(rf"(?<!def )\b{called}\(", path.read_text("utf-8"))
    ]
    assert calls == ["registry.py"]
