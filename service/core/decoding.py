"""Strict decoding of JSON, with errors that say where the mistake is and what would be right."""

import json
import re
from collections.abc import Iterator
from difflib import get_close_matches
from functools import cache
from typing import Generic, TypeVar, cast

import msgspec
from msgspec import inspect

from service.core.errors import Malformed

T = TypeVar("T")

_AT = re.compile(r"^(?P<what>.*?)(?: - at `(?P<path>[^`]*)`)?$", re.DOTALL)
_UNKNOWN = re.compile(r"^Object contains unknown field `(?P<name>.*)`$", re.DOTALL)
_NAME_SHOWN = 100
_STEP = re.compile(r"\.([^.\[\]]+)|\[(\d+|\.\.\.)\]")


class Reader(Generic[T]):
    """Decodes JSON of one type."""

    def __init__(self, wanted: object) -> None:
        # a union is not a `type` to the type checker, but msgspec accepts it
        self._wanted = cast("type[T]", wanted)
        self._decoder = msgspec.json.Decoder(self._wanted)

    def read(self, data: bytes) -> T:
        """Decode a value. Raises Malformed, with a JSON pointer, if it is not of the type.

        An object with a duplicate name is refused, because decoders differ in which of the two they keep.
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
            pointer = f"{pointer}/{_escaped(name)}"
            name = name[:_NAME_SHOWN]  # the time of comparing grows with the length
            near = get_close_matches(name, _names(self._wanted), 1)
            what = f"there is no field {name!r}" + (f"; did you mean {near[0]!r}?" if near else "")
        return Malformed(what, pointer=pointer)


class _Pairs(list[tuple[str, object]]):
    """A JSON object as a list of its members in order, with duplicate names."""


def _refuse_twins(data: bytes) -> None:
    twins = False

    def pairs(found: list[tuple[str, object]]) -> None:
        nonlocal twins
        twins = twins or len({name for name, _ in found}) != len(found)

    json.loads(data, object_pairs_hook=pairs, parse_int=len, parse_float=len)
    if twins:
        whole: object = json.loads(data, object_pairs_hook=_Pairs, parse_int=len, parse_float=len)
        pointer, name = next(_twins(whole, ""))
        raise Malformed(f"the name {name[:_NAME_SHOWN]!r} stands twice in one object", pointer=pointer)


def _twins(value: object, pointer: str) -> Iterator[tuple[str, str]]:
    """The JSON pointer and name of each duplicate."""
    if isinstance(value, _Pairs):
        seen: set[str] = set()
        for name, inner in value:
            place = f"{pointer}/{_escaped(name)}"
            if name in seen:
                yield place, name
            seen.add(name)
            yield from _twins(inner, place)
    elif isinstance(value, list):
        for place, inner in enumerate(cast("list[object]", value)):
            yield from _twins(inner, f"{pointer}/{place}")


def _escaped(name: str) -> str:
    """A name as a step of a JSON pointer (RFC 6901)."""
    return name.replace("~", "~0").replace("/", "~1")


@cache
def _names(wanted: type) -> tuple[str, ...]:
    return tuple(sorted(set(_fields(inspect.type_info(wanted), set()))))


def _fields(info: inspect.Type, seen: set[type]) -> Iterator[str]:
    match info:
        case inspect.StructType() if info.cls not in seen:
            seen.add(info.cls)
            if info.tag_field is not None:
                yield info.tag_field
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
