"""What the columns of a fact keep of its citations."""

from typing import Any

import msgspec
import pytest

from service.core.citations import Evidence, Verdict, context_of, summary_of


def evidence(
    verdict: str, *, supports: str | None = None, checker: str | None = None, **context: Any
) -> dict[str, Any]:
    numbers = [] if supports is None else [{"field": supports, "agrees": True}]
    made: dict[str, Any] = {"verdict": verdict, "numbers": numbers}
    return made | ({"checker": checker} if checker else {}) | ({"context": context} if context else {})


def names(*found: str) -> list[dict[str, str]]:
    return [{"field": "company", "name": "Acme", "found": one} for one in found]


@pytest.mark.parametrize(
    ("checked", "verdict", "words"),
    [
        ([], "verified", []),
        ([evidence("verified", supports="share")], "verified", []),
        ([evidence("verified", supports="share", period="stated")], "verified", ["period:stated"]),
        # the citation that supports the main number decides, wherever it stands
        ([evidence("unsupported", period="other"), evidence("unsupported", supports="share", period="mixed")],
         "unsupported", ["period:mixed"]),
        # else the first with the verdict of the fact
        ([evidence("unarchived", period="other"), evidence("verified", supports="rank", subject="named")],
         "verified", ["subject:named"]),
        ([evidence("unarchived", period="other")], "verified", []),
        # of the names the weakest counts
        ([evidence("verified", supports="share", names=names("in_quote", "nowhere", "in_paragraph"), modality="denied")],
         "verified", ["names:nowhere", "modality:denied"]),
        ([evidence("verified", supports="share", names=names("in_quote", "in_paragraph"))], "verified", ["names:in_paragraph"]),
    ],
)  # fmt: skip
def test_the_context_that_filters_go_by(checked: list[Any], verdict: Verdict, words: list[str]) -> None:
    assert context_of(msgspec.convert(checked, list[Evidence]), "share", verdict) == words


def test_the_summary_is_that_of_the_stored_citations() -> None:
    checked = [
        evidence("unarchived"),
        evidence("verified", supports="share", checker="reader/9", period="stated"),
    ]
    stored = msgspec.json.encode([{"source": {}, "evidence": one, "link": None} for one in checked])
    assert summary_of(stored, "share", "verified") == ("reader/9", "period:stated")
    assert summary_of(b"[]", "share", "unchecked") == (None, None)
