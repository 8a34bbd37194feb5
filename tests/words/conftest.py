"""A service on real filings, cut to the tags of the standard concepts."""

from collections.abc import Generator

import pytest

from tests.clusters import Cluster
from tests.running import InProcess
from tests.words.real import FILERS, LOADED, load


@pytest.fixture(scope="package")
def real(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Generator[InProcess]:
    """The service on the filings of four companies; tests only read."""
    with cluster.database() as dsn:
        load(dsn, tmp_path_factory.mktemp("edgar"), [FILERS[name] for name in LOADED])
        with InProcess(dsn, cluster.keys["write"]) as service:
            yield service
