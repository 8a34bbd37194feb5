"""All statements of the service: of the kernel, and of each capability that has some."""

from importlib import import_module
from importlib.resources import files

from service.postgres.statements import SqlStatement, Statements
from service.series import store as series
from service.settings import CAPABILITIES
from service.store import statements as kernel


def _of(capability: str) -> Statements:
    found: object = import_module(f"service.{capability}.store").STATEMENTS
    assert isinstance(found, Statements)
    return found


STATEMENTS: dict[str, SqlStatement] = {**kernel.STATEMENTS} | {
    name: statement
    for capability in CAPABILITIES
    if files(f"service.{capability}").joinpath("statements.sql").is_file()
    for name, statement in _of(capability).items()
}
fragment = series.STATEMENTS.fragment
