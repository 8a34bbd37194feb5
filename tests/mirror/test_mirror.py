"""A mirror: what it answers is what its origin answers, whatever is written and whoever is killed meanwhile."""

import subprocess
import sys
import threading
import time
from collections.abc import AsyncIterator, Generator
from contextlib import suppress
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service.app import contract
from service.cli.commands import main
from service.core.errors import Conflict, Unavailable
from service.mirror import following
from service.mirror.following import FollowedService
from service.postgres.database import opened
from tests import bodies
from tests.api.test_rule import World
from tests.clusters import Cluster
from tests.edgar_documents import imported, imported_filers
from tests.edgar_files import FOLDER
from tests.effort import examples
from tests.histories import STEPS
from tests.mirror import asking, living
from tests.processes import eventually
from tests.running import ENVIRONMENT, NO_TLS, PATIENCE, InProcess, Server, free_port

ADDRESS = "http://in.process"


class Breaking(FollowedService):
    """An origin whose exports break off after so many lines."""

    most = 0

    async def lines(self, after: int, log: UUID) -> AsyncIterator[bytes]:
        left = self.most
        async for line in super().lines(after, log):
            if not left:
                raise Unavailable("broken off")
            left -= 1
            yield line


def mirrored(origin: InProcess, dsn: str, key: str | None = None, *, most: int | None = None) -> None:
    """Copy what an origin has more into a database; with `most`, the export breaks off after so many lines."""

    async def copy() -> None:
        sort = FollowedService if most is None else Breaking
        followed = sort(ADDRESS, key, transport=origin.transport())
        if isinstance(followed, Breaking) and most is not None:
            followed.most = most
        async with opened(dsn) as database:
            await following.follow(database, followed, once=True)
        await followed.close()

    origin.run(copy())


def emptied(cluster: Cluster, *services: InProcess) -> None:
    for service in services:
        cluster.emptied(service.dsn)


@pytest.fixture
def copy(cluster: Cluster) -> Generator[InProcess]:
    """The service on an empty database, which is about to become a mirror."""
    with cluster.database() as dsn, InProcess(dsn, cluster.keys["write"]) as service:
        yield service


def test_a_mirror_answers_every_read_as_its_origin_does(
    api: InProcess, copy: InProcess, tmp_path: Path
) -> None:
    fact = living.recorded(api)
    mirrored(api, copy.dsn)
    living.import_edgar(api.dsn, tmp_path)
    api.made(f"/v1/facts/{fact}/retractions", {"version": 1, "reason": "misread"})
    mirrored(api, copy.dsn)
    # a list that came before adds no entry, and is served from now on
    head = api.position()
    assert imported_filers(api.dsn, tmp_path / "1" / "company_tickers.json")[1].documents == 1
    assert api.position() == head
    # nor do lists that come again in turn
    spaced = tmp_path / "spaced"
    spaced.mkdir()
    (spaced / "company_tickers.json").write_text((tmp_path / "1" / "company_tickers.json").read_text() + " ")
    for folder in ("spaced", "1", "spaced", "1"):
        assert imported_filers(api.dsn, tmp_path / folder / "company_tickers.json")[1].refused == []
    assert api.position() == head + 2
    mirrored(api, copy.dsn)
    answered = asking.assert_equal(api, copy)
    reads = {path for path, of in contract().paths.items() if any(one.method == "GET" for one in of)}
    missing = {path for path in reads - answered if not asking.NOT_OF_THE_LOG.fullmatch(path)}
    assert missing == set(), sorted(missing)


def test_a_mirror_has_a_real_document_of_edgars(api: InProcess, copy: InProcess) -> None:
    real = FOLDER / "CIK0001997711.json.gz"
    if not real.exists():
        pytest.skip("../shared/data is absent: the EDGAR files stand there")
    assert imported(api.dsn, real).created > 100
    mirrored(api, copy.dsn)
    asking.assert_equal(api, copy, every=150)


@settings(max_examples=examples(2), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=STEPS, then=STEPS, breaks=st.lists(st.integers(0, 40), max_size=3))
def test_whatever_is_written_and_wherever_an_export_breaks_off_the_mirror_is_equal(
    cluster: Cluster, api: InProcess, copy: InProcess, first: list[Any], then: list[Any], breaks: list[int]
) -> None:
    emptied(cluster, api, copy)
    world = World(api)
    world.play(first)
    for most in breaks:
        with suppress(Unavailable):
            mirrored(api, copy.dsn, most=most)
        assert copy.position() <= api.position()
    world.play(then)
    mirrored(api, copy.dsn)
    asking.assert_equal(api, copy, every=7)


def test_a_mirror_takes_what_is_withheld_only_with_a_key_of_an_admin(
    api: InProcess, copy: InProcess, cluster: Cluster
) -> None:
    living.recorded(api)
    mirrored(api, copy.dsn)
    admin = {"Authorization": f"Bearer {cluster.keys['admin']}"}
    assert copy.get("/v1/export", headers=admin).content == api.get("/v1/export").content
    checked = {"fact": bodies.metric("", "77", citations=[bodies.quote(living.SECRET_ID, "$77")])}
    assert api.post("/v1/checks", checked).status_code == 200
    refused = copy.post("/v1/checks", checked)
    assert (refused.status_code, "withheld from this mirror" in refused.text) == (403, True)
    assert copy.get("/v1/export").content == api.get("/v1/export").content
    cluster.emptied(copy.dsn)
    mirrored(api, copy.dsn, cluster.keys["admin"])
    assert copy.get("/v1/export", headers=admin).content == api.get("/v1/export", headers=admin).content
    assert copy.get("/v1/export").content == api.get("/v1/export").content


def test_a_mirror_is_not_written_to(api: InProcess, copy: InProcess) -> None:
    fact = living.recorded(api)
    mirrored(api, copy.dsn)
    head = copy.position()
    for path, body in (
        ("/v1/companies", {"slug": "other", "name": "Other"}),
        ("/v1/sources", {"title": "Other", "text": "Other"}),
        (f"/v1/facts/{fact}/retractions", {"version": 1, "reason": "misread"}),
    ):
        answer = copy.post(path, body, headers={"Idempotency-Key": path})
        assert (answer.status_code, answer.json()["type"][-9:]) == (403, "read-only")
        assert "a mirror of http://in.process" in answer.json()["detail"]
    lines = {"Content-Type": "application/x-ndjson"}
    assert (
        copy.post("/v1/imports", content=b'{"company":{"slug":"o","name":"O"}}\n', headers=lines).status_code
        == 403
    )
    assert copy.position() == head
    assert copy.found("/readyz")["writes"] == "read-only"
    refused = copy.get("/readyz?for=writes")
    assert (refused.status_code, "a mirror of http://in.process" in refused.text) == (503, True)
    # a mirror can be followed in turn, as the same log
    assert copy.get("/v1/export").headers["log-origin"] == api.get("/v1/export").headers["log-origin"]


def test_an_origin_that_is_away_is_named_with_the_reason_once(copy: InProcess) -> None:
    address = f"http://127.0.0.1:{free_port()}"
    ended = CliRunner().invoke(main, ["mirror", address, "--once", "--database-url", copy.dsn])
    assert ended.exit_code == 1
    assert ended.output.count(f"{address} does not answer") == 1
    assert ended.output.count("All connection attempts failed") == 1


def test_another_log_is_neither_followed_nor_overwritten(
    api: InProcess, copy: InProcess, cluster: Cluster
) -> None:
    copy.made("/v1/companies", {"slug": "own", "name": "Own"})
    api.made("/v1/companies", {"slug": "acme", "name": "Acme"})
    with pytest.raises(Conflict, match="entries of another log"):
        mirrored(api, copy.dsn)
    assert copy.found("/v1/companies")["items"][0]["slug"] == "own"
    cluster.emptied(copy.dsn)
    mirrored(api, copy.dsn)
    cluster.emptied(api.dsn)  # another log from here on, at the same address
    with pytest.raises(Conflict, match="this is a mirror of the log"):
        mirrored(api, copy.dsn)
    assert copy.position() == 1


class Writing:
    """Writes facts one after the other, each until it is acknowledged, until it is told to end."""

    def __init__(self, base: str, key: str) -> None:
        self.acknowledged = 0
        self._http = httpx.Client(base_url=base, headers={"Authorization": f"Bearer {key}"}, verify=NO_TLS)
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._write, daemon=True)

    def __enter__(self) -> "Writing":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.end()
        self._http.close()

    def end(self) -> None:
        self._ended.set()
        self._thread.join(PATIENCE)

    def _write(self) -> None:
        self._until_made("/v1/companies", bodies.company())
        source = self._until_made("/v1/sources", bodies.source("Acme made $13 in all."))["id"]
        while not self._ended.is_set():
            number = self.acknowledged
            body = bodies.metric(source, f"{number}", subject=f"subject-{number % 7}")
            fact = self._until_made("/v1/facts", body)
            if number % 5 == 4:
                taken = {"version": fact["version"], "reason": "misread"}
                self._until_made(f"/v1/facts/{fact['id']}/retractions", taken)

    def _until_made(self, path: str, body: dict[str, Any]) -> Any:
        while True:
            with suppress(httpx.TransportError):
                answer = self._http.post(path, json=body)
                if answer.status_code < 500:
                    assert answer.status_code in {200, 201}, answer.text
                    self.acknowledged += 1
                    return answer.json()
            time.sleep(0.02)


def test_a_mirror_follows_through_kills_of_either_while_the_origin_writes(
    cluster: Cluster, copy: InProcess
) -> None:
    key = cluster.keys["write"]

    def grown(by: int) -> None:
        wanted = copy.position() + by
        assert eventually(lambda: copy.position() >= wanted)

    with cluster.database() as dsn, Server(dsn, key) as origin, Writing(origin.base, key) as writing:
        command = [sys.executable, "-m", "service", "mirror", origin.base, "--database-url", copy.dsn]
        with subprocess.Popen(command, env=ENVIRONMENT, stderr=subprocess.DEVNULL) as follower:
            grown(20)
            follower.kill()
        with subprocess.Popen(command, env=ENVIRONMENT, stderr=subprocess.DEVNULL) as follower:
            grown(20)
            origin.process.kill()
            origin.process.wait()
            written = writing.acknowledged
            with Server(dsn, key, "--port", str(origin.port)) as again:
                assert eventually(lambda: writing.acknowledged > written + 20)
                writing.end()
                assert eventually(lambda: copy.position() == again.position())
                assert follower.poll() is None
                follower.terminate()
                assert again.position() >= writing.acknowledged
        with InProcess(dsn, key) as service:
            asking.assert_equal(service, copy, every=9)
