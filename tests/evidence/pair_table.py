"""The table of made-up pairs of a quote and a quantity; `benchmarks/reading.py` prints its score.

`quantity` is `[bound] NUMBER UNIT [DECIMALS]`, and `a..b` is a span. `quote` is what is cited of `text`; without it,
all of `text` is. `company` is a name of the fact's company, `year` the calendar year that is its period, or `period`
says it as in a query. `dimensions` are the members of the fact's dimensions.
"""

from pathlib import Path
from typing import Final

from msgspec import Struct, convert, json

from service.core.citations import TextQuote, Verdict
from service.core.kinds.metric import MetricValue
from service.core.passages import resolve
from service.core.periods import parse_period
from service.core.quantities import Bound, Quantity
from service.evidence import check as evidence
from service.evidence.about import About

_BOUNDS: Final = {"about", "at_least", "at_most"}


class Pair(Struct, rename={"style": "class"}):
    """One line of the table."""

    language: str
    style: str
    text: str
    quantity: str
    subject: str
    verdict: Verdict
    quote: str = ""
    company: str = ""
    year: int = 0
    period: str = ""
    dimensions: tuple[str, ...] = ()

    def about(self) -> About:
        """What the fact is about."""
        said = self.period or (str(self.year) if self.year else "")
        return About(
            names=[self.company] if self.company else [],
            subject=self.subject,
            period=parse_period(said).period if said else None,
            members=self.dimensions,
        )

    def asked(self) -> Quantity:
        """The quantity of the fact."""
        words = self.quantity.split()
        bound = convert(words.pop(0), Bound) if words[0] in _BOUNDS else "exact"
        number, unit, *decimals = words
        low, _, high = number.partition("..")
        ends = {"low": low, "high": high} if high else {"value": low}
        return Quantity(unit=unit, bound=bound, decimals=int(decimals[0]) if decimals else None, **ends)


def _pairs() -> list[Pair]:
    lines = (Path(__file__).parent / "pairs.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.decode(line, type=Pair) for line in lines]


PAIRS: Final = _pairs()


def found(pair: Pair, asked: Quantity | None = None) -> Verdict:
    """The verdict that the service gives on the pair, or on its passage and another quantity."""
    _, passage = resolve(TextQuote(exact=pair.quote or pair.text), pair.text, public=True)
    value = MetricValue(quantity=asked or pair.asked())
    return evidence.check(value, passage, pair.about()).verdict
