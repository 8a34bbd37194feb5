"""The outermost ASGI layer: request ids, security headers, access log, metrics, broken answers.

The most frequent reads are answered here without the framework, by `service.web.exchange.respond`, which the
framework's handlers call too. All other requests go to the framework.
"""

import logging
import random
import re
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, cast

from litestar.exceptions import LitestarException

from service import logs
from service.core.errors import CompanyFactsError, NotFound
from service.settings import listed
from service.web import access, knowing, metrics
from service.web.call import Call, Resources
from service.web.contract import Contract, Operation
from service.web.cors import Cors
from service.web.cutting import cut
from service.web.exchange import defect, for_people, refusal, respond
from service.web.incoming import Incoming, has_body, joined, refusal_of
from service.web.sending import ClientStalled, Drain, Ended, Finished, Watched, send_answer

if TYPE_CHECKING:
    from litestar.types import ASGIApp, HTTPScope, Receive, Scope, Send

_REQUEST_ID = re.compile(rb"[A-Za-z0-9._:-]{1,100}")
_SECURITY = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-resource-policy", b"same-origin"),
)
_random = random.Random()  # noqa: S311 -- ids must be unique, not secret; the system's random source costs a system call
_log = logging.getLogger("companyfacts")
# operations that are asked for most, which Litestar need not route
HOT = frozenset(
    {
        *("getFact", "lookUpFact", "lookUpFacts", "listFacts", "listCompanyFacts", "getSeries", "getFrame"),
        *("searchEverything", "assertFact"),
    }
)


class Edge:
    """Wraps the application: adds a request id to every answer, counts it and logs it."""

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
        self._patience = resources.settings.stall_timeout
        self._base = resources.settings.base_url
        self._most_drained = resources.settings.usual_bytes_in_flight
        self._drain_seconds = 3 * resources.settings.receive_timeout
        origins = listed(resources.settings.cors_origins)
        self._cors = Cors(origins) if origins else None
        self._exact: dict[
            tuple[str, str], Operation
        ] = {}  # hot operations without parameters, by method and path
        # hot paths with one parameter, by the text before and after it; with the parameter's name
        self._around: dict[tuple[str, str], tuple[Operation, str]] = {}
        for operation in contract.operations if direct else ():
            if operation.id in HOT:
                stem, parameter, rest = operation.path.partition("{")
                if parameter:
                    name, _, end = rest.partition("}")
                    self._around[stem, end] = operation, name
                else:
                    self._exact[operation.method, stem] = operation

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Serve one connection."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = time.perf_counter()
        unknown: CompanyFactsError | None = None
        if scope["path"].startswith(knowing.PREFIX):
            scope, unknown = _meant(scope)
        headers = joined(scope["headers"])
        request_id = _request_id(headers)
        logs.request_id.set(request_id.decode())
        extra = [(b"x-request-id", request_id), *_SECURITY]
        if self._cors is not None:
            extra += self._cors.headers(scope["method"], scope["headers"])
        drain: Drain | None = None
        if has_body(scope["method"], headers):
            incoming = Incoming(receive, headers, most=self._most_drained, seconds=self._drain_seconds)
            receive, drain = cast("Receive", incoming), incoming.drain
        watched = Watched(send, extra, head=scope["method"] == "HEAD", drain=drain)
        name, ended = "none", "left"
        try:
            if (refused := self._refused(scope, headers, unknown)) is not None:
                await send_answer(refused, scope, receive, watched.send, self._patience)
            elif (hot := self._hot(scope)) is not None:
                operation, parameters = hot
                name = operation.id
                call = Call(operation, scope, receive, parameters, self._resources, headers)
                answer = await respond(operation, call)
                await send_answer(answer, scope, receive, watched.send, self._patience)
            else:
                await self._app(scope, receive, watched.send)
                name = _operation(scope)
            if watched.whole:
                ended = "whole"
        except Exception as error:  # whatever it is, the client must see that the answer is incomplete
            name = name if name != "none" else _operation(scope)
            ended = await self._broken(error, scope, receive, watched)
            # over HTTP/2 the server ends the stream itself, and the connection's other streams go on
            if ended != "whole" and not (
                scope["http_version"].startswith("2") or cut(scope["server"], scope["client"])
            ):
                raise  # the server then closes the connection
        finally:
            seconds = time.perf_counter() - started
            metrics.observe(name, watched.status, seconds, watched.size, ended)
            access.log(
                scope["method"], scope["path"], name, watched.status, seconds, request_id, watched.size, ended
            )

    async def _broken(
        self, error: Exception, scope: "HTTPScope", receive: "Receive", watched: Watched
    ) -> Ended:
        """Answer 500 if nothing is sent yet, else log the error. Returns how the answer ended."""
        if not watched.started:
            answer = defect(error, scope["path"], self._base)
            await send_answer(answer, scope, receive, watched.send, self._patience)
            return "whole"
        # the framework wraps the error that ended the answer in one of its own
        cause = error.__cause__ if isinstance(error, LitestarException) and error.__cause__ else error
        if isinstance(cause, ClientStalled | CompanyFactsError):
            _log.warning("cut", extra={"path": scope["path"], "why": str(cause)})
        else:
            _log.error("cut", extra={"path": scope["path"]}, exc_info=cause)
        return "stalled" if isinstance(cause, ClientStalled) else "failed"

    def _hot(self, scope: "HTTPScope") -> tuple[Operation, Mapping[str, str]] | None:
        method, path = scope["method"], scope["path"]
        if (operation := self._exact.get((method, path))) is not None:
            return operation, {}
        if method != "GET":
            return None
        stem, slash, last = path.rpartition("/")
        if (around := self._around.get((stem + slash, ""))) is not None:
            return (around[0], {around[1]: last}) if last else None
        stem, slash, name = stem.rpartition("/")
        if name and (around := self._around.get((stem + slash, f"/{last}"))) is not None:
            return around[0], {around[1]: name}
        return None

    def _refused(
        self, scope: "HTTPScope", headers: Mapping[bytes, bytes], unknown: CompanyFactsError | None
    ) -> Finished | None:
        """The answer to a request that no operation gets, because of its head or its path; None for other requests.

        `unknown` is why its path cannot be answered. The framework would ignore empty segments of a path.
        """
        path = scope["path"]
        if (wrong := refusal_of(scope, headers) or unknown) is not None:
            return refusal(wrong, path, self._base)
        if path == "/" or not (path.endswith("/") or "//" in path):
            return None
        meant = "/" + "/".join(segment for segment in path.split("/") if segment)
        missing = NotFound(f"there is nothing at {path}; perhaps {meant} is meant")
        accept = headers.get(b"accept", b"").decode("latin-1")
        return for_people(refusal(missing, path, self._base), accept, self._resources)


def _request_id(headers: Mapping[bytes, bytes]) -> bytes:
    """The id that the client gave its request, or a new one."""
    given = headers.get(b"x-request-id")
    return given if given is not None and _REQUEST_ID.fullmatch(given) else b"%024x" % _random.getrandbits(96)


def _meant(scope: "HTTPScope") -> "tuple[HTTPScope, CompanyFactsError | None]":
    """The scope of a request whose path begins with `/as-known/DATE`, with the rest of its path; or why there is none."""
    found = knowing.prefixed(scope["path"])
    if not isinstance(found, knowing.Prefixed):
        return scope, found
    raw = scope["raw_path"][len(found.prefix) :] or b"/"
    more = {"known_by": found.day, "known_by_prefix": found.prefix}
    return cast("HTTPScope", {**scope, "path": found.path, "raw_path": raw, **more}), None


def _operation(scope: "HTTPScope") -> str:
    """The id of the operation that the framework chose; `none` if there is no such path or method."""
    state: Mapping[str, str] = scope["state"] if "state" in scope else {}  # noqa: SIM401 -- a TypedDict's get is untyped
    return state.get("operation", "none")
