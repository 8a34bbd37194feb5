"""One request and its answer, whatever the operation: key, body, media types, conditions, headers."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, NamedTuple, TypeVar
from urllib.parse import quote

import msgspec
import structlog
from msgspec import Struct

from service.domain.decoding import Reader
from service.domain.errors import CompanyFactsError, Flaw, Malformed, Unavailable
from service.domain.rendering import etag
from service.http import problems
from service.http.contract import JSON, Operation
from service.http.parameters import read_parameters, read_query
from service.http.problems import Internal, NotAcceptable, ReadOnly, TooLarge, UnsupportedMediaType
from service.operations import Database
from service.operations.keys import authorise
from service.settings import Settings

Q = TypeVar("Q", bound=Struct)
T = TypeVar("T")

# what ASGI passes: its messages and scopes are dictionaries of anything
Scope = Mapping[str, Any]
Receive = Callable[[], Awaitable[Mapping[str, Any]]]

_FOREVER = "public, max-age=31536000, immutable"
_log = structlog.stdlib.get_logger("companyfacts")


class Reply(NamedTuple):
    """An answer: the bytes of its body and what goes with them."""

    body: bytes
    status: int = 200
    headers: Mapping[str, str] = {}
    media: str = JSON
    position: int | None = None  # of the log, where the answer depends on it
    etag: str | None = None  # of the thing, where it is not that of the body


class Finished(NamedTuple):
    """An answer as it goes out."""

    status: int
    headers: dict[str, str]  # names in lower case
    body: bytes


def json_reply(
    value: object, *, status: int = 200, headers: Mapping[str, str] | None = None, position: int | None = None
) -> Reply:
    """A value as JSON."""
    return Reply(msgspec.json.encode(value), status, headers or {}, position=position)


def page(items: list[bytes], cursor: str | None) -> bytes:
    """A list of rendered items: `{"items": […], "next": cursor}`."""
    return b'{"items":[' + b",".join(items) + b'],"next":' + msgspec.json.encode(cursor) + b"}"


class Call:
    """A request to an operation."""

    def __init__(
        self,
        operation: Operation,
        scope: Scope,
        receive: Receive,
        path_parameters: Mapping[str, str],
        settings: Settings,
        database: Database,
    ) -> None:
        self._operation = operation
        self._receive = receive
        self._path_parameters = path_parameters
        self._headers: list[tuple[bytes, bytes]] = scope["headers"]
        self.path: str = scope["path"]  # as it was asked
        self.query_string: bytes = scope["query_string"]  # as it was sent
        self.settings = settings
        self.database = database
        self.author: int | None = None  # number of the key that writes

    def header(self, name: bytes) -> str | None:
        """A header of the request, by its name in lower case."""
        for held, value in self._headers:
            if held == name:
                return value.decode("latin-1")
        return None

    def query(self, wanted: type[Q]) -> Q:
        """The query parameters. Raises Malformed."""
        return read_query(wanted, self.query_string)

    def parameters(self, wanted: type[Q]) -> Q:
        """The parameters in the path. Raises Malformed."""
        return read_parameters(wanted, self._path_parameters)

    def link_next(self, cursor: str | None) -> dict[str, str]:
        """The `Link` header that leads to the next page (RFC 8288)."""
        if cursor is None:
            return {}
        raw = self.query_string.decode("ascii", "replace")
        kept = [part for part in raw.split("&") if part and not part.startswith("cursor=")]
        target = f"{quote(self.path, safe='/:')}?{'&'.join([*kept, f'cursor={cursor}'])}"
        return {"link": f'<{target}>; rel="next"'}

    async def body(self, reader: Reader[T]) -> T:
        """The JSON body. Raises Malformed, UnsupportedMediaType or TooLarge."""
        return reader.read(await self.raw_body(JSON))

    async def raw_body(self, *media: str) -> bytes:
        """The bytes of the body, of one of these media types. Raises UnsupportedMediaType, TooLarge or Malformed."""
        given = (self.header(b"content-type") or "").split(";")[0].strip().lower()
        if given not in media:
            raise UnsupportedMediaType(
                f"send {' or '.join(media)}, not {given or 'a body without Content-Type'}"
            )
        if (coding := self.header(b"content-encoding") or "identity").lower() != "identity":
            raise UnsupportedMediaType(f"send the body without a content coding, not {coding}")
        limit = self.settings.max_import_bytes if self._operation.large else self.settings.max_body_bytes
        declared = self.header(b"content-length") or "0"
        if declared.isascii() and declared.isdigit() and int(declared) > limit:
            raise TooLarge(f"the body is larger than {limit} bytes")
        received = bytearray()
        while True:
            message = await self._receive()
            if message["type"] == "http.disconnect":
                raise Malformed("the body ended before it was complete")
            received += message.get("body", b"")
            if len(received) > limit:
                raise TooLarge(f"the body is larger than {limit} bytes")
            if not message.get("more_body", False):
                return bytes(received)


async def respond(operation: Operation, call: Call) -> Finished:
    """The answer to a request, refusals and defects included. Raises nothing."""
    try:
        return _finished(operation, call, await _perform(operation, call))
    except CompanyFactsError as error:
        return refusal(error, call.path)
    except TimeoutError:
        return refusal(Unavailable("the service took too long; try again shortly"), call.path)
    except Exception as error:  # noqa: BLE001 -- whatever it is, the client gets a problem document
        return defect(error, call.path)


def refusal(error: CompanyFactsError, instance: str) -> Finished:
    """An error as an answer."""
    headers = {"content-type": problems.MEDIA_TYPE, **problems.headers(error)}
    return Finished(problems.status_of(error), headers, problems.encode(error, instance))


def defect(error: Exception, instance: str) -> Finished:
    """An error that nobody foresaw: logged with its traceback, told without."""
    _log.error("defect", path=instance, exc_info=error)
    return refusal(Internal("something went wrong that should not have; it has been logged"), instance)


async def _perform(operation: Operation, call: Call) -> Reply:
    """Check what every operation checks, and run it."""
    accept = call.header(b"accept")
    if accept is not None and accept != "*/*" and not any(acceptable(accept, one) for one in operation.media):
        raise NotAcceptable(f"this operation answers {' or '.join(operation.media)}")
    if operation.scope != "read" or (call.settings.require_key_for_reads and not operation.open):
        call.author = await authorise(call.database, _bearer(call), operation.scope)
    if operation.scope != "read" and call.settings.read_only:
        raise ReadOnly("the service is read-only")
    for sent, name, pattern, longest in operation.header_rules:
        value = call.header(sent)
        if value is not None and (len(value) > longest or not pattern.match(value)):
            detail = (
                f"{name}: {value[:100]!r} is not of the form {operation.headers[name].schema['examples']}"
            )
            raise Malformed(detail, errors=[Flaw(parameter=name, detail=detail)])
    return await operation.handler(call)


def _bearer(call: Call) -> str | None:
    """The key that a request presents; the empty one for another scheme."""
    given = call.header(b"authorization")
    if given is None:
        return None
    scheme, _, secret = given.partition(" ")
    return secret.strip() if scheme.lower() == "bearer" else ""


def _finished(operation: Operation, call: Call, reply: Reply) -> Finished:
    """An answer with its entity tag; 304 where that is still the one the client knows (RFC 9110 §13)."""
    headers = {"content-type": reply.media, **reply.headers}
    if reply.position is not None:
        headers["log-position"] = str(reply.position)
    if operation.method != "GET" or reply.status != 200:
        if reply.etag is not None:
            headers["etag"] = reply.etag
        return Finished(reply.status, headers, reply.body)
    tag = headers["etag"] = reply.etag or etag(reply.body)
    pinned = reply.position is not None and b"&at=" in b"&" + call.query_string
    headers["cache-control"] = _FOREVER if pinned else "no-cache"
    known = call.header(b"if-none-match")
    if known is not None and (
        known.strip() == "*" or tag in {one.strip().removeprefix("W/") for one in known.split(",")}
    ):
        headers.pop("content-type")
        return Finished(304, headers, b"")
    return Finished(reply.status, headers, reply.body)


def acceptable(accept: str, media: str) -> bool:
    """Whether a request with this `Accept` header takes an answer of this media type (RFC 9110 §12.5.1)."""
    if not accept.strip():
        return True
    media = media.split(";", maxsplit=1)[0]
    kind = media.split("/")[0]
    best, weight = -1, 0.0
    for part in accept.split(","):
        name, *parameters = (piece.strip().lower() for piece in part.split(";"))
        precision = {media: 2, f"{kind}/*": 1, "*/*": 0}.get(name, -1)
        if precision > best:
            best, weight = precision, _weight(parameters)
    return best >= 0 and weight > 0


def _weight(parameters: list[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                return float(value)
            except ValueError:
                return 0.0
    return 1.0
