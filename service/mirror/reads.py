"""Reads the lines of an export, a part of the log at a time. What is recorded never changes, so no snapshot is held."""

from collections.abc import AsyncGenerator, Mapping
from typing import NamedTuple

import msgspec
from msgspec import Raw

from service.core.companies import CompanyDescription, ConceptDescription
from service.core.facts import Retraction
from service.core.history import Check
from service.core.log import Entry
from service.core.sources import Snapshot
from service.core.states import SourceState
from service.mirror import store
from service.mirror.lines import LoggedDocument, LoggedName, LoggedSnapshot
from service.mirror.store import ExportedDocument, LoggedCheck, LoggedVersion
from service.operations.exchange import asserted, source_said
from service.postgres.database import Database, Session
from service.store import companies, sources

BATCH = 500  # entries that are read together
_PART = 64 * 1024  # bytes of lines that are sent together

_encoder = msgspec.json.Encoder()


class _Part(NamedTuple):
    """A part of the log: its entries in order, and what they say."""

    entries: list[Entry]
    companies: Mapping[int, CompanyDescription]
    concepts: Mapping[int, ConceptDescription]
    sources: Mapping[str, SourceState]
    versions: Mapping[int, LoggedVersion | Retraction]
    checks: Mapping[int, LoggedCheck]
    documents: list[ExportedDocument]


async def exported(
    database: Database, after: int, end: int, *, whole: bool, batch: int = BATCH
) -> AsyncGenerator[bytes, None]:
    """The lines of the entries after a position up to another, in order; of EDGAR's documents from the first position on.

    Content that may not be redistributed is left out unless `whole`. A connection is held only while a part is read.
    """
    waiting: list[bytes] = []
    size = 0
    async for line in _lines(database, after, end, whole=whole, batch=batch):
        waiting.append(line)
        size += len(line)
        if size >= _PART:
            yield b"".join(waiting)
            waiting, size = [], 0
    if waiting:
        yield b"".join(waiting)


async def _lines(
    database: Database, after: int, end: int, *, whole: bool, batch: int
) -> AsyncGenerator[bytes, None]:
    if after:  # a document that added no entry has the position of an earlier import's last one
        async with database.session() as session:
            again = await store.documents_between(session, after, after)
        for document in again:
            yield await _document(database, document, whole=whole)
    while after < end:
        async with database.session() as session:
            part = await _part(session, after, min(batch, end - after))
        documents = part.documents[::-1]
        for entry in part.entries:
            while documents and documents[-1].position <= entry.position:
                yield await _document(database, documents.pop(), whole=whole)
            yield _encoder.encode(await _line(database, part, entry, whole=whole)) + b"\n"
        after = part.entries[-1].position


async def _part(session: Session, after: int, most: int) -> _Part:
    entries = await store.entries_after(session, after, most)
    end = entries[-1].position
    named = {e.source for e in entries if e.source is not None}
    return _Part(
        entries,
        await companies.described_at(session, [e.position for e in entries if e.type == "company"]),
        await companies.concepts_at(session, [e.position for e in entries if e.type == "concept"]),
        {state.id: state for state in await sources.load_sources(session, named)} if named else {},
        await store.versions_between(session, after, end),
        await store.checks_between(session, after, end),
        await store.documents_between(session, after + 1, end),
    )


async def _line(database: Database, part: _Part, entry: Entry, *, whole: bool) -> dict[str, object]:
    """The line of an entry, as `LogLine` describes it."""
    at = entry.position
    line: dict[str, object] = {"position": at, "recorded_at": entry.recorded_at}
    match entry.type:
        case "company":
            return {**line, "company": part.companies[at]}
        case "concept":
            return {**line, "concept": part.concepts[at]}
        case "source":
            return {**line, "source": source_said(part.sources[entry.source or ""], at)}
        case "snapshot":
            state = part.sources[entry.source or ""]
            return {**line, "snapshot": await _snapshot(database, state, whole=whole)}
        case "evidence":
            found = part.checks[at]
            return {**line, "evidence": _evidence(found.check), "id": found.id, "version": found.version}
        case "version":
            return {**line, **_version(part.versions[at])}


def _version(said: LoggedVersion | Retraction) -> dict[str, object]:
    if isinstance(said, Retraction):
        taken = {"fact": said.id, "version": said.retracts, "reason": said.reason}
        return {"retraction": taken, "id": said.id, "version": said.version}
    version = said.version
    return {
        "fact": asserted(said.key, version),
        "evidence": _evidence(version.checks[0]),
        "id": said.id,
        "version": version.version,
        **({} if said.filed is None else {"filed": said.filed}),
    }


def _evidence(check: Check) -> dict[str, object]:
    return {"verdict": check.verdict, "citations": Raw(check.citations)}


async def _snapshot(database: Database, state: SourceState, *, whole: bool) -> LoggedSnapshot:
    if state.text is None:
        raise LookupError(f"{state.id} has no snapshot")
    extractor = msgspec.UNSET if state.text.extractor is None else state.text.extractor
    blank = LoggedSnapshot(source=state.id, media_type=state.text.media_type, extractor=extractor)
    if not (whole or state.description.redistribute):
        return msgspec.structs.replace(blank, withheld=True)
    async with database.session() as session:
        archived = await sources.snapshot_of(session, state.key)
    if archived is None:
        raise LookupError(f"{state.id} has no snapshot")
    if archived.withheld is not None:  # from this mirror, too
        return msgspec.structs.replace(blank, withheld=True)
    return msgspec.structs.replace(blank, **content_fields(archived))


def content_fields(archived: Snapshot) -> dict[str, bytes | str]:
    """The fields of a `LoggedSnapshot` that hold the content."""
    if archived.gzipped is not None:
        return {"gzip": archived.gzipped}
    if archived.extractor is None and archived.text.encode() == archived.content:
        return {"text": archived.text}
    return {"base64": archived.content, "extracted": archived.text}


async def _document(database: Database, document: ExportedDocument, *, whole: bool) -> bytes:
    body, labels = None, msgspec.UNSET
    async with database.session() as session:
        if document.has_body and (whole or document.redistribute):
            body = await store.document_body(session, document)
        if document.is_newest and document.company is not None:
            labels = await store.labels_of(session, document.company)
    former = document.former
    line = LoggedDocument(
        path=document.path,
        position=document.position,
        recorded_at=document.recorded_at,
        source=document.source,
        company=document.company,
        name=document.name,
        newest=document.newest,
        location=document.location,
        former_names=None
        if former is None
        else [LoggedName(name=one.name, first=one.first, last=one.last) for one in former],
        gzip=body,
        labels=labels,
    )
    return _encoder.encode({"document": line}) + b"\n"
