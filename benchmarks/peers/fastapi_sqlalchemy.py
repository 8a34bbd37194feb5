"""The service as most would write it: FastAPI, SQLAlchemy's ORM over asyncpg, Pydantic models."""

import os
from collections.abc import AsyncGenerator
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, FastAPI, HTTPException, Query
from shapes import Fact, Page, period
from sqlalchemy import ForeignKey, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

engine = create_async_engine(os.environ["DATABASE_URL"], pool_size=10, max_overflow=0)
sessions = async_sessionmaker(engine, expire_on_commit=False)
app = FastAPI()


class Base(DeclarativeBase):
    type_annotation_map = {dict[str, Any]: JSONB, list[Any]: JSONB}
    __table_args__ = {"schema": "peer"}


class FactRow(Base):
    __tablename__ = "facts"

    id: Mapped[UUID] = mapped_column(primary_key=True)
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
    recorded_at: Mapped[datetime]
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
    recorded_at: Mapped[datetime]
    position: Mapped[int]
    value: Mapped[dict[str, Any]]
    evidence: Mapped[str]
    citations: Mapped[list[Any]]


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
    # the columns of the lateral query stand for a VersionRow
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
