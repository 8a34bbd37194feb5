"""Places in documents, as RFC 6901 pointers: where one that is not JSON breaks, where a name stands twice."""

import json
import re
from collections.abc import Iterator

_PART = re.compile(rb'"(?:[^"\\]|\\.)*"?|[\[\]{},:]|[^\s\[\]{},:"]+', re.DOTALL)
_BYTE = re.compile(r"\(byte (\d+)\)")


def broken_at(data: bytes, message: str) -> str:
    """The pointer of the value around the place that a decoder's message names, else around the end."""
    found = _BYTE.search(message)
    where: list[_Open] = []
    for _ in _names(data[: int(found[1])] if found else data, where):
        pass
    return _pointer(where)


def twin_at(data: bytes) -> str | None:
    """The pointer of the first name of a JSON document that its object has twice; None where none does."""
    where: list[_Open] = []
    for name in _names(data, where):
        if name in where[-1].names:
            return _pointer(where)
        where[-1].names.add(name)
    return None


def escaped(step: str) -> str:
    """A name as a step of a pointer."""
    return step.replace("~", "~0").replace("/", "~1")


class _Open:
    """A container that is being read, and the step last taken in it."""

    __slots__ = ("names", "step")

    def __init__(self, *, is_list: bool) -> None:
        self.step: str | int | None = 0 if is_list else None  # None: none yet
        self.names = set[str]()


def _names(data: bytes, where: list[_Open]) -> Iterator[str]:
    """The names of objects, one after the other; `where` is kept as the containers around, outermost first."""
    last = b""  # string, which a colon makes a name
    for match in _PART.finditer(data):
        part = match.group()
        match part:
            case b"{" | b"[":
                where.append(_Open(is_list=part == b"["))
            case b"}" | b"]":
                if where:
                    where.pop()
            case b":":
                if where and not isinstance(where[-1].step, int):
                    where[-1].step = name = _unquoted(last)
                    yield name
            case b",":
                if where:
                    step = where[-1].step
                    where[-1].step = step + 1 if isinstance(step, int) else None
            case _:
                last = part


def _unquoted(name: bytes) -> str:
    """A name as it reads; of a broken one what is left."""
    try:
        return str(json.loads(name))
    except ValueError:
        return name.strip(b'"').decode(errors="replace")


def _pointer(where: list[_Open]) -> str:
    steps: list[str] = []
    for one in where:
        if one.step is None:
            break
        steps.append(f"/{escaped(one.step) if isinstance(one.step, str) else one.step}")
    return "".join(steps)
