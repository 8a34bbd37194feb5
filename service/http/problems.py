"""Errors as RFC 9457 problem documents: the same shape everywhere."""

from http import HTTPStatus
from typing import Annotated, NamedTuple

import msgspec
from msgspec import Meta, Struct

from service.domain import errors
from service.domain.errors import CompanyFactsError, Flaw
from service.domain.lookup import Choice

MEDIA_TYPE = "application/problem+json"


class ProblemError(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing wrong with the request, and where."""

    detail: Annotated[str, Meta(max_length=10000, description="What is wrong, and what would be right.")]
    pointer: Annotated[
        Annotated[str, Meta(max_length=2000)] | None, Meta(description="RFC 6901 pointer into the body.")
    ] = None
    parameter: Annotated[
        Annotated[str, Meta(max_length=200)] | None, Meta(description="Name of the parameter.")
    ] = None
    line: Annotated[int | None, Meta(description="Line of an NDJSON body, from 1.")] = None


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


class Sort(NamedTuple):
    """A sort of problem."""

    code: str
    status: int
    title: str
    remedy: str


class TooLarge(CompanyFactsError):
    """The body is larger than the service takes."""

    code = "too-large"


class UnsupportedMediaType(CompanyFactsError):
    """The body is of a media type or coding that the operation does not take."""

    code = "unsupported-media-type"


class NotAcceptable(CompanyFactsError):
    """The operation has no answer in a media type that the request accepts."""

    code = "not-acceptable"


class MethodNotAllowed(CompanyFactsError):
    """The path does not have this method."""

    code = "method-not-allowed"


class ReadOnly(CompanyFactsError):
    """The service is run read-only."""

    code = "read-only"


class Internal(CompanyFactsError):
    """A defect of the service."""

    code = "internal"


_SORTS: dict[type[CompanyFactsError], tuple[int, str]] = {
    errors.Malformed: (400, "Correct what `errors` names; the request was not read any further."),
    errors.Unauthenticated: (
        401,
        "Send `Authorization: Bearer KEY` with a key from `companyfacts key create`.",
    ),
    errors.Forbidden: (403, "Use a key with the scope that the operation needs."),
    ReadOnly: (403, "Write to the instance that takes writes."),
    errors.NotFound: (404, "Check the name or id; `detail` says where else an answer may stand."),
    MethodNotAllowed: (405, "Use a method that the `Allow` header names."),
    NotAcceptable: (406, "Accept `application/json`, or the media type that the operation documents."),
    errors.Conflict: (409, "Read what is recorded and decide what is meant."),
    errors.Ambiguous: (409, "Narrow the request until one of `candidates` is left."),
    errors.PreconditionFailed: (412, "Read the fact again and repeat the request with its ETag."),
    TooLarge: (413, "Send less at once."),
    UnsupportedMediaType: (
        415,
        "Send the media type that the operation documents, without a content coding.",
    ),
    errors.Invalid: (422, "Correct what `errors` names."),
    errors.QuoteNotFound: (
        422,
        "Quote the words as they stand in the archived text; `detail` shows the nearest passage.",
    ),
    Internal: (500, "Report it with the request's `X-Request-ID`; repeating it does no harm."),
    errors.Unavailable: (503, "Repeat the request after the seconds in `Retry-After`."),
}
SORTS: dict[str, Sort] = {
    sort.code: Sort(sort.code, status, (sort.__doc__ or "").splitlines()[0].rstrip("."), remedy)
    for sort, (status, remedy) in _SORTS.items()
}
RETRY_AFTER = 2


def status_of(error: CompanyFactsError) -> int:
    """The HTTP status of an error."""
    return SORTS[error.code].status


def problem(error: CompanyFactsError, instance: str) -> Problem:
    """The document that tells of an error."""
    sort = SORTS[error.code]
    return Problem(
        type=f"/docs/problems/{sort.code}",
        title=sort.title,
        status=sort.status,
        detail=error.detail[:20000],
        instance=instance[:8000],
        errors=[_told(flaw) for flaw in error.errors],
        candidates=[c for c in error.candidates if isinstance(c, Choice)]
        if isinstance(error, errors.Ambiguous)
        else [],
    )


def _told(flaw: Flaw) -> ProblemError:
    return ProblemError(
        detail=flaw.detail[:10000],
        pointer=None if flaw.pointer is None else flaw.pointer[:2000],
        parameter=None if flaw.parameter is None else flaw.parameter[:200],
        line=flaw.line,
    )


def encode(error: CompanyFactsError, instance: str) -> bytes:
    """The document in JSON."""
    return msgspec.json.encode(problem(error, instance))


def headers(error: CompanyFactsError) -> dict[str, str]:
    """The headers that go with an error."""
    match status_of(error):
        case HTTPStatus.UNAUTHORIZED:
            return {"www-authenticate": 'Bearer realm="companyfacts"'}
        case HTTPStatus.SERVICE_UNAVAILABLE:
            return {"retry-after": str(RETRY_AFTER)}
        case _:
            return {}
