"""Search over companies, concepts, facts and sources."""

from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from service.search.ranking import AnyHit, HitKind
from service.search.reads import search
from service.web.call import Call
from service.web.contract import IF_NONE_MATCH, READ_THEN, Answer, Capability, Operation
from service.web.parameters import TimesQuery, given
from service.web.replies import Reply, json_reply

TAG = "search"
MOST = 100


class SearchParameters(TimesQuery, frozen=True, kw_only=True):
    """The query of a search."""

    q: Annotated[
        str,
        Meta(
            pattern=r"^[^\x00-\x1f\x7f]+$(?!\n)",
            min_length=1,
            max_length=200,
            description="Words; misspelt ones are understood. A ticker or another identifier alone means its company.",
            examples=["alibaba cloud revenue"],
            extra={"form": "words on one line, without control characters"},
        ),
    ]
    kind: Annotated[HitKind | UnsetType, Meta(description="Only this kind.", examples=["company"])] = UNSET
    limit: Annotated[int, Meta(ge=1, le=MOST, description="How many at most.", examples=[20])] = 20


class SearchResults(Struct, frozen=True, kw_only=True):
    """What a search found, the best first."""

    items: Annotated[list[AnyHit], Meta(max_length=MOST, description="What fits, the best first.")]


async def get_search(call: Call) -> Reply:
    """GET /v1/search."""
    query = call.query(SearchParameters)
    found = await search(call.database, query.q, given(query.kind), query.limit, call.times(query))
    return json_reply(SearchResults(items=found.hits), position=found.position)


_OPERATIONS = (
    Operation(
        method="GET", path="/v1/search", id="searchEverything", tag=TAG, handler=get_search, query=SearchParameters,
        summary="Search",
        description="Finds companies by names and identifiers, concepts by label and id, facts by company and subject or by "
        "their words, sources by title and by text that may be served. The best come first. Searches what is recorded now, or "
        "with times what was known then; misspelt words are then not understood.",
        answers={200: Answer(
            description="What was found.", type=SearchResults, headers=READ_THEN,
        )},
        problems=(422,), headers={"If-None-Match": IF_NONE_MATCH},
    ),
)  # fmt: skip

CAPABILITY = Capability(
    tag=TAG,
    about="Everything by a person's words.",
    operations=_OPERATIONS,
    unions={"SearchHit": (AnyHit, "Something found: a company, a concept, a fact or a source.")},
)
