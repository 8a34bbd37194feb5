"""Which series a question means, and what is named if several are left."""

from itertools import permutations
from typing import NamedTuple
from uuid import UUID

import pytest

from service.core.errors import Ambiguous
from service.series.reads import chosen_series
from service.series.rows import SeriesHead, SeriesQuery, Slice


class Found(NamedTuple):
    head: SeriesHead
    slot: int
    points: list[str]
    cited: list[int]


def found(number: int, unit: str, **dimensions: str) -> Found:
    head = SeriesHead(
        company="acme", kind="metric", subject="revenue", dimensions=dimensions, basis="reported", unit=unit, comparison=None
    )  # fmt: skip
    return Found(head, number, [f'"fact":"{UUID(int=number)}","period":{{"instant":"2025-12-31"}}'], [1])


def test_series_that_fit_alike_are_named_in_an_order_of_their_own() -> None:
    left = [found(3, "USD"), found(1, "percent"), found(2, "USD", geography="CN")]
    named: set[str] = set()
    for some in permutations(left):
        with pytest.raises(Ambiguous) as refused:
            chosen_series(SeriesQuery("acme", "revenue", {}), some, Slice(True, 1))
        named.add(str(refused.value.candidates))
    assert len(named) == 1
