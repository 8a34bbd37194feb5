"""Citations of imported versions, composed from a template."""

from datetime import date

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from service.core.citations import Citation, JsonPointer, SourceDescription
from service.core.facts import FactKey
from service.core.history import Imported
from service.core.imported import Cited, citations_of, series_pointer, template, value_of
from service.core.periods import Period


def cited(sort: str, title: str, archived: bool) -> Cited:
    url = f"https://example.org/{sort}"
    return Cited(
        f"url:{len(sort):064}",
        SourceDescription(title=title, url=url, published_at=date(2020, 2, 1)),
        archived,
    )


def key(unit: str) -> FactKey:
    period = Period(instant=date(2019, 12, 31))
    return FactKey(
        company="acme", kind="metric", subject="us-gaap:Assets", dimensions={}, basis="reported", period=period, unit=unit,
        comparison=None,
    )  # fmt: skip


@given(
    st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=20),
    st.sampled_from(["USD", "USD/shares", "M\u00e9tier"]),
    st.integers(0, 10**6),
    st.decimals(-(10**9), 10**9, places=2).map(lambda number: f"{number:f}"),
)
def test_the_citations_are_those_of_the_filing_and_of_its_entry(
    title: str, unit: str, entry: int, number: str
) -> None:
    made = template(cited("filing", title, archived=False), cited("document", f"{title}!", archived=True))
    filing, document = msgspec.json.decode(
        citations_of(key(unit), Imported(1, entry, number), made), type=list[Citation]
    )
    assert (filing.source.title, filing.selector, filing.evidence.verdict) == (title, None, "unarchived")
    escaped = unit.replace("/", "~1")
    pointer = JsonPointer(pointer=f"/facts/us-gaap/Assets/units/{escaped}/{entry}")
    assert (document.source.title, document.selector, document.evidence.verdict) == (
        f"{title}!",
        pointer,
        "verified",
    )
    assert [(one.field, one.agrees, one.text) for one in document.evidence.numbers] == [
        ("quantity", True, number)
    ]
    assert (document.source.archived, filing.source.archived) == (True, False)


def test_a_series_and_a_value() -> None:
    assert series_pointer("us-gaap:EPS", "USD/shares") == "/facts/us-gaap/EPS/units/USD~1shares"
    assert value_of("USD", "-5.20") == b'{"quantity":{"unit":"USD","value":"-5.20"}}'
