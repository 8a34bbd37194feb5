"""Reads in EDGAR's form: imported documents unchanged, or as EDGAR would have answered on a day."""

import asyncio
import gzip
from collections import OrderedDict
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import Final, NamedTuple

from msgspec import Raw

from service.core.errors import NotFound
from service.core.history import Times, answering
from service.core.identity import company_key, slot_key
from service.core.near import nearest
from service.core.periods import PeriodLiteral
from service.core.rendering import etag
from service.core.states import value_of
from service.edgar import store as edgar
from service.edgar import wire
from service.edgar.submissions import pages_across, submissions_at
from service.edgar.wire import Gone
from service.operations.registry import still
from service.operations.times import resolved
from service.postgres.database import Database, Session
from service.store import companies, log, past

_KEPT: Final = 64_000_000  # bytes of the cache of documents in a process


class Served(NamedTuple):
    """An answer in EDGAR's form."""

    body: bytes
    gzipped: bool  # whether `body` is gzip
    etag: str  # made of the plain form
    modified: datetime | None
    position: int | None = None  # of the log, where times were asked for


class _Documents:
    """LRU cache of documents, keyed by content hash, so entries never go stale."""

    def __init__(self) -> None:
        self._held: OrderedDict[tuple[str, bool], bytes] = OrderedDict()
        self._size = 0

    def get(self, digest: str, *, gzipped: bool) -> bytes | None:
        """The document with this tag, in plain form or gzip; None if it is not in the cache."""
        found = self._held.get((digest, gzipped))
        if found is not None:
            self._held.move_to_end((digest, gzipped))
        return found

    def keep(self, digest: str, content: bytes, *, gzipped: bool) -> None:
        """Put a document into the cache; those read longest ago are dropped to make room."""
        if (digest, gzipped) in self._held or len(content) > _KEPT:
            return
        self._held[digest, gzipped] = content
        self._size += len(content)
        while self._size > _KEPT:
            self._size -= len(self._held.popitem(last=False)[1])


_documents = _Documents()


async def document(database: Database, path: str, times: Times, *, gzipped: bool) -> Served:
    """The newest document of a path, without rows that were retracted since. Raises NotFound."""
    async with still(database, times) as (reads, then), reads.session() as session:
        newest = await _newest(session, path, then)
        if newest.outdated:
            return await _cut(session, path, newest, then, wire.facts_at, gzipped=gzipped)
        body = await _content(session, path, newest, gzipped=gzipped)
        return Served(body, gzipped, _tag(newest), newest.recorded_at, then.at)


async def submissions(database: Database, path: str, times: Times, *, gzipped: bool) -> Served:
    """A submissions document as EDGAR would have answered on a day (None: as imported). Raises NotFound."""
    if times.known_at is None:
        return await document(database, path, times, gzipped=gzipped)
    async with still(database, times) as (reads, then), reads.session() as session:
        newest = await _newest(session, path, then)
        content = await _content(session, path, newest, gzipped=False)
        pages: dict[str, bytes] = {}
        for name in await asyncio.to_thread(pages_across, content, times.known_at):
            page = await edgar.wire_document(session, f"{wire.SUBMISSIONS}{name}", then)
            if page is not None:
                pages[name] = await _content(session, f"{wire.SUBMISSIONS}{name}", page, gzipped=False)
        slug = "" if newest.company is None else (await edgar.names_of(session, newest.company, then)).slug
    body = await asyncio.to_thread(
        submissions_at, content, times.known_at, pages, slug, dated_alone=times.bound
    )
    if body is None:
        raise _missing(path, times)
    return (await _coded(body, gzipped=gzipped))._replace(position=then.at)


async def tickers(database: Database, path: str, times: Times, *, gzipped: bool) -> Served:
    """The newest list of tickers, or the newest imported by the end of a day in UTC. Raises NotFound."""
    known_at = times.known_at
    if known_at is None or known_at == date.max:
        return await document(database, path, times, gzipped=gzipped)
    after = datetime.combine(known_at + timedelta(days=1), time(), UTC)
    async with still(database, times) as (reads, then), reads.session() as session:
        newest = await edgar.wire_document(session, path, then, after)
        if newest is None:
            raise NotFound(f"no document {path} had been imported by {known_at}")
        body = await _content(session, path, newest, gzipped=gzipped)
        return Served(body, gzipped, _tag(newest), newest.recorded_at, then.at)


async def company_facts(database: Database, cik: int, times: Times, *, ours: bool, gzipped: bool) -> Served:
    """Everything a company reported, as EDGAR would have answered on a day (None: as imported). Raises NotFound.

    `ours` adds the taxonomy `companyfacts` with the facts whose subject belongs to no taxonomy; then the company needs
    no imported document.
    """
    path = wire.facts_path(cik)
    if times.known_at is None and not ours:
        return await document(database, path, times, gzipped=gzipped)
    async with database.snapshot() as reads, reads.session() as session:
        then = await _resolved(session, times)
        newest = await edgar.wire_document(session, path, then)
        if not ours:
            if newest is None:
                raise _missing(path, times)
            return await _cut(session, path, newest, then, wire.facts_at, gzipped=gzipped)
        content = b""
        if newest is not None:
            plain = await _content(session, path, newest, gzipped=False)
            gone, name = await _gone(session, newest, then), await _name(session, newest.company, then)
            content = (
                await asyncio.to_thread(
                    wire.facts_at, plain, then.known_at, gone, name, labelled=not then.bound
                )
                or b""
            )
        added = await _ours(session, cik, then)
    if not content and not added.facts:
        raise _missing(path, times)
    body = await asyncio.to_thread(wire.with_ours, content, added)
    return (await _coded(body, gzipped=gzipped))._replace(position=then.at)


async def _resolved(session: Session, times: Times) -> Times:
    """The times with their position; without times, those of the present state. Raises Invalid for times beyond the log."""
    if times.is_now:
        return times
    return (await resolved(session, times)).answered_at(await log.head_position(session))


async def _ours(session: Session, cik: int, times: Times) -> wire.Ours:
    """The company's facts whose subject belongs to no taxonomy, as they answer at these times."""
    slug = await companies.resolve_identifier(session, "cik", str(cik), times)
    if times.bound:
        slug = await past.filer_of(session, [wire.facts_path(cik), wire.submissions_path(cik)], times)
    if slug is None:
        return wire.Ours(cik, "", [])
    company = company_key(slug)
    said = await past.described(session, company, times)
    found: list[wire.OurFact] = []
    for state in await edgar.facts_of_our_own(session, company):
        answer = answering(state.versions, times)
        if answer is not None and answer.asserted:
            value = value_of(state.key, answer.version.value)
            found.append(wire.OurFact(state.key, state.id, answer.version, value))
    return wire.Ours(cik, slug if said is None else said.name, found)


async def company_concept(
    database: Database, cik: int, taxonomy: str, tag: str, times: Times, *, gzipped: bool
) -> Served:
    """What a company reported for one concept. Raises NotFound."""
    path = wire.facts_path(cik)
    concept = f"{taxonomy}:{tag}"
    asked = f"{concept} of CIK{cik:010}"
    async with still(database, times) as (reads, then), reads.session() as session:
        newest = await edgar.wire_document(session, path, then)
        if newest is None:
            if times.bound:
                raise NotFound(f"there is no {asked}")
            raise NotFound(f"there is no {asked}: no company facts of this company have been imported")
        cut = partial(wire.concept_at, taxonomy=taxonomy, tag=tag)
        try:
            return await _cut(session, path, newest, then, cut, gzipped=gzipped)
        except NotFound:
            content: bytes | None = await _content(session, path, newest, gzipped=False)
        if times.bound:  # its hints are those of the day
            gone = await _gone(session, newest, then)
            content = await asyncio.to_thread(wire.facts_at, content, then.known_at, gone)
    recorded = [] if content is None else await asyncio.to_thread(wire.concepts_of, content)
    if concept in recorded:
        when = "" if times.known_at is None else f" by {times.known_at}"
        raise NotFound(f"there was no {asked}{when}", parameter="tag")
    near = await asyncio.to_thread(nearest, concept, recorded)
    raise NotFound(f"there is no {asked}{_perhaps(near)}", parameter="tag")


def _perhaps(near: Sequence[str]) -> str:
    return f"; perhaps {' or '.join(f'`{one}`' for one in near)}" if near else ""


async def _newest(session: Session, path: str, times: Times) -> edgar.Wire:
    found = await edgar.wire_document(session, path, times)
    if found is None:
        raise _missing(path, times)
    return found


def _missing(path: str, times: Times) -> NotFound:
    """The error for a document that there is not, or of which nothing is left at a day; it does not tell which."""
    if times.known_at is None:
        return NotFound(f"no document {path} has been imported")
    return NotFound(f"there was nothing at {path} by {times.known_at}")


def _tag(newest: edgar.Wire) -> str:
    """The document's hash, plus the position if rows were removed."""
    reduced = f"-{newest.position}" if newest.reduced else ""
    return f'"{newest.id.removeprefix("sha256:")[:32]}{reduced}"'


async def _content(session: Session, path: str, newest: edgar.Wire, *, gzipped: bool) -> bytes:
    """The bytes of a document that are served, plain or gzip."""
    digest = _tag(newest)
    found = _documents.get(digest, gzipped=gzipped)
    if found is None:
        found = _documents.get(digest, gzipped=True)
        if found is None:
            found = await edgar.wire_content(session, path, newest)
            if not newest.reduced:
                _documents.keep(digest, found, gzipped=True)
        if not gzipped:
            found = await asyncio.to_thread(gzip.decompress, found)
            if not newest.reduced:
                _documents.keep(digest, found, gzipped=False)
    return found


_Cut = Callable[
    ..., bytes | None
]  # takes a document's content, `day`, `gone`, `name` and `labelled`; returns the part to serve


async def _cut(
    session: Session, path: str, newest: edgar.Wire, times: Times, cut: _Cut, *, gzipped: bool
) -> Served:
    """A part of a document, cut out in a thread. Raises NotFound if nothing is left."""
    content = await _content(session, path, newest, gzipped=False)
    gone, name = await _gone(session, newest, times), await _name(session, newest.company, times)
    body = await asyncio.to_thread(
        cut, content, day=times.known_at, gone=gone, name=name, labelled=not times.bound
    )
    if body is None:
        if times.known_at is None:
            raise NotFound(f"there was nothing at {path}")
        raise _missing(path, times)
    return (await _coded(body, gzipped=gzipped))._replace(position=times.at)


async def _gone(session: Session, newest: edgar.Wire, times: Times) -> Sequence[Gone]:
    """The rows of a document that were retracted after its import, by the position of the read."""
    if newest.company is None or not newest.outdated:
        return ()
    return await edgar.retracted_rows(session, newest.company, newest.position, times)


async def _name(session: Session, company: int | None, times: Times) -> str | None:
    """The name of a company on the day of a read; None without a day: then that of the document stands."""
    if company is None or times.known_at is None:
        return None
    return (await edgar.names_of(session, company, times)).on(times.known_at)


async def _coded(body: bytes, *, gzipped: bool) -> Served:
    tag = etag(body)
    if gzipped:
        body = await asyncio.to_thread(gzip.compress, body, 5, mtime=0)
    return Served(body, gzipped, tag, None)


# -- one concept over companies ------------------------------------------------------------------


async def frame(
    database: Database,
    taxonomy: str,
    tag: str,
    unit: str,
    asked: PeriodLiteral,
    label: str,
    times: Times,
) -> tuple[wire.WireFrame, int | None]:
    """What companies reported for a concept in a calendar frame: the rows that have its label.

    `label` is the frame without EDGAR's `CY`, `asked` the same as a literal. `unit` is as in EDGAR's path, with `-per-` for
    a stroke; a unit that is really so called is found, too. Also the position of the log, where times were asked for.
    Raises NotFound if no row has the label.
    """
    subject = f"{taxonomy}:{tag}"
    rows: list[edgar.WireRow] = []
    called = unit
    async with database.snapshot() as still_reads, still_reads.session() as session:
        then = await _resolved(session, times)
        for called in dict.fromkeys((unit.replace("-per-", "/"), unit)):
            slot = slot_key(
                kind="metric", subject=subject, dimensions={}, basis="reported", unit=called, comparison=None
            )
            rows = await edgar.wire_frame(session, slot, label, then, *asked.days)
            if rows:
                break
        # labels have no days
        concept = None if then.bound else await past.concept(session, subject, then._replace(known_at=None))
        # what is recorded of concepts has no day, so none is named where the day counts
        others = [] if rows or concept or then.known_at else await companies.concepts_like(session, tag)
    if not rows:
        told = _perhaps(nearest(subject, others))
        raise NotFound(
            f"no company is known to have reported {subject} in {called} for CY{label}{told}", parameter="tag"
        )
    answer = wire.WireFrame(
        taxonomy=taxonomy,
        tag=tag,
        ccp=f"CY{label}",
        uom=called,
        label=None if concept is None else concept.label,
        description=None if concept is None else concept.description,
        pts=len(rows),
        data=[_point(row, then.known_at) for row in rows],
    )
    return answer, then.at


def _point(row: edgar.WireRow, known_at: date | None) -> wire.FramePoint:
    name = None if known_at is None else row.names.on(known_at)
    return wire.FramePoint(
        accn=row.accession,
        cik=row.cik,
        entity_name=row.name or "" if name is None else name,
        loc=row.loc,
        start=None if row.start is None else row.start.isoformat(),
        end=row.end.isoformat(),
        val=Raw(row.number.encode()),
    )
