"""Imports of EDGAR's documents, and their answers in EDGAR's form: small documents, and real files."""

import asyncio
import copy
import gzip
import itertools
import json
import zipfile
from collections.abc import Sequence
from datetime import date, timedelta
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from asyncpg import Range

from service.core.packing import unpacked
from service.core.requests import Outcome, RecheckFact
from service.core.states import FactState
from service.edgar import filers_importer
from service.edgar.archives import Content, Member
from service.edgar.batches import Batches, record_apart
from service.edgar.filers_importer import import_submissions, import_tickers
from service.edgar.importer import FactsReport, import_facts
from service.postgres.database import Database, opened
from service.recording.writer import Writer, record
from service.store.facts import load_histories, pair
from service.store.saving import fact_row
from tests.clusters import fetch, head_held, run
from tests.edgar_documents import (
    CIK,
    FIRST,
    PATH,
    REVENUES,
    SECOND,
    as_of,
    counts,
    imported,
    imported_filers,
    labelled,
    labels_of,
    row,
    small,
    written,
)
from tests.edgar_files import FOLDER
from tests.running import PATIENCE, InProcess


def test_a_document_comes_back_as_it_was(api: InProcess, tmp_path: Path) -> None:
    report = imported(api.dsn, written(tmp_path, small()))
    assert (counts(report), report.rows, report.refused) == ((1, 4, 0, 0), 4, [])
    answer = api.get(PATH)
    assert json.dumps(answer.json()) == json.dumps(small())
    zipped = api.get(PATH, headers={"Accept-Encoding": "gzip"})
    assert (zipped.headers["content-encoding"], zipped.json()) == ("gzip", small())
    assert api.get(PATH, headers={"If-None-Match": answer.headers["etag"]}).status_code == 304
    assert api.get(PATH, headers={"If-Modified-Since": answer.headers["last-modified"]}).status_code == 304
    again = imported(api.dsn, tmp_path)
    assert (counts(again), again.known) == ((0, 0, 0, 0), 1)


def test_a_row_is_a_version_that_cites_its_filing_and_its_entry(api: InProcess, tmp_path: Path) -> None:
    imported(api.dsn, written(tmp_path, small()))
    now = api.get(REVENUES).json()
    assert (now["value"]["quantity"], now["version"]) == ({"unit": "USD", "value": "75126000"}, 2)
    assert (now["evidence"], now["disputed"], now["known_at"]) == ("verified", False, "2021-02-19")
    filing, entry = now["citations"]
    assert filing["source"]["title"] == f"10-K {SECOND}"
    assert entry["selector"] == {"type": "json_pointer", "pointer": "/facts/us-gaap/Revenues/units/USD/1"}
    then = api.get(f"{REVENUES}&known_at=2020-12-31").json()
    assert (then["value"]["quantity"]["value"], then["version"]) == ("75126464", 1)
    versions = api.found(f"/v1/facts/{now['id']}/versions")["items"]
    assert [one["value"]["quantity"]["value"] for one in versions] == ["75126464", "75126000"]
    assert versions[1] == now
    cited = api.found(f"/v1/sources/{filing['source']['id']}/facts")["items"]
    assert [one["id"] for one in cited] == [now["id"]]
    whole = api.found(f"/v1/sources/{entry['source']['id']}/facts")["items"]
    assert len(whole) == 3


def test_a_check_of_an_imported_fact_comes_to_what_the_import_said(api: InProcess, tmp_path: Path) -> None:
    imported(api.dsn, written(tmp_path, small()))
    found = [row["id"] for row in run(fetch(api.dsn, "select id from facts"))]

    async def recheck() -> list[bool]:
        async with opened(api.dsn) as database:
            async with database.session() as session:
                states = await load_histories(session, [pair(one) for one in found])
            came = await record(database, [RecheckFact(state.id) for state in states], author=None)
            return [isinstance(outcome, Outcome) and outcome.created for outcome in came.outcomes]

    assert asyncio.run(recheck()) == [False, False, False]


def test_a_copied_row_is_what_would_be_written_of_the_fact(api: InProcess, tmp_path: Path) -> None:
    imported(api.dsn, written(tmp_path, small()))
    kept = {row["id"]: row for row in run(fetch(api.dsn, "select * from facts"))}

    async def histories() -> list[FactState]:
        async with opened(api.dsn) as database, database.session() as session:
            return await load_histories(session, [pair(fact) for fact in kept])

    states = asyncio.run(histories())
    assert len(states) == len(kept) > 1
    for state in states:
        would = fact_row(state)._asdict()
        stands = {name: kept[state.id][name] for name in would}
        # a copied row leaves out who checked it (migration 0008), and packs the answer
        assert stands.pop("checker") is None
        would.pop("checker")
        assert unpacked(stands.pop("answer")) == would.pop("answer")
        days = would["period"]  # Postgres keeps the day after the last one as its end
        would["period"] = Range(days.lower, days.upper + timedelta(days=1))
        assert stands == would


@pytest.mark.parametrize("what", ["facts", "submissions", "tickers"])
def test_an_import_waits_for_another_writer_longer_than_a_request_does(
    api: InProcess, tmp_path: Path, what: str
) -> None:
    waits = (
        "select from pg_stat_activity where wait_event_type = 'Lock' and application_name = 'companyfacts'"
        " and clock_timestamp() - query_start > interval '1.2 s'"
    )
    if what == "facts":
        run_import, path = import_facts, written(tmp_path, small())
    elif what == "submissions":
        run_import, path = import_submissions, written(tmp_path, SUBMISSIONS)
    else:
        tickers = {"0": {"cik_str": CIK, "ticker": "SMLL", "title": "Small Works"}}
        run_import, path = import_tickers, written(tmp_path, tickers, "company_tickers.json")

    async def run_beside_another() -> int:
        async with Database(api.dsn, statement_timeout=0.8) as database:
            async with head_held(api.dsn):
                importing = asyncio.create_task(run_import(database, [path]))
                async with asyncio.timeout(PATIENCE):
                    while not importing.done() and not await fetch(api.dsn, waits):  # noqa: ASYNC110 -- the server is
                        await asyncio.sleep(0.05)
            return (await importing).documents

    assert asyncio.run(run_beside_another()) == 1


def test_positions_have_no_gaps(api: InProcess, tmp_path: Path) -> None:
    imported(api.dsn, written(tmp_path, small()))
    entries = api.found("/v1/changes", limit=1000)["items"]
    assert [entry["position"] for entry in entries] == list(range(1, api.position() + 1))


def test_a_newer_document_restates_and_withdraws_and_an_older_one_only_adds(
    api: InProcess, tmp_path: Path
) -> None:
    older = small()
    imported(api.dsn, written(tmp_path, older))
    newer = copy.deepcopy(older)
    rows = newer["facts"]["us-gaap"]["Revenues"]["units"]["USD"]
    rows[1].pop("frame")
    rows.append(
        row("2019-12-31", 75000000, "0001234567-22-000003", "2022-02-18", start="2019-01-01", frame="CY2019")
    )
    del newer["facts"]["dei"]
    report = imported(api.dsn, written(tmp_path, newer))
    assert counts(report) == (1, 1, 3, 1)
    assert api.get(PATH).json() == newer
    assert api.get(REVENUES).json()["value"]["quantity"]["value"] == "75000000"
    float_of = f"/v1/lookup?company=cik:{CIK}&kind=metric&subject=dei:EntityPublicFloat"
    assert api.get(float_of).status_code == 404
    with_more = copy.deepcopy(older)
    with_more["facts"]["us-gaap"]["Assets"] = {
        "label": "Assets", "description": None, "units": {"USD": [row("2019-12-31", 5, FIRST, "2020-02-20")]},
    }  # fmt: skip
    report = imported(api.dsn, written(tmp_path, with_more))
    # what was withdrawn is not revived
    assert counts(report) == (1, 1, 4, 0)
    assert api.get(PATH).json() == newer
    assert api.get(float_of).status_code == 404
    assert api.found(f"/v1/lookup?company=cik:{CIK}&kind=metric&subject=us-gaap:Assets")["version"] == 1


def test_what_is_retracted_is_left_out_of_the_wire(api: InProcess, tmp_path: Path) -> None:
    imported(api.dsn, written(tmp_path, small()))
    fact = api.get(REVENUES).json()
    api.made(f"/v1/facts/{fact['id']}/retractions", {"version": 2, "reason": "wrong"})
    left = small()
    del left["facts"]["us-gaap"]["Revenues"]["units"]["USD"][1]
    left["facts"]["us-gaap"]["Revenues"]["units"]["USD"][0]["frame"] = "CY2019"
    assert api.get(PATH).json() == left


def test_on_a_day_the_labels_stand_where_they_stood(api: InProcess, tmp_path: Path) -> None:
    imported(api.dsn, written(tmp_path, small()))
    then = api.get(f"{PATH}?known_at=2020-12-31").json()
    assert then["facts"]["us-gaap"]["Revenues"]["units"]["USD"] == [
        row("2019-12-31", 75126464, FIRST, "2020-02-20", start="2019-01-01", frame="CY2019")
    ]
    assert api.get(f"{PATH}?known_at=2020-02-19").status_code == 404
    concept = api.get(f"/api/xbrl/companyconcept/CIK{CIK:010}/us-gaap/Revenues.json").json()
    assert concept["units"] == small()["facts"]["us-gaap"]["Revenues"]["units"]
    frame = api.get("/api/xbrl/frames/us-gaap/EarningsPerShareBasic/USD-per-shares/CY2019.json").json()
    assert frame["data"] == [
        {
            "accn": FIRST, "cik": CIK, "entityName": "Small\u00a0Works, Inc.",
            "start": "2019-01-01", "end": "2019-12-31", "val": 1.5,
        }
    ]  # fmt: skip
    before = api.get("/api/xbrl/frames/us-gaap/Revenues/USD/CY2019.json?known_at=2020-12-31").json()
    assert [point["val"] for point in before["data"]] == [75126464]
    assert api.get("/api/xbrl/frames/us-gaap/Revenues/USD/CY2018.json").status_code == 404


BROKEN: Sequence[tuple[str, str, str]] = (
    ("75126464", "NaN", "/facts/us-gaap/Revenues/units/USD/0/val"),
    ("75126464", "true", "/facts/us-gaap/Revenues/units/USD/0/val"),
    ("75126464", "1e999", "/facts/us-gaap/Revenues/units/USD/0/val"),
    ('"2020-02-20"', '"2020-02-30"', "/facts/us-gaap/Revenues/units/USD/0/filed"),
    ('"2019-01-01"', '"2021-01-01"', "/facts/us-gaap/Revenues/units/USD/0/start"),
    ('"2019-12-31"', '"9999-12-31"', "/facts/us-gaap/Revenues/units/USD/0/end"),
    ('"USD":', '"$":', "/facts/us-gaap/Revenues/units/$"),
    ('"accn"', '"acn"', "/facts/us-gaap/Revenues/units/USD/0"),
    (f'"cik": {CIK}', '"cik": 1', "/cik"),
    ('"facts": {', '"facts": [{', "/facts"),
)


@pytest.mark.parametrize(("told", "instead", "pointer"), BROKEN)
def test_a_bad_document_is_refused_whole(
    dsn: str, tmp_path: Path, told: str, instead: str, pointer: str
) -> None:
    text = json.dumps(small())
    assert told in text
    report = imported(dsn, written(tmp_path, text.replace(told, instead, 1)))
    ((name, error),) = report.refused
    assert name.endswith(f"CIK{CIK:010}.json")
    assert (error.errors[0].pointer or "").startswith(pointer)
    assert run(fetch(dsn, "select position from log_head"))[0]["position"] == 0


def test_a_truncated_document_is_refused_and_the_others_are_imported(dsn: str, tmp_path: Path) -> None:
    text = json.dumps(small())
    written(tmp_path, text[: len(text) // 2], "CIK0000000001.json")
    written(tmp_path, small())
    report = imported(dsn, tmp_path)
    assert (report.documents, len(report.refused)) == (1, 1)


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_archives_are_read_like_folders(api: InProcess, tmp_path: Path, method: int) -> None:
    archive = tmp_path / "companyfacts.zip"
    with zipfile.ZipFile(archive, "w", method) as made:
        made.writestr(f"CIK{CIK:010}.json", json.dumps(small()))
        made.writestr("readme.txt", "no document")
    assert imported(api.dsn, archive).documents == 1
    assert api.get(PATH, headers={"Accept-Encoding": "gzip"}).json() == small()
    archive.write_bytes(archive.read_bytes()[:-30])
    assert len(imported(api.dsn, archive).refused) == 1


# -- filers --------------------------------------------------------------------------------------

SUBMISSIONS: dict[str, Any] = {
    "cik": f"{CIK:010}", "name": "SMALL WORKS INC", "tickers": ["SMW", "SMW-P"], "exchanges": ["NYSE", "NYSE"],
    "sic": "3571", "sicDescription": "Electronic Computers", "formerNames": [{"name": "TINY WORKS INC"}],
    "addresses": {"business": {"street1": "1 MAIN STREET", "city": "CUPERTINO", "stateOrCountry": "CA", "zipCode": "95014"}},
    "filings": {"recent": {"accessionNumber": [FIRST], "filingDate": ["2020-02-20"]}, "files": []},
}  # fmt: skip


def test_submissions_and_tickers_describe_companies(api: InProcess, tmp_path: Path) -> None:
    written(tmp_path, SUBMISSIONS)
    tickers = {
        "0": {"cik_str": CIK, "ticker": "SMW", "title": "Small Works"},
        "1": {"cik_str": 5, "ticker": "FIVE", "title": "Five"},
    }
    written(tmp_path, tickers, "company_tickers.json")

    async def both() -> list[tuple[int, int]]:
        async with opened(api.dsn) as database:
            reports = [
                await import_submissions(database, [tmp_path]),
                await import_tickers(database, [tmp_path]),
            ]
            return [(report.documents, len(report.refused)) for report in reports]

    assert asyncio.run(both()) == [(1, 0), (1, 0)]
    company = api.found("/v1/companies/ticker:SMW")
    assert (company["name"], company["country"]) == ("SMALL WORKS INC", "US")
    assert company["aliases"] == ["TINY WORKS INC", "Small Works"]
    assert company["profile"]["industry"] == {"code": "3571", "label": "Electronic Computers"}
    assert api.found("/v1/companies/ticker:FIVE")["slug"] == "cik-0000000005"
    assert api.get(f"/submissions/CIK{CIK:010}.json").json() == SUBMISSIONS
    assert api.get("/files/company_tickers.json").json() == tickers
    assert api.get("/files/company_tickers_mf.json").status_code == 404
    position = api.position()
    assert asyncio.run(both()) == [(0, 0), (0, 0)]
    assert api.position() == position


@pytest.mark.parametrize("order", list(itertools.permutations((1, 2, 3))))
def test_companies_may_exchange_their_tickers(
    api: InProcess, tmp_path: Path, order: Sequence[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    def submissions(cik: int, *tickers: str) -> Path:
        file = {
            "cik": f"{cik:010}",
            "name": f"COMPANY {cik}",
            "tickers": [*tickers],
            "exchanges": ["NYSE"] * len(tickers),
        }
        return written(tmp_path, SUBMISSIONS | file, f"CIK{cik:010}.json")  # fmt: skip

    def holders() -> dict[str, str | None]:
        answers = {one: api.get(f"/v1/companies/ticker:{one}") for one in ("A", "B", "C")}
        return {one: answer.json().get("name") for one, answer in answers.items()}

    imported_filers(api.dsn, submissions(1, "A"), submissions(2, "B"), submissions(3, "C"))
    assert holders() == {"A": "COMPANY 1", "B": "COMPANY 2", "C": "COMPANY 3"}
    for cik, tickers in ((1, ["B"]), (2, ["C", "A"]), (3, list[str]())):
        submissions(cik, *tickers)
    if order[0] == 2:
        monkeypatch.setattr(filers_importer, "BATCH", 1)  # the documents are recorded one after another
    report, _ = imported_filers(api.dsn, *(tmp_path / f"CIK{cik:010}.json" for cik in order))
    assert (report.documents, report.refused) == (3, [])
    assert holders() == {"A": "COMPANY 2", "B": "COMPANY 1", "C": "COMPANY 2"}
    # what another company keeps is refused, and told
    report, _ = imported_filers(api.dsn, submissions(3, "B"))
    assert (report.documents, len(report.refused)) == (1, 1)
    assert "ticker B of cik-0000000003 belongs to cik-0000000001" in str(report.refused[0].error)
    assert holders()["B"] == "COMPANY 1"


def test_an_import_that_was_cut_off_is_made_up_for_by_the_next_one(
    api: InProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def submissions(cik: int, ticker: str) -> Path:
        file = {"cik": f"{cik:010}", "name": f"COMPANY {cik}", "tickers": [ticker], "exchanges": ["NYSE"]}
        return written(tmp_path, SUBMISSIONS | file, f"CIK{cik:010}.json")

    paths = [submissions(1, "A"), submissions(2, "B")]
    imported_filers(api.dsn, *paths)
    paths = [submissions(1, "B"), submissions(2, "A")]
    monkeypatch.setattr(filers_importer, "BATCH", 1)
    entries = api.position()

    def advance(_: int) -> None:
        if api.position() > entries:  # the first company has given up its ticker
            raise InterruptedError

    async def cut_off() -> None:
        async with opened(api.dsn) as database:
            await import_submissions(database, paths, advance=advance)

    with pytest.raises(InterruptedError):
        asyncio.run(cut_off())
    assert api.get("/v1/companies/ticker:A").status_code == 404
    assert imported_filers(api.dsn, *paths)[0].refused == []
    assert [api.found(f"/v1/companies/ticker:{one}")["name"] for one in "AB"] == ["COMPANY 2", "COMPANY 1"]


# -- documents that are bad in part --------------------------------------------------------------


def test_good_rows_are_imported_and_bad_ones_listed_if_they_may_be_skipped(
    api: InProcess, tmp_path: Path
) -> None:
    document = small()
    rows = document["facts"]["us-gaap"]["Revenues"]["units"]
    rows["%"] = [row("2019-12-31", 5, FIRST, "2020-02-20")]
    rows["USD"].insert(1, row("2019-02-30", 7, FIRST, "2020-02-20"))
    path = written(tmp_path, document)
    (refused,) = imported(api.dsn, path).refused
    assert refused.error.errors[0].pointer == "/facts/us-gaap/Revenues/units/USD/1/end"
    assert api.position() == 0
    report = imported(api.dsn, path, skip_bad_rows=True)
    assert (counts(report), report.refused) == ((1, 4, 0, 0), [])
    assert [(one.name, one.error.errors[0].pointer) for one in report.skipped] == [
        (str(path), "/facts/us-gaap/Revenues/units/USD/1/end"),
        (str(path), "/facts/us-gaap/Revenues/units/%"),
    ]
    # the versions cite the rows of the file, whose indexes count the bad ones
    assert api.found(REVENUES)["citations"][1]["selector"]["pointer"] == "/facts/us-gaap/Revenues/units/USD/2"
    # EDGAR's form has what was imported, at a day and without one
    assert api.get(PATH).json() == small()
    assert api.found(f"{PATH}?known_at=2020-12-31") == by_slug(as_of(small(), "2020-12-31"))
    # a document that was read in part withdraws nothing
    written(tmp_path, small())
    assert counts(imported(api.dsn, path)) == (1, 0, 4, 0)
    document["facts"]["us-gaap"]["Revenues"]["units"]["USD"] = document["facts"]["us-gaap"]["Revenues"][
        "units"
    ]["USD"][1:]
    written(tmp_path, document)
    assert counts(imported(api.dsn, path, skip_bad_rows=True)) == (1, 0, 3, 0)
    assert api.found(REVENUES)["version"] == 2


# -- one file of many ----------------------------------------------------------------------------


def filer(cik: int) -> dict[str, Any]:
    return SUBMISSIONS | {"cik": f"{cik:010}", "name": f"Filer {cik}", "tickers": [], "exchanges": []}


def test_pages_of_equal_content_under_two_filers_are_one_source(api: InProcess, tmp_path: Path) -> None:
    page = {"accessionNumber": [FIRST], "filingDate": ["2001-02-20"]}
    for cik in (5, 6):
        written(tmp_path, filer(cik), f"CIK{cik:010}.json")
        written(tmp_path, page, f"CIK{cik:010}-submissions-001.json")
    report, _ = imported_filers(api.dsn, tmp_path)
    assert (report.documents, report.refused) == (4, [])
    for cik in (5, 6):
        assert api.get(f"/submissions/CIK{cik:010}-submissions-001.json").json() == page
        assert api.get(f"/submissions/CIK{cik:010}.json").json() == filer(cik)
    assert len(run(fetch(api.dsn, "select from sources"))) == 3
    position = api.position()
    again, _ = imported_filers(api.dsn, tmp_path)
    assert (again.documents, again.known, api.position()) == (0, 4, position)


def test_a_page_whose_content_is_a_source_already_is_imported(api: InProcess, tmp_path: Path) -> None:
    page = json.dumps({"accessionNumber": [FIRST], "filingDate": ["2001-02-20"]})
    named = {
        "title": "Noted by hand",
        "media_type": "application/json",
        "sha256": sha256(page.encode()).hexdigest(),
    }
    api.made("/v1/sources", named)
    written(tmp_path, page, "CIK0000000005-submissions-001.json")
    report, _ = imported_filers(api.dsn, tmp_path)
    assert (report.documents, report.refused) == (1, [])
    assert api.get("/submissions/CIK0000000005-submissions-001.json").text == page


def test_two_documents_of_one_path_are_imported_one_after_the_other(api: InProcess, tmp_path: Path) -> None:
    for folder, name in (("a", "Early"), ("b", "Late")):
        (tmp_path / folder).mkdir()
        written(tmp_path / folder, filer(5) | {"name": name}, "CIK0000000005.json")
    report, _ = imported_filers(api.dsn, tmp_path / "a", tmp_path / "b", tmp_path / "a")
    assert (report.documents, report.known, report.refused) == (2, 1, [])
    assert api.get("/submissions/CIK0000000005.json").json()["name"] == "Late"


@pytest.mark.parametrize("command", ["edgar", "submissions"])
def test_whatever_is_wrong_with_a_file_it_is_named_and_the_others_are_imported(
    api: InProcess, tmp_path: Path, command: str
) -> None:
    good = small() if command == "edgar" else filer(CIK)
    other = json.dumps(good | {"cik": 99})
    (tmp_path / "CIK0000000001.json").mkdir()
    (tmp_path / "CIK0000000002.json").symlink_to(tmp_path / "nowhere")
    for number, content in enumerate((b"", b"{", b"[]", b"\xff", b"null", b"<html>", other.encode()), 3):
        (tmp_path / f"CIK{number:010}.json").write_bytes(content)
    (tmp_path / "CIK0000000010.json.gz").write_bytes(gzip.compress(other.encode())[:-9])
    (tmp_path / "CIK0000000011.json.gz").write_bytes(b"no gzip")
    written(tmp_path, good)
    with zipfile.ZipFile(tmp_path / "bulk.zip", "w") as made:
        made.writestr("CIK0000000012.json", other)
        made.writestr("CIK0000000013.json", json.dumps(good | {"cik": 13}))
    packed = (
        (tmp_path / "bulk.zip").read_bytes().replace(b'"cik": 99', b'"cik": 98', 1)
    )  # its checksum differs
    (tmp_path / "bulk.zip").write_bytes(packed)
    paths = [tmp_path, tmp_path / "bulk.zip", tmp_path / "absent.json"]
    report = imported(api.dsn, *paths) if command == "edgar" else imported_filers(api.dsn, *paths)[0]
    assert [Path(one.name).name for one in report.refused] == [
        *(f"CIK{number:010}.json" for number in range(1, 10)),
        "CIK0000000010.json.gz", "CIK0000000011.json.gz", "CIK0000000012.json", "absent.json",
    ]  # fmt: skip
    assert report.documents == 2
    assert {one["slug"] for one in run(fetch(api.dsn, "select slug from companies"))} == {
        f"cik-{CIK:010}",
        "cik-0000000013",
    }


def test_an_error_that_nobody_foresaw_is_told_of_its_file(dsn: str) -> None:
    class Broken(NamedTuple):
        member: str
        content: Content = Content(b"", b"")
        key: object = None
        rows: int = 0

    report = FactsReport()

    def read(member: Member) -> Broken:
        raise ZeroDivisionError(f"in {member.name}")

    def unread() -> Content:
        raise AssertionError("nobody reads it")

    batches = Batches(iter([Member("a", "a", 1, unread)]), read, report, lambda _: None, most=10)
    assert batches.next() == []

    async def record(batch: Sequence[Broken], writer: Writer) -> list[str]:
        if any(one.member == "c" for one in batch):
            await writer.session.execute("select 1 / 0")
        return [one.member for one in batch]

    async def recorded() -> list[list[str]]:
        async with opened(dsn) as database:
            return await record_apart(database, [Broken("b"), Broken("c"), Broken("d")], record, report)

    assert run(recorded()) == [["b"], ["d"]]
    assert [(one.name, str(one.error)) for one in report.refused] == [
        ("a", "ZeroDivisionError: in a"),
        ("c", "DivisionByZeroError: division by zero"),
    ]


# -- the wrong command ---------------------------------------------------------------------------

SORTS: dict[str, tuple[str, Any]] = {
    "companyfacts": ("import edgar", small()),
    "companyconcept": (
        "companyfacts document",
        {"cik": CIK, "taxonomy": "us-gaap", "tag": "Assets", "label": None, "units": {}},
    ),
    "frames": (
        "companyfacts documents",
        {"taxonomy": "us-gaap", "tag": "Assets", "ccp": "CY2019Q1I", "uom": "USD", "data": []},
    ),
    "submissions": ("import submissions", SUBMISSIONS),
    "page": ("import submissions", {"accessionNumber": [FIRST], "filingDate": ["2020-02-20"]}),
    "tickers": ("import tickers", {"0": {"cik_str": CIK, "ticker": "SMW", "title": "Small Works"}}),
    "table": ("import tickers", {"fields": ["cik", "name", "ticker", "exchange"], "data": []}),
}


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize(
    ("fitting", "name"),
    [
        ("companyfacts", f"CIK{CIK:010}.json"),
        ("submissions", f"CIK{CIK:010}.json"),
        ("page", f"CIK{CIK:010}-submissions-001.json"),
        ("tickers", "company_tickers.json"),
        ("table", "company_tickers_exchange.json"),
    ],
)
def test_a_document_given_to_the_wrong_command_is_told_what_it_is(
    dsn: str, tmp_path: Path, sort: str, fitting: str, name: str
) -> None:
    advice, document = SORTS[sort]
    path = written(tmp_path, document, name)
    of_tickers = fitting in {"tickers", "table"}
    report = imported(dsn, path) if fitting == "companyfacts" else imported_filers(dsn, path)[of_tickers]
    if sort == fitting:
        assert report.refused == []
        return
    ((refused, error),) = report.refused
    assert (refused, str(error).startswith("this is a"), advice in str(error)) == (str(path), True, True), (
        str(error)
    )


# -- real files ----------------------------------------------------------------------------------


def test_the_real_files_come_back_and_agree_with_the_facts(api: InProcess) -> None:
    files = sorted(FOLDER.glob("CIK*.json.gz"))
    if not files:
        pytest.skip("../shared/data is absent: the EDGAR files stand there")
    report = imported(api.dsn, FOLDER)
    assert (report.documents, report.refused, report.created) == (len(files), [], report.rows)
    again = imported(api.dsn, FOLDER)
    assert (counts(again), again.known) == ((0, 0, 0, 0), len(files))
    documents = {path.name: json.loads(gzip.decompress(path.read_bytes())) for path in files}
    for name, document in documents.items():
        served = api.send(api.request_of("GET", f"/api/xbrl/companyfacts/{name.removesuffix('.gz')}"))
        assert json.dumps(served.json()) == json.dumps(document)
    apple = documents["CIK0000320193.json.gz"]
    then = api.send(
        api.request_of("GET", "/api/xbrl/companyfacts/CIK0000320193.json?known_at=2015-06-30")
    ).json()
    for taxonomy, tags in apple["facts"].items():
        for tag, concept in tags.items():
            for unit, rows in concept["units"].items():
                shown = [copy.copy(one) for one in rows if one["filed"] <= "2015-06-30"]
                for one in shown:
                    one.pop("frame", None)
                for place, label in labels_of(shown).items():
                    shown[place]["frame"] = label
                answered = then["facts"].get(taxonomy, {}).get(tag, {}).get("units", {}).get(unit, [])
                assert answered == shown, f"{taxonomy}:{tag} {unit}"
    rows = apple["facts"]["us-gaap"]["Assets"]["units"]["USD"]
    for one in rows[:: len(rows) // 12]:
        day = one["filed"]
        same = [r for r in rows if r["end"] == one["end"] and r["filed"] <= day]
        newest = max(same, key=lambda r: (r["filed"], r["accn"]))
        fact = api.found(
            f"/v1/lookup?company=cik:320193&kind=metric&subject=us-gaap:Assets&period={one['end']}&known_at={day}"
        )
        assert (fact["value"]["quantity"]["value"], fact["known_at"]) == (str(newest["val"]), newest["filed"])
    assert_series_are_what_was_filed(api, documents)
    assert_search_finds_what_was_imported(api)


def assert_series_are_what_was_filed(api: InProcess, documents: dict[str, Any]) -> None:
    """Vintages of imported facts: on each day the value that was filed last by then."""
    for cik, tag in ((104169, "NetIncomeLoss"), (354950, "NetIncomeLoss"), (1336917, "Revenues")):
        rows = documents[f"CIK{cik:010}.json.gz"]["facts"]["us-gaap"][tag]["units"]["USD"]
        found = api.found("/v1/series", company=f"cik:{cik}", subject=f"us-gaap:{tag}", vintages="all")[
            "items"
        ]
        told: dict[tuple[str | None, str], list[dict[str, Any]]] = {}
        for one in found:
            period = one["period"]
            told.setdefault((period.get("start"), period.get("end", period.get("instant"))), []).append(one)
        stated: dict[tuple[str | None, str], list[dict[str, Any]]] = {}
        for one in sorted(rows, key=lambda one: (one["filed"], one["accn"])):
            stated.setdefault((one.get("start"), one["end"]), []).append(one)
        assert told.keys() == stated.keys()
        for period, vintages in told.items():
            assert vintages[-1]["realtime_end"] is None
            for one, after in pairwise(vintages):
                following = date.fromisoformat(one["realtime_end"]) + timedelta(days=1)
                assert following.isoformat() == after["realtime_start"]
            for one in stated[period]:
                day = one["filed"]
                last = [r["val"] for r in stated[period] if r["filed"] <= day][-1]
                (standing,) = [
                    v for v in vintages if v["realtime_start"] <= day <= (v["realtime_end"] or "9999-12-31")
                ]
                assert standing["quantity"]["value"] == str(last)
    bought = {
        "company": "cik:320193",
        "subject": "us-gaap:StockRepurchasedAndRetiredDuringPeriodShares",
        "derive": True,
    }
    # the 10-K of 2025-10-31 less the 10-Q of 2025-08-01
    last = api.found("/v1/series", **bought, **{"from": "2025Q3", "to": "2025Q3"}, frequency="quarterly")[
        "items"
    ]
    assert [(one["status"], one["quantity"]) for one in last] == [
        ("derived", {"unit": "shares", "value": "90000000"})
    ]
    average = bought | {"subject": "us-gaap:WeightedAverageNumberOfDilutedSharesOutstanding"}
    found = api.found("/v1/series", **average)
    assert {one["status"] for one in found["items"]} == {"asserted"}
    assert [(refusal["period"], refusal["reason"]) for refusal in found["refused"]] == [(None, "concept")]


def assert_search_finds_what_was_imported(api: InProcess) -> None:
    """A ticker or CIK alone finds its company; words find the newest fact of a series, with its number."""

    async def filers() -> None:
        async with opened(api.dsn) as database:
            await import_submissions(database, [FOLDER])

    asyncio.run(filers())
    apple = "cik-0000320193"
    for q in ("AAPL", "aapl", "ticker:AAPL", "320193", "0000320193", "CIK0000320193", "cik:320193", "apple"):
        first = api.found("/v1/search", q=q)["items"][0]
        assert (first["kind"], first.get("company")) == ("company", apple), q
    first = api.found("/v1/search", q="macdonalds")["items"][0]
    assert (first["kind"], first["company"]) == ("company", "cik-0000063908")
    for q, company, subject in (
        # the standard concept finds the tag of the newest revenue
        ("apple 10k revenue", apple, "us-gaap:RevenueFromContractWithCustomerExcludingAssessedTax"),
        ("net income apple", apple, "us-gaap:NetIncomeLoss"),
        ("wallmart revenues", "cik-0000104169", "us-gaap:Revenues"),
    ):
        hit = api.found("/v1/search", q=q)["items"][0]
        assert (hit["kind"], hit["company"], hit["subject"]) == ("fact", company, subject)
        fact = api.found(f"/v1/facts/{hit['fact']}")
        assert (hit["quantity"], hit["period"], hit["known_at"]) == (
            fact["value"]["quantity"], fact["period"], fact["known_at"],
        )  # fmt: skip


# -- documents of other companies ----------------------------------------------------------------


def concept(units: dict[str, list[dict[str, Any]]], **said: Any) -> dict[str, Any]:
    return {"label": "A label", "description": "What it is."} | said | {"units": units}


def document(facts: dict[str, Any], **said: Any) -> dict[str, Any]:
    return {"cik": CIK, "entityName": "Odd Works"} | said | {"facts": facts}


def thing(**said: Any) -> dict[str, Any]:
    """A document with one row; `said` are members of the document."""
    rows = [row("2019-12-31", 1, FIRST, "2020-02-20")]
    return document({"dei": {"Thing": concept({"pure": rows})}}, **said)


YEAR = {"start": "2019-01-01"}


def bare(end: str, val: float, accn: str, filed: str, **said: Any) -> dict[str, Any]:
    """A row without fiscal year, fiscal period and form."""
    return {
        name: value
        for name, value in row(end, val, accn, filed, **said).items()
        if name not in {"fy", "fp", "form"}
    }


UNITS = (
    "_Year",
    "Métier",
    "人",
    "a" * 101,
    "pure",
    "Y",
    "acre",
    "MW",
    "ft2",
    "USD/shares",
    "CNY",
    "utr.MWh",
    "USD-per-shares",
    "Store",
)
VALUES = (0, -1, 1.0, 0.1, 1e-5, -0.0, 2**53 + 1, 12345678901234567890123, 1e22, -0.25, 1234567.891)

ODD: dict[str, dict[str, Any]] = {
    "every taxonomy": document(
        {
            taxonomy: {"Thing": concept({"pure": [row("2019-12-31", 1, FIRST, "2020-02-20", frame="CY2019Q4I")]})}
            for taxonomy in ("dei", "us-gaap", "ifrs-full", "srt", "invest", "ecd", "ffd", "cef")
        }
    ),
    "units": document(
        {"us-gaap": {"Thing": concept({u: [row("2019-12-31", 1, FIRST, "2020-02-20", frame="CY2019Q4I")] for u in UNITS})}}
    ),
    "numbers": document(
        {
            "us-gaap": {
                "Thing": concept({"USD": [row(f"20{10 + n}-12-31", value, FIRST, "2024-02-20", frame=f"CY20{10 + n}Q4I")
                                          for n, value in enumerate(VALUES)]})
            }
        }
    ),
    "cik as text": thing(cik=str(CIK)),
    "cik with zeros": thing(cik=f"{CIK:010}"),
    "no facts": document({}),
    "no name": thing(entityName=""),
    "null for a name": thing(entityName=None),
    "another script": document(
        {"dei": {"Thing": concept({"pure": [row("2019-12-31", 1, FIRST, "2020-02-20")]}, label="Größe 規模 \U0001f600 \u2028")}},
        entityName="阿里巴巴集團 \"Ålesund\" <b> & Söhne\t/ \\ \u0007",
    ),
    "nothing in it": document(
        {
            "us-gaap": {
                "NoUnits": concept({}),
                "NoRows": concept({"USD": []}),
                "Nulls": concept({"USD": [row("2019-12-31", 1, FIRST, "2020-02-20", fy=None, fp=None)]},
                                 label=None, description=None),
            },
            "dei": {},
        }
    ),
    "fields that are not known": document(
        {
            "us-gaap": {
                "Thing": concept(
                    {
                        "USD": [
                            row("2019-12-31", 1, FIRST, "2020-02-20", note={"deep": [1, {"er": None}]}, **YEAR),
                            row("2019-12-31", 2, SECOND, "2021-02-20", frame="CY2019", note=[], **YEAR),
                        ]
                    },
                    deprecated="2020",
                )
            }
        },
        sic="1234",
    ),
    "fields that say nothing are absent": document(
        {
            "us-gaap": {
                "Thing": {"units": {"USD": [bare("2019-12-31", 1, FIRST, "2020-02-20", frame="CY2019Q4I")]}},
                "Other": concept({"USD": [row("2019-12-31", 1, SECOND, "2021-02-20", form="", fp=None, frame="CY2019Q4I")]}),
            }
        }
    ),
    "rows that are alike": document(
        {"us-gaap": {"Thing": concept({"USD": [row("2019-12-31", 1, FIRST, "2020-02-20", **YEAR)] * 2})}}
    ),
    "one filing on two days": document(
        {
            "us-gaap": {
                "Thing": concept(
                    {
                        "USD": [
                            row("2019-12-31", 1, FIRST, "2020-03-20", frame="CY2019", **YEAR),
                            row("2019-12-31", 1, FIRST, "2020-02-20", **YEAR),
                            row("2018-12-31", 1, FIRST, "2020-02-20", form="10-K/A", fp="Q4", start="2018-01-01", frame="CY2018"),
                        ]
                    }
                )
            }
        }
    ),
    "in no order": document(
        {
            "us-gaap": {
                "Thing": concept(
                    {
                        "USD": [
                            row("2020-06-30", 3, SECOND, "2020-08-01", start="2020-06-30", frame="CY2020Q2I"),
                            row("2019-12-31", 2, SECOND, "2021-02-20", frame="CY2019", **YEAR),
                            row("2018-12-31", 5, SECOND, "2021-02-20"),
                            row("2019-12-31", 1, FIRST, "2020-02-20", **YEAR),
                        ]
                    }
                )
            }
        }
    ),
}  # fmt: skip


def by_slug(document: dict[str, Any] | None) -> dict[str, Any] | None:
    """A document as of a day: the name of a filer without imported submissions has no day, so its slug stands there."""
    return document and document | {"entityName": f"cik-{CIK:010}"}


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_an_odd_document_comes_back_as_it_was(api: InProcess, tmp_path: Path, odd: dict[str, Any]) -> None:
    path = written(tmp_path, odd)
    report = imported(api.dsn, path)
    rows = [
        one
        for tags in odd["facts"].values()
        for said in tags.values()
        for listed in said["units"].values()
        for one in listed
    ]
    assert (report.refused, report.documents, report.created) == ([], 1, len(rows))
    position = api.position()
    # a document that differs in white space alone is a new source without new rows
    path.write_text(json.dumps(odd, indent=1))
    again = imported(api.dsn, path)
    assert counts(again) == (1, 0, len(rows), 0)
    assert api.position() == position + 2  # the source and its content
    assert json.dumps(api.get(PATH).json()) == json.dumps(odd)
    for taxonomy, tags in odd["facts"].items():
        for tag, said in tags.items():
            answer = api.get(f"/api/xbrl/companyconcept/CIK{CIK:010}/{taxonomy}/{tag}.json").json()
            assert answer["units"] == said["units"]
    for day in ("1999-01-01", "2020-02-20", "2020-12-31", "2100-01-01"):
        then, expected = api.get(f"{PATH}?known_at={day}"), by_slug(as_of(odd, day))
        if expected is None:
            assert then.status_code == 404
        else:
            assert labelled(then.json()) == expected
    facts = api.found(f"/v1/companies/cik:{CIK}/facts", limit=1000)["items"]
    periods = {
        (taxonomy, tag, unit, one.get("start"), one["end"])
        for taxonomy, tags in odd["facts"].items()
        for tag, said in tags.items()
        for unit, listed in said["units"].items()
        for one in listed
    }
    assert len(facts) == len(periods)


WRONG: Sequence[tuple[str, bytes, str]] = (
    ("nothing", b"", ""),
    ("an empty object", b"{}", ""),
    ("a list", b"[]", ""),
    ("another value", b"1", ""),
    ("no facts", b'{"cik": 7654321, "entityName": "x"}', ""),
    ("nested deeply", b'{"cik": 7654321, "facts": {"dei": ' + b"[" * 100_000, "/facts/dei"),
    ("nested deeply, unknown", b'{"x": ' + b"[" * 100_000, "/x"),
    ("not text", b'{"cik": 7654321, "entityName": "x", "more": "\xff", "facts": {}}', "/more"),
    ("a byte order mark", b'\xef\xbb\xbf{"cik": 7654321, "entityName": "x", "facts": {}}', ""),
    ("NaN where nobody looks", b'{"cik": 7654321, "entityName": "x", "more": NaN, "facts": {}}', "/more"),
    ("no CIK", b'{"cik": 0, "entityName": "x", "facts": {}}', "/cik"),
    ("text after it", b'{"cik": 7654321, "entityName": "x", "facts": {}} {}', ""),
)  # fmt: skip


@pytest.mark.parametrize(("content", "pointer"), [one[1:] for one in WRONG], ids=[one[0] for one in WRONG])
def test_what_is_no_document_is_refused_with_the_place(
    dsn: str, tmp_path: Path, content: bytes, pointer: str
) -> None:
    path = tmp_path / f"CIK{CIK:010}.json"
    path.write_bytes(content)
    report = imported(dsn, path)
    ((name, error),) = report.refused
    assert name == str(path)
    found = error.errors[0].pointer or ""
    assert found.startswith(pointer)
    assert len(found) < len(pointer) + 50
    assert run(fetch(dsn, "select position from log_head"))[0]["position"] == 0
