"""The commonest mistakes of a new client, over HTTP on a real socket, each with the sentence that it gets."""

import json
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

from tests import bodies
from tests.clusters import Cluster
from tests.running import ENVIRONMENT, Server

TEXT = "Acme had a 36% market share."
SOURCE = bodies.source_id(TEXT)
JSON = {"Content-Type": "application/json"}
LINES = {"Content-Type": "application/x-ndjson"}
SLUG = (
    "a slug, which is lower-case words of letters and digits joined by single hyphens, such as alibaba-cloud"
)
DECIMAL = (
    "a decimal such as 120 or -0.5, which is digits and at most one point, without separators or exponent"
)
KINDS = "metric, market_share, investment, program, partnership, product, expansion, statement"


@pytest.fixture(scope="module")
def server(cluster: Cluster) -> Generator[Server]:
    with cluster.database() as dsn, Server(dsn, cluster.keys["write"]) as running:
        running.made("/v1/companies", bodies.company())
        running.made("/v1/sources", bodies.source(TEXT))
        yield running


def fact(**changes: Any) -> dict[str, Any]:
    return {**bodies.market_share(SOURCE), **changes}


def share(**changes: Any) -> dict[str, Any]:
    value = bodies.market_share(SOURCE)["value"]
    return fact(value={**value, "share": {**value["share"], **changes}})


def without(name: str) -> dict[str, Any]:
    return {field: value for field, value in fact().items() if field != name}


# each: method and path; a body as JSON or bytes, or None; the status; where the mistake is; the sentence
MISTAKES: list[tuple[str, Any, int, str | int | None, str]] = [
    ("POST /v1/facts", share(value=36), 400, "/value/share/value",
     'value/share/value: 36 is a number; decimals are strings, so that no digit is lost: write "36"'),
    ("POST /v1/facts", share(value="36%"), 400, "/value/share/value", f"value/share/value: '36%' is not {DECIMAL}"),
    ("POST /v1/facts", share(value="1,200"), 400, "/value/share/value", f"value/share/value: '1,200' is not {DECIMAL}"),
    ("POST /v1/facts", share(unit="US dollar"), 400, "/value/share/unit",
     "value/share/unit: 'US dollar' is not a unit such as USD, percent, users or USD/shares"),
    ("POST /v1/facts", share(decimals="-9"), 400, "/value/share/decimals",
     "value/share/decimals: '-9' is a string; write the number -9 without quotes"),
    ("POST /v1/facts", fact(kind="metrics"), 400, "/kind",
     f"kind: 'metrics' is not known; did you mean 'metric'? There are {KINDS}"),
    ("POST /v1/facts", without("kind"), 400, "/kind", "kind: is required"),
    ("POST /v1/facts", without("citations"), 400, "/citations", "citations: is required"),
    ("POST /v1/facts", fact(citations={"source": SOURCE}), 400, "/citations",
     "citations: is an object; write a list of them, in brackets: [{…}]"),
    ("POST /v1/facts", fact(citations=[{"source": "https://example.org"}]), 400, "/citations/0/source",
     ("citations/0/source: 'https://example.org' is not the id of a source, which is sha256: or url: and 64 hexadecimal "
     "digits in lower case")),
    ("POST /v1/facts", fact(company="Acme Corp"), 400, "/company", f"company: 'Acme Corp' is not {SLUG}"),
    ("POST /v1/facts", fact(known_at="2026-02-30"), 400, "/known_at",
     "known_at: 2026-02-30 is not in the calendar: there is no such day"),
    ("POST /v1/facts", fact(known_at="31/01/2026"), 400, "/known_at",
     "known_at: '31/01/2026' is not a date such as 2025-12-31"),
    ("POST /v1/facts", fact(period="2025"), 400, "/period",
     "period: '2025' is a string; write an object with instant, start, end"),
    ("POST /v1/facts", fact(basis="actual"), 400, "/basis",
     "basis: 'actual' is not known; there are estimated, forecast, planned, reported"),
    ("POST /v1/facts", {**fact(), "sourc": SOURCE}, 400, "/sourc", "there is no field 'sourc'; did you mean 'source'?"),
    ("POST /v1/facts", b"kind=market_share&company=acme", 400, None,
     "the body is not JSON: 'kind=market_share&co' cannot stand here, at byte 0"),
    ("POST /v1/facts", b"{'kind': 'metric'}", 400, None, "the body is not JSON: strings are in double quotes, at byte 1"),
    ("POST /v1/facts", b"", 400, None, "the body is empty; send JSON"),
    ("POST /v1/facts", b"\xef\xbb\xbf{}", 400, None, "the body begins with a byte order mark; send UTF-8 without one"),
    ("POST /v1/facts", b'{"subject": "\\ud83d"}', 400, None,
     "the body has \\ud83d at byte 13, which is half of a surrogate pair and no character by itself"),
    ("GET /v1/facts?kind=metrics", None, 400, "kind",
     ("kind: 'metrics' is not known; did you mean 'metric'? There are expansion, investment, market_share, metric, partnership, "
     "product, program, statement")),
    ("GET /v1/facts?limit=5000", None, 400, "limit", "limit: 5000 is too large; the most is 1,000"),
    ("GET /v1/facts?limit=all", None, 400, "limit", "limit: 'all' is not a whole number"),
    ("GET /v1/facts?known_at=2026-02-30", None, 400, "known_at", "known_at: 2026-02-30 is not in the calendar"),
    ("GET /v1/facts?known_at=yesterday", None, 400, "known_at", "known_at: 'yesterday' is not a date such as 2025-12-31"),
    ("GET /v1/facts?period=FY2025", None, 400, "period",
     "period: 'FY2025' is not a period such as 2025, 2025Q3, 2025-09-30 or 2025-07-01/2025-09-30"),
    ("GET /v1/facts?dimension=geography%3DCN", None, 400, "dimension",
     "dimension: 'geography=CN' is not a dimension and its member with a colon between, such as geography:CN"),
    ("GET /v1/facts?recorded_at=2026-01-01T00:00:00%2B0200", None, 400, "recorded_at",
     "recorded_at: '2026-01-01T00:00:00+0200' is not an instant such as 2026-11-24T03:04:05Z (in an address, + is written %2B)"),
    ("GET /v1/facts?min=5%25", None, 400, "min", f"min: '5%' is not {DECIMAL}"),
    ("GET /v1/facts/acme-revenue", None, 400, "id",
     "id: 'acme-revenue' is not a UUID such as 4f2a1c9e-0d3b-8a71-9c55-2b7e4d6f8a10"),
    ("GET /v1/lookup?company=acme&kind=metric", None, 400, "subject", "subject: is required"),
    ("GET /v1/lookup?company=acme&kind=metric&subject=Net%20income", None, 400, "subject",
     "subject: 'Net income' is not a slug such as ai-cloud or, for a metric, a concept such as us-gaap:Revenues"),
    ("GET /v1/series?company=acme&kind=metric&subject=revenue&frequency=yearly", None, 400, "frequency",
     "frequency: 'yearly' is not known; there are annual, instant, quarterly"),
    ("GET /v1/frames?kind=metric&subject=revenue&period=2019Q9&unit=USD", None, 400, "period",
     "period: '2019Q9' is not a calendar frame such as 2019, 2019Q1 or, for the end of a quarter, 2019Q1I"),
    ("GET /v1/search?q=", None, 400, "q", "q: is empty; write words on one line, without control characters"),
    ("POST /v1/imports", [{"company": bodies.company("new")}], 400, 1,
     ("the input is a JSON array; NDJSON is one JSON object on each line: no brackets around and no commas between "
     "(jq --compact-output '.[]')")),
    ("POST /v1/imports", json.dumps({"company": bodies.company("new")}, indent=2).encode(), 400, 1,
     "the input is JSON over several lines; NDJSON is one JSON object on each line (jq --compact-output '.')"),
    ("POST /v1/companies", b'{"slug": "new", "name": 1e400}', 400, "/name",
     'name: is a number that is too large; decimals are strings, such as "120"'),
    ("GET /v1/companies/ticker:", None, 400, "ref",
     "ref: 'ticker:' is not a company, which is its slug, such as alibaba-cloud, or scheme:value, such as ticker:BABA"),
    ("GET /v1/companies/ticker:BRK%2FB", None, 404, None,
     "there is nothing at /v1/companies/ticker:BRK/B; %2F separates the parts of a path: in a ticker, write - for it"),
    ("POST /v1/imports", b'\xef\xbb\xbf{"company": {"slug": "new", "name": "New"}}\n', 400, 1,
     "the input begins with a byte order mark; send UTF-8 without one"),
]  # fmt: skip


@pytest.mark.parametrize(("request_line", "body", "status", "where", "sentence"), MISTAKES)
def test_a_mistake_gets_a_sentence_that_helps(
    server: Server, request_line: str, body: Any, status: int, where: str | int | None, sentence: str
) -> None:
    method, path = request_line.split(" ")
    media = LINES if path == "/v1/imports" else JSON
    content = body if isinstance(body, bytes | None) else json.dumps(body).encode()
    before = server.position()
    answer = server.request(method, path, content=content, headers=media if method == "POST" else {})
    problem = answer.json()
    assert (answer.status_code, problem["detail"]) == (status, sentence)
    places = [
        error.get("pointer", error.get("parameter", error.get("line"))) for error in problem.get("errors", [])
    ]
    assert places == ([] if where is None else [where])
    assert server.position() == before


KEY = "5f0c2b7e-9a4d-4e1c-8b3a-6f21d0c7e954"


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("", f"is empty; leave it out, or write one such as {KEY}"),
        ("k" * 300, "has 300 characters; at most 255 are taken"),
        ("two words", f"'two words' is not of the form of {KEY}"),
    ],
)
def test_a_header_that_is_wrong_is_shown_a_right_one(server: Server, value: str, sentence: str) -> None:
    answer = server.post("/v1/companies", bodies.company("new"), headers={"Idempotency-Key": value})
    assert (answer.status_code, answer.json()["detail"]) == (400, f"Idempotency-Key: {sentence}")


@pytest.mark.parametrize("partial", ["false", "true"])
def test_an_array_is_not_taken_for_ten_thousand_bad_lines(server: Server, partial: str) -> None:
    array = json.dumps([{"company": bodies.company(f"c{n}")} for n in range(3000)], indent=2).encode()
    assert array.count(b"\n") > 10_000
    answer = server.post(f"/v1/imports?partial={partial}", content=b"\n" + array, headers=LINES)
    assert (answer.status_code, len(answer.json()["errors"])) == (400, 1)
    assert answer.json()["detail"].startswith("the input is a JSON array")
    assert answer.json()["errors"][0]["line"] == 2


def test_a_later_line_is_told_what_it_is(server: Server) -> None:
    good = bodies.ndjson({"company": bodies.company("good")})
    bad = [
        b"[]",
        b"{",
        b'{"company": {"slug": "X", "name": "x"}}',
        b'{"company": {"slug": "x", "name": "x"}},',
    ]
    answer = server.post("/v1/imports?partial=true", content=good + b"\n".join(bad), headers=LINES)
    assert [(one["line"], one["problem"]["detail"]) for one in answer.json()["problems"]] == [
        (2, "is a list; write an object with company, concept, source, fact, retraction"),
        (3, "the line is not JSON: it ends before the value is complete"),
        (4, f"company/slug: 'X' is not {SLUG}"),
        (5, "the line is not JSON: a comma follows the value; write nothing between values, at byte 39"),
    ]


def test_the_command_names_the_file(server: Server, tmp_path: Path) -> None:
    path = tmp_path / "facts.json"
    path.write_text(json.dumps([{"company": bodies.company("new")}], indent=2))
    done = subprocess.run(
        [sys.executable, "-m", "service", "import", "ndjson", str(path), "--database-url", server.dsn],
        env=ENVIRONMENT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert f"{path}: the input is a JSON array" in done.stderr
