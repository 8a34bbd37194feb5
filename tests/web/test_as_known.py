"""Requests that are bound to a day see nothing later: by a key, by the server, and by `/as-known/DATE` before a path.

The proof: two databases agree up to a day, and differ in everything after it. Whatever is asked of both by keys that are bound to
the day is answered alike, but for what `UNEQUAL` lists.
"""

import csv
import io
import json
import random
import re
from collections.abc import Generator
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple, cast
from urllib.parse import quote

import httpx
import msgspec
import pytest

from service.app import contract
from service.operations.keys import create_key
from service.postgres.database import opened
from service.web.contract import Operation
from tests.bodies import company, market_share, metric, source, statement
from tests.clusters import Cluster, run
from tests.edgar.test_api import LISTS, SUBMISSIONS
from tests.edgar_documents import CIK, imported, imported_filers, row, small, written
from tests.effort import some
from tests.running import InProcess

DAY = "2021-06-30"
LATER = "2022-01-31"
FILER = f"cik-{CIK:010}"
# what two such databases may answer otherwise: the place of an entry in the log, the number of a version, the instant of the
# recording, and what is made of them (cursors, and ETags, which are not compared)
UNEQUAL = frozenset(
    {
        *("position", "position_from", "position_to", "recorded_at", "recorded_from", "recorded_to"),
        *("version", "versions", "retracts", "next", "request_id"),
    }
)
# the only operations that say nothing of what is recorded, so they are answered without regard to the day
FORMS = {
    "getAssertPage": "/assert",
    "getRetractPage": f"/facts/{'0' * 8}-0000-8000-8000-{'0' * 12}/retract",
}  # to write
TIMELESS = {one.id for one in contract().operations if one.open}


class Bound(NamedTuple):
    """A service, and a key for it that is bound to the day."""

    api: InProcess
    key: str

    def ask(self, method: str, path: str, **parts: Any) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self.key}", **parts.pop("headers", {})}
        return self.api.request(method, path, headers=headers, **parts)


class Known(NamedTuple):
    """What the databases agree on."""

    facts: list[str]
    sources: list[str]
    head: int


def bound(api: InProcess, day: str = DAY) -> Bound:
    async def make() -> str:
        async with opened(api.dsn) as database:
            return await create_key(database, "read", known_by=date.fromisoformat(day))

    return Bound(api, run(make()))


def before(api: InProcess, folder: Path) -> Known:
    """What is known by the day, with names and a concept of now."""
    api.made("/v1/companies", company(name="Acme Incorporated", identifiers={"ticker": "ACME"}))
    api.made("/v1/companies", company("acme-cloud", parent="acme"))
    first = api.made("/v1/sources", source("Acme made $10 and then 12 dollars.", published_at="2020-01-10"))[
        "id"
    ]
    other = api.made("/v1/sources", source("Acme made $11.", publisher="Globex", published_at="2021-03-01"))[
        "id"
    ]
    undated = api.made("/v1/sources", source("Acme is well.", published_at=None, title="Undated"))["id"]
    late = api.made(
        "/v1/sources", source("Acme made $10, as is known.", published_at="2023-01-01", title="Later")
    )["id"]
    api.made("/v1/concepts", {"id": "revenue", "label": "Turnover"})
    early = {"start": "2019-01-01", "end": "2019-12-31"}
    facts = [
        api.made("/v1/facts", metric(first, "10", period=early, known_at="2020-01-10")),
        api.made("/v1/facts", metric(other, "11", period=early, known_at="2021-03-01")),
        api.made(
            "/v1/facts",
            metric(first, "12", known_at="2021-01-10", citations=[{"source": first}, {"source": late}]),
        ),
        api.made("/v1/facts", statement(undated, known_at="2021-02-01")),
        api.made(
            "/v1/facts",
            market_share(first, company="acme-cloud", known_at="2020-05-01", dimensions={"geography": "CN"}),
        ),
    ]
    api.made(f"/v1/facts/{facts[1]['id']}/retractions", {"version": 2, "reason": "misread"})
    assert imported(api.dsn, written(folder, small())).refused == []
    assert imported_filers(api.dsn, written(folder, SUBMISSIONS))[0].refused == []
    rows = api.found(f"/v1/companies/{FILER}/facts")["items"]
    known = dict.fromkeys([*(one["id"] for one in facts), *(one["id"] for one in rows)])
    every = [one["id"] for one in api.found("/v1/sources", limit=100)["items"]]
    return Known(list(known), every, api.position())


def after(api: InProcess, folder: Path, word: str, number: str) -> None:
    """What becomes known after the day: values, names, labels, identifiers, companies, concepts, sources, filings, lists."""
    folder.mkdir()
    api.made(
        "/v1/companies",
        company(name=f"{word} Holdings", aliases=[word], identifiers={"ticker": word[:4].upper()}),
    )
    api.made("/v1/companies", company("acme-cloud", name=f"{word} Cloud"))
    api.made("/v1/companies", company(word, parent="acme", identifiers={"cik": f"{len(word)}77"}))
    api.made("/v1/concepts", {"id": "revenue", "label": f"{word} sales", "description": word})
    api.made("/v1/concepts", {"id": f"{word}-margin", "label": "Revenue margin"})
    text = f"{word} says Acme made ${number}, revenue of widgets."
    told = api.made("/v1/sources", source(text, title=f"{word} report", publisher=word, published_at=LATER))[
        "id"
    ]
    api.made("/v1/sources", source(f"Undated {word} revenue.", title=f"{word} note", published_at=None))
    for period in (
        {"start": "2019-01-01", "end": "2019-12-31"},
        {"start": "2022-01-01", "end": "2022-12-31"},
    ):
        for slug in ("acme", word):
            api.made("/v1/facts", metric(told, number, company=slug, period=period, known_at=LATER))
    api.made("/v1/facts", metric(told, number, subject=f"{word}-margin", unit="EUR", known_at=LATER))
    api.made("/v1/facts", statement(told, f"All is {word}.", known_at=LATER))
    api.made(
        "/v1/facts",
        market_share(told, number, company="acme-cloud", known_at=LATER, dimensions={"geography": "CN"}),
    )
    newer = small()
    newer["entityName"] = f"{word} Works"
    revenue = newer["facts"]["us-gaap"]["Revenues"]
    revenue["label"], revenue["description"] = f"{word} revenues", word
    revenue["units"]["USD"].append(
        row("2019-12-31", float(number), "0001234567-22-000009", "2022-02-20", start="2019-01-01")
    )
    newer["facts"]["us-gaap"][word.title()] = {
        "label": word, "description": None,
        "units": {"USD": [row("2021-12-31", float(number), "0001234567-22-000009", "2022-02-20")]},
    }  # fmt: skip
    assert imported(api.dsn, written(folder, newer)).refused == []
    renamed = json.loads(json.dumps(SUBMISSIONS))
    renamed |= {"name": f"{word.upper()} WORKS", "tickers": [word[:3].upper()], "sic": "1234", "lei": word}
    renamed["formerNames"].insert(
        0, {"name": f"{word} Mid", "from": "2022-06-26T04:00:00.000Z", "to": "2026-07-01T04:00:00.000Z"}
    )
    for name, value in (
        ("accessionNumber", f"0001234567-22-{len(word):06}"),
        ("filingDate", "2022-02-20"),
        ("form", "8-K"),
        ("size", 9),
    ):
        renamed["filings"]["recent"][name].insert(0, value)
    assert imported_filers(api.dsn, written(folder, renamed))[0].refused == []
    for name, listed in LISTS.items():
        imported_filers(api.dsn, written(folder, listed, f"{name}.json"))


@pytest.fixture(scope="module")
def both(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Generator[tuple[Bound, Bound, Known]]:
    folder = tmp_path_factory.mktemp("known")
    key = cluster.keys["write"]
    with (
        cluster.database() as one,
        cluster.database() as other,
        InProcess(one, key) as first,
        InProcess(other, key) as second,
    ):
        known = before(first, folder)
        assert before(second, folder) == known
        after(first, folder / "first", "zebra", "13")
        after(second, folder / "second", "quagga", "17")
        after_both = folder / "third"
        after(second, after_both, "okapi", "19")
        yield bound(first), bound(second), known


# -- what is asked -------------------------------------------------------------------------------


def pools(known: Known) -> dict[str, list[Any]]:
    """Values of parameters by their names: those that are known, those that become known later, and others."""
    words = [
        "acme",
        "revenue",
        "zebra",
        "quagga",
        "report",
        "works",
        "well",
        "ACME",
        "widgets CN",
        "later undated",
        "SMW",
        str(CIK),
    ]
    return {
        "id": [*known.facts, *known.sources, "revenue", "us-gaap:Revenues", "zebra-margin"],
        "ref": ["acme", "acme-cloud", FILER, f"cik:{CIK}", "ticker:ACME", "ticker:ZEBR", "zebra", "quagga"],
        "company": ["acme", "acme-cloud", FILER, f"cik:{CIK}", "ticker:ACME", "zebra", "quagga"],
        "q": words, "n": [1, 2, 3], "from": [1, 2], "to": [1, 2, 3], "limit": [1, 2, 50],
        "kind": ["metric", "statement", "market_share", "company", "concept", "fact", "source"],
        "subject": ["revenue", "us-gaap:Revenues", "us-gaap:Zebra", "zebra-margin", "widgets", "health", "us-gaap:Assets"],
        "unit": ["USD", "EUR", "percent"], "period": ["2019", "2025", "2022", "2021Q4"], "frequency": ["annual", "instant"],
        "basis": ["reported"], "dimension": ["geography:CN"], "evidence": ["verified"], "disputed": ["true", "false"],
        "min": [1], "max": [15], "class": ["first", "restated", "rival", "retracted"], "fact": known.facts, "after": [0, 3],
        "known_at": [DAY, "2021-02-20", "2020-06-01", LATER], "at": [0, 5, known.head - 3, known.head],
        "as_of": ["2019-05-05"], "vintages": ["latest", "all"], "derive": ["true"], "with": ["rank"], "sort": ["-value"],
        "taxonomy": ["us-gaap", "companyfacts"], "tag": ["Revenues", "Assets", "Zebra"], "mark": ["acme"],
    }  # fmt: skip


PATHS = {
    "getEdgarCompanyFacts": {"file": [f"CIK{CIK:010}.json", "CIK0000000577.json"]},
    "getEdgarCompanyConcept": {
        "company": [f"CIK{CIK:010}"], "taxonomy": ["us-gaap"],
        "file": ["Revenues.json", "Revenues.json", "Zebra.json", "Revenue.json"],
    },
    "getEdgarFrame": {"taxonomy": ["us-gaap"], "tag": ["Revenues", "Zebra"], "unit": ["USD"],
                      "file": ["CY2019.json", "CY2021Q4I.json"]},
    "getEdgarSubmissions": {"file": [f"CIK{CIK:010}.json", f"CIK{CIK:010}-submissions-001.json", "CIK0000000577.json"]},
    "getEdgarTickers": {"file": ["company_tickers.json", "company_tickers_exchange.json", "company_tickers_mf.json"]},
}  # fmt: skip
# queries that find something, since those put together by chance mostly do not
GOOD: dict[str, list[dict[str, str]]] = {
    "getSeries": [
        {"company": "acme", "subject": "revenue", "vintages": "all"},
        {"company": FILER, "subject": "us-gaap:Revenues", "derive": "true"},
        {"company": f"cik:{CIK}", "subject": "us-gaap:Revenues"},
        {"company": "acme", "subject": "revenue", "unit": "USD"},
    ],
    "lookUpFact": [
        {"company": "acme", "kind": "metric", "subject": "revenue"},
        {"company": "acme", "kind": "metric", "subject": "revenue", "period": "2019"},
        {"company": "acme-cloud", "kind": "market_share", "subject": "widgets"},
        {"company": f"cik:{CIK}", "kind": "metric", "subject": "us-gaap:Revenues"},
    ],
    "getFrame": [
        {"subject": "us-gaap:Revenues", "unit": "USD", "period": "2019", "with": "rank"},
        {"subject": "revenue", "unit": "USD", "period": "2019"},
    ],
    "diffFactVersions": [{"from": "1", "to": "1"}],
}
NEVER = {"wait", "recorded_at", "cursor", "start"}
ALWAYS = {"getSeries", "getFrame", "lookUpFact", "searchEverything"}


def asked(
    chance: random.Random, operation: Operation, pool: dict[str, list[Any]]
) -> tuple[str, list[tuple[str, Any]]]:
    """A path and a query for an operation."""
    own = PATHS.get(operation.id, {})
    path = operation.path
    for name in re.findall(r"\{(\w+)\}", path):
        values = own.get(name) or pool.get(name, ["nothing"])
        if name == "id":
            kind = path.split("/")[2 if path.startswith("/v1") else 1]
            longest = {"facts": 36, "sources": 80}.get(kind, 35)
            values = [one for one in values if longest - 20 < len(one) <= longest or longest == 35 > len(one)]
        path = path.replace(f"{{{name}}}", quote(str(chance.choice(values)), safe=":"))
    good = GOOD.get(operation.id.removesuffix("Csv").removesuffix("Parquet").removesuffix("Page"))
    if chance.random() < 0.5:
        times = [("known_at", "2021-02-20")] if chance.random() < 0.3 else []
        return path, [*chance.choice(good or [{}]).items(), *times] if good else [
            *_needed(operation, chance, pool),
            *times,
        ]
    query: list[tuple[str, Any]] = []
    fields = {one.encode_name: one.required for one in msgspec.structs.fields(operation.query)}
    for name, required in fields.items():
        if name in NEVER or name not in pool:
            continue
        likely = (
            1.0
            if required
            else 0.9
            if name == "q"
            else 0.6
            if operation.id in ALWAYS and name != "at"
            else 0.2
        )
        if chance.random() < likely:
            query.append((name, chance.choice(pool[name])))
    return path, query


def _needed(operation: Operation, chance: random.Random, pool: dict[str, list[Any]]) -> list[tuple[str, Any]]:
    """The parameters that an operation must have."""
    fields = msgspec.structs.fields(operation.query)
    return [(one.encode_name, chance.choice(pool[one.encode_name])) for one in fields if one.required]


def comparable(response: httpx.Response) -> Any:
    """An answer without what may be unequal."""
    media = response.headers.get("content-type", "")
    told: Any = response.text
    if "json" in media and "ndjson" not in media:
        told = _without(response.json())
    elif "ndjson" in media:
        told = [_without(json.loads(line)) for line in response.text.splitlines()]
    elif media.startswith("text/csv"):
        rows = list(csv.DictReader(io.StringIO(response.text)))
        told = [{name: cell for name, cell in one.items() if name not in UNEQUAL} for one in rows]
    elif media == "application/vnd.apache.parquet":
        found = import_module("pyarrow.parquet").read_table(io.BytesIO(response.content)).to_pylist()
        told = [{name: cell for name, cell in one.items() if name not in UNEQUAL} for one in found]
    elif media.startswith("text/html"):
        told = re.sub(r"(version |at=|after=|after position |the log has |cursor=)[\w,-]+", r"\1", told)
        told = re.sub(
            r"\d{1,2} \w+ 20\d\d(, | at )\d\d:\d\d[^<]*|20\d\d-\d\d-\d\dT[\d:.]+Z?|[0-9a-f]{24}|\"v\d+\"",
            "",
            told,
        )
        told = re.sub(r'<td class="r( num)?">[\d,]+</td>', "", told)
    return (
        response.status_code,
        media,
        response.headers.get("cache-control"),
        response.headers.get("known-by"),
        told,
    )


def _without(value: Any) -> Any:
    if isinstance(value, dict):
        value = cast("dict[str, Any]", value)
        return {name: _without(one) for name, one in value.items() if name not in UNEQUAL}
    if isinstance(value, list):
        return [_without(one) for one in cast("list[Any]", value)]
    if isinstance(value, str):
        return re.sub(r"version \d+|position \d+", "", value)
    return value


def reads() -> list[Operation]:
    every = [one for one in contract().operations if one.method == "GET" and one.id not in TIMELESS]
    return [one for one in every if one.id not in FORMS]


def test_every_read_heeds_the_day_or_is_refused(both: tuple[Bound, Bound, Known]) -> None:
    one, _, known = both
    refused = {operation.id for operation in reads() if not operation.by_day}
    assert refused == {"getExport", "getExportParquet"}, "all but the whole log is read as of a day"
    closed = [*FORMS.values(), "/v1/export"]
    assert [one.ask("GET", path).status_code for path in closed] == [403, 403, 403]
    assert {"getHealth", "getReadiness", "getMetrics", "getContract"} <= TIMELESS
    assert one.ask("GET", f"/v1/facts/{known.facts[0]}").headers["known-by"] == DAY


def test_two_databases_that_agree_up_to_a_day_answer_alike(both: tuple[Bound, Bound, Known]) -> None:
    one, other, known = both
    chance = random.Random(20210630)
    pool = pools(known)
    found: set[str] = set()
    operations = reads()
    for number in range(some(700, least=450)):
        operation = operations[number % len(operations)]
        path, query = asked(chance, operation, pool)
        accept = (
            {"Accept": "text/html"}
            if operation.page
            else {"Accept": chance.choice([*operation.media[:1], "*/*"])}
        )
        answers = [each.ask("GET", path, params=query, headers=accept) for each in (one, other)]
        assert answers[0].status_code < 500, (path, query)
        told = [comparable(answer) for answer in answers]
        assert told[0] == told[1], (path, query, answers[0].text[:3000], answers[1].text[:3000])
        if answers[0].status_code == 200:
            found.add(operation.id)
        if "known_at" in dict(query) and dict(query)["known_at"] == LATER:
            assert answers[0].status_code in {400, 403}, (path, query)
        for answer in answers:
            assert "immutable" not in answer.headers.get("cache-control", "")
            assert not re.search("zebra|quagga|okapi", _shown(answer, query, path), re.IGNORECASE), (
                path,
                query,
            )
    # else the proof would be of refusals alone
    assert {one.id for one in operations} - found <= {
        "getEdgarTickers",
        "getExport",
        "getExportParquet",
        "getSourceText",
    }, {o.id for o in operations} - found


def _shown(answer: httpx.Response, query: list[tuple[str, Any]], path: str) -> str:
    """The text of an answer, unless the question itself had the words."""
    return "" if re.search("zebra|quagga|okapi", f"{path}{query}", re.IGNORECASE) else answer.text


def test_batches_checks_and_readings_answer_alike(both: tuple[Bound, Bound, Known]) -> None:
    one, other, known = both
    items = [
        {"company": slug, "kind": "metric", "subject": subject}
        for slug in ("acme", "zebra", "quagga", FILER, "ticker:ACME")
        for subject in ("revenue", "revenues", "zebra-margin", "us-gaap:Revenues")
    ]
    asks: list[tuple[str, Any]] = [("/v1/lookup", {"items": items})]
    for named in (*known.sources[:4], None):
        cites = [{} if named is None else {"source": named}]
        for slug in ("acme", "zebra"):
            fact = metric("", "10", company=slug, citations=cites)
            asks.append(("/v1/checks", {"fact": fact, "text": "Zebra Holdings made $10."}))
    asks += [("/v1/readings", {"source": named}) for named in known.sources]
    answered = 0
    for path, body in asks:
        answers = [each.ask("POST", path, json=body) for each in (one, other)]
        assert comparable(answers[0]) == comparable(answers[1]), (
            path,
            body,
            answers[0].text,
            answers[1].text,
        )
        answered += answers[0].status_code == 200
    assert answered > 4


def test_what_has_no_day_or_a_later_one_is_not_cited(both: tuple[Bound, Bound, Known]) -> None:
    one, _, known = both
    path = f"/v1/facts/{known.facts[1]}"
    assert [cited["source"]["title"] for cited in one.api.found(path, at=known.head)["citations"]] == [
        "A report",
        "Later",
    ]
    for answer in (one.ask("GET", path), one.api.get(path, params={"known_at": DAY})):
        assert [cited["source"]["title"] for cited in answer.json()["citations"]] == ["A report"]
    undated = one.ask("GET", f"/v1/facts/{known.facts[2]}").json()
    assert (undated["citations"], undated["evidence"]) == ([], "quote_only")
    assert {one.ask("GET", f"/v1/sources/{source}").status_code for source in known.sources} == {200, 404}


def test_an_earlier_day_may_be_asked_and_a_later_one_not(both: tuple[Bound, Bound, Known]) -> None:
    one, _, known = both
    path = f"/v1/facts/{known.facts[0]}"
    assert (
        one.ask("GET", path, params={"known_at": "2020-06-01"}).json()["value"]["quantity"]["value"] == "10"
    )
    later = one.ask("GET", path, params={"known_at": "2021-07-01"})
    assert (later.status_code, later.json()["detail"]) == (
        403,
        f"nothing is answered here that became known after {DAY}",
    )
    assert one.ask("GET", path, params={"known_at": "2021-02-30"}).status_code == 400
    assert one.ask("POST", "/v1/facts", json=metric(known.sources[0])).status_code == 403


# -- the prefix ----------------------------------------------------------------------------------


def test_the_prefix_binds_one_request(both: tuple[Bound, Bound, Known]) -> None:
    one, _, known = both
    api, prefix = one.api, f"/as-known/{DAY}"
    for path in (
        "/v1/companies",
        "/v1/facts?limit=1",
        f"/v1/facts/{known.facts[0]}",
        "/v1/changes?limit=3",
        "/companies/acme",
    ):
        plain = one.ask("GET", path, headers={"Accept": "text/html, application/json;q=0.9"})
        answer = api.get(prefix + path, headers={"Accept": "text/html, application/json;q=0.9"})
        assert answer.headers["known-by"] == DAY
        assert answer.headers["cache-control"] == "private, no-cache"
        bare = answer.text.replace(f"{prefix}/", "/")
        assert re.sub("[0-9a-f]{24}", "", bare) == re.sub("[0-9a-f]{24}", "", plain.text), path
    assert "known-by" not in api.get("/v1/companies").headers
    following = api.get(f"{prefix}/v1/facts?limit=1").headers["link"]
    assert following.startswith(f"<{prefix}/v1/facts?")
    assert api.get(following[1:].partition(">")[0]).status_code == 200
    page = api.get(f"{prefix}/companies/acme", headers={"Accept": "text/html"}).text
    leading = set(re.findall(r'(?:href|action)="(/[^"]*)"', page))
    assert all(re.match(rf"{prefix}/|/pages/|/docs|/openapi", one) for one in leading), leading
    assert any(one.startswith(f"{prefix}/facts/") for one in leading)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", f"/as-known/{DAY}/as-known/{DAY}/v1/companies", 404),
        ("GET", "/as-known/2021-02-30/v1/companies", 400),
        ("GET", "/as-known/20210630/v1/companies", 400),
        ("GET", "/as-known/today/v1/companies", 400),
        ("GET", "/as-known/", 400),
        ("GET", f"/as-known/{DAY}/v1/nothing", 404),
        ("GET", f"/as-known/{DAY}/v1/companies?known_at=2021-07-01", 403),
        ("GET", f"/as-known/{DAY}/v1/companies?known_at=2021-06-30", 200),
        ("POST", f"/as-known/{DAY}/v1/companies", 405),
        ("PUT", f"/as-known/{DAY}/v1/sources/url:{'0' * 64}/snapshot", 405),
        ("GET", f"/as-known/{DAY}/healthz", 200),
    ],
)
def test_what_the_prefix_takes(api: InProcess, method: str, path: str, status: int) -> None:
    answer = api.request(method, path, json=company() if method == "POST" else None)
    assert answer.status_code == status, answer.text
    if status == 405:
        assert "POST" not in answer.headers["allow"]
        assert "PUT" not in answer.headers["allow"]
    assert api.position() == 0


def test_the_earliest_of_key_prefix_and_server_counts(both: tuple[Bound, Bound, Known]) -> None:
    one, _, _ = both
    assert one.ask("GET", "/as-known/2020-02-01/v1/companies").headers["known-by"] == "2020-02-01"
    assert one.ask("GET", "/as-known/2022-02-01/v1/companies").headers["known-by"] == DAY
    with InProcess(one.api.dsn, None, known_by=date(2020, 2, 1), read_only=True) as server:
        assert server.get("/v1/companies").headers["known-by"] == "2020-02-01"
        assert Bound(server, one.key).ask("GET", "/v1/companies").headers["known-by"] == "2020-02-01"
        refused = server.post(
            "/v1/companies", company("new"), headers={"Authorization": f"Bearer {one.api.key}"}
        )
        assert refused.status_code == 403
