"""What CI runs: `uv run python -m benchmarks.guard`.

A quick run of a few workloads against the faster of the two FastAPI peers. The ratios are compared with
`floors.json`. A floor is about half of the ratio on a quiet machine, because CI's machine is not quiet. Only a ratio that is
below its floor in two runs in a row is a failure.

On a slow machine (`TEST_EFFORT`, see `docs/testing.md`) the rounds are longer,
so that a contender still answers some hundred requests in each.
"""

import os
import statistics
import sys
from pathlib import Path

import msgspec

from benchmarks.__main__ import QUICK, default_directory, measured, tell
from benchmarks.contenders import OURS
from benchmarks.work import WORKS
from tests.effort import USUAL

FLOORS = Path(__file__).with_name("floors.json")
# of this machine, beside the reference
SPEED = min(1.0, float(os.environ.get("TEST_EFFORT", "1")) / USUAL)
# a peer takes seconds for a whole document of EDGAR's, and a round ends when each connection has its answer
FEW_CONNECTIONS = {"wire_file": 1}
PLAN = QUICK._replace(rounds=2, seconds=min(4.0, 0.5 / SPEED), database_too=False)  # few workloads
Floors = dict[str, dict[str, float]]  # by workload and contender


def below(floors: Floors) -> dict[str, str]:
    """The ratios of a run that are below their floors, as text."""
    names = [OURS, *sorted({name for by_name in floors.values() for name in by_name})]
    works = [
        work._replace(connections=FEW_CONNECTIONS.get(work.name, work.connections))
        for work in WORKS
        if work.name in floors
    ]
    results = measured(PLAN, names, works, default_directory(), importing_too=False)
    found: dict[str, str] = {}
    for work, by_name in floors.items():
        for name, floor in by_name.items():
            ratios = results.ratios(work, name)
            if not ratios:
                found[f"{work}/{name}"] = "it was not measured"
                continue
            ratio = statistics.median(ratios)
            tell(f"{work}: {ratio:.2f} × {name}, floor {floor:g}")
            if ratio < floor:
                found[f"{work}/{name}"] = f"{ratio:.2f} × {name}, and {floor:g} is the floor"
    return found


def main() -> None:
    """The command."""
    floors = msgspec.json.decode(FLOORS.read_bytes(), type=Floors)
    first = below(floors)
    if not first:
        return
    tell(f"below the floor, measuring again: {', '.join(first)}")
    again = {
        work: by_name for work, by_name in floors.items() if any(key.startswith(f"{work}/") for key in first)
    }
    second = below(again)
    if lasting := {key: told for key, told in second.items() if key in first}:
        sys.exit("\n".join(f"{key}: {told}" for key, told in lasting.items()))


if __name__ == "__main__":
    main()
