"""Random histories: what is asserted, retracted and archived of a few facts, for every test of the rule.

The same steps are played over HTTP (`tests/api/test_rule.py`) and against the domain alone
(`tests/recording/test_ledger.py`), beside the oracle.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, cast

from hypothesis import strategies as st

from tests import oracle
from tests.bodies import cite
from tests.oracle import Assertion, Slot, Source

YEAR = {"start": "2025-01-01", "end": "2025-12-31"}
FISCAL = {"start": "2025-04-01", "end": "2026-03-31"}  # its calendar frame is 2025 too, farther from its end
QUARTER = {"start": "2025-10-01", "end": "2025-12-31"}
CN = {"geography": "CN"}
CN_CLOUD = {"segment": "cloud", "geography": "CN"}

SLOTS = (
    Slot("acme", "market_share", "widgets", {}, "reported", YEAR, frames=("2025",), frequency="annual"),
    Slot("acme", "market_share", "widgets", CN, "reported", YEAR, frames=("2025",), frequency="annual"),
    Slot("acme", "market_share", "widgets", CN, "estimated", YEAR, frames=("2025",), frequency="annual"),
    Slot(
        "acme-cloud",
        "market_share",
        "widgets",
        CN_CLOUD,
        "reported",
        FISCAL,
        frames=("2025",),
        frequency="annual",
    ),
    Slot("acme", "metric", "revenue", {}, "reported", YEAR, "USD", frames=("2025",), frequency="annual"),
    Slot(
        "acme", "metric", "revenue", {}, "reported", QUARTER, "USD", frames=("2025Q4",), frequency="quarterly"
    ),
    Slot("acme", "metric", "revenue", {}, "reported", FISCAL, "USD", frames=("2025",), frequency="annual"),
    Slot("acme", "metric", "revenue", {}, "reported", YEAR, "percent", frames=("2025",), frequency="annual"),
    Slot(
        "acme", "metric", "head-count", {}, "planned", {"instant": "2025-12-31"}, "users", frequency="instant"
    ),
    Slot("acme", "statement", "health", {}, "reported", None),
    Slot("acme-cloud", "partnership", "globex", CN, "reported", None),
)
FIRST = date(2026, 1, 10)
DAYS = [FIRST + timedelta(days=n) for n in range(3)]
SAYS = ("36", "37", "1000")
PUBLISHERS = ("Acme", "ACME", "Globex", None)
QUANTITIES: tuple[dict[str, Any], ...] = (
    {"value": "36"},
    {"value": "36.0"},
    {"value": "37"},
    {"value": "36.4", "decimals": 0},
    {"value": "35", "bound": "at_least"},
    {"value": "36", "bound": "about"},
    {"value": "0", "decimals": 1},
    {"value": "-36", "decimals": 0},
    {"low": "30", "high": "36"},
    {"low": "100", "high": "999", "bound": "about"},
    {"value": "36.5", "bound": "at_most"},
    {"value": "1000", "decimals": -3},
    {"value": "123456789012345678901234567890.123456789012345"},
)


@dataclass(frozen=True)
class Assert:
    slot: int
    day: int
    source: int
    quantity: int


@dataclass(frozen=True)
class Retract:
    slot: int
    which: int


@dataclass(frozen=True)
class Archive:
    source: int


@dataclass(frozen=True)
class Describe:
    """Something is said of a company, which must not show in what was answered before."""

    which: int


@dataclass(frozen=True)
class Keep:
    """A read whose answer must stay what it is."""

    path: int
    asked: int
    day: int


_slots = st.sampled_from([0, 0, 0, *range(len(SLOTS))])  # one fact has much of the history
_asserts = st.builds(
    Assert, _slots, st.integers(0, 2), st.integers(0, len(SAYS) * 4 - 1), st.integers(0, len(QUANTITIES) - 1)
)
_retracts = st.builds(Retract, _slots, st.integers(0, 7))
_others = st.one_of(
    st.builds(Archive, st.integers(0, len(SAYS) * 4 - 1)),
    st.builds(Describe, st.integers(0, 3)),
)
_keeps = st.builds(Keep, st.integers(0, 9), st.integers(0, 99), st.integers(-1, 2))
STEPS = st.lists(st.one_of(_asserts, _asserts, _asserts, _retracts, _keeps, _others), min_size=8, max_size=26)


def value_of(slot: Slot, quantity: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any] | None]:
    """A value of the slot's kind, and its main quantity."""
    main = {"unit": slot.unit or "percent", **quantity}
    match slot.kind:
        case "metric":
            return {"quantity": main}, main
        case "market_share":
            return {"market": "Widgets", "share": main}, main
        case "partnership":
            return {"counterparty": "globex", "outcome": main}, main
        case _:
            return {"text": f"All is well: {json.dumps(quantity)}"}, None


def plain(body: dict[str, Any]) -> dict[str, Any]:
    """A fact as the oracle tells it: its citations by what the history decides of them."""
    if body["kind"] == "retraction":
        return body
    cited = [
        (c["source"]["id"], c["source"]["archived"], c["evidence"]["verdict"]) for c in body["citations"]
    ]
    return {**{name: value for name, value in body.items() if name != "citations"}, "cited": cited}


def content_of(source: Source) -> bytes:
    """What a source's id is the hash of."""
    return json.dumps({"by": source.publisher, "v": int(source.says)}).encode()


def described(publisher: str | None, says: str) -> dict[str, Any]:
    """A source as it is posted, without its content."""
    digest = hashlib.sha256(content_of(Source("", publisher, says))).hexdigest()
    posted: dict[str, Any] = {
        "title": f"{publisher} says {says}", "publisher": publisher, "published_at": FIRST.isoformat(),
        "media_type": "application/json", "sha256": digest,
    }  # fmt: skip
    return {name: value for name, value in posted.items() if value is not None}


def posted(slot: Slot, value: dict[str, Any], day: date, source: Source) -> dict[str, Any]:
    """An assertion as it is posted."""
    return {
        "kind": slot.kind, "company": slot.company, "subject": slot.subject, "dimensions": slot.dimensions,
        "basis": slot.basis, "period": slot.period, "value": value, "known_at": day.isoformat(),
        "citations": [cite(source.id, type="json_pointer", pointer="/v")],
    }  # fmt: skip


def already(
    assertions: Sequence[Assertion], day: date, source: Source, value: dict[str, Any]
) -> Assertion | None:
    """The assertion that already says so and stands."""
    for one in assertions:
        if one.retracted is None and one.known_at == day and one.source is source and same(one.value, value):
            return one
    return None


def same(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether two values are numerically the same."""

    def normal(value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        fields = cast("dict[str, Any]", value)
        return {
            name: oracle.Fraction(inner) if name in {"value", "low", "high"} else normal(inner)
            for name, inner in fields.items()
        }

    return normal(one) == normal(other)
