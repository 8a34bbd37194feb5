"""Rate limits by token bucket.

A budget holds at most `quota` tokens, which come back evenly over `window` seconds; a request takes one token.
Processes that share a budget lease tokens in blocks, before they are needed. Tokens that a process has already spent
are always subtracted, even below zero, so that over time no more requests pass than the policy allows.

`service/store/statements/limits.sql` implements `lease` in SQL for budgets that several processes share.
"""

import math
from typing import Literal, NamedTuple


class Policy(NamedTuple):
    """How many requests are let through."""

    name: Literal["key", "address"]  # what each budget belongs to
    quota: int
    window: int  # seconds

    @property
    def rate(self) -> float:
        """Tokens that come back in a second."""
        return self.quota / self.window

    @property
    def block(self) -> int:
        """How many tokens a process leases at once: a fiftieth of the quota, from 1 to 1,000."""
        return max(1, min(self.quota // 50, 1000))


class Budget(NamedTuple):
    """The tokens of a budget at an instant `at`, in seconds; negative if more were spent than there were."""

    tokens: float
    at: float


class Lease(NamedTuple):
    """The result of asking for tokens."""

    granted: int
    left: float  # tokens left in the budget


def lease(policy: Policy, held: Budget | None, now: float, spent: int, wanted: int) -> tuple[Budget, Lease]:
    """Subtract `spent` tokens, then grant up to `wanted` of the rest. A budget of None is new and full."""
    before = held or Budget(policy.quota, now)
    back = max(0.0, now - before.at) * policy.rate
    there = min(float(policy.quota), before.tokens + back) - spent
    granted = max(0, min(wanted, math.floor(there)))
    return Budget(there - granted, max(now, before.at)), Lease(granted, there - granted)


def wait(policy: Policy, left: float) -> float:
    """Seconds until a budget with `left` tokens has at least one."""
    return max(0.0, (1 - left) / policy.rate)
