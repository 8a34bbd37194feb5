"""Search over companies, concepts, facts and sources by words."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from service.core.countries import countries
from service.core.words import label_of
from service.postgres.database import Database, Session
from service.search import store as stored
from service.search.ranking import (
    LEAST_LETTERS,
    Alternative,
    AnyHit,
    Asked,
    CompanyHit,
    ConceptHit,
    FactHit,
    HitKind,
    SourceHit,
    corrections,
    fitness,
    highlighted,
    opening,
    parse,
    score,
    snippet,
)
from service.search.store import CompanyFound, ConceptFound, FactFound, PassageFound

_IDENTIFIED = 20.0  # score of a company whose identifier is the whole query: above all others
_COUNTRY = 0.95  # strength of a country as a dimension: a company named China comes first
_COMPANIES = 20  # companies whose series are searched


class _Candidate(NamedTuple):
    """A candidate. `show` makes the hit, and is called only for those that are answered."""

    score: float
    identity: tuple[HitKind, object]
    show: Callable[[], AnyHit]


async def search(database: Database, text: str, kind: HitKind | None, limit: int) -> list[AnyHit]:
    """The best hits, of one kind or (None) of all; none if the text has no words."""
    asked = parse(text)
    async with database.session() as session:
        identified = await stored.identified(session, asked.identifiers, limit) if asked.identifiers else []
        alternatives = await _alternatives(session, asked.words)
        candidates: list[_Candidate] = []
        if kind in {None, "company"}:
            candidates += [_company_at(_IDENTIFIED, one, alternatives) for one in identified]
        if alternatives:
            candidates += await _found(session, asked, alternatives, kind, limit)
    best: dict[object, _Candidate] = {}
    for one in candidates:
        held = best.get(one.identity)
        if held is None or one.score > held.score:
            best[one.identity] = one
    return [one.show() for one in sorted(best.values(), key=lambda one: -one.score)[:limit]]


async def _alternatives(session: Session, words: Sequence[str]) -> list[Alternative]:
    """What to search for in place of each word: itself if it occurs anywhere, else similar words that do."""
    if not words:
        return []
    told = await stored.written(session, words)
    meant = [(word, one.written) for word, one in zip(words, told, strict=True) if one.meant]
    misspelt = [
        (place, word)
        for place, (word, written) in enumerate(meant)
        if not written and len(word) >= LEAST_LETTERS
    ]
    near = await stored.spellings(session, misspelt) if misspelt else {}
    found: list[Alternative] = []
    for place, (word, _) in enumerate(meant):
        likely = corrections(word, near.get(place, ()))
        found += [Alternative(place, other, likeness) for other, likeness in likely] or [
            Alternative(place, word, 1.0)
        ]
    named = countries([word for word, _ in meant])
    return found + [Alternative(place, f"geo{code}", _COUNTRY) for place, code in named]


async def _found(
    session: Session, asked: Asked, alternatives: Sequence[Alternative], kind: HitKind | None, limit: int
) -> list[_Candidate]:
    found: list[_Candidate] = []
    companies: list[CompanyFound] = []
    if kind in {None, "company", "fact"}:
        companies = await stored.companies(session, alternatives, max(limit, _COMPANIES))
    if kind in {None, "company"}:
        found += [
            _company_at(
                score("company", one.matched, asked.forms, fitness(one.names, alternatives)),
                one,
                alternatives,
            )
            for one in companies
        ]
    if kind in {None, "concept"}:
        found += [
            _concept_candidate(one, asked, alternatives)
            for one in await stored.concepts(session, alternatives, limit)
        ]
    if kind in {None, "fact"}:
        found += await _facts(session, asked, alternatives, companies[:_COMPANIES], limit)
    if kind in {None, "source"}:
        found += [
            _source_candidate(one, asked, alternatives)
            for one in await stored.sources(session, alternatives, limit)
        ]
    return found


def _company_at(points: float, found: CompanyFound, alternatives: Sequence[Alternative]) -> _Candidate:
    return _Candidate(points, ("company", found.slug), partial(_company, points, found, alternatives))


def _company(points: float, found: CompanyFound, alternatives: Sequence[Alternative]) -> CompanyHit:
    name, *others = found.names
    also = (
        snippet(" · ".join([*others, *found.identifiers.values()]), alternatives)
        if others or found.identifiers
        else None
    )
    return CompanyHit(
        score=points,
        title=highlighted(name, alternatives),
        snippet=also,
        company=found.slug,
        identifiers=found.identifiers,
    )


def _concept_candidate(found: ConceptFound, asked: Asked, alternatives: Sequence[Alternative]) -> _Candidate:
    label = found.label or label_of(found.concept)
    points = score("concept", found.matched, asked.forms, fitness([label], alternatives))
    show = partial(_concept, points, label, found, alternatives)
    return _Candidate(points, ("concept", found.concept), show)


def _concept(
    points: float, label: str, found: ConceptFound, alternatives: Sequence[Alternative]
) -> ConceptHit:
    return ConceptHit(
        score=points,
        title=highlighted(label, alternatives),
        snippet=None if found.description is None else snippet(found.description, alternatives),
        concept=found.concept,
    )


async def _facts(
    session: Session,
    asked: Asked,
    alternatives: Sequence[Alternative],
    companies: Sequence[CompanyFound],
    limit: int,
) -> list[_Candidate]:
    subjects = await stored.subjects(session, alternatives, limit)
    ofs = (
        await stored.series(session, alternatives, [one.key for one in companies], limit) if companies else []
    )
    found = [*ofs, *subjects, *await stored.told(session, alternatives, limit)]
    candidates: list[_Candidate] = []
    for fact in await stored.newest(session, found):
        # words such as 10-K fit facts about a concept of a taxonomy
        lacking = 0 if ":" in fact.subject else asked.forms
        matched = [*found[fact.place].matched, *[1.0] * (asked.forms - lacking)]
        points = score("fact", matched, lacking, _fact_fitness(fact, alternatives))
        show = partial(_fact, points, fact, alternatives)
        candidates.append(_Candidate(points, ("fact", fact.id), show))
    return candidates


def _fact_fitness(fact: FactFound, alternatives: Sequence[Alternative]) -> float:
    """Fitness of a fact: half of its subject or words, half of its company's names."""
    about = [
        label_of(fact.subject) if fact.label is None else fact.label,
        *([] if fact.told is None else [fact.told]),
    ]
    return fitness(about, alternatives) * 0.5 + fitness(fact.names, alternatives) * 0.5


def _fact(points: float, fact: FactFound, alternatives: Sequence[Alternative]) -> FactHit:
    about = fact.label or (label_of(fact.subject) if fact.told is None else fact.told.partition(" · ")[0])
    return FactHit(
        score=points,
        title=highlighted(f"{fact.names[0]}: {about}", alternatives),
        snippet=None if fact.told is None else snippet(fact.told, alternatives),
        fact=fact.id,
        company=fact.company,
        of=fact.kind,
        subject=fact.subject,
        dimensions=fact.dimensions,
        basis=fact.basis,
        comparison=fact.comparison,
        period=fact.period,
        quantity=fact.quantity,
        known_at=fact.known_at,
    )


def _source_candidate(found: PassageFound, asked: Asked, alternatives: Sequence[Alternative]) -> _Candidate:
    points = score("source", found.matched, asked.forms, fitness([found.title], alternatives))
    return _Candidate(points, ("source", found.source), partial(_source, points, found, alternatives))


def _source(points: float, found: PassageFound, alternatives: Sequence[Alternative]) -> SourceHit:
    return SourceHit(
        score=points,
        title=highlighted(found.title, alternatives),
        snippet=None if found.text is None else snippet(found.text, alternatives) or opening(found.text),
        source=found.source,
        url=found.url,
        start=found.start,
        end=found.end,
    )
