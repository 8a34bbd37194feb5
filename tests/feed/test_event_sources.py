"""Unmodified `EventSource` clients follow the log through `kill -9` of the service and of its database."""

import shutil
import subprocess
import tempfile
from collections.abc import Callable, Generator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import httpx
import pytest

from service.operations.keys import create_key
from service.postgres import embedded
from service.postgres.database import opened
from tests.bodies import company
from tests.clusters import copied, run
from tests.contract.browser import CHROMIUM, Browser
from tests.keeping import npm_locked
from tests.processes import eventually, killed, postgres
from tests.running import InProcess
from tests.test_cli import Serve

FOLLOW = Path(__file__).parent / "eventsource"
NODE = None if shutil.which("npm") is None else shutil.which("node")
BEGUN = """
window.told = [];
window.source = new EventSource('/v1/changes?after=0');
source.onmessage = event => told.push(Number(event.lastEventId));
true"""
Told = Callable[[], list[int]]  # the positions that a client was told of so far


async def write_key(data_dir: Path) -> str:
    async with opened(str(embedded.running(data_dir))) as held:
        return await create_key(held, "write")


@contextmanager
def in_node(url: str, output: Path) -> Generator[Told]:
    """The client for Node."""
    place = npm_locked("eventsource", FOLLOW, "follow.js")
    with (
        output.open("wb") as lines,
        subprocess.Popen([str(NODE), place / "follow.js", url], stdout=lines) as client,
    ):
        yield lambda: [int(line) for line in output.read_text().split()]
        client.kill()


@contextmanager
def in_browser(base: str) -> Generator[Told]:
    """A page of the service's own in Chromium."""
    with Browser() as browser:
        browser.open(f"{base}/companies")
        assert browser.value(BEGUN) is True
        yield lambda: browser.value("told")


class Story:
    """A service that is killed while clients follow it."""

    def __init__(self, data_dir: Path) -> None:
        self.serve = Serve(data_dir, "--no-sample").ready()
        self.serve.key = run(write_key(data_dir))
        self.written = 0

    def write(self, clients: list[Told]) -> None:
        """Record three entries, however often they have to be sent, and wait until all clients are told."""
        for _ in range(3):
            assert eventually(self._is_written)
            self.written += 1
        assert eventually(lambda: all(len(told()) >= self.written for told in clients)), [
            told() for told in clients
        ]

    def _is_written(self) -> bool:
        with suppress(httpx.TransportError):
            return self.serve.post("/v1/companies", company(f"company-{self.written}")).status_code in {
                200,
                201,
            }
        return False

    def asked(self) -> int:
        """How many answers to followers are over."""
        return self.serve.said().count('"operation":"listChanges"')

    def kill_database(self, clients: list[Told]) -> None:
        """Kill Postgres, and let it be started again only when each client has come back and was answered."""
        asked = self.asked()
        self.serve.process.suspend()  # who starts it again; the worker goes on
        killed(postgres(self.serve.data_dir))
        assert eventually(lambda: self.asked() >= asked + 2 * len(clients))
        self.serve.process.resume()

    def kill_everything(self) -> None:
        """Kill the service and Postgres at once, and start the service again."""
        family = postgres(self.serve.data_dir)
        self.serve.kill()
        killed(family)
        key = self.serve.key
        self.serve = Serve(self.serve.data_dir, "--no-sample", port=self.serve.port)
        self.serve.key = key

    def end(self) -> None:
        self.serve.process.resume()
        self.serve.kill()
        killed(postgres(self.serve.data_dir))


@pytest.fixture(scope="module")
def told(used_data_dir: Path) -> Generator[dict[str, list[int]]]:
    """What each client that this machine has was told through all kills, and under `log` what it should have been."""
    with tempfile.TemporaryDirectory(prefix="cf-") as directory, ExitStack() as stack:
        story = Story(copied(used_data_dir, Path(directory) / "data"))
        stack.callback(story.end)
        base = f"http://127.0.0.1:{story.serve.port}"
        clients: dict[str, Told] = {}
        if NODE is not None:
            clients["node"] = stack.enter_context(
                in_node(f"{base}/v1/changes?after=0", Path(directory) / "node.out")
            )
        if CHROMIUM is not None:
            clients["browser"] = stack.enter_context(in_browser(base))
        following = list(clients.values())
        story.write(following)
        story.kill_database(following)
        story.write(following)
        story.kill_everything()
        story.write(following)
        head = story.serve.position()
        yield {"log": list(range(1, head + 1)), **{name: told() for name, told in clients.items()}}


@pytest.mark.skipif(NODE is None, reason="Node is not on this machine")
def test_the_client_for_node_misses_nothing_and_is_told_nothing_twice(told: dict[str, list[int]]) -> None:
    assert told["node"] == told["log"]


@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not on this machine")
def test_a_browser_misses_nothing_and_is_told_nothing_twice(told: dict[str, list[int]]) -> None:
    assert told["browser"] == told["log"]


def test_events_end_at_once_while_the_database_is_away() -> None:
    """Any other status than 200 would end an EventSource for good."""
    with InProcess("postgresql://nobody@/nothing?host=/nowhere", None) as away:
        for query in ("", "?company=acme", "?after=7"):
            answer = away.get(f"/v1/changes{query}", headers={"Accept": "text/event-stream"})
            assert (answer.status_code, answer.text) == (200, "retry: 1000\n\n"), query
        resumed = away.get("/v1/changes", headers={"Accept": "text/event-stream", "Last-Event-ID": "12"})
        assert resumed.headers["log-position"] == "12"
        assert away.get("/v1/changes").status_code == 503
