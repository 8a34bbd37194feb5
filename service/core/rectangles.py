"""The rectangles in which each version of a fact answers, over days and positions of the log. No I/O.

The rule (`core/history.py`) answers for one day and position. Here its answers for all of them are put together: between
two entries they are steps over the days, and an entry changes the steps from its version's day to the day of the next
version that stands.
"""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Literal, NamedTuple, Protocol

_Order = tuple[date, int]  # known_at and version: the greatest answers
_AFTER_ALL = 2**31  # greater than every version


class Rectangle(NamedTuple):
    """Where one version answers with one status. All ends are included; None is open."""

    version: int
    status: Literal["asserted", "retracted"]
    known_from: date
    known_to: date | None
    position_from: int
    position_to: int | None


class _Step(NamedTuple):
    """What is answered from one day to the day before the next step."""

    start: date
    version: int
    asserted: bool


class _Assertion(Protocol):
    """What the rule needs of a version."""

    @property
    def version(self) -> int: ...
    @property
    def known_at(self) -> date: ...
    @property
    def position(self) -> int: ...


class _Withdrawal(Protocol):
    """What the rule needs of a retraction."""

    @property
    def retracts(self) -> int: ...
    @property
    def position(self) -> int: ...


def rectangles(
    versions: Sequence[_Assertion], retractions: Sequence[_Withdrawal], at: int | None = None
) -> list[Rectangle]:
    """The rectangles up to position `at`, by position and day. They do not overlap, and leave no gap after the first day.

    Before the first assertion, and before the first day of those recorded, nothing answers.
    """
    by_number = {one.version: one for one in versions}
    events = [(one.position, one, True) for one in versions]
    events += [(one.position, by_number[one.retracts], False) for one in retractions]
    tiling = _Tiling()
    for position, version, asserted in sorted(events, key=lambda event: event[0]):
        if at is None or position <= at:
            tiling.add(position, (version.known_at, version.version), asserted=asserted)
    return tiling.rectangles()


class _Tiling:
    """The steps after the entries so far, and the rectangles that have ended."""

    def __init__(self) -> None:
        self._standing: list[_Order] = []  # in order
        self._all: list[_Order] = []
        self._steps: list[_Step] = []  # in order of days
        self._since: dict[tuple[_Step, date | None], int] = {}  # of each step with its last day
        self._ended: list[Rectangle] = []

    def add(self, position: int, order: _Order, *, asserted: bool) -> None:
        """An assertion, or the retraction of one."""
        if asserted:
            insort(self._all, order)
            insort(self._standing, order)
        else:
            del self._standing[bisect_left(self._standing, order)]
        first = order[0]
        following = bisect_right(self._standing, (first, _AFTER_ALL))
        end = self._standing[following][0] if following < len(self._standing) else None
        low = bisect_left(self._steps, first, key=_start)
        high = self._place(end)
        if low > 0:
            low -= 1  # the step before ends on another day, or goes on
        before = self._spans(low, high)
        kept = [step for step in self._steps[low:high] if step.start < first]
        self._steps[low:high] = _joined([*kept, *self._new(first, end)])
        after = self._spans(low, self._place(end))
        for span in before:
            if span not in after:
                self._end(span, position - 1)
        for span in after:
            self._since.setdefault(span, position)

    def _place(self, day: date | None) -> int:
        return len(self._steps) if day is None else bisect_left(self._steps, day, key=_start)

    def _new(self, first: date, end: date | None) -> list[_Step]:
        """The steps from `first` to the day before `end`."""
        found = bisect_right(self._standing, (first, _AFTER_ALL))
        if found:
            return [_Step(first, self._standing[found - 1][1], asserted=True)]
        # nothing stands by then: of each day, the greatest of those that were retracted
        low = bisect_right(self._all, (first, _AFTER_ALL)) - 1
        high = len(self._all) if end is None else bisect_left(self._all, (end, 0))
        return [_Step(max(first, day), version, asserted=False) for day, version in self._all[low:high]]

    def _spans(self, low: int, high: int) -> dict[tuple[_Step, date | None], None]:
        """The steps of a range, each with its last day."""
        spans: dict[tuple[_Step, date | None], None] = {}
        for place in range(low, high):
            following = self._steps[place + 1].start if place + 1 < len(self._steps) else None
            spans[self._steps[place], None if following is None else following - timedelta(days=1)] = None
        return spans

    def _end(self, span: tuple[_Step, date | None], position: int | None) -> None:
        (start, version, asserted), last = span
        self._ended.append(
            Rectangle(
                version=version,
                status="asserted" if asserted else "retracted",
                known_from=start,
                known_to=last,
                position_from=self._since.pop(span),
                position_to=position,
            )
        )

    def rectangles(self) -> list[Rectangle]:
        """All rectangles; those of the last steps are open."""
        for span in self._spans(0, len(self._steps)):
            self._end(span, None)
        return sorted(self._ended, key=lambda one: (one.position_from, one.known_from))


def _start(step: _Step) -> date:
    return step.start


def _joined(steps: Sequence[_Step]) -> list[_Step]:
    """Steps without those that go on with what the step before answers, or begin on the day of the next."""
    found: list[_Step] = []
    for step in steps:
        if found and found[-1].start == step.start:
            found.pop()
        if not found or (found[-1].version, found[-1].asserted) != (step.version, step.asserted):
            found.append(step)
    return found
