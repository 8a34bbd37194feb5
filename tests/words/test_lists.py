"""Lists of facts by standard concept over HTTP, on real filings."""

import csv
import io
import json
from decimal import Decimal
from importlib import import_module
from typing import Any

import pytest

from tests.running import InProcess
from tests.words.real import LOADED, slug


def whole(api: InProcess, path: str, **asked: Any) -> list[Any]:
    items: list[Any] = []
    cursor = None
    while True:
        page = api.found(path, limit=100, cursor=cursor, **asked)
        items += page["items"]
        if (cursor := page["next"]) is None:
            return items


@pytest.mark.parametrize("known_at", [None, "2018-06-30"])
@pytest.mark.parametrize("subject", ["revenue", "equity"])
def test_a_list_has_the_facts_of_the_series(real: InProcess, subject: str, known_at: str | None) -> None:
    asked = {} if known_at is None else {"known_at": known_at}
    for filer in LOADED:
        listed = whole(real, f"/v1/companies/{slug(filer)}/facts", subject=subject, **asked)
        series = real.found("/v1/series", company=slug(filer), subject=subject, limit=2000, **asked)["items"]
        assert {(one["id"], one["version"]) for one in listed} == {
            (row["fact"], row["version"]) for row in series
        }


def test_a_list_over_companies_and_with_other_filters(real: InProcess) -> None:
    large = whole(real, "/v1/facts", subject="revenue", period="2016", unit="USD", min="200000000000")
    assert {(one["company"], one["value"]["quantity"]["value"]) for one in large} == {
        (slug("Walmart"), "485873000000"),
        (slug("Apple"), "215639000000"),
    }
    every = whole(real, "/v1/facts", subject="revenue")
    apart = [
        one
        for filer in sorted(LOADED, key=slug)
        for one in whole(real, f"/v1/companies/{slug(filer)}/facts", subject="revenue")
    ]
    assert every == apart
    assert all(Decimal(one["value"]["quantity"]["value"]) for one in every)
    lines = real.get("/v1/facts", params={"subject": "revenue"}, headers={"Accept": "application/x-ndjson"})
    assert lines.text.count("\n") == len(every)
    table = real.get("/v1/facts.csv", params={"subject": "revenue", "limit": 5})
    assert len(table.text.splitlines()) == 6


@pytest.mark.parametrize("known_at", [None, "2018-06-30"])
@pytest.mark.parametrize("subject", ["revenue", "equity", "cash"])
def test_each_fact_tells_how_it_was_chosen_as_its_look_up_does(
    real: InProcess, subject: str, known_at: str | None
) -> None:
    asked = {} if known_at is None else {"known_at": known_at}
    has_others = False
    for filer in LOADED:
        listed = whole(real, f"/v1/companies/{slug(filer)}/facts", subject=subject, **asked)
        has_others |= any(one["resolution"]["others"] for one in listed)
        for one in listed[:: 1 + len(listed) // 25]:
            period, dimensions = one["period"], one["dimensions"]
            looked_up = real.found(
                "/v1/lookup", company=one["company"], kind="metric", subject=subject, basis=one["basis"],
                unit=one["value"]["quantity"]["unit"], dimensions=[f"{name}:{member}" for name, member in dimensions.items()],
                period=period.get("instant") or f"{period['start']}/{period['end']}", **asked,
            )  # fmt: skip
            assert one["resolution"] == looked_up["resolution"]
            assert one["resolution"]["chosen"] == one["subject"] == looked_up["subject"]
    assert has_others


def test_lines_and_tables_tell_it_too(real: InProcess) -> None:
    page = real.found("/v1/facts", subject="gross-profit", limit=7)["items"]
    assert all(one["resolution"]["checks"] for one in page)
    lines = real.get(
        "/v1/facts",
        params={"subject": "gross-profit", "limit": 7},
        headers={"Accept": "application/x-ndjson"},
    )
    assert [json.loads(line) for line in lines.text.splitlines()] == page
    for path, headers in (("/v1/facts.csv", {}), ("/v1/facts", {"Accept": "text/csv"})):
        answer = real.get(path, params={"subject": "gross-profit", "limit": 7}, headers=headers)
        rows = list(csv.DictReader(io.StringIO(answer.text)))
        for row, one in zip(rows, page, strict=True):
            told = one["resolution"]
            assert (row["subject"], row["concept"], row["group"]) == (
                told["chosen"],
                "gross-profit",
                str(told["group"]),
            )
            assert (json.loads(row["others"]), json.loads(row["checks"])) == (told["others"], told["checks"])
    table = real.get("/v1/facts.parquet", params={"subject": "gross-profit", "limit": 7})
    typed = import_module("pyarrow.parquet").read_table(io.BytesIO(table.content)).to_pylist()
    assert [(row["concept"], row["group"]) for row in typed] == [
        ("gross-profit", one["resolution"]["group"]) for one in page
    ]
    # a list by tag, or of another kind, is as it was
    tag = page[0]["subject"]
    assert all("resolution" not in one for one in real.found("/v1/facts", subject=tag, limit=5)["items"])
    for asked in ({"subject": tag}, {"subject": "revenue", "kind": "statement"}):
        head = real.get("/v1/facts.csv", params={**asked, "limit": 1}).text.splitlines()[0]
        assert head.endswith(",attributed_to,inferred")


def test_other_facts_under_the_word_stay(api: InProcess) -> None:
    api.made("/v1/companies", {"slug": "own-works", "name": "Own Works"})
    source = api.made("/v1/sources", {"title": "R", "publisher": "Own", "url": "https://example.org/r"})["id"]

    def made(subject: str, value: str, unit: str, **more: Any) -> str:
        body = {
            "kind": "metric", "company": "own-works", "subject": subject,
            "period": {"start": "2024-01-01", "end": "2024-12-31"},
            "value": {"quantity": {"value": value, "unit": unit}} | more,
            "known_at": "2025-03-01", "citations": [{"source": source}],
        }  # fmt: skip
        return api.made("/v1/facts", body)["id"]

    made("us-gaap:Revenues", "90", "USD")
    own = made("revenue", "100", "USD")
    rate = made("revenue", "12", "percent", comparison="yoy")
    listed = api.found("/v1/companies/own-works/facts", subject="revenue")["items"]
    assert {one["id"] for one in listed} == {own, rate}
    by_id = {one["id"]: one.get("resolution") for one in listed}
    assert by_id[rate] is None
    assert (by_id[own]["chosen"], by_id[own]["group"]) == ("revenue", 1)
    assert [(one["subject"], one["why"]) for one in by_id[own]["others"]] == [
        ("us-gaap:Revenues", "smaller_in_filing")
    ]
    by_source = api.found(f"/v1/sources/{source}/facts", subject="revenue")["items"]
    assert {one["id"] for one in by_source} == {own, rate}
    assert api.found("/v1/facts", subject="revenue", kind="statement")["items"] == []
