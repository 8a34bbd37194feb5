"""The command line, run as real processes with a real Postgres and real signals."""

import contextlib
import json
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator
from pathlib import Path
from typing import ClassVar

import psutil
import pytest

from service.postgres import embedded
from tests.clusters import copied
from tests.processes import Remote, eventually, gone, postmaster
from tests.running import ENVIRONMENT, PATIENCE, free_port

QUESTION = "/v1/lookup?company=alibaba-cloud&kind=market_share&subject=ai-cloud"


def command(*arguments: str) -> list[str]:
    return [str(Path(sys.executable).with_name("companyfacts")), *arguments]


def run(
    *arguments: str, given: bytes | None = None, **environment: str
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        command(*arguments), input=given, capture_output=True, env=ENVIRONMENT | environment, check=False
    )


class Serve(Remote):
    """A process of `companyfacts serve`."""

    started: ClassVar[list["Serve"]] = []

    def __init__(self, data_dir: Path, *flags: str, port: int | None = None, **environment: str) -> None:
        super().__init__(port or free_port())
        self.data_dir = data_dir
        self._output = data_dir.with_name(f"{data_dir.name}-{self.port}.out")
        with self._output.open("wb") as output:
            self.process = psutil.Popen(
                command("serve", "--port", str(self.port), "--data-dir", str(data_dir), *flags),
                env=ENVIRONMENT | environment,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        self.started.append(self)

    def ready(self) -> "Serve":
        assert eventually(lambda: self._answers() or self.process.poll() is not None)
        assert self.process.poll() is None, self.said()
        return self

    def _answers(self) -> bool:
        """Whether this process answers, and not a worker that another one on its port has left for a moment."""
        return "is ready at" in self.said() and self.status("/readyz") == 200

    def said(self) -> str:
        return self._output.read_text()

    def workers(self) -> list[psutil.Process]:
        def is_worker(process: psutil.Process) -> bool:
            return any("spawn_main" in word for word in process.cmdline())

        return [child for child in self.process.children() if is_worker(child)]

    def with_key(self) -> "Serve":
        """Create a write key, and send it with all later requests."""
        made = run("key", "create", "--scope", "write", "--data-dir", str(self.data_dir))
        self.key = made.stdout.decode().strip()
        return self

    def kill(self) -> None:
        with contextlib.suppress(psutil.NoSuchProcess):
            self.process.kill()
        self.process.wait()

    def stop(self) -> int:
        self.process.terminate()
        return self.process.wait(timeout=PATIENCE)


@pytest.fixture(scope="module")
def place() -> Generator[Path]:
    with tempfile.TemporaryDirectory(prefix="cf-") as directory:
        yield Path(directory)


@pytest.fixture(scope="module")
def served(place: Path) -> Generator[Serve]:
    """A service shared by the tests of this module, which do not stop it."""
    serve = Serve(place / "shared", "--workers", "2")
    try:
        yield serve.ready()
    finally:
        assert serve.stop() == 0, serve.said()


@pytest.fixture
def sampled(data_dir: Path, sampled_data_dir: Path) -> Path:
    """A directory of a test's own that was served before, with the sample."""
    return copied(sampled_data_dir, data_dir)


@pytest.fixture
def data_dir(place: Path, request: pytest.FixtureRequest) -> Generator[Path]:
    """A data directory for one test; a Postgres started in it is stopped afterwards."""
    path = place / str(abs(hash(request.node.name)) % 10**6)
    yield path
    for serve in [one for one in Serve.started if one.data_dir == path]:
        serve.kill()
    with contextlib.suppress(FileNotFoundError, psutil.NoSuchProcess):
        left = postmaster(path)
        left.send_signal(signal.SIGQUIT)
        eventually(lambda: gone(left))


# -- serve ------------------------------------------------------------------------------------------


def test_serve_says_where_it_is_and_answers_from_the_sample(served: Serve) -> None:
    base = f"http://127.0.0.1:{served.port}"
    assert eventually(lambda: f"is ready at {base}" in served.said())
    said = served.said()
    assert f"{base}/docs" in said
    assert f"companyfacts key create --scope write --data-dir {served.data_dir}" in said
    assert served.found(QUESTION)["value"]["share"]["value"] == "36"


def test_serve_runs_as_many_workers_as_asked(served: Serve) -> None:
    assert len(served.workers()) == 2


def test_logs_are_json_where_nobody_looks(served: Serve) -> None:
    records = [json.loads(line) for line in served.said().splitlines() if line.startswith("{")]
    assert records
    assert all({"event", "level", "timestamp"} <= set(record) for record in records)


def test_a_key_made_while_it_runs_is_printed_alone_and_writes(served: Serve) -> None:
    made = run("key", "create", "--scope", "write", "--data-dir", str(served.data_dir))
    assert made.returncode == 0, made.stderr.decode()
    key = made.stdout.decode()
    assert len(key.split()) == 1
    assert key.endswith("\n")
    company = {"slug": "made-by-key", "name": "Made by key"}
    assert served.post("/v1/companies", company).status_code == 401
    headers = {"Authorization": f"Bearer {key.strip()}"}
    assert served.post("/v1/companies", company, headers=headers).status_code == 201


def test_a_second_serve_on_the_directory_is_refused_by_name(served: Serve) -> None:
    second = run("serve", "--data-dir", str(served.data_dir), "--port", str(free_port()))
    assert second.returncode == 1
    assert f"{served.data_dir} is in use by process {served.process.pid}" in second.stderr.decode()
    assert b"Traceback" not in second.stderr
    assert served.status("/readyz") == 200


def test_a_port_in_use_is_refused_before_anything_is_started(served: Serve, data_dir: Path) -> None:
    second = run("serve", "--data-dir", str(data_dir), "--port", str(served.port))
    assert second.returncode == 1
    assert f"port {served.port} of 127.0.0.1 is in use" in second.stderr.decode()
    assert not data_dir.exists()


def test_a_host_that_is_not_ours_is_refused_by_name(data_dir: Path) -> None:
    refused = run("serve", "--data-dir", str(data_dir), "--host", "192.0.2.1", "--port", str(free_port()))
    assert refused.returncode == 1
    assert "cannot listen on 192.0.2.1" in refused.stderr.decode()


def test_settings_that_cannot_be_right_are_named(data_dir: Path) -> None:
    refused = run("serve", "--port", "0", COMPANYFACTS_WORKERS="many", COMPANYFACTS_DATA_DIR=str(data_dir))
    assert refused.returncode == 1
    said = refused.stderr.decode()
    assert "COMPANYFACTS_PORT (0)" in said
    assert "COMPANYFACTS_WORKERS (many)" in said
    both = run("serve", "--database-url", "postgresql://a@b/c", "--data-dir", str(data_dir))
    assert both.returncode == 2
    assert "name two databases" in both.stderr.decode()


def test_told_to_stop_it_finishes_requests_and_stops_its_postgres(sampled: Path) -> None:
    serve = Serve(sampled).ready()
    key, database = serve.with_key().key, postmaster(sampled)
    body = json.dumps({"slug": "in-flight", "name": "In flight"}).encode()
    head = f"POST /v1/companies HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {key}\r\n"
    head += f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\nExpect: 100-continue\r\n\r\n"
    with socket.create_connection(("127.0.0.1", serve.port), timeout=PATIENCE) as connection:
        connection.sendall(head.encode() + body[:10])
        begun = connection.recv(65_536)  # 100 Continue: the service reads the body
        assert begun.startswith(b"HTTP/1.1 100"), begun
        serve.process.terminate()
        assert eventually(lambda: "Shutting down" in serve.said())
        connection.sendall(body[10:])
        answer = connection.recv(65_536)
    assert answer.startswith(b"HTTP/1.1 201"), answer
    assert serve.process.wait(timeout=PATIENCE) == 0
    assert gone(database)
    assert "Traceback" not in serve.said()

    again = Serve(sampled).ready()
    assert again.status("/v1/companies/in-flight") == 200
    assert again.stop() == 0


def test_told_to_stop_while_it_starts_it_leaves_nothing_running(data_dir: Path) -> None:
    serve = Serve(data_dir)
    assert eventually(lambda: embedded.running(data_dir) is not None)
    database = postmaster(data_dir)
    assert serve.stop() in {0, 128 + signal.SIGTERM}
    assert gone(database)
    assert serve.workers() == [] if serve.process.is_running() else True


# tells the command to stop while an object is destroyed, where Python drops what the handler raises
UNLUCKY = """
import os, signal
from service.__main__ import main
from service.cli import serving

class Last:
    def __del__(self):
        os.kill(os.getpid(), signal.SIGTERM)
        for _ in range(1000):
            pass

limit = serving._raise_file_limit

def unlucky():
    Last()
    limit()

serving._raise_file_limit = unlucky
main()
"""


def test_told_to_stop_where_it_cannot_be_raised_it_stops_when_it_has_started(sampled: Path) -> None:
    told = subprocess.run(
        [sys.executable, "-c", UNLUCKY, "serve", "--port", str(free_port()), "--data-dir", str(sampled)],
        env=ENVIRONMENT, capture_output=True, timeout=PATIENCE, check=False,
    )  # fmt: skip
    assert b"Exception ignored in" in told.stderr, told.stderr
    assert told.returncode == 0
    assert embedded.running(sampled) is None


def test_after_kill_9_the_workers_end_and_the_same_command_works_again(sampled: Path) -> None:
    serve = Serve(sampled, "--workers", "2").ready()
    company = {"slug": "kept", "name": "Kept"}
    serve.with_key().made("/v1/companies", company)
    workers = serve.workers()
    assert len(workers) == 2
    serve.kill()
    again = Serve(sampled, "--workers", "2", port=serve.port).ready()
    assert all(gone(worker) for worker in workers)
    assert again.status("/v1/companies/kept") == 200
    assert again.stop() == 0


def test_a_worker_that_dies_is_replaced(data_dir: Path) -> None:
    serve = Serve(data_dir, "--no-sample").ready()
    (worker,) = serve.workers()
    worker.kill()
    assert eventually(lambda: gone(worker) and serve.status("/readyz") == 200)
    assert serve.status(QUESTION) == 404, "there is no sample"
    assert serve.stop() == 0


def test_a_database_that_dies_is_a_503_and_then_an_answer(sampled: Path) -> None:
    serve = Serve(sampled).ready()
    workers = serve.workers()
    statuses: set[int] = set()
    for _ in range(3):
        killed = postmaster(sampled)
        killed.kill()
        # its sessions notice a moment later, so an answer right after the kill proves little
        while not (gone(killed) and embedded.running(sampled)):
            statuses.add(serve.status(QUESTION))
            time.sleep(0.02)
        assert eventually(lambda: serve.status(QUESTION) == 200)
    assert statuses <= {200, 503}
    assert 503 in statuses
    assert serve.workers() == workers
    assert serve.stop() == 0


def test_read_only_refuses_writes_and_answers_reads(sampled: Path) -> None:
    serve = Serve(sampled, "--read-only").ready()
    refused = serve.with_key().post("/v1/companies", {"slug": "no", "name": "No"})
    assert refused.status_code == 403
    assert serve.status(QUESTION) == 200
    assert serve.stop() == 0


# -- other commands --------------------------------------------------------------------------------


def test_export_fed_to_import_gives_the_same_export(served: Serve, data_dir: Path) -> None:
    exported = run("export", "--data-dir", str(served.data_dir))
    assert exported.returncode == 0, exported.stderr.decode()
    lines = exported.stdout.splitlines()
    assert len(lines) > 30
    imported = run("import", "ndjson", "-", "--data-dir", str(data_dir), given=exported.stdout)
    assert imported.returncode == 0, imported.stderr.decode()
    assert f"{len(lines)} recorded" in imported.stderr.decode()
    assert run("export", "--data-dir", str(data_dir)).stdout == exported.stdout
    again = run("import", "ndjson", "-", "--data-dir", str(data_dir), given=exported.stdout)
    assert f"0 recorded, {len(lines)} already there" in again.stderr.decode()


def test_a_line_that_is_refused_is_named_and_fails_the_command(served: Serve) -> None:
    given = b'{"company": {"slug": "good", "name": "Good"}}\n{"company": {"slug": "BAD", "name": "Bad"}}\n'
    refused = run("import", "ndjson", "-", "--data-dir", str(served.data_dir), given=given)
    assert refused.returncode == 1
    assert ":2: " in refused.stderr.decode()
    assert served.status("/v1/companies/good") == 404
    partial = run("import", "ndjson", "-", "--partial", "--data-dir", str(served.data_dir), given=given)
    assert partial.returncode == 1
    assert served.status("/v1/companies/good") == 200


def test_migrate_goes_down_and_up(data_dir: Path) -> None:
    for revision in ("head", "base", "head"):
        done = run("migrate", "--revision", revision, "--data-dir", str(data_dir))
        assert done.returncode == 0, done.stderr.decode()
    assert run("export", "--data-dir", str(data_dir)).returncode == 0


def test_a_database_that_is_not_there_is_one_line(data_dir: Path) -> None:
    for arguments in (("migrate",), ("key", "create", "--scope", "read"), ("export",)):
        failed = run(*arguments, "--database-url", f"postgresql://nobody@127.0.0.1:{free_port()}/nothing")
        assert failed.returncode == 1
        assert failed.stderr.startswith(b"Error: "), failed.stderr.decode()
        assert b"Traceback" not in failed.stderr
    assert not data_dir.exists()


def test_openapi_prints_the_document() -> None:
    printed = run("openapi")
    assert printed.returncode == 0, printed.stderr.decode()
    assert json.loads(printed.stdout)["openapi"].startswith("3.1")
