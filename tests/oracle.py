"""What the service must answer, worked out from DESIGN's sentences over plain lists: slow, and plainly right.

It shares no code with the service. A history is a list of what was recorded; each answer is found by looking
at all of it again.
"""

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

Quantity = dict[str, Any]


@dataclass
class Source:
    """A document whose content, once archived, is the JSON entry `/v` that is `says`."""

    id: str
    publisher: str | None
    says: str
    archived: bool = False


@dataclass
class Slot:
    """What a fact is about, as it is posted, with what the tests know about its period."""

    company: str
    kind: str
    subject: str
    dimensions: dict[str, str]
    basis: str
    period: dict[str, str] | None
    unit: str | None = None  # of a metric
    frames: tuple[str, ...] = ()  # year and quarter literals that mean it, by EDGAR's rule
    frequency: str | None = None

    def first(self) -> date:
        assert self.period is not None
        return date.fromisoformat(self.period.get("instant") or self.period["start"])

    def last(self) -> date:
        assert self.period is not None
        return date.fromisoformat(self.period.get("instant") or self.period["end"])


@dataclass
class Assertion:
    version: int
    position: int
    recorded_at: str
    known_at: date
    source: Source
    value: dict[str, Any]
    main: Quantity | None
    checked: int | None  # position by which the source's content had been looked into; None: not yet
    retracted: int | None = None  # position

    def publisher(self) -> str:
        named = self.source.publisher
        return self.source.id if named is None else named.casefold()

    def archived(self, at: int) -> bool:
        """Whether its citation had been checked against an archived source by then."""
        return self.checked is not None and self.checked <= at

    def verdict(self, at: int) -> str:
        if not self.archived(at):
            return "unarchived"
        if self.main is None:
            return "quote_only"
        exact = self.main.get("bound", "exact") == "exact" and "value" in self.main
        return (
            "verified"
            if exact and Fraction(self.main["value"]) == Fraction(self.source.says)
            else "unsupported"
        )


@dataclass
class Retraction:
    version: int
    position: int
    recorded_at: str
    retracts: int
    reason: str


@dataclass
class Fact:
    id: str
    slot: Slot
    assertions: list[Assertion] = field(default_factory=list[Assertion])
    retractions: list[Retraction] = field(default_factory=list[Retraction])

    def newest(self) -> int:
        return len(self.assertions) + len(self.retractions)


# -- quantities ----------------------------------------------------------------------------------


def ends(quantity: Quantity) -> tuple[Fraction | None, bool, Fraction | None, bool]:
    """Low end, whether it belongs, high end, whether it belongs."""
    bound = quantity.get("bound", "exact")
    low = _spread(quantity.get("value") or quantity["low"], quantity.get("decimals"), bound)
    high = _spread(quantity.get("value") or quantity["high"], quantity.get("decimals"), bound)
    if bound == "at_least":
        return low[0], low[1], None, False
    if bound == "at_most":
        return None, False, high[2], high[3]
    return low[0], low[1], high[2], high[3]


def _spread(text: str, decimals: int | None, bound: str) -> tuple[Fraction, bool, Fraction, bool]:
    value = Fraction(text)
    if decimals is None and bound == "about" and value:
        digits = text.lstrip("-").replace(".", "")
        places = len(text.partition(".")[2])
        decimals = places - (len(digits) - len(digits.rstrip("0")))
    if decimals is None:
        return value, True, value, True
    half = Fraction(1, 2) * Fraction(10) ** -decimals
    # the numbers that round to it, halves away from zero
    return value - half, value > 0, value + half, value < 0


def overlap(one: Quantity, other: Quantity) -> bool:
    a, b = ends(one), ends(other)

    def reaches(x: tuple[Any, ...], y: tuple[Any, ...]) -> bool:
        """Whether x begins no later than y ends."""
        low, low_in, high, high_in = x[0], x[1], y[2], y[3]
        if low is None or high is None or low < high:
            return True
        return low == high and low_in and high_in

    return reaches(a, b) and reaches(b, a)


def within(quantity: Quantity, minimum: str | None, maximum: str | None) -> bool:
    """Whether some number that the quantity may stand for lies between, both ends included."""
    low, low_in, high, high_in = ends(quantity)
    below = minimum is not None and high is not None and (high, high_in) < (Fraction(minimum), True)
    above = maximum is not None and low is not None and (low, not low_in) > (Fraction(maximum), False)
    return not below and not above


# -- the rule ------------------------------------------------------------------------------------


def greatest(assertions: list[Assertion]) -> Assertion:
    best = assertions[0]
    for one in assertions[1:]:
        if one.known_at > best.known_at or (one.known_at == best.known_at and one.version > best.version):
            best = one
    return best


def public(fact: Fact, known_at: date | None, at: int) -> list[Assertion]:
    return [a for a in fact.assertions if a.position <= at and (known_at is None or a.known_at <= known_at)]


def standing(fact: Fact, known_at: date | None, at: int) -> list[Assertion]:
    return [a for a in public(fact, known_at, at) if a.retracted is None or a.retracted > at]


def rivals(fact: Fact, known_at: date | None, at: int) -> list[dict[str, Any]]:
    """The publishers' own answers that contradict, but for the one that answers."""
    alive = standing(fact, known_at, at)
    if not alive:
        return []
    chosen = greatest(alive)
    voices = {
        name: greatest([a for a in alive if a.publisher() == name]) for name in {a.publisher() for a in alive}
    }
    found = [
        a
        for a in voices.values()
        if a is not chosen
        and a.main is not None
        and any(
            b is not a
            and b.main is not None
            and b.main["unit"] == a.main["unit"]
            and not overlap(a.main, b.main)
            for b in voices.values()
        )
    ]
    found.sort(key=lambda a: (a.known_at, a.version), reverse=True)
    return [
        {
            "version": a.version,
            "publisher": a.publisher(),
            "known_at": a.known_at.isoformat(),
            "quantity": a.main,
        }
        for a in found
    ]


def independent(fact: Fact, one: Assertion, known_at: date | None, at: int) -> int:
    """How many publishers' own answers agree with an assertion that stands and are verified."""
    alive = standing(fact, known_at, at)
    if one not in alive:
        return 0
    voices = {
        name: greatest([a for a in alive if a.publisher() == name]) for name in {a.publisher() for a in alive}
    }
    voices[one.publisher()] = one
    found = 0
    for a in voices.values():
        if a.main is None or one.main is None:
            agrees = a.value == one.value
        else:
            agrees = a.main["unit"] == one.main["unit"] and overlap(a.main, one.main)
        found += (a is one or agrees) and a.verdict(at) == "verified"
    return found


def told(
    fact: Fact,
    one: Assertion,
    status: str,
    contradicted: list[dict[str, Any]],
    known_at: date | None,
    at: int,
) -> dict[str, Any]:
    """An assertion as it is answered, as far as the history decides it."""
    slot = fact.slot
    return {
        "kind": slot.kind,
        "id": fact.id,
        "company": slot.company,
        "subject": slot.subject,
        "dimensions": slot.dimensions,
        "basis": slot.basis,
        "period": slot.period,
        "value": one.value,
        "known_at": one.known_at.isoformat(),
        "version": one.version,
        "status": status,
        "recorded_at": one.recorded_at,
        "position": one.position,
        "evidence": one.verdict(at),
        "disputed": bool(contradicted),
        "rivals": contradicted,
        "independent_publishers": independent(fact, one, known_at, at),
        "cited": [(one.source.id, one.archived(at), one.verdict(at))],
    }


def answer(fact: Fact, known_at: date | None, at: int) -> dict[str, Any] | None:
    """What the fact answers by its id."""
    alive = standing(fact, known_at, at)
    if alive:
        return told(fact, greatest(alive), "asserted", rivals(fact, known_at, at), known_at, at)
    dead = public(fact, known_at, at)
    return told(fact, greatest(dead), "retracted", [], known_at, at) if dead else None


def versions(fact: Fact, known_at: date | None, at: int) -> list[dict[str, Any]]:
    """Every assertion that was public and recorded by then, and the retractions of those."""
    shown = public(fact, known_at, at)
    contradicted = rivals(fact, known_at, at)
    entries: list[tuple[int, dict[str, Any]]] = []
    for a in shown:
        status = "asserted" if a.retracted is None or a.retracted > at else "retracted"
        entries.append((a.version, told(fact, a, status, contradicted, known_at, at)))
    for r in fact.retractions:
        if r.position <= at and r.retracts in {a.version for a in shown}:
            body = {
                "kind": "retraction",
                "id": fact.id,
                "company": fact.slot.company,
                "version": r.version,
                "status": "retraction",
                "retracts": r.retracts,
                "reason": r.reason,
                "recorded_at": r.recorded_at,
                "position": r.position,
            }
            entries.append((r.version, body))
    return [body for _, body in sorted(entries, key=lambda pair: pair[0])]


# -- lists and look-ups --------------------------------------------------------------------------


@dataclass(frozen=True)
class Asked:
    """The filters of a list or a look-up; times apart."""

    company: str | None = None
    kind: str | None = None
    subject: str | None = None
    dimensions: tuple[tuple[str, str], ...] = ()
    basis: str | None = None
    period: str | None = None
    frequency: str | None = None
    unit: str | None = None
    minimum: str | None = None
    maximum: str | None = None
    evidence: str | None = None
    disputed: bool | None = None
    as_of: date | None = None


def is_of_period(slot: Slot, literal: str) -> bool:
    if slot.period is None:
        return False
    return _is_exactly(slot, literal) or literal in slot.frames


def _is_exactly(slot: Slot, literal: str) -> bool:
    if slot.period is None:
        return False
    if "/" in literal:
        start, end = literal.split("/")
        return slot.period == {"start": start, "end": end}
    if "-" in literal:
        return slot.period == {"instant": literal}
    if "Q" in literal:
        year, quarter = literal.split("Q")
        bounds = {
            "1": ("01-01", "03-31"),
            "2": ("04-01", "06-30"),
            "3": ("07-01", "09-30"),
            "4": ("10-01", "12-31"),
        }
        start, end = bounds[quarter]
        return slot.period == {"start": f"{year}-{start}", "end": f"{year}-{end}"}
    return slot.period == {"start": f"{literal}-01-01", "end": f"{literal}-12-31"}


def _fits(slot: Slot, asked: Asked) -> bool:
    return (
        asked.company in {None, slot.company}
        and asked.kind in {None, slot.kind}
        and asked.subject in {None, slot.subject}
        and asked.basis in {None, slot.basis}
        and all(slot.dimensions.get(name) == value for name, value in asked.dimensions)
    )


def _kept(fact: Fact, asked: Asked, known_at: date | None, at: int) -> dict[str, Any] | None:
    slot = fact.slot
    alive = standing(fact, known_at, at)
    if not alive or not _fits(slot, asked):
        return None
    main = greatest(alive).main
    body = answer(fact, known_at, at)
    assert body is not None
    bounded = (asked.minimum, asked.maximum) != (None, None)
    kept = [
        asked.unit is None or (main is not None and main["unit"] == asked.unit),
        not bounded or (main is not None and within(main, asked.minimum, asked.maximum)),
        asked.evidence in {None, body["evidence"]},
        asked.disputed in {None, body["disputed"]},
        asked.as_of is None or slot.period is None or slot.first() <= asked.as_of <= slot.last(),
        asked.period is None or is_of_period(slot, asked.period),
    ]
    return body if all(kept) else None


def listed(facts: list[Fact], asked: Asked, known_at: date | None, at: int) -> list[dict[str, Any]]:
    """A list in its order: company, kind, subject, latest period end, id; no period last."""

    def place(fact: Fact) -> tuple[Any, ...]:
        slot = fact.slot
        latest = (1, 0) if slot.period is None else (0, -slot.last().toordinal())
        return slot.company, slot.kind, slot.subject, latest, fact.id

    found = [_kept(fact, asked, known_at, at) for fact in sorted(facts, key=place)]
    return [body for body in found if body is not None]


def looked_up(
    facts: list[Fact], asked: Asked, known_at: date | None, at: int
) -> dict[str, Any] | set[str] | None:
    """The one fact, the ids of those that it may be, or nothing."""
    left = [
        fact
        for fact in facts
        if _kept(
            fact,
            Asked(asked.company, asked.kind, asked.subject, asked.dimensions, asked.basis, unit=asked.unit),
            known_at,
            at,
        )
        and (asked.frequency is None or fact.slot.frequency == asked.frequency)
        and (asked.period is None or is_of_period(fact.slot, asked.period))
    ]
    exact = [fact for fact in left if fact.slot.dimensions == dict(asked.dimensions)]
    left = exact or left
    if asked.basis is None:
        left = [fact for fact in left if fact.slot.basis == "reported"] or left

    def series(fact: Fact) -> tuple[Any, ...]:
        return tuple(sorted(fact.slot.dimensions.items())), fact.slot.basis, fact.slot.unit

    by_series: dict[tuple[Any, ...], list[Fact]] = {}
    for fact in left:
        by_series.setdefault(series(fact), []).append(fact)
    meant = [fact for some in by_series.values() for fact in _latest(some, asked.period)]
    if len(meant) == 1:
        return answer(meant[0], known_at, at)
    return {fact.id for fact in meant} or None


def _latest(facts: list[Fact], period: str | None) -> list[Fact]:
    if period is not None:
        exact = [fact for fact in facts if _is_exactly(fact.slot, period)]
        if exact:
            return exact
        # of two periods that share a calendar frame, the one that ends nearer to its end
        year, _, quarter = period.partition("Q")
        month, day = {"1": (3, 31), "2": (6, 30), "3": (9, 30)}.get(quarter, (12, 31))
        end = date(int(year), month, day)
        near = min(abs(fact.slot.last() - end) for fact in facts)
        return [fact for fact in facts if abs(fact.slot.last() - end) == near]
    dated = [fact for fact in facts if fact.slot.period is not None]
    if not dated:
        return facts
    last = max(fact.slot.last() for fact in dated)
    return [fact for fact in dated if fact.slot.last() == last]


# -- companies, concepts and sources of then -----------------------------------------------------


@dataclass
class Described:
    """What was said of a company at a position, as it was posted."""

    position: int
    body: dict[str, Any]


def is_public(facts: list[Fact], day: date | None, at: int, **of: str) -> bool:
    """Whether a fact of a company, or about a subject, was public by a day and recorded by a position."""
    return any(
        public(fact, day, at)
        for fact in facts
        if all(getattr(fact.slot, name) == is_ for name, is_ in of.items())
    )


def _said(told: list[Described], at: int) -> dict[str, Any] | None:
    return max(
        (one for one in told if one.position <= at), key=lambda one: one.position, default=Described(0, {})
    ).body


def company_then(
    slug: str, told: dict[str, list[Described]], facts: list[Fact], day: date | None, at: int
) -> dict[str, Any] | None:
    """A company as it was described at a position. By a day, its slug alone, from its first fact on."""
    said = _said(told[slug], at)
    if not said:
        return None
    nothing: dict[str, Any] = {"aliases": [], "identifiers": {}, "parent": None, "children": []}
    if day is not None:
        return {"slug": slug, "name": slug, **nothing} if is_public(facts, day, at, company=slug) else None
    children = sorted(one for one in told if (_said(told[one], at) or {}).get("parent") == slug)
    given = {name: said[name] for name in ("name", "aliases", "identifiers", "parent") if name in said}
    return {"slug": slug, **nothing, **given, "children": children}
