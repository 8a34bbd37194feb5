"""The guide `docs/standard-concepts.md`, made of the standard concepts and of real filings.

uv run python -m tests.concepts_guide        # writes it; needs the real filings beside the repository
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final

from service.words.concepts import STANDARD, StandardConcept
from service.words.identities import IDENTITIES
from tests.words.filings import rows_of
from tests.words.real import FILERS

GUIDE: Final = Path(__file__).resolve().parent.parent / "docs" / "standard-concepts.md"
_INTRODUCTION: Final = """\
# Standard concepts

`revenue` is one word for what filers report under many tags, which they change over the years. A standard concept may stand
wherever a metric's `subject` is asked for: in look-ups and batches, series, frames, the filter `subject` of lists, and search.

    curl 'http://127.0.0.1:8000/v1/lookup?company=ticker:AAPL&kind=metric&subject=revenue&period=2016'

The fact that answers is the tag's own, with its id, subject and citations. Beside it `resolution` tells the tag that was chosen,
its group, and the values of other tags with the reason why they do not answer.

## The rule

For a company, a period, a unit, dimensions and the times of the read:

1. Values in proxy and information statements (forms DEF 14A and the like) do not count: net income stands there rounded.
2. Of the first group with any value, the one that became public last answers. The tags of a group mean the same; a later group
   means something a little different and answers only where the earlier ones are empty.
3. If several tags of the group became public on that day, the greatest answers where the concept is a total; a part is never
   greater than its whole. Elsewhere the tag that stands first answers.

A company's own facts under the concept's word count as a tag of the first group. A company that has such facts alone, and none of
the tags, is answered as for any other subject.

Without a period, the latest period end of any group answers. A year or quarter takes the first group that has it.

Nothing is computed: where a company reports no gross profit, the answer is 404 and says so. A 404 names the nearest periods, or
the first day on which the concept became public; an unknown word gets the concepts that may be meant. Values in several units
are 409 with the candidates.

A series has `breaks`: where its rows change their tag, for years, quarters and instants apart, with the periods that both tags
have and whether they agree. Where they agree, the line is one line. `derive=true` subtracts also across a change of tag. Each row
of a series or a frame has its tag as `subject`.

The facts of a list by a standard concept have the same `resolution`, also as lines (NDJSON), and as columns of
[CSV](csv.md). Another fact under the same word, such as a rate of growth, has none. Lists give facts as they stand, so a value
that a proxy statement gave last is the rounded one there.

## Checks

    uv run companyfacts concepts check --company ticker:AAPL

holds the chosen values of each period against identities, and prints for how many fiscal years each concept has a value:

{identities}

An identity that does not hold has a reason: redeemable minorities stand beside equity, preferred dividends come before earnings
per share, some filings give counts of shares without their scale.

## The concepts

Coverage is how many fiscal years since 2009 have a value, in the company facts of McDonald's, Walmart, Apple, Home Depot, Under
Armour, Disney and Logistic Properties of the Americas.
"""


def guide() -> str:
    """The text of the guide."""
    identities = (
        "\n".join(f"- `{one.text}`" for one in IDENTITIES)
        + "\n- the four quarters of a year add up to the year"
    )
    return "\n".join([_INTRODUCTION.replace("{identities}", identities), *_concepts()]) + "\n"


def _concepts() -> Iterator[str]:
    for one in STANDARD:
        kind = "over a duration" if one.holds == "flow" else "at an instant"
        yield f"### `{one.slug}`"
        yield ""
        yield f"{one.meaning} In {one.measure}, {kind}{'; a total' if one.total else ''}."
        yield ""
        for number, group in enumerate(one.groups, 1):
            yield f"- Group {number}: {', '.join(f'`{tag}`' for tag in group)}"
        yield f"- Also called: {', '.join(one.also)}"
        yield f"- It is not: {one.is_not[0].lower()}{one.is_not[1:]}"
        if one.limits:
            yield f"- Limits: {one.limits}"
        yield f"- Coverage: {_coverage(one)}"
        yield ""


def years_of(cik: int) -> set[str]:
    """The ends of a filer's fiscal years since 2009: those that its net income or its assets has."""
    income = next(one for one in STANDARD if one.slug == "net-income")
    return {
        row.end
        for row in rows_of(cik, income)
        if row.end >= "2009-06"
        and row.start is not None
        and row.form in {"10-K", "20-F"}
        and _is_year(row.start, row.end)
    }


def _is_year(start: str, end: str) -> bool:
    return 335 <= (date.fromisoformat(end) - date.fromisoformat(start)).days + 1 <= 395


def _coverage(concept: StandardConcept) -> str:
    told: list[str] = []
    for filer, cik in FILERS.items():
        years = years_of(cik)
        found = {
            row.end
            for row in rows_of(cik, concept)
            if row.end in years and (row.start is None or _is_year(row.start, row.end))
        }
        told.append(f"{filer} {len(found)} of {len(years)}")
    return ", ".join(told)


def main() -> None:
    """The command."""
    GUIDE.write_text(guide(), "utf-8")


if __name__ == "__main__":
    main()
