"""Search by the words of standard concepts: `apple revenue` finds Apple's newest revenue first. Imported only with search."""

import html
import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import msgspec

from service.core.facts import in_order
from service.core.history import Times
from service.core.kinds.metric import Metric
from service.core.lookup import Lookup
from service.core.periods import Frequency
from service.operations import Database
from service.search.ranking import AnyHit, CompanyHit, ConceptHit, FactHit, HitKind
from service.search.reads import search
from service.words.concepts import STANDARD, StandardConcept
from service.words.reads import Found, look_up

_FIRST = 30.0  # score: above all that words alone find
_WORD = re.compile(r"[^\W_]+(?:['’&][^\W_]+)*")
_LEAST = 3  # letters of a synonym of one word, so that a ticker or a short name is not taken for one
_metric = msgspec.json.Decoder(Metric)


class Meant(NamedTuple):
    """A concept, and the other words of a query."""

    concept: StandardConcept
    rest: str


@cache
def _phrases() -> dict[tuple[str, ...], StandardConcept]:
    """The words for each concept: its slug, its label, and what else people type."""
    found: dict[tuple[str, ...], StandardConcept] = {}
    for one in STANDARD:
        for name in (*one.also, one.label.lower(), one.slug):
            words = tuple(_WORD.findall(name.lower().replace("-", " ")))
            if len("".join(words)) >= _LEAST:
                found[words] = one
    return found


def meant(text: str) -> Meant | None:
    """The concept whose longest phrase stands in a query, and the words beside it; None if there is none."""
    words = _WORD.findall(text)
    lower = [word.lower() for word in words]
    phrases = _phrases()
    for length in range(len(words), 0, -1):
        for start in range(len(words) - length + 1):
            concept = phrases.get(tuple(lower[start : start + length]))
            if concept is not None:
                return Meant(concept, " ".join([*words[:start], *words[start + length :]]))
    return None


async def first(database: Database, text: str, kind: HitKind | None, times: Times) -> AnyHit | None:
    """The hit that comes first: the newest value of a company's concept, or the concept if it is all that is asked for."""
    found = meant(text)
    if found is None:
        return None
    concept = found.concept
    if not found.rest:
        return _concept(concept) if kind in {None, "concept"} else None
    if kind not in {None, "fact"}:
        return None
    companies = (await search(database, found.rest, "company", 1, times)).hits
    if not companies or not isinstance(companies[0], CompanyHit):
        return None
    return await _fact(database, concept, companies[0], times)


def _concept(concept: StandardConcept) -> ConceptHit:
    return ConceptHit(
        score=_FIRST, title=_marked(concept.label), snippet=html.escape(concept.meaning), concept=concept.slug
    )


async def _fact(
    database: Database, concept: StandardConcept, company: CompanyHit, times: Times
) -> FactHit | None:
    frequencies: Sequence[Frequency] = ("annual", "quarterly") if concept.holds == "flow" else ("instant",)
    for frequency in frequencies:
        asked = Lookup(company.company, "metric", concept.slug, {}, frequency=frequency)
        answer = (await look_up(database, [(concept, asked)], times)).answers[0]
        if isinstance(answer, Found):
            fact = _metric.decode(answer.fact)
            return _hit(concept, company, fact)
    return None


def _hit(concept: StandardConcept, company: CompanyHit, fact: Metric) -> FactHit:
    return FactHit(
        score=_FIRST,
        title=f"{company.title}: {_marked(concept.label)}",
        snippet=None,
        fact=fact.id,
        company=fact.company,
        of="metric",
        subject=fact.subject,
        dimensions=in_order(fact.dimensions),
        basis=fact.basis,
        comparison=fact.value.comparison,
        period=fact.period,
        quantity=fact.value.quantity,
        known_at=fact.known_at,
    )


def _marked(text: str) -> str:
    return f"<mark>{html.escape(text)}</mark>"


def placed_first(first: AnyHit, found: Sequence[AnyHit], limit: int) -> list[AnyHit]:
    """The hits with another one before them, which is not repeated below."""

    def same(one: AnyHit) -> bool:
        match first, one:
            case FactHit(), FactHit():
                return first.fact == one.fact
            case ConceptHit(), ConceptHit():
                return first.concept == one.concept
            case _:
                return False

    return [first, *(one for one in found if not same(one))][:limit]
