"""Bodies of requests, made short: what a test does not care about has a sensible value."""

import hashlib
import json
from typing import Any


def company(slug: str = "acme", **fields: Any) -> dict[str, Any]:
    return {"slug": slug, "name": slug.replace("-", " ").title(), **fields}


def source_id(text: str) -> str:
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"


def source(text: str | None = "Acme had a 36% market share.", **fields: Any) -> dict[str, Any]:
    described = {"title": "A report", "publisher": "Acme", "published_at": "2025-01-01", **fields}
    return described if text is None else {**described, "text": text}


def quantity(value: str | None = "36", unit: str = "percent", **fields: Any) -> dict[str, Any]:
    return {**({} if value is None else {"value": value}), "unit": unit, **fields}


def cite(source: str, **selector: Any) -> dict[str, Any]:
    return {"source": source, **({"selector": selector} if selector else {})}


def quote(source: str, exact: str, **fields: Any) -> dict[str, Any]:
    return cite(source, type="text_quote", exact=exact, **fields)


def market_share(source: str, number: str = "36", **fields: Any) -> dict[str, Any]:
    """An assertion that Acme's share of a market is so many percent."""
    return {
        "kind": "market_share",
        "company": "acme",
        "subject": "widgets",
        "period": {"start": "2025-01-01", "end": "2025-12-31"},
        "value": {"market": "Widgets", "share": quantity(number)},
        "known_at": "2025-06-30",
        "citations": [cite(source)],
        **fields,
    }


def metric(source: str, number: str = "10", unit: str = "USD", **fields: Any) -> dict[str, Any]:
    """An assertion that Acme's revenue is so much."""
    return {
        "kind": "metric",
        "company": "acme",
        "subject": "revenue",
        "period": {"start": "2025-01-01", "end": "2025-12-31"},
        "value": {"quantity": quantity(number, unit)},
        "known_at": "2025-06-30",
        "citations": [cite(source)],
        **fields,
    }


def statement(source: str, text: str = "Acme is well.", **fields: Any) -> dict[str, Any]:
    return {
        "kind": "statement",
        "company": "acme",
        "subject": "health",
        "value": {"text": text},
        "known_at": "2025-06-30",
        "citations": [cite(source)],
        **fields,
    }


def ndjson(*lines: dict[str, Any]) -> bytes:
    return b"".join(json.dumps(line).encode() + b"\n" for line in lines)
