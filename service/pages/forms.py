"""The form of an assertion: its fields, made from the structs of a kind, and the JSON that a filled form stands for."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, Literal, NamedTuple, cast

import msgspec
from msgspec import inspect

from service.core.errors import Invalid
from service.core.kinds import NAMED
from service.core.kinds.base import Part
from service.core.periods import Period, parse_period
from service.core.places import escaped, unescaped
from service.core.quantities import Quantity

Sort = Literal["text", "number", "day", "choice", "lines", "pairs", "period"]
Form = Mapping[str, str]  # what was typed, by the names of the fields
_PARTS = 3  # how many parts of a list the form has fields for
_ORDER = {"/company": 0, "/subject": 1, "/period": 2, "/known_at": 3}  # the fields that come first
_APART = {"citations"}  # fields of an assertion that the page fills itself


class FormField(NamedTuple):
    """A field of the form. Its name is the JSON pointer of what it fills in the assertion."""

    pointer: str
    label: str
    help: str
    sort: Sort
    required: bool
    choices: tuple[str, ...] = ()
    group: str = ""  # the label of the quantity or part that it belongs to


@cache
def entries(kind: str) -> tuple[FormField, ...]:
    """The fields of the form for a kind, in order. Raises KeyError for an unknown kind."""
    found = list(_fields(NAMED[kind].assertion, "", "", required=True))
    return tuple(sorted(found, key=lambda entry: _ORDER.get(entry.pointer, len(_ORDER))))


def document(kind: str, form: Form) -> dict[str, Any]:
    """The assertion that a filled form stands for, without citations. Empty fields are left out.

    Raises Invalid for a period or a dimension that cannot be read; the rest is for the API to judge.
    """
    found: dict[str, Any] = {"kind": kind}
    for entry in entries(kind):
        text = form.get(entry.pointer, "").strip()
        if text:
            _put(found, entry.pointer, _read(entry, text))
    return cast("dict[str, Any]", _compact(found))


def filled(kind: str, fact: Mapping[str, Any]) -> dict[str, str]:
    """The form that stands for an assertion."""
    found: dict[str, str] = {}
    for entry in entries(kind):
        value = _at(fact, entry.pointer)
        if value is not None:
            found[entry.pointer] = _written(entry, value)
    return found


def _fields(struct: type, at: str, group: str, *, required: bool) -> Iterator[FormField]:
    described = inspect.type_info(struct)
    if not isinstance(described, inspect.StructType):
        raise TypeError(f"{struct} has no fields")
    for field in described.fields:
        if field.encode_name in _APART and not at:
            continue
        pointer = f"{at}/{escaped(field.encode_name)}"
        label = _label(field.encode_name)
        yield from _entries(field.type, pointer, label, group, field.required and required)


def _entries(
    wanted: inspect.Type, pointer: str, label: str, group: str, required: bool
) -> Iterator[FormField]:
    told, bare = _bare(wanted)
    match bare:
        case inspect.StructType(cls=cls) if cls is Period:
            yield FormField(
                pointer, label, "2025, 2025Q3, 2025-09-30 or 2025-07-01/2025-09-30", "period", required
            )
        case inspect.StructType(cls=cls):
            # the value itself is no group: its fields stand beside those of the fact
            inner = "" if pointer == "/value" else f"{group}: {label.lower()}" if group else label
            yield from _fields(cls, pointer, inner, required=required)
        case inspect.ListType(item_type=item):
            part = _bare(item)[1]
            if isinstance(part, inspect.StructType) and issubclass(part.cls, Part):
                for place in range(_PARTS):
                    yield from _fields(
                        part.cls,
                        f"{pointer}/{place}",
                        f"{label.removesuffix('s')} {place + 1}",
                        required=False,
                    )
            else:
                yield FormField(pointer, label, f"{told} One a line.".strip(), "lines", required, (), group)
        case inspect.DictType():
            yield FormField(pointer, label, "One a line, as geography: CN", "pairs", required)
        case inspect.LiteralType(values=values):
            choices = tuple(map(str, values))
            yield FormField(pointer, label, told, "choice", False, choices, group)
        case inspect.IntType():
            yield FormField(pointer, label, told, "number", required, (), group)
        case inspect.DateType():
            yield FormField(pointer, label, told, "day", required, (), group)
        case _:
            yield FormField(pointer, label, told, "text", required, (), group)


def _bare(wanted: inspect.Type) -> tuple[str, inspect.Type]:
    """The description of a type, and the type without descriptions and null."""
    told = ""
    while True:
        match wanted:
            case inspect.Metadata(type=inner):
                schema = cast("dict[str, object]", wanted.extra_json_schema or {})
                told = told or str(schema.get("description", "")).replace("`", "")
                wanted = inner
            case inspect.UnionType(types=types):
                (wanted,) = (one for one in types if not isinstance(one, inspect.NoneType))
            case _:
                return told, wanted


def _label(name: str) -> str:
    words = name.replace("_", " ")
    return f"{words[:1].upper()}{words[1:]}"


def _read(entry: FormField, text: str) -> object:
    """The JSON value of a filled field."""
    match entry.sort:
        case "number":
            return int(text) if text.removeprefix("-").isdecimal() and len(text) < 30 else text
        case "lines":
            return [line.strip() for line in text.splitlines() if line.strip()]
        case "pairs":
            return dict(_pair(line, entry) for line in text.splitlines() if line.strip())
        case "period":
            try:
                return msgspec.to_builtins(parse_period(text).period)
            except ValueError as error:
                raise Invalid(f"{entry.label}: {error}", pointer=entry.pointer) from None
        case _:
            return text


def _pair(line: str, entry: FormField) -> tuple[str, str]:
    name, colon, member = line.partition(":")
    if not colon or not name.strip() or not member.strip():
        raise Invalid(f"{entry.label}: write each as name: value, not {line[:100]!r}", pointer=entry.pointer)
    return name.strip(), member.strip()


def _written(entry: FormField, value: object) -> str:
    """What stands in a field that is filled with a JSON value."""
    match value:
        case list():
            return "\n".join(map(str, cast("list[object]", value)))
        case dict() if entry.sort == "period":
            period = cast("dict[str, str]", value)
            return period.get("instant") or f"{period['start']}/{period['end']}"
        case dict():
            return "\n".join(f"{name}: {member}" for name, member in cast("dict[str, str]", value).items())
        case _:
            return str(value)


def _steps(pointer: str) -> list[str]:
    return [unescaped(step) for step in pointer.split("/")[1:]]


def _put(whole: dict[str, Any], pointer: str, value: object) -> None:
    *steps, last = _steps(pointer)
    for step in steps:
        whole = whole.setdefault(step, {})
    whole[last] = value


def _at(whole: object, pointer: str) -> object:
    for step in _steps(pointer):
        if isinstance(whole, Mapping):
            whole = cast("Mapping[str, object]", whole).get(step)
        elif isinstance(whole, list) and step.isdecimal():
            whole = next(iter(cast("list[object]", whole)[int(step) :]), None)
        else:
            return None
    return whole


def _compact(value: object) -> object:
    """The value with the parts of lists, which were put by their numbers, as lists without gaps."""
    if not isinstance(value, dict):
        return value
    held = cast("dict[str, object]", value)
    if held and all(name.isdecimal() for name in held):
        return [_compact(held[name]) for name in sorted(held, key=int)]
    return {name: _compact(one) for name, one in held.items()}


def place_of(pointer: str | None, known: Iterable[FormField]) -> str | None:
    """The name of the form's field that a flaw at a pointer is about: itself, or the first below or above it."""
    if pointer is None:
        return None
    names = [entry.pointer for entry in known]
    below = [name for name in names if name == pointer or name.startswith(f"{pointer}/")]
    above = [name for name in names if pointer.startswith(f"{name}/")]
    return next(iter([*below, *above]), None)


def quantity_fields(kind: str, quantity: Mapping[str, object]) -> dict[str, str]:
    """The fields of a kind's main quantity, filled with a quantity that was read; none if the kind has no quantity."""
    main = NAMED[kind].main
    if main is None:
        return {}
    names = {field.encode_name for field in msgspec.structs.fields(Quantity)}
    return {
        f"/value/{main}/{name}": str(value)
        for name, value in ({"decimals": 0} | dict(quantity)).items()
        if name in names and value is not None and (name, value) != ("bound", "exact")
    }
