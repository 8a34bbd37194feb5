"""Asks a service that has the kind `recall` for it, everywhere: `python asking.py DSN KEY`.

Every answer is also held against the OpenAPI document that this service makes (`tests/conformity.py`).
"""

import csv
import io
import json
import sys
from typing import Any

import msgspec

from service.app import openapi_document
from service.core.kinds import MEASURED, NAMED, Name, names, numbers, sentence
from service.core.periods import parse_period
from tests import bodies, kinds_table
from tests.running import InProcess

TEXT = (
    "Acme is recalling 2,500 units of its Sprocket Mini sold over two years."
    " It refunds owners $45. A larger recall of 90 units was denied."
)


def recall(source: str, units: str, period: str, **fields: Any) -> dict[str, Any]:
    """An assertion that Acme takes back so many sprockets."""
    return {
        "kind": "recall",
        "company": "acme",
        "subject": "sprockets",
        "dimensions": {"geography": "JP"},
        "period": parse_period(period).period.wire(),
        "value": {
            "device": "Sprocket Mini",
            "units": bodies.quantity(units, "units"),
            "remedies": [{"what": "refund", "sum": bodies.quantity("45", "USD")}],
            "years": 2,
            "urgent": True,
        },
        "citations": [bodies.quote(source, TEXT[:108])],
        **fields,
    }


def ask(api: InProcess) -> None:
    """The whole life of two recalls."""
    api.made("/v1/companies", bodies.company(identifiers={"cik": "12"}))
    source = api.made("/v1/sources", bodies.source(TEXT))["id"]
    fact = api.made("/v1/facts", recall(source, "2500", "2025"))
    other = api.made("/v1/facts", recall(source, "2600", "2024"))

    # evidence: each number by its field, and no true or false among them
    (evidence,) = [cited["evidence"] for cited in fact["citations"]]
    agrees = {number["field"]: number["agrees"] for number in evidence["numbers"]}
    assert agrees == {"units": True, "remedies/0/sum": True, "years": True}, evidence
    assert (fact["evidence"], other["evidence"]) == ("verified", "unsupported")

    # what is asserted is read strictly
    wrong = api.post("/v1/facts", recall(source, "1", "2023", value={"device": "x", "units": 3}))
    assert wrong.status_code == 400, wrong.text
    assert wrong.json()["errors"][0]["pointer"] == "/value/units"

    # reads
    named = {"company": "acme", "kind": "recall", "subject": "sprockets"}
    assert api.found(f"/v1/facts/{fact['id']}") == fact
    assert api.found("/v1/lookup", **named, period="2025") == fact
    assert [
        one["id"] for one in api.found("/v1/facts", kind="recall", unit="units", min="2550")["items"]
    ] == [other["id"]]
    series = api.found("/v1/series", company="acme", subject="sprockets")
    assert series["kind"] == "recall"
    assert [row["quantity"]["value"] for row in series["items"]] == ["2600", "2500"]
    frame = {"kind": "recall", "subject": "sprockets", "unit": "units", "period": "2025"}
    (row,) = api.found("/v1/frames", **frame, dimension="geography:JP")["items"]
    assert row["fact"] == fact["id"]
    hits = api.found("/v1/search", q="mini refund")["items"]
    assert [hit["of"] for hit in hits if hit["kind"] == "fact"] == ["recall"]
    assert api.found(f"/v1/facts/{fact['id']}/versions")["items"] == [fact]

    # tables, EDGAR's form, the exchange
    rows = list(csv.DictReader(io.StringIO(api.get("/v1/facts.csv?kind=recall").text, newline="")))
    assert {(row["value"], row["unit"], row["text"]) for row in rows} == {
        ("2500", "units", "Sprocket Mini"),
        ("2600", "units", "Sprocket Mini"),
    }
    document = api.found("/api/xbrl/companyfacts/CIK0000000012.json", taxonomy="companyfacts")
    assert list(document["facts"]["companyfacts"]) == ["recall:sprockets"]
    line = bodies.ndjson({"fact": recall(source, "2500", "2025")})
    report = api.post("/v1/imports", content=line, headers={"Content-Type": "application/x-ndjson"}).json()
    assert (report["created"], report["unchanged"]) == (0, 1), report


def read_of_itself() -> None:
    """What is derived without a request: the document, the guide, names, words."""
    document = json.loads(openapi_document())
    schemas = document["components"]["schemas"]
    for union, member in (("Fact", "Recall"), ("Version", "Recall"), ("Assertion", "AssertRecall")):
        assert schemas[union]["discriminator"]["mapping"]["recall"] == f"#/components/schemas/{member}"
        assert schemas[member]["properties"]["value"] == {"$ref": "#/components/schemas/RecallValue"}
    listed = document["paths"]["/v1/facts"]["get"]["parameters"]
    (kind,) = [parameter for parameter in listed if parameter["name"] == "kind"]
    assert "recall" in kind["schema"]["enum"]
    told = "| `recall` | Products taken back. | `device`, `units`, perhaps `remedies`, `years`, `urgent` | `units` |"
    assert told in kinds_table.table()
    assert "recall" in set[str](MEASURED)
    value = msgspec.convert(recall("", "2500000", "2025")["value"], NAMED["recall"].value)
    assert names(value) == (Name("device", "product", "Sprocket Mini"),)
    assert [(one.field, one.label, one.role) for one in numbers(value)] == [
        ("units", "", None),
        ("remedies/0/sum", "refund", None),
        ("years", "", "duration"),
    ]
    assert sentence(value, {"geography": "JP"}, parse_period("2025").period) == (
        "recall of 2.5 million units of Sprocket Mini in Japan in 2025"
    )


if __name__ == "__main__":
    read_of_itself()
    with InProcess(*sys.argv[1:]) as service:
        ask(service)
