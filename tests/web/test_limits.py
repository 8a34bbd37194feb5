"""Rate limits by key and by address, shared by all workers, and their headers."""

import itertools
import re
import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from service.operations.limits import ADDRESS_QUOTA, KEY_QUOTA, Limits
from service.postgres.database import Database
from service.settings import Settings
from tests.api.test_keys import new_key
from tests.clusters import Cluster
from tests.running import NO_TLS, Api, InProcess, Server


def asked(service: Api, times: int, key: str | None = None, **headers: str) -> list[int]:
    """The statuses of `count` reads, one after the other."""
    sent = {**headers, **({} if key is None else {"Authorization": f"Bearer {key}"})}
    return [service.get("/v1/facts", headers=sent).status_code for _ in range(times)]


@pytest.mark.parametrize("read_only", [False, True], ids=["shared", "apart"])
def test_an_address_has_a_budget(dsn: str, *, read_only: bool) -> None:
    with InProcess(dsn, None, rate_limit_address=4, read_only=read_only) as service:
        assert asked(service, 6) == [200, 200, 200, 200, 429, 429]
        refused = service.get("/v1/facts")
        assert refused.json()["type"] == "/docs/problems/too-many-requests"
        assert 1 <= int(refused.headers["retry-after"]) <= 15, "a quarter of the window brings a token back"
        assert refused.headers["ratelimit-policy"] == '"address";q=4;w=60'
        assert re.fullmatch(r'"address";r=0;t=\d+', refused.headers["ratelimit"])


def test_each_key_has_a_budget_beside_that_of_its_address(dsn: str) -> None:
    one, other = new_key(dsn, "read"), new_key(dsn, "read")
    with InProcess(dsn, None, rate_limit_key=3, rate_limit_address=2) as service:
        # a key that the process has not met yet costs its address a token, lest keys be tried without end
        assert asked(service, 4, one) == [200, 200, 200, 429]
        assert asked(service, 4, other) == [200, 200, 200, 429]
        assert asked(service, 1) == [429]
        assert asked(service, 1, "cf_" + "y" * 43) == [429]
        assert asked(service, 1, one) == [429]


def test_wrong_keys_are_tried_at_the_address_s_cost(dsn: str) -> None:
    wrong = (f"cf_{number}" for number in itertools.count())
    with InProcess(dsn, None, rate_limit_address=3) as service:
        assert [asked(service, 1, next(wrong))[0] for _ in range(5)] == [401, 401, 401, 429, 429]


def test_answers_tell_what_is_left(dsn: str) -> None:
    key = new_key(dsn, "read")
    with InProcess(dsn, None, rate_limit_key=100, rate_limit_address=1000) as service:
        began = time.monotonic()
        left = [
            service.get("/v1/facts", headers={"Authorization": f"Bearer {key}"}).headers["ratelimit"]
            for _ in range(30)
        ]
        returned = int((time.monotonic() - began) / 0.6)  # a token comes back every 0.6 seconds
        counts = [int(re.fullmatch(r'"key";r=(\d+);t=\d+', one)[1]) for one in left]  # type: ignore[index]
        assert all(later <= earlier + returned for earlier, later in itertools.pairwise(counts))
        assert 99 >= counts[0] >= 97
        assert min(100, 72 + returned) >= counts[-1] >= 68
        missing = service.get("/v1/facts/00000000-0000-8000-8000-000000000000")
        assert missing.status_code == 404
        assert missing.headers["ratelimit-policy"] == '"address";q=1000;w=60'


def test_what_needs_no_key_is_not_counted(dsn: str) -> None:
    with InProcess(dsn, None, rate_limit_address=1) as service:
        assert asked(service, 2) == [200, 429]
        for path in ("/healthz", "/readyz", "/metrics", "/openapi.json"):
            response = service.get(path)
            assert response.status_code == 200
            assert "ratelimit" not in response.headers


def test_two_services_share_one_budget(cluster: Cluster) -> None:
    with (
        cluster.database() as dsn,
        Server(dsn, None, COMPANYFACTS_RATE_LIMIT_ADDRESS="10") as one,
        Server(dsn, None, COMPANYFACTS_RATE_LIMIT_ADDRESS="10") as two,
    ):
        began = time.monotonic()
        let_through = sum(status == 200 for _ in range(12) for s in (one, two) for status in asked(s, 1))
        returned = (time.monotonic() - began) / 6  # a token comes back every six seconds
        # a process spends its first token before it has asked, and may hold one that nobody spends
        assert 9 <= let_through <= 12 + returned


def test_workers_share_one_budget(cluster: Cluster) -> None:
    with (
        cluster.database() as dsn,
        Server(dsn, None, "--workers", "2", COMPANYFACTS_RATE_LIMIT_ADDRESS="60") as server,
    ):

        def ask(_: int) -> int:
            # a connection each, so that both workers get some
            return httpx.get(f"{server.base}/v1/facts", verify=NO_TLS).status_code

        with ThreadPoolExecutor(8) as pool:
            statuses = list(pool.map(ask, range(100)))
        assert set(statuses) == {200, 429}
        # one token comes back each second
        assert 58 <= statuses.count(200) <= 60 + 2 + 20
        assert asked(server, 3)[-1] == 429


def test_a_limit_does_not_make_a_service_that_is_away_look_busy(cluster: Cluster) -> None:
    missing = cluster.named("nowhere")
    with InProcess(missing, None, rate_limit_address=2) as service:
        assert asked(service, 5) == [503] * 5


@pytest.mark.parametrize(
    ("host", "asked", "expected"),
    [
        ("127.0.0.1", None, (None, None)),
        ("::1", None, (None, None)),
        ("localhost", None, (None, None)),
        ("0.0.0.0", None, (KEY_QUOTA, ADDRESS_QUOTA)),
        ("::", None, (KEY_QUOTA, ADDRESS_QUOTA)),
        ("facts.example.org", None, (KEY_QUOTA, ADDRESS_QUOTA)),
        ("127.0.0.1", 5, (5, 5)),
        ("0.0.0.0", 0, (None, None)),
    ],
)
def test_there_is_no_limit_on_loopback_unless_told(
    host: str, asked: int | None, expected: tuple[int | None, int | None]
) -> None:
    settings = Settings(host=host, rate_limit_key=asked, rate_limit_address=asked)
    limits = Limits(Database("postgresql://nobody@nowhere/"), settings)
    quotas = tuple(one and one.policy.quota for one in (limits.keys, limits.addresses))
    assert quotas == expected
