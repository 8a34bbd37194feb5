"""The interval that comparisons of two trees tell: between which of the ordered ratios the true median lies."""

from math import comb

import pytest

from benchmarks.against import LEAST_PAIRS, interval


@pytest.mark.parametrize(("count", "lowest"), [(6, 0), (8, 0), (9, 1), (11, 1), (12, 2), (20, 5), (25, 7)])
def test_it_holds_the_median_with_95_percent_and_is_the_shortest(count: int, lowest: int) -> None:
    ratios = [float(number) for number in range(count)]
    assert interval(ratios[::-1]) == (lowest, count - 1 - lowest)
    # of fair coins, as many fall on one side of the median as do not reach the place
    missed = [
        2 * sum(comb(count, place) for place in range(end + 1)) / 2**count for end in (lowest, lowest + 1)
    ]
    assert missed[0] <= 0.05 < missed[1]


def test_too_few_pairs_are_refused() -> None:
    with pytest.raises(ValueError, match="5 pairs are too few; 6 are the fewest"):
        interval([1.0] * (LEAST_PAIRS - 1))
