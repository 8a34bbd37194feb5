"""Errors as RFC 9457 problem documents: the same shape everywhere."""

from typing import Annotated, NamedTuple

from msgspec import Meta, Struct

from service.core import errors
from service.core.errors import CompanyFactsError, Flaw
from service.core.lookup import Choice

MEDIA_TYPE = "application/problem+json"


class ProblemError(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing wrong with the request, and where."""

    detail: Annotated[
        str,
        Meta(
            max_length=10000,
            description="What is wrong, and what would be right.",
            examples=["share/unit: is required"],
        ),
    ]
    pointer: Annotated[
        Annotated[str, Meta(max_length=2000)] | None,
        Meta(description="RFC 6901 pointer into the body.", examples=["/value/share/unit"]),
    ] = None
    parameter: Annotated[
        Annotated[str, Meta(max_length=200)] | None,
        Meta(description="Name of the parameter.", examples=["known_at"]),
    ] = None
    line: Annotated[
        Annotated[int, Meta(ge=1, le=2**31 - 1)] | None,
        Meta(description="Line of an NDJSON body, from 1.", examples=[3]),
    ] = None


class Problem(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What went wrong (RFC 9457)."""

    type: Annotated[
        str,
        Meta(
            max_length=200,
            description="Opens the page on this sort of problem.",
            examples=["/docs/problems/not-found"],
        ),
    ]
    title: Annotated[
        str, Meta(max_length=200, description="The sort of problem.", examples=["There is no such thing"])
    ]
    status: Annotated[int, Meta(ge=400, le=599, description="The HTTP status.", examples=[404])]
    detail: Annotated[
        str, Meta(max_length=20000, description="This very problem.", examples=["there is no company acme"])
    ]
    instance: Annotated[
        str, Meta(max_length=8000, description="The path that was asked.", examples=["/v1/companies/acme"])
    ]
    errors: Annotated[
        list[ProblemError], Meta(max_length=20000, description="Each thing wrong, and where.")
    ] = []
    candidates: Annotated[
        list[Choice], Meta(max_length=50, description="The facts that a look-up may mean.")
    ] = []
    request_id: Annotated[
        Annotated[str, Meta(max_length=100)] | None,
        Meta(
            description="The request in the service's log, as in `X-Request-ID`.",
            examples=["5f0c2b7e9a4d4e1c8b3a6f21"],
        ),
    ] = None


class Sort(NamedTuple):
    """A sort of problem: what a client may tell apart, and what its page says."""

    code: str  # last part of `type`
    status: int
    title: str
    meaning: str
    remedy: str
    example: str  # a `detail`


class TooLarge(CompanyFactsError):
    """The body is larger than the service takes."""

    code = "too-large"


class Stalled(CompanyFactsError):
    """The body did not come in time."""

    code = "stalled"


class Busy(CompanyFactsError):
    """The service has no room for more at the moment."""

    code = "busy"


class UriTooLong(CompanyFactsError):
    """Path and query are longer than the service reads."""

    code = "uri-too-long"


class UnsupportedMediaType(CompanyFactsError):
    """The body is of a media type or coding that the operation does not take."""

    code = "unsupported-media-type"


class NotAcceptable(CompanyFactsError):
    """The operation has no answer in a media type that the request accepts."""

    code = "not-acceptable"


class MethodNotAllowed(CompanyFactsError):
    """The path does not have this method."""

    code = "method-not-allowed"


class PreconditionRequired(CompanyFactsError):
    """The service asks for If-Match or If-None-Match on this operation."""

    code = "precondition-required"


class ReadOnly(CompanyFactsError):
    """The service is run read-only."""

    code = "read-only"


class Internal(CompanyFactsError):
    """A defect of the service."""

    code = "internal"


class _Told(NamedTuple):
    status: int
    meaning: str
    remedy: str
    example: str


_SORTS: dict[type[CompanyFactsError], _Told] = {
    errors.Malformed: _Told(
        400,
        "A parameter, a header or the body is not what the operation takes: not JSON, a field or parameter that "
        "does not exist, a value outside its limits, a cursor of another list. Nothing was looked up or recorded.",
        "Correct what `errors` names: each entry has a JSON pointer into the body, the name of a parameter, or the "
        "line of an NDJSON body. For an unknown name the nearest real one is told.",
        "there is no parameter 'sort'; did you mean 'unit'?",
    ),
    errors.Unauthenticated: _Told(
        401,
        "The operation needs a key, and none was sent, or one that this service has not issued, has expired or was "
        "revoked.",
        "Send `Authorization: Bearer KEY` with a key from `companyfacts key create`.",
        "this operation needs a key: send Authorization: Bearer KEY",
    ),
    errors.Forbidden: _Told(
        403,
        "The key is known and does not carry the scope that the operation needs, or is kept to other companies than "
        "the one it would write to; or a source's text is kept for checking only and is not handed out.",
        "Use a key with the scope that the operation's `security` names, and that may write to the company.",
        "this key may read, not write",
    ),
    ReadOnly: _Told(
        403,
        "This instance answers reads alone, whatever the key.",
        "Write to the instance that takes writes.",
        "the service is read-only",
    ),
    errors.NotFound: _Told(
        404,
        "There is no such path, company, fact, version, concept or source, or a fact that was not known at the times "
        "asked for.",
        "Check the name or id. `detail` says where else an answer may stand, as with a parent or a subsidiary, or a "
        "later day.",
        "alibaba has no such fact; alibaba-cloud has",
    ),
    MethodNotAllowed: _Told(
        405,
        "The path exists and does not have this method.",
        "Use a method that the `Allow` header names.",
        "/v1/lookup takes GET, POST, HEAD, OPTIONS",
    ),
    NotAcceptable: _Told(
        406,
        "The `Accept` header leaves out every media type that the operation can answer in.",
        "Accept `application/json`, or the media type that the operation documents.",
        "this operation answers application/json",
    ),
    errors.Conflict: _Told(
        409,
        "What was sent contradicts what is recorded: an identifier that belongs to another company, a source that is "
        "described otherwise, the key of another fact.",
        "Read what is recorded and decide what is meant; `detail` names it.",
        "ticker:BABA belongs to alibaba",
    ),
    errors.Ambiguous: _Told(
        409,
        "A look-up answers with exactly one fact, and more than one fits.",
        "Narrow the request by dimension, basis, unit, frequency or period until one of `candidates` is left.",
        "several periods fit; narrow it by period or frequency",
    ),
    errors.PreconditionFailed: _Told(
        412,
        "`If-Match` names another state of the fact than the one it is in, or `If-None-Match: *` a fact that exists "
        "already. Nothing was recorded.",
        "Read the fact again, decide whether your assertion still holds, and repeat it with the new ETag.",
        "the fact has another ETag than the one given",
    ),
    PreconditionRequired: _Told(
        428,
        "The service is set to take assertions and retractions only with a condition, so that nobody writes over what "
        "they have not seen. Nothing was recorded.",
        "Read the fact and send its ETag as `If-Match`; where it does not exist yet, send `If-None-Match: *`.",
        "send If-Match with the fact's ETag, or If-None-Match: *",
    ),
    errors.InFlight: _Told(
        409,
        "A request with the same `Idempotency-Key` is being worked on.",
        "Repeat the request after the seconds in `Retry-After`: it gets the answer of the first.",
        "the request with this Idempotency-Key has not been answered yet",
    ),
    errors.RepeatedOtherwise: _Told(
        422,
        "The `Idempotency-Key` was sent within the last day with another path, query, condition or body.",
        "Make a new key for each new request; repeat a request only as it was.",
        "this Idempotency-Key was used for another request within the last day",
    ),
    errors.TooManyRequests: _Told(
        429,
        "The budget of requests that the key has, or the address where no key is sent, is used up. `RateLimit-Policy` "
        "says how large it is, `RateLimit` what is left of it.",
        "Repeat the request after the seconds in `Retry-After`. Ask for many facts at once (`POST /v1/lookup`, lists), "
        "use a key, or ask the operator for a larger budget.",
        "more than 6000 requests in 60 seconds; come again in 1 s",
    ),
    Stalled: _Told(
        408,
        "The body stood still: within the seconds that the operator allows came less than a 64th of what was there of "
        "it, or nothing. The connection is closed, and nothing was recorded.",
        "Send the request again on another connection. However slowly a body comes, it may go on as long as it moves.",
        "the body stood still: after 4096 bytes too little came within 20 s",
    ),
    TooLarge: _Told(
        413,
        "The body has more bytes than the operation takes. The document names the limit of each operation; those of "
        "texts and of imports are settings of the operator.",
        "Send less at once: split an import into several, or archive the text of a source apart from its description.",
        "the body is larger than 1048576 bytes",
    ),
    UriTooLong: _Told(
        414,
        "Path and query together are longer than the service reads.",
        "Ask for less at once, or use the `POST` form of a look-up.",
        "path and query are longer than 16384 bytes",
    ),
    UnsupportedMediaType: _Told(
        415,
        "The `Content-Type` or `Content-Encoding` of the body is none that the operation takes.",
        "Send the media type that the operation documents, without a content coding.",
        "send application/json, not text/xml",
    ),
    errors.Invalid: _Told(
        422,
        "Every field reads well by itself, and together they mean something impossible: a span whose low end is above "
        "its high end, a day before the source was published, a position that the log has not reached.",
        "Correct what `errors` names.",
        "known_at 2025-01-01 lies before the earliest cited publication, 2025-12-31",
    ),
    errors.QuoteNotFound: _Told(
        422,
        "The words of a `text_quote` do not occur in the archived text of the source, or those of a position are not "
        "the words that stand there.",
        "Quote the words exactly as they stand in the archived text; `detail` shows the nearest passage.",
        "the quote does not occur in the source; the nearest passage is “36% market share”",
    ),
    Internal: _Told(
        500,
        "A defect of the service. It was logged with its traceback.",
        "Report it with the answer's `X-Request-ID`; repeating the request does no harm.",
        "something went wrong that should not have; it has been logged",
    ),
    errors.Unavailable: _Told(
        503,
        "The database is away, is being started, or did not answer in time, or other writes have taken too long. Nothing was "
        "half written.",
        "Repeat the request after the seconds in `Retry-After`; the service recovers by itself.",
        "the database cannot be reached; try again shortly",
    ),
    Busy: _Told(
        503,
        "The bodies of the requests that are under way take all the memory that the service has for them; a body that "
        "stands still is then ended first. The connection is closed, and nothing was recorded.",
        "Repeat the request after the seconds in `Retry-After`; send large bodies one after the other.",
        "the service holds as many bytes of bodies as it may; try again shortly",
    ),
}
SORTS: dict[str, Sort] = {
    sort.code: Sort(
        sort.code,
        told.status,
        (sort.__doc__ or "").splitlines()[0].rstrip("."),
        told.meaning,
        told.remedy,
        told.example,
    )
    for sort, told in _SORTS.items()
}
RETRY_AFTER = 2
_UNREAD = {"connection": "close"}  # what is left of the body will not be read


def status_of(error: CompanyFactsError) -> int:
    """The HTTP status of an error."""
    return SORTS[error.code].status


def problem(error: CompanyFactsError, instance: str, request_id: str | None = None) -> Problem:
    """The document that tells of an error."""
    sort = SORTS[error.code]
    return Problem(
        type=f"/docs/problems/{sort.code}",
        title=sort.title,
        status=sort.status,
        detail=error.detail[:20000],
        instance=instance[:8000],
        errors=[_told(flaw) for flaw in error.errors[:20000]],
        candidates=[c for c in error.candidates if isinstance(c, Choice)]
        if isinstance(error, errors.Ambiguous)
        else [],
        request_id=request_id,
    )


def _told(flaw: Flaw) -> ProblemError:
    return ProblemError(
        detail=flaw.detail[:10000],
        pointer=None if flaw.pointer is None else flaw.pointer[:2000],
        parameter=None if flaw.parameter is None else flaw.parameter[:200],
        line=flaw.line,
    )


def headers(error: CompanyFactsError) -> dict[str, str]:
    """The headers that go with an error."""
    match error:
        case errors.Unauthenticated():
            why = ', error="invalid_token"' if error.presented else ""
            return {"www-authenticate": f'Bearer realm="companyfacts"{why}'}
        case errors.TooManyRequests():
            return {"retry-after": str(error.retry_after)}
        case errors.Unavailable() | errors.InFlight():
            return {"retry-after": str(RETRY_AFTER)}
        case Busy():
            return {"retry-after": str(RETRY_AFTER)} | _UNREAD
        case Stalled() | TooLarge():
            return dict(_UNREAD)
        case _:
            return {}
