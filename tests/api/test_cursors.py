"""Cursors: tests for every list in the OpenAPI document, so new lists are tested too."""

import re
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, quote

import httpx
import pytest

from tests import bodies
from tests.contract.walking import OPERATIONS
from tests.running import InProcess


def taking(name: str) -> list[str]:
    """The operations of the API that take a query parameter; pages pass it on to them."""
    return sorted(
        operation_id
        for operation_id, (_, _, operation) in OPERATIONS.items()
        if "pages" not in operation["tags"]
        and any((one["name"], one["in"]) == (name, "query") for one in operation.get("parameters", []))
    )


LISTS = taking("cursor")
# required parameters of each list, which then has at least two items
NEEDED: dict[str, dict[str, str]] = {
    "/v1/series": {"company": "acme", "subject": "revenue"},
    "/v1/frames": {"subject": "revenue", "unit": "USD", "period": "2025"},
}
# another value of each filter than the first page was asked with
OTHER: dict[str, str] = {
    "standard": "true",
    "as_of": "2025-06-30", "at": "1", "basis": "forecast", "company": "beta", "comparison": "yoy",
    "context": "subject:named", "derive": "true",
    "dimension": "a:b", "disputed": "false", "evidence": "unarchived", "frequency": "annual", "from": "2019",
    "kind": "market_share", "known_at": "2031-01-01", "max": "9999", "min": "1", "period": "2024", "q": "e",
    "min_publishers": "0", "field": "quantity", "attributed_to": "analysts", "inferred": "period",
    "sort": "-value", "subject": "income", "to": "2031", "unit": "EUR", "vintages": "all", "with": "rank",
}  # fmt: skip
PAGING = {"limit", "cursor"}


class Paged(NamedTuple):
    """A list with more than one page, as JSON or a table."""

    api: InProcess
    path: str
    params: dict[str, str]
    filters: set[str]

    def get(self, **params: str) -> httpx.Response:
        return self.api.get(self.path, params={**self.params, "limit": "1", **params})

    def cursor_of(self, first: httpx.Response) -> str:
        assert first.status_code == 200, first.text
        query = first.headers["link"].partition("?")[2].partition(">")[0]
        return dict(parse_qsl(query))["cursor"]


@pytest.fixture
def filled(api: InProcess) -> dict[str, str]:
    """Record two of everything; returns values of path parameters by their name and path."""
    for slug in ("acme", "beta"):
        api.made("/v1/companies", bodies.company(slug))
    for concept in ("revenue", "income"):
        api.made("/v1/concepts", {"id": concept, "label": concept.title()})
    source = api.made("/v1/sources", bodies.source(None, url="https://example.org/a"))["id"]
    api.made("/v1/sources", bodies.source(None, url="https://example.org/b"))
    facts = [
        api.made("/v1/facts", bodies.metric(source, "10", company=slug, period=period))
        for slug in ("acme", "beta")
        for period in (
            {"start": "2025-01-01", "end": "2025-12-31"},
            {"start": "2024-01-01", "end": "2024-12-31"},
        )
    ]
    api.made("/v1/facts", bodies.metric(source, "11"))
    api.made("/v1/concepts", {"id": "later", "label": "Later"})
    return {"ref": "acme", "/v1/facts": facts[0]["id"], "/v1/sources": source}


def paged(api: InProcess, filled: dict[str, str], operation_id: str) -> Paged:
    _, template, operation = OPERATIONS[operation_id]
    start = template.partition("/{")[0]
    path = re.sub(r"\{(\w+)\}", lambda m: quote(filled.get(m[1]) or filled[start], safe=""), template)
    filters = {one["name"] for one in operation["parameters"] if one["in"] == "query"} - PAGING
    return Paged(api, path, NEEDED.get(template.removesuffix(".csv").removesuffix(".parquet"), {}), filters)


@pytest.mark.parametrize("operation_id", LISTS)
def test_a_cursor_that_contradicts_any_filter_is_refused(
    api: InProcess, filled: dict[str, str], operation_id: str
) -> None:
    one = paged(api, filled, operation_id)
    first = one.get()
    cursor = one.cursor_of(first)
    assert one.get(cursor=cursor).status_code == 200
    for name in sorted(one.filters - {"recorded_at"}):
        other = {"min": {"unit": "USD"}, "max": {"unit": "USD"}}.get(name, {}) | {name: OTHER[name]}
        if name == "sort" and "series" in one.path:
            other = {"sort": "-period"}
        refused = one.get(**other, cursor=cursor)
        assert refused.status_code == 400, f"{name}: {refused.text}"
        assert refused.json()["errors"][0]["parameter"] == ("at" if name == "at" else "cursor")


@pytest.mark.parametrize("operation_id", sorted({*LISTS} & {*taking("at")}))
def test_a_cursor_holds_to_the_position_of_its_first_page(
    api: InProcess, filled: dict[str, str], operation_id: str
) -> None:
    one = paged(api, filled, operation_id)
    instants = {e["position"]: e["recorded_at"] for e in api.found("/v1/changes", limit=1000)["items"]}
    head = api.position()
    before = str(head - 1)
    now: dict[str, Any] = {}
    for times in (
        now,
        {"at": before},
        {"recorded_at": instants[head]},
        {"at": before, "recorded_at": instants[head]},
    ):
        first = one.get(**times)
        if times is now and "log-position" not in first.headers:
            continue  # companies, concepts and sources: without times each page is what is recorded by then
        cursor, position = one.cursor_of(first), int(first.headers["log-position"])
        same = (now, times, {"at": str(position)}, {"recorded_at": instants[position]})
        for (
            again
        ) in same:  # equivalent parameters do not contradict the cursor; the page's own `Link` is one of them
            answer = one.get(**again, cursor=cursor)
            assert answer.status_code == 200, f"{again}: {answer.text}"
            assert int(answer.headers["log-position"]) == position
        for other in (position - 1, position + 1, 1):
            refused = one.get(at=str(other), cursor=cursor)
            assert refused.status_code == 400, f"at={other}: {refused.text}"
            assert refused.json()["errors"][0]["parameter"] == "at"
        for recorded_at in {instants[n] for n in (1, position - 1, head) if n != position}:
            refused = one.get(recorded_at=recorded_at, cursor=cursor)
            assert refused.status_code == 400, f"recorded_at={recorded_at}: {refused.text}"
            assert refused.json()["errors"][0]["parameter"] == "recorded_at"
