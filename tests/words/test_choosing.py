"""The rule by itself: against an oracle that scans real filings, and as properties."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.words.choosing import choose
from service.words.concepts import CONCEPTS, STANDARD, StandardConcept
from tests.words.filings import Row, by_period, rows_of
from tests.words.real import FILERS


class Value(NamedTuple):
    subject: str
    known_at: date
    number: Decimal | None


REVENUE = CONCEPTS["revenue"]
DAY = date(2020, 2, 20)


def value(subject: str, number: int, days: int = 0) -> Value:
    return Value(subject, DAY + timedelta(days=days), Decimal(number))


def expected(concept: StandardConcept, rows: list[Row], day: str) -> Row | None:
    """The oracle: walks through the groups, then to the newest day, then through the tags of that day."""
    for group in concept.groups:
        known = [row for row in rows if row.tag in group and row.filed <= day and "14A" not in row.form]
        if not known:
            continue
        newest = max(row.filed for row in known)
        # of a tag that several filings of a day state, the last accession stands
        stated = {row.tag: row for row in sorted(known, key=lambda one: one.accession) if row.filed == newest}
        if not concept.total:
            return next(stated[tag] for tag in group if tag in stated)
        top = max(row.number for row in stated.values())
        return next(stated[tag] for tag in group if tag in stated and stated[tag].number == top)
    return None


def told(rows: list[Row], day: str) -> Iterator[Value]:
    """What each tag says on a day."""
    latest: dict[str, Row] = {}
    for row in sorted(rows, key=lambda one: (one.filed, one.accession)):
        if row.filed <= day and "14A" not in row.form:
            latest[row.tag] = row
    for tag, row in latest.items():
        yield Value(tag, date.fromisoformat(row.filed), row.number)


@pytest.mark.parametrize("filer", FILERS)
def test_it_agrees_with_the_oracle_on_every_period_and_day_of_real_filings(filer: str) -> None:
    compared = 0
    for concept in STANDARD:
        for rows in by_period(rows_of(FILERS[filer], concept)).values():
            for day in {row.filed for row in rows}:
                chosen, oracle = choose(concept, told(rows, day)), expected(concept, rows, day)
                assert (chosen and (chosen.value.subject, chosen.value.number)) == (
                    oracle and (oracle.tag, oracle.number)
                )
                compared += 1
    assert compared > (5_000 if filer != "Logistic Properties" else 100) / 2


def test_a_part_is_not_taken_for_the_whole() -> None:
    """Under Armour in 2012: net sales beside net revenues, which stand under the tag for goods."""
    values = [value("us-gaap:SalesRevenueNet", 1790), value("us-gaap:SalesRevenueGoodsNet", 1835)]
    chosen = choose(REVENUE, values)
    assert chosen is not None
    assert chosen.value.number == 1835
    assert [(one.value.subject, one.why) for one in chosen.others] == [
        ("us-gaap:SalesRevenueNet", "smaller_in_filing")
    ]


def test_an_older_total_does_not_answer_however_great() -> None:
    """A recast after a spin-off is smaller than what was reported before."""
    chosen = choose(REVENUE, [value("us-gaap:Revenues", 10_775), value("us-gaap:SalesRevenueNet", 1770, 300)])
    assert chosen is not None
    assert (chosen.value.number, chosen.others[0].why) == (1770, "older_filing")


def test_another_definition_answers_only_where_there_is_nothing_else() -> None:
    cash = CONCEPTS["equity"]
    own = value("us-gaap:StockholdersEquity", 5)
    wide = value("us-gaap:StockholdersEquityIncludingPortionAttributableToNoncontrollingInterest", 9, 300)
    both, alone = choose(cash, [wide, own]), choose(cash, [wide])
    assert both is not None
    assert (both.value, both.group, both.others[0].why) == (own, 1, "later_group")
    assert alone is not None
    assert (alone.value, alone.group) == (wide, 2)


def test_a_users_own_fact_counts_as_a_tag_of_the_first_group() -> None:
    chosen = choose(REVENUE, [value("us-gaap:SalesRevenueServicesNet", 9), value("revenue", 5)])
    assert chosen is not None
    assert (chosen.value.subject, chosen.group) == ("revenue", 1)


VALUES = st.lists(
    st.builds(value, st.sampled_from([*REVENUE.tags]), st.integers(-3, 3), st.integers(0, 2)),
    unique_by=lambda one: one.subject,
    max_size=6,
)


@given(VALUES, st.randoms())
def test_the_order_in_which_values_come_does_not_matter(
    values: list[Value], randomness: st.DataObject
) -> None:
    mixed = list(values)
    randomness.shuffle(mixed)  # type: ignore[attr-defined]
    assert choose(REVENUE, values) == choose(REVENUE, mixed)


@given(VALUES)
def test_every_value_answers_or_is_refused_once(values: list[Value]) -> None:
    chosen = choose(REVENUE, values)
    found = [] if chosen is None else [chosen.value, *(one.value for one in chosen.others)]
    assert sorted(found) == sorted(values)


@given(VALUES)
def test_what_answers_cannot_be_bettered(values: list[Value]) -> None:
    chosen = choose(REVENUE, values)
    if chosen is None:
        assert not values
        return
    for one in values:
        group = REVENUE.tags[one.subject]
        assert group >= chosen.group
        if group == chosen.group:
            assert one.known_at <= chosen.value.known_at
            if one.known_at == chosen.value.known_at:
                assert (one.number or 0) <= (chosen.value.number or 0)


@given(VALUES.filter(bool))
def test_without_the_others_the_same_answers(values: list[Value]) -> None:
    chosen = choose(REVENUE, values)
    assert chosen is not None
    again = choose(REVENUE, [chosen.value])
    assert again is not None
    assert again.value == chosen.value
