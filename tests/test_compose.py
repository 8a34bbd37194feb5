"""The compose file, brought up for real with whatever container engine is here."""

import http.client
import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
QUESTION = "/v1/lookup?company=alibaba-cloud&kind=market_share&subject=ai-cloud"


def works(*command: str) -> bool:
    return (
        shutil.which(command[0]) is not None
        and subprocess.run(command, capture_output=True, check=False).returncode == 0
    )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Compose:
    """The services of docker-compose.yml under a project name of their own, on a port of their own."""

    def __init__(self, directory: Path) -> None:
        self.port = free_port()
        self._command = ["docker", "compose"] if works("docker", "compose", "version") else ["docker-compose"]
        self._files = ["--file", str(ROOT / "docker-compose.yml")]
        if self._command == ["docker-compose"]:
            # the classic builder behind v1 gives builds a network of their own, which not every machine routes
            build = {"build": {"context": str(ROOT), "network": "host"}}
            override = directory / "network.json"
            override.write_text(json.dumps({"services": {"migrate": build, "api": build}}))
            self._files += ["--file", str(override)]
        self._project = ["--project-name", f"companyfacts-test-{os.getpid()}"]
        self._environment = os.environ | {
            "API_PORT": str(self.port),
            "POSTGRES_PASSWORD": "p@ss:w/rd#?% of a test",
        }

    def __call__(self, *arguments: str) -> str:
        command = [*self._command, *self._files, *self._project, *arguments]
        done = subprocess.run(
            command, cwd=ROOT, env=self._environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{' '.join(arguments)}:\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def request(self, method: str, path: str, body: Any = None, *, key: str = "") -> tuple[int, Any]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {key}"} if key else {})
        try:
            connection.request(method, path, None if body is None else json.dumps(body), headers)
            response = connection.getresponse()
            return response.status, json.loads(response.read())
        except (OSError, http.client.HTTPException):
            return 0, None
        finally:
            connection.close()

    def inspect(self, service: str) -> Any:
        container = self("ps", "--all", "--quiet", service).strip()
        return json.loads(subprocess.check_output(["docker", "inspect", container]))[0]

    def logs(self) -> str:
        command = [*self._command, *self._files, *self._project, "logs", "--no-color"]
        return subprocess.run(
            command, cwd=ROOT, env=self._environment, capture_output=True, text=True, check=False
        ).stdout


@pytest.fixture(scope="module")
def compose(tmp_path_factory: pytest.TempPathFactory) -> Generator[Compose]:
    if not works("docker", "info"):
        pytest.skip("no container engine answers here")
    if not (works("docker", "compose", "version") or works("docker-compose", "version")):
        pytest.skip("no container engine with compose is here")
    if not (works("docker", "image", "inspect", "postgres:18") or works("docker", "pull", "postgres:18")):
        pytest.skip("no container engine that has, or can pull, postgres:18")
    compose = Compose(tmp_path_factory.mktemp("compose"))
    try:
        compose("up", "--detach", "--build")
        yield compose
    finally:
        print(compose.logs()[-20_000:])  # noqa: T201 - shown by pytest where a test fails
        compose("down", "--volumes", "--remove-orphans")


def eventually(holds: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + 120
    while not holds() and time.monotonic() < deadline:
        time.sleep(0.2)
    return holds()


def test_it_answers_from_the_sample(compose: Compose) -> None:
    assert eventually(lambda: compose.request("GET", "/readyz")[0] == 200)
    status, fact = compose.request("GET", QUESTION)
    assert (status, fact["value"]["share"]["value"], fact["dimensions"]["geography"]) == (200, "36", "CN")


def test_it_recovers_from_a_restart_of_the_database_without_one_of_its_own(compose: Compose) -> None:
    assert eventually(lambda: compose.request("GET", QUESTION)[0] == 200)
    _, before = compose.request("GET", QUESTION)
    started = compose.inspect("api")["State"]["StartedAt"]
    compose("stop", "postgres")
    assert compose.request("GET", QUESTION)[0] == 503
    assert compose.request("GET", "/readyz")[0] == 503
    assert compose.request("GET", "/healthz")[0] == 200, "alive, so that nothing restarts it"
    compose("start", "postgres")
    assert eventually(lambda: compose.request("GET", QUESTION)[0] == 200)
    assert compose.request("GET", QUESTION) == (200, before)
    assert compose.inspect("api")["State"]["StartedAt"] == started


def test_a_key_made_inside_writes(compose: Compose) -> None:
    assert eventually(lambda: compose.request("GET", "/readyz")[0] == 200)
    company = {"slug": "made-in-a-container", "name": "Made in a container"}
    assert compose.request("POST", "/v1/companies", company)[0] == 401
    key = compose("exec", "-T", "api", "companyfacts", "key", "create", "--scope", "write").strip()
    assert "\n" not in key
    status, _ = compose.request("POST", "/v1/companies", company, key=key)
    assert status == 201


def test_the_container_has_no_more_than_it_needs(compose: Compose) -> None:
    described = compose.inspect("api")
    assert described["HostConfig"]["ReadonlyRootfs"] is True
    assert described["HostConfig"]["CapDrop"] == ["ALL"]
    assert [port["HostIp"] for port in described["HostConfig"]["PortBindings"]["8000/tcp"]] == ["127.0.0.1"]
    assert compose("exec", "-T", "api", "id", "-u").strip() == "10001"
    assert eventually(lambda: compose.inspect("api")["State"]["Health"]["Status"] == "healthy")


def test_it_stops_in_order_when_told(compose: Compose) -> None:
    compose("stop", "api")
    assert compose.inspect("api")["State"]["ExitCode"] == 0
    compose("start", "api")
