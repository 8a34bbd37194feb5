"""Rules of search: parsing a query, ranking candidates, and rendering titles and snippets.

Words are compared without case, accents and apostrophes. A word that occurs nowhere is replaced by similar words that
do (`corrections`). Candidates with more of the words rank higher; among equals those with few other words, then
companies, facts, concepts, sources.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from html import escape
from itertools import pairwise
from typing import Annotated, Literal, NamedTuple, overload
from uuid import UUID

from msgspec import Meta, Struct

from service.core.citations import Offset, SourceId
from service.core.companies import Identifiers, spellings
from service.core.facts import Basis
from service.core.kinds import Comparison, Kind
from service.core.periods import Period
from service.core.quantities import Quantity
from service.core.text import Dimensions, Slug, Subject, Url
from service.core.words import is_plain, words_of

HitKind = Literal["company", "concept", "fact", "source"]
MOST_WORDS = 12
LEAST_LETTERS = 4  # shorter words are not corrected
LEAST_ALIKE = 0.4  # trigram similarity that a correction must have

_Shown = Annotated[str, Meta(max_length=5000)]
_SCORE = Meta(ge=0, le=100, description="How well it fits: greater is better.", examples=[11.3])
_TITLE = Meta(
    description="Its name as HTML: escaped, with the words that fit in `<mark>`.",
    examples=["<mark>Alibaba</mark> Cloud"],
)
_SNIPPET = Meta(
    description="Other text of it that fits, as HTML like `title`; null where there is none.",
    examples=["holds a <mark>36</mark> percent share of <mark>AI</mark> <mark>cloud</mark>"],
)


# -- types of answers ----------------------------------------------------------------------------


class Hit(Struct, frozen=True, kw_only=True, tag_field="kind"):
    """A thing that was found."""

    score: Annotated[float, _SCORE]
    title: Annotated[_Shown, _TITLE]
    snippet: Annotated[_Shown | None, _SNIPPET]


class CompanyHit(Hit, frozen=True, tag="company"):
    """A company, found by its names or identifiers."""

    company: Slug
    identifiers: Identifiers


class ConceptHit(Hit, frozen=True, tag="concept"):
    """A concept, found by its label or id."""

    concept: Subject


class FactHit(Hit, frozen=True, tag="fact"):
    """The newest fact of a series, found by its company and subject, or by its words."""

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
    """A source, found by its title or a passage of its text."""

    source: SourceId
    url: Url | None
    start: Annotated[
        Offset | None,
        Meta(
            description="First code point of the passage that fits; null if only the title fits.",
            examples=[3120],
        ),
    ]
    end: Annotated[Offset | None, Meta(description="Code point just after it.", examples=[3136])]


AnyHit = CompanyHit | ConceptHit | FactHit | SourceHit


# -- words ---------------------------------------------------------------------------------------

# forms of filings: these words fit every fact about a concept of a taxonomy
_FORMS = frozenset({"10k", "10q", "8k", "20f", "40f", "6k", "10kt", "10qt", "filing", "filings"})
# words in the names of all sorts of companies; left out if the query has other words
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
    """A parsed query."""

    words: tuple[str, ...]
    forms: int  # number of words that name a form of filing
    identifiers: tuple[str, ...]  # spellings of the whole text as an identifier; none if it has spaces


def parse(text: str) -> Asked:
    """The words of a query. Words such as `Inc` are left out if there are others."""
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
    written = {alone, alone.upper(), *spellings(alone.upper())}
    if digits.isascii() and digits.isdigit():
        written.add(digits.lstrip("0"))
    return tuple(sorted(written - {""}))


# -- similarity ----------------------------------------------------------------------------------


@lru_cache(maxsize=10_000)
def _trigrams(word: str) -> frozenset[str]:
    padded = f"  {word} "
    return frozenset(padded[n : n + 3] for n in range(len(padded) - 2))


def alike(one: str, other: str) -> float:
    """Trigram similarity of two words, from 0 to 1."""
    shared = len(_trigrams(one) & _trigrams(other))
    return shared / (len(_trigrams(one)) + len(_trigrams(other)) - shared)


def corrections(word: str, written: Iterable[str], most: int = 3) -> list[tuple[str, float]]:
    """Words in the texts `written` that are similar to a misspelt one, the most similar first, with the similarity."""
    seen = {w for text in written for w in words_of(text) if len(w) > 2}
    likely = sorted(((alike(word, w), w) for w in seen), reverse=True)
    return [(w, likeness) for likeness, w in likely[:most] if likeness >= LEAST_ALIKE]


class Alternative(NamedTuple):
    """A word to search for in place of one of the query."""

    place: int  # index of the query's word
    word: str
    strength: float  # 1 for the word itself, less for corrections


class _Meanings(dict[str, int | None]):
    """The index of the first word of the query that a written word means; None if it means none of them."""

    def __init__(self, alternatives: Sequence[Alternative]) -> None:
        super().__init__()
        # words that mean the same begin with the same letter; most words begin with another
        self._by_letter: dict[str, list[Alternative]] = {}
        for one in alternatives:
            self._by_letter.setdefault(one.word[:1], []).append(one)

    def __missing__(self, written: str) -> int | None:
        for one in self._by_letter.get(written[:1], ()):
            if _means(written, one.word):
                self[written] = one.place
                return one.place
        self[written] = None
        return None


class Alternatives(Sequence[Alternative]):
    """What a query searches for, and which of its words a written word means.

    Hundreds of names are compared with one query, and most of their words occur again, so each word is compared once.
    """

    def __init__(self, alternatives: Iterable[Alternative]) -> None:
        self._alternatives = tuple(alternatives)
        self.place_of = _Meanings(self._alternatives).__getitem__

    @overload
    def __getitem__(self, index: int) -> Alternative: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Alternative]: ...
    def __getitem__(self, index: int | slice) -> Alternative | Sequence[Alternative]:
        return self._alternatives[index]

    def __len__(self) -> int:
        return len(self._alternatives)

    def __iter__(self) -> Iterator[Alternative]:
        return iter(self._alternatives)


# -- rank ----------------------------------------------------------------------------------------

_PRIOR = {"company": 0.3, "fact": 0.2, "concept": 0.1, "source": 0.0}


def score(kind: HitKind, matched: Sequence[float | None], lacking: int, fits: float) -> float:
    """The score of a candidate: mainly the share of the query's words that it has.

    `matched` is the strength of each word, None where it is missing; `lacking` the number of further words that are
    missing; `fits` the `fitness` of its names.
    """
    had = sum(filter(None, matched))
    return round(10 * had / max(len(matched) + lacking, 1) + fits + _PRIOR[kind], 4)


_LEADS = 0.5
_IN_ORDER = 0.2  # for each two neighbouring words in the order of the query
_LEAST_RELATED = 0.45  # trigram similarity of two forms of one word, which begin alike


def fitness(names: Iterable[str], sought: Alternatives) -> float:
    """How well the best of these names fits: the share of its words that fit, more if the first one does.

    So `revenue` finds Revenue before Cost of revenue.
    """
    return max([_fitting(name, sought) for name in names], default=0.0)


def _fitting(name: str, sought: Alternatives) -> float:
    words = words_of(name)
    telling = [word for word in words if word not in _LEGAL] or words
    fit = list(map(sought.place_of, telling))
    had = len(fit) - fit.count(None)
    if not had:
        return 0.0
    fits = had / len(fit) + _LEADS * (fit[0] is not None)
    if had == 1:
        return fits
    in_order = [a for a, b in pairwise(fit) if a is not None and b == a + 1]
    return fits + _IN_ORDER * min(len(in_order), 2)


def _means(written: str, asked: str) -> bool:
    """Whether a written word is the one asked for, begins with it, or differs in its ending alone."""
    if written == asked or (len(asked) > 2 and written.startswith(asked)):
        return True
    stem = max(4, min(len(written), len(asked)) - 4)
    return written[:stem] == asked[:stem] and alike(written, asked) >= _LEAST_RELATED


# -- titles and snippets -------------------------------------------------------------------------

_AROUND = 220  # code points


def highlighted(text: str, sought: Alternatives) -> str:
    """Text as HTML: escaped, with the words that fit in `<mark>`."""
    if is_plain(text):
        words = text.split(" ")
        return " ".join(
            [word if sought.place_of(word.lower()) is None else f"<mark>{word}</mark>" for word in words]
        )
    shown: list[str] = []
    end = 0
    for start, stop in _marks(text, sought):
        shown += [escape(text[end:start]), "<mark>", escape(text[start:stop]), "</mark>"]
        end = stop
    return "".join([*shown, escape(text[end:])])


_SHOWN_WORD = re.compile(r"[^\W_]+(?:['’‘&][^\W_]+)*")


def _marks(text: str, sought: Alternatives) -> list[tuple[int, int]]:
    return [
        match.span()
        for match in _SHOWN_WORD.finditer(text)
        if any(sought.place_of(part) is not None for part in words_of(match[0]))
    ]


def opening(text: str) -> str:
    """The beginning of a text, as HTML."""
    end = _boundary(text, min(len(text), _AROUND), 1)
    return escape(" ".join(text[:end].split())) + (" …" if end < len(text) else "")


def snippet(text: str, sought: Alternatives) -> str | None:
    """The part of a text with the most words that fit, as HTML; None if no word does."""
    marks = _marks(text, sought)
    if not marks:
        return None
    best = max(marks, key=lambda mark: (sum(mark[0] <= m[0] < mark[0] + _AROUND for m in marks), -mark[0]))
    start = _boundary(text, max(0, best[0] - 40), -1)
    end = _boundary(text, min(len(text), best[0] + _AROUND), 1)
    stretch = " ".join(text[start:end].split())
    return f"{'… ' if start else ''}{highlighted(stretch, sought)}{' …' if end < len(text) else ''}"


def _boundary(text: str, place: int, step: int) -> int:
    """The nearest end of a word, searched for 40 code points backward (`step` -1) or forward (1)."""
    for moved in range(40):
        at = place + step * moved
        if not 0 < at < len(text):
            return 0 if at <= 0 else len(text)
        if text[at - 1].isspace() or text[at].isspace():
            return at
    return place
