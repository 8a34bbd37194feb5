"""A request, as the handlers of all operations see it."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar
from urllib.parse import parse_qsl, quote

from msgspec import Struct

from service.core.decoding import Reader
from service.core.history import Times
from service.core.keys import Key
from service.operations import Database
from service.operations.growth import Growth
from service.operations.idempotency import Repeats
from service.operations.keys import Keyring
from service.operations.limits import Limits, Standing
from service.recording.writer import Where
from service.settings import Settings, networks
from service.web import codings, knowing, parameters
from service.web.addresses import Addresses
from service.web.bodies import Bodies, Receive, too_large
from service.web.contract import JSON, Contract, Operation
from service.web.incoming import joined
from service.web.negotiating import preference
from service.web.parameters import TimesQuery, read_parameters, read_query
from service.web.problems import UnsupportedMediaType

Q = TypeVar("Q", bound=Struct)
T = TypeVar("T")
AsgiScope = Mapping[str, Any]  # what ASGI passes: a dictionary of anything
KEY_COOKIE = "companyfacts-key"  # holds the key that a reader of pages gave; only pages read it
_CHARSET = re.compile(r';\s*charset\s*=\s*(?:"(?P<quoted>[^"]*)"|(?P<plain>[^\s;"]*))', re.IGNORECASE)


class Resources:
    """What all requests of a process share: settings, database, keys, limits, budgets."""

    def __init__(self, settings: Settings, database: Database, contract: Contract) -> None:
        self.settings = settings
        self.operations = contract.by_id
        self.problem_page = contract.problem_page
        self.database = database
        self.keys = Keyring(database, note_use=not settings.read_only)
        self.limits = Limits(database, settings)
        self.repeats = Repeats(database)
        self.growth = Growth(database, settings.listen_url)
        self.addresses = Addresses(settings.trusted_hops, networks(settings.trusted_proxies))
        self.bodies = Bodies(
            most=settings.max_bytes_in_flight or settings.usual_bytes_in_flight,
            patience=settings.receive_timeout,
        )

    async def close(self) -> None:
        """Write pending counts and end what runs beside requests, before the database is closed."""
        await self.growth.close()
        await self.keys.close()
        await self.limits.close()


class Call:
    """A request to an operation."""

    def __init__(
        self,
        operation: Operation,
        scope: AsgiScope,
        receive: Receive,
        path_parameters: Mapping[str, str],
        resources: Resources,
        by_name: Mapping[bytes, bytes] | None = None,
    ) -> None:
        """`by_name` is what `joined` returns for its headers, if that is known already."""
        self._operation = operation
        self._receive = receive
        self._received: bytes | None = None
        self._path_parameters = path_parameters
        self._headers: list[tuple[bytes, bytes]] = scope["headers"]
        self._by_name = joined(self._headers) if by_name is None else by_name
        self._client: tuple[str, int] | None = scope.get("client")
        self.path: str = scope["path"]  # percent-decoded
        self.query_string: bytes = scope["query_string"]  # percent-encoded, as sent
        self.resources = resources
        self.settings = resources.settings
        self.database = resources.database
        self.writes: Where = resources.database  # or the transaction of an Idempotency-Key
        self.author: Key | None = None  # the key that was sent
        self.standing: Standing | None = None  # in the rate limit that the request counts towards
        self.prefix: str = scope.get("known_by_prefix", "")  # `/as-known/DATE` where the path began with it
        # the last day that the answer may show anything of; None: no limit
        self.known_by = knowing.earliest(resources.settings.known_by, scope.get("known_by"))

    def header(self, name: bytes) -> str | None:
        """A request header, by its name in lower case; several lines are joined by commas (RFC 9110 §5.3)."""
        value = self._by_name.get(name)
        return None if value is None else value.decode("latin-1")

    def condition(self, name: bytes) -> str | None:
        """An `If-Match` or `If-None-Match` header, with the tags of coded answers replaced by those of plain ones."""
        given = self.header(name)
        return None if given is None else codings.plain_tags(given)

    def secret(self) -> str | None:
        """The bearer token of the request, or for a page the key in the cookie; None if there is none."""
        scheme, _, secret = (self.header(b"authorization") or "").partition(" ")
        if scheme.lower() == "bearer":
            return secret.strip()
        return self.cookie(KEY_COOKIE) if self._operation.page else None

    def cookie(self, name: str) -> str | None:
        """The value of a cookie; None if it was not sent."""
        for pair in (self.header(b"cookie") or "").split(";"):
            given, equals, value = pair.strip().partition("=")
            if equals and given == name:
                return value
        return None

    def media(self) -> str:
        """The operation's media type that the `Accept` header prefers; the first of equal ones."""
        accept = self.header(b"accept")
        offered = self._operation.media
        if accept is None or len(offered) == 1:
            return offered[0]
        return max(offered, key=lambda media: preference(accept, media))

    def within(
        self,
        operation: str,
        path: str,
        parameters: Mapping[str, str],
        query: bytes = b"",
        body: bytes | None = None,
        headers: Sequence[tuple[bytes, bytes]] = (),
    ) -> tuple[Operation, "Call"]:
        """Another operation, as a part of answering this request, by the same key.

        Raises LookupError for an operation that needs another scope than `read` and that of this request, which alone
        were checked when the request was admitted.
        """
        wanted = self.resources.operations[operation]
        if wanted.scope not in {"read", self._operation.scope}:
            raise LookupError(f"{operation} needs the scope {wanted.scope}")
        sort = [] if body is None else [(b"content-type", JSON.encode())]
        scope = {"headers": [*sort, *headers], "path": path, "query_string": query}
        call = Call(wanted, scope, self._receive, parameters, self.resources)
        call._received = body
        call.author, call.writes = self.author, self.writes
        call.known_by = self.known_by
        return wanted, call

    def gives(self, parameter: str) -> bool:
        """Whether the query string contains a parameter."""
        return f"&{parameter}=".encode() in b"&" + self.query_string

    def takes_gzip(self) -> bool:
        """Whether the client accepts gzip."""
        return codings.GZIP in codings.accepted(self.header(b"accept-encoding") or codings.IDENTITY)

    def is_conditional(self) -> bool:
        """Whether it has an `If-Match` or `If-None-Match` that its operation supports."""
        return any(
            name in self._operation.headers and self.header(name.lower().encode()) is not None
            for name in ("If-Match", "If-None-Match")
        )

    def allowed_reads(self) -> str:
        """The `Allow` header of its path, as of a day: what only reads."""
        path = self._operation.path
        reads = {
            one.method
            for one in self.resources.operations.values()
            if one.path == path and one.scope == "read"
        }
        return ", ".join([*sorted(reads), *(["HEAD"] if "GET" in reads else []), "OPTIONS"])

    def is_open(self) -> bool:
        """Whether its operation never needs a key."""
        return self._operation.open

    def address(self) -> str:
        """The client's address, for rate limits."""
        return self.resources.addresses.of(self._client, self._headers)

    def query(self, wanted: type[Q]) -> Q:
        """The query parameters, with the day that the request is bound to. Raises Malformed, Forbidden."""
        return self.bounded(read_query(wanted, self.query_string))

    def bounded(self, query: Q) -> Q:
        """Query parameters with the day that the request is bound to. Raises Forbidden for a later day."""
        return query if self.known_by is None else knowing.bounded(query, self.known_by)

    def times(self, query: TimesQuery) -> Times:
        """The times of a read, parsed. Raises Malformed."""
        times = parameters.times(query)
        return times if self.known_by is None else times._replace(bound=True)

    def pairs(self) -> list[tuple[str, str]]:
        """The query parameters as they were sent, once they are those of the operation. Raises Malformed."""
        self.query(self._operation.query)
        return parse_qsl(self.query_string.decode("ascii"), keep_blank_values=True)

    def parameters(self, wanted: type[Q]) -> Q:
        """The parameters in the path. Raises Malformed."""
        return read_parameters(wanted, self._path_parameters)

    def link_next(self, cursor: str | None, *, parameter: str = "cursor") -> dict[str, str]:
        """The `Link` header that leads to the next page (RFC 8288), by a value of `parameter`."""
        if cursor is None:
            return {}
        raw = self.query_string.decode("ascii", "replace")
        kept = [part for part in raw.split("&") if part and not part.startswith(f"{parameter}=")]
        target = f"{self.prefix}{quote(self.path, safe='/:')}?{'&'.join([*kept, f'{parameter}={cursor}'])}"
        return {"link": f'<{target}>; rel="next"'}

    async def body(self, reader: Reader[T]) -> T:
        """The JSON body. Raises UnsupportedMediaType, and what `content` raises."""
        return reader.read(await self.raw_body(JSON))

    async def raw_body(self, *media: str) -> bytes:
        """The bytes of the body, of one of these media types. Raises the same."""
        given = (self.header(b"content-type") or "").split(";")[0].strip().lower()
        if given not in media:
            raise UnsupportedMediaType(
                f"send {' or '.join(media)}, not {given or 'a body without Content-Type'}"
            )
        if (coding := self.header(b"content-encoding") or "identity").lower() != "identity":
            raise UnsupportedMediaType(f"send the body without a content coding, not {coding}")
        return await self.content()

    def charset(self) -> str | None:
        """The `charset` of `Content-Type`; None if there is none."""
        found = _CHARSET.search(self.header(b"content-type") or "")
        return None if found is None else found["quoted"] or found["plain"] or ""

    async def content(self) -> bytes:
        """The bytes of the body, of any media type. Raises TooLarge, Stalled, Busy or Malformed."""
        if self._received is None:
            limit = self._operation.most_bytes(self.settings)
            declared = self.header(b"content-length") or "0"
            if declared.isascii() and declared.isdigit() and int(declared) > limit:
                raise too_large(limit)
            self._received = await self.resources.bodies.take(self._receive, limit)
        return self._received

    def close(self) -> None:
        """End the request: return its body's bytes to the budget."""
        if self._received is not None:
            self.resources.bodies.give_back(len(self._received))
            self._received = None
