"""The kinds of fact. Each is one file of this package; this one lists them and reads what they say of themselves.

A new kind is its file, its name in `Kind` and its definition in `KINDS`: what decodes, checks, searches, lists
and documents facts derives from these.
"""

from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple, cast

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
# in the order in which documents name them
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
    label: str = ""  # the words of the value that say what it is of
    role: Role | None = None  # of a whole number: how a passage gives it; without one no passage does


class Name(NamedTuple):
    """One name in a value."""

    field: str  # its path: `products/0`
    sort: NameSort
    name: str


def decoded(kind: Kind, stored: bytes) -> Value:
    """A value of the kind, from its JSON."""
    return _DECODERS[kind].decode(stored)


def main_quantity(value: Value) -> Quantity | None:
    """The quantity that filters, disputes and series look at."""
    field = _BY_VALUE[type(value)].main
    return None if field is None else getattr(value, field)


def text_of(value: Value) -> str:
    """What the value is about, in short; empty where it says a number alone."""
    field = _BY_VALUE[type(value)].text
    return "" if field is None else getattr(value, field)


def search_words(value: Value) -> str | None:
    """The words of a value that a search finds it by; None where it says a number alone."""
    fields = _BY_VALUE[type(value)].searched
    return None if fields is None else " · ".join(text for path in fields for _, text in _texts(value, path))


def names(value: Value) -> tuple[Name, ...]:
    """Every name in the value: of partners, products, markets, places."""
    sorts = _BY_VALUE[type(value)].names
    return tuple(
        Name(field, sort, text) for path, sort in sorts.items() for field, text in _texts(value, path)
    )


def numbers(value: Value) -> tuple[Number, ...]:
    """Every numeric field of the value, in the order of its fields; text and period are none."""
    return tuple(_numbers(value, "", "", _BY_VALUE[type(value)].roles))


def sentence(value: Value, dimensions: Mapping[str, str], period: Period | None) -> str:
    """A value for a person, where and when it holds included: "36 percent of the AI cloud market in China in 2025"."""
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
    """The path and the text of what stands at a field: a text, a list of texts, or a text of each part of a list."""
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
