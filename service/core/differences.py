"""Differences between two versions of a fact, and the class of each step between them."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Annotated, Literal, TypeAlias, Union
from uuid import UUID

import msgspec
from msgspec import Meta, Struct

from service.core.facts import Position, Retraction, VersionNumber
from service.core.history import Version
from service.core.places import escaped
from service.core.quantities import Quantity, agree, last_nonzero_digit, numeric, rounded

Json: TypeAlias = Union[bool, int, float, str, list["Json"], Mapping[str, "Json"], None]  # noqa: UP007

StepClass = Literal["first", "re_reported", "rounding", "restated", "rival", "retracted", "evidence"]


_Leaf = (
    Annotated[str, Meta(max_length=5000)] | Annotated[int, Meta(ge=-(2**53) + 1, le=2**53 - 1)] | bool | None
)


class Change(Struct, frozen=True, kw_only=True):
    """One field that differs."""

    pointer: Annotated[
        str,
        Meta(max_length=1000, description="RFC 6901 pointer into the fact.", examples=["/value/share/value"]),
    ]
    before: Annotated[_Leaf, Meta(description="What stood there; null for nothing.", examples=["28"])]
    after: Annotated[_Leaf, Meta(description="What stands there; null for nothing.", examples=["36"])]


class Step(Struct, frozen=True, kw_only=True):
    """One entry of the log on the way."""

    position: Annotated[Position, Meta(description="Its place in the log.", examples=[812])]
    version: VersionNumber
    change: Annotated[
        StepClass,
        Meta(
            description="`first`; `re_reported` (the same again); `rounding`; `restated` (the publisher says "
            "otherwise); `rival` (another publisher does); `retracted`; `evidence` (a later check came to another result).",
            examples=["restated"],
        ),
    ]


class Diff(Struct, frozen=True, kw_only=True):
    """The way from one version of a fact to another."""

    id: Annotated[UUID, Meta(description="The fact.", examples=["ff15fa6d-9178-8e12-8a5b-5ba4de7a66c5"])]
    from_version: Annotated[VersionNumber, Meta(description="Where it starts.")] = msgspec.field(name="from")
    to_version: Annotated[VersionNumber, Meta(description="Where it ends.")] = msgspec.field(name="to")
    changes: Annotated[
        list[Change], Meta(max_length=1000, description="The fields that differ between the two.")
    ]
    steps: Annotated[
        list[Step],
        Meta(
            max_length=10000,
            description="What was recorded of the fact after the first, up to the second and its checks.",
        ),
    ]


def changes(before: Json, after: Json, pointer: str = "") -> Iterator[Change]:
    """The leaves that differ between two JSON values, with RFC 6901 pointers."""
    if isinstance(before, Mapping) or isinstance(after, Mapping):
        one, other = _fields(before), _fields(after)
        for name in [*one, *(name for name in other if name not in one)]:
            yield from changes(one.get(name), other.get(name), f"{pointer}/{escaped(name)}")
    elif isinstance(before, list) or isinstance(after, list):
        first, second = _items(before), _items(after)
        for place in range(max(len(first), len(second))):
            yield from changes(
                first[place] if place < len(first) else None,
                second[place] if place < len(second) else None,
                f"{pointer}/{place}",
            )
    elif before != after:
        yield Change(pointer=pointer, before=_leaf(before), after=_leaf(after))


def _fields(value: Json) -> Mapping[str, Json]:
    return value if isinstance(value, Mapping) else {}


def _items(value: Json) -> Sequence[Json]:
    return value if isinstance(value, list) else []


def _leaf(value: Json) -> str | int | None:
    return value if value is None or isinstance(value, str | int) else str(value)


def classify(version: Version | Retraction, earlier: Sequence[Version]) -> StepClass:
    """The class of a version, given the assertions recorded before it.

    It is compared with the last version of its publisher, else with the last of all.
    """
    if isinstance(version, Retraction):
        return "retracted"
    if not earlier:
        return "first"
    own = [v for v in earlier if v.publisher == version.publisher]
    before = max(own or earlier, key=lambda v: v.version)
    if numeric(msgspec.json.decode(before.value)) == numeric(msgspec.json.decode(version.value)):
        return "re_reported"
    if _rounded(before.quantity, version.quantity):
        return "rounding"
    return "restated" if own else "rival"


def _rounded(one: Quantity | None, other: Quantity | None) -> bool:
    """Whether two quantities differ by no more than their accuracy, or than one's trailing zeros."""
    if one is None or other is None or one.unit != other.unit or one == other:
        return False
    if agree(one, other):
        return True
    if one.value is None or other.value is None:
        return False
    first, second = Decimal(one.value), Decimal(other.value)
    return _at_zeros(first, second) or _at_zeros(second, first)


def _at_zeros(coarse: Decimal, fine: Decimal) -> bool:
    decimals = last_nonzero_digit(coarse)
    return decimals is not None and rounded(fine, decimals) == coarse
