"""Several tags of a concept as one series: the value of each period through time, and where the line changes its tag."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from service.core import history
from service.core.history import Times
from service.core.periods import Period
from service.core.quantities import Quantity, agree
from service.series.rows import Point, StatedVersion
from service.words.answers import Break, BreakSide, Overlap
from service.words.choosing import choose
from service.words.concepts import StandardConcept

_QUARTER = 91  # days
_MOST_OVERLAPS = 20


class TagPoint(NamedTuple):
    """A fact of one tag, with all its statements."""

    subject: str
    fact: UUID
    period: Period
    statements: list[tuple[StatedVersion, Decimal | None]]  # each with its number


class _Value(NamedTuple):
    subject: str
    known_at: date
    number: Decimal | None
    statement: StatedVersion


def joined(concept: StandardConcept, points: Iterable[TagPoint], times: Times) -> list[Point]:
    """The points of the concept, one for each period: its statements are those that answered, by the rule, on each day.

    What answers changes only on a day on which a tag of the answering group, or of an earlier one, was stated. So the
    statement that begins to answer on a day is one of that day.
    """
    periods: dict[Period, list[TagPoint]] = {}
    for point in points:
        periods.setdefault(point.period, []).append(point)
    found = [_through_time(concept, period, of, times) for period, of in periods.items()]
    return [point for point in found if point.statements]


def _through_time(
    concept: StandardConcept, period: Period, points: Sequence[TagPoint], times: Times
) -> Point:
    numbers = {(point.fact, one.version): number for point in points for one, number in point.statements}
    standing = [
        (
            point,
            sorted(history.standing([one for one, _ in point.statements], times), key=StatedVersion.order),
        )
        for point in points
    ]
    answers: list[StatedVersion] = []
    for day in sorted({one.known_at for _, statements in standing for one in statements}):
        values = [
            _Value(point.subject, last.known_at, numbers[point.fact, last.version], last)
            for point, statements in standing
            if (last := _latest(statements, day)) is not None
        ]
        chosen = choose(concept, values)
        if chosen is not None and chosen.value.known_at == day:
            answers.append(chosen.value.statement)
    fact = answers[-1].fact if answers else None
    return Point(fact=fact or points[0].fact, period=period, statements=answers)


def _latest(statements: Sequence[StatedVersion], day: date) -> StatedVersion | None:
    return next((one for one in reversed(statements) if one.known_at <= day), None)


# -- breaks --------------------------------------------------------------------------------------


def breaks(
    concept: StandardConcept,
    line: Iterable[tuple[Period, str]],
    values: Mapping[tuple[str, Period], Quantity],
) -> list[Break]:
    """Where the rows of a series, in order of period, change their tag, for years, quarters and instants apart.

    `values` are all values of the tags that the rows have.
    """
    last: dict[object, str] = {}
    found: list[Break] = []
    for period, subject in sorted(line, key=lambda one: (one[0].last, one[0].first)):
        sort = period.frequency or round(period.days / _QUARTER)
        before = last.get(sort)
        if before is not None and before != subject:
            found.append(
                Break(
                    before=BreakSide(subject=before, group=concept.tags[before]),
                    after=BreakSide(subject=subject, group=concept.tags[subject]),
                    at=period,
                    overlap=_overlap(before, subject, period, values),
                )
            )
        last[sort] = subject
    return found


def _overlap(
    before: str, after: str, at: Period, values: Mapping[tuple[str, Period], Quantity]
) -> list[Overlap]:
    """The periods that both tags have a value for: those nearest to the break, in order."""
    both = [
        (period, quantity, other)
        for (subject, period), quantity in values.items()
        if subject == before and (other := values.get((after, period))) is not None
    ]
    nearest = sorted(both, key=lambda one: abs((one[0].last - at.last).days))[:_MOST_OVERLAPS]
    return [
        Overlap(period=period, before=quantity, after=other, agree=agree(quantity, other))
        for period, quantity, other in sorted(nearest, key=lambda one: (one[0].last, one[0].first))
    ]
