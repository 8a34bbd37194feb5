"""Litestar handlers for all operations, and problem documents for Litestar's own errors."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

from litestar import HttpMethod, Request, Response
from litestar.datastructures import State
from litestar.exceptions import HTTPException
from litestar.handlers import HTTPRouteHandler
from litestar.response.base import ASGIResponse

from service.core.errors import CompanyFactsError, Malformed, NotFound
from service.web.call import Call, Resources
from service.web.contract import Contract, Operation
from service.web.exchange import defect, for_people, refusal, respond
from service.web.problems import MethodNotAllowed, TooLarge
from service.web.sending import Finished, send_answer

if TYPE_CHECKING:
    from litestar.types import HTTPScope, Receive, Scope, Send

AnyRequest = Request[Any, Any, State]


class _Sent(Response[bytes]):
    """A Litestar response that is sent by `send_answer`, like all answers."""

    def __init__(self, answer: Finished, patience: float) -> None:
        super().__init__(b"", status_code=answer.status)
        self._answer = answer
        self._patience = patience

    def to_asgi_response(self, *_: object, **__: object) -> ASGIResponse:
        return _Sending(self._answer, self._patience)


class _Sending(ASGIResponse):
    def __init__(self, answer: Finished, patience: float) -> None:
        super().__init__(status_code=answer.status)
        self._answer = answer
        self._patience = patience

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        await send_answer(self._answer, cast("HTTPScope", scope), receive, send, self._patience)


class Routes:
    """Litestar's handlers and exception handlers."""

    def __init__(self, contract: Contract, resources: Resources) -> None:
        self._contract = contract
        self._resources = resources
        self._patience = resources.settings.stall_timeout
        self._base = resources.settings.base_url

    def handlers(self) -> list[HTTPRouteHandler]:
        """One handler per operation, and one for `OPTIONS` on every path, which replaces Litestar's own."""
        options = [self._options(path) for path in self._contract.paths]
        return [*options, *map(self._handler, self._contract.operations)]

    def _handler(self, operation: Operation) -> HTTPRouteHandler:
        async def handle(request: AnyRequest) -> Response[bytes]:
            request.scope["state"]["operation"] = operation.id
            call = Call(operation, request.scope, request.receive, request.path_params, self._resources)
            return self._sent(await respond(operation, call))

        methods: Sequence[HttpMethod] = (
            [HttpMethod.GET, HttpMethod.HEAD] if operation.method == "GET" else [HttpMethod(operation.method)]
        )
        return HTTPRouteHandler(
            operation.path.replace("}", ":str}"), http_method=methods, name=operation.id, status_code=200
        )(handle)

    def _options(self, path: str) -> HTTPRouteHandler:
        answer = Finished(204, {"allow": self._contract.methods(path)}, b"")

        async def handle() -> Response[bytes]:
            return self._sent(answer)

        return HTTPRouteHandler(
            path.replace("}", ":str}"), http_method=[HttpMethod.OPTIONS], name=f"options {path}"
        )(handle)

    def _sent(self, answer: Finished) -> Response[bytes]:
        return _Sent(answer, self._patience)

    def error(self, request: AnyRequest, error: HTTPException) -> Response[bytes]:
        """The answer for an error that Litestar raises: no such path, no such method."""
        path = request.scope["path"]
        match error.status_code:
            case 404:
                stroke = b"%2f" in request.scope["raw_path"].lower()
                told = "; %2F separates the parts of a path: in a ticker, write - for it" if stroke else ""
                missing = refusal(NotFound(f"there is nothing at {path}{told}"), path, self._base)
                answer = for_people(missing, request.headers.get("accept"), self._resources)
            case 405:
                allowed = self._contract.allowed(path)
                answer = refusal(MethodNotAllowed(f"{path} takes {allowed}"), path, self._base)
                answer.headers["allow"] = allowed
            case 413:
                answer = refusal(TooLarge("the body is larger than the service takes"), path, self._base)
            case status if status < 500:
                answer = refusal(Malformed(error.detail or "the request cannot be read"), path, self._base)
            case _:
                answer = defect(error, path, self._base)
        return self._sent(answer)

    def defect(self, request: AnyRequest, error: Exception) -> Response[bytes]:
        """The answer for any other exception."""
        path = request.scope["path"]
        return self._sent(
            refusal(error, path, self._base)
            if isinstance(error, CompanyFactsError)
            else defect(error, path, self._base)
        )
