"""Look-ups: the fact that is meant, ambiguous look-ups, and hints to related companies."""

from typing import Any

import pytest

from tests.bodies import company, market_share, metric, quantity, source, statement
from tests.running import InProcess

ASKED = {"company": "acme", "kind": "market_share", "subject": "widgets"}
REVENUE = {"company": "acme", "kind": "metric", "subject": "revenue"}
YEAR = {"start": "2025-01-01", "end": "2025-12-31"}
QUARTER = {"start": "2025-10-01", "end": "2025-12-31"}
FISCAL = {"start": "2024-09-29", "end": "2025-09-27"}
FISCAL_QUARTER = {"start": "2025-06-29", "end": "2025-09-27"}


@pytest.fixture
def cited(api: InProcess) -> str:
    api.made("/v1/companies", company("acme", name="Acme", identifiers={"cik": "12", "ticker": "ACM"}))
    return api.made("/v1/sources", source())["id"]


def candidates(api: InProcess, **asked: Any) -> list[str]:
    answer = api.get("/v1/lookup", params=asked)
    assert answer.status_code == 409, answer.text
    assert answer.json()["type"] == "/docs/problems/ambiguous"
    return [candidate["id"] for candidate in answer.json()["candidates"]]


def test_the_one_fact_is_the_same_as_by_id(api: InProcess, cited: str) -> None:
    fact = api.made("/v1/facts", market_share(cited))
    answer = api.get("/v1/lookup", params=ASKED)
    by_id = api.get(f"/v1/facts/{fact['id']}")
    assert answer.content == by_id.content
    assert answer.headers["etag"] == by_id.headers["etag"]
    assert answer.headers["log-position"] == by_id.headers["log-position"]


@pytest.mark.parametrize("ref", ["acme", "cik:12", "cik:0000000012", "ticker:ACM", "ticker:acm"])
def test_a_company_by_any_of_its_names(api: InProcess, cited: str, ref: str) -> None:
    fact = api.made("/v1/facts", market_share(cited))
    assert api.found("/v1/lookup", **{**ASKED, "company": ref})["id"] == fact["id"]


@pytest.mark.parametrize("ref", ["nobody", "cik:99", "ticker:NONE", "isin:US0378331005"])
def test_a_company_that_is_not_there(api: InProcess, cited: str, ref: str) -> None:
    api.made("/v1/facts", market_share(cited))
    answer = api.get("/v1/lookup", params={**ASKED, "company": ref})
    assert answer.status_code == 404
    assert answer.json()["errors"][0]["parameter"] == "company"
    assert ref in answer.json()["detail"]


@pytest.mark.parametrize("ref", ["isin:US0378331000", "lei:549300MLUDYVRQOOXS23", "cik:x", "wikidata:12"])
def test_an_identifier_that_cannot_be_one(api: InProcess, ref: str) -> None:
    answer = api.get("/v1/lookup", params={**ASKED, "company": ref})
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["parameter"] == "company"
    batch = api.post("/v1/lookup", {"items": [{**ASKED, "company": ref}]}).json()["items"]
    assert batch[0]["status"] == 400


# -- dimensions and basis ------------------------------------------------------------------------


def test_exactly_the_dimensions_asked_for_win(api: InProcess, cited: str) -> None:
    whole = api.made("/v1/facts", market_share(cited))["id"]
    china = api.made("/v1/facts", market_share(cited, dimensions={"geography": "CN"}))["id"]
    cloud = api.made("/v1/facts", market_share(cited, dimensions={"geography": "CN", "segment": "cloud"}))[
        "id"
    ]
    assert api.found("/v1/lookup", **ASKED)["id"] == whole
    assert api.found("/v1/lookup", **ASKED, dimension="geography:CN")["id"] == china
    assert api.found("/v1/lookup", **ASKED, dimension="segment:cloud")["id"] == cloud
    both = api.found("/v1/lookup", **ASKED, dimension=["segment:cloud", "geography:CN"])
    assert both["id"] == cloud
    assert api.get("/v1/lookup", params={**ASKED, "dimension": "geography:BR"}).status_code == 404


def test_the_only_one_is_found_though_it_has_more_dimensions(api: InProcess, cited: str) -> None:
    china = api.made("/v1/facts", market_share(cited, dimensions={"geography": "CN"}))
    assert api.found("/v1/lookup", **ASKED)["id"] == china["id"]
    brazil = api.made("/v1/facts", market_share(cited, dimensions={"geography": "BR"}))
    assert set(candidates(api, **ASKED)) == {china["id"], brazil["id"]}
    told = api.get("/v1/lookup", params=ASKED).json()["candidates"]
    assert {candidate["dimensions"]["geography"] for candidate in told} == {"CN", "BR"}


def test_a_dimension_is_split_at_its_first_colon(api: InProcess, cited: str) -> None:
    fact = api.made("/v1/facts", market_share(cited, dimensions={"axis": "us-gaap:Cloud:x"}))
    assert api.found("/v1/lookup", **ASKED, dimension="axis:us-gaap:Cloud:x")["id"] == fact["id"]


def test_reported_wins(api: InProcess, cited: str) -> None:
    made = {
        basis: api.made("/v1/facts", market_share(cited, basis=basis))["id"]
        for basis in ("forecast", "estimated", "reported")
    }
    assert api.found("/v1/lookup", **ASKED)["id"] == made["reported"]
    for basis, fact in made.items():
        assert api.found("/v1/lookup", **ASKED, basis=basis)["id"] == fact
    api.made(f"/v1/facts/{made['reported']}/retractions", {"version": 1, "reason": "misread"})
    assert set(candidates(api, **ASKED)) == {made["forecast"], made["estimated"]}


def test_units_and_comparisons_of_a_metric_are_series_of_their_own(api: InProcess, cited: str) -> None:
    dollars = api.made("/v1/facts", metric(cited, unit="USD"))["id"]
    growth = {**metric(cited), "value": {"quantity": quantity("3"), "comparison": "yoy"}}
    yearly = api.made("/v1/facts", growth)["id"]
    assert set(candidates(api, **REVENUE)) == {dollars, yearly}
    assert api.found("/v1/lookup", **REVENUE, unit="USD")["id"] == dollars
    assert api.found("/v1/lookup", **REVENUE, unit="percent")["id"] == yearly
    assert api.get("/v1/lookup", params={**REVENUE, "unit": "EUR"}).status_code == 404


def test_the_unit_of_another_kind_is_that_of_its_main_quantity(api: InProcess, cited: str) -> None:
    api.made("/v1/facts", market_share(cited))
    assert api.get("/v1/lookup", params={**ASKED, "unit": "percent"}).status_code == 200
    assert api.get("/v1/lookup", params={**ASKED, "unit": "USD"}).status_code == 404
    api.made("/v1/facts", statement(cited))
    asked = {"company": "acme", "kind": "statement", "subject": "health"}
    assert api.get("/v1/lookup", params=asked).status_code == 200
    assert api.get("/v1/lookup", params={**asked, "unit": "USD"}).status_code == 404


# -- periods -------------------------------------------------------------------------------------


def test_the_latest_period_end_wins_and_a_year_beside_its_last_quarter_does_not(
    api: InProcess, cited: str
) -> None:
    year = api.made("/v1/facts", metric(cited, period=YEAR))["id"]
    api.made("/v1/facts", metric(cited, period={"start": "2024-01-01", "end": "2024-12-31"}))
    api.made("/v1/facts", metric(cited, period=None))
    assert api.found("/v1/lookup", **REVENUE)["id"] == year
    quarter = api.made("/v1/facts", metric(cited, period=QUARTER))["id"]
    instant = api.made("/v1/facts", metric(cited, period={"instant": "2025-12-31"}))["id"]
    assert set(candidates(api, **REVENUE)) == {year, quarter, instant}
    for frequency, fact in (("annual", year), ("quarterly", quarter), ("instant", instant)):
        assert api.found("/v1/lookup", **REVENUE, frequency=frequency)["id"] == fact
    for literal, fact in (("2025", year), ("2025Q4", quarter), ("2025-12-31", instant)):
        assert api.found("/v1/lookup", **REVENUE, period=literal)["id"] == fact
    assert api.get("/v1/lookup", params={**REVENUE, "period": "2023"}).status_code == 404
    assert api.get("/v1/lookup", params={**REVENUE, "period": "2025-12-30"}).status_code == 404


def test_fiscal_periods_are_found_by_the_calendar_frame_they_are(api: InProcess, cited: str) -> None:
    year = api.made("/v1/facts", metric(cited, period=FISCAL))["id"]
    quarter = api.made("/v1/facts", metric(cited, period=FISCAL_QUARTER))["id"]
    assert api.found("/v1/lookup", **REVENUE, period="2025")["id"] == year
    assert api.found("/v1/lookup", **REVENUE, period="2025Q3")["id"] == quarter
    assert api.found("/v1/lookup", **REVENUE, period="2025-06-29/2025-09-27")["id"] == quarter
    assert api.get("/v1/lookup", params={**REVENUE, "period": "2025-01-01/2025-12-31"}).status_code == 404
    assert api.get("/v1/lookup", params={**REVENUE, "period": "2025Q2"}).status_code == 404
    exact = api.made("/v1/facts", metric(cited, period=YEAR))["id"]
    assert api.found("/v1/lookup", **REVENUE, period="2025")["id"] == exact


@pytest.mark.parametrize(
    ("start", "end", "literal"),
    [
        ("2024-07-01", "2025-06-30", "2025"),
        ("2024-06-30", "2025-06-29", "2024"),
        ("2025-07-01", "2026-06-29", "2025"),
        ("2025-02-02", "2026-01-31", "2025"),
        ("2025-04-01", "2026-03-31", "2025"),
        ("2025-02-16", "2025-05-14", "2025Q1"),
        ("2025-02-17", "2025-05-16", "2025Q2"),
    ],
)
def test_frames_at_their_edges(api: InProcess, cited: str, start: str, end: str, literal: str) -> None:
    fact = api.made("/v1/facts", metric(cited, period={"start": start, "end": end}))["id"]
    assert api.found("/v1/lookup", **REVENUE, period=literal)["id"] == fact
    assert api.found("/v1/facts", period=literal)["items"][0]["id"] == fact
    at = api.position()
    assert api.found("/v1/lookup", **REVENUE, period=literal, at=at)["id"] == fact


def test_many_periods_of_one_frame_do_not_hide_the_exact_one(api: InProcess, cited: str) -> None:
    for day in range(1, 60):
        ends = f"2025-{12 if day < 31 else 11:02}-{(day % 30) + 1:02}"
        api.post("/v1/facts", metric(cited, str(day), period={"start": "2024-12-20", "end": ends}))
    exact = api.made("/v1/facts", metric(cited, period=YEAR))["id"]
    assert api.found("/v1/lookup", **REVENUE, period="2025")["id"] == exact
    assert api.found("/v1/lookup", **REVENUE, period="2025", at=api.position())["id"] == exact


# -- times ---------------------------------------------------------------------------------------


def test_nothing_before_it_was_public_or_recorded(api: InProcess, cited: str) -> None:
    before = api.position()
    api.made("/v1/facts", market_share(cited))
    assert api.get("/v1/lookup", params={**ASKED, "known_at": "2025-06-29"}).status_code == 404
    assert "2025-06-29" in api.get("/v1/lookup", params={**ASKED, "known_at": "2025-06-29"}).json()["detail"]
    assert api.get("/v1/lookup", params={**ASKED, "at": before}).status_code == 404
    assert api.get("/v1/lookup", params={**ASKED, "known_at": "2025-06-30"}).status_code == 200
    assert api.get("/v1/lookup", params={**ASKED, "at": before + 2}).status_code == 422


# -- relatives -----------------------------------------------------------------------------------


def test_a_parent_or_subsidiary_that_has_the_answer_is_named(api: InProcess, cited: str) -> None:
    api.made("/v1/companies", company("acme-cloud", name="Acme Cloud", parent="acme"))
    api.made("/v1/companies", company("acme-labs", name="Acme Labs", parent="acme-cloud"))
    api.made("/v1/facts", market_share(cited, company="acme-cloud"))
    for asked, relation in (("acme", "subsidiary"), ("acme-labs", "parent")):
        answer = api.get("/v1/lookup", params={**ASKED, "company": asked})
        assert answer.status_code == 404
        assert "Acme Cloud (acme-cloud)" in answer.json()["detail"]
        assert relation in answer.json()["detail"]
        batch = api.post("/v1/lookup", {"items": [{**ASKED, "company": asked}]}).json()["items"][0]
        assert batch["status"] == 404
        assert batch["problem"]["detail"] == answer.json()["detail"]
    lone = api.get("/v1/lookup", params={**ASKED, "subject": "gadgets"})
    assert lone.status_code == 404
    assert "acme-cloud" not in lone.json()["detail"]


# -- batches -------------------------------------------------------------------------------------


def test_subjects_near_the_one_asked_for_are_named(api: InProcess, cited: str) -> None:
    asked = {"company": "acme", "kind": "metric", "subject": "us-gaap:Revenues"}
    for subject, known in (("us-gaap:SalesRevenueNet", "2025-06-30"), ("stores", "2026-06-30")):
        api.made("/v1/facts", metric(cited, subject=subject, known_at=known))
    then = api.position()
    api.made("/v1/facts", metric(cited, subject="revenue-per-user", known_at="2025-06-30"))
    for path in ("/v1/lookup", "/v1/series"):
        answer = api.get(path, params={**asked, "at": then})
        assert answer.status_code == 404
        assert answer.json()["detail"].endswith("; it has us-gaap:SalesRevenueNet")
        assert answer.json()["errors"][0]["parameter"] == "subject"
    stores = api.get("/v1/lookup", params={**asked, "subject": "store"})
    assert stores.json()["detail"].endswith("; it has stores")
    # what was not public by then is not named
    earlier = api.get("/v1/lookup", params={**asked, "subject": "store", "known_at": "2026-01-01"})
    assert "it has" not in earlier.json()["detail"]
    # nor the subject itself, where another part of the query fits nothing
    other = api.get("/v1/lookup", params={**asked, "subject": "stores", "period": "1999"})
    assert "it has" not in other.json()["detail"]


def test_a_batch_is_answered_in_order_at_one_position(api: InProcess, cited: str) -> None:
    share = api.made("/v1/facts", market_share(cited))
    revenue = api.made("/v1/facts", metric(cited))
    answer = api.post(
        "/v1/lookup",
        {
            "items": [
                REVENUE,
                {**ASKED, "company": "nobody"},
                {
                    **ASKED,
                    "dimensions": {},
                    "period": "2025",
                    "basis": "reported",
                    "unit": "percent",
                    "frequency": None,
                },
                REVENUE,
                {**ASKED, "dimensions": {"geography": "CN"}},
            ]
        },
    )
    assert answer.status_code == 200
    items = answer.json()["items"]
    assert [item["status"] for item in items] == [200, 404, 200, 200, 404]
    resolution = items[0]["fact"].pop("resolution")
    assert resolution["chosen"] == "revenue"  # a standard concept, and here a subject of the company's own
    assert items[3]["fact"].pop("resolution") == resolution
    assert items[0]["fact"] == items[3]["fact"] == revenue
    assert items[2]["fact"] == share
    assert int(answer.headers["log-position"]) == api.position()
    earlier = api.post("/v1/lookup", {"items": [REVENUE, ASKED]}, params={"at": share["position"]})
    assert [item["status"] for item in earlier.json()["items"]] == [404, 200]
    assert earlier.headers["log-position"] == str(share["position"])


def test_a_batch_needs_no_key_and_has_its_limits(api: InProcess, cited: str) -> None:
    api.made("/v1/facts", metric(cited))
    anyone = api.with_key(None)
    thousand = anyone.post("/v1/lookup", {"items": [REVENUE] * 1000})
    assert thousand.status_code == 200
    assert {item["status"] for item in thousand.json()["items"]} == {200}
    assert anyone.post("/v1/lookup", {"items": [REVENUE] * 1001}).status_code == 400
    assert anyone.post("/v1/lookup", {"items": []}).status_code == 400


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"kind": "metrics"}, "/items/0/kind"),
        ({"period": "2025-13"}, "/items/0/period"),
        ({"period": "2025-02-30"}, "/items/0/period"),
        ({"subject": "Widgets"}, "/items/0/subject"),
        ({"dimension": "geography:CN"}, "/items/0/dimension"),
    ],
)
def test_a_batch_says_which_item_is_wrong(api: InProcess, change: dict[str, Any], pointer: str) -> None:
    answer = api.post("/v1/lookup", {"items": [{**ASKED, **change}]})
    assert answer.status_code in {400, 422}, answer.text
    assert answer.json()["errors"][0].get("pointer") == pointer, answer.text
