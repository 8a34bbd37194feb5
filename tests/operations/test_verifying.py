"""`companyfacts verify`: facts that the present reader has not checked are checked again, and no others."""

from service.domain.evidence import READER
from service.operations.verifying import Checked, verify
from service.sql.database import opened
from tests.bodies import market_share, quote, source, source_id, statement
from tests.postgres import execute, fetch, run
from tests.running import InProcess

TEXT = "Acme had a 36% market share."


async def verified(dsn: str, *, recheck: bool = False) -> list[Checked]:
    async with opened(dsn) as database:
        return [checked async for checked in verify(database, company=None, recheck=recheck)]


def test_facts_that_another_reader_checked_are_checked_again(api: InProcess, dsn: str) -> None:
    api.made("/v1/companies", {"slug": "acme", "name": "Acme"})
    api.made("/v1/sources", source(TEXT))
    api.made("/v1/sources", source(None, url="https://example.org/unarchived"))
    cited = [quote(source_id(TEXT), "36% market share")]
    for body in (market_share(source_id(TEXT), citations=cited), statement(source_id(TEXT), citations=cited)):
        api.made("/v1/facts", body)
    rows = run(fetch(dsn, "select checker from facts"))
    assert [row["checker"] for row in rows] == [READER, READER]
    assert run(verified(dsn)) == []
    assert run(verified(dsn, recheck=True)) == [Checked(2, 0)]
    run(execute(dsn, "update facts set checker = 'reader of before' where kind = 'statement'"))
    assert run(verified(dsn)) == [Checked(1, 0)]
    run(execute(dsn, "update facts set checker = null"))  # as a release before writes it
    assert run(verified(dsn)) == [Checked(2, 0)]
