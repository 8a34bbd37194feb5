"""The page on the architecture: its map has every folder, and a request runs through the functions that it names."""

import ast
import re
import sys
from graphlib import TopologicalSorter
from pathlib import Path
from types import FrameType
from typing import Any, NamedTuple

import pytest

from tests import rooms_picture
from tests.running import InProcess

ROOT = Path(__file__).resolve().parent.parent
SERVICE = ROOT / "service"
PAGE = (ROOT / "docs" / "architecture.md").read_text("utf-8")


class Step(NamedTuple):
    """A function of the service."""

    file: str  # below service/
    name: str  # qualified


def section(heading: str) -> str:
    return PAGE.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


STEPS = [
    Step(file, name)
    for file, names in re.findall(
        r"^\| `([a-z/_]+\.py)` \| ([^|]+) \|",
        section("A request from the socket to SQL and back"),
        re.MULTILINE,
    )
    for name in re.findall(r"`([\w.]+)`", names)
]


def definitions(tree: ast.Module) -> set[str]:
    """The qualified names of a module's functions."""
    found: set[str] = set()
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            found.add(node.name)
        elif isinstance(node, ast.ClassDef):
            found |= {
                f"{node.name}.{one.name}"
                for one in node.body
                if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)
            }
    return found


def test_every_function_that_the_page_follows_exists() -> None:
    assert len(STEPS) > 20
    for step in STEPS:
        tree = ast.parse((SERVICE / step.file).read_text("utf-8"))
        assert step.name in definitions(tree), step


def test_a_request_runs_through_these_functions_in_this_order(api: InProcess) -> None:
    api.post("/v1/companies", {"slug": "alibaba-cloud", "name": "Alibaba Cloud"})
    source = api.post(
        "/v1/sources", {"title": "Report", "published_at": "2025-12-31", "text": "It has 18 million users."}
    ).json()["id"]
    for subject in ("users", "members"):
        fact: dict[str, Any] = {
            "kind": "metric", "company": "alibaba-cloud", "subject": subject,
            "value": {"quantity": {"value": "18000000", "unit": "users", "decimals": -6}},
            "citations": [{"source": source}],
        }  # fmt: skip
        assert api.post("/v1/facts", fact).status_code == 201

    called: list[Step] = []
    seen: set[Step] = set()

    def note(frame: FrameType, event: str, _: object) -> None:
        code = frame.f_code
        if event == "call" and code.co_filename.startswith(f"{SERVICE}/"):
            step = Step(code.co_filename.removeprefix(f"{SERVICE}/"), code.co_qualname)
            if step not in seen:
                seen.add(step)
                called.append(step)

    path = "/v1/companies/alibaba-cloud/facts?kind=metric&known_at=2025-12-31&limit=1"
    api.get(path)
    sys.setprofile(note)
    try:
        response = api.get(path)
    finally:
        sys.setprofile(None)
    assert response.json()["next"]
    assert [step for step in STEPS if step not in seen] == []
    assert sorted(STEPS, key=called.index) == STEPS


def test_the_map_has_every_folder_and_file_of_the_service() -> None:
    rooms = re.findall(r"^\| (`[^|]+`) \|", section("The rooms"), re.MULTILINE)
    named = {name.rstrip("/") for room in rooms for name in re.findall(r"`([^`]+)`", room)}
    there = {
        str(path.relative_to(SERVICE))
        for path in SERVICE.rglob("*")
        if path.is_dir() and path.name != "__pycache__"
    } | {path.name for path in SERVICE.glob("*.py") if not path.name.startswith("__")}
    assert named == there


def test_the_map_has_the_order_of_the_contract_of_imports() -> None:
    drawn = next(part for part in section("The rooms").split("\n\n") if "→" in part)
    shown = [room.strip() for room in " ".join(drawn.split()).split("→")]
    assert shown == [", ".join(layer) for layer in rooms_picture.layers()]


def test_the_picture_shows_what_the_rooms_import() -> None:
    assert rooms_picture.written() == rooms_picture.picture(), "run `uv run python -m tests.rooms_picture`"


def test_the_arrows_of_the_picture_lead_one_way() -> None:
    drawn = [re.split(r" -\.?-> | & ", line.strip()) for line in rooms_picture.written() if "->" in line]
    order = TopologicalSorter({room: others for room, *others in drawn})
    order.prepare()  # raises CycleError
    assert {room for rooms in drawn for room in rooms} == {
        one for many in rooms_picture.layers() for one in many
    }


def test_every_table_is_there_with_what_the_service_may_change_in_it() -> None:
    schema = (ROOT / "migrations" / "schema.sql").read_text("utf-8")
    tables = set(re.findall(r"^CREATE (?:UNLOGGED )?TABLE public\.(\w+)", schema, re.MULTILINE)) - {
        "alembic_version"
    }
    rows = re.findall(r"^\| (`[a-z_`, ]+`) \| .* \| ([^|]+) \|$", section("The data"), re.MULTILINE)
    told = {name: changes for names, changes in rows for name in re.findall(r"`([a-z_]+)`", names)}
    assert set(told) == tables
    granted: dict[str, set[str]] = {
        name: set(rights.split(","))
        for rights, name in re.findall(
            r"^GRANT ([A-Z,]+) ON TABLE public\.(\w+) TO companyfacts_service", schema, re.MULTILINE
        )
    }
    for name, changes in told.items():
        if changes.startswith("never"):
            assert granted[name] <= {"SELECT", "INSERT"}, name
        elif not changes.startswith("labels"):  # of three tables
            assert granted[name] & {"UPDATE", "DELETE"}, name


# -- tests mirror the rooms ------------------------------------------------------------------------

_BRANCHES = (ast.If, ast.IfExp, ast.For, ast.While, ast.Match, ast.BoolOp, ast.comprehension)


def has_rules(module: Path) -> bool:
    """Whether a module has a function with a branch."""
    functions = (
        node
        for node in ast.walk(ast.parse(module.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    return any(isinstance(inner, _BRANCHES) for function in functions for inner in ast.walk(function))


# the kinds have a file together, since what is tested of them holds for all that are listed
@pytest.mark.parametrize(
    ("room", "others", "least"),
    [("core", {"test_kinds.py"}, 20), ("postgres", set[str](), 10), ("recording", set[str](), 1)],
)
def test_each_module_of_rules_in_a_room_has_a_test_file(room: str, others: set[str], least: int) -> None:
    wanted = {f"test_{one.stem}.py" for one in (SERVICE / room).glob("*.py") if has_rules(one)} | others
    assert len(wanted) > least
    assert wanted - {one.name for one in (ROOT / "tests" / room).glob("test_*.py")} == set()
