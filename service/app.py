"""Puts the application together: the list of all operations, the database, the framework."""

import asyncio
import contextlib
import importlib
import signal
from collections.abc import AsyncGenerator, Callable, Container
from importlib.metadata import version
from typing import TYPE_CHECKING

import msgspec
from litestar import Litestar
from litestar.exceptions import HTTPException

from service import logs
from service.api import companies, facts, health, log, lookup, sources
from service.evidence import asides
from service.operations import Database
from service.settings import CAPABILITIES, Settings, listed
from service.web import access, metrics, pages
from service.web.call import Resources
from service.web.contract import Capability, Contract, Operation
from service.web.document import openapi
from service.web.edge import Edge
from service.web.routes import Routes

if TYPE_CHECKING:
    from litestar.types import ASGIApp

_FIRST_TAG = {lookup.TAG: "What is known, since when, and where it says so."}
_OTHER_TAGS = {
    companies.COMPANIES: "The organisations that facts are about.",
    companies.CONCEPTS: "What metrics measure.",
    sources.TAG: "The documents that facts are read from, and their archived text.",
    log.TAG: "The one log that everything is recorded in.",
    health.TAG: "The service itself.",
    pages.TAG: "Pages for people, and where everything is.",
}


def _capability(name: str) -> Capability:
    """Import a capability by name; this is the only place that imports capabilities."""
    loaded: object = importlib.import_module(f"service.{name}.api").CAPABILITY
    if not isinstance(loaded, Capability):
        raise TypeError(f"service.{name}.api.CAPABILITY is not a Capability")
    return loaded


def contract(without: Container[str] = ()) -> Contract:
    """The contract: all operations of the service, except those of the capabilities in `without`."""
    capabilities = [_capability(name) for name in CAPABILITIES if name not in without]
    made: list[Contract] = []
    operations: tuple[Operation, ...] = (
        *lookup.OPERATIONS,
        *facts.OPERATIONS,
        *companies.OPERATIONS,
        *(operation for capability in capabilities for operation in capability.operations),
        *sources.OPERATIONS,
        *log.OPERATIONS,
        *health.OPERATIONS,
        health.document_operation(made),
        *pages.OPERATIONS,
    )
    members: dict[str, type[msgspec.Struct]] = {}
    for capability in capabilities:
        if capability.over is not None:
            over = capability.over({operation.id: operation for operation in operations})
            operations = tuple(over.operations.get(one.id, one) for one in operations)
            members |= over.members
    own = {operation.id: operation for operation in operations}
    for capability in capabilities:
        if capability.built_on is not None:
            operations += capability.built_on(own)
    made.append(
        Contract(
            operations,
            version=version("companyfacts"),
            tags=_FIRST_TAG | {capability.tag: capability.about for capability in capabilities} | _OTHER_TAGS,
            unions={name: union for capability in capabilities for name, union in capability.unions.items()},
            members=members,
            problem_page=next(
                (one.problem_page for one in capabilities if one.problem_page is not None), None
            ),
        )
    )
    return made[0]


def openapi_document() -> str:
    """The OpenAPI document as it is committed in `openapi/`."""
    return msgspec.json.format(msgspec.json.encode(openapi(contract())), indent=2).decode() + "\n"


def create_app(
    settings: Settings,
    *,
    direct: bool = True,
    in_worker: bool = False,
    pool: Callable[..., Database] = Database,
) -> "ASGIApp":
    """The ASGI application. It opens its database pool on startup and closes it on shutdown.

    With `direct`, the most frequent reads bypass the framework; the answers are the same either way. `pool` makes the
    database pool from its settings.

    Raises ValueError if `settings.database_url` is not set: `serve` starts the embedded Postgres first and sets it.
    """
    if settings.database_url is None:
        raise ValueError("no database is named")
    asides.configure(settings.reading_seconds)
    database = pool(
        settings.database_url,
        pool_max=settings.pool_max,
        pool_timeout=settings.pool_timeout,
        statement_timeout=settings.statement_timeout,
        read_only=settings.read_only,
    )

    all_operations = contract([*listed(settings.without), *([] if settings.pages else ["pages"])])
    resources = Resources(settings, database, all_operations)

    @contextlib.asynccontextmanager
    async def lifespan(_: Litestar) -> AsyncGenerator[None, None]:
        async with database:
            if in_worker:
                _when_told_to_stop(resources.growth.stop)
            yield
            await resources.close()
        asides.close()
        access.flush()
        metrics.flush()

    routes = Routes(all_operations, resources)
    litestar = Litestar(
        route_handlers=routes.handlers(),
        lifespan=[lifespan],
        exception_handlers={HTTPException: routes.error, Exception: routes.defect},
        openapi_config=None,
        logging_config=None,
        request_max_body_size=None,
    )
    return Edge(litestar, all_operations, resources, direct=direct)


def _when_told_to_stop(do: Callable[[], None]) -> None:
    """Call `do` on SIGTERM and SIGINT, beside what the server does then: it waits for all answers to end.

    The server's handlers belong to the event loop, which is woken by each signal that has any handler in Python. It is not
    while it does not run, as between this start of the application and the start of the server: such a signal is raised again
    when it does. Signals that `service.worker` held back are let through.
    """
    loop = asyncio.get_running_loop()
    numbers = (signal.SIGTERM, signal.SIGINT)

    def told(number: int, __: object) -> None:
        with contextlib.suppress(RuntimeError):  # the loop is closed: all is over
            if loop.is_running():
                loop.call_soon_threadsafe(do)
            else:
                loop.call_soon_threadsafe(signal.raise_signal, number)

    for number in numbers:
        signal.signal(number, told)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, numbers)


def from_environment() -> "ASGIApp":
    """The application of a worker process, configured from environment variables."""
    settings = Settings.from_environment()
    logs.configure(settings)
    access.configure(enabled=settings.log_level in {"debug", "info"}, for_people=logs.for_people(settings))
    return create_app(settings, in_worker=True)
