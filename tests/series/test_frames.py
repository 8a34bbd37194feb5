"""Frames over HTTP, compared with the labels in real files, and with a simple oracle."""

import asyncio
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import count
from typing import Any

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

COMPANIES = (edgar.APPLE, edgar.HOME_DEPOT, edgar.UNDER_ARMOUR, edgar.WALMART, edgar.MCDONALDS)
CONCEPTS = (("us-gaap:NetIncomeLoss", "USD"), ("us-gaap:Assets", "USD"))


def load(dsn: str, requests: list[Request]) -> int:
    async def recorded() -> int:
        async with opened(dsn) as database:
            return (await record(database, requests, author=None)).position

    return asyncio.run(recorded())


@pytest.fixture(scope="module")
def real(cluster: Cluster) -> Iterator[InProcess]:
    with cluster.database() as made:
        for cik in COMPANIES:
            load(made, edgar.requests(cik, CONCEPTS))
        with InProcess(made, cluster.keys["write"]) as service:
            yield service


def test_frames_hold_what_the_files_label(real: InProcess) -> None:
    """The rule gives exactly the labels of the real files."""
    for concept, unit in CONCEPTS:
        labelled: dict[str, dict[str, tuple[Any, ...]]] = {}
        for cik in COMPANIES:
            for row in edgar.rows(cik, concept, unit):
                if "frame" in row:
                    told = (row.get("start"), row["end"], str(row["val"]), row["filed"])
                    labelled.setdefault(row["frame"], {})[edgar.slug(cik)] = told
        assert len(labelled) > 60
        for frame, expected in labelled.items():
            answer = real.found("/v1/frames", subject=concept, unit=unit, period=frame)
            assert answer["period"] == frame.removeprefix("CY")
            found = {
                row["company"]: (
                    row["period"].get("start"),
                    row["period"].get("instant", row["period"].get("end")),
                    row["quantity"]["value"],
                    row["known_at"],
                )
                for row in answer["items"]
            }
            assert found == expected, frame


def test_a_frame_as_known_then_shows_nothing_that_was_filed_later(real: InProcess) -> None:
    params = {"subject": "us-gaap:NetIncomeLoss", "unit": "USD", "period": "2014Q4"}
    now = {row["company"]: row for row in real.found("/v1/frames", **params)["items"]}
    then = {row["company"]: row for row in real.found("/v1/frames", **params, known_at="2015-02-20")["items"]}
    assert set(then) < set(now)
    assert all(row["known_at"] <= "2015-02-20" for row in then.values())
    for company, row in then.items():
        version = real.found(f"/v1/facts/{row['fact']}", known_at="2015-02-20")
        assert (version["version"], version["company"]) == (row["version"], company)


def test_rank_and_share_are_of_the_whole_frame_on_every_page(real: InProcess) -> None:
    params = {"subject": "us-gaap:Assets", "unit": "USD", "period": "2015Q4I", "with": "rank,share"}
    whole = real.found("/v1/frames", **params, sort="-value")["items"]
    values = [int(row["quantity"]["value"]) for row in whole]
    assert values == sorted(values, reverse=True)
    assert [row["rank"] for row in whole] == list(range(1, len(whole) + 1))
    for row, value in zip(whole, values, strict=True):
        share = Fraction(value * 100, sum(values))
        assert abs(Fraction(row["share"]["value"]) - share) <= Fraction(1, 20000)
        assert row["share"]["unit"] == "percent"
    paged: list[Any] = []
    cursor = None
    while True:
        page = real.found("/v1/frames", **params, sort="-value", limit=2, cursor=cursor)
        paged += page["items"]
        cursor = page["next"]
        if cursor is None:
            break
    assert paged == whole
    assert {row["company"] for row in real.found("/v1/frames", **params)["items"]} == {
        r["company"] for r in whole
    }


# -- against an oracle ---------------------------------------------------------------------------

FIRST = date(2021, 1, 10)
DAYS = [FIRST, date(2021, 3, 1), date(2021, 3, 2)]
# years that stand for the calendar's 2020, and one that does not
PERIODS = (
    Period(start=date(2020, 1, 1), end=date(2020, 12, 31)),
    Period(start=date(2020, 2, 1), end=date(2021, 1, 31)),
    Period(start=date(2020, 1, 2), end=date(2020, 12, 31)),
    Period(start=date(2019, 12, 1), end=date(2020, 11, 30)),
    Period(start=date(2021, 1, 1), end=date(2021, 12, 31)),
)
QUANTITIES: tuple[dict[str, Any], ...] = (
    {"value": "10"},
    {"value": "-3"},
    {"value": "0"},
    {"value": "10.5"},
    {"value": "12", "decimals": 0},
    {"value": "7", "bound": "at_least"},
    {"low": "3", "high": "5"},
)
NUMBERS = count(1)
SIZES = (Decimal(10), Decimal(-3), Decimal(0), Decimal("10.5"), Decimal(12), Decimal(7), Decimal(4))
_said = st.tuples(
    st.integers(0, 4), st.integers(0, 2), st.integers(0, len(QUANTITIES) - 1), st.booleans()
)  # period, day, quantity, whether it is taken back
# of two equally near periods the earlier has the frame: years to January and to November are both a month off
_worlds = st.lists(st.lists(_said, max_size=5, unique_by=lambda s: s[:2]), min_size=1, max_size=5)


@pytest.fixture(scope="module")
def made(cluster: Cluster) -> Iterator[InProcess]:
    with cluster.database() as dsn, InProcess(dsn, cluster.keys["write"]) as service:
        yield service


@settings(max_examples=examples(20))
@given(
    _worlds,
    st.sampled_from([None, *DAYS]),
    st.sampled_from(["company", "value", "-value"]),
    st.integers(1, 3),
)
def test_a_frame_is_the_nearest_period_of_each_company(
    made: InProcess,
    world: list[list[tuple[int, int, int, bool]]],
    known_at: date | None,
    order: str,
    limit: int,
) -> None:
    subject = f"subject-{next(NUMBERS)}"
    record_world(made, subject, world)
    expected: dict[str, tuple[Period, int]] = {}
    for number, said in enumerate(world):
        standing: dict[int, tuple[int, int]] = {}
        for which, day, quantity, gone in said:
            public = known_at is None or DAYS[day] <= known_at
            if public and not gone and (which not in standing or standing[which][0] < day):
                standing[which] = (day, quantity)
        held = [which for which in standing if which != 4]
        if held:
            nearest = min(held, key=lambda w: (distance(PERIODS[w]), PERIODS[w].first))
            expected[f"company-{number}"] = (PERIODS[nearest], standing[nearest][1])
    params: dict[str, Any] = {
        "subject": subject, "unit": "USD", "period": "2020", "sort": order, "with": "rank,share", "known_at": known_at,
    }  # fmt: skip
    first = made.get("/v1/frames", params=params)
    rows = first.json()["items"]
    assert {row["company"]: row["period"] for row in rows} == {c: p.wire() for c, (p, _) in expected.items()}
    sizes = {company: SIZES[quantity] for company, (_, quantity) in expected.items()}
    ranked = sorted(sizes.values(), reverse=True)
    total = sum(sizes.values())
    for row in rows:
        size = sizes[row["company"]]
        assert row["quantity"] == {"unit": "USD", **QUANTITIES[expected[row["company"]][1]]}
        assert row["rank"] == ranked.index(size) + 1
        if total == 0:
            assert row["share"] is None
        else:
            assert abs(Decimal(row["share"]["value"]) - size * 100 / total) <= Decimal("0.00005")
    sign = {"company": 0, "value": 1, "-value": -1}[order]
    assert [row["company"] for row in rows] == sorted(
        sizes, key=lambda company: (sign * sizes[company], company)
    )
    plain = made.found("/v1/frames", **(params | {"with": None}))["items"]
    assert plain == [{n: v for n, v in row.items() if n not in {"rank", "share"}} for row in rows]
    pinned = made.get("/v1/frames", params=params | {"at": first.headers["log-position"]})
    assert pinned.content == first.content
    paged: list[Any] = []
    cursor = None
    while True:
        page = made.found("/v1/frames", **params, limit=limit, cursor=cursor)
        paged += page["items"]
        cursor = page["next"]
        if cursor is None:
            break
    assert paged == rows


def distance(period: Period) -> tuple[int, int]:
    return abs((period.last - date(2020, 12, 31)).days), abs((period.first - date(2020, 1, 1)).days)


def record_world(made: InProcess, subject: str, world: list[list[tuple[int, int, int, bool]]]) -> None:
    url = "https://example.org/report"
    source = address_id(url)
    described = SourceDescription(title="A report", url=url, published_at=FIRST)
    requests: list[Request] = [AddSource(NamedSource(source, described, None), None)]
    for number, said in enumerate(world):
        slug = f"company-{number}"
        requests.append(DescribeCompany(CompanyDescription(slug=slug, name=slug)))
        versions: dict[int, int] = {}
        for which, day, quantity, gone in said:
            assertion = AssertMetric(
                company=slug, subject=subject, period=PERIODS[which], known_at=DAYS[day],
                value=MetricValue(quantity=Quantity(unit="USD", **QUANTITIES[quantity])),
                citations=[Cite(source=source)],
            )  # fmt: skip
            requests.append(AssertFact(assertion))
            versions[which] = versions.get(which, 0) + 1
            if gone:
                requests.append(RetractFact(key_of(assertion).id, versions[which], "misread"))
                versions[which] += 1
    load(made.dsn, requests)


# -- which facts ---------------------------------------------------------------------------------


def test_dimensions_basis_comparison_and_kind_are_exact(api: InProcess) -> None:
    api.made("/v1/companies", bodies.company())
    source = api.made("/v1/sources", bodies.source(None, url="https://example.org/a"))["id"]
    api.made("/v1/facts", bodies.metric(source, "1"))
    api.made("/v1/facts", bodies.metric(source, "2", dimensions={"segment": "cloud"}))
    api.made("/v1/facts", bodies.metric(source, "3", basis="forecast"))
    growth = bodies.metric(source, "4", "percent")
    growth["value"]["comparison"] = "yoy"
    api.made("/v1/facts", growth)
    api.made("/v1/facts", bodies.market_share(source, "36"))

    def values(**asked: Any) -> list[str]:
        wanted = {"subject": "revenue", "unit": "USD", "period": "2025", **asked}
        return [row["quantity"]["value"] for row in api.found("/v1/frames", **wanted)["items"]]

    assert values() == ["1"]
    assert values(dimension="segment:cloud") == ["2"]
    assert values(basis="forecast") == ["3"]
    assert values(unit="percent") == []
    assert values(unit="percent", comparison="yoy") == ["4"]
    assert values(kind="market_share", subject="widgets", unit="percent") == ["36"]
    assert values(kind="market_share", subject="widgets", unit="USD") == []
    assert values(period="2025Q4") == []


@pytest.mark.parametrize(
    ("params", "status", "parameter"),
    [
        ({"unit": "USD", "period": "2019"}, 400, "subject"),
        ({"subject": "revenue", "period": "2019"}, 400, "unit"),
        ({"subject": "revenue", "unit": "USD"}, 400, "period"),
        ({"subject": "revenue", "unit": "USD", "period": "2019I"}, 400, "period"),
        ({"subject": "revenue", "unit": "USD", "period": "2019-12-31"}, 400, "period"),
        ({"subject": "revenue", "unit": "USD", "period": "0000"}, 400, "period"),
        ({"subject": "revenue", "unit": "USD", "period": "2019", "with": "median"}, 400, "with"),
        ({"subject": "revenue", "unit": "USD", "period": "2019", "sort": "size"}, 400, "sort"),
        ({"subject": "revenue", "unit": "USD", "period": "2019", "at": str(10**9)}, 422, "at"),
        ({"subject": "revenue", "unit": "USD", "period": "2019", "ranks": "1"}, 400, "ranks"),
    ],
)
def test_what_cannot_be_asked_is_refused(
    made: InProcess, params: dict[str, str], status: int, parameter: str
) -> None:
    response = made.get("/v1/frames", params=params)
    assert response.status_code == status, response.text
    assert response.json()["errors"][0]["parameter"] == parameter
