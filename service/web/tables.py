"""Lists as CSV (RFC 4180), for `Accept: text/csv` or a path that ends in `.csv`.

A cell that a spreadsheet would run as a formula gets a leading apostrophe; numbers stay as they are. Nested values
(dimensions, identifiers, the whole value) are JSON in one cell. `docs/csv.md` describes the columns.
"""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple, cast

import msgspec

from service.core.differences import Json
from service.core.kinds import KINDS, Definition
from service.web.contract import Answer, Operation
from service.web.exchange import Call, Reply

CSV = "text/csv; charset=utf-8; header=present"

_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_page = msgspec.json.Decoder(dict[str, object])


class Column(NamedTuple):
    """A CSV column. Its cell is the first value found at `places`: dotted paths in the item, or, after a slash, in the page.

    With `by_kind`, the path is chosen by the item's kind instead.
    """

    name: str
    places: tuple[str, ...]
    by_kind: Mapping[str, str] | None = None


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
RESOLUTION = columns(*(f"{name}=resolution.{name}" for name in ("concept", "group", "others", "checks")))
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


def tabular(operation: Operation, shown: Sequence[Column]) -> tuple[Operation, Operation]:
    """Two operations: the given one, which then also offers CSV, and a second one at the path with `.csv`."""

    async def negotiated(call: Call) -> Reply:
        reply = await operation.handler(call)
        if call.media() == CSV:
            reply = written(reply, shown)
        return reply._replace(headers={**reply.headers, "vary": "Accept"})

    async def table(call: Call) -> Reply:
        return written(await operation.handler(call), shown)

    answer = operation.answers[200]
    both = msgspec.structs.replace(answer, other_media=(*answer.other_media, CSV))
    alone = Answer(description=f"{answer.description} As CSV.", media=CSV, headers=answer.headers)
    return (
        msgspec.structs.replace(operation, handler=negotiated, answers={**operation.answers, 200: both}),
        msgspec.structs.replace(
            operation,
            path=f"{operation.path}.csv",
            id=f"{operation.id}Csv",
            summary=f"{operation.summary} as CSV",
            description=f"{operation.description} The columns are those of the guide on CSV.",
            handler=table,
            answers={200: alone},
        ),
    )


def written(reply: Reply, shown: Sequence[Column]) -> Reply:
    """Convert a JSON page to CSV."""
    if not isinstance(reply.body, bytes):
        raise TypeError("a stream cannot be converted to CSV")
    page = cast("Mapping[str, Json]", _page.decode(reply.body))
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\r\n")
    lines.writerow([column.name for column in shown])
    for item in cast("Sequence[Json]", page["items"]):
        lines.writerow([_cell(_found(column, item, page)) for column in shown])
    return reply._replace(body=text.getvalue().encode(), media=CSV)


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
