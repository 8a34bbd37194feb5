"""How a list becomes a question: which lists share a statement, go company by company, and in which order."""

import re
from datetime import date
from uuid import UUID

import pytest

from service.core.history import NOW, Times
from service.core.lists import Place
from service.postgres.questions import FEW
from service.store.filters import Conditions, kept
from service.store.lists import AskedList, question

NOTHING: Conditions = {}
BY_KEY = kept({"kind": "metric", "subject": "revenue"})
BY_ANSWER = kept({"unit": "USD", "min": "1"})
PLACE = Place("acme", "metric", "revenue", 20251231, UUID(int=1))
THEN = Times(date(2025, 6, 30), 7)


def asked(
    company: str | None = "acme",
    source: int | None = None,
    keeps: Conditions = NOTHING,
    times: Times = NOW,
    after: Place | None = None,
    limit: int = 51,
) -> AskedList:
    return AskedList(company, source, keeps, times, after, limit)


@pytest.mark.parametrize(
    ("one", "short"),
    [
        (asked(), True),
        (asked(keeps=BY_KEY, times=THEN, after=PLACE), True),
        (asked(limit=FEW), True),
        (asked(limit=FEW + 1), False),
        (asked(keeps=BY_ANSWER), False),
        (asked(keeps=kept({"kind": "metric", "as_of": "2025-12-31"})), False),
        (asked(source=1), False),
        (asked(company=None), False),
        (asked(company=None, times=THEN), False),
        (asked(company=None, source=1), False),
    ],
)
def test_a_short_list_shares_its_statement(one: AskedList, short: bool) -> None:
    made = question(one)
    assert one.is_short() == made.shared == short
    # a list of its own has its limit as the last argument, a shared one rounded up in its text
    assert (made.given[-1:] == [one.limit]) != short
    assert (") as q (" in made.text) == short
    columns = (
        re.findall(r"\w+", re.findall(r"\bas q \(([^)]*)\)", made.text)[0])
        if short
        else re.findall(r"\$\d+::\w+ as (\w+)", made.text)
    )
    assert set(re.findall(r"\bq\.(\w+)", made.text)) <= {*columns}
    placeholders = {int(n) for n in re.findall(r"\$(\d+)", made.text)}
    assert placeholders == {*range(1, len(made.given) + 2)}  # the question's place, then its values


@pytest.mark.parametrize(
    ("one", "by_company"),
    [
        (asked(company=None), True),
        (asked(company=None, keeps=kept({"kind": "metric"})), True),
        (asked(company=None, keeps=BY_ANSWER), True),
        (asked(company=None, keeps=BY_KEY), False),  # an index on the subject
        (asked(company=None, keeps=kept({"disputed": True})), False),
        (asked(company=None, keeps=kept({"disputed": False})), True),
        (asked(company=None, keeps=kept({"min_publishers": 1})), True),
        (asked(company=None, keeps=kept({"min_publishers": 2})), False),
        (asked(company=None, source=1), False),
        (asked(), False),
    ],
)
def test_a_list_of_all_companies_goes_company_by_company_unless_an_index_serves_it(
    one: AskedList, by_company: bool
) -> None:
    assert one.by_company() == by_company
    text = question(one).text
    assert ("f.company = c.company" in text) == by_company
    assert ("order by f.slug" in text) == (one.company is None and not by_company)


def test_the_place_is_compared_in_the_order_of_the_list() -> None:
    within, over = question(asked(after=PLACE)).text, question(asked(None, 1, after=PLACE)).text
    assert (
        "(f.kind, f.subject, f.recency, f.id) > (q.after_kind, q.after_subject, q.after_recency, q.after_id)"
        in within
    )
    assert "(f.slug, f.kind, f.subject, f.recency, f.id) > (q.after_slug, q.after_kind" in over


def test_a_list_without_times_reads_stored_answers_and_no_versions() -> None:
    now, then = question(asked()).text, question(asked(times=THEN)).text
    assert " versions " not in now
    assert " versions " in then
    for times in (Times(known_at=THEN.known_at), Times(at=THEN.at)):
        assert question(asked(times=times)).text == then
