"""The times of a read as parameters of SQL."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from service.core.history import NOW, Times
from service.store.times import bounds, upto


@given(st.none() | st.dates(date(1000, 1, 1), date(9998, 12, 31)), st.none() | st.integers(0, 2**53))
def test_a_bound_that_is_not_given_is_greater_than_every_other(day: date | None, at: int | None) -> None:
    known, position = bounds(Times(day, at))
    assert known == (date.max if day is None else day)
    assert position == (2**63 - 1 if at is None else at) == upto(Times(day, at))
    assert known <= bounds(NOW)[0]
    assert position <= bounds(NOW)[1]
