"""The table of kinds in `docs/concepts.md`, made of what the kinds say.

uv run python -m tests.kinds_table        # writes it
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from msgspec import inspect

from service.core.kinds import KINDS, Definition

GUIDE: Final = Path(__file__).resolve().parent.parent / "docs" / "concepts.md"
_HEAD: Final = ("| kind | what it is | value | main quantity |", "| --- | --- | --- | --- |")


def table() -> list[str]:
    """The lines of the table."""
    return [*_HEAD, *(_row(kind) for kind in KINDS)]


def written() -> list[str]:
    """The lines of the table in the guide."""
    lines = GUIDE.read_text("utf-8").splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith("| kind | "))
    return lines[start : lines.index("", start)]


def _row(kind: Definition) -> str:
    fields = _fields(kind)
    needed = ", ".join(text for text, required in fields if required)
    others = ", ".join(text for text, required in fields if not required)
    main = "" if kind.main is None else f"`{kind.main}`"
    what = " ".join((kind.fact.__doc__ or "").split())
    return f"| `{kind.name}` | {what} | {needed}{f', perhaps {others}' if others else ''} | {main} |"


def _fields(kind: Definition) -> list[tuple[str, bool]]:
    """How each field is told, and whether it must be given."""
    info = inspect.type_info(kind.value)
    assert isinstance(info, inspect.StructType)
    return [(f"`{one.encode_name}`{_words(one.type)}", one.required) for one in info.fields]


def _words(info: inspect.Type) -> str:
    words = ", ".join(f"`{word}`" for word in _enumerated(info))
    return f" ({words})" if words else ""


def _enumerated(info: inspect.Type) -> Iterator[object]:
    match info:
        case inspect.LiteralType():
            # in the alphabetical order that msgspec gives
            yield from info.values
        case inspect.UnionType():
            for one in info.types:
                yield from _enumerated(one)
        case inspect.Metadata():
            yield from _enumerated(info.type)
        case _:
            pass


if __name__ == "__main__":
    GUIDE.write_text(GUIDE.read_text("utf-8").replace("\n".join(written()), "\n".join(table())), "utf-8")
