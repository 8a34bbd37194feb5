"""Database access for EDGAR's documents and imported versions, which are written in bulk in a compact form."""

import gzip
from collections.abc import AsyncGenerator, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from struct import Struct
from typing import Final, NamedTuple
from uuid import UUID

import msgspec

from service.core.history import NOW, Times
from service.core.identity import company_half
from service.core.names import DatedNames, NameSpan
from service.core.packing import packed
from service.core.quantities import normal
from service.core.states import FactState
from service.edgar.answers import Answers, cut
from service.edgar.documents import Filing, ReadSeries, Span
from service.edgar.merging import Held
from service.edgar.wire import Gone
from service.postgres import copying
from service.postgres.copying import bigint, boolean, cell, jsonb, text
from service.postgres.database import Session, Transaction
from service.postgres.statements import Statements
from service.store import statements as kernel
from service.store.facts import load_histories
from service.store.past import dated_names
from service.store.times import bounds, upto

STATEMENTS = Statements("service.edgar", beside=kernel.STATEMENTS)
sql = STATEMENTS.sql

_EPOCH: Final = date(2000, 1, 1)
_EPOCH_INSTANT: Final = datetime(2000, 1, 1, tzinfo=UTC)
_EVER: Final = datetime(9999, 12, 31, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)
_LOW: Final = (1 << 64) - 1


class FilingRow(NamedTuple):
    """A filing of a document, as it is stored."""

    number: int  # counts the filings of a company from 1; 0: no stored row names it
    filing: Filing
    source: int  # key of the filing as a source
    document: int  # key of the document as a source
    template: bytes  # the JSON of a citation, with gaps for pointer and number


class Fresh(NamedTuple):
    """New facts of a company, and the filings of their document in the order filed."""

    company: int
    slug: str
    series: Sequence[ReadSeries]
    filings: Sequence[FilingRow]


class FreshFacts:
    """New facts of several companies, to be written in bulk."""

    def __init__(self, companies: Sequence[Fresh]) -> None:
        self._companies = companies

    def place(self, position: int) -> int:
        """Give each version the next position after `position`, in the order of the series. Returns the last one given."""
        for one in self._companies:
            for series in one.series:
                for fact in series.facts:
                    fact.before = position
                    position += len(fact.entries)
        return position

    async def save(self, session: Transaction, recorded_at: datetime) -> None:
        """Write the facts, their versions and their series."""
        slots = [
            (one.company, series.subject, series.slot, series.unit)
            for one in self._companies
            for series in one.series
        ]
        if slots:
            await session.execute(sql("insert_metric_slots"), *map(list, zip(*slots, strict=True)))
        await _copy(session, "facts", _FACT_COLUMNS, _fact_rows(self._companies, recorded_at))
        await _copy(session, "versions", _VERSION_COLUMNS, _version_rows(self._companies, recorded_at))


async def _copy(session: Transaction, table: str, columns: Sequence[str], rows: Iterable[bytes]) -> None:
    async def source() -> AsyncGenerator[bytes, None]:
        for chunk in copying.chunks(rows):
            yield chunk

    await session.copy_to_table(table, source=source(), columns=columns, format="binary", timeout=3600)


_FACT_COLUMNS: Final = (
    "company", "slug", "kind", "dimensions", "basis", "asserted", "evidence", "disputed", "contested",
    "slot", "subject", "unit", "id", "period", "frequency", "frame", "version", "known_at", "settled",
    "first_known", "first_position", "interval", "cited", "answer",
)  # fmt: skip
_FACT: Final = Struct(">iiiiiqiiiq").pack
_FACT_END: Final = Struct(">iqi").pack


def _fact_rows(fresh: Sequence[Fresh], recorded_at: datetime) -> Iterator[bytes]:
    spans: dict[Span, bytes] = {}
    numbers = _Numbers()
    for one in fresh:
        half = company_half(one.company)
        company = b"".join(
            (
                copying.count(len(_FACT_COLUMNS)), bigint(one.company), text(one.slug), text("metric"), jsonb("{}"),
                text("reported"), boolean(True), text("verified"), boolean(False),
                boolean(False),
            )
        )  # fmt: skip
        templates = [cut(row.template) for row in one.filings]
        sources = [row.source for row in one.filings]
        for series in one.series:
            answers = Answers(one.slug, half, series.subject, series.unit, recorded_at)
            head = b"".join(
                (
                    company, bigint(series.slot), text(series.subject), text(series.unit),
                    cell(half.to_bytes(8) + bytes(8))[:-8],
                )
            )  # fmt: skip
            for fact in series.facts:
                version = len(fact.entries)
                position = fact.before + version
                entry = fact.entries[-1]
                filing = entry.filing
                span = spans.get(fact.span)
                if span is None:
                    span = spans[fact.span] = _span(fact.span)
                dated, undated = answers.render(fact, entry, version, position, templates[filing.rank])
                answer = packed(dated + undated, undated=len(undated) - len("]}"))
                yield b"".join(
                    (
                        head, fact.low.to_bytes(8), span,
                        _FACT(
                            4, version, 4, filing.day, 8, position, 4, fact.entries[0].filing.day, 8, fact.before + 1
                        ),
                        copying.point(numbers[entry.number]), _FACT_END(8, sources[filing.rank], len(answer)), answer,
                    )
                )  # fmt: skip


_VERSION_COLUMNS: Final = (
    "company", "fact", "version", "position", "recorded_at", "known_at", "filing", "entry", "number",
)  # fmt: skip
_VERSION: Final = Struct(">QiiiqiqiiiiiiI").pack


def _version_rows(fresh: Sequence[Fresh], recorded_at: datetime) -> Iterator[bytes]:
    numbers = _Numbers()
    instant = (recorded_at - _EPOCH_INSTANT) // _MICROSECOND
    for one in fresh:
        head = b"".join(
            (
                copying.count(len(_VERSION_COLUMNS)), bigint(one.company),
                cell(company_half(one.company).to_bytes(8) + bytes(8))[:-8],
            )
        )  # fmt: skip
        filings = [row.number for row in one.filings]
        for series in one.series:
            for fact in series.facts:
                low, position = fact.low, fact.before
                for version, entry in enumerate(fact.entries, 1):
                    number = numbers[entry.number]
                    filing = entry.filing
                    yield (
                        head
                        + _VERSION(
                            low, 4, version, 8, position + version, 8, instant, 4, filing.day, 4, filings[filing.rank],
                            4, entry.place, len(number),
                        )
                        + number
                    )  # fmt: skip


class _Numbers(dict[str, bytes]):
    """Decimals in Postgres' binary form. Kept, since most numbers stand in many rows."""

    def __missing__(self, number: str) -> bytes:
        made = self[number] = copying.numeric(number)
        return made


def _span(span: Span) -> bytes:
    """The columns `period`, `frequency` and `frame` in binary form."""
    frame = None if span.claim is None else span.claim.frame
    return copying.daterange(span.first, span.last) + text(span.frequency) + text(frame)


# -- what is recorded ----------------------------------------------------------------------------


async def without_time_limit(session: Transaction) -> None:
    """Let statements of this transaction take as long as they need."""
    await session.execute(sql("without_time_limit"))


async def imported_documents(session: Session, prefix: str) -> set[str]:
    """The sources that were imported under paths with this prefix."""
    return {row["id"] for row in await session.fetch(sql("imported_documents"), prefix)}


async def known_documents(session: Session, ids: Iterable[str]) -> set[str]:
    """Those of these sources that were imported."""
    return {row["id"] for row in await session.fetch(sql("known_documents"), list(ids))}


class Newest(NamedTuple):
    """The newest document of a path."""

    newest: date  # day of its newest filing
    position: int


async def newest_documents(session: Session, paths: Iterable[str]) -> dict[str, Newest]:
    """The newest document of each of these paths that has one."""
    rows = await session.fetch(sql("newest_documents"), list(paths))
    return {row["path"]: Newest(row["newest"], row["position"]) for row in rows}


class OnRecord(NamedTuple):
    """The low halves of the ids of a company's facts, and the imported versions of these."""

    facts: set[int]
    held: list[Held]


async def with_facts(session: Session, companies: Iterable[int]) -> set[int]:
    """Those of these companies that have facts."""
    return {row["company"] for row in await session.fetch(sql("companies_with_facts"), list(companies))}


async def recorded(session: Session, company: int) -> OnRecord:
    """The facts and imported versions of a company, with which a document is compared."""
    facts = {row["id"].int & _LOW for row in await session.fetch(sql("facts_of_company"), company)}
    held = [
        Held(
            low=row["fact"].int & _LOW,
            version=row["version"],
            accession=row["accession"],
            day=(row["known_at"] - _EPOCH).days,
            number=row["number"],
            retracted=row["retracted"] is not None,
        )
        for row in await session.fetch(sql("imported_versions"), company)
    ]
    return OnRecord(facts, held)


async def last_filing(session: Session, company: int) -> int:
    """The greatest number among a company's filings; 0 if it has none."""
    return int(str(await session.fetchval(sql("last_filing"), company)))


async def labelled_concepts(session: Session, ids: Iterable[str]) -> dict[str, bool]:
    """Those of these concepts that are recorded, and whether they have a label."""
    rows = await session.fetch(sql("labelled_concepts"), list(ids))
    return {row["concept"]: row["labelled"] for row in rows}


async def retracted_rows(session: Session, company: int, after: int, times: Times) -> list[Gone]:
    """The rows of a company's documents that were retracted after a position and by `times.at`."""
    return [
        Gone(
            subject=row["subject"],
            unit=row["unit"],
            start=None if row["start"] is None else row["start"].isoformat(),
            end=row["end"].isoformat(),
            accession=row["accession"],
            number=normal(row["number"]),
        )
        for row in await session.fetch(sql("retracted_rows"), company, after, upto(times))
    ]


class Wire(NamedTuple):
    """The newest document of a path."""

    id: str  # of the source
    position: int
    recorded_at: datetime
    company: int | None
    reduced: bool  # whether rows were removed from what is served
    outdated: bool  # whether rows were retracted after the import


async def wire_document(
    session: Session, path: str, times: Times = NOW, before: datetime = _EVER
) -> Wire | None:
    """The newest document of a path among those imported by `times.at` and before an instant."""
    row = await session.fetchrow(sql("wire_document"), path, before, upto(times))
    return None if row is None else Wire(**dict(row))


async def company_of(session: Session, cik: int) -> int | None:
    """The key of the company that holds a CIK."""
    key = await session.fetchval(sql("company_of_cik"), str(cik))
    return None if key is None else int(str(key))


async def wire_content(session: Session, path: str, wire: Wire) -> bytes:
    """The bytes of a document that are served, as gzip."""
    row = await session.fetchrow(sql("wire_content"), path, wire.position, wire.recorded_at)
    if row is None:
        raise LookupError(f"there is no document {path} at {wire.position}")
    content: bytes = row["content"]
    return content if row["coding"] == "gzip" else gzip.compress(content, 6, mtime=0)


async def facts_of_our_own(session: Session, company: int) -> list[FactState]:
    """The facts of a company whose subject belongs to no taxonomy, with their histories."""
    ids = [UUID(int=row["id"].int) for row in await session.fetch(sql("facts_of_our_own"), company)]
    found = {state.id: state for state in await load_histories(session, [(company, fact) for fact in ids])}
    return [found[fact] for fact in ids]


class WireRow(NamedTuple):
    """A row that has the label of a frame."""

    cik: int
    slug: str
    name: str | None
    names: DatedNames
    loc: str | None
    accession: str
    number: str
    start: date | None  # None: an instant
    end: date


async def wire_frame(
    session: Session, slot: int, frame: str, times: Times, first: date, last: date
) -> list[WireRow]:
    """The rows that have a frame's label at these times, by CIK; `first` and `last` are the days of the frame."""
    known, at = bounds(times)
    rows = await session.fetch(sql("wire_frame"), slot, frame, known, first, last, at)
    return [
        WireRow(
            cik=row["cik"],
            slug=row["slug"],
            name=row["name"],
            names=dated_names(row["slug"], row),
            loc=row["loc"],
            accession=row["accession"],
            number=row["number"],
            start=row["start"],
            end=row["end"],
        )
        for row in rows
    ]


async def names_of(session: Session, company: int, times: Times) -> DatedNames:
    """A company's names with their days, by the newest of its submissions at `times.at`."""
    row = await session.fetchrow(sql("dated_names"), company, upto(times))
    if row is None:
        raise LookupError(f"there is no company {company}")
    return dated_names(row["slug"], row)


# -- writing -------------------------------------------------------------------------------------


async def save_filings(session: Transaction, rows: Iterable[tuple[int, FilingRow]]) -> None:
    """Write filings, each with the key of its company."""
    written = [
        (
            company, row.number, row.filing.accession, row.filing.form, date.fromisoformat(row.filing.filed),
            row.filing.fiscal_year, row.filing.fiscal_period, row.source, row.document, row.template,
        )
        for company, row in rows
    ]  # fmt: skip
    if written:
        await session.execute(sql("insert_filings"), *zip(*written, strict=True))


class DocumentRow(NamedTuple):
    """A document that was imported."""

    path: str
    source: int
    company: int | None
    name: str | None
    newest: date
    body: bytes | None = None
    loc: str | None = None
    former: Sequence[NameSpan] | None = None  # former names; None: not a submissions document


async def save_documents(
    session: Transaction, rows: Iterable[DocumentRow], position: int, recorded_at: datetime
) -> None:
    """Write the rows of imported documents."""
    await session.executemany(
        sql("insert_document"),
        [
            (
                row.path,
                position,
                recorded_at,
                row.source,
                row.company,
                row.name,
                row.newest,
                row.body,
                row.loc,
                None if row.former is None else msgspec.json.encode(row.former).decode(),
            )
            for row in rows
        ],
    )


class Label(NamedTuple):
    """A period whose frame label in a document differs from the rule's."""

    company: int
    fact: UUID
    slot: int
    frame: str | None


async def replace_labels(session: Transaction, companies: Sequence[int], labels: Sequence[Label]) -> None:
    """Replace the label exceptions of companies by those of their newest documents."""
    await session.execute(sql("forget_labels"), companies)
    if labels:
        await session.execute(sql("insert_labels"), *map(list, zip(*labels, strict=True)))
