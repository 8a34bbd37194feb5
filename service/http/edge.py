"""The outermost layer, which sees every answer: request ids, HEAD, security headers, access log, metrics.

The hottest reads are answered here, before the framework looks at the request: by the same operations, with
the same parameters, problems and headers (`service.http.exchange.respond`). Everything else, and whatever is
not plainly one of them, goes to the framework.
"""

import random
import re
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING

from service import logs
from service.domain.errors import NotFound
from service.http import access, metrics
from service.http.contract import Contract, Operation
from service.http.cors import Cors
from service.http.exchange import Call, Finished, Resources, refusal, respond
from service.settings import listed

if TYPE_CHECKING:
    from litestar.types import ASGIApp, HTTPScope, Message, Receive, Scope, Send

_REQUEST_ID = re.compile(rb"[A-Za-z0-9._:-]{1,100}")
_SECURITY = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-resource-policy", b"same-origin"),
)
_POLICY = b"content-security-policy"  # an answer that a browser is to show has its own
_NO_CONTENT = (_POLICY, b"default-src 'none'; frame-ancestors 'none'")
_random = random.Random()  # noqa: S311 -- ids have to differ, not to be secret; the system's own source costs a call
_HOT = frozenset({"getFact", "lookUpFact", "listFacts", "listCompanyFacts", "getSeries", "getFrame"})


class Edge:
    """Wraps the application: every answer leaves with a request id, and is counted and logged."""

    def __init__(
        self,
        app: "ASGIApp",
        contract: Contract,
        resources: Resources,
        *,
        direct: bool = True,
    ) -> None:
        self._app = app
        self._resources = resources
        origins = listed(resources.settings.cors_origins)
        self._cors = Cors(origins) if origins else None
        self._exact: dict[str, Operation] = {}  # hot paths without parameters
        # those with one, by what stands before and after it
        self._around: dict[tuple[str, str], tuple[Operation, str]] = {}
        for operation in contract.operations if direct else ():
            if operation.id in _HOT:
                stem, parameter, rest = operation.path.partition("{")
                if parameter:
                    name, _, end = rest.partition("}")
                    self._around[stem, end] = operation, name
                else:
                    self._exact[stem] = operation

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Serve one connection."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = time.perf_counter()
        request_id = next(
            (v for k, v in scope["headers"] if k == b"x-request-id" and _REQUEST_ID.fullmatch(v)), None
        )
        request_id = request_id or b"%024x" % _random.getrandbits(96)
        logs.request_id.set(request_id.decode())
        extra = ((b"x-request-id", request_id), *_SECURITY)
        if self._cors is not None:
            extra = (*extra, *self._cors.headers(scope["method"], scope["headers"]))
        hot = self._hot(scope)
        if hot is not None:
            operation, parameters = hot
            call = Call(operation, scope, receive, parameters, self._resources)
            answer = await respond(operation, call)
            status, name = answer.status, operation.id
            await _send(answer, scope, send, extra)
        elif (refused := _other_path(scope["path"])) is not None:
            status, name = refused.status, "none"
            await _send(refused, scope, send, extra)
        else:
            status, name = await self._framework(scope, receive, send, extra)
        seconds = time.perf_counter() - started
        metrics.observe(name, status, seconds)
        access.log(scope["method"], scope["path"], name, status, seconds, request_id)

    def _hot(self, scope: "HTTPScope") -> tuple[Operation, Mapping[str, str]] | None:
        if scope["method"] != "GET":
            return None
        path = scope["path"]
        if (operation := self._exact.get(path)) is not None:
            return operation, {}
        stem, slash, last = path.rpartition("/")
        if (around := self._around.get((stem + slash, ""))) is not None:
            return (around[0], {around[1]: last}) if last else None
        stem, slash, name = stem.rpartition("/")
        if name and (around := self._around.get((stem + slash, f"/{last}"))) is not None:
            return around[0], {around[1]: name}
        return None

    async def _framework(
        self, scope: "HTTPScope", receive: "Receive", send: "Send", extra: tuple[tuple[bytes, bytes], ...]
    ) -> tuple[int, str]:
        """Let the framework answer: the status and the operation's name."""
        head = scope["method"] == "HEAD"
        status = 500

        async def answer(message: "Message") -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], *extra]
                if not any(name == _POLICY for name, _ in message["headers"]):
                    message["headers"].append(_NO_CONTENT)
            elif head and message["type"] == "http.response.body":
                message["body"] = b""
            await send(message)

        await self._app(scope, receive, answer)
        return status, _operation(scope)


def _other_path(path: str) -> Finished | None:
    """The refusal of a path with an empty segment, which the framework takes for the one without."""
    if path == "/" or not (path.endswith("/") or "//" in path):
        return None
    meant = "/" + "/".join(segment for segment in path.split("/") if segment)
    return refusal(NotFound(f"there is nothing at {path}; perhaps {meant} is meant"), path)


async def _send(
    answer: Finished, scope: "HTTPScope", send: "Send", extra: tuple[tuple[bytes, bytes], ...]
) -> None:
    """Send an answer that is whole."""
    headers = [(key.encode("latin-1"), value.encode("latin-1")) for key, value in answer.headers.items()]
    length = (b"content-length", b"%d" % len(answer.body))
    head = scope["method"] == "HEAD"
    await send(
        {
            "type": "http.response.start",
            "status": answer.status,
            "headers": [*headers, length, _NO_CONTENT, *extra],
        }
    )
    await send({"type": "http.response.body", "body": b"" if head else answer.body, "more_body": False})


def _operation(scope: "HTTPScope") -> str:
    """The operation that the framework chose; `none` where the path or method is not one."""
    state: Mapping[str, str] = scope["state"] if "state" in scope else {}  # noqa: SIM401 -- a TypedDict's get is untyped
    return state.get("operation", "none")
