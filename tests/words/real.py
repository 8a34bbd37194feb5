"""Real company facts, cut to the tags of the standard concepts."""

import copy
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from service.words.concepts import STANDARD
from tests.edgar_documents import imported, written
from tests.edgar_files import document

FILERS = {
    "McDonald's": 63908,
    "Walmart": 104169,
    "Apple": 320193,
    "Home Depot": 354950,
    "Under Armour": 1336917,
    "Disney": 1744489,
    "Logistic Properties": 1997711,
}
LOADED = "Apple", "Walmart", "Home Depot", "Under Armour"  # of the fixture `real`
REVENUES, SALES = "us-gaap:Revenues", "us-gaap:SalesRevenueNet"
CONTRACTS = "us-gaap:RevenueFromContractWithCustomerExcludingAssessedTax"
TAGS = frozenset(tag for one in STANDARD for tag in one.tags if ":" in tag)


@cache
def cut(cik: int) -> dict[str, Any]:
    """The document of a filer with the tags of the standard concepts alone."""
    whole = document(cik)
    found = {name: copy.copy(part) for name, part in whole.items()}
    found["facts"] = {
        taxonomy: kept
        for taxonomy, tags in whole["facts"].items()
        if (kept := {tag: told for tag, told in tags.items() if f"{taxonomy}:{tag}" in TAGS})
    }
    return found


def load(dsn: str, folder: Path, filers: Iterable[int]) -> None:
    """Import the cut documents of these filers."""
    imported(dsn, *(written(folder, cut(cik), f"CIK{cik:010}.json") for cik in filers))


def slug(filer: str) -> str:
    """The slug of a filer."""
    return f"cik-{FILERS[filer]:010}"
