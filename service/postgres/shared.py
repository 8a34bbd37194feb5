"""Decorators for functions that find values for many keys in one statement, so that requests can share it.

`Database.together` takes only these. It groups keys by function object, so a function created anew for each request
would never share, unnoticed; `Shared` refuses such functions.
"""

from collections.abc import Awaitable, Callable, Sequence
from functools import update_wrapper
from typing import Generic, TypeVar

S = TypeVar("S")  # what statements are run on
K = TypeVar("K")
V = TypeVar("V")

Run = Callable[[S, Sequence[K]], Awaitable[Sequence[V]]]


class Shared(Generic[S, K, V]):
    """A function from many keys to their values, in order."""

    def __init__(self, run: Run[S, K, V], short: Callable[[K], bool] | None) -> None:
        if "<locals>" in run.__qualname__:
            raise TypeError(
                f"{run.__qualname__} is a local function; only module-level functions can be shared"
            )
        update_wrapper(self, run)
        self.run = run
        self.short = short  # whether a key is quick enough to share a statement; None: every key is

    def __call__(self, session: S, keys: Sequence[K]) -> Awaitable[Sequence[V]]:
        """The values of these keys, in a statement that is not shared."""
        return self.run(session, keys)


def shared(run: Run[S, K, V]) -> Shared[S, K, V]:
    """Declare that requests may share the statement of `run`."""
    return Shared(run, None)


def shared_if(short: Callable[[K], bool]) -> Callable[[Run[S, K, V]], Shared[S, K, V]]:
    """Declare that requests whose key is short may share the statement; others get one of their own."""
    return lambda run: Shared(run, short)
