"""How a question of a workload is written as a request for each contender, and its answer read into one shape."""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

import msgspec

from benchmarks.measuring import Request
from benchmarks.work import FRAME, LIST, QUARTERS, Question

Ask = Callable[[Question], Request]
Told = tuple[str, int, str]  # id, version and value of a fact, which must be equal for all contenders


class AnswerError(Exception):
    """An answer reports an error."""


def _get(path: str, **parameters: object) -> Request:
    given = {name: value for name, value in parameters.items() if value}
    return Request("GET", f"{path}?{urlencode(given, safe=':')}" if given else path)


def _post(path: str, body: object, *, keyed: bool = False) -> Request:
    return Request("POST", path, msgspec.json.encode(body), keyed)


def _slot(q: Question) -> dict[str, str]:
    return {"company": q.company, "kind": q.kind, "subject": q.subject, "frequency": q.frequency}


def _batch(q: Question) -> object:
    return {"items": [_slot(one) for one in q.batch]}


def _assertion(q: Question) -> object:
    return {
        "kind": q.kind, "company": q.company, "subject": q.subject, "period": {"instant": "2024-12-31"},
        "value": {"quantity": {"value": q.value, "unit": "USD"}}, "known_at": "2025-01-15",
        "citations": [{"source": q.source}],
    }  # fmt: skip


def _series(path: str, q: Question, **more: object) -> Request:
    return _get(path, company=q.company, subject=q.subject, frequency=q.frequency, **more)


def _frame(path: str, q: Question) -> Request:
    return _get(path, subject=q.subject, unit="USD", period=q.period, limit=FRAME)


OURS: Mapping[str, Ask] = {
    "point_read": lambda q: _get(f"/v1/facts/{q.id}"),
    "lookup": lambda q: _get("/v1/lookup", **_slot(q)),
    "list_50": lambda q: _get(f"/v1/companies/{q.company}/facts", kind=q.kind, limit=LIST),
    "point_read_as_known": lambda q: _get(f"/v1/facts/{q.id}", known_at=q.known_at, at=q.at),
    "list_as_known": lambda q: _get(
        f"/v1/companies/{q.company}/facts", kind=q.kind, limit=LIST, known_at=q.known_at
    ),
    "series_40": lambda q: _series("/v1/series", q, sort="-period", limit=QUARTERS),
    "frame_5000": lambda q: _frame("/v1/frames", q),
    "wire_file": lambda q: _get(f"/api/xbrl/companyfacts/CIK{q.cik:010}.json"),
    "batch_100": lambda q: _post("/v1/lookup", _batch(q)),
    "search": lambda q: _get("/v1/search", q=q.subject, kind="company", limit=10),
    "assert_1": lambda q: _post("/v1/facts", _assertion(q)),
    "assert_32": lambda q: _post("/v1/facts", _assertion(q)),
    "assert_keyed": lambda q: _post("/v1/facts", _assertion(q), keyed=True),
}

FASTAPI: Mapping[str, Ask] = {
    "point_read": lambda q: _get(f"/facts/{q.id}"),
    "lookup": lambda q: _get("/lookup", **_slot(q)),
    "list_50": lambda q: _get(f"/companies/{q.company}/facts", kind=q.kind, limit=LIST),
    "point_read_as_known": lambda q: _get(f"/facts/{q.id}", known_at=q.known_at),
    "list_as_known": lambda q: _get(
        f"/companies/{q.company}/facts", kind=q.kind, limit=LIST, known_at=q.known_at
    ),
    "series_40": lambda q: _series("/series", q, limit=QUARTERS),
    "frame_5000": lambda q: _frame("/frames", q),
    "wire_file": lambda q: _get(f"/companyfacts/{q.cik}"),
    "batch_100": lambda q: _post("/lookup", _batch(q)),
    "search": lambda q: _get("/search", q=q.subject, limit=10),
    "assert_1": lambda q: _post("/facts", _assertion(q)),
    "assert_32": lambda q: _post("/facts", _assertion(q)),
}

# of a peer that keeps citations and answers and ranks companies as ours does
EQUAL: Mapping[str, Ask] = {
    "search": lambda q: _get("/ranked", q=q.subject, limit=10),
    **dict.fromkeys(
        ("assert_1", "assert_32", "assert_keyed"),
        lambda q: _post("/assertions", _assertion(q), keyed=True),
    ),
}

_FACT = """id: rowId company kind subject dimensions basis periodStart periodEnd value knownAt version status
    recordedAt position evidence disputed rivals citations"""
_ROW = "company id: rowId version periodStart periodEnd frame value knownAt evidence citations"


def _graphql(query: str, **variables: str) -> Request:
    return _post("/graphql", {"query": " ".join(query.split()), "variables": variables})


GRAPHQL: Mapping[str, Ask] = {
    "point_read": lambda q: _graphql(
        f"query($id: UUID!) {{ factByRowId(rowId: $id) {{ {_FACT} }} }}", id=q.id
    ),
    "lookup": lambda q: _graphql(
        f"""query($company: String!, $kind: String!, $subject: String!, $frequency: String!) {{
        allFacts(condition: {{company: $company, kind: $kind, subject: $subject, frequency: $frequency}},
            orderBy: [PERIOD_END_DESC, ROW_ID_ASC], first: 1) {{ nodes {{ {_FACT} }} }} }}""",
        **_slot(q),
    ),
    "list_50": lambda q: _graphql(
        f"""query($company: String!, $kind: String!) {{
        allFacts(condition: {{company: $company, kind: $kind}},
            orderBy: [SUBJECT_ASC, PERIOD_END_DESC, ROW_ID_ASC], first: {LIST}) {{ nodes {{ {_FACT} }} }} }}""",
        company=q.company,
        kind=q.kind,
    ),
    "series_40": lambda q: _graphql(
        f"""query($company: String!, $subject: String!, $frequency: String!) {{
        allFacts(condition: {{company: $company, kind: "metric", subject: $subject, frequency: $frequency}},
            orderBy: [PERIOD_END_DESC, ROW_ID_ASC], first: {QUARTERS}) {{ nodes {{ {_ROW} }} }} }}""",
        company=q.company,
        subject=q.subject,
        frequency=q.frequency,
    ),
    "frame_5000": lambda q: _graphql(
        f"""query($subject: String!, $period: String!) {{
        allFacts(condition: {{kind: "metric", subject: $subject, frame: $period, unit: "USD"}},
            orderBy: [COMPANY_ASC], first: {FRAME}) {{ nodes {{ {_ROW} }} }} }}""",
        subject=q.subject,
        period=q.period,
    ),
}

_ROWS = {"_shape": "objects"}

DATASETTE: Mapping[str, Ask] = {
    "point_read": lambda q: _get(f"/facts/facts/{q.id}.json", **_ROWS),
    "lookup": lambda q: _get("/facts/lookup.json", **_slot(q), **_ROWS),
    "list_50": lambda q: _get("/facts/list.json", company=q.company, kind=q.kind, **_ROWS),
    "series_40": lambda q: _series("/facts/series.json", q, **_ROWS),
    "frame_5000": lambda q: _get("/facts/frame.json", subject=q.subject, period=q.period, **_ROWS),
}


# -- what was told -----------------------------------------------------------------------------------------


def _value(value: object) -> str:
    return msgspec.json.encode(_bare(value), order="sorted").decode()


def _bare(value: object) -> object:
    """A value without its default fields."""
    if isinstance(value, dict):
        fields = msgspec.convert(value, dict[str, object])
        return {k: _bare(v) for k, v in fields.items() if v is not None and (k, v) != ("bound", "exact")}
    return value


def _told(work: str, fact: str, version: int, value: dict[str, Any]) -> Told:
    return fact, version, _value(value["quantity"] if work in {"series_40", "frame_5000"} else value)


def told_json(work: str, body: bytes) -> list[Told]:
    """Read an answer of ours or of a FastAPI peer."""
    answer = msgspec.json.decode(body, type=dict[str, Any])
    match work:
        case "series_40" | "frame_5000":
            return [(row["fact"], row["version"], _value(row["quantity"])) for row in answer["items"]]
        case "wire_file":
            return [(str(int(answer["cik"])), 0, msgspec.json.encode(answer["facts"]).decode())]
        case "search":
            return [(answer["items"][0]["company"], 0, "")]  # the order after the best result may differ
        case "assert_1" | "assert_32" | "assert_keyed":
            return [("", 0, _value(answer["value"]))]  # each server makes its own ids
        case _:
            items = answer.get("items", [answer])
            facts = [item.get("fact", item) for item in items]
            return [_told(work, fact["id"], fact["version"], fact["value"]) for fact in facts]


def told_graphql(work: str, body: bytes) -> list[Told]:
    """Read an answer of PostGraphile."""
    answer = msgspec.json.decode(body, type=dict[str, Any])
    if answer.get("errors"):
        raise AnswerError(answer["errors"])
    data = answer["data"]
    facts = [data["factByRowId"]] if "factByRowId" in data else data["allFacts"]["nodes"]
    return [_told(work, fact["id"], fact["version"], fact["value"]) for fact in facts]


def told_rows(work: str, body: bytes) -> list[Told]:
    """Read an answer of Datasette."""
    answer = msgspec.json.decode(body, type=dict[str, Any])
    rows = answer["rows"]
    return [_told(work, row["id"], row["version"], msgspec.json.decode(row["value"])) for row in rows]


def told_nothing(_work: str, _body: bytes) -> list[Told]:
    """Read an answer of `hello`, which has no content to compare."""
    return []
