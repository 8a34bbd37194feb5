"""Reads and writes what an export has beyond what other reads need: versions by position, and EDGAR's tables."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

import msgspec

from service.core.facts import FactKey, Retraction
from service.core.history import Check, Version
from service.core.log import Entry
from service.core.names import NameSpan
from service.mirror.lines import Filed, LoggedDocument, LoggedLabel
from service.postgres.database import Record, Session, Transaction
from service.postgres.statements import Statements
from service.store import statements as kernel
from service.store.facts import Told, retraction_of
from service.store.log import entry_of

STATEMENTS = Statements("service.mirror", beside=kernel.STATEMENTS)
sql = STATEMENTS.sql

_spans = msgspec.json.Decoder(list[NameSpan])


async def entries_after(session: Session, after: int, most: int) -> list[Entry]:
    """Up to so many entries after a position, in order; those about companies do not tell which."""
    return [entry_of(row) for row in await session.fetch(sql("entries_after"), after, most)]


class LoggedVersion(NamedTuple):
    """An assertion as it was recorded, with the key of its fact; an imported one with its filing."""

    id: UUID
    key: FactKey
    version: Version
    filed: Filed | None


async def versions_between(session: Session, after: int, end: int) -> dict[int, LoggedVersion | Retraction]:
    """The versions at positions after one and up to another, by position."""
    found: dict[int, LoggedVersion | Retraction] = {}
    for row in await session.fetch(sql("versions_between"), after, end):
        told = Told(*row["told"])
        key, fact = told.key(), UUID(int=told.id.int)
        if row["retracts"] is not None:
            found[row["position"]] = retraction_of(key.company, told, row["retracts"], row["reason"])
        else:
            version = told.as_version(key, None)
            found[row["position"]] = LoggedVersion(fact, key, version, _filed(row, version))
    return found


def _filed(row: Record, version: Version) -> Filed | None:
    if version.imported is None:
        return None
    return Filed(
        number=version.imported.filing,
        accession=row["accession"],
        form=row["form"],
        filed=row["filed"],
        fiscal_year=row["fiscal_year"],
        fiscal_period=row["fiscal_period"],
        entry=version.imported.entry,
    )


class LoggedCheck(NamedTuple):
    """A later check of a version."""

    id: UUID
    version: int
    check: Check


async def checks_between(session: Session, after: int, end: int) -> dict[int, LoggedCheck]:
    """The later checks at positions after one and up to another, by position."""
    return {
        row["position"]: LoggedCheck(
            UUID(int=row["fact"].int),
            row["version"],
            Check(row["position"], row["verdict"], row["citations"]),
        )
        for row in await session.fetch(sql("checks_between"), after, end)
    }


class ExportedDocument(NamedTuple):
    """A document of EDGAR's without its bytes."""

    path: str
    position: int
    recorded_at: datetime
    source: str
    redistribute: bool  # whether its bytes may be served
    company: str | None
    name: str | None
    newest: date
    location: str | None
    former: Sequence[NameSpan] | None
    has_body: bool  # whether other bytes are served than those of the source
    is_newest: bool  # about the facts of its company


async def documents_between(session: Session, first: int, last: int) -> list[ExportedDocument]:
    """The documents whose import ended at positions from `first` to `last`, in order."""
    return [
        ExportedDocument(
            path=row["path"],
            position=row["position"],
            recorded_at=row["recorded_at"],
            source=row["source"],
            redistribute=row["redistribute"],
            company=row["company"],
            name=row["name"],
            newest=row["newest"],
            location=row["loc"],
            former=None if row["former_names"] is None else _spans.decode(row["former_names"]),
            has_body=row["has_body"],
            is_newest=row["is_newest"],
        )
        for row in await session.fetch(sql("documents_between"), first, last)
    ]


async def document_body(session: Session, document: ExportedDocument) -> bytes | None:
    """The bytes that are served of a document, gzipped; None if they are those of its source."""
    row = await session.fetchrow(sql("document_body"), document.path, document.position, document.recorded_at)
    return None if row is None else row["body"]


async def labels_of(session: Session, company: str) -> list[LoggedLabel]:
    """The labels of a company's facts that are not those of the rule."""
    return [
        LoggedLabel(fact=UUID(int=row["fact"].int), frame=row["frame"])
        for row in await session.fetch(sql("labels_of"), company)
    ]


# -- writing -------------------------------------------------------------------------------------


class CopiedFiling(NamedTuple):
    """A filing as a mirror writes it."""

    company: int  # key
    filed: Filed
    source: str  # id of the filing as a source
    document: str  # id of the document as a source
    template: bytes


async def copy_filings(session: Transaction, filings: Sequence[CopiedFiling]) -> None:
    """Write filings that are not there yet."""
    rows = [
        (
            one.company, one.filed.number, one.filed.accession, one.filed.form, one.filed.filed, one.filed.fiscal_year,
            one.filed.fiscal_period, one.source, one.document, one.template,
        )
        for one in filings
    ]  # fmt: skip
    if rows:
        await session.execute(sql("copy_filings"), *map(list, zip(*rows, strict=True)))


async def copy_document(session: Transaction, document: LoggedDocument) -> None:
    """Write a document that is not there yet, and the labels of its company."""
    former = document.former_names
    told = None if former is None else [NameSpan(one.name, one.first, one.last) for one in former]
    await session.execute(
        sql("copy_document"), document.path, document.position, document.recorded_at, document.source, document.company,
        document.name, document.newest, document.gzip, document.location,
        None if told is None else msgspec.json.encode(told).decode(),
    )  # fmt: skip
    if isinstance(document.labels, list) and document.company is not None:
        await session.execute(sql("forget_labels_of"), document.company)
        labels = document.labels
        facts, frames = [one.fact for one in labels], [one.frame for one in labels]
        await session.execute(sql("copy_labels"), document.company, facts, frames)
