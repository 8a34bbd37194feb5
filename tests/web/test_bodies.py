"""Bodies that arrive slowly, stop, or are too many: none can hold the service's memory for long."""

import asyncio
import json
import re
import select
import socket
import time
from collections import deque
from collections.abc import Generator, Mapping
from typing import Any

import httpx
import msgspec
import pytest

from service.app import contract
from service.core.errors import Malformed
from service.settings import PREFIX, Settings, SettingsError
from service.web.bodies import SMALL, STILL, Bodies
from service.web.contract import Operation
from service.web.problems import Busy, Stalled, TooLarge
from tests import bodies
from tests.clusters import Cluster
from tests.conformity import DOCUMENT
from tests.running import PATIENCE, InProcess, Server, pauses
from tests.web.test_bad_input import path_of

DEADLINE = 20.0
WITH_BODY = {operation.id: operation for operation in contract().documented if operation.body is not None}


# -- the rule, with a clock of its own --------------------------------------------------------------


class Clock(asyncio.SelectorEventLoop):
    """An event loop whose clock a test moves by hand."""

    now = 1000.0

    def time(self) -> float:
        return self.now

    def pass_(self, seconds: float) -> None:
        """Move the clock, and run everything that is due by then."""
        self.now += seconds
        for _ in range(10):
            self.call_soon(self.stop)
            self.run_forever()


@pytest.fixture
def clock() -> Generator[Clock]:
    loop = Clock()
    yield loop
    loop.close()


class Sender:
    """A client that sends a body in parts, and the service that takes it."""

    def __init__(self, clock: Clock, all_of_them: Bodies, limit: int = 10**9) -> None:
        self._clock = clock
        self._parts: deque[Mapping[str, Any]] = deque()
        self._there = asyncio.Event()
        self.taken = clock.create_task(all_of_them.take(self._receive, limit))
        clock.pass_(0)

    async def _receive(self) -> Mapping[str, Any]:
        while not self._parts:
            self._there.clear()
            await self._there.wait()
        return self._parts.popleft()

    def _send(self, message: Mapping[str, Any]) -> None:
        self._parts.append(message)
        self._there.set()
        self._clock.pass_(0)

    def brings(self, size: int, *, last: bool = False) -> "Sender":
        self._send({"type": "http.request", "body": b"x" * size, "more_body": not last})
        return self

    def goes(self) -> None:
        self._send({"type": "http.disconnect"})

    @property
    def waits(self) -> bool:
        return not self.taken.done()

    def refused(self, sort: type[Exception]) -> None:
        with pytest.raises(sort):
            self.taken.result()


def test_a_body_that_brings_nothing_is_ended(clock: Clock) -> None:
    held = Bodies(most=1_000_000, patience=DEADLINE)
    empty, begun = Sender(clock, held), Sender(clock, held).brings(500_000)
    clock.pass_(DEADLINE - 0.1)
    assert empty.waits
    assert begun.waits
    clock.pass_(0.2)
    empty.refused(Stalled)
    begun.refused(Stalled)
    assert held.held == 0


def test_a_slow_body_that_moves_is_taken(clock: Clock) -> None:
    held = Bodies(most=1_000_000, patience=DEADLINE)
    slow = Sender(clock, held)
    for _ in range(60):
        clock.pass_(DEADLINE - 0.1)
        slow.brings(1)
    slow.brings(0, last=True)
    assert slow.taken.result() == b"x" * 60
    assert held.held == 60
    held.give_back(60)
    assert held.held == 0


@pytest.mark.parametrize(("brought", "step"), [(64, 1), (6_400, 100), (640_000, 10_000), (6_400_000, SMALL)])
def test_a_step_is_a_64th_of_what_is_there_and_64_kib_at_most(clock: Clock, brought: int, step: int) -> None:
    held = Bodies(most=1_000_000_000, patience=DEADLINE)
    moving, dawdling = Sender(clock, held).brings(brought), Sender(clock, held).brings(brought)
    for _ in range(4):
        clock.pass_(DEADLINE / 4 - 0.1)
        moving.brings(step // 4 + 1)
        dawdling.brings((step - 1) // 4)
    clock.pass_(1)
    assert moving.waits
    dawdling.refused(Stalled)
    moving.goes()
    moving.refused(Malformed)
    assert held.held == 0


def test_however_a_body_ends_its_bytes_are_given_back(clock: Clock) -> None:
    held = Bodies(most=1_000_000, patience=DEADLINE)
    Sender(clock, held, limit=100).brings(60).brings(60).refused(TooLarge)
    gone = Sender(clock, held).brings(60)
    gone.goes()
    gone.refused(Malformed)
    left = Sender(clock, held).brings(60)
    left.taken.cancel()
    clock.pass_(0)
    assert left.taken.cancelled()
    assert held.held == 0


def test_who_stands_still_makes_room_and_who_moves_does_not(clock: Clock) -> None:
    held = Bodies(most=4_000_000, patience=DEADLINE)
    first, second = Sender(clock, held).brings(1_400_000), Sender(clock, held).brings(1_400_000)
    Sender(clock, held).brings(1_000_000).refused(Busy)  # all the others came a moment ago
    clock.pass_(STILL + 0.1)
    second.brings(100_000)
    Sender(clock, held).brings(1_000_000, last=True).taken.result()
    first.refused(Busy)
    assert second.waits
    assert held.held == 1_500_000 + 1_000_000
    # a byte now and then is no step, so it does not keep what stands still
    for _ in range(3):
        clock.pass_(STILL)
        second.brings(1)
    Sender(clock, held).brings(1_500_000, last=True).taken.result()
    second.refused(Busy)


def test_large_bodies_leave_room_for_small_ones(clock: Clock) -> None:
    held = Bodies(most=4_000_000, patience=DEADLINE)
    large = Sender(clock, held).brings(3_000_000)
    Sender(clock, held).brings(SMALL + 1).refused(Busy)
    small = [
        Sender(clock, held).brings(SMALL, last=True)
        for _ in range(4_000_000 // SMALL - 3_000_000 // SMALL - 1)
    ]
    assert all(len(one.taken.result()) == SMALL for one in small)
    assert large.waits
    large.goes()


def test_a_budget_that_no_large_body_fits_into_is_refused() -> None:
    with pytest.raises(SettingsError, match="MAX_BYTES_IN_FLIGHT"):
        Settings.from_environment({PREFIX + "MAX_BYTES_IN_FLIGHT": str(64 * 2**20)})
    assert Settings.from_environment({PREFIX + "MAX_BYTES_IN_FLIGHT": str(86 * 2**20)})
    assert Settings(max_import_bytes=2**30).usual_bytes_in_flight == 2**31


# -- the limit of each operation --------------------------------------------------------------------


def told_limit(operation: Operation) -> int:
    """The largest body of an operation, according to the OpenAPI document."""
    described = DOCUMENT["paths"][operation.path][operation.method.lower()]["requestBody"]["description"]
    found = re.search(r"at most ([\d,]+) bytes", described)
    assert found, described
    return int(found[1].replace(",", ""))


@pytest.mark.parametrize("name", WITH_BODY)
def test_the_document_says_how_large_a_body_may_be(api: InProcess, name: str) -> None:
    operation = WITH_BODY[name]
    limit = told_limit(operation)
    headers = {"Content-Type": operation.body_media}

    def status(content: bytes) -> int:
        return api.request(operation.method, path_of(operation), content=content, headers=headers).status_code

    assert status(b" " * limit) in {200, 400, 404, 422}
    assert status(b" " * (limit + 1)) == 413


def test_an_operator_may_allow_less(cluster: Cluster, dsn: str) -> None:
    with InProcess(dsn, cluster.keys["write"], max_body_bytes=2_000) as service:
        long = {"items": [{"company": "acme", "kind": "metric", "subject": "x" * 100}] * 20}
        assert service.post("/v1/lookup", long).status_code == 413


ESCAPED = "\U0001f600"  # twelve bytes where it is escaped


def test_the_longest_requests_that_are_valid_fit(api: InProcess) -> None:
    """The value as JSON with all characters escaped that are not ASCII."""
    api.made("/v1/companies", bodies.company())
    text = "".join(f"{ESCAPED * 4990}{number:03}\n" for number in range(20))
    cited = api.made("/v1/sources", bodies.source(text))["id"]
    quotes = [bodies.quote(cited, f"{ESCAPED * 4990}{number:03}") for number in range(20)]
    asserted = bodies.statement(cited, ESCAPED * 5000, citations=quotes)
    largest = {
        "/v1/facts": asserted,
        "/v1/companies": bodies.company(
            "zenith", aliases=[f"{ESCAPED * 290}{number}" for number in range(50)], identifiers={"cik": "12"}
        ),
        "/v1/concepts": {"id": "long", "label": ESCAPED * 300},
    }
    for path, body in largest.items():
        answer = api.request(
            "POST", path, content=json.dumps(body), headers={"Content-Type": "application/json"}
        )
        assert answer.status_code == 201, answer.text[:500]
    fact = api.found("/v1/lookup", company="acme", kind="statement", subject="health")["id"]
    reason = json.dumps({"version": 1, "reason": ESCAPED * 5000})
    answer = api.request(
        "POST", f"/v1/facts/{fact}/retractions", content=reason, headers={"Content-Type": "application/json"}
    )
    assert answer.status_code == 201
    one = {
        "company": "acme", "kind": "metric", "subject": "revenue", "period": "2025-01-01/2025-12-31",
        "frequency": "annual", "basis": "reported", "unit": "USD",
        "dimensions": {f"dimension-{number}": "x" * 100 for number in range(10)},
    }  # fmt: skip
    assert api.post("/v1/lookup", {"items": [one] * 1000}).status_code == 200


# -- a real server ----------------------------------------------------------------------------------


class Raw:
    """A raw connection to the service."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._socket = socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE)

    def __enter__(self) -> "Raw":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._socket.close()

    def head(self, method: str, path: str, *headers: str, key: bool = False) -> "Raw":
        authorization = (f"Authorization: Bearer {self._server.key}",) if key else ()
        lines = (f"{method} {path} HTTP/1.1", "Host: x", *authorization, *headers, "", "")
        return self.sent("\r\n".join(lines).encode())

    def fileno(self) -> int:
        return self._socket.fileno()

    def sent(self, data: bytes) -> "Raw":
        self._socket.sendall(data)
        return self

    def answer(self) -> tuple[int, dict[str, str], Any]:
        """The answer (status, headers, JSON). The service must then close the connection."""
        received = b""
        while part := self._socket.recv(65_536):
            received += part
        head, _, body = received.partition(b"\r\n\r\n")
        first, *lines = head.decode().split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
        return int(first.split()[1]), headers, msgspec.json.decode(body)

    def closed(self) -> bool:
        """Whether the service closes the connection, with or without a 400 or 408."""
        while received := self._socket.recv(65_536):
            assert received.startswith(b"HTTP/1.1 400 ")
        return True


@pytest.fixture(scope="module")
def hasty(cluster: Cluster) -> Generator[Server]:
    """A service with a short receive timeout."""
    with (
        cluster.database() as dsn,
        Server(dsn, cluster.keys["write"], COMPANYFACTS_RECEIVE_TIMEOUT="1") as running,
    ):
        yield running


JSON_TYPE, LINES_TYPE = "Content-Type: application/json", "Content-Type: application/x-ndjson"


STALLED = [
    ("/v1/lookup", (JSON_TYPE, "Content-Length: 1000000"), b" " * 900_000),
    ("/v1/lookup", (JSON_TYPE, "Content-Length: 1000000"), b""),
    ("/v1/lookup", (JSON_TYPE, "Transfer-Encoding: chunked"), b"1000\r\n" + b" " * 2000),
    ("/v1/facts", (JSON_TYPE, "Content-Length: 100"), b'{"kind":'),
    ("/v1/facts", (JSON_TYPE, "Content-Length: 100", "Idempotency-Key: a"), b'{"kind":'),
    ("/v1/sources", (JSON_TYPE, "Content-Length: 8000000"), b" " * 7_000_000),
    ("/v1/imports", (LINES_TYPE, "Content-Length: 60000000"), b" " * 10_000_000),
]


def test_bodies_that_stand_still_are_answered_408_and_their_connections_closed(hasty: Server) -> None:
    begun = [
        Raw(hasty).head("POST", path, *headers, key=path != "/v1/lookup").sent(first)
        for path, headers, first in STALLED
    ]
    for (path, _, _), raw in zip(STALLED, begun, strict=True):
        with raw:
            status, told, problem = raw.answer()
        assert (status, problem["type"], problem["instance"]) == (408, "/docs/problems/stalled", path)
        assert told["connection"] == "close"
        assert told["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    "begun",
    [
        b"",
        b"G",
        b"GET /v1/companies HTTP/1.1\r\nHost: x\r\nX-Half: ",
        # over HTTP/2 headers and answers would be held without a deadline
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\x00\x00\x00\x04\x00\x00\x00\x00\x00",
    ],
)
def test_connections_that_stand_still_before_a_request_is_there_are_closed(
    hasty: Server, begun: bytes
) -> None:
    with Raw(hasty).sent(begun) as raw:
        assert raw.closed()


def test_a_name_is_free_after_a_body_that_stood_still(hasty: Server) -> None:
    headers = (JSON_TYPE, "Content-Length: 100", "Idempotency-Key: again")
    with Raw(hasty).head("POST", "/v1/companies", *headers, key=True).sent(b'{"slug":') as raw:
        assert raw.answer()[0] == 408
    again = hasty.post("/v1/companies", bodies.company("again"), headers={"Idempotency-Key": "again"})
    assert again.status_code == 201


KIB = 1024


@pytest.fixture(scope="module")
def narrow(cluster: Cluster) -> Generator[Server]:
    """A service with a small budget for bodies, and a long receive timeout."""
    limits = {
        "COMPANYFACTS_MAX_BODY_BYTES": str(1024 * KIB),
        "COMPANYFACTS_MAX_IMPORT_BYTES": str(1024 * KIB),
        "COMPANYFACTS_MAX_BYTES_IN_FLIGHT": str(2048 * KIB),
        "COMPANYFACTS_RECEIVE_TIMEOUT": "600",
    }
    with cluster.database() as dsn, Server(dsn, cluster.keys["write"], **limits) as running:
        yield running


def sent_at_last(server: Server, *request: Any, **parts: Any) -> httpx.Response:
    """Send a request until the answer is not 503 any more; returns that answer."""
    for _ in pauses():
        answer = server.request(*request, **parts)
        if answer.status_code != 503:
            return answer
        assert answer.json()["type"] == "/docs/problems/busy"
        assert int(answer.headers["retry-after"]) > 0
        assert answer.headers["connection"] == "close"
    raise AssertionError("the service stays busy")


def test_bodies_that_stand_still_keep_nobody_out(narrow: Server) -> None:
    length = f"Content-Length: {1024 * KIB}"
    stalled = [
        Raw(narrow).head("POST", "/v1/lookup", JSON_TYPE, length).sent(b" " * (500 * KIB)) for _ in range(3)
    ]
    # small ones have room of their own, at once
    asked = {"items": [{"company": "acme", "kind": "metric", "subject": "revenue"}]}
    assert narrow.post("/v1/lookup", asked).status_code == 200
    # for a large one, those go that have stood still the longest; which it is, the order of arrival says
    text = "x" * (900 * KIB)
    assert sent_at_last(narrow, "POST", "/v1/sources", json=bodies.source(text)).status_code == 201
    refused, _, _ = select.select(stalled, [], [], PATIENCE)
    assert refused
    for raw in refused:
        status, told, problem = raw.answer()
        assert (status, problem["type"]) == (503, "/docs/problems/busy")
        assert int(told["retry-after"]) > 0
    for raw in stalled:
        raw.close()


def test_what_bodies_held_is_given_back_however_their_requests_end(narrow: Server) -> None:
    """Each of these requests would use up the budget if its bytes were not given back."""
    filler = b" " * (900 * KIB)
    length = f"Content-Length: {len(filler) + 10}"
    blank = {"Content-Type": "application/json"}
    for _ in range(3):
        for path in ("/v1/lookup", "/v1/sources", "/v1/facts"):
            assert sent_at_last(narrow, "POST", path, content=filler, headers=blank).status_code == 400
        named = {**blank, "Idempotency-Key": "blank"}
        assert sent_at_last(narrow, "POST", "/v1/sources", content=filler, headers=named).status_code == 400
        for path in ("/v1/lookup", "/v1/sources"):  # clients that go in the middle
            with Raw(narrow).head("POST", path, JSON_TYPE, length, key=True) as raw:
                raw.sent(filler)
    assert sent_at_last(narrow, "POST", "/v1/lookup", content=filler, headers=blank).status_code == 400


def test_a_chunked_body_is_refused_as_soon_as_it_is_too_long(narrow: Server) -> None:
    chunk = b"%x\r\n%b\r\n" % (1024 * KIB, b" " * (1024 * KIB))
    deadline = time.monotonic() + PATIENCE
    # the bytes of the clients that went are held until the service notices
    while True:
        with Raw(narrow).head("POST", "/v1/lookup", JSON_TYPE, "Transfer-Encoding: chunked") as raw:
            status, told, problem = raw.sent(chunk + b"1\r\n \r\n").answer()
        if status != 503 or time.monotonic() > deadline:
            break
    assert (status, problem["type"]) == (413, "/docs/problems/too-large")
    assert told["connection"] == "close"
