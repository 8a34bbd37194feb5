"""Checking recorded citations again: with a newer reader, or because somebody asks."""

from collections.abc import AsyncGenerator
from typing import NamedTuple

from service.domain.errors import CompanyFactsError
from service.domain.evidence import READER
from service.domain.identity import company_key
from service.domain.ledger import RecheckFact
from service.operations import recording
from service.operations.registry import must_be_known, slug_of
from service.sql import facts
from service.sql.database import Database

BATCH = 200


class Checked(NamedTuple):
    """How many facts were checked so far, and how many came to another result."""

    checked: int
    changed: int


async def verify(database: Database, *, company: str | None, recheck: bool) -> AsyncGenerator[Checked, None]:
    """Check the citations of facts, and record what changed, batch by batch.

    Facts whose evidence is of the present reader are passed over unless `recheck`. Raises NotFound for a company
    that is not recorded.
    """
    key = None
    if company is not None:
        slug = await slug_of(database, company)
        await must_be_known(database, slug)
        key = company_key(slug)
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
