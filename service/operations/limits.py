"""Rate limits: budgets of tokens shared by all processes, leased from the database in blocks.

A request costs one token that this process holds. The process leases the next block in the background before its tokens
run out, for many budgets in one statement. The first block of a budget is used on credit and settled with the second, so
that no request waits for a first lease.
"""

import asyncio
import logging
import math
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Literal, NamedTuple

from service.core.limits import Budget, Lease, Policy, lease, wait
from service.postgres.database import Database
from service.settings import Settings
from service.store import limits
from service.store.limits import Ask

WINDOW = 60  # seconds, of both policies
# default requests per window; a service that listens on loopback only has no limit by default
KEY_QUOTA = 60_000
ADDRESS_QUOTA = 6_000
_HELD = 100_000  # most budgets that a process holds tokens of
_PATIENCE = 0.05  # least seconds before an empty budget is asked again

_log = logging.getLogger("companyfacts")

LeaseSource = Callable[[Policy, Sequence[Ask]], Awaitable[dict[str, Lease]]]


class Standing(NamedTuple):
    """The state of a client's limit after a request."""

    policy: Policy
    left: int  # requests still allowed
    retry_after: int | None = None  # seconds; set if the request is refused

    @property
    def reset(self) -> int:
        """Seconds until the budget is full again."""
        return math.ceil((self.policy.quota - self.left) / self.policy.rate)


class Limits:
    """The limiters of this process, by key and by address; None means no limit."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self._database = database
        self._forgotten = time.monotonic()
        # a read-only service cannot store shared budgets: each process gets an equal part
        parts = settings.workers if settings.read_only else 1
        source = _Apart().lease if settings.read_only else self._lease

        def limiter(name: Literal["key", "address"], asked: int | None, usual: int) -> Limiter | None:
            quota = asked if asked is not None else 0 if settings.on_loopback else usual
            return None if quota == 0 else Limiter(Policy(name, max(1, quota // parts), WINDOW), source)

        self.keys = limiter("key", settings.rate_limit_key, KEY_QUOTA)
        self.addresses = limiter("address", settings.rate_limit_address, ADDRESS_QUOTA)

    async def _lease(self, policy: Policy, asks: Sequence[Ask]) -> dict[str, Lease]:
        async with self._database.transaction() as session:
            leased = await limits.lease_tokens(session, policy, asks)
            if time.monotonic() - self._forgotten > WINDOW:
                self._forgotten = time.monotonic()
                await limits.forget_budgets(session, WINDOW)
            return leased

    async def close(self) -> None:
        """Cancel running leases; call it before the database is closed."""
        for limiter in (self.keys, self.addresses):
            if limiter is not None:
                await limiter.close()


class _Apart:
    """Budgets of this process only, in memory."""

    def __init__(self) -> None:
        self._budgets: dict[str, Budget] = {}

    async def lease(self, policy: Policy, asks: Sequence[Ask]) -> dict[str, Lease]:
        now = time.monotonic()
        leased: dict[str, Lease] = {}
        for ask in asks:
            held = self._budgets.pop(ask.budget, None)
            self._budgets[ask.budget], leased[ask.budget] = lease(policy, held, now, ask.spent, ask.wanted)
        while len(self._budgets) > _HELD:
            del self._budgets[next(iter(self._budgets))]
        return leased


class _Held:
    """The tokens of one budget that this process holds."""

    __slots__ = ("at", "budget", "leasing", "left", "owed", "refused_until", "tokens", "used")

    def __init__(self, budget: str, tokens: int, left: float, now: float) -> None:
        self.budget = budget
        self.tokens = tokens
        self.owed = tokens  # used on credit, to be settled with the next lease
        self.left = left  # tokens in the shared budget at `at`
        self.at = self.used = now  # seconds of the monotonic clock
        self.refused_until = 0.0
        self.leasing: asyncio.Future[None] | None = None


class Limiter:
    """The budgets of one policy."""

    def __init__(self, policy: Policy, source: LeaseSource) -> None:
        self.policy = policy
        self._source = source
        self._low = policy.block // 2
        self._held: dict[str, _Held] = {}
        self._asking: list[_Held] = []
        self._task: asyncio.Task[None] | None = None
        self._swept = 0.0

    async def take(self, holder: object) -> Standing:
        """Take a token for one request of a key (its number) or an address; the result says if it was refused."""
        now = time.monotonic()
        budget = f"{self.policy.name}:{holder}"
        held = self._held.get(budget) or self._meet(budget, now)
        while held.tokens < 1:
            if now < held.refused_until:
                return Standing(self.policy, 0, math.ceil(held.refused_until - now))
            await asyncio.shield(self._ask(held))
            now = time.monotonic()
        held.tokens -= 1
        held.used = now
        if held.tokens <= self._low and held.leasing is None and now >= held.refused_until:
            self._ask(held)
        shared = min(held.left + (now - held.at) * self.policy.rate, self.policy.quota - held.tokens)
        return Standing(self.policy, held.tokens + max(0, math.floor(shared)))

    def _meet(self, budget: str, now: float) -> _Held:
        if now - self._swept > self.policy.window:
            self._swept = now
            long_ago = now - self.policy.window
            self._held = {b: h for b, h in self._held.items() if h.used > long_ago or h.leasing is not None}
        block = self.policy.block
        held = self._held[budget] = _Held(budget, block, self.policy.quota - block, now)
        if len(self._held) > _HELD:
            oldest = next(iter(self._held))
            if self._held[oldest].leasing is None:
                del self._held[oldest]
        return held

    def _ask(self, held: _Held) -> "asyncio.Future[None]":
        """Start a lease for a budget; the future is done when it was granted or refused."""
        if held.leasing is None:
            held.leasing = asyncio.get_running_loop().create_future()
            self._asking.append(held)
            if self._task is None:
                self._task = asyncio.create_task(self._lease_all())
        return held.leasing

    async def _lease_all(self) -> None:
        while self._asking:
            asking, self._asking = self._asking, []
            try:
                await self._lease(asking)
            finally:
                for held in asking:
                    if held.leasing is not None:
                        held.leasing.set_result(None)
                        held.leasing = None
        self._task = None

    async def _lease(self, asking: Sequence[_Held]) -> None:
        policy = self.policy
        asks = [Ask(h.budget, h.owed, max(0, min(policy.block, policy.quota - h.owed))) for h in asking]
        try:
            leased = await self._source(policy, asks)
        except Exception as error:  # noqa: BLE001 -- a failed lease must not refuse requests
            _log.warning("rate limits", extra={"policy": policy.name, "error": str(error)})
            for held in asking:
                held.tokens += policy.block
                held.owed = min(policy.quota, held.owed + policy.block)
            return
        now = time.monotonic()
        for held, ask in zip(asking, asks, strict=True):
            got = leased[held.budget]
            held.owed = 0
            held.tokens += got.granted
            held.left, held.at = got.left, now
            if got.granted < max(1, ask.wanted):
                held.refused_until = now + max(_PATIENCE, wait(policy, got.left))

    async def close(self) -> None:
        """Cancel the running lease."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])
