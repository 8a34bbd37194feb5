"""Where a document that is not JSON breaks, as the pointer of the value that was being read there."""

import re
from collections.abc import Iterator

_PART = re.compile(r'"(?:[^"\\]|\\.)*"?|[\[\]{},:]|[^\s\[\]{},:"]+', re.DOTALL)
_BYTE = re.compile(r"\(byte (\d+)\)")


def broken_at(data: bytes, message: str) -> str:
    """The RFC 6901 pointer of the value around the place that a decoder's message names, else around the end."""
    found = _BYTE.search(message)
    end = int(found[1]) if found else len(data)
    return "".join(f"/{_escaped(step)}" for step in _steps(data[:end].decode(errors="replace")))


def escaped(step: str) -> str:
    """A name as a step of a pointer."""
    return step.replace("~", "~0").replace("/", "~1")


def _escaped(step: str | int) -> str:
    return escaped(step) if isinstance(step, str) else str(step)


def _steps(text: str) -> Iterator[str | int]:
    """The names and places that lead to where the text ends."""
    open_at: list[str | int | None] = []  # of each open container the step taken in it; None: none yet
    is_list: list[bool] = []
    name: str | None = None  # the last string, which a colon makes a name
    for match in _PART.finditer(text):
        part = match.group()
        match part:
            case "{" | "[":
                is_list.append(part == "[")
                open_at.append(0 if part == "[" else None)
            case "}" | "]":
                if open_at:
                    open_at.pop()
                    is_list.pop()
            case ":":
                if open_at and not is_list[-1]:
                    open_at[-1] = name
            case ",":
                if open_at:
                    place = open_at[-1]
                    open_at[-1] = place + 1 if isinstance(place, int) else None
            case _:
                name = part.strip('"')
    for step in open_at:
        if step is None:
            return
        yield step
