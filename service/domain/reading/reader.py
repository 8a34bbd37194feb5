"""The grammar: which numbers of a text are quantities, and of what."""

from collections.abc import Callable
from decimal import Decimal
from typing import Final, Literal

from msgspec import Struct

from service.domain.quantities import ARITHMETIC, Bound
from service.domain.reading import context, roles
from service.domain.reading.context import Change
from service.domain.reading.folding import fold
from service.domain.reading.terms import DASHES, FAMILIES, Term, narrows, per_what, term
from service.domain.reading.tokens import Tokens
from service.domain.reading.words import (
    BOUNDS,
    CODES,
    CUT,
    DIGITS_OF,
    DOLLARS,
    DOWN,
    FRACTIONS,
    LABELS,
    MONTHS,
    OPPOSITE,
    ORDINALS,
    PER_NOUNS,
    PHRASE_ENDS,
    SCALES,
    SYMBOLS,
    TENS,
    TIMES_WORDS,
    UNITS,
    UP,
)

Role = Literal["quantity", "streak", "rank", "duration"]


class Reading(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One number that the text gives, as far as it can be told.

    `start` and `end` count code points of the text that was read. A span has `low` and `high` instead of
    `value`. Magnitudes are as written: `change` tells whether the words make it one of less.
    """

    start: int
    end: int
    role: Role = "quantity"
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    decimals: int = 0  # of the last digit written, as XBRL counts: "53 billion" is -9
    bound: Bound = "exact"
    unit: str = ""  # ISO code, percent, percentage_points, basis_points, times; "$", "¥", "kr": which is open
    per: str = ""  # share, month, barrel …
    change: Change = ""
    nouns: tuple[str, ...] = ()  # the phrase counted, lower case; its head is the last noun


_NUMBER_WORDS: Final = UNITS.keys() | TENS.keys()
_GROWTH: Final = frozenset(
    "growth rate rates percent percentage increase increases increased gain gains pace expansion margin margins"
    " inflation yoy year".split()
) | UP | DOWN
_NO_PERCENT: Final = frozenset(
    "million millions billion billions thousand thousands trillion number numbers dollar dollars basis inflation"
    " temperatures sum sums points point".split()
)
_DETERMINED: Final = frozenset(
    "the its their our all total that those these this his her global worldwide revenue sales".split()
)
_TIMES_OF: Final = frozenset("year years day month week quarter decade century time 2023 2024 2025 2026".split())
_COMPARED: Final = frozenset(
    "as more higher faster larger bigger greater better cheaper the its their that what earnings sales revenue"
    " revenues ebitda ebit forward book annual expected current previous last".split()
)
_PLACED: Final = frozenset({"ranked", "ranks", "ranking", "rank", "placed"})
_BUSINESS: Final = frozenset(
    "provider vendor player company supplier maker manufacturer operator platform retailer bank carrier group"
    " firm brand producer lender insurer exporter employer network marketplace market community app"
    " chipmaker automaker carmaker".split()
)
_HOLDERS: Final = frozenset({"has", "have", "had", "with", "employs", "employed", "operates", "operated", "hired", "hire"})
_FIRM_BOUNDS: Final = frozenset({"over", "than", "least", "nearly", "almost", "to", "exceeding", "above"})
_FEW: Final = frozenset({"several", "few", "many", "couple", "every", "each", "another"})
_NAME_SAFE: Final = PHRASE_ENDS | BOUNDS.keys() | UP | DOWN | CUT | _HOLDERS


def read(text: str) -> tuple[Reading, ...]:
    """Every quantity of `text` that can be told without doubt, in the order they stand.

    Years, dates, times, names of products, section numbers, marks of notes and lists, phone numbers are no
    quantities. What could be read two ways is left out. Takes time linear in the length of `text` and never
    fails, whatever it holds.
    """
    folded, places = fold(text)
    found = _Reader(Tokens(folded)).run()
    if places is None:
        return tuple(found)
    return tuple(_replaced(one, places) for one in found)
