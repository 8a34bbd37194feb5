"""`companyfacts key`: create, list and revoke, also while a service runs."""

import re
import subprocess
import sys
import time

import pytest

from tests import bodies
from tests.clusters import Cluster
from tests.running import ENVIRONMENT, Server


def key(dsn: str, *arguments: str, status: int = 0) -> tuple[str, str]:
    """Standard output and standard error of a command."""
    command = [sys.executable, "-m", "service", "key", *arguments, "--database-url", dsn]
    done = subprocess.run(command, capture_output=True, env=ENVIRONMENT, check=False, text=True)
    assert done.returncode == status, done.stderr
    return done.stdout, done.stderr


def listed(dsn: str) -> dict[str, dict[str, str]]:
    """The rows of `key list`, by prefix."""
    head, *rows = key(dsn, "list")[0].splitlines()
    starts = [match.start() for match in re.finditer(r"(?<=  )\S|^\S", head)]
    cut = [slice(a, b) for a, b in zip(starts, [*starts[1:], None], strict=True)]
    names = [head[one].strip() for one in cut]
    found = [dict(zip(names, (row[one].strip() for one in cut), strict=True)) for row in rows]
    return {row["PREFIX"]: row for row in found}


def test_keys_are_made_shown_and_ended(dsn: str) -> None:
    before = listed(dsn)
    assert [row["SCOPE"] for row in before.values()] == ["read", "write", "admin"]
    options = ("--name", "the importer", "--expires", "30", "--company", "acme", "--company", "zenith")
    secret = key(dsn, "create", "--scope", "write", *options)[0].strip()
    (made,) = (row for prefix, row in listed(dsn).items() if prefix not in before)
    assert secret.startswith(made["PREFIX"])
    assert (made["SCOPE"], made["STATE"], made["NAME"]) == ("write", "active", "the importer")
    assert (made["COMPANIES"], made["LAST USED"]) == ("acme,zenith", "never")
    assert made["EXPIRES"] > made["CREATED"]
    for named in (made["PREFIX"], secret):
        assert key(dsn, "revoke", named) == ("", f"revoked {made['PREFIX']}\n")
        assert listed(dsn)[made["PREFIX"]]["STATE"] == "revoked"
    assert [row["STATE"] for row in listed(dsn).values()].count("active") == 3


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (("create", "--scope", "all"), 2, "'all' is not one of"),
        (("create",), 2, "Missing option '--scope'"),
        (("create", "--scope", "write", "--expires", "0"), 2, "0 is not in the range"),
        (("create", "--scope", "read", "--company", "acme"), 2, "it goes with --scope write"),
        (("create", "--scope", "write", "--company", "Acme Inc"), 2, "a slug is"),
        (("revoke", "cf_nothing!"), 1, "no key begins with cf_nothing!"),
    ],
)
def test_a_command_that_cannot_be_meant_is_refused(
    dsn: str, arguments: tuple[str, ...], status: int, says: str
) -> None:
    out, told = key(dsn, *arguments, status=status)
    assert out == ""
    assert says in told
    assert "Traceback" not in told


def test_a_revoked_key_is_dead_within_five_seconds(cluster: Cluster) -> None:
    with cluster.database() as dsn, Server(dsn, None, "--workers", "2") as server:
        secret = key(dsn, "create", "--scope", "write")[0].strip()
        server.key = secret
        assert server.post("/v1/companies", bodies.company()).status_code == 201
        key(dsn, "revoke", secret)
        revoked, last = time.monotonic(), 0.0
        while time.monotonic() < revoked + 6:
            sent = time.monotonic()
            if server.post("/v1/companies", bodies.company()).status_code == 200:
                last = sent - revoked
            time.sleep(0.1)
        assert last < 5
        assert server.post("/v1/companies", bodies.company()).status_code == 401
