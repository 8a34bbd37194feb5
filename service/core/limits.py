"""Rate limits: the rule of the token bucket.

A budget holds at most `quota` tokens and gets them back evenly over `window` seconds; a request takes one.
Processes that share a budget take tokens out of it in blocks, ahead of the requests that will need them. What
a process spent before it had asked is taken out in any case, so a budget may owe tokens, and over time no more
requests are let through than the policy says.

`service/store/statements/limits.sql` repeats `lease` where the budgets of several processes are.
"""

import math
from typing import Literal, NamedTuple


class Policy(NamedTuple):
    """How many requests are let through."""

    name: Literal["key", "address"]  # what has the budget
    quota: int
    window: int  # seconds

    @property
    def rate(self) -> float:
        """Tokens that come back in a second."""
        return self.quota / self.window

    @property
    def block(self) -> int:
        """How many tokens a process takes at once: a fiftieth of the quota, and no more than it soon uses up."""
        return max(1, min(self.quota // 50, 1000))


class Budget(NamedTuple):
    """What is left of a budget at an instant, in seconds of some clock; below zero where it owes tokens."""

    tokens: float
    at: float


class Lease(NamedTuple):
    """What came of asking for tokens."""

    granted: int
    left: float  # in the budget, after that


def lease(policy: Policy, held: Budget | None, now: float, spent: int, wanted: int) -> tuple[Budget, Lease]:
    """Take `spent` tokens in any case, and then as many of those wanted as there are; a new budget is full."""
    before = held or Budget(policy.quota, now)
    back = max(0.0, now - before.at) * policy.rate
    there = min(float(policy.quota), before.tokens + back) - spent
    granted = max(0, min(wanted, math.floor(there)))
    return Budget(there - granted, max(now, before.at)), Lease(granted, there - granted)


def wait(policy: Policy, left: float) -> float:
    """Seconds until a budget with so much left has a token again."""
    return max(0.0, (1 - left) / policy.rate)
