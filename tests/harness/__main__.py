"""`uv run python -m tests.harness --seed 7 --kills 100`: kill a service over and over, and see whether anything is lost."""

import argparse
import asyncio
import random
import signal
import subprocess
import sys
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from service.web import access
from tests import clusters
from tests.harness.journal import Journal
from tests.harness.run import Extent, run
from tests.harness.scene import Scene
from tests.processes import eventually

_DISK = 700  # megabytes of the disk of the data directory


@contextmanager
def own_disk(place: Path) -> Generator[bool]:
    """A directory becomes a small disk of its own; whether that is allowed here."""
    command = ["mount", "-t", "tmpfs", "-o", f"size={_DISK}m,mode=755", "companyfacts-harness", str(place)]
    try:
        mounted = subprocess.run(command, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        mounted = False
    try:
        yield mounted
    finally:
        if mounted:  # what was just killed may still hold it
            eventually(lambda: subprocess.run(["umount", str(place)], check=False).returncode == 0)


def tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.harness", description=__doc__)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6), help="repeats a run's choices")
    parser.add_argument("--kills", type=int, default=30, help="how many processes are killed")
    parser.add_argument(
        "--only", action="append", default=[], help="a fault that may happen; may be repeated"
    )
    parser.add_argument("--writers", type=int, default=3)
    parser.add_argument("--readers", type=int, default=2)
    given = parser.parse_args()
    tell(f"seed {given.seed}")
    access.configure(enabled=False, for_people=False)  # of the mirror, which is asked in this process
    journal = Journal(given.seed)

    def told(signum: int, _frame: FrameType | None) -> None:
        if journal.enough:
            sys.exit(128 + signum)
        journal.enough = True

    signal.signal(signal.SIGTERM, told)
    extent = Extent(given.seed, given.kills, given.only, given.writers, given.readers)
    with (
        clusters.cluster() as cluster,
        cluster.database() as mirror,
        cluster.database(None) as spare,
        tempfile.TemporaryDirectory(prefix="cf-") as directory,
        own_disk(Path(directory)) as is_own,
    ):
        Path(directory).chmod(0o755)
        scene = Scene(journal, Path(directory) / "data", mirror, spare)
        scene.own_disk = is_own
        report = asyncio.run(run(extent, scene, tell))
    for reason in report.left_out:
        tell(f"left out: {reason}")
    for name, count in report.figures.items():
        tell(f"{count:>8} {name}")
    for problem in report.problems[:50]:
        tell(f"{problem.fault}: {problem.what}")
    for complaint in report.complaints:
        tell(complaint)
    if report.problems or report.complaints:
        tell(f"{len(report.problems)} problems with seed {given.seed}; the processes said:\n{report.said}")
    return 1 if report.problems or report.complaints else 0


if __name__ == "__main__":
    sys.exit(main())
