"""The compose file, run with the container engine of this machine."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import yaml

from service.cli.common import KNOWN_PASSWORD
from tests.processes import Remote, eventually
from tests.running import ENVIRONMENT, free_port

ROOT = Path(__file__).resolve().parent.parent
QUESTION = "/v1/lookup?company=alibaba-cloud&kind=market_share&subject=ai-cloud"


def works(*command: str) -> bool:
    return (
        shutil.which(command[0]) is not None
        and subprocess.run(command, capture_output=True, check=False).returncode == 0
    )


def test_the_service_learns_where_it_is_published_and_trusts_nobody_unless_told() -> None:
    described = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    api, migrate, postgres = (described["services"][name] for name in ("api", "migrate", "postgres"))
    assert api["ports"] == ["${API_ADDRESS:-127.0.0.1}:${API_PORT:-8000}:8000"]
    for service in (api, migrate):
        environment = service["environment"]
        assert environment["COMPANYFACTS_PUBLISHED_ADDRESS"] == "${API_ADDRESS:-127.0.0.1}"
        assert environment["PGPASSWORD"] == f"${{POSTGRES_PASSWORD:-{KNOWN_PASSWORD}}}"
        assert environment["COMPANYFACTS_TRUSTED_HOPS"] == "${TRUSTED_HOPS:-0}"
        assert "COMPANYFACTS_TRUSTED_PROXIES" not in environment
    assert postgres["environment"]["POSTGRES_PASSWORD"] == f"${{POSTGRES_PASSWORD:-{KNOWN_PASSWORD}}}"
    assert "ports" not in postgres
    example = dict(re.findall(r"^([A-Z_]+)=(.*)$", (ROOT / ".env.example").read_text(), flags=re.MULTILINE))
    used = dict(re.findall(r"\$\{([A-Z_]+):-([^}]*)\}", (ROOT / "docker-compose.yml").read_text()))
    assert example == used


@pytest.mark.parametrize(
    ("published", "password", "url", "refused"),
    [
        ("0.0.0.0", KNOWN_PASSWORD, "postgresql://companyfacts@127.0.0.1:1/companyfacts", True),
        ("192.0.2.7", KNOWN_PASSWORD, "postgresql://companyfacts@127.0.0.1:1/companyfacts", True),
        ("[::]", "", f"postgresql://companyfacts:{KNOWN_PASSWORD}@127.0.0.1:1/companyfacts", True),
        ("", "", f"postgresql://companyfacts:{quote(KNOWN_PASSWORD)}@127.0.0.1:1/companyfacts", True),
        ("0.0.0.0", "one of my own", "postgresql://companyfacts@127.0.0.1:1/companyfacts", False),
        ("127.0.0.1", KNOWN_PASSWORD, "postgresql://companyfacts@127.0.0.1:1/companyfacts", False),
        ("::1", KNOWN_PASSWORD, "postgresql://companyfacts@127.0.0.1:1/companyfacts", False),
    ],
)
def test_a_password_that_everybody_knows_is_for_loopback_alone(
    published: str, password: str, url: str, *, refused: bool
) -> None:
    environment = ENVIRONMENT | {
        "COMPANYFACTS_HOST": "0.0.0.0",  # as in the image
        "COMPANYFACTS_PORT": str(free_port()),
        "COMPANYFACTS_PUBLISHED_ADDRESS": published,
        "COMPANYFACTS_DATABASE_URL": url,
        "PGPASSWORD": password,
    }
    # with a password of its own, `serve` would serve; `migrate` fails, for there is no database
    for command in ("migrate", "serve") if refused else ("migrate",):
        done = subprocess.run(
            [sys.executable, "-m", "service", command],
            cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 1
        assert ("which everybody knows" in done.stderr) is refused, done.stderr
        assert "Traceback" not in done.stderr


class Compose(Remote):
    """The services of docker-compose.yml, with a unique project name and port."""

    def __init__(self, directory: Path) -> None:
        super().__init__(free_port())
        self._command = ["docker", "compose"] if works("docker", "compose", "version") else ["docker-compose"]
        self._files = ["--file", str(ROOT / "docker-compose.yml")]
        if self._command == ["docker-compose"]:
            # the classic builder of Compose v1 builds in a separate network, which not every machine routes
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
    coming = os.environ.get(
        "ENGINE_COMING"
    )  # a file that is deleted once an engine is up, or has failed to start
    if coming is not None:
        eventually(lambda: not Path(coming).exists())
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


def test_it_answers_from_the_sample(compose: Compose) -> None:
    assert eventually(lambda: compose.status("/readyz") == 200)
    fact = compose.found(QUESTION)
    assert (fact["value"]["share"]["value"], fact["dimensions"]["geography"]) == ("36", "CN")


def test_it_recovers_from_a_restart_of_the_database_without_one_of_its_own(compose: Compose) -> None:
    assert eventually(lambda: compose.status(QUESTION) == 200)
    before = compose.get(QUESTION)
    started = compose.inspect("api")["State"]["StartedAt"]
    compose("stop", "postgres")
    away = compose.get(QUESTION)
    assert away.status_code == 503
    assert "Retry-After" in away.headers
    assert compose.status("/readyz") == 503
    assert compose.status("/healthz") == 200, "alive, so that nothing restarts it"
    compose("start", "postgres")
    assert eventually(lambda: compose.status(QUESTION) == 200)
    assert compose.get(QUESTION).content == before.content
    assert compose.inspect("api")["State"]["StartedAt"] == started


def test_a_key_made_inside_writes(compose: Compose) -> None:
    assert eventually(lambda: compose.status("/readyz") == 200)
    company = {"slug": "made-in-a-container", "name": "Made in a container"}
    assert compose.post("/v1/companies", company).status_code == 401
    key = compose("exec", "-T", "api", "companyfacts", "key", "create", "--scope", "write")
    assert len(key.split()) == 1
    headers = {"Authorization": f"Bearer {key.strip()}"}
    assert compose.post("/v1/companies", company, headers=headers).status_code == 201


def test_the_container_has_no_more_than_it_needs(compose: Compose) -> None:
    described = compose.inspect("api")
    assert described["HostConfig"]["ReadonlyRootfs"] is True
    assert described["HostConfig"]["CapDrop"] == ["ALL"]
    assert [port["HostIp"] for port in described["HostConfig"]["PortBindings"]["8000/tcp"]] == ["127.0.0.1"]
    assert compose("exec", "-T", "api", "id", "-u").strip() == "10001"
    assert eventually(lambda: compose.inspect("api")["State"]["Health"]["Status"] == "healthy")


def test_it_is_not_published_beyond_loopback_with_the_password_that_everybody_knows(compose: Compose) -> None:
    described = json.loads(
        subprocess.check_output(["docker", "inspect", compose("ps", "-q", "api").strip()])
    )[0]
    command = ["docker", "run", "--rm", "--env", "COMPANYFACTS_PUBLISHED_ADDRESS=0.0.0.0"]
    for setting in (
        "COMPANYFACTS_DATABASE_URL=postgresql://companyfacts@postgres/companyfacts",
        f"PGPASSWORD={KNOWN_PASSWORD}",
    ):
        command += ["--env", setting]
    done = subprocess.run(
        [*command, described["Image"], "serve"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "which everybody knows" in done.stderr


def test_it_stops_in_order_when_told(compose: Compose) -> None:
    compose("stop", "api")
    assert compose.inspect("api")["State"]["ExitCode"] == 0
    compose("start", "api")
