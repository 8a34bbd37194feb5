"""A request and its answer, for all operations: key, body, media types, conditions, headers."""

import logging
import re
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import aclosing
from email.utils import parsedate_to_datetime
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import version
from typing import Any, NamedTuple, TypeVar, cast
from urllib.parse import parse_qsl, quote

import msgspec
from msgspec import Struct

from service import logs
from service.core.decoding import Reader
from service.core.errors import (
    CompanyFactsError,
    Forbidden,
    Malformed,
    ReadOnly,
    TooManyRequests,
    Unauthenticated,
    Unavailable,
)
from service.core.history import Times
from service.core.keys import Key
from service.core.lists import ByName, ByNumber, fingerprint, next_cursor
from service.core.rendering import etag
from service.core.requests import Request
from service.operations import Database
from service.operations.growth import Growth
from service.operations.idempotency import Repeats
from service.operations.keys import Keyring
from service.operations.limits import Limiter, Limits, Standing
from service.operations.registry import AsOf
from service.recording import writer as recording
from service.recording.writer import Where, Writer
from service.settings import Settings, networks
from service.web import codings, knowing, parameters, problems
from service.web.addresses import Addresses
from service.web.bodies import Bodies, Receive, too_large
from service.web.contract import (
    HTML,
    JSON,
    LOCATION,
    LOG_POSITION,
    NDJSON,
    POLICY,
    Contract,
    Header,
    Operation,
)
from service.web.cursors import continued
from service.web.incoming import joined
from service.web.parameters import Paging, TimesQuery, given, read_parameters, read_query
from service.web.problems import (
    Internal,
    NotAcceptable,
    PreconditionRequired,
    UnsupportedMediaType,
    UriTooLong,
)
from service.web.sending import Finished, Stream

Q = TypeVar("Q", bound=Struct)
T = TypeVar("T")
S = TypeVar("S", str, int)

AsgiScope = Mapping[str, Any]  # what ASGI passes: a dictionary of anything

KEY_COOKIE = "companyfacts-key"  # holds the key that a reader of pages gave; only pages read it
_FOREVER = "public, max-age=31536000, immutable"
_CHARSET = re.compile(r';\s*charset\s*=\s*(?:"(?P<quoted>[^"]*)"|(?P<plain>[^\s;"]*))', re.IGNORECASE)
_LONGEST_URI = 16_384  # bytes of path and query
# statuses that depend on what is recorded, so that they are stored with an Idempotency-Key. Other refusals repeat by
# themselves (400) or are temporary (429, 503)
_LASTING = frozenset({404, 409, 412, 422})
_log = logging.getLogger("companyfacts")


class Reply(NamedTuple):
    """What a handler returns: a body (bytes, or a stream of chunks), a status and headers."""

    body: bytes | AsyncIterator[bytes]
    status: int = 200
    headers: Mapping[str, str] = {}
    media: str = JSON
    position: int | None = None  # log position that the answer was read at, if it depends on one
    etag: str | None = None  # None: derived from the body
    gzipped: bytes | None = None  # the body as stored, if the client accepts gzip; `body` is then empty


def json_reply(
    value: object, *, status: int = 200, headers: Mapping[str, str] | None = None, position: int | None = None
) -> Reply:
    """A value as JSON."""
    return Reply(msgspec.json.encode(value), status, headers or {}, position=position)


def page(items: list[bytes], cursor: str | None) -> bytes:
    """A list of rendered items: `{"items": […], "next": cursor}`."""
    return b'{"items":[%b],"next":%b}' % (b",".join(items), msgspec.json.encode(cursor))


def lines(call: "Call", parts: AsyncGenerator[list[bytes], None], first: list[bytes], position: int) -> Reply:
    """A list as an NDJSON stream. `parts` yields lists of rendered items; `first` is the first of those lists."""

    async def body() -> AsyncGenerator[bytes, None]:
        async with aclosing(parts):
            async for items in parts:
                yield b"".join([item + b"\n" for item in items])

    return stream(call, body(), NDJSON, position, *first)


def stream(
    call: "Call", body: AsyncGenerator[bytes, None], media: str, position: int, *first: bytes
) -> Reply:
    """A stream that is made while it is sent.

    The ETag cannot be a hash of the body, which is not complete yet. It is a hash of the release, path, query, position
    and `first`, the first items, so it changes with the position even if the body stays the same.
    """
    asked = b"%b?%b" % (call.path.encode(), call.query_string)
    told = b"\n".join([version("companyfacts").encode(), asked, b"%d" % position, *first])
    return Reply(body, media=media, position=position, etag=etag(told))


async def paged(
    call: "Call",
    name: str,
    fetch: Callable[[Database, str | None, S, int, Times], Awaitable[AsOf[list[T]]]],
    start: S,
    place: Callable[[T], S],
) -> Reply:
    """A page of a registry. `fetch(database, words, after, count, times)` reads items; `place` gives the key of an item.

    A list without times shows on each page what is recorded by then, as it always did; its cursors have the position 0.
    """
    query = call.query(Paging)
    words, times = given(query.q), call.times(query)
    belongs, after = fingerprint(name, words, *([] if times.known_at is None else [times.known_at])), start
    if (text := given(query.cursor)) is not None:
        kept = ByName if isinstance(start, str) else ByNumber
        (held,), then = await continued(call.database, text, belongs, kept, times)
        times = then if then.at else times
        after = cast("S", held)
    found, position = await fetch(call.database, words, after, query.limit + 1, times)
    shown = found[: query.limit]
    cursor = next_cursor((place(shown[-1]),) if len(found) > query.limit else None, position or 0, belongs)
    items = [msgspec.json.encode(one) for one in shown]
    return Reply(page(items, cursor), headers=call.link_next(cursor), position=position)


# headers of the answers of `written`
WRITTEN = {"location": LOCATION, "Log-Position": LOG_POSITION}


async def written(call: "Call", request: Request, registry: str) -> Reply:
    """Record a request, and answer with the body made in the same transaction, which later writes cannot change."""
    outcome, position = await recording.record_one(call.writes, request, author=call.author)
    if outcome.body is None:
        raise LookupError("the write returned no body")
    headers = {"location": f"{registry}/{outcome.name}"}
    return Reply(outcome.body, 201 if outcome.created else 200, headers, position=position, etag=outcome.etag)


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


async def respond(operation: Operation, call: Call) -> Finished:
    """Answer a request. Errors become problem documents, or pages for browsers that ask for a page; raises nothing."""
    answer = await _answered(operation, call)
    if call.known_by is not None and not operation.open:
        private: dict[str, str] = {"known-by": call.known_by.isoformat()}
        if answer.headers.get("cache-control") != "no-store":
            private["cache-control"] = "private, no-cache"
        if answer.status == 405:
            private["allow"] = call.allowed_reads()
        answer = answer._replace(headers={**answer.headers, **private})
    return for_people(answer, call.header(b"accept"), call.resources) if operation.page else answer


def for_people(answer: Finished, accept: str | None, resources: Resources) -> Finished:
    """A refusal as an HTML page, if the server has pages and the client names HTML in `Accept`; else as it is."""
    page = resources.problem_page
    is_problem = answer.headers.get("content-type") == problems.MEDIA_TYPE
    if page is None or not is_problem or not names_html(accept) or not isinstance(answer.body, bytes):
        return answer
    policy = {"content-type": HTML, "content-security-policy": POLICY}
    return Finished(answer.status, answer.headers | policy, page(answer.body))


def names_html(accept: str | None) -> bool:
    """Whether an `Accept` header names HTML itself, as browsers do; a wildcard is not enough."""
    weight, precision = preference(accept or "", HTML)
    return weight > 0 and precision == 2


async def _answered(operation: Operation, call: Call) -> Finished:
    """The answer of an operation. The first chunk of a stream is made here, so that an error before it gets a status."""
    try:
        reply = await _perform(operation, call)
        body = reply.body if isinstance(reply.body, bytes) else await Stream(reply.body).begun()
    except CompanyFactsError as error:
        if isinstance(error, Unavailable):
            _note(error, operation)
        reply, body = _refused(error, call.path, call.settings.base_url)
    except TimeoutError:
        late = Unavailable("the service took too long; try again shortly")
        reply, body = _refused(late, call.path, call.settings.base_url)
    except Exception as error:  # noqa: BLE001 -- whatever it is, the client gets a problem document
        return defect(error, call.path, call.settings.base_url)
    finally:
        call.close()
    answer = _finished(operation, call, reply, body)
    if isinstance(body, Stream) and answer.body is not body:  # a 304: the stream is not sent
        await body.aclose()
    return answer


def _note(error: Unavailable, operation: Operation) -> None:
    """Log what kept the database from answering; the log adds the request's id."""
    told = {"sqlstate": error.sqlstate, "statement": error.statement, "cause": error.cause}
    given = {name: value for name, value in told.items() if value}
    _log.warning(error.detail, extra={"operation": operation.id, **given})


def refusal(error: CompanyFactsError, instance: str, base: str) -> Finished:
    """The answer for an error: its problem document. `base` is the service's base URL, or empty."""
    reply, body = _refused(error, instance, base)
    return Finished(
        reply.status, {"content-type": reply.media, "cache-control": "no-store", **reply.headers}, body
    )


def defect(error: Exception, instance: str, base: str) -> Finished:
    """The answer 500 for an unexpected error. The traceback goes to the log, not into the answer."""
    _log.error("defect", extra={"path": instance}, exc_info=error)
    internal = Internal("something went wrong that should not have; it has been logged")
    return refusal(internal, instance, base)


def _refused(error: CompanyFactsError, instance: str, base: str) -> tuple[Reply, bytes]:
    body = msgspec.json.encode(problems.problem(error, instance, logs.request_id.get(), base=base))
    status, headers = problems.status_of(error), problems.headers(error)
    return Reply(body, status, headers, media=problems.MEDIA_TYPE), body


def _wrong_header(value: str, longest: int, header: Header) -> str:
    """What is wrong with a header's value, and an example of a right one."""
    example = cast("Sequence[str]", header.schema["examples"])[0]
    if not value:
        return f"is empty; leave it out, or write one such as {example}"
    if len(value) > longest:
        return f"has {len(value):,} characters; at most {longest:,} are taken"
    return f"{value[:100]!r} is not of the form of {example}"


async def _perform(operation: Operation, call: Call) -> Reply:
    """Make the checks that all operations share, then run the handler."""
    if len(call.path) + len(call.query_string) > _LONGEST_URI:
        raise UriTooLong(f"path and query are longer than {_LONGEST_URI} bytes")
    if not operation.open:
        await _admit(operation, call)
        if call.known_by is not None:
            knowing.check(operation, call.prefix)
    accept = call.header(b"accept")
    if accept is not None and accept != "*/*" and not any(acceptable(accept, one) for one in operation.media):
        raise NotAcceptable(f"this operation answers {' or '.join(operation.media)}")
    for sent, name, pattern, longest in operation.header_rules:
        value = call.header(sent)
        if value is not None and (len(value) > longest or not pattern.match(value)):
            told = _wrong_header(value, longest, operation.reads_headers[name])
            raise Malformed(f"{name}: {told}", parameter=name)
    if operation.scope == "read":
        return await operation.handler(call)
    if call.settings.read_only:
        raise ReadOnly("the service is read-only")
    if call.settings.require_if_match and "If-Match" in operation.headers and not call.is_conditional():
        raise PreconditionRequired("send If-Match with the fact's ETag, or If-None-Match: * for a new fact")
    name = call.header(b"idempotency-key")
    if name is None or call.author is None:
        return await operation.handler(call)
    return await _once(operation, call, call.author, name)


async def _admit(operation: Operation, call: Call) -> None:
    """Count the request towards its rate limit, and find its key. Raises TooManyRequests, Unauthenticated or Forbidden."""
    needed = operation.scope if operation.scope != "read" or call.settings.require_key_for_reads else None
    call.author = await counted(call, call.secret())
    if call.author is not None:
        call.known_by = knowing.earliest(call.known_by, call.author.known_by)
    if needed is None:
        return
    if call.author is None:
        raise Unauthenticated("this operation needs a key: send Authorization: Bearer KEY")
    if not call.author.may(needed):
        raise Forbidden(f"the key has the scope {call.author.scope}; this operation needs {needed}")


async def counted(call: Call, secret: str | None) -> Key | None:
    """The key of a secret; the request counts towards the key's limit, or the address's. Raises what `_admit` raises."""
    keys, limits = call.resources.keys, call.resources.limits
    if limits.addresses is not None and (secret is None or not keys.trusts(secret)):
        # unknown keys count towards the address, so that nobody can guess keys without a limit
        await _count(call, limits.addresses, call.address())
    if secret is None:
        return None
    key = await keys.find(secret)
    if limits.keys is not None:
        await _count(call, limits.keys, key.number)
    return key


async def _count(call: Call, limiter: Limiter, holder: object) -> None:
    standing = call.standing = await limiter.take(holder)
    if standing.retry_after is not None:
        quota, window = standing.policy.quota, standing.policy.window
        detail = f"more than {quota} requests in {window} seconds; come again in {standing.retry_after} s"
        raise TooManyRequests(detail, retry_after=standing.retry_after)


async def _once(operation: Operation, call: Call, author: Key, name: str) -> Reply:
    """Answer a write with an Idempotency-Key: run it once, then repeat the stored reply."""
    conditions = (call.header(b"content-type"), call.header(b"if-match"), call.header(b"if-none-match"))
    parts = (operation.method, call.path, call.query_string, conditions, await call.content())

    made: list[bytes] = []  # by this request; a second time if long texts had to be read first

    async def write(writer: Writer) -> bytes:
        call.writes = writer
        try:
            reply = await operation.handler(call)
        except CompanyFactsError as error:
            if problems.status_of(error) not in _LASTING:
                raise
            reply, _ = _refused(error, call.path, call.settings.base_url)
        made.append(msgspec.msgpack.encode(reply))
        return made[-1]

    fingerprint = sha256(msgspec.msgpack.encode(parts)).digest()
    kept = await call.resources.repeats.once(author, name, fingerprint, write)
    reply = Reply(*msgspec.msgpack.decode(kept, type=list[Any]))
    if made and kept is made[-1]:
        return reply
    return reply._replace(headers={**reply.headers, "idempotent-replayed": "true"})


def _finished(operation: Operation, call: Call, reply: Reply, body: bytes | Stream) -> Finished:
    """Apply conditions, preferences and codings to a reply (RFC 9110 §8.4, §12, §13).

    A stream has the ETag of its reply, or none.
    """
    headers = {"content-type": reply.media, **reply.headers}
    if reply.position is not None:
        headers["log-position"] = str(reply.position)
    if call.standing is not None:
        policy, left, _ = call.standing
        headers["ratelimit-policy"] = f'"{policy.name}";q={policy.quota};w={policy.window}'
        headers["ratelimit"] = f'"{policy.name}";r={left};t={call.standing.reset}'
    if operation.method != "GET" or reply.status != 200:
        headers["cache-control"] = "no-store"
        if operation.brief and reply.status < 300 and _prefers_minimal(call.header(b"prefer")):
            del headers["content-type"]
            headers["preference-applied"] = "return=minimal"
            return Finished(204, headers | ({} if reply.etag is None else {"etag": reply.etag}), b"")
        tag, known = reply.etag, None
    else:
        tag = etag(body) if reply.etag is None and isinstance(body, bytes) else reply.etag
        known = call.header(b"if-none-match")
        headers.setdefault("cache-control", _cache_control(call, reply))
    coding = codings.IDENTITY
    long = isinstance(body, Stream) or len(body) >= codings.LEAST
    if reply.gzipped is not None or (long and codings.is_text(reply.media)):
        headers["vary"] = f"{headers['vary']}, Accept-Encoding" if "vary" in headers else "Accept-Encoding"
        coding = _coding(call, reply, tag, known)
    if tag is not None:
        headers["etag"] = codings.tagged(tag, coding)
        if _lists(known, headers["etag"]):
            del headers["content-type"]
            return Finished(304, headers, b"")
    if known is None and reply.status == 200 and _unmodified(headers, call.header(b"if-modified-since")):
        del headers["content-type"]
        return Finished(304, headers, b"")
    if coding != codings.IDENTITY:
        headers["content-encoding"] = coding
    if reply.gzipped is not None:
        return Finished(reply.status, headers, reply.gzipped)
    sent = body if isinstance(body, Stream) else codings.encoded(body, coding)
    return Finished(reply.status, headers, sent, coding)


def _coding(call: Call, reply: Reply, tag: str | None, known: str | None) -> str:
    """Choose the coding of an answer: the one whose tag `If-None-Match` names, else the best that the client accepts."""
    accepted = codings.accepted(call.header(b"accept-encoding") or codings.IDENTITY)
    best = codings.GZIP if reply.gzipped is not None else accepted[0]
    if known is None or tag is None:
        return best
    return next((one for one in accepted if _lists(known, codings.tagged(tag, one))), best)


def _unmodified(headers: Mapping[str, str], since: str | None) -> bool:
    """Whether `Last-Modified` is not later than an `If-Modified-Since` header."""
    if since is None or "last-modified" not in headers:
        return False
    try:
        return parsedate_to_datetime(headers["last-modified"]) <= parsedate_to_datetime(since)
    except (ValueError, TypeError):  # an invalid date is ignored (RFC 9110 §13.1.3)
        return False


def _cache_control(call: Call, reply: Reply) -> str:
    """The `Cache-Control` of a read: immutable if `at` pins its position and reads need no key."""
    if call.settings.require_key_for_reads and not call.is_open():
        return "private, no-cache"
    pinned = reply.position is not None and b"&at=" in b"&" + call.query_string
    return _FOREVER if pinned else "no-cache"


def _lists(condition: str | None, tag: str) -> bool:
    """Whether an `If-None-Match` header names a tag, compared weakly (RFC 9110 §8.8.3.2)."""
    if condition is None:
        return False
    return condition.strip() == "*" or tag in {one.strip().removeprefix("W/") for one in condition.split(",")}


def _prefers_minimal(prefer: str | None) -> bool:
    """Whether a `Prefer` header says `return=minimal`; if `return` occurs twice, the first counts (RFC 7240 §2)."""
    for preference in (prefer or "").split(","):
        name, _, value = preference.partition(";")[0].partition("=")
        if name.strip().lower() == "return":
            return value.strip().strip('"').lower() == "minimal"
    return False


def acceptable(accept: str, media: str) -> bool:
    """Whether an `Accept` header allows a media type (RFC 9110 §12.5.1)."""
    return not accept.strip() or preference(accept, media)[0] > 0


@lru_cache(1024)  # clients send few different headers, and each request is compared with several media types
def preference(accept: str, media: str) -> tuple[float, int]:
    """The weight that an `Accept` header gives a media type, and how specific the matching range is (2, 1, 0; -1: none)."""
    media = media.split(";", maxsplit=1)[0]
    kind = media.split("/")[0]
    best, weight = -1, 0.0
    for part in accept.split(","):
        name, *parameters = (piece.strip().lower() for piece in part.split(";"))
        precision = {media: 2, f"{kind}/*": 1, "*/*": 0}.get(name, -1)
        if precision > best:
            best, weight = precision, _weight(parameters)
    return weight, best


def _weight(parameters: list[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                return float(value)
            except ValueError:
                return 0.0
    return 1.0
