"""Synthetic filers and their companyfacts documents, with the properties of real ones.

Measured on seven real files: half of a period's values are filed again in later filings (1.9 rows per period,
up to eight), a twentieth of those with another value; concepts cover from a few periods to all of them; a
tenth of the filers have fiscal quarters that end some days before or after the calendar's. Here every filing reports its
own periods and the comparative ones, as forms 10-Q and 10-K do. A few filers have as many facts as Apple, most have a
hundredth. The result depends only on the seed and the number of facts.
"""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from service.core.periods import Period

SEED = 18
LAST_YEAR = 2024  # every filer's last quarter is the fourth of this year
LARGE = 64  # quarters of the largest filers
SMALL_FILERS = 5000  # number of companies in a frame

# every filer reports these concepts for all its quarters
ASSETS = "Assets"  # at an instant
REVENUES = "Revenues"  # over a duration
_CORE = ((ASSETS, "USD", True), (REVENUES, "USD", False))
_NOUNS = (
    "AccountsPayable", "AccountsReceivable", "AccruedLiabilities", "Amortization", "Buildings", "Cash", "CommonStock",
    "CostOfRevenue", "Debt", "DeferredRevenue", "DeferredTax", "Depreciation", "Dividends", "Goodwill", "GrossProfit",
    "IncomeTax", "IntangibleAssets", "InterestExpense", "Inventory", "Investments", "Land", "LeaseLiability",
    "Machinery", "MarketableSecurities", "NetIncome", "OperatingExpense", "OperatingIncome", "PensionCost",
    "PrepaidExpense", "ResearchAndDevelopment", "RestructuringCharges", "RetainedEarnings", "SellingExpense",
    "ShareBasedCompensation", "TreasuryStock", "UnrecognizedTaxBenefits", "Warranty",
)  # fmt: skip
_FORMS = (
    "{}", "{}Current", "{}Noncurrent", "{}Gross", "{}Net", "{}Adjustment", "IncreaseDecreaseIn{}", "PaymentsFor{}",
    "ProceedsFrom{}", "Other{}", "{}FairValue", "{}PerShare",
)  # fmt: skip


class Filer(NamedTuple):
    """One company that files."""

    cik: int
    name: str
    quarters: int  # how many it has filed for
    facts: int  # number of facts to make, approximately
    fiscal: int  # quarters by which its fiscal year ends before the calendar's
    early: int  # days by which its quarters end before the calendar's

    @property
    def large(self) -> bool:
        """Whether it is one of the largest filers."""
        return self.quarters == LARGE


def filers(facts: int) -> Iterator[Filer]:
    """Filers with about `facts` facts together: half in small ones, a quarter each in medium and large ones."""
    rng = random.Random(f"{SEED} filers {facts}")
    small = min(SMALL_FILERS, max(20, facts // 20))
    large_facts = min(12_000, max(200, facts // 8))
    large = max(1, facts // 4 // large_facts)
    middling_facts = min(1_250, large_facts)
    middling = max(1, facts // 4 // middling_facts)
    small_facts = max(8, facts // 2 // small)
    cik = 1_000_000
    for count, size, quarters in (
        (large, large_facts, LARGE),
        (middling, middling_facts, 44),
        (small, small_facts, 16 if small_facts >= 60 else 4),
    ):
        for _ in range(count):
            cik += rng.randint(1, 300)
            early = rng.choice((1, 2, 3, 5)) if rng.random() < 0.1 else 0
            yield Filer(
                cik=cik,
                name=f"{rng.choice(_WORDS)} {rng.choice(_WORDS)} {rng.choice(_TRADES)} {cik % 1000:03}",
                quarters=quarters,
                facts=max(8, int(size * rng.uniform(0.5, 1.5))),
                fiscal=rng.choice((0, 0, 0, 1, 2)),
                early=early,
            )


_WORDS = (
    "Amber", "Arbor", "Beacon", "Birch", "Cedar", "Cobalt", "Coral", "Delta", "Ember", "Fathom", "Granite", "Harbor",
    "Indigo", "Juniper", "Keystone", "Lumen", "Maple", "Meridian", "Northern", "Onyx", "Pioneer", "Quartz", "Ridge",
    "Summit", "Timber", "Union", "Vertex", "Willow", "Yarrow", "Zephyr",
)  # fmt: skip
_TRADES = (
    "Bancorp",
    "Energy",
    "Foods",
    "Health",
    "Holdings",
    "Industries",
    "Logistics",
    "Software",
    "Stores",
    "Works",
)


class Filing(NamedTuple):
    """One filing of a filer."""

    quarter: int
    accn: str
    form: str
    filed: date
    fy: int
    fp: str


def quarter_end(filer: Filer, quarter: int) -> date:
    """The last day of a filer's quarter; quarter 0 is its first."""
    return _quarter_end(filer.quarters - 1 - quarter, filer.early)


@cache
def _quarter_end(before_last: int, early: int) -> date:
    months = LAST_YEAR * 12 + 12 - 3 * before_last
    year, month = divmod(months, 12)
    return date(year, month + 1, 1) - timedelta(days=1 + early)


def _start(filer: Filer, quarter: int) -> date:
    return _quarter_end(filer.quarters - quarter, filer.early) + timedelta(days=1)


def _fiscal_quarter(filer: Filer, quarter: int) -> int:
    return (quarter - filer.quarters + filer.fiscal) % 4 + 1


def filings(filer: Filer) -> list[Filing]:
    """A filer's filings, oldest first."""
    rng = random.Random(f"{SEED} filings {filer.cik}")
    found: list[Filing] = []
    for quarter in range(filer.quarters):
        fiscal = _fiscal_quarter(filer, quarter)
        filed = quarter_end(filer, quarter) + timedelta(days=rng.randint(28, 45) + (20 if fiscal == 4 else 0))
        found.append(
            Filing(
                quarter,
                f"{filer.cik:010}-{filed.year % 100:02}-{quarter + 1:06}",
                "10-K" if fiscal == 4 else "10-Q",
                filed,
                filed.year,
                "FY" if fiscal == 4 else f"Q{fiscal}",
            )
        )
    return found


class Span(NamedTuple):
    """A period in a filing: its first and last quarter; an instant has no first."""

    first: int | None
    last: int


def _reported(filer: Filer, quarter: int, *, instant: bool) -> list[Span]:
    """The periods of a concept in the filing for a quarter: its own and the comparative ones."""
    fiscal = _fiscal_quarter(filer, quarter)
    if instant:
        return [Span(None, q) for q in (quarter, quarter - fiscal) if q >= 0]
    if fiscal == 4:
        spans = [Span(q - 3, q) for q in (quarter, quarter - 4, quarter - 8)]
    else:
        spans = [Span(q, q) for q in (quarter, quarter - 4)]
        if fiscal > 1:
            spans += [Span(q - fiscal + 1, q) for q in (quarter, quarter - 4)]
    return [span for span in spans if span.first is not None and span.first >= 0]


Row = dict[str, str | int | float | None]
Document = dict[str, object]


def document(filer: Filer) -> Document:
    """The companyfacts document of a filer, in EDGAR's form."""
    rng = random.Random(f"{SEED} document {filer.cik}")
    made = filings(filer)
    facts = 0
    concepts: dict[str, object] = {}
    for concept, unit, instant in _concepts(rng):
        core = concept in {ASSETS, REVENUES}
        span = filer.quarters if core else min(filer.quarters, max(2, int(rng.paretovariate(0.8) * 4)))
        first = rng.randint(0, filer.quarters - span)
        rows, periods = _rows(filer, made[first : first + span], unit, rng, instant=instant)
        if not rows:
            continue
        concepts[concept] = {
            "label": concept,
            "description": f"Synthetic: what the concept {concept} would measure, in {unit}.",
            "units": {unit: rows},
        }
        facts += periods
        if facts >= filer.facts:
            break
    return {"cik": filer.cik, "entityName": filer.name, "facts": {"us-gaap": concepts}}


def _concepts(rng: random.Random) -> Iterator[tuple[str, str, bool]]:
    yield from _CORE
    names = [form.format(noun) for form in _FORMS for noun in _NOUNS]
    # a shuffle that prefers the front, so that all filers have mostly the common concepts
    names = sorted(names, key=lambda name: names.index(name) * rng.random())
    for name in names:
        unit = "USD/shares" if name.endswith("PerShare") else "shares" if "Stock" in name else "USD"
        instant = not name.startswith(("Increase", "Payments", "Proceeds")) and name[0] in "ABCDGILMPRT"
        yield name, unit, instant


def _rows(
    filer: Filer, made: list[Filing], unit: str, rng: random.Random, *, instant: bool
) -> tuple[list[Row], int]:
    level = 10 ** rng.uniform(5, 10)
    values: dict[Span, int | float] = {}
    last_row: dict[Span, Row] = {}
    rows: list[tuple[date, date, date, Row]] = []
    for filing in made:
        for span in _reported(filer, filing.quarter, instant=instant):
            if span not in values:
                quarters = 1 if span.first is None else span.last - span.first + 1
                values[span] = _value(level * quarters * rng.uniform(0.8, 1.25), unit)
            elif rng.random() < 0.05:
                values[span] = _restated(values[span], unit, rng)
            end = quarter_end(filer, span.last)
            start = None if span.first is None else _start(filer, span.first)
            row: Row = {} if start is None else {"start": start.isoformat()}
            row |= {
                "end": end.isoformat(), "val": values[span], "accn": filing.accn, "fy": filing.fy, "fp": filing.fp,
                "form": filing.form, "filed": filing.filed.isoformat(),
            }  # fmt: skip
            last_row[span] = row
            rows.append((end, start or end, filing.filed, row))
    for span, row in last_row.items():
        start = None if span.first is None else _start(filer, span.first)
        frame = _frame(start, quarter_end(filer, span.last))
        if frame is not None:
            row["frame"] = frame
    rows.sort(key=lambda each: each[:3])
    return [row for *_, row in rows], len(values)


@cache
def _frame(start: date | None, end: date) -> str | None:
    period = Period(instant=end) if start is None else Period(start=start, end=end)
    return None if period.frame is None else f"CY{period.frame}"


def _value(about: float, unit: str) -> int | float:
    return round(about / 1e8, 2) if unit == "USD/shares" else int(about) // 1000 * 1000


def _restated(value: float, unit: str, rng: random.Random) -> int | float:
    changed = value * rng.uniform(0.95, 1.05)
    return round(changed, 2) if unit == "USD/shares" else int(changed)
