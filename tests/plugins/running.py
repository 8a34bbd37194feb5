"""How a run is spread over the cores, and how much of what is random it does."""

import atexit
import gc
import os
import shutil
import sys
import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest
from xdist.remote import Producer  # pyright: ignore[reportMissingTypeStubs] -- it has types, and says so nowhere
from xdist.scheduler import LoadFileScheduling  # pyright: ignore[reportMissingTypeStubs] -- as above

from tests import effort

ROOT = Path(__file__).resolve().parents[2]

# files that take long, the longest first; docs/testing.md tells how to measure
FIRST = (
    "tests/contract/test_fuzz.py",
    "tests/clients/test_clients.py",
    "tests/pages/test_pages.py",
    "tests/evidence/test_work.py",
    "tests/edgar/test_importer_processes.py",
    "tests/harness/test_harness.py",
    "tests/test_cli.py",
    "tests/api/test_texts.py",
    "tests/web/test_bad_input.py",
    "tests/contract/test_pages.py",
    "tests/postgres/test_embedded.py",
    "tests/clients/test_edgar_clients.py",
    "tests/contract/test_lint.py",
    "tests/test_plans.py",
    "tests/edgar/test_importer.py",
    "tests/web/test_streams.py",
    "tests/test_release.py",
    "tests/api/test_rule.py",
    "tests/edgar/test_api.py",
    "tests/test_start.py",
    "tests/test_capabilities.py",
    "tests/test_compose.py",  # its container engine may be coming up until then; it builds images for a minute
)


_MEMORY = Path("/dev/shm")
_ROOM = 8 * 2**30  # bytes


def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Settle what the modules of tests ask for when they are imported, and what the processes they start inherit."""
    if early_config.known_args_namespace.markexpr == "long":
        os.environ.setdefault(effort.VARIABLE, str(effort.LONG))
    effort.effort()


def _keep_bytecode() -> None:
    """Where Python is told to write no bytecode, keep it beside pytest's cache.

    The tests start hundreds of Python processes, each of which would compile the service and its packages anew, which
    takes three times as long as importing them.
    """
    if os.environ.pop("PYTHONDONTWRITEBYTECODE", None):
        os.environ["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix = str(ROOT / ".pytest_cache" / "bytecode")
        sys.dont_write_bytecode = False


def _write_to_memory() -> None:
    """Put the run's temporary files where they are in memory, if there is room; `TMPDIR` asks for another place.

    The clusters of the tests are some thousand files each, which a disk takes a third of all their work to create and
    delete. They are deleted as the run ends.
    """
    if os.environ.get("TMPDIR") or not _MEMORY.is_dir() or shutil.disk_usage(_MEMORY).free < _ROOM:
        return
    if os.statvfs(_MEMORY).f_flag & os.ST_NOEXEC:  # tests start programs that they have put there
        return
    for left in _MEMORY.glob("cf-run-*"):  # by a run that was killed
        if not Path(f"/proc/{left.name.rpartition('-')[2]}").exists():
            shutil.rmtree(left, ignore_errors=True)
    process = os.getpid()
    place = _MEMORY / f"cf-run-{process}"
    place.mkdir()
    place.chmod(0o1777)  # Postgres runs as another user
    os.environ["TMPDIR"] = tempfile.tempdir = str(place)

    @atexit.register
    def forget() -> None:
        if os.getpid() == process:
            shutil.rmtree(place, ignore_errors=True)


_keep_bytecode()  # before other plugins are imported, which takes longer than all of ours
_write_to_memory()


def pytest_configure(config: pytest.Config) -> None:
    """Name the marker."""
    config.addinivalue_line(
        "markers", "long: random or bounded by choice; `-m long` runs these alone, to a far greater extent"
    )


def pytest_itemcollected(item: pytest.Item) -> None:
    """Every property is long, whoever wrote it."""
    if getattr(getattr(item, "obj", None), "is_hypothesis_test", False):
        item.add_marker("long")


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Leave what is collected alone: it stays to the end, and looking through it for garbage takes a third of collecting."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.set_threshold(20_000, 20, 20)  # random examples make many objects and few cycles
        gc.enable()


@pytest.hookimpl(tryfirst=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadFileScheduling:
    """Whole files are handed to the processes of a run, in the order collected."""
    config.option.loadscopereorder = False  # by the number of tests, which says little of how long they take
    return LoadFileScheduling(config, log)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long files first, so that no core waits for another's last test."""
    places = {file: place for place, file in enumerate(FIRST, -len(FIRST))}
    items.sort(key=lambda item: places.get(item.nodeid.partition("::")[0], 0))


@pytest.hookimpl(tryfirst=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """One more than there are cores for a run of everything, since each waits a third of its time for other processes.

    On a very slow machine as many as cores, since each imports and collects all. None beside this one for a few tests,
    which are over before one has started, or where one would be alone.
    """
    if config.option.keyword or not all(Path(arg).is_dir() for arg in config.args):
        return 0
    processes = effort.cores() + (effort.effort() > effort.USUAL / 3)
    return processes if processes > 1 else 0


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say to what extent the random tests ran."""
    terminalreporter.write_sep("-", effort.told())
