"""Schemathesis against the service as it runs: `companyfacts serve`, a real Postgres, the sample.

Bounded here; `docs/testing.md` has the command for a long run.
"""

import json
import os
import subprocess
import sys
from collections.abc import Generator, Iterable
from pathlib import Path
from typing import Any

import pytest

from tests.clusters import Cluster
from tests.contract.walking import OPERATIONS, LinkName, every_link
from tests.effort import USUAL, effort, some
from tests.running import Server

ROOT = Path(__file__).resolve().parents[2]
_SEED = 20261124
AT_LENGTH = effort() > USUAL
_DETERMINISTIC = ["--seed", str(_SEED)] if os.environ.get("CI") else []  # a gate repeats what it has shown
_LIFE: tuple[LinkName, ...] = (
    ("assertFact", 201, "GetFact"),
    ("getFact", 200, "ListFactVersions"),
    ("listFactVersions", 200, "GetFact"),
    ("getFact", 200, "RestateFact"),
    ("assertFact", 201, "DiffFact"),
    ("diffFactVersions", 200, "RetractFact"),
    ("retractFact", 201, "GetFact"),
)


@pytest.fixture(scope="module")
def sampled(cluster: Cluster) -> Generator[Server]:
    """A server with the sample."""

    with cluster.sampled() as dsn, Server(dsn, cluster.keys["write"]) as server:
        yield server


class Fuzzer:
    """Schemathesis in a process of its own, which keeps what it has made from the document for the next run."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.contract.fuzzing"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def close(self) -> None:
        self._process.communicate()

    def fuzz(self, server: Server, key: str | None, *arguments: str, seed: int | None = None) -> str:
        """What Schemathesis says; fails where it finds anything."""
        command = [
            *("run", f"{server.base}/openapi.json", "--no-color", "--continue-on-failure", *arguments),
            *("--generation-database", "none"),
            *([] if key is None else ["--header", f"Authorization: Bearer {key}"]),
            *(_DETERMINISTIC if seed is None else ["--seed", str(seed)]),
        ]
        asked, answers = self._process.stdin, self._process.stdout
        assert asked is not None
        assert answers is not None
        asked.write(json.dumps(command) + "\n")
        asked.flush()
        answer = answers.readline()
        assert answer, "Schemathesis ended"
        done = json.loads(answer)
        assert done["code"] == 0, done["said"][-25_000:]
        return done["said"]


@pytest.fixture(scope="module")
def fuzzer() -> Generator[Fuzzer]:
    running = Fuzzer()
    yield running
    running.close()


@pytest.mark.long
@pytest.mark.parametrize("scope", ["read", None])
def test_nothing_is_found_with_a_key_that_reads_and_with_none(
    cluster: Cluster, sampled: Server, fuzzer: Fuzzer, scope: str | None
) -> None:
    key = cluster.keys["read"] if scope else None
    # reads are open here, so that links lead to the same with no key
    phases = "examples,fuzzing,stateful" if scope and AT_LENGTH else "examples,fuzzing"
    fuzzer.fuzz(sampled, key, "--phases", phases, "-n", str(some(1)))


@pytest.mark.long
def test_nothing_is_found_with_a_key_that_writes(sampled: Server, fuzzer: Fuzzer) -> None:
    said = fuzzer.fuzz(sampled, sampled.key, "--phases", "examples,coverage,fuzzing", "-n", str(some(2)))
    selected = said.partition("Selected: ")[2].split("\n")[0]
    assert len(set(selected.split("/"))) == 1, f"every operation is tried: {selected}"
    for phase in ("Examples", "Coverage", "Fuzzing"):  # the stateful phase has tests of its own, below
        assert f"✅ {phase}" in said


def followed(report: Path) -> set[LinkName]:
    """The declared links that a stateful run followed, with what they give, to a success: as its own report has it."""
    names = {
        f"{method} {template} -> [{status}] {name} -> ": (operation, status, name)
        for operation, status, name in every_link()
        for method, template, _ in [OPERATIONS[operation]]
    }
    found: set[LinkName] = set()
    for line in report.read_text().splitlines():
        event: dict[str, dict[str, Any]] = json.loads(line)
        recorder: dict[str, Any] = event.get("ScenarioFinished", {}).get("recorder") or {}
        for case_id, case in recorder.get("cases", {}).items():
            response = recorder["interactions"].get(case_id, {}).get("response")
            if case.get("transition") and case["is_transition_applied"] and response is not None:
                link = names.get(case["transition"]["id"].rpartition(" -> ")[0] + " -> ")
                if link is not None and response["status_code"] < 300:
                    found.add(link)
    return found


_RUNS = 24  # a run follows half of the links, by chance


def stateful_run(
    fuzzer: Fuzzer, server: Server, report: Path, links: Iterable[LinkName], number: int
) -> set[LinkName]:
    """What a run of the operations of some links follows. It ends where an answer differs from the last time's."""
    operations = {one for link in links for one in (link[0], every_link()[link])}
    only = [argument for one in sorted(operations) for argument in ("--include-operation-id", one)]
    written = ["--report", "ndjson", "--report-ndjson-path", str(report)]
    fuzzer.fuzz(server, server.key, "--phases", "stateful", "-n", "30", *only, *written, seed=_SEED + number)
    return followed(report)


def test_stateful_runs_follow_most_links_and_walk_through_the_life_of_a_fact(
    sampled: Server, fuzzer: Fuzzer, tmp_path: Path
) -> None:
    """Of the life each step is followed along its link; `test_links.py` walks them in one go.

    The life has runs of its own, which seldom miss a step. A gate and a slow machine leave out those of all links, which
    `test_links.py` follows one by one. Operations without links are left out, since a run of them follows nothing; the
    other phases try them.
    """
    found: set[LinkName] = set()
    ways = [(_LIFE, lambda: found >= set(_LIFE))]
    if AT_LENGTH:
        ways.append((tuple(every_link()), lambda: len(found) >= 0.75 * len(every_link())))
    for links, enough in ways:
        for number in range(_RUNS):
            found |= stateful_run(fuzzer, sampled, tmp_path / f"{number}.ndjson", links, number)
            if enough():
                break
        else:
            raise AssertionError(f"never followed: {sorted(set(links) - found)}")
