"""What Schemathesis has to be told: how NDJSON is written, and bodies that the sample's sources bear out."""

import itertools
import json
import os
import re
import uuid
import zlib
from datetime import date
from pathlib import Path
from typing import Any, cast

import schemathesis
from hypothesis import strategies as st

_RUN = uuid.uuid4().hex
_numbers = itertools.count(1)
hook: Any = cast("Any", schemathesis).hook
SAMPLE = (
    (Path(__file__).resolve().parents[2] / "service" / "sample" / "sample.ndjson").read_text().splitlines()
)
FACTS = [fact for line in SAMPLE if (fact := json.loads(line).get("fact")) is not None]
METRICS = [fact for fact in FACTS if fact["kind"] == "metric"]
FRAMED = [fact for fact in METRICS if "comparison" not in fact["value"] and fact.get("period")]
_CIK = st.sampled_from(["CIK0001997711", "CIK0001744489", "CIK0000320193", "CIK0000000001"])
_FILE = _CIK.map(lambda cik: f"{cik}.json")
Values = dict[str, Any]
_TAXONOMY, _TAG = st.just("us-gaap"), st.sampled_from(["Assets", "Revenues", "NetIncomeLoss"])
EDGAR = {
    "getEdgarCompanyFacts": {"file": _FILE},
    "getEdgarCompanyConcept": {
        "company": _CIK,
        "taxonomy": _TAXONOMY,
        "file": _TAG.map(lambda tag: f"{tag}.json"),
    },
    "getEdgarFrame": {
        "taxonomy": _TAXONOMY,
        "tag": _TAG,
        "unit": st.just("USD"),
        "file": st.sampled_from(["CY2023Q4I.json", "CY2023.json", "CY2022Q3.json"]),
    },
    "getEdgarSubmissions": {"file": _FILE},
    "getEdgarTickers": {"file": st.sampled_from(["company_tickers.json", "company_tickers_mf.json"])},
}
_PAGE = {"limit", "cursor", "after"}
_answered: set[str] = set()
# of the coverage cases that are of no new kind, the share that is sent
_EFFORT = float(os.environ.get("TEST_EFFORT", "40"))
_AGAIN = 0.02 * _EFFORT
_tried: set[tuple[object, ...]] = set()
LINES = st.one_of(
    st.sampled_from(SAMPLE),
    st.sampled_from(
        [
            "",
            " ",
            "{}",
            "[]",
            "null",
            '{"fact":{}}',
            '{"company":{"slug":"acme"',
            '{"company":{"slug":"acme","name":"Acme","parent":"acme"}}',
            '{"company":{"slug":"acme","slug":"acme-2","name":"Acme"}}',
            '{"company":{"slug":"acme","name":"Acme"},"concept":{"id":"a","label":null}}',
            '{"retraction":{"fact":"ff15fa6d-9178-8e12-8a5b-5ba4de7a66c5","version":1,"reason":"a mistake"}}',
            '{"source":{"title":"A","text":"b","sha256":"' + "0" * 64 + '"}}',
        ]
    ),
    st.text(max_size=50),
)


@st.composite
def assertions(draw: st.DrawFn) -> dict[str, Any]:
    """A fact of the sample as somebody might assert it again: another day, slot or passage."""
    fact = dict(draw(st.sampled_from(FACTS)))
    fact["known_at"] = draw(st.dates(date(2025, 12, 31), date(2026, 12, 31))).isoformat()
    if draw(st.booleans()):
        fact["basis"] = draw(st.sampled_from(["reported", "estimated", "forecast", "planned"]))
    if draw(st.booleans()):
        fact["dimensions"] = {**fact["dimensions"], "segment": f"s{draw(st.integers(1, 10**6))}"}
    if draw(st.booleans()):
        fact["citations"] = [{"source": cite["source"]} for cite in fact["citations"]]
    return fact


@schemathesis.serializer("application/x-ndjson")
def ndjson(_context: Any, value: Any) -> bytes:
    """Lines as they are, anything else as a line of JSON."""
    if isinstance(value, bytes):
        return value
    text = value if isinstance(value, str) else json.dumps(value)
    return text.encode("utf-8", "surrogatepass")


@hook
def before_generate_body(context: Any, strategy: Any) -> Any:
    """Beside any body that fits the schema, those that mean something here."""
    match context.operation.definition.raw.get("operationId"):
        case "importLines":
            return strategy | st.lists(LINES, max_size=8).map("\n".join)
        case "assertFact":
            return strategy | assertions()
        case "postSource":
            return strategy | st.text("abc ", min_size=1).map(
                lambda text: {"title": "A report", "text": text}
            )
        case "lookUpFacts":
            return strategy | st.lists(
                st.sampled_from(FACTS).map(lambda fact: {n: fact[n] for n in ("company", "kind", "subject")}),
                min_size=1,
                max_size=3,
            ).map(lambda items: {"items": items})
        case _:
            return strategy


def mixed(made_up: Any, good: Any) -> Any:
    """Made-up parameters, each of which may be replaced by its good value, independently of the others.

    A fault of one parameter shows only while the others lead to the code behind it: with all made up, a request ends at
    the first that is wrong, and with all good there is nothing wrong. `made_up` draws a dictionary, in a wrapper if
    Schemathesis breaks the schema on purpose, and that is left alone.
    """

    @st.composite
    def draw_each(draw: st.DrawFn) -> Any:
        made, known = draw(made_up), draw(good)
        if not isinstance(made, dict):
            return made
        given = cast("Values", made)
        return given | {name: value for name, value in known.items() if draw(st.booleans())}

    return draw_each()


@hook
def before_generate_path_parameters(context: Any, strategy: Any) -> Any:
    """Beside any path that fits the schema, paths of EDGAR's with some or all parameters of documents that may be there."""
    known = EDGAR.get(context.operation.definition.raw.get("operationId"))
    if known is None:
        return strategy
    good = st.fixed_dictionaries(known)
    return strategy | mixed(strategy, good) | good


@hook
def before_generate_query(context: Any, strategy: Any) -> Any:
    """Beside any query that fits the schema, those that the sample has an answer to."""
    match context.operation.definition.raw.get("operationId"):
        case "lookUpFact":
            wanted = st.sampled_from(FACTS).map(
                lambda fact: {n: fact[n] for n in ("company", "kind", "subject")}
            )
        case "getSeries" | "getSeriesCsv" | "getSeriesParquet":
            wanted = st.sampled_from(METRICS).map(lambda fact: {n: fact[n] for n in ("company", "subject")})
        case "getFrame" | "getFrameCsv" | "getFrameParquet":
            wanted = st.sampled_from(FRAMED).map(
                lambda fact: {
                    "subject": fact["subject"],
                    "unit": fact["value"]["quantity"]["unit"],
                    "period": "2025Q3" if "start" in fact["period"] else "2025Q4I",
                }
            )
        case "searchEverything":
            wanted = st.sampled_from(FACTS).map(lambda fact: {"q": f"{fact['company']} {fact['subject']}"})
        case _:
            return strategy
    return strategy | mixed(strategy, wanted) | wanted


@hook
def filter_case(context: Any, case: Any) -> bool:
    """Of every kind of coverage case the first, and of the others as many as this run's effort allows.

    What is tried is a type that is wrong, a string that is too long, and so on. For each operation every parameter is tried
    rightly and wrongly; and everything that can be tried with a parameter, or with a place in a body, is tried with one of
    the operations that have it, since the same code reads it for all of them. These are 3,100 of 7,000 cases. A list as Parquet
    counts as that list as CSV, from which it differs only in how rows are written. A slow machine tries fewer parameters of an
    operation, if they were tried with others.
    """
    if case.meta is None or case.meta.phase.name.value != "coverage":
        return True
    mode, tried = case.meta.generation.mode, case.meta.phase.data
    parameter = (mode, tried.parameter_location, tried.parameter)
    label = context.operation.label.replace(".parquet", ".csv")
    kinds: set[tuple[object, ...]] = {(label,), (*parameter, tried.scenario, tried.description)}
    if _chosen(repr((label, *parameter)).encode(), _EFFORT):
        kinds.add((label, *parameter))
    if not kinds <= _tried:
        _tried.update(kinds)
        return True
    return _chosen(_told(case), _AGAIN)


def _chosen(told: bytes, share: float) -> bool:
    """Whether this is among a share of all, the same at every run."""
    return zlib.crc32(told) % 1000 < 1000 * share


def _told(case: Any) -> bytes:
    """A request in bytes, to decide by what has no part in it."""
    return repr((case.method, case.path_parameters, case.query, case.headers, case.body)).encode(
        "utf-8", "surrogatepass"
    )


@hook
def before_call(_context: Any, case: Any, _kwargs: Any) -> None:
    """Most requests are such that they come through, and lead on.

    They get an Idempotency-Key of their own: else each would be refused for the one before it. Those that follow links
    drop what empties their answer (a condition that holds, a preference for no body, a filter that keeps nothing), and
    ask for short pages, that there be a next one. Not those that are wrong on purpose: a case that was changed is judged
    as if it were right.
    """
    number = zlib.crc32(_told(case))
    if (case.meta is not None and case.meta.generation.mode.is_negative) or number % 10 == 0:
        return
    headers, query = cast("dict[str, Any]", case.headers or {}), cast("dict[str, Any]", case.query or {})
    name = headers.get("Idempotency-Key")
    if isinstance(name, str) and re.fullmatch(r"[!-~]{1,255}", name):
        headers["Idempotency-Key"] = f"{_RUN}-{next(_numbers)}"
    if case.meta is not None and case.meta.phase.name.value == "stateful":
        for left_out in ("If-None-Match", "Prefer"):
            headers.pop(left_out, None)
        for parameter in case.operation.query:
            if not parameter.is_required and parameter.name not in _PAGE:
                query.pop(parameter.name, None)
        if "limit" in query:
            query["limit"] = 1 + number % 3
        for held, invented in ((query, "cursor"), (headers, "If-Match")):
            if invented in held and held[invented] not in _answered:
                del held[invented]


@hook
def after_call(_context: Any, _case: Any, response: Any) -> None:
    """Notes the cursors and tags that were answered: what is invented is of no list and of no fact."""
    _answered.update(response.headers.get("etag", []))
    if response.status_code == 200 and response.headers.get("content-type") == ["application/json"]:
        page = response.json()
        if isinstance(page, dict) and isinstance(following := cast("dict[str, Any]", page).get("next"), str):
            _answered.add(following)


@hook
def before_load_schema(_context: Any, raw_schema: dict[str, Any]) -> None:
    """Links say what body goes with them in an extension, since some generators stumble over the real thing.

    It is the whole body: put into an invented one it would seldom make sense.
    """
    for methods in raw_schema["paths"].values():
        for operation in methods.values():
            for response in operation["responses"].values():
                for link in response.get("links", {}).values():
                    if "x-body" in link:
                        link["requestBody"] = link["x-body"]
                        link["x-schemathesis"] = {"merge_body": False}
