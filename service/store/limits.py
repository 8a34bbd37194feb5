"""Rate limit budgets in the database, shared by all processes."""

from collections.abc import Sequence
from typing import NamedTuple

from service.core.limits import Lease, Policy
from service.postgres.database import Session, Transaction
from service.store.statements import sql


class Ask(NamedTuple):
    """A request for tokens of one budget."""

    budget: str
    spent: int  # already used: taken even if the budget is empty
    wanted: int  # spent + wanted is at most the quota


async def lease_tokens(session: Session, policy: Policy, asks: Sequence[Ask]) -> dict[str, Lease]:
    """Take tokens from budgets, each named once. Returns the lease of each budget."""
    rows = await session.fetch(
        sql("lease_tokens"),
        [ask.budget for ask in asks],
        [ask.spent for ask in asks],
        [ask.wanted for ask in asks],
        policy.quota,
        policy.window,
    )
    return {row["budget"]: Lease(row["granted"], row["left"]) for row in rows}


async def forget_budgets(session: Transaction, seconds: float) -> None:
    """Delete budgets that have not been used for this many seconds."""
    await session.execute(sql("forget_budgets"), seconds)
