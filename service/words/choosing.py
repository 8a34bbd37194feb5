"""The rule: which tag's value answers for a standard concept.

It is asked for one company, period, unit, basis and dimensions, with the value that each tag had at the times of the read.
Of the first group with any value, those that became public last answer; of several, for a total the greatest, else that
of the tag that stands first in the group. `statements.sql` repeats the rule as the fragment `preference`; both are tested
against an oracle over real filings.

The values in proxy statements (forms DEF 14A and the like) do not count: there net income is rounded, beside what
directors were paid.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Generic, Literal, NamedTuple, Protocol, TypeVar

from service.words.concepts import StandardConcept

Why = Literal["smaller_in_filing", "later_in_group", "older_filing", "later_group"]


class Tagged(Protocol):
    """The value of one tag."""

    @property
    def subject(self) -> str:
        """The tag, or the concept's slug."""
        ...

    @property
    def known_at(self) -> date:
        """The day it became public: that of its filing."""
        ...

    @property
    def number(self) -> Decimal | None:
        """Its number: of a bound the bound, of a span the middle."""
        ...


V = TypeVar("V", bound=Tagged)


class NotChosen(NamedTuple, Generic[V]):
    """A value that does not answer, and why."""

    value: V
    why: Why


class Chosen(NamedTuple, Generic[V]):
    """The value that answers, its tag's group, and the others in the order in which they would answer."""

    value: V
    group: int
    others: list[NotChosen[V]]


def choose(concept: StandardConcept, values: Iterable[V]) -> Chosen[V] | None:
    """The value that answers; None if there is none. At most one value for each tag."""
    tags = concept.tags
    places = {tag: place for place, tag in enumerate(tags)}

    def order(value: V) -> tuple[int, int, Decimal, int]:
        size = -value.number if concept.total and value.number is not None else Decimal(0)
        return tags[value.subject], -value.known_at.toordinal(), size, places[value.subject]

    ranked = sorted(values, key=order)
    if not ranked:
        return None
    first = ranked[0]
    group = tags[first.subject]
    others = [NotChosen(one, _why(concept, one, first, tags[one.subject] > group)) for one in ranked[1:]]
    return Chosen(first, group, others)


def _why(concept: StandardConcept, one: Tagged, chosen: Tagged, later_group: bool) -> Why:
    if later_group:
        return "later_group"
    if one.known_at < chosen.known_at:
        return "older_filing"
    return "smaller_in_filing" if concept.total and one.number != chosen.number else "later_in_group"
