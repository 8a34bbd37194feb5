"""References to a company, a slug or `scheme:value`: every operation that takes one resolves it the same way."""

import re
from pathlib import Path

import pytest

import service
from tests import bodies
from tests.contract.walking import OPERATIONS
from tests.running import InProcess

ROOT = Path(service.__file__).parent
TAKING = sorted(
    (operation_id, one["name"])
    for operation_id, (method, _, operation) in OPERATIONS.items()
    for one in operation.get("parameters", [])
    if method == "GET" and (one["name"], one["in"]) in {("ref", "path"), ("company", "query")}
)
ELSE = {"kind": "metric", "subject": "revenue"}


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


@pytest.mark.parametrize("called", ["parse_reference", "company_known"])
def test_references_are_read_in_one_place(called: str) -> None:
    calls = [
        path.name
        for path in sorted(ROOT.rglob("*.py"))
        for _ in re.finditer(rf"(?<!def )\b{called}\(", path.read_text("utf-8"))
    ]
    assert calls == ["registry.py"]
