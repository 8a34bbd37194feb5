"""Behaviour that all operations share: conditions, preferences, codings, headers, request ids."""

import gzip
import json

import httpx
import pytest
import zstandard

from tests import bodies
from tests.conformity import DOCUMENT
from tests.processes import eventually
from tests.running import InProcess, Server

TEXT = "Acme had a 36% market share."
SOURCE = bodies.source_id(TEXT)
LONG = "Why Acme is well. " * 100


@pytest.fixture
def filled(api: InProcess) -> InProcess:
    api.made("/v1/companies", bodies.company())
    api.made("/v1/sources", bodies.source(TEXT))
    return api


def as_sent(
    service: InProcess, path: str, coding: str | None, **headers: str
) -> tuple[httpx.Response, bytes]:
    """An answer, and its body before decoding."""
    request = service.request_of("GET", path, headers=headers)
    request.headers.pop("accept-encoding", None)
    if coding is not None:
        request.headers["accept-encoding"] = coding

    return service.as_sent(request)


# -- codings (RFC 9110 §8.4, §8.8.3.3, §12.5.3) --------------------------------------------------


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        (None, None),
        ("", None),
        ("identity", None),
        ("gzip", "gzip"),
        ("x-gzip", "gzip"),
        ("zstd", "zstd"),
        ("gzip, deflate, br, zstd", "zstd"),
        ("gzip;q=1.0, zstd;q=0.5", "gzip"),
        ("zstd;q=0, gzip", "gzip"),
        ("zstd;q=0.000, gzip;q=0", None),
        ("*", "zstd"),
        ("*;q=0.1, zstd;q=0", "gzip"),
        ("deflate, br", None),
        ("GZIP", "gzip"),
        ("identity;q=0, gzip;q=0.2", "gzip"),
        ("identity, gzip;q=0.5", None),
    ],
)
def test_a_long_answer_comes_in_the_best_coding_that_is_taken(
    filled: InProcess, accepted: str | None, coding: str | None
) -> None:
    fact = filled.made("/v1/facts", bodies.statement(SOURCE, LONG))
    plain, body = as_sent(filled, f"/v1/facts/{fact['id']}", None)
    response, sent = as_sent(filled, f"/v1/facts/{fact['id']}", accepted)
    assert response.headers.get("content-encoding") == coding
    assert response.headers["vary"] == "Accept-Encoding"
    decoded = {"gzip": gzip.decompress, "zstd": zstandard.decompress, None: bytes}[coding](sent)
    assert decoded == body
    assert int(response.headers["content-length"]) == len(sent)
    assert (response.headers["etag"] == plain.headers["etag"]) == (coding is None)


def test_a_short_answer_and_an_unchanging_one_are_alike_in_all_codings(filled: InProcess) -> None:
    response, _ = as_sent(filled, "/v1/companies/acme", "gzip")
    assert "content-encoding" not in response.headers
    fact = filled.made("/v1/facts", bodies.statement(SOURCE, LONG))
    for coding in ("gzip", "zstd"):
        assert len({as_sent(filled, f"/v1/facts/{fact['id']}", coding)[1] for _ in range(2)}) == 1


def test_each_coding_has_its_own_tag_and_any_that_the_client_has_is_304(filled: InProcess) -> None:
    fact = filled.made("/v1/facts", bodies.statement(SOURCE, LONG))
    path = f"/v1/facts/{fact['id']}"
    tags = {c: as_sent(filled, path, c)[0].headers["etag"] for c in ("identity", "gzip", "zstd")}
    assert len(set(tags.values())) == 3
    assert all(tag.startswith('"') and tag.endswith('"') for tag in tags.values())
    for tag in tags.values():
        response, body = as_sent(filled, path, "zstd, gzip", **{"if-none-match": tag})
        assert (response.status_code, body, response.headers["etag"]) == (304, b"", tag)
        assert response.headers["vary"] == "Accept-Encoding"
    # a coding that the client does not take is no answer to it
    response, _ = as_sent(filled, path, "gzip", **{"if-none-match": tags["zstd"]})
    assert (response.status_code, response.headers["etag"]) == (200, tags["gzip"])
    response, _ = as_sent(filled, path, None, **{"if-none-match": f'"x", W/{tags["identity"]}'})
    assert response.status_code == 304


def test_the_tag_of_any_coding_is_good_for_a_write(filled: InProcess) -> None:
    fact = filled.made("/v1/facts", bodies.statement(SOURCE, LONG))
    for number, coding in enumerate(("gzip", "zstd", "identity")):
        tag = as_sent(filled, f"/v1/facts/{fact['id']}", coding)[0].headers["etag"]
        changed = bodies.statement(SOURCE, f"{LONG}{number}")
        assert filled.post("/v1/facts", changed, headers={"If-Match": tag}).status_code == 201
        assert filled.post("/v1/facts", changed, headers={"If-Match": tag}).status_code == 412


@pytest.mark.parametrize("coding", ["identity", "gzip"])
def test_a_write_and_a_read_after_it_have_the_same_tag(filled: InProcess, coding: str) -> None:
    accept = {"Accept-Encoding": coding}
    for text in ("Short.", LONG):
        written = filled.post("/v1/facts", bodies.statement(SOURCE, text), headers=accept)
        read = filled.get(written.headers["location"], headers=accept)
        assert written.headers["etag"] == read.headers["etag"]


def test_refusals_are_coded_too(filled: InProcess) -> None:
    lines = bodies.ndjson(*({"fact": bodies.market_share("sha256:" + "0" * 64)} for _ in range(30)))
    headers = {"Content-Type": "application/x-ndjson", "Accept-Encoding": "gzip"}
    response = filled.post("/v1/imports", content=lines, headers=headers)
    assert response.status_code == 422
    assert response.headers["content-encoding"] == "gzip"
    assert len(response.json()["errors"]) == 30


# -- conditions ----------------------------------------------------------------------------------


def test_a_retraction_may_have_a_condition(filled: InProcess) -> None:
    written = filled.post("/v1/facts", bodies.market_share(SOURCE))
    path, body = f"{written.headers['location']}/retractions", {"version": 1, "reason": "a mistake"}
    assert filled.post(path, body, headers={"If-Match": '"another"'}).status_code == 412
    response = filled.post(path, body, headers={"If-Match": written.headers["etag"]})
    assert response.status_code == 201
    assert filled.post(path, body, headers={"If-Match": written.headers["etag"]}).status_code == 412
    assert filled.post(path, body, headers={"If-Match": response.headers["etag"]}).status_code == 200


def test_where_it_is_set_a_condition_is_required(dsn: str, filled: InProcess) -> None:
    with InProcess(dsn, filled.key, require_if_match=True) as strict:
        assertion = bodies.market_share(SOURCE)
        refused = strict.post("/v1/facts", assertion)
        assert refused.status_code == 428
        assert refused.json()["type"] == "/docs/problems/precondition-required"
        created = strict.post("/v1/facts", assertion, headers={"If-None-Match": "*"})
        assert created.status_code == 201
        retraction = {"version": 1, "reason": "a mistake"}
        path = f"{created.headers['location']}/retractions"
        assert strict.post(path, retraction).status_code == 428
        assert strict.post(path, retraction, headers={"If-None-Match": "*"}).status_code == 428
        tag = {"If-Match": created.headers["etag"]}
        assert strict.post(path, retraction, headers=tag).status_code == 201
        assert strict.post("/v1/companies", bodies.company("zenith")).status_code == 201


# -- preferences (RFC 7240) ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("prefer", "followed"),
    [
        ("return=minimal", True),
        ('return="minimal"', True),
        ("respond-async, return=minimal; foo=1", True),
        ("Return = minimal", True),
        ("return=representation", False),
        ("return=representation, return=minimal", False),
        ("wait=10", False),
        ("handling=lenient", False),
    ],
)
def test_return_minimal_leaves_the_body_out(filled: InProcess, prefer: str, *, followed: bool) -> None:
    for expected in (201, 200):
        response = filled.post("/v1/facts", bodies.market_share(SOURCE), headers={"Prefer": prefer})
        if not followed:
            assert response.status_code == expected
            assert "preference-applied" not in response.headers
            continue
        assert (response.status_code, response.content) == (204, b"")
        assert response.headers["preference-applied"] == "return=minimal"
        assert response.headers["location"].startswith("/v1/facts/")
        assert response.headers["etag"]
        assert int(response.headers["log-position"]) > 0


def test_return_minimal_is_followed_by_all_that_say_where_and_does_not_hide_a_report(
    filled: InProcess,
) -> None:
    minimal = {"Prefer": "return=minimal"}
    fact = filled.made("/v1/facts", bodies.market_share(SOURCE))
    posts = [
        ("/v1/companies", bodies.company("zenith")),
        ("/v1/concepts", {"id": "widgets-sold"}),
        ("/v1/sources", bodies.source("Another.")),
        (f"/v1/facts/{fact['id']}/retractions", {"version": 1, "reason": "a mistake"}),
    ]
    for path, body in posts:
        response = filled.post(path, body, headers=minimal)
        assert (response.status_code, response.content) == (204, b"")
        assert filled.get(response.headers["location"]).status_code == 200
    lines = bodies.ndjson({"company": bodies.company("third")})
    headers = {**minimal, "Content-Type": "application/x-ndjson"}
    assert filled.post("/v1/imports", content=lines, headers=headers).json()["created"] == 1
    refused = filled.post("/v1/companies", bodies.company("Bad Slug"), headers=minimal)
    assert (refused.status_code, "preference-applied" in refused.headers) == (400, False)


def test_preferences_do_not_change_what_a_name_stands_for(filled: InProcess) -> None:
    named = {"Idempotency-Key": "a"}
    short = filled.post(
        "/v1/companies", bodies.company("zenith"), headers={**named, "Prefer": "return=minimal"}
    )
    full = filled.post("/v1/companies", bodies.company("zenith"), headers=named)
    assert (short.status_code, full.status_code) == (204, 201)
    assert short.headers["location"] == full.headers["location"]


# -- caching -------------------------------------------------------------------------------------


def test_only_what_is_pinned_and_open_may_be_kept_for_long(dsn: str, filled: InProcess) -> None:
    fact = filled.made("/v1/facts", bodies.market_share(SOURCE))
    path = f"/v1/facts/{fact['id']}"
    at = {"at": filled.position()}
    assert filled.get(path, params=at).headers["cache-control"] == "public, max-age=31536000, immutable"
    assert filled.get(path).headers["cache-control"] == "no-cache"
    assert filled.get("/v1/facts", params={"known_at": "2025-12-31"}).headers["cache-control"] == "no-cache"
    assert filled.get(path, params={"at": 10**9}).headers["cache-control"] == "no-store"
    assert filled.post("/v1/companies", bodies.company()).headers["cache-control"] == "no-store"
    assert filled.get("/v1/nothing").headers["cache-control"] == "no-store"
    with InProcess(dsn, None, require_key_for_reads=True) as closed:
        key = {"Authorization": f"Bearer {filled.key}"}
        assert closed.get(path, params=at, headers=key).headers["cache-control"] == "private, no-cache"


# -- headers of every answer ---------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/v1/facts", "/v1/companies", "/v1/nothing", "/healthz"])
def test_every_answer_is_safe_to_show(api: InProcess, path: str) -> None:
    headers = api.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert "access-control-allow-origin" not in headers


def test_a_problem_names_the_request(api: InProcess) -> None:
    mine = {"X-Request-ID": "order-66"}
    for path in ("/v1/facts?limit=0", "/v1/companies?limit=0", "/v1/nothing"):
        response = api.get(path, headers=mine)
        assert response.json()["request_id"] == response.headers["x-request-id"] == "order-66"
        other = api.get(path)
        assert other.json()["request_id"] == other.headers["x-request-id"] != "order-66"


def test_a_request_is_named_in_the_log(server: Server) -> None:
    for path in ("/v1/facts", "/v1/nothing"):
        server.get(path, headers={"X-Request-ID": f"named{path.replace('/', '-')}"})
    strange = server.get("/v1/facts", headers={"X-Request-ID": "a b"}).headers["x-request-id"]
    assert strange != "a b"
    names = {"named-v1-facts", "named-v1-nothing", strange}

    def all_named() -> bool:
        lines = [json.loads(line) for line in server.said().splitlines() if line.startswith("{")]
        return names <= {line.get("request_id") for line in lines}

    assert eventually(all_named), server.said()  # lines are written together, a moment later


def test_a_uri_that_is_too_long_is_told_so(api: InProcess) -> None:
    for path in ("/v1/facts", "/v1/companies", "/healthz"):
        response = api.get(f"{path}?q={'x' * 16_384}")
        assert response.status_code == 414
        assert response.json()["type"] == "/docs/problems/uri-too-long"


# -- pages of other sites (CORS) -----------------------------------------------------------------

ORIGIN = "https://app.example.org"
PREFLIGHT = {
    "Access-Control-Request-Method": "POST",
    "Access-Control-Request-Headers": "authorization,content-type,idempotency-key",
}


def exposed(response: httpx.Response) -> set[str]:
    return {name.strip().lower() for name in response.headers["access-control-expose-headers"].split(",")}


def test_without_the_setting_no_page_reads_anything(api: InProcess) -> None:
    for method in ("GET", "OPTIONS"):
        response = api.request(method, "/v1/facts", headers={"Origin": ORIGIN, **PREFLIGHT})
        assert not [name for name in response.headers if name.startswith("access-control")]


def test_pages_of_the_origins_set_may_read(dsn: str) -> None:
    with InProcess(dsn, None, cors_origins=f"{ORIGIN}, http://localhost:3000") as service:
        for path in ("/v1/facts", "/v1/companies", "/v1/nothing", "/v1/facts?limit=0"):
            response = service.get(path, headers={"Origin": ORIGIN})
            assert response.headers["access-control-allow-origin"] == ORIGIN
            assert exposed(response) >= {
                "etag",
                "link",
                "location",
                "log-position",
                "retry-after",
                "ratelimit",
            }
            assert "Origin" in response.headers["vary"]
            assert "access-control-allow-credentials" not in response.headers
        other = service.get("/v1/facts", headers={"Origin": "https://evil.example"})
        assert "access-control-allow-origin" not in other.headers
        assert "Origin" in other.headers["vary"]
        preflight = service.request("OPTIONS", "/v1/facts", headers={"Origin": ORIGIN, **PREFLIGHT})
        assert preflight.status_code == 204
        assert "POST" in preflight.headers["access-control-allow-methods"]
        allowed = preflight.headers["access-control-allow-headers"].lower()
        assert {"authorization", "content-type", "idempotency-key", "if-match", "prefer"} <= {
            name.strip() for name in allowed.split(",")
        }
        assert int(preflight.headers["access-control-max-age"]) > 0


def test_all_origins_may_be_set(dsn: str) -> None:
    with InProcess(dsn, None, cors_origins="*") as service:
        response = service.get("/v1/facts", headers={"Origin": ORIGIN})
        assert response.headers["access-control-allow-origin"] == "*"
        assert "Origin" not in response.headers.get("vary", "")


def test_every_header_that_an_answer_may_have_is_exposed(dsn: str) -> None:
    described = DOCUMENT["components"]["responses"] | {
        f"{template} {method} {status}": response
        for template, methods in DOCUMENT["paths"].items()
        for method, operation in methods.items()
        for status, response in operation["responses"].items()
    }
    named: set[str] = {name for response in described.values() for name in response.get("headers", {})}
    with InProcess(dsn, None, cors_origins="*") as service:
        told = exposed(service.get("/v1/facts", headers={"Origin": ORIGIN}))
    # a page reads the first without being told, and has no use for the other
    assert {name.lower() for name in named} - told - {
        "cache-control",
        "content-security-policy",
        "last-modified",
    } == set()
