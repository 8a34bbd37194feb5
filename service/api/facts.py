"""Facts: one by id, its versions, lists, assertions and retractions."""

from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import aclosing
from typing import Annotated, NamedTuple

import msgspec
from msgspec import Meta, Struct

from service.core.citations import Verdict
from service.core.decoding import Reader
from service.core.differences import Diff
from service.core.facts import AnyAssert, AnyFact, AnyVersion, Retraction, VersionNumber
from service.core.history import Times
from service.core.lists import ByNumber, Place, fingerprint, next_cursor
from service.core.requests import AssertFact, RetractFact
from service.core.text import Text
from service.operations import facts
from service.operations.facts import ListScope
from service.operations.filters import Conditions, belonging
from service.recording import writer as recording
from service.web import parameters, tables
from service.web.call import Call
from service.web.contract import (
    BRIEF_BODY,
    ETAG,
    IF_MATCH,
    IF_NONE_MATCH,
    LINK,
    LOCATION,
    LOG_POSITION,
    NDJSON,
    Answer,
    Link,
    Operation,
    next_page,
)
from service.web.cursors import continued
from service.web.parameters import (
    AssertQuery,
    CompanyPath,
    DiffQuery,
    FactPath,
    FilterQuery,
    Nothing,
    SourcePath,
    TimesQuery,
    VersionPaging,
    VersionPath,
    given,
)
from service.web.replies import Reply, lines, page, written

TAG = "facts"

NextCursor = Annotated[
    Annotated[str, Meta(max_length=2000)] | None,
    Meta(description="Cursor of the next page; null after the last.", examples=["eyJhZnRlciI6W119"]),
]


class FactPage(Struct, frozen=True, kw_only=True):
    """A page of facts."""

    items: Annotated[list[AnyFact], Meta(max_length=1000, description="The facts.")]
    next: NextCursor


class VersionPage(Struct, frozen=True, kw_only=True):
    """A page of a fact's versions, in the order recorded."""

    items: Annotated[list[AnyVersion], Meta(max_length=1000, description="Assertions and retractions.")]
    next: NextCursor


class PostRetraction(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A retraction: the version to take back, and why."""

    version: Annotated[VersionNumber, Meta(description="The version to take back.")]
    reason: Annotated[Text, Meta(description="Why.", examples=["misread: the figure is for the group"])]


_assertions: Reader[AnyAssert] = Reader(AnyAssert)
_retractions = Reader[PostRetraction](PostRetraction)

LINKS = {
    "GetFact": Link(operation="getFact", parameters={"id": "$response.body#/id"}, description="Read it."),
    "ListFactVersions": Link(
        operation="listFactVersions", parameters={"id": "$response.body#/id"}, description="Read its history."
    ),
    "LookUpFact": Link(
        operation="lookUpFact",
        parameters={
            "company": "$response.body#/company",
            "kind": "$response.body#/kind",
            "subject": "$response.body#/subject",
        },
        description="See what its company's series answers now.",
    ),
    "GetFactVersion": Link(
        operation="getFactVersion",
        parameters={"id": "$response.body#/id", "n": "$response.body#/version"},
        description="Read this version.",
    ),
    "DiffFact": Link(
        operation="diffFactVersions",
        parameters={"id": "$response.body#/id", "from": "1", "to": "$response.body#/version"},
        description="See what changed since the first version.",
    ),
    "ListCompanyFacts": Link(
        operation="listCompanyFacts",
        parameters={"ref": "$response.body#/company"},
        description="See its company's facts.",
    ),
}
_CHANGES = {
    "RestateFact": Link(
        operation="assertFact",
        parameters={"If-Match": "$response.header.ETag"},
        body={
            **{
                name: f"$response.body#/{name}"
                for name in ("kind", "company", "subject", "dimensions", "basis", "period", "value")
            },
            "known_at": "2026-06-30",
            "citations": [{"source": "$response.body#/citations/0/source/id"}],
        },
        description="Assert it again, as made public on another day: a new version, if nobody wrote one meanwhile.",
    ),
    "RetractFact": Link(
        operation="retractFact",
        parameters={"id": "$response.body#/id"},
        body={"version": "$response.body#/version", "reason": "a mistake"},
        description="Take it back.",
    ),
}


def _facts(operation: str, path: type[Struct] = Nothing) -> Answer:
    """A page of facts."""
    return Answer(
        description="A page of facts, ordered by company, kind, subject, latest period, id.",
        type=FactPage,
        line=AnyFact,
        headers={"ETag": ETAG, "Log-Position": LOG_POSITION, "Link": LINK},
        links={
            "GetFact": Link(
                operation="getFact",
                parameters={"id": "$response.body#/items/0/id"},
                description="Read the first.",
            ),
            "NextPage": next_page(operation, FilterQuery, path),
        },
    )


async def get_fact(call: Call) -> Reply:
    """GET /v1/facts/{id}."""
    read = await facts.fact(call.database, call.parameters(FactPath).id, call.times(call.query(TimesQuery)))
    return Reply(read.body, position=read.position)


def scope_of_all(_: Call) -> ListScope:
    """The facts of GET /v1/facts."""
    return ListScope()


def scope_of_company(call: Call) -> ListScope:
    """The facts of GET /v1/companies/{ref}/facts."""
    return ListScope(company=call.parameters(CompanyPath).ref)


def scope_of_source(call: Call) -> ListScope:
    """The facts of GET /v1/sources/{id}/facts."""
    return ListScope(source=call.parameters(SourcePath).id)


async def list_facts(call: Call) -> Reply:
    """GET /v1/facts."""
    return await listed(call, scope_of_all(call))


async def list_company_facts(call: Call) -> Reply:
    """GET /v1/companies/{ref}/facts."""
    return await listed(call, scope_of_company(call))


async def list_source_facts(call: Call) -> Reply:
    """GET /v1/sources/{id}/facts."""
    return await listed(call, scope_of_source(call))


# the JSON of facts of a list, at the times of the list, with more members
ToldBeside = Callable[[Sequence[bytes], Times], Awaitable[list[bytes]]]


class ListMeaning(NamedTuple):
    """The filters that a list has, and what is told beside its facts."""

    kept: Conditions
    beside: ToldBeside | None = None


async def listed(
    call: Call, scope: ListScope, meant: Callable[[Conditions], ListMeaning] = ListMeaning
) -> Reply:
    """The answer to a question for a list. `meant` may put other filters in place of those that were given."""
    query = call.query(FilterQuery)
    kept = parameters.kept(query)
    times = call.times(query)
    # `at` and `recorded_at` only choose a position, which the cursor holds; so they are not in the fingerprint
    belongs = fingerprint(scope, belonging(kept), times.known_at)
    after = None
    if (text := given(query.cursor)) is not None:
        after, times = await continued(call.database, text, belongs, Place, times)
    kept, beside = meant(kept)
    if call.media() == NDJSON:
        most = query.limit if call.gives("limit") else None
        whole = await facts.whole_list(call.database, scope, kept, times, after, most)
        parts = whole.parts
        if beside is not None:
            parts = _each_part(parts, beside, times.answered_at(whole.position))
        return lines(call, parts, whole.first, whole.position)
    found = await facts.fact_list(call.database, scope, kept, times, after, query.limit)
    items = found.items if beside is None else await beside(found.items, times.answered_at(found.position))
    cursor = next_cursor(found.after, found.position, belongs)
    return Reply(page(items, cursor), headers=call.link_next(cursor), position=found.position)


async def _each_part(
    parts: AsyncGenerator[list[bytes], None], beside: ToldBeside, times: Times
) -> AsyncGenerator[list[bytes], None]:
    async with aclosing(parts):
        async for items in parts:
            yield await beside(items, times)


async def list_fact_versions(call: Call) -> Reply:
    """GET /v1/facts/{id}/versions."""
    query, fact_id = call.query(VersionPaging), call.parameters(FactPath).id
    times = call.times(query)
    belongs = fingerprint("versions", fact_id, times.known_at)
    after = ByNumber(0)
    if (text := given(query.cursor)) is not None:
        after, times = await continued(call.database, text, belongs, ByNumber, times)
    found = await facts.versions(call.database, fact_id, times, after, query.limit)
    cursor = next_cursor(found.after, found.position, belongs)
    return Reply(page(found.items, cursor), headers=call.link_next(cursor), position=found.position)


async def get_fact_version(call: Call) -> Reply:
    """GET /v1/facts/{id}/versions/{n}."""
    path = call.parameters(VersionPath)
    read = await facts.version(call.database, path.id, path.n, call.times(call.query(TimesQuery)))
    return Reply(read.body, position=read.position)


async def diff_fact_versions(call: Call) -> Reply:
    """GET /v1/facts/{id}/diff."""
    query = call.query(DiffQuery)
    read = await facts.diff(
        call.database, call.parameters(FactPath).id, query.start, query.end, call.times(query)
    )
    return Reply(read.body, position=read.position)


def demanded(call: Call, query: AssertQuery) -> Verdict | None:
    """The verdict that an assertion must reach; None: any."""
    return "verified" if call.settings.require_verified else given(query.evidence)


async def assert_fact(call: Call) -> Reply:
    """POST /v1/facts."""
    query = call.query(AssertQuery)
    request = AssertFact(
        await call.body(_assertions),
        if_match=call.condition(b"if-match"),
        if_none_match=call.condition(b"if-none-match"),
        demand=demanded(call, query),
    )
    return await written(call, request, "/v1/facts")


async def retract_fact(call: Call) -> Reply:
    """POST /v1/facts/{id}/retractions."""
    fact_id = call.parameters(FactPath).id
    call.query(Nothing)
    post = await call.body(_retractions)
    request = RetractFact(fact_id, post.version, post.reason, call.condition(b"if-match"))
    outcome, position = await recording.record_one(call.writes, request, author=call.author)
    number = msgspec.json.decode(outcome.body or b"", type=Retraction).version
    return Reply(
        outcome.body or b"",
        201 if outcome.created else 200,
        {"location": f"/v1/facts/{fact_id}/versions/{number}"},
        position=position,
        etag=outcome.etag,
    )


_WRITTEN = {"ETag": ETAG, "Log-Position": LOG_POSITION, "Location": LOCATION}
_RETRACTED = Answer(
    description="The retraction.",
    type=Retraction,
    headers=_WRITTEN,
    links={name: LINKS[name] for name in ("GetFact", "ListFactVersions", "GetFactVersion")},
)
READ = (404, 422)

OPERATIONS = (
    *tables.tabular(Operation(
        method="GET", path="/v1/facts", id="listFacts", tag=TAG, handler=list_facts, query=FilterQuery,
        summary="List facts",
        description="Facts of all companies that the filters keep. A cursor pins the list to the position of its first page.",
        answers={200: _facts("listFacts")},
        problems=(422,), headers={"If-None-Match": IF_NONE_MATCH},
    ), tables.FACTS),
    Operation(
        method="POST", path="/v1/facts", id="assertFact", tag=TAG, handler=assert_fact, query=AssertQuery, scope="write",
        summary="Assert a fact",
        description="Records a version of the fact that the body addresses, unless the same assertion already stands. "
        "Every citation is resolved against the archived text and checked.",
        body=AnyAssert, problems=(409, 412, 422),
        headers={"If-Match": IF_MATCH, "If-None-Match": IF_NONE_MATCH},
        answers={
            201: Answer(
                description="The version recorded.", type=AnyFact, headers=_WRITTEN,
                links={**LINKS, **_CHANGES},
            ),
            200: Answer(
                description="The version that already stood.", type=AnyFact, headers=_WRITTEN, links={**LINKS, **_CHANGES},
            ),
        },
    ),
    Operation(
        method="GET", path="/v1/facts/{id}", id="getFact", tag=TAG, handler=get_fact, query=TimesQuery, parameters=FactPath,
        summary="Get a fact",
        description="What the fact answers, now or at the times asked for; with status `retracted` where every assertion "
        "of it was taken back.",
        answers={200: Answer(
            description="The fact.", type=AnyFact, headers={"ETag": ETAG, "Log-Position": LOG_POSITION},
            links={**LINKS, **_CHANGES},
        )},
        problems=READ, headers={"If-None-Match": IF_NONE_MATCH},
    ),
    Operation(
        method="GET", path="/v1/facts/{id}/versions", id="listFactVersions", tag=TAG, handler=list_fact_versions,
        query=VersionPaging, parameters=FactPath,
        summary="List a fact's versions",
        description="Every assertion and retraction of the fact, in the order recorded.",
        answers={200: Answer(
            description="A page of versions.", type=VersionPage,
            headers={"ETag": ETAG, "Log-Position": LOG_POSITION, "Link": LINK},
            links={
                "GetFact": Link(
                    operation="getFact", parameters={"id": "$request.path.id"}, description="See what it answers now."
                ),
                "GetFactVersion": Link(
                    operation="getFactVersion",
                    parameters={"id": "$request.path.id", "n": "$response.body#/items/0/version"},
                    description="Read the first.",
                ),
                "NextPage": next_page("listFactVersions", VersionPaging, FactPath),
            },
        )},
        problems=READ, headers={"If-None-Match": IF_NONE_MATCH},
    ),
    Operation(
        method="GET", path="/v1/facts/{id}/versions/{n}", id="getFactVersion", tag=TAG, handler=get_fact_version,
        query=TimesQuery, parameters=VersionPath,
        summary="Get one version",
        description="One assertion or retraction, as it stood then.",
        answers={200: Answer(
            description="The version.", type=AnyVersion, headers={"ETag": ETAG, "Log-Position": LOG_POSITION},
            links={name: LINKS[name] for name in ("GetFact", "ListFactVersions", "DiffFact")},
        )},
        problems=READ, headers={"If-None-Match": IF_NONE_MATCH},
    ),
    Operation(
        method="GET", path="/v1/facts/{id}/diff", id="diffFactVersions", tag=TAG, handler=diff_fact_versions, query=DiffQuery,
        parameters=FactPath,
        summary="Compare two versions",
        description="The fields that differ between two versions, and the class of every step between them.",
        answers={200: Answer(
            description="The differences.", type=Diff, headers={"ETag": ETAG, "Log-Position": LOG_POSITION},
            links={
                "GetFact": Link(
                    operation="getFact", parameters={"id": "$response.body#/id"}, description="See what it answers now."
                ),
                "GetFactVersion": Link(
                    operation="getFactVersion", parameters={"id": "$response.body#/id", "n": "$response.body#/to"},
                    description="Read the later one.",
                ),
                "RetractFact": Link(
                    operation="retractFact", parameters={"id": "$response.body#/id"},
                    body={"version": "$response.body#/to", "reason": "a mistake"},
                    description="Take the later one back.",
                ),
            },
        )},
        problems=READ, headers={"If-None-Match": IF_NONE_MATCH},
    ),
    Operation(
        method="POST", path="/v1/facts/{id}/retractions", id="retractFact", tag=TAG, handler=retract_fact, parameters=FactPath,
        scope="write",
        summary="Retract a version",
        description="Records that an assertion is taken back. It stays in the history and no longer answers.",
        body_limit=BRIEF_BODY,
        body=PostRetraction, body_example={"version": 1, "reason": "misread: the figure is for the group"},
        problems=(404, 409, 422), headers={"If-Match": IF_MATCH}, answers={201: _RETRACTED, 200: _RETRACTED},
    ),
    *tables.tabular(Operation(
        method="GET", path="/v1/companies/{ref}/facts", id="listCompanyFacts", tag=TAG, handler=list_company_facts,
        query=FilterQuery, parameters=CompanyPath,
        summary="List a company's facts",
        description="The company's facts that the filters keep.",
        answers={200: _facts("listCompanyFacts", CompanyPath)}, problems=READ, headers={"If-None-Match": IF_NONE_MATCH},
    ), tables.FACTS),
    *tables.tabular(Operation(
        method="GET", path="/v1/sources/{id}/facts", id="listSourceFacts", tag=TAG, handler=list_source_facts, query=FilterQuery,
        parameters=SourcePath,
        summary="List the facts that cite a source",
        description="Facts with a version that cites the source, of those that the filters keep.",
        answers={200: _facts("listSourceFacts", SourcePath)}, problems=READ, headers={"If-None-Match": IF_NONE_MATCH},
    ), tables.FACTS),
)  # fmt: skip
