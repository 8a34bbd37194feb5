"""Clients generated from the committed document do their work against the running service."""

import json
import subprocess
from collections.abc import Generator

import pytest

from tests.clients.generating import MAKERS, made, missing
from tests.clusters import Cluster
from tests.running import PATIENCE, Server

MANY = 500


@pytest.fixture(scope="module")
def services(cluster: Cluster) -> Generator[tuple[Server, Server]]:
    """The service with the sample and 500 facts of one company; and the same with a low limit."""
    with (
        cluster.sampled() as dsn,
        Server(dsn, cluster.keys["write"]) as server,
        Server(dsn, None, COMPANYFACTS_RATE_LIMIT_ADDRESS="30") as limited,
    ):
        source = server.made("/v1/sources", {"title": "Many", "text": "Many.", "published_at": "2025-01-01"})[
            "id"
        ]
        facts = [
            {
                "fact": {
                    "kind": "statement",
                    "company": "many-facts",
                    "subject": f"fact-{number}",
                    "value": {"text": f"fact {number}"},
                    "citations": [{"source": source}],
                }
            }
            for number in range(MANY)
        ]
        lines = [{"company": {"slug": "many-facts", "name": "Many Facts"}}, *facts]
        report = server.post(
            "/v1/imports",
            content="\n".join(map(json.dumps, lines)).encode(),
            headers={"Content-Type": "application/x-ndjson"},
        )
        assert report.json()["created"] == MANY + 1
        yield server, limited


@pytest.mark.parametrize("language", MAKERS)
def test_a_client(language: str, services: tuple[Server, Server]) -> None:
    lacking = missing(language)
    if lacking is not None:
        pytest.skip(f"this machine lacks {lacking}")
    place, command = made(language)
    server, limited = services
    done = subprocess.run(
        [*command, server.base, server.key or "", limited.base],
        cwd=place,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.splitlines() == [
        "company alibaba",
        "share 36 percent verified",
        f"facts {MANY}",
        "asserted 1 asserted",
        "problem 404 /docs/problems/not-found",
        "retried 200",
    ]
