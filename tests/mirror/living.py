"""A log with entries of every sort, and what a mirror and its origin are both asked."""

import base64
import hashlib
from pathlib import Path
from typing import Any

from tests import bodies
from tests.edgar.test_api import LISTS, PAGE, SUBMISSIONS
from tests.edgar_documents import CIK, imported, imported_filers, row, small, written
from tests.running import Api

SECRET = "Acme made $77 in all. Nobody may pass this on."
SECRET_ID = bodies.source_id(SECRET)
LATE = "Acme made $15 in all."
GERMAN = "<html lang='de'><p>Müller made $12 in all.</p></html>"


def recorded(api: Api) -> str:
    """Companies, concepts, sources of all sorts, versions, retractions, and checks that came later. Returns a fact."""
    api.made("/v1/companies", bodies.company(name="Acme", identifiers={"ticker": "ACME"}))
    api.made("/v1/companies", bodies.company("acme-cloud", parent="acme"))
    api.made("/v1/companies", bodies.company(name="Acme Inc", aliases=["The Acme"]))
    api.made("/v1/concepts", {"id": "revenue", "label": "Revenue"})
    plain = api.made("/v1/sources", bodies.source("Acme made $13 in all."))["id"]
    page = bodies.source(None, title="A page", media_type="text/html", publisher="Other")
    page = api.made(
        "/v1/sources", {**page, "base64": _base64(GERMAN.encode("latin-1")), "charset": "latin1"}
    )["id"]
    secret = api.made("/v1/sources", bodies.source(SECRET, redistribute=False, publisher="Third"))["id"]
    late = bodies.source(None, title="Later", sha256=hashlib.sha256(LATE.encode()).hexdigest())
    late = api.made("/v1/sources", late)["id"]
    address = api.made("/v1/sources", bodies.source(None, url="https://example.org/a"))["id"]
    fact = api.made("/v1/facts", bodies.metric(plain, "13", citations=[bodies.quote(plain, "$13")]))["id"]
    sales = bodies.metric(plain, "13", subject="sales", citations=[bodies.quote(plain, "$13")])
    api.made("/v1/facts", sales)
    api.made("/v1/facts", bodies.metric(page, "12", citations=[bodies.quote(page, "$12")]))
    api.made("/v1/facts", bodies.metric(secret, "77", citations=[bodies.quote(secret, "$77")]))
    cited = [bodies.quote(late, "$15"), bodies.cite(address)]
    said = bodies.metric(late, "15.00", known_at="2025-08-01", citations=cited)
    api.made("/v1/facts", {**said, "attributed_to": "A person", "inferred": ["period"]})
    api.made("/v1/facts", bodies.statement(plain, company="acme-cloud", known_at="2025-09-01"))
    api.made("/v1/facts", bodies.market_share(plain, "0.036"))
    api.put(f"/v1/sources/{late}/snapshot", content=LATE, headers={"Content-Type": "text/plain"})
    api.made(f"/v1/facts/{fact}/retractions", {"version": 2, "reason": "misread"})
    # in one commit: a source, a fact that cites it, and the source's content, which is a second check
    text = "Acme made $18 in all."
    posted = bodies.source(None, title="At once", sha256=bodies.source_id(text)[7:])
    said = bodies.metric(
        bodies.source_id(text),
        "18",
        subject="profit",
        citations=[bodies.quote(bodies.source_id(text), "$18")],
    )
    content = bodies.ndjson({"source": posted}, {"fact": said}, {"source": {**posted, "text": text}})
    answer = api.post("/v1/imports", content=content, headers={"Content-Type": "application/x-ndjson"})
    assert answer.json()["created"] == 3, answer.text
    derived = {**bodies.source("Acme made $13 in all."), "derived_from": [address]}
    api.made("/v1/sources", derived)
    return fact


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode()


def import_edgar(dsn: str, folder: Path) -> None:
    """Two documents of one company, the older with a bad row that is left out, of which the newer restates, withdraws and has a
    label that is not the rule's; its submissions; and lists of tickers, of which the first comes again and adds no entry, since
    it is a source already."""
    first, newer = small(), small()
    rows: list[dict[str, Any]] = newer["facts"]["us-gaap"]["Revenues"]["units"]["USD"]
    accession = "0001234567-21-000003"
    rows.append(row("2020-12-31", 8, accession, "2021-03-01", start="2020-01-01", frame="CY2021"))
    del newer["facts"]["dei"]
    first["facts"]["us-gaap"]["Revenues"]["units"]["USD"].append(
        row("2018-13-31", 5, accession, "2021-03-01")
    )
    tickers = LISTS["company_tickers"]
    other = {**tickers, "1": {"cik_str": 5, "ticker": "FIVE", "title": "Five"}}
    for number, (document, list_) in enumerate(((first, tickers), (newer, other))):
        part = folder / f"{number}"
        part.mkdir()
        assert imported(dsn, written(part, document), skip_bad_rows=True).refused == []
        report = imported_filers(dsn, written(part, list_, "company_tickers.json"))[1]
        assert (report.documents, report.refused) == (1, []), (number, report)
    (folder / "filers").mkdir()
    written(folder / "filers", SUBMISSIONS)
    written(folder / "filers", PAGE, f"CIK{CIK:010}-submissions-001.json")
    assert imported_filers(dsn, folder / "filers")[0].documents == 2
    again = folder / "0" / "company_tickers.json"
    assert imported_filers(dsn, again)[1].documents == 1
