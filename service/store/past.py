"""Companies, concepts and sources as they were at a position, or as they were known by a day.

Only facts, filings, former names and published sources have days. What is said of a company or a concept has none, so a
read at a day leaves it out.
"""

from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from service.core.companies import Company, CompanyDescription, Concept, ConceptDescription, recorded
from service.core.history import Times
from service.core.identity import company_key
from service.core.names import NO_NAMES, DatedNames, NameSpan
from service.core.sources import Source
from service.postgres.database import Record, Session
from service.store.sources import state_of
from service.store.statements import sql
from service.store.times import bounds, upto

_companies = msgspec.json.Decoder(CompanyDescription)
_concepts = msgspec.json.Decoder(ConceptDescription)
_spans = msgspec.json.Decoder(list[NameSpan])

BATCH = 500  # companies or concepts that are read at once to look for words in them


class _Then(NamedTuple):
    """A company as it was then, without its children."""

    key: int
    description: CompanyDescription
    row: Record


def dated_names(slug: str, row: Record) -> DatedNames:
    """The names of a row with the columns of `names_of`."""
    former = NO_NAMES if row["former"] is None else _spans.decode(row["former"])
    return DatedNames(slug, row["present"], former)


def _then(row: Record, times: Times) -> _Then:
    if times.known_at is None:
        return _Then(row["company"], _companies.decode(row["description"]), row)
    slug = row["slug"]
    name = dated_names(slug, row).on(times.known_at)
    return _Then(row["company"], CompanyDescription(slug=slug, name=name), row)


async def _whole(session: Session, found: Sequence[_Then], times: Times) -> list[Company]:
    """Companies with their children, which have no day."""
    children: dict[int, list[str]] = {}
    if times.known_at is None and found:
        for row in await session.fetch(sql("children_then"), [one.key for one in found], upto(times)):
            children.setdefault(row["parent"], []).append(row["slug"])
    return [
        recorded(one.description, children.get(one.key, ()), one.row["recorded_at"], one.row["position"])
        for one in found
    ]


async def company(session: Session, key: int, times: Times) -> Company | None:
    """A company as it was then; None if it was not recorded or not public."""
    row = await session.fetchrow(sql("company_then"), key, *bounds(times))
    if row is None:
        return None
    (found,) = await _whole(session, [_then(row, times)], times)
    return found


async def described(session: Session, key: int, times: Times) -> CompanyDescription | None:
    """What was said of a company then; None if it was not recorded or not public."""
    row = await session.fetchrow(sql("company_then"), key, *bounds(times))
    return None if row is None else _then(row, times).description


async def names(session: Session, slugs: Sequence[str], times: Times) -> dict[str, str]:
    """The names of companies by slug, as they were then; those that were not recorded or not public are left out."""
    rows = await session.fetch(sql("names_then"), [company_key(slug) for slug in slugs], *bounds(times))
    said = [_then(row, times).description for row in rows]
    return {one.slug: one.name for one in said}


async def companies(
    session: Session, after: str, words: str | None, limit: int, times: Times
) -> list[Company]:
    """Up to `limit` companies with a slug above `after` as they were then; with `words`, those that had them."""
    found: list[_Then] = []
    size = limit if words is None else BATCH
    while len(found) < limit:
        rows = await session.fetch(sql("companies_then"), after, *bounds(times), size)
        read = [_then(row, times) for row in rows]
        found += [one for one in read if words is None or _has(one.description, words)]
        if len(rows) < size:
            break
        after = rows[-1]["slug"]
    return await _whole(session, found[:limit], times)


def _has(said: CompanyDescription, words: str) -> bool:
    """Whether slug, name or an alias contains the words, or an identifier is them."""
    return any(words in text.lower() for text in (said.slug, said.name, *said.aliases)) or words in {
        value.lower() for value in said.identifiers.values()
    }


async def company_was_known(session: Session, key: int, times: Times) -> bool:
    """Whether a company was recorded, and public by the day that is asked for."""
    return bool(await session.fetchval(sql("company_was_known"), key, *bounds(times)))


async def filer_of(session: Session, paths: Sequence[str], times: Times) -> str | None:
    """The company that the documents under these paths are about; None if none had been imported."""
    row = await session.fetchrow(sql("filer_of"), paths, upto(times))
    return None if row is None else row["slug"]


# -- concepts ------------------------------------------------------------------------------------


def _concept(row: Record) -> Concept:
    said = _concepts.decode(row["description"])
    return Concept(
        id=said.id,
        label=said.label,
        description=said.description,
        recorded_at=row["recorded_at"],
        position=row["position"],
    )


def _unnamed(concept: str, row: Record) -> Concept:
    """A concept as it is known by a day: labels have no days."""
    return Concept(
        id=concept, label=None, description=None, recorded_at=row["recorded_at"], position=row["position"]
    )


async def concept(session: Session, concept_id: str, times: Times) -> Concept | None:
    """A concept as it was then. By a day, it is known since the first fact about it."""
    if times.known_at is None:
        row = await session.fetchrow(sql("concept_then"), concept_id, upto(times))
        return None if row is None else _concept(row)
    row = await session.fetchrow(sql("subject_known"), concept_id, *bounds(times))
    return None if row is None else _unnamed(concept_id, row)


async def concepts(
    session: Session, after: str, words: str | None, limit: int, times: Times
) -> list[Concept]:
    """Up to `limit` concepts with an id above `after` as they were then; with `words`, those that had them."""
    if times.known_at is not None:
        rows = await session.fetch(sql("subjects_known"), after, *bounds(times), limit, words)
        return [_unnamed(row["id"], row) for row in rows]
    found: list[Concept] = []
    size = limit if words is None else BATCH
    while len(found) < limit:
        rows = await session.fetch(sql("concepts_then"), after, upto(times), size)
        read = [_concept(row) for row in rows]
        found += [
            one
            for one in read
            if words is None or any(words in text.lower() for text in (one.id, one.label or ""))
        ]
        if len(rows) < size:
            break
        after = read[-1].id
    return found[:limit]


# -- sources -------------------------------------------------------------------------------------


async def sources(session: Session, after: int, words: str | None, limit: int, times: Times) -> list[Source]:
    """Up to `limit` sources recorded after a position as they were then; with `words`, those with them in the title."""
    rows = await session.fetch(sql("sources_then"), after, *bounds(times), words, limit)
    return [state_of(row).page(times) for row in rows]
