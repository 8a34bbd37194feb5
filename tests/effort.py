"""How much a run does of what is random or bounded by choice: one number, the effort.

The numbers that the tests name have an effort of 1. The first process of a run measures how long this machine takes for
a fixed piece of work on all its cores at once. A machine that is as quick as the reference, or quicker, gives `USUAL`; one
that takes four times as long gives a quarter of that. The workers of the run read the number from the environment.
`TEST_EFFORT=2` sets it; `-m long` sets it to `LONG`.

In the gate (`CI` is set) random tests have fixed seeds, so that every gate tries the same again. What finds new faults are
other runs, each of which tries something else.
"""

import math
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path

VARIABLE = "TEST_EFFORT"
LONG = 40.0  # of a run that takes its time: `pytest -m long`
USUAL = 0.4
LEAST = 0.05
_SLACK = 1.5  # a machine that is not slower than this by chance alone is as quick as the reference
_REFERENCE = 0.20  # seconds that two quiet cores take for the work below, with Debian's Python, in 2026
_WORK = """
import hashlib
held = {}
for number in range(400_000):
    held[number % 1000] = str(number)
hashlib.sha256(bytes(20_000_000)).digest()
"""


def cores() -> int:
    """The cores that this process may use: no more than a quota of its control group is worth, and at least one."""
    there = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min([there, *map(math.ceil, quotas())]))


def quotas(own: Path = Path("/proc/self/cgroup"), groups: Path = Path("/sys/fs/cgroup")) -> Iterator[float]:
    """How many cores each control group of this process may use, by cgroups of the first or the second version.

    `own` lists the groups of the process, and their files are below `groups`.
    """
    try:
        lines = own.read_text(encoding="utf-8").splitlines()
    except OSError:  # not on Linux
        return
    for _, controllers, path in (line.split(":", 2) for line in lines):
        if controllers and "cpu" not in controllers.split(","):
            continue
        group = groups / ("cpu" if controllers else "") / path.lstrip("/")
        files = ("cpu.cfs_quota_us", "cpu.cfs_period_us") if controllers else ("cpu.max",)
        for one in (group, *group.parents):
            # without a quota it is "max", or -1; a container may show only its own group, as the uppermost
            with suppress(OSError, ValueError):
                quota, period = map(int, " ".join((one / file).read_text() for file in files).split())
                if quota > 0:
                    yield quota / period


def _measured() -> float:
    """How many times as long as the reference this machine takes; at least 1."""
    began = time.monotonic()
    # all at once, on as many cores as the reference has: a quota of the processor is shared by them
    working = [subprocess.Popen([sys.executable, "-c", _WORK]) for _ in range(2)]
    for process in working:
        process.wait()
    slower = (time.monotonic() - began) / _REFERENCE
    return slower if slower > _SLACK else 1.0


@cache
def effort() -> float:
    """The number: `USUAL` on the reference machine, less on a slower one."""
    given = os.environ.get(VARIABLE)
    if given is None:
        given = os.environ[VARIABLE] = f"{max(LEAST, USUAL / _measured()):.2f}"  # the workers inherit it
    return float(given)


def some(number: int, *, least: int = 1) -> int:
    """So many of something by this run's effort: `number` if it is 1, never fewer than `least`."""
    return max(least, round(number * effort()))


def examples(number: int) -> int:
    """So many examples of a property by this run's effort, never fewer than five."""
    return some(number, least=min(5, number))


def told() -> str:
    """What the effort means, for the last lines of a run."""
    by_hand = "" if effort() in {USUAL, LONG} else f" ({VARIABLE}={effort():g} repeats it)"
    return f"random tests did {effort():g} of the extent that they name{by_hand}"


if __name__ == "__main__":
    sys.stdout.write(f"{effort():g} {cores()}\n")
