"""`POST /v1/checks`: the evidence that an assertion would get, and nothing recorded."""

from typing import Any

import pytest

from service.core.identity import content_id
from tests.bodies import cite, company, metric, source
from tests.running import InProcess

TEXT = "Revenue rose 12% to $5.2 billion. Acme paid a dividend of 40 cents a share."


def checked(api: InProcess, fact: dict[str, Any], text: str | None = None) -> dict[str, Any]:
    body = {"fact": fact} | ({} if text is None else {"text": text})
    response = api.post("/v1/checks", body)
    assert response.status_code == 200, response.text
    return response.json()


def revenue(value: str, **selector: Any) -> dict[str, Any]:
    """A metric that cites the text of the request."""
    quoted = {"selector": {"type": "text_quote", **selector}} if selector else {}
    quantity = {"value": value, "unit": "USD"}
    fact = metric("", subject="revenue", citations=[quoted]) | {"value": {"quantity": quantity}}
    fact.pop("known_at", None)
    return fact


@pytest.fixture
def known(api: InProcess) -> InProcess:
    api.made("/v1/companies", company())
    return api


def test_a_number_in_the_text_of_the_request_is_verified_and_nothing_is_recorded(known: InProcess) -> None:
    before = known.position()
    found = checked(known, revenue("5200000000", exact="$5.2 billion"), TEXT)
    assert found["evidence"] == "verified"
    (citation,) = found["citations"]
    assert citation["source"]["id"] == content_id(TEXT.encode())
    assert citation["source"]["archived"] is False
    start = TEXT.index("$5.2 billion")
    assert (citation["selector"]["start"], citation["selector"]["end"]) == (start, start + 12)
    assert known.position() == before
    assert known.get(f"/v1/sources/{citation['source']['id']}").status_code == 404


def test_another_number_is_not_and_says_why(known: InProcess) -> None:
    found = checked(known, revenue("5300000000", exact="$5.2 billion"), TEXT)
    assert found["evidence"] == "unsupported"
    (number,) = found["citations"][0]["evidence"]["numbers"]
    assert "5.2 billion" in number["reason"]


def test_it_is_the_evidence_that_an_assertion_gets(known: InProcess) -> None:
    recorded = known.made("/v1/sources", source(TEXT))["id"]
    fact = metric("", subject="revenue", citations=[cite(recorded, type="text_quote", exact="$5.2 billion")])
    for value in ("5200000000", "5100000000"):
        fact["value"] = {"quantity": {"value": value, "unit": "USD"}}
        found = checked(known, fact)
        made = known.made("/v1/facts", fact)
        assert found == {"evidence": made["evidence"], "citations": made["citations"]}
        # nor does it depend on what is recorded by now
        assert checked(known, fact) == found


def test_a_fact_of_another_kind_may_cite_both(known: InProcess) -> None:
    recorded = known.made("/v1/sources", source("Acme has 36% of the market."))["id"]
    fact = {
        "kind": "market_share",
        "company": "acme",
        "subject": "anvils",
        "value": {"market": "Anvils", "share": {"value": "36", "unit": "percent"}},
        "citations": [
            cite(recorded, type="text_quote", exact="36% of the market"),
            {"selector": {"type": "text_quote", "exact": "12%"}},
        ],
    }
    found = checked(known, fact, TEXT)
    assert found["evidence"] == "verified"
    assert [one["evidence"]["verdict"] for one in found["citations"]] == ["verified", "unsupported"]
    assert [one["source"]["archived"] for one in found["citations"]] == [True, False]


def test_a_long_text_is_read_in_another_process(known: InProcess) -> None:
    text = "Nothing is said here. " * 4_000 + TEXT
    found = checked(known, revenue("5200000000", exact="$5.2 billion"), text)
    assert found["evidence"] == "verified"


@pytest.mark.parametrize(
    ("change", "pointer", "detail"),
    [
        ({"company": "nobody"}, "/fact/company", "there is no company nobody"),
        ({"citations": [{"source": f"sha256:{'0' * 64}"}]}, "/fact/citations/0/source", "there is no source"),
        (
            {"citations": [{"selector": {"type": "text_quote", "exact": "$9 billion"}}]},
            "/fact/citations/0",
            "",
        ),
        ({"period": {"start": "2025-02-01", "end": "2025-01-01"}}, "/fact/period", ""),
        ({"value": {"quantity": {"low": "2", "high": "1", "unit": "USD"}}}, "/fact/value/quantity", ""),
    ],
)
def test_what_an_assertion_may_not_be_is_refused_with_its_place(
    known: InProcess, change: dict[str, Any], pointer: str, detail: str
) -> None:
    answer = known.post(
        "/v1/checks", {"fact": revenue("5200000000", exact="$5.2 billion") | change, "text": TEXT}
    )
    assert answer.status_code == 422, answer.text
    (error, *_) = answer.json()["errors"]
    assert error["pointer"].startswith(pointer)
    assert detail in answer.json()["detail"]


UNREADABLE: list[tuple[dict[str, Any], int, str]] = [
    ({"fact": revenue("1", exact="1")}, 422, "/fact/citations/0/source"),
    ({"fact": revenue("1"), "text": ""}, 400, "/text"),
    ({"fact": revenue("1"), "text": "x" * 200_001}, 400, "/text"),
    ({"fact": revenue("1"), "text": "a\x00b"}, 400, "/text"),
    ({"text": TEXT}, 400, ""),
    ({"fact": revenue("1") | {"kind": "rumour"}, "text": TEXT}, 400, "/fact"),
    ({"fact": revenue("1") | {"citations": []}, "text": TEXT}, 400, "/fact/citations"),
    ({"fact": revenue("1"), "text": TEXT, "note": "x"}, 400, ""),
]


@pytest.mark.parametrize(("body", "status", "pointer"), UNREADABLE)
def test_what_cannot_be_read_is_refused_with_its_place(
    known: InProcess, body: dict[str, Any], status: int, pointer: str
) -> None:
    answer = known.post("/v1/checks", body)
    assert answer.status_code == status, answer.text
    assert any(error.get("pointer", "").startswith(pointer) for error in answer.json()["errors"])
    assert "traceback" not in answer.text.lower()


def test_words_of_a_withheld_text_are_not_told(known: InProcess) -> None:
    withheld = known.made("/v1/sources", source(TEXT, redistribute=False))["id"]
    fact = revenue("5200000000") | {
        "citations": [{"source": withheld, "selector": {"type": "text_position", "start": 0, "end": 33}}]
    }
    found = checked(known, fact)
    assert found["evidence"] == "verified"
    assert "Revenue rose" not in str(found)


def test_no_key_is_needed_as_for_reads(known: InProcess) -> None:
    known.key = None
    assert checked(known, revenue("5200000000", exact="$5.2 billion"), TEXT)["evidence"] == "verified"
