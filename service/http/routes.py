"""Operations as handlers of the framework, and its own errors in our shape."""

from collections.abc import Sequence
from typing import Any

import structlog
from litestar import HttpMethod, Request, Response
from litestar.datastructures import State
from litestar.exceptions import HTTPException
from litestar.handlers import HTTPRouteHandler

from service.domain.errors import CompanyFactsError, Malformed, NotFound, Unavailable
from service.http import problems
from service.http.contract import Contract, Operation
from service.http.exchange import Call, finished, perform
from service.http.problems import Internal, MethodNotAllowed, TooLarge
from service.operations import Database
from service.settings import Settings

_log = structlog.stdlib.get_logger("companyfacts")

AnyRequest = Request[Any, Any, State]


def handlers(contract: Contract, settings: Settings, database: Database) -> list[HTTPRouteHandler]:
    """`OPTIONS` for every path, before the framework makes its own, and one handler an operation."""
    options = [_options(path, contract.methods(path)) for path in contract.paths]
    return [*options, *(_handler(operation, settings, database) for operation in contract.operations)]


def _handler(operation: Operation, settings: Settings, database: Database) -> HTTPRouteHandler:
    async def handle(request: AnyRequest) -> Response[bytes]:
        request.scope["state"]["operation"] = operation.id
        call = Call(operation, request, settings, database)
        try:
            status, headers, body = finished(operation, call, await perform(operation, call))
        except CompanyFactsError as error:
            return refusal(error, call.path)
        return Response(body, status_code=status, headers=headers, media_type=headers.get("Content-Type"))

    methods: Sequence[HttpMethod] = (
        [HttpMethod.GET, HttpMethod.HEAD] if operation.method == "GET" else [HttpMethod(operation.method)]
    )
    return HTTPRouteHandler(
        operation.path.replace("}", ":str}"), http_method=methods, name=operation.id, status_code=200
    )(handle)


def _options(path: str, methods: str) -> HTTPRouteHandler:
    async def handle() -> Response[None]:
        return Response(None, status_code=204, headers={"Allow": methods})

    return HTTPRouteHandler(
        path.replace("}", ":str}"), http_method=[HttpMethod.OPTIONS], name=f"options {path}", status_code=204
    )(handle)


def refusal(error: CompanyFactsError, instance: str) -> Response[bytes]:
    """An error as an answer."""
    return Response(
        problems.encode(error, instance),
        status_code=problems.status_of(error),
        headers=problems.headers(error),
        media_type=problems.MEDIA_TYPE,
    )


def framework_error(contract: Contract, request: AnyRequest, error: HTTPException) -> Response[bytes]:
    """What the framework refuses by itself: no such path or method, a body it will not read."""
    path = request.scope["path"]
    match error.status_code:
        case 404:
            return refusal(NotFound(f"there is nothing at {path}"), path)
        case 405:
            allowed = contract.allowed(path)
            answer = refusal(MethodNotAllowed(f"{path} takes {allowed}"), path)
            answer.headers["Allow"] = allowed
            return answer
        case 413:
            return refusal(TooLarge("the body is larger than the service takes"), path)
        case status if status < 500:
            return refusal(Malformed(error.detail or "the request cannot be read"), path)
        case _:
            return defect(request, error)


def defect(request: AnyRequest, error: Exception) -> Response[bytes]:
    """An error that nobody foresaw: logged with its traceback, told without."""
    path = request.scope["path"]
    if isinstance(error, CompanyFactsError):
        return refusal(error, path)
    if isinstance(error, TimeoutError):
        return refusal(Unavailable("the service took too long; try again shortly"), path)
    _log.error("defect", path=path, exc_info=error)
    return refusal(Internal("something went wrong that should not have; it has been logged"), path)
