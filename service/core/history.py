"""The rule: which version of a fact answers, given the day and the position asked for.

Of the assertions with `known_at` at or before the asked day, recorded at or before the asked position
and not retracted by then, the one with the greatest `known_at`; among equals the greatest version.
Without times the same rule has no bounds. `service/store/statements/rule.sql` repeats it, for what the database answers
by itself; both are tested against the oracle.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import NamedTuple, Protocol, TypeVar
from uuid import UUID

from msgspec import Struct

from service.core.citations import Verdict
from service.core.errors import Invalid
from service.core.facts import FactKey, Rival
from service.core.quantities import Quantity, agree


class Times(NamedTuple):
    """What a read fixes: what was public by a day, and recorded by a position or an instant; None is no bound.

    The rule takes days and positions: an instant is resolved first (service/operations/times.py).
    """

    known_at: date | None = None
    at: int | None = None
    recorded_at: datetime | None = None

    @property
    def is_now(self) -> bool:
        """Whether nothing is fixed."""
        return self == NOW

    @property
    def position(self) -> int:
        """The position that the read is answered at: see `answered_at`."""
        if self.at is None:
            raise ValueError("the read has no position yet")
        return self.at

    def answered_at(self, head: int) -> "Times":
        """The same with the position that the read is answered at. Raises Invalid where it lies beyond the log."""
        if self.at is None:
            return Times(self.known_at, head)
        if self.at > head:
            raise Invalid(f"the log ends at position {head}", parameter="at")
        return self


NOW = Times()


class Dated(Protocol):
    """What the rule looks at in an assertion."""

    known_at: date
    position: int
    retracted: int | None  # position of its retraction


D = TypeVar("D", bound=Dated)


class Check(NamedTuple):
    """What the service found when it looked at a version's citations."""

    position: int
    verdict: Verdict
    citations: bytes  # JSON


class Imported(NamedTuple):
    """What is kept of an imported version beside its place in the log; the rest is composed of it."""

    filing: int  # number among the company's, of what its source has of the filing
    entry: int  # place in the series' list
    number: str  # exact decimal


class Version(Struct, kw_only=True):
    """An assertion in a fact's history."""

    version: int
    known_at: date
    position: int
    recorded_at: datetime
    publisher: str  # case-folded; the source's id where it names none
    quantity: Quantity | None  # the main one
    value: bytes  # JSON
    checks: list[Check]  # of its citations, oldest first: the first came with the version
    sources: list[int]
    content: bytes  # hash of value, known_at and citations: what "already stands" compares; imported: empty
    retracted: int | None = None  # position of its retraction
    imported: Imported | None = None

    def order(self) -> tuple[date, int]:
        """Greater answers."""
        return self.known_at, self.version

    def check(self, at: int | None = None) -> Check:
        """The newest check by a position."""
        if at is None:
            return self.checks[-1]
        return max((check for check in self.checks if check.position <= at), key=lambda check: check.position)


class Earlier(NamedTuple):
    """The version that answered a fact at an earlier time, where that is not what it answers now."""

    id: UUID
    key: FactKey
    version: Version  # with the newest check by then
    contested: bool  # another publisher speaks of the fact: only its whole history tells who contradicts


def within(versions: Iterable[D], times: Times) -> list[D]:
    """The assertions that were public and recorded by then, retracted or not."""
    return [
        v
        for v in versions
        if (times.known_at is None or v.known_at <= times.known_at)
        and (times.at is None or v.position <= times.at)
    ]


def standing(versions: Iterable[D], times: Times = NOW) -> list[D]:
    """Those of `within` that were not retracted by then."""
    return [
        v
        for v in within(versions, times)
        if v.retracted is None or (times.at is not None and v.retracted > times.at)
    ]


class Answer(NamedTuple):
    """The version that answers, whether it still stands, and the versions that contradict."""

    version: Version
    asserted: bool
    rivals: list[Rival]


def answering(versions: Sequence[Version], times: Times = NOW) -> Answer | None:
    """What the fact answers then, or None if nothing was asserted by then.

    Where every assertion has been retracted the last of them answers with `asserted` false.
    """
    alive = standing(versions, times)
    if alive:
        chosen = max(alive, key=Version.order)
        return Answer(chosen, asserted=True, rivals=rivals_of(alive, chosen))
    dead = within(versions, times)
    return Answer(max(dead, key=Version.order), asserted=False, rivals=[]) if dead else None


def rivals_of(alive: Iterable[Version], chosen: Version) -> list[Rival]:
    """The answering versions of other publishers that contradict, newest first.

    Of each publisher its own answering version counts, so a later one of the same publisher is a
    restatement. A contradiction between two others makes both rivals.
    """
    voices: dict[str, Version] = {}
    for version in alive:
        held = voices.get(version.publisher)
        if held is None or version.order() > held.order():
            voices[version.publisher] = version
    if len(voices) < 2:
        return []
    voiced = [(v, v.quantity) for v in voices.values() if v.quantity is not None]
    found = [
        (v, quantity)
        for v, quantity in voiced
        if v is not chosen
        and any(
            w is not v and quantity.unit == other.unit and not agree(quantity, other) for w, other in voiced
        )
    ]
    found.sort(key=lambda pair: pair[0].order(), reverse=True)
    return [
        Rival(version=v.version, publisher=v.publisher, known_at=v.known_at, quantity=quantity)
        for v, quantity in found
    ]
