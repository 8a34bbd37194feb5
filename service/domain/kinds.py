"""The eight kinds of fact and the value each carries."""

from typing import Annotated, Literal, NamedTuple, cast

import msgspec
from msgspec import Meta, Struct

from service.domain.quantities import Quantity, normal
from service.domain.text import Line, Slug, Text, Url

Kind = Literal[
    "metric", "market_share", "investment", "program", "partnership", "product", "expansion", "statement"
]
_DECIMALS = frozenset({"value", "low", "high"})

Comparison = Literal["yoy", "qoq"]
Whole = Annotated[int, Meta(ge=1, le=1000)]


class Value(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """What is known, without when and where from."""


class MetricValue(Value, frozen=True):
    """A measured or forecast quantity of a concept."""

    quantity: Annotated[Quantity, Meta(description="The measurement.")]
    comparison: Annotated[
        Comparison | None,
        Meta(
            description="What a growth rate compares with: the year before (`yoy`) or the quarter before (`qoq`).",
            examples=["yoy"],
        ),
    ] = None
    streak: Annotated[Whole | None, Meta(description="How many periods in a row it held.", examples=[8])] = (
        None
    )


class MarketShareValue(Value, frozen=True):
    """A company's part of a market."""

    market: Annotated[Line, Meta(description="Name of the market.", examples=["AI cloud"])]
    share: Annotated[Quantity, Meta(description="The part, usually in percent.")]
    market_size: Annotated[Quantity | None, Meta(description="Size of the whole market.")] = None
    rank: Annotated[
        Whole | None, Meta(description="Place among the competitors, 1 being the largest.", examples=[1])
    ] = None


class InvestmentValue(Value, frozen=True):
    """Money put, or to be put, into something."""

    amount: Annotated[Quantity, Meta(description="The sum.")]
    horizon_years: Annotated[Whole | None, Meta(description="Over how many years.", examples=[3])] = None
    purpose: Annotated[
        list[Line], Meta(max_length=20, description="What it is for.", examples=[["cloud"]])
    ] = []
    stage: Annotated[
        Literal["announced", "committed", "spent"] | None,
        Meta(description="How far it has come.", examples=["announced"]),
    ] = None


class Benefit(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """One thing that a program gives to its participants."""

    what: Annotated[Line, Meta(description="What is given.", examples=["cloud credits"])]
    quantity: Annotated[Quantity | None, Meta(description="How much of it.")] = None


class ProgramValue(Value, frozen=True):
    """An offer to a group of participants."""

    name: Annotated[Line, Meta(description="Name of the program.", examples=["AI Catalyst Program"])]
    benefits: Annotated[list[Benefit], Meta(max_length=20, description="What participants get.")] = []
    audience: Annotated[Line | None, Meta(description="Whom it is for.", examples=["startups"])] = None
    url: Annotated[Url | None, Meta(description="Page of the program.")] = None


class PartnershipValue(Value, frozen=True):
    """Joint work with another organisation."""

    counterparty: Annotated[
        Line,
        Meta(
            description="The partner: its slug where it is a company here, else its name.",
            examples=["shiseido"],
        ),
    ]
    products: Annotated[
        list[Line], Meta(max_length=20, description="Products used in it.", examples=[["Qwen"]])
    ] = []
    purpose: Annotated[Line | None, Meta(description="What it is for.", examples=["skin care research"])] = (
        None
    )
    outcome: Annotated[Quantity | None, Meta(description="What it brought, where that was measured.")] = None


class ProductValue(Value, frozen=True):
    """Something the company offers."""

    name: Annotated[Line, Meta(description="Name of the product.", examples=["Qwen"])]
    category: Annotated[
        Line | None,
        Meta(description="What sort of thing it is.", examples=["family of generative AI models"]),
    ] = None
    license: Annotated[
        Line | None, Meta(description="Licence, or class of licence.", examples=["open source"])
    ] = None
    owner: Annotated[Slug | None, Meta(description="Company that owns it, where that is another one.")] = None


class ExpansionValue(Value, frozen=True):
    """Growth into a place."""

    what: Annotated[Line, Meta(description="What is built or opened.", examples=["data centre"])]
    location: Annotated[
        Line,
        Meta(
            description="ISO 3166 code or name of a region; also the `geography` dimension.", examples=["BR"]
        ),
    ]
    status: Annotated[Line | None, Meta(description="How far it has come.", examples=["planned"])] = None


class StatementValue(Value, frozen=True):
    """A claim in words."""

    text: Annotated[
        Text,
        Meta(
            description="What is claimed.",
            examples=["Chips of its own make it less dependent on foreign suppliers."],
        ),
    ]
    topic: Annotated[
        Line | None, Meta(description="What it is about.", examples=["self-developed AI chips"])
    ] = None


AnyValue = (
    MetricValue
    | MarketShareValue
    | InvestmentValue
    | ProgramValue
    | PartnershipValue
    | ProductValue
    | ExpansionValue
    | StatementValue
)


class Number(NamedTuple):
    """One numeric field of a value: its path (`benefits/0/quantity`) and what stands in it."""

    field: str
    quantity: Quantity | int


def main_quantity(value: AnyValue) -> Quantity | None:
    """The quantity that filters, disputes and series look at: `quantity`, `share`, `amount` or `outcome`."""
    match value:
        case MetricValue():
            return value.quantity
        case MarketShareValue():
            return value.share
        case InvestmentValue():
            return value.amount
        case PartnershipValue():
            return value.outcome
        case _:
            return None


def told(value: AnyValue) -> str | None:
    """What a value says in words, in the order of its fields; None for a metric, which says a number alone."""
    if isinstance(value, MetricValue):
        return None
    fields = msgspec.structs.asdict(value)
    parts: list[str] = []
    for name, content in fields.items():
        if isinstance(content, str) and name not in {"url", "owner"}:
            parts.append(content)
        elif name in {"purpose", "products"} and isinstance(content, list):
            parts += map(str, cast("list[object]", content))
    if isinstance(value, ProgramValue):
        parts += [benefit.what for benefit in value.benefits]
    return " · ".join(parts)


def numbers(value: AnyValue) -> tuple[Number, ...]:
    """Every numeric field of the value, in the order of its fields; text and period are none."""
    found: list[Number] = []
    for field in value.__struct_fields__:
        content = getattr(value, field)
        if isinstance(content, Quantity | int):
            found.append(Number(field, content))
        elif field == "benefits" and isinstance(value, ProgramValue):
            found += [
                Number(f"benefits/{place}/quantity", benefit.quantity)
                for place, benefit in enumerate(value.benefits)
                if benefit.quantity is not None
            ]
    return tuple(found)


def numeric(value: object) -> object:
    """Builtins of a value with every decimal in its one spelling, so that equal numbers compare equal."""
    match value:
        case dict():
            fields = msgspec.convert(value, dict[str, object])
            if "unit" in fields:
                return {
                    name: normal(content) if name in _DECIMALS and isinstance(content, str) else content
                    for name, content in fields.items()
                }
            return {name: numeric(content) for name, content in fields.items()}
        case list():
            return [numeric(item) for item in msgspec.convert(value, list[object])]
        case _:
            return value
