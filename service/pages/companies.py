"""The list of companies, and the page of one."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

import msgspec
from msgspec import Struct

from service.core.citations import CitedSource
from service.core.companies import Company
from service.core.facts import AnyFact, kind_of
from service.core.kinds import KINDS, main_quantity
from service.core.kinds.metric import MetricValue
from service.pages import charts, words
from service.pages.asking import Pairs, ask, ask_with, names, pinned, query_text, times_of
from service.pages.rendering import PageHead, following, reply
from service.web.call import Call
from service.web.parameters import CompanyPath
from service.web.replies import Reply

_FACTS = 200
# concepts of filings that are looked up for companies that EDGAR has, with the heading of their card
_KEY_FIGURES = (
    ("us-gaap:Revenues", "annual", "Revenue"),
    ("us-gaap:RevenueFromContractWithCustomerExcludingAssessedTax", "annual", "Revenue"),
    ("us-gaap:SalesRevenueNet", "annual", "Revenue"),
    ("us-gaap:OperatingIncomeLoss", "annual", "Operating income"),
    ("us-gaap:NetIncomeLoss", "annual", "Net income"),
    ("us-gaap:EarningsPerShareDiluted", "annual", "Diluted earnings"),
    ("us-gaap:Assets", "instant", "Total assets"),
    ("us-gaap:StockholdersEquity", "instant", "Equity"),
    ("us-gaap:CashAndCashEquivalentsAtCarryingValue", "instant", "Cash"),
)
_CURRENT = timedelta(days=500)  # a concept that is older than the newest by more is not used any more


class _Companies(Struct):
    items: list[Company]
    next: str | None


class FactList(Struct):
    """A page of facts."""

    items: list[AnyFact]
    next: str | None


class _Found(Struct):
    fact: AnyFact | None = None


class _Lookups(Struct):
    items: list[_Found]


_companies = msgspec.json.Decoder(_Companies)
_company = msgspec.json.Decoder(Company)
facts_of = msgspec.json.Decoder(FactList).decode
_lookups = msgspec.json.Decoder(_Lookups)


class Series(NamedTuple):
    """The facts of one series, the latest period first."""

    facts: list[AnyFact]
    line: str  # the points of its sparkline; empty for fewer than three periods
    query: str  # of the page of the series

    @property
    def latest(self) -> AnyFact:
        """The fact of the latest period."""
        return self.facts[0]


class Group(NamedTuple):
    """The facts of a kind; those of one series are one entry."""

    kind: str
    series: list[Series]

    @property
    def has_course(self) -> bool:
        """Whether one of its series has several periods."""
        return any(len(one.facts) > 1 for one in self.series)


async def get_companies(call: Call) -> Reply:
    """GET /companies."""
    pairs = call.pairs()
    found = await ask(call, "listCompanies", query=pairs)
    listed = _companies.decode(found.body)
    q = dict(pairs).get("q")
    return reply(
        call,
        "companies.html",
        PageHead(f"Companies with “{q}”" if q else "Companies", "The companies that the service has facts about.", found.request),
        companies=listed.items,
        company_names=await names(call, [one.parent for one in listed.items if one.parent]),
        next=following(call, pairs, listed.next),
        q=q or "",
    )  # fmt: skip


async def get_company(call: Call) -> Reply:
    """GET /companies/{ref}."""
    pairs, ref = call.pairs(), call.parameters(CompanyPath).ref
    company = _company.decode((await ask(call, "getCompany", {"ref": ref})).body)
    asked = pairs if call.gives("limit") else [*pairs, ("limit", str(_FACTS))]
    found = await ask(call, "listCompanyFacts", {"ref": company.slug}, asked)
    listed = facts_of(found.body)
    given = dict(pairs)
    filters = [
        (name, value)
        for name, value in pairs
        if name not in {"known_at", "recorded_at", "at", "cursor", "limit"}
    ]
    key_figures = (
        await _key_figures(call, company, times_of(pairs)) if not filters and not call.gives("cursor") else []
    )
    recent = sorted(listed.items, key=lambda fact: (fact.known_at, fact.position), reverse=True)[:5]
    return reply(
        call,
        "company.html",
        PageHead(
            company.name,
            f"What is known about {company.name}, since when, and where it says so.",
            found.request,
            pinned(call.path, pairs, found.position),
        ),
        company=company,
        company_names=await names(call, [*company.children, *([company.parent] if company.parent else [])]),
        groups=groups(listed.items, company.slug),
        key_figures=key_figures,
        recent=recent if len(listed.items) > 5 else [],
        sources=_sources(listed.items),
        filters=filters,
        kind=given.get("kind"),
        kinds=[one.name for one in KINDS],
        next=following(call, pairs, listed.next),
        count=len(listed.items),
    )  # fmt: skip


async def _key_figures(call: Call, company: Company, times: Pairs) -> list[tuple[str, AnyFact]]:
    """What a company that files with the SEC reported last for well-known concepts, at these times, with a heading."""
    if "cik" not in company.identifiers:
        return []
    items = [
        {"company": company.slug, "kind": "metric", "subject": subject, "frequency": frequency}
        for subject, frequency, _ in _KEY_FIGURES
    ]
    answers = _lookups.decode((await ask_with(call, "lookUpFacts", {"items": items}, times)).body).items
    found = [
        (heading, one.fact, one.fact.period.last)
        for (_, _, heading), one in zip(_KEY_FIGURES, answers, strict=True)
        if one.fact is not None and one.fact.period is not None
    ]
    newest = max((last for _, _, last in found), default=date.min)
    return [(heading, fact) for heading, fact, last in found if newest - last < _CURRENT]


def groups(facts: Sequence[AnyFact], company: str) -> list[Group]:
    """Facts by kind, and within a kind by series."""
    by_kind: dict[str, dict[object, list[AnyFact]]] = {}
    for fact in facts:
        value = fact.value
        unit, comparison = (
            (value.quantity.unit, value.comparison) if isinstance(value, MetricValue) else (None, None)
        )
        key = (fact.subject, tuple(fact.dimensions.items()), fact.basis, unit, comparison)
        by_kind.setdefault(kind_of(fact), {}).setdefault(key, []).append(fact)
    return [
        Group(kind, [_series(series, company) for series in by_kind[kind].values()])
        for kind in words.KINDS
        if kind in by_kind
    ]


def _series(facts: list[AnyFact], company: str) -> Series:
    first = facts[0]
    quantities = [quantity for fact in reversed(facts) if (quantity := main_quantity(fact.value)) is not None]
    frequencies = {fact.period.frequency for fact in facts if fact.period is not None}
    line = (
        charts.sparkline([charts.number(q) for q in quantities])
        if len(quantities) > 2 and len(frequencies) == 1
        else ""
    )
    query = [
        ("company", company),
        ("subject", first.subject),
        ("kind", kind_of(first)),
        ("basis", first.basis),
    ]
    query += [("dimension", f"{name}:{member}") for name, member in first.dimensions.items()]
    if isinstance(first.value, MetricValue):
        query += [("unit", first.value.quantity.unit), ("comparison", first.value.comparison or "none")]
    shown = query_text(query) if quantities and first.period is not None else ""
    return Series(facts, line, shown)


def _sources(facts: Sequence[AnyFact]) -> list[tuple[CitedSource, int]]:
    """The sources that facts cite, each with the number of facts that cite it, the most cited first."""
    found: dict[str, tuple[CitedSource, int]] = {}
    for fact in facts:
        for source in {citation.source.id: citation.source for citation in fact.citations}.values():
            found[source.id] = source, found.get(source.id, (source, 0))[1] + 1
    return sorted(found.values(), key=lambda pair: -pair[1])[:6]
