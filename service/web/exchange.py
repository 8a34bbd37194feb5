"""A request and its answer, for all operations: key, body, media types, conditions, headers."""

import logging
from collections.abc import Sequence
from hashlib import sha256
from typing import Any, cast

import msgspec

from service import logs
from service.core.errors import (
    CompanyFactsError,
    Forbidden,
    Malformed,
    ReadOnly,
    TooManyRequests,
    Unauthenticated,
    Unavailable,
)
from service.core.keys import Key
from service.core.rendering import etag
from service.operations.limits import Limiter
from service.recording.writer import Writer
from service.web import codings, knowing, problems
from service.web.call import Call, Resources
from service.web.contract import HTML, POLICY, Header, Operation
from service.web.negotiating import acceptable, lists, names_html, prefers_minimal, unmodified
from service.web.problems import Internal, NotAcceptable, PreconditionRequired, UriTooLong
from service.web.replies import Reply
from service.web.sending import Finished, Stream

_FOREVER = "public, max-age=31536000, immutable"
_LONGEST_URI = 16_384  # bytes of path and query
# statuses that depend on what is recorded, so that they are stored with an Idempotency-Key. Other refusals repeat by
# themselves (400) or are temporary (429, 503)
_LASTING = frozenset({404, 409, 412, 422})
_log = logging.getLogger("companyfacts")


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
        if operation.brief and reply.status < 300 and prefers_minimal(call.header(b"prefer")):
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
        if lists(known, headers["etag"]):
            del headers["content-type"]
            return Finished(304, headers, b"")
    if known is None and reply.status == 200 and unmodified(headers, call.header(b"if-modified-since")):
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
    return next((one for one in accepted if lists(known, codings.tagged(tag, one))), best)


def _cache_control(call: Call, reply: Reply) -> str:
    """The `Cache-Control` of a read: immutable if `at` pins its position and reads need no key."""
    if call.settings.require_key_for_reads and not call.is_open():
        return "private, no-cache"
    pinned = reply.position is not None and b"&at=" in b"&" + call.query_string
    return _FOREVER if pinned else "no-cache"
