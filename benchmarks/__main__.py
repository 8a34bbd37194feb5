"""`uv run python -m benchmarks`: measures all programs in turn and writes tables of ratios."""

import argparse
import asyncio
import contextlib
import os
import statistics
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks import importing, loading, measuring, report, work
from benchmarks.contenders import (
    CONTENDERS,
    HELLO,
    OURS,
    PGBENCH,
    ContenderError,
    Place,
    Running,
    admitted,
    paths,
    running,
)
from benchmarks.measuring import Load, LoadError, Request
from benchmarks.report import Cell, Cost, Latency, Results
from benchmarks.work import IMPORT, WORKS, Questions, Work

CHECKED = 25  # requests of each workload whose answers are compared before the measurement


class Plan(NamedTuple):
    """The size of a run."""

    facts: int
    questions: int
    rounds: int
    seconds: float
    warm: float
    half: float  # seconds at half load; 0: not measured
    imported: int  # facts to import, approximately
    database_too: bool = True  # whether to measure the database without a service


FULL = Plan(facts=1_000_000, questions=20_000, rounds=5, seconds=3, warm=1, half=5, imported=200_000)
QUICK = Plan(facts=40_000, questions=5_000, rounds=2, seconds=0.4, warm=0.2, half=0, imported=20_000)


def tell(what: str) -> None:
    """Write a line of progress to standard error."""
    print(f"{time.strftime('%H:%M:%S')} {what}", file=sys.stderr, flush=True)


def default_directory() -> Path:
    """The directory that keeps data and environments between runs."""
    if os.geteuid() == 0:  # root's home directory is closed to the user that runs Postgres
        return Path("/var/cache/companyfacts-benchmarks")
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "companyfacts-benchmarks"


class Race:
    """The running contenders and their measurements."""

    def __init__(self, plan: Plan, place: Place, questions: Questions, stack: contextlib.ExitStack) -> None:
        self.plan = plan
        self.place = place
        self.questions = questions
        self.stack = stack
        self.up: dict[str, Running] = {}
        self.absent: dict[str, str] = {}
        self.sizes: dict[str, int] = {}
        self.idle: dict[str, float] = {}
        self.began = time.time_ns()
        self.files = place.directory / "requests"
        self.files.mkdir(exist_ok=True)

    def start(self, names: Sequence[str]) -> None:
        """Start the named contenders. A peer that does not start is reported as absent; ours must start."""
        for contender in CONTENDERS:
            if contender.name not in names or contender.name in self.up:
                continue
            tell(f"starting {contender.name}")
            try:
                one = self.stack.enter_context(running(contender, self.place))
            except (ContenderError, OSError) as error:
                if contender.name == OURS:
                    raise
                self.absent[contender.name] = str(error).strip().split("\n")[-1][:200]
                tell(f"absent: {contender.name}: {error}")
                continue
            self.up[contender.name] = one
            self.idle[contender.name] = one.worker().memory_info().rss / 2**20

    def requests(self, name: str, each: Work) -> list[Request]:
        """The requests of a workload, written for a contender."""
        ask = self.up[name].contender.asks.get(each.name)
        return [] if ask is None else [ask(question) for question in self.questions.by_work[each.name]]

    def asked(self, each: Work) -> dict[str, list[Request]]:
        """The requests of a workload for every contender; `hello` is asked for as many bytes as ours answers."""
        found = {name: self.requests(name, each) for name in self.up}
        if HELLO in found and each.name in self.sizes:
            found[HELLO] = [Request("GET", f"/{self.sizes[each.name]}")]
        return found

    def check(self, each: Work) -> None:
        """Compare the answers of all contenders with ours. Raises ContenderError if one differs."""
        questions = self.questions.by_work[each.name][:CHECKED]
        told: dict[str, list[object]] = {}
        for name, one in self.up.items():
            for place, request in enumerate(self.requests(name, each)[:CHECKED]):
                unique = f"{self.began}{place}".encode()
                body = one.answer(request._replace(body=request.body.replace(b"@@", unique)))
                if name == OURS:
                    self.sizes[each.name] = max(self.sizes.get(each.name, 0), len(body))
                told.setdefault(name, []).append(one.contender.told(each.name, body))
        for name, answers in told.items():
            for question, ours, theirs in zip(questions, told[OURS], answers, strict=True):
                if ours != theirs or not ours:
                    raise ContenderError(f"{each.name}: {question}: ours {ours!r}, {name} {theirs!r}"[:2000])

    def press(self, name: str, requests: Path, each: Work, seconds: float) -> Load:
        """Send load to one contender."""
        one = self.up[name]
        key = one.key if each.writes else None
        seconds = 2 * seconds if each.heavy else seconds
        return measuring.press(one.base, requests, seconds=seconds, connections=each.connections, key=key)

    def run(self, each: Work) -> tuple[list[Cell], dict[str, Latency]]:
        """Run all rounds of a workload."""
        entrants: dict[str, Path] = {}
        asked = self.asked(each)
        for name, requests in asked.items():
            if requests:
                entrants[name] = self.files / f"{name}-{each.name}.tsv"
                measuring.write_requests(entrants[name], requests)
        script = work.limit(each.name, len(self.questions.by_work[each.name]))
        names = [*entrants, *([PGBENCH] if script and self.plan.database_too else [])]
        rates: dict[str, list[float]] = {name: [] for name in names}
        typical: dict[str, list[int]] = {name: [] for name in names}
        for name, requests in entrants.items():
            self.press(name, requests, each, self.plan.warm)
        for place in range(self.plan.rounds):
            for name in names[place % len(names) :] + names[: place % len(names)]:
                if name == PGBENCH:
                    rates[name].append(
                        measuring.pgbench(self.place.dsn, script or "", seconds=self.plan.seconds)
                    )
                    continue
                load = self.press(name, entrants[name], each, self.plan.seconds)
                rates[name].append(load.rate)
                typical[name].append(load.p50)
            told = ", ".join(f"{name} {rates[name][-1]:,.0f}" for name in names)
            tell(f"{each.name}, round {place + 1}: {told}")
        latencies: dict[str, Latency] = {}
        for name in entrants if self.plan.half and not each.writes else ():
            latency = statistics.median(typical[name]) / each.connections * 2
            rate = statistics.median(rates[name])
            base = self.up[name].base
            load = measuring.half(
                base,
                entrants[name],
                rate,
                seconds=self.plan.half,
                connections=each.connections,
                latency=latency,
            )
            first = measuring.first_byte(base, asked[name], 1)
            latencies[name] = Latency(round(load.rate, 1), load.p50 / 1000, load.p99 / 1000, round(first, 3))
        return [Cell(each.name, name, found) for name, found in rates.items()], latencies


def measured(
    plan: Plan, names: Sequence[str], works: Sequence[Work], directory: Path, *, importing_too: bool
) -> Results:
    """Load the data, start the contenders, compare their answers, and measure."""
    directory.mkdir(parents=True, exist_ok=True)
    with contextlib.ExitStack() as stack:
        tell("starting Postgres")
        server = stack.enter_context(loading.postgres(directory / "postgres"))
        dsn = loading.blocking_prepared(server, plan.facts, tell)
        sqlite = asyncio.run(loading.sqlite(dsn, directory)) if "datasette" in names else None
        questions = asyncio.run(work.sampled(dsn, plan.questions))
        asyncio.run(work.put_questions(dsn, questions))
        asyncio.run(work.put_writer(dsn))
        facts = asyncio.run(loading.count(dsn))
        race = Race(plan, Place(directory, dsn, sqlite), questions, stack)
        race.start([name for name in names if name != HELLO])
        race.up[OURS] = admitted(race.up[OURS], race.place)
        known = paths(race.up[OURS])
        for each in works:
            if each.path not in known:
                race.absent[each.name] = f"ours has no {each.path}"
        works = [each for each in works if each.name not in race.absent and questions.by_work.get(each.name)]
        for each in works:
            tell(f"checking {each.name}")
            race.check(each)
        race.place = race.place._replace(sizes=race.sizes)
        race.start(names)
        cells: list[Cell] = []
        latencies: dict[str, dict[str, Latency]] = {}
        for each in works:
            found, latency = race.run(each)
            cells += found
            if latency:
                latencies[each.name] = latency
        if importing_too:
            tell("importing")
            rates = importing.measured(server, plan.imported, max(1, plan.rounds - 2))
            cells += [Cell(IMPORT.name, name, found) for name, found in rates.items()]
        costs = {
            name: Cost(
                round(one.seconds, 3),
                round(race.idle[name], 1),
                round(one.worker().memory_info().rss / 2**20, 1),
            )
            for name, one in race.up.items()
        }
        return Results(facts, plan.seconds, plan.rounds, cells, latencies, costs, race.absent)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument(
        "--quick", action="store_true", help="fewer facts and shorter rounds: under two minutes"
    )
    parser.add_argument(
        "--facts", type=int, help="how many facts to load, approximately  [1,000,000; quick: 40,000]"
    )
    parser.add_argument("--rounds", type=int, help="rounds of each workload")
    parser.add_argument("--seconds", type=float, help="how long each turn lasts")
    parser.add_argument("--only", help="works and contenders, separated by commas", default="")
    parser.add_argument("--json", type=Path, help="file for the figures")
    parser.add_argument("--page", type=Path, help="page whose tables are to be replaced")
    parser.add_argument(
        "--directory", type=Path, default=default_directory(), help="where data is kept between runs"
    )
    given = parser.parse_args()
    plan = QUICK if given.quick else FULL
    changes = {"facts": given.facts, "rounds": given.rounds, "seconds": given.seconds}
    plan = plan._replace(**{name: value for name, value in changes.items() if value is not None})
    asked = {name for name in str(given.only).split(",") if name}
    known = {each.name for each in (*WORKS, IMPORT)} | {each.name for each in CONTENDERS}
    if unknown := asked - known:
        parser.error(f"there is no {', '.join(sorted(unknown))}; there are {', '.join(sorted(known))}")
    works = [each for each in WORKS if each.name in asked] or ([] if IMPORT.name in asked else list(WORKS))
    names = [OURS, *(each.name for each in CONTENDERS if each.name in asked - {OURS})]
    if names == [OURS]:
        names = [each.name for each in CONTENDERS]
    try:
        importing_too = IMPORT.name in asked or not asked & {each.name for each in WORKS}
        results = measured(plan, names, works, given.directory, importing_too=importing_too)
    except (LoadError, ContenderError) as error:
        sys.exit(f"benchmarks: {error}")
    tables = report.as_markdown(results)
    if given.json is not None:
        given.json.write_bytes(report.as_json(results))
    if given.page is not None:
        report.put(given.page, "tables", tables)
    print(tables)


if __name__ == "__main__":
    main()
