"""The text of content: read where long texts keep nobody waiting, and compared with what would be read today."""

from collections.abc import AsyncGenerator
from itertools import takewhile
from typing import NamedTuple

from service.core.encodings import UTF_8, marked
from service.core.errors import CompanyFactsError, Invalid
from service.core.sources import Read, Snapshot, is_page, read, read_one, text_now, text_now_one
from service.evidence.asides import aside
from service.evidence.examining import LONG
from service.postgres.database import Database
from service.store import sources

_AT_ONCE = 100  # sources


async def snapshot(content: bytes, media_type: str, encoding: str | None) -> Snapshot:
    """Content with the text that selectors address (`domain.sources.read`).

    Raises Invalid where no text can be read out of it, or not in the time that there is for it; Unavailable where too
    many others wait for theirs.
    """
    decoded = encoding not in {None, UTF_8} or marked(content) is not None
    if len(content) > LONG and (decoded or is_page(media_type)):
        (found,) = await aside(read_one, None, [(content, media_type, encoding)], pointer="/text")
        if isinstance(found, CompanyFactsError):
            raise found
    else:
        found = read(content, media_type, encoding)
    return Snapshot(content, media_type, found.text, found.extractor)


class Changed(NamedTuple):
    """A source of which another text would be read today than is archived."""

    id: str
    then: str  # what read it
    now: str | None  # what would read it today; None: nothing would
    told: str  # where the texts part, or why there would be none


async def changed(database: Database) -> AsyncGenerator[Changed, None]:
    """The sources whose text would differ if they were archived today. Nothing is changed."""
    after = 0
    while True:
        async with database.session() as session:
            page = await sources.extracted_sources(session, after, _AT_ONCE)
        for key, source_id in page:
            async with database.session() as session:
                archived = await sources.snapshot_of(session, key)
            if archived is None or archived.extractor is None:
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


async def _text_now(archived: Snapshot) -> Read | CompanyFactsError | None:
    if len(archived.content) > LONG:
        return (await aside(text_now_one, None, [archived], pointer="/text"))[0]
    try:
        return text_now(archived)
    except Invalid as error:
        return error


def _common(one: str, other: str) -> int:
    """How many code points two texts begin with alike."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
