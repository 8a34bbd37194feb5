"""What the README shows is what the service answers."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from service.operations.sample import load_sample
from service.postgres.database import opened
from tests.clusters import Cluster, run
from tests.running import InProcess
from tests.shown import missing

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text()
SHOWN = re.findall(r"curl 'http://127\.0\.0\.1:8000(\S+)'\n\n```json\n(.*?)```", README, flags=re.DOTALL)
SENT = re.findall(
    r"curl 'http://127\.0\.0\.1:8000(\S+)' -H 'Content-Type: application/json' -d '(\{.*?\})'\n\n```json\n(.*?)```",
    README,
    flags=re.DOTALL,
)


def test_four_requests_are_shown() -> None:
    assert (len(SHOWN), len(SENT)) == (3, 1)


@pytest.fixture(scope="module")
def sampled(cluster: Cluster) -> Any:
    """A service with the sample."""

    async def load(dsn: str) -> None:
        async with opened(dsn) as database:
            assert await load_sample(database) > 0
            assert await load_sample(database) == 0, "a second time it is left alone"

    with cluster.database() as dsn:
        run(load(dsn))
        with InProcess(dsn, None) as service:
            yield service


@pytest.mark.parametrize(("path", "shown"), SHOWN, ids=[path for path, _ in SHOWN])
def test_what_is_shown_is_what_is_answered(sampled: InProcess, path: str, shown: str) -> None:
    assert missing(json.loads(shown), sampled.get(path).json()) == []


@pytest.mark.parametrize(("path", "body", "shown"), SENT, ids=[path for path, _, _ in SENT])
def test_what_is_shown_is_what_is_answered_to_a_body(
    sampled: InProcess, path: str, body: str, shown: str
) -> None:
    answer = sampled.post(path, json=json.loads(body))
    assert answer.status_code == 200
    assert missing(json.loads(shown), answer.json()) == []


def test_what_the_sample_says_is_in_its_passages(sampled: InProcess) -> None:
    facts = sampled.get("/v1/facts", params={"limit": 100}).json()["items"]
    assert len(facts) == 36
    assert {
        fact["subject"]: fact["evidence"]
        for fact in facts
        if fact["evidence"] not in {"verified", "quote_only"}
    } == {}


def test_links_lead_somewhere() -> None:
    links = re.findall(r"\]\((?!http)([^)]+)\)", README)
    assert [link for link in links if not (ROOT / link).exists()] == []
