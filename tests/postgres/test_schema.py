"""The schema revision and log position that a start reads before it imports Alembic."""

from urllib.parse import urlsplit, urlunsplit

import pytest
from alembic.script import ScriptDirectory

from service.core.errors import Unavailable
from service.operations import registry
from service.operations.sample import load_sample
from service.postgres import schema
from service.postgres.database import opened
from service.postgres.migration import migrate
from service.postgres.schema import MIGRATIONS, State
from tests.clusters import Cluster, execute, run
from tests.running import free_port


def test_the_head_is_the_one_that_alembic_finds() -> None:
    scripts = ScriptDirectory(str(MIGRATIONS))
    assert schema.head() == scripts.get_current_head()
    for script in scripts.walk_revisions():
        assert script.path.rpartition("/")[2].startswith(f"{script.revision}_"), (
            "the file's name is what is read"
        )


def test_a_database_tells_its_revision_and_where_its_log_stands(cluster: Cluster) -> None:
    with cluster.database(template=None) as dsn:
        assert run(schema.state(dsn)) == State(None, 0), "nothing is there"
        run(migrate(dsn, "0003"))
        assert run(schema.state(dsn)) == State("0003", 0)
        assert not run(schema.state(dsn)).is_current
        run(migrate(dsn))
        assert run(schema.state(dsn)) == State(schema.head(), 0)
        assert run(schema.state(dsn)).is_current

        async def sample() -> int:
            async with opened(dsn) as database:
                await load_sample(database)
                return await registry.ready(database)

        position = run(sample())
        assert position > 0
        assert run(schema.state(dsn)) == State(schema.head(), position)


def test_a_database_that_was_migrated_down_is_not_current(cluster: Cluster) -> None:
    with cluster.database(template=None) as dsn:
        run(migrate(dsn))
        run(migrate(dsn, "base"))
        assert run(schema.state(dsn)) == State(None, 0)


def test_a_database_that_is_not_ours_to_read_is_not_current(cluster: Cluster) -> None:
    with cluster.database() as dsn:
        stranger = urlunsplit(urlsplit(dsn)._replace(netloc="stranger@"))
        run(execute(cluster.dsn, "create role stranger login"))
        try:
            assert run(schema.state(stranger)) == State()
        finally:
            run(execute(cluster.dsn, "drop role stranger"))


def test_a_database_that_is_away_is_unavailable() -> None:
    with pytest.raises(Unavailable):
        run(schema.state(f"postgresql://nobody@127.0.0.1:{free_port()}/nothing"))
