"""The workloads, and the questions of each, sampled from the data with a fixed seed."""

import random
from datetime import date, timedelta
from typing import NamedTuple

import asyncpg

from benchmarks.companies import ASSETS, LARGE, LAST_YEAR, SEED
from service.core.identity import address_id

LIST = 50
DAYS = 1000  # lists at a day, together
QUARTERS = 40
FRAME = 5000
WRITER = "benchmark-writer"  # the company of the assertions
WRITER_URL = "https://example.com/benchmark-writer"
WRITER_SOURCE = address_id(WRITER_URL)


class Work(NamedTuple):
    """One workload."""

    name: str
    meaning: str
    path: str  # path of our operation
    counted: str = "requests/s"
    connections: int = 32
    writes: bool = False
    heavy: bool = False  # needs longer rounds


WORKS = (
    Work("point_read", "one fact by its id", "/v1/facts/{id}"),
    Work("lookup", "the latest fact of a company, kind and subject", "/v1/lookup"),
    Work("list_50", "50 facts of a company, in order", "/v1/companies/{ref}/facts"),
    Work(
        "point_read_as_known",
        "one fact by its id as known on a day, every other one also at a position of the log",
        "/v1/facts/{id}",
    ),
    Work("list_as_known", "50 facts of a company, as known on a day", "/v1/companies/{ref}/facts"),
    Work("series_40", "40 quarters of one subject of a company", "/v1/series"),
    Work(
        "frame_5000",
        "one subject at one instant over 5,000 companies",
        "/v1/frames",
        connections=8,
        heavy=True,
    ),
    Work(
        "wire_file",
        "a large filer's companyfacts document",
        "/api/xbrl/companyfacts/{file}",
        connections=8,
        heavy=True,
    ),
    Work("batch_100", "100 look-ups in one request", "/v1/lookup"),
    Work("search", "companies by their name", "/v1/search"),
    Work(
        "assert_1",
        "assertions, every other one of a new fact, by one writer",
        "/v1/facts",
        connections=1,
        writes=True,
    ),
    Work("assert_32", "the same by 32 writers", "/v1/facts", writes=True),
    Work(
        "assert_keyed",
        "as by one writer, each with an Idempotency-Key",
        "/v1/facts",
        connections=1,
        writes=True,
    ),
)
IMPORT = Work("import", "companyfacts documents into an empty database", "", counted="versions/s")


class Question(NamedTuple):
    """One question; which fields are set depends on the workload."""

    company: str
    id: str = ""
    kind: str = ""
    subject: str = ""
    frequency: str = ""
    known_at: date | None = None
    at: int | None = None
    period: str = ""
    cik: int = 0
    batch: tuple["Question", ...] = ()
    value: str = ""
    source: str = ""


class Questions(NamedTuple):
    """The questions of each workload, and the last position of the log."""

    by_work: dict[str, list[Question]]
    head: int


_FACTS = """
    select f.slug, f.id, f.subject, f.frequency, min(v.known_at) as first_known, max(v.known_at) as last_known,
        max(v.position) as last_position
    from facts f join versions v on v.company = f.company and v.fact = f.id
    where f.id in (select id from facts where slug like 'cik-%' order by md5(id::text) limit $1)
    group by f.company, f.id
"""
_SERIES = """
    select distinct on (md5(f.slug || f.subject), f.slug, f.subject) f.slug, f.subject, f.frequency
    from facts f join slots s on s.company = f.company and s.kind = f.kind and s.subject = f.subject and s.slot = f.slot
    where f.frequency is not null and f.kind = 'metric' and f.slug like 'cik-%'
    order by md5(f.slug || f.subject), f.slug, f.subject, f.recency, f.id limit $1
"""
_LONG = """
    select slug from facts where kind = 'metric' and subject = $1 and frequency = 'instant'
    group by slug having count(*) >= $2 order by md5(slug) limit $3
"""
_NAMES = """
    select name, min(slug) as slug from companies group by name having count(*) = 1 order by md5(name) limit $1
"""
_LARGE = f"""
    select (identifiers ->> 'cik')::int as cik from companies
    where company in (select company from edgar_filings group by company having count(*) = {LARGE}) order by cik
"""
_LISTS = """
    select slug from facts where slug like 'cik-%' group by slug having count(*) > $1 order by md5(slug) limit $2
"""


async def sampled(dsn: str, count: int, lists_of: int | None = None) -> Questions:
    """About `count` questions of each workload, always the same for the same data.

    Lists are those of `lists_of` companies, or of `count`. What a list at a day costs depends on how many of its facts have been
    restated since, so that few companies are asked at many days.
    """
    rng = random.Random(SEED)
    connection: asyncpg.Connection[asyncpg.Record] = await asyncpg.connect(dsn)
    try:
        head: int = await connection.fetchval("select position from log_head")
        facts = await connection.fetch(_FACTS, count)
        series = await connection.fetch(_SERIES, count)
        lists = [row["slug"] for row in await connection.fetch(_LISTS, LIST, lists_of or count)]
        long = [row["slug"] for row in await connection.fetch(_LONG, f"us-gaap:{ASSETS}", QUARTERS, count)]
        large = [row["cik"] for row in await connection.fetch(_LARGE)]
        names = await connection.fetch(_NAMES, count)
    finally:
        await connection.close()
    points = [Question(company=row["slug"], id=str(row["id"])) for row in facts]
    lookups = [
        Question(company=row["slug"], kind="metric", subject=row["subject"], frequency=row["frequency"])
        for row in series
    ]
    asserted = Question(company=WRITER, kind="metric", source=WRITER_SOURCE)
    assertions = [
        *(asserted._replace(subject=f"standing-{n}", value="@@") for n in range(1000)),
        *(asserted._replace(subject="new-@@", value=str(n)) for n in range(1000)),
    ]
    return Questions(
        {
            "point_read": points,
            "lookup": lookups,
            "list_50": [Question(company=slug, kind="metric") for slug in lists],
            "point_read_as_known": [
                question._replace(
                    # a day between the first known one and a year after the last version: some get an earlier version
                    known_at=_between(rng, row["first_known"], row["last_known"] + timedelta(days=365)),
                    at=rng.randint(row["last_position"], head) if place % 2 else None,
                )
                for place, (question, row) in enumerate(zip(points, facts, strict=True))
            ],
            "list_as_known": [
                Question(
                    company=slug, kind="metric", known_at=_between(rng, date(2022, 1, 1), date(2026, 1, 1))
                )
                for _ in range(max(1, DAYS // max(1, len(lists))))
                for slug in lists
            ],
            "series_40": [
                Question(company=slug, kind="metric", subject=f"us-gaap:{ASSETS}", frequency="instant")
                for slug in long
            ],
            "frame_5000": [
                Question(company="", subject=f"us-gaap:{ASSETS}", period=f"{LAST_YEAR}Q{quarter}I")
                for quarter in range(1, 5)
            ],
            "wire_file": [Question(company="", cik=cik) for cik in large],
            "batch_100": [
                # no series twice, because a peer may use their key
                Question(company="", batch=tuple(rng.sample(lookups, min(100, len(lookups)))))
                for _ in range(count // 100)
            ],
            "search": [Question(company=row["slug"], subject=row["name"]) for row in names],
            "assert_1": assertions,
            "assert_32": assertions,
            "assert_keyed": assertions,
        },
        head,
    )


def _between(rng: random.Random, first: date, last: date) -> date:
    return first + timedelta(days=rng.randint(0, (last - first).days))


# the statements for pgbench; their questions are in a table, because pgbench can only generate numbers
LIMITS = {
    "point_read": """
        select f.answer, f.known_at, f.settled, (select position from log_head) as head
        from peer.asked_point_read a join facts f on f.company = a.company and f.id = a.id
        where a.n = :n;
    """,
    "lookup": """
        select s.slot, s.basis, f.id, f.answer, (select position from log_head) as head
        from peer.asked_lookup a
        join slots s on s.company = a.company and s.kind = a.kind and s.subject = a.subject
        cross join lateral (
            select * from facts f where f.company = s.company and f.slot = s.slot and f.asserted
                and f.frequency = a.frequency
            order by f.recency, f.id limit 1
        ) f
        where a.n = :n;
    """,
    "list_50": f"""
        select f.id, f.answer, (select position from log_head) as head
        from peer.asked_list_50 a cross join lateral (
            select * from facts f where f.asserted and f.company = a.company and f.kind = a.kind
            order by f.company, f.kind, f.subject, f.recency, f.id limit {LIST}
        ) f
        where a.n = :n;
    """,
}  # fmt: skip


def limit(work: str, count: int) -> str | None:
    """The pgbench script of a workload for `count` questions, if it has one."""
    statement = LIMITS.get(work)
    return None if statement is None else f"\\set n random(1, {count})\n{' '.join(statement.split())}\n"


async def put_writer(dsn: str) -> None:
    """Add the company and the source of the assertions to the peers' tables."""
    connection: asyncpg.Connection[asyncpg.Record] = await asyncpg.connect(dsn)
    try:
        await connection.execute(
            "insert into peer.companies values ($1, $1, '{}') on conflict do nothing", WRITER
        )
        await connection.execute(
            "insert into peer.sources values ($1, $2, $2, null, $3, '2025-01-01') on conflict do nothing",
            WRITER_SOURCE,
            WRITER,
            WRITER_URL,
        )
    finally:
        await connection.close()


async def put_questions(dsn: str, questions: Questions) -> None:
    """Write the questions into tables for pgbench."""
    connection: asyncpg.Connection[asyncpg.Record] = await asyncpg.connect(dsn)
    try:
        for work in LIMITS:
            table = f"asked_{work}"
            await connection.execute(f"""
                drop table if exists peer.{table};
                create table peer.{table} (n int primary key, company bigint, slug text collate "C", id uuid,
                    kind text collate "C", subject text collate "C", frequency text)
            """)
            records = [
                (n, None, q.company, q.id or None, q.kind, q.subject, q.frequency)
                for n, q in enumerate(questions.by_work[work], 1)
            ]
            await connection.copy_records_to_table(table, schema_name="peer", records=records)
            await connection.execute(f"""
                update peer.{table} a set company = c.company from companies c where c.slug = a.slug;
            """)
            await connection.execute(f"vacuum full analyze peer.{table}")
    finally:
        await connection.close()
