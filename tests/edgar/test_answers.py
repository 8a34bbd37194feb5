"""Fast rendering of imported facts, compared with the rendering of every other fact."""

import json
from datetime import UTC, date, datetime

import pytest

from service.core import imported
from service.core.citations import SourceDescription
from service.core.facts import FactKey
from service.core.history import Check, Imported, Version
from service.core.identity import company_half, company_key
from service.core.imported import Cited
from service.core.packing import packed, unpacked
from service.core.rendering import render
from service.edgar import entries
from service.edgar.answers import Answers, cut
from service.edgar.documents import DocumentReader
from tests.edgar_documents import CIK, small

NOW = datetime(2026, 11, 24, 3, 4, 5, 678901, UTC)


@pytest.mark.parametrize("unit", ["USD", "USD/shares", "_Year", "Métier", "人", "x·y"])
def test_the_bytes_are_those_of_the_slow_rendering(unit: str) -> None:
    document = small()
    revenues = document["facts"]["us-gaap"]["Revenues"]
    revenues["units"] = {unit: revenues["units"]["USD"]}
    found = DocumentReader().read(json.dumps(document).encode())
    slug = entries.slug_of(CIK)
    source = entries.document_source("/api/xbrl/companyfacts/x.json", found.digest, "Facts “of” a company")
    compared = 0
    for series in found.series:
        fast = Answers(slug, company_half(company_key(slug)), series.subject, series.unit, NOW)
        for fact in series.facts:
            entry, version = fact.entries[-1], len(fact.entries)
            filed = date.fromisoformat(entry.filing.filed)
            filing = entries.filing_source(
                CIK, 'A "name" \\ é', entry.filing.accession, entry.filing.form, filed
            )
            template = imported.template(
                Cited(filing.id, filing.description, archived=False),
                Cited(source.id, source.description, archived=True),
            )
            key = FactKey(
                company=slug, kind="metric", subject=series.subject, dimensions={}, basis="reported",
                period=fact.span.period, unit=series.unit, comparison=None,
            )  # fmt: skip
            kept = Imported(1, entry.place, entry.number)
            slow = Version(
                version=version, known_at=filed, position=812, recorded_at=NOW, publisher=imported.VOICE, quantity=None,
                value=imported.value_of(series.unit, entry.number), sources=[], content=b"", imported=kept,
                checks=[Check(812, "verified", imported.citations_of(key, kept, template))],
            )  # fmt: skip
            dated, undated = fast.render(fact, entry, version, 812, cut(template))
            whole = dated + undated
            assert whole == render(key, key.id, slow, asserted=True, rivals=[], publishers=None)
            kept_so = packed(whole, len(undated) - 2)
            by_then = render(key, key.id, slow, asserted=True, rivals=[], publishers=None, known_at=filed)
            assert unpacked(kept_so) == whole != by_then == unpacked(kept_so, filed)
            compared += 1
    assert compared == 3


def test_sources_are_described_with_all_that_json_escapes() -> None:
    described = SourceDescription(title="a", publisher=imported.PUBLISHER, media_type="text/html")
    assert (
        imported.template(Cited("a", described, archived=False), Cited("b", described, archived=True)).count(
            b"\0"
        )
        == 2
    )
