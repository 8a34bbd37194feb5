"""The sample in the package: every row of the article, quoted exactly, in words that are not its own."""

import re
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

import msgspec
import pytest

from service.core.citations import SourceDescription, TextQuote
from service.core.companies import CompanyDescription, ConceptDescription, normal_identifiers
from service.core.facts import AnyAssert, key_of
from service.core.identity import content_id
from service.core.kinds import Number, numbers
from service.core.kinds.expansion import ExpansionValue
from service.core.kinds.partnership import PartnershipValue
from service.core.quantities import Quantity

ROOT = Path(__file__).parents[1]
ARTICLE = ROOT.parent / "shared/data/alibaba-2026-article.txt"
SAMPLE = files("service").joinpath("sample/sample.ndjson").read_bytes()
BRIEFING = files("service").joinpath("sample/briefing.txt").read_text("utf-8")


class SampleSource(SourceDescription, frozen=True, kw_only=True):
    """A source with its text, or with the hash of a text that is not shipped."""

    text: str | None = None
    sha256: str | None = None
    derived_from: list[str] = msgspec.field(default_factory=list[str])

    @property
    def id(self) -> str:
        return f"sha256:{self.sha256}" if self.text is None else content_id(self.text.encode())


class SampleLine(msgspec.Struct, forbid_unknown_fields=True):
    company: CompanyDescription | None = None
    concept: ConceptDescription | None = None
    source: SampleSource | None = None
    fact: AnyAssert | None = None


LINES = [msgspec.json.decode(line, type=SampleLine) for line in SAMPLE.splitlines()]
COMPANIES = [line.company for line in LINES if line.company]
CONCEPTS = [line.concept for line in LINES if line.concept]
SOURCES = [line.source for line in LINES if line.source]
FACTS = [line.fact for line in LINES if line.fact]
ARTICLE_SOURCE, BRIEFING_SOURCE = SOURCES


class Row(NamedTuple):
    """One row of the article's list, as it must stand in the sample."""

    number: int
    slot: str  # company, kind and subject, then the geography if it has one
    period: str
    basis: str
    numbers: tuple[str, ...] = ()


ROWS = [
    Row(1, "alibaba metric qwen-models", "2025-12-31", "reported", ("at_least 300 models",)),
    Row(2, "alibaba product qwen", "", "reported"),
    Row(3, "alibaba product modelscope", "", "reported"),
    Row(4, "alibaba metric modelscope-users", "2025-12-31", "reported", ("18000000 users",)),
    Row(5, "alibaba metric model-downloads", "2025-12-31", "reported", ("600000000 downloads",)),
    Row(6, "alibaba metric derivative-models", "2025-12-31", "reported", ("170000 models",)),
    Row(
        7,
        "alibaba-cloud investment ai-and-cloud-infrastructure",
        "",
        "planned",
        ("53000000000 USD", "3 horizon_years"),
    ),
    Row(8, "alibaba-cloud expansion data-centres BR", "", "reported"),
    Row(9, "alibaba-cloud expansion data-centres FR", "", "reported"),
    Row(10, "alibaba-cloud expansion data-centres NL", "", "reported"),
    Row(11, "alibaba-cloud expansion data-centres middle-east", "", "reported"),
    Row(12, "alibaba-cloud expansion data-centre-hubs SA", "", "planned"),
    Row(13, "alibaba-cloud expansion data-centre-hubs VN", "", "planned"),
    Row(14, "alibaba-cloud expansion data-centre-hubs PH", "", "planned"),
    Row(15, "alibaba metric power-cost-reduction domestic CN", "", "reported", ("at_most 50 percent",)),
    Row(16, "alibaba-cloud metric cloud-revenue-growth", "2025Q3", "reported", ("26 percent",)),
    Row(17, "alibaba-cloud metric ai-share-of-external-sales", "2025Q3", "reported", ("20 percent",)),
    Row(18, "alibaba-cloud metric ai-product-growth", "2025Q3", "reported", ("100..999 percent", "8 streak")),
    Row(19, "alibaba-cloud metric cloud-adjusted-ebita-growth", "2025Q3", "reported", ("26 percent",)),
    Row(20, "alibaba partnership astrazeneca-china", "", "reported", ("300 percent",)),
    Row(21, "alibaba-cloud partnership shiseido", "", "reported"),
    Row(22, "alibaba partnership gladcube", "", "reported"),
    Row(23, "alibaba program ai-catalyst-program", "", "reported", ("2000000000 tokens", "120000 USD")),
    Row(24, "alibaba-cloud market_share ai-cloud CN", "2025", "reported", ("36 percent", "12000000000 USD")),
    Row(25, "alibaba-cloud market_share ai-cloud CN", "2024", "reported", ("28 percent",)),
    Row(26, "alibaba metric revenue-growth", "2026", "forecast", ("10..99 percent",)),
    Row(27, "alibaba statement ai-chips", "", "reported"),
    Row(28, "alibaba partnership astrazeneca", "", "reported"),
    Row(29, "alibaba partnership bosch", "", "reported"),
    Row(30, "alibaba partnership apple", "", "reported"),
    Row(31, "alibaba statement quick-commerce", "", "reported"),
    Row(32, "alibaba statement strategic-shift", "2025", "reported"),
    Row(33, "alibaba statement model-pricing", "", "reported"),
    Row(34, "alibaba product model-studio", "", "reported"),
    Row(35, "alibaba-cloud product cloud-threat-detection-and-response", "", "reported"),
    Row(36, "alibaba product ai-chips", "", "reported"),
]

# How the article and the briefing write each number of the table.
WORDING = {
    "at_least 300 models": ("over 300 generative AI models", "more than 300 Qwen models"),
    "18000000 users": ("18 million users", "18 million users"),
    "600000000 downloads": ("600 million model downloads", "600 million downloads"),
    "170000 models": ("170,000 derivative models", "170,000 derivative models"),
    "53000000000 USD": ("$53 billion", "53 billion US dollars"),
    "3 horizon_years": ("three-year", "three-year"),
    "at_most 50 percent": ("by up to 50%", "by up to 50 percent"),
    "26 percent": ("26%", "by 26 percent"),
    "20 percent": ("20%", "20 percent"),
    "100..999 percent": ("triple-digit", "triple-digit percentage"),
    "8 streak": ("eight consecutive quarters", "eight consecutive quarters"),
    "300 percent": ("300%", "by 300 percent"),
    "2000000000 tokens": ("2 billion free tokens", "2 billion free tokens"),
    "120000 USD": ("$120,000", "120,000 US dollars"),
    "36 percent": ("36%", "a 36 percent share"),
    "12000000000 USD": ("$12 billion", "12 billion US dollars"),
    "28 percent": ("28%", "28 percent"),
    "10..99 percent": ("double-digit", "double-digit percentage"),
}

each_row = pytest.mark.parametrize(
    ("row", "fact"), [pytest.param(*pair, id=str(pair[0].number)) for pair in zip(ROWS, FACTS, strict=False)]
)


def quotes(fact: AnyAssert, source: SampleSource) -> list[TextQuote]:
    selectors = [cite.selector for cite in fact.citations if cite.source == source.id]
    return [selector for selector in selectors if isinstance(selector, TextQuote)]


def written(number: Number) -> str:
    quantity = number.quantity
    if isinstance(quantity, int):
        return f"{quantity} {number.field}"
    bound = "" if quantity.bound == "exact" else f"{quantity.bound} "
    return f"{bound}{quantity.value or f'{quantity.low}..{quantity.high}'} {quantity.unit}"


def row_of(number: int, fact: AnyAssert) -> Row:
    key = key_of(fact)
    period = ""
    if key.period is not None:
        period = key.period.last.isoformat() if key.period.instant else str(key.period.frame)
    return Row(
        number,
        " ".join([key.company, key.kind, key.subject, *key.dimensions.values()]),
        period,
        key.basis,
        tuple(map(written, numbers(fact.value))),
    )


def words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.casefold())


def runs(text: str, length: int) -> set[tuple[str, ...]]:
    found = words(text)
    return {tuple(found[i : i + length]) for i in range(len(found) - length + 1)}


@pytest.fixture(scope="module")
def article() -> str:
    if not ARTICLE.exists():
        pytest.skip("../shared/data is absent: of the article only the facts are in the repository")
    return ARTICLE.read_text("utf-8")


def test_every_row_is_there_with_its_values() -> None:
    assert [row_of(number, fact) for number, fact in enumerate(FACTS, 1)] == ROWS


def test_every_fact_has_its_own_id() -> None:
    assert len({key_of(fact).id for fact in FACTS}) == len(ROWS)


def test_lines_say_one_thing_each_and_come_after_what_they_name() -> None:
    order: list[int] = []
    for line in LINES:
        said = [part is not None for part in (line.company, line.concept, line.source, line.fact)]
        assert said.count(True) == 1
        order.append(said.index(True))
    assert order == sorted(order)
    slugs = [company.slug for company in COMPANIES]
    assert all(c.parent is None or c.parent in slugs[:place] for place, c in enumerate(COMPANIES))


def test_facts_name_known_companies_and_concepts() -> None:
    slugs = {company.slug for company in COMPANIES}
    assert {fact.company for fact in FACTS} <= slugs
    metrics = {key.subject for key in map(key_of, FACTS) if key.kind == "metric"}
    assert metrics == {concept.id for concept in CONCEPTS}
    for fact in FACTS:
        if isinstance(fact.value, PartnershipValue):
            assert fact.value.counterparty == fact.subject
            assert fact.subject in slugs
        if isinstance(fact.value, ExpansionValue):
            assert fact.dimensions == {"geography": fact.value.location}


def test_identifiers_are_valid_and_in_their_one_spelling() -> None:
    for company in COMPANIES:
        assert normal_identifiers(company.identifiers) == (company.identifiers, [])


def test_values_are_possible() -> None:
    for fact in FACTS:
        assert fact.period is None or fact.period.flaw() is None
        flaws = [n.quantity.flaw() for n in numbers(fact.value) if isinstance(n.quantity, Quantity)]
        assert not any(flaws)


def test_the_article_is_known_by_its_hash_alone(article: str) -> None:
    assert ARTICLE_SOURCE.text is None
    assert not ARTICLE_SOURCE.redistribute
    assert ARTICLE_SOURCE.url is None
    assert ARTICLE_SOURCE.sha256 == sha256(article.encode()).hexdigest()
    assert ARTICLE_SOURCE.title == article.partition("\n")[0]
    assert all(fact.known_at == ARTICLE_SOURCE.published_at for fact in FACTS)


def test_the_readable_briefing_is_the_one_that_is_cited() -> None:
    assert (ARTICLE_SOURCE.derived_from, BRIEFING_SOURCE.derived_from) == ([], [ARTICLE_SOURCE.id])
    assert BRIEFING_SOURCE.text == BRIEFING
    assert BRIEFING_SOURCE.title == BRIEFING.partition("\n")[0]
    assert 500 <= len(BRIEFING.split()) <= 800


@each_row
def test_each_fact_cites_the_article_and_then_the_briefing(row: Row, fact: AnyAssert) -> None:
    cited = [cite.source for cite in fact.citations]
    in_article = len(quotes(fact, ARTICLE_SOURCE))
    in_briefing = len(quotes(fact, BRIEFING_SOURCE))
    assert cited == [ARTICLE_SOURCE.id] * in_article + [BRIEFING_SOURCE.id] * in_briefing
    twice = {*range(8, 15), 22, 23, 24, 27}
    assert in_article == (3 if row.number == 7 else 2 if row.number in twice else 1)
    assert in_briefing == (2 if row.number == 7 else 1)


@each_row
def test_quotes_of_the_article_stand_where_they_say(row: Row, fact: AnyAssert, article: str) -> None:
    for quote in quotes(fact, ARTICLE_SOURCE):
        assert article[quote.start : quote.end] == quote.exact, row
        assert article.count(quote.exact) == 1
        assert len(words(quote.exact)) <= 8


@each_row
def test_quotes_of_the_briefing_occur_once_in_a_paragraph_that_names_the_company(
    row: Row, fact: AnyAssert
) -> None:
    for quote in quotes(fact, BRIEFING_SOURCE):
        (paragraph,) = [p for p in BRIEFING.split("\n") if quote.exact in p]
        assert paragraph.count(quote.exact) == 1, row
        (company,) = [c for c in COMPANIES if c.slug == fact.company]
        assert any(
            re.search(rf"\b{re.escape(name)}\b", paragraph) for name in (company.name, *company.aliases)
        )


def test_what_the_passages_do_not_say_and_who_says_it_is_told() -> None:
    by_row = dict(enumerate(FACTS, 1))
    assert {row for row, fact in by_row.items() if fact.inferred} == {1, 4, 5, 6, 19, 24}
    assert all(fact.inferred in ([], ["period"]) for fact in FACTS)
    assert {row: fact.attributed_to for row, fact in by_row.items() if fact.attributed_to} == {26: "analysts"}
    assert by_row[15].dimensions == {"chips": "domestic", "geography": "CN"}
    outcomes = {f.subject: f.value.outcome_what for f in FACTS if isinstance(f.value, PartnershipValue)}
    assert (outcomes["astrazeneca-china"], outcomes["gladcube"]) == (
        "efficiency",
        "faster production of content",
    )
    purposes = [f.value.purpose for f in FACTS if isinstance(f.value, ExpansionValue)]
    assert purposes == [["access to emerging markets", "lower latency for clients abroad"]] * 7


@each_row
def test_every_number_is_written_in_the_quotes_of_each_source(row: Row, fact: AnyAssert) -> None:
    in_article = " | ".join(quote.exact for quote in quotes(fact, ARTICLE_SOURCE))
    in_briefing = " | ".join(quote.exact for quote in quotes(fact, BRIEFING_SOURCE))
    for number in row.numbers:
        assert WORDING[number][0] in in_article
        assert WORDING[number][1] in in_briefing


@each_row
def test_the_page_about_the_sample_lists_the_fact(row: Row, fact: AnyAssert) -> None:
    (line,) = [
        x
        for x in (ROOT / "docs/sample.md").read_text("utf-8").splitlines()
        if x.startswith(f"| {row.number} |")
    ]
    assert f"| `{fact.company}` | `{key_of(fact).kind}` | `{fact.subject}` |" in line
    for quote in quotes(fact, ARTICLE_SOURCE):
        assert f"“{quote.exact}”" in line


@pytest.mark.parametrize(
    "path", ["service/sample/sample.ndjson", "service/sample/briefing.txt", "docs/sample.md"]
)
def test_nothing_longer_than_a_figure_phrase_is_the_articles(path: str, article: str) -> None:
    # the title names the article and is no part of its text here
    title, _, body = article.partition("\n")
    text = (ROOT / path).read_text("utf-8").replace(title, "")
    shared = runs(text, 9) & runs(body, 9)
    assert not shared
