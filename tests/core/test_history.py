"""The rule in Python against the oracle, without a database: the answering version and its rivals."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.core import history, quantities
from service.core.history import Check, Times, Version
from service.core.quantities import Quantity
from tests import oracle
from tests.effort import examples
from tests.histories import DAYS, FIRST, PUBLISHERS, QUANTITIES, SLOTS
from tests.oracle import Assertion, Fact, Source

MOMENT = datetime(2026, 1, 10, tzinfo=UTC)


class Said(NamedTuple):
    """An assertion, and how many positions later it is checked again and retracted."""

    day: date
    publisher: str | None
    quantity: dict[str, Any] | None
    checked: int | None
    retracted: int | None


_later = st.none() | st.integers(1, 6)
HISTORIES = st.lists(
    st.builds(
        Said,
        st.sampled_from(DAYS),
        st.sampled_from(PUBLISHERS),
        st.none()
        | st.sampled_from(
            [{**quantity, "unit": unit} for quantity in QUANTITIES for unit in ("USD", "users")]
        ),
        _later,
        _later,
    ),
    max_size=8,
)
TIMES = [
    Times(known_at=day, at=at)
    for day in (None, FIRST - timedelta(days=1), *DAYS)
    for at in (None, *range(24))
]


def told(said: Sequence[Said]) -> tuple[Fact, list[Version]]:
    """The same history for the oracle and for the service; positions are 2, 5, 8, …"""
    fact, versions = Fact("", SLOTS[0]), list[Version]()
    for number, one in enumerate(said, 1):
        position = 3 * number - 1
        checked = None if one.checked is None else position + one.checked
        retracted = None if one.retracted is None else position + one.retracted
        source = Source(f"source-{number}", one.publisher, "36")
        fact.assertions.append(
            Assertion(number, position, "", one.day, source, {}, one.quantity, checked, retracted)
        )
        checks = [Check(position, "unarchived", b"[]")]
        if checked is not None:
            checks.append(Check(checked, "verified", b"[]"))
        versions.append(
            Version(
                version=number,
                known_at=one.day,
                position=position,
                recorded_at=MOMENT,
                publisher=fact.assertions[-1].publisher(),
                quantity=None if one.quantity is None else msgspec.convert(one.quantity, Quantity),
                value=b"{}",
                checks=checks,
                sources=[number],
                content=b"",
                retracted=retracted,
            )
        )
    return fact, versions


def head(fact: Fact) -> int:
    """The last position of the fact's entries."""
    return max(
        (p for a in fact.assertions for p in (a.position, a.checked or 0, a.retracted or 0)), default=0
    )


@settings(max_examples=examples(150))
@given(said=HISTORIES)
def test_the_version_that_answers_is_the_oracles(said: list[Said]) -> None:
    fact, versions = told(said)
    for times in TIMES:
        at = head(fact) if times.at is None else times.at
        public = oracle.public(fact, times.known_at, at)
        standing = oracle.standing(fact, times.known_at, at)
        assert [v.version for v in history.within(versions, times)] == [a.version for a in public]
        assert [v.version for v in history.standing(versions, times)] == [a.version for a in standing]
        answer = history.answering(versions, times)
        if answer is None:
            assert not public, times
            continue
        assert answer.asserted is bool(standing), times
        assert answer.version.version == oracle.greatest(standing or public).version, times
        assert msgspec.to_builtins(answer.rivals) == [
            {**rival, "quantity": plainly(rival["quantity"])}
            for rival in oracle.rivals(fact, times.known_at, at)
        ], times


def plainly(quantity: dict[str, Any]) -> Any:
    """A quantity as the service writes it."""
    return msgspec.to_builtins(msgspec.convert(quantity, Quantity))


@settings(max_examples=examples(100))
@given(said=HISTORIES)
def test_the_check_that_counts_is_the_newest_by_then(said: list[Said]) -> None:
    fact, versions = told(said)
    for assertion, version in zip(fact.assertions, versions, strict=True):
        assert version.check() is version.checks[-1]
        for at in range(version.position, head(fact) + 1):
            expected = "verified" if assertion.archived(at) else "unarchived"
            assert version.check(at).verdict == expected


def test_rivals_among_many_publishers_are_found_in_one_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fact that everybody agrees on was compared pair by pair."""
    calls = 0
    real = quantities.interval

    def counting(quantity: Quantity) -> quantities.Interval:
        nonlocal calls
        calls += 1
        return real(quantity)

    monkeypatch.setattr(history, "interval", counting)
    monkeypatch.setattr(quantities, "interval", counting)
    many = 300
    said = [
        Said(FIRST, f"Publisher {n}", {"value": "36", "unit": "percent"}, None, None) for n in range(many)
    ]
    _, versions = told(said)
    answer = history.answering(versions)
    assert answer is not None
    assert answer.rivals == []
    assert calls <= 2 * many
