"""Search with standard concepts, in place of search by words alone. Imported only if the server has search."""

from collections.abc import Mapping

from service.search.api import SearchParameters, SearchResults
from service.search.ranking import HitKind
from service.search.reads import search
from service.web.call import Call
from service.web.contract import Operation
from service.web.parameters import given
from service.web.replies import Reply, json_reply
from service.words.finding import first, placed_first
from service.words.replacing import replaced


async def get_search(call: Call) -> Reply:
    """GET /v1/search."""
    query = call.query(SearchParameters)
    kind: HitKind | None = given(query.kind)
    times = call.times(query)
    found, position = await search(call.database, query.q, kind, query.limit, times)
    best = await first(call.database, query.q, kind, times._replace(at=position, recorded_at=None))
    if best is not None:
        found = placed_first(best, found, query.limit)
    return json_reply(SearchResults(items=found), position=position)


def over_search(own: Mapping[str, Operation]) -> dict[str, Operation]:
    """The replacement of search."""
    return {"searchEverything": replaced(own["searchEverything"], get_search)}
