"""Lists as tables: CSV (RFC 4180) and Parquet, for what `Accept` says or a path that ends in `.csv` or `.parquet`.

The columns are the same. In CSV a cell that a spreadsheet would run as a formula gets a leading apostrophe; numbers stay as
they are. Nested values (dimensions, identifiers, the whole value) are JSON in one cell. `docs/csv.md` describes the columns.
"""

import csv
import io
import re
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, cast

import msgspec
from msgspec import inspect as types

from service.core.differences import Json
from service.core.kinds import KINDS, Definition
from service.core.quantities import DECIMAL_PATTERN
from service.web import parquet
from service.web.call import Call
from service.web.contract import PARQUET, Answer, Operation
from service.web.replies import Reply

Handler = Callable[[Call], Awaitable[Reply]]

CSV = "text/csv; charset=utf-8; header=present"

_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_page = msgspec.json.Decoder(dict[str, object])


class Column(NamedTuple):
    """A column of a table. Its cell is the first value found at `places`: dotted paths in the item, or after a slash in the page.

    With `by_kind`, the path is chosen by the item's kind instead.
    """

    name: str
    places: tuple[str, ...]
    by_kind: Mapping[str, str] | None = None
    sort: parquet.Sort | None = None  # what it holds, where the type of the page does not say so


def columns(*written: str) -> tuple[Column, ...]:
    """Parse columns written as `name` or `name=place|place`; a place is a dotted path of names and indexes."""
    pairs = (one.partition("=") for one in written)
    return tuple(Column(name, tuple((places or name).split("|"))) for name, _, places in pairs)


_QUANTITY = ("value", "low", "high", "unit", "decimals", "bound")
_SOURCE = ("source_id=source.id", "source_title=source.title", "source_url=source.url")


def facts_of(kinds: Sequence[Definition]) -> tuple[Column, ...]:
    """The columns of a list of facts. Each kind says where its main quantity and its text are."""
    main = {kind.name: f"value.{kind.main}" for kind in kinds if kind.main is not None}
    text = {kind.name: f"value.{kind.text}" for kind in kinds if kind.text is not None}
    return (
        *columns(
            "id", "company", "kind", "subject", "dimensions", "basis",
            "start=period.start", "end=period.end|period.instant",
        ),
        *(Column(name, (), {kind: f"{place}.{name}" for kind, place in main.items()}) for name in _QUANTITY),
        *columns("comparison=value.comparison"),
        Column("text", (), text),
        *columns(
            "details=value",
            "known_at", "version", "status", "recorded_at", "position", "evidence", "disputed",
            *(f"source_{name}=citations.0.source.{name}" for name in ("id", "title", "publisher", "url", "published_at")),
            "attributed_to", "inferred",
        ),
    )  # fmt: skip


FACTS = facts_of(KINDS)
# after the columns of facts, where a standard concept was asked for
RESOLUTION = (
    *columns("concept=resolution.concept"),
    Column("group", ("resolution.group",), sort="whole"),
    *columns("others=resolution.others", "checks=resolution.checks"),
)
COMPANIES = columns(
    "slug", "name", "aliases", "identifiers",
    *(f"{scheme}=identifiers.{scheme}" for scheme in ("lei", "cik", "isin", "ticker", "wikidata")),
    "country", "parent", "children", "recorded_at", "position",
)  # fmt: skip
CONCEPTS = columns("id", "label", "description", "recorded_at", "position")
SOURCES = columns(
    "id", "title", "publisher", "author", "url", "published_at", "media_type", "redistribute", "archived", "note",
    "recorded_at", "position", "language",
)  # fmt: skip
SERIES = columns(
    "company=/company", "kind=/kind", "subject=subject|/subject", "dimensions=/dimensions", "basis=/basis",
    "comparison=/comparison",
    "start=period.start", "end=period.end|period.instant", "frame",
    *(f"{name}=quantity.{name}" for name in _QUANTITY),
    "known_at", "status", "evidence", "fact", "version", *_SOURCE,
    "realtime_start", "realtime_end", "versions", "operands=derived.operands",
    "attributed_to",
)  # fmt: skip
FRAMES = columns(
    "company", "kind=/kind", "subject=subject|/subject", "dimensions=/dimensions", "basis=/basis", "comparison=/comparison",
    "start=period.start", "end=period.end|period.instant", "frame",
    *(f"{name}=quantity.{name}" for name in _QUANTITY),
    "rank", "share=share.value",
    "known_at", "status", "evidence", "fact", "version", *_SOURCE, "attributed_to",
)  # fmt: skip


@dataclass(frozen=True)
class ListTable:
    """What a list is as a table: its columns, and the type of the JSON page that they are read from."""

    columns: Sequence[Column]
    page: object

    @cached_property
    def fields(self) -> list[parquet.Field]:
        """The columns with what they hold, by the types of the page."""
        page = types.type_info(cast("type", self.page))
        return [parquet.Field(column.name, _sort(column, page)) for column in self.columns]

    def rows(self, body: bytes) -> list[list[Json]]:
        """The cells of a page, row by row."""
        page = cast("Mapping[str, Json]", _page.decode(body))
        items = cast("Sequence[Json]", page["items"])
        return [self.row(item, page) for item in items]

    def row(self, item: Json, page: Json = None) -> list[Json]:
        """The cells of an item."""
        return [_found(column, item, page) for column in self.columns]


class TableForm(NamedTuple):
    """A form of tables beside JSON."""

    name: str
    id: str  # what is added to the id of an operation
    suffix: str  # what is added to its path
    media: str
    guide: str  # what the description of the operation says
    offered: Callable[[], bool]  # whether the service can write it
    written: Callable[[ListTable, bytes], Awaitable[bytes]]
    problems: Sequence[int] = ()


async def _as_csv(table: ListTable, body: bytes) -> bytes:
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\r\n")
    lines.writerow([column.name for column in table.columns])
    for row in table.rows(body):
        lines.writerow([_cell(cell) for cell in row])
    return text.getvalue().encode()


async def _as_parquet(table: ListTable, body: bytes) -> bytes:
    return await parquet.written(table.fields, table.rows(body))


CSV_TABLES = TableForm(
    "CSV", "Csv", ".csv", CSV, "The columns are those of the guide on CSV and Parquet.", lambda: True, _as_csv
)
PARQUET_TABLES = TableForm(
    "Parquet", "Parquet", ".parquet", PARQUET,
    "The columns are those of the guide on CSV and Parquet, with types. Needs the extra `parquet` of the service.",
    parquet.is_installed, _as_parquet, (501,),
)  # fmt: skip
FORMS = (CSV_TABLES, PARQUET_TABLES)
_BY_MEDIA = {form.media: form for form in FORMS}


def downloads(path: str, query: str) -> list[tuple[str, str]]:
    """The forms in which the service writes a list, each with its address."""
    return [(form.name, f"{path}{form.suffix}?{query}") for form in FORMS if form.offered()]


def tabular(operation: Operation, columns: Sequence[Column]) -> tuple[Operation, ...]:
    """The given operation, which then also offers tables, and one more for each form, at the path with its suffix."""
    answer = operation.answers[200]
    table = ListTable(columns, answer.type)
    offered = (*answer.other_media, *(form.media for form in FORMS))
    every = {problem for form in FORMS for problem in form.problems}
    return (
        msgspec.structs.replace(
            operation,
            handler=negotiated(operation.handler, table),
            answers={**operation.answers, 200: msgspec.structs.replace(answer, other_media=offered)},
            problems=(*operation.problems, *every),
        ),
        *(twin(operation, form, alone(operation.handler, table, form)) for form in FORMS),
    )


def twin(operation: Operation, form: TableForm, handler: Handler) -> Operation:
    """The operation that answers in a form alone."""
    answer = operation.answers[200]
    return msgspec.structs.replace(
        operation,
        path=f"{operation.path}{form.suffix}",
        id=f"{operation.id}{form.id}",
        summary=f"{operation.summary} as {form.name}",
        description=f"{operation.description} {form.guide}",
        handler=handler,
        answers={
            200: Answer(
                description=f"{answer.description} As {form.name}.", media=form.media, headers=answer.headers
            )
        },
        problems=(*operation.problems, *form.problems),
    )


def negotiated(handler: Handler, table: ListTable) -> Handler:
    """A handler that answers in the form that `Accept` prefers, by one that answers JSON."""

    async def answer(call: Call) -> Reply:
        form = _BY_MEDIA.get(call.media())
        reply = await (handler if form is None else alone(handler, table, form))(call)
        return reply._replace(headers={**reply.headers, "vary": "Accept"})

    return answer


def alone(handler: Handler, table: ListTable, form: TableForm) -> Handler:
    """A handler that answers in a form alone, by one that answers JSON or that form."""

    async def answer(call: Call) -> Reply:
        if not form.offered():
            raise parquet.missing()
        reply = await handler(call)
        if reply.media == form.media:
            return reply
        if not isinstance(reply.body, bytes):
            raise TypeError(f"a stream cannot be converted to {form.name}")
        return reply._replace(body=await form.written(table, reply.body), media=form.media)

    return answer


def _sort(column: Column, page: types.Type) -> parquet.Sort:
    """What a column holds. Values of several types are text."""
    if column.sort is not None:
        return column.sort
    places = [*column.places, *(column.by_kind or {}).values()]
    steps = [
        place[1:].split(".") if place[0] == "/" else ["items", "0", *place.split(".")] for place in places
    ]
    found: set[parquet.Sort] = {sort for one in steps for sort in _sorts(page, one)}
    return found.pop() if len(found) == 1 else "text"


def _sorts(info: types.Type, steps: Sequence[str]) -> Iterator[parquet.Sort]:
    """What the values at a place are; none if no type of a union has the place."""
    match info:
        case types.Metadata():
            yield from _sorts(info.type, steps)
        case types.UnionType():
            for one in info.types:
                yield from _sorts(one, steps)
        case types.NoneType():
            pass
        case _ if not steps:
            yield "decimal" if _is_decimal(info) else _SORTS.get(type(info), "text")
        case types.StructType():
            for field in info.fields:
                if field.encode_name == steps[0]:
                    yield from _sorts(field.type, steps[1:])
        case types.ListType():
            yield from _sorts(info.item_type, steps[1:])
        case types.DictType():
            yield from _sorts(info.value_type, steps[1:])
        case _:
            pass


_SORTS: Mapping[type[types.Type], parquet.Sort] = {
    types.DateType: "date",
    types.DateTimeType: "instant",
    types.IntType: "whole",
    types.BoolType: "truth",
}


def _is_decimal(info: types.Type) -> bool:
    return isinstance(info, types.StrType) and info.pattern == DECIMAL_PATTERN


def _found(column: Column, item: Json, page: Json) -> Json:
    places = column.places
    if column.by_kind is not None and isinstance(item, Mapping):
        place = column.by_kind.get(str(item["kind"]))
        places = () if place is None else (place,)
    for place in places:
        value = page if place[0] == "/" else item
        for step in place.removeprefix("/").split("."):
            if isinstance(value, Mapping):
                value = value.get(step)
            elif isinstance(value, list) and step.isdigit() and int(step) < len(value):
                value = value[int(step)]
            else:
                value = None
        if value is not None:
            return value
    return None


def _cell(value: Json) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_FORMULA) and not _NUMBER.fullmatch(value) else value
    return msgspec.json.encode(value).decode()
