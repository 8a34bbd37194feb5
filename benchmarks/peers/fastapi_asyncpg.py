"""The service as a user would write it for speed, with FastAPI, prepared statements of asyncpg and Pydantic models."""

import hashlib
import json
import os
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import date
from typing import Annotated
from uuid import UUID

import asyncpg
from fastapi import Depends, FastAPI, Header, HTTPException, Query, Request, Response
from fastapi.responses import JSONResponse
from shapes import AllFound, Assertion, Fact, Found, Hit, Hits, Lookups, Page, Row, Rows, document, period

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


ROWS = """f.company, f.id as fact, f.version, f.period_start, f.period_end, f.frame, f.value -> 'quantity' as quantity,
    f.known_at, f.evidence, f.citations -> 0 -> 'source' as source"""


def row_of(row: asyncpg.Record) -> Row:
    fields = dict(row)
    return Row(period=period(fields.pop("period_start"), fields.pop("period_end")), **fields)


@app.get("/series")
async def series(
    company: str,
    subject: str,
    database: Database,
    frequency: str | None = None,
    limit: Annotated[int, Query(ge=1, le=10_000)] = 100,
) -> Rows:
    rows = await database.fetch(
        f"""select {ROWS} from peer.facts f
        where company = $1 and kind = 'metric' and subject = $2 and ($3::text is null or frequency = $3)
        order by period_end desc, id limit $4""",
        company,
        subject,
        frequency,
        limit,
    )
    return Rows(items=[row_of(row) for row in rows])


@app.get("/frames")
async def frames(
    subject: str,
    unit: str,
    period: str,
    database: Database,
    limit: Annotated[int, Query(ge=1, le=10_000)] = 100,
) -> Rows:
    rows = await database.fetch(
        f"""select {ROWS} from peer.facts f
        where subject = $1 and frame = $2 and unit = $3 and kind = 'metric'
        order by company limit $4""",
        subject,
        period,
        unit,
        limit,
    )
    return Rows(items=[row_of(row) for row in rows])


@app.post("/lookup")
async def lookups(asked: Lookups, database: Database) -> AllFound:
    items = asked.items
    rows = await database.fetch(
        f"""select asked.place, {COLUMNS}
        from unnest($1::text[], $2::text[], $3::text[], $4::text[]) with ordinality
            as asked (company, kind, subject, frequency, place)
        cross join lateral (
            select * from peer.facts f
            where f.company = asked.company and f.kind = asked.kind and f.subject = asked.subject
                and (asked.frequency is null or f.frequency = asked.frequency)
            order by f.period_end desc nulls last, f.id limit 1
        ) f""",
        [one.company for one in items],
        [one.kind for one in items],
        [one.subject for one in items],
        [one.frequency for one in items],
    )
    found: list[Found] = [Found(status=404, fact=None)] * len(items)
    for row in rows:
        fields = dict(row)
        place = fields.pop("place")
        fact = Fact(period=period(fields.pop("period_start"), fields.pop("period_end")), **fields)
        found[place - 1] = Found(status=200, fact=fact)
    return AllFound(items=found)


@app.get("/search")
async def search(q: str, database: Database, limit: Annotated[int, Query(ge=1, le=100)] = 20) -> Hits:
    rows = await database.fetch(
        """select slug as company, name as title, identifiers, 1.0 as score
        from peer.companies where name ilike '%' || $1 || '%' order by slug limit $2""",
        q,
        limit,
    )
    return Hits(items=[Hit(**row) for row in rows])


@app.get("/ranked")
async def ranked(q: str, database: Database, limit: Annotated[int, Query(ge=1, le=100)] = 20) -> Hits:
    """Companies with any of the words, those with the most and the most similar first; by spelling if none has one."""
    rows = await database.fetch(
        """with asked as materialized (
            select plainto_tsquery('simple', word) as word from unnest(string_to_array($1, ' ')) word
        )
        select slug as company, name as title, identifiers,
            (select count(*) from asked where c.words @@ word) + similarity(name, $1) as score
        from peer.companies c
        where c.words @@ (select string_agg(word::text, ' | ')::tsquery from asked where numnode(word) > 0)
        order by score desc, slug limit $2""",
        q,
        limit,
    )
    if not rows:
        rows = await database.fetch(
            """select slug as company, name as title, identifiers, similarity(name, $1) as score
            from peer.companies where name % $1 order by score desc, slug limit $2""",
            q,
            limit,
        )
    return Hits(items=[Hit(**row) for row in rows])


class Entry:
    """An entry's columns as attributes."""

    def __init__(self, row: asyncpg.Record) -> None:
        self.__dict__ = dict(row)


@app.get("/companyfacts/{cik}")
async def companyfacts(cik: int, database: Database) -> JSONResponse:
    rows = await database.fetch("select * from peer.entries where cik = $1 order by place", cik)
    if not rows:
        raise HTTPException(404, "there is no such filer")
    return JSONResponse(document([Entry(row) for row in rows]))


@app.post("/facts", status_code=201)
async def assert_fact(told: Assertion, database: Database) -> Fact:
    start, end = (None, None) if told.period is None else (told.period.start, told.period.last)
    value = told.value.model_dump(exclude_none=True)
    async with database.transaction():
        cited = await database.fetch(
            "select * from peer.sources where id = any($1::text[])", [cite.source for cite in told.citations]
        )
        sources = {row["id"]: {**row, "published_at": row["published_at"].isoformat()} for row in cited}
        if len(sources) != len({cite.source for cite in told.citations}):
            raise HTTPException(422, "there is no such source")
        citations = [
            {
                "source": {**sources[cite.source], "archived": False}, "selector": cite.selector,
                "evidence": {"verdict": "unarchived"}, "link": sources[cite.source]["url"],
            }
            for cite in told.citations
        ]  # fmt: skip
        held = await database.fetchrow(
            """select id, version from peer.facts
            where company = $1 and kind = $2 and subject = $3 and period_end is not distinct from $4
                and period_start is not distinct from $5 and dimensions = $6 and basis = $7
            for update""",
            told.company,
            told.kind,
            told.subject,
            end,
            start,
            told.dimensions,
            told.basis,
        )
        position = await database.fetchval("select nextval('peer.positions')")
        if held is None:
            row = await database.fetchrow(
                f"""insert into peer.facts as f (company, kind, subject, dimensions, basis, period_start, period_end,
                    value, unit, known_at, version, status, position, evidence, disputed, rivals, citations)
                values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1, 'asserted', $11, 'unarchived', false, '[]', $12)
                returning {COLUMNS}""",
                told.company,
                told.kind,
                told.subject,
                told.dimensions,
                told.basis,
                start,
                end,
                value,
                told.value.quantity.unit,
                told.known_at,
                position,
                citations,
            )
        else:
            row = await database.fetchrow(
                f"""update peer.facts f set value = $2, known_at = $3, version = version + 1, position = $4,
                    recorded_at = now(), citations = $5
                where id = $1 returning {COLUMNS}""",
                held["id"],
                value,
                told.known_at,
                position,
                citations,
            )
        await database.execute(
            "insert into peer.versions (fact, version, known_at, position, value, evidence, citations)"
            " values ($1, $2, $3, $4, $5, 'unarchived', $6)",
            row["id"],
            row["version"],
            told.known_at,
            position,
            value,
            citations,
        )
    return fact_of(row)


@app.post("/assertions")
async def assert_and_keep(
    told: Assertion, idempotency_key: Annotated[str, Header()], database: Database
) -> Response:
    """As `assert_fact`, with a row for each citation and the answer kept for repeated requests."""
    start, end = (None, None) if told.period is None else (told.period.start, told.period.last)
    value = told.value.model_dump(exclude_none=True)
    fingerprint = hashlib.sha256(told.model_dump_json().encode()).digest()
    async with database.transaction():
        claimed = await database.fetchval(
            "insert into peer.kept (key, fingerprint) values ($1, $2) on conflict do nothing returning true",
            idempotency_key,
            fingerprint,
        )
        if not claimed:
            kept = await database.fetchrow(
                "select fingerprint, answer from peer.kept where key = $1", idempotency_key
            )
            if kept["fingerprint"] != fingerprint:
                raise HTTPException(422, "this key was used for another request")
            return Response(kept["answer"], 201, media_type="application/json")
        asked = [cite.source for cite in told.citations]
        cited = await database.fetch("select * from peer.sources where id = any($1::text[])", asked)
        sources = {row["id"]: {**row, "published_at": row["published_at"].isoformat()} for row in cited}
        if len(sources) != len(set(asked)):
            raise HTTPException(422, "there is no such source")
        citations = [
            {
                "source": {**sources[cite.source], "archived": False}, "selector": cite.selector,
                "evidence": {"verdict": "unarchived"}, "link": sources[cite.source]["url"],
            }
            for cite in told.citations
        ]  # fmt: skip
        row = await database.fetchrow(
            f"""insert into peer.facts as f (company, kind, subject, dimensions, basis, period_start, period_end,
                value, unit, known_at, version, status, position, evidence, disputed, rivals, citations)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1, 'asserted', nextval('peer.positions'), 'unarchived',
                false, '[]', $11)
            on conflict (company, kind, subject, basis, dimensions, unit, period_start, period_end) do update set
                value = excluded.value, known_at = excluded.known_at, version = f.version + 1,
                position = excluded.position, recorded_at = now(), citations = excluded.citations
            returning {COLUMNS}""",
            told.company,
            told.kind,
            told.subject,
            told.dimensions,
            told.basis,
            start,
            end,
            value,
            told.value.quantity.unit,
            told.known_at,
            citations,
        )
        await database.execute(
            """with version as (
                insert into peer.versions (fact, version, known_at, position, value, evidence, citations)
                values ($1, $2, $3, $4, $5, 'unarchived', $6)
            )
            insert into peer.citations (fact, version, place, source, selector, verdict, link)
            select $1, $2, place, source, selector::jsonb, 'unarchived', link
            from unnest($7::text[], $8::text[], $9::text[]) with ordinality as c (source, selector, link, place)""",
            row["id"],
            row["version"],
            told.known_at,
            row["position"],
            value,
            citations,
            asked,
            [None if cite.selector is None else json.dumps(cite.selector) for cite in told.citations],
            [one["link"] for one in citations],
        )
        answer = fact_of(row).model_dump_json()
        await database.execute("update peer.kept set answer = $2 where key = $1", idempotency_key, answer)
    return Response(answer, 201, media_type="application/json")
