"""Series and frames of standard concepts over HTTP, on real filings."""

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from benchmarks import backtest
from service.words.concepts import CONCEPTS
from tests.running import InProcess
from tests.words.filings import by_period, rows_of
from tests.words.real import CONTRACTS, FILERS, LOADED, REVENUES, SALES, slug
from tests.words.test_choosing import expected

BACKTEST = Path(__file__).resolve().parents[2] / "docs" / "backtest.md"


def series(api: InProcess, filer: str, subject: str, **asked: Any) -> Any:
    return api.found("/v1/series", company=slug(filer), subject=subject, **asked)


def key(period: dict[str, str]) -> tuple[str | None, str]:
    return period.get("start"), period.get("end") or period["instant"]


def line(page: Any) -> list[tuple[tuple[str | None, str], str, Decimal]]:
    return [(key(row["period"]), row["subject"], Decimal(row["quantity"]["value"])) for row in page["items"]]


@pytest.mark.parametrize("day", ["9999-12-31", "2018-06-30"])
@pytest.mark.parametrize("filer", LOADED)
def test_every_row_is_the_one_of_the_oracle(real: InProcess, filer: str, day: str) -> None:
    asked = {} if day.startswith("9999") else {"known_at": day}
    for name in ("revenue", "net-income", "equity", "operating-cash-flow", "depreciation-and-amortization"):
        concept = CONCEPTS[name]
        page = series(real, filer, name, limit=1000, **asked)
        chosen = {
            (start, end): found
            for (start, end, _), rows in by_period(rows_of(FILERS[filer], concept)).items()
            if (found := expected(concept, rows, day)) is not None
        }
        assert {one: (tag, number) for one, tag, number in line(page)} == {
            one: (row.tag, row.number) for one, row in chosen.items()
        }
        assert page["next"] is None


def test_apples_revenue_is_one_line_over_its_tags(real: InProcess) -> None:
    page = series(real, "Apple", "revenue", frequency="annual")
    rows = line(page)
    assert len(rows) == 19
    assert [tag for _, tag, _ in rows] == [SALES] * 9 + [REVENUES] + [CONTRACTS] * 9
    first, second = page["breaks"]
    assert (first["from"]["subject"], first["to"]["subject"]) == (SALES, REVENUES)
    assert (second["from"]["subject"], second["to"]["subject"]) == (REVENUES, CONTRACTS)
    assert first["at"] == {"start": "2015-09-27", "end": "2016-09-24"}
    assert first["overlap"]
    assert all(one["agree"] for one in (*first["overlap"], *second["overlap"]))


def test_a_break_between_two_definitions_is_told_with_what_differs(real: InProcess) -> None:
    """Under Armour recast 2016 and 2017 under another tag: the overlapping years do not agree."""
    page = series(real, "Under Armour", "revenue", frequency="annual")
    last = page["breaks"][-1]
    assert (last["from"]["subject"], last["to"]["subject"]) == (SALES, REVENUES)
    disagreeing = [one for one in last["overlap"] if not one["agree"]]
    assert {key(one["period"]) for one in disagreeing} >= {
        ("2016-01-01", "2016-12-31"),
        ("2017-01-01", "2017-12-31"),
    }


def test_pages_join_to_the_whole(real: InProcess) -> None:
    for sort in ("period", "-period"):
        whole = series(real, "Apple", "revenue", sort=sort)
        items: list[Any] = []
        cursor = None
        while True:
            page = series(real, "Apple", "revenue", sort=sort, limit=37, cursor=cursor)
            items += page["items"]
            if (cursor := page["next"]) is None:
                break
        assert items == whole["items"]


def test_bounds_and_no_rows(real: InProcess) -> None:
    page = series(real, "Apple", "revenue", **{"from": "2016", "to": "2017", "frequency": "annual"})
    assert [end for (_, end), _, _ in line(page)] == ["2016-09-24", "2017-09-30"]
    empty = series(real, "Apple", "revenue", **{"from": "1990", "to": "1991"})
    assert (empty["items"], empty["breaks"]) == ([], [])
    never = real.get("/v1/series", params={"company": slug("Walmart"), "subject": "gross-profit"})
    assert never.status_code == 404
    assert "has never reported gross-profit" in never.json()["detail"]
    nobody = real.get("/v1/series", params={"company": "nobody", "subject": "revenue"})
    assert nobody.status_code == 404


def test_quarters_are_derived_over_a_change_of_tag(real: InProcess) -> None:
    """Home Depot's year 2017 stands under a tag that its first nine months got only a year later."""
    page = series(real, "Home Depot", "revenue", frequency="quarterly", derive="true")
    derived = [row for row in page["items"] if row["status"] == "derived"]
    assert derived
    tags = {
        tuple(real.found(f"/v1/facts/{one['fact']}")["subject"] for one in row["derived"]["operands"])
        for row in derived
    }
    assert any(one != other for one, other in tags)
    assert all(row["subject"] is None for row in derived)
    for row in derived:
        year, months = row["derived"]["operands"]
        assert Decimal(row["quantity"]["value"]) == Decimal(year["quantity"]["value"]) - Decimal(
            months["quantity"]["value"]
        )


def test_vintages_pass_from_one_tag_to_the_next(real: InProcess) -> None:
    page = series(
        real, "Under Armour", "revenue", vintages="all", frequency="annual", **{"from": "2017", "to": "2017"}
    )
    told = [
        (row["subject"], row["quantity"]["value"], row["realtime_start"], row["realtime_end"])
        for row in page["items"]
    ]
    assert told == [
        (SALES, "4976553000", "2018-02-28", "2019-02-24"),
        (REVENUES, "4989244000", "2019-02-25", None),
    ]
    for row in page["items"]:
        found = real.found(
            "/v1/lookup", company=slug("Under Armour"), kind="metric", subject="revenue", period="2017",
            known_at=row["realtime_start"],
        )  # fmt: skip
        assert (found["id"], found["version"]) == (row["fact"], row["version"])


def test_latest_rows_are_those_of_every_way_to_ask(real: InProcess) -> None:
    for filer in LOADED:
        for subject in ("revenue", "net-income", "cash"):
            plain = series(real, filer, subject, limit=2000)["items"]
            derived = series(real, filer, subject, limit=2000, derive="true")["items"]
            assert [row for row in derived if row["status"] == "asserted"] == plain


def test_a_table_has_the_tag_of_each_row(real: InProcess) -> None:
    asked = {"company": slug("Apple"), "subject": "revenue", "frequency": "annual"}
    table = real.get("/v1/series.csv", params=asked)
    assert table.headers["content-type"].startswith("text/csv")
    assert {line.split(",")[2] for line in table.text.splitlines()[1:]} == {SALES, REVENUES, CONTRACTS}
    same = real.get("/v1/series", params=asked, headers={"Accept": "text/csv"})
    assert same.text == table.text


# -- frames --------------------------------------------------------------------------------------


def test_a_frame_of_revenue_has_every_company_with_its_tag(real: InProcess) -> None:
    page = real.found(
        "/v1/frames", subject="revenue", unit="USD", period="2016", **{"with": "rank,share", "sort": "-value"}
    )
    rows = [(row["company"], row["subject"], row["quantity"]["value"], row["rank"]) for row in page["items"]]
    assert rows == [
        (slug("Walmart"), REVENUES, "485873000000", 1),
        (slug("Apple"), REVENUES, "215639000000", 2),
        (slug("Home Depot"), CONTRACTS, "94595000000", 3),
        (slug("Under Armour"), REVENUES, "4833338000", 4),
    ]
    assert page["subject"] == "revenue"
    assert sum(Decimal(row["share"]["value"]) for row in page["items"]) == pytest.approx(100, abs=0.01)


@pytest.mark.parametrize("known_at", [None, "2016-12-31"])
@pytest.mark.parametrize(
    ("subject", "unit", "period"),
    [("revenue", "USD", "2015"), ("equity", "USD", "2014Q4I"), ("eps-diluted", "USD/shares", "2015")],
)
def test_a_row_of_a_frame_is_what_a_look_up_finds(
    real: InProcess, subject: str, unit: str, period: str, known_at: str | None
) -> None:
    asked = {} if known_at is None else {"known_at": known_at}
    page = real.found("/v1/frames", subject=subject, unit=unit, period=period, **asked)
    assert len(page["items"]) == len(LOADED)
    for row in page["items"]:
        when = period if "I" not in period else row["period"]["instant"]
        found = real.found(
            "/v1/lookup",
            company=row["company"],
            kind="metric",
            subject=subject,
            unit=unit,
            period=when,
            **asked,
        )
        assert (row["fact"], row["version"], row["subject"]) == (
            found["id"],
            found["version"],
            found["subject"],
        )


def test_a_frame_leaves_proxy_statements_out(real: InProcess) -> None:
    page = real.found("/v1/frames", subject="net-income", unit="USD", period="2022")
    values = {row["company"]: row["quantity"]["value"] for row in page["items"]}
    assert values[slug("Home Depot")] == "17105000000"
    rows = series(real, "Home Depot", "net-income", frequency="annual")["items"]
    assert {row["frame"]: row["quantity"]["value"] for row in rows}["2022"] == "17105000000"


def test_pages_of_a_frame_join(real: InProcess) -> None:
    asked = {"subject": "revenue", "unit": "USD", "period": "2016", "sort": "value"}
    whole = real.found("/v1/frames", **asked)["items"]
    first = real.found("/v1/frames", **asked, limit=3)
    second = real.found("/v1/frames", **asked, limit=3, cursor=first["next"])
    assert [*first["items"], *second["items"]] == whole


def test_the_guide_on_backtests_has_what_the_program_finds(real: InProcess) -> None:
    def ask(path: str, query: Mapping[str, str]) -> Mapping[str, Any]:
        return backtest.body_of(real.send(real.request_of("GET", path, params=query)))

    assert backtest.report(ask) == backtest.written(BACKTEST.read_text("utf-8"))
