"""Search over companies, concepts, facts and sources by words."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple, Protocol

from service.core.countries import countries
from service.core.history import Times
from service.core.words import label_of
from service.operations.registry import still
from service.postgres.database import Database, Session
from service.search import store as stored
from service.search.past import PastSearch
from service.search.ranking import (
    LEAST_LETTERS,
    Alternative,
    Alternatives,
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
from service.search.store import CompanyFound, ConceptFound, FactFound, PassageFound, SeriesFound

_IDENTIFIED = 20.0  # score of a company whose identifier is the whole query: above all others
_COUNTRY = 0.95  # strength of a country as a dimension: a company named China comes first
_COMPANIES = 20  # companies whose series are searched
_WITH_COMPANIES = frozenset[HitKind | None]({None, "company", "fact"})  # kinds of hits that companies lead to


class _Candidate(NamedTuple):
    """A candidate. `show` makes the hit, and is called only for those that are answered."""

    score: float
    identity: tuple[HitKind, object]
    show: Callable[[], AnyHit]


class _Look(Protocol):
    """Where candidates are found: `service.search.store`, or as of a day or position."""

    async def companies(
        self, session: Session, alternatives: Sequence[Alternative], limit: int
    ) -> list[CompanyFound]: ...
    async def identified(
        self, session: Session, spelled: Sequence[str], limit: int
    ) -> list[CompanyFound]: ...
    async def concepts(
        self, session: Session, alternatives: Sequence[Alternative], limit: int
    ) -> list[ConceptFound]: ...
    async def series(
        self, session: Session, alternatives: Sequence[Alternative], of: Sequence[int], limit: int
    ) -> list[SeriesFound]: ...
    async def subjects(
        self, session: Session, alternatives: Sequence[Alternative], limit: int
    ) -> list[SeriesFound]: ...
    async def told(
        self, session: Session, alternatives: Sequence[Alternative], limit: int
    ) -> list[SeriesFound]: ...
    async def newest(self, session: Session, found: Sequence[SeriesFound]) -> list[FactFound]: ...
    async def sources(
        self, session: Session, alternatives: Sequence[Alternative], limit: int
    ) -> list[PassageFound]: ...


class FoundHits(NamedTuple):
    """The best hits, and the position that they were found at, if times were asked for."""

    hits: list[AnyHit]
    position: int | None


async def search(database: Database, text: str, kind: HitKind | None, limit: int, times: Times) -> FoundHits:
    """The best hits, of one kind or (None) of all; none if the text has no words. Raises Invalid for times beyond the log."""
    asked = parse(text)
    async with still(database, times) as (reads, then), reads.session() as session:
        if then.is_now:
            sought, companies = await _sought(session, asked.words, kind, limit)
            return FoundHits(
                await _search(session, stored, asked, sought, kind, limit, companies),
                None,
            )
        look = PastSearch(then)
        plain = await look.alternatives(session, asked.words)
        sought = Alternatives([*plain, *_countries(plain)])
        return FoundHits(await _search(session, look, asked, sought, kind, limit), then.at)


async def _search(
    session: Session,
    look: _Look,
    asked: Asked,
    sought: Alternatives,
    kind: HitKind | None,
    limit: int,
    companies: list[CompanyFound] | None = None,
) -> list[AnyHit]:
    """The best hits. `companies` are those that are sought, if they are known."""
    identified = await look.identified(session, asked.identifiers, limit) if asked.identifiers else []
    candidates: list[_Candidate] = []
    if kind in {None, "company"}:
        candidates += [_company_at(_IDENTIFIED, one, sought) for one in identified]
    if sought:
        candidates += await _found(session, look, asked, sought, kind, limit, companies)
    best: dict[object, _Candidate] = {}
    for one in candidates:
        held = best.get(one.identity)
        if held is None or one.score > held.score:
            best[one.identity] = one
    return [one.show() for one in sorted(best.values(), key=lambda one: -one.score)[:limit]]


async def _sought(
    session: Session, words: Sequence[str], kind: HitKind | None, limit: int
) -> tuple[Alternatives, list[CompanyFound] | None]:
    """What to search for in place of each word: itself if it occurs anywhere, else similar words that do.

    Also the companies that are sought, if they were looked at: words that occur in the best of them need not be looked
    for elsewhere.
    """
    if not words:
        return Alternatives(()), None
    plain = [Alternative(place, word, 1.0) for place, word in enumerate(words)]
    if kind in _WITH_COMPANIES and not _countries(plain):
        as_written = Alternatives(plain)
        companies = await stored.companies(session, as_written, max(limit, _COMPANIES))
        if all(any(one.matched[place] is not None for one in companies) for place in range(len(words))):
            return as_written, companies
    return await _corrected(session, words), None


async def _corrected(session: Session, words: Sequence[str]) -> Alternatives:
    """What to search for in place of each word, if some may be misspelt."""
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
    return Alternatives(
        [*found, *_countries([Alternative(place, word, 1.0) for place, (word, _) in enumerate(meant)])]
    )


def _countries(words: Sequence[Alternative]) -> list[Alternative]:
    """The countries that words name, as dimensions have them."""
    return [
        Alternative(place, f"geo{code}", _COUNTRY) for place, code in countries([one.word for one in words])
    ]


async def _found(
    session: Session,
    look: _Look,
    asked: Asked,
    sought: Alternatives,
    kind: HitKind | None,
    limit: int,
    companies: list[CompanyFound] | None,
) -> list[_Candidate]:
    found: list[_Candidate] = []
    if companies is None:
        companies = (
            await look.companies(session, sought, max(limit, _COMPANIES)) if kind in _WITH_COMPANIES else []
        )
    if kind in {None, "company"}:
        found += [
            _company_at(
                score("company", one.matched, asked.forms, fitness(one.names, sought)),
                one,
                sought,
            )
            for one in companies
        ]
    if kind in {None, "concept"}:
        found += [
            _concept_candidate(one, asked, sought) for one in await look.concepts(session, sought, limit)
        ]
    if kind in {None, "fact"}:
        found += await _facts(session, look, asked, sought, companies[:_COMPANIES], limit)
    if kind in {None, "source"}:
        found += [_source_candidate(one, asked, sought) for one in await look.sources(session, sought, limit)]
    return found


def _company_at(points: float, found: CompanyFound, sought: Alternatives) -> _Candidate:
    return _Candidate(points, ("company", found.slug), partial(_company, points, found, sought))


def _company(points: float, found: CompanyFound, sought: Alternatives) -> CompanyHit:
    name, *others = found.names
    also = (
        snippet(" · ".join([*others, *found.identifiers.values()]), sought)
        if others or found.identifiers
        else None
    )
    return CompanyHit(
        score=points,
        title=highlighted(name, sought),
        snippet=also,
        company=found.slug,
        identifiers=found.identifiers,
    )


def _concept_candidate(found: ConceptFound, asked: Asked, sought: Alternatives) -> _Candidate:
    label = found.label or label_of(found.concept)
    points = score("concept", found.matched, asked.forms, fitness([label], sought))
    show = partial(_concept, points, label, found, sought)
    return _Candidate(points, ("concept", found.concept), show)


def _concept(points: float, label: str, found: ConceptFound, sought: Alternatives) -> ConceptHit:
    return ConceptHit(
        score=points,
        title=highlighted(label, sought),
        snippet=None if found.description is None else snippet(found.description, sought),
        concept=found.concept,
    )


async def _facts(
    session: Session,
    look: _Look,
    asked: Asked,
    sought: Alternatives,
    companies: Sequence[CompanyFound],
    limit: int,
) -> list[_Candidate]:
    subjects = await look.subjects(session, sought, limit)
    ofs = await look.series(session, sought, [one.key for one in companies], limit) if companies else []
    found = [*ofs, *subjects, *await look.told(session, sought, limit)]
    candidates: list[_Candidate] = []
    for fact in await look.newest(session, found):
        # words such as 10-K fit facts about a concept of a taxonomy
        lacking = 0 if ":" in fact.subject else asked.forms
        matched = [*found[fact.place].matched, *[1.0] * (asked.forms - lacking)]
        points = score("fact", matched, lacking, _fact_fitness(fact, sought))
        show = partial(_fact, points, fact, sought)
        candidates.append(_Candidate(points, ("fact", fact.id), show))
    return candidates


def _fact_fitness(fact: FactFound, sought: Alternatives) -> float:
    """Fitness of a fact: half of its subject or words, half of its company's names."""
    about = [
        label_of(fact.subject) if fact.label is None else fact.label,
        *([] if fact.told is None else [fact.told]),
    ]
    return fitness(about, sought) * 0.5 + fitness(fact.names, sought) * 0.5


def _fact(points: float, fact: FactFound, sought: Alternatives) -> FactHit:
    about = fact.label or (label_of(fact.subject) if fact.told is None else fact.told.partition(" · ")[0])
    return FactHit(
        score=points,
        title=highlighted(f"{fact.names[0]}: {about}", sought),
        snippet=None if fact.told is None else snippet(fact.told, sought),
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


def _source_candidate(found: PassageFound, asked: Asked, sought: Alternatives) -> _Candidate:
    points = score("source", found.matched, asked.forms, fitness([found.title], sought))
    return _Candidate(points, ("source", found.source), partial(_source, points, found, sought))


def _source(points: float, found: PassageFound, sought: Alternatives) -> SourceHit:
    return SourceHit(
        score=points,
        title=highlighted(found.title, sought),
        snippet=None if found.text is None else snippet(found.text, sought) or opening(found.text),
        source=found.source,
        url=found.url,
        start=found.start,
        end=found.end,
    )
