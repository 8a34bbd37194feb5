"""The filters of lists of facts, one entry each in `FILTERS`. A new filter is a new entry.

From an entry come the query parameter and its documentation (`service/web/parameters.py`), the SQL condition for
present and earlier answers (`service/store/lists.py`), and the part of a cursor that ties it to its filters.
"""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal, NamedTuple, get_args

import msgspec
from asyncpg import Range
from msgspec import Meta, UnsetType

from service.core.citations import Modality, NameFound, PeriodSaid, SubjectSaid, Verdict
from service.core.errors import Malformed
from service.core.facts import Basis, DimensionPairs, read_dimensions
from service.core.kinds import KINDS, Kind, number_fields
from service.core.kinds.base import FieldName
from service.core.periods import Day, Period, PeriodLiteral, PeriodText, parse_period, read_day
from service.core.quantities import DecimalText, Unit
from service.core.text import Line, Subject, listed
from service.store.statements import fragment

Conditions = Mapping[str, object]  # the parsed filters of a request: filter name to value


class Condition(NamedTuple):
    """The SQL condition of a filter with a value: `{of}` stands for the table alias, `q.NAME` for a given value."""

    text: str
    given: tuple[tuple[str, str, object], ...] = ()  # name, Postgres type, value
    now: str | None = None  # another text for present answers, where an index needs it


def _as_it_is(value: Any) -> object:
    return value


def _never(_: object) -> bool:
    return False


def _always(_: object) -> bool:
    return True


class Filter(NamedTuple):
    """One filter of lists of facts."""

    name: str  # of the query parameter
    type: object  # of the query parameter, annotated with its documentation
    about: Literal[
        "key", "answer"
    ]  # key: the same result at any time; answer: it depends on what the fact answered at that time
    condition: Callable[[Any], Condition]  # from the parsed value
    read: Callable[[Any], object] = _as_it_is  # parses the parameter; raises ValueError
    # what a cursor's fingerprint has where the filter is not given; empty for filters added after 0.1.0, so that older
    # cursors stay valid
    absent: tuple[object, ...] = ()
    in_order: bool = False  # whether the index in list order on a company's facts covers it
    across: Callable[[object], bool] = _never  # whether an index covers it over all companies


class Instead(NamedTuple):
    """What a capability means by the value of a filter: another filter with its value."""

    filter: Filter
    value: object


def _equal(column: str) -> Callable[[str], Condition]:
    return lambda value: Condition(f"{{of}}.{column} = q.{column}", ((column, "text", value),))


def _dimensions(value: dict[str, str]) -> Condition:
    written = msgspec.json.encode(value).decode()
    return Condition("{of}.dimensions @> q.dimensions::jsonb", (("dimensions", "text", written),))


def range_of(period: Period) -> "Range[date]":
    """A period as a Postgres date range."""
    return Range(period.first, period.last, lower_inc=True, upper_inc=True)


def _period(value: PeriodLiteral) -> Condition:
    exactly = "{of}.period = q.period and ({of}.frequency is not distinct from 'instant') = q.instant"
    given = (
        ("period", "daterange", range_of(value.period)),
        ("instant", "boolean", value.period.instant is not None),
    )
    if value.frame is None:
        return Condition(f"({exactly})", given)
    return Condition(f"({exactly} or {{of}}.frame = q.frame)", (*given, ("frame", "text", value.frame)))


def _least(value: Decimal) -> Condition:
    return Condition("{of}.interval && numrange(q.least, null, '[)')", (("least", "numeric", value),))


def _most(value: Decimal) -> Condition:
    return Condition("{of}.interval && numrange(null, q.most, '(]')", (("most", "numeric", value),))


# fields of values that are numbers or have parts with numbers; True: whole numbers, which have no unit
_FIELDS: Mapping[str, bool] = {name: whole for kind in KINDS for name, whole in number_fields(kind).items()}
ANY = "any"
NumberField = Annotated[
    str,
    Meta(
        pattern=f"^({'|'.join((ANY, *sorted(_FIELDS)))})$(?!\\n)",
        max_length=63,
        description="A field of the value that is a number, or has parts with numbers.",
        examples=["market_size"],
        extra={"form": f"{ANY}, or a field with numbers: {listed(sorted(_FIELDS))}"},
    ),
]


class NumberRange(NamedTuple):
    """What is asked of a field of the value; None: not asked."""

    field: str
    unit: str | None
    least: Decimal | None
    most: Decimal | None


def _number(value: NumberRange) -> Condition:
    """The condition on a number that need not be the main one. Only the others stand in `version_numbers`."""
    given: list[tuple[str, str, object]] = []
    asked: list[str] = []
    if value.unit is not None:
        asked.append("{number}.unit = q.number_unit")
        given.append(("number_unit", "text", value.unit))
    if value.least is not None or value.most is not None:
        asked.append("{number}.interval && numrange(q.number_least, q.number_most, '[]')")
        given += [("number_least", "numeric", value.least), ("number_most", "numeric", value.most)]
    others = list(asked)
    if value.field != ANY:
        others.append("{number}.field = q.number_field")
        given.append(("number_field", "text", value.field))
    among = " and ".join(
        ("n.company = f.company and n.fact = f.id and n.version = {of}.version", *others)
    ).replace("{number}", "n")
    found = [f"exists (select from version_numbers n where {among})"]
    kinds = [one.name for one in KINDS if one.main is not None and value.field in {ANY, one.main}]
    if kinds:
        main = " and ".join(
            (f"f.kind in ({', '.join(map(repr, kinds))})", "{of}.interval is not null", *asked)
        )
        found.append(f"({main.replace('{number}', '{of}')})")
    return Condition(f"({' or '.join(found)})", tuple(given))


def _said_by(value: str) -> Condition:
    return _of_version(
        "lower(v.attribution ->> 'attributed_to') = lower(q.attributed_to)", ("attributed_to", "text", value)
    )


def _inferred(value: tuple[str, ...]) -> Condition:
    every = "v.attribution is not null and v.attribution -> 'inferred' @> q.inferred::jsonb"
    return _of_version(every, ("inferred", "text", msgspec.json.encode(value).decode()))


def _of_version(condition: str, given: tuple[str, str, object]) -> Condition:
    """A condition on the version that answers."""
    text = "select from versions v where v.company = f.company and v.fact = f.id and v.version = {of}.version"
    return Condition(f"exists ({text} and {condition})", (given,))


def _disputed(value: bool) -> Condition:
    no = "" if value else "not "
    then = fragment("disputed_as_known", known="q.known", at="q.at")
    return Condition(f"{no}{then}", now=f"{no}(f.contested and f.disputed)")


_CONTEXT: Mapping[str, frozenset[str]] = {
    name: frozenset(get_args(words))
    for name, words in (
        ("names", NameFound),
        ("period", PeriodSaid),
        ("subject", SubjectSaid),
        ("modality", Modality),
    )
}
ContextWord = Annotated[
    str,
    Meta(
        pattern="^("
        + "|".join(f"{name}:({'|'.join(sorted(words))})" for name, words in _CONTEXT.items())
        + r")$(?!\n)",
        max_length=40,
        description="`names:`, `period:`, `subject:` or `modality:` and what the passage says.",
        examples=["period:stated"],
        extra={"form": "a part of the context and what the passage says, such as period:stated"},
    ),
]


def _least_publishers(value: int) -> Condition:
    then = fragment("independent_as_known", known="q.known", at="q.at")
    # imported facts have one publisher and no number; the index has those with several
    now = "{of}.publishers > 1 and {of}.publishers" if value > 1 else "coalesce({of}.publishers, 1)"
    return Condition(f"{then} >= q.publishers", (("publishers", "int", value),), now=f"{now} >= q.publishers")


def _not_main(value: object) -> bool:
    """Whether only `version_numbers` is asked, which has an index by field and unit."""
    return (
        isinstance(value, NumberRange)
        and value.field != ANY
        and all(one.main != value.field for one in KINDS)
    )


def _several(value: object) -> bool:
    return isinstance(value, int) and value > 1


def _words(value: list[str]) -> object:
    return tuple(sorted(set(value)))


def _context(value: tuple[str, ...]) -> Condition:
    said = "string_to_array({of}.context, ' ') @> string_to_array(q.context, ' ')"
    given = (("context", "text", " ".join(value)),)
    # the index has the facts with a context only
    return Condition(said, given, now=f"{{of}}.context is not null and {said}")


def _as_of(value: date) -> Condition:
    return Condition("({of}.period is null or {of}.period @> q.as_of)", (("as_of", "date", value),))


FILTERS = (
    Filter(
        "kind",
        Annotated[Kind | UnsetType, Meta(description="Facts of this kind.", examples=["metric"])],
        "key",
        _equal("kind"),
        in_order=True,
        absent=(None,),
    ),
    Filter(
        "subject",
        Annotated[Subject | UnsetType, Meta(description="Facts about this.")],
        "key",
        _equal("subject"),
        in_order=True,
        across=_always,
        absent=(None,),
    ),
    Filter(
        "dimension",
        Annotated[
            DimensionPairs | UnsetType,
            Meta(description="Facts with this dimension; may be repeated.", examples=[["geography:CN"]]),
        ],
        "key",
        _dimensions,
        read=read_dimensions,
        absent=({},),
    ),
    Filter(
        "basis",
        Annotated[Basis | UnsetType, Meta(description="Facts on this basis.", examples=["reported"])],
        "key",
        _equal("basis"),
        absent=(None,),
    ),
    Filter(
        "period",
        Annotated[PeriodText | UnsetType, Meta(description="Facts of this period.")],
        "key",
        _period,
        read=parse_period,
        absent=(None, None),
    ),
    Filter(
        "unit",
        Annotated[Unit | UnsetType, Meta(description="Facts whose main quantity is in this unit.")],
        "answer",
        _equal("unit"),
        absent=(None,),
    ),
    Filter(
        "min",
        Annotated[
            DecimalText | UnsetType,
            Meta(description="Facts whose main quantity may be this or more; needs `unit`."),
        ],
        "answer",
        _least,
        read=Decimal,
        absent=(None,),
    ),
    Filter(
        "max",
        Annotated[
            DecimalText | UnsetType,
            Meta(description="Facts whose main quantity may be this or less; needs `unit`."),
        ],
        "answer",
        _most,
        read=Decimal,
        absent=(None,),
    ),
    Filter(
        "field",
        Annotated[
            NumberField | UnsetType,
            Meta(
                description="Facts that state this number, which need not be the main one; `any`: any number. `unit`, `min` and "
                "`max` are then about it. Whole numbers, such as `rank`, have no unit.",
                examples=["market_size"],
            ),
        ],
        "answer",
        _number,
        across=_not_main,
    ),
    Filter(
        "attributed_to",
        Annotated[
            Line | UnsetType,
            Meta(description="Facts that were said by this one, in any case.", examples=["analysts"]),
        ],
        "answer",
        _said_by,
        across=_always,
    ),
    Filter(
        "inferred",
        Annotated[
            Annotated[list[FieldName], Meta(max_length=8)] | UnsetType,
            Meta(
                description="Facts of which this field was inferred; may be repeated.", examples=[["period"]]
            ),
        ],
        "answer",
        _inferred,
        read=_words,
        across=_always,
    ),
    Filter(
        "evidence",
        Annotated[Verdict | UnsetType, Meta(description="Facts with this evidence.", examples=["verified"])],
        "answer",
        _equal("evidence"),
        absent=(None,),
    ),
    Filter(
        "context",
        Annotated[
            Annotated[list[ContextWord], Meta(max_length=8)] | UnsetType,
            Meta(
                description="Facts whose passage says this beside the number; may be repeated. Of several names in a "
                "fact the one that was found least counts.",
                examples=[["period:stated"]],
            ),
        ],
        "answer",
        _context,
        read=_words,
        across=_always,
    ),
    Filter(
        "disputed",
        Annotated[
            bool | UnsetType, Meta(description="Facts that are, or are not, disputed.", examples=[False])
        ],
        "answer",
        _disputed,
        across=bool,
        absent=(None,),
    ),
    Filter(
        "min_publishers",
        Annotated[
            Annotated[int, Meta(ge=0, le=1000)] | UnsetType,
            Meta(description="Facts that so many publishers verify by sources of their own.", examples=[2]),
        ],
        "answer",
        _least_publishers,
        across=_several,
    ),
    Filter(
        "as_of",
        Annotated[
            Day | UnsetType,
            Meta(description="Facts whose period contains the day, and those without a period."),
        ],
        "key",
        _as_of,
        read=read_day,
        absent=(None,),
    ),
)
_BY_NAME = {one.name: one for one in FILTERS}
NAMES = tuple(_BY_NAME)


def kept(given: Mapping[str, object]) -> Conditions:
    """Parse the filters among the given query parameters.

    Raises Malformed if one cannot be parsed, or if they contradict each other.
    """
    found: dict[str, object] = {}
    for name, value in given.items():
        try:
            found[name] = _BY_NAME[name].read(value)
        except ValueError as error:
            raise _refused(name, f"{name}: {error}") from error
    least, most = found.get("min"), found.get("max")
    field = found.get("field")
    is_whole = isinstance(field, str) and _FIELDS.get(field, False)
    if (least is not None or most is not None) and "unit" not in found and not is_whole:
        raise _refused("unit", "min and max need unit: numbers of different units do not compare")
    if "unit" in found and is_whole:
        raise _refused("unit", f"{field} is a whole number and has no unit")
    if isinstance(least, Decimal) and isinstance(most, Decimal) and least > most:
        raise _refused("min", f"min {least} is above max {most}")
    if field is not None:
        asked = [found.pop(name, None) for name in ("unit", "min", "max")]
        found["field"] = msgspec.convert((field, *asked), NumberRange)
    return found


def _refused(name: str, detail: str) -> Malformed:
    return Malformed(detail, parameter=name)


def entries(kept: Conditions) -> list[tuple[Filter, object]]:
    """Each filter of a list with its value."""
    return [
        (value.filter, value.value) if isinstance(value, Instead) else (_BY_NAME[name], value)
        for name, value in kept.items()
    ]


def belonging(kept: Conditions) -> list[object]:
    """The part of a cursor's fingerprint that comes from the filters; a cursor of other filters is refused."""
    told: list[object] = [None]  # as earlier releases wrote it, so that their cursors stay valid
    for one in FILTERS:
        value = kept.get(one.name)
        if value is None:
            told += one.absent
        elif not one.absent:
            told += [one.name, value]
        else:
            told += value if isinstance(value, tuple) else [value]
    return [*told, None]
