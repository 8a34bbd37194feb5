"""What the writer saves of requests: all or nothing, or each that is not refused, with positions that have no gap."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from hashlib import sha256
from typing import Any, ClassVar
from uuid import UUID

import asyncpg
import msgspec
import pytest

from service.core.companies import CompanyDescription
from service.core.errors import CompanyFactsError, InFlight, Invalid, NotFound, ReadOnly
from service.core.facts import AnyAssert
from service.core.keys import Key
from service.core.requests import AddSource, AssertFact, DescribeCompany, Outcome, Request, RetractFact
from service.core.sources import PostSource, named, snapshot
from service.operations.idempotency import Repeats
from service.operations.keys import Keyring, create_key
from service.postgres.database import Database, Session, opened
from service.postgres.listening import CHANNEL
from service.postgres.types import Connection
from service.recording.writer import RefusedError, Writer, considered, record, record_one, rehearse, written
from service.store.idempotency import begin_once
from tests.bodies import company, market_share, source, source_id
from tests.clusters import execute, fetch, run

TEXT = "Acme had a 36% market share."
NOBODY = UUID(int=7)


def describe(slug: str, **fields: Any) -> DescribeCompany:
    return DescribeCompany(msgspec.convert(company(slug, **fields), CompanyDescription))


def add() -> AddSource:
    post = named(msgspec.convert(source(TEXT), PostSource))
    return AddSource(post, snapshot(post.content or b"", "text/plain"))


def assertion(number: str = "36", **fields: Any) -> AnyAssert:
    return msgspec.convert(market_share(source_id(TEXT), number, **fields), AnyAssert)  # pyright: ignore[reportArgumentType]: a union


ALL: tuple[Request, ...] = (describe("acme"), add(), AssertFact(assertion()))
UNKNOWN = RetractFact(NOBODY, 1, "misread")  # of a fact that is not there
ENTRIES = (
    "select position from company_entries union all select position from sources union all select position from snapshots"
    " union all select position from versions order by 1"
)


def kinds(outcomes: list[Outcome | CompanyFactsError]) -> list[type[CompanyFactsError] | bool]:
    """Of each outcome the class of the error, or whether something was recorded."""
    return [one.created if isinstance(one, Outcome) else type(one) for one in outcomes]


def positions(dsn: str) -> tuple[list[int], int]:
    """The positions of all entries, and the head."""
    ((head,),) = run(fetch(dsn, "select position from log_head"))
    return [row["position"] for row in run(fetch(dsn, ENTRIES))], head


def test_requests_of_one_write_see_each_other_and_are_recorded_in_order(dsn: str) -> None:
    async def ask() -> None:
        async with opened(dsn) as database:
            made = await record(database, ALL, author=None)
            assert kinds(made.outcomes) == [True, True, True]
            again = await record(database, ALL, author=None)
            assert kinds(again.outcomes) == [False, False, False]
            assert made.position == again.position == 4  # a source with a text is two entries

    run(ask())
    assert positions(dsn) == ([1, 2, 3, 4], 4)


def test_one_refusal_refuses_all_and_nothing_is_saved(dsn: str) -> None:
    async def ask() -> None:
        async with opened(dsn) as database:
            with pytest.raises(RefusedError) as refused:
                await record(database, [*ALL, UNKNOWN], author=None)
            assert kinds(refused.value.outcomes) == [True, True, True, NotFound]

    run(ask())
    assert positions(dsn) == ([], 0)


def test_in_part_each_is_saved_that_is_not_refused(dsn: str) -> None:
    async def ask() -> None:
        async with opened(dsn) as database:
            made = await record(
                database, [AssertFact(assertion()), ALL[0], UNKNOWN, *ALL[1:]], author=None, partial=True
            )
            assert kinds(made.outcomes) == [Invalid, True, NotFound, True, True]
            assert made.position == 4

    run(ask())
    assert positions(dsn) == ([1, 2, 3, 4], 4)


def test_a_rehearsal_tells_what_would_come_and_saves_nothing(dsn: str) -> None:
    async def ask() -> None:
        async with opened(dsn) as database:
            assert kinds(await rehearse(database, [*ALL, UNKNOWN], author=None)) == [
                True,
                True,
                True,
                NotFound,
            ]

    run(ask())
    assert positions(dsn) == ([], 0)


def test_what_an_assertion_would_get_is_told_without_recording_it(dsn: str) -> None:
    async def ask() -> None:
        async with opened(dsn) as database:
            await record(database, ALL[:2], author=None)
            assert [(await considered(database, assertion(number))).verdict for number in ("36", "37")] == [
                "verified", "unsupported",
            ]  # fmt: skip
            with pytest.raises(CompanyFactsError):
                await considered(database, assertion(company="nobody"))

    run(ask())
    assert positions(dsn)[1] == 3


def test_requests_that_arrive_together_are_decided_each_for_itself(dsn: str) -> None:
    async def one(database: Database, request: Request) -> tuple[bool | type[CompanyFactsError], int]:
        try:
            outcome, position = await record_one(database, request, author=None)
        except CompanyFactsError as error:
            return type(error), -1
        return outcome.created, position

    async def ask() -> list[tuple[bool | type[CompanyFactsError], int]]:
        async with opened(dsn) as database:
            await record(database, ALL[:2], author=None)
            requests: list[Request] = [AssertFact(assertion(str(30 + n // 2))) for n in range(8)]
            requests[4:4] = [UNKNOWN, describe("beta", parent="nobody")]
            return await asyncio.gather(*(one(database, request) for request in requests))

    came = run(ask())
    assert [kind for kind, _ in came] == [True, False] * 2 + [NotFound, Invalid] + [True, False] * 2
    # of each pair the first is recorded, and the position is that after it
    assert [position for _, position in came if position > 0] == [4, 4, 5, 5, 6, 6, 7, 7]
    assert positions(dsn) == ([1, 2, 3, 4, 5, 6, 7], 7)


def test_what_raises_after_it_recorded_leaves_nothing(dsn: str) -> None:
    async def broken(at_work: Writer) -> None:
        await at_work.record(ALL, author=None)
        await record_one(at_work, describe("beta"), author=None)  # in the transaction of the first
        assert at_work.position == 5
        raise LookupError("later")

    async def ask() -> None:
        async with opened(dsn) as database:
            with pytest.raises(LookupError):
                await written(database, broken)

    run(ask())
    assert positions(dsn) == ([], 0)


def test_several_writes_of_one_transaction_move_the_head_once(dsn: str) -> None:
    async def twice(at_work: Writer) -> int:
        await record(at_work, ALL[:2], author=None)
        await record(at_work, ALL[2:], author=None)
        return at_work.position

    async def ask() -> None:
        async with opened(dsn) as database:
            assert await written(database, twice) == 4

    run(ask())
    assert positions(dsn) == ([1, 2, 3, 4], 4)
    (commits,) = run(fetch(dsn, "select array_agg(position order by position) as all from commits"))
    assert commits["all"][-1] == 4


def test_an_answer_from_before_the_head_is_locked_is_the_answer(dsn: str) -> None:
    async def before(session: Session) -> str:
        return f"kept {await session.fetchval('select 1')}"

    async def never(_: Writer) -> str:
        raise AssertionError("nothing is to be written")

    async def ask() -> str:
        async with opened(dsn) as database:
            return await written(database, never, before=before)

    assert run(ask()) == "kept 1"


# -- an assertion that is saved without locking the head first -------------------------------------


class Between(Connection):
    """A connection on which other writes happen between what an assertion reads and what it saves."""

    others: ClassVar[list[Callable[[], Awaitable[object]]]] = []
    saved: ClassVar[list[str]] = []

    async def execute(self, query: str, *args: Any, **options: Any) -> str:
        if query.startswith(("/* assert_alone */", "/* upsert_facts */")):
            if self.others:
                await self.others.pop(0)()
            Between.saved.append("with the head" if "assert_alone" in query else "under its lock")
        return await super().execute(query, *args, **options)


class Meddled(Database):
    """A database whose connections are of that class."""

    connection_class = Between


async def meddled(
    dsn: str, others: Sequence[Callable[[Database], Awaitable[object]]]
) -> Outcome | CompanyFactsError:
    """What an assertion of 36% comes to if other writes are done meanwhile; `Between.saved` tells how it was saved."""
    Between.saved.clear()
    async with opened(dsn) as other, Meddled(dsn) as database:
        Between.others[:] = [partial(one, other) for one in others]
        try:
            return (await record_one(database, AssertFact(assertion()), author=None))[0]
        except CompanyFactsError as error:
            return error


async def recorded_before(dsn: str) -> None:
    async with opened(dsn) as database:
        await record(database, ALL[:2], author=None)


def asserting(number: str) -> Callable[[Database], Awaitable[object]]:
    return lambda database: record_one(database, AssertFact(assertion(number)), author=None)


def test_an_assertion_alone_is_saved_with_the_head(dsn: str) -> None:
    run(recorded_before(dsn))
    outcome = run(meddled(dsn, []))
    assert kinds([outcome]) == [True]
    assert Between.saved == ["with the head"]
    assert positions(dsn) == ([1, 2, 3, 4], 4)
    commits = run(
        fetch(
            dsn,
            "select c.position, c.recorded_at, h.recorded_at as last from commits c, log_head h order by 1",
        )
    )
    assert [row["position"] for row in commits] == [3, 4]
    assert commits[-1]["recorded_at"] == commits[-1]["last"] > commits[0]["recorded_at"]


def test_if_another_write_came_between_it_is_decided_again(dsn: str) -> None:
    run(recorded_before(dsn))
    outcome = run(meddled(dsn, [asserting("11")]))
    assert isinstance(outcome, Outcome)
    assert json.loads(outcome.body or b"")["version"] == 2
    # the second time under the lock, so nobody comes between
    assert Between.saved == ["with the head", "under its lock"]
    assert positions(dsn) == ([1, 2, 3, 4, 5], 5)


def test_if_the_same_was_asserted_between_nothing_is_recorded(dsn: str) -> None:
    run(recorded_before(dsn))
    outcome = run(meddled(dsn, [asserting("36")]))
    assert kinds([outcome]) == [False]
    assert positions(dsn) == ([1, 2, 3, 4], 4)


def test_if_the_log_became_a_mirror_between_it_is_refused(dsn: str) -> None:
    async def mirrored(_: Database) -> None:
        await execute(dsn, "update log_head set mirror_of = 'https://origin.example'")

    run(recorded_before(dsn))
    outcome = run(meddled(dsn, [mirrored]))
    assert kinds([outcome]) == [ReadOnly]
    assert positions(dsn) == ([1, 2, 3], 3)


async def meant_once(database: Database, author: Key, number: str, answer: bytes | None = None) -> bytes:
    """An assertion with an Idempotency-Key, always the same; or an answer that is kept without one."""

    async def write(writer: Writer) -> bytes:
        if answer is not None:
            return answer
        return (await record_one(writer, AssertFact(assertion(number)), author=author))[0].body or b""

    return await Repeats(database).once(author, "a", b"the same request", write)


async def held(database: Database, author: Key, until: asyncio.Event) -> None:
    """Hold the lock of that key, as a process does that is at work with it."""
    number = int.from_bytes(sha256(f"{author.number} a".encode()).digest()[:8], signed=True)
    async with database.transaction() as session:
        assert await begin_once(session, number)
        until.set()
        await asyncio.sleep(60)


def test_an_answer_is_kept_with_an_assertion_alone(dsn: str) -> None:
    """Whatever others do between reading and saving, the write is done once and answered alike."""

    async def ask(*between: Callable[[Database, Key], Awaitable[object]]) -> tuple[bytes, list[str]]:
        await execute(dsn, "delete from idempotent_answers")
        Between.saved.clear()
        async with opened(dsn) as other, Meddled(dsn) as database:
            Between.others[:] = [partial(one, other, author) for one in between]
            given = await meant_once(database, author, numbers.pop())
            saved = Between.saved.copy()
            assert await meant_once(database, author, "99") == given  # kept
        return given, saved

    async def key() -> Key:
        async with opened(dsn) as database:
            secret = await create_key(database, "write")
            return await Keyring(database, note_use=False).find(secret)

    async def asserted(database: Database, _: Key) -> None:
        await record_one(database, AssertFact(assertion("50")), author=None)

    async def repeated(database: Database, author: Key) -> None:
        await meant_once(database, author, "60")

    async def answered(database: Database, author: Key) -> None:
        await meant_once(database, author, "", b"it already stood")

    def version_of(body: bytes) -> tuple[int, str]:
        told = json.loads(body)
        return told["version"], told["value"]["share"]["value"]

    run(recorded_before(dsn))
    author, numbers = run(key()), ["13", "12", "11", "10"]
    given, saved = run(ask())
    assert (version_of(given), saved) == ((1, "10"), ["with the head"])
    given, saved = run(ask(asserted))
    assert (version_of(given), saved) == ((3, "11"), ["with the head", "under its lock"])
    given, saved = run(ask(repeated))  # another process got the same request
    assert (version_of(given), saved[:1]) == ((4, "60"), ["with the head"])
    given, saved = run(ask(answered))  # and did not move the head
    assert (given, saved) == (b"it already stood", ["with the head"])
    assert positions(dsn) == ([1, 2, 3, 4, 5, 6, 7], 7)


def test_a_write_whose_key_is_at_work_elsewhere_is_refused(dsn: str) -> None:
    async def ask() -> None:
        async with opened(dsn) as other, Meddled(dsn) as database:
            secret = await create_key(other, "write")
            author = await Keyring(other, note_use=False).find(secret)
            locked = asyncio.Event()
            working: list[asyncio.Task[None]] = []

            async def begin() -> None:
                working.append(asyncio.create_task(held(other, author, locked)))
                await locked.wait()

            Between.others[:] = [begin]
            with pytest.raises(InFlight):
                await meant_once(database, author, "36")
            working[0].cancel()
            await asyncio.wait(working)

    run(recorded_before(dsn))
    run(ask())
    assert positions(dsn) == ([1, 2, 3], 3)


def test_while_another_holds_the_head_it_waits(dsn: str) -> None:
    """And what that one writes is seen."""

    async def ask() -> Outcome | CompanyFactsError:
        async with opened(dsn) as other:
            held, free = asyncio.Event(), asyncio.Event()

            async def slow(writer: Writer) -> None:
                await writer.record([AssertFact(assertion("11"))], author=None)
                held.set()
                await free.wait()

            first = asyncio.create_task(written(other, slow))
            await held.wait()
            second = asyncio.create_task(meddled(dsn, []))
            while not second.done() and not await fetch(
                dsn,
                "select from pg_stat_activity where wait_event_type = 'Lock' and query like '/* assert_alone%'",
            ):
                pass
            free.set()
            await first
            return await second

    run(recorded_before(dsn))
    outcome = run(ask())
    assert isinstance(outcome, Outcome)
    assert json.loads(outcome.body or b"")["version"] == 2
    assert Between.saved == ["with the head", "under its lock"]
    assert positions(dsn) == ([1, 2, 3, 4, 5], 5)


def test_listeners_are_told_of_each_commit(dsn: str) -> None:
    async def ask() -> list[str]:
        told: asyncio.Queue[str] = asyncio.Queue()
        listener: asyncpg.Connection[asyncpg.Record] = await asyncpg.connect(dsn)

        def heard(*_: object) -> None:
            told.put_nowait("told")

        await listener.add_listener(CHANNEL, heard)
        async with opened(dsn) as database:
            await record(database, ALL[:2], author=None)
            first = await asyncio.wait_for(told.get(), 60)
            await record_one(database, AssertFact(assertion()), author=None)
            second = await asyncio.wait_for(told.get(), 60)
        await listener.close()
        return [first, second]

    assert run(ask()) == ["told", "told"]
