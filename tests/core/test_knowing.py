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


def test_citations_of_later_and_undated_sources_are_left_out_and_nothing_else() -> None:
    cited = [
        {"source": {"id": n, "published_at": day}} for n, day in enumerate(("2021-06-30", None, "2021-07-01"))
    ]
    fact = {"value": 1.50, "evidence": "verified", "citations": cited, "rivals": []}
    answer = json.dumps(fact).encode()
    assert without_later_sources(answer, None) is answer
    assert json.loads(without_later_sources(answer, DAY)) == {**fact, "citations": cited[:1]}
    assert without_later_sources(answer, date(9998, 1, 1)) != answer
    rival = {
        **fact,
        "rivals": [{"citations": cited}],
    }  # those of other values stay; the rule decides on them elsewhere
    assert json.loads(without_later_sources(json.dumps(rival, separators=(",", ":")).encode(), DAY)) == {
        **rival,
        "citations": cited[:1],
    }
    close = json.dumps(fact, separators=(",", ":")).encode()
    assert json.loads(without_later_sources(close, DAY)) == {**fact, "citations": cited[:1]}
    assert json.loads(without_later_sources(close, date(2000, 1, 1))) == {**fact, "citations": []}
    retraction = b'{"version":2,"reason":"misread"}'
    assert without_later_sources(retraction, DAY) is retraction
