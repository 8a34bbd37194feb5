"""The outermost layer: request ids, HEAD, security headers, access log, metrics. It sees every answer."""

import re
import secrets
import time
from typing import TYPE_CHECKING

import structlog

from service.http import metrics

if TYPE_CHECKING:
    from litestar.types import ASGIApp, HTTPSendMessage, Message, Receive, Scope, Send

_REQUEST_ID = re.compile(rb"[A-Za-z0-9._:-]{1,100}")
_SECURITY = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
)
_log = structlog.stdlib.get_logger("companyfacts.access")


class Edge:
    """Wraps the application: every answer leaves with a request id, and is counted and logged."""

    def __init__(self, app: "ASGIApp") -> None:
        self._app = app

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Serve one connection."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = time.perf_counter()
        request_id = next(
            (v for k, v in scope["headers"] if k == b"x-request-id" and _REQUEST_ID.fullmatch(v)), b""
        )
        request_id = request_id or secrets.token_hex(12).encode()
        structlog.contextvars.bind_contextvars(request_id=request_id.decode())
        head = scope["method"] == "HEAD"
        status = 500

        async def answer(message: "Message") -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], (b"x-request-id", request_id), *_SECURITY]
            elif head and message["type"] == "http.response.body":
                message = _empty(message)
            await send(message)

        try:
            await self._app(scope, receive, answer)
        finally:
            seconds = time.perf_counter() - started
            operation = scope.get("state", {}).get("operation", "none")
            metrics.observe(operation, status, seconds)
            _log.info(
                "request",
                method=scope["method"],
                path=scope["path"],
                operation=operation,
                status=status,
                milliseconds=round(seconds * 1000, 3),
            )
            structlog.contextvars.unbind_contextvars("request_id")


def _empty(message: "Message") -> "HTTPSendMessage":
    return {"type": "http.response.body", "body": b"", "more_body": bool(message.get("more_body", False))}
