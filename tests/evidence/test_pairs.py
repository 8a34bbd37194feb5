"""Made-up pairs of a quote and a quantity, by language and class, checked as an assertion is.

`pairs.jsonl` has the development set; `../shared/data/evidence/failing.jsonl`, if it is there, has pairs that were
wrong in an earlier version.
"""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Final

import pytest
from msgspec import Struct, json, structs

from service.core.citations import TextQuote, Verdict
from service.core.kinds.metric import MetricValue
from service.core.passages import resolve
from service.core.quantities import Quantity
from service.evidence import check as evidence
from service.evidence.about import About
from tests.effort import some
from tests.evidence.pair_table import PAIRS, Pair, found
from tests.rows import in_groups, wrong

FAILING: Final = Path(__file__).parents[3] / "shared" / "data" / "evidence" / "failing.jsonl"


@in_groups("pairs", PAIRS, by=lambda pair: f"{pair.language} {pair.style}")
def test_every_pair_gets_the_verdict_of_a_careful_reader(pairs: list[Pair]) -> None:
    def flaw(pair: Pair) -> str | None:
        given = found(pair)
        return None if given == pair.verdict else given

    assert wrong(pairs, flaw) == []


@pytest.mark.parametrize(
    ("text", "about", "verdict"),
    [
        ("Cloud revenue was $5 million.", About(subject="revenue"), "unsupported"),
        ("Cloud revenue was $5 million.", About(subject="revenue", members=["cloud"]), "verified"),
        ("Revenue in China was $5 million.", About(subject="revenue"), "unsupported"),
        ("Revenue in China was $5 million.", About(subject="revenue", places=["CN"]), "verified"),
        ("In China, revenue was $5 million.", About(subject="revenue", places=["CN"]), "verified"),
        ("In China, revenue was $5 million.", About(subject="revenue", places=["DE"]), "unsupported"),
        ("Acme's revenue was $5 million.", About(subject="revenue", names=["Acme Inc."]), "verified"),
        ("Acme's revenue was $5 million.", About(subject="revenue", names=["Zeta"]), "unsupported"),
    ],
)
def test_a_part_supports_the_fact_that_has_it_as_its_dimension(
    text: str, about: About, verdict: Verdict
) -> None:
    value = MetricValue(quantity=Quantity(unit="USD", value="5000000"))
    _, passage = resolve(TextQuote(exact=text), text, public=True)
    assert evidence.check(value, passage, about).verdict == verdict


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


@pytest.mark.skipif(not FAILING.exists(), reason="../shared/data is absent: the pairs stand there")
@pytest.mark.parametrize("pair", failing(), ids=lambda pair: f"{pair.n}: {pair.style}")
def test_pairs_that_were_wrong_are_right(pair: Failing) -> None:
    quote = pair.quote.rsplit("\n", 1)[-1]  # of a table, its last line is cited
    _, passage = resolve(TextQuote(exact=quote), pair.quote, public=True)
    value = MetricValue(quantity=pair.quantity)
    assert evidence.check(value, passage, About(subject=pair.subject)).verdict == pair.expect


ABROAD: Final = [
    pair for pair in PAIRS if pair.language not in {"en", "other"} and pair.verdict == "verified"
]
_OTHER_UNITS: Final = {
    "percent": "percentage_points",
    "percentage_points": "percent",
    "EUR": "USD",
    "CNY": "USD",
}


def changed(quantity: Quantity, what: str) -> Quantity:
    """The quantity with one thing changed."""
    if what == "unit":
        return structs.replace(quantity, unit=_OTHER_UNITS.get(quantity.unit, "EUR"))
    if what == "bound":
        return structs.replace(quantity, bound="at_least" if quantity.bound != "at_least" else "exact")
    if what == "accuracy":
        return structs.replace(quantity, decimals=9)
    numbers = {
        end: Decimal(text) for end in ("value", "low", "high") if (text := getattr(quantity, end)) is not None
    }
    end = "value" if "value" in numbers else "high"
    made = {
        "digit": numbers[end] + Decimal(1).scaleb(numbers[end].adjusted()),
        "scale": numbers[end] * 1000,
        "tenfold": numbers[end] * 10,
        "sign": -numbers[end],
    }[what]
    return structs.replace(quantity, **{end: f"{made:f}"})


CHANGES: Final = ("digit", "scale", "tenfold", "sign", "unit", "bound", "accuracy")
_EACH: Final = min(len(CHANGES), some(len(CHANGES)))


def tried(what: str, pairs: Sequence[Pair]) -> list[Pair]:
    """The pairs with which a change is tried: all, or of a lower effort for each pair as many changes, in turn."""
    place = CHANGES.index(what)
    return [pair for number, pair in enumerate(pairs) if (place - number) % len(CHANGES) < _EACH]


@pytest.mark.long
@pytest.mark.parametrize("what", CHANGES)
@in_groups("pairs", ABROAD, by=lambda pair: pair.language)
def test_a_fact_that_differs_in_one_thing_is_not_verified(pairs: list[Pair], what: str) -> None:
    def flaw(pair: Pair) -> Quantity | None:
        other = changed(pair.asked(), what)
        return None if found(pair, other) == "unsupported" else other

    assert wrong(tried(what, pairs), flaw) == []
