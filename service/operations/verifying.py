"""Verification: compares stored answers with their versions, and checks citations again with the present reader."""

from collections.abc import AsyncGenerator
from typing import NamedTuple
from uuid import UUID

import msgspec
from zstandard import ZstdError

from service.core import rendering
from service.core.citations import READER
from service.core.errors import CompanyFactsError
from service.core.history import PLAIN
from service.core.identity import company_key
from service.core.packing import unpacked
from service.core.requests import RecheckFact
from service.core.states import FactState
from service.operations.registry import must_be_known, slug_of
from service.postgres.database import Database
from service.recording import writer as recording
from service.store import facts

BATCH = 200


class Checked(NamedTuple):
    """Facts checked so far, and how many of them got another result."""

    checked: int
    changed: int


async def altered(database: Database, *, company: str | None) -> AsyncGenerator[list[UUID], None]:
    """Facts whose stored answer differs from the one computed from their versions, batch by batch. Changes nothing.

    Answers are stored so that reads need not compute them; somebody with access to the database could change an answer
    and not the versions. Raises NotFound for a company that is not recorded.
    """
    key = await _key_of(database, company)
    after = None
    while True:
        async with database.snapshot() as session:
            page = await facts.answers_after(session, key, after, BATCH)
            pairs = [(one.company, one.id) for one in page]
            states = {state.id: state for state in await facts.load_histories(session, pairs)}
        if not page:
            break
        after = pairs[-1]
        yield [one.id for one in page if not _is_kept_right(states.get(one.id), one.answer)]


def _is_kept_right(state: FactState | None, kept: bytes) -> bool:
    answer = None if state is None else state.answer()
    if state is None or answer is None:
        return False
    try:
        # the release before neither counts publishers nor knows of attributions
        key, version = state.key, answer.version
        as_before = rendering.render(
            key, state.id, msgspec.structs.replace(version, attribution=PLAIN), asserted=answer.asserted,
            rivals=answer.rivals, publishers=None,
        )  # fmt: skip
        return unpacked(kept) in {rendering.render_answer(key, state.id, answer), as_before}
    except (ValueError, ZstdError):
        return False


async def _key_of(database: Database, company: str | None) -> int | None:
    if company is None:
        return None
    slug = await slug_of(database, company)
    await must_be_known(database, slug)
    return company_key(slug)


async def verify(database: Database, *, company: str | None, recheck: bool) -> AsyncGenerator[Checked, None]:
    """Check the citations of facts again and record different results, batch by batch.

    Facts that the present reader has checked are skipped unless `recheck`. Raises NotFound for a company that is not
    recorded.
    """
    key = await _key_of(database, company)
    checked = changed = 0
    after = None
    while True:
        async with database.session() as session:
            page = await facts.facts_after(session, key, after, BATCH, None if recheck else READER)
        if not page:
            break
        after = page[-1]
        recorded = await recording.record(
            database, [RecheckFact(fact) for _, fact in page], author=None, partial=True
        )
        checked += len(page)
        changed += sum(not isinstance(one, CompanyFactsError) and one.created for one in recorded.outcomes)
        yield Checked(checked, changed)
