"""The sample data of the package, loaded into a new service."""

from importlib.resources import files

from service.operations import exchange
from service.postgres.database import Database
from service.store import log


async def load_sample(database: Database) -> int:
    """Record the sample into an empty log, in one transaction. Returns the number of entries made.

    A log that is not empty is left unchanged, so that later changes to the sample's facts are kept.
    """
    async with database.session() as session:
        if await log.head_position(session) > 0:
            return 0
    lines = files("service").joinpath("sample/sample.ndjson").read_bytes().splitlines()
    report = await exchange.import_lines(database, lines, author=None, partial=False, batch=None)
    for problem in report.problems:
        raise problem.error
    return report.created
