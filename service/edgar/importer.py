"""Imports EDGAR's company facts: documents become sources, their rows versions of facts.

The next batch of documents is read, checked and hashed in a thread while the one before is written. A batch is one
transaction, so a killed import leaves whole documents, and the next import skips those. Facts that are new are copied
into the tables in bulk; restatements and withdrawals are decided like every other write.
"""

import asyncio
import gzip
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple
from uuid import UUID

from msgspec import structs

from service.core import imported
from service.core.companies import CompanyDescription, ConceptDescription
from service.core.errors import CompanyFactsError, Flaw, Invalid
from service.core.history import NOW, Imported
from service.core.identity import company_half, company_key, content_id
from service.core.imported import Cited
from service.core.requests import (
    AddSnapshot,
    AddSource,
    AssertRow,
    DescribeCompany,
    DescribeConcept,
    Outcome,
    Request,
    RetractFact,
)
from service.core.sources import NamedSource, Snapshot
from service.core.states import SourceState
from service.edgar import entries, wire
from service.edgar import store as edgar
from service.edgar.archives import Content, Member, members
from service.edgar.batches import BATCH_BYTES, Batches, Refusals, RefusedDocument, bytes_of, record_apart
from service.edgar.documents import Document, DocumentReader, FiledRow, Filing
from service.edgar.filers import line, with_names
from service.edgar.merging import Merge, merge
from service.edgar.sorts import read_as
from service.postgres.database import Database, Session, Transaction
from service.recording import writer as recording
from service.recording.writer import Writer
from service.store import companies, sources

WANTED: Final = re.compile(r"CIK[0-9]{10}\.json(\.gz)?")
BATCH_DOCUMENTS: Final = 200
_JSON: Final = "application/json"
_CIK: Final = re.compile(r"CIK([0-9]{10})")
_DESCRIPTION: Final = 5000  # code points: the longest description that a concept may have


class FactsReport(Refusals, kw_only=True):
    """The counts of an import, and what it refused."""

    documents: int = 0  # new documents
    known: int = 0  # documents that had been imported before
    rows: int = 0  # in the new documents
    created: int = 0  # new versions
    unchanged: int = 0  # rows that were recorded before
    withdrawn: int = 0  # versions that a newer document lacks


class Prepared(NamedTuple):
    """A document that was read and is to be recorded."""

    member: str
    document: Document
    content: Content
    path: str

    @property
    def key(self) -> object:
        """The company, which a batch has once."""
        return self.document.cik

    @property
    def rows(self) -> int:
        """How many rows it has."""
        return self.document.rows

    @property
    def id(self) -> str:
        """The id of the document as a source."""
        return f"sha256:{self.document.digest.hex()}"


async def import_facts(
    database: Database,
    paths: Sequence[Path],
    *,
    skip_bad_rows: bool = False,
    advance: Callable[[int], None] = lambda _: None,
) -> FactsReport:
    """Import companyfacts documents from files, folders and zip archives.

    `advance` is called with the bytes read of each. A document that cannot be imported is left out and named in the
    report; the others are imported. With `skip_bad_rows`, only the bad rows of a document are left out and named.
    """
    report = FactsReport()
    async with database.session() as session:
        known = await edgar.imported_documents(session, wire.FACTS)
    read = partial(_prepared, DocumentReader(), known, report, skip_bad_rows=skip_bad_rows)
    batches = Batches(members(paths, WANTED), read, report, advance, most=BATCH_DOCUMENTS)
    concepts: dict[str, bool] = {}
    prepared = asyncio.create_task(asyncio.to_thread(batches.next))
    try:
        while batch := await prepared:
            if ahead := bytes_of(batch) <= BATCH_BYTES:
                prepared = asyncio.create_task(asyncio.to_thread(batches.next))
            for came, met in await record_apart(database, batch, partial(_recorded, concepts), report):
                concepts |= met
                report.add(came)
            batch.clear()
            if not ahead:
                prepared = asyncio.create_task(asyncio.to_thread(batches.next))
    finally:
        prepared.cancel()
    return report


def _prepared(
    reader: DocumentReader, known: set[str], report: FactsReport, member: Member, *, skip_bad_rows: bool
) -> Prepared | None:
    content = member.read()
    if content_id(content.content) in known:
        report.known += 1
        return None
    read = partial(reader.read, skip_bad_rows=skip_bad_rows)
    document = read_as("companyfacts", read, content.content)
    named = _CIK.match(member.file)
    if named and int(named[1]) != document.cik:
        raise Invalid(
            f"the file is named for CIK {int(named[1])} and is of {document.cik}",
            errors=[Flaw(pointer="/cik", detail="differs from the file's name")],
        )
    return Prepared(member.name, document, content, wire.facts_path(document.cik))


async def _recorded(
    concepts: dict[str, bool], batch: Sequence[Prepared], writer: Writer
) -> tuple[FactsReport, dict[str, bool]]:
    records = _Recording(batch, dict(concepts))
    await records.record(writer)
    return records.report, records.concepts


class _Company(NamedTuple):
    """The company of a document."""

    key: int
    slug: str

    def fact(self, low: int) -> UUID:
        """The id of the company's fact with this low half."""
        return UUID(int=company_half(self.key) << 64 | low)


class _Recording:
    """Records documents in one transaction."""

    def __init__(self, documents: Sequence[Prepared], concepts: dict[str, bool]) -> None:
        self.report = FactsReport()
        self.concepts = concepts
        self._documents = documents
        self._sources: dict[str, SourceState] = {}
        self._companies: dict[int, _Company] = {}

    async def record(self, writer: Writer) -> None:
        """Record the documents that are not known yet."""
        known = await edgar.known_documents(writer.session, [one.id for one in self._documents])
        self.report.known += len(known)
        fresh = [one for one in self._documents if one.id not in known]
        await self._describe(writer, fresh)
        await self._write(writer, fresh)

    # -- companies, concepts, sources ------------------------------------------------------------

    async def _describe(self, writer: Writer, documents: Sequence[Prepared]) -> None:
        """Record companies, concepts and sources, to which the rows refer."""
        session = writer.session
        owners = await companies.identifier_owners(session, [("cik", str(d.document.cik)) for d in documents])
        slugs = {
            one.document.cik: owners.get(("cik", str(one.document.cik)), entries.slug_of(one.document.cik))
            for one in documents
        }
        held = {
            state.description.slug: state.description
            for state in await companies.load_companies(session, slugs.values(), ())
        }
        named = [_sources_of(one) for one in documents]
        ids = [source.id for found in named for source in found]
        existing = {state.id: state for state in await sources.load_sources(session, ids)}
        await self._meet([concept.id for one in documents for concept in one.document.concepts], session)
        requests: list[tuple[Prepared, Request]] = []
        for one, found in zip(documents, named, strict=True):
            slug = slugs[one.document.cik]
            self._companies[one.document.cik] = _Company(company_key(slug), slug)
            described = _described(one, slug, held.get(slug))
            if described is not None:
                requests.append((one, DescribeCompany(described)))
            requests += [(one, request) for request in self._new_concepts(one)]
            for source in found:
                state = existing.get(source.id)
                snapshot = _snapshot(one) if source.id == one.id else None
                if state is None:
                    requests.append((one, AddSource(source, snapshot)))
                elif snapshot is not None and not state.archived:
                    requests.append((one, AddSnapshot(source.id, snapshot)))
        recorded = await writer.record([request for _, request in requests], author=None, partial=True)
        for (one, _), outcome in zip(requests, recorded.outcomes, strict=True):
            if not isinstance(outcome, Outcome):
                raise RefusedDocument(one, outcome)
        self._sources = {state.id: state for state in await sources.load_sources(session, ids)}

    async def _meet(self, ids: list[str], session: Transaction) -> None:
        unmet = [concept for concept in dict.fromkeys(ids) if not self.concepts.get(concept, False)]
        self.concepts |= await edgar.labelled_concepts(session, unmet)

    def _new_concepts(self, one: Prepared) -> Iterator[Request]:
        """The concepts of a document that are not recorded, or are recorded without the label that it has."""
        for concept in one.document.concepts:
            label = line(concept.label)
            labelled = self.concepts.get(concept.id)
            if labelled is None or (label is not None and not labelled):
                self.concepts[concept.id] = label is not None
                description = (concept.description or "").replace("\0", "")[:_DESCRIPTION] or None
                yield DescribeConcept(ConceptDescription(id=concept.id, label=label, description=description))

    # -- rows ------------------------------------------------------------------------------------

    async def _write(self, writer: Writer, documents: Sequence[Prepared]) -> None:
        session = writer.session
        newest = await edgar.newest_documents(session, [one.path for one in documents])
        companies = [self._companies[one.document.cik].key for one in documents]
        having = await edgar.with_facts(session, companies)
        merged = [
            await self._merge(session, one, newest.get(one.path), has_facts=company in having)
            for one, company in zip(documents, companies, strict=True)
        ]
        before = writer.position
        await writer.copy(edgar.FreshFacts([one.fresh() for one in merged]))
        self.report.created += writer.position - before
        filings = [(one.company.key, row) for one in merged for row in one.filings if row.number]
        await edgar.save_filings(session, filings)
        for one in merged:
            await self._restate(writer, one)
        rows = [await self._document(session, one) for one in merged]
        await edgar.save_documents(session, rows, writer.position, writer.recorded_at)
        labels = [label for one in merged if one.newest for label in one.labels()]
        await edgar.replace_labels(session, [one.company.key for one in merged if one.newest], labels)

    async def _merge(
        self, session: Session, one: Prepared, before: edgar.Newest | None, *, has_facts: bool
    ) -> "_Merged":
        company = self._companies[one.document.cik]
        recorded = await edgar.recorded(session, company.key) if has_facts else edgar.OnRecord(set[int](), [])
        is_newest = before is None or _newest(one.document) >= before.newest
        # a document that was read in part does not show what EDGAR withdrew
        whole = is_newest and not one.document.skipped
        found = merge(one.document, recorded.facts, recorded.held, newest=whole)
        number = await edgar.last_filing(session, company.key) if recorded.facts else 0
        return _Merged(one, company, found, self._filings(one, found, number), newest=is_newest)

    def _filings(self, one: Prepared, found: Merge, last: int) -> list[edgar.FilingRow]:
        """A row for each filing of the document, in the order filed; its number is 0 if no new row names it."""
        document = self._sources[one.id]
        cited = Cited(document.id, document.description, archived=True)
        used = {entry.filing.rank for entry in _new_entries(found)}
        rows: list[edgar.FilingRow] = []
        for filing in one.document.filings:
            source = self._sources[_filing_source(one, filing).id]
            last += filing.rank in used
            rows.append(
                edgar.FilingRow(
                    number=last if filing.rank in used else 0,
                    filing=filing,
                    source=source.key,
                    document=document.key,
                    template=imported.template(Cited(source.id, source.description, archived=False), cited),
                )
            )
        return rows

    async def _restate(self, writer: Writer, one: "_Merged") -> None:
        """Record new rows of recorded facts, and retract the rows that the newer document does not have."""
        rows = list(one.new_rows())
        withdrawals = [
            RetractFact(
                one.company.fact(held.low),
                held.version,
                f"withdrawn: the newer document {one.prepared.id} does not have it",
            )
            for held in one.merge.withdrawn
        ]
        if not rows and not withdrawals:
            return  # as of every company that is imported for the first time
        try:
            recorded = await writer.record([*rows, *withdrawals], author=None)
        except recording.RefusedError as error:
            refused = next(one for one in error.outcomes if isinstance(one, CompanyFactsError))
            raise RefusedDocument(one.prepared, refused) from error
        created = [isinstance(outcome, Outcome) and outcome.created for outcome in recorded.outcomes]
        self.report.created += sum(created[: len(rows)])
        self.report.unchanged += len(rows) - sum(created[: len(rows)])
        self.report.withdrawn += sum(created[len(rows) :])

    async def _document(self, session: Session, one: "_Merged") -> edgar.DocumentRow:
        """The row of the document itself. Adds its counts to the report."""
        document, company = one.prepared.document, one.company
        self.report.documents += 1
        self.report.rows += document.rows
        self.report.unchanged += one.merge.unchanged
        body = None
        if document.skipped:
            body = wire.without(one.prepared.content.content, [skipped.steps for skipped in document.skipped])
            for skipped in document.skipped:
                flaw = Invalid(skipped.detail, pointer=skipped.pointer)
                self.report.skip(one.prepared.member, flaw)
        if one.merge.taken_back:
            gone = await edgar.retracted_rows(session, company.key, 0, NOW)
            body = wire.facts_at(body or one.prepared.content.content, None, gone)
        return edgar.DocumentRow(
            path=one.prepared.path,
            source=self._sources[one.prepared.id].key,
            company=company.key,
            name=document.name or None,
            newest=_newest(document),
            body=None if body is None else gzip.compress(body, 6, mtime=0),
        )


class _Merged(NamedTuple):
    """A document, and the decisions about its rows."""

    prepared: Prepared
    company: _Company
    merge: Merge
    filings: list[edgar.FilingRow]  # by rank
    newest: bool  # no later document of the company is recorded

    def fresh(self) -> edgar.Fresh:
        """The new facts in the order of lists, so that rows of one series are stored together."""
        series = sorted(self.merge.fresh, key=lambda one: (one.subject, one.slot))
        for one in series:
            one.facts.sort(key=lambda fact: (-fact.span.last, fact.low))
        return edgar.Fresh(self.company.key, self.company.slug, series, self.filings)

    def new_rows(self) -> Iterator[AssertRow]:
        """New rows of facts that are recorded."""
        for found in self.merge.restated:
            for entry in found.entries:
                filing = self.filings[entry.filing.rank]
                yield AssertRow(
                    self.company.fact(found.fact.low),
                    Imported(filing.number, entry.place, entry.number),
                    date.fromisoformat(entry.filing.filed),
                    (filing.source, filing.document),
                    filing.template,
                )

    def labels(self) -> list[edgar.Label]:
        """The periods whose frame label in the document differs from the rule's."""
        return [
            edgar.Label(
                self.company.key, self.company.fact(fact.low), series.slot, series.exceptions[fact.span]
            )
            for series in self.prepared.document.series
            if series.exceptions
            for fact in series.facts
            if fact.span in series.exceptions
        ]


def _new_entries(found: Merge) -> Iterator[FiledRow]:
    for series in found.fresh:
        for fact in series.facts:
            yield from fact.entries
    for restated in found.restated:
        yield from restated.entries


def _newest(document: Document) -> date:
    return date.min if document.filed is None else date.fromisoformat(document.filed)


def _filing_source(one: Prepared, filing: Filing) -> NamedSource:
    filed = date.fromisoformat(filing.filed)
    return entries.filing_source(
        one.document.cik, line(one.document.name), filing.accession, filing.form, filed
    )


def _sources_of(one: Prepared) -> list[NamedSource]:
    """The sources of the document and of every filing that it names, each once."""
    title = f"EDGAR company facts of CIK{one.document.cik:010}"
    document = entries.document_source(one.path, one.document.digest, title)
    filings = {
        source.id: source for source in (_filing_source(one, f) for f in reversed(one.document.filings))
    }
    return [document, *reversed(filings.values())]


def _snapshot(one: Prepared) -> Snapshot:
    content, gzipped = one.content
    return Snapshot(content, _JSON, None, None, gzipped)


def _described(one: Prepared, slug: str, held: CompanyDescription | None) -> CompanyDescription | None:
    """The company's description after this document; None if it does not change. Names are never removed."""
    cik, name = str(one.document.cik), one.document.name
    if held is None:
        return CompanyDescription(slug=slug, name=line(name) or f"CIK {cik}", identifiers={"cik": cik})
    if held.identifiers.get("cik", cik) != cik:
        raise RefusedDocument(one, Invalid(f"{slug} is recorded as a company with another CIK"))
    described = structs.replace(
        held, aliases=with_names(held, [name]), identifiers=held.identifiers | {"cik": cik}
    )
    return None if described == held else described
