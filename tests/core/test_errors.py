"""Errors with one flaw name its place in one way."""

import ast
from pathlib import Path

import service
from service.core.errors import Flaw, Invalid, QuoteNotFound

ROOT = Path(service.__file__).parent


def test_a_refusal_tells_its_one_flaw_in_its_own_words() -> None:
    assert Invalid("no such day", parameter="at").errors == (Flaw(detail="no such day", parameter="at"),)
    assert QuoteNotFound("not there", pointer="/a").errors == (Flaw(detail="not there", pointer="/a"),)
    assert Invalid("too many", line=3).errors == (Flaw(detail="too many", line=3),)
    assert Invalid("empty", pointer="").errors == (Flaw(detail="empty", pointer=""),)  # the whole body
    several = (Flaw(detail="b", pointer="/b"), Flaw(detail="c", pointer="/c"))
    assert Invalid("both", errors=several).errors == several
    assert Invalid("so it is").errors == ()


def repeats_itself(call: ast.Call) -> bool:
    """Whether it is `Refusal(detail, errors=[Flaw(…, detail=detail)])`, which the constructor writes by itself."""
    for argument in call.keywords:
        if (
            argument.arg == "errors"
            and isinstance(argument.value, ast.List)
            and len(argument.value.elts) == 1
        ):
            flaw = argument.value.elts[0]
            details = [one.value for one in getattr(flaw, "keywords", []) if one.arg == "detail"]
            return bool(details and call.args) and ast.dump(details[0]) == ast.dump(call.args[0])
    return False


def test_nobody_writes_a_flaw_that_repeats_its_refusal() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in sorted(ROOT.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and repeats_itself(node)
    ]
    assert not found
