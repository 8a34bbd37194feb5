"""Facts of real EDGAR files as ordinary requests: a source for each filing, an assertion for each row."""

import gzip
import json
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from service.core.citations import Cite, SourceDescription
from service.core.companies import CompanyDescription
from service.core.identity import address_id
from service.core.kinds.metric import AssertMetric, MetricValue
from service.core.periods import Period
from service.core.quantities import Quantity
from service.core.requests import AddSource, AssertFact, DescribeCompany, Request
from service.core.sources import NamedSource

FOLDER = Path(__file__).parents[2] / "shared" / "data" / "edgar"
APPLE, MCDONALDS, WALMART, HOME_DEPOT, DISNEY, UNDER_ARMOUR = 320193, 63908, 104169, 354950, 1744489, 1336917


@cache
def plain(name: str) -> dict[str, Any]:
    """A real document, by its file name at EDGAR."""
    path = FOLDER / f"{name}.gz"
    if not path.exists():
        pytest.skip("../shared/data is absent: the EDGAR files stand there")
    return json.loads(gzip.decompress(path.read_bytes()))


def document(cik: int) -> dict[str, Any]:
    """The real company facts of a company."""
    return plain(f"CIK{cik:010}.json")


def rows(cik: int, concept: str, unit: str = "USD") -> list[dict[str, Any]]:
    """The rows of a concept, in the order in which their versions are numbered."""
    taxonomy, _, tag = concept.partition(":")
    return sorted(document(cik)["facts"][taxonomy][tag]["units"][unit], key=lambda r: (r["filed"], r["accn"]))


def slug(cik: int) -> str:
    return f"cik-{cik:010d}"


def requests(cik: int, concepts: Iterable[tuple[str, str]]) -> list[Request]:
    """The requests that record these concepts of a company, each given with its unit."""
    name = " ".join(document(cik)["entityName"].split())
    found: list[Request] = [
        DescribeCompany(CompanyDescription(slug=slug(cik), name=name, identifiers={"cik": str(cik)}))
    ]
    cited: dict[str, str] = {}
    for concept, unit in concepts:
        for row in rows(cik, concept, unit):
            if row["accn"] not in cited:
                source = filing(cik, name, row)
                cited[row["accn"]] = source.source.id
                found.append(source)
            found.append(assertion(cik, concept, unit, row, cited[row["accn"]]))
    return found


def filing(cik: int, name: str, row: dict[str, Any]) -> AddSource:
    accession = row["accn"]
    url = f"https://www.sec.gov/Archives/edgar/data/{cik}/{accession.replace('-', '')}/{accession}-index.htm"
    described = SourceDescription(
        title=f"{name} {row['form']} {row['filed']}",
        publisher=name,
        url=url,
        published_at=date.fromisoformat(row["filed"]),
        media_type="text/html",
    )
    return AddSource(NamedSource(address_id(url), described, None), None)


def assertion(cik: int, concept: str, unit: str, row: dict[str, Any], source: str) -> AssertFact:
    return AssertFact(
        AssertMetric(
            company=slug(cik),
            subject=concept,
            period=period(row),
            value=MetricValue(quantity=Quantity(unit=unit, value=f"{row['val']}")),
            known_at=date.fromisoformat(row["filed"]),
            citations=[Cite(source=source)],
        )
    )


def period(row: dict[str, Any]) -> Period:
    end = date.fromisoformat(row["end"])
    return (
        Period(instant=end)
        if row.get("start") is None
        else Period(start=date.fromisoformat(row["start"]), end=end)
    )
