"""The SQL that leases tokens gives the same results as the rule in `core.limits`."""

import asyncio
import random

import pytest

from service.core.limits import Budget, Lease, Policy, lease
from service.postgres.database import Database
from service.store import limits
from service.store.limits import Ask
from tests import clusters as postgres


async def _budgets(dsn: str) -> dict[str, Budget]:
    rows = await postgres.fetch(
        dsn, "select budget, tokens, extract(epoch from at)::float8 as at from budgets"
    )
    return {row["budget"]: Budget(row["tokens"], row["at"]) for row in rows}


def _alike(one: Lease, other: Lease) -> bool:
    return one.granted == other.granted and one.left == pytest.approx(other.left, abs=1e-3)


def test_it_leases_as_the_rule_says(dsn: str) -> None:
    policy = Policy("key", 50, 10)
    chance = random.Random(6)

    async def compare() -> int:
        refused = 0
        async with Database(dsn) as database:
            for _ in range(60):
                names = chance.sample(["a", "b", "c", "d"], chance.randint(1, 4))
                asks = [Ask(name, chance.randint(0, 20), chance.randint(0, 30)) for name in names]
                await postgres.execute(
                    dsn, f"update budgets set at = at - interval '{chance.choice([0, 1, 4, 30])} seconds'"
                )
                before = await _budgets(dsn)
                async with database.transaction() as session:
                    leased = await limits.lease_tokens(session, policy, asks)
                after = await _budgets(dsn)
                for ask in asks:
                    held = before.get(ask.budget)
                    budget, expected = lease(policy, held, after[ask.budget].at, ask.spent, ask.wanted)
                    assert _alike(leased[ask.budget], expected), (held, ask)
                    assert after[ask.budget].tokens == pytest.approx(budget.tokens, abs=1e-3)
                    refused += expected.granted < ask.wanted
        return refused

    assert 0 < asyncio.run(compare()) < 150


def test_processes_that_lease_at_once_get_no_more_than_there_is(dsn: str) -> None:
    policy = Policy("address", 100, 86_400)

    async def lease_once(database: Database) -> int:
        async with database.transaction() as session:
            return (await limits.lease_tokens(session, policy, [Ask("x", 0, 7)]))["x"].granted

    async def race() -> list[int]:
        async with Database(dsn, pool_max=8) as database:
            return await asyncio.gather(*(lease_once(database) for _ in range(30)))

    granted = asyncio.run(race())
    assert sum(granted) == 100
    assert sorted(granted, reverse=True) == [7] * 14 + [2] + [0] * 15


def test_budgets_that_are_full_again_are_forgotten(dsn: str) -> None:
    async def forget() -> set[str]:
        async with Database(dsn) as database:
            async with database.transaction() as session:
                await limits.lease_tokens(
                    session, Policy("key", 50, 10), [Ask("old", 0, 1), Ask("new", 0, 1)]
                )
            await postgres.execute(
                dsn, "update budgets set at = at - interval '11 seconds' where budget = 'old'"
            )
            async with database.transaction() as session:
                await limits.forget_budgets(session, 10)
        return set(await _budgets(dsn))

    assert asyncio.run(forget()) == {"new"}
