"""Series over HTTP, compared with a simple oracle on random histories, and with real files."""

import asyncio
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.core.citations import Cite, SourceDescription
from service.core.companies import CompanyDescription
from service.core.facts import key_of
from service.core.identity import address_id
from service.core.kinds.metric import AssertMetric, MetricValue
from service.core.periods import Period
from service.core.quantities import Quantity
from service.core.requests import AddSource, AssertFact, DescribeCompany, Request, RetractFact
from service.core.sources import NamedSource
from service.postgres.database import opened
from service.recording.writer import record
from tests import bodies
from tests import edgar_files as edgar
from tests.clusters import Cluster
from tests.effort import examples
from tests.running import InProcess

EVER = date(9999, 1, 1)


def load(dsn: str, requests: list[Request]) -> int:
    """Record requests; returns the position of the log afterwards."""

    async def recorded() -> int:
        async with opened(dsn) as database:
            return (await record(database, requests, author=None)).position

    return asyncio.run(recorded())


@pytest.fixture(scope="module")
def real(cluster: Cluster) -> Iterator[InProcess]:
    """The service with some concepts of all real files."""
    wanted: dict[int, list[tuple[str, str]]] = {
        edgar.APPLE: [
            ("us-gaap:NetIncomeLoss", "USD"),
            ("us-gaap:EarningsPerShareDiluted", "USD/shares"),
            ("us-gaap:NetCashProvidedByUsedInOperatingActivities", "USD"),
            ("us-gaap:Assets", "USD"),
        ],
        edgar.HOME_DEPOT: [
            ("us-gaap:NetIncomeLoss", "USD"),
            ("us-gaap:EarningsPerShareDiluted", "USD/shares"),
            ("us-gaap:Assets", "USD"),
        ],
        edgar.UNDER_ARMOUR: [("us-gaap:NetIncomeLoss", "USD"), ("us-gaap:Assets", "USD")],
        edgar.WALMART: [
            ("us-gaap:NetIncomeLoss", "USD"),
            ("us-gaap:EffectiveIncomeTaxRateContinuingOperations", "pure"),
            ("us-gaap:Assets", "USD"),
        ],
    }
    with cluster.database() as made:
        for cik, concepts in wanted.items():
            load(made, edgar.requests(cik, concepts))
        with InProcess(made, cluster.keys["write"]) as service:
            yield service


# -- against an oracle ---------------------------------------------------------------------------

FIRST = date(2021, 1, 10)
DAYS = [FIRST + timedelta(days=40 * n) for n in range(5)]
PERIODS = (
    Period(start=date(2020, 1, 1), end=date(2020, 3, 31)),
    Period(start=date(2020, 4, 1), end=date(2020, 6, 30)),
    Period(start=date(2020, 1, 1), end=date(2020, 6, 30)),
    Period(start=date(2020, 1, 1), end=date(2020, 12, 31)),
    Period(instant=date(2020, 12, 31)),
    Period(start=date(2020, 12, 31), end=date(2020, 12, 31)),
)
QUANTITIES: tuple[dict[str, Any], ...] = (
    {"value": "10"},
    {"value": "10.0"},
    {"value": "-3.250"},
    {"value": "0"},
    {"value": "-0"},
    {"value": "12", "decimals": -1},
    {"value": "7", "bound": "at_least"},
    {"low": "3", "high": "5", "bound": "about"},
)


class Said:
    """An assertion as it was recorded."""

    def __init__(
        self, period: Period, version: int, position: int, day: date, quantity: dict[str, Any]
    ) -> None:
        self.period, self.version, self.position, self.day = period, version, position, day
        self.quantity = quantity
        self.retracted: int | None = None


def alike(one: dict[str, Any], other: int) -> bool:
    return plain(one) == plain(QUANTITIES[other])


class History:
    """A series of its own company, recorded entry by entry, and what was recorded when."""

    def __init__(self, dsn: str, steps: list[tuple[int, int, int, int]]) -> None:
        self.company = f"acme-{uuid4().hex}"
        url = f"https://example.org/{self.company}"
        self.source = address_id(url)
        described = SourceDescription(title='A "report"', url=url, published_at=FIRST)
        start = load(
            dsn,
            [
                DescribeCompany(CompanyDescription(slug=self.company, name="Acme")),
                AddSource(NamedSource(self.source, described, None), None),
            ],
        )
        self.said: list[Said] = []
        self.facts: dict[Period, UUID] = {}
        requests: list[Request] = []
        numbers: dict[Period, int] = {}
        for action, which, day, quantity in steps:
            standing = [s for s in self.said if s.retracted is None]
            position = start + len(requests) + 1
            if action == 0 and standing:
                said = standing[which % len(standing)]
                said.retracted = position
                numbers[said.period] += 1
                requests.append(RetractFact(self.facts[said.period], said.version, "misread"))
                continue
            period = PERIODS[which % len(PERIODS)]
            assertion = self.assertion(period, DAYS[day], QUANTITIES[quantity])
            if any(
                s.period == period and s.day == DAYS[day] and alike(s.quantity, quantity) for s in self.said
            ):
                continue  # it may stand already
            numbers[period] = numbers.get(period, 0) + 1
            self.said.append(Said(period, numbers[period], position, DAYS[day], QUANTITIES[quantity]))
            self.facts[period] = key_of(assertion).id
            requests.append(AssertFact(assertion))
        self.start, self.end = start, load(dsn, requests) if requests else start
        assert self.end == start + len(requests)

    def assertion(self, period: Period, day: date, quantity: dict[str, Any]) -> AssertMetric:
        return AssertMetric(
            company=self.company,
            subject="revenue",
            period=period,
            value=MetricValue(quantity=Quantity(unit="USD", **quantity)),
            known_at=day,
            citations=[Cite(source=self.source)],
        )

    def on(self, period: Period, day: date, at: int) -> Said | None:
        """The version that answers."""
        alive = [
            s
            for s in self.said
            if s.period == period
            and s.day <= day
            and s.position <= at
            and (s.retracted is None or s.retracted > at)
        ]
        return max(alive, key=lambda s: (s.day, s.version), default=None)


_steps = st.lists(
    st.tuples(st.integers(0, 4), st.integers(0, 20), st.integers(0, 4), st.integers(0, len(QUANTITIES) - 1)),
    min_size=1,
    max_size=18,
)


def wire(quantity: dict[str, Any]) -> dict[str, Any]:
    return {"unit": "USD", **quantity}


def in_order(period: Period, fact: UUID | None) -> tuple[Any, ...]:
    return period.last, period.first, fact


@pytest.fixture(scope="module")
def made(cluster: Cluster) -> Iterator[InProcess]:
    with cluster.database() as dsn, InProcess(dsn, cluster.keys["write"]) as service:
        yield service


@settings(max_examples=examples(20))
@given(_steps, st.data())
def test_a_series_is_what_the_rule_answers_of_each_period(
    made: InProcess, steps: list[tuple[int, int, int, int]], data: st.DataObject
) -> None:
    history = History(made.dsn, steps)
    known_at = data.draw(st.none() | st.sampled_from([DAYS[0] - timedelta(days=1), *DAYS]))
    after = data.draw(st.none() | st.integers(0, 18))
    at = None if after is None else min(history.start + after, history.end)
    now = made.position()
    params = {"company": history.company, "subject": "revenue", "known_at": known_at, "at": at}
    expected = [
        (said, fact)
        for period, fact in sorted(history.facts.items(), key=lambda p: in_order(*p))
        if (said := history.on(period, known_at or EVER, now if at is None else at)) is not None
    ]
    response = made.get("/v1/series", params=params)
    if not expected:
        assert response.status_code == 404
        return
    assert response.status_code == 200, response.text
    answer = response.json()
    assert answer["next"] is None
    assert (answer["company"], answer["unit"], answer["basis"]) == (history.company, "USD", "reported")
    for row, (said, fact) in zip(answer["items"], expected, strict=True):
        assert row["fact"] == str(fact)
        assert (row["version"], row["known_at"]) == (said.version, said.day.isoformat())
        assert row["period"] == said.period.wire()
        assert row["quantity"] == wire(said.quantity)
        assert (row["frame"], row["status"], row["evidence"]) == (said.period.frame, "asserted", "unarchived")
        assert row["source"] == {
            "id": history.source,
            "title": 'A "report"',
            "url": f"https://example.org/{history.company}",
        }
        of_the_fact = made.found(f"/v1/facts/{fact}", known_at=known_at, at=at)
        assert (of_the_fact["version"], of_the_fact["value"]["quantity"]) == (row["version"], row["quantity"])
    assert response.headers["log-position"] == str(now if at is None else at)
    pinned = made.get("/v1/series", params=params | {"at": now if at is None else at})
    assert pinned.content == response.content
    # the rows are equal if Python composes them, which it does for vintages
    by_rule = made.found("/v1/series", **params, derive=True)
    assert [row for row in by_rule["items"] if row["status"] == "asserted"] == answer["items"]
    # newest first, in pages
    pages = list(in_pages(made, {**params, "sort": "-period"}, 2))
    assert [row for page in pages for row in page] == answer["items"][::-1]
    assert all(len(page) == 2 for page in pages[:-1])


def in_pages(api: InProcess, params: dict[str, Any], limit: int) -> Iterator[list[dict[str, Any]]]:
    cursor = None
    while True:
        response = api.get("/v1/series", params={**params, "limit": limit, "cursor": cursor})
        assert response.status_code == 200, response.text
        page = response.json()
        yield page["items"]
        cursor = page["next"]
        assert (cursor is None) == ("link" not in response.headers)
        if cursor is None:
            return
        assert f"cursor={cursor}" in response.headers["link"]


@settings(max_examples=examples(20))
@given(_steps, st.data())
def test_every_vintage_stands_on_the_days_that_the_rule_says(
    made: InProcess, steps: list[tuple[int, int, int, int]], data: st.DataObject
) -> None:
    history = History(made.dsn, steps)
    at = min(history.start + data.draw(st.integers(0, 18)), history.end)
    params: dict[str, Any] = {"company": history.company, "subject": "revenue", "at": at, "vintages": "all"}
    response = made.get("/v1/series", params=params)
    days = [DAYS[0] - timedelta(days=1), *(d + timedelta(days=n) for d in DAYS for n in (0, 1, 39))]
    standing = {
        (period, day): said
        for period in history.facts
        for day in days
        if (said := history.on(period, day, at))
    }
    if not standing:
        assert response.status_code == 404
        return
    rows = response.json()["items"]
    for period in history.facts:
        of_period = [row for row in rows if row["period"] == period.wire()]
        for day in days:
            told = [row for row in of_period if stands(row, day)]
            said = standing.get((period, day))
            assert len(told) == (said is not None)
            if said is not None:
                assert said.version in told[0]["versions"]
                assert plain(told[0]["quantity"]) == plain(wire(said.quantity))
        assert of_period == sorted(of_period, key=lambda row: row["realtime_start"])
        assert all(a["realtime_end"] is not None for a in of_period[:-1])
    pages = list(in_pages(made, params, 3))
    assert [row for page in pages for row in page] == rows
    first = made.found("/v1/series", **(params | {"vintages": "first"}))["items"]
    earliest = {str(row["period"]): row for row in reversed(rows)}
    assert [(r["fact"], r["version"], r["known_at"]) for r in first] == [
        (earliest[str(r["period"])]["fact"], earliest[str(r["period"])]["version"], r["known_at"])
        for r in first
    ]
    assert len(first) == len(earliest)


def stands(row: dict[str, Any], day: date) -> bool:
    return row["realtime_start"] <= day.isoformat() <= (row["realtime_end"] or "9999")


def plain(quantity: dict[str, Any]) -> dict[str, Any]:
    numbers = {n: float(v) for n, v in quantity.items() if n in {"value", "low", "high"}}
    return {**quantity, **numbers}


def test_a_cursor_pins_the_series_while_others_write(made: InProcess) -> None:
    history = History(made.dsn, [(1, 0, 0, 0), (1, 1, 0, 0), (1, 3, 0, 0)])
    params = {"company": history.company, "subject": "revenue", "limit": 1}
    first = made.get("/v1/series", params=params)
    source = history.source
    later = bodies.metric(
        source, "11", company=history.company, known_at="2022-01-01", period=PERIODS[3].wire()
    )
    made.made("/v1/facts", later)
    second = made.found("/v1/series", **params, cursor=first.json()["next"])
    third = made.found("/v1/series", **params, cursor=second["next"])
    assert [page["items"][0]["quantity"]["value"] for page in (second, third)] == ["10", "10"]
    assert third["next"] is None
    again = made.get("/v1/series", params={**params, "at": first.headers["log-position"]})
    assert again.content == first.content
    other = made.get("/v1/series", params={**params, "cursor": first.json()["next"], "sort": "-period"})
    assert other.status_code == 400
    conflicting = made.get("/v1/series", params={**params, "cursor": first.json()["next"], "at": 1})
    assert conflicting.status_code == 400


# -- which series is meant -----------------------------------------------------------------------


def test_where_more_than_one_series_fits_the_newest_fact_of_each_is_named(api: InProcess) -> None:
    api.made("/v1/companies", bodies.company())
    source = api.made("/v1/sources", bodies.source(None, url="https://example.org/a"))["id"]
    facts = {unit: api.made("/v1/facts", bodies.metric(source, "5", unit)) for unit in ("USD", "EUR")}
    growth = bodies.metric(source, "5", "percent")
    growth["value"]["comparison"] = "yoy"
    facts["percent"] = api.made("/v1/facts", growth)
    response = api.get("/v1/series", params={"company": "acme", "subject": "revenue"})
    assert response.status_code == 409
    named = {c["unit"]: (c["id"], c["period"]) for c in response.json()["candidates"]}
    assert named == {unit: (fact["id"], fact["period"]) for unit, fact in facts.items()}
    by_rule = api.get("/v1/series", params={"company": "acme", "subject": "revenue", "vintages": "all"})
    assert {c["id"] for c in by_rule.json()["candidates"]} == {fact["id"] for fact in facts.values()}
    for asked in ({"unit": "EUR"}, {"unit": "USD", "comparison": "none"}, {"comparison": "yoy"}):
        for wanted in ("latest", "first", "all"):
            found = api.found("/v1/series", company="acme", subject="revenue", vintages=wanted, **asked)
            assert [row["fact"] for row in found["items"]] == [facts[found["unit"]]["id"]]
    assert found["comparison"] == "yoy"


def test_exact_dimensions_and_reported_win(api: InProcess) -> None:
    api.made("/v1/companies", bodies.company())
    source = api.made("/v1/sources", bodies.source(None, url="https://example.org/a"))["id"]
    for value, dimensions, basis in (
        ("1", {}, "reported"),
        ("2", {"segment": "cloud"}, "reported"),
        ("3", {"segment": "cloud", "geography": "CN"}, "reported"),
        ("4", {"segment": "cloud"}, "forecast"),
    ):
        api.made("/v1/facts", bodies.metric(source, value, dimensions=dimensions, basis=basis))

    def answer(**asked: Any) -> str:
        found = api.found("/v1/series", company="acme", subject="revenue", **asked)
        (row,) = found["items"]
        return row["quantity"]["value"]

    for vintages in ("latest", "all"):
        assert answer(vintages=vintages) == "1"
        assert answer(vintages=vintages, dimension="segment:cloud") == "2"
        assert answer(vintages=vintages, dimension="geography:CN") == "3"
        assert answer(vintages=vintages, dimension="segment:cloud", basis="forecast") == "4"


def test_other_kinds_have_series_by_their_main_quantity(api: InProcess) -> None:
    api.made("/v1/companies", bodies.company())
    source = api.made("/v1/sources", bodies.source(None, url="https://example.org/a"))["id"]
    share = api.made("/v1/facts", bodies.market_share(source, "36"))
    no_period = bodies.market_share(source, "35", subject="gadgets", period=None)
    api.made("/v1/facts", no_period)
    api.made("/v1/facts", bodies.statement(source, subject="gossip"))
    found = api.found("/v1/series", company="acme", subject="widgets")
    assert (found["kind"], found["unit"]) == ("market_share", None)
    assert [(r["fact"], r["quantity"]) for r in found["items"]] == [(share["id"], bodies.quantity("36"))]
    assert (
        api.found("/v1/series", company="acme", subject="widgets", unit="percent")["items"] == found["items"]
    )
    for asked in ({"subject": "widgets", "unit": "USD"}, {"subject": "gadgets"}, {"subject": "gossip"}):
        assert api.get("/v1/series", params={"company": "acme", **asked}).status_code == 404


def test_a_series_without_rows_of_the_periods_asked_for_is_empty(api: InProcess) -> None:
    api.made("/v1/companies", bodies.company())
    source = api.made("/v1/sources", bodies.source(None, url="https://example.org/a"))["id"]
    api.made("/v1/facts", bodies.metric(source))
    for more in ({"frequency": "quarterly"}, {"from": "2026"}, {"to": "2024-12-31", "vintages": "all"}):
        found = api.found("/v1/series", company="acme", subject="revenue", **more)
        assert (found["items"], found["next"], found["unit"]) == ([], None, "USD")


def test_a_relative_that_has_the_series_is_named(api: InProcess) -> None:
    api.made("/v1/companies", bodies.company())
    api.made("/v1/companies", bodies.company("acme-cloud", parent="acme"))
    source = api.made("/v1/sources", bodies.source(None, url="https://example.org/a"))["id"]
    api.made("/v1/facts", bodies.metric(source))
    response = api.get("/v1/series", params={"company": "acme-cloud", "subject": "revenue"})
    assert response.status_code == 404
    assert "acme" in response.json()["detail"]


@pytest.mark.parametrize(
    ("params", "status", "parameter"),
    [
        ({"subject": "revenue"}, 400, "company"),
        ({"company": "acme"}, 400, "subject"),
        ({"company": "acme", "subject": "revenue", "from": "2025-13"}, 400, "from"),
        ({"company": "acme", "subject": "revenue", "to": "2025-02-30"}, 400, "to"),
        ({"company": "acme", "subject": "revenue", "from": "2025-01-01/2025-03-31"}, 400, "from"),
        ({"company": "acme", "subject": "revenue", "from": "2025", "to": "2024Q4"}, 400, "from"),
        ({"company": "acme", "subject": "revenue", "vintages": "some"}, 400, "vintages"),
        ({"company": "acme", "subject": "revenue", "frequency": "monthly"}, 400, "frequency"),
        ({"company": "acme", "subject": "revenue", "derive": "maybe"}, 400, "derive"),
        ({"company": "acme", "subject": "revenue", "limit": "0"}, 400, "limit"),
        ({"company": "acme", "subject": "revenue", "limit": "10001"}, 400, "limit"),
        ({"company": "acme", "subject": "revenue", "cursor": "abc"}, 400, "cursor"),
        ({"company": "acme", "subject": "revenue", "dimensions": "a:b"}, 400, "dimensions"),
        ({"company": "cik:x", "subject": "revenue"}, 400, "company"),
        ({"company": "acme", "subject": "revenue"}, 404, "company"),
        ({"company": "cik:1", "subject": "revenue"}, 404, "company"),
    ],
)
def test_what_cannot_be_asked_is_refused(
    made: InProcess, params: dict[str, str], status: int, parameter: str
) -> None:
    response = made.get("/v1/series", params=params)
    assert response.status_code == status, response.text
    assert response.json()["errors"][0]["parameter"] == parameter


def test_a_position_beyond_the_log_is_refused(made: InProcess) -> None:
    history = History(made.dsn, [(1, 0, 0, 0)])
    for more in ({}, {"vintages": "all"}):
        params = {"company": history.company, "subject": "revenue", "at": 10**9, **more}
        assert made.get("/v1/series", params=params).status_code == 422


# -- the real files ------------------------------------------------------------------------------


def filed(cik: int, concept: str, unit: str, known_at: str = "9999") -> dict[tuple[Any, Any], str]:
    """The value of each period that was filed last by a day."""
    found: dict[tuple[Any, Any], str] = {}
    for row in edgar.rows(cik, concept, unit):
        if row["filed"] <= known_at:
            found[row.get("start"), row["end"]] = str(row["val"])
    return found


def told(answer: dict[str, Any]) -> dict[tuple[Any, Any], str]:
    periods = [row["period"] for row in answer["items"]]
    keys = [(p.get("start"), p.get("instant", p.get("end"))) for p in periods]
    assert len(set(keys)) == len(keys), "one row a period"
    return {key: row["quantity"]["value"] for key, row in zip(keys, answer["items"], strict=True)}


@pytest.mark.parametrize(
    ("cik", "concept", "unit"),
    [
        (edgar.APPLE, "us-gaap:NetIncomeLoss", "USD"),
        (edgar.APPLE, "us-gaap:EarningsPerShareDiluted", "USD/shares"),
        (edgar.APPLE, "us-gaap:Assets", "USD"),
        (edgar.HOME_DEPOT, "us-gaap:NetIncomeLoss", "USD"),
        (edgar.UNDER_ARMOUR, "us-gaap:NetIncomeLoss", "USD"),
        (edgar.WALMART, "us-gaap:NetIncomeLoss", "USD"),
    ],
)
@pytest.mark.parametrize("known_at", ["9999-01-01", "2015-06-30", "2012-08-31"])
def test_each_period_answers_with_what_was_last_filed(
    real: InProcess, cik: int, concept: str, unit: str, known_at: str
) -> None:
    params: dict[str, Any] = {"company": f"cik:{cik}", "subject": concept, "known_at": known_at}
    expected = filed(cik, concept, unit, known_at)
    assert told(real.found("/v1/series", **params)) == expected
    # a period that many filings repeat is one row; 335 to 395 days are a year
    for frequency, least, most in (("annual", 335, 395), ("quarterly", 61, 121)):
        kept = {p: v for p, v in expected.items() if p[0] and least <= days(*p) <= most}
        assert told(real.found("/v1/series", **params, frequency=frequency)) == kept
    instants = {p: v for p, v in expected.items() if p[0] is None}
    assert told(real.found("/v1/series", **params, frequency="instant")) == instants


def days(start: str, end: str) -> int:
    return (date.fromisoformat(end) - date.fromisoformat(start)).days + 1


@pytest.mark.parametrize("cik", [edgar.APPLE, edgar.WALMART, edgar.UNDER_ARMOUR])
def test_vintages_of_real_filings_stand_as_they_were_filed(real: InProcess, cik: int) -> None:
    concept = "us-gaap:NetIncomeLoss"
    found = real.found("/v1/series", company=f"cik:{cik}", subject=concept, vintages="all")["items"]
    for day in ("2010-12-31", "2014-03-20", "2014-03-21", "2018-06-30", "2024-05-28", "2024-05-29"):
        expected = filed(cik, concept, "USD", day)
        on_day = {"items": [row for row in found if stands(row, date.fromisoformat(day))]}
        assert told(on_day) == expected


def test_walmart_s_income_of_fiscal_2013_was_restated_by_the_10_k_of_2014(real: InProcess) -> None:
    params = {"company": "cik:104169", "subject": "us-gaap:NetIncomeLoss", "frequency": "annual"}
    found = real.found("/v1/series", **params, vintages="all", **{"from": "2011", "to": "2011"})["items"]
    values = {row["quantity"]["value"] for row in found}
    assert len(values) == len(found) >= 1
    assert [row["frame"] for row in found] == ["2011"] * len(found)


def test_home_depot_s_year_of_53_weeks_is_a_year(real: InProcess) -> None:
    # the 10-K of 2013-03-28: 30 January 2012 to 3 February 2013, 371 days
    params = {"company": "cik:354950", "subject": "us-gaap:NetIncomeLoss", "frequency": "annual"}
    found = real.found("/v1/series", **params, **{"from": "2012", "to": "2012"})["items"]
    assert [(row["period"], row["frame"]) for row in found] == [
        ({"start": "2012-01-30", "end": "2013-02-03"}, "2012")
    ]


def test_home_depot_s_quarter_with_two_starts_is_two_periods_and_one_holds_the_frame(real: InProcess) -> None:
    # the 10-Q of 2012-08-22 says 1 May, later filings 30 April
    subject = "us-gaap:EarningsPerShareDiluted"
    params = {"company": "cik:354950", "subject": subject, "frequency": "quarterly"}
    found = real.found("/v1/series", **params, **{"from": "2012Q2", "to": "2012Q2"})["items"]
    assert [row["period"]["start"] for row in found] == ["2012-04-30", "2012-05-01"]
    frame = real.found("/v1/frames", subject=subject, unit="USD/shares", period="2012Q2")["items"]
    held = {row["company"]: row["period"]["start"] for row in frame}
    assert held["cik-0000354950"] == "2012-04-30"
    then = real.found(
        "/v1/frames", subject=subject, unit="USD/shares", period="2012Q2", known_at="2012-12-31"
    )
    assert {row["company"]: row["period"]["start"] for row in then["items"]}["cik-0000354950"] == "2012-05-01"


def test_under_armour_s_change_of_year_end_leaves_a_quarter_between(real: InProcess) -> None:
    params = {"company": "cik:1336917", "subject": "us-gaap:NetIncomeLoss"}
    years = real.found("/v1/series", **params, frequency="annual", **{"from": "2020"})["items"]
    ends = [row["period"]["end"] for row in years]
    assert {"2020-12-31", "2021-12-31", "2023-03-31", "2024-03-31"} <= set(ends)
    quarters = real.found("/v1/series", **params, frequency="quarterly", **{"from": "2022Q1", "to": "2022Q1"})
    assert [row["period"] for row in quarters["items"]] == [{"start": "2022-01-01", "end": "2022-03-31"}]


def test_apple_s_discrete_quarters_of_cash_flow_are_derived_with_their_operands(real: InProcess) -> None:
    params: dict[str, Any] = {
        "company": "cik:320193",
        "subject": "us-gaap:NetCashProvidedByUsedInOperatingActivities",
        "frequency": "quarterly",
        "from": "2019-09-29",
        "to": "2020-09-26",
    }
    reported = real.found("/v1/series", **params)["items"]
    found = real.found("/v1/series", **params, derive=True)
    assert [row["status"] for row in found["items"]] == ["asserted", "derived", "derived", "derived"]
    assert found["items"][0] == reported[0]
    assert found["refused"] == []
    last = found["items"][-1]
    year, months = last["derived"]["operands"]
    assert last["period"] == {"start": "2020-06-28", "end": "2020-09-26"}
    assert year["period"] == {"start": "2019-09-29", "end": "2020-09-26"}
    assert months["period"] == {"start": "2019-09-29", "end": "2020-06-27"}
    for operand in (year, months):
        version = real.found(f"/v1/facts/{operand['fact']}/versions/{operand['version']}")
        assert version["value"]["quantity"] == operand["quantity"]
        assert version["known_at"] == operand["known_at"]
        assert version["citations"][0]["source"]["id"] == operand["source"]["id"]
    assert int(last["quantity"]["value"]) == int(year["quantity"]["value"]) - int(months["quantity"]["value"])


def test_apple_s_restated_half_year_of_2017_is_not_set_against_its_first_quarter(real: InProcess) -> None:
    # the 10-Q of 2018-05-02 restated cash flow (ASU 2016-18); the first quarter was last stated on 2018-02-02
    params: dict[str, Any] = {
        "company": "cik:320193",
        "subject": "us-gaap:NetCashProvidedByUsedInOperatingActivities",
        "derive": True,
    }
    found = real.found("/v1/series", **params, **{"from": "2017", "to": "2017"})
    refusal = next(r for r in found["refused"] if r["period"]["end"] == "2017-04-01")
    assert refusal["reason"] == "vintage"
    assert "2018-05-02" in refusal["detail"]
    before = real.found("/v1/series", **params, known_at="2018-05-01", **{"from": "2017", "to": "2017"})
    assert "2017-04-01" in [row["period"]["end"] for row in before["items"] if row["status"] == "derived"]


def test_amounts_a_share_are_not_derived(real: InProcess) -> None:
    params = {"company": "cik:320193", "subject": "us-gaap:EarningsPerShareDiluted", "derive": True}
    found = real.found("/v1/series", **params)
    assert {row["status"] for row in found["items"]} == {"asserted"}
    assert [(r["period"], r["reason"]) for r in found["refused"]] == [(None, "unit")]
