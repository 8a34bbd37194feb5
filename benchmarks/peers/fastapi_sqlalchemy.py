"""The service as most users would write it, with FastAPI, SQLAlchemy's ORM with asyncpg, and Pydantic models."""

import hashlib
import os
from collections.abc import AsyncGenerator
from datetime import UTC, date, datetime
from typing import Annotated, Any
from uuid import UUID, uuid4

from fastapi import Depends, FastAPI, Header, HTTPException, Query, Response
from fastapi.responses import JSONResponse
from shapes import AllFound, Assertion, Fact, Found, Hit, Hits, Lookups, Page, Row, Rows, document, period
from sqlalchemy import (
    Computed,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Integer,
    Sequence,
    cast,
    func,
    select,
    tuple_,
)
from sqlalchemy.dialects.postgresql import JSONB, TSVECTOR
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

engine = create_async_engine(os.environ["DATABASE_URL"], pool_size=10, max_overflow=0)
sessions = async_sessionmaker(engine, expire_on_commit=False)
app = FastAPI()


class Base(DeclarativeBase):
    type_annotation_map = {dict[str, Any]: JSONB, list[Any]: JSONB, datetime: DateTime(timezone=True)}
    __table_args__ = {"schema": "peer"}


class FactRow(Base):
    __tablename__ = "facts"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    company: Mapped[str]
    kind: Mapped[str]
    subject: Mapped[str]
    dimensions: Mapped[dict[str, Any]]
    basis: Mapped[str]
    period_start: Mapped[date | None]
    period_end: Mapped[date | None]
    frequency: Mapped[str | None]
    frame: Mapped[str | None]
    value: Mapped[dict[str, Any]]
    unit: Mapped[str | None]
    known_at: Mapped[date]
    version: Mapped[int]
    status: Mapped[str]
    recorded_at: Mapped[datetime] = mapped_column(default=lambda: datetime.now(UTC))
    position: Mapped[int]
    evidence: Mapped[str]
    disputed: Mapped[bool]
    rivals: Mapped[list[Any]]
    citations: Mapped[list[Any]]


class VersionRow(Base):
    __tablename__ = "versions"

    fact: Mapped[UUID] = mapped_column(ForeignKey("peer.facts.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    known_at: Mapped[date]
    recorded_at: Mapped[datetime] = mapped_column(default=lambda: datetime.now(UTC))
    position: Mapped[int]
    value: Mapped[dict[str, Any]]
    evidence: Mapped[str]
    citations: Mapped[list[Any]]


class CompanyRow(Base):
    __tablename__ = "companies"

    slug: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    identifiers: Mapped[dict[str, Any]]
    words: Mapped[Any] = mapped_column(TSVECTOR, Computed("to_tsvector('simple', name)"), deferred=True)


class CitationRow(Base):
    __tablename__ = "citations"

    fact: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(ForeignKey("peer.sources.id"))
    selector: Mapped[dict[str, Any] | None]
    verdict: Mapped[str]
    link: Mapped[str | None]
    __table_args__ = (
        ForeignKeyConstraint(["fact", "version"], ["peer.versions.fact", "peer.versions.version"]),
        {"schema": "peer"},
    )


class KeptRow(Base):
    __tablename__ = "kept"

    key: Mapped[str] = mapped_column(primary_key=True)
    fingerprint: Mapped[bytes]
    answer: Mapped[str | None]


class SourceRow(Base):
    __tablename__ = "sources"

    id: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
    publisher: Mapped[str | None]
    author: Mapped[str | None]
    url: Mapped[str | None]
    published_at: Mapped[date | None]


class EntryRow(Base):
    __tablename__ = "entries"

    cik: Mapped[int] = mapped_column(primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    taxonomy: Mapped[str]
    concept: Mapped[str]
    label: Mapped[str | None]
    description: Mapped[str | None]
    unit: Mapped[str]
    start: Mapped[date | None]
    end: Mapped[date]
    val: Mapped[Any] = mapped_column(JSONB)
    accn: Mapped[str]
    fy: Mapped[int | None]
    fp: Mapped[str | None]
    form: Mapped[str]
    filed: Mapped[date]
    frame: Mapped[str | None]


positions = Sequence("positions", schema="peer")


async def connect() -> AsyncGenerator[AsyncSession, None]:
    async with sessions() as session:
        yield session


Database = Annotated[AsyncSession, Depends(connect)]


def fact_of(row: FactRow, version: VersionRow | None = None) -> Fact:
    told = version or row
    return Fact(
        id=row.id,
        company=row.company,
        kind=row.kind,
        subject=row.subject,
        dimensions=row.dimensions,
        basis=row.basis,
        period=period(row.period_start, row.period_end),
        value=told.value,
        known_at=told.known_at,
        version=told.version,
        status=row.status,
        recorded_at=told.recorded_at,
        position=told.position,
        evidence=told.evidence,
        disputed=row.disputed,
        rivals=row.rivals,
        citations=told.citations,
    )


@app.get("/healthz")
async def health() -> dict[str, str]:
    return {"status": "ok"}


@app.get("/facts/{id}")
async def get_fact(id: UUID, database: Database, known_at: date | None = None) -> Fact:
    if known_at is None:
        row = await database.get(FactRow, id)
        if row is None:
            raise HTTPException(404, "there is no such fact")
        return fact_of(row)
    statement = (
        select(FactRow, VersionRow)
        .join(VersionRow)
        .where(FactRow.id == id, VersionRow.known_at <= known_at)
        .order_by(VersionRow.known_at.desc(), VersionRow.version.desc())
        .limit(1)
    )
    found = (await database.execute(statement)).first()
    if found is None:
        raise HTTPException(404, "there is no such fact")
    return fact_of(*found)


@app.get("/lookup")
async def lookup(
    company: str, kind: str, subject: str, database: Database, frequency: str | None = None
) -> Fact:
    statement = select(FactRow).where(
        FactRow.company == company, FactRow.kind == kind, FactRow.subject == subject
    )
    if frequency is not None:
        statement = statement.where(FactRow.frequency == frequency)
    statement = statement.order_by(FactRow.period_end.desc().nulls_last(), FactRow.id).limit(1)
    row = (await database.scalars(statement)).first()
    if row is None:
        raise HTTPException(404, "there is no such fact")
    return fact_of(row)


@app.get("/companies/{company}/facts")
async def list_facts(
    company: str,
    database: Database,
    kind: str | None = None,
    subject: str | None = None,
    known_at: date | None = None,
    limit: Annotated[int, Query(ge=1, le=1000)] = 50,
) -> Page:
    wanted = [FactRow.company == company]
    if kind is not None:
        wanted.append(FactRow.kind == kind)
    if subject is not None:
        wanted.append(FactRow.subject == subject)
    order = (
        FactRow.company,
        FactRow.kind,
        FactRow.subject,
        FactRow.period_end.desc().nulls_last(),
        FactRow.id,
    )
    if known_at is None:
        rows = await database.scalars(select(FactRow).where(*wanted).order_by(*order).limit(limit))
        return Page(items=[fact_of(row) for row in rows])
    latest = (
        select(VersionRow)
        .where(VersionRow.fact == FactRow.id, VersionRow.known_at <= known_at)
        .order_by(VersionRow.known_at.desc(), VersionRow.version.desc())
        .limit(1)
        .lateral()
    )
    version = latest.c
    # map the columns of the lateral query to a VersionRow
    statement = (
        select(FactRow, *version)
        .join(latest, latest.c.fact == FactRow.id)
        .where(*wanted)
        .order_by(*order)
        .limit(limit)
    )
    items: list[Fact] = []
    for row, *cells in await database.execute(statement):
        items.append(fact_of(row, VersionRow(**dict(zip(version.keys(), cells, strict=True)))))
    return Page(items=items)


def row_of(row: FactRow) -> Row:
    return Row(
        company=row.company,
        fact=row.id,
        version=row.version,
        period=period(row.period_start, row.period_end),
        frame=row.frame,
        quantity=row.value["quantity"],
        known_at=row.known_at,
        evidence=row.evidence,
        source=row.citations[0]["source"],
    )


@app.get("/series")
async def series(
    company: str,
    subject: str,
    database: Database,
    frequency: str | None = None,
    limit: Annotated[int, Query(ge=1, le=10_000)] = 100,
) -> Rows:
    statement = select(FactRow).where(
        FactRow.company == company, FactRow.kind == "metric", FactRow.subject == subject
    )
    if frequency is not None:
        statement = statement.where(FactRow.frequency == frequency)
    statement = statement.order_by(FactRow.period_end.desc(), FactRow.id).limit(limit)
    return Rows(items=[row_of(row) for row in await database.scalars(statement)])


@app.get("/frames")
async def frames(
    subject: str,
    unit: str,
    period: str,
    database: Database,
    limit: Annotated[int, Query(ge=1, le=10_000)] = 100,
) -> Rows:
    statement = (
        select(FactRow)
        .where(
            FactRow.subject == subject,
            FactRow.frame == period,
            FactRow.unit == unit,
            FactRow.kind == "metric",
        )
        .order_by(FactRow.company)
        .limit(limit)
    )
    return Rows(items=[row_of(row) for row in await database.scalars(statement)])


@app.post("/lookup")
async def lookups(asked: Lookups, database: Database) -> AllFound:
    key = (FactRow.company, FactRow.kind, FactRow.subject, FactRow.frequency)
    wanted = [(one.company, one.kind, one.subject, one.frequency) for one in asked.items]
    statement = (
        select(FactRow)
        .distinct(*key)
        .where(tuple_(*key).in_(wanted))
        .order_by(*key, FactRow.period_end.desc().nulls_last(), FactRow.id)
    )
    rows = {(r.company, r.kind, r.subject, r.frequency): r for r in await database.scalars(statement)}
    found = [rows.get(one) for one in wanted]
    return AllFound(
        items=[
            Found(status=404, fact=None) if row is None else Found(status=200, fact=fact_of(row))
            for row in found
        ]
    )


@app.get("/search")
async def search(q: str, database: Database, limit: Annotated[int, Query(ge=1, le=100)] = 20) -> Hits:
    statement = (
        select(CompanyRow).where(CompanyRow.name.ilike(f"%{q}%")).order_by(CompanyRow.slug).limit(limit)
    )
    rows = await database.scalars(statement)
    return Hits(items=[Hit(company=c.slug, title=c.name, identifiers=c.identifiers, score=1) for c in rows])


@app.get("/ranked")
async def ranked(q: str, database: Database, limit: Annotated[int, Query(ge=1, le=100)] = 20) -> Hits:
    """Companies with any of the words, those with the most and the most similar first; by spelling if none has one."""
    words = [func.plainto_tsquery("simple", word) for word in q.split()]
    fits = [CompanyRow.words.op("@@")(word) for word in words]
    score = func.similarity(CompanyRow.name, q)
    for fit in fits:
        score = score + cast(fit, Integer)
    any_word = words[0]
    for word in words[1:]:
        any_word = any_word.op("||")(word)
    for where, points in (
        (CompanyRow.words.op("@@")(any_word), score),
        (CompanyRow.name.op("%")(q), func.similarity(CompanyRow.name, q)),
    ):
        statement = (
            select(CompanyRow, points).where(where).order_by(points.desc(), CompanyRow.slug).limit(limit)
        )
        rows = (await database.execute(statement)).all()
        if rows:
            break
    return Hits(
        items=[Hit(company=c.slug, title=c.name, identifiers=c.identifiers, score=found) for c, found in rows]
    )


@app.get("/companyfacts/{cik}")
async def companyfacts(cik: int, database: Database) -> JSONResponse:
    rows = await database.scalars(select(EntryRow).where(EntryRow.cik == cik).order_by(EntryRow.place))
    found = list(rows)
    if not found:
        raise HTTPException(404, "there is no such filer")
    return JSONResponse(document(found))


@app.post("/facts", status_code=201)
async def assert_fact(told: Assertion, database: Database) -> Fact:
    async with database.begin():
        row, _ = await recorded(told, database)
    return fact_of(row)


@app.post("/assertions")
async def assert_and_keep(
    told: Assertion, idempotency_key: Annotated[str, Header()], database: Database
) -> Response:
    """As `assert_fact`, with a row for each citation and the answer kept for repeated requests."""
    fingerprint = hashlib.sha256(told.model_dump_json().encode()).digest()
    async with database.begin():
        kept = await database.get(KeptRow, idempotency_key)
        if kept is not None:
            if kept.fingerprint != fingerprint:
                raise HTTPException(422, "this key was used for another request")
            return Response(kept.answer, 201, media_type="application/json")
        row, citations = await recorded(told, database)
        await database.flush()
        for place, one in enumerate(citations, 1):
            database.add(
                CitationRow(
                    fact=row.id, version=row.version, place=place, source=one["source"]["id"],
                    selector=one["selector"], verdict="unarchived", link=one["link"],
                )
            )  # fmt: skip
        answer = fact_of(row).model_dump_json()
        database.add(KeptRow(key=idempotency_key, fingerprint=fingerprint, answer=answer))
    return Response(answer, 201, media_type="application/json")


async def recorded(told: Assertion, database: AsyncSession) -> tuple[FactRow, list[dict[str, Any]]]:
    """Add an assertion in the transaction; returns its fact and its citations."""
    start, end = (None, None) if told.period is None else (told.period.start, told.period.last)
    value = told.value.model_dump(exclude_none=True)
    citations: list[dict[str, Any]] = []
    for cite in told.citations:
        source = await database.get(SourceRow, cite.source)
        if source is None:
            raise HTTPException(422, f"there is no source {cite.source}")
        cited = {
            "id": source.id, "title": source.title, "publisher": source.publisher, "author": source.author,
            "url": source.url, "archived": False,
            "published_at": None if source.published_at is None else source.published_at.isoformat(),
        }  # fmt: skip
        evidence = {"verdict": "unarchived"}
        citations.append(
            {"source": cited, "selector": cite.selector, "evidence": evidence, "link": source.url}
        )
    held = await database.scalars(
        select(FactRow)
        .where(
            FactRow.company == told.company,
            FactRow.kind == told.kind,
            FactRow.subject == told.subject,
            FactRow.period_end.is_not_distinct_from(end),
            FactRow.period_start.is_not_distinct_from(start),
            FactRow.dimensions == told.dimensions,
            FactRow.basis == told.basis,
        )
        .with_for_update()
    )
    row = held.first()
    position = await database.scalar(positions)
    if row is None:
        row = FactRow(
            company=told.company, kind=told.kind, subject=told.subject, dimensions=told.dimensions,
            basis=told.basis, period_start=start, period_end=end, unit=told.value.quantity.unit, version=0,
            status="asserted", evidence="unarchived", disputed=False, rivals=[],
        )  # fmt: skip
        database.add(row)
    row.value = value
    row.known_at = told.known_at
    row.version += 1
    row.position = position
    row.recorded_at = datetime.now(UTC)
    row.citations = citations
    await database.flush()
    database.add(
        VersionRow(
            fact=row.id, version=row.version, known_at=told.known_at, position=position, value=value,
            evidence="unarchived", citations=citations,
        )
    )  # fmt: skip
    return row, citations
