"""Questions that share a statement, each a row of its table `q`; asked of a real Postgres."""

from collections.abc import Sequence

import pytest

from service.postgres.database import Record, opened
from service.postgres.questions import FEW, Question, answered, own_form, shared_form, shared_question
from tests.clusters import TEMPLATE, Cluster, run

COLUMNS = (("least", "int"), ("word", "text"))
# up to so many numbers from `least` on, each with the moment at which its statement began
NUMBERS = (
    "select q.place, q.word || n.n as told, statement_timestamp() as began from {asked}"
    " cross join lateral (select n from generate_series(q.least, q.least + 200) n order by n limit {limit}) n order by 1, n.n"
)


def shared(limit: int, *given: object) -> Question:
    return Question(shared_form(NUMBERS, COLUMNS, limit), True, given)


def alone(limit: int, *given: object) -> Question:
    return Question(own_form(NUMBERS, COLUMNS), False, (*given, limit))


def ask(cluster: Cluster, *questions: Question) -> list[list[Record]]:
    async def asked() -> list[list[Record]]:
        async with opened(cluster.named(TEMPLATE)) as database, database.session() as session:
            return await answered(session, questions)

    return run(asked())


def told(found: Sequence[Sequence[Record]]) -> list[list[str]]:
    return [[row["told"] for row in rows] for rows in found]


def test_each_question_gets_its_own_rows_in_order(cluster: Cluster) -> None:
    questions = (
        alone(2, 5, "a"),
        shared(11, 1, "b"),
        alone(0, 1, "c"),
        shared(26, 7, "d"),
        shared(10, 3, "e"),
    )
    found = told(ask(cluster, *questions))
    assert found[0] == ["a5", "a6"]
    assert found[1] == [f"b{n}" for n in range(1, 12)]
    assert found[2] == []
    assert found[3] == [f"d{n}" for n in range(7, 33)]
    assert found[4] == [f"e{n}" for n in range(3, 14)]


def test_questions_of_one_form_are_one_statement(cluster: Cluster) -> None:
    found = ask(cluster, shared(11, 1, "a"), alone(1, 1, "b"), shared(5, 2, "c"), shared(12, 3, "d"))
    began = [{row["began"] for row in rows} for rows in found]
    assert all(len(one) == 1 for one in began)
    assert began[0] == began[2]
    assert len(began[0] | began[1] | began[3]) == 3


def test_a_null_is_a_constant_of_the_statement_and_no_argument(cluster: Cluster) -> None:
    given = [(1, "a"), (2, None), (3, None), (None, "d")]
    questions = [shared_question(NUMBERS, COLUMNS, values, 11) for values in given]
    assert [list(one.given) for one in questions] == [[1, "a"], [2], [3], ["d"]]
    assert "null::text as word" in questions[1].text  # so that conditions on it are none
    found = ask(cluster, *questions)
    assert told(found) == [[f"a{n}" for n in range(1, 12)], [None] * 11, [None] * 11, []]
    began = [{row["began"] for row in rows} for rows in found]
    assert began[1] == began[2] != began[0]


def test_limits_are_rounded_up_to_few_forms() -> None:
    forms = {limit: shared_form(NUMBERS, COLUMNS, limit) for limit in range(1, FEW + 1)}
    assert len(set(forms.values())) == 4
    for limit, form in forms.items():
        assert limit <= int(form.partition("order by n limit ")[2].partition(")")[0])
    with pytest.raises(StopIteration):
        shared_form(NUMBERS, COLUMNS, FEW + 1)
