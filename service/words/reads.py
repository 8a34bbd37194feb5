"""Look-ups by standard concept."""

import asyncio
from collections.abc import Sequence
from contextlib import nullcontext
from datetime import date
from decimal import Decimal
from typing import NamedTuple, Protocol, TypeVar
from uuid import UUID

import msgspec

from service.core.errors import Ambiguous, CompanyFactsError, NotFound
from service.core.history import Times
from service.core.lookup import SEVERAL_PERIODS, SEVERAL_SERIES, Lookup, ambiguous, latest, narrowed
from service.core.near import nearest
from service.core.quantities import Quantity
from service.core.text import listed
from service.operations import earlier, lookup
from service.operations.lookup import family_of
from service.operations.registry import no_company
from service.operations.times import resolved_first
from service.postgres.database import Database, Reads, Session
from service.store import companies, log
from service.words import store as stored
from service.words.answers import IdentityCheck, Other, Resolution
from service.words.choosing import Chosen, Tagged, choose
from service.words.concepts import CONCEPTS, STANDARD, StandardConcept
from service.words.identities import checks, partners_of
from service.words.store import Beside, StandardLookup, TagValue

_RELATIVES = 10  # most parents and subsidiaries that are tried if a company has no answer
_encoder = msgspec.json.Encoder()


class Found(NamedTuple):
    """The fact that a look-up found, in JSON, and how the standard concept came to it."""

    fact: bytes
    resolution: Resolution


class ResolvedLookups(NamedTuple):
    """What each look-up found, a fact without resolution where the word was used for another thing, and the position."""

    answers: list[Found | bytes | CompanyFactsError]
    position: int


async def look_up(
    database: Database, asked: Sequence[tuple[StandardConcept, Lookup]], times: Times
) -> ResolvedLookups:
    """Find the one fact of each look-up, all at one position. Raises Invalid for times beyond the log."""
    alone = len(asked) == 1 and ":" not in asked[0][1].company and times.recorded_at is None
    async with nullcontext(database) if alone else database.snapshot() as still:
        times = await resolved_first(still, times)
        ready: list[StandardLookup | CompanyFactsError] = []
        for concept, one in asked:
            meant = await lookup.resolve(still, one, times)
            ready.append(StandardLookup(concept, meant, times) if isinstance(meant, Lookup) else meant)
        known = [one for one in ready if isinstance(one, StandardLookup)]
        run = stored.lookup_now if times.is_now else stored.lookup_then
        found = (
            [await still.together(run, known[0])] if len(known) == 1 else await still.together_all(run, known)
        )
        if found:
            times = times.answered_at(found[0].head)
        else:
            async with still.session() as session:
                times = times.answered_at(await log.head_position(session))
        its = iter(found)
        pairs = [(one, next(its).found if isinstance(one, StandardLookup) else []) for one in ready]
        answers = [
            one if isinstance(one, CompanyFactsError) else await _answer(still, one, candidates, times)
            for one, candidates in pairs
        ]
    literal = [place for place, (one, candidates) in enumerate(pairs) if _is_own(one, candidates)]
    if literal:
        await _by_the_word(database, pairs, literal, answers, times)
    return ResolvedLookups(answers, times.position)


def _is_own(one: StandardLookup | CompanyFactsError, candidates: Sequence[TagValue]) -> bool:
    """Whether a company uses the word for facts of its own, and none of the tags that it stands for."""
    return isinstance(one, StandardLookup) and all(c.subject == one.concept.slug for c in candidates)


class _Named(msgspec.Struct, frozen=True):
    id: UUID


_named = msgspec.json.Decoder(_Named)


async def _by_the_word(
    database: Database,
    pairs: Sequence[tuple[StandardLookup | CompanyFactsError, Sequence[TagValue]]],
    places: Sequence[int],
    answers: list[Found | bytes | CompanyFactsError],
    times: Times,
) -> None:
    """Answer these look-ups as those of any other subject, with a resolution where the fact is a value of the concept.

    So a company's own facts are found by the word as before it was one of the standard concepts, such as growth rates of
    revenue.
    """
    queries = {
        place: one.asked for place in places for one in [pairs[place][0]] if isinstance(one, StandardLookup)
    }
    found = await lookup.lookup(database, [*queries.values()], times)
    for place, one in zip(queries, found.answers, strict=True):
        held = answers[place]
        if isinstance(one, NotFound):
            continue
        is_same = (
            isinstance(one, bytes)
            and isinstance(held, Found)
            and _named.decode(one) == _named.decode(held.fact)
        )
        answers[place] = held if is_same else one


async def _answer(
    database: Reads, one: StandardLookup, candidates: Sequence[TagValue], times: Times
) -> Found | bytes | CompanyFactsError:
    try:
        chosen = chosen_of(one.concept, one.asked, candidates)
    except Ambiguous as error:
        return error
    if chosen is None:
        async with database.session() as session:
            return await nothing(session, one.concept, one.asked, times)
    (body,) = await earlier.rendered(database, [chosen.value.answer], times)
    return Found(body, resolution(one.concept, chosen))


def chosen_of(
    concept: StandardConcept, asked: Lookup, candidates: Sequence[TagValue]
) -> Chosen[TagValue] | None:
    """The value that a look-up means, by the rule; None if there is no candidate.

    Raises Ambiguous if several series are left (such as two units), or several periods.
    """
    if len(candidates) == 1:
        alone = latest(asked, candidates)
        return choose(concept, alone)
    left = narrowed(sorted(candidates, key=lambda c: c.id), asked.dimensions, asked.basis)
    series: dict[object, list[TagValue]] = {}
    for one in left:
        series.setdefault((tuple(one.dimensions.items()), one.basis, one.unit), []).append(one)
    answers = {key: _by_period(concept, latest(asked, of)) for key, of in series.items()}
    found = [one for periods in answers.values() for one in periods]
    if len(answers) > 1:
        raise ambiguous(SEVERAL_SERIES, [one.value for one in found])
    if len(found) > 1:
        raise ambiguous(SEVERAL_PERIODS, [one.value for one in found])
    return found[0] if found else None


def _by_period(concept: StandardConcept, candidates: Sequence[TagValue]) -> list[Chosen[TagValue]]:
    periods: dict[object, list[TagValue]] = {}
    for one in candidates:
        periods.setdefault(one.period, []).append(one)
    found = [choose(concept, of) for of in periods.values()]
    return [one for one in found if one is not None]


class WithPartners(Tagged, Protocol):
    """The value of a tag, with what else is stated for its period."""

    @property
    def id(self) -> UUID:
        """Its fact."""
        ...

    @property
    def quantity(self) -> Quantity:
        """Its value."""
        ...

    @property
    def partners(self) -> list[str]:
        """What else is stated: tag, day and number, with blanks between."""
        ...


S = TypeVar("S", bound=WithPartners)


def resolution(concept: StandardConcept, chosen: Chosen[S]) -> Resolution:
    """What is told beside the answer."""
    return Resolution(
        concept=concept.slug,
        chosen=chosen.value.subject,
        group=chosen.group,
        others=[
            Other(
                subject=one.subject, id=one.id, quantity=one.quantity, known_at=one.known_at, why=why
            )
            for one, why in chosen.others
        ],
        checks=checked(concept, chosen.value),
    )  # fmt: skip


class _Partner(NamedTuple):
    subject: str
    known_at: date
    number: Decimal


def checked(concept: StandardConcept, value: WithPartners) -> list[IdentityCheck]:
    """The identities that a value takes part in, by what the company states for the same period."""
    if not value.partners or value.number is None:
        return []
    stated = [_partner(one) for one in value.partners]
    values = {concept.slug: value.number}
    for name in partners_of(concept.slug):
        partner = CONCEPTS[name]
        by_tag = {one.subject: one for one in stated if one.subject in partner.tags}
        chosen = choose(partner, by_tag.values())
        if chosen is not None:
            values[name] = chosen.value.number
    return checks(concept.slug, values)


def _partner(written: str) -> _Partner:
    subject, day, number = written.split(" ")
    return _Partner(subject, date.fromisoformat(day), Decimal(number))


def resolved_json(found: Found) -> bytes:
    """The JSON of a fact with its resolution as a further member."""
    return b"%b,%b}" % (found.fact[:-1], _encoder.encode({"resolution": found.resolution})[1:-1])


# -- beside the facts of a list --------------------------------------------------------------------


class _ListedQuantity(msgspec.Struct, frozen=True):
    unit: str


class _ListedValue(msgspec.Struct, frozen=True):
    quantity: _ListedQuantity


class _ListedMetric(msgspec.Struct, frozen=True, tag_field="kind", tag="metric"):
    company: str
    id: UUID
    value: _ListedValue


_metric = msgspec.json.Decoder(_ListedMetric)


async def resolved_list(
    database: Database, concept: StandardConcept, items: Sequence[bytes], times: Times
) -> list[bytes]:
    """The JSON of the facts of a list by a standard concept, those that it was chosen for with a resolution.

    Other facts under the same word, such as rates of growth, have none. `times` have the position of the list.
    """
    if not items:
        return []
    listed = [_metric.decode(one) for one in items]
    asked = [Beside(one.company, one.id, one.value.quantity.unit) for one in listed]
    async with database.session() as session:
        found = await stored.beside(session, concept, asked, times)
    told: list[bytes] = []
    for item, one, values in zip(items, listed, found, strict=True):
        chosen = choose(concept, values)
        if chosen is None or chosen.value.id != one.id:
            told.append(item)
        else:
            told.append(resolved_json(Found(item, resolution(concept, chosen))))
    return told


# -- what is told where nothing answers ----------------------------------------------------------


async def nothing(session: Session, concept: StandardConcept, asked: Lookup, times: Times) -> NotFound:
    """The 404 of a look-up without a candidate: whether the company never reports it, or not then, or not for the period."""
    own, family = await family_of(session, asked.company, times)
    if own is None:
        return no_company(asked.company, parameter="company")
    has = await stored.periods(session, asked.company, concept, asked, times)
    later = times.known_at is not None and has.since is not None and has.since > times.known_at
    if has.since is None or (
        later and times.bound
    ):  # who may see nothing later is not told that there is something
        detail = (
            f"{own.name} has never reported {concept.slug}: it has no value of {listed([*concept.tags][:-1])}"
        )
        return NotFound(detail + await _elsewhere(session, concept, asked, times, family))
    if later:
        return NotFound(
            f"{own.name} has no {concept.slug} known by {times.known_at}; the first became public on {has.since}"
        )
    near = listed([one.words() for one in has.nearest])
    return NotFound(f"{own.name} has no {concept.slug} that fits; the nearest it has are {near}")


async def _elsewhere(
    session: Session,
    concept: StandardConcept,
    asked: Lookup,
    times: Times,
    family: "dict[int, companies.CompanyDescription]",
) -> str:
    """Which parents and subsidiaries have an answer, as the end of a sentence."""
    relatives = sorted(family.values(), key=lambda one: one.slug)[:_RELATIVES]
    wanted = [StandardLookup(concept, asked._replace(company=one.slug), times) for one in relatives]
    if not wanted:
        return ""
    found = await stored.lookup_then(session, wanted)
    having = [f"{one.name} ({one.slug})" for one, its in zip(relatives, found, strict=True) if its.found]
    return f"; {listed(having)} has" if having else ""


def guesses(word: str) -> list[str]:
    """The slugs of the standard concepts that people may mean by a word: those with this name, else those spelled like it."""
    exact = [one.slug for one in STANDARD if word in one.also]
    if exact:
        return exact
    names = {name: one.slug for one in STANDARD for name in (*one.also, one.slug)}
    return list(dict.fromkeys(names[name] for name in nearest(word, names)))


async def explained(error: NotFound, word: str) -> NotFound:
    """The 404 of a look-up by a word that is no standard concept, with the concepts that may be meant."""
    near = await asyncio.to_thread(guesses, word)
    if not near:
        return error
    told = listed([f"`{slug}`" for slug in near])
    what = "the standard concept is" if len(near) == 1 else "standard concepts like it are"
    return NotFound(f"{error.detail}; {what} {told}", parameter="subject")
