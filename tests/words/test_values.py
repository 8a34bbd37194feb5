"""Annual values of seven filers since 2009, held against the filers' own statements.

Each row of `values.tsv` has what the 10-K (or 20-F) of the fiscal year itself says, with its accession, and what the newest
filing says of that year, with its accession. They differ where the filer restated the year, split its shares, or began to
round to millions. Years before a filer's first own filing of data are left out: there is no statement of its own in the files.
"""

import csv
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pytest

from service.words.concepts import CONCEPTS, STANDARD
from tests.edgar_files import document
from tests.words.filings import Key, Row, by_period, rows_of
from tests.words.real import FILERS
from tests.words.test_choosing import choose, told


class Statement(NamedTuple):
    cik: int
    concept: str
    start: str | None
    end: str
    first: Decimal | None  # None: the year's own filing gives none
    accession: str
    now: Decimal
    latest: str  # accession


def _statements() -> list[Statement]:
    with (Path(__file__).parent / "values.tsv").open(newline="") as file:
        return [
            Statement(
                int(row["cik"]), row["concept"], row["start"] or None, row["end"],
                Decimal(row["first"]) if row["first"] else None, row["accession"], Decimal(row["now"]), row["latest"],
            )
            for row in csv.DictReader(file, dialect="excel-tab")
        ]  # fmt: skip


STATEMENTS = _statements()
TESTED = "revenue", "net-income", "eps-basic", "eps-diluted", "assets", "equity", "operating-cash-flow"


def _rows(cik: int, concept: str) -> dict[Key, list[Row]]:
    return by_period(rows_of(cik, CONCEPTS[concept]))


@pytest.mark.parametrize("filer", FILERS)
@pytest.mark.parametrize("concept", TESTED)
def test_the_rule_answers_with_the_filers_own_statements(filer: str, concept: str) -> None:
    cik, wrong = FILERS[filer], list[str]()
    periods = _rows(cik, concept)
    for one in STATEMENTS:
        if (one.cik, one.concept) != (cik, concept):
            continue
        rows = next(rows for key, rows in periods.items() if key[:2] == (one.start, one.end))
        assert any((row.accession, row.number) == (one.latest, one.now) for row in rows)
        now = choose(CONCEPTS[concept], told(rows, "9999-12-31"))
        if now is None or now.value.number != one.now:
            wrong.append(f"{one.end}: {now} now, not {one.now}")
        filed = next((row.filed for row in rows if row.accession == one.accession), None)
        if filed is None:
            assert one.first is None
            continue
        assert any((row.accession, row.number) == (one.accession, one.first) for row in rows)
        then = choose(CONCEPTS[concept], told(rows, filed))
        if then is None or then.value.number != one.first:
            wrong.append(f"{one.end}: {then} on {filed}, not {one.first}")
    assert not wrong


def test_every_year_has_every_value_but_those_that_are_explained() -> None:
    years = {(one.cik, one.end) for one in STATEMENTS}
    found = Counter((one.cik, one.end) for one in STATEMENTS)
    short = {year for year in years if found[year] < len(TESTED)}
    # in 2016 Under Armour reported earnings per share for each class of its shares only
    assert short == {(FILERS["Under Armour"], "2016-12-31")}
    assert {one.concept for one in STATEMENTS if (one.cik, one.end) in short} == set(TESTED) - {
        "eps-basic",
        "eps-diluted",
    }
    # in 2017 and 2018 too; the newer filings give one number for all classes
    assert {(one.cik, one.end) for one in STATEMENTS if one.first is None} == {
        (FILERS["Under Armour"], "2017-12-31"),
        (FILERS["Under Armour"], "2018-12-31"),
    }
    assert Counter(cik for cik, _ in years) == {
        FILERS[filer]: count
        for filer, count in {
            "McDonald's": 17, "Walmart": 17, "Apple": 17, "Home Depot": 17, "Under Armour": 16, "Disney": 7,
            "Logistic Properties": 2,
        }.items()
    }  # fmt: skip


def test_assets_equal_liabilities_and_equity_as_the_same_filing_has_them() -> None:
    """Another tag of the same filing, which no concept has, confirms every value of assets."""
    confirmed = 0
    for one in STATEMENTS:
        if one.concept != "assets":
            continue
        facts = document(one.cik)["facts"]
        both = (
            facts.get("us-gaap", {}).get("LiabilitiesAndStockholdersEquity")
            or facts["ifrs-full"]["EquityAndLiabilities"]
        )
        for accession, number in ((one.accession, one.first), (one.latest, one.now)):
            stated = {
                row["val"]
                for row in both["units"]["USD"]
                if (row["accn"], row["end"]) == (accession, one.end)
            }
            # the notes of a filing may give a total of segments for an older year, and then not the other side
            if stated:
                assert stated == {number}
                confirmed += 1
    assert confirmed >= 150


def test_earnings_per_share_are_net_income_over_shares_in_the_same_filing() -> None:
    """Net income, earnings per share and average shares of the year's own filing confirm each other."""
    confirmed = 0
    incomes = {(one.cik, one.end): one for one in STATEMENTS if one.concept == "net-income"}
    for one in STATEMENTS:
        if one.concept != "eps-basic" or one.first is None:
            continue
        income = incomes[one.cik, one.end].first
        shares = [
            row.number
            for row in _rows(one.cik, "weighted-shares-basic").get((one.start, one.end, "shares"), [])
            if row.accession == one.accession
        ]
        if income is not None and shares:
            # some filings give counts without their scale: 50,798 thousand as 50798, 727.9 million as 727.9
            assert any(
                abs(one.first * count * scale - income) <= count * scale * Decimal("0.006")
                for count in shares
                for scale in (1, 10**3, 10**6)
            ), (one, income, shares)
            confirmed += 1
    assert confirmed >= 85


def test_every_concept_is_well_formed() -> None:
    """Slugs, labels and words are unique, and no tag stands in two groups of a concept."""
    assert len({one.slug for one in STANDARD}) == len({one.label for one in STANDARD}) == len(STANDARD)
    words = Counter(word for one in STANDARD for word in {*one.also, one.slug})
    assert [word for word, count in words.items() if count > 1] == []
    for one in STANDARD:
        tags = [tag for group in one.groups for tag in group]
        assert len(tags) == len(set(tags))
        assert all(tag.partition(":")[0] in {"us-gaap", "ifrs-full", "dei"} for tag in tags)
        assert one.meaning.endswith(".")
        assert one.is_not.endswith(".")
        assert not one.limits or one.limits.endswith(".")
