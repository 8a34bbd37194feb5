"""The contract: the declaration of every operation.

The routes, the checks before each handler, and the OpenAPI document (`service.web.document`) are all derived from
these declarations.
"""

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Literal

import msgspec
from msgspec import Struct

from service.core.differences import Json
from service.core.keys import Scope
from service.settings import Settings
from service.web.parameters import Nothing

if TYPE_CHECKING:
    from service.web.call import Call
    from service.web.replies import Reply

Method = Literal["GET", "POST", "PUT"]
BodySetting = Literal["max_body_bytes", "max_import_bytes"]
JSON = "application/json"
NDJSON = "application/x-ndjson"
PARQUET = "application/vnd.apache.parquet"
HTML = "text/html; charset=utf-8"


def _policy(forms: str) -> str:
    """The Content-Security-Policy of HTML pages: nothing is loaded from another host. `forms`: where forms may lead."""
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        f"base-uri 'none'; form-action {forms}; frame-ancestors 'none'"
    )


POLICY, POLICY_WITHOUT_FORMS = _policy("'self'"), _policy("'none'")
BRIEF_BODY = 512 * 1024  # bytes: enough for a few short texts, even if each character is escaped
# bytes: enough for a fact or a company with every list and text at its longest, or for 1,000 look-ups
WIDE_BODY = 2 * 2**20


class Header(Struct, frozen=True, kw_only=True):
    """A request or response header."""

    description: str
    schema: Mapping[str, Json]
    required: bool = True
    component: str | None = None  # its name in the document, where another header has the same name


def policy_header(policy: str) -> Header:
    """The header of a page that says what the page may load."""
    return Header(
        description="What the page may load: nothing but from this service.",
        schema={"type": "string", "maxLength": 1000, "examples": [policy]},
    )


LOG_POSITION = Header(
    description="The position of the log that the answer was given at. The same read with `at` set to it gives the "
    "same bytes, whatever is written since.",
    schema={"type": "integer", "minimum": 0, "maximum": 2**53 - 1, "examples": [812]},
)
ETAG = Header(
    description="Strong entity tag: equal bytes, equal tag.",
    schema={"type": "string", "maxLength": 100, "examples": ['"9b1f4e0c5d7a2b6e8f3a1c4d"']},
)
LOCATION = Header(
    description="Where the thing can be read.",
    schema={
        "type": "string",
        "format": "uri-reference",
        "maxLength": 500,
        "examples": ["/v1/facts/4f2a1c9e-0d3b-8a71-9c55-2b7e4d6f8a10"],
    },
)
LINK = Header(
    description='`rel="next"`: the next page (RFC 8288).',
    schema={"type": "string", "maxLength": 8000, "examples": ['</v1/facts?cursor=abc>; rel="next"']},
    required=False,
)
THEN = Header(
    description="With times: the position of the log that the answer was given at.",
    schema=LOG_POSITION.schema,
    required=False,
    component="LogPositionThen",
)
CACHE_CONTROL = Header(
    description="How long the answer may be kept: for ever where `at` pins it, else only to be asked for again by ETag.",
    schema={"type": "string", "maxLength": 200, "examples": ["no-cache"]},
)
REQUEST_ID = Header(
    description="Names the request in the service's log: the one sent as `X-Request-ID`, else a new one.",
    schema={"type": "string", "maxLength": 100, "examples": ["5f0c2b7e9a4d4e1c8b3a6f21"]},
)
ALLOW = Header(
    description="The methods of the path.",
    schema={"type": "string", "maxLength": 100, "examples": ["GET, HEAD, OPTIONS"]},
)
AUTHENTICATE = Header(
    description="How to send a key (RFC 6750).",
    schema={"type": "string", "maxLength": 200, "examples": ['Bearer realm="companyfacts"']},
)
RATE_LIMIT = Header(
    description="What is left of the budget of requests, `r`, and the seconds until it is full again, `t` "
    "(draft-ietf-httpapi-ratelimit-headers). Absent where there is no limit.",
    schema={"type": "string", "maxLength": 100, "examples": ['"key";r=59990;t=1']},
    required=False,
)
RATE_LIMIT_POLICY = Header(
    description="The budget of the key, or of the address where no key is sent: `q` requests in `w` seconds.",
    schema={"type": "string", "maxLength": 100, "examples": ['"key";q=60000;w=60']},
    required=False,
)
KNOWN_BY = Header(
    description="The last day that the answer shows anything of, where the request is bound to a day: by its key, by the "
    "server, or by `/as-known/DATE` before its path.",
    schema={"type": "string", "format": "date", "maxLength": 10, "examples": ["2015-06-30"]},
    required=False,
)
PREFERENCE_APPLIED = Header(
    description="The preference of the request that was followed (RFC 7240).",
    schema={"type": "string", "maxLength": 100, "examples": ["return=minimal"]},
)
RETRY_AFTER = Header(
    description="Seconds to wait before the request is repeated.",
    schema={"type": "integer", "minimum": 1, "maximum": 3600, "examples": [2]},
)
IDEMPOTENCY_KEY = Header(
    description="A name for this request, made up by the client. The same request with the same name is done once and "
    "answered alike for a day, also after a connection or the service broke; another request with it is refused (422), "
    "and so is one that comes while the first is worked on (409). An answer that is repeated has `Idempotent-Replayed`.",
    schema={
        "type": "string",
        "minLength": 1,
        "maxLength": 255,
        "pattern": r"^[!-~]+$",
        "examples": ["5f0c2b7e-9a4d-4e1c-8b3a-6f21d0c7e954"],
    },
    required=False,
)
REPLAYED = Header(
    description="`true` where the answer is that of an earlier request with this `Idempotency-Key`, and nothing was done now.",
    schema={"type": "string", "enum": ["true"], "maxLength": 4, "examples": ["true"]},
    required=False,
)
PREFER = Header(
    description="`return=minimal`: answer 204 without a body; `Location` names what was written (RFC 7240).",
    schema={
        "type": "string",
        "minLength": 1,
        "maxLength": 1000,
        "pattern": r"^[!-~ ]+$",
        "examples": ["return=minimal"],
    },
    required=False,
)
_TAG = r'(W/)?"[!#-~]{0,200}"'
_ETAGS = rf"^(\*|{_TAG}( *, *{_TAG})*)$"  # RFC 9110 §8.8.3 and §13.1
IF_MATCH = Header(
    description="Write only if the fact has this ETag; `*`: only if it exists.",
    schema={
        "type": "string",
        "minLength": 1,
        "maxLength": 1000,
        "pattern": _ETAGS,
        "examples": ['"9b1f4e0c5d7a2b6e8f3a1c4d"'],
    },
    required=False,
)
IF_NONE_MATCH = Header(
    description="Read: answer 304 if the ETag is still this one. Write, with `*`: only if the fact does not exist yet.",
    schema={"type": "string", "minLength": 1, "maxLength": 1000, "pattern": _ETAGS, "examples": ["*"]},
    required=False,
)


READ_THEN = {
    "ETag": ETAG,
    "Log-Position": THEN,
}  # headers of reads that have a position only if times are given
LISTED_THEN = {**READ_THEN, "Link": LINK}


class Answer(Struct, frozen=True, kw_only=True):
    """A successful answer."""

    description: str
    type: object = None  # type of the JSON body; None: no body, or not JSON
    media: str = JSON
    other_media: Sequence[str] = ()  # other media types that the client may ask for
    line: object = None  # type of each NDJSON line, if the whole list can also be streamed as NDJSON
    headers: Mapping[str, Header] = {}
    links: Mapping[str, "Link"] = {}
    example: Json = None  # None: the recorded example of `type`, from examples.json

    @property
    def all_media(self) -> tuple[str, ...]:
        """All media types of this answer."""
        return (self.media, *(() if self.line is None else (NDJSON,)), *self.other_media)

    @property
    def empty(self) -> bool:
        """Whether the answer has no body."""
        return self.type is None and self.media == JSON


class Link(Struct, frozen=True, kw_only=True):
    """An OpenAPI link: an operation to call next, with its parameters."""

    operation: str
    parameters: Mapping[str, str]
    description: str
    body: Json = None


def next_page(
    operation: str, query: type[Struct], path: type[Struct] = Nothing, *, by: str = "cursor"
) -> Link:
    """The link from a page to the next: parameter `by` takes the body's `next`, all other parameters stay as sent."""
    asked = {
        field.encode_name: f"$request.{place}.{field.encode_name}"
        for place, struct in (("path", path), ("query", query))
        for field in msgspec.structs.fields(struct)
    }
    return Link(
        operation=operation,
        parameters={**asked, by: "$response.body#/next"},
        description="Read the next page.",
    )


class Operation(Struct, frozen=True, kw_only=True, dict=True):
    """One method of one path: its parameters, body, answers and problems."""

    method: Method
    path: str  # with parameters in braces: /v1/facts/{id}
    id: str  # operationId
    tag: str
    summary: str
    description: str
    handler: "Callable[[Call], Awaitable[Reply]]"
    answers: Mapping[int, Answer]
    problems: Sequence[int] = ()
    query: type[Struct] = Nothing
    parameters: type[Struct] = Nothing  # path parameters
    headers: Mapping[str, Header] = {}
    body: object = None
    body_media: str = JSON
    body_example: Json = None
    scope: Scope = "read"
    open: bool = False  # never needs a key, whatever the settings
    heeds_day: bool = (
        False  # its handler heeds the day that a request is bound to, though it takes no `known_at`
    )
    page: bool = False  # a page for people: browsers get refusals as pages too
    # largest body, in bytes, or the name of the setting that holds it
    body_limit: int | BodySetting = WIDE_BODY

    @cached_property
    def by_day(self) -> bool:
        """Whether it answers as of a day: it takes `known_at`, or heeds the day by itself."""
        return self.heeds_day or "known_at" in self.query.__struct_fields__

    def most_bytes(self, settings: Settings) -> int:
        """The largest allowed body, in bytes."""
        match self.body_limit:
            case "max_import_bytes":
                return settings.max_import_bytes
            case "max_body_bytes":
                return settings.max_body_bytes
            case limit:
                return min(limit, settings.max_body_bytes)

    @property
    def in_document(self) -> bool:
        """Whether it is part of the API, and so of its document. What only forms of pages are sent to is not."""
        return self.method == "GET" or not self.page

    @cached_property
    def media(self) -> tuple[str, ...]:
        """All media types of its successful answers."""
        return tuple(dict.fromkeys(media for answer in self.answers.values() for media in answer.all_media))

    @cached_property
    def brief(self) -> bool:
        """Whether it supports `Prefer: return=minimal`: a write whose answer has a `Location`."""
        return self.scope == "write" and any(LOCATION in a.headers.values() for a in self.answers.values())

    @cached_property
    def reads_headers(self) -> Mapping[str, Header]:
        """The request headers that it reads."""
        written = {"Idempotency-Key": IDEMPOTENCY_KEY} if self.scope == "write" else {}
        return {**self.headers, **written, **({"Prefer": PREFER} if self.brief else {})}

    @cached_property
    def header_rules(self) -> tuple[tuple[bytes, str, re.Pattern[str], int], ...]:
        """For each request header: its name in lower case, its declared name, its pattern and its maximum length."""
        return tuple(
            (
                name.lower().encode(),
                name,
                re.compile(str(header.schema.get("pattern", "")).removesuffix("$") + r"\Z"),
                int(str(header.schema["maxLength"])),
            )
            for name, header in self.reads_headers.items()
        )

    @property
    def conditional(self) -> bool:
        """Whether it supports `If-None-Match` with 304."""
        return self.method == "GET" and "ETag" in self.answers[200].headers

    @cached_property
    def refusals(self) -> tuple[int, ...]:
        """Every error status that it may answer."""
        found = {400, 405, 406, 414, 500, *self.problems}
        if not self.open:
            found |= {401, 403, 429, 503}
        if self.scope == "write":
            found |= {409, 422}
        if "at" in self.query.__struct_fields__:
            found.add(422)  # a position beyond the log
        if "If-Match" in self.headers:
            found |= {412, 428}
        if self.body is not None:
            found |= {408, 413, 415}
        return tuple(sorted(found))


class Over(Struct, frozen=True, kw_only=True):
    """What a capability puts in place of the operations of others, which answer more with it."""

    # operations by the id of those that they replace
    operations: Mapping[str, Operation] = {}
    # structs by the name of a component of the document: their fields become optional members of it
    members: Mapping[str, type[Struct]] = {}


class Capability(Struct, frozen=True, kw_only=True):
    """What a capability adds to the contract."""

    tag: str
    about: str  # the tag's description in the document
    operations: tuple[Operation, ...] = ()
    # replacements of operations, made from all other operations of the server, by id
    over: Callable[[Mapping[str, Operation]], Over] | None = None
    # further operations, made from all other operations of the server, by id
    built_on: Callable[[Mapping[str, Operation]], tuple[Operation, ...]] | None = None
    # renders a problem document (JSON) as an HTML page for browsers
    problem_page: Callable[[bytes], bytes] | None = None
    # unions of its answers that the document names, each with its description
    unions: Mapping[str, tuple[object, str]] = msgspec.field(default_factory=dict[str, tuple[object, str]])


class Contract:
    """All operations of the service."""

    def __init__(
        self,
        operations: Sequence[Operation],
        *,
        version: str,
        tags: Mapping[str, str],
        unions: Mapping[str, tuple[object, str]] | None = None,
        members: Mapping[str, type[Struct]] | None = None,
        problem_page: Callable[[bytes], bytes] | None = None,
    ) -> None:
        """`unions`: by component name, a union type that a capability adds to the document, and its description.

        `members`: by component name, a struct whose fields a capability adds to it as optional members.
        `problem_page` renders a problem document as an HTML page; None if the server has no pages.
        """
        self.unions = unions or {}
        self.members = members or {}
        self.problem_page = problem_page
        self.operations = tuple(operations)
        self.version = version
        self.tags = tags
        self._patterns = [
            (re.compile("^" + re.sub(r"\\\{[^}]*\\\}", "[^/]+", re.escape(path)) + "$"), path)
            for path in self.paths
        ]

    @cached_property
    def documented(self) -> tuple[Operation, ...]:
        """The operations that are part of the API."""
        return tuple(operation for operation in self.operations if operation.in_document)

    @cached_property
    def by_id(self) -> dict[str, Operation]:
        """The operations by their id."""
        return {operation.id: operation for operation in self.operations}

    @cached_property
    def paths(self) -> dict[str, list[Operation]]:
        """The operations by path."""
        found: dict[str, list[Operation]] = {}
        for operation in self.operations:
            found.setdefault(operation.path, []).append(operation)
        return found

    def allowed(self, path: str) -> str:
        """The `Allow` header for a requested path."""
        for pattern, template in self._patterns:
            if pattern.match(path):
                return self.methods(template)
        return "GET, HEAD, OPTIONS"

    def methods(self, template: str) -> str:
        """The `Allow` header for a declared path, with parameters in braces."""
        methods = [operation.method for operation in self.paths[template]]
        return ", ".join([*methods, *(["HEAD"] if "GET" in methods else []), "OPTIONS"])
