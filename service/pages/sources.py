"""The page of a source."""

from collections.abc import Sequence
from typing import Annotated

import msgspec
from msgspec import Meta

from service.core.citations import JsonPointer, Offset
from service.core.facts import AnyFact
from service.operations import registry, texts
from service.pages import passages, words
from service.pages.asking import Pairs, ask, ask_with, has, names, times_asked, times_of
from service.pages.companies import FactList
from service.pages.passages import Mark
from service.pages.rendering import PageHead, reply
from service.pages.tables import blocks
from service.web.call import Call
from service.web.parameters import SourcePath
from service.web.replies import Reply

PART = 60_000  # code points of a text on one page
_FACTS = 200

Start = Annotated[
    Offset, Meta(description="Code point of the text that the page begins with, about.", examples=[0])
]
WithReadings = Annotated[
    bool, Meta(description="Whether every number that the service reads in the text is marked.")
]
_facts = msgspec.json.Decoder(FactList)


async def get_source(call: Call) -> Reply:
    """GET /sources/{id}."""
    pairs, source_id = call.pairs(), call.parameters(SourcePath).id
    document = await registry.document(call.database, source_id, times_asked(call))
    source, archived, text = document.source, document.archived, document.text
    found = await ask(call, "listSourceFacts", {"id": source_id}, [*times_of(pairs), ("limit", str(_FACTS))])
    listed = _facts.decode(found.body)
    start = int(dict(pairs).get("start", "0"))
    first, last = (0, 0) if text is None else passages.part(text, min(start, len(text)), PART)
    marks = passages.merged(
        [mark for fact in listed.items for mark in _marks(fact, source_id, source.redistribute)]
    )
    may_read = text is not None and has(call, "readText")
    shows_readings = may_read and dict(pairs).get("readings") == "true"
    if shows_readings:
        numbers = [mark for mark in marks if mark.what != "passage"]
        read = await _read(call, source_id, first, last, times_of(pairs))
        marks = passages.merged([*marks, *(one for one in read if not passages.meets(one, numbers))])
    tables = [] if archived is None else await texts.tables(archived, first, last)
    return reply(
        call,
        "source.html",
        PageHead(
            source.title,
            f"{source.title}: the archived text, and the facts that cite it.",
            f"/v1/sources/{source_id}",
        ),
        source=source,
        blocks=[] if text is None else blocks(text, marks, tables, first, last),
        first=first,
        last=last,
        length=0 if text is None else len(text),
        before=max(0, first - PART) if first > 0 else None,
        has_text=text is not None,
        may_read=may_read,
        shows_readings=shows_readings,
        derived_from=await _origins(call, source.derived_from),
        facts=[(fact, _start(fact, source_id)) for fact in listed.items],
        facts_request=found.request,
        company_names=await names(call, [fact.company for fact in listed.items]),
        more=listed.next is not None,
    )


async def _read(call: Call, source_id: str, first: int, last: int, times: Pairs) -> list[Mark]:
    """Every number that is read in a part of the text."""
    asked = {"source": source_id, "start": first, "end": last}
    from service.checks.api import ReadingPage  # a server without this capability does not load it

    answer = await ask_with(call, "readText", asked, times)
    found = msgspec.json.decode(answer.body, type=ReadingPage).items
    return [Mark(one.start, one.end, "found", why=words.read_as(one.quantity)) for one in found]


async def _origins(call: Call, ids: Sequence[str]) -> list[tuple[str, str]]:
    """The ids and titles of the sources that a source was made from. As of a day their titles are not told."""
    known = {} if call.known_by is not None else await registry.titles(call.database, ids)
    return [(one, known.get(one, one)) for one in ids]


def _marks(fact: AnyFact, source_id: str, may_be_shown: bool) -> list[Mark]:
    found: list[Mark] = []
    for citation in fact.citations:
        selector = citation.selector
        if citation.source.id != source_id or not may_be_shown:
            continue
        if (
            selector is None
            or isinstance(selector, JsonPointer)
            or selector.start is None
            or selector.end is None
        ):
            continue
        found.append(Mark(selector.start, selector.end, "passage", f"/facts/{fact.id}"))
        for number in citation.evidence.numbers:
            if number.start is not None and number.end is not None:
                what = "agrees" if number.agrees else "differs"
                found.append(Mark(number.start, number.end, what, f"/facts/{fact.id}", number.reason or ""))
    return found


def _start(fact: AnyFact, source_id: str) -> int | None:
    """Where the passage of a fact begins in the source."""
    for citation in fact.citations:
        selector = citation.selector
        if citation.source.id == source_id and selector is not None and not isinstance(selector, JsonPointer):
            return selector.start
    return None
