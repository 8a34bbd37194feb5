"""Facts: assertions, reads by id, versions, differences, lists and retractions."""

import re
from itertools import pairwise
from typing import Any
from uuid import UUID

import pytest

from tests.bodies import cite, company, market_share, metric, quantity, quote, source, statement
from tests.running import InProcess

EVERY_KIND: list[tuple[str, str, dict[str, Any]]] = [
    ("metric", "us-gaap:Revenues", {"quantity": quantity("53000000000", "USD", decimals=-9), "streak": 8}),
    ("metric", "revenue-growth", {"quantity": quantity("34"), "comparison": "yoy"}),
    (
        "market_share",
        "ai-cloud",
        {"market": "AI cloud", "share": quantity("36"), "market_size": quantity("3", "USD"), "rank": 1},
    ),
    (
        "investment",
        "ai-plan",
        {
            "amount": quantity("380", "CNY", bound="at_least"),
            "horizon_years": 3,
            "purpose": ["cloud", "AI"],
            "stage": "announced",
        },
    ),
    (
        "program",
        "catalyst",
        {
            "name": "Catalyst",
            "benefits": [
                {"what": "tokens", "quantity": quantity("2000000000", "tokens")},
                {"what": "advice"},
            ],
            "audience": "startups",
            "url": "https://example.org/p",
        },
    ),
    (
        "partnership",
        "globex",
        {
            "counterparty": "globex",
            "products": ["Qwen"],
            "purpose": "more",
            "outcome": quantity(None, low="100", high="999"),
        },
    ),
    ("product", "qwen", {"name": "Qwen", "category": "model", "license": "Apache-2.0", "owner": "acme"}),
    ("expansion", "data-centres", {"what": "data centre", "location": "BR", "status": "planned"}),
    ("statement", "outlook", {"text": "Things look up.\nMuch.", "topic": "outlook"}),
]


@pytest.fixture
def cited(api: InProcess) -> str:
    api.made("/v1/companies", company())
    return api.made("/v1/sources", source())["id"]


def retract(api: InProcess, fact: str, version: int) -> None:
    api.made(f"/v1/facts/{fact}/retractions", {"version": version, "reason": "misread"})


# -- asserting -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "subject", "value"), EVERY_KIND)
def test_every_kind_comes_back_as_it_was_sent(
    api: InProcess, cited: str, kind: str, subject: str, value: dict[str, Any]
) -> None:
    body = {
        "kind": kind,
        "company": "acme",
        "subject": subject,
        "dimensions": {"geography": "BR", "a": 'ü\u2028 "x"'},
        "basis": "forecast",
        "period": {"instant": "2025-09-30"},
        "value": value,
        "known_at": "2025-06-30",
        "citations": [cite(cited)],
    }
    made = api.made("/v1/facts", body)
    assert {name: made[name] for name in body} == {**body, "citations": made["citations"]}
    assert UUID(made["id"]).version == 8
    read = api.get(f"/v1/facts/{made['id']}")
    assert read.json() == made
    again = api.post("/v1/facts", body)
    assert (again.status_code, again.content) == (200, read.content)


def test_what_is_left_out_has_its_default(api: InProcess, cited: str) -> None:
    body = statement(cited)
    del body["known_at"]
    made = api.made("/v1/facts", body)
    assert made["basis"] == "reported"
    assert made["dimensions"] == {}
    assert made["period"] is None
    assert made["known_at"] == "2025-01-01", "the day that the source was published"
    assert made["status"] == "asserted"
    assert made["version"] == 1
    assert made["position"] == api.position()
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", made["recorded_at"])


def test_known_at_is_the_earliest_day_cited_and_no_earlier(api: InProcess, cited: str) -> None:
    later = api.made("/v1/sources", source("Later.", published_at="2025-03-01"))["id"]
    undated = api.made("/v1/sources", source("Undated.", published_at=None))["id"]
    body = statement(later, citations=[cite(later), cite(undated), cite(cited)])
    del body["known_at"]
    assert api.made("/v1/facts", body)["known_at"] == "2025-01-01"
    early = api.post("/v1/facts", {**body, "known_at": "2024-12-31"})
    assert early.status_code == 422
    assert early.json()["errors"][0]["pointer"] == "/known_at"
    assert api.made("/v1/facts", {**body, "known_at": "2025-02-01"})["known_at"] == "2025-02-01"
    unknown = api.post("/v1/facts", {**body, "citations": [cite(undated)]})
    assert unknown.status_code == 422
    assert unknown.json()["errors"][0]["pointer"] == "/known_at"


def test_the_answer_tells_where_and_when(api: InProcess, cited: str) -> None:
    answer = api.post("/v1/facts", market_share(cited))
    assert answer.headers["location"] == f"/v1/facts/{answer.json()['id']}"
    assert int(answer.headers["log-position"]) == answer.json()["position"]
    assert answer.headers["etag"] == api.get(answer.headers["location"]).headers["etag"]


def test_an_assertion_that_stands_is_found_whether_or_not_it_answers(api: InProcess, cited: str) -> None:
    first = api.made("/v1/facts", market_share(cited, "36"))
    api.made("/v1/facts", market_share(cited, "37"))
    head = api.position()
    again = api.post("/v1/facts", market_share(cited, "36.000"))
    assert again.status_code == 200
    assert again.json()["version"] == first["version"] == 1
    assert again.json()["value"]["share"]["value"] == "36"
    assert int(again.headers["log-position"]) == api.position() == head
    assert api.found(f"/v1/facts/{first['id']}")["version"] == 2


@pytest.mark.parametrize(
    "change",
    [
        {"known_at": "2025-07-01"},
        {"value": {"market": "Gadgets", "share": quantity("36")}},
        {"value": {"market": "Widgets", "share": quantity("36", decimals=0)}},
        {"value": {"market": "Widgets", "share": quantity("36", bound="about")}},
        {"value": {"market": "Widgets", "share": quantity("36", "pure")}},
        {"value": {"market": "Widgets", "share": quantity("36"), "rank": 1}},
        {"value": {"market": "Widgets", "share": quantity(None, low="36", high="36")}},
    ],
)
def test_another_value_or_day_is_another_version(api: InProcess, cited: str, change: dict[str, Any]) -> None:
    first = api.made("/v1/facts", market_share(cited))
    second = api.made("/v1/facts", {**market_share(cited), **change})
    assert (second["id"], second["version"]) == (first["id"], 2)


def test_other_citations_are_another_version(api: InProcess, cited: str) -> None:
    other = api.made("/v1/sources", source("Another text: 36%."))["id"]
    first = api.made("/v1/facts", market_share(cited))
    for number, citations in enumerate(
        (
            [cite(other)],
            [cite(cited), cite(other)],
            [cite(other), cite(cited)],
            [cite(cited, type="text_quote", exact="36%")],
            [cite(cited, type="text_position", start=0, end=4)],
        ),
        2,
    ):
        made = api.made("/v1/facts", market_share(cited, citations=citations))
        assert (made["id"], made["version"]) == (first["id"], number)


@pytest.mark.parametrize(
    "change",
    [
        {"company": "acme-two"},
        {"subject": "gadgets"},
        {"dimensions": {"geography": "CN"}},
        {"dimensions": {"geography": "CN", "segment": "cloud"}},
        {"basis": "estimated"},
        {"period": None},
        {"period": {"instant": "2025-12-31"}},
        {"period": {"start": "2025-12-31", "end": "2025-12-31"}},
    ],
)
def test_another_key_is_another_fact(api: InProcess, cited: str, change: dict[str, Any]) -> None:
    api.made("/v1/companies", company("acme-two"))
    first = api.made("/v1/facts", market_share(cited))
    second = api.made("/v1/facts", {**market_share(cited), **change})
    assert second["id"] != first["id"]
    assert second["version"] == 1


def test_unit_and_comparison_are_part_of_a_metrics_key_alone(api: InProcess, cited: str) -> None:
    ids = {
        api.made("/v1/facts", metric(cited, unit="USD"))["id"],
        api.made("/v1/facts", metric(cited, unit="EUR"))["id"],
        api.made("/v1/facts", metric(cited, "1", "percent"))["id"],
        api.made("/v1/facts", {**metric(cited), "value": {"quantity": quantity("1"), "comparison": "yoy"}})[
            "id"
        ],
    }
    assert len(ids) == 4
    one = api.made("/v1/facts", market_share(cited))
    other = api.made("/v1/facts", market_share(cited, value={"market": "W", "share": quantity("1", "pure")}))
    assert (one["id"], other["version"]) == (other["id"], 2)


def test_a_company_or_source_that_is_not_there_is_named(api: InProcess, cited: str) -> None:
    answer = api.post("/v1/facts", market_share(cited, company="nobody"))
    assert answer.status_code == 422
    assert answer.json()["errors"] == [
        {"pointer": "/company", "detail": "there is no company nobody; post it first"}
    ]
    missing = f"sha256:{'0' * 64}"
    answer = api.post("/v1/facts", market_share(cited, citations=[cite(cited), cite(missing)]))
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/citations/1/source"
    assert api.position() == 3


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"period": {"start": "2025-12-31", "end": "2025-01-01"}}, "/period"),
        ({"period": {"start": "2025-12-31"}}, "/period"),
        ({"period": {"end": "2025-12-31"}}, "/period"),
        ({"period": {}}, "/period"),
        ({"period": {"instant": "2025-12-31", "start": "2025-12-31", "end": "2025-12-31"}}, "/period"),
        ({"period": {"start": "0001-01-01", "end": "2025-12-31"}}, "/period"),
        ({"period": {"start": "2025-01-01", "end": "9999-12-31"}}, "/period"),
        ({"known_at": "9999-12-31"}, "/known_at"),
        ({"known_at": "0001-01-01"}, "/known_at"),
        ({"subject": "us-gaap:Revenues"}, "/subject"),
        ({"value": {"market": "W", "share": {"unit": "percent"}}}, "/value/share"),
        ({"value": {"market": "W", "share": quantity("1", low="1", high="2")}}, "/value/share"),
        ({"value": {"market": "W", "share": quantity(None, low="1")}}, "/value/share"),
        ({"value": {"market": "W", "share": quantity(None, low="2", high="1")}}, "/value/share"),
        (
            {"value": {"market": "W", "share": quantity(None, low="1", high="2", bound="at_least")}},
            "/value/share",
        ),
        (
            {"value": {"market": "W", "share": quantity("1"), "market_size": quantity(None, "USD")}},
            "/value/market_size",
        ),
    ],
)
def test_what_cannot_mean_anything_is_refused(
    api: InProcess, cited: str, change: dict[str, Any], pointer: str
) -> None:
    answer = api.post("/v1/facts", {**market_share(cited), **change})
    assert answer.status_code == 422, answer.text
    assert pointer in [error["pointer"] for error in answer.json()["errors"]]
    assert api.position() == 3


def test_conditions(api: InProcess, cited: str) -> None:
    def post(value: str, **headers: str) -> int:
        names = {name.replace("_", "-"): content for name, content in headers.items()}
        return api.post("/v1/facts", market_share(cited, value), headers=names).status_code

    assert post("1", If_Match="*") == 412, "there is nothing yet"
    assert post("1", If_Match='"abc"') == 412
    assert post("1", If_None_Match="*") == 201
    assert post("2", If_None_Match="*") == 412
    assert post("1", If_None_Match="*") == 412, "what already stands is there, too"
    fact = api.found("/v1/lookup", company="acme", kind="market_share", subject="widgets")["id"]
    etag = api.get(f"/v1/facts/{fact}").headers["etag"]
    assert post("2", If_Match="*") == 201
    assert post("3", If_Match=etag) == 412
    etag = api.get(f"/v1/facts/{fact}").headers["etag"]
    assert post("3", If_Match=f'"nothing", {etag}') == 201
    retract(api, fact, 1)
    etag = api.get(f"/v1/facts/{fact}").headers["etag"]
    assert post("4", If_Match=etag) == 201
    assert [v["version"] for v in api.found(f"/v1/facts/{fact}/versions")["items"]] == [1, 2, 3, 4, 5]


def test_evidence_may_be_demanded(api: InProcess, cited: str) -> None:
    refused = api.post("/v1/facts", market_share(cited, "37"), params={"evidence": "verified"})
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == "/value/share"
    made = api.made("/v1/facts", market_share(cited, "36"), params={"evidence": "verified"})
    assert made["evidence"] == "verified"
    assert api.made("/v1/facts", market_share(cited, "37"))["evidence"] == "unsupported"


# -- reading -------------------------------------------------------------------------------------


def test_a_fact_that_is_not_there(api: InProcess) -> None:
    for path in ("", "/versions", "/versions/1"):
        assert api.get(f"/v1/facts/ff15fa6d-9178-8e12-8a5b-5ba4de7a66c5{path}").status_code == 404
    assert (
        api.get(
            "/v1/facts/ff15fa6d-9178-8e12-8a5b-5ba4de7a66c5/diff", params={"from": 1, "to": 1}
        ).status_code
        == 404
    )


def test_times_beyond_the_log_are_refused_and_the_earlier_of_two_counts(api: InProcess, cited: str) -> None:
    fact = api.made("/v1/facts", market_share(cited))
    path, head = f"/v1/facts/{fact['id']}", api.position()
    for beyond in (path, "/v1/facts", f"{path}/versions", f"{path}/versions/1", "/v1/companies/acme/facts"):
        answer = api.get(beyond, params={"at": head + 1})
        assert answer.status_code == 422, beyond
        assert answer.json()["errors"][0]["parameter"] == "at"
        answer = api.get(beyond, params={"recorded_at": "2999-01-01T00:00:00Z"})
        assert answer.status_code == 422, beyond
        assert answer.json()["errors"][0]["parameter"] == "recorded_at"
    assert api.get(path, params={"at": head}).status_code == 200
    assert api.get(path, params={"recorded_at": fact["recorded_at"], "at": head - 1}).status_code == 404
    assert api.get(path, params={"recorded_at": "1999-01-01T00:00:00+02:00", "at": head}).status_code == 404
    assert api.get(path, params={"recorded_at": fact["recorded_at"]}).headers["log-position"] == str(head)


def test_a_pinned_read_may_be_kept_and_another_be_asked_again(api: InProcess, cited: str) -> None:
    fact = api.made("/v1/facts", market_share(cited))
    path = f"/v1/facts/{fact['id']}"
    now = api.get(path)
    assert now.headers["cache-control"] == "no-cache"
    assert "immutable" in api.get(path, params={"at": now.headers["log-position"]}).headers["cache-control"]
    same = api.get(path, headers={"If-None-Match": now.headers["etag"]})
    assert same.status_code == 304
    assert api.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


def test_everything_retracted_answers_by_id_alone(api: InProcess, cited: str) -> None:
    fact = api.made("/v1/facts", market_share(cited))["id"]
    api.made("/v1/facts", market_share(cited, "37", known_at="2025-07-01"))
    retract(api, fact, 2)
    assert api.found(f"/v1/facts/{fact}")["version"] == 1
    retract(api, fact, 1)
    gone = api.found(f"/v1/facts/{fact}")
    assert (gone["version"], gone["status"], gone["value"]["share"]["value"]) == (2, "retracted", "37")
    assert api.found("/v1/facts")["items"] == []
    assert (
        api.get(
            "/v1/lookup", params={"company": "acme", "kind": "market_share", "subject": "widgets"}
        ).status_code
        == 404
    )
    # known at a day before the second was public, the first answers, which was retracted
    early = api.found(f"/v1/facts/{fact}", known_at="2025-06-30")
    assert (early["version"], early["status"]) == (1, "retracted")
    back = api.made("/v1/facts", market_share(cited))
    assert (back["version"], back["status"]) == (5, "asserted")
    assert api.found(f"/v1/facts/{fact}")["version"] == 5


def test_versions_page_by_page_are_pinned(api: InProcess, cited: str) -> None:
    fact = ""
    for n in range(7):
        fact = api.made("/v1/facts", market_share(cited, str(n)))["id"]
    path = f"/v1/facts/{fact}/versions"
    first = api.get(path, params={"limit": 3})
    api.made("/v1/facts", market_share(cited, "99"))
    retract(api, fact, 7)
    seen, page = first.json()["items"], first
    while page.json()["next"]:
        link = re.fullmatch(r'<(.*)>; rel="next"', page.headers["link"])
        assert link is not None
        page = api.get(link[1])
        seen += page.json()["items"]
        assert page.headers["log-position"] == first.headers["log-position"]
    assert [version["version"] for version in seen] == list(range(1, 8))
    assert {version["status"] for version in seen} == {"asserted"}
    assert len(api.found(path)["items"]) == 9
    last = api.found(f"{path}/9")
    assert (last["kind"], last["retracts"], last["reason"]) == ("retraction", 7, "misread")
    assert api.found(f"{path}/7")["status"] == "retracted"
    assert api.get(f"{path}/10").status_code == 404


def test_differences(api: InProcess, cited: str) -> None:
    other = api.made("/v1/sources", source("Globex says 50%.", publisher="Globex"))["id"]
    fact = api.made("/v1/facts", market_share(cited, "36"))["id"]
    api.made("/v1/facts", market_share(cited, "45", known_at="2025-07-01"))
    api.made("/v1/facts", market_share(other, "51", known_at="2025-08-01"))
    retract(api, fact, 3)
    found = api.found(f"/v1/facts/{fact}/diff", **{"from": 1, "to": 2})
    changed = {change["pointer"]: (change["before"], change["after"]) for change in found["changes"]}
    assert changed["/value/share/value"] == ("36", "45")
    assert changed["/known_at"] == ("2025-06-30", "2025-07-01")
    assert [(step["version"], step["change"]) for step in found["steps"]] == [(2, "restated")]
    found = api.found(f"/v1/facts/{fact}/diff", **{"from": 1, "to": 4})
    assert [(step["version"], step["change"]) for step in found["steps"]] == [
        (2, "restated"),
        (3, "rival"),
        (4, "retracted"),
    ]
    assert api.found(f"/v1/facts/{fact}/diff", **{"from": 2, "to": 2})["changes"] == []
    backwards = api.get(f"/v1/facts/{fact}/diff", params={"from": 2, "to": 1})
    assert backwards.status_code == 422
    assert backwards.json()["errors"][0]["parameter"] == "from"
    assert api.get(f"/v1/facts/{fact}/diff", params={"from": 1, "to": 9}).status_code == 404
    assert api.get(f"/v1/facts/{fact}/diff", params={"to": 1}).json()["errors"][0]["parameter"] == "from"


# -- rivals --------------------------------------------------------------------------------------


def test_publishers_who_contradict_make_a_dispute(api: InProcess, cited: str) -> None:
    globex = api.made("/v1/sources", source("Globex: 40%.", publisher="Globex"))["id"]
    shouted = api.made("/v1/sources", source("ACME: 38%.", publisher="ACME"))["id"]
    fact = api.made("/v1/facts", market_share(cited, "36"))["id"]
    disputed = api.made("/v1/facts", market_share(globex, "40", known_at="2025-07-01"))
    assert disputed["disputed"]
    assert [(rival["version"], rival["publisher"]) for rival in disputed["rivals"]] == [(1, "acme")]
    assert [item["id"] for item in api.found("/v1/facts", disputed="true")["items"]] == [fact]
    assert api.found("/v1/facts", disputed="true", known_at="2025-06-30")["items"] == []
    # a later assertion of the same publisher (in any letter case) restates the earlier
    agreed = api.made("/v1/facts", market_share(shouted, "40", known_at="2025-07-02"))
    assert not agreed["disputed"]
    assert api.found("/v1/facts", disputed="true")["items"] == []
    retract(api, fact, 3)
    assert api.found(f"/v1/facts/{fact}")["disputed"]


def test_figures_that_overlap_are_no_dispute(api: InProcess, cited: str) -> None:
    globex = api.made("/v1/sources", source("Globex.", publisher="Globex"))["id"]
    nobody = api.made("/v1/sources", source("Anonymous.", publisher=None))["id"]
    api.made("/v1/facts", market_share(cited, value={"market": "W", "share": quantity("36", decimals=0)}))
    agreed = api.made(
        "/v1/facts", market_share(globex, value={"market": "W", "share": quantity("36.4", decimals=1)})
    )
    assert not agreed["disputed"]
    edge = api.made("/v1/facts", market_share(globex, value={"market": "W", "share": quantity("36.5")}))
    assert edge["disputed"], "36.5 rounds to 37"
    third = api.made(
        "/v1/facts", market_share(nobody, value={"market": "W", "share": quantity("30", bound="at_least")})
    )
    assert [rival["publisher"] for rival in third["rivals"]] == ["globex", "acme"]


# -- lists ---------------------------------------------------------------------------------------


@pytest.fixture
def many(api: InProcess, cited: str) -> str:
    """Twelve facts, of two companies and three kinds."""
    api.made("/v1/companies", company("zenith"))
    for year in (2023, 2024, 2025):
        period = {"start": f"{year}-01-01", "end": f"{year}-12-31"}
        for owner in ("acme", "zenith"):
            api.made("/v1/facts", market_share(cited, str(year - 2000), company=owner, period=period))
            api.made("/v1/facts", metric(cited, str(year), company=owner, period=period))
    return cited


def test_the_order_of_a_list(api: InProcess, many: str) -> None:
    api.made("/v1/facts", statement(many))
    api.made("/v1/facts", metric(many, period={"instant": "2025-12-31"}))
    api.made("/v1/facts", metric(many, period=None))
    items = api.found("/v1/facts", limit=1000)["items"]

    def place(item: dict[str, Any]) -> tuple[Any, ...]:
        period = item["period"]
        end = "" if period is None else period.get("instant") or period["end"]
        # latest end first, facts without a period last
        return item["company"], item["kind"], item["subject"], tuple(-ord(c) for c in end) or (1,), item["id"]

    assert [item["id"] for item in items] == [item["id"] for item in sorted(items, key=place)]
    assert len(items) == 15


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize("limit", [1, 2, 5, 12, 13])
def test_pages_are_the_whole_list(api: InProcess, limit: int) -> None:
    whole = api.found("/v1/facts", limit=1000)["items"]
    seen: list[dict[str, Any]] = []
    page = api.get("/v1/facts", params={"limit": limit})
    while True:
        assert len(page.json()["items"]) <= limit
        seen += page.json()["items"]
        assert ("link" in page.headers) == (page.json()["next"] is not None)
        if page.json()["next"] is None:
            break
        page = api.get(page.headers["link"].partition(">")[0][1:])
    assert seen == whole


def test_a_list_that_was_begun_does_not_change(api: InProcess, many: str) -> None:
    whole = api.found("/v1/facts", limit=1000)["items"]
    page = api.found("/v1/facts", limit=5)
    seen = page["items"]
    for n, fact in enumerate(whole[::2]):
        retract(api, fact["id"], 1)
        api.made("/v1/facts", statement(many, f"New {n}.", subject=f"new-{n}", company="acme"))
    while page["next"] is not None:
        page = api.found("/v1/facts", limit=4, cursor=page["next"])
        seen += page["items"]
    assert seen == whole


@pytest.mark.usefixtures("many")
def test_a_cursor_belongs_to_its_list(api: InProcess) -> None:
    cursor = api.found("/v1/facts", limit=2, kind="metric")["next"]
    assert api.get("/v1/facts", params={"cursor": cursor, "kind": "metric"}).status_code == 200
    others: list[tuple[str, dict[str, Any]]] = [
        ("/v1/facts", {}),
        ("/v1/facts", {"kind": "market_share"}),
        ("/v1/facts", {"kind": "metric", "unit": "USD"}),
        ("/v1/facts", {"kind": "metric", "known_at": "2026-01-01"}),
        ("/v1/companies/acme/facts", {"kind": "metric"}),
        ("/v1/companies", {}),
        ("/v1/sources", {}),
        ("/v1/concepts", {}),
    ]
    for path, params in others:
        answer = api.get(path, params={**params, "cursor": cursor})
        assert answer.status_code == 400, path
        assert answer.json()["errors"][0]["parameter"] == "cursor"
    pinned = api.get("/v1/facts", params={"kind": "metric", "cursor": cursor, "at": 1})
    assert pinned.status_code == 400


def test_the_order_in_which_dimensions_are_asked_for_does_not_count(api: InProcess, cited: str) -> None:
    dimensions = {"geography": "CN", "segment": "cloud"}
    for n in range(3):
        api.made("/v1/facts", statement(cited, subject=f"claim-{n}", dimensions=dimensions))
    pairs = ["geography:CN", "segment:cloud"]
    page = api.found("/v1/facts", dimension=pairs, limit=2)
    assert len(api.found("/v1/facts", dimension=pairs[::-1], cursor=page["next"])["items"]) == 1


@pytest.mark.usefixtures("many")
def test_facts_of_a_company(api: InProcess) -> None:
    api.made("/v1/companies", company("zenith", identifiers={"ticker": "ZEN"}))
    for ref in ("zenith", "ticker:ZEN", "ticker:zen"):
        items = api.found(f"/v1/companies/{ref}/facts", kind="metric")["items"]
        assert [item["company"] for item in items] == ["zenith"] * 3
    for ref in ("nobody", "ticker:NONE", "cik:12"):
        assert api.get(f"/v1/companies/{ref}/facts").status_code == 404


def test_an_identifier_leads_to_whom_it_named_then(api: InProcess, cited: str) -> None:
    api.made("/v1/companies", company("acme", identifiers={"ticker": "AB"}))
    for n in range(3):
        api.made("/v1/facts", statement(cited, subject=f"claim-{n}"))
    before = api.get("/v1/companies/ticker:AB/facts", params={"limit": 2})
    api.made("/v1/companies", company("acme"))
    api.made("/v1/companies", company("zenith", identifiers={"ticker": "AB"}))
    assert api.found("/v1/companies/ticker:AB/facts")["items"] == []
    at = before.headers["log-position"]
    again = api.get("/v1/companies/ticker:AB/facts", params={"limit": 2, "at": at})
    assert again.content == before.content
    instant = before.json()["items"][0]["recorded_at"]
    assert len(api.found("/v1/companies/ticker:AB/facts", recorded_at=instant)["items"]) >= 1
    following = api.found("/v1/companies/ticker:AB/facts", limit=2, cursor=before.json()["next"])
    assert len(following["items"]) == 1


def test_facts_that_cite_a_source_as_they_were_then(api: InProcess, cited: str) -> None:
    other = api.made("/v1/sources", source("Another."))["id"]
    fact = api.made("/v1/facts", market_share(cited))
    before = api.get(f"/v1/sources/{other}/facts")
    assert before.json()["items"] == []
    api.made("/v1/facts", market_share(other, "37", known_at="2025-08-01"))
    assert [item["id"] for item in api.found(f"/v1/sources/{other}/facts")["items"]] == [fact["id"]]
    assert [item["id"] for item in api.found(f"/v1/sources/{cited}/facts")["items"]] == [fact["id"]]
    pinned = api.get(f"/v1/sources/{other}/facts", params={"at": before.headers["log-position"]})
    assert pinned.content == before.content
    assert api.found(f"/v1/sources/{other}/facts", known_at="2025-07-01")["items"] == []
    assert api.get(f"/v1/sources/sha256:{'0' * 64}/facts").status_code == 404


@pytest.mark.parametrize(
    ("params", "parameter"),
    [
        ({"min": "1"}, "unit"),
        ({"max": "1"}, "unit"),
        ({"min": "2", "max": "1", "unit": "USD"}, "min"),
        ({"dimension": ["geography:CN", "geography:BR"]}, "dimension"),
    ],
)
def test_filters_that_do_not_go_together(api: InProcess, params: dict[str, Any], parameter: str) -> None:
    answer = api.get("/v1/facts", params=params)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["parameter"] == parameter


def test_values_between(api: InProcess, many: str) -> None:
    api.made(
        "/v1/facts",
        {**metric(many, subject="plan"), "value": {"quantity": quantity("3000", "USD", bound="at_least")}},
    )

    def years(**params: str) -> list[str]:
        return [
            i["value"]["quantity"]["value"]
            for i in api.found("/v1/companies/acme/facts", unit="USD", **params)["items"]
        ]

    assert years(min="2024") == ["3000", "2025", "2024"]
    assert years(min="2024", max="2024") == ["2024"]
    assert years(max="2023.5") == ["2023"]
    assert years(min="100000000000000000000000000000") == ["3000"]
    assert years(min="-1", max="0") == []


# -- retracting ----------------------------------------------------------------------------------


def test_retracting(api: InProcess, cited: str) -> None:
    fact = api.made("/v1/facts", market_share(cited))["id"]
    path = f"/v1/facts/{fact}/retractions"
    answer = api.post(path, {"version": 1, "reason": "misread"})
    assert answer.status_code == 201
    assert answer.headers["location"] == f"/v1/facts/{fact}/versions/2"
    assert api.found(answer.headers["location"]) == answer.json()
    assert answer.headers["etag"] == api.get(f"/v1/facts/{fact}").headers["etag"]
    again = api.post(path, {"version": 1, "reason": "another reason"})
    assert (again.status_code, again.content) == (200, answer.content)
    for version, detail in ((2, "is a retraction"), (3, "there is no version 3")):
        refused = api.post(path, {"version": version, "reason": "misread"})
        assert refused.status_code == 422
        assert detail in refused.json()["detail"]
        assert refused.json()["errors"][0]["pointer"] == "/version"
    missing = api.post(
        "/v1/facts/ff15fa6d-9178-8e12-8a5b-5ba4de7a66c5/retractions", {"version": 1, "reason": "x"}
    )
    assert missing.status_code == 404


def test_a_writer_needs_a_key_that_may_write(api: InProcess, cited: str) -> None:
    fact = api.made("/v1/facts", market_share(cited))["id"]
    for service, status in ((api.with_key(None), 401), (api.with_key("cf_nothing"), 401)):
        for path, body in (
            ("/v1/facts", market_share(cited, "1")),
            (f"/v1/facts/{fact}/retractions", {"version": 1, "reason": "x"}),
        ):
            answer = service.post(path, body)
            assert answer.status_code == status
            assert answer.headers["www-authenticate"].startswith("Bearer")
        assert service.get(f"/v1/facts/{fact}").status_code == 200
    assert api.position() == 4


def test_instants_never_go_back(api: InProcess, cited: str) -> None:
    recorded = [api.made("/v1/facts", market_share(cited, str(n)))["recorded_at"] for n in range(10)]
    assert all(one <= other for one, other in pairwise(recorded))


def test_lists_keep_the_facts_whose_passage_says_what_is_asked_for(api: InProcess) -> None:
    text = "In 2025 Acme had a 36% share of the widgets market. It expects to have a 40% share in 2031."
    api.made("/v1/companies", company("acme"))
    cited = api.made("/v1/sources", source(text))["id"]
    stated = api.made("/v1/facts", market_share(cited, citations=[quote(cited, "Acme had a 36% share")]))
    expected = api.made(
        "/v1/facts",
        market_share(cited, "40", subject="gadgets", value={"market": "Gadgets", "share": quantity("40")},
                     citations=[quote(cited, "a 40% share in 2031")]),
    )  # fmt: skip
    context = stated["citations"][0]["evidence"]["context"]
    assert context == {
        "names": [
            {"field": "company", "name": "Acme", "found": "in_quote"},
            {"field": "market", "name": "Widgets", "found": "in_paragraph"},
        ],
        "period": "stated", "subject": "named", "modality": "stated",
    }  # fmt: skip
    ids = {stated["id"]: "36", expected["id"]: "40"}

    def kept(*words: str, **others: Any) -> list[str]:
        return [ids[item["id"]] for item in api.found("/v1/facts", context=list(words), **others)["items"]]

    assert kept("period:stated") == ["36"]
    assert kept("period:other") == ["40"]
    assert kept("modality:expected") == ["40"]
    assert kept("names:in_paragraph") == ["36"]
    assert kept("names:nowhere") == [
        "40"
    ]  # of "Gadgets"; of several names the one that was found least counts
    assert kept("period:stated", "subject:named") == ["36"]
    assert kept("period:stated", "modality:expected") == []
    assert kept("period:stated", known_at="2025-06-30") == ["36"]
    assert kept("period:stated", known_at="2025-06-29") == []
    # at an earlier position the version of that time counts
    position = api.position()
    api.made("/v1/facts", market_share(cited, citations=[quote(cited, "a 36% share")], known_at="2025-07-01"))
    assert kept("names:in_quote", at=position) == []
    assert kept("period:stated", at=position) == kept("period:stated") == ["36"]
    refused = api.get("/v1/facts", params={"context": "period:said"})
    assert refused.status_code == 400
    assert refused.json()["errors"][0]["parameter"] == "context"


def test_fiscal_periods_are_those_of_the_companys_own_facts(api: InProcess) -> None:
    """A year that ends in January is fiscal 2025 only where the company's own recorded years say so."""
    text = "Revenue was 10 dollars in the fourth quarter of fiscal 2025. Revenue was 40 dollars in 2024."
    api.made("/v1/companies", company("acme"))
    cited = api.made("/v1/sources", source(text))["id"]
    year = metric(
        cited,
        "40",
        period={"start": "2023-10-01", "end": "2024-09-30"},
        citations=[quote(cited, "40 dollars in 2024")],
    )
    api.made("/v1/facts", year)
    quarter = metric(
        cited,
        "10",
        period={"start": "2025-07-01", "end": "2025-09-30"},
        citations=[quote(cited, "10 dollars in the fourth")],
    )
    found = api.made("/v1/facts", quarter)["citations"][0]["evidence"]["context"]
    assert found["period"] == "stated"
    calendar = {**quarter, "period": {"start": "2025-10-01", "end": "2025-12-31"}}
    found = api.made("/v1/facts", calendar)["citations"][0]["evidence"]["context"]
    assert found["period"] != "stated"


def test_a_partner_that_is_a_company_here_is_found_by_its_names(api: InProcess) -> None:
    text = "Globex Corporation works with Acme."
    api.made("/v1/companies", company("acme"))
    cited = api.made("/v1/sources", source(text))["id"]
    body = {
        "kind": "partnership", "company": "acme", "subject": "globex", "value": {"counterparty": "glx"},
        "known_at": "2025-06-30", "citations": [quote(cited, "works with Acme")],
    }  # fmt: skip
    checked = api.post("/v1/checks", {"fact": body}).json()["citations"][0]["evidence"]["context"]
    assert {one["name"]: one["found"] for one in checked["names"]} == {"Acme": "in_quote", "glx": "nowhere"}
    api.made("/v1/companies", company("glx", name="Globex Corporation"))
    made = api.made("/v1/facts", body)["citations"][0]["evidence"]["context"]
    assert {one["name"]: one["found"] for one in made["names"]} == {"Acme": "in_quote", "glx": "in_paragraph"}
    assert api.post("/v1/checks", {"fact": body}).json()["citations"][0]["evidence"]["context"] == made
