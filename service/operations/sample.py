"""The sample data of the package, loaded into a new service."""

from collections.abc import Sequence
from importlib.resources import files
from uuid import UUID

import msgspec
from msgspec import UNSET, Struct, UnsetType

from service.core.facts import AnyAssert, key_of
from service.operations import exchange
from service.postgres.database import Database
from service.store import facts, log, sources

# the source that only the sample has
_BRIEFING = "sha256:ce3d10dd09b284e3541cfd51b29ed75f776554746a3b49e8761b6d32b50faa20"
# facts of earlier samples that are recorded under another key now, with what their retraction says
_MOVED = {
    UUID(
        "047364b9-be67-8f66-910b-10814bd499e4"
    ): "recorded again with the condition that it holds under, chips: domestic"
}


class _Line(Struct):
    """A line of the sample, if it has a fact."""

    fact: AnyAssert | UnsetType = UNSET


_line = msgspec.json.Decoder(_Line)


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

    What stands already adds nothing. Facts that have another version or a retraction are left as they are, since somebody has
    corrected them.
    """
    lines = _lines()
    ids = [
        None if isinstance(fact := _line.decode(line).fact, UnsetType) else key_of(fact).id for line in lines
    ]
    async with database.session() as session:
        if not await sources.load_sources(session, [_BRIEFING]):
            return 0
        known = [one for one in (*ids, *_MOVED) if one is not None]
        states = await facts.load_histories(session, map(facts.pair, known))
    versions = {state.id: state.last for state in states}
    renewed = [line for one, line in zip(ids, lines, strict=True) if one is None or versions.get(one, 1) == 1]
    renewed += [_retraction(fact, why) for fact, why in _MOVED.items() if versions.get(fact) == 1]
    report = await exchange.import_lines(database, renewed, author=None, partial=True, batch=None)
    return report.created


def _retraction(fact: UUID, why: str) -> bytes:
    return msgspec.json.encode({"retraction": {"fact": fact, "version": 1, "reason": why}})


def _lines() -> Sequence[bytes]:
    return files("service").joinpath("sample/sample.ndjson").read_bytes().splitlines()
