"""Who said what a fact says, and which of its fields the passage does not say."""

import json
from typing import Any

import pytest

from tests.api.test_independence import taken_in
from tests.api.test_log import exported
from tests.bodies import company, market_share, metric, quote, source, source_id
from tests.clusters import Cluster, run
from tests.operations.test_verifying import found as altered_facts
from tests.running import InProcess

TEXT = "Analysts expect a 36% market share. The bank expects a 36% market share, too."
CITED = source_id(TEXT)
SAID = {"attributed_to": "analysts", "inferred": ["period", "dimensions/geography", "period"]}


def share(**fields: Any) -> dict[str, Any]:
    cited = [quote(CITED, "Analysts expect a 36% market share")]
    return market_share(CITED, citations=cited, dimensions={"geography": "CN"}, **fields)


@pytest.fixture
def known(api: InProcess) -> InProcess:
    api.made("/v1/companies", company())
    api.made("/v1/sources", source(TEXT))
    return api


def test_an_assertion_says_who_said_it_and_what_was_inferred(known: InProcess) -> None:
    made = known.made("/v1/facts", share(**SAID))
    assert (made["attributed_to"], made["inferred"]) == ("analysts", ["dimensions/geography", "period"])
    path = f"/v1/facts/{made['id']}"
    assert known.found(path) == made
    assert known.found(f"{path}/versions/1")["attributed_to"] == "analysts"
    # the same again stands, however its list is ordered
    again = share(attributed_to="analysts", inferred=["dimensions/geography", "period"])
    assert known.post("/v1/facts", again).status_code == 200
    assert run(altered_facts(known.dsn)) == []


def test_it_is_content_of_the_version_and_not_of_the_key(known: InProcess) -> None:
    plain = known.made("/v1/facts", share())
    assert "attributed_to" not in plain
    assert "inferred" not in plain
    path, before = f"/v1/facts/{plain['id']}", known.position()
    pinned = known.get(path, params={"at": before}).content
    said = known.made("/v1/facts", share(**SAID))
    assert (said["id"], said["version"]) == (plain["id"], 2)
    assert known.found(path)["attributed_to"] == "analysts"
    assert known.get(path, params={"at": before}).content == pinned
    steps = known.found(f"{path}/diff", **{"from": 1, "to": 2})
    assert [one["change"] for one in steps["steps"]] == ["re_reported"]
    changed = {one["pointer"]: one["after"] for one in steps["changes"]}
    assert changed == {
        "/attributed_to": "analysts",
        "/inferred/0": "dimensions/geography",
        "/inferred/1": "period",
    }
    # the version without either stands as well
    assert known.post("/v1/facts", share()).status_code == 200
    # and so does an equal one by other words around the same place
    cited = [quote(CITED, "Analysts expect a 36% market share", suffix=". The bank")]
    assert known.post("/v1/facts", share(**SAID) | {"citations": cited}).status_code == 200
    assert known.made("/v1/facts", share(attributed_to="the bank") | {"citations": cited})["version"] == 3


@pytest.mark.parametrize("subject", ["revenue", "profit-at-large"])  # of the standard concepts, and none
def test_rows_of_series_and_frames_tell_who_said_it(known: InProcess, subject: str) -> None:
    who = '"the bank" & analysts'
    known.made("/v1/facts", metric(CITED, subject=subject, known_at="2025-02-01", attributed_to=who))
    before = known.position()
    known.made("/v1/facts", metric(CITED, "11", subject=subject))
    asked = {"company": "acme", "subject": subject}
    frame = {"subject": subject, "unit": "USD", "period": "2025"}
    for path, query in (("/v1/series", asked), ("/v1/frames", frame)):
        (now,) = known.found(path, **query)["items"]
        (then,) = known.found(path, **query, at=before)["items"]
        (known_then,) = known.found(path, **query, known_at="2025-03-01")["items"]
        assert "attributed_to" not in now
        assert then["attributed_to"] == known_then["attributed_to"] == who
    first, last = known.found("/v1/series", **asked, vintages="all")["items"]
    assert (first["attributed_to"], "attributed_to" in last) == (who, False)
    assert (
        known.get("/v1/series.csv", params={**asked, "at": before})
        .text.rstrip()
        .endswith('"""the bank"" & analysts"')
    )


def test_what_is_not_there_cannot_be_inferred(known: InProcess) -> None:
    for inferred, pointer in (
        (["share", "growth"], "/inferred/1"),
        (["dimensions/segment"], "/inferred/0"),
        (["market_size"], "/inferred/0"),
        (["share/low"], "/inferred/0"),
    ):
        refused = known.post("/v1/facts", share(inferred=inferred))
        assert refused.status_code == 422, refused.text
        assert [one["pointer"] for one in refused.json()["errors"]] == [pointer]
    refused = known.post("/v1/facts", share(inferred=["period"], period=None))
    assert refused.json()["errors"][0]["pointer"] == "/inferred/0"
    for inferred in (
        "share",
        "share/value",
        "market",
        "company",
        "subject",
        "basis",
        "known_at",
        "dimensions",
    ):
        assert known.post("/v1/facts", share(inferred=[inferred])).status_code == 201
    assert known.post("/v1/facts", share(inferred=["Period"])).status_code == 400
    assert known.post("/v1/facts", share(attributed_to="")).status_code == 400


def test_lists_are_filtered_by_it_also_at_earlier_times(known: InProcess) -> None:
    known.made("/v1/facts", share(known_at="2025-02-01"))
    first = known.position()
    known.made("/v1/facts", share(**SAID))
    second = known.position()
    known.made("/v1/facts", metric(CITED, attributed_to="The bank", inferred=["basis", "period"]))
    known.made("/v1/facts", share(attributed_to="the bank", known_at="2025-12-01"))

    def subjects(**asked: Any) -> list[str]:
        lists = ("/v1/facts", "/v1/companies/acme/facts", f"/v1/sources/{CITED}/facts")
        found = [[one["subject"] for one in known.found(path, **asked)["items"]] for path in lists]
        assert found[0] == found[1] == found[2]
        return found[0]

    assert subjects(attributed_to="analysts") == []
    assert subjects(attributed_to="Analysts", at=second) == ["widgets"]
    assert subjects(attributed_to="analysts", known_at="2025-07-01") == ["widgets"]
    assert subjects(attributed_to="analysts", at=first) == []
    assert subjects(attributed_to="analysts", known_at="2025-03-01") == []
    assert subjects(attributed_to="the bank") == ["widgets", "revenue"]
    assert subjects(inferred="period") == ["revenue"]
    assert subjects(inferred="period", at=second) == ["widgets"]
    assert subjects(inferred=["period", "basis"]) == ["revenue"]
    assert subjects(inferred=["period", "basis"], at=second) == []
    table = known.get("/v1/facts.csv", params={"attributed_to": "the bank"}).text.splitlines()
    assert table[0].endswith(",attributed_to,inferred")
    assert [line.rpartition("2025-01-01,")[2] for line in table[1:]] == [
        "the bank,",
        'The bank,"[""basis"",""period""]"',
    ]


def test_exports_and_pages_carry_it(known: InProcess, cluster: Cluster) -> None:
    made = known.made("/v1/facts", share(**SAID))
    page = known.get(f"/facts/{made['id']}").text
    assert '<dt>Said by</dt><dd dir="auto">analysts</dd>' in page
    assert "dimensions/geography, period" in page
    lines = exported(known.dsn)
    (line,) = [one for one in map(json.loads, lines.splitlines()) if "fact" in one]
    assert (line["fact"]["attributed_to"], line["fact"]["inferred"]) == (
        made["attributed_to"],
        made["inferred"],
    )
    with cluster.database() as dsn:
        assert run(taken_in(dsn, lines)).refused == 0
        assert exported(dsn) == lines
        assert run(taken_in(dsn, lines)).created == 0
