"""A service whose parts are killed at random, with writers, readers, followers and a mirror: nothing is lost."""

import asyncio
import random
import tempfile
from pathlib import Path

import pytest

from tests.clusters import Cluster, copied
from tests.effort import effort, some
from tests.harness.journal import Journal
from tests.harness.run import Extent, run
from tests.harness.scene import Scene

IN_GATE = ("worker", "postmaster", "serve", "mirror", "clock")


@pytest.mark.long
def test_nothing_is_lost(cluster: Cluster, used_data_dir: Path) -> None:
    """One kill of each part; in a long run many, and all other faults."""
    is_long = effort() > 1
    seed = random.randrange(10**6) if is_long else 7
    extent = Extent(seed, some(4, least=4), () if is_long else IN_GATE, writers=2, readers=1)
    with (
        cluster.database() as mirror,
        cluster.database(None) as spare,
        tempfile.TemporaryDirectory(prefix="cf-") as directory,
    ):
        data_dir = copied(used_data_dir, Path(directory) / "data")
        report = asyncio.run(run(extent, Scene(Journal(seed), data_dir, mirror, spare)))
    wrong = [*report.complaints, *report.problems[:9]]
    assert wrong == [], f"seed {seed}: {wrong}\n{report.said}"
    figures = report.figures
    assert figures["writes acknowledged"] == figures["of them found once"] > 20
    assert figures["entries of the mirror"] == figures["entries of the log"]
    assert figures["reads of a pinned position"] > figures["followers"] > 5
