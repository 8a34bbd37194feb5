"""Records what a service with the sample answers, as the examples of the OpenAPI document.

    uv run companyfacts serve --data-dir /tmp/examples --port 8765 &
    KEY=$(uv run companyfacts key create --scope write --data-dir /tmp/examples)
    uv run python openapi/record_examples.py http://127.0.0.1:8765 "$KEY"

It writes to the service (a second version, a retraction), so give it one to throw away.
"""

import json
import sys
from pathlib import Path
from typing import Any

import httpx

from service.core.kinds import KINDS

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "service" / "web" / "examples.json"
COMPONENTS = {kind.name: kind.fact.__name__ for kind in KINDS}
LOOKUP = {"company": "alibaba-cloud", "kind": "market_share", "subject": "ai-cloud"}


def recorded(http: httpx.Client) -> dict[str, Any]:
    """The examples, by the component of the document they are of."""

    def get(path: str, **params: Any) -> Any:
        return http.get(path, params=params).raise_for_status().json()

    def post(path: str, body: Any) -> Any:
        return http.post(path, json=body).raise_for_status().json()

    found: dict[str, Any] = {}
    for line in (ROOT / "service" / "sample" / "sample.ndjson").read_text().splitlines():
        fact = json.loads(line).get("fact")
        if fact is not None:
            found.setdefault(f"Assert{COMPONENTS[fact['kind']]}", fact)
    for kind, component in COMPONENTS.items():
        found[component] = get("/v1/facts", kind=kind, limit=1)["items"][0]
    share = get("/v1/lookup", **LOOKUP)
    fact_id = share["id"]
    company = get("/v1/companies/alibaba-cloud")
    source = get("/v1/sources", limit=2)["items"][1]
    concept = get("/v1/concepts", limit=1)["items"][0]
    assertion = found["AssertMarketShare"]
    found |= {
        "MarketShare": share,
        "Fact": share,
        "FactPage": {"items": [share], "next": None},
        "LookupResults": post("/v1/lookup", {"items": [LOOKUP, LOOKUP | {"subject": "space"}]}),
        "Company": company,
        "CompanyPage": get("/v1/companies", q="cloud", limit=1),
        "Source": source,
        "SourcePage": {"items": [source], "next": None},
        "Concept": concept,
        "ConceptPage": {"items": [concept], "next": None},
        "Assertion": assertion,
        "SeriesPage": get("/v1/series", company="alibaba-cloud", subject="ai-cloud", kind="market_share"),
        "SearchPage": get("/v1/search", q="alibaba ai cloud", limit=3),
        "FramePage": get("/v1/frames", subject="ai-cloud", kind="market_share", unit="percent", period="2025",
                         dimension="geography:CN"),
    }  # fmt: skip
    restated = assertion | {
        "known_at": "2026-02-19",
        "value": {"market": "AI cloud", "share": {"value": "35.8", "unit": "percent"}},
    }
    second = post("/v1/facts", restated)
    found["Diff"] = get(f"/v1/facts/{fact_id}/diff", **{"from": 1, "to": second["version"]})
    found["Retraction"] = post(
        f"/v1/facts/{fact_id}/retractions",
        {"version": second["version"], "reason": "misread: the figure is for another year"},
    )
    found["Version"] = found["Retraction"]
    found["VersionPage"] = get(f"/v1/facts/{fact_id}/versions")
    found["Changes"] = get("/v1/changes", after=found["Retraction"]["position"] - 2, limit=2)
    report = http.post(
        "/v1/imports?partial=true",
        content='{"company":{"slug":"shiseido","name":"Shiseido"}}\n{"company":{"slug":"Shiseido"}}\n',
        headers={"Content-Type": "application/x-ndjson"},
    )
    found["ImportReport"] = report.raise_for_status().json()
    found["Readiness"] = get("/readyz")
    return found


if __name__ == "__main__":
    base, key = sys.argv[1:]
    with httpx.Client(base_url=base, headers={"Authorization": f"Bearer {key}"}) as client:
        examples = recorded(client)
    TARGET.write_text(json.dumps(dict(sorted(examples.items())), indent=1, ensure_ascii=False) + "\n")
