"""Search: what a person's words mean, how well something fits them, and what of it is shown.

Words are compared without case, accents and apostrophes. A word that is written nowhere is taken for the
nearest ones that are (`corrections`). What fits more of the words comes first; among equals what says little
else, then companies before facts, facts before concepts, concepts before sources.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from html import escape
from itertools import pairwise
from typing import Annotated, Literal, NamedTuple
from uuid import UUID

from msgspec import Meta, Struct

from service.core.citations import Offset, SourceId
from service.core.companies import Identifiers
from service.core.facts import Basis
from service.core.kinds import Comparison, Kind
from service.core.periods import Period
from service.core.quantities import Quantity
from service.core.text import Dimensions, Slug, Subject, Url
from service.core.words import words_of

HitKind = Literal["company", "concept", "fact", "source"]
MOST_WORDS = 12
LEAST_LETTERS = 4  # of a word that may be misspelt
LEAST_ALIKE = 0.4  # of trigrams, for a word to be taken for another

_Shown = Annotated[str, Meta(max_length=5000)]
_SCORE = Meta(ge=0, le=100, description="How well it fits: greater is better.", examples=[11.3])
_TITLE = Meta(
    description="Its name as HTML: escaped, with what fits in `<mark>`.",
    examples=["<mark>Alibaba</mark> Cloud"],
)
_SNIPPET = Meta(
    description="What else of it fits, as HTML in the same way; null where there is nothing to show.",
    examples=["holds a <mark>36</mark> percent share of <mark>AI</mark> <mark>cloud</mark>"],
)


# -- as clients read them ------------------------------------------------------------------------


class Hit(Struct, frozen=True, kw_only=True, tag_field="kind"):
    """Something found."""

    score: Annotated[float, _SCORE]
    title: Annotated[_Shown, _TITLE]
    snippet: Annotated[_Shown | None, _SNIPPET]


class CompanyHit(Hit, frozen=True, tag="company"):
    """A company, by its names or identifiers."""

    company: Slug
    identifiers: Identifiers


class ConceptHit(Hit, frozen=True, tag="concept"):
    """What metrics measure, by its label or id."""

    concept: Subject


class FactHit(Hit, frozen=True, tag="fact"):
    """The newest fact of a series, by its company and subject, or by what it says."""

    fact: Annotated[UUID, Meta(description="The fact.", examples=["ff15fa6d-9178-8e12-8a5b-5ba4de7a66c5"])]
    company: Slug
    of: Annotated[Kind, Meta(description="Kind of the fact.", examples=["metric"])]
    subject: Subject
    dimensions: Dimensions
    basis: Annotated[
        Basis, Meta(description="Whether it was reported, or is an estimate, a forecast or a plan.")
    ]
    comparison: Annotated[Comparison | None, Meta(description="What a metric compares with.")]
    period: Annotated[Period | None, Meta(description="When it holds.")]
    quantity: Annotated[Quantity | None, Meta(description="Its main quantity, where it has one.")]
    known_at: Annotated[date, Meta(description="The day it became public.", examples=["2025-12-31"])]


class SourceHit(Hit, frozen=True, tag="source"):
    """A document, by its title or a passage of its text."""

    source: SourceId
    url: Url | None
    start: Annotated[
        Offset | None,
        Meta(description="First code point of the passage that fits; null: the title does.", examples=[3120]),
    ]
    end: Annotated[Offset | None, Meta(description="Code point just after it.", examples=[3136])]


AnyHit = CompanyHit | ConceptHit | FactHit | SourceHit


# -- words ---------------------------------------------------------------------------------------

# forms of filings: whatever is stated by a concept of a taxonomy stands in one
_FORMS = frozenset({"10k", "10q", "8k", "20f", "40f", "6k", "10kt", "10qt", "filing", "filings"})
# what companies of any sort are called; left out where anything else is asked for
_LEGAL = frozenset(
    {
        *(
            "inc",
            "incorporated",
            "corp",
            "corporation",
            "co",
            "company",
            "companies",
            "ltd",
            "limited",
            "plc",
            "llc",
        ),
        *("lp", "sa", "ag", "nv", "se", "gmbh", "the", "of", "and", "group"),
    }
)


class Asked(NamedTuple):
    """What is searched for."""

    words: tuple[str, ...]
    forms: int  # how many words name a form of filing
    identifiers: tuple[
        str, ...
    ]  # what the whole may be, in the spelling of identifiers; none where it has spaces


def parse(text: str) -> Asked:
    """What a person typed, as words; what all companies are called is left out beside other words."""
    every = list(dict.fromkeys(words_of(text)))[:MOST_WORDS]
    forms = [word for word in every if word in _FORMS]
    plain = [word for word in every if word not in _FORMS]
    telling = [word for word in plain if word not in _LEGAL]
    stripped = text.strip()
    return Asked(
        words=tuple(telling or plain or forms),
        forms=len(forms) if telling or plain else 0,
        identifiers=() if " " in stripped else _identifiers(stripped),
    )


def _identifiers(text: str) -> tuple[str, ...]:
    scheme, colon, value = text.partition(":")
    alone = value if colon and scheme.isalnum() else text
    digits = alone.upper().removeprefix("CIK")
    spellings = {alone, alone.upper(), re.sub("[./]", "-", alone).upper()}
    if digits.isascii() and digits.isdigit():
        spellings.add(digits.lstrip("0"))
    return tuple(sorted(spellings - {""}))


# -- likeness ------------------------------------------------------------------------------------


@lru_cache(maxsize=10_000)
def _trigrams(word: str) -> frozenset[str]:
    padded = f"  {word} "
    return frozenset(padded[n : n + 3] for n in range(len(padded) - 2))


def alike(one: str, other: str) -> float:
    """How alike two words are by their trigrams, from 0 to 1."""
    shared = len(_trigrams(one) & _trigrams(other))
    return shared / (len(_trigrams(one)) + len(_trigrams(other)) - shared)


def corrections(word: str, written: Iterable[str], most: int = 3) -> list[tuple[str, float]]:
    """The words of some texts that a misspelt one may mean, the likest first, each with how alike it is."""
    seen = {w for text in written for w in words_of(text) if len(w) > 2}
    likely = sorted(((alike(word, w), w) for w in seen), reverse=True)
    return [(w, likeness) for likeness, w in likely[:most] if likeness >= LEAST_ALIKE]


class Alternative(NamedTuple):
    """A word that one of those asked for may mean."""

    place: int  # of the word asked for
    word: str
    strength: float  # 1: it is that word


# -- rank ----------------------------------------------------------------------------------------

_PRIOR = {"company": 0.3, "fact": 0.2, "concept": 0.1, "source": 0.0}


def score(kind: HitKind, matched: Sequence[float | None], lacking: int, fits: float) -> float:
    """How well something fits: first how much of what is asked for, then how little else it says.

    `matched` is how well it has each of the words, `lacking` how many more it has not, `fits` its `fitness`.
    """
    found = [strength or 0.0 for strength in matched]
    return round(10 * sum(found) / max(len(found) + lacking, 1) + fits + _PRIOR[kind], 4)


_LEADS = 0.5
_IN_ORDER = 0.2  # of each two words that follow one another as they were asked for
_LEAST_RELATED = 0.45  # of trigrams, for words with one beginning to be forms of one word


def fitness(names: Iterable[str], alternatives: Sequence[Alternative]) -> float:
    """How well the best of these names fits: by the part of it that is asked for, and by whether it begins with that.

    Revenue is what a person means, not the cost of it.
    """
    return max((_fitting(name, alternatives) for name in names), default=0.0)


def _fitting(name: str, alternatives: Sequence[Alternative]) -> float:
    words = words_of(name)
    telling = [word for word in words if word not in _LEGAL] or words
    fit = [next((one.place for one in alternatives if _means(word, one.word)), None) for word in telling]
    if not fit:
        return 0.0
    in_order = sum(a is not None and b == a + 1 for a, b in pairwise(fit))
    has = sum(place is not None for place in fit) / len(fit)
    return has + _LEADS * (fit[0] is not None) + _IN_ORDER * min(in_order, 2)


def _means(written: str, asked: str) -> bool:
    """Whether a word as it is written is, in another ending, the one asked for."""
    if written == asked or (len(asked) > 2 and written.startswith(asked)):
        return True
    stem = max(4, min(len(written), len(asked)) - 4)
    return written[:stem] == asked[:stem] and alike(written, asked) >= _LEAST_RELATED


# -- what is shown -------------------------------------------------------------------------------

_AROUND = 220  # code points


def highlighted(text: str, alternatives: Sequence[Alternative]) -> str:
    """Text as HTML: escaped, with the words that fit in `<mark>`."""
    shown: list[str] = []
    end = 0
    for start, stop in _marks(text, alternatives):
        shown += [escape(text[end:start]), "<mark>", escape(text[start:stop]), "</mark>"]
        end = stop
    return "".join([*shown, escape(text[end:])])


_SHOWN_WORD = re.compile(r"[^\W_]+(?:['’‘&][^\W_]+)*")


def _marks(text: str, alternatives: Sequence[Alternative]) -> list[tuple[int, int]]:
    return [
        match.span()
        for match in _SHOWN_WORD.finditer(text)
        if any(_means(part, one.word) for part in words_of(match[0]) for one in alternatives)
    ]


def opening(text: str) -> str:
    """The beginning of a text, as HTML."""
    end = _boundary(text, min(len(text), _AROUND), 1)
    return escape(" ".join(text[:end].split())) + (" …" if end < len(text) else "")


def snippet(text: str, alternatives: Sequence[Alternative]) -> str | None:
    """The stretch of a text with the most words that fit, as HTML; None where none does."""
    marks = _marks(text, alternatives)
    if not marks:
        return None
    best = max(marks, key=lambda mark: (sum(mark[0] <= m[0] < mark[0] + _AROUND for m in marks), -mark[0]))
    start = _boundary(text, max(0, best[0] - 40), -1)
    end = _boundary(text, min(len(text), best[0] + _AROUND), 1)
    stretch = " ".join(text[start:end].split())
    return f"{'… ' if start else ''}{highlighted(stretch, alternatives)}{' …' if end < len(text) else ''}"


def _boundary(text: str, place: int, step: int) -> int:
    """The nearest gap between words, backward or forward, within a word's length."""
    for moved in range(40):
        at = place + step * moved
        if not 0 < at < len(text):
            return 0 if at <= 0 else len(text)
        if text[at - 1].isspace() or text[at].isspace():
            return at
    return place
