"""Query and path parameters: their structs, and strict parsing."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from difflib import get_close_matches
from functools import cache
from typing import Annotated, Literal, NamedTuple, TypeVar, cast
from urllib.parse import unquote_plus
from uuid import UUID

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType, defstruct, inspect

from service.core.citations import SourceId
from service.core.companies import REFERENCE_PATTERN, meant
from service.core.errors import Malformed
from service.core.explaining import explained
from service.core.facts import Basis, DimensionPairs, read_dimensions
from service.core.history import NOW, Times
from service.core.kinds import Kind
from service.core.periods import Day, Frequency, PeriodLiteral, PeriodText, parse_period, read_day
from service.core.quantities import Unit
from service.core.text import Subject
from service.operations import filters
from service.operations.filters import FILTERS, Conditions
from service.web.incoming import BAD_ESCAPE, bad_escape

Q = TypeVar("Q", bound=Struct)
V = TypeVar("V")

LIMIT, MOST = 50, 1000

DateTimeText = Annotated[
    str,
    Meta(
        pattern=r"^(?!0000)[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])[Tt]([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]"
        r"(\.[0-9]{1,6})?([Zz]|[+-]([01][0-9]|2[0-3]):[0-5][0-9])$(?!\n)",
        max_length=35,
        extra_json_schema={"format": "date-time"},
        examples=["2026-11-24T03:04:05Z"],
        extra={"form": "an instant such as 2026-11-24T03:04:05Z (in an address, + is written %2B)"},
    ),
]
Reference = Annotated[
    str,
    Meta(
        pattern=REFERENCE_PATTERN,
        min_length=1,
        max_length=100,
        description="A company: its slug, or `scheme:value` (`cik:1577552`, `ticker:BABA`).",
        examples=["alibaba-cloud"],
        extra={
            "form": "a company, which is its slug, such as alibaba-cloud, or scheme:value, such as ticker:BABA",
            "near": meant,
        },
    ),
]
Words = Annotated[
    str,
    Meta(
        pattern=r"^[^\x00-\x1f\x7f]+$(?!\n)",
        min_length=1,
        max_length=200,
        description="Words to look for.",
        examples=["cloud"],
        extra={"form": "words on one line, without control characters"},
    ),
]
PositionNumber = Annotated[int, Meta(ge=0, le=2**53 - 1, examples=[812])]
Limit = Annotated[int, Meta(ge=1, le=MOST, description="How many items at most.", examples=[LIMIT])]
Cursor = Annotated[
    str,
    Meta(
        pattern=r"^[A-Za-z0-9_-]+$(?!\n)",
        max_length=2000,
        description="`next` of the page before. It belongs to the same filters and pins the position of the log.",
        examples=["eyJhZnRlciI6W119"],
        extra={"form": "a cursor, which is `next` of the page before"},
    ),
]


class TimesQuery(Struct, frozen=True, kw_only=True):
    """Time parameters of reads of facts."""

    known_at: Annotated[Day | UnsetType, Meta(description="What was public at the end of that day.")] = UNSET
    recorded_at: Annotated[
        DateTimeText | UnsetType, Meta(description="What this service would have said at that instant.")
    ] = UNSET
    at: Annotated[
        PositionNumber | UnsetType,
        Meta(
            description="What this service would have said at that position of its log (see `Log-Position`)."
        ),
    ] = UNSET


class ListQuery(TimesQuery, frozen=True, kw_only=True):
    """The static type of `FilterQuery`, without the filters, which are added at run time."""

    limit: Limit = LIMIT
    cursor: Cursor | UnsetType = UNSET


FilterQuery = cast(
    "type[ListQuery]",
    defstruct(
        "FilterQuery",
        [
            *((one.name, one.type, UNSET) for one in FILTERS),
            ("limit", Limit, LIMIT),
            ("cursor", Cursor | UnsetType, UNSET),
        ],
        bases=(TimesQuery,),  # not ListQuery: limit and cursor shall come after the filters
        namespace={"__doc__": "Filters and page of a list of facts."},
        module=__name__,
        frozen=True,
        kw_only=True,
    ),
)


def kept(query: ListQuery) -> Conditions:
    """The filters of a query. Raises Malformed if one cannot be parsed, or if two contradict each other."""
    return filters.kept(
        {name: value for name in filters.NAMES if (value := getattr(query, name)) is not UNSET}
    )


class LookupQuery(TimesQuery, frozen=True, kw_only=True):
    """Parameters of a look-up."""

    company: Reference
    kind: Annotated[Kind, Meta(description="Kind of the fact.", examples=["market_share"])]
    subject: Subject
    period: PeriodText | UnsetType = UNSET
    frequency: Annotated[
        Frequency | UnsetType,
        Meta(description="Without a period: the latest of this frequency.", examples=["annual"]),
    ] = UNSET
    dimension: Annotated[
        DimensionPairs | UnsetType,
        Meta(
            description="Must be among the fact's dimensions; may be repeated.",
            examples=[["geography:CN"]],
        ),
    ] = UNSET
    basis: Annotated[
        Basis | UnsetType, Meta(description="Without it, reported wins.", examples=["reported"])
    ] = UNSET
    unit: Annotated[Unit | UnsetType, Meta(description="Unit of the main quantity.")] = UNSET


class Paging(TimesQuery, frozen=True, kw_only=True):
    """Search words and page of a registry, and the times of the read."""

    q: Words | UnsetType = UNSET
    limit: Limit = LIMIT
    cursor: Cursor | UnsetType = UNSET


class VersionPaging(TimesQuery, frozen=True, kw_only=True):
    """A page of a fact's versions."""

    limit: Limit = LIMIT
    cursor: Cursor | UnsetType = UNSET


VersionParameter = Annotated[int, Meta(ge=1, le=2**31 - 1, description="Number of a version.", examples=[1])]


class DiffQuery(TimesQuery, frozen=True, kw_only=True):
    """The two versions to compare."""

    start: VersionParameter = msgspec.field(name="from")
    end: VersionParameter = msgspec.field(name="to")


class AssertQuery(Struct, frozen=True, kw_only=True):
    """Demands on the evidence of an assertion."""

    evidence: Annotated[
        Literal["verified"] | UnsetType,
        Meta(description="Refuse an assertion whose evidence comes to less.", examples=["verified"]),
    ] = UNSET


class ImportQuery(AssertQuery, frozen=True, kw_only=True):
    """Parameters of an import."""

    partial: Annotated[
        bool,
        Meta(
            description="Record the lines that can be, and report the others, rather than all or nothing.",
            examples=[True],
        ),
    ] = False


class Nothing(Struct, frozen=True, kw_only=True):
    """No parameters."""


class FactPath(Struct, frozen=True, kw_only=True):
    """A fact."""

    id: Annotated[
        UUID, Meta(description="Id of the fact.", examples=["4f2a1c9e-0d3b-8a71-9c55-2b7e4d6f8a10"])
    ]


class VersionPath(FactPath, frozen=True, kw_only=True):
    """A version of a fact."""

    n: VersionParameter


class CompanyPath(Struct, frozen=True, kw_only=True):
    """A company."""

    ref: Reference


class ConceptPath(Struct, frozen=True, kw_only=True):
    """A concept."""

    id: Subject


class SourcePath(Struct, frozen=True, kw_only=True):
    """A source."""

    id: SourceId


@cache
def _shape(wanted: type[Struct]) -> dict[str, bool]:
    """The parameter names, each with whether it may be repeated."""
    return {field.encode_name: "list[" in str(field.type) for field in msgspec.structs.fields(wanted)}


class _Spelling(NamedTuple):
    pattern: re.Pattern[str]
    meaning: str


_WHOLE = _Spelling(re.compile(r"-?(0|[1-9][0-9]*)"), "a whole number")
_TRUTH = _Spelling(re.compile(r"true|false"), "true or false")


@cache
def _spellings(wanted: type[Struct]) -> dict[str, _Spelling]:
    """The allowed spellings of integer and boolean parameters, because msgspec would also accept `1e3` and `1.0`."""
    found: dict[str, _Spelling] = {}
    info = inspect.type_info(wanted)
    for field in info.fields if isinstance(info, inspect.StructType) else ():
        kinds = set(_plain_types(field.type))
        if inspect.IntType in kinds:
            found[field.encode_name] = _WHOLE
        elif inspect.BoolType in kinds:
            found[field.encode_name] = _TRUTH
    return found


def _plain_types(info: inspect.Type) -> Iterator[type[inspect.Type]]:
    match info:
        case inspect.Metadata():
            yield from _plain_types(info.type)
        case inspect.UnionType():
            for one in info.types:
                yield from _plain_types(one)
        case _:
            yield type(info)


_MOST_PAIRS = 200


def read_query(wanted: type[Q], raw: bytes) -> Q:
    """Parse a query string.

    Raises Malformed for an unknown name (suggesting the nearest one), a name given twice, or a value that is not of
    the parameter's type.
    """
    if not raw:
        return read_parameters(wanted, {})
    shape = _shape(wanted)
    single: dict[str, str] = {}
    repeated: dict[str, list[str]] = {}
    for name, value in _pairs(raw):
        repeatable = shape.get(name)
        if repeatable is None:
            raise _unknown(name, shape)
        if repeatable:
            repeated.setdefault(name, []).append(value)
        elif name in single:
            raise _refused(name, "is given twice")
        else:
            single[name] = value
    return read_parameters(wanted, {**single, **repeated})


def _pairs(raw: bytes) -> Iterator[tuple[str, str]]:
    """Names and values of a query string (`application/x-www-form-urlencoded`). Raises Malformed."""
    try:
        parts = raw.decode("ascii").split("&", _MOST_PAIRS)
        if len(parts) > _MOST_PAIRS:
            raise Malformed(f"the query string has more than {_MOST_PAIRS} parameters")
        for part in parts:
            if part:
                name, _, value = part.partition("=")
                yield _decoded(name, name), _decoded(value, name)
    except UnicodeDecodeError as error:
        raise Malformed("the query string cannot be read: it is not percent-encoded UTF-8") from error


def _decoded(text: str, name: str) -> str:
    # most values contain no escapes, and checking that is cheaper than decoding
    if "%" in text and (bad := BAD_ESCAPE.search(text)) is not None:
        raise _refused(name[:100], bad_escape(bad[0]))
    return unquote_plus(text, errors="strict") if "%" in text or "+" in text else text


def read_parameters(wanted: type[Q], given: Mapping[str, object]) -> Q:
    """Convert parameters by name to a struct. Raises Malformed."""
    for name, spelling in _spellings(wanted).items():
        value = given.get(name)
        if isinstance(value, str) and not spelling.pattern.fullmatch(value):
            raise _refused(name, f"{value[:100]!r} is not {spelling.meaning}")
    try:
        return msgspec.convert(given, wanted, strict=False)
    except msgspec.ValidationError as error:
        mistake = explained(str(error), wanted, _read(given, wanted))
        raise _refused(mistake.steps[0], mistake.what) from error


def _read(given: Mapping[str, object], wanted: type[Struct]) -> dict[str, object]:
    """Parameters with their numbers and booleans read, for messages."""
    spelled = _spellings(wanted)
    return {
        name: msgspec.json.decode(value) if isinstance(value, str) and name in spelled else value
        for name, value in given.items()
    }


def _refused(name: str, what: str) -> Malformed:
    return Malformed(f"{name}: {what}", parameter=name)


def _unknown(name: str, shape: Mapping[str, bool]) -> Malformed:
    near = get_close_matches(name, shape, 1)
    told = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(shape) or 'none'}"
    return Malformed(f"there is no parameter {name[:100]!r}; {told}", parameter=name[:100])


def day(name: str, text: str | UnsetType) -> date | None:
    """Parse a date parameter. Raises Malformed for a day that the calendar does not have."""
    if isinstance(text, UnsetType):
        return None
    try:
        return read_day(text)
    except ValueError as error:
        raise _refused(name, str(error)) from error


def times(query: TimesQuery) -> Times:
    """The times of a read, parsed. Raises Malformed."""
    if query.known_at is UNSET and query.at is UNSET and query.recorded_at is UNSET:
        return NOW
    recorded_at: datetime | None = None
    if not isinstance(query.recorded_at, UnsetType):
        try:
            recorded_at = datetime.fromisoformat(query.recorded_at.upper()).astimezone(UTC)
        except (ValueError, OverflowError) as error:
            raise _refused("recorded_at", f"{query.recorded_at} is not in the calendar") from error
    known_at = day("known_at", query.known_at)
    return Times(
        known_at=None
        if known_at == date.max
        else known_at,  # nothing becomes known after the last day there is
        at=None if isinstance(query.at, UnsetType) else query.at,
        recorded_at=recorded_at,
    )


def period(text: str | UnsetType) -> PeriodLiteral | None:
    """Parse a period parameter. Raises Malformed."""
    if isinstance(text, UnsetType):
        return None
    try:
        return parse_period(text)
    except ValueError as error:
        raise _refused("period", str(error)) from error


def dimensions(pairs: list[str] | UnsetType) -> dict[str, str]:
    """Parse the `dimension` parameters. Raises Malformed if one key has two values."""
    try:
        return {} if isinstance(pairs, UnsetType) else read_dimensions(pairs)
    except ValueError as error:
        raise _refused("dimension", str(error)) from error


def given(value: V | UnsetType) -> V | None:
    """The value, or None if the parameter was not given."""
    return None if isinstance(value, UnsetType) else value
