"""Companies, their identifiers, and concepts."""

from typing import Any

import pytest

from tests.bodies import company, source, statement
from tests.running import InProcess

ALIBABA: dict[str, Any] = {
    "slug": "alibaba",
    "name": "Alibaba Group",
    "aliases": ["Alibaba", "阿里巴巴"],
    "identifiers": {"cik": "0001577552", "isin": "US01609W1027", "ticker": "baba", "wikidata": "q1359568", "other": "x/1"},
    "country": "CN",
}  # fmt: skip


def test_a_company_comes_back_with_its_identifiers_in_one_spelling(api: InProcess) -> None:
    answer = api.post("/v1/companies", ALIBABA)
    assert answer.status_code == 201
    made = answer.json()
    assert made["identifiers"] == {
        "cik": "1577552",
        "isin": "US01609W1027",
        "ticker": "BABA",
        "wikidata": "Q1359568",
        "other": "x/1",
    }
    assert made["aliases"] == ["Alibaba", "阿里巴巴"]
    assert (made["parent"], made["children"]) == (None, [])
    assert answer.headers["location"] == "/v1/companies/alibaba"
    assert int(answer.headers["log-position"]) == made["position"] == 1
    for ref in (
        "alibaba",
        "cik:1577552",
        "cik:0001577552",
        "ticker:BABA",
        "isin:US01609W1027",
        "wikidata:Q1359568",
    ):
        assert api.found(f"/v1/companies/{ref}") == made
    assert api.get("/v1/companies/cik:1577553").status_code == 404
    assert api.get("/v1/companies/alibaba-two").status_code == 404


def test_the_same_again_adds_nothing_and_a_change_is_an_entry(api: InProcess) -> None:
    first = api.post("/v1/companies", ALIBABA)
    again = api.post(
        "/v1/companies", {**ALIBABA, "identifiers": {**ALIBABA["identifiers"], "cik": "1577552"}}
    )
    assert (again.status_code, again.json()) == (200, first.json())
    assert api.position() == 1
    changed = api.made("/v1/companies", {"slug": "alibaba", "name": "Alibaba"})
    assert (changed["identifiers"], changed["aliases"], changed["country"]) == ({}, [], None)
    assert changed["position"] == 2
    assert api.get("/v1/companies/ticker:BABA").status_code == 404


def test_parents_and_children(api: InProcess) -> None:
    api.made("/v1/companies", company("alibaba"))
    api.made("/v1/companies", company("alibaba-cloud", parent="alibaba"))
    api.made("/v1/companies", company("alibaba-ai", parent="alibaba"))
    assert api.found("/v1/companies/alibaba")["children"] == ["alibaba-ai", "alibaba-cloud"]
    assert api.found("/v1/companies/alibaba-cloud")["parent"] == "alibaba"
    for slug, parent in (
        ("alibaba", "alibaba-cloud"),
        ("alibaba", "alibaba"),
        ("new", "new"),
        ("new", "nobody"),
    ):
        answer = api.post("/v1/companies", company(slug, parent=parent))
        assert answer.status_code == 422, (slug, parent)
        assert answer.json()["errors"][0]["pointer"] == "/parent"
    api.made("/v1/companies", company("alibaba-cloud"))
    assert api.found("/v1/companies/alibaba")["children"] == ["alibaba-ai"]


@pytest.mark.parametrize(
    ("scheme", "value", "status"),
    [
        ("isin", "US01609W1028", 422),
        ("lei", "549300MLUDYVRQOOXS23", 422),
        ("lei", "549300MLUDYVRQOOXS22", 201),
        ("cusip", "037833101", 422),
        ("cik", "0", 422),
        ("cik", "12345678901", 422),
        ("cik", "12a", 422),
        ("wikidata", "Q", 422),
        ("wikidata", "12", 422),
        ("cik", "", 400),
        ("CIK", "1", 400),
        ("cik", "1 ", 400),
    ],
)
def test_identifiers_are_checked(api: InProcess, scheme: str, value: str, status: int) -> None:
    answer = api.post("/v1/companies", company(identifiers={scheme: value}))
    assert answer.status_code == status, answer.text
    if status == 422:
        assert answer.json()["errors"][0]["pointer"] == f"/identifiers/{scheme}"


def test_an_identifier_belongs_to_one_company_until_it_is_given_up(api: InProcess) -> None:
    api.made("/v1/companies", company("one", identifiers={"ticker": "AB"}))
    refused = api.post("/v1/companies", company("two", identifiers={"ticker": "ab"}))
    assert refused.status_code == 409
    assert refused.json()["errors"][0]["pointer"] == "/identifiers/ticker"
    assert "one" in refused.json()["detail"]
    assert api.get("/v1/companies/two").status_code == 404
    api.made("/v1/companies", company("one", identifiers={"ticker": "CD"}))
    api.made("/v1/companies", company("two", identifiers={"ticker": "AB"}))
    assert api.found("/v1/companies/ticker:AB")["slug"] == "two"
    assert api.found("/v1/companies/ticker:CD")["slug"] == "one"
    api.made("/v1/companies", company("two"))
    api.made("/v1/companies", company("one", identifiers={"ticker": "AB"}))
    assert api.found("/v1/companies/ticker:AB")["slug"] == "one"


@pytest.mark.parametrize(
    "slug", ["Acme", "acme_cloud", "-acme", "acme-", "acme--cloud", "", "ac me", "acmé", "a" * 101, "acme\n"]
)
def test_slugs_are_refused_rather_than_folded(api: InProcess, slug: str) -> None:
    answer = api.post("/v1/companies", {"slug": slug, "name": "Acme"})
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == "/slug"


def test_a_list_of_companies_and_the_words_in_it(api: InProcess) -> None:
    api.made("/v1/companies", ALIBABA)
    for n in range(5):
        api.made("/v1/companies", company(f"acme-{n}", name=f"ACME Nº {n} 50% _"))
    whole = api.found("/v1/companies")["items"]
    assert [one["slug"] for one in whole] == ["acme-0", "acme-1", "acme-2", "acme-3", "acme-4", "alibaba"]
    page = api.get("/v1/companies", params={"limit": 4})
    rest = api.get(page.headers["link"].partition(">")[0][1:])
    assert page.json()["items"] + rest.json()["items"] == whole

    def slugs(words: str) -> list[str]:
        return [one["slug"] for one in api.found("/v1/companies", q=words)["items"]]

    assert slugs("ALIBABA g") == ["alibaba"]
    assert slugs("阿里") == ["alibaba"]
    assert slugs("baba") == ["alibaba"]
    assert slugs("1577552") == ["alibaba"]
    assert len(slugs("acme nº")) == 5
    assert slugs("50% _") == slugs("% _"), "no wildcards"
    assert slugs("%") == slugs("_") == ["acme-0", "acme-1", "acme-2", "acme-3", "acme-4"]
    assert slugs("'; drop table facts --") == []


def test_a_company_without_facts_has_an_empty_list(api: InProcess) -> None:
    api.made("/v1/companies", company())
    assert api.found("/v1/companies/acme/facts") == {"items": [], "next": None}


def test_a_fact_names_its_company_whatever_becomes_of_its_name(api: InProcess) -> None:
    api.made("/v1/companies", company())
    cited = api.made("/v1/sources", source())["id"]
    fact = api.made("/v1/facts", statement(cited))
    api.made("/v1/companies", company(name="Another"))
    assert api.found(f"/v1/facts/{fact['id']}") == fact


# -- concepts ------------------------------------------------------------------------------------

REVENUES: dict[str, Any] = {"id": "us-gaap:Revenues", "label": "Revenues", "description": "What was earned."}


def test_concepts(api: InProcess) -> None:
    answer = api.post("/v1/concepts", REVENUES)
    assert answer.status_code == 201
    assert answer.headers["location"] == "/v1/concepts/us-gaap:Revenues"
    assert {name: answer.json()[name] for name in REVENUES} == REVENUES
    assert api.found("/v1/concepts/us-gaap:Revenues") == answer.json()
    again = api.post("/v1/concepts", REVENUES)
    assert (again.status_code, again.json()) == (200, answer.json())
    assert api.position() == 1
    changed = api.made("/v1/concepts", {"id": "us-gaap:Revenues"})
    assert (changed["label"], changed["description"], changed["position"]) == (None, None, 2)
    assert api.get("/v1/concepts/us-gaap:Nothing").status_code == 404


def test_a_list_of_concepts_and_the_words_in_it(api: InProcess) -> None:
    ids = ["cloud-growth", "headcount", "us-gaap:Assets", "us-gaap:Revenues"]
    for name in ids[::-1]:
        api.made("/v1/concepts", {"id": name, "label": name.upper()})
    assert [one["id"] for one in api.found("/v1/concepts")["items"]] == ids
    page = api.found("/v1/concepts", limit=3)
    rest = api.found("/v1/concepts", limit=3, cursor=page["next"])
    assert [one["id"] for one in page["items"] + rest["items"]] == ids
    assert [one["id"] for one in api.found("/v1/concepts", q="gaap:re")["items"]] == ["us-gaap:Revenues"]
    assert api.found("/v1/concepts", q="nothing") == {"items": [], "next": None}
