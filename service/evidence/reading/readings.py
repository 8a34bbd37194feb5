"""What a reading is."""

from decimal import Decimal

from msgspec import Struct

from service.core.quantities import Bound, Role
from service.evidence.reading.change import Change


class Reading(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One number that a text gives, as far as it can be told.

    `start` and `end` count code points of the text that was read. A span has `low` and `high` instead of
    `value`. Magnitudes are as written: `change` tells whether they are of more, of less, or of what there is.
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
    per: str = ""  # share, month, barrel …; "?" is something unknown
    change: Change = ""
    nouns: tuple[str, ...] = ()  # the phrase counted, lower case
