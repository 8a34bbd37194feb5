"""Look-ups: exactly one fact for each query by company, kind and subject."""

import asyncio
from collections.abc import Sequence
from typing import NamedTuple

from service.core.companies import CompanyDescription
from service.core.errors import Ambiguous, CompanyFactsError, Malformed, NotFound
from service.core.history import Times
from service.core.identity import company_key
from service.core.lookup import Candidate, Lookup, choose
from service.core.near import nearest
from service.operations import earlier
from service.operations.registry import no_company, slug_of
from service.operations.times import resolved
from service.postgres.database import Database, Reads, Session
from service.store import answers, companies, lists, log, past
from service.store.answers import Then

_RELATIVES = 50  # most parents and subsidiaries that are tried if a company has no answer


class LookedUp(NamedTuple):
    """The JSON of each fact or the error of its query, and the log position of all."""

    answers: list[bytes | CompanyFactsError]
    position: int


async def lookup(database: Database, queries: Sequence[Lookup], times: Times) -> LookedUp:
    """Find the one fact of each query, all at one position.

    Raises Invalid for times beyond the log. The error of a single query (NotFound, Ambiguous, Malformed) is returned in
    its place.
    """
    if not times.is_now or any(":" in query.company for query in queries):
        return await _then(database, queries, times)
    now, head = await _now(database, queries)
    left = [query for query, answer in zip(queries, now, strict=True) if answer is None]
    late = iter((await _then(database, left, Times(at=head))).answers if left else ())
    return LookedUp([next(late) if answer is None else answer for answer in now], head)


async def _then(database: Database, queries: Sequence[Lookup], times: Times) -> LookedUp:
    """Answer queries at the times given, in a snapshot, with the reason for each that has no answer."""
    async with database.snapshot() as still, still.session() as session:
        times = await resolved(session, times)
        resolved_queries = [await resolve(still, query, times) for query in queries]
        known = [one for one in resolved_queries if isinstance(one, Lookup)]
        found = await answers.lookup_as_known(session, known, times) if known else []
        times = times.answered_at(found[0].head if found else await log.head_position(session))
        candidates_of = iter(found)
        told: list[bytes | CompanyFactsError] = []
        for one in resolved_queries:
            if isinstance(one, Lookup):
                candidates = next(candidates_of).found
                told.append(await _answer(still, one, candidates, times, alone=len(queries) == 1))
            else:
                told.append(one)
        return LookedUp(told, times.position)


async def _now(
    database: Database, queries: Sequence[Lookup]
) -> tuple[list[bytes | CompanyFactsError | None], int]:
    """The present answers of queries by slug, and the head; None where a query has no answer.

    A single query, the most frequent case, shares its statement with other requests.
    """
    if len(queries) == 1:
        found = [await database.together(answers.lookup_now, queries[0])]
    else:
        async with database.session() as session:
            found = await answers.lookup_now(session, queries)
    now = [one.answer or _present(query, one.found) for query, one in zip(queries, found, strict=True)]
    return now, found[0].head


def _present(asked: Lookup, candidates: Sequence[Candidate]) -> bytes | CompanyFactsError | None:
    """The answer of the chosen candidate, or Ambiguous; None if there is no candidate."""
    chosen = _chosen(asked, candidates)
    return chosen.answer if isinstance(chosen, Candidate) else chosen


async def resolve(database: Reads, query: Lookup, times: Times) -> Lookup | CompanyFactsError:
    """The look-up with its company's slug, or the error if there is no such company."""
    try:
        slug = await slug_of(database, query.company, times, parameter="company")
    except (Malformed, NotFound) as error:
        return error
    return query._replace(company=slug)


def _chosen(asked: Lookup, candidates: Sequence[Candidate]) -> Candidate | Ambiguous | None:
    """The chosen candidate, or Ambiguous; None if there is no candidate."""
    try:
        return choose(asked, candidates)
    except Ambiguous as error:
        return error


async def _answer(
    database: Reads, asked: Lookup, candidates: Sequence[Candidate], times: Times, *, alone: bool
) -> bytes | CompanyFactsError:
    chosen = _chosen(asked, candidates)
    if chosen is None:
        async with database.session() as session:
            return await nothing(session, asked, times, alone=alone)
    if isinstance(chosen, Ambiguous):
        return chosen
    if chosen.answer is not None:
        return chosen.answer
    found = await database.together(answers.facts_at, Then(chosen.id, times))
    if found.answer is None:
        raise LookupError(f"the statements disagree about fact {chosen.id}")
    (body,) = await earlier.rendered(database, [found.answer], times)
    return body


async def family_of(
    session: Session, slug: str, times: Times
) -> tuple[CompanyDescription | None, dict[int, CompanyDescription]]:
    """A company (None: it was not recorded then), and its parent and subsidiaries by key.

    By a day it has no relatives, and its name of then, since what was said of it has no day.
    """
    key = company_key(slug)
    family = await companies.family(session, key, times)
    own = family.pop(key, None)
    if own is None or times.known_at is None:
        return own, family
    said = await past.described(session, key, times)
    return said if said is not None or times.bound else CompanyDescription(slug=slug, name=slug), {}


async def nothing(session: Session, asked: Lookup, times: Times, *, alone: bool = True) -> NotFound:
    """The 404 of a look-up without a candidate; names the parents and subsidiaries that have an answer.

    If `alone`, not one of many, it also names subjects of the company that are near the one asked for.

    Companies are described as they were at the position of the read, since in a batch this is part of an answer that
    must not change later.
    """
    own, family = await family_of(session, asked.company, times)
    if own is None:
        return no_company(asked.company, parameter="company")
    sought = f"{asked.kind} {asked.subject}"
    relatives = sorted(family.values(), key=lambda relative: relative.slug)[:_RELATIVES]
    theirs = [asked._replace(company=relative.slug) for relative in relatives]
    found = await answers.lookup_as_known(session, theirs, times) if relatives else []
    having = [relative for relative, one in zip(relatives, found, strict=True) if one.found]
    if having:
        told = ", ".join(f"{relative.name} ({relative.slug})" for relative in having)
        relation = "its parent" if any(one.slug == own.parent for one in having) else "its subsidiary"
        detail = f"{own.name} has no such {sought} then; {relation} {told} has"
    else:
        limits = "" if times.known_at is None else f" known by {times.known_at}"
        detail = f"{own.name} has no {sought}{limits} that fits"
        if alone and (near := await _near(session, asked, times)):
            detail = f"{detail}; it has {', '.join(near)}"
            return NotFound(detail, parameter="subject")
    return NotFound(detail)


async def _near(session: Session, asked: Lookup, times: Times) -> list[str]:
    """Subjects of the same kind that the company had by then and that are near the one asked for."""
    subjects = await lists.subjects(session, company_key(asked.company), asked.kind, times)
    if asked.subject in subjects:  # it is another part of the query that fits nothing
        return []
    return await asyncio.to_thread(nearest, asked.subject, subjects)
