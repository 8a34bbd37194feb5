"""Log records as JSON and as plain text."""

import json
import subprocess
import sys

import pytest

from tests.running import ENVIRONMENT

# Configures logging from the environment, as the service does, and logs some records.
SCRIPT = r"""
import logging, sys
from service import logs
from service.web import access
from service.settings import Settings

settings = Settings.from_environment()
logs.configure(settings)
access.configure(enabled=True, for_people=logs.for_people(settings))
logs.request_id.set("r-1")
logger = logging.getLogger("library")
logger.setLevel(logging.DEBUG)
logger.info("chatter")
logger.warning("%d left", 3, extra={"path": "/a\x1b[2J", "limit": {"of": 5}})
try:
    hushed = "a key"
    raise ValueError("impossible")
except ValueError as error:
    logger.error("defect", exc_info=error)

async def answered():
    access.log("GET", "/b\x1b[2J\n", "getFact", 200, 0.0021, b"r-2", 3, "whole")
    access.flush()

import asyncio
asyncio.run(answered())
"""


def logged(**environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], env=ENVIRONMENT | environment, capture_output=True, check=True
    )
    return done.stderr.decode()


@pytest.mark.parametrize("form", ["json", "auto"])
def test_machines_get_one_object_a_line(form: str) -> None:
    records = [json.loads(line) for line in logged(COMPANYFACTS_LOG_FORMAT=form).splitlines()]
    chatter, left, defect, request = records
    assert (chatter["event"], chatter["level"], chatter["logger"]) == ("chatter", "info", "library")
    assert left["timestamp"].endswith("Z")
    del left["timestamp"]
    assert left == {
        "event": "3 left", "level": "warning", "logger": "library",
        "path": "/a\x1b[2J", "limit": {"of": 5}, "request_id": "r-1",
    }  # fmt: skip
    assert defect["exception"].startswith("Traceback (most recent call last):")
    assert defect["exception"].endswith("ValueError: impossible")
    assert (request["path"], request["request_id"]) == ("/b\x1b[2J\n", "r-2")


def test_people_get_warnings_and_requests_and_nothing_that_steers_their_terminal() -> None:
    shown = logged(COMPANYFACTS_LOG_FORMAT="console")
    left, defect, *trace, request = shown.splitlines()
    assert left[8:] == r" warning: 3 left path=/a\x1b[2J limit={'of': 5} request_id=r-1"
    assert defect[8:] == " error: defect request_id=r-1"
    assert trace[-1] == "ValueError: impossible"
    assert request[8:] == r" GET /b\x1b[2J\n 200 2.1 ms r-2"


def test_people_who_ask_get_everything() -> None:
    shown = logged(COMPANYFACTS_LOG_FORMAT="console", COMPANYFACTS_LOG_LEVEL="debug")
    assert shown.splitlines()[0][8:] == " info: chatter request_id=r-1"
