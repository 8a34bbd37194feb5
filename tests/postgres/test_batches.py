"""Batches of keys: what waits shares the next one, and what goes wrong is told to those whom it concerns."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager

import pytest

from service.core.errors import NotFound
from service.postgres.batches import LARGEST, Batch
from tests.clusters import run


class Work:
    """What batches run: it notes their keys, waits until it may go on, and doubles numbers."""

    def __init__(self) -> None:
        self.batches: list[list[int]] = []
        self.running = self.most = 0  # batches at once
        self.go_on = asyncio.Event()

    @asynccontextmanager
    async def session(self) -> AsyncGenerator["Work"]:
        self.running += 1
        self.most = max(self.most, self.running)
        try:
            yield self
        finally:
            self.running -= 1


async def doubled(work: Work, keys: Sequence[int]) -> list[int]:
    """Twice each key. Of negative keys: -1 is a defect, -2 an error of the request."""
    work.batches.append([*keys])
    await work.go_on.wait()
    if -1 in keys:
        raise ZeroDivisionError("a defect")
    if -2 in keys:
        raise NotFound("there is no -2")
    return [2 * key for key in keys]


async def asked(batch: Batch[int, int], *keys: int) -> list[asyncio.Task[int]]:
    """Keys that are asked for one after another, before anything is answered."""
    tasks: list[asyncio.Task[int]] = []
    for key in keys:
        tasks.append(asyncio.create_task(batch.get(key)))
        await asyncio.sleep(0)
        await asyncio.sleep(0)  # the lane that it started has taken what waited
    return tasks


def test_keys_that_wait_for_a_lane_are_its_next_batch() -> None:
    async def ask() -> None:
        work = Work()
        tasks = await asked(Batch(work.session, doubled, lanes=2), 1, 2, 3, 4, 5)
        work.go_on.set()
        assert await asyncio.gather(*tasks) == [2, 4, 6, 8, 10]
        assert work.batches == [[1], [2], [3, 4, 5]]
        assert work.most == 2

    run(ask())


def test_a_lane_that_ended_is_started_again() -> None:
    async def ask() -> None:
        work = Work()
        work.go_on.set()
        batch = Batch(work.session, doubled, lanes=1)
        assert [await batch.get(1), await batch.get(2)] == [2, 4]
        assert work.batches == [[1], [2]]

    run(ask())


def test_a_caller_who_finds_no_lane_busy_asks_itself_and_those_who_come_meanwhile_share_the_next() -> None:
    async def ask(first: int, *, goes: bool = False) -> list[list[int]]:
        work = Work()
        batch = Batch(work.session, doubled, lanes=1)
        tasks: list[asyncio.Task[int]] = []
        for key in (first, 2, 3):
            tasks.append(asyncio.create_task(batch.get_at_once(key)))
            await asyncio.sleep(0)
        assert work.batches == [[first]]
        if goes:
            tasks[0].cancel()
        work.go_on.set()
        came = await asyncio.gather(*tasks, return_exceptions=True)
        assert came[1:] == [4, 6]
        assert isinstance(came[0], asyncio.CancelledError) if goes else came[0] == 2 or first < 0
        assert await batch.get_at_once(4) == 8
        assert work.most == 1
        return work.batches

    for first, goes in (
        (1, False),
        (-1, False),
        (1, True),
    ):  # also after a defect, and if the first goes away
        assert run(ask(first, goes=goes)) == [[first], [2, 3], [4]]


def test_no_batch_is_larger_than_the_largest_but_that_of_one_caller() -> None:
    async def ask() -> None:
        work = Work()
        batch = Batch(work.session, doubled, lanes=1)
        (first,) = await asked(batch, 0)
        calls = [[1] * (LARGEST - 1), [2], [3], [4] * (LARGEST + 1), [5]]
        tasks = [asyncio.create_task(batch.get_all(keys)) for keys in calls]
        await asyncio.sleep(0)
        work.go_on.set()
        assert await asyncio.gather(*tasks) == [[2 * key for key in keys] for keys in calls]
        assert await first == 0
        assert work.batches == [[0], calls[0] + calls[1], calls[2], calls[3], calls[4]]

    run(ask())


def test_a_defect_is_raised_for_its_own_key_alone() -> None:
    async def ask() -> None:
        work = Work()
        tasks = await asked(Batch(work.session, doubled, lanes=1), 0, 1, -1, 2)
        work.go_on.set()
        done = await asyncio.gather(*tasks, return_exceptions=True)
        assert [done[0], done[1], done[3]] == [0, 2, 4]
        assert isinstance(done[2], ZeroDivisionError)
        assert work.batches == [[0], [1, -1, 2], [1], [-1], [2]]

    run(ask())


def test_an_error_that_is_no_defect_is_raised_for_all_keys_without_another_try() -> None:
    async def ask() -> None:
        work = Work()
        tasks = await asked(Batch(work.session, doubled, lanes=1), 0, 1, -2)
        work.go_on.set()
        assert await tasks[0] == 0
        for task in tasks[1:]:
            with pytest.raises(NotFound):
                await task
        assert work.batches == [[0], [1, -2]]

    run(ask())


def test_a_caller_who_goes_away_takes_no_answer_from_others() -> None:
    async def ask() -> None:
        work = Work()
        tasks = await asked(Batch(work.session, doubled, lanes=1), 0, 1, 2, 3)
        tasks[0].cancel()
        tasks[2].cancel()
        work.go_on.set()
        done = await asyncio.gather(*tasks, return_exceptions=True)
        assert [done[1], done[3]] == [2, 6]
        assert all(isinstance(done[gone], asyncio.CancelledError) for gone in (0, 2))

    run(ask())
