"""Lists and the log as Parquet: equal to JSON and CSV, read back by three libraries.

The libraries are imported where they are used, so that only the process that runs this file loads them.
"""

import asyncio
import csv
import html
import io
import json
import re
import sys
from collections.abc import AsyncGenerator, Sequence
from datetime import date, datetime
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import Any, cast

import httpx
import pytest

from service.operations.keys import create_key
from service.web import parquet
from service.web.parquet import Field
from tests import bodies
from tests.mirror import living
from tests.running import InProcess
from tests.web.tabled import PATHS, dotted, filled, pages

PARQUET = "application/vnd.apache.parquet"
Rows = list[dict[str, Any]]


@pytest.fixture(name="filled")
def _filled(api: InProcess) -> InProcess:
    return filled(api)


def by_pyarrow(content: bytes) -> Rows:
    return import_module("pyarrow.parquet").read_table(io.BytesIO(content)).to_pylist()


def by_polars(content: bytes) -> Rows:
    return import_module("polars").read_parquet(io.BytesIO(content)).to_dicts()


def by_duckdb(content: bytes, path: Path) -> Rows:
    path.write_bytes(content)
    with import_module("duckdb").connect() as session:
        session.execute("set timezone = 'UTC'")
        session.execute("set threads = 1")
        found = session.execute("select * from read_parquet(?)", [str(path)])
        names = [column[0] for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def types(content: bytes) -> dict[str, str]:
    schema = import_module("pyarrow.parquet").read_schema(io.BytesIO(content))
    return {field.name: str(field.type) for field in schema}


def table(response: httpx.Response, path: Path) -> Rows:
    """The rows, on which all three libraries agree."""
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == PARQUET
    assert "content-encoding" not in response.headers  # it is compressed by itself
    rows = by_pyarrow(response.content)
    assert by_polars(response.content) == rows
    assert by_duckdb(response.content, path) == rows
    return rows


def said(cell: object) -> str:
    """A value as CSV writes it, without the apostrophe."""
    match cell:
        case None:
            return ""
        case bool():
            return str(cell).lower()
        case datetime():
            return cell.isoformat().replace("+00:00", "Z")
        case date():
            return cell.isoformat()
        case _:
            return str(cell)


@pytest.mark.parametrize("path", PATHS)
def test_every_value_is_that_of_json_and_of_csv(filled: InProcess, path: str, tmp_path: Path) -> None:
    items = filled.get(path).json()["items"]
    by_accept = filled.get(path, headers={"Accept": PARQUET})
    by_path = filled.get(dotted(path, ".parquet"))
    assert by_accept.content == by_path.content
    rows = table(by_path, tmp_path / "table.parquet")
    lines = list(csv.DictReader(io.StringIO(filled.get(dotted(path)).text, newline="")))
    assert items
    for row, line, item in zip(rows, lines, items, strict=True):
        assert list(row) == list(line)
        for name, cell in row.items():
            if isinstance(cell, Decimal):
                assert cell == Decimal(line[name]), name
            else:
                assert said(cell) == line[name].removeprefix("'"), name
        for name in row.keys() & item.keys() - {"value", "share"}:  # flat in another way
            if isinstance(item[name], dict | list):
                assert json.loads(row[name]) == item[name]
            else:
                assert said(row[name]) == said(item[name])


def test_columns_have_types_which_do_not_depend_on_what_is_in_them(filled: InProcess) -> None:
    found = types(filled.get("/v1/facts.parquet").content)
    assert found == types(filled.get("/v1/facts.parquet?kind=product").content)
    named = {name: kind for name, kind in found.items() if kind != "string"}
    number, instant = "decimal128(38, 12)", "timestamp[us, tz=UTC]"
    assert named == {
        "value": number,
        "low": number,
        "high": number,
        "start": "date32[day]",
        "end": "date32[day]",
        "decimals": "int64",
        "version": "int64",
        "position": "int64",
        "known_at": "date32[day]",
        "source_published_at": "date32[day]",
        "recorded_at": instant,
        "disputed": "bool",
    }
    for path in PATHS:
        assert not {"double", "float"} & set(types(filled.get(dotted(path, ".parquet")).content).values())
    series, frame = (types(filled.get(dotted(path, ".parquet")).content) for path in PATHS[-2:])
    assert (series["value"], series["realtime_end"], series["version"]) == (number, "date32[day]", "int64")
    assert (frame["share"], frame["rank"]) == (number, "int64")


def test_a_number_is_exact_or_all_of_its_column_is_text(api: InProcess, tmp_path: Path) -> None:
    api.made("/v1/companies", bodies.company())
    source = api.made("/v1/sources", bodies.source(None, url="https://example.org/a"))["id"]
    long = "-99999999999999999999999999.999999999999"  # 26 digits and 12
    for year, number in (("2024", long), ("2025", "0.1")):
        period = {"start": f"{year}-01-01", "end": f"{year}-12-31"}
        api.made("/v1/facts", bodies.metric(source, number, period=period))
    path = "/v1/series.parquet?company=acme&subject=revenue"
    rows = table(api.get(path), tmp_path / "fits.parquet")
    assert [row["value"] for row in rows] == [Decimal(long), Decimal("0.1")]
    for year, number in (("2026", "0.1234567890123"), ("2027", "123456789012345678901234567")):
        period = {"start": f"{year}-01-01", "end": f"{year}-12-31"}
        api.made("/v1/facts", bodies.metric(source, number, period=period))
        found = api.get(f"{path}&from={year}")
        assert [row["value"] for row in table(found, tmp_path / "text.parquet")] == [number]
        assert types(found.content)["value"] == "string"


def test_pages_follow_each_other_and_have_their_tags(filled: InProcess, tmp_path: Path) -> None:
    whole = table(filled.get("/v1/facts.parquet"), tmp_path / "whole.parquet")
    first, second = pages(filled, "/v1/facts.parquet", "limit=3")
    assert [row for page in (first, second) for row in table(page, tmp_path / "page.parquet")] == whole
    assert types(first.content) == types(second.content)
    plain, found = filled.get("/v1/facts"), filled.get("/v1/facts", headers={"Accept": PARQUET})
    assert found.headers["vary"] == "Accept"
    assert found.headers["etag"] != plain.headers["etag"]
    again = {"Accept": PARQUET, "If-None-Match": found.headers["etag"]}
    assert filled.get("/v1/facts", headers=again).status_code == 304
    head = filled.request("HEAD", "/v1/facts.parquet")
    assert (head.status_code, head.headers["etag"]) == (200, found.headers["etag"])


def test_accept_decides_and_refusals_are_problems(api: InProcess) -> None:
    browser = "text/html, */*;q=0.8"
    for accept, media in ((f"{PARQUET}, application/json;q=0.5", PARQUET), (browser, "application/json")):
        assert api.get("/v1/facts", headers={"Accept": accept}).headers["content-type"] == media
    for path, status in (("/v1/facts.parquet?limit=x", 400), ("/v1/companies/x/facts.parquet", 404)):
        assert api.get(path).status_code == status
    assert api.get("/v1/facts.parquet", headers={"Accept": "text/csv"}).status_code == 406


def test_a_day_and_withheld_words_are_heeded(filled: InProcess, tmp_path: Path) -> None:
    filled.made("/v1/sources", bodies.source("Closed words.", redistribute=False))
    bound = filled.run(_key(filled, "read", date(2025, 6, 29)))
    for path, key in (("/as-known/2025-06-29/v1/facts.parquet", None), ("/v1/facts.parquet", bound)):
        sent = {} if key is None else {"Authorization": f"Bearer {key}"}
        answer = filled.get(path, headers=sent)
        assert table(answer, tmp_path / "bound.parquet") == []
        assert answer.headers["known-by"] == "2025-06-29"
        assert filled.get(path.replace("facts", "export"), headers=sent).status_code == 403
    assert len(table(filled.get("/v1/facts.parquet"), tmp_path / "free.parquet")) == 4
    lines = table(filled.get("/v1/export.parquet"), tmp_path / "log.parquet")
    assert not any("Closed words" in line["line"] for line in lines)
    admin = {"Authorization": f"Bearer {filled.run(_key(filled, 'admin', None))}"}
    whole = filled.get("/v1/export.parquet", headers=admin)
    assert whole.headers["cache-control"] == "private, no-cache"
    assert any("Closed words" in line["line"] for line in table(whole, tmp_path / "log.parquet"))


def test_pages_of_series_and_frames_link_to_it(filled: InProcess) -> None:
    for path in PATHS[-2:]:
        page = filled.get(path.removeprefix("/v1"), headers={"Accept": "text/html"}).text
        found = re.search(r'href="([^"]*)">Parquet</a>', page)
        assert found is not None
        address = html.unescape(found[1])
        assert address.startswith(f"{path.partition('?')[0]}.parquet?")
        assert by_pyarrow(filled.get(address).content)


async def _key(api: InProcess, scope: Any, day: date | None) -> str:
    from service.postgres.database import opened

    async with opened(api.dsn) as database:
        return await create_key(database, scope, known_by=day)


def test_without_the_extra_it_is_said_how_to_install_it(
    filled: InProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", cast("Any", None))  # as Python marks what cannot be imported
    asked: list[tuple[str, dict[str, str]]] = [(dotted(path, ".parquet"), {}) for path in PATHS]
    asked += [("/v1/export.parquet", {})]
    asked += [(path, {"Accept": PARQUET}) for path in (*PATHS, "/v1/export")]
    for path, headers in asked:
        answer = filled.get(path, headers=headers)
        assert answer.status_code == 501
        assert answer.json()["type"] == "/docs/problems/not-installed"
        assert "pip install 'companyfacts[parquet]'" in answer.json()["detail"]
    assert filled.get("/v1/facts").status_code == filled.get("/v1/facts.csv").status_code == 200
    assert filled.get("/v1/export").status_code == 200
    for path in PATHS[-2:]:
        page = filled.get(path.removeprefix("/v1"), headers={"Accept": "text/html"}).text
        assert (">CSV</a>" in page, ">Parquet</a>" in page) == (True, False)
    assert filled.get("/v1/facts", headers={"Accept": "*/*"}).headers["content-type"] == "application/json"


def test_the_log_is_a_table_of_its_lines(api: InProcess, tmp_path: Path) -> None:
    living.recorded(api)
    living.import_edgar(api.dsn, tmp_path)
    lines = api.get("/v1/export").text.splitlines()
    answer = api.get("/v1/export.parquet")
    rows = table(answer, tmp_path / "log.parquet")
    assert [row["line"] for row in rows] == lines
    for row, line in zip(rows, map(json.loads, lines), strict=True):
        assert row["entry"] in line
        for name in ("position", "recorded_at", "id", "version"):
            assert said(row[name]) == said(line.get(name))
        fact = line.get("fact", {})
        for name in ("kind", "subject", "known_at"):
            assert said(row[name]) == said(fact.get(name))
        assert row["company"] == fact.get(
            "company", line.get("company", {}).get("slug", line.get("document", {}).get("company"))
        )
    named = {row["entry"] for row in rows}
    assert named == {
        "company", "concept", "source", "snapshot", "fact", "retraction", "evidence", "document",
    }  # fmt: skip
    position = int(answer.headers["log-position"])
    some = api.get(f"/v1/export.parquet?after=3&at={position - 1}")
    assert "immutable" in some.headers["cache-control"]
    between = [row for row in rows if row["position"] is not None and 3 < row["position"] < position]
    found = [row for row in table(some, tmp_path / "some.parquet") if row["position"] is not None]
    assert found == between
    assert answer.headers["log-origin"] == api.get("/v1/export").headers["log-origin"]
    tags = {
        api.get(path, headers={"Accept": media}).headers["etag"]
        for path, media in (
            ("/v1/export", "application/x-ndjson"), ("/v1/export", PARQUET), ("/v1/export.parquet", PARQUET),
        )
    }  # fmt: skip
    assert len(tags) == 3


def test_a_stream_is_written_in_row_groups_before_it_has_ended() -> None:
    fields = (Field("n", "whole"), Field("day", "date"), Field("line", "text"))
    read = 0

    async def parts() -> AsyncGenerator[Sequence[parquet.Row], None]:
        nonlocal read
        for start in range(0, 100, 4):
            read = start + 4
            yield [(n, "2025-06-30", "x" * n) for n in range(start, start + 4)]

    async def written() -> tuple[list[int], bytes]:
        seen: list[int] = []
        content = b""
        async for part in parquet.streamed(fields, parts(), group_rows=20, group_bytes=600):
            seen.append(read)
            content += part
        return seen, content

    seen, content = asyncio.run(written())
    assert seen[:3] == [20, 36, 48]  # twenty rows, then 600 characters
    file: Any = import_module("pyarrow.parquet").ParquetFile(io.BytesIO(content))
    assert file.metadata.num_row_groups == len(seen) - 1
    assert [row["n"] for row in by_pyarrow(content)] == list(range(100))
    assert by_polars(content) == by_pyarrow(content)


def test_an_empty_stream_is_a_table_without_rows() -> None:
    async def none() -> AsyncGenerator[Sequence[parquet.Row], None]:
        for part in ():
            yield part

    async def written() -> bytes:
        return b"".join([part async for part in parquet.streamed((Field("n", "whole"),), none())])

    assert by_pyarrow(asyncio.run(written())) == []
