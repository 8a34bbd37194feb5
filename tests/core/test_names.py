"""Which name of a company stood on a day. `tests/edgar/test_submissions.py` has the properties of the rule."""

from datetime import date

import pytest

from service.core.names import NO_NAMES, DatedNames, NameSpan, name_on

SPANS = [
    NameSpan("Second", date(2010, 1, 1), date(2019, 12, 31)),
    NameSpan("First", date(2000, 1, 1), date(2009, 12, 31)),
]


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(1999, 12, 31), "slug"),
        (date(2000, 1, 1), "First"),
        (date(2009, 12, 31), "First"),
        (date(2010, 1, 1), "Second"),
        (date(2020, 1, 1), "Present"),
    ],
)
def test_the_name_of_a_day(day: date, name: str) -> None:
    assert DatedNames("slug", "Present", SPANS).on(day) == name
    assert name_on(day, SPANS, "slug") == (None if name == "Present" else name)


def test_without_submissions_no_name_has_a_day() -> None:
    assert DatedNames("slug", None, NO_NAMES).on(date(2020, 1, 1)) == "slug"
    assert DatedNames("slug", "Present", NO_NAMES).on(date(2020, 1, 1)) == "Present"
