"""String types of requests and answers: slugs, lines, longer texts, addresses."""

import re
from collections.abc import Sequence
from typing import Annotated

from msgspec import Meta

_ONE_LINE = r"^[^\x00-\x1f\x7f]+$(?!\n)"

SLUG_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$(?!\n)"
_slug = re.compile(SLUG_PATTERN)
SUBJECT_PATTERN = r"^([a-z0-9]+(-[a-z0-9]+)*|[a-z][a-z0-9-]*:[A-Za-z0-9][A-Za-z0-9_.-]*)$(?!\n)"

Slug = Annotated[
    str,
    Meta(
        pattern=SLUG_PATTERN,
        min_length=1,
        max_length=100,
        description="Lower-case words of letters and digits joined by single hyphens.",
        examples=["alibaba-cloud"],
        extra={
            "form": "a slug, which is lower-case words of letters and digits joined by single hyphens, such as alibaba-cloud"
        },
    ),
]
Subject = Annotated[
    str,
    Meta(
        pattern=SUBJECT_PATTERN,
        min_length=1,
        max_length=300,
        description="What the fact is about within its kind: a slug, or for a metric also a concept "
        "(`us-gaap:Revenues`).",
        examples=["ai-cloud"],
        extra={"form": "a slug such as ai-cloud or, for a metric, a concept such as us-gaap:Revenues"},
    ),
]
Line = Annotated[
    str,
    Meta(
        pattern=_ONE_LINE,
        min_length=1,
        max_length=300,
        description="One line of text.",
        extra={"form": "one line of text, without control characters"},
    ),
]
Text = Annotated[
    str,
    Meta(
        pattern=r"^[^\x00]+$",
        min_length=1,
        max_length=5000,
        description="Text without NUL.",
        extra={"form": "text without NUL"},
    ),
]
Url = Annotated[
    str,
    Meta(
        pattern=r"^https?://[!-~]+$(?!\n)",
        min_length=8,
        max_length=2000,
        description="An absolute http or https address.",
        examples=["https://example.org/report"],
        extra={"form": "an absolute http or https URL such as https://example.org/report"},
    ),
]
DimensionKey = Annotated[
    str,
    Meta(
        pattern=r"^[a-z][a-z0-9_-]{0,62}$(?!\n)",
        max_length=63,
        description="Name of a dimension.",
        examples=["geography"],
        extra={
            "form": "the name of a dimension, which is lower-case letters, digits, _ and -, such as geography"
        },
    ),
]
DimensionValue = Annotated[
    str,
    Meta(
        pattern=_ONE_LINE,
        min_length=1,
        max_length=200,
        description="Member of a dimension.",
        examples=["CN"],
        extra={"form": "one line of text, without control characters"},
    ),
]
Dimensions = Annotated[
    dict[DimensionKey, DimensionValue],
    Meta(
        max_length=12,
        description="String pairs that narrow the subject.",
        examples=[{"geography": "CN"}],
    ),
]


def is_slug(text: str) -> bool:
    """Whether a text has the form of a slug."""
    return _slug.fullmatch(text) is not None


def listed(words: Sequence[str]) -> str:
    """Join words as in a sentence: "one, two and three"."""
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)
