"""What tests run against: a real Postgres, databases of their own, and the service on them."""

import os
import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings

from service.operations.sample import load_sample
from service.postgres import embedded
from service.postgres.database import opened
from service.postgres.migration import migrate
from tests import clusters
from tests.clusters import Cluster, copied
from tests.effort import examples
from tests.running import InProcess, Server

# two noisy cores: time says nothing there; a gate repeats what it has shown
settings.register_profile(
    "default",
    deadline=None,
    max_examples=examples(100),
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("gate", parent=settings.get_profile("default"), derandomize=True, database=None)
settings.register_profile(  # `pytest --hypothesis-profile=first`: a failure as it was found, at once
    "first",
    parent=settings.get_profile("default"),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    report_multiple_bugs=False,
)
settings.load_profile("gate" if os.environ.get("CI") else "default")


@pytest.fixture(scope="session")
def cluster() -> Generator[Cluster]:
    """The one Postgres of the run."""
    with clusters.cluster() as running:
        yield running


@pytest.fixture(scope="session")
def _shared(cluster: Cluster) -> Generator[str]:
    with cluster.database() as made:
        yield made


@pytest.fixture
def dsn(cluster: Cluster, _shared: str) -> str:
    """A migrated database, this test's own while it runs: nothing recorded, one key of each scope."""
    cluster.emptied(_shared)
    return _shared


@pytest.fixture(scope="session")
def _application(cluster: Cluster, _shared: str) -> Generator[InProcess]:
    service = InProcess(_shared, cluster.keys["write"], again=True)
    yield service
    service.close()


@pytest.fixture
def api(_application: InProcess, dsn: str) -> Generator[InProcess]:
    """The service in this process on the test's own database, asked with a write key; answers are validated."""
    assert dsn == _application.dsn
    with _application as service:
        yield service


@pytest.fixture(scope="module")
def server(cluster: Cluster) -> Generator[Server]:
    """`companyfacts serve` on a database of this module's own, asked with a write key; answers are validated."""
    with cluster.database() as made, Server(made, cluster.keys["write"]) as running:
        yield running


@pytest.fixture(scope="session")
def used_data_dir() -> Generator[Path]:
    """A data directory as a start leaves it: a cluster with an empty database, stopped. Tests copy it."""
    with tempfile.TemporaryDirectory(prefix="cf-") as directory:
        path = Path(directory) / "data"
        with embedded.serving(path):
            pass
        yield path


@pytest.fixture(scope="session")
def sampled_data_dir(used_data_dir: Path) -> Path:
    """A data directory as `serve` leaves it: migrated, with the sample, stopped. Tests copy it."""
    path = copied(used_data_dir, used_data_dir.with_name("sampled"))

    async def load(dsn: str) -> None:
        await migrate(dsn)
        async with opened(dsn) as database:
            await load_sample(database)

    with embedded.serving(path) as dsn:
        clusters.run(load(dsn))
    return path
