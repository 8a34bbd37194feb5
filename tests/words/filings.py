"""Rows of real company facts, for oracles."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from service.words.concepts import StandardConcept
from tests.words.real import cut

Key = tuple[str | None, str, str]  # first day, last day, unit


class Row(NamedTuple):
    """One value in one filing."""

    tag: str
    unit: str
    start: str | None
    end: str
    number: Decimal
    filed: str
    accession: str
    form: str


def rows_of(cik: int, concept: StandardConcept) -> list[Row]:
    """The rows of a filer that may be values of a concept."""
    found: list[Row] = []
    for tag in concept.tags:
        taxonomy, _, name = tag.partition(":")
        units = cut(cik)["facts"].get(taxonomy, {}).get(name, {}).get("units", {})
        for unit, rows in units.items():
            if concept.has_unit(unit):
                found += [
                    Row(
                        tag, unit, row.get("start"), row["end"], Decimal(str(row["val"])), row["filed"], row["accn"],
                        row["form"],
                    )
                    for row in rows
                    if ("start" in row) == (concept.holds == "flow")
                ]  # fmt: skip
    return found


def by_period(rows: Iterable[Row]) -> dict[Key, list[Row]]:
    """The rows by period and unit."""
    found: dict[Key, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.start, row.end, row.unit].append(row)
    return found
