"""Derived quarters, compared with a simple oracle on random histories, and with reported quarters in real files."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.core.history import Times
from service.core.periods import Period
from service.core.quantities import Quantity
from service.series.quarters import OUTSTANDING, derive, splits
from service.series.rows import Derivation, Point, Refusal, SeriesRow, ShortSource, StatedVersion
from tests import edgar_files as edgar
from tests.effort import examples

Spell = tuple[date, date]

YEAR = date(2020, 1, 1)
ENDS = {3: date(2020, 3, 31), 6: date(2020, 6, 30), 9: date(2020, 9, 30), 12: date(2020, 12, 31)}
# the parts of a fiscal year that filings state, and faults that they have: starts a day off, a quarter stated twice
PERIODS: list[Spell] = [
    (YEAR, ENDS[3]),
    (YEAR, ENDS[6]),
    (YEAR, ENDS[9]),
    (YEAR, ENDS[12]),
    (date(2020, 4, 1), ENDS[6]),
    (date(2020, 7, 1), ENDS[9]),
    (date(2020, 10, 1), ENDS[12]),
    (date(2020, 1, 2), ENDS[9]),
    (date(2019, 12, 29), ENDS[12]),
    (date(2020, 10, 2), ENDS[12]),
    (date(2020, 7, 1), ENDS[12]),
    (date(2020, 1, 1), date(2020, 10, 3)),
]
DAYS = [date(2021, 2, 1) + timedelta(days=200 * n) for n in range(6)]
SOURCES = {1: ShortSource(id="sha256:" + "0" * 64, title="A report", url=None)}


def statement(
    version: int, known_at: date, value: int, position: int | None = None, **fields: Any
) -> StatedVersion:
    return StatedVersion(
        version=version,
        known_at=known_at,
        position=position or version,
        quantity=Quantity(unit=fields.pop("unit", "USD"), value=str(value), **fields),
        source=1,
        evidence="unarchived",
    )


def point(number: int, spell: Spell, statements: list[StatedVersion]) -> Point:
    return Point(
        fact=UUID(int=number + 1), period=Period(start=spell[0], end=spell[1]), statements=statements
    )


@st.composite
def series(draw: st.DrawFn) -> list[Point]:
    found: list[Point] = []
    for number, spell in enumerate(PERIODS):
        if not draw(st.booleans()):
            continue
        days = draw(st.lists(st.sampled_from(DAYS), min_size=1, max_size=4))
        statements = [
            statement(version, day, draw(st.sampled_from([100, 200, 350])))
            for version, day in enumerate(days, 1)
        ]
        found.append(point(number, spell, statements))
    return found


# -- the oracle: day by day, without indexes -----------------------------------------------------


def told(one: Point, day: date) -> Iterator[tuple[date, str]]:
    """The answer on each day with a statement, up to a day."""
    for known in sorted({s.known_at for s in one.statements if s.known_at <= day}):
        last = max((s for s in one.statements if s.known_at == known), key=lambda s: s.version)
        yield known, last.quantity.value or ""


def has_vintage(one: Point, other: Point, day: date) -> bool:
    """Whether two values may be subtracted, by the words of docs/series.md."""

    def restated(p: Point) -> date | None:
        values = list(told(p, day))
        since = values[-1][0]
        for known, value in reversed(values):
            if value != values[-1][1]:
                return since
            since = known
        return None

    def reporting_years(p: Point) -> set[int]:
        values = list(told(p, day))
        first = restated(p) or values[0][0]
        years = [(known - p.period.last).days // 365 for known in (first, values[-1][0])]
        return set(range(years[0], years[1] + 1))

    pairs = ((one, other), (other, one))
    late = [p for p, q in pairs if (r := restated(p)) is not None and r > max(k for k, _ in told(q, day))]
    if not late:
        return True
    return all(restated(p) for p in (one, other)) and bool(reporting_years(one) & reporting_years(other))


def oracle(points: list[Point], day: date) -> dict[Spell, str]:
    """The quarters that can be derived on a day."""
    known = [p for p in points if list(told(p, day))]
    quarters = [p.period for p in known if 61 <= p.period.days <= 121]
    found: dict[date, tuple[Spell, str]] = {}
    for longer in sorted(known, key=lambda p: (p.period.last, p.period.first)):
        end = longer.period.last
        if not any(low <= longer.period.days <= high for low, high in ((152, 213), (243, 304), (335, 395))):
            continue
        shorter = [
            p
            for p in known
            if p.period.first == longer.period.first
            and p.period.days >= 61
            and 61 <= (end - p.period.last).days <= 121
        ]
        if not shorter or end in found:
            continue
        part = min(shorter, key=lambda p: (abs((end - p.period.last).days - 91), p.period.last))
        spell = (part.period.last + timedelta(days=1), end)
        days = {spell[0] + timedelta(days=n) for n in range((end - spell[0]).days + 1)}
        if any(sum(q.first <= d <= q.last for d in days) * 2 > len(days) for q in quarters):
            continue
        if has_vintage(longer, part, day):
            values = [Decimal(list(told(p, day))[-1][1]) for p in (longer, part)]
            found[end] = (spell, str(values[0] - values[1]))
    return dict(found.values())


def spelled(rows: list[SeriesRow]) -> dict[Spell, str]:
    return {(row.period.first, row.period.last): row.quantity.value or "" for row in rows}


@settings(max_examples=examples(150))
@given(series(), st.sampled_from(DAYS))
def test_what_is_derived_on_a_day_is_what_the_oracle_derives(points: list[Point], day: date) -> None:
    found, refused = derive("us-gaap:Revenues", points, [], "latest", Times(day), SOURCES)
    assert spelled(found) == oracle(points, day)
    assert not {row.period.last for row in found} & {r.period.last for r in refused if r.period}


@settings(max_examples=examples(150))
@given(series())
def test_on_each_day_the_vintages_are_what_is_derived_on_that_day(points: list[Point]) -> None:
    found, _ = derive("us-gaap:Revenues", points, [], "all", Times(), SOURCES)
    for day in [d + timedelta(days=n) for d in DAYS for n in (-1, 0, 1)]:
        standing = [r for r in found if _stands(r, day)]
        assert spelled(standing) == oracle(points, day)
        assert len(standing) == len(spelled(standing))


def _stands(row: SeriesRow, day: date) -> bool:
    assert isinstance(row.realtime_start, date)
    assert row.realtime_end is None or isinstance(row.realtime_end, date)
    return row.realtime_start <= day and (row.realtime_end is None or day <= row.realtime_end)


@given(series())
def test_the_first_is_the_first_vintage_of_what_was_never_reported(points: list[Point]) -> None:
    every, _ = derive("us-gaap:Revenues", points, [], "all", Times(), SOURCES)
    first, _ = derive("us-gaap:Revenues", points, [], "first", Times(), SOURCES)
    reported = {p.period for p in points if 61 <= p.period.days <= 121}
    for row in first:
        assert row.realtime_start is not None
        vintages = [r for r in every if r.period.last == row.period.last]
        assert min(r.known_at for r in vintages) == row.known_at
        assert row.period not in reported


@given(series(), st.sampled_from(DAYS))
def test_a_derived_row_is_what_its_operands_leave(points: list[Point], day: date) -> None:
    by_fact = {p.fact: p for p in points}
    for row in derive("us-gaap:Revenues", points, [], "latest", Times(day), SOURCES)[0]:
        assert (row.status, row.fact, row.version, row.evidence, row.source) == (
            "derived",
            None,
            None,
            None,
            None,
        )
        assert isinstance(row.derived, Derivation)
        longer, shorter = row.derived.operands
        assert longer.period.first == shorter.period.first
        assert shorter.period.last + timedelta(days=1) == row.period.first
        assert longer.period.last == row.period.last
        assert Decimal(longer.quantity.value or 0) - Decimal(shorter.quantity.value or 0) == Decimal(
            row.quantity.value or 0
        )
        for operand in (longer, shorter):
            cited = next(s for s in by_fact[operand.fact].statements if s.version == operand.version)
            assert (cited.quantity, cited.known_at) == (operand.quantity, operand.known_at)


# -- refusals ------------------------------------------------------------------------------------

WHOLE, NINE = (YEAR, ENDS[12]), (YEAR, ENDS[9])
DAY = date(2021, 2, 1)


def refusal(points: list[Point], elsewhere: list[Point] | None = None) -> Refusal:
    rows, (refused,) = derive("us-gaap:Revenues", points, elsewhere or [], "latest", Times(), SOURCES)
    assert rows == []
    return refused


def test_operands_with_different_starts_are_refused() -> None:
    slipped = (date(2020, 1, 2), ENDS[9])
    refused = refusal([point(0, WHOLE, [statement(1, DAY, 100)]), point(1, slipped, [statement(1, DAY, 70)])])
    assert (refused.reason, refused.operands) == ("start", [UUID(int=1), UUID(int=2)])


def test_operands_in_different_units_are_refused() -> None:
    euros = [point(1, NINE, [statement(1, DAY, 70, unit="EUR")])]
    refused = refusal([point(0, WHOLE, [statement(1, DAY, 100)])], euros)
    assert (refused.reason, "EUR" in refused.detail) == ("unit", True)


def test_a_year_whose_nine_months_are_not_stated_is_refused() -> None:
    quarter = (YEAR, ENDS[3])
    refused = refusal([point(0, WHOLE, [statement(1, DAY, 100)]), point(1, quarter, [statement(1, DAY, 20)])])
    assert (refused.reason, refused.operands) == ("concept", [UUID(int=1)])


def test_a_series_of_years_alone_has_nothing_to_refuse() -> None:
    assert derive("revenue", [point(0, WHOLE, [statement(1, DAY, 100)])], [], "latest", Times(), SOURCES) == (
        [],
        [],
    )


def test_a_restated_year_is_not_set_against_months_as_first_told() -> None:
    whole = point(0, WHOLE, [statement(1, DAY, 100), statement(2, DAY + timedelta(days=365), 110)])
    nine = point(1, NINE, [statement(1, date(2020, 11, 1), 70)])
    assert refusal([whole, nine]).reason == "vintage"
    before, _ = derive("revenue", [whole, nine], [], "latest", Times(DAY), SOURCES)
    assert spelled(before) == {(date(2020, 10, 1), ENDS[12]): "30"}
    told_again = point(
        1, NINE, [statement(1, date(2020, 11, 1), 70), statement(2, DAY + timedelta(days=400), 70)]
    )
    after, _ = derive("revenue", [whole, told_again], [], "latest", Times(), SOURCES)
    assert spelled(after) == {(date(2020, 10, 1), ENDS[12]): "40"}


@pytest.mark.parametrize("fields", [{"bound": "about"}, {"bound": "at_least"}])
def test_what_is_not_one_number_is_refused(fields: dict[str, Any]) -> None:
    nine = point(1, NINE, [statement(1, DAY, 70, **fields)])
    assert refusal([point(0, WHOLE, [statement(1, DAY, 100)]), nine]).reason == "accuracy"


@pytest.mark.parametrize("unit", ["USD/shares", "percent", "pure", "users"])
def test_a_unit_that_does_not_add_up_over_time_is_refused(unit: str) -> None:
    points = [point(n, spell, [statement(1, DAY, 70, unit=unit)]) for n, spell in enumerate((WHOLE, NINE))]
    refused = refusal(points)
    assert (refused.period, refused.reason) == (None, "unit")


def test_shares_that_were_issued_add_up_and_their_average_does_not() -> None:
    points = [
        point(n, spell, [statement(1, DAY, value, unit="shares")])
        for n, (spell, value) in enumerate(((WHOLE, 100), (NINE, 70)))
    ]
    issued, _ = derive(
        "us-gaap:StockIssuedDuringPeriodSharesNewIssues", points, [], "latest", Times(), SOURCES
    )
    assert spelled(issued) == {(date(2020, 10, 1), ENDS[12]): "30"}
    average = "us-gaap:WeightedAverageNumberOfSharesOutstandingBasic"
    found, (refused,) = derive(average, points, [], "latest", Times(), SOURCES)
    assert (found, refused.period, refused.reason) == ([], None, "concept")


def test_instants_are_never_derived() -> None:
    ends = [point(n, (ENDS[month], ENDS[month]), [statement(1, DAY, 70)]) for n, month in enumerate((9, 12))]
    for one in ends:
        one.period = Period(instant=one.period.last)
    assert derive("us-gaap:Assets", ends, [], "latest", Times(), SOURCES) == ([], [])


def test_a_difference_is_as_accurate_as_its_operands() -> None:
    whole = point(0, WHOLE, [statement(1, DAY, 53000000000, decimals=-9)])
    nine = point(1, NINE, [statement(1, DAY, 40100000000, decimals=-8)])
    (row,), _ = derive("revenue", [whole, nine], [], "latest", Times(), SOURCES)
    assert row.quantity == Quantity(unit="USD", value="12900000000", decimals=-9)


# -- real filings --------------------------------------------------------------------------------


def real(cik: int, concept: str, unit: str = "USD") -> list[Point]:
    found: dict[Period, Point] = {}
    for position, row in enumerate(edgar.rows(cik, concept, unit), 1):
        period = edgar.period(row)
        one = found.setdefault(period, Point(fact=UUID(int=len(found) + 1), period=period, statements=[]))
        said = statement(len(one.statements) + 1, date.fromisoformat(row["filed"]), 0, position)
        said.quantity = Quantity(unit=unit, value=str(row["val"]))
        one.statements.append(said)
    return list(found.values())


def quarter(
    points: list[Point], start: date, end: date, known_at: date | None = None
) -> int | Refusal | None:
    """The derived value of a quarter, its refusal, or None."""
    rows, refused = derive("us-gaap:Revenues", points, [], "latest", Times(known_at), SOURCES)
    for row in rows:
        if row.period == Period(start=start, end=end):
            return int(row.quantity.value or "")
    return next((r for r in refused if r.period is not None and r.period.last == end), None)


def without(points: list[Point], *periods: Period) -> list[Point]:
    return [p for p in points if p.period not in periods]


@pytest.mark.parametrize(
    ("cik", "concept", "start", "end"),
    [
        # 10-K of 2011-03-30: fiscal 2010 restated with its nine months; the quarter was reported beside
        (edgar.WALMART, "us-gaap:NetIncomeLoss", date(2009, 11, 1), date(2010, 1, 31)),
        # 10-K of 2014-03-21: fiscal 2013 restated after the 10-Q of 2013-12-06 had restated nine months
        (edgar.WALMART, "us-gaap:Revenues", date(2012, 11, 1), date(2013, 1, 31)),
        # 10-K of 2020-11-25: fiscal 2019, of 52 weeks, restated after the 10-Q of 2020-08-04
        (edgar.DISNEY, "us-gaap:Revenues", date(2019, 6, 30), date(2019, 9, 28)),
        # 10-K of 2018-10-31 and later: the last quarter of 2017, a year of 53 weeks
        (edgar.APPLE, "us-gaap:NetIncomeLoss", date(2017, 7, 2), date(2017, 9, 30)),
        (edgar.HOME_DEPOT, "us-gaap:NetIncomeLoss", date(2014, 11, 3), date(2015, 2, 1)),
        (edgar.MCDONALDS, "us-gaap:NetIncomeLoss", date(2014, 10, 1), date(2014, 12, 31)),
    ],
)
def test_a_last_quarter_derived_is_the_one_that_was_reported(
    cik: int, concept: str, start: date, end: date
) -> None:
    points = real(cik, concept)
    period = Period(start=start, end=end)
    (reported,) = [p for p in points if p.period == period]
    assert quarter(points, start, end) is None, "what is reported is not derived"
    values = {int(s.quantity.value or "") for s in reported.statements}
    assert quarter(without(points, period), start, end) in values


def test_under_armour_s_year_restated_in_2024_is_not_set_against_its_nine_months() -> None:
    # the 10-K of 2024-05-29 restated the year that ended in March 2023; its nine months stand as in the 10-Q of
    # 2023-02-08, so what they leave is not the quarter that the 10-K reports
    points = real(edgar.UNDER_ARMOUR, "us-gaap:NetIncomeLoss")
    start, end = date(2023, 1, 1), date(2023, 3, 31)
    left = without(points, Period(start=start, end=end))
    refused = quarter(left, start, end)
    assert isinstance(refused, Refusal)
    assert (refused.reason, refused.period) == ("vintage", Period(start=date(2022, 4, 1), end=end))
    before = quarter(left, start, end, date(2024, 5, 28))
    assert isinstance(before, int), "before the restatement both stood as first told"


def test_apple_s_last_quarter_of_buying_back_shares_is_the_year_less_nine_months() -> None:
    # 402 million of fiscal 2025 (10-K of 2025-10-31) less 312 million of nine months (10-Q of 2025-08-01)
    subject = "us-gaap:StockRepurchasedAndRetiredDuringPeriodShares"
    rows, _ = derive(subject, real(edgar.APPLE, subject, "shares"), [], "latest", Times(), SOURCES)
    found = {(row.period.first, row.period.last): row for row in rows}[date(2025, 6, 29), date(2025, 9, 27)]
    assert (found.quantity.unit, found.quantity.value) == ("shares", "90000000")
    assert isinstance(found.derived, Derivation)
    assert [str(operand.known_at) for operand in found.derived.operands] == ["2025-10-31", "2025-08-01"]


def test_apple_s_shares_before_and_after_the_split_of_2014_are_not_set_against_each_other() -> None:
    # seven for one on 2014-06-09: the 10-Q of 2014-04-24 counts old shares, that of 2014-07-23 new ones
    subject = (
        "us-gaap:ShareBasedCompensationArrangementByShareBasedPaymentAwardEquityInstruments"
        "OtherThanOptionsVestedInPeriod"
    )
    found = splits(real(edgar.APPLE, OUTSTANDING, "shares"))
    assert [tuple(map(str, split)) for split in found] == [
        ("2014-04-24", "2014-07-23"),
        ("2020-07-31", "2020-10-30"),
    ]
    points = real(edgar.APPLE, subject, "shares")
    rows, refused = derive(subject, points, [], "latest", Times(), SOURCES, found)
    nine_months = Period(start=date(2013, 9, 29), end=date(2014, 6, 28))
    assert [refusal.reason for refusal in refused if refusal.period == nine_months] == ["vintage"]
    assert nine_months.last not in {row.period.last for row in rows}
    assert {row.period.last for row in rows} >= {date(2013, 6, 29), date(2013, 9, 28)}, (
        "before it they are derived"
    )


def test_across_under_armour_s_change_of_year_nothing_is_derived_that_spans_it() -> None:
    # years ended in December until 2021; three months to March 2022 were reported alone (10-KT of 2022)
    points = real(edgar.UNDER_ARMOUR, "us-gaap:NetCashProvidedByUsedInOperatingActivities")
    rows, _ = derive("us-gaap:Revenues", points, [], "latest", Times(), SOURCES)
    for row in rows:
        assert 61 <= row.period.days <= 121
        assert not row.period.first < date(2022, 1, 1) <= row.period.last
        assert not row.period.first < date(2022, 4, 1) <= row.period.last
    assert quarter(points, date(2021, 10, 1), date(2021, 12, 31)) is not None


def test_apple_s_quarters_of_cash_flow_add_up_to_its_years() -> None:
    # filings state cash flow for the year to date; fiscal 2019 to 2022 (10-Ks of 2019-10-31 to 2022-10-28)
    points = real(edgar.APPLE, "us-gaap:NetCashProvidedByUsedInOperatingActivities")
    rows, _ = derive("us-gaap:Revenues", points, [], "latest", Times(), SOURCES)
    derived = spelled(rows)
    for longer in (
        p for p in points if p.period.frequency == "annual" and 2018 <= p.period.first.year <= 2021
    ):
        reported = {
            (p.period.first, p.period.last): p.statements[-1].quantity.value or ""
            for p in points
            if p.period.frequency == "quarterly"
        }
        within = {
            spell: int(value)
            for spell, value in (derived | reported).items()
            if longer.period.first <= spell[0] and spell[1] <= longer.period.last
        }
        assert len(within) == 4
        assert sum(within.values()) == int(longer.statements[-1].quantity.value or "")


def test_what_is_derived_over_all_files_agrees_with_what_was_reported() -> None:
    """Fourth quarters that were reported and can also be derived agree, but for a few."""
    alike = 0
    other: list[object] = []
    for cik in (
        edgar.APPLE,
        edgar.WALMART,
        edgar.DISNEY,
        edgar.HOME_DEPOT,
        edgar.MCDONALDS,
        edgar.UNDER_ARMOUR,
    ):
        for taxonomy, tags in edgar.document(cik)["facts"].items():
            for tag, described in tags.items():
                if "USD" not in described["units"]:
                    continue
                points = real(cik, f"{taxonomy}:{tag}")
                annual = {p.period.last for p in points if p.period.frequency == "annual"}
                for one in [
                    p for p in points if p.period.frequency == "quarterly" and p.period.last in annual
                ]:
                    left = [
                        p
                        for p in points
                        if p.period.frequency != "quarterly" or p.period.last != one.period.last
                    ]
                    found = quarter(left, one.period.first, one.period.last)
                    if not isinstance(found, int):
                        continue
                    values = [int(s.quantity.value or "") for s in one.statements]
                    # filings round to thousands or millions, each number by itself
                    if any(abs(found - value) <= max(2_000_000, abs(value) // 1000) for value in values):
                        alike += 1
                    else:
                        other.append((cik, tag, one.period.last, found, values))
    assert alike > 200
    assert len(other) * 20 < alike, other
