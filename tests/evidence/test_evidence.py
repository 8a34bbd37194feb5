"""A passage supports the quantity it states, and no quantity that differs in one respect."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from msgspec import Struct, convert, json, structs

from service.core.citations import READER, Evidence, TextQuote, Verdict
from service.core.kinds.investment import InvestmentValue
from service.core.kinds.market_share import MarketShareValue
from service.core.kinds.metric import Comparison, MetricValue
from service.core.kinds.partnership import PartnershipValue
from service.core.kinds.program import Benefit, ProgramValue
from service.core.kinds.statement import StatementValue
from service.core.passages import Passage, resolve
from service.core.quantities import Bound, Quantity
from service.evidence import check as evidence
from service.evidence.about import About
from tests.core.renderings import Said, count, measure, money, placed
from tests.effort import examples
from tests.rows import in_groups, wrong

UNITS = ("USD", "EUR", "JPY", "CNY", "GBP", "percent", "percentage_points", "basis_points", "pure", "users", "downloads",
         "stores", "USD/shares", "years")  # fmt: skip
BESIDE = (
    "2024",
    "2025",
    "30",
    "4.2",
    "3",
    "235",
    "100",
    "12",
    "1",
    "17",
    "4",
)  # numbers in the sentences around
BOUNDS: tuple[Bound, ...] = ("exact", "about", "at_least", "at_most")


def plain(number: Decimal) -> str:
    return f"{number:f}"


def quantity_of(said: Said, *, decimals: int | None = None) -> Quantity:
    """The quantity that a rendering says."""
    if said.high is None:
        return Quantity(value=plain(said.low), unit=said.unit, bound=said.bound, decimals=decimals)
    return Quantity(
        low=plain(said.low), high=plain(said.high), unit=said.unit, bound=said.bound, decimals=decimals
    )


def whole(text: str) -> Passage:
    return Passage(text, 0, text)


def quoted(text: str, exact: str) -> Passage:
    """The passage that a quote of `text` names."""
    return resolve(TextQuote(exact=exact), text, public=True)[1]


def verdict(quantity: Quantity, passage: Passage, subject: str = "amount") -> Verdict:
    """The verdict on a fact whose subject is no known measure, so that only the reading decides."""
    return evidence.check(
        MetricValue(quantity=quantity), passage, About(names=["Alibaba"], subject=subject)
    ).verdict


def value(number: str, unit: str, bound: Bound = "exact", decimals: int | None = None) -> Quantity:
    return Quantity(value=number, unit=unit, bound=bound, decimals=decimals)


# --- what is said is supported --------------------------------------------------------------------


@given(placed())
@settings(max_examples=examples(200))
def test_the_quantity_written_is_verified(said: Said) -> None:
    assert verdict(quantity_of(said), whole(said.text)) == "verified"


@given(placed(), st.integers(0, 6))
@settings(max_examples=examples(200))
def test_an_accuracy_no_finer_than_the_digits_is_verified(said: Said, coarser: int) -> None:
    decimals = max(-30, said.decimals - coarser)
    assert verdict(quantity_of(said, decimals=decimals), whole(said.text)) == "verified"


@given(placed())
@settings(max_examples=examples(200))
def test_the_quote_alone_suffices_in_its_paragraph(said: Said) -> None:
    assume(said.text.count(said.words) == 1)
    assert verdict(quantity_of(said), quoted(said.text, said.words)) == "verified"


# --- what differs in one thing is not -------------------------------------------------------------


@st.composite
def changed(draw: st.DrawFn, quantity: Quantity, said: Said) -> Quantity:
    """The quantity with one thing changed: a digit, the scale, unit, bound, sign, accuracy, or the year beside it."""
    what = draw(st.sampled_from(["digit", "scale", "unit", "bound", "sign", "year", "decimals", "shape"]))
    if what == "unit":
        return structs.replace(
            quantity, unit=draw(st.sampled_from([unit for unit in UNITS if unit != quantity.unit]))
        )
    if what == "bound":
        return structs.replace(
            quantity, bound=draw(st.sampled_from([one for one in BOUNDS if one != quantity.bound]))
        )
    if what == "decimals":
        return structs.replace(quantity, decimals=said.decimals + draw(st.integers(1, 6)))
    if what == "shape":
        if quantity.value is None:
            return structs.replace(quantity, value=quantity.low, low=None, high=None)
        return structs.replace(
            quantity, value=None, low=quantity.value, high=plain(Decimal(quantity.value) + 1)
        )
    end = "value" if quantity.value is not None else draw(st.sampled_from(["low", "high"]))
    digits = quantity.value or (quantity.low if end == "low" else quantity.high) or ""
    if what == "digit":
        place = draw(st.sampled_from([at for at, char in enumerate(digits) if char.isdigit()]))
        other = draw(st.sampled_from([digit for digit in "0123456789" if digit != digits[place]]))
        number = Decimal(digits[:place] + other + digits[place + 1 :])
    elif what == "scale":
        number = Decimal(digits).scaleb(draw(st.sampled_from([-9, -6, -3, -2, -1, 1, 2, 3, 6, 9])))
    elif what == "sign":
        number = -Decimal(digits)
    else:
        number = Decimal(draw(st.sampled_from([year for year in BESIDE if Decimal(year) != Decimal(digits)])))
    return structs.replace(quantity, **{end: plain(number)})


@given(placed(), st.data())
@settings(max_examples=examples(200))
def test_a_fact_that_differs_in_one_thing_is_never_verified(said: Said, data: st.DataObject) -> None:
    other = data.draw(changed(quantity_of(said), said))
    assume(not ("¥" in said.words and other.unit in {"CNY", "JPY"} and other.unit != said.unit))
    assert verdict(other, whole(said.text)) == "unsupported"


SWAPS = [
    ("%", " percentage points"), ("percent", "percentage points"), (" basis points", "%"), ("million", "billion"),
    ("billion", "million"), ("US$", "HK$"), ("$", "€"), ("€", "£"), ("euros", "yen"), ("users", "downloads"),
    ("over ", "up to "), ("at least ", "about "), ("about ", "at least "), ("nearly ", "over "), ("up to ", "over "),
    ("–", " and "), ("x", "%"),
]  # fmt: skip


@given(placed(), st.data())
@settings(max_examples=examples(150))
def test_a_passage_that_differs_in_one_word_is_never_verified(said: Said, data: st.DataObject) -> None:
    swaps = [
        (old, new) for old, new in SWAPS if old in said.words and not (old == "$" and "US$" in said.words)
    ]
    assume(swaps)
    old, new = data.draw(st.sampled_from(swaps))
    words = said.words.replace(old, new, 1)
    assert verdict(quantity_of(said), whole(said.lead + words + said.trail)) == "unsupported"


@given(money() | measure(), st.sampled_from(["Sales fell {}", "Sales fell by {}", "It was not {}", "It did not reach {}",
                                              "a loss of {}", "It failed to reach {}", "a decline of {} in sales",
                                              "{} lower than before", "less than {}", "about {}", "rather than {}",
                                              "-{}", ]))  # fmt: skip
@settings(max_examples=examples(200))
def test_words_that_turn_a_number_are_seen(said: Said, frame: str) -> None:
    assume(not said.words.startswith(("-", "Rs", "R$")) and "{} and" not in frame)
    assert verdict(quantity_of(said), whole(frame.format(said.words))) == "unsupported"


@given(placed(), st.data())
@settings(max_examples=examples(150))
def test_a_quote_that_leaves_out_part_of_the_number_is_never_verified(
    said: Said, data: st.DataObject
) -> None:
    text = said.text
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    passage = Passage(text[start:end], start, text, before=start)
    if verdict(quantity_of(said), passage) == "verified":
        assert start <= len(said.lead)
        assert end >= len(said.lead + said.words)


@given(count())
def test_a_count_of_other_things_is_never_verified(said: Said) -> None:
    quantity = replace(said, unit="visitors")
    assert verdict(quantity_of(quantity), whole(f"The company counts {said.words}.")) == "unsupported"


# --- the rules, one by one ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "quantity", "expected"),
    [
        ("$53 billion", value("53000000000", "USD"), "verified"),
        ("$53 billion", value("53000000000", "USD", decimals=-9), "verified"),
        ("$53 billion", value("53000000000", "USD", decimals=-6), "unsupported"),
        ("$53 billion", value("52800000000", "USD"), "unsupported"),
        ("$53 billion", value("52800000000", "USD", decimals=-9), "verified"),
        ("$53 billion", value("52800000000", "USD", decimals=-10), "verified"),
        ("$53 billion", value("52800000000", "USD", decimals=-8), "unsupported"),
        ("$53 billion", value("52400000000", "USD", decimals=-9), "unsupported"),
        ("$52.8 billion", value("53000000000", "USD", decimals=-9), "verified"),
        ("$52.8 billion", value("52000000000", "USD", decimals=-9), "unsupported"),
        ("over $52.8 billion", value("53000000000", "USD", "at_least", decimals=-9), "unsupported"),
        ("over 300 models", value("300", "models", "at_least"), "verified"),
        ("over 300 models", value("300", "models"), "unsupported"),
        ("about 300 models", value("300", "models"), "unsupported"),
        ("up to 50 models", value("50", "models", "at_least"), "unsupported"),
        ("a third of sales", value("33", "percent", decimals=0), "verified"),
        ("a third of sales", value("33", "percent"), "unsupported"),
        ("two-thirds of sales", value("66", "percent", decimals=0), "unsupported"),
        ("two-thirds of sales", value("67", "percent", decimals=0), "verified"),
        ("half of sales", value("50", "percent"), "verified"),
        ("sales tripled", value("3", "pure"), "verified"),
        ("sales tripled", value("300", "percent"), "unsupported"),
        ("sales rose 26 percentage points", value("26", "percent"), "unsupported"),
        ("$1.64 per share", value("1.64", "USD/shares"), "verified"),
        ("diluted earnings per share of $1.64", value("1.64", "USD/shares"), "verified"),
        ("$1.64 per share", value("1.64", "USD"), "unsupported"),
        ("600 million model downloads", value("600000000", "downloads"), "verified"),
        ("600 million model downloads", value("600000000", "models"), "unsupported"),
        ("300 data centres", value("300", "data_centers"), "verified"),
        ("300 staff", value("300", "employees"), "verified"),
        ("300 former employees", value("300", "employees"), "unsupported"),
        ("18 million people use its apps", value("18000000", "apps"), "unsupported"),
        ("¥380 billion", value("380000000000", "JPY"), "verified"),
        ("¥380 billion", value("380000000000", "CNY"), "verified"),
        ("¥380 billion (53 billion yuan)", value("380000000000", "JPY"), "unsupported"),
        ("¥380 billion; yen weakness helped", value("380000000000", "CNY"), "unsupported"),
        ("$5 million", value("5000000", "CAD"), "unsupported"),
        ("$5 million; all figures are in Canadian dollars", value("5000000", "USD"), "unsupported"),
        ("$5 million; all figures are in Canadian dollars", value("5000000", "CAD"), "verified"),
        ("in 2025 models improved", value("2025", "models"), "unsupported"),
        ("(in millions) Revenue $ 1,234", value("1234", "USD"), "unsupported"),
    ],
)  # fmt: skip
def test_the_rules_of_support(text: str, quantity: Quantity, expected: Verdict) -> None:
    subject = "eps" if quantity.unit == "USD/shares" else "revenue"
    assert verdict(quantity, whole(text), subject) == expected


@pytest.mark.parametrize(
    ("text", "subject", "number", "expected"),
    [
        ("Revenue fell 3%", "revenue-growth", "-3", "verified"),
        ("Revenue fell 3%", "revenue-growth", "3", "unsupported"),
        ("Revenue fell 3%", "revenue-decline", "3", "verified"),
        ("Revenue fell 3%", "revenue-decline", "-3", "unsupported"),
        ("cut power costs by 3%", "power-cost-reduction", "3", "verified"),
        ("cut power costs by 3%", "power-cost-reduction", "-3", "unsupported"),
        ("cut power costs by 3%", "power-cost-change", "-3", "verified"),
        ("cut power costs by 3%", "power-cost-change", "3", "unsupported"),
        ("Revenue fell to 3%", "revenue-growth", "3", "verified"),
        ("Its loss narrowed by 3%", "net-income", "3", "unsupported"),
        ("Its loss narrowed by 3%", "net-income", "-3", "unsupported"),
    ],
)
def test_the_subject_tells_growth_of_minus_three_from_a_decline_of_three(
    text: str, subject: str, number: str, expected: Verdict
) -> None:
    assert verdict(value(number, "percent"), whole(text), subject) == expected


def test_a_bound_turns_with_the_sign() -> None:
    passage = whole("Revenue fell more than 3%")
    assert verdict(value("-3", "percent", "at_most"), passage, "revenue-growth") == "verified"
    assert verdict(value("-3", "percent", "at_least"), passage, "revenue-growth") == "unsupported"


def test_what_the_paragraph_adds_counts_against_the_quote() -> None:
    text = "Its revenue fell by more than 26% in 2025. It now has over 300 models. Costs: $53 billion. It grew 126%."
    for exact, quantity in [
        ("26% in 2025", value("26", "percent")),
        ("300 models", value("300", "models")),
        ("$53", value("53", "USD")),
        ("26%.", value("26", "percent")),
    ]:
        assert verdict(quantity, quoted(text, exact)) == "unsupported", exact
    assert verdict(value("300", "models", "at_least"), quoted(text, "over 300 models")) == "verified"


def test_a_row_of_a_table_in_thousands_is_no_amount() -> None:
    text = "(in thousands)\n\nRevenue $ 1,234 $ 1,100\nMargin 46.2%\n"
    assert verdict(value("1234", "USD"), quoted(text, "Revenue $ 1,234")) == "unsupported"
    assert verdict(value("46.2", "percent"), quoted(text, "Margin 46.2%"), "margin") == "verified"


def test_every_number_of_every_kind_is_asked_for() -> None:
    plan = InvestmentValue(amount=value("53000000000", "USD"), horizon_years=3)
    found = evidence.check(plan, whole("a three-year, $53 billion plan"), About())
    assert [(one.field, one.text, one.start, one.end) for one in found.numbers] == [
        ("amount", "$53 billion", 14, 25),
        ("horizon_years", "three-year", 2, 12),
    ]
    assert (found.verdict, found.checker) == ("verified", READER)

    share = MarketShareValue(
        market="cloud", share=value("36", "percent"), market_size=value("12000000000", "USD"), rank=1
    )
    text = "As China's No. 1 it has 36% of a $12 billion market"
    assert evidence.check(share, whole(text), About()).verdict == "verified"
    assert evidence.check(structs.replace(share, rank=2), whole(text), About()).verdict == "unsupported"

    growth = MetricValue(quantity=Quantity(low="100", high="999", unit="percent"), streak=8)
    assert (
        evidence.check(growth, whole("eight consecutive quarters of triple-digit growth"), About()).verdict
        == "verified"
    )
    assert (
        evidence.check(growth, whole("nine consecutive quarters of triple-digit growth"), About()).verdict
        == "unsupported"
    )

    program = ProgramValue(
        name="Catalyst",
        benefits=[
            Benefit(what="tokens", quantity=value("2000000000", "tokens")),
            Benefit(what="advice"),
            Benefit(what="credits", quantity=value("120000", "USD")),
        ],
    )
    text = "2 billion free tokens and $120,000 in cloud credits"
    assert [one.field for one in evidence.check(program, whole(text), About()).numbers] == [
        "benefits/0/quantity",
        "benefits/2/quantity",
    ]
    assert evidence.check(program, whole(text), About()).verdict == "verified"

    outcome = PartnershipValue(counterparty="astrazeneca", outcome=value("300", "percent"))
    assert evidence.check(outcome, whole("a 300% efficiency boost"), About()).verdict == "verified"


def test_the_reason_says_what_stands_there_and_what_was_asked() -> None:
    found = evidence.check(
        MetricValue(quantity=value("37", "percent")), whole("a 36% share, 5 users"), About()
    )
    assert found.numbers[0].reason == '"36%": it says 36 percent, not 37 percent'
    assert found.numbers[0].text == "36%"
    found = evidence.check(
        MetricValue(quantity=value("37", "percent")), whole("a share of a third party"), About()
    )
    assert found.numbers[0].reason == "no quantity can be read in the quote"


class Verdicted(Struct):
    """A line of the table of verdicts; `quantity` is `[bound] NUMBER UNIT [DECIMALS]`, `a..b` a span."""

    text: str
    quantity: str
    subject: str
    verdict: Verdict

    def asked(self) -> Quantity:
        """The quantity of the fact."""
        words = self.quantity.split()
        bound = convert(words.pop(0), Bound) if words[0] in BOUNDS else "exact"
        number, unit, *decimals = words
        low, _, high = number.partition("..")
        ends = {"low": low, "high": high} if high else {"value": low}
        return Quantity(unit=unit, bound=bound, decimals=int(decimals[0]) if decimals else None, **ends)


VERDICTS = [
    json.decode(line, type=Verdicted)
    for line in (Path(__file__).parent / "verdicts.jsonl").read_text(encoding="utf-8").splitlines()
]


@in_groups("cases", VERDICTS, by=lambda case: case.subject)
def test_every_verdict_of_the_table_is_that_of_a_careful_reader(cases: list[Verdicted]) -> None:
    def flaw(case: Verdicted) -> Evidence | None:
        about = About(subject=case.subject)
        given = evidence.check(MetricValue(quantity=case.asked()), whole(case.text), about)
        is_right = given.verdict == case.verdict and given.numbers[0].agrees == (case.verdict == "verified")
        return None if is_right else given

    assert wrong(cases, flaw) == []


@pytest.mark.parametrize(("comparison", "expected"), [("yoy", "verified"), (None, "unsupported")])
def test_a_change_supports_only_a_fact_that_is_compared_or_names_it(
    comparison: Comparison | None, expected: Verdict
) -> None:
    moved = MetricValue(quantity=value("80", "basis_points"), comparison=comparison)
    passage = whole("The operating margin improved by 80 basis points.")
    assert evidence.check(moved, passage, About(subject="operating-margin")).verdict == expected


# --- several citations, other sources -------------------------------------------------------------


def test_citations_share_the_numbers_of_a_fact_between_them() -> None:
    share = MarketShareValue(
        market="cloud", share=value("36", "percent"), market_size=value("12000000000", "USD")
    )
    one = evidence.check(share, whole("a 36% share"), About())
    other = evidence.check(share, whole("a $12 billion market"), About())
    assert (one.verdict, other.verdict) == ("unsupported", "unsupported")
    assert evidence.overall(share, [one, other]) == "verified"
    assert evidence.overall(share, [one, one]) == "unsupported"


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        (["unarchived", "quote_only"], "quote_only"),
        (["unarchived", "unsupported"], "unsupported"),
        (["unchecked", "unarchived"], "unarchived"),
        (["unchecked"], "unchecked"),
    ],
)
def test_without_full_support_the_best_citation_speaks(verdicts: list[Verdict], expected: Verdict) -> None:
    said = StatementValue(text="It moved.")
    assert evidence.overall(said, [Evidence(verdict=one) for one in verdicts]) == expected


def test_a_fact_without_numbers_is_quoted_only() -> None:
    found = evidence.check(
        StatementValue(text="It moved."), whole("Alibaba moved to the cloud."), About(names=["Alibaba"])
    )
    assert (found.verdict, found.names_company, found.numbers) == ("quote_only", True, [])


@pytest.mark.parametrize(
    ("entry", "number", "expected"),
    [
        (123456, "123456", "verified"),
        ({"end": "2024-09-28", "val": 123456, "fy": 2024}, "123456", "verified"),
        ({"end": "2024-09-28", "val": 123457, "fy": 2024}, "123456", "unsupported"),
        ({"end": "2024-09-28", "val": 1, "fy": 2024}, "2024", "unsupported"),
        (6.11, "6.11", "verified"),
        ("6.11", "6.11", "verified"),
        (6.1, "6.11", "unsupported"),
        (True, "1", "unsupported"),
        (None, "1", "unsupported"),
        ([123456], "123456", "unsupported"),
        ({"value": 123456}, "123456", "unsupported"),
        (1e300, "1", "unsupported"),
    ],
)
def test_a_json_entry_supports_the_number_it_equals(entry: object, number: str, expected: Verdict) -> None:
    assert verdict(value(number, "USD"), Passage("", 0, "", entry)) == expected
    assert verdict(value(number, "USD", "at_least"), Passage("", 0, "", entry)) == "unsupported"


def names_company(passage: Passage, names: Sequence[str]) -> bool | None:
    """Whether the evidence of a statement says that the passage names the company."""
    return evidence.check(StatementValue(text="It grew."), passage, About(names=names)).names_company


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("Alibaba's cloud grew", ["Alibaba Group"], True),
        ("ALIBABA grew", ["Alibaba"], True),
        ("the apple market grew", ["Apple Inc."], False),
        ("Apple grew", ["Apple Inc."], True),
        ("Pineapple grew", ["Apple Inc."], False),
        ("阿里巴巴集团的收入", ["阿里巴巴集团"], True),
        ("Alibaba grew", ["Alibaba Cloud"], False),
        ("Alibaba\nCloud grew", ["Alibaba Cloud"], True),
        ("It grew", ["Alibaba"], False),
    ],
)
def test_whether_the_company_is_named(text: str, names: list[str], expected: bool) -> None:
    assert names_company(whole(text), names) is expected


def test_the_company_may_be_named_in_the_paragraph_alone() -> None:
    text = "Alibaba Cloud reported growth. Its share was 36%.\n\nTencent has 20%."
    assert names_company(quoted(text, "36%"), ["Alibaba Cloud"])
    assert not names_company(quoted(text, "20%"), ["Alibaba Cloud"])


@given(st.text(max_size=80), st.text(max_size=30))
@settings(max_examples=examples(150))
def test_no_text_makes_it_fail(text: str, name: str) -> None:
    found = evidence.check(MetricValue(quantity=value("36", "percent")), whole(text), About(names=[name]))
    assert found.verdict in {"verified", "unsupported"}
