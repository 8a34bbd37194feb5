"""Bad input to every operation gets a clear problem, never a 500, and records nothing.

Each answer is also checked against the OpenAPI document (see tests/conformity.py).
"""

import copy
import gzip
import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Generator, Iterator
from typing import Any, cast

import httpx
import pytest

from service.app import contract
from service.core.lists import ByName, ByNumber, Place, next_cursor, read_cursor
from service.settings import Settings
from service.web.contract import Operation
from tests.bodies import cite, company, market_share, metric, quantity, quote, source, statement
from tests.clusters import Cluster
from tests.conformity import DOCUMENT
from tests.effort import some
from tests.running import InProcess, only_read

OPERATIONS = {operation.id: operation for operation in contract().documented}
WRITES = {name: operation for name, operation in OPERATIONS.items() if operation.body is not None}
IN_PATH = {"id": "ff15fa6d-9178-8e12-8a5b-5ba4de7a66c5", "n": "1", "ref": "acme"}
SOURCE = f"sha256:{'0' * 64}"


def path_of(operation: Operation, **changed: str) -> str:
    """A path of the operation whose parameters are well formed."""
    values = {**IN_PATH, **changed}
    if operation.path.startswith(("/v1/sources", "/v1/concepts")) and "id" not in changed:
        values["id"] = SOURCE if "sources" in operation.path else "revenue"
    return re.sub(r"\{(\w+)\}", lambda match: values.get(match[1], "x"), operation.path)


def parameters_of(operation: Operation) -> dict[str, Any]:
    """The query parameters of an operation, by name, as the contract describes them."""
    described = DOCUMENT["paths"][operation.path][operation.method.lower()].get("parameters", [])
    return {one["name"]: one for one in map(resolved, described) if one["in"] == "query"}


def resolved(described: dict[str, Any]) -> dict[str, Any]:
    if "$ref" not in described:
        return described
    found: Any = DOCUMENT
    for step in described["$ref"].removeprefix("#/").split("/"):
        found = found[step]
    return found


def needed(operation: Operation) -> list[tuple[str, Any]]:
    """The required parameters, with valid values."""
    examples = {
        "company": "acme",
        "kind": "metric",
        "subject": "revenue",
        "from": "1",
        "to": "1",
        "q": "acme",
        "period": "2025",
        "unit": "USD",
    }
    return [(n, examples[n]) for n, one in parameters_of(operation).items() if one["required"]]


@pytest.fixture
def filled(api: InProcess) -> None:
    fill(api)


@pytest.fixture(scope="module")
def _standing(cluster: Cluster) -> Generator[InProcess]:
    with cluster.database() as dsn, InProcess(dsn, cluster.keys["write"]) as service:
        fill(service)
        yield service


@pytest.fixture
def still(_standing: InProcess) -> Generator[InProcess]:
    """A service with data of every type. Tests must not add to its log."""
    with only_read(_standing) as service:
        yield service


def fill(api: InProcess) -> None:
    """Record data of every type."""
    for slug in ("acme", "zenith"):
        api.made("/v1/companies", company(slug))
    api.made("/v1/concepts", {"id": "revenue"})
    cited = api.made("/v1/sources", source())["id"]
    api.made("/v1/facts", metric(cited))  # what required parameters name, so that statements read a row
    for slug in ("acme", "zenith"):
        for n in range(3):
            api.made("/v1/facts", statement(cited, f"Claim {n}.", subject=f"{slug}-{n}", company=slug))


def refused(response: httpx.Response, *statuses: int) -> dict[str, Any]:
    assert response.status_code in (statuses or {400, 404, 405, 406, 409, 412, 413, 415, 422}), response.text
    return response.json()


# -- parameters ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", OPERATIONS)
def test_an_unknown_parameter_is_named_with_the_nearest(still: InProcess, name: str) -> None:
    operation = OPERATIONS[name]
    wanted = [
        ("nonsense", "1"),
        ("known-at", "2025-01-01"),
        ("a\x00b", ""),
        ("\udcff", ""),
        ("x" * 3000, "1"),
    ]
    for parameter, value in wanted:
        raw = httpx.QueryParams([*needed(operation)])
        encoded = "%FF" if parameter == "\udcff" else httpx.QueryParams({parameter: value})
        request = still.request_of(operation.method, f"{path_of(operation)}?{raw}&{encoded}")
        told = refused(still.send(request), 400, 404, 415, 401)
        if told["status"] == 400 and "known-at" in parameter and "known_at" in parameters_of(operation):
            assert "did you mean 'known_at'?" in told["detail"]
        if operation.method == "GET" and not operation.path.startswith("/docs"):
            assert told["status"] == 400, name


NONSENSE = [
    "", " ", "\x00", "a\x00b", "\n", "x" * 9000, "-1", "0", "1e400", "NaN", "Infinity", "-0", "0x10", "1_000", "١", "9" * 400,
    "2025-02-30", "0000-01-01", "10000-01-01", "2025-01-01\n", "2025-1-1", "20250101", "2025Q5", "0000", "9999", "9999Q4",
    "9999-12-31", "0001-01-01", "2025-12-31/2025-01-01", "2025-01-01/", "/", "2025-06-31T00:00:00Z",
    "2025-02-30T00:00:00Z", "9999-12-31T23:59:59.999999Z", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00",
    "2025-01-01T00:00:00", "2025-01-01T24:00:00Z", "2025-01-01T00:00:60Z", "true", "TRUE", "yes", "null", "[]", "{}",
    "' or 1=1 --", "%", "\u202e", "🎉", "a:b", "geography:", ":CN", "geography:" + "C" * 300, "metric", "Metric", "latest",
    "9007199254740992", "9223372036854775808", "-9223372036854775809", "1" + "0" * 30, "0." + "0" * 20 + "1",
]  # fmt: skip


STEP = len(NONSENSE) // some(len(NONSENSE) // 3, least=5)  # a slow machine tries fewer with each parameter


@pytest.mark.parametrize("name", [name for name, one in OPERATIONS.items() if one.method == "GET"])
def test_nonsense_in_every_parameter(still: InProcess, name: str) -> None:
    operation = OPERATIONS[name]
    for turn, parameter in enumerate(parameters_of(operation), len(name)):
        others = [(n, v) for n, v in needed(operation) if n != parameter]
        if parameter in {"min", "max"}:
            others.append(("unit", "USD"))
        for value in NONSENSE[turn % STEP :: STEP]:  # a third for each, another for the next
            response = still.get(path_of(operation), params=[*others, (parameter, value)])
            assert response.status_code < 500
            if response.status_code in {400, 422}:
                assert response.json()["detail"]
        request = still.request_of(
            "GET", f"{path_of(operation)}?{httpx.QueryParams(others)}&{parameter}=%ED%A0%80"
        )
        told = refused(still.send(request), 400)
        assert "UTF-8" in told["detail"]


@pytest.mark.parametrize("name", OPERATIONS)
def test_a_parameter_twice(still: InProcess, name: str) -> None:
    operation = OPERATIONS[name]
    for parameter, described in parameters_of(operation).items():
        if described["schema"].get("type") == "array" or operation.method != "GET":
            continue
        given = [*needed(operation), (parameter, "1"), (parameter, "1")]
        told = refused(still.get(path_of(operation), params=given), 400)
        assert told["errors"][0]["parameter"] in {parameter, *dict(needed(operation))}


@pytest.mark.parametrize("name", [name for name, one in OPERATIONS.items() if "{" in one.path])
def test_nonsense_in_the_path(still: InProcess, name: str) -> None:
    operation = OPERATIONS[name]
    names = re.findall(r"\{(\w+)\}", operation.path)
    values = [
        "%00", "a%00b", "%ED%A0%80", "%FF", "%F0%9F%8E%89", "%20", "..", "%2e%2e", "x" * 5000, "-1", "0", "1e400", "NaN",
        "99999999999999999999", "null", "'%20or%201=1%20--", "ff15fa6d-9178-8e12-8a5b-5ba4de7a66c", "%0a",
        "ff15fa6d91788e128a5b5ba4de7a66c5", "acme%0a", "ACME", "cik:", ":1", "cik:x", "cik:1:2", "ticker:%00",
        "isin:US0378331000",
        "sha256:", "sha256:" + "G" * 64, "sha256:" + "0" * 63, "sha256:" + "0" * 64 + "%0a", "url:" + "0" * 65,
    ]  # fmt: skip
    for parameter in names:
        for value in values:
            path = path_of(operation, **{parameter: value})
            query = httpx.QueryParams(needed(operation))
            body = (
                {"content": "{}", "headers": {"Content-Type": "application/json"}} if operation.body else {}
            )
            response = still.request(
                operation.method, f"{path}?{query}" if query else path, **cast("Any", body)
            )
            assert response.status_code in {200, 400, 404, 405, 415, 422}, f"{path}: {response.text}"


def test_ids_of_other_companies_lead_nowhere(still: InProcess) -> None:
    """An id consists of a company half and a fact half. Halves of two facts do not make a valid id."""
    one, other = (
        still.found("/v1/lookup", company=slug, kind="statement", subject=subject)["id"]
        for slug, subject in (("acme", "acme-1"), ("zenith", "zenith-1"))
    )
    crossed = one[:19] + other[19:]
    assert crossed not in {one, other}
    for path in ("", "/versions", "/versions/1", "/diff?from=1&to=1"):
        assert still.get(f"/v1/facts/{crossed}{path}").status_code == 404
    answer = still.post(f"/v1/facts/{crossed}/retractions", {"version": 1, "reason": "x"})
    assert answer.status_code == 404


# -- bodies --------------------------------------------------------------------------------------

BODIES: dict[str, Any] = {
    "assertFact": statement(SOURCE),
    "postCompany": company(),
    "postConcept": {"id": "revenue"},
    "postSource": source(),
    "retractFact": {"version": 1, "reason": "misread"},
    "lookUpFacts": {"items": [{"company": "acme", "kind": "metric", "subject": "revenue"}]},
    "checkFact": {"fact": statement(SOURCE)},
    "readText": {"text": "Revenue rose 5%."},
}
JSON_WRITES = [name for name, one in WRITES.items() if one.body_media == "application/json"]


def body_of(name: str) -> Any:
    return copy.deepcopy(BODIES[name])


def test_every_operation_with_a_json_body_is_tried() -> None:
    assert set(JSON_WRITES) == set(BODIES)


def sent(
    api: InProcess, name: str, content: bytes | str, media: str | None = None, **headers: str
) -> httpx.Response:
    operation = WRITES[name]
    given = {**({} if media == "" else {"Content-Type": media or operation.body_media}), **headers}
    return api.request(operation.method, path_of(operation), content=content, headers=given)


@pytest.mark.parametrize("name", WRITES)
def test_wrong_media_types(still: InProcess, name: str) -> None:
    for media in (
        "",
        "text/csv",
        "application/xml",
        "multipart/form-data",
        "json",
        "application/json2",
        "*/*",
        "a/b/c",
        "(null)",
    ):
        refused(sent(still, name, b"{}", media), 415)
    for coding in ("gzip", "br", "zstd", "deflate", "x", "identity, gzip"):
        refused(sent(still, name, b"{}", **{"Content-Encoding": coding}), 415)


@pytest.fixture(scope="module")
def bomb() -> bytes:
    return gzip.compress(b" " * 50_000_000)


@pytest.mark.parametrize("name", WRITES)
def test_a_gzip_bomb_is_not_unpacked(still: InProcess, name: str, bomb: bytes) -> None:
    refused(sent(still, name, bomb, **{"Content-Encoding": "gzip"}), 415)
    refused(sent(still, name, bomb), 400, 404, 422)


@pytest.mark.parametrize(
    "name", [name for name, one in WRITES.items() if one.body_limit != "max_import_bytes"]
)
def test_ten_megabytes(still: InProcess, name: str) -> None:
    refused(sent(still, name, b"[" + b" " * 10_000_000 + b"]"), 413)


def test_more_than_an_import_may_have(cluster: Cluster, dsn: str) -> None:
    with InProcess(dsn, cluster.keys["write"], max_import_bytes=10_000) as api:
        refused(sent(api, "importLines", b"\n" * 10_001), 413)
        assert sent(api, "importLines", b"\n" * 10_000).status_code == 200


@pytest.mark.parametrize("name", JSON_WRITES)
def test_what_is_no_json_of_the_kind(still: InProcess, name: str) -> None:
    good = json.dumps(body_of(name)).encode()
    bad: list[bytes] = [
        b"", b" ", b"null", b"true", b"1", b'"x"', b"[]", b"{}", b"nonsense", b"{", b"}", b"NaN", b"Infinity",
        good[:-1], good[:-2], good[: len(good) // 2], good + b"x", good + good, good + b"\x00", b"\x00" + good,
        b"\xef\xbb\xbf" + good, good.decode().encode("utf-16"), good.decode().encode("utf-32"), b"\xff\xfe",
        b"[" * 100_000, b'{"a":' * 100_000, b'{"a":' * 100 + b"1" + b"}" * 100,
        good.replace(b"{", b"{,", 1), good.replace(b'"', b"'"), b"/* */" + good, good[:-1] + b",}",
    ]  # fmt: skip
    for content in bad:
        refused(sent(still, name, content), 400)


@pytest.mark.parametrize("name", JSON_WRITES)
def test_a_name_that_stands_twice(still: InProcess, name: str) -> None:
    """The JSON decoder by itself would keep the last of two equal names."""
    body = body_of(name)
    for field in body:
        twice = json.dumps(body)[:-1] + f", {json.dumps(field)}: {json.dumps(body[field])}}}"
        told = refused(sent(still, name, twice), 400)
        assert "twice" in told["detail"]
        assert told["errors"][0]["pointer"] == f"/{field}"


def test_a_name_that_stands_twice_within(still: InProcess) -> None:
    body = json.dumps(market_share(SOURCE)).replace('"value": "36"', '"value": "36", "value": "37"')
    told = refused(sent(still, "assertFact", body), 400)
    assert told["errors"][0]["pointer"] == "/value/share/value"
    body = json.dumps(market_share(SOURCE)).replace('{"source": ', '{"source": "x", "so\\u0075rce": ')
    told = refused(sent(still, "assertFact", body), 400)
    assert told["errors"][0]["pointer"] == "/citations/0/source"


@pytest.mark.parametrize("name", JSON_WRITES)
def test_an_unknown_field_is_named_with_the_nearest(still: InProcess, name: str) -> None:
    body = body_of(name)
    near = next(iter(body))
    told = refused(sent(still, name, json.dumps({**body, near + "s": 1})), 400)
    assert f"did you mean '{near}'?" in told["detail"]
    assert told["errors"][0]["pointer"] == f"/{near}s"
    for strange, pointer in (("a/b~c", "/a~1b~0c"), ("", "/"), ("é\u2028", "/é\u2028")):
        told = refused(sent(still, name, json.dumps({**body, strange: 1})), 400)
        assert told["errors"][0]["pointer"] == pointer
    longest = min(5_000_000, WRITES[name].most_bytes(Settings()) - len(json.dumps(body)) - 10)
    long = refused(sent(still, name, json.dumps({**body, "x" * longest: 1})), 400)
    assert len(json.dumps(long)) < 30_000


# -- every leaf of every body --------------------------------------------------------------------


def of_kind(kind: str, **value: Any) -> dict[str, Any]:
    return {**statement(SOURCE), "kind": kind, "value": value}


VALUES: list[dict[str, Any]] = [
    metric(
        SOURCE,
        dimensions={"a": "b"},
        value={"quantity": quantity("1", "USD", decimals=0, bound="about"), "comparison": "yoy", "streak": 2},
    ),
    of_kind("market_share", market="W", share=quantity(), market_size=quantity("1", "USD"), rank=1),
    metric(SOURCE, value={"quantity": quantity(None, low="1", high="2")}, period={"instant": "2025-01-01"}),
    of_kind("investment", amount=quantity(), horizon_years=1, purpose=["x"], stage="spent"),
    of_kind(
        "program",
        name="N",
        benefits=[{"what": "x", "quantity": quantity()}],
        audience="a",
        url="https://example.org",
    ),
    of_kind("partnership", counterparty="c", products=["x"], purpose="p", outcome=quantity()),
    of_kind("product", name="n", category="c", license="l", owner="acme"),
    of_kind("expansion", what="w", location="BR", status="s"),
    {**of_kind("statement", text="t", topic="x"), "basis": "planned"},
    statement(SOURCE, citations=[quote(SOURCE, "x", prefix="a", suffix="b", start=0, end=1)]),
    statement(SOURCE, citations=[cite(SOURCE, type="text_position", start=0, end=1, exact="x")]),
    statement(SOURCE, citations=[cite(SOURCE, type="json_pointer", pointer="/a")]),
]
DESCRIBED = company(
    aliases=["A"], identifiers={"cik": "1", "lei": "5493001KJTIIGC8Y1R12"}, country="CN", parent="zenith"
)
LOOKUP = {
    "company": "acme",
    "kind": "metric",
    "subject": "revenue",
    "period": "2025",
    "frequency": "annual",
    "dimensions": {"a": "b"},
    "basis": "reported",
    "unit": "USD",
}
WHOLE: list[tuple[str, dict[str, Any]]] = [
    *(("assertFact", value) for value in VALUES),
    ("postCompany", DESCRIBED),
    ("postConcept", {"id": "revenue", "label": "Revenue", "description": "What."}),
    ("postSource", source(author="A", url="https://example.org", redistribute=True, note="N")),
    ("postSource", source(None, sha256="0" * 64, media_type="text/plain")),
    ("retractFact", {"version": 1, "reason": "misread"}),
    ("lookUpFacts", {"items": [LOOKUP]}),
]
# as they stand in JSON, because some are no values of Python's
INSTEAD = [
    "null", "true", "0", "-1", "1e400", "-1e400", "1.5", "9223372036854775808", "NaN", "Infinity", "9" * 400,
    '""', '" "', '"\\u0000"',
    '"a\\u0000b"', '"\\ud800"', '"\\udfff\\ud800"', '"\\ud83c\\udf89"', '"\\n"', '"a\\n"', '"\\u001f"', '"\\u007f"',
    json.dumps("x" * 20_000), json.dumps("é" * 301), '"2025-02-30"', '"0000-01-01"', '"10000-01-01"', '"2025-01-01T00:00:00Z"',
    '"NaN"', '"1e5"', '"1E400"', '"+1"', '"01"', '"1."', '".5"', '"1,5"', '"-"', json.dumps("9" * 31),
    json.dumps("0." + "1" * 31),
    '"nothing"', '"javascript:alert(1)"', "[]", "[1]", "{}", '{"a": 1}', '{"kind": "metric"}',
]  # fmt: skip


def leaves(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The paths of all values inside a JSON value, including objects and lists."""
    if path:
        yield path
    if isinstance(value, dict):
        for name, inner in cast("dict[str, Any]", value).items():
            yield from leaves(inner, (*path, name))
    elif isinstance(value, list):
        for place, inner in enumerate(cast("list[Any]", value)):
            yield from leaves(inner, (*path, place))


def with_instead(body: Any, path: tuple[str | int, ...], text: str) -> str:
    """The body as JSON, with raw text in one place."""
    changed = copy.deepcopy(body)
    inner = changed
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = "@@@"
    return json.dumps(changed).replace('"@@@"', text)


@pytest.mark.parametrize(("name", "body"), WHOLE, ids=[f"{name}-{n}" for n, (name, _) in enumerate(WHOLE)])
def test_nonsense_in_every_place_of_a_body(api: InProcess, name: str, body: dict[str, Any]) -> None:
    requests = [
        api.request_of(
            WRITES[name].method,
            path_of(WRITES[name]),
            content=with_instead(body, path, text),
            headers={"Content-Type": "application/json"},
        )
        for turn, path in enumerate(leaves(body))
        for text in INSTEAD[turn % 3 :: 3]  # a third for each, another for the next
    ]
    recorded = 0
    for start in range(0, len(requests), 50):
        for response in api.together(requests[start : start + 50]):
            if response.status_code in {200, 201}:
                recorded += response.status_code == 201
            else:
                assert refused(response)["detail"]
    # what made sense after all went through whole, and the rest not at all
    entries = api.found("/v1/changes", limit=1000)["items"]
    assert len(entries) >= recorded
    assert {entry["type"] for entry in entries} <= {"company", "concept", "source", "snapshot"}
    if name == "assertFact":
        assert entries == []


def test_numbers_past_the_limits(api: InProcess) -> None:
    """Decimals are exact up to their limits, and refused beyond them."""
    api.made("/v1/companies", company())
    cited = api.made("/v1/sources", source())["id"]
    largest = "9" * 30 + "." + "9" * 30
    for value in (largest, "-" + largest, "-0", "0." + "0" * 29 + "1"):
        made = api.made("/v1/facts", metric(cited, value))
        assert made["value"]["quantity"]["value"] == value
        exact = {"unit": "USD", "min": value, "max": value}
        assert len(api.found("/v1/facts", **exact)["items"]) == 1
    for decimals in (-30, 30):
        body = metric(
            cited,
            subject=f"d{decimals}".replace("-", "m"),
            value={"quantity": quantity(largest, "USD", decimals=decimals)},
        )
        fact = api.made("/v1/facts", body)
        assert api.found(f"/v1/facts/{fact['id']}") == fact
    for decimals in (-31, 31):
        refused(
            api.post("/v1/facts", metric(cited, value={"quantity": quantity("1", "USD", decimals=decimals)})),
            400,
        )
    for value in ("1" * 31, "0." + "1" * 31, "1e5", "", "-", "--1", "1 000", "１"):
        refused(api.post("/v1/facts", metric(cited, value)), 400)


def test_texts_up_to_their_limits(api: InProcess) -> None:
    api.made("/v1/companies", company("a" * 100, name="é" * 300, aliases=["🎉" * 300] * 50))
    refused(api.post("/v1/companies", company("a" * 101)), 400)
    refused(api.post("/v1/companies", company(name="é" * 301)), 400)
    refused(api.post("/v1/companies", company(aliases=["x"] * 51)), 400)
    refused(api.post("/v1/companies", company(identifiers={f"s{n}": "1" for n in range(31)})), 400)
    api.made("/v1/companies", company())
    cited = api.made("/v1/sources", source())["id"]
    api.made("/v1/facts", statement(cited, "🎉" * 5000, dimensions={f"d{n}": "é" * 200 for n in range(12)}))
    refused(api.post("/v1/facts", statement(cited, "x" * 5001)), 400)
    refused(api.post("/v1/facts", statement(cited, dimensions={f"d{n}": "x" for n in range(13)})), 400)
    refused(api.post("/v1/facts", statement(cited, dimensions={"A": "x"})), 400)
    refused(api.post("/v1/facts", statement(cited, dimensions={"a": "x" * 201})), 400)
    refused(api.post("/v1/facts", statement(cited, citations=[cite(cited)] * 21)), 400)
    api.made("/v1/facts", statement(cited, "Twenty.", citations=[cite(cited)] * 20))


# -- headers -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", OPERATIONS)
def test_answers_that_nobody_gives(still: InProcess, name: str) -> None:
    operation = OPERATIONS[name]
    for accept in ("image/png", "application/json;q=0, image/png", "x"):
        request = still.request_of(
            operation.method, path_of(operation), params=needed(operation), headers={"Accept": accept}
        )
        response = still.send(request)
        assert response.status_code in {404, 406, 415}, f"{accept}: {response.status_code}"
    for accept in (
        "",
        "*/*",
        "application/*;q=0.1, */*;q=0.05",
        ";;;,,,",
        "application/json;q=nonsense, */*",
    ):
        request = still.request_of(
            operation.method, path_of(operation), params=needed(operation), headers={"Accept": accept}
        )
        assert still.send(request).status_code < 500


@pytest.mark.parametrize(
    "key", ["", "Bearer", "Bearer ", "Basic eDp4", "Bearer \xff", "Bearer " + "x" * 5000, "bearer a b"]
)
def test_keys_that_are_none(still: InProcess, key: str) -> None:
    response = still.with_key(None).request(
        "POST", "/v1/companies", json=company(), headers={"Authorization": key.encode("latin-1")}
    )
    assert response.status_code == 401


@pytest.mark.parametrize(
    "tag", ["", "*, *", "nonsense", '"', 'W/"x"', '"x" "y"', "\xff", "x" * 2000, '"a,b"']
)
def test_conditions_that_are_none(api: InProcess, tag: str) -> None:
    api.made("/v1/companies", company())
    cited = api.made("/v1/sources", source())["id"]
    for header in ("If-Match", "If-None-Match"):
        for path, body in (("/v1/facts", statement(cited)),):
            request = api.request_of(
                "POST", path, json=body, headers=cast("Any", {header: tag.encode("latin-1")})
            )
            response = api.send(request)
            assert response.status_code in {200, 201, 400, 412}, response.text
        fact = api.request_of("GET", "/v1/facts", headers=cast("Any", {header: tag.encode("latin-1")}))
        assert api.send(fact).status_code in {200, 304, 400, 412}


# -- cursors -------------------------------------------------------------------------------------

PAGED = ["/v1/facts", "/v1/companies/acme/facts", "/v1/companies", "/v1/sources"]


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("path", PAGED)
def test_cursors_that_were_tampered_with(api: InProcess, path: str) -> None:
    api.made("/v1/sources", source("Another."))
    cursor = api.found(path, limit=1)["next"]
    assert cursor is not None
    assert api.get(path, params={"limit": 1, "cursor": cursor}).status_code == 200
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    tampered = [
        cursor[:-1],
        cursor[1:],
        cursor + "A",
        cursor * 2,
        cursor[::-1],
        "A",
        "====",
        cursor + "=",
        "é",
    ]
    for place in range(0, len(cursor), 3):
        other = alphabet[(alphabet.index(cursor[place]) + 1) % 64]
        tampered.append(cursor[:place] + other + cursor[place + 1 :])
    for wrong in tampered:
        response = api.get(path, params={"limit": 1, "cursor": wrong})
        if response.status_code == 200:  # the last character has bits that mean nothing
            assert urlsafe_b64decode(wrong + "==") == urlsafe_b64decode(cursor + "==")
        else:
            assert refused(response, 400)["errors"][0]["parameter"] == "cursor", wrong


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("path", PAGED)
def test_cursors_that_were_forged(api: InProcess, path: str) -> None:
    """A client can compute a cursor's checksum, so the content of a cursor must be checked too."""
    api.made("/v1/sources", source("Another."))
    cursor = api.found(path, limit=1)["next"]
    held = json.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))[6:])
    belongs = held[2]
    kept = Place if path.endswith("facts") else ByNumber if "sources" in path else ByName
    assert read_cursor(cursor, belongs, kept)[1] == held[1]
    afters: list[list[Any]] = [
        [], [1], ["x"], ["a\x00b"], ["acme", "metric", "revenue", 1], ["acme", "metric", "revenue", "x", "y"],
        ["acme", "metric", "revenue", 2**70, "ff15fa6d-9178-8e12-8a5b-5ba4de7a66c5"],
        ["acme\x00", "metric", "revenue", 1, "ff15fa6d-9178-8e12-8a5b-5ba4de7a66c5"],
        ["acme", "metric", "revenue", 2**31, "ff15fa6d-9178-8e12-8a5b-5ba4de7a66c5"],
        [2**63], [-(2**63)], [2**64 - 1], ["9" * 500], [["x"]], [None], [{}], [1.5], [True],
    ]  # fmt: skip
    for after in afters:
        for position in (0, held[1], -1, 2**53, 2**63, 2**64 - 1):
            try:
                forged = next_cursor(tuple(after), position, belongs)
            except (OverflowError, ValueError):
                continue
            response = api.get(path, params={"limit": 1, "cursor": forged})
            assert response.status_code in {200, 400, 422}, f"{after} {position}: {response.text}"
    garbage = urlsafe_b64encode(b"\x00" * 40).decode().rstrip("=")
    refused(api.get(path, params={"cursor": garbage}), 400)


# -- the ends of the calendar --------------------------------------------------------------------

FIRST, LAST = "0001-01-01", "9999-12-31"  # the driver sends both as infinity


@pytest.mark.parametrize(
    "subject", ["revenue", "acme-revenue"]
)  # a standard concept, and a subject that is none
@pytest.mark.parametrize("known", [{}, {"known_at": "2026-01-01"}])
def test_the_first_and_the_last_day_are_days_like_others(
    api: InProcess, subject: str, known: dict[str, str]
) -> None:
    api.made("/v1/companies", company())
    cited = api.made("/v1/sources", source())["id"]
    api.made("/v1/facts", metric(cited, subject=subject))
    api.made("/v1/facts", metric(cited, subject=subject, period={"start": "2024-01-01", "end": "2024-12-31"}))
    asked = {"company": "acme", "kind": "metric", "subject": subject, **known}
    whole = api.found("/v1/series", **asked)["items"]
    assert len(whole) == 2
    for start, end in [(FIRST, LAST), ("0001", "9999"), (FIRST, "9999"), ("0001Q1", "9999Q4")]:
        bounds = {"from": start, "to": end}
        assert api.found("/v1/series", **asked, **bounds)["items"] == whole
        assert api.found("/v1/series", **asked, sort="-period", **bounds)["items"] == whole[::-1]
    for bound in ({"to": FIRST}, {"to": "0001"}, {"from": LAST}, {"from": "9999Q4"}):
        assert api.found("/v1/series", **asked, **bound)["items"] == []
    for period in (FIRST, LAST, "0001", "9999", "9999Q4", f"{FIRST}/{LAST}"):
        refused(api.get("/v1/lookup", params={**asked, "period": period}), 404)
        item = {"company": "acme", "kind": "metric", "subject": subject, "period": period}
        answered = api.post("/v1/lookup", {"items": [item]}, params=known)
        assert answered.status_code == 200
        assert answered.json()["items"][0]["status"] == 404
    cursor = api.found("/v1/series", **asked, limit=1)["next"]
    held = json.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))[6:])
    for day, left in [(FIRST, 2), (LAST, 0)]:
        forged = next_cursor((day, day, *held[0][2:]), held[1], held[2])
        assert len(api.found("/v1/series", **asked, limit=5, cursor=forged)["items"]) == left


# -- what is not there ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/v1",
        "/v1/",
        "/v1/nothing",
        "/v2/facts",
        "/v1/facts/",
        "//v1/facts",
        "/v1//facts",
        "/%00",
        "/v1/facts/x/y",
        "/metrics/",
        "/.env",
    ],
)
def test_paths_that_are_none(still: InProcess, path: str) -> None:
    for method in ("GET", "POST", "DELETE"):
        response = still.send(still.request_of(method, path))
        assert response.status_code in {200, 308, 400, 404, 405}, response.text
        if response.status_code >= 400:
            assert response.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("path", sorted({operation.path for operation in OPERATIONS.values()}))
def test_methods_that_a_path_does_not_have(still: InProcess, path: str) -> None:
    operation = next(one for one in OPERATIONS.values() if one.path == path)
    allowed = {one.method for one in OPERATIONS.values() if one.path == path}
    for method in ("GET", "POST", "PUT", "DELETE", "PATCH", "TRACE", "PROPFIND"):
        if method in allowed:
            continue
        response = still.send(still.request_of(method, path_of(operation)))
        assert response.status_code == 405, f"{method} {path}: {response.status_code}"
        assert set(response.headers["allow"].split(", ")) >= allowed
        assert response.json()["status"] == 405
