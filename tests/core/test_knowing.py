"""What may be shown as of a day."""

import json
from datetime import date

import pytest

from service.core.knowing import known_by, without_later_sources

DAY = date(2021, 6, 30)


@pytest.mark.parametrize(
    ("published_at", "day", "known"),
    [
        (DAY, DAY, True),
        (date(2021, 7, 1), DAY, False),
        (None, DAY, False),
        (None, None, True),
        (date(2021, 7, 1), None, True),
    ],
)
def test_a_source_is_known_from_its_day_on(published_at: date | None, day: date | None, known: bool) -> None:
    assert known_by(published_at, day) is known


CITED = [
    {"source": {"id": n, "published_at": day}} for n, day in enumerate(("2021-06-30", None, "2021-07-01"))
]
FACT: dict[str, object] = {"value": 1.50, "evidence": "verified", "rivals": [], "citations": CITED}


@pytest.mark.parametrize("separators", [(",", ":"), (", ", ": ")])
@pytest.mark.parametrize(
    "fact",
    [
        FACT,
        {"citations": CITED, "evidence": "verified"},
        {**FACT, "rivals": [{"citations": CITED}]},
        {"citations": CITED, "rivals": [{"citations": CITED}]},
        {"citations": CITED, "told": {"citations": CITED}},
        {"citations": CITED, "text": '"citations":[]'},
    ],
)
def test_citations_of_later_and_undated_sources_are_left_out_and_nothing_else(
    fact: dict[str, object], separators: tuple[str, str]
) -> None:
    answer = json.dumps(fact, separators=separators).encode()
    assert without_later_sources(answer, None) is answer
    assert json.loads(without_later_sources(answer, DAY)) == {**fact, "citations": CITED[:1]}
    assert json.loads(without_later_sources(answer, date(2000, 1, 1))) == {**fact, "citations": []}


def test_what_cites_no_later_source_stays_as_it_is() -> None:
    answer = json.dumps({**FACT, "citations": CITED[:1]}, separators=(",", ":")).encode()
    assert without_later_sources(answer, DAY) is answer
    for other in (b'{"version":2,"reason":"misread"}', b"{}", b'{"citations":[]}'):
        assert without_later_sources(other, DAY) is other
