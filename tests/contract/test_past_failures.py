"""What fuzzing found once: each stays answered as it should have been."""

from collections.abc import Generator
from typing import Any

import pytest

from tests.clusters import Cluster
from tests.running import InProcess

SHARE = "28195a5b-23ef-8613-80c8-ca0937bebac5"  # Alibaba Cloud's share of AI cloud, of the sample
NOT_ASCII = b"\xd7\xf8\x9b"


@pytest.fixture(scope="module")
def api(cluster: Cluster) -> Generator[InProcess]:
    with cluster.sampled() as dsn, InProcess(dsn, cluster.keys["write"]) as service:
        yield service


@pytest.mark.parametrize(
    ("method", "path", "parts", "statuses"),
    [
        # an entity tag that is none was taken for one that does not match
        ("GET", "/v1/changes", {"headers": {"If-None-Match": NOT_ASCII}}, {400}),
        ("GET", f"/v1/facts/{SHARE}", {"headers": {"If-None-Match": "abc"}}, {400}),
        ("GET", f"/v1/facts/{SHARE}", {"headers": {"If-None-Match": '"' + "a" * 1000 + '"'}}, {400}),
        ("POST", "/v1/facts", {"headers": {"If-Match": NOT_ASCII}, "json": {}}, {400}),
        ("POST", "/v1/facts", {"headers": {"If-None-Match": '"a", b'}, "json": {}}, {400}),
        # a version compared with itself, asked for with any tag, was a defect
        ("GET", f"/v1/facts/{SHARE}/diff?from=1&to=1", {"headers": {"If-None-Match": "*"}}, {304}),
        ("GET", f"/v1/facts/{SHARE}/diff?from=1&to=1&known_at=2025-12-31", {}, {200}),
        # paths with an empty segment were answered like those without
        ("GET", "/v1/facts/", {}, {404}),
        ("GET", "/v1//facts", {}, {404}),
        ("OPTIONS", "/v1/facts/", {}, {404}),
        ("POST", "/v1/companies/", {"json": {"slug": "acme", "name": "Acme"}}, {404}),
        # one line of NDJSON that is JSON and no line
        ("POST", "/v1/imports", {"content": b"{}", "headers": {"Content-Type": "application/x-ndjson"}}, {400}),
        ("POST", "/v1/imports?partial=true", {"content": b"null", "headers": {"Content-Type": "application/x-ndjson"}}, {200}),
        # a reason at its greatest length
        ("POST", f"/v1/facts/{SHARE}/retractions", {"json": {"version": 1, "reason": "0" * 5000}}, {201}),
        # numbers that no type holds
        ("GET", "/v1/changes", {"params": {"after": "9" * 400}}, {400}),
        ("GET", "/v1/facts", {"params": {"limit": "1e3"}}, {400}),
        ("GET", "/v1/facts", {"params": {"limit": "1.0"}}, {400}),
        ("GET", "/v1/facts", {"params": {"disputed": "TRUE"}}, {400}),
        ("GET", "/v1/facts", {"params": {"disputed": "1"}}, {400}),
        ("GET", "/v1/facts", {"params": {"disputed": "true", "limit": "10"}}, {200}),
    ],
)  # fmt: skip
def test_it_is_answered_as_it_should_be(
    api: InProcess, method: str, path: str, parts: dict[str, Any], statuses: set[int]
) -> None:
    response = api.request(method, path, **parts)
    assert response.status_code in statuses, response.text
