"""`companyfacts verify`: facts that the present reader has not checked are checked again, and no others."""

from pathlib import Path
from uuid import UUID

import pytest
from click.testing import CliRunner

from service.cli.commands import main
from service.core.citations import READER
from service.core.packing import packed, unpacked
from service.operations.verifying import BATCH, Checked, altered, verify
from service.postgres.database import opened
from tests.bodies import market_share, quote, source, source_id, statement
from tests.clusters import execute, fetch, run
from tests.edgar_documents import REVENUES, imported, small, written
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


def test_versions_of_before_gain_their_context_as_entries(api: InProcess, dsn: str) -> None:
    """Reads at earlier positions go on without it."""
    api.made("/v1/companies", {"slug": "acme", "name": "Acme"})
    api.made("/v1/sources", source(TEXT))
    fact = api.made(
        "/v1/facts", market_share(source_id(TEXT), citations=[quote(source_id(TEXT), "36% market share")])
    )
    path, position = f"/v1/facts/{fact['id']}", api.position()
    without = """regexp_replace(convert_from({}, 'UTF8'), ',"context":[{{]"names":[[].*?[]][^}}]*[}}]', '')::bytea"""
    # as a release before wrote them; triggers are off for this connection alone
    changed = f"update versions set context = null, citations = {without.format('citations')}"
    run(execute(dsn, "set session_replication_role = replica", changed))
    run(execute(dsn, f"update facts set context = null, checker = null, answer = {without.format('answer')}"))
    before = api.get(path)
    assert "context" not in before.json()["citations"][0]["evidence"]
    assert api.found("/v1/facts", context="modality:stated")["items"] == []
    assert run(verified(dsn)) == [Checked(1, 1)]
    assert api.found(path)["citations"] == fact["citations"]
    (entry,) = api.found("/v1/changes", after=position)["items"]
    assert entry["type"] == "evidence"
    assert [one["id"] for one in api.found("/v1/facts", context="modality:stated")["items"]] == [fact["id"]]
    assert api.found("/v1/facts", context="modality:stated", at=position)["items"] == []
    assert api.get(path, params={"at": position}).content == before.content


# -- answers that were altered in the database ---------------------------------------------------


async def found(dsn: str, company: str | None = None) -> list[UUID]:
    async with opened(dsn) as database:
        return [fact async for facts in altered(database, company=company) for fact in facts]


@pytest.fixture
def recorded(api: InProcess, tmp_path: Path) -> dict[str, str]:
    """Record facts of every sort (imported, asserted, restated, retracted, disputed), more than a batch; ids by sort."""
    imported(api.dsn, written(tmp_path, small()))
    api.made("/v1/companies", {"slug": "acme", "name": "Acme"})
    cited = api.made("/v1/sources", source(TEXT))["id"]
    other = api.made("/v1/sources", source("Another.", publisher="Rival"))["id"]
    ids: dict[str, str] = {"imported": api.get(REVENUES).json()["id"]}
    for name, numbers in (("asserted", ["36"]), ("restated", ["36", "37"]), ("retracted", ["36"])):
        for number in numbers:
            ids[name] = api.made("/v1/facts", market_share(cited, number, subject=name))["id"]
    api.made(f"/v1/facts/{ids['retracted']}/retractions", {"version": 1, "reason": "misread"})
    for where, number in ((cited, "36"), (other, "50")):
        ids["disputed"] = api.made("/v1/facts", market_share(where, number, subject="disputed"))["id"]
    shared = [
        api.request_of("POST", "/v1/facts", json=statement(cited, f"Claim {n}.", subject=f"claim-{n}"))
        for n in range(BATCH)
    ]
    assert {answer.status_code for answer in api.together(shared)} == {201}
    return ids


def test_answers_are_held_against_the_versions_they_are_made_of(
    api: InProcess, recorded: dict[str, str]
) -> None:
    dsn = api.dsn
    assert run(found(dsn)) == []
    for name, fact in recorded.items():
        (kept,) = run(fetch(dsn, f"select answer from facts where id = '{fact}'"))
        told = unpacked(kept["answer"])
        value = b"75126000" if name == "imported" else b'"value":"' + (b"37" if name == "restated" else b"36")
        wrong = (
            told.replace(value, value[:-1] + b"9") if name != "disputed" else told.replace(b"true", b"false")
        )
        assert wrong != told
        for form in (wrong, packed(wrong), b"{}", b"\x01no frame", b"\x07"):
            run(execute(dsn, f"update facts set answer = '\\x{form.hex()}' where id = '{fact}'"))
            assert run(found(dsn)) == [UUID(fact)], name
        run(execute(dsn, f"update facts set answer = '\\x{packed(told).hex()}' where id = '{fact}'"))
        assert run(found(dsn)) == [], "the form alone says nothing"


def test_verify_tells_what_was_altered_and_leaves_it(api: InProcess, recorded: dict[str, str]) -> None:
    dsn, fact = api.dsn, recorded["imported"]
    (kept,) = run(fetch(dsn, f"select answer from facts where id = '{fact}'"))
    plain = unpacked(kept["answer"]).replace(b"75126000", b"99126000")

    def verify_of(*flags: str) -> tuple[int, bool]:
        came = CliRunner().invoke(main, ["verify", "--database-url", dsn, *flags])
        return came.exit_code, f"{fact} answers otherwise than its versions say" in came.output

    assert verify_of() == (0, False)
    run(execute(dsn, f"update facts set answer = '\\x{plain.hex()}' where id = '{fact}'"))
    assert verify_of() == verify_of("--recheck") == verify_of("--company", "cik:7654321") == (1, True)
    assert verify_of("--company", "acme") == (0, False)
    assert run(fetch(dsn, f"select answer from facts where id = '{fact}'"))[0]["answer"] == plain
