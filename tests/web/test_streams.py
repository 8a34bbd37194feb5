"""Streamed answers: whole lists as NDJSON at one position, for fast, slow and disconnecting clients."""

import asyncio
import contextlib
import gzip
import json
import re
import socket
import time
import zlib
from collections.abc import AsyncGenerator, Callable, Generator, Iterator
from typing import Any, cast

import asyncpg
import httpx
import pytest
import zstandard

from service.api import health
from service.api.health import Health
from service.app import openapi_document
from service.core.errors import NotFound
from service.operations import facts
from service.web.call import Call
from service.web.contract import Answer, Operation
from service.web.parameters import Nothing
from service.web.replies import Reply
from tests import bodies
from tests.clusters import Cluster, execute, run
from tests.conformity import assert_conforms
from tests.processes import eventually
from tests.running import NO_TLS, PATIENCE, InProcess, Server, only_read

LINES = "application/x-ndjson"
ACCEPT = {"Accept": LINES}
TEXT = "Acme had a 36% market share."
SOURCE = bodies.source_id(TEXT)
MANY = 900  # facts: more than four parts of a list


def written(count: int, *, text: str = "Acme is well.", start: int = 0) -> bytes:
    """Lines for an import: a company, a source, and facts that cite it."""
    return bodies.ndjson(
        {"company": bodies.company()},
        {"source": bodies.source(TEXT)},
        *({"fact": bodies.statement(SOURCE, text, subject=f"s-{n:05}")} for n in range(start, start + count)),
    )


def imported(api: Any, content: bytes) -> None:
    response = api.post("/v1/imports?partial=true", content=content, headers={"Content-Type": LINES})
    assert response.status_code == 200, response.text
    assert response.json()["refused"] == 0


@pytest.fixture
def filled(dsn: str, cluster: Cluster) -> Generator[InProcess]:
    # connections of its own: the kept ones have plans for empty tables, with which an import takes ten times as long
    with InProcess(dsn, cluster.keys["write"]) as service:
        imported(service, written(MANY))
        yield service


@pytest.fixture(scope="module")
def _standing(cluster: Cluster) -> Generator[InProcess]:
    with cluster.database() as dsn, InProcess(dsn, cluster.keys["write"]) as service:
        imported(service, written(MANY))
        yield service


@pytest.fixture
def still(_standing: InProcess) -> Generator[InProcess]:
    """The same facts, for tests that only read."""
    with only_read(_standing) as service:
        yield service


def paged(api: Any, path: str, **params: Any) -> list[Any]:
    """All items of a list, read page by page."""
    items: list[Any] = []
    cursor = None
    while True:
        page = api.found(path, **params, limit=1000, cursor=cursor)
        items += page["items"]
        cursor = page["next"]
        if cursor is None:
            return items


def lines(body: bytes) -> list[Any]:
    return [json.loads(line) for line in body.split(b"\n") if line]


class Reader:
    """An ASGI client that takes messages one at a time, when a test says so."""

    def __init__(self, service: InProcess, path: str, **headers: str) -> None:
        self._service = service
        path, _, query = path.partition("?")
        self._scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": "GET",
            "scheme": "http",
            "path": path,
            "raw_path": path.encode(),
            "root_path": "",
            "query_string": query.encode(),
            "headers": [(n.lower().replace("_", "-").encode(), v.encode()) for n, v in headers.items()],
            "client": ("127.0.0.1", 1),
            "server": ("in.process", 80),
        }
        self.messages: list[dict[str, Any]] = []
        self._wanted = 0
        self._changed = asyncio.Condition()
        self._left = asyncio.Event()
        self._asked = False

    async def start(self) -> None:
        app = cast("Any", self._service)._app
        self.task = asyncio.ensure_future(app(self._scope, self._receive, self._send))

    async def _receive(self) -> dict[str, Any]:
        if not self._asked:
            self._asked = True
            return {"type": "http.request", "body": b"", "more_body": False}
        await self._left.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: dict[str, Any]) -> None:
        async with self._changed:
            await self._changed.wait_for(lambda: len(self.messages) < self._wanted)
            self.messages.append(dict(message))
            self._changed.notify_all()

    async def take(self, count: int) -> list[dict[str, Any]]:
        """Take `count` more messages; the next one must wait."""
        async with self._changed:
            self._wanted = len(self.messages) + count
            self._changed.notify_all()
            await asyncio.wait_for(self._changed.wait_for(lambda: len(self.messages) == self._wanted), 60)
        return self.messages[-count:]

    async def rest(self) -> bytes:
        """Take all remaining messages; returns the whole body."""
        async with self._changed:
            self._wanted = 10**9
            self._changed.notify_all()
        await asyncio.wait_for(self.task, 60)
        return b"".join(message.get("body", b"") for message in self.messages)

    def leave(self) -> None:
        self._left.set()


@contextlib.contextmanager
def counted(monkeypatch: pytest.MonkeyPatch) -> Generator[list[int]]:
    """Record the number of facts in each part of a list that is read."""
    found: list[int] = []
    read = facts.fact_list

    async def counting(*arguments: Any) -> facts.Page:
        page = await read(*arguments)
        found.append(len(page.items))
        return page

    with monkeypatch.context() as patched:
        patched.setattr(facts, "fact_list", counting)
        yield found


# -- what it says --------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/v1/facts", "/v1/companies/acme/facts", f"/v1/sources/{SOURCE}/facts"])
@pytest.mark.parametrize("query", ["", "?kind=statement", "?known_at=2025-12-31", "?at=500"])
def test_a_whole_list_comes_as_lines(still: InProcess, path: str, query: str) -> None:
    response = still.get(path + query, headers=ACCEPT)
    assert response.headers["content-type"] == LINES
    assert "content-length" not in response.headers
    assert "link" not in response.headers
    assert {"Accept", "Accept-Encoding"} <= set(response.headers["vary"].split(", "))
    position = int(response.headers["log-position"])
    asked = dict(part.split("=") for part in query[1:].split("&") if part)
    items = paged(still, path, **(asked | {"at": position}))
    assert len(items) > 200
    assert lines(response.content) == items


def test_a_list_of_nothing_has_no_lines(still: InProcess) -> None:
    response = still.get("/v1/facts?kind=metric", headers=ACCEPT)
    assert (response.status_code, response.content) == (200, b"")


def test_limit_counts_only_where_it_is_given_and_a_cursor_is_where_it_starts(filled: InProcess) -> None:
    everything = lines(filled.get("/v1/facts", headers=ACCEPT).content)
    assert len(everything) == MANY
    for limit in (1, 200, 201, 1000):
        assert lines(filled.get(f"/v1/facts?limit={limit}", headers=ACCEPT).content) == everything[:limit]
    cursor = filled.found("/v1/facts", limit=250)["next"]
    filled.made("/v1/facts", bodies.statement(SOURCE, subject="written-later"))
    rest = filled.get(f"/v1/facts?cursor={cursor}", headers=ACCEPT)
    assert lines(rest.content) == everything[250:]


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        (LINES, LINES),
        (f"application/json;q=0.5, {LINES}", LINES),
        (f"application/json, {LINES}", "application/json"),
        (f"{LINES};q=0.1, text/csv;q=0.2", "text/csv; charset=utf-8; header=present"),
        ("application/*", "application/json"),
        ("*/*", "application/json"),
    ],
)
def test_accept_decides(still: InProcess, accept: str, media: str) -> None:
    assert still.get("/v1/facts?limit=3", headers={"Accept": accept}).headers["content-type"] == media


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/v1/companies/nobody/facts", 404),
        ("/v1/facts?at=999999", 422),
        ("/v1/facts?min=1", 400),
        ("/v1/facts?cursor=abc", 400),
        ("/v1/companies", 406),
    ],
)
def test_what_hinders_it_at_once_is_an_ordinary_refusal(still: InProcess, path: str, status: int) -> None:
    response = still.get(path, headers=ACCEPT)
    assert response.status_code == status
    assert response.json()["status"] == status


def test_who_has_it_already_is_told_so(filled: InProcess) -> None:
    first = filled.get("/v1/facts", headers=ACCEPT)
    tag = first.headers["etag"]
    assert filled.get("/v1/facts", headers=ACCEPT | {"If-None-Match": tag}).status_code == 304
    other = filled.get("/v1/facts?kind=statement", headers=ACCEPT | {"If-None-Match": tag})
    assert other.status_code == 200
    # a fact after the first part changes none of what was read when the tag was made, but the position
    filled.made("/v1/facts", bodies.statement(SOURCE, subject="z-last"))
    later = filled.get("/v1/facts", headers=ACCEPT | {"If-None-Match": tag})
    assert (later.status_code, len(lines(later.content))) == (200, MANY + 1)


def test_head_makes_no_more_than_the_beginning(still: InProcess, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = still.get("/v1/facts", headers=ACCEPT)
    with counted(monkeypatch) as parts:
        head = still.request("HEAD", "/v1/facts", headers=ACCEPT)
        assert still.get("/v1/facts", headers=ACCEPT | {"If-None-Match": "*"}).status_code == 304
    assert len(parts) == 2  # one for each
    assert head.status_code == 200
    for name in ("content-type", "etag", "log-position", "vary", "cache-control"):
        assert head.headers[name] == whole.headers[name]


# -- while it is sent ----------------------------------------------------------------------------


def test_what_is_written_meanwhile_is_not_in_it(filled: InProcess) -> None:
    async def read_slowly() -> tuple[bytes, int]:
        reader = Reader(filled, "/v1/facts", accept=LINES)
        await reader.start()
        start, first = await reader.take(2)
        assert 0 < first["body"].count(b"\n") < MANY
        for subject, text in (("s-00899", "Restated."), ("s-00500-new", "New."), ("a-new", "New.")):
            body = bodies.statement(SOURCE, text, subject=subject, known_at="2025-09-30")
            response = await filled.sent(filled.request_of("POST", "/v1/facts", json=body))
            assert response.status_code == 201
        return await reader.rest(), int(dict(start["headers"])[b"log-position"])

    body, position = filled.run(read_slowly())
    items = lines(body)
    assert items == paged(filled, "/v1/facts", at=position)
    assert len(items) == MANY
    assert len(paged(filled, "/v1/facts")) == MANY + 2


def test_nothing_is_read_and_no_connection_held_while_the_client_does_not_read(
    dsn: str, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    with InProcess(dsn, cluster.keys["write"], pool_max=1) as service, counted(monkeypatch) as parts:
        imported(service, written(MANY))

        async def read_slowly() -> None:
            reader = Reader(service, "/v1/facts", accept=LINES)
            await reader.start()
            for taken in range(1, 9):
                await reader.take(1)
                # the only connection is free, and these leave the list all the time that it needs to run ahead
                for _ in range(10):
                    path = "/v1/companies"
                    assert (await service.sent(service.request_of("GET", path))).status_code == 200
                got = sum(message.get("body", b"").count(b"\n") for message in reader.messages)
                assert sum(parts) <= got + 200 * 2, f"after {taken} messages"
            await reader.rest()

        service.run(read_slowly())
        assert sum(parts) == MANY


def test_two_clients_read_at_once(still: InProcess) -> None:
    async def read_in_turns() -> tuple[bytes, bytes]:
        one, two = (Reader(still, f"/v1/{path}", accept=LINES) for path in ("facts", "companies/acme/facts"))
        await one.start()
        await two.start()
        for _ in range(3):
            await one.take(1)
            await two.take(1)
        return await two.rest(), await one.rest()

    first, second = still.run(read_in_turns())
    assert first == second
    assert len(lines(first)) == MANY


def decoder(coding: str) -> Callable[[bytes], bytes]:
    if coding == "gzip":
        return zlib.decompressobj(wbits=16 + zlib.MAX_WBITS).decompress
    return zstandard.ZstdDecompressor().decompressobj().decompress


@pytest.mark.parametrize("coding", ["gzip", "zstd"])
def test_what_has_come_can_be_decoded_before_the_rest(still: InProcess, coding: str) -> None:
    plain = still.get("/v1/facts", headers=ACCEPT | {"Accept-Encoding": "identity"})
    decode = decoder(coding)

    async def read_slowly() -> bytes:
        reader = Reader(still, "/v1/facts", accept=LINES, accept_encoding=coding)
        await reader.start()
        (start,) = await reader.take(1)
        assert dict(start["headers"])[b"content-encoding"] == coding.encode()
        assert dict(start["headers"])[b"etag"] != plain.headers["etag"].encode()
        got = b""
        for part in range(1, 5):
            (chunk,) = await reader.take(1)
            got += decode(chunk["body"])
            assert got.endswith(b"}\n")
            assert len(lines(got)) == 200 * part
        return await reader.rest()

    body = still.run(read_slowly())
    decompressed = (
        gzip.decompress(body)
        if coding == "gzip"
        else zstandard.ZstdDecompressor().decompressobj().decompress(body)
    )
    assert decompressed == plain.content
    assert len(body) < len(plain.content) / 5


async def until_waiting(connection: asyncpg.Connection, count: int) -> None:
    """Wait until `count` statements wait for the lock of the table of facts."""
    waiting = "select count(*) from pg_locks where not granted and relation = 'facts'::regclass"
    async with asyncio.timeout(PATIENCE):
        while await connection.fetchval(waiting) != count:  # noqa: ASYNC110 -- what it waits for is in Postgres
            await asyncio.sleep(0.01)


def test_a_client_that_goes_stops_the_statement_and_frees_the_connection(dsn: str, cluster: Cluster) -> None:
    with InProcess(dsn, cluster.keys["write"], pool_max=1) as service:
        imported(service, written(MANY))

        async def go_in_the_middle() -> None:
            blocker = await asyncpg.connect(dsn)
            reader = Reader(service, "/v1/facts", accept=LINES)
            await reader.start()
            await reader.take(2)
            async with blocker.transaction():
                await blocker.execute("lock table facts in access exclusive mode")
                asked = asyncio.ensure_future(
                    reader.take(1000)
                )  # what is left of the first part, and the next
                await until_waiting(blocker, 1)
                reader.leave()
                await asyncio.wait_for(reader.task, 60)
                asked.cancel()
                # the statement is over, though what it waits for is still locked
                await until_waiting(blocker, 0)
                assert (await service.sent(service.request_of("GET", "/v1/companies"))).status_code == 200
            await blocker.close()

        before = told(service, "companyfacts_cut_total", operation="listFacts", why="left")
        service.run(asyncio.wait_for(go_in_the_middle(), 120))
        assert told(service, "companyfacts_cut_total", operation="listFacts", why="left") == before + 1
        assert len(paged(service, "/v1/facts")) == MANY


def told(api: Any, metric: str, **labels: str) -> float:
    """A value from /metrics; 0 if it is not there yet."""
    wanted = ",".join(f'{name}="{value}"' for name, value in sorted(labels.items()))
    found = re.search(
        rf"^{metric}{{{re.escape(wanted)}}} (\S+)$", api.get("/metrics").text, flags=re.MULTILINE
    )
    return float(found[1]) if found else 0.0


# -- any operation -------------------------------------------------------------------------------


def made_up(body: Callable[[], AsyncGenerator[bytes, None]]) -> Operation:
    """An operation that streams."""

    async def stream(call: Call) -> Reply:
        call.query(Nothing)
        return Reply(body(), media=LINES)

    return Operation(
        method="GET", path="/v1/made-up", id="getMadeUp", tag=health.TAG, handler=stream,
        summary="Get what is made up", description="Lines.",
        answers={200: Answer(description="Lines.", media=LINES, line=Health)}, problems=(404,),
    )  # fmt: skip


def with_operation(monkeypatch: pytest.MonkeyPatch, dsn: str, operation: Operation) -> InProcess:
    """The service with one more operation, which is only declared."""
    with monkeypatch.context() as patched:
        patched.setattr(health, "OPERATIONS", (*health.OPERATIONS, operation))
        assert "/v1/made-up" in json.loads(openapi_document())["paths"]
        return InProcess(dsn, None)


def test_an_operation_that_streams_is_declared_and_no_more(dsn: str, monkeypatch: pytest.MonkeyPatch) -> None:
    ended: list[int] = []

    async def body() -> AsyncGenerator[bytes, None]:
        try:
            for _ in range(3):
                yield b'{"status":"ok"}\n'
        finally:
            ended.append(1)

    with with_operation(monkeypatch, dsn, made_up(body)) as service:
        whole = service.send(service.request_of("GET", "/v1/made-up"))
        assert (whole.status_code, whole.content) == (200, b'{"status":"ok"}\n' * 3)
        assert "etag" not in whole.headers
        head = service.send(service.request_of("HEAD", "/v1/made-up"))
        assert (head.status_code, head.content, head.headers["content-type"]) == (200, b"", LINES)
        assert len(ended) == 2
        assert service.send(service.request_of("GET", "/v1/made-up?a=b")).status_code == 400
        assert told(service, "companyfacts_requests_total", operation="getMadeUp", status="200") >= 2


def test_what_goes_wrong_before_the_first_byte_is_told_and_after_it_breaks(
    dsn: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    good: list[bytes] = []

    async def body() -> AsyncGenerator[bytes, None]:
        for line in good:
            yield line
        raise NotFound("there is nothing made up")

    with with_operation(monkeypatch, dsn, made_up(body)) as service:
        refused = service.send(service.request_of("GET", "/v1/made-up"))
        assert (refused.status_code, refused.json()["detail"]) == (404, "there is nothing made up")
        good.append(b"{}\n")
        with pytest.raises(Exception, match=r"after response started"):
            service.send(service.request_of("GET", "/v1/made-up"))
        assert told(service, "companyfacts_cut_total", operation="getMadeUp", why="failed") == 1


# -- on a real socket ----------------------------------------------------------------------------

LARGE = 2000  # facts of some 5,500 bytes: more than all buffers between a worker and its client take


def fill(dsn: str, key: str) -> None:
    with InProcess(dsn, key) as service:
        imported(service, written(LARGE, text="Acme is well. " * 350))


@pytest.fixture(scope="module")
def large(cluster: Cluster) -> Iterator[Server]:
    """A server with more facts than fit into buffers, and a short stall timeout."""
    with cluster.database() as dsn:
        fill(dsn, cluster.keys["write"])
        with Server(dsn, cluster.keys["write"], COMPANYFACTS_STALL_TIMEOUT="10") as server:
            yield server


@pytest.fixture(scope="module")
def patient(cluster: Cluster, large: Server) -> Iterator[Server]:
    """Another server on the same database, with a long stall timeout."""
    with Server(large.dsn, cluster.keys["write"]) as server:
        yield server


def begun(server: Server, path: str, version: str = "1.1", accept: str = LINES) -> socket.socket:
    """A connection with a small receive buffer, on which a request was sent and the first bytes of the answer read."""
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8192)
    connection.settimeout(PATIENCE)
    connection.connect(("127.0.0.1", server.port))
    connection.sendall(f"GET {path} HTTP/{version}\r\nHost: a\r\nAccept: {accept}\r\n\r\n".encode())
    assert connection.recv(12) == f"HTTP/{version} 200".encode()
    return connection


def drained(connection: socket.socket) -> tuple[bytes, bool]:
    """The remaining bytes, and whether the connection was reset."""
    found = bytearray()
    while True:
        try:
            chunk = connection.recv(2**20)
        except ConnectionResetError:
            return bytes(found), True
        if not chunk:
            return bytes(found), False
        found += chunk
        if found.endswith(b"0\r\n\r\n"):
            return bytes(found), False


def logged(server: Server, **wanted: Any) -> dict[str, Any]:
    """Wait for a log line that contains this text."""
    found: list[dict[str, Any]] = []

    def is_there() -> bool:
        lines = [json.loads(text) for text in server.said().splitlines() if text.startswith("{")]
        found[:] = [line for line in lines if wanted.items() <= line.items()]
        return bool(found)

    assert eventually(is_there), f"nothing says {wanted}:\n{server.said()[-5000:]}"
    return found[0]


def test_a_whole_list_while_facts_are_written(patient: Server) -> None:
    request = patient.request_of("GET", "/v1/facts", headers=ACCEPT | {"X-Request-ID": "whole-list"})
    sent_before = told(patient, "companyfacts_sent_bytes_total", operation="listFacts")
    size = written_meanwhile = 0
    with (
        httpx.Client(timeout=PATIENCE, verify=NO_TLS) as client,
        client.stream("GET", request.url, headers=request.headers) as answer,
    ):
        kept: list[bytes] = []
        for chunk in answer.iter_raw():
            size += len(chunk)
            kept.append(chunk)
            if written_meanwhile < 10:
                subject = f"s-{LARGE - 1 - written_meanwhile:05}"
                fact = bodies.statement(SOURCE, "Restated.", subject=subject, known_at="2025-09-30")
                patient.made("/v1/facts", fact)
                written_meanwhile += 1
        coding = answer.headers["content-encoding"]
        position = int(answer.headers["log-position"])
    body = b"".join(kept)
    items = lines(body if coding == "identity" else decoder(coding)(body))
    assert written_meanwhile == 10
    assert items == paged(patient, "/v1/facts", at=position)
    assert all(item["position"] <= position for item in items)
    line = logged(patient, request_id="whole-list")
    assert (line["ended"], line["status"], line["bytes"]) == ("whole", 200, size)
    assert told(patient, "companyfacts_sent_bytes_total", operation="listFacts") - sent_before >= size


def test_a_client_that_closes_ends_it(patient: Server) -> None:
    before = told(patient, "companyfacts_cut_total", operation="listFacts", why="left")
    begun(patient, "/v1/facts?kind=statement&basis=reported").close()
    line = logged(patient, path="/v1/facts", ended="left")
    assert line["bytes"] < LARGE * 5000
    assert told(patient, "companyfacts_cut_total", operation="listFacts", why="left") == before + 1
    assert_conforms(patient.get("/v1/facts?limit=1"))


@pytest.mark.parametrize("version", ["1.1", "1.0"])
def test_what_breaks_in_the_middle_is_no_whole_answer(patient: Server, version: str) -> None:
    before = told(patient, "companyfacts_cut_total", operation="listFacts", why="failed")
    with begun(patient, "/v1/facts", version) as connection:
        run(execute(patient.dsn, "alter table facts rename to facts_gone"))
        try:
            rest, reset = drained(connection)
        finally:
            run(execute(patient.dsn, "alter table facts_gone rename to facts"))
    assert reset
    assert not rest.endswith(b"0\r\n\r\n")
    line = logged(patient, event="request", operation="listFacts", ended="failed")
    assert line["bytes"] < LARGE * 5000
    assert logged(patient, event="cut")["path"] == "/v1/facts"
    assert told(patient, "companyfacts_cut_total", operation="listFacts", why="failed") == before + 1
    assert len(lines(patient.get("/v1/facts?limit=500", headers=ACCEPT).content)) == 500


def test_a_client_that_stops_reading_is_cut_off(large: Server) -> None:
    with begun(large, "/v1/facts") as connection:
        line = logged(large, ended="stalled")  # it reads nothing meanwhile
        assert line["bytes"] < LARGE * 5000
        rest, reset = drained(connection)
    assert reset
    assert not rest.endswith(b"0\r\n\r\n")
    assert large.get("/v1/facts?limit=1").status_code == 200


def test_a_slow_client_that_never_stops_gets_all(large: Server) -> None:
    found = bytearray()
    with begun(large, "/v1/facts") as connection:
        started = time.monotonic()
        while not found.endswith(b"\r\n0\r\n\r\n"):
            chunk = connection.recv(2**16)
            assert chunk, "it was cut"
            found += chunk
            if time.monotonic() - started < 13:  # longer than one may stall
                time.sleep(
                    0.01
                )  # the server sees some hundred thousand bytes go at once, and that has to be in time
    assert found.count(b'"kind":"statement"') == LARGE


# -- whole answers that are large ----------------------------------------------------------------

WHOLE = 7_500_000  # bytes of a text: more than all buffers between a worker and its client take


@pytest.fixture(scope="module")
def text(large: Server) -> str:
    """The path of a long text, which is not streamed."""
    content = "Nothing of note was said. " * (WHOLE // 26)
    return f"/v1/sources/{large.made('/v1/sources', bodies.source(content, title='Long'))['id']}/text"


def test_a_client_that_leaves_a_large_whole_answer_unread_is_cut_off(large: Server, text: str) -> None:
    with begun(large, text, accept="*/*") as connection:
        line = logged(large, path=text, ended="stalled")  # it reads nothing meanwhile
        assert line["bytes"] < WHOLE - 1_000_000
        rest, reset = drained(connection)
    assert reset
    assert len(rest) < WHOLE
    assert told(large, "companyfacts_cut_total", operation="getSourceText", why="stalled") == 1
    assert large.get("/v1/facts?limit=1").status_code == 200


def test_a_slow_client_gets_a_large_whole_answer(large: Server, text: str) -> None:
    found = bytearray()
    with begun(large, text, accept="*/*") as connection:
        started = time.monotonic()
        while not found.endswith(b"said. ") or len(found) < WHOLE - 100:
            chunk = connection.recv(2**16)
            assert chunk, "it was cut"
            found += chunk
            if time.monotonic() - started < 13:  # longer than one may stall
                time.sleep(0.03)
    head, _, body = found.partition(b"\r\n\r\n")
    assert f"content-length: {len(body)}".encode() in head.lower()
    assert b"transfer-encoding" not in head.lower()
    assert len(body) == WHOLE // 26 * 26


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("coding", ["identity", "gzip"])
def test_a_large_whole_answer_has_its_length(large: Server, text: str, method: str, coding: str) -> None:
    answer = large.send(large.request_of(method, text, headers={"Accept-Encoding": coding}))
    assert int(answer.headers["content-length"]) > (WHOLE - 100 if coding == "identity" else 1000)
    assert len(answer.content) == (0 if method == "HEAD" else WHOLE // 26 * 26)
