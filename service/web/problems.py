"""RFC 9457 problem documents: the form of every error."""

from typing import Annotated, NamedTuple

from msgspec import Meta, Struct

from service.core import errors
from service.core.citations import Offset
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
    start: Annotated[
        Offset | None,
        Meta(
            description="Where a quote does not occur: first code point of the nearest passage in the source's text.",
            examples=[3120],
        ),
    ] = None
    end: Annotated[
        Offset | None, Meta(description="Code point just after that passage.", examples=[3136])
    ] = None


class Problem(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What went wrong (RFC 9457)."""

    type: Annotated[
        str,
        Meta(
            max_length=200,
            description="URL of the page about this problem type; absolute if the operator has set the base URL.",
            examples=["/docs/problems/not-found"],
        ),
    ]
    title: Annotated[
        str,
        Meta(max_length=200, description="Title of the problem type.", examples=["There is no such thing"]),
    ]
    status: Annotated[int, Meta(ge=400, le=599, description="The HTTP status.", examples=[404])]
    detail: Annotated[
        str,
        Meta(
            max_length=20000,
            description="What is wrong with this request.",
            examples=["there is no company acme"],
        ),
    ]
    instance: Annotated[
        str, Meta(max_length=8000, description="The requested path.", examples=["/v1/companies/acme"])
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


class ProblemSort(NamedTuple):
    """A problem type: its code, and the text of its page."""

    code: str  # last part of `type`
    status: int
    title: str
    meaning: str
    remedy: str
    example: str  # example of a `detail`


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


class NotInstalled(CompanyFactsError):
    """The service was installed without what the operation needs."""

    code = "not-installed"


class Internal(CompanyFactsError):
    """A defect of the service."""

    code = "internal"


class _Described(NamedTuple):
    status: int
    meaning: str
    remedy: str
    example: str


_SORTS: dict[type[CompanyFactsError], _Described] = {
    errors.Malformed: _Described(
        400,
        "A parameter, a header or the body is not what the operation takes: not JSON, a field or parameter that "
        "does not exist, a value outside its limits, a cursor of another list. Nothing was read or recorded.",
        "Correct what `errors` names: each entry has a JSON pointer into the body, the name of a parameter, or the "
        "line of an NDJSON body. For an unknown name, the nearest existing one is suggested.",
        "there is no parameter 'sort'; did you mean 'unit'?",
    ),
    errors.Unauthenticated: _Described(
        401,
        "The operation needs a key, and none was sent, or one that this service has not issued, has expired or was "
        "revoked.",
        "Send `Authorization: Bearer KEY` with a key from `companyfacts key create`.",
        "this operation needs a key: send Authorization: Bearer KEY",
    ),
    errors.Forbidden: _Described(
        403,
        "The key does not have the scope that the operation needs, or may not write to this company; or the text of a "
        "source is kept for checking only and may not be read.",
        "Use a key with the scope that the operation's `security` names, and that may write to the company.",
        "this key may read, not write",
    ),
    errors.ReadOnly: _Described(
        403,
        "This instance answers reads only, with any key: so it was started, or it is a mirror.",
        "Send the write to an instance that accepts writes.",
        "the service is read-only",
    ),
    errors.NotFound: _Described(
        404,
        "There is no such path, company, fact, version, concept or source, or a fact that was not known at the times "
        "asked for.",
        "Check the name or id. `detail` may name where there is an answer: a parent, a subsidiary, or a later day.",
        "alibaba has no such fact; alibaba-cloud has",
    ),
    MethodNotAllowed: _Described(
        405,
        "The path exists and does not have this method.",
        "Use a method that the `Allow` header names.",
        "/v1/lookup takes GET, POST, HEAD, OPTIONS",
    ),
    NotAcceptable: _Described(
        406,
        "The `Accept` header excludes every media type that the operation can answer in.",
        "Accept `application/json`, or the media type that the operation documents.",
        "this operation answers application/json",
    ),
    errors.Conflict: _Described(
        409,
        "The request contradicts what is recorded: an identifier that belongs to another company, a source with "
        "another description, the key of another fact.",
        "Read what is recorded, which `detail` names, and correct the request.",
        "ticker:BABA belongs to alibaba",
    ),
    errors.Ambiguous: _Described(
        409,
        "A look-up answers with exactly one fact, and more than one fits.",
        "Narrow the request by dimension, basis, unit, frequency or period until one of `candidates` is left.",
        "several periods fit; narrow it by period or frequency",
    ),
    errors.PreconditionFailed: _Described(
        412,
        "`If-Match` does not name the current ETag of the fact, or the request has `If-None-Match: *` and the fact exists "
        "already. Nothing was recorded.",
        "Read the fact again, decide whether your assertion still holds, and repeat it with the new ETag.",
        "the fact has another ETag than the one given",
    ),
    PreconditionRequired: _Described(
        428,
        "This service accepts assertions and retractions only with a condition, so that nobody overwrites a version "
        "they have not seen. Nothing was recorded.",
        "Read the fact and send its ETag as `If-Match`; where it does not exist yet, send `If-None-Match: *`.",
        "send If-Match with the fact's ETag, or If-None-Match: *",
    ),
    errors.InFlight: _Described(
        409,
        "A request with the same `Idempotency-Key` is still in progress.",
        "Repeat the request after the seconds in `Retry-After`: it then gets the answer of the first.",
        "the request with this Idempotency-Key has not been answered yet",
    ),
    errors.RepeatedOtherwise: _Described(
        422,
        "The `Idempotency-Key` was sent within the last day with another path, query, condition or body.",
        "Make a new key for each new request; repeat a request only as it was.",
        "this Idempotency-Key was used for another request within the last day",
    ),
    errors.TooManyRequests: _Described(
        429,
        "The budget of requests that the key has, or the address where no key is sent, is used up. `RateLimit-Policy` "
        "says how large it is, `RateLimit` what is left of it.",
        "Repeat the request after the seconds in `Retry-After`. Ask for many facts at once (`POST /v1/lookup`, lists), "
        "use a key, or ask the operator for a larger budget.",
        "more than 6000 requests in 60 seconds; come again in 1 s",
    ),
    Stalled: _Described(
        408,
        "The body made no progress: within the seconds that the operator allows, it grew by less than 1/64, or not at "
        "all. The connection is closed, and nothing was recorded.",
        "Send the request again on another connection. A body may be slow as long as it keeps making progress.",
        "the body stood still: after 4096 bytes too little came within 20 s",
    ),
    TooLarge: _Described(
        413,
        "The body has more bytes than the operation takes. The document names the limit of each operation; those of "
        "texts and of imports are settings of the operator.",
        "Send less at once: split an import into several, or send the text of a source in a request of its own.",
        "the body is larger than 1048576 bytes",
    ),
    UriTooLong: _Described(
        414,
        "Path and query together are longer than the service reads.",
        "Ask for less at once, or use the `POST` form of a look-up.",
        "path and query are longer than 16384 bytes",
    ),
    UnsupportedMediaType: _Described(
        415,
        "The operation does not accept the `Content-Type` or `Content-Encoding` of the body.",
        "Send the media type that the operation documents, without a content coding.",
        "send application/json, not text/xml",
    ),
    errors.Invalid: _Described(
        422,
        "Every field is well-formed, but together they mean something impossible: a span whose low end is above "
        "its high end, a day before the source was published, a position that the log has not reached.",
        "Correct what `errors` names.",
        "known_at 2025-01-01 lies before the earliest cited publication, 2025-12-31",
    ),
    errors.QuoteNotFound: _Described(
        422,
        "The words of a `text_quote` do not occur in the archived text of the source, or the words given with a position "
        "are not the words at that position.",
        "Quote the words as in the archived text; only their presentation may differ (spaces, line breaks, quotation marks: "
        "see the guide on citations). `start` and `end` give the nearest passage; `detail` shows it and names the first "
        "character that differs.",
        'the quoted words do not occur in the archived text; the nearest passage is "36% market share", at 3120–3136: at '
        "character 1 the quote has U+0037, the text U+0036",
    ),
    Internal: _Described(
        500,
        "A defect of the service. It was logged with its traceback.",
        "Report it with the answer's `X-Request-ID`; repeating the request does no harm.",
        "something went wrong that should not have; it has been logged",
    ),
    NotInstalled: _Described(
        501,
        "An answer as Parquet needs a library that the service is installed without, unless its operator asks for it.",
        "Ask for CSV or JSON, or tell the operator: `pip install 'companyfacts[parquet]'` adds it.",
        "this service was installed without Parquet; its operator adds it with pip install 'companyfacts[parquet]'",
    ),
    errors.Unavailable: _Described(
        503,
        "The database is away, is being started, or did not answer in time, or other writes have taken too long. Nothing was "
        "half written.",
        "Repeat the request after the seconds in `Retry-After`; the service recovers by itself.",
        "the database cannot be reached; try again shortly",
    ),
    errors.StorageFull: _Described(
        503,
        "The disk of the database is full, so nothing can be recorded. Reads are answered as before. The write has left nothing "
        "behind, and what was recorded before is safe.",
        "Tell the operator; repeat the request once there is room. `GET /readyz?for=writes` tells when.",
        "the database has no room left on its disk; nothing can be recorded until there is",
    ),
    Busy: _Described(
        503,
        "The bodies of the requests in progress use all the memory that the service has for them; a body that makes no "
        "progress is then refused first. The connection is closed, and nothing was recorded.",
        "Repeat the request after the seconds in `Retry-After`; send large bodies one after the other.",
        "the service holds as many bytes of bodies as it may; try again shortly",
    ),
}
SORTS: dict[str, ProblemSort] = {
    sort.code: ProblemSort(
        sort.code,
        described.status,
        (sort.__doc__ or "").splitlines()[0].rstrip("."),
        described.meaning,
        described.remedy,
        described.example,
    )
    for sort, described in _SORTS.items()
}
RETRY_AFTER = 2
_UNREAD = {"connection": "close"}  # the rest of the body will not be read


def status_of(error: CompanyFactsError) -> int:
    """The HTTP status of an error."""
    return SORTS[error.code].status


def problem(error: CompanyFactsError, instance: str, request_id: str | None = None, *, base: str) -> Problem:
    """The problem document of an error. `base` is the service's base URL, or empty."""
    sort = SORTS[error.code]
    return Problem(
        type=f"{base}/docs/problems/{sort.code}",
        title=sort.title,
        status=sort.status,
        detail=error.detail[:20000],
        instance=instance[:8000],
        errors=[_problem_error(flaw) for flaw in error.errors[:20000]],
        candidates=[c for c in error.candidates if isinstance(c, Choice)]
        if isinstance(error, errors.Ambiguous)
        else [],
        request_id=request_id,
    )


def _problem_error(flaw: Flaw) -> ProblemError:
    return ProblemError(
        detail=flaw.detail[:10000],
        pointer=None if flaw.pointer is None else flaw.pointer[:2000],
        parameter=None if flaw.parameter is None else flaw.parameter[:200],
        line=flaw.line,
        start=flaw.start,
        end=flaw.end,
    )


def headers(error: CompanyFactsError) -> dict[str, str]:
    """The response headers of an error."""
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
