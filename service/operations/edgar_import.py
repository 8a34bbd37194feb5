"""Importing EDGAR's company facts: documents become sources, their rows versions of facts.

A document is prepared apart from the database (read, checked, hashed) while the one before is written. A batch
of documents is one transaction, so a kill leaves whole documents or none, and what is recorded is passed over
the next time. What is new of a company is copied straight into the tables; what it restates or takes back goes
through the rule like every other write.
"""

import asyncio
import gzip
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Final, NamedTuple
from uuid import UUID

from msgspec import Struct, field, structs

from service.domain.companies import CompanyDescription, ConceptDescription
from service.domain.edgar import entries, wire
from service.domain.edgar.documents import Document, Entry, Filing, Reader
from service.domain.edgar.entries import Cited
from service.domain.edgar.filers import line, with_names
from service.domain.edgar.merging import Held, Merge, Restated, merge
from service.domain.errors import CompanyFactsError, Flaw, Invalid
from service.domain.facts import Retraction
from service.domain.history import Check, Imported, Version
from service.domain.identity import company_half, company_key, content_id
from service.domain.ledger import (
    AddSnapshot,
    AddSource,
    Changes,
    DescribeCompany,
    DescribeConcept,
    FactState,
    Outcome,
    Request,
    SourceState,
    cites_of,
    content_of,
    value_of,
)
from service.domain.quantities import Quantity
from service.domain.sources import NamedSource, Snapshot
from service.operations import recording
from service.operations.archives import Content, Member, members
from service.sql import companies, edgar, facts, log, sources
from service.sql.database import Database, Session

WANTED: Final = re.compile(r"CIK[0-9]{10}\.json(\.gz)?")
BATCH_ROWS: Final = 25_000
BATCH_DOCUMENTS: Final = 200
MOST_TOLD: Final = 1000  # refusals that a report names
BATCH_BYTES: Final = 20_000_000  # of documents; a batch with more is recorded before the next is read

_JSON: Final = "application/json"
_CIK: Final = re.compile(r"CIK([0-9]{10})")
_DESCRIPTION: Final = 5000  # code points that the registry takes


class Refused(NamedTuple):
    """A document that was refused, and why."""

    name: str
    error: CompanyFactsError


class Refusals(Struct, kw_only=True):
    """What an import refused: the first of it by name, of more only how many."""

    refused: list[Refused] = field(default_factory=list[Refused])
    untold: int = 0

    def refuse(self, name: str, error: CompanyFactsError) -> None:
        """Note that something was refused."""
        if len(self.refused) >= MOST_TOLD:
            self.untold += 1
            return
        # what led to it holds the document, and an archive may have a million
        error.__cause__ = error.__context__ = None
        self.refused.append(Refused(name, error.with_traceback(None)))


class Report(Refusals, kw_only=True):
    """What came of an import."""

    documents: int = 0  # that were new
    known: int = 0  # documents that had been imported before
    rows: int = 0  # in the new ones
    created: int = 0  # versions
    unchanged: int = 0  # rows that were recorded before
    withdrawn: int = 0  # versions that a newer document lacks


class Prepared(NamedTuple):
    """A document that was read and can be recorded."""

    member: str
    document: Document
    content: Content
    path: str

    @property
    def id(self) -> str:
        """The source that it is."""
        return f"sha256:{self.document.digest.hex()}"


async def import_facts(
    database: Database, paths: Sequence[Path], *, advance: Callable[[int], None] = lambda _: None
) -> Report:
    """Import companyfacts documents out of files, folders and zip archives.

    `advance` is told the bytes that were read. A document that cannot be imported is refused whole and told in
    the report; the others are imported.
    """
    report = Report()
    async with database.session() as session:
        known = await edgar.imported_documents(session, wire.FACTS)
    batches = _Batches(members(paths, WANTED), known, report, advance)
    concepts: dict[str, bool] = {}
    prepared = asyncio.create_task(asyncio.to_thread(batches.next))
    try:
        while batch := await prepared:
            if ahead := _bytes(batch) <= BATCH_BYTES:
                prepared = asyncio.create_task(asyncio.to_thread(batches.next))
            await _record(database, batch, concepts, report)
            batch.clear()
            if not ahead:
                prepared = asyncio.create_task(asyncio.to_thread(batches.next))
    finally:
        prepared.cancel()
    return report


def _bytes(batch: Sequence[Prepared]) -> int:
    return sum(len(one.content.content) for one in batch)


class _Batches:
    """Reads documents, a batch at a time; a company is in one batch once."""

    def __init__(
        self, found: Iterator[Member], known: set[str], report: Report, advance: Callable[[int], None]
    ) -> None:
        self._members = found
        self._known = known
        self._report = report
        self._advance = advance
        self._reader = Reader()
        self._held: Prepared | None = None

    def next(self) -> list[Prepared]:
        """The next batch; empty where there is none."""
        batch = [] if self._held is None else [self._held]
        self._held = None
        ciks = {one.document.cik for one in batch}
        rows = sum(one.document.rows for one in batch)
        while rows < BATCH_ROWS and len(batch) < BATCH_DOCUMENTS and _bytes(batch) < BATCH_BYTES:
            member = next(self._members, None)
            if member is None:
                break
            one = self._prepared(member)
            self._advance(member.size)
            if one is None:
                continue
            if one.document.cik in ciks:
                self._held = one
                break
            batch.append(one)
            ciks.add(one.document.cik)
            rows += one.document.rows
        return batch

    def _prepared(self, member: Member) -> Prepared | None:
        try:
            content = member.read()
            if content_id(content.content) in self._known:
                self._report.known += 1
                return None
            document = self._reader.read(content.content)
            named = _CIK.match(member.file)
            if named and int(named[1]) != document.cik:
                raise Invalid(
                    f"the file is named for CIK {int(named[1])} and is of {document.cik}",
                    errors=[Flaw(pointer="/cik", detail="differs from the file's name")],
                )
        except CompanyFactsError as error:
            self._report.refuse(member.name, error)
            return None
        return Prepared(member.name, document, content, wire.facts_path(document.cik))


class _Refusal(Exception):
    """A document of a batch cannot be recorded, so its transaction is undone and repeated without it."""

    def __init__(self, refused: Prepared, error: CompanyFactsError) -> None:
        super().__init__(error.detail)
        self.refused = refused
        self.error = error


async def _record(
    database: Database, batch: list[Prepared], concepts: dict[str, bool], report: Report
) -> None:
    """Record a batch in one transaction; `concepts` are those met so far, with whether they have a label."""
    while batch:
        came = Report()
        try:
            async with database.joined() as joined:
                await _Recording(joined, concepts, came).record(batch)
        except _Refusal as refusal:
            report.refuse(refusal.refused.member, refusal.error)
            concepts.clear()
            batch = [one for one in batch if one is not refusal.refused]
            continue
        for name in ("documents", "known", "rows", "created", "unchanged", "withdrawn"):
            setattr(report, name, getattr(report, name) + getattr(came, name))
        return


class _Company(NamedTuple):
    """A company that a document is of."""

    key: int
    slug: str

    def fact(self, low: int) -> tuple[int, UUID]:
        """A fact by the low half of its id, as histories are asked for."""
        return self.key, UUID(int=company_half(self.key) << 64 | low)


class _Recording:
    """Records documents within one transaction, which is the one writer while it lasts."""

    def __init__(self, database: Database, concepts: dict[str, bool], report: Report) -> None:
        self._database = database
        self._concepts = concepts
        self._report = report
        self._sources: dict[str, SourceState] = {}
        self._companies: dict[int, _Company] = {}
        self._position = 0

    async def record(self, documents: Sequence[Prepared]) -> None:
        """Record them all."""
        async with self._database.session() as session:
            await edgar.without_time_limit(session)
            await log.lock_head(session)
            known = await edgar.known_documents(session, [one.id for one in documents])
            self._report.known += len(known)
            fresh = [one for one in documents if one.id not in known]
            await self._describe(session, fresh)
            head = await log.lock_head(session)
            self._position = head.position
            await self._write(session, fresh, head)
            if self._position > head.position:
                await log.advance_head(session, log.Head(self._position, head.recorded_at))

    # -- companies, concepts, sources ------------------------------------------------------------

    async def _describe(self, session: Session, documents: Sequence[Prepared]) -> None:
        """Record what the rows are about and what they cite."""
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
        outcomes = await recording.record(
            self._database, [request for _, request in requests], author=None, partial=True
        )
        for (one, _), outcome in zip(requests, outcomes.outcomes, strict=True):
            if not isinstance(outcome, Outcome):
                raise _Refusal(one, outcome)
        self._sources = {state.id: state for state in await sources.load_sources(session, ids)}

    async def _meet(self, ids: list[str], session: Session) -> None:
        unmet = [concept for concept in dict.fromkeys(ids) if not self._concepts.get(concept, False)]
        self._concepts |= await edgar.labelled_concepts(session, unmet)

    def _new_concepts(self, one: Prepared) -> Iterator[Request]:
        """What a document says of concepts of which nothing, or no label, is recorded."""
        for concept in one.document.concepts:
            label = line(concept.label)
            labelled = self._concepts.get(concept.id)
            if labelled is None or (label is not None and not labelled):
                self._concepts[concept.id] = label is not None
                description = (concept.description or "").replace("\0", "")[:_DESCRIPTION] or None
                yield DescribeConcept(ConceptDescription(id=concept.id, label=label, description=description))

    # -- rows ------------------------------------------------------------------------------------

    async def _write(self, session: Session, documents: Sequence[Prepared], head: log.Head) -> None:
        newest = await edgar.newest_documents(session, [one.path for one in documents])
        companies = [self._companies[one.document.cik].key for one in documents]
        having = await edgar.with_facts(session, companies)
        copied: list[edgar.Fresh] = []
        merged: list[_Merged] = []
        for one, company in zip(documents, companies, strict=True):
            merged.append(await self._merge(session, one, newest.get(one.path), has_facts=company in having))
            copied.append(merged[-1].fresh())
        await edgar.insert_slots(session, copied)
        before = self._position
        self._position = await edgar.copy_facts(session, copied, before, head.recorded_at)
        self._report.created += self._position - before
        filings = [(one.company.key, row) for one in merged for row in one.filings if row.number]
        await edgar.save_filings(session, filings)
        for one in merged:
            await self._restate(session, one, head)
        rows = [await self._document(session, one) for one in merged]
        await edgar.save_documents(session, rows, self._position, head.recorded_at)
        labels = [label for one in merged if one.newest for label in one.labels()]
        await edgar.replace_labels(session, [one.company.key for one in merged if one.newest], labels)

    async def _merge(
        self, session: Session, one: Prepared, before: edgar.Newest | None, *, has_facts: bool
    ) -> "_Merged":
        company = self._companies[one.document.cik]
        recorded = await edgar.recorded(session, company.key) if has_facts else edgar.Recorded(set[int](), [])
        is_newest = before is None or _newest(one.document) >= before.newest
        found = merge(one.document, recorded.facts, recorded.held, newest=is_newest)
        number = await edgar.last_filing(session, company.key) if recorded.facts else 0
        return _Merged(one, company, found, self._filings(one, found, number), newest=is_newest)

    def _filings(self, one: Prepared, found: Merge, last: int) -> list[edgar.FilingRow]:
        """What the document has of each filing, in the order filed; those that no new row names have no number."""
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
                    template=entries.template(Cited(source.id, source.description, archived=False), cited),
                )
            )
        return rows

    async def _restate(self, session: Session, one: "_Merged", head: log.Head) -> None:
        """Record new rows of facts that are there, and take back what a newer document lacks."""
        lows = [found.fact.low for found in one.merge.restated] + [held.low for held in one.merge.withdrawn]
        if not lows:
            return
        states = {
            state.id: state
            for state in await facts.load_histories(session, [one.company.fact(low) for low in lows])
        }
        changes = Changes()
        for found in one.merge.restated:
            self._assert(one, found, states[one.company.fact(found.fact.low)[1]], changes, head)
        for held in one.merge.withdrawn:
            self._retract(one, held, states[one.company.fact(held.low)[1]], changes, head)
        await facts.save_facts(session, changes, head.recorded_at)

    def _assert(
        self, one: "_Merged", found: Restated, fact: FactState, changes: Changes, head: log.Head
    ) -> None:
        for entry in found.entries:
            row = one.filings[entry.filing.rank]
            kept = Imported(row.number, entry.place, entry.number)
            citations = entries.citations_of(fact.key, kept, row.template)
            value = entries.value_of(found.series.unit, entry.number)
            known_at = date.fromisoformat(entry.filing.filed)
            said = content_of(value_of(fact.key, value), known_at, cites_of(citations))
            same = [
                version for version in fact.versions if version.imported is None and version.content == said
            ]
            if same:  # it was recorded in another way, and stays as it stands there
                self._report.unchanged += 1
                continue
            self._position += 1
            version = Version(
                version=fact.last + 1,
                known_at=known_at,
                position=self._position,
                recorded_at=head.recorded_at,
                publisher=entries.VOICE,
                quantity=Quantity(unit=found.series.unit, value=entry.number),
                value=value,
                checks=[Check(self._position, "verified", citations)],
                sources=[row.source, row.document],
                content=b"",
                imported=kept,
            )
            fact.versions.append(version)
            changes.assertions.append((fact, version))
            self._touch(fact, changes)
            self._report.created += 1

    def _retract(self, one: "_Merged", held: Held, fact: FactState, changes: Changes, head: log.Head) -> None:
        version = next(version for version in fact.versions if version.version == held.version)
        self._position += 1
        retraction = Retraction(
            id=fact.id,
            company=fact.key.company,
            version=fact.last + 1,
            retracts=version.version,
            reason=f"withdrawn: the newer document {one.prepared.id} does not have it",
            recorded_at=head.recorded_at,
            position=self._position,
        )
        version.retracted = self._position
        fact.retractions.append(retraction)
        changes.retractions.append((fact, retraction))
        self._touch(fact, changes)
        self._report.withdrawn += 1

    def _touch(self, fact: FactState, changes: Changes) -> None:
        fact.settled = self._position
        changes.facts[fact.id] = fact

    async def _document(self, session: Session, one: "_Merged") -> edgar.DocumentRow:
        """The document itself, as it is recorded."""
        document, company = one.prepared.document, one.company
        self._report.documents += 1
        self._report.rows += document.rows
        self._report.unchanged += one.merge.unchanged
        body = None
        if one.merge.taken_back:
            gone = await edgar.retracted_rows(session, company.key, 0)
            body = wire.facts_at(one.prepared.content.content, None, gone)
        return edgar.DocumentRow(
            path=one.prepared.path,
            source=self._sources[one.prepared.id].key,
            company=company.key,
            name=document.name or None,
            newest=_newest(document),
            body=None if body is None else gzip.compress(body, 6, mtime=0),
        )


class _Merged(NamedTuple):
    """A document, and what comes of it."""

    prepared: Prepared
    company: _Company
    merge: Merge
    filings: list[edgar.FilingRow]  # by rank
    newest: bool

    def fresh(self) -> edgar.Fresh:
        """The facts that are new, in the order of lists, so that a series lies together."""
        series = sorted(self.merge.fresh, key=lambda one: (one.subject, one.slot))
        for one in series:
            one.facts.sort(key=lambda fact: (-fact.span.last, fact.low))
        return edgar.Fresh(self.company.key, self.company.slug, series, self.filings)

    def labels(self) -> list[edgar.Label]:
        """The periods that the document labels otherwise than the rule of frames."""
        return [
            edgar.Label(*self.company.fact(fact.low), series.slot, series.exceptions[fact.span])
            for series in self.prepared.document.series
            if series.exceptions
            for fact in series.facts
            if fact.span in series.exceptions
        ]


def _new_entries(found: Merge) -> Iterator[Entry]:
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
    """The document, and every filing that it names: each once."""
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
    """The company as the document would have it; None where nothing is new. A name is never taken away."""
    cik, name = str(one.document.cik), one.document.name
    if held is None:
        return CompanyDescription(slug=slug, name=line(name) or f"CIK {cik}", identifiers={"cik": cik})
    if held.identifiers.get("cik", cik) != cik:
        raise _Refusal(one, Invalid(f"{slug} is recorded as a company with another CIK"))
    described = structs.replace(
        held, aliases=with_names(held, [name]), identifiers=held.identifiers | {"cik": cik}
    )
    return None if described == held else described
