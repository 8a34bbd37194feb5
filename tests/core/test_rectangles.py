"""The rectangles tile both axes as the rule says, for every day and position of random histories."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from hypothesis import example, given
from hypothesis import strategies as st

from service.core import history
from service.core.facts import Retraction
from service.core.history import Times, Version
from service.core.rectangles import Rectangle, rectangles

FIRST = date(2026, 1, 1)
FACT = UUID(int=1)
NOW = datetime(2026, 1, 1, tzinfo=UTC)
# an assertion known on a day, or the retraction of the assertion with a number, and by how much the position grows
Steps = list[tuple[str, int, int]]
steps = st.lists(
    st.tuples(st.sampled_from(("assert", "retract")), st.integers(0, 5), st.integers(1, 3)), max_size=14
)


def histories(given_steps: Steps) -> tuple[list[Version], list[Retraction]]:
    versions: list[Version] = []
    retractions: list[Retraction] = []
    position = 0
    for act, number, grows in given_steps:
        position += grows
        if act == "assert":
            versions.append(
                Version(
                    version=len(versions) + len(retractions) + 1,
                    known_at=FIRST + timedelta(days=number),
                    position=position,
                    recorded_at=NOW,
                    publisher="acme",
                    quantity=None,
                    value=b"{}",
                    checks=[],
                    sources=[],
                    content=b"",
                )
            )
        elif number < len(versions) and versions[number].retracted is None:
            versions[number].retracted = position
            retractions.append(
                Retraction(
                    id=FACT,
                    company="acme",
                    version=len(versions) + len(retractions) + 1,
                    retracts=versions[number].version,
                    reason="misread",
                    recorded_at=NOW,
                    position=position,
                )
            )
    return versions, retractions


def covering(found: list[Rectangle], day: date, position: int) -> list[Rectangle]:
    return [
        one
        for one in found
        if one.known_from <= day
        and (one.known_to is None or day <= one.known_to)
        and one.position_from <= position
        and (one.position_to is None or position <= one.position_to)
    ]


@given(steps)
@example([("assert", 0, 1), ("retract", 0, 1), ("assert", 3, 1), ("retract", 1, 1)])
@example([("assert", 3, 1), ("assert", 0, 1), ("retract", 0, 1)])
@example([("assert", 2, 1), ("assert", 2, 1), ("retract", 1, 1)])
def test_each_point_is_in_the_rectangle_of_its_answer_alone(given_steps: Steps) -> None:
    versions, retractions = histories(given_steps)
    found = rectangles(versions, retractions)
    head = max((one.position for one in (*versions, *retractions)), default=0)
    for position in range(1, head + 3):
        for days in range(-1, 8):
            day = FIRST + timedelta(days=days)
            answer = history.answering(versions, Times(day, position))
            told = [(one.version, one.status == "asserted") for one in covering(found, day, position)]
            assert told == ([] if answer is None else [(answer.version.version, answer.asserted)])


@given(steps)
def test_no_two_could_be_one(given_steps: Steps) -> None:
    versions, retractions = histories(given_steps)
    found = rectangles(versions, retractions)
    for one in found:
        assert one.known_to is None or one.known_from <= one.known_to
        assert one.position_to is None or one.position_from <= one.position_to
        for other in found:
            same = (one.version, one.status) == (other.version, other.status)
            beside = one.known_to is not None and other.known_from == one.known_to + timedelta(days=1)
            above = one.position_to is not None and other.position_from == one.position_to + 1
            rows = (one.position_from, one.position_to) == (other.position_from, other.position_to)
            columns = (one.known_from, one.known_to) == (other.known_from, other.known_to)
            assert not (same and ((beside and rows) or (above and columns)))


@given(steps, st.integers(0, 12))
def test_at_a_position_they_are_those_of_then(given_steps: Steps, at: int) -> None:
    versions, retractions = histories(given_steps)
    then = rectangles(versions, retractions, at)
    cut = [
        one._replace(
            position_to=None if one.position_to is None or one.position_to >= at else one.position_to
        )
        for one in rectangles(versions, retractions)
        if one.position_from <= at
    ]
    assert then == cut


def test_thousands_of_versions_take_steps_in_proportion() -> None:
    """Each entry changes a few rectangles, whatever the length of the history."""
    many: Steps = [("assert", (number * 7919) % 4001, 1) for number in range(4000)]
    versions, retractions = histories(many)
    assert len(rectangles(versions, retractions)) < 4 * len(versions)
