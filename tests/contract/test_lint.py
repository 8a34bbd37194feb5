"""The linters report nothing, and what breaks clients of a release does not pass unsaid."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.running import PATIENCE

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = ROOT / "openapi" / "openapi.json"

pytestmark = pytest.mark.skipif(shutil.which("npm") is None, reason="Node is not on this machine")


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, ROOT / ".ci" / "contract", *arguments]
    return subprocess.run(command, check=False, capture_output=True, text=True, timeout=PATIENCE)


def changed(tmp_path: Path, version: str = "1.4.0") -> Path:
    """The document without an operation."""
    document = json.loads(DOCUMENT.read_text())
    del document["paths"]["/v1/changes"]
    del document["components"]["schemas"]["Changes"], document["components"]["examples"]["Changes"]
    del document["components"]["schemas"]["Entry"]
    document["info"]["version"] = version
    path = tmp_path / "openapi.json"
    path.write_text(json.dumps(document))
    return path


def released(tmp_path: Path) -> Path:
    """A directory in which the committed document was released as 1.4.0, and another one before that."""
    directory = tmp_path / "released"
    directory.mkdir()
    document = json.loads(DOCUMENT.read_text())
    document["info"]["version"] = "1.4.0"
    (directory / "1.4.0.json").write_text(json.dumps(document))
    del document["paths"]["/v1/facts"]
    (directory / "1.3.12.json").write_text(json.dumps(document))
    return directory


def test_the_contract_has_nothing_to_report() -> None:
    done = run()
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_fault_of_style_is_reported(tmp_path: Path) -> None:
    document = json.loads(DOCUMENT.read_text())
    document["paths"] = {"/v1/companies": {"get": document["paths"]["/v1/companies"]["get"]}}
    operation = document["paths"]["/v1/companies"]["get"]
    operation["operationId"] = "companies_list"
    del operation["responses"]["500"]
    operation["responses"]["500"] = {"description": "Broken."}
    del document["components"]["schemas"]["Company"]["properties"]["name"]["maxLength"]
    path = tmp_path / "openapi.json"
    path.write_text(json.dumps(document))
    done = run("--document", path)
    assert done.returncode == 1
    for rule in ("operation-id-verb-noun", "errors-are-problems", "bounded-strings"):
        assert f"spectral: {rule}:" in done.stdout


def test_what_breaks_clients_is_refused(tmp_path: Path) -> None:
    done = run("--compare-only", "--document", changed(tmp_path), "--released", released(tmp_path))
    assert done.returncode == 1
    assert "breaks 1.4.0: api-path-removed-without-deprecation: GET /v1/changes" in done.stdout
    assert "/v1/facts" not in done.stdout, "compared with the last release, not with an earlier one"


def test_the_last_release_is_what_the_committed_document_is_compared_with(tmp_path: Path) -> None:
    version = json.loads(DOCUMENT.read_text())["info"]["version"]
    done = run("--compare-only", "--document", changed(tmp_path, version))
    assert done.returncode == 1
    assert "api-path-removed-without-deprecation: GET /v1/changes" in done.stdout


@pytest.mark.parametrize(
    ("version", "changelog", "passes"),
    [
        ("2.0.0", "# Changelog\n\n## Unreleased\n\n- Breaking: the feed is gone.\n", True),
        ("2.0.0", "# Changelog\n\n## 2.0.0\n\n- Breaking: the feed is gone.\n", True),
        (
            "2.0.0",
            "# Changelog\n\n## 2.0.0\n\n- The feed is gone.\n\n## 1.4.0\n\n- Breaking: another thing.\n",
            False,
        ),
        ("1.4.0", "# Changelog\n\n## Unreleased\n\n- Breaking: the feed is gone.\n", False),
    ],
)
def test_what_breaks_clients_passes_with_a_version_and_a_line(
    tmp_path: Path, version: str, changelog: str, *, passes: bool
) -> None:
    told = tmp_path / "CHANGELOG.md"
    told.write_text(changelog)
    document, before = changed(tmp_path, version), released(tmp_path)
    done = run("--compare-only", "--document", document, "--released", before, "--changelog", told)
    assert (done.returncode == 0) == passes, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("change", "since", "left"),
    [
        ("api-path-removed-without-deprecation: GET /v1/changes", "1.4.0", ""),
        ("api-path-removed-without-deprecation: GET /v1/changes", "1.3.12", "breaks 1.4.0: api-path-removed"),
        ("api-path-removed-without-deprecation: GET /v1/facts", "1.4.0", "breaks 1.4.0: api-path-removed"),
        ("no-such-change", "1.4.0", "harmless.json: no change fits no-such-change"),
    ],
)
def test_a_change_that_no_client_meets_passes_if_it_is_listed_for_the_last_release(
    tmp_path: Path, change: str, since: str, left: str
) -> None:
    listed = tmp_path / "harmless.json"
    listed.write_text(
        json.dumps({"since": since, "accepted": [{"change": change, "reason": "nobody asked"}]})
    )
    document, before = changed(tmp_path), released(tmp_path)
    done = run("--compare-only", "--document", document, "--released", before, "--harmless", listed)
    assert (done.returncode == 0, left in done.stdout) == (not left, True), done.stdout + done.stderr


def test_every_harmless_change_has_a_reason() -> None:
    listed = json.loads((ROOT / "openapi" / "harmless.json").read_text())["accepted"]
    assert all(one["reason"] for one in listed)
