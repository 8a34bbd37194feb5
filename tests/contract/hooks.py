"""What Schemathesis has to be told: how NDJSON is written, and what lines of an import look like."""

import json
from pathlib import Path
from typing import Any, cast

import schemathesis
from hypothesis import strategies as st

hook: Any = cast("Any", schemathesis).hook
SAMPLE = Path(__file__).resolve().parents[2] / "service" / "sample" / "sample.ndjson"
LINES = st.one_of(
    st.sampled_from(SAMPLE.read_text().splitlines()),
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


@schemathesis.serializer("application/x-ndjson")
def ndjson(_context: Any, value: Any) -> bytes:
    """Lines as they are, anything else as a line of JSON."""
    if isinstance(value, bytes):
        return value
    text = value if isinstance(value, str) else json.dumps(value)
    return text.encode("utf-8", "surrogatepass")


@hook
def before_generate_body(context: Any, strategy: Any) -> Any:
    """Imports get lines that mean something, beside any text at all."""
    if context.operation.definition.raw.get("operationId") != "importLines":
        return strategy
    return strategy | st.lists(LINES, max_size=8).map("\n".join)
