"""Requests that are bound to a day: how the prefix is read, what a query becomes, and which operations are refused."""

from datetime import date

import pytest
from msgspec import UNSET

from service.app import contract
from service.core.errors import CompanyFactsError, Forbidden, Malformed, NotFound
from service.web.contract import Operation
from service.web.knowing import bounded, check, earliest, prefixed
from service.web.parameters import FilterQuery, TimesQuery
from service.web.problems import MethodNotAllowed

DAY, EARLIER = date(2015, 6, 30), date(2015, 6, 29)


def test_the_earlier_day_counts_and_none_is_no_day() -> None:
    assert [earliest(DAY, EARLIER), earliest(EARLIER, DAY)] == [EARLIER, EARLIER]
    assert [earliest(DAY, None), earliest(None, DAY), earliest(None, None)] == [DAY, DAY, None]


@pytest.mark.parametrize(
    ("path", "rest"),
    [
        ("/as-known/2015-06-30", "/"),
        ("/as-known/2015-06-30/", "/"),
        ("/as-known/2015-06-30/v1/facts", "/v1/facts"),
        ("/as-known/2015-06-30/v1/a\nb", "/v1/a\nb"),
    ],
)
def test_what_follows_the_day_is_the_path(path: str, rest: str) -> None:
    assert prefixed(path) == ("/as-known/2015-06-30", DAY, rest)


@pytest.mark.parametrize(
    ("path", "error", "told"),
    [
        ("/as-known/", Malformed, "'' is not one"),
        ("/as-known/2015-06-30T00:00/v1/facts", Malformed, "is not one"),
        ("/as-known/20150630/v1/facts", Malformed, "is not one"),
        ("/as-known/2015-06-31/v1/facts", Malformed, "2015-06-30"),
        (f"/as-known/{'9' * 10_000}/v1", Malformed, f"'{'9' * 100}'"),
        ("/as-known/2015-06-30/as-known/2015-06-29/v1", NotFound, "once"),
        ("/v1/facts", NotFound, "there is nothing at /v1/facts"),
    ],
)
def test_another_path_is_refused(path: str, error: type[CompanyFactsError], told: str) -> None:
    refused = prefixed(path)
    assert isinstance(refused, error)
    assert told in refused.detail
    assert len(refused.detail) < 300


def test_a_query_without_a_day_gets_the_day_and_one_with_a_later_day_is_refused() -> None:
    assert bounded(TimesQuery(at=7), DAY) == TimesQuery(known_at=DAY.isoformat(), at=7)
    for asked in (EARLIER, DAY):
        query = FilterQuery(known_at=asked.isoformat())
        assert bounded(query, DAY) is query
    with pytest.raises(Forbidden, match="after 2015-06-30"):
        bounded(TimesQuery(known_at="2015-07-01"), DAY)
    with pytest.raises(Malformed) as refused:
        bounded(TimesQuery(known_at="2015-06-31"), DAY)
    assert [flaw.parameter for flaw in refused.value.errors] == ["known_at"]
    assert bounded(TimesQuery(), DAY).at is UNSET


def refused(operation: Operation, prefix: str) -> type[CompanyFactsError] | None:
    try:
        check(operation, prefix)
    except CompanyFactsError as error:
        return type(error)
    return None


def test_no_write_is_answered_as_of_a_day_and_of_reads_those_alone_that_are_made_for_it() -> None:
    kinds = {(one.scope != "read", one.by_day) for one in contract().operations}
    assert {(True, False), (False, True), (False, False)} <= kinds
    for operation in contract().operations:
        told = refused(operation, ""), refused(operation, "/as-known/2015-06-30")
        if operation.scope != "read":
            assert told == (Forbidden, MethodNotAllowed), operation.id
        else:
            assert told == ((None, None) if operation.by_day else (Forbidden, Forbidden)), operation.id
