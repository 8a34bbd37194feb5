"""The sample `history`: loaded by its command, walked through as its guide does, and true to EDGAR."""

import json
import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from service.cli.commands import main
from tests import history_extract
from tests.clusters import Cluster
from tests.running import InProcess
from tests.shown import missing

ROOT = Path(__file__).resolve().parent.parent
FOLDER = files("service").joinpath("sample/history")
GUIDE = (ROOT / "docs" / "sample.md").read_text()
STEPS = re.findall(
    r"```sh\ncurl 'http://127\.0\.0\.1:8000(\S+)'\n```\n\n```json\n(.*?)```", GUIDE, flags=re.DOTALL
)


@pytest.fixture(scope="module")
def loaded(cluster: Cluster) -> Iterator[InProcess]:
    """A service with both samples, the second loaded twice."""

    with cluster.sampled() as dsn, InProcess(dsn, None) as service:
        before = service.position()
        heads: list[int] = []
        for _ in range(2):
            done = CliRunner().invoke(main, ["sample", "history", "--database-url", dsn])
            assert done.exit_code == 0, done.output
            heads.append(service.position())
        assert before < heads[0] == heads[1]
        yield service


def test_the_guide_has_ten_requests() -> None:
    assert len(STEPS) == 10


@pytest.mark.parametrize(("path", "shown"), STEPS, ids=[path for path, _ in STEPS])
def test_each_request_of_the_guide_is_answered_as_shown(loaded: InProcess, path: str, shown: str) -> None:
    assert missing(json.loads(shown), loaded.get(path).json()) == []


def test_what_is_said_of_invented_companies_is_verified_in_its_language(loaded: InProcess) -> None:
    for slug, count in (("havelwerke", 8), ("qinghe-instruments", 2)):
        facts = loaded.found(f"/v1/companies/{slug}/facts", limit=100)["items"]
        assert {fact["subject"]: fact["evidence"] for fact in facts if fact["evidence"] != "verified"} == {}
        assert len(facts) == count
        for fact in facts:
            for citation in fact["citations"]:
                source = loaded.found(f"/v1/sources/{citation['source']['id']}")
                assert source["note"].startswith("Invented")
                text = loaded.get(f"/v1/sources/{source['id']}/text").text
                assert "companyfacts" in text


def test_filers_have_a_decade_with_restatements_and_their_filings(loaded: InProcess) -> None:
    for ref, least in (("cik:320193", 9), ("cik:1336917", 9)):
        series = loaded.found("/v1/series", company=ref, subject="revenue", frequency="annual", limit=100)
        assert len(series["items"]) > least
        assert {row["source"]["url"].partition("/Archives/")[0] for row in series["items"]} == {
            "https://www.sec.gov"
        }
        restated = loaded.found("/v1/changes", **{"company": ref, "class": "restated"}, limit=100)["items"]
        assert len(restated) > least


def test_the_sample_is_small() -> None:
    sizes = [len(one.read_bytes()) for one in FOLDER.iterdir() if one.is_file()]
    assert len(sizes) == 3
    assert sum(sizes) < 150_000


@pytest.mark.parametrize("filer", history_extract.FILERS)
def test_the_filers_are_as_edgar_has_them(filer: str) -> None:
    if not (history_extract.FOLDER / f"{filer}.json.gz").exists():
        pytest.skip("../shared/data is absent: the EDGAR files stand there")
    text = FOLDER.joinpath(f"{filer}.json").read_text("utf-8")
    whole: dict[str, Any] = history_extract.whole(filer)
    assert text == history_extract.written(history_extract.extract(whole))
    for name, concept in json.loads(text)["facts"]["us-gaap"].items():
        for unit, rows in concept["units"].items():
            assert [row for row in rows if row not in whole["facts"]["us-gaap"][name]["units"][unit]] == []
