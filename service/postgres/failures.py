"""What an error of the driver means: which errors are no defects of the service, and what to say of each."""

import re

import asyncpg

from service.core.errors import StorageFull, Unavailable

# "/* NAME */" at the start of a statement (service.postgres.statements)
_NAME = re.compile(r"\s*(?:explain[^/]*)?/\* (\w+) \*/")

# errors after which the same request may succeed later, with no change of the service
AWAY = (
    OSError,
    TimeoutError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,  # the server ended the connection in the middle of an exchange
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError,
    asyncpg.LockNotAvailableError,
    asyncpg.TransactionRollbackError,
    asyncpg.UndefinedTableError,
    asyncpg.UndefinedColumnError,
    asyncpg.UndefinedFunctionError,
    asyncpg.InvalidCatalogNameError,
    asyncpg.InvalidAuthorizationSpecificationError,
    asyncpg.InvalidParameterValueError,  # the service's role is not there yet
    asyncpg.ReadOnlySQLTransactionError,
    asyncpg.PostgresIOError,
)

_SCHEMA = "the database lacks what this release needs: the operator has to run `companyfacts migrate`, with this release"
_MEANINGS: dict[str, str] = {
    "53200": "the database is out of memory; try again shortly",
    "53300": "the database takes no more connections: too many are open; try again shortly",
    "53400": "the database has reached a limit of its configuration; try again later",
    "55P03": "another transaction holds a lock for longer than the request may wait; try again shortly",
    "40P01": "the request and another one waited for each other; try again",
    "40001": "the request met another one that changed the same; try again",
    "25006": "the database takes no writes: it is a standby, or set to read only",
    "3D000": "the database that the service is set to does not exist",
    "28000": "the database does not let the service in: its user or password is wrong",
    "28P01": "the database does not let the service in: its user or password is wrong",
    "22023": _SCHEMA,
    "42P01": _SCHEMA,
    "42703": _SCHEMA,
    "42883": _SCHEMA,
    "57014": "a statement took longer than it may; ask for less at once, or try again later",
    "57P01": "the database is shutting down; try again shortly",
    "57P02": "the database has crashed and is starting again; try again shortly",
    "57P03": "the database is starting; try again shortly",
    "58030": "the database cannot read or write its files",
}
FULL = "the database has no room left on its disk; nothing can be recorded until there is"
STOPPED = (
    "the database has stopped, because there is no room left on its disk; it goes on by itself once there is"
)
_UNREACHABLE = "the database cannot be reached; try again shortly"
_WAITED = "all connections to the database are in use; try again shortly"


def unavailable(error: BaseException, *, waited: bool = False) -> Unavailable:
    """The error to raise for one of `AWAY`; with `waited`, it is the pool that had no connection in time."""
    if waited and isinstance(error, TimeoutError):
        return Unavailable(_WAITED)
    if not isinstance(error, asyncpg.PostgresError):
        return Unavailable(_UNREACHABLE, cause=str(error) or type(error).__name__)
    state = getattr(error, "sqlstate", None) or ""
    text = getattr(error, "query", None)
    named = None if text is None else _NAME.match(text)
    statement = None if named is None else named[1]
    kind = Unavailable
    detail = _MEANINGS.get(state, _UNREACHABLE)
    if state == "53100" or "no space left" in str(error).lower():
        kind, detail = StorageFull, FULL
    return kind(detail, cause=str(error), sqlstate=state, statement=statement)
