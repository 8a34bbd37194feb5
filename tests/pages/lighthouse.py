"""Lighthouse's scores of the pages, median of three: `uv run python -m tests.pages.lighthouse`.

Exits with 1 where accessibility, best practices or search engines are below 95 of 100. It needs Node and Chromium, and takes
some minutes, so that it is not part of the tests.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from statistics import median
from typing import Any

from tests.clusters import cluster
from tests.contract.browser import CHROMIUM
from tests.keeping import npm_package
from tests.pages.test_pages import filled
from tests.running import Server

LIGHTHOUSE = "lighthouse@12.2.3"
PAGES = "home", "company", "disputed", "source", "series", "frame", "search", "changes", "disputes", "form"
LEAST, TIMES = 95, 3
WANTED = "accessibility", "best-practices", "seo"


def _measured(address: str) -> dict[str, Any]:
    """Lighthouse's report of a page."""
    program = npm_package("lighthouse", LIGHTHOUSE) / ".bin" / "lighthouse"
    done = subprocess.run(
        [program, address, "--quiet", "--output=json", "--chrome-flags=--headless=new --no-sandbox --disable-gpu",
         f"--only-categories=performance,{','.join(WANTED)}"],
        check=True, stdout=subprocess.PIPE, env={**os.environ, "CHROME_PATH": str(CHROMIUM)},
    )  # fmt: skip
    return json.loads(done.stdout)


def _lost(report: dict[str, Any]) -> Iterator[str]:
    """The audits that cost points."""
    for category in report["categories"].values():
        for one in category["auditRefs"]:
            score = report["audits"][one["id"]]["score"]
            if one["weight"] and score is not None and score < 0.9:
                yield f"{category['id']}: {one['id']}"


def main() -> int:
    """The command."""
    low = 0
    with cluster() as running, running.database() as dsn, Server(dsn, running.keys["write"]) as server:
        addresses = filled(server)
        for page in PAGES:
            reports = [_measured(f"{server.base}{addresses[page]}") for _ in range(TIMES)]
            scores = {
                name: round(100 * median(report["categories"][name]["score"] for report in reports))
                for name in ("performance", *WANTED)
            }
            low += any(scores[name] < LEAST for name in WANTED)
            told = ", ".join(f"{name} {score}" for name, score in scores.items())
            lost = "; ".join(sorted(set(_lost(reports[-1]))))
            sys.stdout.write(f"{page}: {told}{f' ({lost})' if lost else ''}\n")
            sys.stdout.flush()
    return 1 if low else 0


if __name__ == "__main__":
    sys.exit(main())
