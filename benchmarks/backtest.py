"""A quarterly signal on EDGAR's files, with today's values and as known on each day; `docs/backtest.md` explains it.

uv run companyfacts import edgar FOLDER         # of CIK….json, beside a service that runs
uv run python -m benchmarks.backtest http://127.0.0.1:8000 --page docs/backtest.md
"""

import argparse
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import httpx

COMPANIES = {"Apple": 320193, "Walmart": 104169, "Home Depot": 354950, "Under Armour": 1336917}
FIRST, LAST = 2012, 2016  # years of the days on which is decided
SUBJECTS = ("revenue", "net-income")
BEGIN, END = "<!-- backtest: begin -->", "<!-- backtest: end -->"

_INSIDE = re.compile(f"(?<={BEGIN}\n).*?(?={END})", re.DOTALL)

Ask = Callable[[str, Mapping[str, str]], Mapping[str, Any]]  # a path and a query, to the body of the answer


class Growth(NamedTuple):
    """How much a quarter was above the same quarter a year before, in percent, to one digit."""

    quarter: str  # its calendar frame, such as 2015Q1
    end: date
    percent: Decimal


class Decision(NamedTuple):
    """What is known of one company on one day."""

    day: date
    ended: Growth  # of the newest quarter that has ended, with today's values
    public: Growth  # of the newest quarter that is public, with today's values
    known: Growth  # of that quarter, as known on the day


def days() -> list[date]:
    """The last days of the calendar's quarters."""
    starts = [date(year, month, 1) for year in range(FIRST, LAST + 1) for month in (4, 7, 10)]
    starts += [date(year + 1, 1, 1) for year in range(FIRST, LAST + 1)]
    return sorted(start - timedelta(days=1) for start in starts)


def body_of(answer: httpx.Response) -> Mapping[str, Any]:
    """The body of an answer; nothing where nothing was public by the day."""
    if answer.status_code == 404:
        return {"items": []}
    body: Mapping[str, Any] = answer.raise_for_status().json()
    return body


def growths(ask: Ask, company: int, subject: str, prefix: str = "") -> list[Growth]:
    """The growth of each quarter, the newest first. With a prefix such as `/as-known/2015-06-30`, as known then."""
    query = {"company": f"cik:{company}", "subject": subject, "frequency": "quarterly", "derive": "true"}
    page = ask(f"{prefix}/v1/series", {**query, "sort": "-period", "limit": "12" if prefix else "1000"})
    quarters = {row["frame"]: row for row in reversed(page["items"]) if row["frame"]}
    found: list[Growth] = []
    for frame, row in quarters.items():
        before = quarters.get(f"{int(frame[:4]) - 1}{frame[4:]}")
        if before is None or before["subject"] != row["subject"]:
            continue  # of another tag, which may count other things
        if Decimal(before["quantity"]["value"]) <= 0:
            continue  # a growth from a loss says nothing
        ratio = Decimal(row["quantity"]["value"]) / Decimal(before["quantity"]["value"])
        percent = ((ratio - 1) * 100).quantize(Decimal("0.1"))
        found.append(Growth(frame, date.fromisoformat(row["period"]["end"]), percent))
    return sorted(found, key=lambda one: one.end, reverse=True)


def decisions(ask: Ask, company: int, subject: str) -> list[Decision]:
    """What is known of a company on each day."""
    today = growths(ask, company, subject)
    found: list[Decision] = []
    for day in days():
        known = growths(ask, company, subject, f"/as-known/{day}")
        ended = next((one for one in today if one.end <= day), None)
        public = next((one for one in today if known and one.quarter == known[0].quarter), None)
        if ended is not None and public is not None:
            found.append(Decision(day, ended, public, known[0]))
    return found


def report(ask: Ask) -> str:
    """The tables of the page."""
    parts: list[str] = []
    for subject in SUBJECTS:
        found = {name: decisions(ask, cik, subject) for name, cik in COMPANIES.items()}
        parts += [f"### {subject}", "", *_counts(found), "", *_picks(found), ""]
    return "\n".join(parts).rstrip() + "\n"


def _counts(found: Mapping[str, Sequence[Decision]]) -> Iterable[str]:
    yield "| company | days | not public yet | restated since | other sign |"
    yield "| --- | --- | --- | --- | --- |"
    for name, made in found.items():
        early = sum(one.ended.quarter != one.known.quarter for one in made)
        restated = sum(one.public.percent != one.known.percent for one in made)
        sign = sum((one.ended.percent > 0) != (one.known.percent > 0) for one in made)
        yield f"| {name} | {len(made)} | {early} | {restated} | {sign} |"


def _picks(found: Mapping[str, Sequence[Decision]]) -> Iterable[str]:
    by_day: dict[date, dict[str, Decision]] = {}
    for name, made in found.items():
        for one in made:
            by_day.setdefault(one.day, {})[name] = one
    whole = {day: made for day, made in by_day.items() if len(made) == len(found)}
    yield f"The company that grew most, on the {len(whole)} days on which the growth of all four is known:"
    yield ""
    yield "| values | another company than as known | first such days |"
    yield "| --- | --- | --- |"
    ways: Mapping[str, Callable[[Decision], Growth]] = {
        "today's, of quarters that have ended": lambda one: one.ended,
        "today's, of quarters that are public": lambda one: one.public,
    }
    for told, way in ways.items():
        different: list[str] = []
        for day, made in sorted(whole.items()):
            chosen = _most({name: way(one) for name, one in made.items()})
            right = _most({name: one.known for name, one in made.items()})
            if chosen != right:
                different.append(f"{day}: {chosen}, not {right}")
        yield f"| {told} | {len(different)} | {'; '.join(different[:3]) or 'none'} |"


def _most(growth: Mapping[str, Growth]) -> str:
    return max(growth, key=lambda name: growth[name].percent)


def written(page: str) -> str:
    """The tables as a page has them."""
    found = _INSIDE.search(page)
    if found is None:
        raise LookupError(f"the page has no {BEGIN}")
    return found.group()


def main() -> None:
    """Print the tables, or write them into the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url")
    parser.add_argument("--page", type=Path)
    given = parser.parse_args()
    with httpx.Client(base_url=given.url, timeout=60) as client:
        tables = report(lambda path, query: body_of(client.get(path, params=query)))
    if given.page is None:
        print(tables)
        return
    given.page.write_text(_INSIDE.sub(lambda _: tables, given.page.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    main()
