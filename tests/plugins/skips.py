"""With `SKIPS=error` in the environment a skipped test has failed, so that a gate proves what it claims.

Two things a machine may lack without the gate being wrong, each looked at here rather than believed: a
container engine (reason begins "no container engine"), and the real inputs beside the checkout (reason
names `shared/data`).
"""

import os
import shutil
import subprocess
from collections.abc import Generator
from pathlib import Path
from typing import TypeVar

import pytest

_INPUTS = Path(__file__).resolve().parents[3] / "shared" / "data"
_Report = TypeVar("_Report", pytest.TestReport, pytest.CollectReport)


def _has_engine() -> bool:
    docker = shutil.which("docker")
    return (
        docker is not None
        and subprocess.run([docker, "info"], capture_output=True, check=False).returncode == 0
    )


def _permitted(reason: str) -> bool:
    if reason.startswith("no container engine"):
        return not _has_engine()
    return "shared/data" in reason and not _INPUTS.exists()


def _judged(report: _Report) -> _Report:
    if os.environ.get("SKIPS") != "error" or not report.skipped or hasattr(report, "wasxfail"):
        return report
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    reason = reason.removeprefix("Skipped: ")
    if not _permitted(reason):
        report.outcome = "failed"
        report.longrepr = f"skipped, and SKIPS=error allows that only for what this machine lacks: {reason}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    return _judged((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    return _judged((yield))
