"""Idempotency-Key: a write is done once and gets one answer, even if a connection or the service breaks."""

import asyncio
import socket
import threading
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest

from tests import bodies
from tests import clusters as postgres
from tests.api.test_keys import new_key
from tests.clusters import Cluster
from tests.processes import eventually
from tests.running import InProcess, Server

TEXT = "Acme had a 36% market share."
SOURCE = bodies.source_id(TEXT)


def named(name: str, **headers: str) -> dict[str, str]:
    return {"Idempotency-Key": name, **headers}


def same(one: httpx.Response, other: httpx.Response) -> bool:
    kept = ("location", "log-position", "etag", "content-type")
    return (one.status_code, one.content, [one.headers.get(k) for k in kept]) == (
        other.status_code,
        other.content,
        [other.headers.get(k) for k in kept],
    )


@pytest.fixture
def filled(api: InProcess) -> InProcess:
    api.made("/v1/companies", bodies.company())
    api.made("/v1/sources", bodies.source(TEXT))
    return api


def test_the_same_request_is_done_once_and_answered_alike(filled: InProcess) -> None:
    first = filled.post("/v1/facts", bodies.market_share(SOURCE), headers=named("a"))
    assert first.status_code == 201
    filled.made("/v1/facts", bodies.market_share(SOURCE, "40"))
    before = filled.position()
    again = filled.post("/v1/facts", bodies.market_share(SOURCE), headers=named("a"))
    assert same(first, again), "201 again, though it already stood by then"
    assert filled.position() == before
    assert filled.post("/v1/facts", bodies.market_share(SOURCE), headers=named("b")).status_code == 200


def test_every_write_knows_it(filled: InProcess) -> None:
    fact = filled.made("/v1/facts", bodies.market_share(SOURCE))
    later = bodies.source(None, sha256=bodies.source_id("Later.").removeprefix("sha256:"))
    filled.made("/v1/sources", later)
    import_ = {"content": bodies.ndjson({"company": bodies.company("zenith")})}
    plain = {"content": b"Later."}
    writes: list[tuple[str, str, dict[str, Any], dict[str, str]]] = [
        ("POST", "/v1/companies", {"json": bodies.company("newcomer")}, {}),
        ("POST", "/v1/concepts", {"json": {"id": "widgets-sold"}}, {}),
        ("POST", "/v1/sources", {"json": bodies.source("Another text.")}, {}),
        (
            "PUT",
            f"/v1/sources/{bodies.source_id('Later.')}/snapshot",
            plain,
            {"Content-Type": "text/plain"},
        ),
        ("POST", "/v1/facts", {"json": bodies.market_share(SOURCE, "41")}, {}),
        ("POST", f"/v1/facts/{fact['id']}/retractions", {"json": {"version": 1, "reason": "a mistake"}}, {}),
        ("POST", "/v1/imports", import_, {"Content-Type": "application/x-ndjson"}),
    ]
    for number, (method, path, content, headers) in enumerate(writes):
        first = filled.request(method, path, headers=named(f"n{number}", **headers), **content)
        before = filled.position()
        again = filled.request(method, path, headers=named(f"n{number}", **headers), **content)
        assert first.status_code in {200, 201}, first.text
        assert same(first, again)
        assert filled.position() == before


def test_another_request_under_the_name_is_refused(filled: InProcess) -> None:
    body = bodies.market_share(SOURCE)
    filled.post("/v1/facts", body, headers=named("a"))
    before = filled.position()
    others = [
        filled.post("/v1/facts", bodies.market_share(SOURCE, "40"), headers=named("a")),
        filled.post("/v1/facts?evidence=verified", body, headers=named("a")),
        filled.post("/v1/facts", body, headers=named("a", **{"If-None-Match": "*"})),
        filled.post("/v1/companies", bodies.company("zenith"), headers=named("a")),
    ]
    assert [other.status_code for other in others] == [422] * 4
    assert {other.json()["type"] for other in others} == {"/docs/problems/repeated-otherwise"}
    assert filled.position() == before


def test_a_refusal_that_rests_on_what_is_recorded_is_kept_too(filled: InProcess) -> None:
    body = bodies.market_share(bodies.source_id("Not there yet."))
    first = filled.post("/v1/facts", body, headers=named("a"))
    assert first.status_code == 422
    filled.made("/v1/sources", bodies.source("Not there yet."))
    assert same(first, filled.post("/v1/facts", body, headers=named("a")))
    assert filled.post("/v1/facts", body, headers=named("b")).status_code == 201


def test_an_answer_that_is_repeated_says_so(filled: InProcess, dsn: str) -> None:
    def replayed(response: httpx.Response) -> str | None:
        return response.headers.get("idempotent-replayed")

    body = bodies.market_share(SOURCE)
    absent = bodies.market_share(bodies.source_id("Not there."))
    minimal = named("b", Prefer="return=minimal")
    with InProcess(dsn, filled.key) as other:  # of another process
        for path, headers, content, status in (
            ("/v1/facts", named("a"), body, 201),
            ("/v1/facts", minimal, body, 204),
            ("/v1/facts", named("c"), absent, 422),
        ):
            first = filled.post(path, content, headers=headers)
            assert (first.status_code, replayed(first)) == (status, None)
            for service in (filled, other, filled):
                again = service.post(path, content, headers=headers)
                assert (again.status_code, replayed(again)) == (status, "true")
    # refusals that are not kept, and writes without a name, are never repeated
    bad = {"content": b"{", "headers": named("d", **{"Content-Type": "application/json"})}
    for _ in range(2):
        assert replayed(filled.request("POST", "/v1/facts", **bad)) is None
        assert replayed(filled.post("/v1/facts", body)) is None
        assert (
            replayed(filled.post("/v1/facts", bodies.market_share(SOURCE, "40"), headers=named("a"))) is None
        )


def test_names_belong_to_a_key(filled: InProcess, dsn: str) -> None:
    other = filled.with_key(new_key(dsn, "write"))
    assert filled.post("/v1/companies", bodies.company("one"), headers=named("a")).status_code == 201
    assert other.post("/v1/companies", bodies.company("two"), headers=named("a")).status_code == 201


@pytest.mark.parametrize("name", ["", " ", "two words", "x" * 256, "ä"])
def test_a_name_that_cannot_be_one_is_refused(filled: InProcess, name: str) -> None:
    request = filled.request_of("POST", "/v1/companies", json=bodies.company("zenith"))
    request.headers["Idempotency-Key"] = name
    response = filled.send(request)
    assert response.status_code == 400
    assert response.json()["errors"][0]["parameter"] == "Idempotency-Key"


def test_a_name_is_free_after_a_day_and_old_answers_go(filled: InProcess, dsn: str) -> None:
    async def age(hours: float) -> None:
        await postgres.execute(
            dsn, f"update idempotent_answers set created_at = created_at - interval '{hours} hours'"
        )

    for number in range(3):
        filled.post("/v1/companies", bodies.company(f"c{number}"), headers=named(f"n{number}"))
    postgres.run(age(23.9))
    assert filled.post("/v1/companies", bodies.company("c0"), headers=named("n0")).status_code == 201
    postgres.run(age(0.2))
    assert filled.post("/v1/companies", bodies.company("c0"), headers=named("n0")).status_code == 200
    assert filled.post("/v1/companies", bodies.company("c9"), headers=named("n0")).status_code == 422
    rows = postgres.run(postgres.fetch(dsn, "select idempotency_key from idempotent_answers"))
    assert [row["idempotency_key"] for row in rows] == ["n0"]


# -- what breaks in between ----------------------------------------------------------------------


@contextmanager
def writers_held_up(dsn: str) -> Generator[None]:
    """Block all writers by locking the head of the log."""
    held, free = threading.Event(), threading.Event()

    async def hold() -> None:
        async with postgres.head_held(dsn):
            held.set()
            await asyncio.to_thread(free.wait)

    thread = threading.Thread(target=lambda: postgres.run(hold()))
    thread.start()
    held.wait()
    try:
        yield
    finally:
        free.set()
        thread.join()


def waiting(dsn: str) -> int:
    """The number of transactions that wait for a lock."""
    statement = """
        select count(distinct pid) from pg_locks join pg_stat_activity using (pid)
        where not granted and datname = current_database()
    """
    return int(postgres.run(postgres.fetch(dsn, statement))[0][0])


def test_a_request_that_comes_while_the_first_is_worked_on_is_told_so(filled: InProcess, dsn: str) -> None:
    key = filled.key
    with InProcess(dsn, key) as other_process:
        answers: list[httpx.Response] = []
        request = other_process.request_of(
            "POST", "/v1/companies", json=bodies.company("zenith"), headers=named("a")
        )
        with writers_held_up(dsn):
            sender = threading.Thread(target=lambda: answers.append(other_process.send(request)))
            sender.start()
            assert eventually(lambda: waiting(dsn) == 1)
            meanwhile = filled.post("/v1/companies", bodies.company("zenith"), headers=named("a"))
        sender.join()
    assert meanwhile.status_code == 409
    assert meanwhile.json()["type"] == "/docs/problems/in-flight"
    assert int(meanwhile.headers["retry-after"]) > 0
    assert answers[0].status_code == 201
    assert same(answers[0], filled.post("/v1/companies", bodies.company("zenith"), headers=named("a")))


def test_many_at_once_write_once(filled: InProcess) -> None:
    request = ("POST", "/v1/facts")
    sent = [
        filled.request_of(*request, json=bodies.market_share(SOURCE), headers=named("a")) for _ in range(12)
    ]
    answers = filled.together(sent)
    assert {answer.status_code for answer in answers} <= {201, 409}
    written = [answer for answer in answers if answer.status_code == 201]
    assert written
    assert all(same(written[0], answer) for answer in written)


def fire(server: Server, name: str, body: bytes) -> socket.socket:
    """Post a company without waiting for the answer."""
    connection = socket.create_connection(("127.0.0.1", server.port))
    head = (
        f"POST /v1/companies HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {server.key}\r\n"
        f"Content-Type: application/json\r\nIdempotency-Key: {name}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    connection.sendall(head.encode() + body)
    return connection


def killed(server: Server) -> None:
    """Kill the service, as in a crash."""
    server.process.kill()
    server.process.wait()


def test_after_a_crash_before_the_write_it_is_done_then(cluster: Cluster) -> None:
    body = b'{"slug":"zenith","name":"Zenith"}'
    with cluster.database() as dsn:
        with Server(dsn, cluster.keys["write"]) as server, writers_held_up(dsn):
            connection = fire(server, "a", body)
            assert eventually(lambda: waiting(dsn) == 1)
            killed(server)
            connection.close()
            # Postgres itself notices when the time of the statement is over
            gone = "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'companyfacts'"
            postgres.run(postgres.fetch(dsn, f"{gone} and datname = current_database()"))
            assert eventually(lambda: waiting(dsn) == 0)
        with InProcess(dsn, cluster.keys["write"]) as service:
            assert service.position() == 0
            json_type = {"Content-Type": "application/json"}
            request = {"content": body, "headers": named("a", **json_type)}
            assert service.request("POST", "/v1/companies", **request).status_code == 201
            assert service.request("POST", "/v1/companies", **request).status_code == 201
            assert service.position() == 1


def test_after_a_crash_before_the_answer_it_is_not_done_again(cluster: Cluster) -> None:
    body = b'{"slug":"zenith","name":"Zenith"}'

    def kept(dsn: str) -> int:
        return len(postgres.run(postgres.fetch(dsn, "select from idempotent_answers")))

    with cluster.database() as dsn:
        with Server(dsn, cluster.keys["write"]) as server:
            with writers_held_up(dsn):
                connection = fire(server, "a", body)
                assert eventually(lambda: waiting(dsn) == 1)
            assert eventually(lambda: kept(dsn) == 1)
            killed(server)
            connection.close()
        with InProcess(dsn, cluster.keys["write"]) as service:
            assert service.position() == 1
            request = {"content": body, "headers": named("a", **{"Content-Type": "application/json"})}
            assert service.request("POST", "/v1/companies", **request).status_code == 201
            assert service.position() == 1


def test_the_answer_and_the_write_are_one_transaction(filled: InProcess, dsn: str) -> None:
    """If the answer cannot be stored, the write is rolled back."""
    broken = "alter table idempotent_answers add constraint broken check (false) not valid"
    postgres.run(postgres.execute(dsn, broken))
    before = filled.position()
    response = filled.post("/v1/companies", bodies.company("zenith"), headers=named("a"))
    assert response.status_code == 500
    assert filled.position() == before
    postgres.run(postgres.execute(dsn, "alter table idempotent_answers drop constraint broken"))
    assert filled.post("/v1/companies", bodies.company("zenith"), headers=named("a")).status_code == 201
