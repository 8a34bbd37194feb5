"""Endpoints for sources and their archived text."""

from typing import Annotated

from msgspec import Meta, Struct

from service.api.facts import NextCursor
from service.core.decoding import Reader
from service.core.requests import AddSnapshot
from service.core.sources import PostSource, Source, encoding_of
from service.operations import registry
from service.operations.exchange import add_source
from service.operations.texts import snapshot
from service.web import tables
from service.web.call import Call
from service.web.contract import (
    IF_NONE_MATCH,
    LISTED_THEN,
    READ_THEN,
    Answer,
    Link,
    Operation,
    next_page,
)
from service.web.parameters import Nothing, Paging, SourcePath, TimesQuery
from service.web.replies import WRITTEN, Reply, json_reply, paged, written

TAG = "sources"
PLAIN = "text/plain"
TEXT = "text/plain; charset=utf-8"  # of answers: without a charset, some clients take text for Latin-1


class SourcePage(Struct, frozen=True, kw_only=True):
    """A page of sources."""

    items: Annotated[list[Source], Meta(max_length=1000, description="The sources.")]
    next: NextCursor


_sources = Reader[PostSource](PostSource)


async def list_sources(call: Call) -> Reply:
    """GET /v1/sources."""
    return await paged(call, "sources", registry.source_list, 0, lambda source: source.position)


async def get_source(call: Call) -> Reply:
    """GET /v1/sources/{id}."""
    times = call.times(call.query(TimesQuery))
    found = await registry.source(call.database, call.parameters(SourcePath).id, times)
    return json_reply(found.found, position=found.position)


async def get_source_text(call: Call) -> Reply:
    """GET /v1/sources/{id}/text."""
    times = call.times(call.query(TimesQuery))
    text = await registry.source_text(call.database, call.parameters(SourcePath).id, times)
    return Reply(text.found.encode(), media=TEXT, position=text.position)


async def post_source(call: Call) -> Reply:
    """POST /v1/sources."""
    call.query(Nothing)
    request = await add_source(await call.body(_sources))
    return await written(call, request, "/v1/sources")


async def put_snapshot(call: Call) -> Reply:
    """PUT /v1/sources/{id}/snapshot."""
    call.query(Nothing)
    source_id = call.parameters(SourcePath).id
    content = await call.raw_body(
        PLAIN, "text/markdown", "text/html", "application/json", "application/octet-stream"
    )
    label = call.charset()
    encoding = None if label is None else encoding_of(label, parameter="Content-Type")
    known = await registry.source(call.database, source_id)
    request = AddSnapshot(source_id, await snapshot(content, known.found.media_type, encoding))
    return await written(call, request, "/v1/sources")


_LINKS = {
    "GetSource": Link(operation="getSource", parameters={"id": "$response.body#/id"}, description="Read it."),
    "GetSourceText": Link(
        operation="getSourceText", parameters={"id": "$response.body#/id"}, description="Read its text."
    ),
    "AssertFact": Link(
        operation="assertFact",
        parameters={},
        body={
            "kind": "statement",
            "company": "alibaba-cloud",
            "subject": "ai-cloud",
            "value": {"text": "Alibaba Cloud leads the AI cloud market in China."},
            "known_at": "2026-02-19",
            "citations": [{"source": "$response.body#/id"}],
        },
        description="Assert a fact that cites it.",
    ),
    "ListSourceFacts": Link(
        operation="listSourceFacts",
        parameters={"id": "$response.body#/id"},
        description="See the facts that cite it.",
    ),
}
_POSTED = {
    **_LINKS,
    "PutSnapshot": Link(
        operation="putSnapshot",
        parameters={"id": "$response.body#/id"},
        body="$request.body#/text",
        description="Archive its content, where that is known only now; once more is no harm.",
    ),
}

OPERATIONS = (
    *tables.tabular(Operation(
        method="GET", path="/v1/sources", id="listSources", tag=TAG, handler=list_sources, query=Paging,
        summary="List sources", description="Sources in the order recorded; with `q`, those whose title has it.",
        answers={200: Answer(
            description="A page of sources.", type=SourcePage, headers=LISTED_THEN,
            links={
                "GetSource": Link(
                    operation="getSource", parameters={"id": "$response.body#/items/0/id"}, description="Read the first."
                ),
                "NextPage": next_page("listSources", Paging),
            },
        )},
        problems=(422,), headers={"If-None-Match": IF_NONE_MATCH},
    ), tables.SOURCES),
    Operation(
        method="POST", path="/v1/sources", id="postSource", tag=TAG, handler=post_source, scope="write",
        summary="Record a source",
        description="Records a document or data set, by its content, the hash of its content, or its address. What is said "
        "of it never changes; content that comes later is archived.",
        body=PostSource, body_limit="max_body_bytes",
        body_example={
            "title": "AI Catalyst briefing", "publisher": "companyfacts", "published_at": "2025-12-31",
            "text": "The AI Catalyst Program offers 2 billion free tokens.",
        },
        problems=(409, 422),
        answers={
            201: Answer(description="The source recorded.", type=Source, headers=WRITTEN, links=_POSTED),
            200: Answer(
                description="The source, which was recorded already.", type=Source, headers=WRITTEN, links=_POSTED,
            ),
        },
    ),
    Operation(
        method="GET", path="/v1/sources/{id}", id="getSource", tag=TAG, handler=get_source, parameters=SourcePath,
        query=TimesQuery,
        summary="Get a source", description="What is known of a document or data set.",
        answers={200: Answer(description="The source.", type=Source, headers=READ_THEN, links=_LINKS)},
        problems=(404, 422), headers={"If-None-Match": IF_NONE_MATCH},
    ),
    Operation(
        method="GET", path="/v1/sources/{id}/text", id="getSourceText", tag=TAG, handler=get_source_text, parameters=SourcePath,
        query=TimesQuery,
        summary="Get a source's text",
        description="The archived text that selectors address, in UTF-8. Of sources archived for checking only: 403.",
        answers={200: Answer(
            description="The text.", media=TEXT, headers=READ_THEN,
            example="Alibaba Cloud holds a 36 percent share of the AI cloud market in China.",
        )},
        problems=(403, 404, 422), headers={"If-None-Match": IF_NONE_MATCH},
    ),
    Operation(
        method="PUT", path="/v1/sources/{id}/snapshot", id="putSnapshot", tag=TAG, handler=put_snapshot, parameters=SourcePath,
        scope="write",
        summary="Archive a source's content",
        description="The bytes whose hash names the source. Every citation of it is checked then; what changes is an entry.",
        body_limit="max_body_bytes",
        body=bytes, body_media=PLAIN, body_example="Alibaba Cloud holds a 36 percent share of the AI cloud market in China.",
        problems=(404, 409, 422),
        answers={
            201: Answer(description="The source, now archived.", type=Source, headers=WRITTEN, links=_LINKS),
            200: Answer(description="The source, which was archived already.", type=Source, headers=WRITTEN, links=_LINKS),
        },
    ),
)  # fmt: skip
