"""Whether a series adds up over time: whether a year is the sum of its quarters.

Flows of money and counts of events do: revenue, shares issued, downloads. Rates, amounts per share, averages and
stocks (how many users or stores there are) do not. The unit decides first, then the words of the subject: us-gaap
has one unit for shares that were issued and for average shares outstanding.
"""

import re
from typing import Literal, NamedTuple

from service.core.words import label_of

_MONEY = re.compile(r"[A-Z]{3}")
# ratios and lengths of time; in the singular, since units are compared so
_PARTS = frozenset({"percent", "percentage point", "basis point", "pure", "rate", "ratio"})
_TIME = frozenset({"year", "month", "week", "day", "hour", "minute", "second", "y", "m", "d"})
# stocks: what exists at a time, rather than happens during it
_THERE = frozenset(
    {
        *(
            "user",
            "customer",
            "client",
            "consumer",
            "subscriber",
            "subscription",
            "member",
            "account",
            "follower",
        ),
        *("employee", "people", "person", "worker", "developer", "partner", "company", "model", "patent"),
        *("store", "restaurant", "shop", "branch", "location", "site", "property", "building", "room", "bed"),
        *(
            "segment",
            "reportable segment",
            "country",
            "state",
            "city",
            "region",
            "market",
            "square foot",
            "square meter",
        ),
    }
)
_NEVER = re.compile(
    r"\b(average|averages|weighted|price|prices|per|maximum|percentage|percent|assumptions?)\b|\b(rate|ratio)$"
)
_NO_COUNT = re.compile(r"\b(diluted|dilutive|antidilutive|incremental|outstanding|active)\b")


class Obstacle(NamedTuple):
    """Why a series does not add up."""

    reason: Literal["unit", "concept"]
    detail: str


def obstacle(subject: str, unit: str) -> Obstacle | None:
    """Why the values of a subject in a unit do not add up over time; None if they do."""
    is_money = _MONEY.fullmatch(unit) is not None
    one = unit.casefold() if is_money else _singular(label_of(unit).casefold())
    if "/" in unit or one in _PARTS or one in _TIME:
        return Obstacle(
            "unit", f"{unit} does not add up over time: it is a ratio, a rate or a length of time"
        )
    if one in _THERE:
        return Obstacle(
            "unit", f"{unit} are counted at a time: the count of a year is not the sum of its quarters"
        )
    words = label_of(subject).casefold()
    found = _NEVER.search(words) or (None if is_money else _NO_COUNT.search(words))
    if found is not None:
        return Obstacle("concept", f"{subject} does not add up over time, by its word '{found[0]}'")
    return None


def _singular(unit: str) -> str:
    if unit.endswith("ies"):
        return f"{unit[:-3]}y"
    if unit.endswith(("ches", "shes")):
        return unit[:-2]
    return {"feet": "foot", "square feet": "square foot", "persons": "person"}.get(
        unit, unit.removesuffix("s") if unit != "business" else unit
    )
