"""Only `recording/writer.py` writes to the log and moves its head."""

import ast
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import service
from tests.statements import STATEMENTS

RECORDING = "service/recording/writer.py"
LOG = {
    "commits", "companies", "company_entries", "company_identifiers", "concept_entries", "concepts", "evidence_entries",
    "facts", "log_head", "passage_words", "passages", "slots", "snapshots", "source_derivations", "sources", "version_numbers",
    "versions",
}  # fmt: skip
# of which nothing is told by a position: they belong to who may write and how often, and to EDGAR's documents
BESIDE = {
    "alembic_version", "api_keys", "edgar_documents", "edgar_filings", "edgar_labels", "idempotent_answers",
}  # fmt: skip
_WRITES = re.compile(r"\b(?:insert\s+into|update|delete\s+from)\s+([a-z_]+)")


def written(text: str) -> set[str]:
    """The tables that a statement writes to."""
    return set(_WRITES.findall(text)) - {"set"}


@cache
def modules() -> Mapping[str, ast.Module]:
    """The service's modules by path."""
    root = Path(service.__file__).parent
    return {
        str(file.relative_to(root.parent)): ast.parse(file.read_text()) for file in sorted(root.rglob("*.py"))
    }


def is_store(path: str) -> bool:
    """Whether a module holds statements: of the kernel or of a capability."""
    return path.startswith("service/store/") or path.endswith("/store.py")


@cache
def functions(tree: ast.AST) -> list[ast.AsyncFunctionDef | ast.FunctionDef]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.AsyncFunctionDef | ast.FunctionDef)]


@cache
def mentioned(tree: ast.AST) -> set[str]:
    """Names, attributes and texts in a piece of code."""
    found: set[str] = set()
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.Constant(value=str(name)):
                found.add(name)
            case _:
                pass
    return found


def writing(trees: Mapping[str, ast.Module]) -> set[str]:
    """The functions of `service.store` that write to the log or lock its head, directly or by calling another of them."""
    statements = {name for name, one in STATEMENTS.items() if written(one.text) & LOG} | {"lock_head"}
    found = statements | {"copy_to_table"}
    while True:
        more = {
            function.name
            for path, tree in trees.items()
            if is_store(path)
            for function in functions(tree)
            if mentioned(function) & found
        }
        if more <= found:
            return found - statements | (found & more)
        found |= more


def others(trees: Mapping[str, ast.Module]) -> set[tuple[str, str]]:
    """Calls that write to the log from outside `recording`: (module, function called)."""
    writers = writing(trees)
    return {
        (path, name)
        for path, tree in trees.items()
        if path != RECORDING and not is_store(path)
        for name in {
            node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
            for node in ast.walk(tree)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute | ast.Name)
        }
        & writers
    }


def test_every_table_is_of_the_log_or_beside_it() -> None:
    schema = (Path(service.__file__).parent.parent / "migrations/schema.sql").read_text()
    tables = set(re.findall(r"^CREATE TABLE (?:public\.)?(\w+)", schema, re.MULTILINE | re.IGNORECASE))
    assert tables == LOG | BESIDE


def test_only_recording_writes_to_the_log() -> None:
    trees = modules()
    assert {"save_facts", "save_companies", "save_sources", "save", "advance_head", "lock_head"} <= writing(
        trees
    )
    assert others(trees) == set()


def test_a_second_writer_is_found() -> None:
    trees = dict(modules())
    trees["service/operations/second.py"] = ast.parse("async def run(s):\n    await log.advance_head(s, 7)\n")
    trees["service/store/third.py"] = ast.parse(
        "async def quietly(s):\n    await s.execute(sql('upsert_facts'))\n"
    )
    trees["service/operations/fourth.py"] = ast.parse("async def run(s):\n    await third.quietly(s)\n")
    assert others(trees) == {
        ("service/operations/second.py", "advance_head"),
        ("service/operations/fourth.py", "quietly"),
    }


def test_the_head_is_moved_and_locked_in_one_place() -> None:
    calls = [
        node.func.attr
        for node in ast.walk(modules()[RECORDING])
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"advance_head", "lock_head", "save_alone"}
    ]
    assert sorted(calls) == ["advance_head", "lock_head", "save_alone"]
