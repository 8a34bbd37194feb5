"""What Schemathesis has to be told: how NDJSON is written, and bodies that the sample's sources bear out."""

import itertools
import json
import re
import uuid
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
        fact["dimensions"] = {**fact["dimensions"], "segment": draw(st.sampled_from(["cloud", "retail"]))}
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
        case _:
            return strategy


@hook
def before_call(_context: Any, case: Any, _kwargs: Any) -> None:
    """Most requests get an Idempotency-Key of their own: else each would be refused for the one before it.

    Not those that are wrong on purpose: a case that was changed is judged as if it were right.
    """
    name = cast("dict[str, Any]", case.headers or {}).get("Idempotency-Key")
    number = next(_numbers)
    right = case.meta is None or not case.meta.generation.mode.is_negative
    if right and isinstance(name, str) and re.fullmatch(r"[!-~]{1,255}", name) and number % 10:
        case.headers["Idempotency-Key"] = f"{_RUN}-{number}"


@hook
def before_load_schema(_context: Any, raw_schema: dict[str, Any]) -> None:
    """Links say what body goes with them in an extension, since some generators stumble over the real thing."""
    for methods in raw_schema["paths"].values():
        for operation in methods.values():
            for response in operation["responses"].values():
                for link in response.get("links", {}).values():
                    if "x-body" in link:
                        link["requestBody"] = link["x-body"]
