"""What a document adds to a company, and what it withdraws: by hand, and over random sequences of documents."""

import copy
import json
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from service.edgar.documents import Document, DocumentReader
from service.edgar.merging import Held, Merge, merge
from tests.edgar_documents import FIRST, SECOND, row, small

_EPOCH = date(2000, 1, 1)


def read(document: dict[str, Any]) -> Document:
    return DocumentReader().read(json.dumps(document).encode())


class Register:
    """What is recorded of a company, kept in the plainest way."""

    def __init__(self) -> None:
        self.held: list[Held] = []

    def take(self, document: Document, *, newest: bool = True) -> Merge:
        """Merge a document, and record what it adds and withdraws."""
        found = merge(document, {one.low for one in self.held}, self.held, newest=newest)
        added = [
            *((fact.low, fact.entries) for series in found.fresh for fact in series.facts),
            *((one.fact.low, one.entries) for one in found.restated),
        ]
        withdrawn = set(map(id, found.withdrawn))
        self.held = [one._replace(retracted=one.retracted or id(one) in withdrawn) for one in self.held]
        for low, entries in added:
            before = sum(one.low == low for one in self.held)
            for version, entry in enumerate(entries, before + 1):
                self.held.append(
                    Held(
                        low, version, entry.filing.accession, entry.filing.day, entry.number, retracted=False
                    )
                )
        return found


def numbers(found: Merge) -> tuple[int, int, int, int]:
    """Rows of new facts, new rows of known facts, known rows, withdrawn versions."""
    fresh = sum(len(fact.entries) for series in found.fresh for fact in series.facts)
    return fresh, sum(len(one.entries) for one in found.restated), found.unchanged, len(found.withdrawn)


def test_a_first_document_is_all_new() -> None:
    document = read(small())
    found = merge(document, set(), [], newest=True)
    assert (numbers(found), found.fresh is document.series) == ((4, 0, 0, 0), True)


def test_the_same_document_again_adds_nothing() -> None:
    register = Register()
    register.take(read(small()))
    again = register.take(read(small()))
    assert (numbers(again), again.taken_back) == ((0, 0, 4, 0), False)


def test_a_number_in_another_spelling_is_the_same_row() -> None:
    register = Register()
    register.take(read(small()))
    text = json.dumps(small()).replace("75126464", "75126464.0")
    assert numbers(register.take(DocumentReader().read(text.encode()))) == (0, 0, 4, 0)


def test_a_restatement_is_a_row_of_a_known_fact_and_another_period_is_a_fact() -> None:
    register = Register()
    register.take(read(small()))
    later = small()
    rows = later["facts"]["us-gaap"]["Revenues"]["units"]["USD"]
    rows.append(row("2019-12-31", 7, SECOND, "2021-02-19", start="2019-01-01"))
    rows.append(row("2020-12-31", 8, SECOND, "2021-02-19", start="2020-01-01"))
    found = register.take(read(later))
    assert numbers(found) == (1, 1, 4, 0)
    assert [entry.number for entry in found.restated[0].entries] == ["7"]
    assert [(one.subject, one.unit, len(one.facts)) for one in found.fresh] == [
        ("us-gaap:Revenues", "USD", 1)
    ]


def test_a_newer_document_withdraws_what_it_lacks_and_an_older_one_does_not() -> None:
    shorter = small()
    del shorter["facts"]["us-gaap"]["Revenues"]["units"]["USD"][0]
    for newest, withdrawn in ((True, 1), (False, 0)):
        register = Register()
        register.take(read(small()))
        found = register.take(read(shorter), newest=newest)
        assert numbers(found) == (0, 0, 3, withdrawn)
        assert [one.accession for one in found.withdrawn] == [FIRST] * withdrawn


def test_a_withdrawn_row_is_not_revived_and_not_withdrawn_again() -> None:
    register = Register()
    register.take(read(small()))
    shorter = small()
    del shorter["facts"]["us-gaap"]["Revenues"]["units"]["USD"][0]
    register.take(read(shorter))
    assert numbers(register.take(read(shorter))) == (0, 0, 3, 0)
    back = register.take(read(small()))
    assert (numbers(back), back.taken_back) == ((0, 0, 4, 0), True)


def test_each_of_two_rows_that_are_alike_is_a_row() -> None:
    twice = small()
    rows = twice["facts"]["us-gaap"]["Revenues"]["units"]["USD"]
    rows.append(copy.copy(rows[0]))
    register = Register()
    register.take(read(small()))
    assert numbers(register.take(read(twice))) == (0, 1, 4, 0)
    assert numbers(register.take(read(small()))) == (0, 0, 4, 1)


ROWS = [
    row(f"{year}-12-31", val, accn, filed, start=f"{year}-01-01")
    for year in (2018, 2019)
    for val in (1, 2)
    for accn, filed in ((FIRST, "2020-02-20"), (SECOND, "2021-02-19"))
]


PLACES = st.sets(st.sampled_from(range(len(ROWS))))


@given(st.lists(st.tuples(PLACES, st.booleans()), min_size=1, max_size=8))
def test_over_any_documents_rows_are_recorded_once_and_withdrawn_by_newer_ones_alone(
    taken: list[tuple[set[int], bool]],
) -> None:
    register = Register()
    recorded, gone = set[int](), set[int]()
    for places, newest in taken:
        document = small()
        document["facts"] = {"dei": {"Thing": {"units": {"USD": [ROWS[place] for place in sorted(places)]}}}}
        found = register.take(read(document), newest=newest)
        lost = recorded - gone - places if newest else set[int]()
        fresh, restated, unchanged, withdrawn = numbers(found)
        assert (fresh + restated, unchanged) == (len(places - recorded), len(places & recorded))
        assert (withdrawn, found.taken_back) == (len(lost), bool(places & gone))
        recorded |= places
        gone |= lost
    assert len(register.held) == len(recorded)
    assert sum(one.retracted for one in register.held) == len(gone)
