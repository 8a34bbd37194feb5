"""The budgets of rate limits that several processes share."""

from collections.abc import Sequence
from typing import NamedTuple

from service.core.limits import Lease, Policy
from service.postgres.database import Session, Transaction
from service.store.statements import sql


class Ask(NamedTuple):
    """Tokens asked of a budget."""

    budget: str
    spent: int  # taken in any case
    wanted: int  # with `spent` no more than the quota


async def lease_tokens(session: Session, policy: Policy, asks: Sequence[Ask]) -> dict[str, Lease]:
    """Take tokens out of budgets, each asked once; what came of it by budget."""
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
    """Forget budgets that nothing was taken from for so long."""
    await session.execute(sql("forget_budgets"), seconds)
