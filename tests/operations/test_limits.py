"""The limiter of a process: tokens on credit, leases for many budgets at once, refusals; leased by the rule in memory."""

import asyncio
from collections.abc import Sequence

import pytest

from service.core.limits import Budget, Lease, Policy, lease
from service.operations import limits
from service.operations.limits import Limiter, Standing
from service.store.limits import Ask
from tests.clusters import run

POLICY = Policy("key", 100, 1_000_000)  # blocks of 2; nothing comes back while a test runs
WHOLE = Policy("key", 40, 1_000_000)  # blocks of 1


class Shared:
    """Budgets that processes share, in memory, and what was asked of them."""

    def __init__(self) -> None:
        self.budgets: dict[str, Budget] = {}
        self.asked: list[list[Ask]] = []
        self.fails = False

    async def lease(self, policy: Policy, asks: Sequence[Ask]) -> dict[str, Lease]:
        self.asked.append([*asks])
        await asyncio.sleep(0)
        if self.fails:
            raise OSError("away")
        leased: dict[str, Lease] = {}
        for one in asks:
            held = self.budgets.get(one.budget)
            self.budgets[one.budget], leased[one.budget] = lease(policy, held, 0, one.spent, one.wanted)
        return leased


async def taken(limiter: Limiter, holder: object, times: int) -> list[Standing]:
    return [await limiter.take(holder) for _ in range(times)]


async def settled() -> None:
    """Let leases in the background end."""
    for _ in range(5):
        await asyncio.sleep(0)


def test_no_more_pass_than_the_quota_and_the_rest_are_told_when(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "_PATIENCE", 0)

    async def ask() -> None:
        shared = Shared()
        came = await taken(Limiter(POLICY, shared.lease), 1, 110)
        assert [one.retry_after is None for one in came] == [True] * 100 + [False] * 10
        assert [one.left for one in came] == [*range(99, -1, -1), *[0] * 10]
        assert all(one.retry_after == 10_000 for one in came[100:])  # until one token is back
        assert came[0].reset == 10_000
        assert len(shared.asked) < 60

    run(ask())


def test_the_first_block_is_used_on_credit_and_settled_by_the_first_lease() -> None:
    async def ask() -> None:
        shared = Shared()
        limiter = Limiter(POLICY, shared.lease)
        assert (await limiter.take(1)).left == 99
        assert shared.asked == []  # no request waits for a first lease
        await settled()
        assert shared.asked == [[Ask("key:1", 2, 2)]]
        assert shared.budgets["key:1"].tokens == 96
        await taken(limiter, 1, 2)
        await settled()
        assert shared.asked[1:] == [[Ask("key:1", 0, 2)]]

    run(ask())


def test_what_processes_use_at_once_is_counted_together() -> None:
    async def ask() -> None:
        shared = Shared()
        processes = [Limiter(WHOLE, shared.lease) for _ in range(4)]
        came = await asyncio.gather(*(taken(one, 1, 40) for one in processes))
        passed = sum(standing.retry_after is None for one in came for standing in one)
        # each process had its first block on credit
        assert WHOLE.quota <= passed <= WHOLE.quota + len(processes) * WHOLE.block

    run(ask())


def test_many_budgets_are_leased_at_once() -> None:
    async def ask() -> None:
        shared = Shared()
        limiter = Limiter(POLICY, shared.lease)
        for holder in range(30):
            await limiter.take(holder)
        await settled()
        assert [{one.budget for one in asks} for asks in shared.asked] == [{f"key:{n}" for n in range(30)}]

    run(ask())


def test_a_lease_that_fails_refuses_nobody_and_is_owed() -> None:
    async def ask() -> None:
        shared = Shared()
        shared.fails = True
        limiter = Limiter(POLICY, shared.lease)
        came = await taken(limiter, 1, 7)
        assert all(one.retry_after is None for one in came)
        shared.fails = False
        await settled()
        await taken(limiter, 1, 3)
        await settled()
        # every token that was given meanwhile was subtracted
        assert shared.budgets["key:1"].tokens <= 100 - 10

    run(ask())


def test_a_limiter_that_is_closed_leaves_no_task() -> None:
    async def ask() -> None:
        shared = Shared()
        limiter = Limiter(POLICY, shared.lease)
        await limiter.take(1)
        assert len(asyncio.all_tasks()) == 2
        await limiter.close()
        assert len(asyncio.all_tasks()) == 1

    run(ask())
