"""What the database fails at, for real: each failure gets a problem that names it, a line in the log, and loses nothing."""

import asyncio
import errno
import json
import os
import secrets
import subprocess
import tempfile
import time
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import asyncpg
import httpx
import pytest

from service.operations.keys import create_key
from service.postgres import embedded
from service.postgres.database import opened
from service.postgres.disk import RESERVE, SEGMENT
from service.postgres.migration import migrate
from tests.bodies import company, source
from tests.clusters import execute, fetch, head_held, run
from tests.processes import eventually
from tests.running import Server

QUICK = {"COMPANYFACTS_STATEMENT_TIMEOUT": "1", "COMPANYFACTS_POOL_MAX": "3"}


class Place(NamedTuple):
    """A Postgres of these tests alone, whose database is migrated."""

    dsn: str
    key: str
    log: Path


async def prepared(dsn: str) -> str:
    await migrate(dsn)
    async with opened(dsn) as database:
        return await create_key(database, "write")


@pytest.fixture(scope="module")
def place() -> Generator[Place]:
    with tempfile.TemporaryDirectory(prefix="cf-fail-") as directory:
        data = Path(directory) / "data"
        with embedded.serving(data, max_connections=15, parameters={"fsync": "off"}) as dsn:
            yield Place(dsn, run(prepared(dsn)), data / "postgres.log")


@pytest.fixture(scope="module")
def service(place: Place) -> Generator[Server]:
    with Server(place.dsn, place.key, **QUICK) as running:
        yield running


def refused(
    service: Server, method: str, path: str, kind: str = "unavailable", **parts: Any
) -> dict[str, Any]:
    """The log's line about a request that the database fails at."""
    answer = service.request(method, path, **parts)
    problem = answer.json()
    assert (answer.status_code, problem["type"]) == (503, f"/docs/problems/{kind}"), problem
    assert answer.headers["retry-after"]
    lines: list[dict[str, Any]] = []

    def logged() -> bool:
        told = (json.loads(line) for line in service.said().splitlines() if line.startswith("{"))
        lines[:] = [
            one
            for one in told
            if one["level"] == "warning" and one.get("request_id") == problem["request_id"]
        ]
        return bool(lines)

    assert eventually(logged), service.said()
    (line,) = lines
    assert line["event"] == problem["detail"]
    return line


def recorded(answer: httpx.Response) -> None:
    assert answer.status_code == 201, answer.text


def test_a_statement_that_takes_too_long(service: Server, place: Place) -> None:
    before = service.position()
    run(
        execute(
            place.dsn,
            "create function sleepy() returns trigger language plpgsql as"
            " $$ begin perform pg_sleep(600); return new; end $$",
            "create trigger sleepy before insert on companies for each row execute function sleepy()",
        )
    )
    line = refused(service, "POST", "/v1/companies", json=company("slow"))
    assert (line["sqlstate"], line["statement"], line["operation"]) == (
        "57014",
        "insert_company",
        "postCompany",
    )
    assert "took longer" in line["event"]
    assert service.position() == before
    run(execute(place.dsn, "drop trigger sleepy on companies", "drop function sleepy"))
    recorded(service.post("/v1/companies", company("slow")))
    assert "57014 ERROR" in place.log.read_text()  # the embedded Postgres tells its errors, too


def test_a_lock_that_is_held(service: Server, place: Place) -> None:
    before = service.position()

    async def ask() -> dict[str, Any]:
        async with head_held(place.dsn):
            return await asyncio.to_thread(refused, service, "POST", "/v1/companies", json=company("waiting"))

    line = run(ask())
    assert (line["sqlstate"], line["statement"]) == ("55P03", "lock_head")
    assert "lock" in line["event"]
    assert service.position() == before
    recorded(service.post("/v1/companies", company("waiting")))


def test_connections_that_are_used_up(service: Server, place: Place) -> None:
    before = service.position()

    async def ask() -> dict[str, Any]:
        held: list[asyncpg.Connection[asyncpg.Record]] = []
        try:
            first: asyncpg.Connection[asyncpg.Record] = await asyncpg.connect(place.dsn)
            held.append(first)
            ended = await first.fetch(
                "select pg_terminate_backend(pid, 10000) from pg_stat_activity where application_name = 'companyfacts'"
            )
            assert all(row[0] for row in ended)
            while True:
                try:
                    held.append(await asyncpg.connect(place.dsn))
                except asyncpg.TooManyConnectionsError:
                    break
            return await asyncio.to_thread(refused, service, "GET", "/v1/facts")
        finally:
            for connection in held:
                await connection.close()

    line = run(ask())
    assert line["sqlstate"] == "53300"
    assert "connections" in line["event"]
    assert eventually(lambda: service.get("/v1/facts").status_code == 200)
    assert service.position() == before


def test_a_table_that_is_gone(service: Server, place: Place) -> None:
    run(execute(place.dsn, "alter table concepts rename to gone"))
    try:
        line = refused(service, "GET", "/v1/concepts")
    finally:
        run(execute(place.dsn, "alter table gone rename to concepts"))
    assert (line["sqlstate"], line["statement"]) == ("42P01", "concept_list")
    assert "companyfacts migrate" in line["event"]
    assert service.get("/v1/concepts").status_code == 200


def test_a_column_that_is_missing(service: Server, place: Place) -> None:
    """A schema of an older release."""
    run(execute(place.dsn, "alter table concepts rename column label to former"))
    try:
        line = refused(service, "GET", "/v1/concepts")
    finally:
        run(execute(place.dsn, "alter table concepts rename column former to label"))
    assert (line["sqlstate"], line["statement"]) == ("42703", "concept_list")


def test_all_connections_of_the_worker_are_in_use(place: Place) -> None:
    wait = {"COMPANYFACTS_STATEMENT_TIMEOUT": "600", "COMPANYFACTS_POOL_TIMEOUT": "0.2"}

    async def ask(service: Server) -> dict[str, Any]:
        async with head_held(place.dsn):
            # the one connection there is waits for the head of the log
            waiting = asyncio.create_task(asyncio.to_thread(service.post, "/v1/companies", company("last")))
            while True:
                rows = await fetch(
                    place.dsn,
                    "select from pg_stat_activity where wait_event_type = 'Lock' and query like '/* lock_head%'",
                )
                if rows:
                    break
            line = await asyncio.to_thread(refused, service, "GET", "/v1/facts")
        recorded(await waiting)
        return line

    with Server(place.dsn, place.key, **QUICK | wait | {"COMPANYFACTS_POOL_MAX": "1"}) as service:
        line = run(ask(service))
    assert "in use" in line["event"]


# -- a full disk ---------------------------------------------------------------------------------


@contextmanager
def mounted(megabytes: int) -> Generator[Path]:
    """A directory on a disk of some megabytes."""
    with tempfile.TemporaryDirectory(prefix="cf-disk-") as directory:
        if os.geteuid() != 0:
            pytest.skip("only root mounts a small disk")
        mounting = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "companyfacts-test", directory]
        done = subprocess.run(mounting, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            pytest.skip(f"no small disk can be mounted here: {done.stderr.strip()}")
        try:
            yield Path(directory)
        finally:
            subprocess.run(["umount", "--lazy", directory], check=True)


@pytest.fixture
def small_disk() -> Generator[Path]:
    with mounted(24) as directory:
        yield directory


def test_a_full_disk(place: Place, service: Server, small_disk: Path) -> None:
    """Nothing can be recorded, reads go on, and all that was recorded is there; then there is room again."""
    del service  # its position is not of this database
    status = place.log.parent.joinpath("postgres").stat()
    os.chown(small_disk, status.st_uid, status.st_gid)
    with ExitStack() as stack:
        connected = (
            "select pg_terminate_backend(pid, 10000) from pg_stat_activity where datname = 'companyfacts'"
        )
        admin = place.dsn.replace("/companyfacts?", "/postgres?")
        run(execute(admin, f"create tablespace small location '{small_disk}'"))
        run(execute(admin, connected, "create database small template companyfacts tablespace small"))
        stack.callback(
            lambda: run(execute(admin, "drop database small with (force)", "drop tablespace small"))
        )
        full = stack.enter_context(Server(place.dsn.replace("/companyfacts?", "/small?"), place.key))
        made: list[tuple[str, str]] = []
        began = full.position()
        assert full.found("/readyz")["writes"] == "possible"

        def post(size: int) -> httpx.Response:
            text = secrets.token_hex(size)
            answer = full.post("/v1/sources", source(text, redistribute=True))
            if answer.status_code == 201:
                made.append((answer.json()["id"], text))
            return answer

        sizes = [200_000, 20_000, 2_000]  # until not even a small one has room
        while sizes:
            if post(sizes[0]).status_code != 201:
                del sizes[0]
        line = refused(full, "POST", "/v1/sources", "storage-full", json=source(secrets.token_hex(200_000)))
        assert line["sqlstate"] == "53100"
        assert line["statement"] in {
            "insert_snapshot",
            "insert_sources",
            "insert_passages",
            "insert_passage_words",
        }
        position = full.position()
        assert position == began + 2 * len(made)
        # reads go on
        assert full.found("/readyz")["writes"] == "storage-full"
        answer = full.get("/readyz", params={"for": "writes"})
        assert (answer.status_code, answer.json()["type"]) == (503, "/docs/problems/storage-full")
        for name, text in made:
            assert full.get(f"/v1/sources/{name}/text").text == text
        # room comes back, and nothing has to be started anew
        subprocess.run(["mount", "-o", "remount,size=64m", str(small_disk)], check=True)
        assert eventually(lambda: full.get("/readyz", params={"for": "writes"}).status_code == 200)
        assert full.found("/readyz")["writes"] == "possible"
        recorded(post(200_000))
        assert full.position() == position + 2


def filled(disk: Path, left: int) -> None:
    """Leave so many bytes of the disk free, by a file that others have written to it."""
    with (disk / "others").open("ab") as others:
        while True:
            free = os.statvfs(disk)
            has = os.fstat(others.fileno()).st_blocks * 512
            size = has + free.f_bavail * free.f_frsize - left
            os.truncate(others.fileno(), max(size, 0))
            try:
                os.posix_fallocate(others.fileno(), 0, max(size, 1))
            except OSError as error:
                if error.errno != errno.ENOSPC:
                    raise
                time.sleep(0.01)  # Postgres has taken some of it meanwhile
            else:
                return


def test_a_full_disk_that_data_and_wal_share() -> None:
    """The embedded Postgres stops where its WAL finds no room, so writes are refused while there still is some."""
    small = {"shared_buffers": "16MB", "max_wal_size": "64MB", "min_wal_size": "32MB", "fsync": "off"}
    with ExitStack() as stack:
        disk = stack.enter_context(mounted(250))
        dsn = stack.enter_context(embedded.serving(disk / "data", max_connections=15, parameters=small))
        service = stack.enter_context(Server(dsn, run(prepared(dsn)), **QUICK))
        recorded(service.post("/v1/companies", company("before")))
        position = service.position()
        path = "/v1/companies/before"

        filled(disk, left=RESERVE - 1)
        line = refused(service, "POST", "/v1/companies", "storage-full", json=company("refused"))
        assert line["cause"] == f"less than {RESERVE} bytes are free"
        assert service.found("/readyz") == {"status": "ready", "position": position, "writes": "storage-full"}
        assert service.get("/readyz", params={"for": "writes"}).status_code == 503
        filled(disk, left=0)
        refused(service, "POST", "/v1/companies", "storage-full", json=company("refused"))
        for _ in range(3):
            assert service.get(path).status_code == 200
        assert service.get("/v1/search", params={"q": "before"}).status_code == 200
        filled(disk, left=2 * RESERVE)
        assert service.get("/readyz", params={"for": "writes"}).status_code == 200
        recorded(service.post("/v1/companies", company("between")))

        # somebody else writes until the disk is full: Postgres stops, and the answers say why
        filled(disk, left=SEGMENT)
        with pytest.raises((asyncpg.PostgresError, asyncpg.InterfaceError, OSError)):
            run(
                execute(
                    dsn,
                    "create table filling (words text)",
                    "insert into filling select repeat(md5(n::text), 20) from generate_series(1, 300000) n",
                )
            )
        filled(disk, left=0)

        def stopped() -> bool:
            return service.get(path).status_code == 503

        assert eventually(stopped)
        line = refused(service, "GET", path, "storage-full")
        assert "it goes on by itself" in line["event"]
        answer = service.get("/readyz")
        assert (answer.status_code, answer.json()["type"]) == (503, "/docs/problems/storage-full")

        (disk / "others").unlink()
        assert eventually(lambda: service.get("/readyz", params={"for": "writes"}).status_code == 200)
        recorded(service.post("/v1/companies", company("after")))
        assert service.position() == position + 2
