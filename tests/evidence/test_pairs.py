"""Made-up pairs of a quote and a quantity, by language and class, checked as an assertion is.

`pairs.jsonl` has the development set; `../shared/data/evidence/failing.jsonl`, if it is there, has pairs that were
wrong in an earlier version.
"""

from pathlib import Path
from typing import Final

import pytest
from msgspec import Struct, json

from service.core.citations import TextQuote, Verdict
from service.core.kinds.metric import MetricValue
from service.core.passages import resolve
from service.core.quantities import Quantity
from service.evidence import check as evidence
from tests.evidence.pair_table import PAIRS, Pair, found

FAILING: Final = Path(__file__).parents[3] / "shared" / "data" / "evidence" / "failing.jsonl"


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair.language} {pair.style}: {pair.text[-60:]}")
def test_every_pair_gets_the_verdict_of_a_careful_reader(pair: Pair) -> None:
    assert found(pair) == pair.verdict


class Failing(Struct, rename={"style": "class"}):
    """A line of the shared file."""

    n: int
    expect: Verdict
    quote: str
    quantity: Quantity
    subject: str
    style: str


def failing() -> list[Failing]:
    """The pairs of the shared file; none if it is absent."""
    if not FAILING.exists():
        return []
    return [json.decode(line, type=Failing) for line in FAILING.read_text(encoding="utf-8").splitlines()]


NOT_YET = set(range(41, 47))  # of languages that are not read yet


@pytest.mark.skipif(not FAILING.exists(), reason="../shared/data is absent: the pairs stand there")
@pytest.mark.parametrize("pair", failing(), ids=lambda pair: f"{pair.n}: {pair.style}")
def test_pairs_that_were_wrong_are_right(pair: Failing, request: pytest.FixtureRequest) -> None:
    if pair.n in NOT_YET:
        request.applymarker(pytest.mark.xfail(strict=True))
    quote = pair.quote.rsplit("\n", 1)[-1]  # of a table, its last line is cited
    _, passage = resolve(TextQuote(exact=quote), pair.quote, public=True)
    value = MetricValue(quantity=pair.quantity)
    assert evidence.check(value, passage, [], subject=pair.subject).verdict == pair.expect
