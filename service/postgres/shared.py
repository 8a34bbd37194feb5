"""Which functions answer for many keys in one statement, so that requests of a moment may share it.

It is declared where such a function is defined. `Database.together` takes nothing else: keys share what they are asked of
by the same object, so a function that is made anew for each request would share nothing, and nobody would notice.
"""

from collections.abc import Awaitable, Callable, Sequence
from functools import update_wrapper
from typing import Generic, TypeVar

S = TypeVar("S")  # what statements are run on
K = TypeVar("K")
V = TypeVar("V")

Run = Callable[[S, Sequence[K]], Awaitable[Sequence[V]]]


class Shared(Generic[S, K, V]):
    """A function that finds a value for each of many keys, in their order."""

    def __init__(self, run: Run[S, K, V], short: Callable[[K], bool] | None) -> None:
        if "<locals>" in run.__qualname__:
            raise TypeError(f"{run.__qualname__} is made anew each time; what shares stands in a module")
        update_wrapper(self, run)
        self.run = run
        self.short = short  # whether a key keeps nobody waiting who shares with it; None: every key is so

    def __call__(self, session: S, keys: Sequence[K]) -> Awaitable[Sequence[V]]:
        """The values of these keys alone."""
        return self.run(session, keys)


def shared(run: Run[S, K, V]) -> Shared[S, K, V]:
    """Declares that requests may share what `run` asks, whatever their keys."""
    return Shared(run, None)


def shared_if(short: Callable[[K], bool]) -> Callable[[Run[S, K, V]], Shared[S, K, V]]:
    """Declares that requests may share it whose keys are short; the others have a statement of their own."""
    return lambda run: Shared(run, short)
