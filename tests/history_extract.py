"""Makes the filers of the sample `history` from their documents in EDGAR, which are in the public domain.

    uv run python -m tests.history_extract

Of each document only the annual values of the main figures are kept, row by row as they stand there.
"""

import gzip
import json
from datetime import date
from pathlib import Path
from typing import Any

from tests.edgar_files import FOLDER

TARGET = Path(__file__).resolve().parent.parent / "service" / "sample" / "history"
FILERS = ("CIK0000320193", "CIK0001336917")  # Apple, Under Armour
CONCEPTS = (
    "Assets", "EarningsPerShareDiluted", "NetCashProvidedByUsedInOperatingActivities", "NetIncomeLoss", "OperatingIncomeLoss",
    "RevenueFromContractWithCustomerExcludingAssessedTax", "Revenues", "SalesRevenueNet", "StockholdersEquity",
)  # fmt: skip
_YEAR = range(340, 381)  # days


def whole(filer: str) -> dict[str, Any]:
    """The document of a filer."""
    with gzip.open(FOLDER / f"{filer}.json.gz") as file:
        return json.load(file)


def is_kept(row: dict[str, Any]) -> bool:
    """Whether a row is about a year, or about a day at the end of one in an annual report."""
    if "start" in row:
        return (date.fromisoformat(row["end"]) - date.fromisoformat(row["start"])).days in _YEAR
    return row["form"].startswith("10-K") and row["fp"] == "FY"


def extract(document: dict[str, Any]) -> dict[str, Any]:
    """The kept rows of a document, in its order."""
    found: dict[str, Any] = {}
    for name, concept in document["facts"]["us-gaap"].items():
        if name in CONCEPTS:
            units = {unit: [row for row in rows if is_kept(row)] for unit, rows in concept["units"].items()}
            found[name] = {**concept, "units": {unit: rows for unit, rows in units.items() if rows}}
    return {
        "cik": document["cik"],
        "entityName": document["entityName"],
        "facts": {"us-gaap": {name: concept for name, concept in found.items() if concept["units"]}},
    }


def written(document: dict[str, Any]) -> str:
    """A document as JSON, with a row on each line."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).replace("},{", "},\n{") + "\n"


if __name__ == "__main__":
    for filer in FILERS:
        (TARGET / f"{filer}.json").write_text(written(extract(whole(filer))))
