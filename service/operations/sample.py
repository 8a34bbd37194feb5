"""The sample data of the package, loaded into a new service."""

from importlib.resources import files

from service.operations import exchange
from service.postgres.database import Database
from service.store import log, sources

# the source that only the sample has
_BRIEFING = "sha256:ce3d10dd09b284e3541cfd51b29ed75f776554746a3b49e8761b6d32b50faa20"


async def load_sample(database: Database) -> int:
    """Record the sample into an empty log, in one transaction. Returns the number of entries made.

    A log that is not empty is left unchanged, so that later changes to the sample's facts are kept.
    """
    async with database.session() as session:
        if await log.head_position(session) > 0:
            return 0
    report = await exchange.import_lines(database, _lines(), author=None, partial=False, batch=None)
    for problem in report.problems:
        raise problem.error
    return report.created


async def renew_sample(database: Database) -> int:
    """Record what this release's sample says more, where an earlier release loaded its own. Returns the entries made.

    What stands already adds nothing, and what was retracted is not revived.
    """
    async with database.session() as session:
        if not await sources.load_sources(session, [_BRIEFING]):
            return 0
    report = await exchange.import_lines(database, _lines(), author=None, partial=True, batch=None)
    return report.created


def _lines() -> list[bytes]:
    return files("service").joinpath("sample/sample.ndjson").read_bytes().splitlines()
