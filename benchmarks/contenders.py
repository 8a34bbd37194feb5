"""The programs that are compared: ours, the limits and the peers, and how each is started.

Each runs as one process under its usual server, on the same Postgres (Datasette on a
SQLite file of the same rows), with ten connections. Before the measurement, answers are converted to one shape and
compared with ours.
"""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Generator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import psutil

from benchmarks import asking
from benchmarks.asking import Ask, Told
from benchmarks.measuring import PATIENCE, Request
from benchmarks.work import WRITER, WRITER_SOURCE, WRITER_URL

HERE = Path(__file__).parent
ROOT = HERE.parent
OURS = "ours"


class ContenderError(Exception):
    """A contender does not run, or its answer differs from ours."""


class Place(NamedTuple):
    """What is needed to start contenders."""

    directory: Path  # for environments, logs and files
    dsn: str
    sqlite: Path | None = None
    sizes: Mapping[str, int] = {}  # bytes of our answer, by work: what `hello` sends


class Contender(NamedTuple):
    """One program of the comparison."""

    name: str
    meaning: str
    command: Callable[[Place, int], tuple[Sequence[str], dict[str, str]]]  # arguments, environment
    asks: Mapping[str, Ask]  # by names of workloads
    told: Callable[[str, bytes], list[Told]]


class Running(NamedTuple):
    """A running contender."""

    contender: Contender
    base: str
    process: psutil.Process
    seconds: float  # until the first answer
    key: str | None = None  # for writes

    def worker(self) -> psutil.Process:
        """The process that answers requests: the largest child process, or the process itself."""
        children = self.process.children(recursive=True)
        return max(children, key=lambda child: child.memory_info().rss, default=self.process)

    def answer(self, request: Request) -> bytes:
        """The body of an answer. Raises ContenderError."""
        method, path, body, keyed = request
        headers = {"Content-Type": "application/json"} if body else {}
        if self.key is not None and body:
            headers["Authorization"] = f"Bearer {self.key}"
        if keyed:
            headers["Idempotency-Key"] = f"{time.time_ns()}"
        asked = urllib.request.Request(self.base + path, body or None, headers, method=method)
        try:
            with urllib.request.urlopen(asked, timeout=PATIENCE) as answer:
                return answer.read()
        except urllib.error.HTTPError as error:
            raise ContenderError(
                f"{self.contender.name}: {path}: {error.code} {error.read()[:300]!r}"
            ) from error


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=1):
            return True
    except urllib.error.HTTPError as error:
        return error.code < 500  # it is running and has no page at this path
    except OSError:
        return False


@contextlib.contextmanager
def running(contender: Contender, place: Place) -> Generator[Running]:
    """Start a contender, wait for its first answer, and stop it at the end."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    command, environment = contender.command(place, port)
    log = place.directory / f"{contender.name}.log"
    base = f"http://127.0.0.1:{port}"
    with log.open("wb") as output:
        started = time.perf_counter()
        process = psutil.Popen(
            command, cwd=HERE / "peers", env=os.environ | environment, stdout=output, stderr=output,
            stdin=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            while True:
                if _answers(f"{base}/healthz"):
                    break
                if process.poll() is not None or time.perf_counter() - started > PATIENCE:
                    raise ContenderError(f"{contender.name} does not start: {log.read_text()[-2000:]}")
                time.sleep(0.01)
            seconds = time.perf_counter() - started
            yield Running(contender, base, psutil.Process(process.pid), seconds)
        finally:
            with contextlib.suppress(psutil.NoSuchProcess):
                family = [process, *process.children(recursive=True)]
                process.terminate()
                _, left = psutil.wait_procs(family, timeout=10)
                for one in left:
                    one.kill()


# -- ours --------------------------------------------------------------------------------------------------


def interpreter(root: Path) -> str:
    """The Python of a working tree: that of its own environment, where it has one."""
    own = root / ".venv" / "bin" / "python"
    return str(own) if own.exists() else sys.executable


def _serve(
    root: Path, more: Mapping[str, str]
) -> Callable[[Place, int], tuple[Sequence[str], dict[str, str]]]:
    """How the service of a working tree is started."""

    def command(place: Place, port: int) -> tuple[Sequence[str], dict[str, str]]:
        arguments = [
            interpreter(root), "-m", "service", "serve", "--port", str(port), "--database-url", place.dsn,
            "--no-sample",
        ]  # fmt: skip
        settings = {
            "COMPANYFACTS_LOG_FORMAT": "json",
            "COMPANYFACTS_RATE_LIMIT_KEY": "10000000",  # limits are enabled, with high values
            "COMPANYFACTS_RATE_LIMIT_ADDRESS": "10000000",
        }
        return arguments, {**settings, **more, "PYTHONPATH": str(root)}

    return command


def tree(name: str, root: Path, settings: Mapping[str, str] = {}) -> Contender:
    """The service of a working tree."""
    meaning = "companyfacts, every production feature on"
    return Contender(name, meaning, _serve(root, settings), asking.OURS, asking.told_json)


# -- FastAPI -----------------------------------------------------------------------------------------------


def _peers_python(place: Place) -> Path:
    """The Python of the peers' environment, which is created if it is missing or outdated."""
    environment = place.directory / "peers"
    wanted = HERE / "peers" / "requirements.txt"
    installed = environment / "requirements.txt"
    if not installed.exists() or installed.read_text() != wanted.read_text():
        uv = shutil.which("uv")
        if uv is None:
            raise ContenderError("uv, which creates the peers' environment, is not installed")
        subprocess.run(
            [uv, "venv", "--quiet", "--clear", "--python", sys.executable, environment], check=True
        )
        options = ["--quiet", "--python", environment / "bin" / "python", "--requirement", wanted]
        command = [uv, "pip", "install", *options]
        subprocess.run(command, check=True)
        shutil.copy(wanted, installed)
    return environment / "bin" / "python"


def _uvicorn(module: str, scheme: str) -> Callable[[Place, int], tuple[Sequence[str], dict[str, str]]]:
    def command(place: Place, port: int) -> tuple[Sequence[str], dict[str, str]]:
        arguments = [
            str(_peers_python(place)), "-m", "uvicorn", f"{module}:app", "--port", str(port), "--loop", "uvloop",
            "--http", "httptools",
        ]  # fmt: skip
        return arguments, {"DATABASE_URL": place.dsn.replace("postgresql", scheme, 1)}

    return command


# -- PostGraphile ------------------------------------------------------------------------------------------


def _postgraphile(place: Place, port: int) -> tuple[Sequence[str], dict[str, str]]:
    directory = place.directory / "postgraphile"
    files = HERE / "peers" / "postgraphile"
    node = directory / "node_modules" / "node" / "bin" / "node"
    installed = directory / "package.json"
    wanted = files / installed.name
    if not node.exists() or not installed.exists() or installed.read_text() != wanted.read_text():
        npm = shutil.which("npm")
        if npm is None:
            raise ContenderError("npm, which installs PostGraphile, is not installed")
        directory.mkdir(parents=True, exist_ok=True)
        shutil.copy(wanted, installed)
        subprocess.run([npm, "install", "--no-audit", "--no-fund", "--silent"], cwd=directory, check=True)
    # the configuration imports packages from its own directory
    config = Path(shutil.copy(files / "graphile.config.mjs", directory))
    program = directory / "node_modules" / "postgraphile" / "dist" / "cli-run.js"
    arguments = [str(node), str(program), "--config", str(config)]
    environment = {"DATABASE_URL": place.dsn, "PORT": str(port)}
    return arguments, {"GRAPHILE_ENV": "production", "NODE_ENV": "production", **environment}


# -- Datasette ---------------------------------------------------------------------------------------------


def _datasette(place: Place, port: int) -> tuple[Sequence[str], dict[str, str]]:
    if place.sqlite is None:
        raise ContenderError("there is no SQLite file")
    arguments = [
        str(_peers_python(place).with_name("datasette")), "serve", "--immutable", str(place.sqlite), "--metadata",
        str(HERE / "peers" / "datasette.json"), "--port", str(port), "--setting", "max_returned_rows", "5000",
        "--setting", "sql_time_limit_ms", "60000",
    ]  # fmt: skip
    # queries are configured by the database's name, which is the name of the file
    return arguments, {}


# -- the framework's own limit -----------------------------------------------------------------------------


def _hello(place: Place, port: int) -> tuple[Sequence[str], dict[str, str]]:
    arguments = [
        sys.executable, "-m", "granian", "--interface", "asgi", "--loop", "uvloop", "--workers", "1", "--no-ws",
        "--port", str(port), "benchmarks.hello:app",
    ]  # fmt: skip
    sizes = " ".join(str(size) for size in sorted({2, *place.sizes.values()}))
    return arguments, {"PYTHONPATH": str(ROOT), "HELLO_SIZES": sizes}


def admitted(ours: Running, place: Place) -> Running:
    """Ours with a key that may write, and with the company and the source of the assertions."""
    create = ["key", "create", "--scope", "write", "--database-url", place.dsn]
    made = subprocess.run(
        [sys.executable, "-m", "service", *create], cwd=ROOT, capture_output=True, text=True, check=True
    )
    keyed = ours._replace(key=made.stdout.strip())
    company = {"slug": WRITER, "name": "Benchmark writer"}
    source = {"title": WRITER, "publisher": WRITER, "url": WRITER_URL, "published_at": "2025-01-01"}
    keyed.answer(Request("POST", "/v1/companies", msgspec.json.encode(company)))
    told = keyed.answer(Request("POST", "/v1/sources", msgspec.json.encode(source)))
    if msgspec.json.decode(told, type=dict[str, Any])["id"] != WRITER_SOURCE:
        raise ContenderError("the source of assertions got another id")
    return keyed


def paths(ours: Running) -> set[str]:
    """The paths in our OpenAPI document."""
    document = msgspec.json.decode(ours.answer(Request("GET", "/openapi.json")), type=dict[str, Any])
    return set(document["paths"])


CONTENDERS = (
    tree(OURS, ROOT, {"COMPANYFACTS_RECEIVE_TIMEOUT": "86400"}),  # idle connections are held for a whole run
    Contender(
        "fastapi", "FastAPI, SQLAlchemy's ORM, Pydantic, under Uvicorn",
        _uvicorn("fastapi_sqlalchemy", "postgresql+asyncpg"), asking.FASTAPI, asking.told_json,
    ),
    Contender(
        "fastapi_asyncpg", "FastAPI, asyncpg, Pydantic, under Uvicorn",
        _uvicorn("fastapi_asyncpg", "postgresql"), asking.FASTAPI, asking.told_json,
    ),
    Contender(
        "fastapi_equal", "the same, keeping and ranking as much as ours",
        _uvicorn("fastapi_sqlalchemy", "postgresql+asyncpg"), asking.EQUAL, asking.told_json,
    ),
    Contender(
        "asyncpg_equal", "the same, keeping and ranking as much as ours",
        _uvicorn("fastapi_asyncpg", "postgresql"), asking.EQUAL, asking.told_json,
    ),
    Contender("postgraphile", "PostGraphile 5 on Node 22", _postgraphile, asking.GRAPHQL, asking.told_graphql),
    Contender("datasette", "Datasette on SQLite", _datasette, asking.DATASETTE, asking.told_rows),
    Contender("hello", "Litestar under Granian, stored bytes as long as our answer", _hello, {}, asking.told_nothing),
)  # fmt: skip
HELLO = "hello"
PGBENCH = "pgbench"
