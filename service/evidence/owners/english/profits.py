"""Whether a margin or a profit is of another sort than the fact's."""

import re
from typing import Final

from service.evidence.owners.look import Look, Mention, alike, is_among, measured_in

_MARGIN: Final = frozenset({"margin"})
_NET: Final = frozenset({"profit", "profit.net"})
_BEFORE_TAX: Final = re.compile(
    r"\s+before\s+(?:\w+\s+)?(?:tax|taxes|interest|items|charges|costs|provisions|expenses|depreciation)\b"
)


def _profits(look: Look) -> frozenset[str]:
    """The fact's measures, and the profits that its margins are of."""
    return look.families | {one.replace("margin", "profit", 1) for one in look.families}


def _other_profit(look: Look, margin: Mention) -> str | None:
    """The sort of profit named before "margin", if it is another than the fact's: "EBITDA rose, for a margin of 34%"."""
    told = [
        one
        for one in measured_in(look.text[: margin.start], per_share=False)
        if is_among(one.families, ("profit",))
    ]
    return None if not told or alike(told[-1].families, _profits(look)) else told[-1].text


def tells_profit(look: Look) -> bool:
    """Whether the sentence before the number is of the margin's own profit: "operating profit was 15% of sales"."""
    return any(alike(one.families, _profits(look)) for one in measured_in(look.left, per_share=False))


def of_other_profit(look: Look, mention: Mention, families: frozenset[str]) -> str | None:
    """Whether a bare "margin" is that of another profit, or a profit is told before tax and the fact's is net."""
    if families == _MARGIN and (other := _other_profit(look, mention)):
        return f"it is a margin of {other}"
    if families <= _NET and _BEFORE_TAX.match(look.right) and not look.families.isdisjoint(_NET):
        return "it is said of what was earned before tax"
    return None
