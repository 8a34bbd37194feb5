"""Lists as CSV: equal to the JSON lists, safe for spreadsheets, in pages."""

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import httpx
import pytest

from service.mirror import rows
from service.web import tables
from tests import bodies
from tests.running import InProcess
from tests.web.tabled import PATHS, dotted, filled, pages

CSV = "text/csv; charset=utf-8; header=present"


def table(response: httpx.Response) -> list[dict[str, str]]:
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == CSV
    text = response.content.decode()
    assert text.endswith("\r\n")
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.fixture(name="filled")
def _filled(api: InProcess) -> InProcess:
    return filled(api)


@pytest.mark.parametrize("path", PATHS)
def test_csv_has_the_rows_of_json_by_accept_and_by_path(filled: InProcess, path: str) -> None:
    items = filled.get(path).json()["items"]
    assert items
    by_accept = filled.get(path, headers={"Accept": "text/csv"})
    by_path = filled.get(dotted(path))
    assert by_accept.content == by_path.content
    rows = table(by_accept)
    assert len(rows) == len(items)
    for row, item in zip(rows, items, strict=True):
        for name in row.keys() & item.keys() - {"value", "share"}:  # flat in another way
            if isinstance(item[name], str):
                assert row[name].removeprefix("'") == item[name]
            elif item[name] is None:
                assert row[name] == ""
            else:
                assert json.loads(row[name]) == item[name]


@pytest.mark.parametrize("path", PATHS)
def test_json_and_csv_have_their_own_tags_and_say_what_they_depend_on(filled: InProcess, path: str) -> None:
    plain, csv_ = filled.get(path), filled.get(path, headers={"Accept": "text/csv"})
    assert "Accept" in plain.headers["vary"]
    assert "Accept" in csv_.headers["vary"]
    assert plain.headers["etag"] != csv_.headers["etag"]
    known = {"Accept": "text/csv", "If-None-Match": csv_.headers["etag"]}
    assert filled.get(path, headers=known).status_code == 304
    assert filled.get(path, headers=known | {"Accept": "application/json"}).status_code == 200


def test_quantities_are_flat(filled: InProcess) -> None:
    rows = {(row["kind"], row["value"]): row for row in table(filled.get("/v1/facts.csv"))}
    metric = rows["metric", "-10.50"]
    assert (metric["unit"], metric["start"], metric["end"]) == ("USD", "2025-01-01", "2025-12-31")
    instant = rows["metric", "12"]
    assert (instant["start"], instant["end"]) == ("", "2024-12-31")
    assert json.loads(instant["dimensions"]) == {"a": "b"}
    share = rows["market_share", "36"]
    assert (share["unit"], share["text"], json.loads(share["details"])["market"]) == (
        "percent",
        "Widgets",
        "Widgets",
    )
    assert metric["source_url"] == "https://example.org/a"


def test_no_cell_is_a_formula(filled: InProcess) -> None:
    cells: list[str] = []
    for path in PATHS:
        for row in csv.reader(io.StringIO(filled.get(dotted(path)).text, newline="")):
            cells += row
    for cell in cells:
        if cell[:1] in {"=", "+", "-", "@", "\t", "\r", "\n"}:
            float(cell)  # a number is none
    for dangerous in ("'=cmd|'/C calc'!A0", "'@source", "'+Revenue", "'=1+1"):
        assert dangerous in cells


def test_lines_and_quotes_within_cells_are_kept(filled: InProcess) -> None:
    (concept,) = table(filled.get("/v1/concepts.csv"))
    assert concept["description"] == "What is sold.\nAnd more."
    (beta,) = [row for row in table(filled.get("/v1/companies.csv")) if row["slug"] == "beta"]
    assert beta["name"] == 'Beta, "the" second'
    assert json.loads(beta["aliases"]) == ["-Beta", "Bété"]


def test_pages_of_csv_are_led_by_link_each_with_its_header(filled: InProcess) -> None:
    whole = table(filled.get("/v1/facts.csv"))
    responses = pages(filled, "/v1/facts.csv", "limit=3")
    assert [row for response in responses for row in table(response)] == whole
    assert len(responses) == 2
    assert len({response.headers["log-position"] for response in responses}) == 1


def test_an_empty_list_is_its_header(api: InProcess) -> None:
    response = api.get("/v1/facts.csv")
    assert table(response) == []
    assert response.text.startswith("id,company,kind,")


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("text/csv", CSV),
        ("text/csv;q=0.9, application/json;q=0.8", CSV),
        ("text/csv, */*", CSV),
        ("text/*", CSV),
        ("application/json, text/csv;q=0.5", "application/json"),
        ("text/html, */*;q=0.8", "application/json"),
        ("*/*", "application/json"),
        ("application/json, text/csv", "application/json"),
    ],
)
def test_accept_decides(api: InProcess, accept: str, media: str) -> None:
    assert api.get("/v1/facts", headers={"Accept": accept}).headers["content-type"] == media


def test_what_is_refused_is_a_problem_document(api: InProcess) -> None:
    for path, status in (
        ("/v1/series.csv", 400),
        ("/v1/facts.csv?limit=x", 400),
        ("/v1/companies/x/facts.csv", 404),
    ):
        response = api.get(path, headers={"Accept": "text/csv"})
        assert response.status_code == status
        assert response.headers["content-type"] == "application/problem+json"
    assert api.get("/v1/facts.csv", headers={"Accept": "application/json"}).status_code == 406


def test_vintages_and_derived_rows_have_their_columns(api: InProcess) -> None:
    api.made("/v1/companies", bodies.company())
    source = api.made("/v1/sources", bodies.source(None, url="https://example.org/a"))["id"]
    for end, value in (("2025-12-31", "100"), ("2025-09-30", "60")):
        period: dict[str, Any] = {"start": "2025-01-01", "end": end}
        api.made("/v1/facts", bodies.metric(source, value, period=period, known_at="2026-02-01"))
    params = {"company": "acme", "subject": "revenue", "derive": "true", "vintages": "all"}
    rows = table(api.get("/v1/series.csv", params=params))
    last = rows[-1]
    assert (last["status"], last["value"], last["start"], last["fact"]) == ("derived", "40", "2025-10-01", "")
    assert [operand["version"] for operand in json.loads(last["operands"])] == [1, 1]
    assert (last["realtime_start"], last["realtime_end"]) == ("2026-02-01", "")
    assert [row["versions"] for row in rows] == ["[1]", "[1]", "[]"]


def test_the_guide_names_every_column() -> None:
    guide = (Path(__file__).resolve().parents[2] / "docs" / "csv.md").read_text("utf-8")
    told = dict(re.findall(r"^\| (\w[^|]*) \| `(\w+, [^`]+)` \|$", guide, re.MULTILINE))
    lists = {
        "facts": tables.FACTS,
        "companies": tables.COMPANIES,
        "concepts": tables.CONCEPTS,
        "sources": tables.SOURCES,
        "series": tables.SERIES,
        "frames": tables.FRAMES,
        "the export (Parquet only)": rows.COLUMNS,
    }
    assert told == {name: ", ".join(column.name for column in columns) for name, columns in lists.items()}
