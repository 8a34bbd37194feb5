"""The rule: which version of a fact answers at a given day and position.

Of the assertions with `known_at` at or before the day, recorded at or before the position and not retracted by then, the
one with the greatest `known_at` answers; among equals the greatest version. A missing day or position is no bound.
`service/store/statements/rule.sql` repeats the rule in SQL; both are tested against the oracle.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import NamedTuple, Protocol, TypeVar
from uuid import UUID

from msgspec import Struct, field

from service.core.citations import Verdict, verifying
from service.core.errors import Invalid
from service.core.facts import AnyAssert, FactKey, Rival
from service.core.quantities import Quantity, agree, contradicted, interval


class Times(NamedTuple):
    """The times of a read: public by a day, recorded by a position or an instant. None is no bound.

    The rule takes only days and positions: an instant is resolved first (service/operations/times.py).
    """

    known_at: date | None = None
    at: int | None = None
    recorded_at: datetime | None = None
    bound: bool = False  # the asker may see nothing later: identifiers without a day find nothing

    @property
    def is_now(self) -> bool:
        """Whether no time is given: a read of the present state."""
        return self == NOW

    @property
    def position(self) -> int:
        """The position of the answer, set by `answered_at`. Raises ValueError before that."""
        if self.at is None:
            raise ValueError("the read has no position yet")
        return self.at

    def answered_at(self, head: int) -> "Times":
        """These times with a position: `at` if given, else the head. Raises Invalid if `at` is beyond the head."""
        if self.at is None:
            return Times(self.known_at, head, None, self.bound)
        if self.at > head:
            raise Invalid(f"the log ends at position {head}", parameter="at")
        return self


NOW = Times()


class Dated(Protocol):
    """The fields of an assertion that the rule needs."""

    known_at: date
    position: int
    retracted: int | None  # position of its retraction


D = TypeVar("D", bound=Dated)


class Check(NamedTuple):
    """The result of one check of a version's citations."""

    position: int
    verdict: Verdict
    citations: bytes  # JSON


class Imported(NamedTuple):
    """The stored fields of an imported version; its value and citations are composed from them."""

    filing: int  # number of the filing within the company (table edgar_filings)
    entry: int  # index in the series' list in the document
    number: str  # exact decimal


class Attribution(Struct, frozen=True, omit_defaults=True):
    """Who said what a version says, and which of its fields were inferred. Part of its content, not of the fact's key."""

    attributed_to: str | None = None
    inferred: tuple[str, ...] = ()  # sorted


PLAIN = Attribution()


def attribution_of(assertion: AnyAssert) -> Attribution:
    """Who said what an assertion says, and what of it was inferred."""
    return Attribution(assertion.attributed_to, tuple(sorted(set(assertion.inferred))))


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
    content: bytes  # hash of value, known_at, citations and attribution, to find what already stands; imported: empty
    retracted: int | None = None  # position of its retraction
    imported: Imported | None = None
    attribution: Attribution = PLAIN
    # the cited sources that are derived from others, by id, each with the position from which that counts
    derived: dict[str, int] = field(default_factory=dict[str, int])

    def order(self) -> tuple[date, int]:
        """The sort key of the rule: the greatest answers."""
        return self.known_at, self.version

    def check(self, at: int | None = None) -> Check:
        """The newest check at or before a position; without one, the newest."""
        if at is None:
            return self.checks[-1]
        return max((check for check in self.checks if check.position <= at), key=lambda check: check.position)


class Earlier(NamedTuple):
    """The version that answered at an earlier time, if it is not the stored present answer."""

    id: UUID
    key: FactKey
    version: Version  # with the newest check by then
    contested: bool  # several publishers assert the fact: rivals are found from its whole history


def within(versions: Iterable[D], times: Times) -> list[D]:
    """The assertions that were public and recorded by then, including retracted ones."""
    return [
        v
        for v in versions
        if (times.known_at is None or v.known_at <= times.known_at)
        and (times.at is None or v.position <= times.at)
    ]


def standing(versions: Iterable[D], times: Times = NOW) -> list[D]:
    """The assertions that were public, recorded and not retracted by then."""
    return [
        v
        for v in within(versions, times)
        if v.retracted is None or (times.at is not None and v.retracted > times.at)
    ]


class Answering(NamedTuple):
    """The answering version, whether it stands (is not retracted), and the versions that contradict it."""

    version: Version
    asserted: bool
    rivals: list[Rival]
    beside: Sequence[Version] = ()  # what stands with it; of a retracted one, all that was asserted
    at: int | None = None

    def publishers(self) -> int | None:
        """How many publishers verify it on their own: see `independent`."""
        if self.asserted:
            return independent(self.beside, self.version, self.at)
        return None if all(version.imported is not None for version in self.beside) else 0


def answering(versions: Sequence[Version], times: Times = NOW) -> Answering | None:
    """The answer of a fact at these times; None if nothing was asserted by then.

    If every assertion was retracted, the greatest of them answers, with `asserted` false.
    """
    alive = standing(versions, times)
    if alive:
        chosen = max(alive, key=Version.order)
        return Answering(chosen, True, rivals_of(alive, chosen), alive, times.at)
    dead = within(versions, times)
    return Answering(max(dead, key=Version.order), False, [], dead, times.at) if dead else None


def independent(alive: Iterable[Version], chosen: Version, at: int | None = None) -> int | None:
    """How many publishers verify the chosen version by sources that are not derived from others.

    Of each publisher that asserts the fact its own answering version counts, if it agrees with the chosen one. None if all were
    imported: they have one publisher.
    """
    voices = _voices(alive) | {chosen.publisher: chosen}
    if all(version.imported is not None for version in voices.values()):
        return None
    found: set[str] = set()
    for version in voices.values():
        if version is not chosen and not _agree(version, chosen):
            continue
        if version.imported is not None:
            found.add(version.publisher)
        else:
            derived = [source for source, since in version.derived.items() if at is None or since <= at]
            found |= verifying(version.check(at).citations, derived)
    return len(found)


def _agree(one: Version, other: Version) -> bool:
    """Whether the main quantities of two versions agree, or the whole values where there are none."""
    if one.quantity is None or other.quantity is None:
        return one.value == other.value
    return one.quantity.unit == other.quantity.unit and agree(one.quantity, other.quantity)


def _voices(alive: Iterable[Version]) -> dict[str, Version]:
    """The answering version of each publisher."""
    voices: dict[str, Version] = {}
    for version in alive:
        held = voices.get(version.publisher)
        if held is None or version.order() > held.order():
            voices[version.publisher] = version
    return voices


def rivals_of(alive: Iterable[Version], chosen: Version) -> list[Rival]:
    """The rivals of the chosen version, newest first: other publishers' versions that contradict some publisher's.

    Each publisher counts with its own answering version, so its later version is a restatement, not a rival. If two
    other publishers contradict each other, both are rivals.
    """
    voices = _voices(alive)
    if len(voices) < 2:
        return []
    by_unit: dict[str, list[tuple[Version, Quantity]]] = {}
    for version in voices.values():
        if version.quantity is not None:
            by_unit.setdefault(version.quantity.unit, []).append((version, version.quantity))
    found = [
        pair
        for pairs in by_unit.values()
        for pair, differs in zip(pairs, contradicted([interval(q) for _, q in pairs]), strict=True)
        if differs and pair[0] is not chosen
    ]
    found.sort(key=lambda pair: pair[0].order(), reverse=True)
    return [
        Rival(version=v.version, publisher=v.publisher, known_at=v.known_at, quantity=quantity)
        for v, quantity in found
    ]
