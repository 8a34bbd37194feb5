"""Every SQL statement can be prepared, is used, and returns the columns that the code reads."""

import ast
import re
from datetime import date
from pathlib import Path
from uuid import UUID

import asyncpg
import pytest

import service
from service.postgres.questions import shared_form
from service.series.store import COLUMNS
from service.store.answers import LOOKUP_COLUMNS
from service.store.saving import assert_alone, upsert_facts
from service.store.statements import sql
from service.words import figures_store
from service.words import store as words
from tests.clusters import TEMPLATE, Cluster, run
from tests.statements import STATEMENTS, fragment

ROOM = Path(service.__file__).parent


def modules() -> dict[str, ast.Module]:
    """The modules that hold statements: of the kernel, and of capabilities."""
    files = [*ROOM.joinpath("store").rglob("*.py"), *ROOM.glob("*/*store.py"), *ROOM.glob("*/past.py")]
    return {str(file.relative_to(ROOM)): ast.parse(file.read_text()) for file in files}


def statements_of(tree: ast.Module) -> set[str]:
    """The names of statements in a module: arguments of `sql("…")` and strings that reach it."""
    constants = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    return {name for name in STATEMENTS if name in constants}


def columns_read(tree: ast.Module) -> set[str]:
    """The names of `row["…"]`, whatever the row is called."""
    return {
        node.slice.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Subscript)
        and isinstance(node.value, ast.Name)
        and node.value.id in {"row", "record", "first"}
        and isinstance(node.slice, ast.Constant)
        and isinstance(node.slice.value, str)
    }


async def described(dsn: str, text: str) -> list[str]:
    connection: asyncpg.Connection[asyncpg.Record] = await asyncpg.connect(dsn)
    try:
        prepared = await connection.prepare(text)
        return [attribute.name for attribute in prepared.get_attributes()]
    finally:
        await connection.close()


def whole(text: str) -> str:
    """A statement with its placeholders filled by the simplest text that its caller may use."""
    if text == STATEMENTS["upsert_facts"].text:
        return upsert_facts()
    if text == STATEMENTS["assert_alone"].text:
        return assert_alone(new=True, numbered=True, keeping=True)
    answers = words.fragment("then", known="current_date", at="0")
    text = text.replace("{answers}", answers)
    filled = {"{where}": "", "{slot}": "", "{order}": "1", "{number}": "1", "{ranks}": fragment("ranks")}
    listed = fragment("with_earlier", facts=fragment("facts_as_known"))
    text = text.replace("{facts}", listed).replace("{rows}", fragment("series_as_known"))
    text = shared_form(text, tuple(dict((*COLUMNS, *figures_store.COLUMNS, *LOOKUP_COLUMNS)).items()), 1)
    return re.sub(r"\{\w+\}", lambda match: filled[match[0]], text)


@pytest.mark.parametrize("name", STATEMENTS)
def test_it_prepares_and_says_what_it_is_for(cluster: Cluster, name: str) -> None:
    statement = STATEMENTS[name]
    assert re.fullmatch(r"[A-Z].{10,}[.;:)]", statement.meaning, re.DOTALL), "a statement has a sentence"
    columns = run(described(cluster.named(TEMPLATE), whole(statement.text)))
    assert len(set(columns)) == len(columns), "two columns of one name"


def test_every_statement_is_used() -> None:
    used = set[str]().union(*map(statements_of, modules().values()))
    assert used == set(STATEMENTS)


def test_what_the_code_reads_is_there(cluster: Cluster) -> None:
    for name, tree in modules().items():
        names = statements_of(tree)
        available: set[str] = set()
        for statement in names:
            available |= set(run(described(cluster.named(TEMPLATE), whole(STATEMENTS[statement].text))))
        assert columns_read(tree) <= available, name


async def plans(dsn: str, text: str, *arguments: object) -> tuple[int, int]:
    """How often Postgres used the generic plan and a new plan, in ten executions of a prepared statement."""
    connection: asyncpg.Connection[asyncpg.Record] = await asyncpg.connect(dsn)
    try:
        prepared = await connection.prepare(text)
        for _ in range(10):
            await prepared.fetch(*arguments)
        name = prepared.get_name()
        query = "select generic_plans, custom_plans from pg_prepared_statements where name = $1"
        (row,) = await connection.fetch(query, name)
        return row["generic_plans"], row["custom_plans"]
    finally:
        await connection.close()


def test_a_statement_for_one_is_planned_once_for_a_connection(cluster: Cluster) -> None:
    nothing = [[0], [UUID(int=0)], [date(2020, 1, 1)], [1]]
    # the first five plans are always new ones
    assert run(plans(cluster.named(TEMPLATE), sql("answers_at"), *nothing)) == (5, 5)
    assert run(plans(cluster.named(TEMPLATE), sql("sources_by_id"), ["none"])) == (5, 5)


def test_no_statement_shows_the_planner_an_array() -> None:
    for statement in STATEMENTS.values():
        assert not re.search(r"\b(unnest|any)\s*\(\s*\$", statement.text), statement.name
