"""Frame labels of a series: the nearest period has a frame, and a file's own labels are kept as exceptions."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.core.periods import Period
from service.edgar.labels import claim, exceptions, labelled
from tests.edgar_documents import frame_of

YEAR_2019 = Period(start=date(2019, 1, 1), end=date(2019, 12, 31))
FISCAL_2019 = Period(start=date(2018, 12, 30), end=date(2019, 12, 28))
SEPTEMBER_2019 = Period(start=date(2018, 10, 1), end=date(2019, 9, 30))
DAYS = st.dates(date(2018, 1, 1), date(2020, 12, 31))


def spell(one: date, other: date) -> Period:
    return Period(instant=one) if one == other else Period(start=min(one, other), end=max(one, other))


PERIODS = st.builds(spell, DAYS, DAYS)


@pytest.mark.parametrize(
    ("period", "frame"),
    [
        (YEAR_2019, "2019"),
        (FISCAL_2019, "2019"),
        (SEPTEMBER_2019, "2019"),
        (Period(start=date(2019, 1, 1), end=date(2019, 3, 31)), "2019Q1"),
        (Period(instant=date(2019, 3, 31)), "2019Q1I"),
        (Period(start=date(2019, 1, 1), end=date(2019, 9, 30)), None),
    ],
)
def test_a_period_claims_the_nearest_frame(period: Period, frame: str | None) -> None:
    claimed = claim(period)
    assert (None if claimed is None else claimed.frame) == frame


@given(PERIODS)
def test_a_claim_is_that_of_the_rule(period: Period) -> None:
    claimed = claim(period)
    start = None if period.start is None else period.start.isoformat()
    by_rule = frame_of(start, period.last.isoformat())
    assert (None if claimed is None else (f"CY{claimed.frame}", *claimed.distance[:2])) == by_rule


def test_of_two_periods_the_nearer_has_the_frame() -> None:
    claims = [(period, claim(period)) for period in (SEPTEMBER_2019, FISCAL_2019, YEAR_2019)]
    assert labelled(claims) == {YEAR_2019: "2019"}
    assert labelled(claims[:2]) == {FISCAL_2019: "2019"}
    assert labelled(reversed(claims)) == labelled(claims)


@given(st.lists(PERIODS, unique_by=lambda period: (period.start, period.last)))
def test_every_claimed_frame_is_given_once_to_the_nearest(periods: list[Period]) -> None:
    claims = {number: claim(period) for number, period in enumerate(periods)}
    found = labelled(claims.items())
    assert sorted(found.values()) == sorted({one.frame for one in claims.values() if one is not None})
    for number, frame in found.items():
        mine = claims[number]
        assert mine is not None
        assert all(
            other is None or other.frame != frame or mine.distance <= other.distance
            for other in claims.values()
        )


def test_labels_of_a_file_that_are_the_rule_s_are_no_exceptions() -> None:
    claims = [(period, claim(period)) for period in (SEPTEMBER_2019, YEAR_2019)]
    assert exceptions(claims, {YEAR_2019: "2019"}, [SEPTEMBER_2019, YEAR_2019]) == {}


def test_a_label_that_a_file_gives_to_another_period_is_an_exception_for_both() -> None:
    periods = [SEPTEMBER_2019, YEAR_2019]
    claims = [(period, claim(period)) for period in periods]
    found = exceptions(claims, {SEPTEMBER_2019: "2019"}, periods)
    assert found == {SEPTEMBER_2019: "2019", YEAR_2019: None}
    assert labelled(claims, found) == {SEPTEMBER_2019: "2019"}


def test_a_frame_that_a_file_takes_from_all_its_periods_goes_to_none_of_them() -> None:
    periods = [SEPTEMBER_2019, FISCAL_2019, YEAR_2019]
    claims = [(period, claim(period)) for period in periods]
    found = exceptions(claims, {}, periods)
    assert (found, labelled(claims, found)) == (dict.fromkeys(periods), {})


def test_a_label_that_a_file_has_twice_does_not_keep_the_rule_busy() -> None:
    claims = [(period, claim(period)) for period in (SEPTEMBER_2019, YEAR_2019)]
    found = exceptions(claims, {SEPTEMBER_2019: "2019", YEAR_2019: "2019"}, [SEPTEMBER_2019, YEAR_2019])
    assert found == {SEPTEMBER_2019: "2019", YEAR_2019: "2019"}


@given(st.lists(PERIODS, unique_by=lambda period: (period.start, period.last)), st.data())
def test_with_its_exceptions_a_series_has_the_labels_of_its_file(
    periods: list[Period], data: st.DataObject
) -> None:
    numbers = list(range(len(periods)))
    claims = [(number, claim(periods[number])) for number in numbers]
    frames = ["2018", "2019", "2019Q1", "2019Q1I", "2020Q4"]
    given_to = (
        data.draw(st.lists(st.sampled_from(numbers), unique=True, max_size=len(frames))) if numbers else []
    )
    stated = dict(zip(given_to, frames, strict=False))
    assert labelled(claims, exceptions(claims, stated, numbers)) == stated
