"""Who is asked: ours, the limits and the peers. How each is started, asked, and understood.

Everybody runs as one process under the server it usually runs under, on the same Postgres (Datasette on a
SQLite file of the same rows), with ten connections to it. Each answer is brought into one shape, and
compared with ours, before anything is timed.
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
from urllib.parse import urlencode

import msgspec
import psutil

from benchmarks.measuring import Request
from benchmarks.work import LIST, Question

HERE = Path(__file__).parent
ROOT = HERE.parent
OURS = "ours"

Told = tuple[str, int, str]  # id, version, value of a fact: what all must agree on


class ContenderError(Exception):
    """A contender cannot be run, or answers something else than ours."""


class Place(NamedTuple):
    """What contenders are started with."""

    directory: Path  # for environments, logs and files
    dsn: str
    sqlite: Path | None = None
    sizes: Mapping[str, int] = {}  # bytes of our answer, by work: what `hello` sends


class Contender(NamedTuple):
    """One of those compared."""

    name: str
    meaning: str
    command: Callable[[Place, int], tuple[Sequence[str], dict[str, str]]]  # arguments, environment
    health: str  # a path that answers once it is up
    # the request of a question, or None where it has no such work
    ask: Callable[[str, Question], Request | None]
    told: Callable[[str, bytes], list[Told]]


class Running(NamedTuple):
    """A contender that is up."""

    contender: Contender
    base: str
    process: psutil.Process
    seconds: float  # that it took to start

    def worker(self) -> psutil.Process:
        """The process that answers: the largest of those it started, or itself."""
        children = self.process.children(recursive=True)
        return max(children, key=lambda child: child.memory_info().rss, default=self.process)

    def answer(self, request: Request) -> bytes:
        """The body of an answer. Raises ContenderError."""
        method, path, body = request
        headers = {"Content-Type": "application/json"} if body else {}
        asked = urllib.request.Request(self.base + path, body or None, headers, method=method)
        try:
            with urllib.request.urlopen(asked, timeout=30) as answer:
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
        return error.code < 500  # it is up, and has no page there
    except OSError:
        return False


@contextlib.contextmanager
def running(contender: Contender, place: Place) -> Generator[Running]:
    """Start a contender, wait until it answers, and stop it at the end."""
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
                if _answers(base + contender.health):
                    break
                if process.poll() is not None or time.perf_counter() - started > 60:
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


def _serve(place: Place, port: int) -> tuple[Sequence[str], dict[str, str]]:
    command = [
        sys.executable,
        "-m",
        "service",
        "serve",
        "--port",
        str(port),
        "--database-url",
        place.dsn,
        "--no-sample",
    ]
    return command, {"PYTHONPATH": str(ROOT), "COMPANYFACTS_LOG_FORMAT": "json"}


def _query(**parameters: object) -> str:
    given = {name: value for name, value in parameters.items() if value}
    return f"?{urlencode(given, safe=':')}" if given else ""


def _ask_ours(work: str, q: Question) -> Request | None:
    times = {"known_at": q.known_at, "at": q.at}
    match work:
        case "point_read" | "point_read_as_known":
            return Request("GET", f"/v1/facts/{q.id}{_query(**times)}")
        case "lookup":
            asked = {"company": q.company, "kind": q.kind, "subject": q.subject, "frequency": q.frequency}
            return Request("GET", f"/v1/lookup{_query(**asked)}")
        case "list_50" | "list_as_known":
            return Request(
                "GET", f"/v1/companies/{q.company}/facts{_query(kind=q.kind, limit=LIST, **times)}"
            )
        case _:
            return None


def _value(value: object) -> str:
    """A value with its defaults left out and its keys in order."""
    return msgspec.json.encode(_bare(value), order="sorted").decode()


def _bare(value: object) -> object:
    if isinstance(value, dict):
        fields = msgspec.convert(value, dict[str, object])
        return {k: _bare(v) for k, v in fields.items() if v is not None and (k, v) != ("bound", "exact")}
    return value


def _told_fact(fact: dict[str, Any]) -> Told:
    return fact["id"], fact["version"], _value(fact["value"])


def _told_json(_: str, body: bytes) -> list[Told]:
    answer = msgspec.json.decode(body, type=dict[str, Any])
    return [_told_fact(fact) for fact in answer.get("items", [answer])]


# -- FastAPI -----------------------------------------------------------------------------------------------


def _peers_python(place: Place) -> Path:
    """The interpreter of the peers' environment, made if it is not there or is another."""
    environment = place.directory / "peers"
    wanted = HERE / "peers" / "requirements.txt"
    installed = environment / "requirements.txt"
    if not installed.exists() or installed.read_text() != wanted.read_text():
        uv = shutil.which("uv")
        if uv is None:
            raise ContenderError("the peers' environment is made by uv, which is not here")
        subprocess.run(
            [uv, "venv", "--quiet", "--clear", "--python", sys.executable, environment], check=True
        )
        command = [
            uv,
            "pip",
            "install",
            "--quiet",
            "--python",
            environment / "bin" / "python",
            "--requirement",
            wanted,
        ]
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


def _ask_fastapi(work: str, q: Question) -> Request | None:
    match work:
        case "point_read" | "point_read_as_known":
            return Request("GET", f"/facts/{q.id}{_query(known_at=q.known_at)}")
        case "lookup":
            asked = {"company": q.company, "kind": q.kind, "subject": q.subject, "frequency": q.frequency}
            return Request("GET", f"/lookup{_query(**asked)}")
        case "list_50" | "list_as_known":
            query = _query(kind=q.kind, limit=LIST, known_at=q.known_at)
            return Request("GET", f"/companies/{q.company}/facts{query}")
        case _:
            return None


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
            raise ContenderError("PostGraphile is installed by npm, which is not here")
        directory.mkdir(parents=True, exist_ok=True)
        shutil.copy(wanted, installed)
        subprocess.run([npm, "install", "--no-audit", "--no-fund", "--silent"], cwd=directory, check=True)
    # the configuration imports what is installed beside it
    config = Path(shutil.copy(files / "graphile.config.mjs", directory))
    program = directory / "node_modules" / "postgraphile" / "dist" / "cli-run.js"
    arguments = [str(node), str(program), "--config", str(config)]
    environment = {"DATABASE_URL": place.dsn, "PORT": str(port)}
    return arguments, {"GRAPHILE_ENV": "production", "NODE_ENV": "production", **environment}


_FIELDS = """id: rowId company kind subject dimensions basis periodStart periodEnd value knownAt version status
    recordedAt position evidence disputed rivals citations"""
_POINT = f"query($id: UUID!) {{ factByRowId(rowId: $id) {{ {_FIELDS} }} }}"
_LOOKUP = f"""query($company: String!, $kind: String!, $subject: String!, $frequency: String!) {{
    allFacts(condition: {{company: $company, kind: $kind, subject: $subject, frequency: $frequency}},
        orderBy: [PERIOD_END_DESC, ROW_ID_ASC], first: 1) {{ nodes {{ {_FIELDS} }} }} }}"""
_LISTED = f"""query($company: String!, $kind: String!) {{
    allFacts(condition: {{company: $company, kind: $kind}},
        orderBy: [SUBJECT_ASC, PERIOD_END_DESC, ROW_ID_ASC], first: {LIST}) {{ nodes {{ {_FIELDS} }} }} }}"""


def _ask_graphql(work: str, q: Question) -> Request | None:
    match work:
        case "point_read":
            query, variables = _POINT, {"id": q.id}
        case "lookup":
            query = _LOOKUP
            variables = {"company": q.company, "kind": q.kind, "subject": q.subject, "frequency": q.frequency}
        case "list_50":
            query, variables = _LISTED, {"company": q.company, "kind": q.kind}
        case _:
            return None
    body = msgspec.json.encode({"query": " ".join(query.split()), "variables": variables})
    return Request("POST", "/graphql", body)


def _told_graphql(_: str, body: bytes) -> list[Told]:
    answer = msgspec.json.decode(body, type=dict[str, Any])
    if answer.get("errors"):
        raise ContenderError(f"postgraphile: {answer['errors']}")
    data = answer["data"]
    facts = [data["factByRowId"]] if "factByRowId" in data else data["allFacts"]["nodes"]
    return [_told_fact(fact) for fact in facts]


# -- Datasette ---------------------------------------------------------------------------------------------


def _datasette(place: Place, port: int) -> tuple[Sequence[str], dict[str, str]]:
    if place.sqlite is None:
        raise ContenderError("there is no SQLite file")
    arguments = [
        str(_peers_python(place).with_name("datasette")), "serve", "--immutable", str(place.sqlite), "--metadata",
        str(HERE / "peers" / "datasette.json"), "--port", str(port), "--setting", "default_cache_ttl", "0",
    ]  # fmt: skip
    # the queries belong to a database by name; the file's name says what made it
    return arguments, {}


def _ask_datasette(work: str, q: Question) -> Request | None:
    match work:
        case "point_read":
            return Request("GET", f"/facts/facts/{q.id}.json?_shape=objects")
        case "lookup":
            asked = {"company": q.company, "kind": q.kind, "subject": q.subject, "frequency": q.frequency}
            return Request("GET", f"/facts/lookup.json{_query(**asked, _shape='objects')}")
        case "list_50":
            return Request(
                "GET", f"/facts/list.json{_query(company=q.company, kind=q.kind, _shape='objects')}"
            )
        case _:
            return None


def _told_datasette(_: str, body: bytes) -> list[Told]:
    answer = msgspec.json.decode(body, type=dict[str, Any])
    return [(row["id"], row["version"], _value(msgspec.json.decode(row["value"]))) for row in answer["rows"]]


# -- the framework's own limit -----------------------------------------------------------------------------


def _hello(place: Place, port: int) -> tuple[Sequence[str], dict[str, str]]:
    arguments = [
        sys.executable, "-m", "granian", "--interface", "asgi", "--loop", "uvloop", "--workers", "1", "--no-ws",
        "--port", str(port), "benchmarks.hello:app",
    ]  # fmt: skip
    sizes = " ".join(str(size) for size in sorted({2, *place.sizes.values()}))
    return arguments, {"PYTHONPATH": str(ROOT), "HELLO_SIZES": sizes}


def _nothing(_work: str, _question: Question) -> Request | None:
    return None


def _told_nothing(_work: str, _body: bytes) -> list[Told]:
    return []


CONTENDERS = (
    Contender(OURS, "companyfacts, every production feature on", _serve, "/healthz", _ask_ours, _told_json),
    Contender(
        "fastapi", "FastAPI, SQLAlchemy's ORM, Pydantic, under Uvicorn",
        _uvicorn("fastapi_sqlalchemy", "postgresql+asyncpg"), "/healthz", _ask_fastapi, _told_json,
    ),
    Contender(
        "fastapi_asyncpg", "FastAPI, asyncpg, Pydantic, under Uvicorn",
        _uvicorn("fastapi_asyncpg", "postgresql"), "/healthz", _ask_fastapi, _told_json,
    ),
    Contender(
        "postgraphile", "PostGraphile 5 on Node 22", _postgraphile, "/", _ask_graphql, _told_graphql
    ),
    Contender("datasette", "Datasette on SQLite", _datasette, "/-/versions.json", _ask_datasette, _told_datasette),
    Contender("hello", "Litestar under Granian, stored bytes as long as our answer", _hello, "/2", _nothing, _told_nothing),
)  # fmt: skip
HELLO = "hello"
PGBENCH = "pgbench"
