"""A capability that a server is told to leave out is neither loaded nor in its contract, and the rest works."""

import importlib
import json
import re
import subprocess
import sys
from collections.abc import Callable, Generator
from typing import Any

import pytest
from click.testing import CliRunner

from service.cli.commands import main
from service.settings import CAPABILITIES, Settings, SettingsError
from service.web.contract import Capability
from tests.running import InProcess

# in a process that has loaded none of them, of which each question gets a copy
_ASKING = """
import json, os, sys
import litestar
from service import app
from service.settings import Settings
from service.web.document import openapi

for asked in sys.stdin:
    sys.stdout.flush()
    if os.fork():
        os.wait()
        continue
    without = json.loads(asked)
    app.create_app(Settings(database_url="postgresql://nobody@localhost/none", without=",".join(without)))
    document = openapi(app.contract(without))
    print(json.dumps({"modules": [*sys.modules], "document": document}), flush=True)
    break
"""
Asked = Callable[..., tuple[set[str], dict[str, Any]]]


@pytest.fixture(scope="module")
def asked() -> Generator[Asked]:
    """What a process has imported once an application without some is put together, and its document."""
    with subprocess.Popen(
        [sys.executable, "-c", _ASKING], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:

        def ask(*without: str) -> tuple[set[str], dict[str, Any]]:
            questions, answers = process.stdin, process.stdout
            assert questions is not None
            assert answers is not None
            questions.write(json.dumps(without) + "\n")
            questions.flush()
            said = json.loads(answers.readline())
            return set(said["modules"]), said["document"]

        yield ask


def _of(capability: str, modules: set[str]) -> set[str]:
    return {name for name in modules if name.split(".")[:2] == ["service", capability]}


def _operations(capability: str) -> set[str]:
    """The ids of a capability's operations."""
    offered: Capability = importlib.import_module(f"service.{capability}.api").CAPABILITY
    return {operation.id for operation in offered.operations}


def _references(document: dict[str, Any]) -> set[str]:
    return set(re.findall(r'"#/components/schemas/(\w+)"', json.dumps(document)))


def test_with_all_of_them_all_are_loaded(asked: Asked) -> None:
    modules, document = asked()
    assert all(_of(capability, modules) for capability in CAPABILITIES)
    named = {one["operationId"] for path in document["paths"].values() for one in path.values()}
    assert all(_operations(capability) <= named for capability in CAPABILITIES)


@pytest.mark.parametrize("without", [*((one,) for one in CAPABILITIES), CAPABILITIES])
def test_what_is_left_out_is_not_loaded_and_not_in_the_contract(
    asked: Asked, without: tuple[str, ...]
) -> None:
    modules, document = asked(*without)
    operations = [operation for path in document["paths"].values() for operation in path.values()]
    tags = {tag for operation in operations for tag in operation.get("tags", [])}
    for capability in CAPABILITIES:
        assert bool(_of(capability, modules)) == (capability not in without)
    left_out = {name for capability in without for name in _operations(capability)}
    assert left_out.isdisjoint(operation["operationId"] for operation in operations)
    assert {tag["name"] for tag in document["tags"]} == tags
    # what was only theirs went with them, and nothing refers to what is not there
    assert _references(document) == set(document["components"]["schemas"])
    named = {operation["operationId"] for operation in operations}
    linked = set(re.findall(r'"operationId": "(\w+)"', json.dumps(document)))
    assert linked == named


def test_a_server_without_one_knows_no_such_path(dsn: str) -> None:
    with InProcess(dsn, None, without="search, edgar") as service:
        for path in ("/v1/search?q=a", "/api/xbrl/companyfacts/CIK0000320193.json"):
            answer = service.send(service.request_of("GET", path))
            nothing = f"there is nothing at {path.partition('?')[0]}"
            assert (answer.status_code, answer.json()["detail"]) == (404, nothing)
        assert service.get("/v1/companies").status_code == 200
        assert "/v1/search" not in service.get("/openapi.json").json()["paths"]


def test_a_name_that_is_none_is_refused_before_anything_starts() -> None:
    with pytest.raises(SettingsError, match=f"no capability serch; there are {', '.join(CAPABILITIES)}"):
        Settings.from_environment({"COMPANYFACTS_WITHOUT": "serch"})
    said = CliRunner().invoke(main, ["serve", "--without", "serch"])
    assert said.exit_code == 2
    assert "'serch' is not one of" in said.output
