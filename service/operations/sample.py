"""The sample in the package: something to ask a new service about."""

from importlib.resources import files

from service.operations import exchange
from service.postgres.database import Database
from service.store import log


async def load_sample(database: Database) -> int:
    """Record the sample where nothing is recorded yet, as a whole or not at all; gives the entries made.

    A service with facts of its own is left alone: what it made of the sample since is not to be undone.
    """
    async with database.session() as session:
        if await log.head_position(session) > 0:
            return 0
    lines = files("service").joinpath("sample/sample.ndjson").read_bytes().splitlines()
    report = await exchange.import_lines(database, lines, author=None, partial=False, batch=None)
    for problem in report.problems:
        raise problem.error
    return report.created
