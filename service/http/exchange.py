"""One request and its answer, whatever the operation: key, body, media types, conditions, headers."""

from collections.abc import Mapping
from typing import NamedTuple, TypeVar
from urllib.parse import quote

import msgspec
from litestar import Request
from litestar.datastructures import State
from litestar.exceptions import ClientException
from msgspec import Struct

from service.domain.decoding import Reader
from service.domain.errors import Malformed
from service.domain.rendering import etag
from service.http.contract import JSON, Operation
from service.http.parameters import read_parameters, read_query
from service.http.problems import NotAcceptable, ReadOnly, TooLarge, UnsupportedMediaType
from service.operations import Database
from service.operations.keys import authorise
from service.settings import Settings

Q = TypeVar("Q", bound=Struct)
T = TypeVar("T")

_FOREVER = "public, max-age=31536000, immutable"


class Reply(NamedTuple):
    """An answer: the bytes of its body and what goes with them."""

    body: bytes
    status: int = 200
    headers: Mapping[str, str] = {}
    media: str = JSON
    position: int | None = None  # of the log, where the answer depends on it
    etag: str | None = None  # of the thing, where it is not that of the body


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
        request: Request[object, object, State],
        settings: Settings,
        database: Database,
    ) -> None:
        self._operation = operation
        self._request = request
        self.settings = settings
        self.database = database
        self.author: int | None = None  # number of the key that writes

    @property
    def path(self) -> str:
        """The path as it was asked."""
        return self._request.scope["path"]

    @property
    def query_string(self) -> bytes:
        """The query string as it was sent."""
        return self._request.scope["query_string"]

    def header(self, name: str) -> str | None:
        """A header of the request."""
        return self._request.headers.get(name)

    def query(self, wanted: type[Q]) -> Q:
        """The query parameters. Raises Malformed."""
        return read_query(wanted, self.query_string)

    def parameters(self, wanted: type[Q]) -> Q:
        """The parameters in the path. Raises Malformed."""
        return read_parameters(wanted, self._request.path_params)

    def link_next(self, cursor: str | None) -> dict[str, str]:
        """The `Link` header that leads to the next page (RFC 8288)."""
        if cursor is None:
            return {}
        raw = self.query_string.decode("ascii", "replace")
        kept = [part for part in raw.split("&") if part and not part.startswith("cursor=")]
        target = f"{quote(self.path, safe='/:')}?{'&'.join([*kept, f'cursor={cursor}'])}"
        return {"Link": f'<{target}>; rel="next"'}

    async def body(self, reader: Reader[T]) -> T:
        """The JSON body. Raises Malformed, UnsupportedMediaType or TooLarge."""
        return reader.read(await self.raw_body(JSON))

    async def raw_body(self, *media: str) -> bytes:
        """The bytes of the body, of one of these media types. Raises UnsupportedMediaType or TooLarge."""
        given = (self.header("content-type") or "").split(";")[0].strip().lower()
        if given not in media:
            raise UnsupportedMediaType(
                f"send {' or '.join(media)}, not {given or 'a body without Content-Type'}"
            )
        if (coding := self.header("content-encoding") or "identity").lower() != "identity":
            raise UnsupportedMediaType(f"send the body without a content coding, not {coding}")
        limit = self.settings.max_import_bytes if self._operation.large else self.settings.max_body_bytes
        too_large = TooLarge(f"the body is larger than {limit} bytes")
        declared = self.header("content-length") or "0"
        if not declared.isdigit():
            raise Malformed("Content-Length is not a number")
        if int(declared) > limit:
            raise too_large
        received = bytearray()
        try:
            async for chunk in self._request.stream():
                received += chunk
                if len(received) > limit:
                    raise too_large
        except ClientException as error:
            raise Malformed("the body ended before it was complete") from error
        return bytes(received)


def bearer(call: Call) -> str | None:
    """The key that a request presents. Raises Malformed for another scheme."""
    given = call.header("authorization")
    if given is None:
        return None
    scheme, _, secret = given.partition(" ")
    return secret.strip() if scheme.lower() == "bearer" else ""


def acceptable(accept: str | None, media: str) -> bool:
    """Whether a request with this `Accept` header takes an answer of this media type (RFC 9110 §12.5.1)."""
    if accept is None or not accept.strip():
        return True
    kind = media.split("/")[0]
    best = -1
    weight = 0.0
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


async def perform(operation: Operation, call: Call) -> Reply:
    """Check what every operation checks, run it, and finish its answer.

    Raises the CompanyFactsError that the request is refused with.
    """
    media = [
        answer.media
        for answer in operation.answers.values()
        if answer.type is not None or answer.media != JSON
    ]
    accept = call.header("accept")
    if media and not any(acceptable(accept, one) for one in media):
        raise NotAcceptable(f"this operation answers {' or '.join(dict.fromkeys(media))}")
    if operation.scope != "read" or (call.settings.require_key_for_reads and not operation.open):
        call.author = await authorise(call.database, bearer(call), operation.scope)
    if operation.scope != "read" and call.settings.read_only:
        raise ReadOnly("the service is read-only")
    if operation.query.__struct_fields__ == ():
        call.query(operation.query)
    return await operation.handler(call)


def finished(operation: Operation, call: Call, reply: Reply) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of an answer, with its entity tag and 304 where it is still the one known."""
    headers = {"Content-Type": reply.media, **reply.headers}
    if reply.position is not None:
        headers["Log-Position"] = str(reply.position)
    if operation.method != "GET" or reply.status != 200:
        if reply.etag is not None:
            headers["ETag"] = reply.etag
        return reply.status, headers, reply.body
    tag = headers["ETag"] = reply.etag or etag(reply.body)
    pinned = reply.position is not None and b"&at=" in b"&" + call.query_string
    headers["Cache-Control"] = _FOREVER if pinned else "no-cache"
    known = call.header("if-none-match")
    if known is not None and (
        known.strip() == "*" or tag in {one.strip().removeprefix("W/") for one in known.split(",")}
    ):
        headers.pop("Content-Type")
        return 304, headers, b""
    return reply.status, headers, reply.body
