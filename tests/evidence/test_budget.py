"""How much work the length of a text allows."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.evidence.reading.budget import ANYWHERE, ReadingBudget


def test_a_budget_allows_so_much_anywhere_and_more_with_the_length() -> None:
    budget = ReadingBudget(10)
    assert not budget.spent_at(0)
    budget.spend(ANYWHERE)
    assert not budget.spent_at(0)
    budget.spend(1)
    assert budget.spent_at(0)
    assert budget.spent_at(9)
    assert not budget.spent_at(10)
    budget.spend(5)
    assert budget.spent_at(59)
    assert not budget.spent_at(60)


@pytest.mark.parametrize(("place", "allowed"), [(10, 10), (20, 10), (30, 10), (40, 20), (60, 40), (70, 40)])
def test_gaps_allow_nothing(place: int, allowed: int) -> None:
    budget = ReadingBudget(1, [(10, 30), (60, 70)])
    budget.spend(ANYWHERE + allowed)
    assert not budget.spent_at(place)
    budget.spend(1)
    # within a gap nothing is read, so its characters count until it has ended
    assert budget.spent_at(place) == (place != 20)


@given(
    cuts=st.lists(st.integers(0, 300), max_size=8, unique=True).map(sorted),
    characters=st.integers(1, 30),
)
def test_two_readers_may_do_together_what_the_whole_length_allows(cuts: list[int], characters: int) -> None:
    ends = [0, *cuts, 300]
    stretches = list(itertools.pairwise(ends))
    done = 0
    for one in (0, 1):
        others = stretches[1 - one :: 2]
        budget = ReadingBudget(characters, others)
        for start, end in stretches[one::2]:
            for place in range(start, end):
                while not budget.spent_at(place):
                    budget.spend(1)
                    done += 1
    assert done <= 2 * (ANYWHERE + 1) + 300 // characters
