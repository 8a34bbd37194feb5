"""Imports submissions and lists of tickers.

Names, tickers, industry and addresses go into the companies' descriptions; the documents are kept, and served under
EDGAR's paths. A company that is not recorded yet is created, also if it has no facts.
"""

import asyncio
import re
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Final, NamedTuple

from msgspec import field, structs

from service.core.companies import CompanyDescription
from service.core.errors import CompanyFactsError, Invalid
from service.core.requests import AddSnapshot, AddSource, DescribeCompany, Outcome, Request
from service.core.sources import NamedSource, Snapshot
from service.edgar import entries, filers, wire
from service.edgar import store as edgar
from service.edgar.archives import Content, Member, members
from service.edgar.batches import Batches, Refusals, RefusedDocument, going_on, record_apart, written
from service.edgar.filers import Filer
from service.edgar.sorts import FileSort, read_as, sort_of
from service.postgres.database import Database, Transaction
from service.recording.writer import Writer
from service.store import companies, sources

SUBMISSIONS: Final = re.compile(r"(submissions-)?CIK[0-9]{10}(-submissions-[0-9]{3})?\.json(\.gz)?")
TICKERS: Final = re.compile(r"company_tickers(_exchange|_mf)?\.json(\.gz)?")
BATCH: Final = 200
BATCH_COMPANIES: Final = 500
MOST_WAITING: Final = 1000  # documents, which are kept in memory

_JSON: Final = "application/json"
_PAGE: Final = re.compile(r"(?:submissions-)?(CIK([0-9]{10})-submissions-[0-9]{3}\.json)")
_CIK: Final = re.compile(r"(?:submissions-)?CIK([0-9]{10})")


class FilersReport(Refusals, kw_only=True):
    """The counts of an import, and what it refused."""

    documents: int = 0  # new documents
    known: int = 0  # documents that had been imported before
    created: int = 0  # new entries about companies
    unchanged: int = 0  # companies whose description did not change
    # documents that give a company identifiers which another company has as yet
    waiting: list["_Document"] = field(default_factory=list["_Document"])


class _Document(NamedTuple):
    """A document that was read."""

    member: str
    path: str
    title: str
    content: Content
    filers: Sequence[Filer]
    newest: date

    @property
    def key(self) -> object:
        """The path, which a batch has once."""
        return self.path

    @property
    def rows(self) -> int:
        """None: these documents have no facts."""
        return 0

    @property
    def source(self) -> NamedSource:
        """The document as a source."""
        return entries.document_source(self.path, sha256(self.content.content).digest(), self.title)


async def import_submissions(
    database: Database, paths: Sequence[Path], *, advance: Callable[[int], None] = lambda _: None
) -> FilersReport:
    """Import submissions from files, folders and zip archives; `advance` is called with the bytes read of each.

    A document that cannot be imported is left out and named in the report; the others are imported.
    """
    report = FilersReport()
    batches = Batches(members(paths, SUBMISSIONS), _submissions, report, advance, most=BATCH)
    while batch := await asyncio.to_thread(batches.next):
        last = len(report.waiting) >= MOST_WAITING
        for came in await record_apart(database, batch, partial(_record, last=last), report):
            report.add(came)
    # Of companies that exchange tickers one is read first. Once all are read, the other has given up its own. The document is
    # recorded only now, so that an import that is killed before is made up for by the next one.
    waiting, report.waiting = report.waiting, []
    for document in waiting:
        for came in await record_apart(database, [document], partial(_record, last=True), report):
            report.add(came)
    return report


async def import_tickers(
    database: Database, paths: Sequence[Path], *, advance: Callable[[int], None] = lambda _: None
) -> FilersReport:
    """Import `company_tickers.json`, `_exchange.json` and `_mf.json` from files, folders and zip archives.

    Companies are recorded in batches, so that others can write in between; the list itself is recorded last. If an
    import is killed, the next one records what is missing. Refusals are as in `import_submissions`.
    """
    report = FilersReport()
    batches = Batches(members(paths, TICKERS), _tickers, report, advance, most=1)
    while batch := await asyncio.to_thread(batches.next):
        (document,) = batch
        async with database.session() as session:
            held = await edgar.wire_document(session, document.path)
        if held is not None and held.id == document.source.id:
            report.known += 1
            continue
        with going_on(document.member, report):
            await written(database, partial(_take_away, document.filers))
            for start in range(0, len(document.filers), BATCH_COMPANIES):
                part = document.filers[start : start + BATCH_COMPANIES]
                came, taken = await written(database, partial(_describe, document.member, part))
                _refuse(report, document.member, taken)
                report.add(came)
            report.add(await written(database, partial(_record, [document._replace(filers=())], last=True)))
    return report


# -- reading -------------------------------------------------------------------------------------


def _submissions(member: Member) -> _Document | None:
    content = member.read()
    page = _PAGE.match(member.file)
    if page:
        newest = read_as("page", filers.read_older_submissions, content.content)
        path, title = f"{wire.SUBMISSIONS}{page[1]}", f"EDGAR submissions of CIK{page[2]}, older"
        return _Document(member.name, path, title, content, (), newest)
    if not member.asked_for and sort_of(content.content) == "companyfacts":
        return None  # in a folder of both, companyfacts files have the same names as submissions
    read = read_as("submissions", filers.read_submissions, content.content)
    filer = read.filer
    named = _CIK.match(member.file)
    if named and int(named[1]) != filer.cik:
        detail = f"the file is named for CIK {int(named[1])} and is of {filer.cik}"
        raise Invalid(detail, pointer="/cik")
    name = f"CIK{filer.cik:010}"
    return _Document(
        member.name,
        f"{wire.SUBMISSIONS}{name}.json",
        f"EDGAR submissions of {name}",
        content,
        [filer],
        read.newest,
    )


def _tickers(member: Member) -> _Document:
    content = member.read()
    name = TICKERS.fullmatch(member.file)
    sort = (name[1] or "") if name else ""
    wanted: FileSort = "table" if sort else "tickers"
    read = read_as(wanted, filers.read_ticker_table if sort else filers.read_tickers, content.content)
    title = {
        "": "EDGAR tickers",
        "_exchange": "EDGAR tickers and exchanges",
        "_mf": "EDGAR tickers of funds",
    }[sort]
    path = f"{wire.FILES}company_tickers{sort}.json"
    return _Document(member.name, path, title, content, read, date.min)


# -- recording -----------------------------------------------------------------------------------


async def _record(batch: Sequence[_Document], writer: Writer, *, last: bool) -> FilersReport:
    """Record documents, and the companies that they describe.

    Identifiers of other companies are left out. With `last` each is in the report; else the document is not recorded yet.
    """
    report, session = FilersReport(), writer.session
    current = {document.path: await edgar.wire_document(session, document.path) for document in batch}
    known = await edgar.known_documents(session, [document.source.id for document in batch])
    fresh: list[_Document] = []
    for document in batch:
        held = current[document.path]
        is_current = held is not None and held.id == document.source.id
        # a document without filings or dates is newest by the time of import, so an older list may come again
        if is_current or (document.source.id in known and document.newest != date.min):
            report.known += 1
        else:
            fresh.append(document)
    for document in list(fresh):
        came, taken = await _describe(document.member, document.filers, writer)
        if taken and not last:
            fresh.remove(document)
            report.waiting.append(document)
        else:
            _refuse(report, document.member, taken)
        report.add(came)
    states = await sources.load_sources(session, [document.source.id for document in fresh])
    adding = _to_add(fresh, {state.id for state in states if state.archived}, {state.id for state in states})
    recorded = await writer.record([request for _, request in adding], author=None, partial=True)
    for (document, _), outcome in zip(adding, recorded.outcomes, strict=True):
        if not isinstance(outcome, Outcome):
            raise RefusedDocument(document, outcome)
    states = await sources.load_sources(session, [document.source.id for document in fresh])
    keys = {state.id: state.key for state in states}
    rows: list[edgar.DocumentRow] = []
    for document in fresh:
        report.documents += 1
        filer = document.filers[0] if document.filers else None
        rows.append(
            edgar.DocumentRow(
                path=document.path,
                source=keys[document.source.id],
                company=None if filer is None else await edgar.company_of(session, filer.cik),
                name=None if filer is None else filer.name,
                newest=document.newest,
                loc=None if filer is None else filer.loc,
                former=None if filer is None else filer.former_names,
            )
        )
    await edgar.save_documents(session, rows, writer.position, writer.recorded_at)
    return report


def _to_add(
    documents: Sequence[_Document], archived: Collection[str], named: Collection[str]
) -> list[tuple[_Document, Request]]:
    """What records the documents as sources. Documents of equal content are one source, described as the first of them."""
    adding: dict[str, tuple[_Document, Request]] = {}
    for document in documents:
        source, (content, gzipped) = document.source, document.content
        if source.id in archived:
            continue
        snapshot = Snapshot(content, _JSON, None, None, gzipped)
        request = AddSnapshot(source.id, snapshot) if source.id in named else AddSource(source, snapshot)
        adding.setdefault(source.id, (document, request))
    return list(adding.values())


async def _describe(
    member: str, read: Sequence[Filer], writer: Writer
) -> tuple[FilersReport, list[CompanyFactsError]]:
    """Record the companies that a document describes; those that cannot be recorded are in the report.

    Also returns the identifiers that were left out, because they belong to another company.
    """
    report = FilersReport()
    descriptions, taken = await _descriptions(writer.session, read)
    requests = [DescribeCompany(one) for one in descriptions]
    recorded = await writer.record(requests, author=None, partial=True)
    for described, outcome in zip(descriptions, recorded.outcomes, strict=True):
        if isinstance(outcome, Outcome):
            report.created += outcome.created
            report.unchanged += not outcome.created
        else:
            report.refuse(f"{member}: {described.slug}", outcome)
    return report, taken


def _refuse(report: FilersReport, member: str, taken: Iterable[CompanyFactsError]) -> None:
    for one in taken:
        report.refuse(member, one)


async def _descriptions(
    session: Transaction, read: Sequence[Filer]
) -> tuple[list[CompanyDescription], list[CompanyFactsError]]:
    ciks = [("cik", str(filer.cik)) for filer in read]
    owners = await companies.identifier_owners(session, ciks)
    slugs = [owners.get(pair, entries.slug_of(filer.cik)) for pair, filer in zip(ciks, read, strict=True)]
    held = {
        state.description.slug: state.description
        for state in await companies.load_companies(session, slugs, ())
    }
    described = [filers.described(filer, held.get(slug)) for slug, filer in zip(slugs, read, strict=True)]
    pairs = {pair for one in described for pair in one.known_by()}
    owners = await companies.identifier_owners(session, sorted(pairs))
    found: list[CompanyDescription] = []
    left_out: list[CompanyFactsError] = []
    for one in described:
        taken = {pair: slug for pair in one.known_by() if (slug := owners.get(pair, one.slug)) != one.slug}
        for (scheme, value), owner in sorted(taken.items()):
            left_out.append(Invalid(f"{scheme} {value} of {one.slug} belongs to {owner}"))
        found.append(_freed(one, taken.keys()) if taken else one)
    return found, left_out


def _freed(described: CompanyDescription, taken: Collection[tuple[str, str]]) -> CompanyDescription:
    """The description without these identifiers, which belong to other companies."""
    freed = filers.without_tickers(described, {value for scheme, value in taken if scheme == "ticker"})
    identifiers = {s: v for s, v in freed.identifiers.items() if (s, v) not in taken}
    return structs.replace(freed, identifiers=identifiers)


async def _take_away(read: Sequence[Filer], writer: Writer) -> None:
    """Remove tickers from companies where the list gives them to another company."""
    given = {listing.ticker: str(filer.cik) for filer in read for listing in filer.listings or ()}
    listed = set(given.values())
    owners = await companies.identifier_owners(writer.session, [("ticker", ticker) for ticker in given])
    requests: list[Request] = []
    for state in await companies.load_companies(writer.session, owners.values(), ()):
        held = state.description
        cik = held.identifiers.get("cik")
        if cik is None or cik not in listed:
            continue  # a company that the list does not name keeps the tickers that somebody recorded
        lost = {
            value for scheme, value in held.known_by() if scheme == "ticker" and given.get(value, cik) != cik
        }
        if lost:
            requests.append(DescribeCompany(filers.without_tickers(held, lost)))
    await writer.record(requests, author=None, partial=True)
