"""The service under test: in this process for the many small tests, as real processes for the few."""

import asyncio
import os
import socket
import ssl
import subprocess
import sys
import tempfile
import time
from collections.abc import Coroutine, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from types import TracebackType
from typing import IO, Any, TypeVar, cast

import httpx

from service.app import create_app
from service.postgres.database import Database
from service.settings import Settings
from tests.conformity import assert_conforms
from tests.kept import KeptDatabase

T = TypeVar("T")

# seconds after which something that is waited for is given up; no test measures by it, however slow the machine
PATIENCE = 600.0
_PAUSES = 0.02, 1.25, 0.2  # the first in seconds, how each grows, the longest
# for `verify` of every client: nothing is asked over TLS, and without it each client loads all certificates, which
# takes longer than a hundred requests
NO_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
# settings where many things are asked at once: a slow machine takes long for them, and is not overloaded
PATIENT: dict[str, Any] = {"pool_timeout": PATIENCE, "statement_timeout": PATIENCE}
ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith("COMPANYFACTS_")}


def _pairs(params: Mapping[str, Any] | Sequence[tuple[str, Any]]) -> Iterator[tuple[str, Any]]:
    """Names and values; a list is a parameter that is repeated."""
    for name, value in params.items() if isinstance(params, Mapping) else params:
        if isinstance(value, list | tuple):
            yield from ((name, one) for one in cast("Sequence[Any]", value))
        else:
            yield name, value


class Api:
    """A client whose every answer is held against the OpenAPI document."""

    def __init__(self, base: str, key: str | None) -> None:
        self._base = base
        self.key = key

    def request_of(
        self,
        method: str,
        path: str,
        *,
        json: Any = None,
        content: bytes | str | None = None,
        params: Mapping[str, Any] | Sequence[tuple[str, Any]] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> httpx.Request:
        sent = (
            {} if self.key is None or method in {"GET", "HEAD"} else {"Authorization": f"Bearer {self.key}"}
        )
        url = httpx.URL(self._base + path)
        if params:
            url = url.copy_with(params=[(n, v) for n, v in _pairs(params) if v is not None])
        if content is None and json is not None:
            return httpx.Request(method, url, headers={**sent, **(headers or {})}, json=json)
        return httpx.Request(method, url, headers={**sent, **(headers or {})}, content=content)

    def send(self, request: httpx.Request) -> httpx.Response:
        raise NotImplementedError

    def request(self, method: str, path: str, **parts: Any) -> httpx.Response:
        response = self.send(self.request_of(method, path, **parts))
        assert_conforms(response)
        return response

    def get(self, path: str, **parts: Any) -> httpx.Response:
        return self.request("GET", path, **parts)

    def post(self, path: str, json: Any = None, **parts: Any) -> httpx.Response:
        return self.request("POST", path, json=json, **parts)

    def put(self, path: str, **parts: Any) -> httpx.Response:
        return self.request("PUT", path, **parts)

    def made(self, path: str, json: Any, **parts: Any) -> Any:
        """The body of an answer to a post that must record something."""
        response = self.post(path, json, **parts)
        assert response.status_code == 201, response.text
        return response.json()

    def found(self, path: str, **params: Any) -> Any:
        """The body of an answer to a read that must succeed."""
        response = self.get(path, params=params)
        assert response.status_code == 200, response.text
        return response.json()

    def position(self) -> int:
        """Where the log stands."""
        return int(self.found("/readyz")["position"])


class InProcess(Api):
    """The application itself, asked through ASGI on an event loop of its own; nothing else runs meanwhile.

    It starts with the `with` block and stops with it. With `again` it can be started once more, until it is closed, with
    the connections that it had: putting an application together takes longer than most tests, and so does a connection.
    It waits as long as a slow machine takes, unless `settings` say otherwise.
    """

    def __init__(self, dsn: str, key: str | None, *, again: bool = False, **settings: Any) -> None:
        super().__init__("http://in.process", key)
        self.dsn = dsn
        self._again = again
        self._first_key = key
        self._kept: KeptDatabase | None = None
        pool = self._keeping if again else Database
        self._app: Any = create_app(Settings(database_url=dsn, **(PATIENT | settings)), pool=pool)
        self._runner = asyncio.Runner()

    def __enter__(self) -> "InProcess":
        self.key = self._first_key
        self._runner.run(self._start())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._runner.run(self._stop())
        if not self._again:
            self.close()

    def _keeping(self, *arguments: Any, **settings: Any) -> Database:
        self._kept = KeptDatabase(*arguments, **settings)
        return self._kept

    def close(self) -> None:
        """Close the connections that were kept, and end the event loop."""
        if self._kept is not None:
            self._runner.run(self._kept.close())
        self._runner.close()

    async def _start(self) -> None:
        self._messages: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._http = httpx.AsyncClient(transport=httpx.ASGITransport(self._app))
        self._started, self._stopped = asyncio.Event(), asyncio.Event()
        self._failed: str | None = None
        self._lifespan = asyncio.create_task(self._live())
        await self._messages.put({"type": "lifespan.startup"})
        await self._started.wait()
        assert self._failed is None, self._failed

    async def _stop(self) -> None:
        await self._http.aclose()
        await self._messages.put({"type": "lifespan.shutdown"})
        await self._stopped.wait()
        await self._lifespan

    async def _live(self) -> None:
        async def told(message: dict[str, Any]) -> None:
            await asyncio.sleep(0)
            if message["type"].startswith("lifespan.startup"):
                self._failed = message.get("message")
                self._started.set()
            else:
                self._stopped.set()

        await self._app(
            {"type": "lifespan", "asgi": {"version": "3.0"}, "state": {}}, self._messages.get, told
        )

    def run(self, coroutine: Coroutine[Any, Any, T]) -> T:
        """Run something on the application's loop."""
        return self._runner.run(coroutine)

    def send(self, request: httpx.Request) -> httpx.Response:
        return self.run(self._http.send(request))

    def as_sent(self, request: httpx.Request) -> tuple[httpx.Response, bytes]:
        """The answer to a request, and its body before any coding is undone."""

        async def ask() -> tuple[httpx.Response, bytes]:
            response = await self._http.send(request, stream=True)
            body = b"".join([chunk async for chunk in response.aiter_raw()])
            await response.aclose()
            return response, body

        return self.run(ask())

    async def sent(self, request: httpx.Request) -> httpx.Response:
        """The answer to a request, for use within `run`."""
        response = await self._http.send(request)
        assert_conforms(response)
        return response

    def together(self, requests: Sequence[httpx.Request]) -> list[httpx.Response]:
        """The answers to requests that are all under way at once."""

        async def all_of_them() -> list[httpx.Response]:
            return await asyncio.gather(*map(self.sent, requests))

        return self.run(all_of_them())

    def transport(self) -> httpx.AsyncBaseTransport:
        """Asks the application, for clients that are run on its loop."""
        return httpx.ASGITransport(self._app)

    def with_key(self, key: str | None) -> "_Borrowed":
        """The same service, asked with another key or none."""
        return _Borrowed(self, key)


class _Borrowed(Api):
    def __init__(self, service: InProcess, key: str | None) -> None:
        super().__init__("http://in.process", key)
        self._service = service

    def send(self, request: httpx.Request) -> httpx.Response:
        return self._service.send(request)


def pauses() -> Iterator[None]:
    """Wait a moment at each step, until PATIENCE is over.

    The moments grow: to look very often takes a slow machine from what is waited for.
    """
    deadline = time.monotonic() + PATIENCE
    pause, growth, longest = _PAUSES
    while time.monotonic() < deadline:
        yield
        time.sleep(pause)
        pause = min(longest, pause * growth)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server(Api):
    """`companyfacts serve` as a process of its own, on a given database."""

    def __init__(self, dsn: str, key: str | None, *flags: str, **environment: str) -> None:
        self.port = int(flags[flags.index("--port") + 1]) if "--port" in flags else free_port()
        super().__init__(f"http://127.0.0.1:{self.port}", key)
        self.base = self._base
        self.dsn = dsn
        self._output: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed on leaving
        self._http = httpx.Client(timeout=PATIENCE, verify=NO_TLS)
        command = [sys.executable, "-m", "service", "serve", "--port", str(self.port), "--database-url", dsn]
        patient = {f"COMPANYFACTS_{name.upper()}": str(value) for name, value in PATIENT.items()}
        self.process = subprocess.Popen(
            [*command, *flags],
            env=ENVIRONMENT | patient | environment,
            stdout=self._output,
            stderr=subprocess.STDOUT,
        )

    def __enter__(self) -> "Server":
        for _ in pauses():
            with suppress(httpx.TransportError):
                if self._http.get(f"{self._base}/healthz").status_code == 200:
                    return self
            if self.process.poll() is not None:
                break
        self.process.kill()
        self.process.wait()
        raise AssertionError(f"the service does not start:\n{self.said()}")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.close()
        self.process.terminate()
        self.process.wait(timeout=PATIENCE)
        self._output.close()

    def said(self) -> str:
        """What it has written so far."""
        self._output.seek(0)
        return self._output.read().decode()

    def send(self, request: httpx.Request) -> httpx.Response:
        return self._http.send(request)


@contextmanager
def only_read(service: InProcess) -> Generator[InProcess]:
    """A service that tests share which only read: its log may not grow."""
    before = service.position()
    yield service
    assert service.position() == before
