"""Search over HTTP: on the sample, after writes and retractions, and with random queries."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import bodies
from tests.clusters import Cluster
from tests.effort import examples
from tests.running import InProcess


@pytest.fixture(scope="module")
def sample(cluster: Cluster) -> Iterator[InProcess]:
    """The service with its sample, and companies with similar names."""

    with cluster.sampled() as dsn, InProcess(dsn, cluster.keys["write"]) as service:
        for slug, name, identifiers in (
            ("cik-0000063908", "McDONALD’S CORPORATION", {"cik": "63908", "ticker": "MCD"}),
            ("cik-0001418121", "Apple Hospitality REIT, Inc.", {"cik": "1418121", "ticker": "APLE"}),
            ("cik-0000104169", "WALMART INC.", {"cik": "104169", "ticker": "WMT"}),
            ("societe-generale", "Société Générale", {"ticker": "GLE"}),
        ):
            service.made("/v1/companies", bodies.company(slug, name=name, identifiers=identifiers))
        service.made("/v1/concepts", {"id": "us-gaap:CostOfRevenue", "label": "Cost of Revenue"})
        url = "https://example.org/10-k"
        source = service.made("/v1/sources", bodies.source(None, url=url, title="10-K of Apple"))["id"]
        for subject in (
            "us-gaap:RevenueFromContractWithCustomerExcludingAssessedTax",
            "us-gaap:CostOfRevenue",
        ):
            for company in ("apple", "cik-0000104169"):
                service.made("/v1/facts", bodies.metric(source, company=company, subject=subject))
        yield service


def found(api: InProcess, q: str, **more: Any) -> list[dict[str, Any]]:
    items = api.found("/v1/search", q=q, **more)["items"]
    assert [item["score"] for item in items] == sorted((item["score"] for item in items), reverse=True)
    return items


def told(item: dict[str, Any]) -> tuple[str, str]:
    """Kind and name of each hit."""
    match item["kind"]:
        case "fact":
            return "fact", f"{item['company']} {item['subject']}"
        case kind:
            return kind, item[kind]


@pytest.mark.parametrize(
    ("q", "first"),
    [
        ("alibba", ("company", "alibaba")),
        ("AAPL", ("company", "apple")),
        ("aapl", ("company", "apple")),
        ("APLE", ("company", "cik-0001418121")),
        ("320193", ("company", "apple")),
        ("CIK0000320193", ("company", "apple")),
        ("0000320193", ("company", "apple")),
        ("catalyst", ("fact", "alibaba ai-catalyst-program")),
        ("catalst", ("fact", "alibaba ai-catalyst-program")),
        ("macdonalds", ("company", "cik-0000063908")),
        ("McDonald's", ("company", "cik-0000063908")),
        ("apple", ("company", "apple")),
        ("apple hospitality", ("company", "cik-0001418121")),
        ("apple 10k revenue", ("fact", "apple us-gaap:RevenueFromContractWithCustomerExcludingAssessedTax")),
        ("revenue of walmart", ("fact", "cik-0000104169 us-gaap:CostOfRevenue")),
        ("wallmart cost of revenue", ("fact", "cik-0000104169 us-gaap:CostOfRevenue")),
        ("cost of revenue", ("concept", "cost-of-revenue")),
        ("cloud revenue growth", ("concept", "cloud-revenue-growth")),
        ("societe generale", ("company", "societe-generale")),
        ("Aliyun", ("company", "alibaba-cloud")),
        ("阿里云", ("company", "alibaba-cloud")),
        ("shiseido", ("company", "shiseido")),
        ("shiseido cybersecurity", ("fact", "alibaba-cloud shiseido")),
        ("Qwen models", ("concept", "qwen-models")),
    ],
)
def test_what_a_person_means_comes_first(sample: InProcess, q: str, first: tuple[str, str]) -> None:
    items = found(sample, q)
    assert items, "nothing is found"
    top = {told(item) for item in items[:2]} if q == "revenue of walmart" else {told(items[0])}
    assert first in top


def test_alibaba_cloud_is_told_from_its_parent(sample: InProcess) -> None:
    assert told(found(sample, "alibaba cloud")[0]) == ("company", "alibaba-cloud")
    assert told(found(sample, "alibaba")[0]) == ("company", "alibaba")


def test_the_text_of_a_source_is_found_with_its_place(sample: InProcess) -> None:
    items = found(sample, "subsidy domestic chips", kind="source")
    hit = items[0]
    text = sample.get(f"/v1/sources/{hit['source']}/text").text
    passage = text[hit["start"] : hit["end"]]
    assert "subsidy" in passage
    assert "<mark>subsidy</mark>" in hit["snippet"]
    assert all(item["kind"] == "source" for item in items)


@pytest.mark.parametrize("kind", ["company", "concept", "fact", "source"])
def test_one_kind_can_be_asked_for(sample: InProcess, kind: str) -> None:
    items = found(sample, "alibaba cloud revenue models", kind=kind, limit=3)
    assert items
    assert len(items) <= 3
    assert {item["kind"] for item in items} == {kind}
    everything = {told(item) for item in found(sample, "alibaba cloud revenue models", limit=100)}
    assert {told(item) for item in items} <= everything


def test_a_fact_found_is_the_newest_of_its_series(sample: InProcess) -> None:
    hit = next(i for i in found(sample, "ai cloud market share", kind="fact") if i["of"] == "market_share")
    newest = sample.found("/v1/lookup", company="alibaba-cloud", kind="market_share", subject="ai-cloud")
    assert (hit["fact"], hit["quantity"], hit["period"]) == (
        newest["id"],
        newest["value"]["share"],
        newest["period"],
    )
    assert (hit["known_at"], hit["dimensions"]) == (newest["known_at"], {"geography": "CN"})


@pytest.mark.parametrize(
    "q", ["the", "!!!", "<b>", "''':*", "xyzzy plugh", "a & b | !c", "\\", "%", "٪", "10-K"]
)
def test_what_means_little_finds_little_and_harms_nothing(sample: InProcess, q: str) -> None:
    for item in found(sample, q):
        assert "<mark>" in f"{item['title']}{item['snippet']}" or item["kind"] in {
            "fact",
            "company",
            "source",
        }


@settings(max_examples=examples(75))
@given(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=60)
    | st.lists(
        st.sampled_from(["alibaba", "clod", "'", ":*", "&", "10-K", "CIK", "–", "éé", "x" * 60]), min_size=1
    ).map(" ".join)
)
def test_anything_can_be_typed(sample: InProcess, q: str) -> None:
    response = sample.get("/v1/search", params={"q": q[:200]})
    assert response.status_code == 200, response.text


@pytest.mark.parametrize(
    ("params", "parameter"),
    [
        ({}, "q"),
        ({"q": ""}, "q"),
        ({"q": "x" * 201}, "q"),
        ({"q": "a\x00"}, "q"),
        ({"q": "a", "kind": "person"}, "kind"),
        ({"q": "a", "limit": "101"}, "limit"),
        ({"q": "a", "cursor": "x"}, "cursor"),
    ],
)
def test_what_cannot_be_asked_is_refused(sample: InProcess, params: dict[str, str], parameter: str) -> None:
    response = sample.get("/v1/search", params=params)
    assert response.status_code == 400
    assert response.json()["errors"][0]["parameter"] == parameter


# -- after writes and retractions ----------------------------------------------------------------


def names(api: InProcess, q: str, **more: Any) -> set[tuple[str, str]]:
    return {told(item) for item in found(api, q, **more)}


def test_a_company_is_found_by_its_new_name_and_its_former_one(api: InProcess) -> None:
    api.made("/v1/companies", bodies.company("meta", name="Facebook, Inc."))
    assert ("company", "meta") in names(api, "facebook")
    api.made("/v1/companies", bodies.company("meta", name="Meta Platforms", aliases=["Facebook, Inc."]))
    assert ("company", "meta") in names(api, "facebook")
    assert ("company", "meta") in names(api, "meta")
    api.made("/v1/companies", bodies.company("meta", name="Meta Platforms"))
    assert names(api, "facebook") == set()


def test_a_fact_is_found_while_it_stands(api: InProcess) -> None:
    api.made("/v1/companies", bodies.company())
    source = api.made("/v1/sources", bodies.source(None, url="https://example.org/a"))["id"]
    fact = api.made("/v1/facts", bodies.statement(source, "Acme builds rockets."))
    assert ("fact", "acme health") in names(api, "rocket")
    newer = api.made("/v1/facts", bodies.statement(source, "Acme builds anvils.", known_at="2025-07-01"))
    assert names(api, "rocket") == set()
    assert ("fact", "acme health") in names(api, "anvil")
    api.made(f"/v1/facts/{fact['id']}/retractions", {"version": newer["version"], "reason": "misread"})
    assert names(api, "anvil") == set()
    assert ("fact", "acme health") in names(api, "rocket")
    api.made(f"/v1/facts/{fact['id']}/retractions", {"version": fact["version"], "reason": "misread"})
    assert names(api, "rocket") == set()


def test_text_that_may_not_be_served_is_not_searched(api: InProcess) -> None:
    api.made("/v1/sources", bodies.source("The zeppelin is late.", title="Open"))
    api.made("/v1/sources", bodies.source("The zeppelin is early.", title="Closed", redistribute=False))
    assert [item["title"] for item in found(api, "zeppelin")] == ["Open"]
    assert [item["title"] for item in found(api, "closed")] == ["<mark>Closed</mark>"]


def test_text_that_is_archived_later_is_found_then(api: InProcess) -> None:
    text = "A dirigible was seen over Acme."
    posted = bodies.source(None, title="Sightings", sha256=bodies.source_id(text).removeprefix("sha256:"))
    source = api.made("/v1/sources", posted)["id"]
    assert found(api, "dirigible") == []
    response = api.put(
        f"/v1/sources/{source}/snapshot", content=text.encode(), headers={"Content-Type": "text/plain"}
    )
    assert response.status_code == 201
    (hit,) = found(api, "dirigible")
    assert (hit["source"], text[hit["start"] : hit["end"]]) == (source, text)
    (misspelt,) = found(api, "dirigable")
    assert "<mark>dirigible</mark>" in misspelt["snippet"]


def test_what_is_shown_is_escaped(api: InProcess) -> None:
    api.made("/v1/companies", bodies.company(name="<script>alert('acme')</script> & Sons"))
    (hit,) = found(api, "acme")
    assert hit["title"] == "&lt;script&gt;alert(&#x27;<mark>acme</mark>&#x27;)&lt;/script&gt; &amp; Sons"


def test_an_identifier_means_who_holds_it_now(api: InProcess) -> None:
    api.made("/v1/companies", bodies.company("old", identifiers={"ticker": "ACME"}))
    assert told(found(api, "acme")[0]) == ("company", "old")
    api.made("/v1/companies", bodies.company("old"))
    api.made("/v1/companies", bodies.company("new", identifiers={"ticker": "ACME"}))
    assert names(api, "acme") == {("company", "new")}


# -- names and places ----------------------------------------------------------------------------


@pytest.mark.parametrize("q", ["AT&T", "at&t", "AT&T Inc.", "ATT"])
def test_a_name_of_words_that_say_nothing_is_a_name(api: InProcess, q: str) -> None:
    api.made("/v1/companies", bodies.company("at-t", name="AT&T INC.", identifiers={"ticker": "T"}))
    api.made("/v1/companies", bodies.company("mt-bank", name="M&T Bank Corp"))
    (hit,) = found(api, q)
    assert (told(hit), hit["title"].startswith("<mark>AT&amp;T</mark>")) == (("company", "at-t"), True)
    assert told(found(api, "T")[0]) == ("company", "at-t")


@pytest.mark.parametrize("q", ["alibba", "alibaba", "aliababa"])
def test_a_misspelt_name_among_other_words_is_found_where_no_text_has_it(api: InProcess, q: str) -> None:
    api.made("/v1/companies", bodies.company("cik-0001577552", name="Alibaba Group Holding Ltd"))
    api.made("/v1/companies", bodies.company("other", name="Allied Biotech Holding Ltd"))
    assert told(found(api, q)[0]) == ("company", "cik-0001577552")


@pytest.mark.parametrize(
    ("code", "q"),
    [("CN", "China"), ("IN", "india"), ("IT", "Italy"), ("US", "united states"), ("KR", "South Korea")],
)
def test_a_country_finds_what_is_told_of_it(api: InProcess, code: str, q: str) -> None:
    api.made("/v1/companies", bodies.company())
    source = api.made("/v1/sources", bodies.source(None, url="https://example.org/a"))["id"]
    here = api.made("/v1/facts", bodies.metric(source, "7", dimensions={"geography": code}))
    api.made("/v1/facts", bodies.metric(source, "8", dimensions={"geography": "FR"}))
    api.made("/v1/facts", bodies.metric(source, "9"))
    (hit,) = found(api, q, kind="fact")
    assert (hit["fact"], hit["dimensions"]) == (here["id"], {"geography": code})
    assert found(api, f"revenue {q}", kind="fact")[0]["fact"] == here["id"]


def test_china_in_the_sample_is_its_cloud_market(sample: InProcess) -> None:
    items = found(sample, "China", kind="fact", limit=20)
    assert {"geography": "CN"} in [item["dimensions"] for item in items[:3]]
