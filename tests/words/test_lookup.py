"""Look-ups by standard concept over HTTP, on real filings."""

from typing import Any

import pytest

from tests.running import InProcess
from tests.words.real import CONTRACTS, FILERS, REVENUES, SALES, slug


def found(api: InProcess, filer: str, subject: str, **asked: Any) -> Any:
    return api.found("/v1/lookup", company=slug(filer), kind="metric", subject=subject, **asked)


def refused(api: InProcess, filer: str, subject: str, status: int = 404, **asked: Any) -> Any:
    asked = {"company": slug(filer), "kind": "metric", "subject": subject} | asked
    answer = api.get("/v1/lookup", params=asked)
    assert answer.status_code == status, answer.text
    return answer.json()


def number(fact: Any) -> str:
    return fact["value"]["quantity"]["value"]


@pytest.mark.parametrize(
    ("year", "tag", "value"),
    [("2010", SALES, "65225000000"), ("2016", REVENUES, "215639000000"), ("2023", CONTRACTS, "383285000000")],
)
def test_apples_revenue_is_one_word_over_all_its_tags(
    real: InProcess, year: str, tag: str, value: str
) -> None:
    fact = found(real, "Apple", "revenue", period=year)
    assert (fact["subject"], number(fact)) == (tag, value)
    assert (fact["resolution"]["concept"], fact["resolution"]["chosen"]) == ("revenue", tag)
    assert fact["resolution"]["group"] == 1
    plain = real.found("/v1/lookup", company=slug("Apple"), kind="metric", subject=tag, period=year)
    del fact["resolution"]
    assert fact == plain


def test_the_latest_year_is_found_by_ticker_like_names_and_frequency(real: InProcess) -> None:
    fact = real.found(
        "/v1/lookup", company=f"cik:{FILERS['Apple']}", kind="metric", subject="revenue", frequency="annual"
    )
    assert (fact["period"]["end"], number(fact)) == ("2025-09-27", "416161000000")


def test_what_was_refused_is_told_with_the_reason(real: InProcess) -> None:
    fact = found(real, "Walmart", "revenue", period="2016")
    assert number(fact) == "485873000000"
    others = {one["subject"]: one for one in fact["resolution"]["others"]}
    assert others[CONTRACTS]["why"] == "smaller_in_filing"
    assert others[SALES]["why"] == "older_filing"
    assert others[SALES]["quantity"] == {"unit": "USD", "value": "481317000000"}
    fact_of = real.found(f"/v1/facts/{others[SALES]['id']}")
    assert (fact_of["subject"], fact_of["known_at"]) == (SALES, others[SALES]["known_at"])


def test_the_times_decide_which_tag_answers(real: InProcess) -> None:
    """In 2018 Under Armour's year 2017 stood under another tag, and was recast a year later."""
    then = found(real, "Under Armour", "revenue", period="2017", known_at="2018-12-31")
    now = found(real, "Under Armour", "revenue", period="2017")
    assert (then["subject"], number(then)) == (SALES, "4976553000")
    assert (now["subject"], number(now)) == (REVENUES, "4989244000")


def test_a_read_at_its_position_is_the_same_byte_for_byte(real: InProcess) -> None:
    asked = {"company": slug("Apple"), "kind": "metric", "subject": "net-income", "period": "2020"}
    first = real.get("/v1/lookup", params=asked)
    again = real.get("/v1/lookup", params=asked | {"at": first.headers["Log-Position"]})
    assert again.content == first.content
    early = real.get("/v1/lookup", params=asked | {"recorded_at": "2020-01-01T00:00:00Z"})
    assert early.status_code == 404  # nothing was recorded by then


def test_a_proxy_statement_does_not_count(real: InProcess) -> None:
    """Net income stands there rounded to millions or more, beside what directors were paid."""
    fact = found(real, "Home Depot", "net-income", period="2022")
    assert (number(fact), fact["known_at"]) == ("17105000000", "2025-03-21")
    plain = found(real, "Home Depot", "us-gaap:NetIncomeLoss", period="2022")
    assert (number(plain), plain["known_at"]) == ("17110000000", "2026-04-07")
    assert fact["id"] == plain["id"]
    version = real.found(f"/v1/facts/{fact['id']}/versions/{fact['version']}")
    assert number(version) == "17105000000"
    then = found(real, "Home Depot", "net-income", period="2022", known_at="2024-06-30")
    assert (number(then), then["known_at"]) == ("17105000000", "2024-03-13")


def test_a_batch_takes_words_and_tags_at_one_position(real: InProcess) -> None:
    asked = [
        {"company": slug("Apple"), "kind": "metric", "subject": subject, "period": "2020"}
        for subject in ("revenue", "us-gaap:Assets", "sales", "gross-profit")
    ]
    asked.append({"company": "nobody", "kind": "metric", "subject": "revenue"})
    answer = real.post("/v1/lookup", {"items": asked})
    items = answer.json()["items"]
    assert [one["status"] for one in items] == [200, 404, 404, 200, 404]
    assert items[0]["fact"] == found(real, "Apple", "revenue", period="2020")
    assert items[3]["fact"]["resolution"]["concept"] == "gross-profit"
    assert int(answer.headers["Log-Position"]) == real.position()
    alone = real.post("/v1/lookup", {"items": asked[:1]}).json()["items"]
    assert alone == items[:1]


def test_what_is_not_there_says_why(real: InProcess) -> None:
    never = refused(real, "Walmart", "gross-profit")
    assert "has never reported gross-profit" in never["detail"]
    early = refused(real, "Apple", "revenue", known_at="2009-01-01")
    assert "no revenue known by 2009-01-01; the first became public on 2009-" in early["detail"]
    between = refused(real, "Apple", "revenue", period="2015-02-03/2016-03-04")
    assert "no revenue that fits; the nearest it has are" in between["detail"]
    assert "there is no company nobody" in refused(real, "Apple", "revenue", company="nobody")["detail"]


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("sales", "`revenue`"),
        ("turnover", "`revenue`"),
        ("capex", "`capital-expenditure`"),
        ("revenu", "`revenue`"),
    ],
)
def test_an_unknown_word_leads_to_the_concepts_that_may_be_meant(
    real: InProcess, word: str, told: str
) -> None:
    problem = refused(real, "Apple", word)
    assert told in problem["detail"]
    assert problem["errors"][0]["parameter"] == "subject"


def test_a_year_and_its_last_quarter_are_told_apart_as_for_a_tag(real: InProcess) -> None:
    both = refused(real, "Apple", "revenue", 409, known_at="2010-12-31")
    assert {one["period"]["end"] for one in both["candidates"]} == {"2010-09-25"}


def test_concepts_tell_their_tags_and_what_they_are_not(real: InProcess) -> None:
    revenue = real.found("/v1/concepts/revenue")
    assert revenue["standard"] is True
    assert {REVENUES, SALES, "revenue"} < set(revenue["groups"][0])
    assert "sales" in revenue["synonyms"]
    assert "gross-profit" in revenue["is_not"]
    first = real.found("/v1/concepts", standard="true", limit=20)
    second = real.found("/v1/concepts", standard="true", limit=20, cursor=first["next"])
    slugs = [one["id"] for page in (first, second) for one in page["items"]]
    assert slugs == sorted(set(slugs))
    assert [one["id"] for one in real.found("/v1/concepts", standard="true", q="turnover")["items"]] == [
        "revenue"
    ]
    assert real.found("/v1/concepts/us-gaap:Revenues")["id"] == REVENUES
    assert "standard" not in real.found("/v1/concepts", limit=1)["items"][0]
    table = real.get("/v1/concepts.csv", params={"standard": "true", "q": "turnover"})
    assert table.text.splitlines()[1].startswith("revenue,Revenue,")


def fact(subject: str, value: str, unit: str, source: str, **more: Any) -> dict[str, Any]:
    return {
        "kind": "metric", "company": "own-works", "subject": subject,
        "period": {"start": "2024-01-01", "end": "2024-12-31"},
        "value": {"quantity": {"value": value, "unit": unit}} | more,
        "known_at": "2025-03-01", "citations": [{"source": source}],
    }  # fmt: skip


def test_a_users_own_facts_count_and_units_are_told_apart(api: InProcess) -> None:
    api.made("/v1/companies", {"slug": "own-works", "name": "Own Works"})
    source = api.made("/v1/sources", {"title": "Report", "publisher": "Own", "url": "https://example.org/r"})[
        "id"
    ]
    api.made("/v1/facts", fact("us-gaap:Revenues", "90", "USD", source))
    own = api.made("/v1/facts", fact("revenue", "100", "USD", source))
    asked = {"company": "own-works", "kind": "metric", "subject": "revenue"}
    answer = api.found("/v1/lookup", **asked)
    assert answer["id"] == own["id"]
    assert [one["why"] for one in answer["resolution"]["others"]] == ["smaller_in_filing"]
    # a rate under the word is no revenue, and is found where it is asked for
    rate = api.made("/v1/facts", fact("revenue", "12", "percent", source, comparison="yoy"))
    assert api.found("/v1/lookup", **asked)["id"] == own["id"]
    by_unit = api.found("/v1/lookup", **asked, unit="percent")
    assert (by_unit["id"], "resolution" in by_unit) == (rate["id"], False)
    api.made("/v1/facts", fact("us-gaap:Revenues", "700", "CNY", source))
    several = api.get("/v1/lookup", params=asked)
    assert several.status_code == 409
    assert {one["unit"] for one in several.json()["candidates"]} == {"USD", "CNY"}
    assert number(api.found("/v1/lookup", **asked, unit="CNY")) == "700"


def test_a_retracted_value_answers_no_more(api: InProcess) -> None:
    api.made("/v1/companies", {"slug": "own-works", "name": "Own Works"})
    source = api.made("/v1/sources", {"title": "Report", "publisher": "Own", "url": "https://example.org/r"})[
        "id"
    ]
    api.made("/v1/facts", fact("us-gaap:Revenues", "90", "USD", source))
    own = api.made("/v1/facts", fact("revenue", "100", "USD", source))
    before = api.position()
    api.made(f"/v1/facts/{own['id']}/retractions", {"version": 1, "reason": "misread"})
    asked = {"company": "own-works", "kind": "metric", "subject": "revenue"}
    assert number(api.found("/v1/lookup", **asked)) == "90"
    assert number(api.found("/v1/lookup", **asked, at=before)) == "100"


def test_a_subsidiary_that_has_it_is_named(api: InProcess) -> None:
    api.made("/v1/companies", {"slug": "parent-works", "name": "Parent Works"})
    api.made("/v1/companies", {"slug": "own-works", "name": "Own Works", "parent": "parent-works"})
    source = api.made("/v1/sources", {"title": "Report", "publisher": "Own", "url": "https://example.org/r"})[
        "id"
    ]
    api.made("/v1/facts", fact("us-gaap:Revenues", "90", "USD", source))
    asked = {"company": "parent-works", "kind": "metric", "subject": "revenue"}
    problem = api.get("/v1/lookup", params=asked)
    assert problem.status_code == 404
    assert "; Own Works (own-works) has" in problem.json()["detail"]


def test_an_answer_tells_the_identities_that_it_was_held_against(real: InProcess) -> None:
    profit = found(real, "Apple", "gross-profit", period="2020")["resolution"]["checks"]
    assert profit == [
        {"identity": "revenue - cost-of-revenue = gross-profit", "holds": True, "residual": "0"}
    ]
    assets = found(real, "Apple", "assets", period="2020-09-26")["resolution"]["checks"]
    assert [(one["holds"], one["residual"]) for one in assets] == [(True, "0")]
    income = found(real, "Apple", "net-income", period="2020")["resolution"]["checks"]
    assert len(income) == 2
    assert all(one["holds"] for one in income)
    then = found(real, "Apple", "gross-profit", period="2017", known_at="2018-06-30")["resolution"]["checks"]
    assert [one["holds"] for one in then] == [True]


def test_an_identity_that_does_not_hold_is_told(real: InProcess) -> None:
    """Under Armour gave its shares of 2010 in thousands, without the scale."""
    asked = {"period": "2010", "known_at": "2011-12-31"}
    income = found(real, "Under Armour", "net-income", **asked)["resolution"]["checks"]
    assert [one["holds"] for one in income] == [False, False]
