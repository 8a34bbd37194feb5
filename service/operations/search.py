"""Search over companies, concepts, facts and sources by a person's words."""

from collections.abc import Sequence

from service.domain.countries import countries
from service.domain.search import (
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
    label_of,
    opening,
    parse,
    score,
    snippet,
)
from service.sql import search as stored
from service.sql.database import Database, Session
from service.sql.search import CompanyFound, FactFound

_IDENTIFIED = 20.0  # an identifier typed alone means its company, before all else
_COUNTRY = 0.95  # a company that is called China comes before what is told of China
_COMPANIES = 20  # whose series are looked through


async def search(database: Database, text: str, kind: HitKind | None, limit: int) -> list[AnyHit]:
    """What fits the words best, of one kind or of all; nothing where the text has no words."""
    asked = parse(text)
    async with database.session() as session:
        identified = await stored.identified(session, asked.identifiers, limit) if asked.identifiers else []
        alternatives = await _alternatives(session, asked.words)
        hits: list[AnyHit] = []
        if kind in {None, "company"}:
            hits += [_company(one, alternatives, _IDENTIFIED) for one in identified]
        if alternatives:
            hits += await _found(session, asked, alternatives, kind, limit)
    best: dict[object, AnyHit] = {}
    for hit in hits:
        held = best.get(_identity(hit))
        if held is None or hit.score > held.score:
            best[_identity(hit)] = hit
    return sorted(best.values(), key=lambda hit: -hit.score)[:limit]


def _identity(hit: AnyHit) -> object:
    match hit:
        case CompanyHit():
            return "company", hit.company
        case ConceptHit():
            return "concept", hit.concept
        case FactHit():
            return "fact", hit.fact
        case SourceHit():
            return "source", hit.source


async def _alternatives(session: Session, words: Sequence[str]) -> list[Alternative]:
    """What each word may mean: itself where it is written somewhere, else what is written much like it."""
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
) -> list[AnyHit]:
    hits: list[AnyHit] = []
    companies: list[CompanyFound] = []
    if kind in {None, "company", "fact"}:
        companies = await stored.companies(session, alternatives, max(limit, _COMPANIES))
    if kind in {None, "company"}:
        hits += [
            _company(
                one,
                alternatives,
                score("company", one.matched, asked.forms, fitness(one.names, alternatives)),
            )
            for one in companies
        ]
    if kind in {None, "concept"}:
        hits += [
            _concept(one, asked, alternatives) for one in await stored.concepts(session, alternatives, limit)
        ]
    if kind in {None, "fact"}:
        hits += await _facts(session, asked, alternatives, companies[:_COMPANIES], limit)
    if kind in {None, "source"}:
        hits += [
            _source(one, asked, alternatives) for one in await stored.sources(session, alternatives, limit)
        ]
    return hits


def _company(found: CompanyFound, alternatives: Sequence[Alternative], points: float) -> CompanyHit:
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


def _concept(found: stored.ConceptFound, asked: Asked, alternatives: Sequence[Alternative]) -> ConceptHit:
    label = found.label or label_of(found.concept)
    fits = fitness([label], alternatives)
    return ConceptHit(
        score=score("concept", found.matched, asked.forms, fits),
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
) -> list[FactHit]:
    subjects = await stored.subjects(session, alternatives, limit)
    ofs = (
        await stored.series(session, alternatives, [one.key for one in companies], limit) if companies else []
    )
    found = [*ofs, *subjects, *await stored.told(session, alternatives, limit)]
    hits: list[FactHit] = []
    for fact in await stored.newest(session, found):
        # what is stated by a concept of a taxonomy stands in filings of every form
        lacking = 0 if ":" in fact.subject else asked.forms
        matched = [*found[fact.place].matched, *[1.0] * (asked.forms - lacking)]
        points = score("fact", matched, lacking, _fact_fitness(fact, alternatives))
        hits.append(_fact(fact, points, alternatives))
    return hits


def _fact_fitness(fact: FactFound, alternatives: Sequence[Alternative]) -> float:
    """By what it is about, in the measure that its company is asked for beside."""
    about = [
        label_of(fact.subject) if fact.label is None else fact.label,
        *([] if fact.told is None else [fact.told]),
    ]
    return fitness(about, alternatives) * 0.5 + fitness(fact.names, alternatives) * 0.5


def _fact(fact: FactFound, points: float, alternatives: Sequence[Alternative]) -> FactHit:
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


def _source(found: stored.PassageFound, asked: Asked, alternatives: Sequence[Alternative]) -> SourceHit:
    return SourceHit(
        score=score("source", found.matched, asked.forms, fitness([found.title], alternatives)),
        title=highlighted(found.title, alternatives),
        snippet=None if found.text is None else snippet(found.text, alternatives) or opening(found.text),
        source=found.source,
        url=found.url,
        start=found.start,
        end=found.end,
    )
