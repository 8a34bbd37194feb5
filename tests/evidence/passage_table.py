"""The table of hand-made passages with the readings expected; `benchmarks/reading.py` prints its score.

A reading is written `[bound] NUMBER [UNIT[/PER]] [change]`. The last digit of NUMBER gives the accuracy (`53e9` is
accurate to the billion); `a..b` is a span, `1/3` a fraction. UNIT is a currency code, `percent` or the like, or the
noun counted. `N streak`, `N rank` and `N years-ahead` are numbers that measure nothing.
"""

from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Final

import msgspec

from service.core.kinds import Number
from service.core.quantities import Quantity
from service.evidence.reading.reader import read
from service.evidence.reading.readings import Reading
from service.evidence.support import Setting, weigh

TABLE: Final = Path(__file__).parent / "passages.jsonl"
_BOUNDS: Final = {"about", "at_least", "at_most"}
_CHANGES: Final = {"up", "down", "cut", "loss", "gap", "planned", "unsure"}
_ROLES: Final = {"streak": "streak", "rank": "rank", "years-ahead": "duration"}


class Passage(msgspec.Struct, rename={"style": "class"}):
    """One line of the table."""

    style: str
    text: str
    readings: list[str]


def passages() -> list[Passage]:
    """The table."""
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    return [msgspec.json.decode(line, type=Passage) for line in lines]


def flaw(passage: Passage) -> str | None:
    """The first difference between expected and actual readings, or None."""
    found = read(passage.text)
    if len(found) != len(passage.readings):
        return f"read {[shown(passage.text, one) for one in found]}"
    for expected, reading in zip(passage.readings, found, strict=True):
        if (wrong := _mismatch(expected, reading)) is not None:
            return f"expected {expected}, read {shown(passage.text, reading)}: {wrong}"
    return None


def _mismatch(expected: str, reading: Reading) -> str | None:
    words = expected.split()
    bound = words.pop(0) if words[0] in _BOUNDS else "exact"
    number = words.pop(0)
    change = words.pop() if words and words[-1] in _CHANGES else ""
    if "/" in number:
        words = ["percent"]
    unit, _, per = (words[0] if words else "").partition("/")
    role = _ROLES.get(unit, "quantity")
    if (reading.bound, reading.change, reading.per, reading.role) != (bound, change, per, role):
        return "bound, change, per or role"
    if not _numbers_match(number, reading):
        return "number or decimals"
    if role != "quantity" or not unit or reading.unit:
        return None if role != "quantity" or reading.unit == unit else "unit"
    return None if _counts(unit, per, reading) else "noun"


def _numbers_match(number: str, reading: Reading) -> bool:
    if "/" in number:
        share = Fraction(number) * 100
        return reading.value is not None and abs(Fraction(reading.value) - share) < Fraction(1, 10**20)
    low, _, high = number.partition("..")
    stated = [Decimal(part) for part in (low, high) if part]
    read_out = [one for one in (reading.value, reading.low, reading.high) if one is not None]
    finest = min(-int(one.as_tuple().exponent) for one in stated)
    return stated == read_out and (reading.role != "quantity" or finest == reading.decimals)


def _counts(unit: str, per: str, reading: Reading) -> bool:
    """Whether evidence takes the reading for a count of `unit`."""
    bare = msgspec.structs.replace(reading, change="")
    value, low, high = (None if one is None else f"{one:f}" for one in (bare.value, bare.low, bare.high))
    quantity = Quantity(
        unit=f"{unit}/{per}" if per else unit, bound=bare.bound, value=value, low=low, high=high
    )
    return weigh(Number("quantity", quantity), bare, Setting("", "")).reason is None


def shown(text: str, reading: Reading) -> str:
    """A reading as text, for messages."""
    fields = {
        name: value for name, value in msgspec.structs.asdict(reading).items() if value not in ("", (), None)
    }
    return f"{text[reading.start : reading.end]!r} {fields}"
