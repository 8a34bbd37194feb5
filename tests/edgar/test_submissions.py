"""Submissions as of a day: the name of then, and the filings made by then, without influence of later days."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.core.names import NameSpan, names_on
from service.edgar.submissions import pages_across, submissions_at
from tests.edgar_files import APPLE, FOLDER, WALMART, plain

Span = tuple[str, str | None, str | None]
A, B = ("A", "2018-02-28", "2020-06-03"), ("B", "2020-04-09", "2025-10-10")


def document(name: str, *spans: Span, pages: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    former = [{"name": one, "from": first, "to": last} for one, first, last in spans]
    recent = {"accessionNumber": ["1", "2"], "filingDate": ["2026-01-01", "1990-01-01"]}
    return {
        "cik": "5",
        "name": name,
        "formerNames": former,
        "filings": {"recent": recent, "files": pages or []},
    }


def told(made: dict[str, Any], day: str) -> tuple[str, list[str]]:
    body = submissions_at(json.dumps(made).encode(), date.fromisoformat(day), {}, "cik-0000000005")
    assert body is not None
    found = json.loads(body)
    for former in found["formerNames"]:
        assert (former["to"] or "")[:10] <= day
    return found["name"], [former["name"] for former in found["formerNames"]]


@pytest.mark.parametrize(
    ("day", "name", "former"),
    [
        ("2018-02-27", "cik-0000000005", []),  # of that day no name is known
        ("2018-02-28", "A", []),
        ("2020-04-09", "A", []),
        ("2020-05-01", "A", []),
        ("2020-06-03", "A", []),
        ("2020-06-04", "B", ["A"]),
        ("2025-10-10", "B", ["A"]),
        ("2025-10-11", "B", ["B", "A"]),
    ],
)
@pytest.mark.parametrize("turned", [False, True])
def test_of_two_names_that_overlap_the_one_that_began_first_stands_until_it_ends(
    day: str, name: str, former: list[str], turned: bool
) -> None:
    spans = [A, B] if turned else [B, A]
    shown = former[::-1] if turned else former
    assert told(document("B", *spans), day) == (name, shown)


@pytest.mark.parametrize(
    ("spans", "day", "name", "former"),
    [
        # within a longer span another name begins and ends
        ([("A", "2010-01-01", "2020-01-01"), ("S", "2012-01-01", "2012-01-01")], "2012-01-01", "A", ["S"]),
        ([("A", "2010-01-01", "2020-01-01"), ("S", "2012-01-01", "2013-01-01")], "2012-06-01", "A", []),
        ([("A", "2010-01-01", "2020-01-01"), ("S", "2012-01-01", "2013-01-01")], "2020-01-02", "X", ["A", "S"]),
        # days between two names
        ([("B", "2015-01-01", "2019-01-01"), ("A", "2010-01-01", "2014-01-01")], "2014-06-01", "A", []),
        ([("B", "2015-01-01", "2019-01-01"), ("A", "2010-01-01", "2014-01-01"), ("S", "2014-01-01", "2014-01-01")],
         "2014-06-01", "A", ["S"]),
        # one name twice
        ([("A", "2015-01-01", "2019-01-01"), ("B", "2012-01-01", "2014-12-31"), ("A", "2010-01-01", "2011-12-31")],
         "2016-01-01", "A", ["B", "A"]),
        # two that begin on one day: the newest is listed first
        ([("B", "2010-01-01", "2019-01-01"), ("A", "2010-01-01", "2014-01-01")], "2012-01-01", "A", []),
        ([("B", "2010-01-01", "2014-01-01"), ("B", "2010-01-01", "2014-01-01")], "2012-01-01", "B", []),
        # days that are missing, or none
        ([("A", None, "2014-01-01")], "2012-01-01", "A", []),
        ([("A", None, "2014-01-01")], "2014-01-02", "X", ["A"]),
        ([("A", "2010-01-01", None)], "2012-01-01", "A", []),
        ([("A", "2010-01-01", None), ("B", "2011-01-01", "2014-01-01")], "2012-01-01", "B", ["A"]),
        ([("A", "2010-01-01", None), ("B", "2011-01-01", "2014-01-01")], "2015-01-01", "X", ["A", "B"]),
        ([("A", None, None)], "2012-01-01", "X", []),
        ([("A", "", "soon")], "2012-01-01", "X", []),
        ([], "2012-01-01", "X", []),
        # with the hour, as EDGAR has it
        ([("A", "2010-01-01T05:00:00.000Z", "2014-01-01T04:00:00.000Z")], "2014-01-01", "A", []),
    ],
)  # fmt: skip
def test_spans_of_every_form(spans: list[Span], day: str, name: str, former: list[str]) -> None:
    assert told(document("X", *spans), day) == (name, former)


@pytest.mark.skipif(not FOLDER.is_dir(), reason="EDGAR's files are not there")
def test_real_filers_on_days_of_a_change() -> None:
    apple, walmart = (plain(f"submissions-CIK{cik:010}.json") for cik in (APPLE, WALMART))
    assert told(apple, "1997-07-28")[0] == "APPLE COMPUTER INC"
    assert told(apple, "2007-01-09") == ("APPLE COMPUTER INC", ["APPLE COMPUTER INC/ FA"])
    assert told(apple, "2007-01-10")[0] == "APPLE INC"
    assert told(apple, "2019-08-06")[0] == "Apple Inc."
    assert told(walmart, "2018-01-30") == ("WAL MART STORES INC", [])
    assert told(walmart, "2018-01-31") == ("Walmart Inc.", ["WAL MART STORES INC"])


# -- whatever the spans --------------------------------------------------------------------------

_FIRST = date(2000, 1, 1)
_days = st.integers(0, 12).map(lambda days: _FIRST + timedelta(days))
_spans = st.lists(
    st.tuples(st.sampled_from("ABC"), st.none() | _days, st.none() | _days).map(
        lambda one: NameSpan(one[0], *(one[1:] if None in one[1:] else sorted(one[1:])))  # type: ignore[arg-type]
    ),
    max_size=5,
)


def shown(day: date, spans: list[NameSpan]) -> tuple[str | None, list[str]]:
    found = names_on(day, spans)
    bearing = found.bearing
    return spans[bearing].name if isinstance(bearing, int) else bearing, [spans[n].name for n in found.former]


@given(_spans, _days, st.integers(1, 100))
def test_when_what_lies_ahead_ends_does_not_matter(spans: list[NameSpan], day: date, later: int) -> None:
    moved = [
        span._replace(last=span.last + timedelta(later)) if span.last and span.last > day else span
        for span in spans
    ]
    assert names_on(day, moved) == names_on(day, spans)


@given(_spans, _days, st.lists(st.tuples(st.integers(1, 9), st.integers(0, 9)), min_size=1, max_size=3))
def test_names_that_begin_later_do_not_matter(
    spans: list[NameSpan], day: date, later: list[tuple[int, int]]
) -> None:
    # the last of these has not ended, so that the present name never stands on the day
    ahead = NameSpan("Z", day + timedelta(30), day + timedelta(40))
    added = [
        NameSpan("D", day + timedelta(begins), day + timedelta(begins + lasts)) for begins, lasts in later
    ]
    assert shown(day, [*added, *spans, ahead]) == shown(day, [*spans, ahead])


@given(_spans, _days)
def test_the_present_name_stands_only_where_none_is_left_to_end(spans: list[NameSpan], day: date) -> None:
    dates = [one for span in spans for one in (span.first, span.last) if one is not None]
    if names_on(day, spans).bearing == "present":
        assert all(one <= day for one in dates)
    if all(one < day for one in dates) and all(span.last for span in spans):
        assert names_on(day, spans).bearing == "present"


@given(_spans, _days)
def test_no_name_that_is_told_has_a_date_after_the_day(spans: list[NameSpan], day: date) -> None:
    found = names_on(day, spans)
    assert all((spans[n].last or day) <= day and (spans[n].first or day) <= day for n in found.former)
    if isinstance(found.bearing, int):
        assert (spans[found.bearing].first or day) <= day
        assert found.bearing not in found.former


# -- older pages ---------------------------------------------------------------------------------


def test_an_older_page_is_listed_as_far_as_it_went() -> None:
    pages = [
        {"name": "two.json", "filingCount": 2, "filingFrom": "2001-01-01", "filingTo": "2006-12-31"},
        {"name": "one.json", "filingCount": 2, "filingFrom": "1995-01-01", "filingTo": "2000-12-31"},
    ]
    content = json.dumps(document("X", pages=pages)).encode()
    one = json.dumps({"accessionNumber": ["1", "2"], "filingDate": ["2000-12-31", "1995-01-01"]}).encode()

    def files(day: date, have: dict[str, bytes]) -> Any:
        body = submissions_at(content, day, have, "cik-0000000005")
        return None if body is None else json.loads(body)["filings"]["files"]

    day = date(1999, 1, 1)
    assert pages_across(content, day) == ["one.json"]
    assert files(day, {"one.json": one}) == [
        {"name": "one.json", "filingCount": 1, "filingFrom": "1995-01-01", "filingTo": "1995-01-01"}
    ]
    assert files(day, {}) == [{"name": "one.json", "filingFrom": "1995-01-01"}]
    assert pages_across(content, date(2000, 12, 31)) == []
    assert files(date(2000, 12, 31), {}) == pages[1:]
    assert pages_across(one, day) == []
