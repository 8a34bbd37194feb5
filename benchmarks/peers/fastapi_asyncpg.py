"""The service as a user would write it for speed: FastAPI, asyncpg with prepared statements, Pydantic models."""

import json
import os
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import date
from typing import Annotated
from uuid import UUID

import asyncpg
from fastapi import Depends, FastAPI, HTTPException, Query, Request
from shapes import Fact, Page, period

COLUMNS = """f.id, f.company, f.kind, f.subject, f.dimensions, f.basis, f.period_start, f.period_end, f.value, f.known_at,
    f.version, f.status, f.recorded_at, f.position, f.evidence, f.disputed, f.rivals, f.citations"""


async def set_codecs(connection: asyncpg.Connection) -> None:
    await connection.set_type_codec("jsonb", encoder=json.dumps, decoder=json.loads, schema="pg_catalog")


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncGenerator[None, None]:
    async with asyncpg.create_pool(
        os.environ["DATABASE_URL"], min_size=10, max_size=10, init=set_codecs
    ) as pool:
        app.state.pool = pool
        yield


app = FastAPI(lifespan=lifespan)


async def connect(request: Request) -> AsyncGenerator[asyncpg.Connection, None]:
    async with request.app.state.pool.acquire() as connection:
        yield connection


Database = Annotated[asyncpg.Connection, Depends(connect)]


def fact_of(row: asyncpg.Record) -> Fact:
    fields = dict(row)
    return Fact(period=period(fields.pop("period_start"), fields.pop("period_end")), **fields)


@app.get("/healthz")
async def health() -> dict[str, str]:
    return {"status": "ok"}


@app.get("/facts/{id}")
async def get_fact(id: UUID, database: Database, known_at: date | None = None) -> Fact:
    if known_at is None:
        row = await database.fetchrow(f"select {COLUMNS} from peer.facts f where f.id = $1", id)
    else:
        row = await database.fetchrow(
            """select f.id, f.company, f.kind, f.subject, f.dimensions, f.basis, f.period_start, f.period_end, v.value,
                v.known_at, v.version, f.status, v.recorded_at, v.position, v.evidence, f.disputed, f.rivals, v.citations
            from peer.facts f join peer.versions v on v.fact = f.id
            where f.id = $1 and v.known_at <= $2
            order by v.known_at desc, v.version desc limit 1""",
            id,
            known_at,
        )
    if row is None:
        raise HTTPException(404, "there is no such fact")
    return fact_of(row)


@app.get("/lookup")
async def lookup(
    company: str, kind: str, subject: str, database: Database, frequency: str | None = None
) -> Fact:
    row = await database.fetchrow(
        f"""select {COLUMNS} from peer.facts f
        where company = $1 and kind = $2 and subject = $3 and ($4::text is null or frequency = $4)
        order by period_end desc nulls last, id limit 1""",
        company,
        kind,
        subject,
        frequency,
    )
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
    if known_at is None:
        rows = await database.fetch(
            f"""select {COLUMNS} from peer.facts f
            where company = $1 and ($2::text is null or kind = $2) and ($3::text is null or subject = $3)
            order by company, kind, subject, period_end desc nulls last, id limit $4""",
            company,
            kind,
            subject,
            limit,
        )
    else:
        rows = await database.fetch(
            """select f.id, f.company, f.kind, f.subject, f.dimensions, f.basis, f.period_start, f.period_end, v.value,
                v.known_at, v.version, f.status, v.recorded_at, v.position, v.evidence, f.disputed, f.rivals, v.citations
            from peer.facts f cross join lateral (
                select * from peer.versions v where v.fact = f.id and v.known_at <= $5
                order by v.known_at desc, v.version desc limit 1
            ) v
            where company = $1 and ($2::text is null or kind = $2) and ($3::text is null or subject = $3)
            order by company, kind, subject, period_end desc nulls last, f.id limit $4""",
            company,
            kind,
            subject,
            limit,
            known_at,
        )
    return Page(items=[fact_of(row) for row in rows])
