"""What an entry of a fact changed, against the plain rule: the greatest by day and version that stands."""

from datetime import UTC, date, datetime
from typing import Literal, NamedTuple

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import UNSET

from service.core.facts import FactKey, Retraction
from service.core.history import Check, Version
from service.core.log import Entry
from service.core.quantities import Quantity
from service.core.states import FactState
from service.feed.steps import step_of, verdict_of, with_step

NOW = datetime(2026, 1, 1, tzinfo=UTC)
KEY = FactKey(
    company="acme", kind="market_share", subject="a", dimensions={}, basis="reported", period=None, unit=None, comparison=None
)  # fmt: skip


class Told(NamedTuple):
    """An assertion, and whether the next entry takes it back."""

    day: int
    number: int
    taken_back: bool


def quantity(number: int) -> Quantity:
    return Quantity(value=str(number), unit="percent")


def history(told: list[Told]) -> tuple[FactState, list[Entry]]:
    state, entries = FactState(key=KEY, id=KEY.id), list[Entry]()
    for one in told:
        number, position = state.last + 1, 10 + state.last
        value = msgspec.json.encode({"market": "m", "share": quantity(one.number)})
        state.versions.append(
            Version(
                version=number, known_at=date(2025, 1, one.day), position=position, recorded_at=NOW, publisher="a",
                quantity=quantity(one.number), value=value, checks=[Check(position, "unarchived", b"[]")], sources=[],
                content=b"", retracted=position + 1 if one.taken_back else None,
            )
        )  # fmt: skip
        entries.append(entry("version", position, number))
        if one.taken_back:
            state.retractions.append(
                Retraction(
                    id=KEY.id, company="acme", version=number + 1, retracts=number, reason="r", recorded_at=NOW,
                    position=position + 1,
                )
            )  # fmt: skip
            entries.append(entry("version", position + 1, number + 1))
    return state, entries


def entry(sort: Literal["version", "evidence"], position: int, version: int) -> Entry:
    return Entry(
        position=position, recorded_at=NOW, type=sort, company="acme", concept=None, source=None, fact=KEY.id,
        version=version,
    )  # fmt: skip


HISTORIES = st.lists(
    st.builds(Told, st.integers(1, 5), st.integers(1, 9), st.booleans()), min_size=1, max_size=6
)


def plainly(told: list[Told], upto: int) -> object:
    """The number that answers after so many entries; None if none stands."""
    standing: list[tuple[int, int, int]] = []
    at = 0
    for one in told:
        for taken_back in (False, True) if one.taken_back else (False,):
            at += 1
            if at > upto:
                break
            if taken_back:
                standing = [kept for kept in standing if kept[1] != at - 1]
            else:
                standing.append((one.day, at, one.number))
    return max(standing)[2] if standing else None


@given(HISTORIES)
def test_before_and_after_are_what_the_fact_answered(told: list[Told]) -> None:
    state, entries = history(told)
    for at, one in enumerate(entries, 1):
        step = with_step(one, state)
        assert step is not None
        for answered, upto in ((step.before, at - 1), (step.after, at)):
            expected = plainly(told, upto)
            assert answered == (UNSET if expected is None else quantity(int(str(expected))))


@given(HISTORIES)
def test_the_class_of_an_entry_does_not_depend_on_later_ones(told: list[Told]) -> None:
    state, entries = history(told)
    for at, one in enumerate(entries):
        shorter = FactState(
            key=KEY, id=KEY.id,
            versions=[v for v in state.versions if v.position <= one.position],
            retractions=[r for r in state.retractions if r.position <= one.position],
        )  # fmt: skip
        assert step_of(one, shorter, shorter.versions) == step_of(one, state, state.versions)
        assert (step_of(one, state, state.versions) == "first") == (at == 0)


def test_a_later_check_is_an_entry_of_its_own() -> None:
    state, (first, *_) = history([Told(1, 5, taken_back=False)])
    state.versions[0].checks.append(Check(20, "verified", b"[]"))
    later = entry("evidence", 20, 1)
    assert step_of(later, state, state.versions) == "evidence"
    assert (verdict_of(first, state), verdict_of(later, state)) == ("unarchived", "verified")
    assert verdict_of(entry("version", 30, 9), state) is None
    with pytest.raises(LookupError):
        step_of(entry("version", 30, 9), state, state.versions)
