"""The processes of a run, and what is done to them. Only processes that the run started are ended, by their ids."""

import asyncio
import gzip
import json
import os
import signal
import subprocess
import sys
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Final

import asyncpg
import httpx
import psutil

from service.postgres import embedded
from service.postgres.disk import RESERVE
from tests.edgar.test_importer_processes import company
from tests.harness.checking import Write
from tests.harness.journal import Journal
from tests.harness.stepped import NAMES
from tests.processes import killed, postgres
from tests.running import ENVIRONMENT, NO_TLS, PATIENCE, free_port

KILLS: Final = ("worker", "backend", "postmaster", "serve", "mirror")
_CLOCKS: Final = (
    *Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"),
    *Path("/usr/lib/faketime").glob("libfaketimeMT.so.1"),
)
ROWS: Final = 480  # of each document of EDGAR's
_SETTINGS = {"COMPANYFACTS_RATE_LIMIT_KEY": "0", "COMPANYFACTS_RATE_LIMIT_ADDRESS": "0"}
_END_OTHERS: Final = (
    "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'companyfacts'"
)
_ROOT: Final = Path(__file__).parents[2]
_COMMAND = (sys.executable, "-m", "service")


class Scene:
    """A service with its own Postgres, a mirror of it, and the faults that may befall them."""

    def __init__(self, journal: Journal, data_dir: Path, mirror_dsn: str, spare_dsn: str) -> None:
        self.journal = journal
        self.data_dir = data_dir
        self.mirror_dsn = mirror_dsn
        self.spare_dsn = spare_dsn  # an empty database, which a migration is killed on
        self.port = free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        self.clock = data_dir.parent / "clock"
        self.own_disk = False  # whether the data directory is on a disk of its own, which may be filled
        self.documents: list[Path] = []  # of EDGAR's, whose import was begun
        self.said_file = data_dir.parent / "said.log"
        self.said = self.said_file.open("wb")
        self._kept: dict[str, asyncio.subprocess.Process] = {}  # `serve` and `mirror`, once they were started
        self._keeping: list[asyncio.Task[None]] = []
        self._ending = False
        self._takes: dict[str, float] = {}  # seconds of processor time that commands took, by name

    # -- running -------------------------------------------------------------------------------------

    def _serve_command(self) -> tuple[list[str], dict[str, str]]:
        command = [
            "serve",
            "--port",
            f"{self.port}",
            "--data-dir",
            str(self.data_dir),
            "--workers",
            "2",
            "--no-sample",
        ]
        dsn = embedded.running(self.data_dir)
        if dsn is not None and self.journal.rng.random() < 0.5:
            command += ["--listen-url", dsn]
        if not self.steps_clock:
            return [*_COMMAND, *command], dict(_SETTINGS)
        program = [sys.executable, "-m", "tests.harness.stepped"]
        stepped = dict(zip(NAMES, (str(_CLOCKS[0]), str(self.clock), "1", "1"), strict=True))
        return [*program, *command], {**_SETTINGS, **stepped}

    @property
    def steps_clock(self) -> bool:
        """Whether the clock can be stepped."""
        return bool(_CLOCKS)

    async def start(self) -> None:
        """Start the service and wait until it is ready; it is started again whenever it ends."""
        self.clock.write_text("+0\n")
        self._keeping.append(asyncio.create_task(self._keep("serve", self._serve_command)))
        async with httpx.AsyncClient(base_url=self.base, timeout=PATIENCE, verify=NO_TLS) as http:
            while True:
                with suppress(httpx.TransportError):
                    if (await http.get("/readyz")).status_code == 200:
                        return
                await asyncio.sleep(0.05)

    def follow(self) -> None:
        """Start the mirror; it is started again whenever it ends."""
        command = [*_COMMAND, "mirror", self.base, "--database-url", self.mirror_dsn]
        self._keeping.append(asyncio.create_task(self._keep("mirror", lambda: (command, {}))))

    async def _keep(self, name: str, command: Callable[[], tuple[list[str], dict[str, str]]]) -> None:
        """Start a command whenever it has ended."""
        while not self._ending:
            words, environment = command()
            process = self._kept[name] = await asyncio.create_subprocess_exec(
                *words, env=ENVIRONMENT | environment, cwd=_ROOT, stdout=self.said, stderr=self.said
            )
            status = await process.wait()
            self.journal.counts[f"{name} ended"] += 1
            if status not in {0, -signal.SIGKILL} and not self._ending:  # it gave up, as on a full disk
                self.journal.counts[f"{name} ended by itself"] += 1
                await asyncio.sleep(0.2)

    async def stop(self) -> None:
        """End the processes, in order."""
        self._ending = True
        for name in ("mirror", "serve"):
            process = self._kept[name]
            if process.returncode is None:
                process.terminate()
                await process.wait()
        await asyncio.gather(*self._keeping)
        self.said.close()

    def left(self) -> None:
        """End what a run that failed left behind."""
        self._ending = True
        self.said.close()
        workers = self._workers()
        for name in self._kept:
            self._kill(name)
        killed([*workers, *postgres(self.data_dir)])

    # -- the processes ---------------------------------------------------------------------------------

    def _runs(self, name: str) -> bool:
        return name in self._kept and self._kept[name].returncode is None

    def _workers(self) -> list[psutil.Process]:
        if not self._runs("serve"):
            return []
        try:
            children = psutil.Process(self._kept["serve"].pid).children()
            return [one for one in children if any("spawn_main" in word for word in one.cmdline())]
        except psutil.Error:
            return []

    async def _killed(self, processes: Callable[[], list[psutil.Process]]) -> None:
        """Kill one of these processes, at random, as soon as there is one."""
        await self.journal.until(lambda: bool(processes()), "process to kill")
        with suppress(psutil.NoSuchProcess, IndexError):  # they ended meanwhile
            self.journal.rng.choice(processes()).kill()
            self.journal.counts["kills"] += 1

    def _kill(self, name: str) -> None:
        self._signal(self._kept[name], signal.SIGKILL)

    def _signal(self, process: asyncio.subprocess.Process, number: signal.Signals) -> None:
        """Signal a process that the run started, by its id: asyncio's own way may take the note of its end."""
        if process.returncode is None:
            with suppress(psutil.NoSuchProcess):
                psutil.Process(process.pid).send_signal(number)
                self.journal.counts["kills"] += number == signal.SIGKILL

    # -- the faults ------------------------------------------------------------------------------------

    async def worker(self) -> None:
        """A worker is killed."""
        await self._killed(self._workers)

    async def backend(self) -> None:
        """A process of Postgres' is killed, upon which Postgres ends all others and recovers."""
        await self._killed(lambda: postgres(self.data_dir)[1:])

    async def postmaster(self) -> None:
        """The process that all others of Postgres' come from is killed."""
        await self._killed(lambda: postgres(self.data_dir)[:1])

    async def serve(self) -> None:
        """The service is killed; its Postgres is left behind."""
        await self._ended(signal.SIGKILL)

    async def restart(self) -> None:
        """The service is told to stop."""
        await self.journal.until(lambda: bool(self._workers()), "worker")
        await self._ended(signal.SIGTERM)

    async def _ended(self, number: signal.Signals) -> None:
        """The service gets a signal, and ends."""
        await self.journal.until(lambda: self._runs("serve"), "service")
        before = self.journal.counts["serve ended"]
        self._signal(self._kept["serve"], number)
        await self.journal.until(lambda: self.journal.counts["serve ended"] > before, "end of the service")

    async def mirror(self) -> None:
        """The mirror is killed."""
        await self.journal.until(lambda: self._runs("mirror"), "mirror")
        self._kill("mirror")

    async def stopped(self) -> None:
        """All processes of Postgres' are stopped until every writer waits, and go on."""
        held = postgres(self.data_dir)
        try:
            for one in held:
                with suppress(psutil.NoSuchProcess):
                    one.suspend()
            await self._until_stuck()
        finally:
            for one in held:
                with suppress(psutil.NoSuchProcess):
                    one.resume()

    async def _until_stuck(self) -> None:
        """Until a writer's answer does not come for a hundred answers that need no database, or it is refused."""
        missed = self.journal.counts["unanswered"]
        async with httpx.AsyncClient(base_url=self.base, timeout=PATIENCE, verify=NO_TLS) as http:
            for _ in range(100):
                await self.journal.until(
                    lambda: self.journal.waiting > 0 or self.journal.counts["unanswered"] > missed, "write"
                )
                with suppress(httpx.TransportError):
                    await http.get("/healthz")

    async def connections(self) -> None:
        """All connections of Postgres' are taken, also those that the service had, until writes are not answered."""
        missed = self.journal.counts["unanswered"] + self.journal.rng.randint(1, 5)
        taken: list[asyncpg.Connection[asyncpg.Record]] = []
        try:
            async with self._connected() as first:
                while self.journal.counts["unanswered"] < missed:
                    await first.execute(_END_OTHERS)
                    with suppress(asyncpg.TooManyConnectionsError):
                        while True:
                            taken.append(await asyncpg.connect(_dsn_of(self.data_dir)))
                    await asyncio.sleep(0.05)
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
            self.journal.counts["connections not taken"] += 1  # Postgres was away
        finally:
            for one in taken:
                one.terminate()
            self.journal.counts["connections taken"] += len(taken)

    @asynccontextmanager
    async def _connected(self) -> "AsyncGenerator[asyncpg.Connection[asyncpg.Record]]":
        connection = await asyncpg.connect(_dsn_of(self.data_dir))
        try:
            yield connection
        finally:
            connection.terminate()

    async def disk(self) -> None:
        """The disk is filled until writes are refused; sometimes wholly, so that Postgres may stop."""
        filler = self.data_dir.parent / "filler"
        left = self.journal.rng.choice([RESERVE // 2, RESERVE // 8, 0])
        wanted = self.journal.counts["storage full"] + self.journal.rng.randint(2, 6)
        try:
            with filler.open("wb") as file:
                while self.journal.counts["storage full"] < wanted:
                    status = os.statvfs(self.data_dir)  # again: a Postgres that recovers gives room back
                    more = status.f_bavail * status.f_frsize - left
                    with suppress(OSError):
                        if more > 0:
                            os.posix_fallocate(file.fileno(), 0, os.fstat(file.fileno()).st_size + more)
                    await asyncio.sleep(0.05)
        finally:
            filler.unlink(missing_ok=True)

    async def edgar(self) -> None:
        """An import from EDGAR is killed part-way; the next one begins with it."""
        number = len(self.documents) + 1
        path = self.data_dir.parent / f"CIK{number:010}.json.gz"
        path.write_bytes(gzip.compress(json.dumps(company(number, ROWS)).encode(), 1))
        self.documents.append(path)
        slug = f"cik-{number:010}"
        marks = tuple(f"{slug} {n}" for n in range(ROWS))
        self.journal.writes.append(Write(marks, "unknown", self.journal.tick()))
        await self._killed_part_way(
            "import", "edgar", *map(str, self.documents[-2:]), "--data-dir", str(self.data_dir)
        )

    async def export(self) -> None:
        """An export is killed part-way."""
        await self._killed_part_way("export", "--data-dir", str(self.data_dir))

    async def migration(self) -> None:
        """A migration of an empty database, up or down, is killed part-way."""
        revision = self.journal.rng.choice(["head", "head", "base"])
        await self._killed_part_way("migrate", "--revision", revision, "--database-url", self.spare_dsn)

    async def _killed_part_way(self, *arguments: str) -> None:
        """Start a command, and kill it once it has used a part of the processor time that it took before."""
        process = await asyncio.create_subprocess_exec(
            *_COMMAND, *arguments, env=ENVIRONMENT, cwd=_ROOT, stdout=subprocess.DEVNULL, stderr=self.said
        )
        most = self.journal.rng.uniform(0.3, 1.0) * self._takes.get(arguments[0], 1.0)
        used = 0.0
        with suppress(psutil.NoSuchProcess):
            watched = psutil.Process(process.pid)
            while process.returncode is None and used < most:
                used = max(used, sum(watched.cpu_times()[:2]))
                await asyncio.sleep(0.01)
        self._signal(process, signal.SIGKILL)
        if await process.wait() == -signal.SIGKILL:
            self.journal.counts[f"{arguments[0]} killed part-way"] += 1
        else:
            self._takes[arguments[0]] = used

    async def clocked(self) -> None:
        """The clock of the service and of Postgres is stepped."""
        self.clock.write_text(f"{self.journal.rng.choice([-7200, -60, -1, 0, 1, 60, 7200]):+d}\n")
        await self.journal.more(self.journal.rng.randint(5, 20))

    def faults(self) -> dict[str, Callable[[], Awaitable[None]]]:
        """What can be done here, by name."""
        return {
            "worker": self.worker, "backend": self.backend, "postmaster": self.postmaster, "serve": self.serve,
            "restart": self.restart,
            "mirror": self.mirror, "stop": self.stopped, "connections": self.connections,
            "edgar": self.edgar, "export": self.export, "migration": self.migration,
            **({"disk": self.disk} if self.own_disk else {}),
            **({"clock": self.clocked} if self.steps_clock else {}),
        }  # fmt: skip

    async def imported_again(self) -> None:
        """Import from EDGAR what was killed, to the end."""
        if self.documents:
            arguments = ["import", "edgar", *map(str, self.documents), "--data-dir", str(self.data_dir)]
            process = await asyncio.create_subprocess_exec(
                *_COMMAND, *arguments, env=ENVIRONMENT, cwd=_ROOT, stderr=self.said
            )
            assert await process.wait() == 0


def _dsn_of(data_dir: Path) -> str:
    dsn = embedded.running(data_dir)
    if dsn is None:
        raise ConnectionError("Postgres is away")
    return dsn
