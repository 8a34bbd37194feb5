"""The kinds of facts, one file each; this file lists them and has the functions that use their definitions.

A new kind needs its file, its name in `Kind` and its definition in `KINDS`. Decoding, evidence, search, lists and
documentation derive from these.
"""

from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple, cast, get_args, get_type_hints

import msgspec

from service.core.countries import place_in_words
from service.core.kinds.base import Part, Value
from service.core.kinds.definition import Definition, NameSort
from service.core.kinds.expansion import EXPANSION
from service.core.kinds.investment import INVESTMENT
from service.core.kinds.market_share import MARKET_SHARE
from service.core.kinds.metric import METRIC, Comparison
from service.core.kinds.partnership import PARTNERSHIP
from service.core.kinds.product import PRODUCT
from service.core.kinds.program import PROGRAM
from service.core.kinds.statement import STATEMENT
from service.core.periods import Period
from service.core.quantities import Quantity, Role

__all__ = ["KINDS", "MEASURED", "NAMED", "Comparison", "Definition", "Kind", "Name", "Number", "Value"]

Kind = Literal[
    "metric", "market_share", "investment", "program", "partnership", "product", "expansion", "statement"
]
# in the order of documentation
KINDS: tuple[Definition, ...] = (
    METRIC,
    MARKET_SHARE,
    INVESTMENT,
    PROGRAM,
    PARTNERSHIP,
    PRODUCT,
    EXPANSION,
    STATEMENT,
)

NAMED: Mapping[str, Definition] = {one.name: one for one in KINDS}
MEASURED: tuple[Kind, ...] = tuple(cast("Kind", one.name) for one in KINDS if one.main is not None)
_BY_VALUE = {one.value: one for one in KINDS}
_DECODERS = {one.name: msgspec.json.Decoder(one.value) for one in KINDS}


class Number(NamedTuple):
    """One numeric field of a value."""

    field: str  # its path: `benefits/0/quantity`
    quantity: Quantity | int
    label: str = ""  # the words of the value that the number belongs to
    role: Role | None = None  # of a whole number: how a passage states it; None: passages never do


class Name(NamedTuple):
    """One name in a value."""

    field: str  # its path: `products/0`
    sort: NameSort
    name: str


def decoded(kind: Kind, stored: bytes) -> Value:
    """Decode the JSON of a value of this kind."""
    return _DECODERS[kind].decode(stored)


def main_quantity(value: Value) -> Quantity | None:
    """The quantity that filters, disputes and series use; None if the value has none."""
    field = _BY_VALUE[type(value)].main
    return None if field is None else getattr(value, field)


def other_numbers(value: Value) -> tuple[Number, ...]:
    """The numeric fields of a value beside its main quantity, in field order."""
    main = _BY_VALUE[type(value)].main
    return tuple(one for one in numbers(value) if one.field != main)


def number_fields(definition: Definition) -> Mapping[str, bool]:
    """The fields of a kind's value that are numbers or lists of parts with numbers; True: whole numbers, without a unit."""
    hints = get_type_hints(definition.value)
    found: dict[str, bool] = {}
    for field in definition.value.__struct_fields__:
        parts = list(_parts(hints[field]))
        if int in parts:
            found[field] = True
        elif any(one is Quantity or (isinstance(one, type) and issubclass(one, Part)) for one in parts):
            found[field] = False
    return found


def _parts(hint: object) -> Iterator[object]:
    """The types that a type is made of: of a union, of a list."""
    if inner := get_args(hint):
        for one in inner:
            yield from _parts(one)
    else:
        yield hint


def text_of(value: Value) -> str:
    """The column `text` of tables: what the value is about; empty if it is only a number."""
    field = _BY_VALUE[type(value)].text
    return "" if field is None else getattr(value, field)


def search_words(value: Value) -> str | None:
    """The words that search indexes for a value; None if it is only a number."""
    fields = _BY_VALUE[type(value)].searched
    return None if fields is None else " · ".join(text for path in fields for _, text in _texts(value, path))


def names(value: Value) -> tuple[Name, ...]:
    """All names in a value: of partners, products, markets, places."""
    sorts = _BY_VALUE[type(value)].names
    return tuple(
        Name(field, sort, text) for path, sort in sorts.items() for field, text in _texts(value, path)
    )


def numbers(value: Value) -> tuple[Number, ...]:
    """All numeric fields of a value, in field order."""
    return tuple(_numbers(value, "", "", _BY_VALUE[type(value)].roles))


def sentence(value: Value, dimensions: Mapping[str, str], period: Period | None) -> str:
    """A value, dimensions and period as English words: "36 percent of the AI cloud market in China in 2025"."""
    said = [value.words()]
    has_place = "location" in _BY_VALUE[type(value)].names.values()
    for name, member in sorted(dimensions.items()):
        if name != "geography":
            said.append(f"({name}: {member})")
        elif not has_place:
            said.append(f"in {place_in_words(member)}")
    if period is not None:
        said.append(period.words())
    return " ".join(said)


def _texts(value: Value, path: str) -> Iterator[tuple[str, str]]:
    """(path, text) of each text at a path: of a text field, a list of texts, or a field of each part of a list."""
    field, _, inner = path.partition("/")
    content: object = getattr(value, field)
    if isinstance(content, str):
        yield field, content
    elif isinstance(content, list):
        for place, one in enumerate(cast("list[object]", content)):
            yield (
                (f"{field}/{place}/{inner}", getattr(one, inner)) if inner else (f"{field}/{place}", str(one))
            )


def _numbers(struct: Value | Part, before: str, label: str, roles: Mapping[str, Role]) -> Iterator[Number]:
    for field in struct.__struct_fields__:
        content: object = getattr(struct, field)
        if isinstance(content, Quantity) or (isinstance(content, int) and not isinstance(content, bool)):
            yield Number(before + field, content, label, roles.get(field))
        elif isinstance(content, list):
            for place, part in enumerate(cast("list[object]", content)):
                if isinstance(part, Part):
                    yield from _numbers(part, f"{before}{field}/{place}/", part.label, roles)
