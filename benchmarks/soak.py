"""Endurance: `uv run python -m benchmarks.soak --minutes 10`.

The load: reads at 70 % of saturation, one writer, two thousand idle keep-alive connections, clients that read a large
answer a kilobyte at a time, and clients that send a body byte by byte. Every few seconds it samples the latency, the
memory of the worker, the connections to Postgres, and the rows that autovacuum has not removed. At the end every idle
connection must still answer. The run fails if something grew between the second and the last quarter by more than the
bounds below.
"""

import argparse
import asyncio
import contextlib
import resource
import statistics
import sys
import time
from collections.abc import AsyncGenerator, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import asyncpg
import msgspec

from benchmarks import asking, loading, measuring, report, work
from benchmarks.__main__ import default_directory, tell
from benchmarks.contenders import CONTENDERS, Place, Running, admitted, running
from benchmarks.measuring import Request
from benchmarks.work import Questions

READS = ("point_read", "lookup", "list_50", "point_read_as_known")
SHARE = 0.7  # part of the throughput at saturation
MEMORY_GROWTH = 24.0  # megabytes
LATENCY_GROWTH = 3.0  # factor; the noise of a shared machine is that large
SLOW_READERS, SLOW_WRITERS = 20, 20


class Look(msgspec.Struct, frozen=True):
    """One sample; latencies in milliseconds."""

    second: float
    reads: float  # per second
    writes: float
    p50: float
    p99: float
    worker_megabytes: float
    postgres_connections: int
    pool_waits: int  # sessions of the service in a transaction that is older than a second
    dead_rows: int  # rows that autovacuum has not removed, in all tables
    vacuums: int  # runs of autovacuum since the start


class Outcome(msgspec.Struct, frozen=True):
    """The results of a run."""

    minutes: float
    facts: int
    saturation: float  # reads per second
    idle: int  # connections held open without a request
    idle_answered: int  # how many of these answered at the end
    slow_readers: int  # large answers that were read slowly and completely
    slow_writers: int  # assertions that were sent slowly and were recorded
    looks: list[Look]
    failures: list[str]


class _Idle(NamedTuple):
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter


async def _connect(base: str) -> _Idle:
    parts = urlsplit(base)
    return _Idle(*await asyncio.open_connection(parts.hostname, parts.port))


async def _exchange(connection: _Idle, path: str) -> int:
    """The status of a small request on a keep-alive connection."""
    connection.writer.write(f"GET {path} HTTP/1.1\r\nHost: soak\r\n\r\n".encode())
    head = await asyncio.wait_for(connection.reader.readuntil(b"\r\n\r\n"), 30)
    length = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
    await asyncio.wait_for(connection.reader.readexactly(int(length.split(b":")[1])), 30)
    return int(head.split(b" ", 2)[1])


@contextlib.asynccontextmanager
async def _many_idle(base: str, count: int) -> AsyncGenerator[list[_Idle]]:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < 2 * count:
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(4 * count, hard), hard))
    held: list[_Idle] = []
    try:
        for start in range(0, count, 100):
            held += await asyncio.gather(*(_connect(base) for _ in range(min(100, count - start))))
        yield held
    finally:
        for connection in held:
            connection.writer.close()


async def _read_slowly(base: str, request: Request, until: float) -> int:
    """Read large answers a kilobyte at a time. Returns how many were complete."""
    whole = 0
    while time.monotonic() < until:
        reader, writer = await _connect(base)
        writer.write(
            f"{request.method} {request.path} HTTP/1.1\r\nHost: soak\r\nConnection: close\r\n\r\n".encode()
        )
        head = await reader.readuntil(b"\r\n\r\n")
        length = next(
            int(line.split(b":")[1])
            for line in head.lower().split(b"\r\n")
            if line.startswith(b"content-length:")
        )
        pause = 10 * 1024 / length  # ten seconds for the whole answer
        while length and (chunk := await reader.read(1024)):
            length -= len(chunk)
            await asyncio.sleep(pause)
        whole += length == 0
        writer.close()
    return whole


async def _write_slowly(base: str, request: Request, key: str | None, name: int, until: float) -> int:
    """Send assertions byte by byte. Returns how many were recorded."""
    recorded = 0
    while time.monotonic() < until:
        body = request.body.replace(b"@@", f"{time.time_ns()}{name:03}".encode())
        reader, writer = await _connect(base)
        head = (
            f"POST {request.path} HTTP/1.1\r\nHost: soak\r\nConnection: close\r\nContent-Type: application/json\r\n"
            f"Authorization: Bearer {key}\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        writer.write(head.encode())
        for byte in body:
            writer.write(bytes([byte]))
            await writer.drain()
            await asyncio.sleep(10 / len(body))
        answer = await reader.read()
        recorded += answer.startswith(b"HTTP/1.1 201")
        writer.close()
    return recorded


_STATE = """
    select
        (select count(*) from pg_stat_activity where application_name = 'companyfacts') as connections,
        (select count(*) from pg_stat_activity where application_name = 'companyfacts' and state like 'idle in%'
            and now() - xact_start > interval '1 second') as waits,
        (select coalesce(sum(n_dead_tup), 0) from pg_stat_user_tables where schemaname = 'public')::bigint as dead,
        (select coalesce(sum(autovacuum_count), 0) from pg_stat_user_tables where schemaname = 'public')::bigint as vacuums
"""


async def _state(connection: "asyncpg.Connection[asyncpg.Record]") -> dict[str, int]:
    return {name: int(value) for row in await connection.fetch(_STATE) for name, value in row.items()}


async def _press(
    one: Running, file: Path, *, seconds: float, connections: int, pause: float, writes: bool
) -> Any:
    return await asyncio.to_thread(
        measuring.press, one.base, file, seconds=seconds, connections=connections, pause=pause,
        key=one.key if writes else None,
    )  # fmt: skip


async def _soak(
    one: Running, place: Place, questions: Questions, *, minutes: float, idle: int, interval: float
) -> Outcome:
    asks = one.contender.asks
    reads = place.directory / "requests" / "soak-reads.tsv"
    writes = place.directory / "requests" / "soak-writes.tsv"
    reads.parent.mkdir(exist_ok=True)
    measuring.write_requests(reads, [asks[name](q) for name in READS for q in questions.by_work[name][:2000]])
    asserts = [asks["assert_1"](q) for q in questions.by_work["assert_1"]]
    measuring.write_requests(writes, asserts)
    large = asks["frame_5000"](questions.by_work["frame_5000"][0])
    saturated = await _press(one, reads, seconds=5, connections=32, pause=0, writes=False)
    tell(f"saturated at {saturated.rate:,.0f} reads/s, p50 {saturated.p50 / 1000:.1f} ms")
    pause = max(1.0, 32 / (SHARE * saturated.rate) * 1000 - saturated.p50 / 16 / 1000)
    connection: asyncpg.Connection[asyncpg.Record] = await asyncpg.connect(place.dsn)
    looks: list[Look] = []
    failures: list[str] = []
    began = time.monotonic()
    until = began + minutes * 60
    async with _many_idle(one.base, idle) as held:
        tell(f"{len(held)} idle connections")
        readers = [asyncio.create_task(_read_slowly(one.base, large, until)) for _ in range(SLOW_READERS)]
        writers = [
            asyncio.create_task(_write_slowly(one.base, asserts[-1 - n], one.key, n, until))
            for n in range(SLOW_WRITERS)
        ]
        try:
            vacuums = (await _state(connection))["vacuums"]
            while time.monotonic() < until:
                read, wrote = await asyncio.gather(
                    _press(one, reads, seconds=interval, connections=32, pause=pause, writes=False),
                    _press(one, writes, seconds=interval, connections=1, pause=50, writes=True),
                )
                state = await _state(connection)
                looks.append(
                    Look(
                        second=round(time.monotonic() - began, 1), reads=round(read.rate, 1), writes=round(wrote.rate, 1),
                        p50=read.p50 / 1000, p99=read.p99 / 1000,
                        worker_megabytes=round(one.worker().memory_info().rss / 2**20, 1),
                        postgres_connections=state["connections"], pool_waits=state["waits"], dead_rows=state["dead"],
                        vacuums=state["vacuums"] - vacuums,
                    )
                )  # fmt: skip
                tell(msgspec.json.encode(looks[-1]).decode())
            slow_read, slow_written = sum(await asyncio.gather(*readers)), sum(await asyncio.gather(*writers))
        finally:
            for task in (*readers, *writers):
                task.cancel()
        answered = 0
        for each in held:
            with contextlib.suppress(OSError, asyncio.IncompleteReadError, TimeoutError):
                answered += await _exchange(each, "/healthz") == 200
    await connection.close()
    failures += _grown(looks)
    if answered < idle:
        failures.append(f"{idle - answered} of {idle} idle connections no longer answer")
    if not slow_read or not slow_written:
        failures.append("slow readers or writers got nothing")
    if any(look.pool_waits for look in looks):
        failures.append("connections to Postgres were held by requests that waited for their clients")
    facts = await loading.count(place.dsn)
    return Outcome(
        minutes, facts, round(saturated.rate, 1), idle, answered, slow_read, slow_written, looks, failures
    )


def _grown(looks: Sequence[Look]) -> list[str]:
    """What grew between the second quarter and the last. The first is for warming up."""
    quarter = len(looks) // 4
    if not quarter:
        return ["too short to tell"]
    second, last = looks[quarter : 2 * quarter], looks[-quarter:]

    def middle(some: Sequence[Look], name: str) -> float:
        return statistics.median(float(getattr(look, name)) for look in some)

    failures: list[str] = []
    if middle(last, "worker_megabytes") > middle(second, "worker_megabytes") + MEMORY_GROWTH:
        failures.append("the worker's memory grew")
    if middle(last, "postgres_connections") > middle(second, "postgres_connections") + 2:
        failures.append("the connections to Postgres grew")
    if middle(last, "p50") > middle(second, "p50") * LATENCY_GROWTH:
        failures.append("the latency grew")
    return failures


def as_markdown(outcome: Outcome) -> str:
    """The results as Markdown."""
    quarter = max(1, len(outcome.looks) // 4)
    rows: list[list[str]] = []
    for name, some in (
        ("first quarter", outcome.looks[:quarter]),
        ("second", outcome.looks[quarter : 2 * quarter]),
        ("third", outcome.looks[2 * quarter : 3 * quarter]),
        ("last", outcome.looks[3 * quarter :]),
    ):
        cells = (
            [
                statistics.median(float(getattr(look, field)) for look in some)
                for field in (
                    "reads",
                    "writes",
                    "p50",
                    "p99",
                    "worker_megabytes",
                    "postgres_connections",
                    "dead_rows",
                )
            ]
            if some
            else []
        )
        rows.append([name, *(f"{cell:,.1f}" for cell in cells)])
    table = report.table(
        ["", "reads/s", "writes/s", "p50, ms", "p99, ms", "worker, MB", "connections", "dead rows"], rows
    )
    verdict = "Nothing grew." if not outcome.failures else f"Failed: {'; '.join(outcome.failures)}."
    return (
        f"{outcome.minutes:g} minutes at {SHARE:.0%} of {outcome.saturation:,.0f} reads/s, {outcome.facts:,} facts, "
        f"with a writer, {outcome.idle:,} idle connections ({outcome.idle_answered:,} answered at the end), "
        f"{SLOW_READERS} slow readers ({outcome.slow_readers} answers taken whole) and {SLOW_WRITERS} slow writers "
        f"({outcome.slow_writers} assertions recorded); autovacuum ran {outcome.looks[-1].vacuums} times. {verdict}\n\n"
        f"{table}\n"
    )


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="benchmarks.soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=1, help="how long  [1]")
    parser.add_argument("--facts", type=int, default=40_000, help="how many facts to load, about  [40,000]")
    parser.add_argument("--idle", type=int, default=2000, help="idle connections  [2,000]")
    parser.add_argument("--json", type=Path, help="file for the figures")
    parser.add_argument("--page", type=Path, help="page whose part on endurance is to be replaced")
    parser.add_argument(
        "--directory", type=Path, default=default_directory(), help="where data is kept between runs"
    )
    given = parser.parse_args()
    directory: Path = given.directory
    directory.mkdir(parents=True, exist_ok=True)
    with contextlib.ExitStack() as stack:
        server = stack.enter_context(loading.postgres(directory / "postgres"))
        dsn = loading.blocking_prepared(server, given.facts, tell)
        questions = asyncio.run(work.sampled(dsn, 2000))
        place = Place(directory, dsn)
        ours = next(each for each in CONTENDERS if each.asks is asking.OURS)
        one = admitted(stack.enter_context(running(ours, place)), place)
        interval = max(2.0, min(10.0, given.minutes * 60 / 12))
        outcome = asyncio.run(
            _soak(one, place, questions, minutes=given.minutes, idle=given.idle, interval=interval)
        )
    told = as_markdown(outcome)
    if given.json is not None:
        given.json.write_bytes(msgspec.json.format(msgspec.json.encode(outcome), indent=2))
    if given.page is not None:
        report.put(given.page, "endurance", told)
    print(told)
    if outcome.failures:
        sys.exit(1)


if __name__ == "__main__":
    main()
