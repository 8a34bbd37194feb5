"""`companyfacts import edgar` as a process: killed at any moment, given any archive, and its messages."""

import gzip
import json
import random
import re
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.clusters import Cluster, fetch, run
from tests.edgar_documents import CIK, row, small
from tests.effort import some
from tests.running import ENVIRONMENT


def started(dsn: str, *arguments: object) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "service", "import", *map(str, arguments)],
        env=ENVIRONMENT | {"COMPANYFACTS_DATABASE_URL": dsn},
        stderr=subprocess.PIPE,
        text=True,
    )


class Came(NamedTuple):
    """How a command ended."""

    status: int
    said: list[str]  # lines
    peak: int  # largest resident size in bytes


def ended(dsn: str, *arguments: object) -> Came:
    process = started(dsn, *arguments)
    status = Path(f"/proc/{process.pid}/status")
    peak = 0  # the operating system's figure of children that ended would count this process, too
    while process.poll() is None:
        peak = max([peak, *(int(kilobytes) * 1024 for kilobytes in _PEAK.findall(status.read_text()))])
        time.sleep(0.02)
    said = process.communicate()[1]
    return Came(process.returncode, said.splitlines(), peak)


_PEAK = re.compile(r"VmHWM:\s*(\d+) kB")


def company(cik: int, rows: int) -> dict[str, Any]:
    """A company's facts: series of 48 rows, each period in two filings."""
    tags: dict[str, Any] = {}
    for tag in range(rows // 48):
        found: list[dict[str, Any]] = []
        for n in range(24):
            year, quarter = 2010 + n // 4, n % 4
            spell = {"start": f"{year}-{3 * quarter + 1:02}-01"}
            end = f"{year}-{3 * quarter + 3:02}-{(31, 30, 30, 31)[quarter]}"
            for filed in (year, year + 1):
                accession = f"{cik:010}-{filed % 100:02}-{quarter:06}"
                day = f"{filed}-{3 * quarter + 3:02}-28" if filed > year else f"{year + 1}-01-{10 + quarter}"
                found.append(row(end, tag * 1000 + n + filed, accession, day, **spell))
        tags[f"Amount{tag}"] = {"label": f"Amount {tag}", "description": None, "units": {"USD": found}}
    return {"cik": cik, "entityName": f"Company {cik}", "facts": {"us-gaap": tags}}


# -- killed --------------------------------------------------------------------------------------

# what an import writes, in whichever transactions
STATE = (
    "select company, fact, version, known_at, entry, number, retracted, filing from versions order by 1, 2, 3",
    "select company, filing, accession, form, filed, fiscal_year, fiscal_period from edgar_filings order by 1, 2",
    "select company, id, slug, subject, unit, period, frame, version, known_at, interval, evidence from facts order by 1, 2",
    "select company, subject, slot, unit from slots order by 1, 3",
    "select d.path, s.id, d.newest, d.name from edgar_documents d join sources s using (source) order by 1, 2",
    "select company, fact, slot, frame from edgar_labels order by 1, 2",
    "select id, title, url, published_at from sources order by 1",
    "select s.id, n.content from snapshots n join sources s using (source) order by 1",
    "select concept, label, description from concepts order by 1",
    "select slug, name, aliases, identifiers from companies order by 1",
)


def state(dsn: str) -> list[list[tuple[object, ...]]]:
    return [[tuple(one) for one in run(fetch(dsn, statement))] for statement in STATE]


def assert_whole(dsn: str, rows_of: dict[str, int]) -> None:
    """Whole documents are recorded, and the log has no gaps."""
    documents = [one["path"] for one in run(fetch(dsn, "select path from edgar_documents"))]
    (counted,) = run(
        fetch(
            dsn,
            "select (select position from log_head) as head, (select count(*) from versions) as versions,"
            " (select count(*) from company_entries) + (select count(*) from concept_entries)"
            " + (select count(*) from sources) + (select count(*) from snapshots) as others",
        )
    )
    assert counted["versions"] == sum(rows_of[path] for path in documents)
    assert counted["head"] == counted["versions"] + counted["others"]


@pytest.mark.long
def test_killed_at_any_moment_and_run_again_it_comes_to_the_same(cluster: Cluster, tmp_path: Path) -> None:
    rows_of: dict[str, int] = {}
    for cik in range(1, 10):
        document = company(cik, 48 * 50)
        name = f"CIK{cik:010}.json"
        (tmp_path / name).write_text(json.dumps(document))
        rows_of[f"/api/xbrl/companyfacts/{name}"] = 48 * 50
    with zipfile.ZipFile(tmp_path / "companyfacts.zip", "w", zipfile.ZIP_DEFLATED) as made:
        for path in sorted(tmp_path.glob("CIK*.json")):
            made.write(path, path.name)
    with cluster.database() as undisturbed, cluster.database() as disturbed:
        assert ended(undisturbed, "edgar", tmp_path / "companyfacts.zip").status == 0
        killed = 0
        for _ in range(some(3, least=2)):
            process = started(disturbed, "edgar", tmp_path / "companyfacts.zip")
            before = run(fetch(disturbed, "select count(*) from edgar_documents"))[0][0]
            while process.poll() is None and not _at_work(disturbed):
                time.sleep(0.01)
            time.sleep(random.uniform(0, 0.7))
            process.send_signal(signal.SIGKILL)
            killed += process.wait() == -signal.SIGKILL
            assert process.stderr is not None
            process.stderr.close()
            while _at_work(disturbed):  # the database finds out by itself
                time.sleep(0.01)
            assert_whole(disturbed, rows_of)
            assert run(fetch(disturbed, "select count(*) from edgar_documents"))[0][0] >= before
        assert killed
        came = ended(disturbed, "edgar", tmp_path / "companyfacts.zip")
        assert came.status == 0
        assert_whole(disturbed, rows_of)
        assert state(disturbed) == state(undisturbed)
        again = ended(disturbed, "edgar", tmp_path)
        assert (
            again.status,
            "0 new documents, 9 imported before, 0 rows, 0 new versions" in again.said[-1],
        ) == (0, True)


def _at_work(dsn: str) -> int:
    """How many others hold the head of the log, or wait for it."""
    return run(
        fetch(
            dsn,
            "select count(*) from pg_locks l join pg_class c on c.oid = l.relation"
            " where c.relname = 'log_head' and l.pid <> pg_backend_pid()"
            " and l.database = (select oid from pg_database where datname = current_database())",
        )
    )[0][0]


# -- memory --------------------------------------------------------------------------------------


def test_memory_does_not_grow_with_the_archive(dsn: str, tmp_path: Path) -> None:
    """A zip with 180 MB of documents and 600 MB of other files needs less than 500 MB of memory."""
    archive = tmp_path / "companyfacts.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as made:
        for cik in range(1, 7):
            one = small()
            one["cik"] = cik
            one["facts"]["us-gaap"]["Revenues"]["description"] = "ä😀" + 30_000_000 * "x"
            made.writestr(f"CIK{cik:010}.json", json.dumps(one, ensure_ascii=False))
        for cik in range(101, 121):
            made.writestr(f"CIK{cik:010}.json", b"[" + 30_000_000 * b" " + b"]")
    came = ended(dsn, "edgar", archive)
    assert (came.status, "6 new documents" in came.said[-1], "20 refused" in came.said[-1]) == (
        1,
        True,
        True,
    )
    assert 0 < came.peak < 500_000_000


def test_a_long_document_is_read_in_bounded_memory(dsn: str, tmp_path: Path) -> None:
    # 15 MB, 100,000 rows: more than any company has filed; a slow machine has fewer
    rows = 48 * min(2083, some(2083, least=1000))
    path = tmp_path / "CIK0000000001.json.gz"
    path.write_bytes(gzip.compress(json.dumps(company(1, rows)).encode(), 1))
    came = ended(dsn, "edgar", path)
    assert (came.status, f"{rows} new versions" in came.said[-1]) == (0, True)
    assert came.peak < 200_000_000


# -- messages ------------------------------------------------------------------------------------


def test_bad_files_are_told_with_the_place_and_the_others_are_imported(dsn: str, tmp_path: Path) -> None:
    bad = small()
    bad["cik"] = 5
    bad["facts"]["us-gaap"]["Revenues"]["units"]["USD"][1]["end"] = "2019-02-30"
    (tmp_path / "CIK0000000005.json").write_text(json.dumps(bad))
    (tmp_path / "CIK0000000006.json").write_bytes(b"")
    (tmp_path / "CIK0000000007.json.gz").write_bytes(gzip.compress(json.dumps(small()).encode())[:-9])
    (tmp_path / f"CIK{CIK:010}.json").write_text(json.dumps(small()))
    (tmp_path / "no").mkdir()
    came = ended(dsn, "edgar", tmp_path, tmp_path / "no")
    assert came.status == 1
    told = [line.partition(": refused")[::2] for line in came.said if ": refused" in line]
    assert [(Path(name).name, why) for name, why in told[:1]] == [
        (
            "CIK0000000005.json",
            " at /facts/us-gaap/Revenues/units/USD/1/end: '2019-02-30' is not a date of the calendar, YYYY-MM-DD",
        )
    ]
    assert [Path(name).name for name, _ in told[1:]] == ["CIK0000000006.json", "CIK0000000007.json.gz", "no"]
    assert came.said[-1].startswith("1 new documents, 0 imported before, 4 rows, 4 new versions")
    assert ", 4 refused, in " in came.said[-1]
    assert run(fetch(dsn, "select count(*) as n from companies"))[0]["n"] == 1


def test_bad_rows_are_skipped_and_listed_where_that_is_asked_for(dsn: str, tmp_path: Path) -> None:
    bad = small()
    bad["facts"]["us-gaap"]["Revenues"]["units"]["USD"][1]["end"] = "2019-02-30"
    path = tmp_path / f"CIK{CIK:010}.json"
    path.write_text(json.dumps(bad))
    came = ended(dsn, "edgar", path)
    why = "at /facts/us-gaap/Revenues/units/USD/1/end: '2019-02-30' is not a date of the calendar, YYYY-MM-DD"
    assert (came.status, f"{path}: refused {why}" in came.said) == (1, True)
    assert came.said[-2] == "the good rows of such documents are imported with --skip-bad-rows"
    came = ended(dsn, "edgar", "--skip-bad-rows", path)
    assert (came.status, f"{path}: skipped {why}" in came.said) == (0, True)
    assert "3 new versions" in came.said[-1]
    assert "1 skipped, 0 refused" in came.said[-1]
    came = ended(dsn, "tickers", "--skip-bad-rows", path)
    assert (came.status, "format edgar alone" in came.said[-1]) == (2, True)


@pytest.mark.parametrize("format", ["edgar", "submissions", "tickers"])
def test_a_folder_without_any_document_is_refused(dsn: str, tmp_path: Path, format: str) -> None:  # noqa: A002 -- as the command calls it
    came = ended(dsn, format, tmp_path)
    assert (came.status, "holds no file" in came.said[-2]) == (1, True)
