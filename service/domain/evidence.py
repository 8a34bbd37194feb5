"""Whether a cited passage says what the fact says."""

from collections.abc import Sequence

from service.domain.citations import Evidence, NumberEvidence, Verdict
from service.domain.kinds import AnyValue, numbers
from service.domain.passages import Passage

_BEST_FIRST: tuple[Verdict, ...] = ("verified", "quote_only", "unsupported", "unarchived", "unchecked")


def check(value: AnyValue, passage: Passage, names: Sequence[str]) -> Evidence:
    """What `passage` says of the numbers of `value`; `names` are those of the company."""
    folded = (passage.paragraph or passage.text).casefold()
    named = any(name.casefold() in folded for name in names)
    return Evidence(verdict="unchecked" if numbers(value) else "quote_only", names_company=named)


def missing(value: AnyValue, reason: str) -> Evidence:
    """The evidence of a passage that is not in its source."""
    return Evidence(
        verdict="unsupported",
        numbers=[
            NumberEvidence(field=number.field, agrees=False, reason=reason) for number in numbers(value)
        ],
    )


def overall(value: AnyValue, found: Sequence[Evidence]) -> Verdict:
    """The verdict on a fact: verified when every number is supported by some citation, else its best citation's."""
    asked = {number.field for number in numbers(value)}
    supported = {number.field for one in found for number in one.numbers if number.agrees}
    if asked and asked <= supported:
        return "verified"
    verdicts = {one.verdict for one in found}
    return next(verdict for verdict in _BEST_FIRST if verdict in verdicts)
