"""Questions of one form as one statement: a row of `q` for each question, a column for each thing that it gives."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from service.sql.database import Record, Session

FEW = 101  # rows of an answer that keeps nobody waiting who is answered by the same statement


class Question(NamedTuple):
    """What is asked, and what is given to the statement that answers it."""

    text: str  # of the statement, whose first column is the question's place in q
    shared: bool  # whether it answers many
    given: Sequence[object]  # by column of q


def asked(columns: Iterable[tuple[str, str]], *, shared: bool) -> str:
    """The rows of q, for a statement's `from`: columns by name and Postgres' type.

    Of many questions the planner sees nothing: it would make another plan for each number of them, which takes longer
    than answering does. Of one alone it sees what is given, on which the best way to its answer may depend.
    """
    names, types = zip(("place", "int"), *columns, strict=True)
    if shared:
        arrays = ", ".join(f"(select ${n}::{sort}[])" for n, sort in enumerate(types, 1))
        return f"unnest({arrays}) as q ({', '.join(names)})"
    values = ", ".join(
        f"${n}::{sort} as {name}" for n, (name, sort) in enumerate(zip(names, types, strict=True), 1)
    )
    return f"(select {values}) q"


async def answered(session: Session, questions: Sequence[Question]) -> list[list[Record]]:
    """The rows that answer each question; those of one form are asked together."""
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
