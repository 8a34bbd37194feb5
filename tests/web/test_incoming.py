"""Ambiguous or invalid HTTP is refused, and a client that is still sending can read why its request was refused."""

import http.client
import json
import re
import shutil
import socket
import subprocess
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from typing import Any

import httpx
import pytest
import requests

from tests import bodies
from tests.clusters import Cluster
from tests.running import NO_TLS, PATIENCE, InProcess, Server

BASE = "https://facts.example.org"


@pytest.fixture(scope="module")
def server(cluster: Cluster) -> Generator[Server]:
    with cluster.database() as dsn, Server(dsn, cluster.keys["write"], "--base-url", BASE) as running:
        running.made("/v1/companies", bodies.company())
        yield running


def raw(server: Server, request: bytes) -> tuple[int, dict[str, str], Any]:
    """Send bytes; returns status, headers and JSON (None for another body) of the answer."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE) as connection:
        connection.sendall(request)
        response = http.client.HTTPResponse(connection)
        response.begin()
        body = response.read()
        headers = {name.lower(): value for name, value in response.getheaders()}
        is_json = headers.get("content-type", "").endswith("json")
        return response.status, headers, json.loads(body) if is_json else None


def head(*lines: str, start: str = "GET /v1/companies/acme HTTP/1.1") -> bytes:
    return "\r\n".join([start, *lines, "", ""]).encode()


HOST = "Host: facts.example.org"
POST = "POST /v1/companies HTTP/1.1"


@pytest.mark.parametrize(
    ("lines", "start", "parameter"),
    [
        ((), None, "Host"),
        (("Host:",), None, "Host"),
        (("Host: a", "Host: b"), None, "Host"),
        (("Host: a", "Host: a"), None, "Host"),
        (("Host: a b",), None, "Host"),
        (("Host: a/b",), None, "Host"),
        (("Host: user@a",), None, "Host"),
        ((HOST, "Authorization: Bearer a", "Authorization: Bearer b"), None, "Authorization"),
        ((HOST, "Authorization: Bearer a", "authorization: Bearer a"), None, "Authorization"),
        ((HOST, "Content-Type: application/json", "Content-Type: text/plain"), POST, "Content-Type"),
        ((HOST, "Idempotency-Key: a", "Idempotency-Key: b"), POST, "Idempotency-Key"),
        ((HOST, "Idempotency-Key: a", "Idempotency-Key: a"), POST, "Idempotency-Key"),
        ((HOST, "Last-Event-ID: 1", "Last-Event-ID: 2"), None, "Last-Event-ID"),
        ((HOST, "If-Modified-Since: a", "If-Modified-Since: b"), None, "If-Modified-Since"),
        ((HOST, "Origin: https://a", "Origin: https://b"), None, "Origin"),
        ((HOST, "Transfer-Encoding: gzip, chunked"), POST, "Transfer-Encoding"),
        ((HOST, "Transfer-Encoding: chunked", "Transfer-Encoding: chunked"), POST, "Transfer-Encoding"),
        # what nobody answers at all is refused in the same way
        (
            (HOST, "Authorization: Bearer a", "Authorization: Bearer b"),
            "GET /nowhere HTTP/1.1",
            "Authorization",
        ),
        ((), "GET /healthz HTTP/1.1", "Host"),
        ((), "GET /v1/facts HTTP/1.1", "Host"),
    ],
)
def test_an_ambiguous_head_is_refused(
    server: Server, lines: tuple[str, ...], start: str | None, parameter: str
) -> None:
    chunked = b"0\r\n\r\n" if any(line.startswith("Transfer-Encoding") for line in lines) else b""
    status, _, problem = raw(server, head(*lines, start=start or "GET /v1/companies/acme HTTP/1.1") + chunked)
    assert (status, problem["type"]) == (400, f"{BASE}/docs/problems/malformed")
    assert [error["parameter"] for error in problem["errors"]] == [parameter]
    assert problem["detail"].startswith(f"{parameter}: ")


@pytest.mark.parametrize(
    "host", ["a", "a.example.org:8000", "127.0.0.1", "[::1]:8000", "under_score", "x-y:"]
)
def test_hosts_of_every_form_are_taken(server: Server, host: str) -> None:
    assert raw(server, head(f"Host: {host}"))[0] == 200


def test_http_1_0_needs_no_host(server: Server) -> None:
    assert raw(server, head(start="GET /v1/companies/acme HTTP/1.0"))[0] == 200


def test_lines_of_a_list_are_one_list(server: Server) -> None:
    tag = server.get("/v1/companies/acme").headers["etag"]
    status, _, _ = raw(server, head(HOST, 'If-None-Match: "other"', f"If-None-Match: {tag}"))
    assert status == 304
    status, headers, _ = raw(
        server, head(HOST, "Accept: text/html", "Accept: text/csv", start="GET /v1/companies HTTP/1.1")
    )
    assert (status, headers["content-type"].split(";")[0]) == (200, "text/csv")


@pytest.mark.parametrize(
    ("content", "status"),
    [
        # the server removes the length, so the service cannot refuse it; it must be chunked, and the last on its connection
        ("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n", 400),
        ("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n2\r\n{}\r\n0\r\n\r\n", 400),
        ("Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}", 400),
        ("Content-Length: 2, 2\r\n\r\n{}", 400),
        ("Content-Length: +2\r\n\r\n{}", 400),
    ],
)
def test_a_connection_with_two_lengths_is_closed(server: Server, content: str, status: int) -> None:
    request = f"POST /v1/lookup HTTP/1.1\r\n{HOST}\r\nContent-Type: application/json\r\n{content}"
    smuggled = head(HOST, start="GET /v1/companies/smuggled HTTP/1.1")
    with socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE) as connection:
        connection.sendall(request.encode() + smuggled)
        received = b""
        while part := connection.recv(65_536):
            received += part
    assert received.startswith(b"HTTP/1.1 %d " % status)
    assert received.count(b"HTTP/1.1 ") == 1, "what follows is not another request"


@pytest.mark.parametrize(
    ("target", "parameter", "says"),
    [
        ("/v1/companies/a%zz", None, "'%zz'"),
        ("/v1/companies/a%2", None, "'%2'"),
        ("/v1/companies/a%", None, "'%'"),
        ("/v1/companies/%u0041", None, "'%u0'"),
        ("/v1/companies/a%ff", None, "UTF-8"),
        ("/v1/facts/%zz", None, "'%zz'"),
        ("/nowhere/%zz", None, "'%zz'"),
        ("/v1/companies?q=%zz", "q", "'%zz'"),
        ("/v1/companies?q=100%", "q", "'%'"),
        ("/v1/companies?q=%u0041", "q", "'%u0'"),
        ("/v1/companies?%zz=1", "%zz", "'%zz'"),
        ("/v1/companies?limit=1%", "limit", "'%'"),
        ("/v1/companies?q=a&q%5=b", "q%5", "'%5'"),
        ("/v1/companies?q=%ff", None, "UTF-8"),
        ("/healthz?%zz", "%zz", "'%zz'"),
    ],
)
def test_a_bad_percent_escape_is_refused(
    server: Server, target: str, parameter: str | None, says: str
) -> None:
    status, _, problem = raw(server, head(HOST, start=f"GET {target} HTTP/1.1"))
    assert status == 400
    assert says in problem["detail"]
    assert [error.get("parameter") for error in problem.get("errors", [])] == (
        [parameter] if parameter else []
    )


def test_good_escapes_are_read(server: Server) -> None:
    status, _, page = raw(server, head(HOST, start="GET /v1/companies?q=%41cme HTTP/1.1"))
    assert (status, len(page["items"])) == (200, 1)
    assert raw(server, head(HOST, start="GET /v1/companies/%61cme HTTP/1.1"))[0] == 200
    assert raw(server, head(HOST, start="GET /v1/companies?q=%C3%A9%25 HTTP/1.1"))[0] == 200


# -- refusals for clients that are still sending ----------------------------------------------------

BIG = b"x" * (20 * 2**20)
JSON = {"Content-Type": "application/json"}


def pieces() -> Iterator[bytes]:
    for start in range(0, len(BIG), 65_536):
        yield BIG[start : start + 65_536]


def by_http_client(server: Server, path: str) -> tuple[int, Any]:
    with closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)) as connection:
        connection.request("POST", path, body=BIG, headers=JSON)
        response = connection.getresponse()
        return response.status, json.loads(response.read())


def by_http_client_chunked(server: Server, path: str) -> tuple[int, Any]:
    headers = {**JSON, "Transfer-Encoding": "chunked"}
    with closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)) as connection:
        connection.request("POST", path, body=pieces(), headers=headers, encode_chunked=True)
        response = connection.getresponse()
        return response.status, json.loads(response.read())


def by_requests(server: Server, path: str) -> tuple[int, Any]:
    response = requests.post(server.base + path, data=BIG, headers=JSON, timeout=PATIENCE)
    return response.status_code, response.json()


def by_httpx(server: Server, path: str) -> tuple[int, Any]:
    response = httpx.post(server.base + path, content=BIG, headers=JSON, timeout=PATIENCE, verify=NO_TLS)
    return response.status_code, response.json()


def by_httpx_chunked(server: Server, path: str) -> tuple[int, Any]:
    response = httpx.post(server.base + path, content=pieces(), headers=JSON, timeout=PATIENCE, verify=NO_TLS)
    return response.status_code, response.json()


def _curl(server: Server, path: str, *more: str) -> tuple[int, Any]:
    if shutil.which("curl") is None:
        pytest.skip("no curl is here")
    command = ["curl", "--silent", "--show-error", "--write-out", "\n%{http_code}", "--data-binary", "@-"]
    headers = ["--header", "Content-Type: application/json", *more]
    done = subprocess.run(
        [*command, *headers, server.base + path], input=BIG, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr
    body, _, status = done.stdout.rpartition(b"\n")
    return int(status), json.loads(body)


def by_curl(server: Server, path: str) -> tuple[int, Any]:
    return _curl(server, path)


def by_curl_that_does_not_ask_first(server: Server, path: str) -> tuple[int, Any]:
    return _curl(server, path, "--header", "Expect:")


def by_curl_chunked(server: Server, path: str) -> tuple[int, Any]:
    return _curl(server, path, "--header", "Expect:", "--header", "Transfer-Encoding: chunked")


@pytest.mark.parametrize(
    "client",
    [
        by_http_client,
        by_http_client_chunked,
        by_requests,
        by_httpx,
        by_httpx_chunked,
        by_curl,
        by_curl_that_does_not_ask_first,
        by_curl_chunked,
    ],
)
def test_a_client_that_is_still_sending_can_read_the_refusal(
    server: Server, client: Callable[[Server, str], tuple[int, Any]]
) -> None:
    for path, status, sort in (
        ("/v1/lookup", 413, "too-large"),
        ("/v1/facts", 401, "unauthenticated"),
        ("/v1/companies/acme", 405, "method-not-allowed"),
        ("/nowhere", 404, "not-found"),
    ):
        answered, problem = client(server, path)
        assert (answered, problem["type"]) == (status, f"{BASE}/docs/problems/{sort}"), path
    assert server.get("/healthz").status_code == 200


def test_a_body_over_all_limits_is_not_waited_for(server: Server) -> None:
    length = f"Content-Length: {2**40}"
    status, headers, problem = raw(
        server, head(HOST, "Content-Type: application/json", length, start="POST /v1/lookup HTTP/1.1")
    )
    assert (status, problem["status"], headers["connection"]) == (413, 413, "close")


def test_nothing_is_read_of_a_client_that_asks_first(server: Server) -> None:
    lines = (HOST, "Content-Type: application/json", f"Content-Length: {len(BIG)}", "Expect: 100-continue")
    status, _, problem = raw(server, head(*lines, start="POST /v1/lookup HTTP/1.1"))
    assert (status, problem["status"]) == (413, 413), "and not 100 (Continue)"


# -- the base URL -----------------------------------------------------------------------------------


def test_problem_types_are_absolute_where_the_base_url_is_known(server: Server) -> None:
    types = re.compile(r'"type": ?"([^"]*)"')
    line = bodies.ndjson({"company": {"slug": "UPPER", "name": "x"}})
    lookups = {"items": [{"company": "nobody", "kind": "metric", "subject": "revenue"}]}
    answers = [
        server.get("/v1/companies/nobody"),
        server.get("/v1/facts/x"),
        server.get("/nowhere"),
        server.get("/v1/companies/"),
        server.post("/healthz", {}),
        server.post("/v1/lookup", lookups),
        server.post(
            "/v1/imports?partial=true", content=line, headers={"Content-Type": "application/x-ndjson"}
        ),
    ]
    for answer in answers:
        (found,) = types.findall(answer.text)
        assert found.startswith(f"{BASE}/docs/problems/"), answer.request.url
        page = server.get(found.removeprefix(BASE))
        assert page.status_code == 200
    assert server.get("/openapi.json").json()["servers"][0]["url"] == BASE


def test_without_it_they_are_relative(api: InProcess) -> None:
    assert api.get("/v1/companies/nobody").json()["type"] == "/docs/problems/not-found"
