"""Holds the values of all standard concepts of a company against identities. For the command `concepts check`."""

from collections.abc import AsyncIterator, Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

import msgspec

from service.core.history import NOW
from service.core.periods import Period
from service.core.quantities import Quantity, normal
from service.operations import registry
from service.postgres.database import Database
from service.series.rows import SeriesQuery, Slice
from service.words import figures_store as stored
from service.words.answers import IdentityCheck
from service.words.concepts import STANDARD, StandardConcept
from service.words.figures_store import AskedStandard
from service.words.identities import IDENTITIES

_ALL = 1_000_000  # rows of a series
_PAGE = 500  # companies
_QUARTERS = "the four quarters = the year"
_TOLERANCE = Decimal("0.001")

Values = dict[str, dict[Period, Decimal]]  # by concept


class Violation(NamedTuple):
    """An identity that does not hold for a period."""

    concept: str  # the one whose quarters do not add up; of other identities the first
    period: Period
    check: IdentityCheck


class CompanyReport(NamedTuple):
    """What was found of one company."""

    company: str
    years: int  # fiscal years that any concept has
    covered: Mapping[str, int]  # of these, how many have a value, by concept
    held: int  # identities that hold
    violations: list[Violation]


class _Row(msgspec.Struct):
    period: Period
    quantity: Quantity


_rows = msgspec.json.Decoder(_Row)


async def reports(database: Database, company: str | None) -> AsyncIterator[CompanyReport]:
    """The report of a company (a slug or `scheme:value`), or of all companies by slug. Raises NotFound."""
    if company is not None:
        slug = await registry.slug_of(database, company)
        await registry.must_be_known(database, slug)
        yield await _report(database, slug)
        return
    after = ""
    while page := (await registry.company_list(database, None, after, _PAGE, NOW)).found:
        for one in page:
            yield await _report(database, one.slug)
        after = page[-1].slug


async def _report(database: Database, company: str) -> CompanyReport:
    values: Values = {one.slug: await _values(database, company, one) for one in STANDARD}
    years = {
        period.last
        for one in STANDARD
        if one.holds == "flow"
        for period in values[one.slug]
        if period.frequency == "annual"
    }
    covered = {
        slug: len({p.last for p in of if p.last in years and p.frequency in {"annual", "instant"}})
        for slug, of in values.items()
    }
    checked = [*_identities(values), *_quarters(values)]
    violations = [one for one in checked if not one.check.holds]
    return CompanyReport(company, len(years), covered, len(checked) - len(violations), violations)


async def _values(database: Database, company: str, concept: StandardConcept) -> dict[Period, Decimal]:
    """The values of a concept by period: of the series without dimensions that has the most."""
    query = SeriesQuery(company, concept.slug, {}, kind="metric", basis="reported")
    found = await database.together(
        stored.series, AskedStandard(concept, query, NOW, Slice(descending=False, limit=_ALL))
    )
    plain = [one.points for one in found.series if not one.head.dimensions]
    longest = max(plain, key=len) if plain else []
    rows = [_rows.decode(f"{{{point}}}") for point in longest]
    return {row.period: Decimal(row.quantity.value) for row in rows if row.quantity.value is not None}


def _identities(values: Values) -> Iterable[Violation]:
    for identity in IDENTITIES:
        first = min(identity.concepts)
        for period in values[first]:
            numbers = {name: values[name][period] for name in identity.concepts if period in values[name]}
            check = identity.check(numbers)
            if check is not None:
                yield Violation(first, period, check)


def _quarters(values: Values) -> Iterable[Violation]:
    """Whether four quarters that follow each other within a year add up to it."""
    for concept in STANDARD:
        if concept.measure != "money" or concept.holds != "flow":
            continue
        of = values[concept.slug]
        quarters = sorted((p for p in of if p.frequency == "quarterly"), key=lambda p: p.first)
        for year in (period for period in of if period.frequency == "annual"):
            within = [p for p in quarters if p.first >= year.first and p.last <= year.last]
            if len(within) == 4 and sum(p.days for p in within) == year.days:
                residual = of[year] - sum(of[p] for p in within)
                holds = abs(residual) <= max(abs(of[year]), *(abs(of[p]) for p in within)) * _TOLERANCE
                check = IdentityCheck(identity=_QUARTERS, holds=holds, residual=normal(f"{residual:f}"))
                yield Violation(concept.slug, year, check)


def in_words(report: CompanyReport) -> list[str]:
    """The lines that tell a report."""
    if not report.years:
        return [f"{report.company}: no fiscal year"]
    parts = [f"{slug} {count}" for slug, count in report.covered.items() if count]
    lines = [
        f"{report.company}: {report.years} fiscal years; years with a value: {', '.join(parts)}",
        f"{report.company}: {report.held} identities hold, {len(report.violations)} do not",
    ]
    return lines + [
        f"{report.company}: {one.concept} {one.period.words()}: {one.check.identity}: residual {one.check.residual}"
        for one in report.violations
    ]
