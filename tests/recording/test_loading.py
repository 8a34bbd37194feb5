"""What a write costs does not depend on how long a fact's history or a cited source is.

Work is counted, not timed: the bytes that Postgres sends, the blocks that it reads, and the versions that are looked at.
"""

import json
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.core import quantities
from service.core.companies import CompanyDescription
from service.core.errors import PreconditionFailed
from service.core.facts import AnyAssert
from service.core.identity import address_id
from service.core.quantities import BOUND_WORDS, Quantity, interval
from service.core.requests import (
    AddSnapshot,
    AddSource,
    AssertFact,
    DescribeCompany,
    Feed,
    Outcome,
    Request,
    RetractFact,
)
from service.core.sources import PostSource, named, snapshot
from service.evidence import asides
from service.operations.idempotency import Repeats
from service.operations.keys import Keyring, create_key
from service.postgres.database import Database, opened
from service.recording.writer import Writer, record_one
from service.store.statements import sql
from tests.bodies import company, market_share, quote, source, source_id
from tests.clusters import Cluster, execute, fetch, run
from tests.counting import Counter, counted
from tests.effort import examples

LONG = 5_000  # versions of a fact
TEXT = "Acme had a 36% market share."
ADDRESS = "https://example.com/not-archived"

# rows like the first version of a fact, with other values, of three publishers, half of them of the same day
_MANY = f"""
insert into versions (company, fact, version, position, recorded_at, known_at, verdict, unit, interval, quantity,
    publisher, sources, content, value, citations, retracted)
select v.company, v.fact, n, h.position + n - 1, v.recorded_at, v.known_at - case when n % 4 < 2 then 0 else n end, v.verdict,
    v.unit, numrange(1000 + n, 1000 + n, '[]'), v.quantity,
    'publisher ' || n % 3, v.sources, sha256(n::text::bytea), v.value, v.citations,
    case when n % 2 = 0 then h.position + n end
from versions v, log_head h, generate_series(2, {LONG}) n where v.fact = $1 and v.version = 1
"""


def asserted(number: str, *, subject: str = "widgets", cites: Sequence[Any] = ()) -> AssertFact:
    body = market_share(source_id(TEXT), number, subject=subject)
    if cites:
        body["citations"] = list(cites)
    return AssertFact(msgspec.convert(body, AnyAssert))  # pyright: ignore[reportArgumentType]: a union


def added(text: str, **fields: Any) -> AddSource:
    post = named(msgspec.convert(source(text, **fields), PostSource))
    return AddSource(post, snapshot(post.content or b"", "text/plain"))


async def done(database: Database, request: Request) -> Outcome:
    return (await record_one(database, request, author=None))[0]


async def facts_made(dsn: str) -> tuple[UUID, UUID, UUID]:
    """Two facts of one version, and one of `LONG`, which all answer the same."""
    async with opened(dsn) as database:
        await done(database, DescribeCompany(msgspec.convert(company(), CompanyDescription)))
        await done(database, added(TEXT))
        first = await done(database, asserted("36", subject="first"))
        short = await done(database, asserted("36", subject="short"))
        long = await done(database, asserted("36", subject="long"))
    rows = await fetch(dsn, _MANY, UUID(long.name))
    assert rows == []
    await execute(
        dsn,
        f"update log_head set position = position + {LONG}",
        "update facts set contested = true where subject = 'long'",
        "analyze",
    )
    return UUID(first.name), UUID(short.name), UUID(long.name)


WRITES: dict[str, Callable[[str, UUID], Request]] = {
    "an assertion": lambda subject, _: asserted("37", subject=subject),
    "what already stands": lambda subject, _: asserted("36", subject=subject),
    "a condition that does not hold": lambda subject, _: AssertFact(
        asserted("38", subject=subject).assertion, if_match='"another"'
    ),
    "a line of an import": lambda subject, _: AssertFact(
        asserted("39", subject=subject).assertion, mentioned=frozenset()
    ),
    "a retraction": lambda _, fact: RetractFact(fact, 1, "misread"),
}


@pytest.mark.parametrize("write", WRITES)
def test_a_write_to_a_long_history_reads_what_one_to_a_short_does(dsn: str, write: str) -> None:
    async def ask() -> list[int]:
        facts = await facts_made(dsn)
        costs: list[int] = []
        async with counted(dsn) as counter, opened(counter.dsn) as database:
            for subject, fact in zip(("first", "short", "long"), facts, strict=True):
                counter.taken()
                try:
                    await done(database, WRITES[write](subject, fact))
                except PreconditionFailed:
                    assert write == "a condition that does not hold"
                costs.append(counter.taken())
        return costs[1:]  # the first prepares the statements

    short, long = run(ask())
    # the long one has three publishers, each with a version that answers for it and a retracted one
    assert long <= 2 * short + 5 * 2_000, (short, long)


async def blocks(dsn: str, name: str, *arguments: object) -> int:
    """How many blocks Postgres reads for a statement."""
    text = f"explain (analyze, buffers, format json) {sql(name)}"
    (row,) = await fetch(dsn, text, *arguments)
    plan = json.loads(row[0])[0]["Plan"]
    return int(plan["Shared Hit Blocks"]) + int(plan["Shared Read Blocks"])


def test_postgres_reads_no_more_of_a_long_history(dsn: str) -> None:
    async def ask() -> None:
        _, short, long = await facts_made(dsn)
        rows = await fetch(dsn, "select company, fact, content, known_at from versions where version = 1")
        by_fact = {row["fact"]: row for row in rows}
        costs: dict[UUID, list[int]] = {}
        for fact in (short, long):
            key, content = [by_fact[fact]["company"]], [by_fact[fact]["content"]]
            none: list[object] = []
            costs[fact] = [
                await blocks(dsn, "facts_to_write", key, [fact], [1], content),
                await blocks(
                    dsn, "versions_sought", key, [fact], content, [1], none, none, none,
                    key, [fact], [by_fact[fact]["known_at"]], [Decimal(36)], [False], key, [fact], [1],
                ),
            ]  # fmt: skip
        for one, other in zip(costs[short], costs[long], strict=True):
            # three publishers rather than one, and indexes one level deeper
            assert other <= 2 * one + 60, costs

    run(ask())


def test_what_clients_asserted_of_a_company_is_not_read_for_one_fact(cluster: Cluster) -> None:
    """Postgres may take an index for nearly empty that has grown, and then takes that of the company for a fact, if it can.

    So without the indexes by fact it must find none.
    """

    async def ask(dsn: str) -> str:
        await execute(
            dsn,
            "alter table versions drop constraint versions_pkey cascade",
            "drop index versions_by_publisher, versions_by_content, versions_by_value",
            "do $$ begin execute format('alter database %I set enable_seqscan = off', current_database()); end $$",
        )
        asked = "acme", 1, None, None, UUID(int=1), 1, b""
        rows = await fetch(dsn, f"explain {sql('touched_with_one')}", *asked)
        return "\n".join(row[0] for row in rows)

    with cluster.database() as dsn:  # of its own: the others' keep their indexes
        plan = run(ask(dsn))
    assert "Scan on versions v" in plan
    assert "versions_by_day" not in plan


def test_an_assertion_takes_two_round_trips(dsn: str) -> None:
    """What it touches; what it saves, with the moved head."""

    async def ask() -> list[tuple[int, bool]]:
        trips: list[tuple[int, bool]] = []
        async with counted(dsn) as counter, opened(counter.dsn) as database:
            await done(database, DescribeCompany(msgspec.convert(company(), CompanyDescription)))
            await done(
                database, AddSource(named(msgspec.convert(source(None, url=ADDRESS), PostSource)), None)
            )
            cites = [{"source": address_id(ADDRESS)}]
            writes = [
                ("1", "first"),
                ("2", "first"),
                ("3", "first"),
                ("1", "new"),
                ("2", "new"),
                ("3", "new"),
                ("3", "new"),
                ("1", "new"),
            ]
            for number, subject in writes:
                counter.trips()
                outcome = await done(database, asserted(number, subject=subject, cites=cites))
                trips.append((counter.trips(), outcome.created))
        return trips[3:]  # the others prepare the statements

    # of a fact with several versions those that answer are loaded, and the one that says the same; what stands is not saved
    assert run(ask()) == [(2, True), (2, True), (2, True), (1, False), (1, False)]


def test_an_assertion_with_an_idempotency_key_takes_two_round_trips_too(dsn: str) -> None:
    """Its answer is saved with it. One that is kept takes more: the write is tried first."""

    async def ask() -> list[int]:
        trips: list[int] = []
        async with counted(dsn) as counter, opened(counter.dsn) as database:
            await done(database, DescribeCompany(msgspec.convert(company(), CompanyDescription)))
            await done(
                database, AddSource(named(msgspec.convert(source(None, url=ADDRESS), PostSource)), None)
            )
            cites = [{"source": address_id(ADDRESS)}]
            author = await Keyring(database, note_use=False).find(await create_key(database, "write"))
            repeats = Repeats(database)
            for name in ("first", "second", "third", "first", "second"):

                async def write(writer: Writer, name: str = name) -> bytes:
                    request = asserted("36", subject=name, cites=cites)
                    return (await record_one(writer, request, author=author))[0].body or b""

                counter.trips()
                await repeats.once(author, name, name.encode(), write)
                trips.append(counter.trips())
        return trips

    _, second, third, _, again = run(ask())  # the others prepare statements
    assert (second, third, again) == (2, 2, 5)


# -- sources -------------------------------------------------------------------------------------

CITATIONS = 1_000
# facts of other periods with the first version of a fact, whose source then has `CITATIONS`
_CITED = (
    f"""
insert into facts (company, id, slug, kind, subject, slot, dimensions, basis, period, frequency, frame, version, known_at,
    settled, asserted, evidence, disputed, unit, interval, quantity, cited, answer, told, first_position, first_known,
    contested, checker)
select f.company, (left(f.id::text, 24) || lpad(to_hex(n), 12, '0'))::uuid, f.slug, f.kind, f.subject, f.slot, f.dimensions,
    f.basis, daterange('1900-01-01'::date + n, '1900-01-02'::date + n), f.frequency, f.frame, 1, f.known_at, h.position + n,
    f.asserted, f.evidence, f.disputed, f.unit, f.interval, f.quantity, f.cited, f.answer, f.told, h.position + n,
    f.first_known, f.contested, f.checker
from facts f, log_head h, generate_series(2, {CITATIONS}) n where f.subject = 'long-0'
""",
    f"""
insert into versions (company, fact, version, position, recorded_at, known_at, verdict, unit, interval, quantity,
    publisher, sources, content, value, citations)
select v.company, (left(v.fact::text, 24) || lpad(to_hex(n), 12, '0'))::uuid, 1, h.position + n, v.recorded_at, v.known_at,
    v.verdict, v.unit, v.interval, v.quantity, v.publisher, v.sources, v.content, v.value, v.citations
from versions v join facts f on f.company = v.company and f.id = v.fact, log_head h, generate_series(2, {CITATIONS}) n
where f.subject = 'long-0' and f.first_position = v.position
""",
    f"update log_head set position = position + {CITATIONS}",
    "analyze",
)
WORDS = "Acme had a 36% market share in the year. "
SIZE = 20_000_000


def long_text() -> str:
    filler = "Nothing of the sort was said here, and it was said at some length.\n"
    return filler * (SIZE // len(filler) // 2) + WORDS + "\n" + filler * (SIZE // len(filler) // 2)


def test_a_long_source_of_many_citations_is_loaded_once_for_all_writes(dsn: str) -> None:
    async def ask() -> None:
        text = long_text()
        async with counted(dsn) as counter, opened(counter.dsn) as database:
            await done(database, DescribeCompany(msgspec.convert(company(), CompanyDescription)))
            await done(database, added(TEXT))
            await done(database, added(text, redistribute=False))
            cited = {"short": quote(source_id(TEXT), "36% market share")}
            cited["long"] = quote(source_id(text), "36% market share")

            async def cost(which: str, number: int) -> int:
                counter.taken()
                outcome = await done(
                    database, asserted("36", subject=f"{which}-{number}", cites=[cited[which]])
                )
                assert outcome.created
                assert json.loads(outcome.body or b"")["evidence"] == "verified"
                return counter.taken()

            await cost("short", 0)
            first = await cost("long", 0)
            assert SIZE < first < 1.1 * SIZE  # its text alone, once
            await execute(dsn, *_CITED)
            (row,) = await fetch(
                dsn,
                "select count(*) as citing from versions where sources = (select sources"
                " from versions v join facts f on f.id = v.fact where f.subject = 'long-0' limit 1)",
            )
            assert row["citing"] == CITATIONS
            for number in range(1, 4):
                assert await cost("long", number) <= 2 * await cost("short", number)
            await still_small(database, counter, text)

    try:
        run(ask())
    finally:
        asides.close()


async def still_small(database: Database, counter: Counter, text: str) -> None:
    """What touches a long source and needs no text of it reads none."""
    again = added(text, redistribute=False)
    assert again.snapshot is not None
    post = named(msgspec.convert(source(text, redistribute=False), PostSource))
    requests: list[Request] = [
        again,
        AddSource(post, None),
        AddSnapshot(again.source.id, again.snapshot),
        asserted("36", subject="long-1", cites=[quote(source_id(text), "36% market share")]),
    ]
    for request in requests:
        counter.taken()
        assert not (await done(database, request)).created
        assert counter.taken() < 20_000, request


def test_a_late_snapshot_checks_the_versions_that_cite_it(dsn: str) -> None:
    """Not the whole history of each fact that does."""

    async def ask() -> None:
        _, _, long = await facts_made(dsn)
        late = "Acme had a 36% market share, it is said late."
        post = named(msgspec.convert(source(None, sha256=source_id(late)[7:]), PostSource))
        async with counted(dsn) as counter, opened(counter.dsn) as database:
            await done(database, AddSource(post, None))
            await done(database, asserted("36", subject="long", cites=[quote(post.id, "36% market share")]))
            counter.taken()
            made = await done(database, AddSnapshot(post.id, snapshot(late.encode(), "text/plain")))
            assert made.created
            assert counter.taken() < 60_000
        rows = await fetch(dsn, "select fact, version, verdict from evidence_entries")
        assert [(row["fact"], row["version"], row["verdict"]) for row in rows] == [
            (long, LONG + 1, "verified")
        ]

    run(ask())


@pytest.mark.parametrize("imported", [False, True])
def test_a_company_with_many_descriptions_costs_what_one_with_few_does(dsn: str, imported: bool) -> None:
    """An import, too, which compares each line with all earlier descriptions."""

    async def ask() -> list[int]:
        costs: list[int] = []
        async with counted(dsn) as counter, opened(counter.dsn) as database:
            for number in range(80):
                described = msgspec.convert(company(name=f"Acme {number % 40}"), CompanyDescription)
                counter.taken()
                await done(database, DescribeCompany(described, Feed() if imported else None))
                costs.append(counter.taken())
        return costs

    costs = run(ask())
    assert costs[39] <= 2 * costs[2], costs
    # said before: an import takes the line for what was recorded then, any other write for a change back
    rows = run(fetch(dsn, "select count(*) as entries from company_entries"))
    assert rows[0]["entries"] == (40 if imported else 80)


# -- many publishers -----------------------------------------------------------------------------


@st.composite
def stated(draw: st.DrawFn) -> Quantity:
    """A quantity of small numbers, so that ends often meet."""
    bound = draw(st.sampled_from(list(BOUND_WORDS)))
    low, high = sorted(draw(st.tuples(st.integers(-30, 30), st.integers(-30, 30))))
    if bound in {"exact", "about"} and draw(st.booleans()):
        return Quantity(unit="USD", low=str(low), high=str(high), bound=bound)
    decimals = draw(st.sampled_from([None, 0, -1]))
    return Quantity(unit="USD", value=str(low), decimals=decimals, bound=bound)


@settings(max_examples=examples(150))
@given(many=st.lists(stated(), max_size=8))
def test_contradicted_is_what_does_not_overlap_some_other(many: list[Quantity]) -> None:
    intervals = list(map(interval, many))
    expected = [any(not one.overlaps(other) for other in intervals) for one in intervals]
    assert quantities.contradicted(intervals) == expected
