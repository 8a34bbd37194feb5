"""The guide "Getting started", run as it is written: each command in order, each answer as shown."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.edgar_files import FOLDER
from tests.processes import Remote, eventually
from tests.running import ENVIRONMENT, PATIENCE, free_port
from tests.shown import missing

ROOT = Path(__file__).resolve().parent.parent
GUIDE = (ROOT / "docs" / "getting-started.md").read_text()
BASE = "http://127.0.0.1:8000"
EDGAR_FILE = "CIK0000320193.json"


class Step(NamedTuple):
    """Commands of the guide, and the part of the answer that it shows."""

    command: str
    shown: str | None


STEPS = [
    Step(command, shown or None)
    for command, shown in re.findall(r"```sh\n(.*?)```\n(?:\n```json\n(.*?)```)?", GUIDE, flags=re.DOTALL)
]


class Terminal:
    """A shell that keeps its variables from step to step, beside a service that it reaches."""

    def __init__(self, shell: "subprocess.Popen[str]", base: str) -> None:
        self._base = base
        self._shell = shell

    def run(self, command: str) -> str:
        """What a command prints. Raises AssertionError if it fails."""
        assert self._shell.stdin
        assert self._shell.stdout
        self._shell.stdin.write(command.replace(BASE, self._base) + '\nprintf "\\n-- %s\\n" "$?"\n')
        self._shell.stdin.flush()
        lines: list[str] = []
        for line in self._shell.stdout:
            if ended := re.fullmatch(r"-- (\d+)\n", line):
                assert ended[1] == "0", f"{command}\n{''.join(lines)}"
                return "".join(lines)
            lines.append(line)
        raise AssertionError(f"the shell ended: {command}")


@pytest.fixture(scope="module")
def terminal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Terminal]:
    """A shell beside a new service with the sample, as the guide starts it."""
    folder = tmp_path_factory.mktemp("started")
    if os.geteuid() == 0:  # Postgres runs as another user, who has to reach its data
        folder.parent.chmod(0o755)
        folder.chmod(0o755)
    port = free_port()
    environment = {
        **ENVIRONMENT,
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "COMPANYFACTS_DATA_DIR": str(folder / "data"),
        "PYTHONPATH": str(ROOT),
    }
    command = [sys.executable, "-m", "service", "serve", "--port", str(port)]
    with (
        (folder / "log").open("w") as log,
        subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log) as serving,
    ):
        try:
            remote = Remote(port)
            assert eventually(lambda: serving.poll() is not None or remote.status("/readyz") == 200)
            assert serving.poll() is None, (folder / "log").read_text()
            if (given := FOLDER / f"{EDGAR_FILE}.gz").exists():
                plain = subprocess.run(["gzip", "-dc", given], check=True, capture_output=True)
                (folder / EDGAR_FILE).write_bytes(plain.stdout)
            pipe = subprocess.PIPE
            with subprocess.Popen(
                ["bash"], cwd=folder, env=environment, text=True, stdin=pipe, stdout=pipe, stderr=log
            ) as shell:
                yield Terminal(shell, f"http://127.0.0.1:{port}")
        finally:
            serving.terminate()
            serving.wait(PATIENCE)


def test_the_guide_asks_writes_and_imports_in_this_order() -> None:
    headings = re.findall(r"^## (.+)$", GUIDE, flags=re.MULTILINE)
    assert headings[:3] == ["Ask", "Write", "Import"]
    assert len(STEPS) == 11
    assert sum(step.shown is not None for step in STEPS) == 10


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not on this machine")
@pytest.mark.parametrize("number", range(len(STEPS)))
def test_each_request_runs_as_written_and_is_answered_as_shown(terminal: Terminal, number: int) -> None:
    """The steps build on each other: a single one cannot be selected."""
    step = STEPS[number]
    if EDGAR_FILE in step.command and not (FOLDER / f"{EDGAR_FILE}.gz").exists():
        pytest.skip("../shared/data is absent: the EDGAR files stand there")
    answer = terminal.run(step.command)
    if step.shown is not None:
        last = answer.strip().splitlines()[-1]  # an import prints its own report before
        assert missing(json.loads(step.shown), json.loads(last)) == [], answer


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not on this machine")
def test_the_program_in_the_guide_to_paging_reads_every_fact(terminal: Terminal) -> None:
    guide = (ROOT / "docs" / "paging.md").read_text()
    (program,) = re.findall(r"```python\n(.*?)```", guide, flags=re.DOTALL)
    small_pages = program.replace("kind=metric", "kind=partnership&limit=2")
    assert small_pages != program
    printed = terminal.run(f"python - <<'END'\n{small_pages}END").strip().splitlines()
    listed = terminal.run(f"curl --header 'Accept: application/x-ndjson' '{BASE}/v1/facts?kind=partnership'")
    facts = [json.loads(line) for line in listed.strip().splitlines()]
    assert len(facts) == 6
    assert printed == [f"{fact['company']} {fact['subject']} {fact['period']}" for fact in facts]
