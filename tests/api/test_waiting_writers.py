"""Readers are answered while writers wait, because writers waiting for the head of the log hold no connection."""

import asyncio
import json
from collections.abc import Generator, Iterator, Sequence
from typing import Any

import httpx
import pytest

from service.core.errors import Unavailable
from service.core.keys import Key
from service.core.requests import Outcome, Request
from service.operations import exchange
from service.postgres.database import Database, Transaction
from service.postgres.shared import shared
from service.recording import writer as recording
from service.recording.ledger import Ledger
from tests import bodies
from tests.api.test_writers import log_of
from tests.clusters import Cluster, fetch, head_held, run
from tests.conformity import assert_conforms
from tests.running import NO_TLS, PATIENCE, InProcess, Server

POOL = 4
WRITES = 3 * POOL  # of each kind


@pytest.fixture(scope="module")
def small(cluster: Cluster) -> Generator[Server]:
    """A service with few connections, some data, and a long time limit for waiting writers."""
    settings = {
        "COMPANYFACTS_POOL_MAX": str(POOL),
        "COMPANYFACTS_STATEMENT_TIMEOUT": "300",
        "COMPANYFACTS_RATE_LIMIT_KEY": "10000000",
        "COMPANYFACTS_RATE_LIMIT_ADDRESS": "10000000",
    }
    with cluster.database() as dsn, Server(dsn, cluster.keys["write"], **settings) as running:
        running.made("/v1/companies", bodies.company())
        cited = running.made("/v1/sources", bodies.source())["id"]
        running.made("/v1/facts", bodies.metric(cited, dimensions={"segment": "held"}))
        for number in range(WRITES):
            running.made("/v1/facts", bodies.statement(cited, f"Claim {number}.", subject=f"claim-{number}"))
        yield running


async def waiting(dsn: str) -> int:
    """The number of the service's connections that wait for a lock."""
    statement = """
        select count(*) from pg_stat_activity
        where wait_event_type = 'Lock' and datname = current_database() and application_name = 'companyfacts'
    """
    return int((await fetch(dsn, statement))[0][0])


async def in_use(dsn: str) -> int:
    """The number of the service's connections."""
    statement = """
        select count(*) from pg_stat_activity
        where datname = current_database() and application_name = 'companyfacts'
    """
    return int((await fetch(dsn, statement))[0][0])


def writes(api: Server, cited: str, facts: Sequence[str]) -> list[httpx.Request]:
    """Writes of every kind. Each adds one log entry; an import adds two."""
    made: list[httpx.Request] = []
    for number in range(WRITES):
        name = {"Idempotency-Key": f"write-{number}"}
        lines = bodies.ndjson(
            {"fact": bodies.statement(cited, "One.", subject=f"import-{number}")},
            {"fact": bodies.statement(cited, "Two.", subject=f"import-{number}")},
        )
        lines_of = {"Content-Type": "application/x-ndjson"}
        fact = bodies.metric(cited, str(number), subject=f"named-{number}")
        plain = bodies.metric(cited, str(number), subject=f"plain-{number}")
        made += [
            api.request_of("POST", "/v1/facts", json=fact, headers=name),
            api.request_of("POST", "/v1/facts", json=plain),
            api.request_of("POST", "/v1/imports", content=lines, headers=lines_of),
            api.request_of(
                "POST", f"/v1/facts/{facts[number]}/retractions", json={"version": 1, "reason": "wrong"},
                headers={"Idempotency-Key": f"retraction-{number}"},
            ),
        ]  # fmt: skip
    return made


READS: tuple[tuple[str, str, Any], ...] = (
    ("GET", "/v1/facts/{fact}", None),
    ("GET", "/v1/facts/{fact}/versions", None),
    ("GET", "/v1/lookup?company=acme&kind=metric&subject=revenue", None),
    ("POST", "/v1/lookup", {"items": [{"company": "acme", "kind": "metric", "subject": "revenue"}]}),
    ("GET", "/v1/facts?limit=100", None),
    ("GET", "/v1/facts?limit=100&known_at=2025-12-31", None),
    ("GET", "/v1/companies/acme/facts", None),
    ("GET", "/v1/series?company=acme&subject=revenue&unit=USD", None),
    ("GET", "/v1/frames?subject=revenue&period=2025&unit=USD", None),
    ("GET", "/v1/companies?q=acme", None),
    ("GET", "/v1/sources", None),
    ("GET", "/v1/search?q=acme", None),
    ("GET", "/v1/changes", None),
    ("GET", "/readyz", None),
)


def test_reads_are_answered_while_writers_wait_and_then_every_write_is_done_once(small: Server) -> None:
    cited = small.found("/v1/sources")["items"][0]["id"]
    held = small.found("/v1/facts", subject="revenue")["items"][0]["id"]
    claims = small.found("/v1/facts", kind="statement", limit=WRITES)["items"]
    before = small.position()
    requests = writes(small, cited, [claim["id"] for claim in claims])
    wire = "/api/xbrl/companyfacts/CIK0000000012.json"

    async def ask(client: httpx.AsyncClient, request: httpx.Request) -> httpx.Response:
        answer = await client.send(request)
        assert_conforms(answer)
        return answer

    async def all_of_them() -> None:
        limits = httpx.Limits(max_connections=None)
        async with httpx.AsyncClient(timeout=PATIENCE, limits=limits, verify=NO_TLS) as client:
            async with head_held(small.dsn):
                writing = [asyncio.create_task(ask(client, request)) for request in requests]
                while await waiting(small.dsn) == 0:  # noqa: ASYNC110 -- it is the server that is waited for
                    await asyncio.sleep(0.02)
                for _ in range(3):
                    for method, path, body in READS:
                        request = small.request_of(method, path.format(fact=held), json=body)
                        reads = await asyncio.gather(*(ask(client, request) for _ in range(3)))
                        assert [one.status_code for one in reads] == [200] * 3, path
                    nothing = await ask(client, small.request_of("GET", wire))
                    assert nothing.status_code == 404
                    # a new reader's key must be looked up too
                    unknown = small.request_of(
                        "GET", f"/v1/facts/{held}", headers={"Authorization": "Bearer x"}
                    )
                    assert (await ask(client, unknown)).status_code == 401
                # repeating a request in progress is refused at once
                again = await ask(client, small.request_of(
                    "POST", "/v1/facts", json=json.loads(requests[-4].content),
                    headers={"Idempotency-Key": f"write-{WRITES - 1}"},
                ))  # fmt: skip
                assert again.status_code == 409
                assert not any(task.done() for task in writing)
                assert await waiting(small.dsn) <= 2
                assert await in_use(small.dsn) <= POOL
            answers = await asyncio.gather(*writing)
        assert {answer.status_code for answer in answers} == {200, 201}
        assert [answer.json()["created"] for answer in answers[2::4]] == [2] * WRITES

    run(all_of_them())
    assert small.position() == before + 5 * WRITES
    log_of(small)
    assert small.found("/v1/facts", kind="statement", limit=1000)["items"] != claims
    # repeated with the same Idempotency-Key: the same answer, and no new entry
    for request in requests[0::4]:
        assert small.send(request).status_code == 201
    assert small.position() == before + 5 * WRITES


def test_a_writer_whose_turn_does_not_come_is_told_and_has_written_nothing(
    cluster: Cluster, dsn: str
) -> None:
    with InProcess(dsn, cluster.keys["write"], pool_max=3, statement_timeout=0.5) as service:
        service.made("/v1/companies", bodies.company())
        before = service.position()

        def named(number: int) -> httpx.Request:
            return service.request_of(
                "POST", "/v1/companies", json=bodies.company(f"late-{number}"),
                headers={"Idempotency-Key": f"late-{number}"},
            )  # fmt: skip

        async def held_up() -> list[httpx.Response]:
            async with head_held(dsn):
                return await asyncio.gather(*(service.sent(named(number)) for number in range(9)))

        refused = service.run(held_up())
        assert [answer.status_code for answer in refused] == [503] * 9
        assert all(int(answer.headers["retry-after"]) > 0 for answer in refused)
        assert service.position() == before
        # the Idempotency-Keys are free again, so each write is done now
        assert [service.send(named(number)).status_code for number in range(9)] == [201] * 9
        assert service.position() == before + 9


# -- turns, on a pool of its own -----------------------------------------------------------------


class _AtWork:
    """The number of active writers, and its maximum so far; writers wait until there are as many as may be."""

    now = most = 0
    expected = 1
    enough = asyncio.Event()


async def work(session: Transaction) -> None:
    _AtWork.now += 1
    _AtWork.most = max(_AtWork.most, _AtWork.now)
    if _AtWork.now >= _AtWork.expected:
        _AtWork.enough.set()
    await asyncio.wait_for(_AtWork.enough.wait(), PATIENCE)
    await session.execute("select pg_sleep(0.01)")  # one more would show now
    _AtWork.now -= 1


@shared
async def work_of_all(session: Transaction, keys: Sequence[int]) -> Sequence[int]:
    """One writer saves the requests of all."""
    await work(session)
    return keys


@pytest.mark.parametrize(("pool_max", "at_once"), [(1, 1), (2, 1), (3, 2), (10, 2)])
def test_so_many_writers_have_a_connection_at_once(dsn: str, pool_max: int, at_once: int) -> None:
    async def used() -> None:
        async with Database(dsn, pool_max=pool_max) as database:
            _AtWork.now = _AtWork.most = 0
            _AtWork.expected, _AtWork.enough = at_once, asyncio.Event()

            async def write(number: int) -> None:
                if number % 2:
                    async with database.writing() as session:
                        await work(session)
                else:
                    await database.in_turn(work_of_all, number)

            await asyncio.gather(*map(write, range(20)))
            assert _AtWork.most == at_once

    run(used())


@pytest.mark.parametrize("end", [asyncio.CancelledError, OSError, ValueError])
def test_a_turn_is_free_again_however_it_ended(dsn: str, end: type[BaseException]) -> None:
    async def used() -> None:
        async with Database(dsn, pool_max=2, statement_timeout=0.1) as database:
            entered, over = asyncio.Event(), asyncio.Event()

            async def first() -> None:
                async with database.writing():
                    entered.set()
                    await over.wait()
                    raise end

            async def next_one() -> int:
                async with database.writing() as session:
                    assert await session.fetchval("select 1") == 1
                    return 1

            working = asyncio.create_task(first())
            await entered.wait()
            with pytest.raises(Unavailable):
                await next_one()
            if end is asyncio.CancelledError:
                working.cancel()
            else:
                over.set()
            await asyncio.wait([working])
            assert await next_one() == 1

    run(used())


def test_a_long_import_lets_others_be_answered_while_it_reads_and_decides(
    dsn: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Counts how many lines are read and decided before the event loop runs something else."""
    count = 1_000
    in_one_go, most = {"read": 0, "decided": 0}, {"read": 0, "decided": 0}

    def worked(what: str) -> None:
        in_one_go[what] += 1
        most[what] = max(most[what], in_one_go[what])

    apply = Ledger.apply

    def watched(ledger: Ledger, request: Request, author: Key | None) -> Outcome:
        worked("decided")
        return apply(ledger, request, author)

    monkeypatch.setattr(Ledger, "apply", watched)

    def lines() -> Iterator[bytes]:
        for number in range(count):
            worked("read")
            yield bodies.ndjson({"company": bodies.company(f"acme-{number}")})

    async def used() -> None:
        async with Database(dsn, pool_max=2) as database:
            importing = asyncio.create_task(
                exchange.import_lines(database, lines(), author=None, partial=False, batch=None)
            )
            while not importing.done():
                in_one_go.update(read=0, decided=0)
                await asyncio.sleep(0)
            assert importing.result().created == count

    run(used())
    assert most == {"read": recording.TURN, "decided": recording.TURN}
