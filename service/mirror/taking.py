"""Takes the lines of an export into a mirror, as they are: whole commits, several in one transaction."""

import gzip
from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from typing import Final, NamedTuple

import msgspec
from msgspec import UnsetType, field

from service.core import imported, kinds
from service.core.citations import Citation
from service.core.errors import Invalid
from service.core.facts import FactKey, in_order
from service.core.history import Attribution, Check, Imported
from service.core.identity import company_key
from service.core.kinds.metric import MetricValue
from service.core.sources import Snapshot, named
from service.mirror import store
from service.mirror.lines import Filed, LoggedDocument, LoggedSnapshot, TakenFact, TakenLine
from service.mirror.store import CopiedFiling
from service.postgres.database import Database
from service.recording import replica
from service.recording import writer as recording
from service.recording.replica import (
    CopiedCheck,
    CopiedCompany,
    CopiedConcept,
    CopiedEntry,
    CopiedRetraction,
    CopiedSnapshot,
    CopiedSource,
    CopiedVersion,
)
from service.recording.writer import Writer

_TOGETHER: Final = 1000  # entries from which commits that came together are saved

_lines = msgspec.json.Decoder(TakenLine)
_citations = msgspec.json.Decoder(list[Citation])


class _Commit(msgspec.Struct):
    """The entries of one commit, and what belongs to them."""

    recorded_at: datetime
    entries: list[CopiedEntry] = field(default_factory=list[CopiedEntry])
    filings: dict[tuple[str, int], CopiedFiling] = field(
        default_factory=dict[tuple[str, int], CopiedFiling]
    )  # by company and number
    documents: list[LoggedDocument] = field(default_factory=list[LoggedDocument])


class Taken(NamedTuple):
    """How far a mirror came."""

    position: int
    entries: int


async def take(database: Database, lines: AsyncIterator[bytes]) -> AsyncIterator[Taken]:
    """Take the lines of an export into the log of a mirror; yields after each transaction.

    A commit is taken whole: if `lines` raises, the one that it broke off in is left out. Raises Invalid for a line that
    cannot be taken, Conflict if they do not go on where the log ends.
    """
    commits: list[_Commit] = []
    documents: list[LoggedDocument] = []
    count = 0
    async for line in lines:
        read = _read(line)
        if read.document is not None:
            documents.append(read.document)
            continue
        if read.position is None or read.recorded_at is None:
            raise Invalid("a line of an export has a position and an instant")
        if not commits or commits[-1].recorded_at != read.recorded_at:
            if count >= _TOGETHER:
                yield Taken(await _saved(database, commits), count)
                commits, count = [], 0
            commits.append(_Commit(read.recorded_at))
        _add(commits[-1], read)
        count += 1
        commits[-1].documents += documents
        documents = []
    if commits or documents:
        if documents:  # of imports that added no entry
            commits.append(_Commit(documents[0].recorded_at, documents=documents))
        yield Taken(await _saved(database, commits), count)


def _read(line: bytes) -> TakenLine:
    try:
        return _lines.decode(line)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise Invalid(f"this release cannot take a line of the export: {error}") from error


async def _saved(database: Database, commits: Sequence[_Commit]) -> int:
    """Save commits in one transaction. Returns the position of the log."""

    async def save(writer: Writer) -> int:
        for commit in commits:
            if commit.entries:
                await replica.adopt(writer, commit.recorded_at, commit.entries)
            await store.copy_filings(writer.session, list(commit.filings.values()))
            for document in commit.documents:
                await store.copy_document(writer.session, document)
        return writer.position

    return await recording.copied(database, save)


def _add(commit: _Commit, line: TakenLine) -> None:
    position = line.position or 0
    entry: CopiedEntry
    if line.company is not None:
        entry = CopiedCompany(position, line.company)
    elif line.concept is not None:
        entry = CopiedConcept(position, line.concept)
    elif line.source is not None:
        source = named(line.source)
        entry = CopiedSource(position, source.id, source.description, line.source.derived_from)
    elif line.snapshot is not None:
        entry = CopiedSnapshot(position, line.snapshot.source, _content(line.snapshot))
    elif line.retraction is not None:
        said = line.retraction
        entry = CopiedRetraction(position, said.fact, _number(line), said.version, said.reason)
    elif line.fact is not None:
        version = _version(line, line.fact, position)
        if line.filed is not None:
            place = (version.key.company, line.filed.number)
            if place not in commit.filings:
                commit.filings[place] = _filing(line, line.filed, version)
        entry = version
    elif line.evidence is not None and line.id is not None:
        found = Check(position, line.evidence.verdict, bytes(line.evidence.citations))
        entry = CopiedCheck(line.id, _number(line), found)
    else:
        raise Invalid(f"the line at position {position} says nothing")
    commit.entries.append(entry)


def _number(line: TakenLine) -> int:
    if line.version is None:
        raise Invalid(f"the line at position {line.position} has no version")
    return line.version


def _version(line: TakenLine, fact: TakenFact, position: int) -> CopiedVersion:
    if line.evidence is None:
        raise Invalid(f"the line at position {position} has no evidence")
    raw = bytes(fact.value)
    value = kinds.decoded(fact.kind, raw)
    metric = value if isinstance(value, MetricValue) else None
    key = FactKey(
        company=fact.company,
        kind=fact.kind,
        subject=fact.subject,
        dimensions=in_order(fact.dimensions),
        basis=fact.basis,
        period=fact.period,
        unit=None if metric is None else metric.quantity.unit,
        comparison=None if metric is None else metric.comparison,
    )
    if key.id != line.id:
        raise Invalid(f"the fact at position {position} is {key.id} here, and {line.id} in the export")
    row = None
    if line.filed is not None and metric is not None:
        row = Imported(line.filed.number, line.filed.entry, f"{metric.quantity.value}")
    return CopiedVersion(
        position=position,
        key=key,
        version=_number(line),
        known_at=fact.known_at,
        value=raw,
        attribution=Attribution(fact.attributed_to, tuple(fact.inferred)),
        check=Check(position, line.evidence.verdict, bytes(line.evidence.citations)),
        row=row,
    )


def _filing(line: TakenLine, filed: Filed, version: CopiedVersion) -> CopiedFiling:
    """The filing of an imported version. Raises Invalid if its citations are not those that this release composes."""
    if version.row is None:
        raise Invalid(f"the version at position {line.position} is not of an imported fact")
    citations = version.check.citations
    filing, document = (one.source for one in _citations.decode(citations))
    made = imported.template_of(citations, version.key, version.row)
    if imported.citations_of(version.key, version.row, made) != citations:
        raise Invalid(
            f"this release cites an imported version otherwise than position {version.position} does"
        )
    return CopiedFiling(company_key(version.key.company), filed, filing.id, document.id, made)


def _content(snapshot: LoggedSnapshot) -> Snapshot:
    extractor = None if isinstance(snapshot.extractor, UnsetType) else snapshot.extractor
    if not isinstance(snapshot.gzip, UnsetType):
        content = gzip.decompress(snapshot.gzip)
        return Snapshot(content, snapshot.media_type, None, extractor, snapshot.gzip)
    if not isinstance(snapshot.text, UnsetType):
        return Snapshot(snapshot.text.encode(), snapshot.media_type, snapshot.text, extractor)
    if not isinstance(snapshot.base64, UnsetType):
        extracted = None if isinstance(snapshot.extracted, UnsetType) else snapshot.extracted
        return Snapshot(snapshot.base64, snapshot.media_type, extracted, extractor)
    digest = bytes.fromhex(snapshot.source.removeprefix("sha256:"))
    return Snapshot(b"", snapshot.media_type, "", extractor, withheld=digest)
