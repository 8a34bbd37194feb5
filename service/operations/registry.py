"""Reads companies, concepts and sources, and the position of the log."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from service.core.companies import Company, Concept, meant, parse_reference, spellings
from service.core.errors import Forbidden, NotFound
from service.core.history import NOW, Times
from service.core.identity import company_key
from service.core.log import Entry
from service.core.near import nearest
from service.core.sources import Source
from service.postgres.database import Database, Reads, Session
from service.store import companies, log, sources
from service.store.sources import ReadableSource

_LIKE: Final = 0.7  # likeness from which a ticker is worth telling; they are short


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
        slug = await companies.resolve_identifier(session, *parsed, times)
        if slug is None and parsed[0] == "ticker":
            slug, near = await _by_ticker(session, parsed[1], times)
    if slug is None:
        raise no_company(reference, parameter=parameter, near=near)
    return slug


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
    """Raise NotFound, which names `parameter`, if the company was not recorded by then."""
    async with database.session() as session:
        if not await companies.company_known(session, company_key(slug), times):
            raise no_company(slug, parameter=parameter)


async def company(database: Database, reference: str) -> Company:
    """A company by slug or `scheme:value`. Raises NotFound."""
    slug = await slug_of(database, reference)
    async with database.session() as session:
        page = await companies.company_page(session, company_key(slug))
    if page is None:
        raise no_company(reference)
    return page


async def company_list(database: Database, words: str | None, after: str, limit: int) -> list[Company]:
    """Companies by slug whose slug, name, alias or identifier contains the words."""
    async with database.session() as session:
        return await companies.company_list(session, after, None if words is None else words.lower(), limit)


async def concept(database: Database, concept_id: str) -> Concept:
    """A concept by id. Raises NotFound."""
    async with database.session() as session:
        for found in await companies.load_concepts(session, [concept_id]):
            return found
    raise NotFound(f"there is no concept {concept_id}")


async def concept_list(database: Database, words: str | None, after: str, limit: int) -> list[Concept]:
    """Concepts by id whose id or label contains the words."""
    async with database.session() as session:
        return await companies.concept_list(session, after, None if words is None else words.lower(), limit)


async def source(database: Database, source_id: str) -> Source:
    """A source by id. Raises NotFound."""
    async with database.session() as session:
        for found in await sources.load_sources(session, [source_id]):
            return found.page()
    raise NotFound(f"there is no source {source_id}")


async def source_list(database: Database, words: str | None, after: int, limit: int) -> list[Source]:
    """Sources in the order recorded whose title contains the words."""
    async with database.session() as session:
        return await sources.source_list(session, after, None if words is None else words.lower(), limit)


async def source_text(database: Database, source_id: str) -> str:
    """The archived text of a source, which selectors address.

    Raises NotFound if nothing is archived, Forbidden if it is archived for checking only.
    """
    async with database.session() as session:
        for found in await sources.load_sources(session, [source_id]):
            if found.archived and not found.description.redistribute:
                raise Forbidden("this source is archived for checking only; its text is not served")
            snapshot = await sources.snapshot_of(session, found.key)
            if snapshot is None:
                raise NotFound(f"the content of {source_id} is not archived")
            return snapshot.text
    raise NotFound(f"there is no source {source_id}")


class LastEntries(NamedTuple):
    """LastEntries of the log in order, and the log's last position."""

    entries: list[Entry]
    head: int


async def latest(database: Database, limit: int) -> LastEntries:
    """The last `limit` entries of the log."""
    async with database.snapshot() as session:
        head = await log.head_position(session)
        return LastEntries(await log.changes(session, max(0, head - limit), limit), head)


async def document(database: Database, source_id: str) -> ReadableSource:
    """A source with its archived text, if that may be served and is no JSON. Raises NotFound."""
    async with database.session() as session:
        _, found = await sources.documents(session, [source_id], [source_id])
    if source_id not in found:
        raise NotFound(f"there is no source {source_id}")
    return found[source_id]


async def ready(database: Database) -> int:
    """The log's last position. Raises Unavailable if the database does not answer or is not migrated."""
    async with database.session() as session:
        return await log.head_position(session)


async def has_room(database: Database) -> bool:
    """Whether the database's disk has room to record more. Raises Unavailable."""
    return await database.has_room()
