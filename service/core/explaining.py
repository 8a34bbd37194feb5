"""Says in a sentence why a value is not of its type, and what would be right.

msgspec says where the first mistake is, in the terms of its decoder. The sentence here is made of the type at that place
and the value that stands there. A pattern says what it means in its `Meta`: `extra={"form": "a slug, which is …"}`, to be
read after "is not"; beside it may stand `"near"`, a function that guesses the right text of a wrong one.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from functools import cache
from typing import NamedTuple, TypeGuard, TypeVar, cast

import msgspec
from msgspec import inspect

from service.core.places import escaped

T = TypeVar("T", bound=inspect.Type)

_AT = re.compile(r"^(?P<what>.*?)(?: - at (?P<key>`key` in )?`(?P<path>[^`]*)`)?$", re.DOTALL)
_STEP = re.compile(r"\.([^.\[\]]+)|\[(\d+|\.\.\.)\]")
_MISSING = re.compile(r"^Object missing required field `(?P<name>.*)`$", re.DOTALL)
_UNKNOWN = re.compile(r"^Object contains unknown field `(?P<name>.*)`$", re.DOTALL)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SHOWN = 100  # characters of a value or a name; the time of comparing names grows with their length


class Mistake(NamedTuple):
    """What is wrong with a value, and where."""

    what: str
    pointer: str  # RFC 6901
    steps: tuple[str, ...]  # names and indexes from the root


def explained(message: str, wanted: type, value: object) -> Mistake:
    """The mistake that msgspec has found.

    `message` is that of its ValidationError; `value` is what was decoded or converted, without a type, or UNSET if that
    is not known.
    """
    match = _AT.match(message)
    what, path, in_key = (
        (message, "$", False) if match is None else (match["what"], match["path"] or "$", bool(match["key"]))
    )
    # msgspec's path shows neither an object's dynamic names nor, in those, dots and brackets
    steps = [name or place for name, place in _STEP.findall(path)]
    info, found = _described(wanted), value
    if value is not msgspec.UNSET:
        info, found, steps = _followed(info, value, steps)
    missing, unknown = _MISSING.match(what), _UNKNOWN.match(what)
    if missing is not None:
        return _mistake("is required", [*steps, missing["name"]])
    if unknown is not None:
        struct = None if value is msgspec.UNSET else _struct(info, found)
        told = _no_field(unknown["name"], wanted, steps, struct)
        return _mistake(told, [*steps, unknown["name"]])
    if value is msgspec.UNSET:
        return _mistake(_plain(what), steps)
    if in_key and _is_object(found) and (keys := _of(info, inspect.DictType)) is not None:
        for name in found:
            wrong = _wrong(keys.key_type, name)
            if wrong is not None:
                return _mistake(wrong, [*steps, name])
    return _mistake(_wrong(info, found) or _plain(what), steps)


def _mistake(what: str, steps: Sequence[str]) -> Mistake:
    return Mistake(what, "".join(f"/{escaped(step)}" for step in steps), tuple(steps))


def _followed(
    info: inspect.Type, value: object, steps: Sequence[str]
) -> tuple[inspect.Type, object, list[str]]:
    """The type and the value at a place, and the way there with the names that `...` stands for."""
    way: list[str] = []
    for name in steps:
        step = name
        struct = _struct(info, value)
        items, members = _of(info, inspect.ListType), _of(info, inspect.DictType)
        if struct is not None:
            fields = {field.encode_name: field.type for field in struct.fields}
            if step == struct.tag_field:
                info = inspect.LiteralType((cast("str", struct.tag),))
            elif step in fields:
                info = fields[step]
            else:
                info = _tags(info, step)
        elif members is not None and step == "...":
            info = members.value_type
            step = next((key for key, one in _members(value) if _wrong(info, one) is not None), step)
        elif items is not None:
            info = items.item_type
        else:
            info = _tags(info, step)
        way.append(step)
        value = _inner(value, step)
    return info, value, way


def _members(value: object) -> Iterator[tuple[str, object]]:
    yield from value.items() if _is_object(value) else ()


def _inner(value: object, step: str) -> object:
    if _is_object(value):
        return value.get(step)
    if _is_list(value) and step.isdigit():
        items = value
        return items[int(step)] if int(step) < len(items) else None
    return None


def _choices(info: inspect.Type) -> list[inspect.Type]:
    """The types that a type is a union of, without what describes them."""
    match info:
        case inspect.Metadata():
            return [info] if isinstance(info.type, inspect.StrType) else _choices(info.type)
        case inspect.UnionType():
            return [one for member in info.types for one in _choices(member)]
        case _:
            return [info]


def _bare(info: inspect.Type) -> inspect.Type:
    return _bare(info.type) if isinstance(info, inspect.Metadata) else info


def _of(info: inspect.Type, kind: type[T]) -> T | None:
    return next((one for one in map(_bare, _choices(info)) if isinstance(one, kind)), None)


def _struct(info: inspect.Type, value: object) -> inspect.StructType | None:
    """The struct that a value is of: by its tag where there are several."""
    structs = [one for one in _choices(info) if isinstance(one, inspect.StructType)]
    if len(structs) == 1:
        return structs[0]
    return next(
        (one for one in structs if one.tag_field is not None and _inner(value, one.tag_field) == one.tag),
        None,
    )


def _tags(info: inspect.Type, field: str) -> inspect.Type:
    """The values of the field that tells structs of a union apart."""
    tags = [
        one.tag for one in _choices(info) if isinstance(one, inspect.StructType) and one.tag_field == field
    ]
    return inspect.LiteralType(tuple(cast("list[str]", tags))) if tags else inspect.AnyType()


def _wrong(info: inspect.Type, value: object) -> str | None:
    """What is wrong with a value itself, not with what it contains; None if that is not known."""
    choices = _choices(info)
    literals = [one for choice in choices if isinstance(choice, inspect.LiteralType) for one in choice.values]
    texts = [choice for choice in choices if isinstance(_bare(choice), inspect.StrType)]
    kinds = tuple(map(_bare, choices))
    if isinstance(value, str):
        if literals and not texts:
            return _none_of(value, [str(one) for one in literals])
        for choice in texts:
            return _text(choice, value)
        return _string(kinds, value)
    if isinstance(value, bool):
        right = any(isinstance(kind, inspect.BoolType) for kind in kinds)
    elif isinstance(value, int | float):
        for kind in kinds:
            if isinstance(kind, inspect.IntType | inspect.FloatType):
                return _number(kind, value)
        right = False
    elif _is_list(value):
        size = _of(info, inspect.ListType)
        right = size is not None
        if size is not None and (wrong := _size(len(value), size, "items")) is not None:
            return wrong
    elif _is_object(value):
        size = _of(info, inspect.DictType)
        right = size is not None or any(isinstance(kind, inspect.StructType) for kind in kinds)
        if size is not None and (wrong := _size(len(value), size, "members")) is not None:
            return wrong
    else:
        right = any(isinstance(kind, inspect.NoneType) for kind in kinds)
    return (
        None
        if right or any(isinstance(kind, inspect.AnyType | inspect.RawType) for kind in kinds)
        else _instead(info, value)
    )


def _none_of(value: str, words: Sequence[str]) -> str:
    near = get_close_matches(value[:_SHOWN].lower(), words, 1)
    told = f"did you mean {near[0]!r}? There are" if near else "there are"
    return (
        f"{_shown(value)} is not known; {told} {', '.join(words)}"
        if len(words) > 1
        else f"{_shown(value)} is not {words[0]!r}"
    )


def _text(choice: inspect.Type, value: str) -> str | None:
    kind = cast("inspect.StrType", _bare(choice))
    if kind.min_length and not value:
        return (
            f"is empty; write {_form(choice).removeprefix('of the form of ')}"
            if _form(choice)
            else "is empty"
        )
    if kind.max_length is not None and len(value) > kind.max_length:
        return f"has {len(value):,} characters; at most {kind.max_length:,} are taken"
    if kind.min_length is not None and len(value) < kind.min_length and kind.pattern is None:
        return f"has {len(value):,} characters; at least {kind.min_length:,} are needed"
    if kind.pattern is not None and re.search(kind.pattern, value) is None:
        if _DATE.fullmatch(value) and not _is_day(value):
            return _no_day(value)
        told = f"{_shown(value)} is not {_form(choice) or 'of the form that the contract describes'}"
        near = _near(choice, value[:_SHOWN])
        return told if near is None else f"{told}; perhaps `{near}`"
    return None


def _form(choice: inspect.Type) -> str:
    """What a text has to be, to be read after "is not"; empty if its type does not say."""
    extra: object = getattr(choice, "extra", None)  # of Metadata
    if _is_object(extra) and "form" in extra:
        return str(extra["form"])
    schema: object = getattr(choice, "extra_json_schema", None)
    examples = schema.get("examples") if _is_object(schema) else None
    return f"of the form of {examples[0]}" if _is_list(examples) and examples else ""


def _near(choice: inspect.Type, value: str) -> str | None:
    """The right text that a wrong one may mean, if its type can tell."""
    extra: object = getattr(choice, "extra", None)  # of Metadata
    near = extra.get("near") if _is_object(extra) else None
    return cast("str | None", near(value)) if callable(near) else None


def _string(kinds: Sequence[inspect.Type], value: str) -> str | None:
    """What is wrong with a string where there is no type of strings."""
    found = (_string_for(kind, value) for kind in kinds if not isinstance(kind, inspect.NoneType))
    return next(found, None)


def _string_for(kind: inspect.Type, value: str) -> str | None:
    match kind:
        case inspect.DateType():
            if _DATE.fullmatch(value):
                return None if _is_day(value) else _no_day(value)
            return f"{_shown(value)} is not a date such as 2025-12-31"
        case inspect.DateTimeType():
            return f"{_shown(value)} is not an instant such as 2026-11-24T03:04:05Z"
        case inspect.UUIDType():
            return f"{_shown(value)} is not a UUID such as 4f2a1c9e-0d3b-8a71-9c55-2b7e4d6f8a10"
        case inspect.BytesType():
            return "is not base64"
        case inspect.StructType():
            return f"{_shown(value)} is a string; write {_object(kind)}"
        case inspect.IntType() if re.fullmatch(r"-?[0-9]{1,30}", value):
            return f"{_shown(value)} is a string; write the number {value} without quotes"
        case _:
            wanted = _wanted(kind)
            return None if wanted is None else f"{_shown(value)} is a string; write {wanted}"


def _no_day(value: str) -> str:
    return f"{value} is not in the calendar: there is no such day"


def _is_day(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return _DATE.fullmatch(value) is not None


def _number(kind: inspect.IntType | inspect.FloatType, value: float) -> str | None:
    if isinstance(kind, inspect.IntType) and isinstance(value, float):
        return f"{value} is not a whole number"
    if kind.ge is not None and value < kind.ge:
        return f"{_shown(value)} is too small; the least is {kind.ge}"
    if kind.le is not None and value > kind.le:
        return f"{_shown(value)} is too large; the most is {kind.le:,}"
    return None


def _size(size: int, kind: inspect.ListType | inspect.DictType, what: str) -> str | None:
    if kind.min_length is not None and size < kind.min_length:
        return f"has {size:,} {what}; at least {kind.min_length:,} is needed"
    if kind.max_length is not None and size > kind.max_length:
        return f"has {size:,} {what}; at most {kind.max_length:,} are taken"
    return None


def _instead(info: inspect.Type, value: object) -> str:
    """What to write instead of a value of another JSON type."""
    choices = _choices(info)
    for choice in choices:
        match _bare(choice):
            case inspect.StrType(pattern=pattern) if _is_number(value):
                number = re.search(pattern, str(value)) if pattern else None
                if number is not None and re.search(str(pattern), "a") is None:
                    return f'{value} is a number; decimals are strings, so that no digit is lost: write "{value}"'
                return f"{_shown(value)} is a number; write a string, in quotes{f': {_form(choice)}' if _form(choice) else ''}"
            case inspect.DateType():
                return f'{_shown(value)} is {_kind(value)}; write a date in quotes, such as "2025-12-31"'
            case inspect.DateTimeType():
                return f'{_shown(value)} is {_kind(value)}; write an instant in quotes, such as "2026-11-24T03:04:05Z"'
            case inspect.StructType() as struct:
                return f"is {_kind(value)}; write {_object(struct)}"
            case inspect.ListType() if _is_object(value):
                return "is an object; write a list of them, in brackets: [{…}]"
            case _:
                pass
    allowed = list(dict.fromkeys(filter(None, map(_wanted, choices))))
    return (
        f"is {_kind(value)}; write {' or '.join(allowed)}"
        if allowed
        else f"is {_kind(value)}, which is not taken here"
    )


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _kind(value: object) -> str:
    if isinstance(value, str):
        return "a string"
    if isinstance(value, bool):
        return "a boolean"
    if isinstance(value, int | float):
        return "a number"
    if _is_list(value):
        return "a list"
    return "an object" if _is_object(value) else "null"


def _is_object(value: object) -> TypeGuard[Mapping[str, object]]:
    return isinstance(value, Mapping)


def _is_list(value: object) -> TypeGuard[list[object]]:
    return isinstance(value, list)


def _object(struct: inspect.StructType) -> str:
    names = [field.encode_name for field in struct.fields]
    return f"an object with {', '.join(names[:8])}{', …' if len(names) > 8 else ''}"


def _wanted(choice: inspect.Type) -> str | None:
    match _bare(choice):
        case inspect.StrType():
            return f"a string: {_form(choice)}" if _form(choice) else "a string"
        case inspect.IntType():
            return "a whole number"
        case inspect.FloatType():
            return "a number"
        case inspect.BoolType():
            return "true or false"
        case inspect.ListType():
            return "a list, in brackets"
        case inspect.DictType():
            return "an object with names and values"
        case inspect.UUIDType():
            return "a UUID, as a string"
        case inspect.BytesType():
            return "base64, as a string"
        case inspect.LiteralType(values=values):
            return f"one of {', '.join(map(str, cast('tuple[object, ...]', values)))}"
        case _:
            return None


def _shown(value: object) -> str:
    text = repr(value) if isinstance(value, str) else msgspec.json.encode(value).decode()
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _plain(what: str) -> str:
    """What msgspec says, as far as a client can use it."""
    if "matching regex" in what:
        return "is not of the form that the contract describes"
    if what.startswith("Number out of range"):
        return 'is a number that is too large; decimals are strings, such as "120"'
    return f"{what[:1].lower()}{what[1:]}".replace("`", "")


@cache
def _described(wanted: type) -> inspect.Type:
    """What a type consists of; the types of bodies and parameters are few, and are asked for with every refusal."""
    return inspect.type_info(wanted)


@cache
def _places(wanted: type) -> tuple[tuple[str, ...], ...]:
    """Where a type has fields: the names on the way to each, those nearest to the top first."""
    return tuple(sorted(set(_fields(_described(wanted), set())), key=lambda place: (len(place), place)))


def _fields(info: inspect.Type, seen: set[type]) -> Iterator[tuple[str, ...]]:
    match info:
        case inspect.StructType() if info.cls not in seen:
            seen.add(info.cls)
            if info.tag_field is not None:
                yield (info.tag_field,)
            for field in info.fields:
                yield (field.encode_name,)
                for place in _fields(field.type, seen):
                    yield (field.encode_name, *place)
        case inspect.Metadata():
            yield from _fields(info.type, seen)
        case inspect.UnionType():
            for one in info.types:
                yield from _fields(one, seen)
        case inspect.ListType():
            yield from _fields(info.item_type, seen)
        case _:
            pass


def _no_field(name: str, wanted: type, steps: Sequence[str], struct: inspect.StructType | None) -> str:
    """That there is no such field here, and where it belongs or which name was meant. `struct` is what stands here, if known."""
    shown = name[:_SHOWN]
    here = tuple(step for step in steps if not step.isdigit())
    places = _places(wanted)
    beside = [place[-1] for place in places if place[:-1] == here]
    if struct is not None:
        beside = [field.encode_name for field in struct.fields]
        beside += [struct.tag_field] if struct.tag_field else []
    elsewhere = [place for place in places if place[:-1] != here]
    names = [place[-1] for place in elsewhere]
    if name in names:
        way = elsewhere[names.index(name)][:-1]
        return f"there is no field {shown!r} here; it belongs " + (
            f"in {'.'.join(way)!r}" if way else "at the top"
        )
    near = get_close_matches(shown, beside, 1) or get_close_matches(shown, set(names), 1)
    return f"there is no field {shown!r}" + (f"; did you mean {near[0]!r}?" if near else "")
