"""An ordinary start of `serve`: the modules that it must not import, and its output on a terminal."""

import json
import os
import re
import signal
import subprocess
import tempfile
from collections.abc import Generator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from tests.processes import Remote, eventually, gone, postmaster
from tests.running import ENVIRONMENT, free_port
from tests.test_cli import Serve, command

QUESTION = "/v1/lookup?company=alibaba-cloud&kind=market_share&subject=ai-cloud"
# modules for migrating, recording, reading passages, checking identifiers, rendering guides, finding an orphaned Postgres
UNUSED = {
    "alembic", "sqlalchemy", "mako", "lxml", "html_text", "markdown_it", "stdnum", "swagger_ui", "psutil", "rich",
    "webencodings",
}  # fmt: skip
UNUSED_ROOMS = {
    "service.evidence.check", "service.evidence.reading.languages.en", "service.evidence.reading.reader",
    "service.operations.sample", "service.edgar.importer", "service.operations.verifying", "service.postgres.migration",
}  # fmt: skip
OF_WORKERS = {
    "litestar",
    "prometheus_client",
    "service.app",
    "service.api",
    "service.web",
    "service.operations",
    "zstandard",
}
OF_COMMANDS = {"click", "service.cli", "service.postgres.embedded"}


@pytest.fixture(scope="module")
def place() -> Generator[Path]:
    with tempfile.TemporaryDirectory(prefix="cf-") as directory:
        yield Path(directory)


@pytest.fixture(scope="module")
def data_dir(place: Path) -> Generator[Path]:
    """A data directory with cluster, schema and sample."""
    path = place / "data"
    made = subprocess.run(
        command("migrate", "--sample", "--data-dir", str(path)),
        env=ENVIRONMENT,
        capture_output=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr.decode()
    yield path
    _end(path)


def _end(data_dir: Path) -> None:
    """Stop a Postgres that a failed test left running."""
    with suppress(FileNotFoundError, psutil.NoSuchProcess):
        left = postmaster(data_dir)
        left.send_signal(signal.SIGQUIT)
        eventually(lambda: gone(left))


def imported(profile: str) -> set[str]:
    """The modules and packages named in `-X importtime` output, possibly of several processes."""
    names = re.findall(r"^import time: +\d+ \| +\d+ \| +([\w.]+)$", profile, re.MULTILINE)
    return {
        ".".join(parts[:end])
        for parts in (name.split(".") for name in names)
        for end in range(1, len(parts) + 1)
    }


def test_a_start_that_changes_nothing_imports_only_what_answers(data_dir: Path) -> None:
    serve = Serve(data_dir, PYTHONPROFILEIMPORTTIME="1").ready()
    try:
        assert serve.status(QUESTION) == 200, "the sample is there"
    finally:
        assert serve.stop() == 0, serve.said()
    parent, _, later = serve.said().partition("Spawning worker-1")
    in_parent, in_worker = imported(parent), imported(later)
    assert {"granian", "asyncpg", "service.cli"} <= in_parent
    assert {"litestar", "asyncpg", "service.app", "service.worker"} <= in_worker
    assert (in_parent | in_worker) & (UNUSED | UNUSED_ROOMS) == set()
    assert in_parent & OF_WORKERS == set()
    assert in_worker & OF_COMMANDS == set()


# -- on a terminal ---------------------------------------------------------------------------------


class Terminal(Remote):
    """A `serve` process attached to a terminal."""

    def __init__(self, data_dir: Path, *flags: str) -> None:
        super().__init__(free_port())
        self._ours, theirs = os.openpty()
        os.set_blocking(self._ours, False)
        self.process = subprocess.Popen(
            command("serve", "--port", str(self.port), "--data-dir", str(data_dir), *flags),
            env=ENVIRONMENT, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True,
        )  # fmt: skip
        os.close(theirs)
        self._shown = b""

    def shown(self) -> list[str]:
        """The lines printed so far."""
        with suppress(BlockingIOError, OSError):  # nothing new, or the other end is closed
            while more := os.read(self._ours, 65_536):
                self._shown += more
        return self._shown.decode().splitlines()

    def asked(self) -> list[str]:
        """The lines printed by a start, one request and a stop."""
        try:
            assert eventually(
                lambda: any("is ready at" in line for line in self.shown()) or self.process.poll() is not None
            )
            assert self.status("/healthz") == 200, (
                self.shown()
            )  # must succeed at once, because it printed that it is ready
            assert eventually(lambda: any("/healthz" in line for line in self.shown()))
            self.process.terminate()
            # keep reading: a terminal that nobody reads blocks the writer
            assert eventually(lambda: bool(self.shown()) and self.process.poll() is not None)
            return self.shown()
        finally:
            if self.process.poll() is None:
                self.process.kill()
                self.process.wait()
            os.close(self._ours)


def banner(port: int, data_dir: Path) -> list[str]:
    base = f"http://127.0.0.1:{port}"
    return [
        f"companyfacts 0.1.0 is ready at {base}",
        f"  home page       {base}/",
        f"  documentation   {base}/docs",
        f"  a write key     companyfacts key create --scope write --data-dir {data_dir}",
        f"  data            {data_dir}",
    ]


def test_a_person_sees_the_banner_and_the_requests(place: Path) -> None:
    path = place / "first"
    try:
        terminal = Terminal(path)  # creates the cluster, migrates, loads the sample
        first, *shown = terminal.asked()
        assert first == f"first start: making a database in {path}"
        again = Terminal(path)
        assert again.asked()[:5] == banner(again.port, path)
    finally:
        _end(path)
    assert shown[:5] == banner(terminal.port, path)
    (request,) = shown[5:]
    assert re.fullmatch(r"\d\d:\d\d:\d\d GET /healthz 200 \d+\.\d ms [0-9a-f]{24}", request), request


@pytest.mark.parametrize("flags", [("--log-level", "debug"), ("--log-format", "json")])
def test_all_is_shown_to_who_asks_for_it(data_dir: Path, flags: tuple[str, str]) -> None:
    terminal = Terminal(data_dir, *flags)
    shown = terminal.asked()
    assert set(banner(terminal.port, data_dir)) <= set(shown)
    said = [line for line in shown if "Spawning worker-1" in line]
    assert said
    if "json" in flags:
        records = [json.loads(line) for line in shown if line not in banner(terminal.port, data_dir)]
        assert all({"event", "level", "timestamp"} <= set(record) for record in records)
    else:
        assert re.match(r"\d\d:\d\d:\d\d info: Spawning worker-1", said[0])
