"""Places in JSON documents, as RFC 6901 pointers: of a syntax error, a repeated name, of all that is there."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import cast

_PART = re.compile(rb'"(?:[^"\\]|\\.)*"?|[\[\]{},:]|[^\s\[\]{},:"]+', re.DOTALL)
_BYTE = re.compile(r"\(byte (\d+)\)")


def broken_at(data: bytes, message: str) -> str:
    """The pointer of the value in which decoding failed.

    The byte is taken out of the decoder's message; without one, it is the end of the data.
    """
    found = _BYTE.search(message)
    where: list[_Open] = []
    for _ in _names(data[: int(found[1])] if found else data, where):
        pass
    return _pointer(where)


def twin_at(data: bytes) -> str | None:
    """The pointer of the first name that an object of the document has twice; None if there is none."""
    where: list[_Open] = []
    for name in _names(data, where):
        if name in where[-1].names:
            return _pointer(where)
        where[-1].names.add(name)
    return None


def places_in(value: object, before: str = "") -> Iterator[str]:
    """The place of each field and item in a value of plain objects and lists, without the leading slash of a pointer."""
    fields: Iterator[tuple[object, object]] = iter(())
    if isinstance(value, Mapping):
        fields = iter(cast("Mapping[object, object]", value).items())
    elif isinstance(value, Sequence) and not isinstance(value, str):
        fields = enumerate(cast("Sequence[object]", value))
    for name, inner in fields:
        place = f"{before}{escaped(str(name))}"
        yield place
        yield from places_in(inner, f"{place}/")


def escaped(step: str) -> str:
    """A name escaped for use in a pointer."""
    return step.replace("~", "~0").replace("/", "~1")


def unescaped(step: str) -> str:
    """The name that a step of a pointer stands for."""
    return step.replace("~1", "/").replace("~0", "~")


class _Open:
    """A container that is being read, and the name or index reached in it."""

    __slots__ = ("names", "step")

    def __init__(self, *, is_list: bool) -> None:
        self.step: str | int | None = 0 if is_list else None  # None: no name yet
        self.names = set[str]()


def _names(data: bytes, where: list[_Open]) -> Iterator[str]:
    """The names of all objects, in order. `where` always holds the open containers, outermost first."""
    last = b""  # the last string; it is a name if a colon follows
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
    """A name without its quotes and escapes; if it is broken, whatever can be decoded."""
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
