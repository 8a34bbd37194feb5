"""The errors of the service, without HTTP: `service.web.problems` maps each to a status.

CompanyFactsError
├── Malformed            the request cannot be read
├── Invalid              it can be read, but its content is impossible
│   └── QuoteNotFound    the quoted words are not in the archived text
├── NotFound             no such company, fact, version, source …
├── Conflict             it contradicts what is recorded
│   └── Ambiguous        more than one answer is left
├── PreconditionFailed   the caller's ETag is not the current one
├── RepeatedOtherwise    an Idempotency-Key comes again with another request
├── InFlight             the request with that Idempotency-Key is not answered yet
├── Unauthenticated      no key, or not one of ours
├── Forbidden            the key may not do this
├── ReadOnly             nothing is written here, with any key
├── TooManyRequests      the budget of the key or address is used up
└── Unavailable          the database is away
"""

from collections.abc import Sequence
from typing import ClassVar, Self

from msgspec import Struct, structs


class Flaw(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One mistake in a request, and where it is."""

    detail: str  # what is wrong and what would be right
    pointer: str | None = None  # RFC 6901 pointer into the body
    parameter: str | None = None  # name of the query parameter, path parameter or header
    line: int | None = None  # line of an NDJSON body, from 1
    start: int | None = None  # of the nearest passage, where a quote does not occur: its first code point
    end: int | None = None  # and the one after its last


class CompanyFactsError(Exception):
    """The request cannot be fulfilled.

    `pointer`, `parameter` or `line` says where the mistake is; `errors` lists several mistakes.
    """

    code: ClassVar[str] = "error"

    def __init__(
        self,
        detail: str,
        *,
        pointer: str | None = None,
        parameter: str | None = None,
        line: int | None = None,
        errors: Sequence[Flaw] = (),
    ) -> None:
        super().__init__(detail)
        self.detail = detail
        placed = pointer is not None or parameter is not None or line is not None
        one = Flaw(detail=detail, pointer=pointer, parameter=parameter, line=line) if placed else None
        self.errors = tuple(errors) if one is None else (one, *errors)

    def below(self, pointer: str) -> Self:
        """This error with all its pointers below `pointer`, for a part of a body that was read by itself."""
        self.errors = tuple(
            one if one.pointer is None else structs.replace(one, pointer=pointer + one.pointer)
            for one in self.errors
        )
        return self


class Malformed(CompanyFactsError):
    """The request cannot be read."""

    code = "malformed"


class Invalid(CompanyFactsError):
    """The request reads well and means something impossible."""

    code = "invalid"


class QuoteNotFound(Invalid):
    """The quoted words do not occur in the archived text."""

    code = "quote-not-found"


class NotFound(CompanyFactsError):
    """There is no such thing."""

    code = "not-found"


class Conflict(CompanyFactsError):
    """The request contradicts what is recorded."""

    code = "conflict"


class Ambiguous(Conflict):
    """More than one answer is left."""

    code = "ambiguous"

    def __init__(self, detail: str, *, candidates: Sequence[Struct], errors: Sequence[Flaw] = ()) -> None:
        super().__init__(detail, errors=errors)
        self.candidates = tuple(candidates)


class PreconditionFailed(CompanyFactsError):
    """The ETag given is not the current one."""

    code = "precondition-failed"


class RepeatedOtherwise(CompanyFactsError):
    """The Idempotency-Key was used for another request."""

    code = "repeated-otherwise"


class InFlight(CompanyFactsError):
    """The request with this Idempotency-Key has not been answered yet."""

    code = "in-flight"


class Unauthenticated(CompanyFactsError):
    """The operation needs a key that this service issued."""

    code = "unauthenticated"

    def __init__(self, detail: str, *, presented: bool = False) -> None:
        super().__init__(detail)
        self.presented = presented  # a key, which is not taken


class Forbidden(CompanyFactsError):
    """The key does not carry the scope that the operation needs."""

    code = "forbidden"


class ReadOnly(CompanyFactsError):
    """The service is run read-only, or its log is a mirror of another one."""

    code = "read-only"


class TooManyRequests(CompanyFactsError):
    """More requests came than the limit lets through."""

    code = "too-many-requests"

    def __init__(self, detail: str, *, retry_after: int) -> None:
        super().__init__(detail)
        self.retry_after = retry_after  # seconds


class Unavailable(CompanyFactsError):
    """The database cannot be reached; the request may be repeated."""

    code = "unavailable"

    def __init__(
        self,
        detail: str,
        *,
        cause: str | None = None,
        sqlstate: str | None = None,
        statement: str | None = None,
    ) -> None:
        super().__init__(detail)
        # for the log of the service alone
        self.cause = cause  # what the driver or the database said
        self.sqlstate = sqlstate
        self.statement = statement  # name of the SQL statement


class StorageFull(Unavailable):
    """The database's disk is full; reads go on, and nothing can be recorded."""

    code = "storage-full"
