"""Several questions with the same SQL text as one statement: each question is a row of the table `q`."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from service.postgres.database import Record, Session
from service.postgres.statements import planned_once

# Limits are rounded up to one of four, so each connection keeps at most four plans per form (a plan takes a third of a
# megabyte).
_SIZES = (11, 26, 51, 101)
FEW = _SIZES[-1]  # the largest number of rows for which questions share a statement


class Question(NamedTuple):
    """A statement and its arguments for one question."""

    text: str  # SQL; its first column is the question's place in q
    shared: bool  # whether the statement takes many questions
    given: Sequence[object]  # the values of q's columns; for a statement of one question also the limit


@lru_cache(maxsize=1000)
def shared_form(
    text: str, columns: tuple[tuple[str, str], ...], limit: int, given: tuple[bool, ...] | None = None
) -> str:
    """The statement for many questions: fills `{asked}` with the table q and `{limit}` with the rounded limit.

    `columns` are pairs of name and Postgres type; those that are not `given` (None: all are) are null in each question.
    """
    arguments = [("place", "int")]
    constants: list[str] = []
    for (name, sort), is_given in zip(columns, given or (True,) * len(columns), strict=True):
        if is_given:
            arguments.append((name, sort))
        else:
            constants.append(f"null::{sort} as {name}")
    arrays = ", ".join(f"${n}::{sort}[]" for n, (_, sort) in enumerate(arguments, 1))
    size = next(size for size in _SIZES if size >= limit)
    asked = f"unnest({arrays}) as q ({', '.join(name for name, _ in arguments)})"
    if constants:
        asked = " ".join(("(select", ", ".join(["q.*", *constants]), "from", asked, ") q"))
    return planned_once(text.replace("{limit}", str(size)).replace("{asked}", asked))


def shared_question(
    text: str, columns: tuple[tuple[str, str], ...], values: Sequence[object], limit: int
) -> Question:
    """A question that shares its statement with those for which the same columns are null.

    Such a column is no argument but a constant. Postgres leaves conditions on it out of the plan, and an array of nulls
    costs the driver and Postgres as much as one of values.
    """
    given = tuple([value is not None for value in values])
    return Question(
        shared_form(text, columns, limit, given), True, [value for value in values if value is not None]
    )


def own_form(text: str, columns: Iterable[tuple[str, str]]) -> str:
    """The statement for one question; the limit is its last argument.

    The planner sees the values, since the best plan may depend on them.
    """
    named = [f"${n}::{sort} as {name}" for n, (name, sort) in enumerate([("place", "int"), *columns], 1)]
    return text.replace("{limit}", f"${len(named) + 1}").replace("{asked}", f"(select {', '.join(named)}) q")


async def answered(session: Session, questions: Sequence[Question]) -> list[list[Record]]:
    """The rows for each question; shared questions with the same text are asked in one statement."""
    found: list[list[Record]] = [[] for _ in questions]
    alike: dict[str, list[int]] = {}
    for place, question in enumerate(questions):
        if question.shared:
            alike.setdefault(question.text, []).append(place)
        else:
            found[place] = await session.fetch(question.text, place, *question.given)
    for text, places in alike.items():
        given = zip(*(questions[place].given for place in places), strict=True)
        for row in await session.fetch(text, places, *map(list, given)):
            place: int = row[0]
            found[place].append(row)
    return found
