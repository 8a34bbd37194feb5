"""What all clients of a run write down, and how a run waits for their progress."""

import asyncio
import hashlib
import json
import random
import time
from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

from tests.harness.checking import FactVersion, Read, Write
from tests.running import PATIENCE


class Told(NamedTuple):
    """A fact that a client was told of."""

    id: str
    company: str


class Journal:
    """Clients share it: they run on one event loop."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.writes: list[Write] = []
        self.reads: list[Read] = []
        self.facts: dict[str, Told] = {}
        self.standing: list[FactVersion] = []  # that nobody is about to retract
        self.counts: Counter[str] = Counter()  # of what clients and faults did, by name
        self.waiting = 0  # writes that are sent and not answered
        self.stopping = False  # clients end what they are at
        self.enough = False  # no further faults
        self._ticks = 0
        self._marks = 1_000_000

    def tick(self) -> int:
        """The next tick: greater than all before."""
        self._ticks += 1
        return self._ticks

    def mark(self) -> str:
        """A text that is in no other write: a number."""
        self._marks += 1
        return str(self._marks)

    async def until(self, holds: Callable[[], bool], what: str) -> None:
        """Wait for progress."""
        deadline = time.monotonic() + PATIENCE
        while not holds():
            if time.monotonic() > deadline:
                raise AssertionError(f"for {PATIENCE:.0f} s there was no {what}; so far {dict(self.counts)}")
            await asyncio.sleep(0.02)

    async def more(self, count: int, of: str = "acknowledged") -> None:
        """Wait until something happened so many times more."""
        wanted = self.counts[of] + count
        await self.until(lambda: self.counts[of] >= wanted, of)


def digest(told: str | bytes) -> str:
    """A short stand-in for what was told."""
    return hashlib.blake2b(told.encode() if isinstance(told, str) else told, digest_size=12).hexdigest()


def canonical(entry: object) -> str:
    """A stand-in for an entry, however its JSON is written."""
    return digest(json.dumps(entry, sort_keys=True))
