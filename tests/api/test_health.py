"""Liveness, readiness, metrics, and the contract itself."""

from tests.running import InProcess, Server


def test_alive_and_ready(api: InProcess) -> None:
    assert api.found("/healthz") == {"status": "ok"}
    assert api.found("/readyz") == {"status": "ready", "position": 0, "writes": "possible"}


def test_a_real_server_answers_the_same(server: Server) -> None:
    assert server.found("/healthz") == {"status": "ok"}
    assert server.found("/readyz") == {"status": "ready", "position": 0, "writes": "possible"}
