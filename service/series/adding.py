"""What adds up over time: whether the year of a series is the sum of its quarters.

Money that flows does, and so does what is counted as it happens: shares issued, downloads. What is so much at a time
or on average does not: rates, amounts a share, averages, how many users or stores there are. The unit decides first,
then the words of the subject, since us-gaap counts shares that were issued and shares that were outstanding on
average in one unit.
"""

import re
from typing import Literal, NamedTuple

from service.core.words import label_of

_MONEY = re.compile(r"[A-Z]{3}")
# parts of something, and lengths of time; in the singular, as units are compared
_PARTS = frozenset({"percent", "percentage point", "basis point", "pure", "rate", "ratio"})
_TIME = frozenset({"year", "month", "week", "day", "hour", "minute", "second", "y", "m", "d"})
# what is there at a time, rather than happening in it
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
    """Why the values of a subject in a unit do not add up over time; None where they do."""
    is_money = _MONEY.fullmatch(unit) is not None
    one = unit.casefold() if is_money else _singular(label_of(unit).casefold())
    if "/" in unit or one in _PARTS or one in _TIME:
        return Obstacle("unit", f"{unit} does not add up over time: it is so much of something, or a rate")
    if one in _THERE:
        return Obstacle(
            "unit", f"{unit} are there at a time; how many there are in a year is no sum of quarters"
        )
    words = label_of(subject).casefold()
    found = _NEVER.search(words) or (None if is_money else _NO_COUNT.search(words))
    if found is not None:
        return Obstacle("concept", f"{subject} does not add up over time: it is told by '{found[0]}'")
    return None


def _singular(unit: str) -> str:
    if unit.endswith("ies"):
        return f"{unit[:-3]}y"
    if unit.endswith(("ches", "shes")):
        return unit[:-2]
    return {"feet": "foot", "square feet": "square foot", "persons": "person"}.get(
        unit, unit.removesuffix("s") if unit != "business" else unit
    )
