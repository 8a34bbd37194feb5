"""The picture of imports in `docs/architecture.md`, made of what the modules of `service/` import.

uv run python -m tests.rooms_picture        # writes it
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Final

import grimp

from service.settings import CAPABILITIES

ROOT: Final = Path(__file__).resolve().parent.parent
GUIDE: Final = ROOT / "docs" / "architecture.md"
_PLACE: Final = re.compile(r"(<!-- imports: begin -->\n)(.*?)(<!-- imports: end -->)", re.DOTALL)

Arrows = Mapping[str, set[str]]  # a room to others


def layers() -> list[list[str]]:
    """The rooms from the outermost to the innermost, as the contract of import-linter orders them."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    (found,) = [one["layers"] for one in project["tool"]["importlinter"]["contracts"] if one["id"] == "rooms"]
    return [layer.split(" | ") for layer in found]


def imports() -> dict[str, set[str]]:
    """The rooms that each room imports from, also inside functions and for types alone."""
    graph = grimp.build_graph("service", cache_dir=None)
    found: dict[str, set[str]] = {room: set() for layer in layers() for room in layer}
    for module in graph.modules - {"service"}:
        for other in graph.find_modules_directly_imported_by(module) - {"service"}:
            here, there = module.split(".")[1], other.split(".")[1]
            if here != there:
                found[here].add(there)
    return found


def loaded() -> dict[str, set[str]]:
    """The capabilities, which the application imports by their names."""
    return {"app": set(CAPABILITIES)}


def picture() -> list[str]:
    """The lines of the picture. An arrow from A to C is left out where there are arrows from A to B and from B to C.

    Raises CycleError if the arrows lead in a circle.
    """
    known = imports()
    arrows = {room: others | loaded().get(room, set()) for room, others in known.items()}
    TopologicalSorter(arrows).prepare()
    lines = ["```mermaid", "flowchart TD"]
    for layer in layers():
        for room in layer:
            needed = {other for other in arrows[room] if not _implied(arrows, room, other)}
            for arrow, others in (("-->", needed & known[room]), ("-.->", needed - known[room])):
                if others:
                    lines.append(f"    {room} {arrow} {' & '.join(sorted(others))}")
    return [*lines, "```"]


def written() -> list[str]:
    """The lines of the picture in the guide."""
    found = _PLACE.search(GUIDE.read_text("utf-8"))
    return found[2].splitlines() if found else []


def _implied(arrows: Arrows, room: str, other: str) -> bool:
    return any(other in set(_reached(arrows, between)) for between in arrows[room] - {other})


def _reached(arrows: Arrows, room: str) -> Iterator[str]:
    for other in arrows[room]:
        yield other
        yield from _reached(arrows, other)


def main() -> None:
    """Write the picture into the guide."""
    drawn = "\n".join(picture()) + "\n"
    text = _PLACE.sub(lambda found: found[1] + drawn + found[3], GUIDE.read_text("utf-8"))
    GUIDE.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
