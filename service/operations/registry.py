"""Reads companies, concepts and sources, and the position of the log."""

import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Collection, Sequence
from contextlib import asynccontextmanager
from typing import Final, Generic, NamedTuple, TypeVar
from weakref import WeakKeyDictionary

from service.core.companies import Company, Concept, meant, parse_reference, spellings
from service.core.errors import Forbidden, NotFound
from service.core.history import NOW, Times
from service.core.identity import company_key
from service.core.log import Entry, Origin
from service.core.near import nearest
from service.core.sources import Source
from service.core.states import SourceState
from service.operations.at_once import AtOnce
from service.operations.times import resolved
from service.postgres.database import Database, Reads, Session
from service.store import companies, log, past, sources
from service.store.companies import CompanySize
from service.store.sources import ReadableSource

_LIKE: Final = 0.7  # likeness from which a ticker is worth telling; they are short
T = TypeVar("T")


async def slug_of(
    database: Reads, reference: str, times: Times = NOW, *, parameter: str | None = None
) -> str:
    """The slug of a company given as a slug or `scheme:value`. A slug is returned as it is, without a query.

    Raises NotFound if no company held the identifier then, Malformed if it is not a valid one; both name `parameter`.
    """
    parsed = parse_reference(reference, parameter=parameter or "ref")
    if isinstance(parsed, str):
        return parsed
    near: list[str] = []
    async with database.session() as session:
        if times.bound:
            slug = await _by_day(session, *parsed, times)
            if slug is None:
                raise no_company(reference, parameter=parameter)
            return slug
        slug = await companies.resolve_identifier(session, *parsed, times)
        if slug is None and parsed[0] == "ticker":
            slug, near = await _by_ticker(session, parsed[1], times)
    if slug is None:
        raise no_company(reference, parameter=parameter, near=near)
    return slug


async def _by_day(session: Session, scheme: str, value: str, times: Times) -> str | None:
    """The company of an identifier that has a day: the number of a filer whose documents were imported."""
    if scheme != "cik":
        return None
    name = f"CIK{int(value):010}.json"
    return await past.filer_of(session, [f"/api/xbrl/companyfacts/{name}", f"/submissions/{name}"], times)


async def _by_ticker(session: Session, ticker: str, times: Times) -> tuple[str | None, list[str]]:
    """The company of a ticker that is written with other separators, if there is one alone; else tickers like it."""
    found = await companies.ticker_holders(session, spellings(ticker), times)
    holders = set(found.values())
    if len(holders) == 1:
        return holders.pop(), []
    return None, sorted(found) or nearest(
        ticker, await companies.tickers_from(session, ticker[:2], times), least=_LIKE
    )


def no_company(reference: str, *, parameter: str | None = None, near: Sequence[str] = ()) -> NotFound:
    """The error for a reference that no company has; it names what may be meant, `near` tickers first."""
    guess = meant(reference)
    told = " or ".join(f"`ticker:{one}`" for one in near) or ("" if guess is None else f"`{guess}`")
    detail = f"there is no company {reference}"
    return NotFound(f"{detail}; perhaps {told}" if told else detail, parameter=parameter)


async def must_be_known(
    database: Reads, slug: str, times: Times = NOW, *, parameter: str | None = None
) -> None:
    """Raise NotFound, which names `parameter`, if the company was not recorded by then, or not public."""
    async with database.session() as session:
        key = company_key(slug)
        if times.known_at is None:
            known = await companies.company_known(session, key, times)
        else:
            known = await past.company_was_known(session, key, times)
        if not known:
            raise no_company(slug, parameter=parameter)


class AsOf(NamedTuple, Generic[T]):
    """What was read, and the log position that it was read at; None: the present state, which has no position."""

    found: T
    position: int | None


async def company(database: Database, reference: str, times: Times = NOW) -> AsOf[Company]:
    """A company by slug or `scheme:value`. Raises NotFound, and Invalid for times beyond the log."""
    async with still(database, times) as (reads, then):
        slug = await slug_of(reads, reference, then)
        async with reads.session() as session:
            key = company_key(slug)
            page = await (
                companies.company_page(session, key) if then.is_now else past.company(session, key, then)
            )
    if page is None:
        raise no_company(reference)
    return AsOf(page, then.at)


async def names(database: Database, slugs: Collection[str], times: Times = NOW) -> dict[str, str]:
    """The names of companies by slug; unknown ones are left out. Raises Invalid for times beyond the log."""
    if not slugs:
        return {}
    async with still(database, times) as (reads, then), reads.session() as session:
        return await past.names(session, sorted(set(slugs)), then)


K = TypeVar("K", str, int)


async def _listed(
    database: Database,
    words: str | None,
    after: K,
    limit: int,
    times: Times,
    now: Callable[[Session, K, str | None, int], Awaitable[list[T]]],
    earlier: Callable[[Session, K, str | None, int, Times], Awaitable[list[T]]],
) -> AsOf[list[T]]:
    """Up to `limit` things of a registry after a key that have the words, by one of two reads of the store."""
    words = None if words is None else words.lower()
    async with still(database, times) as (reads, then), reads.session() as session:
        if then.is_now:
            return AsOf(await now(session, after, words, limit), None)
        return AsOf(await earlier(session, after, words, limit, then), then.at)


async def company_list(
    database: Database, words: str | None, after: str, limit: int, times: Times
) -> AsOf[list[Company]]:
    """Companies by slug whose slug, name, alias or identifier contains the words."""
    return await _listed(database, words, after, limit, times, companies.company_list, past.companies)


async def concept(database: Database, concept_id: str, times: Times = NOW) -> AsOf[Concept]:
    """A concept by id. Raises NotFound."""
    async with still(database, times) as (reads, then), reads.session() as session:
        if not then.is_now:
            found = await past.concept(session, concept_id, then)
        else:
            found = next(iter(await companies.load_concepts(session, [concept_id])), None)
    if found is None:
        raise NotFound(f"there is no concept {concept_id}")
    return AsOf(found, then.at)


async def concept_list(
    database: Database, words: str | None, after: str, limit: int, times: Times
) -> AsOf[list[Concept]]:
    """Concepts by id whose id or label contains the words."""
    return await _listed(database, words, after, limit, times, companies.concept_list, past.concepts)


async def known_source(session: Session, source_id: str, times: Times) -> SourceState:
    """A source by id, without the content of its snapshot. Raises NotFound if it was not recorded then, or not public."""
    for found in await sources.load_sources(session, [source_id]):
        if found.was_there(times):
            return found
    raise NotFound(f"there is no source {source_id}")


async def source(database: Database, source_id: str, times: Times = NOW) -> AsOf[Source]:
    """A source by id. Raises NotFound."""
    async with still(database, times) as (reads, then), reads.session() as session:
        return AsOf((await known_source(session, source_id, then)).page(then), then.at)


async def source_list(
    database: Database, words: str | None, after: int, limit: int, times: Times
) -> AsOf[list[Source]]:
    """Sources in the order recorded whose title contains the words."""
    return await _listed(database, words, after, limit, times, sources.source_list, past.sources)


async def source_text(database: Database, source_id: str, times: Times = NOW) -> AsOf[str]:
    """The archived text of a source, which selectors address. Raises NotFound, Forbidden as `archived_text` does."""
    found = await archived_text(database, source_id, times)
    return AsOf(found.found.text, found.position)


class ReadableText(NamedTuple):
    """The archived text of a source."""

    text: str
    language: str  # BCP 47 tag; "" if it is not known


async def archived_text(database: Database, source_id: str, times: Times = NOW) -> AsOf[ReadableText]:
    """The archived text of a source, with its language.

    Raises NotFound if nothing is archived, Forbidden if it is archived for checking only.
    """
    async with still(database, times) as (reads, then), reads.session() as session:
        found = await known_source(session, source_id, then)
        archived = found.was_archived(then.at)
        if archived and not found.description.redistribute:
            raise Forbidden("this source is archived for checking only; its text is not served")
        snapshot = await sources.snapshot_of(session, found.key) if archived else None
        if snapshot is None:
            raise NotFound(f"the content of {source_id} is not archived")
        return AsOf(ReadableText(snapshot.text, found.description.language or ""), then.at)


@asynccontextmanager
async def still(database: Database, times: Times) -> AsyncGenerator[tuple[Reads, Times]]:
    """What to read from, and the times with their position: a snapshot where a time is given.

    Raises Invalid for times beyond the log.
    """
    if times.is_now:
        yield database, times
        return
    async with database.snapshot() as reads:
        async with reads.session() as session:
            then = (await resolved(session, times)).answered_at(await log.head_position(session))
        yield reads, then


async def latest(database: Database, limit: int) -> list[Entry]:
    """The last `limit` entries of the log, in order. The position of the last one is the log's."""
    async with database.session() as session:
        return await log.last_changes(session, limit)


class _Counted(NamedTuple):
    """The companies with most facts, as they were counted."""

    sizes: list[CompanySize]
    last: Entry  # of the log then
    at: float  # monotonic seconds


_counted: WeakKeyDictionary[Database, _Counted] = WeakKeyDictionary()
_counting: WeakKeyDictionary[Database, AtOnce] = WeakKeyDictionary()
_COUNTED_FOR = 60.0  # seconds


async def largest(database: Database, limit: int, last: Entry) -> list[CompanySize]:
    """The companies with most facts. `last` is the log's last entry; while there are new ones, they are counted once a minute."""
    kept = _counted.get(database)
    if kept is not None and (
        kept.last == last
        or (kept.last.position < last.position and time.monotonic() - kept.at < _COUNTED_FOR)
    ):
        return kept.sizes

    async def count() -> list[CompanySize]:
        async with database.session() as session:
            return await companies.largest_companies(session, limit)

    sizes = await _counting.setdefault(database, AtOnce()).get((limit, last.position), count)
    _counted[database] = _Counted(sizes, last, time.monotonic())
    return sizes


async def document(database: Database, source_id: str, times: Times = NOW) -> ReadableSource:
    """A source with its archived text, if that may be served and is no JSON. Raises NotFound."""
    async with still(database, times) as (reads, then), reads.session() as session:
        _, found = await sources.documents(session, [source_id], [source_id])
        if then.is_now and source_id in found:
            return found[source_id]
        state = await known_source(session, source_id, then)
    archived = found[source_id].archived if state.was_archived(then.at) else None
    return ReadableSource(state.page(then), archived)


async def titles(database: Database, source_ids: Sequence[str]) -> dict[str, str]:
    """The titles of sources by id, as they are now; unknown ones are left out."""
    if not source_ids:
        return {}
    async with database.session() as session:
        _, found = await sources.documents(session, source_ids, [])
    return {one: document.source.title for one, document in found.items()}


async def origin(database: Database) -> Origin:
    """Which log it is, and its last position."""
    async with database.session() as session:
        return await log.origin(session)


async def ready(database: Database) -> int:
    """The log's last position. Raises Unavailable if the database does not answer or is not migrated."""
    async with database.session() as session:
        return await log.head_position(session)


async def has_room(database: Database) -> bool:
    """Whether the database's disk has room to record more. Raises Unavailable."""
    return await database.has_room()
