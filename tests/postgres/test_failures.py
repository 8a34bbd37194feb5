"""What errors of the driver mean: which may pass by themselves, and what is said of each."""

from collections.abc import Iterator

import asyncpg
import pytest
from asyncpg import exceptions

from service.core.errors import StorageFull, Unavailable
from service.postgres import failures
from service.postgres.failures import AWAY, FULL, unavailable

MEANINGS: dict[str, str] = vars(failures)["_MEANINGS"]


def states_of_the_driver() -> Iterator[str]:
    """The SQLSTATEs that the driver has a class for."""
    for one in vars(exceptions).values():
        if isinstance(one, type) and isinstance(state := vars(one).get("sqlstate"), str):
            yield state


def raised(state: str, message: str = "said by Postgres", query: str | None = None) -> asyncpg.PostgresError:
    """The error that the driver raises for a message of the server."""
    return asyncpg.PostgresError.new({"C": state, "M": message, "S": "ERROR"}, query)


def test_each_state_that_has_a_meaning_is_one_that_may_pass() -> None:
    for state in MEANINGS:
        assert isinstance(raised(state), AWAY), state


@pytest.mark.parametrize(
    "state", ["22012", "23505", "42601", "42804", "XX000"], ids=lambda state: raised(state).__class__.__name__
)
def test_a_defect_is_none_that_may_pass(state: str) -> None:
    assert not isinstance(raised(state), AWAY)


def test_what_is_said_follows_from_the_state() -> None:
    told = {state: unavailable(raised(state)).detail for state in states_of_the_driver()}
    assert len(told) > 200
    for state, detail in MEANINGS.items():
        assert told[state] == detail
    assert "starting" in told["57P03"]
    assert "companyfacts migrate" in told["42P01"] == told["42703"]
    rest = {state: detail for state, detail in told.items() if state not in MEANINGS}
    assert rest.pop("53100") == FULL
    assert set(rest.values()) == {"the database cannot be reached; try again shortly"}


@pytest.mark.parametrize(
    "error",
    [raised("53100"), raised("58030", 'could not extend file "base/5/1259": No space left on device')],
    ids=["by its state", "by its words"],
)
def test_a_full_disk_is_told_from_a_database_that_is_away(error: asyncpg.PostgresError) -> None:
    told = unavailable(error)
    assert (type(told), told.detail) == (StorageFull, FULL)


def test_the_operator_hears_state_statement_and_cause() -> None:
    told = unavailable(raised("57014", "canceling statement", "/* answers_now */ select 1"))
    assert (told.sqlstate, told.statement, told.cause) == ("57014", "answers_now", "canceling statement")
    explained = unavailable(raised("57014", query="explain (analyze) /* answers_at */ select 1"))
    assert explained.statement == "answers_at"
    assert unavailable(raised("57014", query="select 1 /* answers_now */")).statement is None


def test_a_wait_for_a_connection_is_told_from_a_wait_for_the_database() -> None:
    assert "in use" in unavailable(TimeoutError(), waited=True).detail
    for away in (unavailable(TimeoutError()), unavailable(ConnectionRefusedError("refused"), waited=True)):
        assert type(away) is Unavailable
        assert "cannot be reached" in away.detail
    assert unavailable(TimeoutError()).cause == "TimeoutError"
    assert unavailable(ConnectionRefusedError("refused")).cause == "refused"
