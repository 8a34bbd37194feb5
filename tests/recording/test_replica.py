"""What another log recorded is added as it is there, whole commits at a time, and only where it goes on."""

import asyncio
from datetime import UTC, datetime
from uuid import UUID

import pytest

from service.core.companies import CompanyDescription, ConceptDescription
from service.core.errors import CompanyFactsError, Conflict, ReadOnly
from service.core.facts import key_of
from service.core.history import PLAIN, Check
from service.core.requests import DescribeCompany
from service.postgres.database import Database, opened
from service.recording.replica import CopiedCompany, CopiedConcept, CopiedEntry, CopiedVersion, adopt
from service.recording.writer import Writer, copied, make_mirror, record
from tests.clusters import fetch, run
from tests.recording.test_writer import assertion

LOG = UUID(int=9)
THEN = datetime(2020, 1, 2, 3, 4, 5, 678901, tzinfo=UTC)
LATER = datetime(2020, 1, 3, tzinfo=UTC)
ACME = CopiedCompany(1, CompanyDescription(slug="acme", name="Acme"))
REVENUE = CopiedConcept(2, ConceptDescription(id="revenue"))


def taken(dsn: str, *commits: tuple[datetime, list[CopiedEntry]], mirror: bool = True) -> None:
    """Add commits in one transaction to a database, which is a mirror first."""

    async def save(writer: Writer) -> None:
        for recorded_at, entries in commits:
            await adopt(writer, recorded_at, entries)

    async def ask() -> None:
        async with opened(dsn) as database:
            if mirror:
                await make_mirror(database, LOG, "http://origin")
            await copied(database, save)

    asyncio.run(ask())


def test_entries_keep_their_positions_and_every_commit_its_instant(dsn: str) -> None:
    taken(dsn, (THEN, [ACME]), (LATER, [REVENUE]))
    found = run(fetch(dsn, "select position, recorded_at from commits order by 1"))
    assert [tuple(row) for row in found] == [(1, THEN), (2, LATER)]
    head = run(fetch(dsn, "select position, recorded_at, origin, mirror_of from log_head"))
    assert [tuple(row) for row in head] == [(2, LATER, LOG, "http://origin")]
    entries = run(
        fetch(
            dsn, "select recorded_at from company_entries union all select recorded_at from concept_entries"
        )
    )
    assert {row["recorded_at"] for row in entries} == {THEN, LATER}


def test_a_gap_is_refused_and_nothing_of_the_transaction_stays(dsn: str) -> None:
    with pytest.raises(Conflict, match="position 2 is missing"):
        taken(dsn, (THEN, [ACME]), (LATER, [REVENUE._replace(position=3)]))
    assert run(fetch(dsn, "select from company_entries")) == []
    with pytest.raises(Conflict, match="position 1 is missing"):
        taken(dsn, (THEN, [REVENUE]))


def test_a_version_that_does_not_follow_the_last_one_is_refused(dsn: str) -> None:
    key = key_of(assertion())
    version = CopiedVersion(
        2, key, 2, THEN.date(), b'{"market":"Widgets","share":{"unit":"percent","value":"36"}}', PLAIN,
        Check(2, "unarchived", b"[]"), None,
    )  # fmt: skip
    with pytest.raises(Conflict, match=r"version 2 of the fact .* does not follow version 0"):
        taken(dsn, (THEN, [ACME, version]))


@pytest.mark.parametrize(("mirror", "error"), [(True, ReadOnly), (False, Conflict)])
def test_only_a_mirror_is_copied_to_and_it_is_not_written_to(
    dsn: str, mirror: bool, error: type[CompanyFactsError]
) -> None:
    async def write(database: Database) -> None:
        await record(database, [DescribeCompany(ACME.description)], author=None)

    async def ask() -> None:
        async with opened(dsn) as database:
            if mirror:
                await make_mirror(database, LOG, "http://origin")
                await write(database)
            else:
                await write(database)
                await make_mirror(database, LOG, "http://origin")

    with pytest.raises(error):
        asyncio.run(ask())
    if not mirror:
        with pytest.raises(Conflict, match="it is not a mirror"):
            taken(dsn, (THEN, [REVENUE]), mirror=False)
