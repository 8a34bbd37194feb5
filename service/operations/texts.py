"""Extracts texts and tables of content, of long content in another process; finds texts that would be others today."""

from collections.abc import AsyncGenerator
from itertools import takewhile
from typing import NamedTuple

from service.core.encodings import UTF_8, marked
from service.core.errors import CompanyFactsError, Invalid, Unavailable
from service.core.html_tables import Table
from service.core.sources import (
    ExtractedText,
    Snapshot,
    is_page,
    read,
    read_one,
    tables_of,
    text_now,
    text_now_one,
)
from service.evidence.asides import aside
from service.evidence.examining import LONG
from service.postgres.database import Database
from service.store import sources

_AT_ONCE = 100  # sources


async def snapshot(content: bytes, media_type: str, encoding: str | None) -> Snapshot:
    """A snapshot of content with its text, which selectors address (`core.sources.read`).

    Raises Invalid if no text can be extracted, or not in time; Unavailable if too many texts are waiting.
    """
    decoded = encoding not in {None, UTF_8} or marked(content) is not None
    if len(content) > LONG and (decoded or is_page(media_type)):
        (found,) = await aside(read_one, None, [(content, media_type, encoding)], pointer="/text")
        if isinstance(found, CompanyFactsError):
            raise found
    else:
        found = read(content, media_type, encoding)
    return Snapshot(content, media_type, found.text, found.extractor)


async def tables(archived: Snapshot, first: int, last: int) -> list[Table]:
    """The tables of an archived page with words in a part of its text; none if they cannot be found in time."""
    if not is_page(archived.media_type):
        return []
    asked = (archived, first, last)
    if len(archived.content) <= LONG:
        return tables_of(None, asked)
    try:
        (found,) = await aside(tables_of, None, [asked], pointer="")
    except Unavailable:  # too many long texts are waiting
        return []
    return [] if isinstance(found, CompanyFactsError) else found


class Changed(NamedTuple):
    """A source whose archived text differs from the one that would be extracted today."""

    id: str
    then: str  # the extractor of the archived text
    now: str | None  # the extractor of today; None: extraction fails
    told: str  # where the texts begin to differ, or why extraction fails


async def changed(database: Database) -> AsyncGenerator[Changed, None]:
    """Sources whose text would be different if they were archived today. Changes nothing."""
    after = 0
    while True:
        async with database.session() as session:
            page = await sources.extracted_sources(session, after, _AT_ONCE)
        for key, source_id in page:
            async with database.session() as session:
                archived = await sources.snapshot_of(session, key)
            if archived is None or archived.extractor is None or archived.withheld is not None:
                continue
            found = await _text_now(archived)
            if isinstance(found, CompanyFactsError):
                yield Changed(source_id, archived.extractor, None, found.detail)
            elif found is not None:
                where = _common(archived.text, found.text or archived.content.decode())
                told = f"other text from code point {where} on"
                yield Changed(source_id, archived.extractor, found.extractor, told)
        if len(page) < _AT_ONCE:
            return
        after = page[-1][0]


async def _text_now(archived: Snapshot) -> ExtractedText | CompanyFactsError | None:
    if len(archived.content) > LONG:
        return (await aside(text_now_one, None, [archived], pointer="/text"))[0]
    try:
        return text_now(archived)
    except Invalid as error:
        return error


def _common(one: str, other: str) -> int:
    """The length of the common beginning of two texts, in code points."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
