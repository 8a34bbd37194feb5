"""The database stops while the service runs: 503 meanwhile, and normal answers once it is back."""

import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx

from service.operations.keys import create_key
from service.postgres import embedded
from service.postgres.database import opened
from service.postgres.migration import migrate
from tests.bodies import company, source, statement
from tests.clusters import run
from tests.conformity import assert_conforms
from tests.processes import eventually
from tests.running import NO_TLS, PATIENCE, Server


async def prepared(dsn: str) -> str:
    await migrate(dsn)
    async with opened(dsn) as database:
        return await create_key(database, "write")


class Traffic:
    """A client that sends requests one after the other until it is stopped."""

    def __init__(self, server: Server, make: Callable[[int], httpx.Request]) -> None:
        self._server = server
        self._make = make
        self.answers: list[httpx.Response] = []
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        with httpx.Client(timeout=PATIENCE, verify=NO_TLS) as client:
            while not self._stopping.is_set():
                self.answers.append(client.send(self._make(len(self.answers))))
                time.sleep(0.005)  # to ask without pause takes half of the processor

    def statuses(self) -> set[int]:
        return {answer.status_code for answer in self.answers}

    def await_more(self, status: int) -> None:
        """Wait for another answer with this status."""
        before = sum(answer.status_code == status for answer in self.answers)

        def came() -> bool:
            return sum(answer.status_code == status for answer in self.answers) > before

        assert eventually(came), f"no {status} comes; there are {self.statuses()}"

    def stop(self) -> list[httpx.Response]:
        self._stopping.set()
        self._thread.join()
        return self.answers


def test_the_service_outlives_its_database() -> None:
    with ExitStack() as stack:
        directory = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="cf-away-"))) / "data"
        postgres = ExitStack()
        dsn = postgres.enter_context(embedded.serving(directory))
        stack.callback(postgres.close)
        key = run(prepared(dsn))
        server = stack.enter_context(Server(dsn, key))
        server.made("/v1/companies", company())
        cited = server.made("/v1/sources", source())["id"]

        def write(number: int) -> httpx.Request:
            return server.request_of("POST", "/v1/facts", json=statement(cited, f"Claim {number}."))

        reads = Traffic(server, lambda _: server.request_of("GET", "/v1/facts"))
        ready = Traffic(server, lambda _: server.request_of("GET", "/readyz"))
        writes = Traffic(server, write)
        every = (reads, ready, writes)
        try:
            for again in range(2):
                for traffic, status in ((reads, 200), (ready, 200), (writes, 201)):
                    traffic.await_more(status)
                postgres.close()  # in the midst of requests
                for traffic in every:
                    traffic.await_more(503)
                # what needs no database goes on
                assert server.get("/healthz").status_code == 200
                assert server.get("/openapi.json").status_code == 200
                postgres.enter_context(embedded.serving(directory))
                for traffic, status in ((reads, 200), (ready, 200), (writes, 201)):
                    traffic.await_more(status)
                assert server.process.poll() is None, again
        finally:
            answers = {
                name: one.stop() for name, one in zip(("reads", "ready", "writes"), every, strict=True)
            }
        for name, some in answers.items():
            assert {answer.status_code for answer in some} <= {200, 201, 503}, name
            for answer in some:
                assert_conforms(answer)
                if answer.status_code == 503:
                    assert int(answer.headers["retry-after"]) > 0
        assert_nothing_lost(server, [a.json() for a in answers["writes"] if a.status_code == 201])


def assert_nothing_lost(server: Server, recorded: list[dict[str, Any]]) -> None:
    """Everything answered with 201 is recorded, and every record is complete."""
    fact = recorded[0]["id"]
    items: list[dict[str, Any]] = []
    page: dict[str, Any] = {"next": "0"}
    while page["next"] is not None:
        page = server.found("/v1/changes", after=page["next"], limit=1000)
        items += page["items"]
    assert [entry["position"] for entry in items] == list(range(1, server.position() + 1))
    positions = {entry["position"] for entry in items if entry["fact"] == fact}
    assert {body["position"] for body in recorded} <= positions
    assert server.found(f"/v1/facts/{fact}")["version"] == len(positions)


def test_a_service_that_starts_before_its_database() -> None:
    with ExitStack() as stack:
        directory = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="cf-late-"))) / "data"
        with embedded.serving(directory) as dsn:
            pass
        server = stack.enter_context(Server(dsn, None))
        answer = server.get("/readyz")
        assert answer.status_code == 503
        assert answer.headers["retry-after"]
        stack.enter_context(embedded.serving(directory))
        assert server.get("/v1/facts").status_code == 503, "it is not migrated yet"
        server.key = run(prepared(dsn))
        assert eventually(lambda: server.get("/readyz").status_code == 200)
        server.made("/v1/companies", company())
