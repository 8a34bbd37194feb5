"""The struct of a reading: one quantity found in a text."""

from decimal import Decimal

from msgspec import Struct

from service.core.citations import Modality
from service.core.quantities import Bound, Role
from service.evidence.reading.change import Movement


class Reading(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One quantity found in a text.

    `start` and `end` count code points of the text. A span has `low` and `high` instead of `value`. Numbers are as
    written, without the sign of a change: `change` says whether they are a level, an increase or a decrease.
    """

    start: int
    end: int
    role: Role = "quantity"
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    decimals: int = 0  # of the last digit written, as XBRL counts: "53 billion" is -9
    bound: Bound = "exact"
    unit: str = ""  # ISO code, percent, percentage_points, basis_points, times; "$", "¥", "kr" if ambiguous
    per: str = ""  # share, month, barrel …; "?" if unknown
    change: Movement = ""
    nouns: tuple[str, ...] = ()  # the phrase counted, lower case
    modality: Modality = "stated"  # a denied number is not read
