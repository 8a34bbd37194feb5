"""Database access of search: candidates for words, with the strength of each word in them."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

import msgspec

from service.core.facts import Basis
from service.core.kinds import Comparison, Kind
from service.core.periods import Period
from service.core.quantities import Quantity
from service.postgres.database import Record, Session
from service.postgres.statements import Statements
from service.search.ranking import Alternative
from service.store import statements as kernel
from service.store.facts import period_of

STATEMENTS = Statements("service.search", beside=kernel.STATEMENTS)
sql = STATEMENTS.sql

_strings = msgspec.json.Decoder(dict[str, str])
_quantity = msgspec.json.Decoder(Quantity)

Matched = list[float | None]  # strength of each word of the query; None: missing


# -- words ---------------------------------------------------------------------------------------


class Written(NamedTuple):
    """What is known of a word of the query."""

    meant: bool  # false for stop words
    written: bool  # whether it occurs anywhere


async def written(session: Session, words: Sequence[str]) -> list[Written]:
    """Whether each of these words is searchable, and occurs anywhere."""
    rows = await session.fetch(sql("search_written"), list(words))
    return [Written(row["meant"], row["written"]) for row in rows]


async def spellings(session: Session, misspelt: Sequence[tuple[int, str]]) -> dict[int, list[str]]:
    """Texts with a word similar to each of these, by the index of the word."""
    found: dict[int, list[str]] = {place: [] for place, _ in misspelt}
    places, words = [place for place, _ in misspelt], [word for _, word in misspelt]
    for row in await session.fetch(sql("search_spellings"), places, words):
        found[row["place"]].append(row["spelled"])
    return found


def columns_of(alternatives: Sequence[Alternative]) -> tuple[list[int], list[str], list[float]]:
    """Alternatives as three SQL parameters."""
    return (
        [one.place for one in alternatives],
        [one.word for one in alternatives],
        [one.strength for one in alternatives],
    )


# -- candidates ----------------------------------------------------------------------------------


class CompanyFound(NamedTuple):
    """A company that was found."""

    key: int
    slug: str
    names: list[str]
    identifiers: dict[str, str]
    matched: Matched


async def companies(session: Session, alternatives: Sequence[Alternative], limit: int) -> list[CompanyFound]:
    """Companies by their names and identifiers, those with the most of the words first.

    A word may be in very many names, so the companies that have two of three or more words are looked for first. If there
    are enough of them, none of the others is among the best.
    """
    words = [one.word for one in alternatives]
    if len(words) > 2 and all((one.place, one.strength) == (n, 1) for n, one in enumerate(alternatives)):
        rows = await session.fetch(sql("search_companies_of_two"), words, limit, _any_two(words))
        if len(rows) == limit and sum(filter(None, rows[-1]["matched"])) > 1:
            return [_company(row, row["matched"]) for row in rows]
    rows = await session.fetch(sql("search_companies"), *columns_of(alternatives), limit)
    return [_company(row, row["matched"]) for row in rows]


def _any_two(words: Sequence[str]) -> str:
    """The text of a query for any two of these words, as `prefix` in `statements.sql` writes each of them.

    By halves, since an index looks a word up wherever it stands: one of each half, or two of one half.
    """
    if len(words) < 2:
        return ""
    half = len(words) // 2
    parts = words[:half], words[half:]
    both = " & ".join(f"({' | '.join(map(_prefix, part))})" for part in parts)
    return " | ".join([both, *filter(None, map(_any_two, parts))])


def _prefix(word: str) -> str:
    return f"'{word}':*" if len(word) > 2 else f"'{word}'"


async def identified(session: Session, spelled: Sequence[str], limit: int) -> list[CompanyFound]:
    """Companies that have an identifier with one of these values."""
    rows = await session.fetch(sql("search_identified"), list(spelled), limit)
    return [_company(row, []) for row in rows]


def _company(row: Record, matched: Matched) -> CompanyFound:
    key, slug, name, aliases, identifiers, *_ = row
    return CompanyFound(key, slug, [name, *aliases], _strings.decode(identifiers), matched)


class ConceptFound(NamedTuple):
    """A concept that was found."""

    concept: str
    label: str | None
    description: str | None
    matched: Matched


async def concepts(session: Session, alternatives: Sequence[Alternative], limit: int) -> list[ConceptFound]:
    """Concepts by label and id."""
    rows = await session.fetch(sql("search_concepts"), *columns_of(alternatives), limit)
    return [ConceptFound(row["concept"], row["label"], row["description"], row["matched"]) for row in rows]


class SeriesFound(NamedTuple):
    """A series that was found."""

    company: int
    slot: int
    matched: Matched


async def series(
    session: Session, alternatives: Sequence[Alternative], of: Sequence[int], limit: int
) -> list[SeriesFound]:
    """Series of these companies whose subject has some of the words."""
    return await _series(session, "search_series", alternatives, limit, list(of))


async def subjects(session: Session, alternatives: Sequence[Alternative], limit: int) -> list[SeriesFound]:
    """Series of any company whose subject has every word; if there is none, series with some of the words."""
    every = await _series(session, "search_subjects", alternatives, limit)
    return every or await _series(session, "search_subjects_by_any", alternatives, limit)


async def _series(
    session: Session, statement: str, alternatives: Sequence[Alternative], *arguments: object
) -> list[SeriesFound]:
    return series_of(await session.fetch(sql(statement), *columns_of(alternatives), *arguments))


def series_of(rows: Sequence[Record]) -> list[SeriesFound]:
    """The series of rows."""
    return [SeriesFound(row["company"], row["slot"], row["matched"]) for row in rows]


async def told(session: Session, alternatives: Sequence[Alternative], limit: int) -> list[SeriesFound]:
    """Series of facts by the words in their values."""
    return await _series(session, "search_told", alternatives, limit)


class FactFound(NamedTuple):
    """The newest fact of a series."""

    place: int  # index of the series in the question
    id: UUID
    company: str
    names: list[str]
    kind: Kind
    subject: str
    label: str | None
    dimensions: dict[str, str]
    basis: Basis
    comparison: Comparison | None
    period: Period | None
    quantity: Quantity | None
    known_at: date
    told: str | None


async def newest(session: Session, found: Sequence[SeriesFound]) -> list[FactFound]:
    """The newest fact of each series; series whose facts are all retracted are left out."""
    places = list(range(len(found)))
    rows = await session.fetch(
        sql("search_newest"), places, [one.company for one in found], [one.slot for one in found]
    )
    return [
        fact_of(row, names=[row["name"], *row["aliases"]], label=row["label"], told=row["told"])
        for row in rows
    ]


def fact_of(row: Record, *, names: list[str], label: str | None, told: str | None) -> FactFound:
    """The fact of a row, with the names of its company, the label of its concept and the words of its value."""
    return FactFound(
        place=row["place"],
        id=UUID(int=row["id"].int),
        company=row["slug"],
        names=names,
        kind=row["kind"],
        subject=row["subject"],
        label=label,
        dimensions=_strings.decode(row["dimensions"]),
        basis=row["basis"],
        comparison=row["comparison"],
        period=period_of(row["period"], row["frequency"]),
        quantity=None if row["quantity"] is None else _quantity.decode(row["quantity"]),
        known_at=row["known_at"],
        told=told,
    )


class PassageFound(NamedTuple):
    """A source that was found, with the best passage of its text."""

    source: str
    title: str
    url: str | None
    start: int | None
    end: int | None
    text: str | None  # of the passage
    matched: Matched


async def sources(session: Session, alternatives: Sequence[Alternative], limit: int) -> list[PassageFound]:
    """Sources, each by its best passage."""
    rows = await session.fetch(sql("search_passages"), *columns_of(alternatives), limit)
    return [passage_of(row) for row in rows]


def passage_of(row: Record) -> PassageFound:
    """The source and passage of a row."""
    return PassageFound(
        row["id"], row["title"], row["url"], row["start"], row["end"], row["text"], row["matched"]
    )
