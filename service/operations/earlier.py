"""Renders the answers of facts at an earlier day or position."""

from collections.abc import Iterator, Sequence
from typing import cast
from uuid import UUID

from service.core import history, rendering
from service.core.history import Earlier, Times
from service.postgres.database import Reads
from service.store import facts


async def rendered(database: Reads, answers: Sequence[bytes | Earlier], times: Times) -> list[bytes]:
    """The JSON of each answer. `bytes` are stored answers that were the answers of then.

    A fact with several publishers needs its whole history, since rivals are part of the answer; that is read here.
    """
    if set(map(type, answers)) <= {bytes}:
        return cast("list[bytes]", answers)
    contested = [one.id for one in answers if not isinstance(one, bytes) and one.contested]
    ruled = iter(await by_the_rule(database, contested, times))
    return [one if isinstance(one, bytes) else _rendered(one, ruled, times) for one in answers]


def _rendered(one: Earlier, ruled: Iterator[bytes | None], times: Times) -> bytes:
    if one.contested:
        found = next(ruled)
    else:
        publishers = history.independent([one.version], one.version, times.at)
        found = rendering.render(
            one.key, one.id, one.version, asserted=True, rivals=[], publishers=publishers, at=times.at,
            known_at=times.known_at,
        )  # fmt: skip
    if found is None:
        raise LookupError(f"the statement and the rule disagree about fact {one.id}")
    return found


async def by_the_rule(database: Reads, ids: Sequence[UUID], times: Times) -> list[bytes | None]:
    """The JSON of each fact's answer, found by the rule from its whole history; None if nothing was asserted by then."""
    found: list[bytes | None] = []
    for state in await database.together_all(facts.histories, ids):
        answer = None if state is None else history.answering(state.versions, times)
        found.append(
            None
            if state is None or answer is None
            else rendering.render_answer(state.key, state.id, answer, times.at, times.known_at)
        )
    return found
