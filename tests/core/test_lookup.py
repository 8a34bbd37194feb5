"""Which one fact a look-up means."""

from datetime import date
from typing import Any
from uuid import UUID

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.core.errors import Ambiguous
from service.core.lookup import Candidate, Choice, Lookup, choose, narrowed
from service.core.periods import Period, parse_period

YEAR, QUARTER = "2025", "2025Q4"


def candidate(number: int, slot: int = 1, period: str | None = YEAR, **parts: Any) -> Candidate:
    read = None if period is None else parse_period(period).period
    fields: dict[str, Any] = {
        "slot": slot, "dimensions": {}, "basis": "reported", "unit": None, "comparison": None, "id": UUID(int=number),
        "period": read, "frame": None if read is None else read.frame, "answer": None,
    }  # fmt: skip
    return Candidate(**fields | parts)


def asked(
    period: str | None = None, dimensions: dict[str, str] | None = None, basis: str | None = None
) -> Lookup:
    read = None if period is None else parse_period(period)
    return Lookup("acme", "metric", "a", dimensions or {}, basis=basis, period=read)


def numbers(refused: Ambiguous) -> list[int]:
    return [one.id.int for one in msgspec.convert(refused.candidates, list[Choice], from_attributes=True)]


def test_exactly_the_dimensions_win_over_more() -> None:
    plain, cloud = candidate(1, 1), candidate(2, 2, dimensions={"segment": "cloud"})
    more = candidate(3, 3, dimensions={"segment": "cloud", "geography": "CN"})
    assert choose(asked(), [more, cloud, plain]) == plain
    assert choose(asked(dimensions={"segment": "cloud"}), [more, cloud]) == cloud
    assert choose(asked(dimensions={"segment": "cloud"}), [more]) == more


def test_reported_wins_unless_another_basis_is_asked_for() -> None:
    reported, forecast = candidate(1, 1), candidate(2, 2, basis="forecast")
    assert choose(asked(), [forecast, reported]) == reported
    assert choose(asked(), [forecast]) == forecast
    assert choose(asked(basis="forecast"), [forecast]) == forecast
    assert narrowed([forecast, reported], {}, "forecast") == [forecast, reported]


def test_the_latest_end_wins() -> None:
    old, new, timeless = candidate(1, period="2024"), candidate(2), candidate(3, period=None)
    assert choose(asked(), [timeless, new, old]) == new
    assert choose(asked(), [timeless]) == timeless
    assert choose(asked(), []) is None


def test_a_year_and_its_last_quarter_are_told_as_two() -> None:
    with pytest.raises(Ambiguous, match="several periods fit") as refused:
        choose(asked(), [candidate(2, period=QUARTER), candidate(1)])
    assert numbers(refused.value) == [1, 2]


def test_several_series_are_told_by_the_latest_of_each() -> None:
    some = [
        candidate(1, 1, "2024"),
        candidate(2, 1),
        candidate(3, 2, "2023", unit="EUR"),
        candidate(4, 2, "2022"),
    ]
    with pytest.raises(Ambiguous, match="more than one series fits") as refused:
        choose(asked(), some)
    assert numbers(refused.value) == [2, 3]


def test_a_literal_takes_its_exact_period_else_that_of_its_frame() -> None:
    exact = candidate(1)
    fiscal = candidate(2, period="2024-09-29/2025-09-27")
    other = candidate(3, period="2025-02-01/2026-01-31")
    assert fiscal.frame == other.frame == YEAR
    assert choose(asked(YEAR), [fiscal, exact]) == exact
    assert choose(asked(YEAR), [fiscal, other]) == other  # its end is nearer to that of the year
    assert choose(asked("2025-12-31"), [exact]) is None
    assert choose(asked("2024-09-29/2025-09-27"), [exact, fiscal]) == fiscal


SOME = st.lists(
    st.builds(
        candidate, st.integers(1, 9), st.integers(1, 3), st.sampled_from([None, "2024", YEAR, QUARTER]),
        basis=st.sampled_from(["reported", "forecast"]), dimensions=st.sampled_from([{}, {"a": "b"}]),
    ),
    max_size=6, unique_by=lambda one: one.id,
)  # fmt: skip


@given(SOME, st.sampled_from([None, "2024", YEAR]), st.randoms())
def test_the_order_of_candidates_never_matters(
    some: list[Candidate], period: str | None, random: Any
) -> None:
    def outcome(candidates: list[Candidate]) -> object:
        try:
            return choose(asked(period), candidates)
        except Ambiguous as refused:
            return refused.detail, refused.candidates

    shuffled = list(some)
    random.shuffle(shuffled)
    found = outcome(some)
    assert outcome(shuffled) == found
    if isinstance(found, Candidate):
        assert found in some
        assert period is None or found.period == parse_period(period).period


def test_days_of_a_period_are_compared_not_its_words() -> None:
    same = Period(start=date(2025, 1, 1), end=date(2025, 12, 31))
    assert choose(asked(YEAR), [candidate(1)._replace(period=same)]) is not None
