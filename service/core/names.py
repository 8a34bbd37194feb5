"""The dated names of a company: which of them stood on a day. No I/O."""

from collections.abc import Sequence
from datetime import date
from typing import Final, Literal, NamedTuple


class NameSpan(NamedTuple):
    """A former name with its first and last day, both included; None where the day is not known."""

    name: str
    first: date | None
    last: date | None


NO_NAMES: Final[Sequence[NameSpan]] = ()  # for a company without imported submissions


class Names(NamedTuple):
    """The name on a day, and the names used before, as indexes into a list of spans."""

    # "present": the present name, which has no dates; None: no name is known for that day
    bearing: int | Literal["present"] | None
    former: Sequence[int]


def names_on(day: date, spans: Sequence[NameSpan]) -> Names:
    """The name of a filer on a day. Of a date after that day, how long after makes no difference.

    Rules, in this order:
    - Of the spans that have begun and not ended, the one that began first gives the name; of several that began on
      one day, the last in the list, since EDGAR lists the newest first.
    - If all spans have ended, the present name stands, which has no dates.
    - Between two spans, the name that ended last stands until the next begins.
    - Before the first span no name is known.

    A span without a first day has begun. One without a last day ends when another begins after it. One without both
    is ignored.
    """
    dated = [(place, span) for place, span in enumerate(spans) if span.first or span.last]
    begun = [(place, span) for place, span in dated if (span.first or date.min) <= day]
    newest = max(((span.first or date.min) for _, span in begun), default=date.min)

    def ended(span: NameSpan) -> bool:
        return span.last < day if span.last is not None else (span.first or date.min) < newest

    borne = [(span.first or date.min, -place) for place, span in begun if not ended(span)]
    bearing: int | Literal["present"] | None
    if borne:
        bearing = -min(borne)[1]
    elif len(begun) == len(dated):
        bearing = "present"
    elif begun:
        _, _, place = max(
            (_end(span, newest), -(span.first or date.min).toordinal(), place) for place, span in begun
        )
        bearing = place
    else:
        bearing = None
    former = [place for place, span in begun if place != bearing and (ended(span) or span.last == day)]
    return Names(bearing, former)


def _end(span: NameSpan, newest: date) -> date:
    """The day on which a span that has ended did so."""
    return newest if span.last is None else span.last


def name_on(day: date, spans: Sequence[NameSpan], slug: str) -> str | None:
    """The former name of a filer that stood on a day, its slug if no name is known; None: its present name stood."""
    bearing = names_on(day, spans).bearing
    if bearing == "present":
        return None
    return slug if bearing is None else spans[bearing].name


class DatedNames(NamedTuple):
    """What is known of the names of a company and their days."""

    slug: str
    present: str | None  # the name in the newest of its submissions; None: none were imported
    former: Sequence[NameSpan]

    def on(self, day: date) -> str:
        """The name on a day; the slug where no name is known for it, since other names have no days."""
        if self.present is None:
            return self.slug
        name = name_on(day, self.former, self.slug)
        return self.present if name is None else name
