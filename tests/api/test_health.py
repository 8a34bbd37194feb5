"""Liveness, readiness, metrics, and the contract itself."""

from datetime import date
from typing import Any

import pytest

from tests.running import InProcess, Server


def test_alive_and_ready(api: InProcess) -> None:
    assert api.found("/healthz") == {"status": "ok"}
    assert api.found("/readyz") == {"status": "ready", "position": 0, "writes": "possible"}


@pytest.mark.parametrize("settings", [{"read_only": True}, {"known_by": date(2025, 1, 1)}])
def test_a_service_that_refuses_writes_says_so(dsn: str, settings: dict[str, Any]) -> None:
    with InProcess(dsn, None, **settings) as service:
        assert service.found("/readyz")["writes"] == "read-only"
        refused = service.get("/readyz?for=writes")
        assert (refused.status_code, "read-only" in refused.text) == (503, True)
        assert service.get("/readyz?for=reads").status_code == 200


def test_a_real_server_answers_the_same(server: Server) -> None:
    assert server.found("/healthz") == {"status": "ok"}
    assert server.found("/readyz") == {"status": "ready", "position": 0, "writes": "possible"}
