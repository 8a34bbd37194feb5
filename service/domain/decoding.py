"""Reading JSON that somebody sent: strictly, and with an error that says where and what instead."""

import json
import re
from collections.abc import Iterator
from difflib import get_close_matches
from functools import cache
from typing import Generic, TypeVar, cast

import msgspec
from msgspec import inspect

from service.domain.errors import Flaw, Malformed

T = TypeVar("T")

_AT = re.compile(r"^(?P<what>.*?)(?: - at `(?P<path>[^`]*)`)?$", re.DOTALL)
_UNKNOWN = re.compile(r"^Object contains unknown field `(?P<name>.*)`$", re.DOTALL)
_STEP = re.compile(r"\.([^.\[\]]+)|\[(\d+|\.\.\.)\]")


class Reader(Generic[T]):
    """Decodes JSON of one type."""

    def __init__(self, wanted: object) -> None:
        # a union is no `type` to the checker, and a type to msgspec
        self._wanted = cast("type[T]", wanted)
        self._decoder = msgspec.json.Decoder(self._wanted)

    def read(self, data: bytes) -> T:
        """The value. Raises Malformed, with a JSON pointer, for anything that is not of the type.

        A name that stands twice in one object is refused: decoders differ in which of the two they keep.
        """
        try:
            value = self._decoder.decode(data)
        except msgspec.ValidationError as error:
            raise self._flawed(str(error)) from error
        except msgspec.DecodeError as error:
            raise Malformed(f"the body is not JSON: {error}") from error
        except UnicodeDecodeError as error:
            raise Malformed(f"the body is not UTF-8: {error.reason} at byte {error.start}") from error
        except RecursionError as error:
            raise Malformed("the body is nested too deeply") from error
        _refuse_twins(data)
        return value

    def _flawed(self, message: str) -> Malformed:
        match = _AT.match(message)
        what, path = (message, "$") if match is None else (match["what"], match["path"] or "$")
        pointer = "".join(f"/{name or place}" for name, place in _STEP.findall(path))
        unknown = _UNKNOWN.match(what)
        if unknown is not None:
            name = unknown["name"]
            pointer = f"{pointer}/{name}"
            near = get_close_matches(name, _names(self._wanted), 1)
            what = f"there is no field {name!r}" + (f"; did you mean {near[0]!r}?" if near else "")
        return Malformed(what, errors=[Flaw(pointer=pointer, detail=what)])


def _refuse_twins(data: bytes) -> None:
    twins: list[str] = []

    def pairs(found: list[tuple[str, object]]) -> None:
        names = [name for name, _ in found]
        if len(set(names)) != len(names):
            twins.extend(name for name in set(names) if names.count(name) > 1)

    json.loads(data, object_pairs_hook=pairs, parse_int=len, parse_float=len)
    if twins:
        detail = f"the name {min(twins)!r} stands twice in one object"
        raise Malformed(detail, errors=[Flaw(pointer=f"/{min(twins)}", detail=detail)])


@cache
def _names(wanted: type) -> tuple[str, ...]:
    return tuple(sorted(set(_fields(inspect.type_info(wanted), set()))))


def _fields(info: inspect.Type, seen: set[type]) -> Iterator[str]:
    match info:
        case inspect.StructType() if info.cls not in seen:
            seen.add(info.cls)
            for field in info.fields:
                yield field.encode_name
                yield from _fields(field.type, seen)
        case inspect.Metadata():
            yield from _fields(info.type, seen)
        case inspect.UnionType():
            for one in info.types:
                yield from _fields(one, seen)
        case inspect.ListType():
            yield from _fields(info.item_type, seen)
        case _:
            pass
