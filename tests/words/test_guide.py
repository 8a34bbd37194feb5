"""The guide to the standard concepts is in step with the data."""

from tests.concepts_guide import GUIDE, guide


def test_the_guide_says_what_the_concepts_and_the_filings_say() -> None:
    assert GUIDE.read_text("utf-8") == guide(), "uv run python -m tests.concepts_guide"
