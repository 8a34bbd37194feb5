"""`GET /v1/facts/{id}/timeline` over HTTP: each rectangle's corners answer with its version."""

from typing import Any

import pytest

from tests.bodies import company, metric, source, source_id
from tests.running import InProcess


@pytest.fixture
def restated(api: InProcess) -> str:
    """A fact that was restated for a later and an earlier day, and retracted; its id."""
    api.made("/v1/companies", company())
    cited = api.made("/v1/sources", source("Acme made 13, 14, 15."))["id"]
    fact = api.made("/v1/facts", metric(cited, "13", known_at="2025-07-01"))["id"]
    api.made("/v1/facts", metric(cited, "14", known_at="2025-09-01"))
    api.made("/v1/facts", metric(cited, "15", known_at="2025-06-30"))
    api.made(f"/v1/facts/{fact}/retractions", {"version": 2, "reason": "misread"})
    api.made(f"/v1/facts/{fact}/retractions", {"version": 1, "reason": "misread"})
    api.made(f"/v1/facts/{fact}/retractions", {"version": 3, "reason": "misread"})
    return fact


def answered(api: InProcess, fact: str, **times: Any) -> tuple[int, str] | None:
    answer = api.get(f"/v1/facts/{fact}", params=times)
    return None if answer.status_code == 404 else (answer.json()["version"], answer.json()["status"])


def test_the_corners_of_each_rectangle_answer_with_its_version(api: InProcess, restated: str) -> None:
    tiles = api.found(f"/v1/facts/{restated}/timeline")["items"]
    assert len(tiles) >= 6
    for tile in tiles:
        for day in (tile["known_from"], tile["known_to"] or "2026-06-30"):
            for at in (tile["position_from"], tile["position_to"] or api.position()):
                assert answered(api, restated, known_at=day, at=at) == (tile["version"], tile["status"])
            for instant in (tile["recorded_from"], tile["recorded_to"]):
                if instant is not None:
                    found = answered(api, restated, known_at=day, recorded_at=instant)
                    assert found == (tile["version"], tile["status"])
    first = min(tile["position_from"] for tile in tiles)
    assert answered(api, restated, at=first - 1) is None


def test_at_a_position_it_is_the_timeline_of_then(api: InProcess, restated: str) -> None:
    path = f"/v1/facts/{restated}/timeline"
    start = api.found(f"/v1/facts/{restated}/versions/1")["position"]
    (tile,) = api.found(path, at=start)["items"]
    assert (tile["version"], tile["known_from"], tile["known_to"]) == (1, "2025-07-01", None)
    assert (tile["position_from"], tile["position_to"], tile["recorded_to"]) == (start, None, None)
    assert api.found(path, recorded_at=tile["recorded_from"])["items"] == [tile]
    assert api.get(path, params={"at": start}).headers["log-position"] == str(start)


def test_evidence_and_archived_content_end_no_rectangle(api: InProcess) -> None:
    api.made("/v1/companies", company())
    text = "Acme made 13."
    late = api.made("/v1/sources", source(None, sha256=source_id(text)[7:]))["id"]
    fact = api.made("/v1/facts", metric(late, "13"))["id"]
    before = api.found(f"/v1/facts/{fact}/timeline")
    api.put(f"/v1/sources/{late}/snapshot", content=text, headers={"Content-Type": "text/plain"})
    assert api.found(f"/v1/facts/{fact}/timeline") == before


@pytest.mark.parametrize(
    ("query", "status"),
    [({"at": 1000}, 422), ({"at": 1}, 404), ({"at": -1}, 400), ({"known_at": "2025-01-01"}, 404)],
)
def test_what_cannot_be_asked_is_refused(
    api: InProcess, restated: str, query: dict[str, Any], status: int
) -> None:
    assert api.get(f"/v1/facts/{restated}/timeline", params=query).status_code == status


def test_a_fact_that_nobody_recorded_has_none(api: InProcess) -> None:
    assert api.get("/v1/facts/4f2a1c9e-0d3b-8a71-9c55-2b7e4d6f8a10/timeline").status_code == 404
