"""Filters by numbers beside the main one."""

from typing import Any

import asyncpg
import pytest

from service.core.kinds import KINDS, number_fields
from service.postgres.migration import migrate
from tests import oracle
from tests.bodies import cite, company, market_share, metric, quantity, source
from tests.clusters import fetch, run
from tests.running import InProcess

SIZES: list[dict[str, Any]] = [
    quantity("12000000000", "USD", decimals=-9),
    quantity("11499999999", "USD"),
    quantity("11500000000", "USD"),
    quantity("12", "EUR"),
    quantity("10000000000", "USD", bound="at_least"),
    quantity("20000000000", "USD", bound="at_most"),
    quantity("12000000000", "USD", bound="about"),
    quantity(None, "USD", low="9000000000", high="13000000000"),
]
BOUNDS = ("11500000000", "12500000000", "12000000000", "9000000000", "21000000000")


@pytest.fixture
def cited(api: InProcess) -> str:
    api.made("/v1/companies", company())
    return str(api.made("/v1/sources", source())["id"])


def subjects(api: InProcess, **asked: Any) -> list[str]:
    lists = ("/v1/facts", "/v1/companies/acme/facts")
    found = [[one["subject"] for one in api.found(path, **asked)["items"]] for path in lists]
    assert found[0] == found[1], asked
    return found[0]


def share(cited: str, subject: str, **value: Any) -> dict[str, Any]:
    return market_share(cited, subject=subject, value={"market": "M", "share": quantity("36"), **value})


def program(cited: str, **fields: Any) -> dict[str, Any]:
    benefits = [
        {"what": "tokens", "quantity": quantity("2000000000", "tokens")},
        {"what": "cloud credits", "quantity": quantity("120000", "USD")},
        {"what": "advice"},
    ]
    return {
        "kind": "program", "company": "acme", "subject": "catalyst", "known_at": "2025-06-30",
        "value": {"name": "Catalyst", "benefits": benefits}, "citations": [cite(cited)], **fields,
    }  # fmt: skip


def test_a_number_beside_the_main_one_is_found_by_its_interval(api: InProcess, cited: str) -> None:
    for place, size in enumerate(SIZES):
        api.made("/v1/facts", share(cited, f"market-{place}", market_size=size))
    api.made("/v1/facts", share(cited, "market-x"))
    for least in (None, *BOUNDS):
        for most in (None, *BOUNDS):
            if least and most and int(least) > int(most):
                continue
            asked = {name: one for name, one in (("min", least), ("max", most)) if one}
            wanted = [
                f"market-{place}"
                for place, size in enumerate(SIZES)
                if size["unit"] == "USD" and oracle.within(size, least, most)
            ]
            found = [
                subjects(api, field="market_size", unit="USD", **asked, **times)
                for times in ({}, {"at": api.position()}, {"known_at": "2025-07-01"})
            ]
            assert found == [wanted] * 3, asked
    assert subjects(api, field="market_size", unit="EUR") == ["market-3"]
    assert len(subjects(api, field="market_size")) == len(SIZES)


def test_each_part_of_a_list_is_a_number_of_its_own(api: InProcess, cited: str) -> None:
    api.made("/v1/facts", program(cited))
    assert subjects(api, field="benefits", unit="USD", min="120000") == ["catalyst"]
    assert subjects(api, field="benefits", unit="USD", min="120001") == []
    assert subjects(api, field="benefits", unit="tokens", min="120001") == ["catalyst"]
    assert subjects(api, field="benefits", unit="models") == []


def test_whole_numbers_have_no_unit(api: InProcess, cited: str) -> None:
    api.made("/v1/facts", share(cited, "first", rank=1))
    api.made("/v1/facts", share(cited, "fourth", rank=4))
    streak = {"quantity": quantity("100"), "comparison": "yoy", "streak": 8}
    api.made("/v1/facts", metric(cited, subject="growth", value=streak))
    assert subjects(api, field="rank", max="3") == ["first"]
    assert subjects(api, field="rank", min="2") == ["fourth"]
    assert subjects(api, field="streak", min="8") == ["growth"]
    for asked, parameter in (
        ({"field": "rank", "unit": "USD"}, "unit"),
        ({"field": "market_size", "min": "1"}, "unit"),
        ({"field": "any", "min": "1"}, "unit"),
        ({"field": "size"}, "field"),
        ({"field": "market_size", "unit": "USD", "min": "2", "max": "1"}, "min"),
    ):
        refused = api.get("/v1/facts", params=asked)
        assert refused.status_code == 400, asked
        assert refused.json()["errors"][0]["parameter"] == parameter


def test_the_main_number_is_found_by_its_field_and_by_any(api: InProcess, cited: str) -> None:
    api.made("/v1/facts", share(cited, "cloud", market_size=SIZES[0]))
    api.made("/v1/facts", metric(cited, "53000000000"))
    api.made("/v1/facts", program(cited))
    billion = {"unit": "USD", "min": "1000000000"}
    assert subjects(api, **billion) == ["revenue"]
    assert subjects(api, **billion, field="quantity") == ["revenue"]
    assert subjects(api, **billion, field="any") == ["cloud", "revenue"]
    assert subjects(api, **billion, field="any", at=api.position()) == ["cloud", "revenue"]
    assert subjects(api, unit="USD", field="any") == ["cloud", "revenue", "catalyst"]
    assert subjects(api, **billion, field="share") == []
    assert subjects(api, field="share") == ["cloud"]
    for partner, outcome in (("beta", {}), ("gamma", {"outcome": quantity("300")})):
        value = {"counterparty": partner, "outcome_what": "efficiency", **outcome}
        api.made("/v1/facts", program(cited, kind="partnership", subject=partner, value=value))
    for times in ({}, {"at": api.position()}):
        assert subjects(api, field="outcome", **times) == ["gamma"]
    found = api.found("/v1/facts", field="outcome")["items"]
    assert found[0]["value"]["outcome_what"] == "efficiency"


def test_it_is_the_number_of_what_answered_then(api: InProcess, cited: str) -> None:
    first = api.made("/v1/facts", share(cited, "cloud", market_size=SIZES[0]))
    then = api.position()
    api.made("/v1/facts", share(cited, "cloud") | {"known_at": "2025-08-01"})
    large = {"field": "market_size", "unit": "USD", "min": "12000000000"}
    assert subjects(api, **large) == []
    assert subjects(api, **large, at=then) == ["cloud"]
    assert subjects(api, **large, known_at="2025-07-01") == ["cloud"]
    api.made(f"/v1/facts/{first['id']}/retractions", {"version": 1, "reason": "misread"})
    assert subjects(api, **large, known_at="2025-07-01") == []
    assert subjects(api, **large, known_at="2025-07-01", at=then) == ["cloud"]


def test_every_field_with_numbers_is_one_that_is_stored(api: InProcess, cited: str) -> None:
    api.made("/v1/facts", share(cited, "cloud", market_size=SIZES[0], rank=1))
    api.made("/v1/facts", program(cited))
    api.made("/v1/facts", metric(cited, value={"quantity": quantity("1", "USD"), "streak": 2}))
    api.made(
        "/v1/facts",
        program(cited, kind="investment", value={"amount": quantity("1", "USD"), "horizon_years": 3}),
    )
    stored = {row["field"] for row in run(fetch(api.dsn, "select distinct field from version_numbers"))}
    assert stored == {name for kind in KINDS for name in number_fields(kind) if name != kind.main}


async def written_before(dsn: str) -> None:
    """As earlier releases have left it: without the numbers."""
    connection: asyncpg.Connection[asyncpg.Record] = await asyncpg.connect(dsn)
    try:
        await migrate(dsn, "0013")
        assert await connection.fetchval("select to_regclass('version_numbers')") is None
        await migrate(dsn)
    finally:
        await connection.close()


def test_the_numbers_of_what_was_recorded_before_are_filled_in(api: InProcess, cited: str) -> None:
    for place, size in enumerate(SIZES):
        api.made("/v1/facts", share(cited, f"market-{place}", market_size=size, rank=place + 1))
    api.made("/v1/facts", program(cited))
    every = "select * from version_numbers order by company, fact, version, place"
    before = run(fetch(api.dsn, every))
    assert len(before) == 2 * len(SIZES) + 2
    run(written_before(api.dsn))
    assert run(fetch(api.dsn, every)) == before
