"""Small documents in EDGAR's form, helpers that import them, and an oracle of EDGAR's answers on a day."""

import asyncio
import copy
import json
from datetime import date
from pathlib import Path
from typing import Any

from service.edgar.filers_importer import FilersReport, import_submissions, import_tickers
from service.edgar.importer import FactsReport, import_facts
from service.postgres.database import opened

CIK = 7654321
PATH = f"/api/xbrl/companyfacts/CIK{CIK:010}.json"
REVENUES = f"/v1/lookup?company=cik:{CIK}&kind=metric&subject=us-gaap:Revenues&period=2019"


def row(
    end: str, val: float, accn: str, filed: str, *, start: str | None = None, **more: Any
) -> dict[str, Any]:
    told: dict[str, Any] = {} if start is None else {"start": start}
    told |= {"end": end, "val": val, "accn": accn, "fy": 2019, "fp": "FY", "form": "10-K", "filed": filed}
    return told | more


FIRST, SECOND = "0001234567-20-000001", "0001234567-21-000002"


def small() -> dict[str, Any]:
    """A document with a year that the next filing restates, an instant, and a ratio."""
    year = {"start": "2019-01-01"}
    return {
        "cik": CIK,
        "entityName": "Small\u00a0Works, Inc.",
        "facts": {
            "us-gaap": {
                "Revenues": {
                    "label": "Revenues",
                    "description": "All of them.",
                    "units": {
                        "USD": [
                            row("2019-12-31", 75126464, FIRST, "2020-02-20", **year),
                            row("2019-12-31", 75126000, SECOND, "2021-02-19", **year, frame="CY2019"),
                        ]
                    },
                },
                "EarningsPerShareBasic": {
                    "label": None,
                    "description": None,
                    "units": {
                        "USD/shares": [row("2019-12-31", 1.5, FIRST, "2020-02-20", **year, frame="CY2019")]
                    },
                },
            },
            "dei": {
                "EntityPublicFloat": {
                    "label": "Public Float",
                    "description": None,
                    "units": {"USD": [row("2019-06-28", 10, FIRST, "2020-02-20", frame="CY2019Q2I")]},
                }
            },
        },
    }


def written(folder: Path, document: Any, name: str = f"CIK{CIK:010}.json") -> Path:
    path = folder / name
    path.write_text(document if isinstance(document, str) else json.dumps(document))
    return path


def imported(dsn: str, *paths: Path, skip_bad_rows: bool = False) -> FactsReport:
    async def run_import() -> FactsReport:
        async with opened(dsn) as database:
            return await import_facts(database, paths, skip_bad_rows=skip_bad_rows)

    return asyncio.run(run_import())


def imported_filers(dsn: str, *paths: Path) -> tuple[FilersReport, FilersReport]:
    """Import submissions and lists of tickers; the report of each."""

    async def run_import() -> tuple[FilersReport, FilersReport]:
        async with opened(dsn) as database:
            return await import_submissions(database, paths), await import_tickers(database, paths)

    return asyncio.run(run_import())


def counts(report: FactsReport) -> tuple[int, int, int, int]:
    return report.documents, report.created, report.unchanged, report.withdrawn


def frame_of(start: str | None, end: str) -> tuple[str, int, int] | None:
    """The frame of a period, and the days between their ends and between their starts."""
    last = date.fromisoformat(end)
    first = last if start is None else date.fromisoformat(start)
    days = 0 if start is None else (last - first).days + 1
    ends = [
        (abs((date(y, m, d) - last).days), -date(y, m, d).toordinal(), f"CY{y}Q{q}", date(y, 3 * q - 2, 1))
        for y in (last.year - 1, last.year, last.year + 1)
        for q, (m, d) in enumerate(((3, 31), (6, 30), (9, 30), (12, 31)), 1)
    ]
    near, _, label, begins = min(ends)
    if days <= 31:
        return f"{label}I", near, abs((first - begins).days)
    if 61 <= days <= 121:
        return label, near, abs((first - begins).days)
    if 335 <= days <= 395:
        year = last.year if end[5:] >= "06-30" else last.year - 1
        return f"CY{year}", abs((last - date(year, 12, 31)).days), abs((first - date(year, 1, 1)).days)
    return None


def labels_of(rows: list[dict[str, Any]]) -> dict[int, str]:
    """The labels that the rule gives, by index of the row."""
    last: dict[tuple[str | None, str], int] = {}
    for place, one in enumerate(rows):
        period = (one.get("start"), one["end"])
        held = last.get(period)
        if held is None or (one["filed"], one["accn"]) >= (rows[held]["filed"], rows[held]["accn"]):
            last[period] = place
    nearest: dict[str, tuple[int, int, str, str, int]] = {}
    for (start, end), place in last.items():
        claimed = frame_of(start, end)
        if claimed is not None:
            label, by_end, by_start = claimed
            competing = (by_end, by_start, start or end, end, place)
            nearest[label] = min(nearest.get(label, competing), competing)
    return {place: label for label, (*_, place) in nearest.items()}


def labelled(document: dict[str, Any]) -> dict[str, Any]:
    """The document with the labels of the rule alone, without units that have no rows."""
    made = copy.deepcopy(document)
    for tags in made["facts"].values():
        for concept in tags.values():
            for rows in concept["units"].values():
                for one in rows:
                    one.pop("frame", None)
                for place, label in labels_of(rows).items():
                    rows[place]["frame"] = label
    return made


def as_of(document: dict[str, Any], day: str) -> dict[str, Any] | None:
    """The document that EDGAR would have answered on a day; None without rows."""
    shown = copy.deepcopy(document)
    for taxonomy, tags in document["facts"].items():
        for tag, concept in tags.items():
            units = {
                unit: kept
                for unit, rows in concept["units"].items()
                if (kept := [copy.copy(one) for one in rows if one["filed"] <= day])
            }
            if units:
                shown["facts"][taxonomy][tag]["units"] = units
            else:
                del shown["facts"][taxonomy][tag]
        if not shown["facts"][taxonomy]:
            del shown["facts"][taxonomy]
    return labelled(shown) if shown["facts"] else None


def framed(documents: list[dict[str, Any]], concept: str, unit: str, frame: str) -> list[dict[str, Any]]:
    """The points of a frame: the rows of these documents that have its label."""
    taxonomy, _, tag = concept.partition(":")
    return [
        {"accn": one["accn"], "cik": int(document["cik"]), "entityName": document["entityName"]}
        | {name: one[name] for name in ("start", "end", "val") if name in one}
        for document in sorted(documents, key=lambda d: int(d["cik"]))
        for one in document["facts"].get(taxonomy, {}).get(tag, {"units": {}})["units"].get(unit, [])
        if one.get("frame") == frame
    ]
