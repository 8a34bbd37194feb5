"""What a passage says beside the numbers: names, period, subject and modality."""

from collections import Counter
from datetime import date

import pytest

from benchmarks.filings import FILINGS, marked, shifted
from service.core.citations import Modality, PassageContext, PeriodSaid, SubjectSaid, TextQuote, context_of
from service.core.kinds.base import Value
from service.core.kinds.market_share import MarketShareValue
from service.core.kinds.metric import MetricValue
from service.core.kinds.partnership import PartnershipValue
from service.core.kinds.statement import StatementValue
from service.core.passages import Passage, resolve
from service.core.periods import FiscalYear, Period
from service.core.quantities import Quantity
from service.evidence import check as evidence
from service.evidence import context, periods, subjects
from service.evidence.about import About
from service.evidence.reading.reader import read, read_all
from tests.evidence.modality_table import MODALITIES

APPLE = FiscalYear(date(2024, 9, 28), 2024)
HOME_DEPOT = FiscalYear(date(2025, 2, 2), 2024)
WALMART = FiscalYear(date(2025, 1, 31), 2025)


def quoted(text: str, quote: str) -> Passage:
    return resolve(TextQuote(exact=quote), text, public=True)[1]


def period(text: str) -> Period:
    """`2024`, `2024Q3`, `2024-12-31` or `2024-07-01/2024-09-30`."""
    first, _, last = text.partition("/")
    if last:
        return Period(start=date.fromisoformat(first), end=date.fromisoformat(last))
    if len(text) == 4:
        return Period(start=date(int(text), 1, 1), end=date(int(text), 12, 31))
    if "Q" in text:
        year, quarter = int(text[:4]), int(text[5])
        last_day = {1: (3, 31), 2: (6, 30), 3: (9, 30), 4: (12, 31)}[quarter]
        return Period(start=date(year, 3 * quarter - 2, 1), end=date(year, *last_day))
    return Period(instant=date.fromisoformat(text))


# -- the period ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "of", "expected"),
    [
        ("Revenue was $5 billion in 2024.", "2024", "stated"),
        ("Revenue was $5 billion in 2023.", "2024", "other"),
        ("Revenue was $5 billion in 2023.", "2024Q3", "other"),
        ("Revenue was $5 billion in 2024.", "2024Q3", "other"),  # a year where the fact has a quarter
        ("Revenue was $5 billion.", "2024", "silent"),
        ("Revenue was $5 billion last year.", "2024", "silent"),
        ("2024 revenue was $5 billion.", "2024", "stated"),
        ("Revenue was $5 billion in 2024 and $4 billion in 2023.", "2024", "mixed"),
        ("In the third quarter of 2025 revenue was $5 billion.", "2025Q3", "stated"),
        ("Q3 2025 revenue was $5 billion.", "2025Q3", "stated"),
        ("3Q25 revenue was $5 billion.", "2025Q3", "stated"),
        ("Revenue was $5 billion in Q3 FY2025.", "2025Q3", "stated"),
        ("In the third quarter of 2023 revenue was $5 billion.", "2025Q3", "other"),
        ("In the third quarter of 2025 revenue was $5 billion.", "2025", "other"),
        ("Revenue was $5 billion in the year ended December 31, 2024.", "2024", "stated"),
        ("Revenue was $5 billion in the year ended December 31, 2023.", "2024", "other"),
        ("For the three and nine months ended September 30, 2025 revenue was $5 billion.", "2025Q3", "mixed"),
        ("Revenue for the quarter ended September 30, 2025 was $5 billion.", "2025Q3", "stated"),
        ("Cash was $5 billion as of December 31, 2024.", "2024-12-31", "stated"),
        ("Cash was $5 billion as of December 31, 2024 and 2023.", "2024-12-31", "mixed"),
        ("Cash was $5 billion as of September 30, 2024.", "2024-12-31", "other"),
        ("Cash was $5 billion at the end of 2024.", "2024-12-31", "stated"),
        ("Cash was $5 billion in 2024.", "2024-12-31", "silent"),  # not that day
        # a publication, a name, a date to come, a comparison: they are not the number's period
        ("On January 30, 2025, it reported revenue of $5 billion for 2024.", "2024", "stated"),
        ("The 2023 Notes bear $5 billion.", "2024", "silent"),
        ("It has had $5 billion of revenue since 2019.", "2024", "silent"),
        ("Revenue rose to $5 billion compared with 2023.", "2024", "silent"),
        ("Revenue rose to $5 billion from a year earlier; in 2023 nothing changed.", "2024", "silent"),
        # the two patterns that decide within a sentence
        ("Revenue was $5 billion (2023: $4 billion) in 2024.", "2024", "stated"),
        ("Revenue was $5 billion in 2024 and $4 billion in 2023, respectively.", "2024", "mixed"),
        ("Revenue was $5 billion and $4 billion in 2024 and 2023, respectively.", "2024", "stated"),
        ("Revenue was $5 billion and $4 billion in 2024 and 2023, respectively.", "2023", "other"),
        ("Revenue was $5 billion, $4 billion and $3 billion in 2024 and 2023, respectively.", "2024", "mixed"),
        # other languages
        ("Der Umsatz lag im dritten Quartal 2025 bei $5 Milliarden.", "2025Q3", "stated"),
        ("Zum 31. Dezember 2024 waren es $5 Milliarden.", "2024-12-31", "stated"),
        ("Au troisième trimestre 2025, le chiffre d'affaires était de $5 milliards.", "2025Q3", "stated"),
        ("2025年第三季度收入为$5。", "2025Q3", "stated"),
        ("2024年度の売上高は$5。", "2024", "stated"),
    ],
)  # fmt: skip
def test_what_a_sentence_says_of_the_period(text: str, of: str, expected: PeriodSaid) -> None:
    at = text.index("$5")
    assert periods.said(text, (at, at + 2), period(of), None) == expected


@pytest.mark.parametrize(
    ("text", "of", "fiscal", "expected"),
    [
        ("In fiscal 2024 sales were $5.", "2023-10-01/2024-09-28", APPLE, "stated"),
        ("In fiscal 2025 sales were $5.", "2023-10-01/2024-09-28", APPLE, "other"),
        # Home Depot calls the year that ended in February 2025 2024, Walmart that of January 2025 2025
        ("In fiscal 2024 sales were $5.", "2024-01-29/2025-02-02", HOME_DEPOT, "stated"),
        ("In fiscal 2025 sales were $5.", "2024-02-01/2025-01-31", WALMART, "stated"),
        ("In fiscal 2024 sales were $5.", "2024-02-01/2025-01-31", WALMART, "other"),
        # where that is not known, both are possible
        ("In fiscal 2024 sales were $5.", "2024-02-01/2025-01-31", None, "silent"),
        ("In fiscal 2022 sales were $5.", "2024-02-01/2025-01-31", None, "other"),
        # a quarter of the fiscal year
        ("Sales of the third quarter of 2025 were $5.", "2025-03-30/2025-06-28", APPLE, "stated"),
        ("Sales of the second quarter of 2025 were $5.", "2025-03-30/2025-06-28", APPLE, "silent"),
        ("Sales of the third quarter of 2022 were $5.", "2025-03-30/2025-06-28", APPLE, "other"),
        ("Sales for the quarter ended June 28, 2025 were $5.", "2025-03-30/2025-06-28", APPLE, "stated"),
    ],
)  # fmt: skip
def test_fiscal_periods_are_the_companys_own(
    text: str, of: str, fiscal: FiscalYear | None, expected: PeriodSaid
) -> None:
    at = text.index("$5")
    assert periods.said(text, (at, at + 2), period(of), fiscal) == expected


# -- the subject ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "subject", "expected"),
    [
        ("Revenue was $5 billion.", "revenue", "named"),
        ("Net sales were $5 billion.", "us-gaap:Revenues", "named"),
        ("Turnover was $5 billion.", "revenue", "named"),
        ("It employs 300 people.", "employees", "named"),
        ("It was $5 billion.", "revenue", "silent"),
        ("The dividend was $5.", "revenue", "silent"),
        ("It was $5 billion.", "gizmo-index", None),  # nothing is known of how texts call it
    ],
)
def test_whether_a_sentence_names_the_subject(text: str, subject: str, expected: SubjectSaid | None) -> None:
    assert subjects.said(text, text, subject) == expected


def test_a_subject_of_the_paragraph_is_not_silent() -> None:
    assert subjects.said("It was $5 billion.", "Revenue grew. It was $5 billion.", "revenue") is None


# -- the modality --------------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "expected"), MODALITIES)
def test_whether_a_text_states_a_number_or_expects_it(text: str, expected: Modality) -> None:
    assert {one.modality for one in read(text)} == {expected}


@pytest.mark.parametrize(
    "text",
    [
        "Revenue was not $5 billion.",
        "It is untrue that revenue was $5 billion.",
        "It denied revenue of $5 billion.",
    ],
)
def test_a_denied_number_is_not_read(text: str) -> None:
    found = read_all(text)
    assert found.readings == ()
    ((start, end),) = found.denied
    assert "5 billion" in text[start:end]


# -- all together --------------------------------------------------------------------------------

AZ = "AstraZeneca China deployed Qwen and Model Studio to streamline reporting, with a 300% efficiency boost. Alibaba sells both."
WORK = PartnershipValue(
    counterparty="astrazeneca", products=["Qwen", "Panda"], outcome=Quantity(unit="percent", value="300")
)


def said(value: Value, passage: Passage, about: About) -> PassageContext:
    found = evidence.check(value, passage, about)
    assert found.context is not None
    return found.context


def test_names_are_looked_for_in_the_quote_and_then_in_its_paragraph() -> None:
    about = About(
        names=["Alibaba Group", "Alibaba"],
        subject="astrazeneca",
        others={"astrazeneca": ["AstraZeneca PLC"]},
        places=["CN"],
    )
    named = said(
        WORK, quoted(AZ, "Model Studio to streamline reporting, with a 300% efficiency boost"), about
    ).names
    assert {one.name: (one.field, one.found) for one in named} == {
        "Alibaba Group": ("company", "in_paragraph"),
        "astrazeneca": ("counterparty", "in_paragraph"),
        "Qwen": ("products/0", "in_paragraph"),
        "Panda": ("products/1", "nowhere"),
        "CN": ("geography", "in_paragraph"),
    }
    (company,) = (one for one in said(WORK, quoted(AZ, AZ), about).names if one.field == "counterparty")
    assert company.found == "in_quote"


def test_the_sentence_of_the_number_decides_not_its_neighbours() -> None:
    text = "In 2023 it had 5% of the market. In 2024 the market share was 36%. Expected for 2025: 40%."
    share = MarketShareValue(market="clouds", share=Quantity(unit="percent", value="36"))
    about = About(subject="clouds", period=period("2024"))
    assert said(share, quoted(text, "36%"), about).period == "stated"
    assert said(share, quoted(text, "36%"), about).modality == "stated"
    assert said(share, quoted(text, text), about).period == "stated"


def test_a_row_of_a_table_is_a_sentence() -> None:
    text = "Results for 2023\n\nCash            $5 million   2024\nDebt            $7 million   2022\n"
    start, end = context.sentence_around(text, text.index("$5"), text.index("$5") + 2)
    assert text[start:end].strip() == "Cash            $5 million   2024"


def test_wrapped_lines_are_one_sentence() -> None:
    text = "Revenue of the group, which sells clouds all over the world, was $5 billion\nin the year 2024, and it grew."
    start, end = context.sentence_around(text, text.index("$5"), text.index("$5") + 2)
    assert text[start:end] == text


def test_what_is_not_looked_at_is_absent() -> None:
    metric = MetricValue(quantity=Quantity(unit="USD", value="5"))
    about = About(names=["Acme"], subject="revenue", period=period("2024"))
    entry = evidence.check(metric, Passage("5", 0, "", 5), about)
    assert entry.context is None
    finnish = said(
        metric,
        quoted("Liikevaihto oli vuonna 2024 yhteensä viisi euroa ja kasvoi hieman.", "vuonna 2024"),
        about,
    )
    assert (finnish.period, finnish.subject, finnish.modality) == (None, None, None)
    assert finnish.names[0].found == "nowhere"
    timeless = said(metric, quoted("Revenue was $5.", "$5"), About(subject="revenue"))
    assert timeless.period is None


def test_a_denied_number_makes_the_passage_deny() -> None:
    metric = MetricValue(quantity=Quantity(unit="USD", value="5000000000"))
    text = "It is untrue that revenue was $5 billion in 2024."
    found = evidence.check(metric, quoted(text, "revenue was $5 billion"), About(subject="revenue"))
    assert found.verdict == "unsupported"
    assert found.context is not None
    assert found.context.modality == "denied"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It makes chips.", "stated"),
        ("Its chips could become a business.", "expected"),
        ("It denies making chips.", "denied"),
    ],
)
def test_a_statement_has_a_modality_too(text: str, expected: Modality) -> None:
    found = said(
        StatementValue(text="It makes chips."), quoted(text, text.rstrip(".")), About(subject="chips")
    )
    assert found.modality == expected


def test_nothing_of_it_changes_a_verdict() -> None:
    metric = MetricValue(quantity=Quantity(unit="USD", value="5000000000"))
    text = "Analysts expect Acme to have revenue of $5 billion in 2031."
    one = evidence.check(
        metric, quoted(text, "revenue of $5 billion"), About(names=["Acme"], subject="revenue")
    )
    other = evidence.check(
        metric,
        quoted(text, "revenue of $5 billion"),
        About(names=["Acme"], subject="employees", period=period("2024")),
    )
    assert one.verdict == other.verdict == "verified"
    assert other.context is not None
    assert (other.context.period, other.context.subject, other.context.modality) == (
        "other",
        "silent",
        "expected",
    )


def test_filters_go_by_the_citation_that_supports_the_main_number() -> None:
    share = MarketShareValue(market="clouds", share=Quantity(unit="percent", value="36"))
    about = About(names=["Acme"], subject="clouds", period=period("2024"))
    texts = ("It had a 35% share of clouds in 2023.", "In 2024 Acme had a 36% share of clouds.")
    found = [evidence.check(share, quoted(text, text), about) for text in texts]
    assert context_of(found, "share", "verified") == [
        "names:in_quote",
        "period:stated",
        "subject:named",
        "modality:stated",
    ]
    assert "names:nowhere" in context_of(found[:1], "share", "unsupported")
    assert context_of(found[:1], "share", "verified") == []


@pytest.mark.skipif(not FILINGS.exists(), reason="the filings are not on this machine")
def test_the_facts_that_filers_mark_are_of_the_period_that_their_sentences_state() -> None:
    """Measured on reports: `stated` is never said of another year's fact, and `other` hardly ever of the fact itself."""
    true, altered = Counter[PeriodSaid](), Counter[PeriodSaid]()
    silent = 0
    for one in marked():
        if one.document.startswith("aeon"):
            continue  # its numbers of a part of a period are marked with the whole
        start, end = context.sentence_around(one.paragraph, one.start, one.end)
        sentence, at = one.paragraph[start:end], (one.start - start, one.end - start)
        true[periods.said(sentence, at, one.period, one.fiscal)] += 1
        for years in (-1, 1):
            altered[periods.said(sentence, at, shifted(one.period, years), one.fiscal)] += 1
        silent += subjects.said(sentence, one.paragraph, one.concept) == "silent"
    assert true.total() > 400
    assert (true["other"], altered["stated"]) == (0, 0)
    assert true["stated"] > 150
    assert altered["other"] > 300
    assert silent / true.total() < 0.01
