"""Questions of one form as one statement: a row of `q` for each question, a column for each thing that it gives."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from service.postgres.database import Record, Session

# How many rows are asked for together: more than anybody of them wants, and few numbers, since each has a statement and
# a plan of its own (a third of a megabyte, on every connection).
_SIZES = (11, 26, 51, 101)
FEW = _SIZES[-1]  # rows of an answer that keeps nobody waiting who is answered by the same statement


class Question(NamedTuple):
    """What is asked, and what is given to the statement that answers it."""

    text: str  # of the statement, whose first column is the question's place in q
    shared: bool  # whether it answers many
    given: Sequence[object]  # by column of q; of one alone the limit, too


def shared_form(text: str, columns: Iterable[tuple[str, str]], limit: int) -> str:
    """A statement for many questions: its `{asked}` is q, its `{limit}` at least that many rows.

    Columns are given by name and Postgres' type. The planner sees nothing of them: it would make another plan for each
    number of questions, which takes longer than answering does.
    """
    names, types = zip(("place", "int"), *columns, strict=True)
    arrays = ", ".join(f"(select ${n}::{sort}[])" for n, sort in enumerate(types, 1))
    size = next(size for size in _SIZES if size >= limit)
    return text.replace("{limit}", str(size)).replace(
        "{asked}", f"unnest({arrays}) as q ({', '.join(names)})"
    )


def own_form(text: str, columns: Iterable[tuple[str, str]]) -> str:
    """The same for one question alone, given its limit after its columns.

    The planner sees what is given, on which the best way to the answer may depend.
    """
    named = [f"${n}::{sort} as {name}" for n, (name, sort) in enumerate([("place", "int"), *columns], 1)]
    return text.replace("{limit}", f"${len(named) + 1}").replace("{asked}", f"(select {', '.join(named)}) q")


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
