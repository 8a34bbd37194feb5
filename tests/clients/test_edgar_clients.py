"""Clients of EDGAR, unmodified and each in its own environment, take the service for EDGAR."""

import copy
import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Generator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from service.edgar.filers_importer import import_submissions, import_tickers
from service.edgar.importer import import_facts
from service.postgres.database import opened
from tests.clusters import Cluster, run
from tests.edgar_files import (
    APPLE,
    DISNEY,
    FOLDER,
    HOME_DEPOT,
    MCDONALDS,
    UNDER_ARMOUR,
    WALMART,
    document,
    plain,
)
from tests.keeping import kept
from tests.processes import eventually
from tests.running import PATIENCE, Server

HERE = Path(__file__).resolve().parent
IFRS = 1997711
CIKS = (APPLE, MCDONALDS, WALMART, HOME_DEPOT, DISNEY, UNDER_ARMOUR, IFRS)
FILERS = (APPLE, MCDONALDS, WALMART)
PAGED = 7654321  # a filer whose older filings stand on pages of their own
DAY = "2015-06-30"


class Edgar(NamedTuple):
    """The service with the real files, and what else it was told in the form of real ones."""

    server: Server
    exchanges: dict[str, Any]
    funds: dict[str, Any]
    paged: dict[str, Any]
    page: dict[str, Any]


def _exchanges() -> dict[str, Any]:
    """`company_tickers_exchange.json` of the companies whose submissions name their exchange."""
    filers = [plain(f"submissions-CIK{cik:010}.json") for cik in FILERS]
    rows = [[int(f["cik"]), f["name"], f["tickers"][0], f["exchanges"][0]] for f in filers]
    return {"fields": ["cik", "name", "ticker", "exchange"], "data": [*rows, [5, "Five", "FIVE-P", None]]}


def _paged() -> tuple[dict[str, Any], dict[str, Any]]:
    """Apple's submissions as those of another filer, the older half on a page of its own, as EDGAR has it."""
    whole = copy.deepcopy(plain(f"submissions-CIK{APPLE:010}.json"))
    recent = whole["filings"]["recent"]
    half = len(recent["form"]) // 2
    page = {name: cells[half:] for name, cells in recent.items()}
    name = f"CIK{PAGED:010}-submissions-001.json"
    whole |= {"cik": f"{PAGED:010}", "name": "Paged Works Inc.", "tickers": [], "exchanges": []}
    whole["filings"] = {
        "recent": {name: cells[:half] for name, cells in recent.items()},
        "files": [
            {
                "name": name,
                "filingCount": len(page["form"]),
                "filingFrom": min(page["filingDate"]),
                "filingTo": max(page["filingDate"]),
            }
        ],
    }
    return whole, page


async def _imported(dsn: str, folder: Path) -> None:
    async with opened(dsn) as database:
        facts = await import_facts(database, [FOLDER])
        filers = [await import_submissions(database, [path]) for path in (FOLDER, folder)]
        lists = [await import_tickers(database, [path]) for path in (FOLDER, folder)]
    assert (facts.documents, facts.refused) == (len(CIKS), [])
    assert [(one.documents, one.refused) for one in filers] == [(3, []), (2, [])]
    assert [one.documents for one in lists] == [1, 2]


@pytest.fixture(scope="module")
def edgar(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Generator[Edgar]:
    if shutil.which("uv") is None:
        pytest.skip("this machine lacks uv, which makes the clients' environments")
    document(APPLE)  # skips where the files are absent
    folder = tmp_path_factory.mktemp("documents")
    funds = {
        "fields": ["cik", "seriesId", "classId", "symbol"],
        "data": [[2110, "S000009184", "C000024954", "LACAX"], [2110, "S000009184", "C000024956", "LIACX"]],
    }
    exchanges, (paged, page) = _exchanges(), _paged()
    (folder / "company_tickers_exchange.json").write_text(json.dumps(exchanges))
    (folder / "company_tickers_mf.json").write_text(json.dumps(funds))
    (folder / f"CIK{PAGED:010}.json").write_text(json.dumps(paged))
    (folder / f"CIK{PAGED:010}-submissions-001.json").write_text(json.dumps(page))
    with cluster.database() as dsn:
        run(_imported(dsn, folder))
        with Server(dsn, cluster.keys["write"]) as server:
            yield Edgar(server, exchanges, funds, paged, page)


def answered(
    client: str, arguments: Sequence[str], directory: Path, environment: dict[str, str]
) -> dict[str, Any]:
    """What a program says that uses a client as it is released, with nothing in its caches.

    The environment is the client's own, of exactly what its lock says.
    """
    program = directory / f"use_{client.replace('-', '_')}.py"
    shutil.copy(HERE / program.name, directory)
    lock = HERE / f"{client}.lock"
    base = Path(sys.executable).resolve()  # not of this checkout, so that others use the environment, too

    def install(place: Path) -> None:
        python = place / "bin" / "python"
        for command in (
            ["uv", "venv", "--quiet", "--allow-existing", "--python", base, place],
            ["uv", "pip", "install", "--quiet", "--python", python, "--require-hashes", "-r", lock],
        ):
            subprocess.run(command, cwd=place, check=True)  # out of reach of our own constraints

    python = kept(client, f"{base} {sys.version} {lock.read_text()}", install) / "bin" / "python"
    done = subprocess.run(
        [python, program, *arguments],
        cwd=directory,
        env={"PATH": os.environ["PATH"], "HOME": str(directory), **environment},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-4000:]
    return json.loads(done.stdout)


def asked(server: Server) -> Counter[tuple[str, int]]:
    """How often each path was asked for, and how it was answered, as the service's log has it."""
    lines = [json.loads(line) for line in server.said().splitlines() if '"event":"request"' in line]
    return Counter((line["path"], line["status"]) for line in lines)


# -- edgartools ----------------------------------------------------------------------------------

UNITS = {"pure": "number", "USD/shares": "USD per share"}  # what edgartools calls them


def rows_of(cik: int) -> list[list[Any]]:
    """The rows of a company's file, in its order and as edgartools has them."""
    return [
        [
            f"{taxonomy}:{tag}", concept["label"] or "", UNITS.get(unit, unit), row["val"], row.get("start"), row["end"],
            row["accn"], row["fy"] or 0, row["fp"] or "", row["form"], row["filed"],
        ]
        for taxonomy, tags in document(cik)["facts"].items()
        for tag, concept in tags.items()
        for unit, rows in concept["units"].items()
        for row in rows
    ]  # fmt: skip


def years(cik: int) -> dict[str, set[str]]:
    """The last days of the fiscal years that edgartools may mean by a column: those that end in that year."""
    found: dict[str, set[str]] = {}
    for row in document(cik)["facts"]["us-gaap"]["NetIncomeLoss"]["units"]["USD"]:
        if row["form"] == "10-K" and _days(row) > 300:
            found.setdefault(f"FY {row['end'][:4]}", set()).add(row["end"])
    return found


def _days(row: dict[str, Any]) -> int:
    return (date.fromisoformat(row["end"]) - date.fromisoformat(row["start"])).days + 1


def reported(cik: int, tag: str, ends: set[str]) -> set[float]:
    """What a company's file says of a concept for the year, or the day, that ends on one of these.

    It is one value, or where a later filing rounds or restates it, several: edgartools takes one of them by rules
    of its own.
    """
    concept = document(cik)["facts"]["us-gaap"].get(tag, {"units": {}})
    return {
        row["val"]
        for rows in concept["units"].values()
        for row in rows
        if row["end"] in ends and ("start" not in row or _days(row) > 300)
    }


INCOME = ("NetIncomeLoss", "OperatingIncomeLoss", "IncomeTaxExpenseBenefit", "EarningsPerShareDiluted")
BALANCE = ("Assets", "StockholdersEquity", "LiabilitiesAndStockholdersEquity")


def test_edgartools(edgar: Edgar, tmp_path: Path) -> None:
    server = edgar.server
    unknown = "LTMAY"  # edgartools brings a list of tickers, without this one
    before = asked(server)
    environment = {
        "EDGAR_DATA_URL": server.base,
        "EDGAR_BASE_URL": server.base,
        "EDGAR_IDENTITY": "A test a.test@example.org",
    }
    ciks = [*map(str, CIKS), str(PAGED)]
    past = f"{server.base}/as-known/{DAY}"
    said = answered(
        "edgartools",
        [*ciks, "--ticker", unknown, "--then", past, *map(str, (*THEN, DISNEY))],
        tmp_path,
        environment,
    )
    assert_as_known(said["then"])

    for cik in (*FILERS, PAGED):
        filer = edgar.paged if cik == PAGED else plain(f"submissions-CIK{cik:010}.json")
        company, business, filings = (
            said["companies"][str(cik)],
            filer["addresses"]["business"],
            filer["filings"],
        )
        assert (company["name"], company["cik"]) == (filer["name"], cik)
        assert (company["tickers"], company["exchanges"]) == (filer["tickers"], filer["exchanges"])
        assert (company["sic"], company["industry"]) == (filer["sic"], filer["sicDescription"])
        assert company["fiscal_year_end"] == filer["fiscalYearEnd"]
        assert company["state"] == filer["stateOfIncorporation"]
        assert company["former_names"] == [
            {"name": former["name"], "from": former["from"][:10], "to": former["to"][:10]}
            for former in filer["formerNames"]
        ]
        address = [business[part] or "" for part in ("street1", "city", "stateOrCountry", "zipCode")]
        assert company["business_address"] == address
        columns = ("accessionNumber", "filingDate", "form")
        parts = [filings["recent"], edgar.page] if cik == PAGED else [filings["recent"]]
        expected = [list(row) for part in parts for row in zip(*(part[c] for c in columns), strict=True)]
        assert company["filings"] == expected
    assert set(said["companies"]) == {str(cik) for cik in (*FILERS, PAGED)}

    compared = 0
    for cik in CIKS:
        facts = said["facts"][str(cik)]
        assert facts["name"] == document(cik)["entityName"]
        assert facts["rows"] == rows_of(cik)
        if cik == IFRS:
            continue
        ends = years(cik)
        for name, tags in (("income", INCOME), ("balance", BALANCE)):
            statement = facts["statements"][name]
            for tag in tags:
                for column, value in statement.get(tag, {}).items():
                    assert value in reported(cik, tag, ends[column]), (cik, tag, column)
                    compared += 1
    assert compared > 120
    assert said["facts"][str(PAGED)] is None

    listed = {row["ticker"]: row["cik_str"] for row in plain("company_tickers.json").values()}
    assert said["ticker"] == listed[unknown]
    assert said["listed"] == edgar.exchanges["data"]
    assert said["funds"] == edgar.funds["data"]

    wanted = [(f"/api/xbrl/companyfacts/CIK{cik:010}.json", 200) for cik in CIKS]
    wanted += [(f"/api/xbrl/companyfacts/CIK{PAGED:010}.json", 404)]
    wanted += [(f"/submissions/CIK{cik:010}.json", 200) for cik in (*FILERS, PAGED)]
    wanted += [(f"/submissions/CIK{cik:010}.json", 404) for cik in (HOME_DEPOT, DISNEY, UNDER_ARMOUR, IFRS)]
    wanted += [(f"/submissions/CIK{PAGED:010}-submissions-001.json", 200)]
    wanted += [(f"/files/company_tickers{sort}.json", 200) for sort in ("", "_exchange", "_mf")]
    assert eventually(lambda: not set(wanted) - set(asked(server) - before))
    refused = {path for path, status in asked(server) - before if status >= 400}
    later = f"/api/xbrl/companyfacts/CIK{DISNEY:010}.json"  # refused as of the day
    assert refused == {path for path, status in wanted if status >= 400} | {later}


THEN = {APPLE: "APPLE INC", WALMART: "WAL MART STORES INC"}  # what they were called by DAY


def assert_as_known(then: dict[str, Any]) -> None:
    """What was filed by DAY is there, and nothing that came later: filings, restated values, names, labels, tickers."""
    assert set(then["companies"]) == {str(cik) for cik in THEN}
    assert then["facts"][str(DISNEY)] is None  # this filer's first filing is of 2018
    for cik, name in THEN.items():
        company, facts = then["companies"][str(cik)], then["facts"][str(cik)]
        assert (company["name"], facts["name"], company["tickers"]) == (name, name, [])
        every = rows_of(cik)
        assert facts["rows"] == [[row[0], "", *row[2:]] for row in every if row[-1] <= DAY]
        assert len(facts["rows"]) < len(every)
        recent = plain(f"submissions-CIK{cik:010}.json")["filings"]["recent"]
        listed = zip(recent["accessionNumber"], recent["filingDate"], recent["form"], strict=True)
        assert company["filings"] == [list(one) for one in listed if one[1] <= DAY]
        columns = {column for values in facts["statements"]["income"].values() for column in values}
        assert columns
        assert max(columns) <= f"FY {DAY[:4]}"


# -- sec-edgar-api -------------------------------------------------------------------------------


def test_sec_edgar_api(edgar: Edgar, tmp_path: Path) -> None:
    server = edgar.server
    before = asked(server)
    concepts = [(cik, "us-gaap", "Assets") for cik in CIKS if cik != IFRS] + [(IFRS, "ifrs-full", "Assets")]
    questions = [
        *(f"get_company_facts,{cik}" for cik in CIKS),
        *(f"get_company_concept,{cik},{taxonomy},{tag}" for cik, taxonomy, tag in concepts),
        "get_frames,us-gaap,Assets,USD,2019,1",
        "get_frames,us-gaap,Assets,USD,2014,4",
        "get_frames,us-gaap,NetIncomeLoss,USD,2013,instantaneous=false",
        "get_frames,us-gaap,EarningsPerShareDiluted,USD-per-shares,2013,instantaneous=false",
        *(f"get_submissions,{cik}" for cik in FILERS),
        f"get_submissions,{PAGED}",
        f"get_submissions,{PAGED},handle_pagination=false",
        "get_company_facts,4711",
        "get_submissions,4711",
        "get_company_concept,320193,us-gaap,NoSuchTag",
        "get_frames,us-gaap,Assets,USD,1901,1",
    ]
    said = answered("sec-edgar-api", [server.base, DAY, *questions], tmp_path, {})
    now = dict(zip(questions, said["now"], strict=True))
    then = dict(zip(questions, said["then"], strict=True))

    for cik in CIKS:
        assert json.dumps(now[f"get_company_facts,{cik}"]) == json.dumps(document(cik))
    for cik, taxonomy, tag in concepts:
        concept = now[f"get_company_concept,{cik},{taxonomy},{tag}"]
        whole = document(cik)
        assert concept == {
            "cik": whole["cik"],
            "taxonomy": taxonomy,
            "tag": tag,
            "entityName": whole["entityName"],
            **whole["facts"][taxonomy][tag],
        }
        earlier = then[f"get_company_concept,{cik},{taxonomy},{tag}"]
        shown = [row for row in concept["units"]["USD"] if row["filed"] <= DAY]
        if shown:
            assert [_bare(row) for row in earlier["units"]["USD"]] == [_bare(row) for row in shown]
        else:
            assert "404" in earlier["error"]
    for question, tag, unit, frame in (
        ("get_frames,us-gaap,Assets,USD,2019,1", "Assets", "USD", "CY2019Q1I"),
        ("get_frames,us-gaap,Assets,USD,2014,4", "Assets", "USD", "CY2014Q4I"),
        ("get_frames,us-gaap,NetIncomeLoss,USD,2013,instantaneous=false", "NetIncomeLoss", "USD", "CY2013"),
        ("get_frames,us-gaap,EarningsPerShareDiluted,USD-per-shares,2013,instantaneous=false",
         "EarningsPerShareDiluted", "USD/shares", "CY2013"),
    ):  # fmt: skip
        assert_frame(now[question], tag, unit, frame)
    for cik in FILERS:
        assert json.dumps(now[f"get_submissions,{cik}"]) == json.dumps(
            plain(f"submissions-CIK{cik:010}.json")
        )
        earlier = then[f"get_submissions,{cik}"]["filings"]["recent"]["filingDate"]
        dates = plain(f"submissions-CIK{cik:010}.json")["filings"]["recent"]["filingDate"]
        assert earlier == [filed for filed in dates if filed <= DAY]
    assert then[f"get_submissions,{WALMART}"]["name"] == "WAL MART STORES INC"
    whole = plain(f"submissions-CIK{APPLE:010}.json")["filings"]["recent"]
    assert now[f"get_submissions,{PAGED}"]["filings"] == {"recent": whole, "files": []}
    assert now[f"get_submissions,{PAGED},handle_pagination=false"] == edgar.paged
    for question in questions[-4:]:
        assert "404 Client Error" in now[question]["error"]
    # each question was asked twice, and of one answer the further page
    assert eventually(lambda: (asked(server) - before).total() == 2 * len(questions) + 2)


def _bare(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "frame"}


def assert_frame(answer: dict[str, Any], tag: str, unit: str, frame: str) -> None:
    """A frame lists, by CIK, the rows that carry its label in the companies' files."""
    expected: list[dict[str, Any]] = []
    for cik in sorted(CIKS):
        whole = document(cik)
        concept = whole["facts"].get("us-gaap", {}).get(tag, {"units": {}})
        for row in concept["units"].get(unit, []):
            if row.get("frame") == frame:
                point = {"accn": row["accn"], "cik": cik, "entityName": whole["entityName"]}
                if cik in FILERS:
                    state = plain(f"submissions-CIK{cik:010}.json")["addresses"]["business"]["stateOrCountry"]
                    point["loc"] = f"US-{state}"
                period = {name: row[name] for name in ("start", "end") if name in row}
                expected.append(point | period | {"val": row["val"]})
    assert len(expected) > 3
    concept = document(APPLE)["facts"]["us-gaap"][tag]
    assert answer == {
        "taxonomy": "us-gaap",
        "tag": tag,
        "ccp": frame,
        "uom": unit,
        "label": concept["label"],
        "description": concept["description"],
        "pts": len(expected),
        "data": expected,
    }
