"""Limit the work of reading numbers by the length of what is read, so that no text costs much more than prose."""

from collections.abc import Sequence
from typing import Final

# The work that may be done anywhere in a text, beside what its length allows. A page of nothing but numbers is read whole.
ANYWHERE: Final = 1000


class ReadingBudget:
    """The work that may be done up to a place of a text: `ANYWHERE`, and one more for every `characters` before the place.

    Characters within `gaps` do not count; those are parts of the text that another reader reads. Filings and news need
    less than a budget gives. Numbers beyond it are left unread.
    """

    __slots__ = ("_characters", "_gaps", "_next", "_skipped", "_spent")

    def __init__(self, characters: int, gaps: Sequence[tuple[int, int]] = ()) -> None:
        self._characters = characters
        self._gaps = gaps
        self._next = self._skipped = 0  # the first gap that is not yet behind, and the length of those behind
        self._spent = 0

    def spent_at(self, place: int) -> bool:
        """Whether no work may be done at `place`. Asked for rising places only."""
        while self._next < len(self._gaps) and self._gaps[self._next][1] <= place:
            start, end = self._gaps[self._next]
            self._skipped += end - start
            self._next += 1
        return self._spent > ANYWHERE + (place - self._skipped) // self._characters

    def spend(self, work: int) -> None:
        """Count work that was done."""
        self._spent += work
