"""Concurrent writers: one order, no gaps, no lost writes, no deadlocks."""

import asyncio
import socket
import threading
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import httpx
import pytest

from tests.bodies import company, market_share, metric, ndjson, source, statement
from tests.clusters import fetch, run
from tests.running import NO_TLS, PATIENCE, InProcess, Server

WRITERS = 50


@pytest.fixture
def cited(api: InProcess) -> str:
    """Record Acme and a source; returns the source's id."""
    api.made("/v1/companies", company())
    return api.made("/v1/sources", source())["id"]


def log_of(api: InProcess | Server) -> list[dict[str, Any]]:
    """Read the whole log; checks that positions have no gaps and instants never decrease."""
    items: list[dict[str, Any]] = []
    page = {"next": "0"}
    while page["next"] is not None:
        page = api.found("/v1/changes", after=page["next"], limit=100)
        items += page["items"]
    assert [entry["position"] for entry in items] == list(range(1, api.position() + 1))
    instants = [datetime.fromisoformat(entry["recorded_at"]) for entry in items]
    assert instants == sorted(instants)
    return items


def test_fifty_writers_on_one_fact(api: InProcess, cited: str) -> None:
    before = api.position()
    requests = [
        api.request_of("POST", "/v1/facts", json=market_share(cited, str(n)))
        for n in range(WRITERS)
    ]  # fmt: skip
    answers = api.together(requests)
    assert {answer.status_code for answer in answers} == {201}
    bodies = [answer.json() for answer in answers]
    assert sorted(body["version"] for body in bodies) == list(range(1, WRITERS + 1))
    assert sorted(body["position"] for body in bodies) == list(range(before + 1, before + WRITERS + 1))
    by_position = sorted(bodies, key=lambda body: body["position"])
    assert [body["version"] for body in by_position] == list(range(1, WRITERS + 1))
    for answer, body in zip(answers, bodies, strict=True):
        assert int(answer.headers["log-position"]) == body["position"]
    fact = bodies[0]["id"]
    versions = api.found(f"/v1/facts/{fact}/versions", limit=1000)["items"]
    assert versions == [{**body, "disputed": False, "rivals": []} for body in by_position]
    assert api.found(f"/v1/facts/{fact}")["version"] == WRITERS
    log_of(api)


def test_fifty_writers_of_the_same_assertion_record_it_once(api: InProcess, cited: str) -> None:
    before = api.position()
    answers = api.together(
        [api.request_of("POST", "/v1/facts", json=market_share(cited)) for _ in range(WRITERS)]
    )
    assert sorted(answer.status_code for answer in answers) == [200] * (WRITERS - 1) + [201]
    assert len({answer.content for answer in answers}) == 1
    assert api.position() == before + 1


def test_positions_follow_the_order_of_commits(api: InProcess, cited: str) -> None:
    """A concurrent reader sees a log without gaps that never shrinks."""

    heads: list[int] = []

    async def watch(done: asyncio.Event) -> None:
        while not done.is_set():
            request = api.request_of("GET", "/v1/changes", params={"limit": 1000})
            answer = await api.sent(request)
            items = answer.json()["items"]
            assert [entry["position"] for entry in items] == list(range(1, len(items) + 1))
            assert len(items) == int(answer.headers["log-position"])
            heads.append(len(items))

    async def write(number: int) -> None:
        body = statement(cited, f"Claim {number}.", subject=f"claim-{number}")
        assert (await api.sent(api.request_of("POST", "/v1/facts", json=body))).status_code == 201

    async def both() -> None:
        done = asyncio.Event()
        watching = asyncio.create_task(watch(done))
        # concurrent writers may share a commit, so they are sent in waves, with a read of the log after each
        for wave in range(0, WRITERS, WRITERS // 5):
            await asyncio.gather(*map(write, range(wave, wave + WRITERS // 5)))
            read = len(heads)
            while len(heads) < read + 2 and not watching.done():  # noqa: ASYNC110 -- the reader reports by appending
                await asyncio.sleep(0.001)
        done.set()
        await watching

    api.run(both())
    assert heads == sorted(heads)
    assert len(set(heads)) >= 5, "the reader saw the log grow"


def test_imports_beside_asserts(api: InProcess, cited: str) -> None:
    imports = [
        ndjson(*({"fact": statement(cited, f"Line {i} of {n}.", subject=f"import-{i}")} for n in range(20)))
        for i in range(5)
    ]
    requests = [
        *(
            api.request_of(
                "POST", "/v1/imports", content=body, headers={"Content-Type": "application/x-ndjson"}
            )
            for body in imports
        ),
        *(
            api.request_of("POST", "/v1/facts", json=statement(cited, f"Own {n}.", subject="import-0"))
            for n in range(20)
        ),
    ]
    answers = api.together(requests)
    assert [answer.status_code for answer in answers] == [200] * 5 + [201] * 20
    assert all(answer.json()["created"] == 20 for answer in answers[:5])
    entries = log_of(api)
    # the entries of an all-or-nothing import are consecutive
    by_fact: dict[str, list[int]] = {}
    for entry in entries:
        if entry["type"] == "version":
            by_fact.setdefault(entry["fact"], []).append(entry["position"])
    stretches = [places for places in by_fact.values() if len(places) == 20]
    assert len(stretches) == 4
    assert all(places == list(range(places[0], places[0] + 20)) for places in stretches)
    assert max(map(len, by_fact.values())) == 40


def test_a_long_partial_import_lets_others_have_their_turn(api: InProcess, cited: str) -> None:
    lines = ndjson(*({"fact": statement(cited, subject=f"claim-{n}")} for n in range(1200)))
    long = api.request_of(
        "POST",
        "/v1/imports",
        params={"partial": "true"},
        content=lines,
        headers={"Content-Type": "application/x-ndjson"},
    )

    async def beside() -> int:
        importing = asyncio.create_task(api.sent(long))
        own = 0
        while not importing.done():
            body = statement(cited, f"Own {own}.", subject="own")
            answer = await api.sent(api.request_of("POST", "/v1/facts", json=body))
            assert answer.status_code == 201
            own += 1
        assert importing.result().json()["created"] == 1200
        return own

    own = api.run(beside())
    entries = log_of(api)
    facts = [entry["fact"] for entry in entries if entry["type"] == "version"]
    assert len(facts) == 1200 + own
    own_fact = api.found("/v1/lookup", company="acme", kind="statement", subject="own")["id"]
    imported = [n for n, fact in enumerate(facts) if fact != own_fact]
    assert any(imported[0] < n < imported[-1] for n, fact in enumerate(facts) if fact == own_fact)


def test_of_writers_with_one_etag_one_wins(api: InProcess, cited: str) -> None:
    first = api.post("/v1/facts", market_share(cited))
    headers = {"If-Match": first.headers["etag"]}
    answers = api.together(
        [
            api.request_of("POST", "/v1/facts", json=market_share(cited, str(n)), headers=headers)
            for n in range(20)
        ]
    )  # fmt: skip
    assert sorted(answer.status_code for answer in answers) == [201] + [412] * 19
    winner = next(answer for answer in answers if answer.status_code == 201)
    fact = api.get(f"/v1/facts/{winner.json()['id']}")
    assert fact.json()["version"] == 2
    assert fact.headers["etag"] == winner.headers["etag"]


def test_of_creators_one_wins(api: InProcess, cited: str) -> None:
    answers = api.together(
        [
            api.request_of("POST", "/v1/facts", json=statement(cited, f"Claim {n}."), headers={"If-None-Match": "*"})
            for n in range(20)
        ]
    )  # fmt: skip
    assert sorted(answer.status_code for answer in answers) == [201] + [412] * 19


def test_retractions_at_once(api: InProcess, cited: str) -> None:
    fact = api.made("/v1/facts", market_share(cited))["id"]
    before = api.position()
    answers = api.together(
        [
            api.request_of("POST", f"/v1/facts/{fact}/retractions", json={"version": 1, "reason": f"wrong {n}"})
            for n in range(20)
        ]
    )  # fmt: skip
    assert sorted(answer.status_code for answer in answers) == [200] * 19 + [201]
    assert len({answer.content for answer in answers}) == 1
    assert api.position() == before + 1


def test_one_identifier_for_one_company(api: InProcess) -> None:
    requests = [
        api.request_of("POST", "/v1/companies", json=company(f"acme-{n}", identifiers={"cik": "12"}))
        for n in range(20)
    ]
    answers = api.together(requests)
    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 19
    assert len(api.found("/v1/companies")["items"]) == 1


def test_one_source_and_its_snapshot_at_once(api: InProcess) -> None:
    described = source()
    answers = api.together([api.request_of("POST", "/v1/sources", json=described) for _ in range(20)])
    assert sorted(answer.status_code for answer in answers) == [200] * 19 + [201]
    assert api.position() == 2  # the source and its snapshot


def test_everything_at_once_stops_nobody(api: InProcess, cited: str) -> None:
    """Writes of every kind to the same things, in many orders: no deadlock, no lost write."""
    facts = [api.made("/v1/facts", metric(cited, subject=f"revenue-{n}"))["id"] for n in range(5)]
    requests: list[httpx.Request] = []
    for n in range(60):
        requests += [
            api.request_of("POST", "/v1/facts", json=metric(cited, str(n), subject=f"revenue-{n % 5}")),
            api.request_of(
                "POST", f"/v1/facts/{facts[-n % 5]}/retractions", json={"version": 1, "reason": "x"}
            ),
            api.request_of("POST", "/v1/companies", json=company(name=f"Acme {n}")),
            api.request_of("GET", "/v1/facts", params={"disputed": "false"}),
        ]
    answers = api.together(requests)
    assert {answer.status_code for answer in answers} <= {200, 201}
    log_of(api)
    for fact in facts:
        versions = api.found(f"/v1/facts/{fact}/versions", limit=1000)["items"]
        assert [version["version"] for version in versions] == list(range(1, len(versions) + 1))
        assert sum(version["kind"] == "retraction" for version in versions) == 1


# -- a real server -------------------------------------------------------------------------------


def half_sent(server: Server, length: int, body: bytes) -> None:
    """Send half of a request, then disconnect."""
    head = (
        f"POST /v1/facts HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {server.key}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", server.port)) as connection:
        connection.sendall(head.encode() + body)


def gone_before_the_answer(server: Server, body: bytes) -> None:
    """Send a request, then disconnect without waiting for the answer."""
    half_sent(server, len(body), body)


def test_a_client_that_goes_away_leaves_nothing_half_done(server: Server) -> None:
    server.made("/v1/companies", company())
    cited = server.made("/v1/sources", source())["id"]
    before = server.position()
    body = httpx.Request("POST", server.base, json=statement(cited)).content
    for cut in (0, 1, len(body) // 2, len(body) - 1):
        half_sent(server, len(body), body[:cut])
    assert server.position() == before
    threads = [threading.Thread(target=gone_before_the_answer, args=(server, body)) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    # at most one of them was recorded, and the service still takes writes
    answer = server.post("/v1/facts", statement(cited))
    assert answer.status_code in {200, 201}
    assert server.position() == before + 1
    log_of(server)
    assert "Traceback" not in server.said()
    idle = run(
        fetch(
            server.dsn,
            "select count(*) from pg_stat_activity where state like 'idle in transaction%' and datname = current_database()",
        )
    )
    assert idle[0][0] == 0


def test_fifty_writers_of_a_real_server(server: Server) -> None:
    server.post("/v1/companies", company())
    cited = server.post("/v1/sources", source()).json()["id"]

    async def all_of_them() -> Sequence[httpx.Response]:
        async with httpx.AsyncClient(
            timeout=PATIENCE, limits=httpx.Limits(max_connections=WRITERS), verify=NO_TLS
        ) as client:
            return await asyncio.gather(
                *(
                    client.send(server.request_of("POST", "/v1/facts", json=metric(cited, str(n))))
                    for n in range(WRITERS)
                )
            )

    answers = run(all_of_them())
    assert {answer.status_code for answer in answers} == {201}
    assert sorted(answer.json()["version"] for answer in answers) == list(range(1, WRITERS + 1))
    log_of(server)
