"""The state of facts in the ledger, and the hashes by which an assertion already stands."""

from datetime import UTC, date, datetime
from itertools import pairwise
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.core.citations import Cite, JsonPointer, TextPosition, TextQuote
from service.core.facts import FactKey
from service.core.history import Check, Version
from service.core.kinds.market_share import MarketShareValue
from service.core.kinds.partnership import PartnershipValue
from service.core.quantities import Quantity
from service.core.sources import SourceDescription, snapshot
from service.core.states import FactState, SourceState, companies_named, content_of, placed_content_of

NOW = datetime(2026, 1, 1, tzinfo=UTC)
DAY = date(2025, 1, 1)
KEY = FactKey(
    company="acme", kind="statement", subject="a", dimensions={}, basis="reported", period=None, unit=None, comparison=None
)  # fmt: skip


def share(number: str) -> MarketShareValue:
    return MarketShareValue(market="m", share=Quantity(value=number, unit="percent"))


def cite(selector: Any = None, source: str = "sha256:a") -> Cite:
    return Cite(source=source, selector=selector)


QUOTE = TextQuote(exact="36%")


def test_what_says_the_same_has_one_hash() -> None:
    same = content_of(share("36"), DAY, [cite(QUOTE)])
    assert content_of(share("36.0"), DAY, [cite(QUOTE)]) == same
    found = msgspec.structs.replace(QUOTE, start=3, end=6, matched="folded")
    assert content_of(share("36"), DAY, [cite(found)]) == same  # offsets are the service's own


OTHERS: list[tuple[MarketShareValue, date, list[Cite]]] = [
    (share("37"), DAY, [cite(QUOTE)]),
    (share("36"), date(2025, 1, 2), [cite(QUOTE)]),
    (share("36"), DAY, []),
    (share("36"), DAY, [cite()]),
    (share("36"), DAY, [cite(QUOTE, "sha256:b")]),
    (share("36"), DAY, [cite(QUOTE), cite(QUOTE)]),
    (share("36"), DAY, [cite(TextQuote(exact="36%", prefix="a "))]),
    (share("36"), DAY, [cite(TextPosition(start=3, end=6))]),
    (share("36"), DAY, [cite(JsonPointer(pointer="/36%"))]),
]


def test_what_says_anything_else_has_another() -> None:
    hashes = {content_of(*one) for one in [(share("36"), DAY, [cite(QUOTE)]), *OTHERS]}
    assert len(hashes) == len(OTHERS) + 1


def test_a_place_is_hashed_with_its_words_and_without_those_around() -> None:
    def placed(**changes: Any) -> bytes:
        fields = {"start": 3, "end": 6, **changes}
        return placed_content_of(share("36"), DAY, [cite(msgspec.structs.replace(QUOTE, **fields))])

    assert placed() == placed(prefix="a ", suffix=" b", matched="folded")
    assert len({placed(), placed(start=2), placed(end=7), placed(exact="37%"), placed(start=None)}) == 5


@pytest.mark.parametrize(
    ("name", "found"), [("astra-zeneca", ["astra-zeneca"]), ("AstraZeneca", []), ("a b", [])]
)
def test_only_names_that_may_be_slugs_are_companies(name: str, found: list[str]) -> None:
    assert companies_named(PartnershipValue(counterparty=name)) == found


def version(number: int, position: int, known_at: date) -> Version:
    return Version(
        version=number, known_at=known_at, position=position, recorded_at=NOW, publisher="a", quantity=None,
        value=b'{"text":"t"}', checks=[Check(position, "quote_only", b"[]")], sources=[], content=b"",
    )  # fmt: skip


@given(st.lists(st.dates(DAY, date(2025, 1, 9)), min_size=1, max_size=5), st.integers(0, 3))
def test_a_fact_that_is_loaded_in_part_knows_its_beginning_and_its_last_version(
    days: list[date], unloaded: int
) -> None:
    versions = [version(unloaded + at, 10 + at, day) for at, day in enumerate(days, 1)]
    since = (4, date(2024, 12, 31)) if unloaded else None
    state = FactState(key=KEY, id=KEY.id, versions=versions, unloaded=unloaded, since=since)
    assert state.last == unloaded + len(days)
    assert (state.first_position, state.first_known) == (since or (11, min(days)))
    answer = state.answer()
    assert answer is not None
    assert answer.version.order() == max(one.order() for one in versions)


def test_a_tag_changes_with_the_answer_alone() -> None:
    assert FactState(key=KEY, id=KEY.id).etag() is None
    grown = [
        FactState(key=KEY, id=KEY.id, versions=[version(n, n, DAY) for n in range(1, last)])
        for last in (2, 3, 4)
    ]
    tags = [one.etag() for one in grown]
    assert all(one != other for one, other in pairwise(tags))
    older = FactState(key=KEY, id=KEY.id, versions=[*grown[0].versions, version(2, 2, date(2024, 1, 1))])
    assert older.etag() == tags[0]


def test_a_source_has_its_text_once_it_is_archived() -> None:
    described = SourceDescription(title="T")
    state = SourceState(key=1, id="sha256:a", description=described, position=3, recorded_at=NOW)
    assert (state.archived, state.text, state.page().archived) == (False, None, False)
    state.archive(snapshot(b"words", "text/plain"))
    assert state.text is not None
    assert (state.archived, state.text.size, state.page().archived) == (True, 5, True)
    other = state.text._replace(media_type="text/html")
    assert len({state.text.name("a"), other.name("a"), state.text.name("b")}) == 3
