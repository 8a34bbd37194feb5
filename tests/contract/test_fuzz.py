"""Schemathesis against the service as it runs: `companyfacts serve`, a real Postgres, the sample.

Bounded here; `docs/testing.md` has the command for a long run.
"""

import os
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path

import pytest

from service.operations.sample import load_sample
from service.sql.database import opened
from tests.postgres import Cluster, run
from tests.running import Server

ROOT = Path(__file__).resolve().parents[2]
_DETERMINISTIC = ["--seed", "20261124"] if os.environ.get("CI") else []  # a gate repeats what it has shown


@pytest.fixture(scope="module")
def sampled(cluster: Cluster) -> Generator[Server]:
    """A server with the sample."""

    async def load(dsn: str) -> None:
        async with opened(dsn) as database:
            await load_sample(database)

    with cluster.database() as dsn:
        run(load(dsn))
        with Server(dsn, cluster.keys["write"]) as server:
            yield server


def fuzz(server: Server, key: str | None, *arguments: str) -> str:
    """What Schemathesis says; fails where it finds anything."""
    command = [
        Path(sys.executable).parent / "schemathesis",
        *("run", f"{server.base}/openapi.json", "--no-color", "--continue-on-failure", *arguments),
        *("--generation-database", "none"),
        *([] if key is None else ["--header", f"Authorization: Bearer {key}"]),
        *_DETERMINISTIC,
    ]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=900, cwd=ROOT)
    assert done.returncode == 0, done.stdout[-20_000:] + done.stderr[-5_000:]
    return done.stdout


def test_nothing_is_found_with_a_key_that_writes(sampled: Server) -> None:
    said = fuzz(sampled, sampled.key, "--phases", "examples,coverage,fuzzing,stateful", "-n", "8")
    selected = said.partition("Selected: ")[2].split("\n")[0]
    assert len(set(selected.split("/"))) == 1, f"every operation is tried: {selected}"
    for phase in ("Examples", "Coverage", "Fuzzing", "Stateful"):
        assert f"✅ {phase}" in said


@pytest.mark.parametrize("scope", ["read", None])
def test_nothing_is_found_with_a_key_that_reads_and_with_none(
    cluster: Cluster, sampled: Server, scope: str | None
) -> None:
    key = cluster.keys["read"] if scope else None
    fuzz(sampled, key, "--phases", "examples,fuzzing,stateful", "-n", "3")
