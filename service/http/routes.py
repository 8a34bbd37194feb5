"""Operations as handlers of the framework, and its own errors in our shape."""

from collections.abc import Sequence
from typing import Any

from litestar import HttpMethod, Request, Response
from litestar.datastructures import State
from litestar.exceptions import HTTPException
from litestar.handlers import HTTPRouteHandler

from service.domain.errors import CompanyFactsError, Malformed, NotFound
from service.http.contract import Contract, Operation
from service.http.exchange import Call, Finished, Resources, defect, refusal, respond
from service.http.problems import MethodNotAllowed, TooLarge

AnyRequest = Request[Any, Any, State]


def handlers(contract: Contract, resources: Resources) -> list[HTTPRouteHandler]:
    """`OPTIONS` for every path, before the framework makes its own, and one handler an operation."""
    options = [_options(path, contract.methods(path)) for path in contract.paths]
    return [*options, *(_handler(operation, resources) for operation in contract.operations)]


def _handler(operation: Operation, resources: Resources) -> HTTPRouteHandler:
    async def handle(request: AnyRequest) -> Response[bytes]:
        request.scope["state"]["operation"] = operation.id
        call = Call(operation, request.scope, request.receive, request.path_params, resources)
        return _response(await respond(operation, call))

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


def _response(answer: Finished) -> Response[bytes]:
    return Response(
        answer.body,
        status_code=answer.status,
        headers=answer.headers,
        media_type=answer.headers.get("content-type"),
    )


def framework_error(contract: Contract, request: AnyRequest, error: HTTPException) -> Response[bytes]:
    """What the framework refuses by itself: no such path or method, a body it will not read."""
    path = request.scope["path"]
    match error.status_code:
        case 404:
            return _response(refusal(NotFound(f"there is nothing at {path}"), path))
        case 405:
            allowed = contract.allowed(path)
            answer = _response(refusal(MethodNotAllowed(f"{path} takes {allowed}"), path))
            answer.headers["Allow"] = allowed
            return answer
        case 413:
            return _response(refusal(TooLarge("the body is larger than the service takes"), path))
        case status if status < 500:
            return _response(refusal(Malformed(error.detail or "the request cannot be read"), path))
        case _:
            return _response(defect(error, path))


def framework_defect(request: AnyRequest, error: Exception) -> Response[bytes]:
    """What went wrong around a handler."""
    path = request.scope["path"]
    return _response(refusal(error, path) if isinstance(error, CompanyFactsError) else defect(error, path))
