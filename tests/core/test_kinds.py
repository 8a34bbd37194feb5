"""The definitions of kinds fit their structs, and what derives from them is right."""

from collections.abc import Iterator
from datetime import date
from typing import get_args

import msgspec
import pytest
from msgspec import inspect

from service.core.kinds import (
    KINDS,
    NAMED,
    Definition,
    Kind,
    Name,
    Number,
    Value,
    main_quantity,
    names,
    numbers,
    search_words,
    sentence,
    text_of,
)
from service.core.kinds.expansion import ExpansionValue
from service.core.kinds.investment import InvestmentValue
from service.core.kinds.market_share import MarketShareValue
from service.core.kinds.metric import MetricValue
from service.core.kinds.partnership import PartnershipValue
from service.core.kinds.product import ProductValue
from service.core.kinds.program import Benefit, ProgramValue
from service.core.kinds.statement import StatementValue
from service.core.periods import Period
from service.core.quantities import Quantity, in_words
from tests import kinds_table
from tests.conformity import DOCUMENT

PERCENT = Quantity(unit="percent", value="36")
DOLLARS = Quantity(unit="USD", value="12000000000", decimals=-9)
YEAR = Period(start=date(2025, 1, 1), end=date(2025, 12, 31))

# of the body of an assertion, by the kind's struct
EXAMPLES = DOCUMENT["paths"]["/v1/facts"]["post"]["requestBody"]["content"]["application/json"]["examples"]

each_kind = pytest.mark.parametrize("kind", [pytest.param(kind, id=kind.name) for kind in KINDS])


def field_types(struct: type) -> dict[str, inspect.Type]:
    info = inspect.type_info(struct)
    assert isinstance(info, inspect.StructType)
    return {field.name: field.type for field in info.fields}


def plain(info: inspect.Type) -> Iterator[inspect.Type]:
    """The types of a field, including the element types of lists."""
    match info:
        case inspect.Metadata():
            yield from plain(info.type)
        case inspect.UnionType():
            for one in info.types:
                yield from plain(one)
        case inspect.ListType():
            yield from plain(info.item_type)
        case inspect.NoneType():
            pass
        case _:
            yield info


def is_words(struct: type, path: str) -> bool:
    """Whether the path leads to text."""
    field, _, inner = path.partition("/")
    found = list(plain(field_types(struct)[field]))
    if inner:
        return all(isinstance(one, inspect.StructType) and is_words(one.cls, inner) for one in found)
    return all(isinstance(one, inspect.StrType | inspect.LiteralType) for one in found)


def test_the_names_are_those_of_the_kinds() -> None:
    assert get_args(Kind) == tuple(kind.name for kind in KINDS)
    assert list(NAMED) == list(get_args(Kind))


@each_kind
def test_the_structs_of_a_kind_are_tagged_with_its_name_and_carry_its_value(kind: Definition) -> None:
    for struct in (kind.assertion, kind.fact):
        assert struct.__struct_config__.tag == kind.name
        value = field_types(struct)["value"]
        assert isinstance(value, inspect.StructType)
        assert value.cls is kind.value


@each_kind
def test_what_a_kind_says_of_its_fields_is_so(kind: Definition) -> None:
    fields = field_types(kind.value)
    if kind.main is not None:
        (main,) = plain(fields[kind.main])
        assert isinstance(main, inspect.StructType)
        assert main.cls is Quantity
    for path in (*filter(None, [kind.text]), *(kind.searched or ()), *kind.names):
        assert is_words(kind.value, path), path
    whole = {
        name for name, info in fields.items() if any(isinstance(one, inspect.IntType) for one in plain(info))
    }
    assert whole == set(kind.roles), "a whole number without a role is supported by no passage"


# a value; its main quantity, text and searched words; its numbers and names; and its sentence for China in 2025
VALUES: list[tuple[Value, Quantity | None, str, str | None, list[Number], list[Name], str]] = [
    (
        MetricValue(quantity=PERCENT, comparison="yoy", streak=8),
        PERCENT, "", None,
        [Number("quantity", PERCENT), Number("streak", 8, role="streak")],
        [],
        "36 percent compared with the year before, 8 periods in a row in China in 2025",
    ),
    (
        MarketShareValue(market="AI cloud", share=PERCENT, market_size=DOLLARS, rank=1),
        PERCENT, "AI cloud", "AI cloud",
        [Number("share", PERCENT), Number("market_size", DOLLARS), Number("rank", 1, role="rank")],
        [Name("market", "market", "AI cloud")],
        "36 percent (number 1) of the AI cloud market of 12 billion USD in China in 2025",
    ),
    (
        InvestmentValue(amount=DOLLARS, horizon_years=3, purpose=["AI", "cloud", "chips"], stage="announced"),
        DOLLARS, "", "AI · cloud · chips · announced",
        [Number("amount", DOLLARS), Number("horizon_years", 3, role="duration")],
        [],
        "12 billion USD over 3 years for AI, cloud and chips (announced) in China in 2025",
    ),
    (
        ProgramValue(
            name="Catalyst", audience="startups", url="https://example.org",
            benefits=[Benefit(what="advice"), Benefit(what="credits", quantity=DOLLARS)],
        ),
        None, "Catalyst", "Catalyst · startups · advice · credits",
        [Number("benefits/1/quantity", DOLLARS, "credits")],
        [Name("name", "program", "Catalyst")],
        "Catalyst for startups: advice and credits (12 billion USD) in China in 2025",
    ),
    (
        PartnershipValue(
            counterparty="shiseido", products=["Qwen", "Studio"], purpose="care", outcome=PERCENT, outcome_what="efficiency"
        ),
        PERCENT, "shiseido", "shiseido · Qwen · Studio · care · efficiency",
        [Number("outcome", PERCENT)],
        [
            Name("counterparty", "counterparty", "shiseido"),
            Name("products/0", "product", "Qwen"),
            Name("products/1", "product", "Studio"),
        ],
        "partnership with shiseido for care, using Qwen and Studio; outcome 36 percent, efficiency in China in 2025",
    ),
    (
        ProductValue(name="Qwen", category="models", license="open source", owner="alibaba"),
        None, "Qwen", "Qwen · models · open source",
        [],
        [Name("name", "product", "Qwen"), Name("owner", "company", "alibaba")],
        "Qwen, models (open source), of alibaba in China in 2025",
    ),
    (
        ExpansionValue(what="data centre", location="CN", status="planned", purpose=["growth", "lower latency"]),
        None, "data centre", "data centre · CN · planned · growth · lower latency",
        [],
        [Name("location", "location", "CN")],
        "data centre in China for growth and lower latency (planned) in 2025",
    ),
    (
        StatementValue(text="All is well", topic="health"),
        None, "All is well", "All is well · health",
        [],
        [],
        "All is well in China in 2025",
    ),
]  # fmt: skip


@each_kind
def test_the_example_of_a_kind_has_its_words(kind: Definition) -> None:
    value = msgspec.convert(EXAMPLES[kind.assertion.__name__]["value"]["value"], kind.value)
    assert text_of(value) in value.words()
    main = main_quantity(value)
    assert main is None or in_words(main) in value.words()
    assert (search_words(value) is None) == (kind.searched is None)


@pytest.mark.parametrize(
    ("value", "main", "text", "searched", "numbered", "named", "said"),
    [pytest.param(*one, id=type(one[0]).__name__) for one in VALUES],
)
def test_what_a_value_says(
    value: Value,
    main: Quantity | None,
    text: str,
    searched: str | None,
    numbered: list[Number],
    named: list[Name],
    said: str,
) -> None:
    assert main_quantity(value) == main
    assert text_of(value) == text
    assert search_words(value) == searched
    assert list(numbers(value)) == numbered
    assert list(names(value)) == named
    assert sentence(value, {"geography": "CN"}, YEAR) == said


def test_what_may_be_absent_is_not_said() -> None:
    said = [
        sentence(MetricValue(quantity=PERCENT), {}, None),
        sentence(MarketShareValue(market="AI cloud", share=PERCENT), {}, None),
        sentence(InvestmentValue(amount=DOLLARS), {}, None),
        sentence(ProgramValue(name="Catalyst"), {}, None),
        sentence(PartnershipValue(counterparty="shiseido"), {}, None),
        sentence(PartnershipValue(counterparty="shiseido", outcome_what="speed"), {}, None),
        sentence(ProductValue(name="Qwen"), {"segment": "cloud", "geography": "middle-east"}, None),
        sentence(ExpansionValue(what="data centre", location="NL"), {"geography": "NL"}, None),
    ]
    assert said == [
        "36 percent",
        "36 percent of the AI cloud market",
        "12 billion USD",
        "Catalyst",
        "partnership with shiseido",
        "partnership with shiseido; outcome speed",
        "Qwen in middle east (segment: cloud)",
        "data centre in the Netherlands",
    ]
    assert search_words(InvestmentValue(amount=DOLLARS)) == ""


@pytest.mark.parametrize(
    ("period", "words"),
    [
        (YEAR, "in 2025"),
        (Period(start=date(2025, 7, 1), end=date(2025, 9, 30)), "in 2025Q3"),
        (Period(start=date(2025, 6, 29), end=date(2025, 9, 27)), "from 2025-06-29 to 2025-09-27"),
        (Period(start=date(2025, 12, 1), end=date(2025, 12, 31)), "from 2025-12-01 to 2025-12-31"),
        (Period(instant=date(2025, 9, 30)), "on 2025-09-30"),
    ],
)
def test_periods_in_words(period: Period, words: str) -> None:
    assert period.words() == words


@pytest.mark.parametrize(
    ("quantity", "words"),
    [
        (Quantity(unit="models", value="300", bound="at_least"), "at least 300 models"),
        (Quantity(unit="percentage_points", low="10", high="99.50"), "10 to 99.5 percentage points"),
        (Quantity(unit="USD", value="-2500000"), "-2.5 million USD"),
        (Quantity(unit="USD", value="193186123"), "193,186,123 USD"),
        (Quantity(unit="USD", value="53125000000", bound="about"), "about 53.125 billion USD"),
        (Quantity(unit="JPY", value="1000000000000"), "1 trillion JPY"),
        (Quantity(unit="users", value="170000"), "170,000 users"),
    ],
)
def test_quantities_in_words(quantity: Quantity, words: str) -> None:
    assert in_words(quantity) == words


def test_the_guide_has_the_table_of_the_kinds() -> None:
    assert kinds_table.written() == kinds_table.table(), "run `uv run python -m tests.kinds_table`"
