"""Series and frames of standard concepts, in place of those of one subject. Imported only if the server has series."""

from collections.abc import Mapping

from service.core.history import Times
from service.operations import Database
from service.series.api import frame_reply, series_reply
from service.series.reads import FrameAnswer, SeriesAnswer
from service.series.rows import FramePlace, FrameQuery, SeriesQuery, Slice
from service.web import tables
from service.web.call import Call
from service.web.contract import Operation, Over
from service.web.replies import Reply
from service.web.tables import Handler
from service.words import figures
from service.words.answers import Broken, OfTag
from service.words.replacing import asked_for, tabular


def _series(own: Handler) -> Handler:
    async def get_series(call: Call) -> Reply:
        """GET /v1/series."""
        concept = asked_for(call)
        if concept is None:
            return await own(call)

        async def read(database: Database, query: SeriesQuery, times: Times, page: Slice) -> SeriesAnswer:
            if figures.is_standard(concept, query.kind, query.unit, query.comparison):
                return await figures.series(database, concept, query, times, page)
            return await figures.plain.series(database, query, times, page)

        return await series_reply(call, read)

    return get_series


def _frame(own: Handler) -> Handler:
    async def get_frame(call: Call) -> Reply:
        """GET /v1/frames."""
        concept = asked_for(call)
        if concept is None:
            return await own(call)

        async def read(
            database: Database, query: FrameQuery, times: Times, after: FramePlace | None, limit: int
        ) -> FrameAnswer:
            if figures.is_standard(concept, query.kind, query.unit, query.comparison):
                return await figures.frame(database, concept, query, times, after, limit)
            return await figures.plain.frame(database, query, times, after, limit)

        return await frame_reply(call, read)

    return get_frame


def over_series(own: Mapping[str, Operation]) -> Over:
    """The replacements of series and frames."""
    return Over(
        operations={
            **tabular(own, "getSeries", _series, tables.SERIES),
            **tabular(own, "getFrame", _frame, tables.FRAMES),
        },
        members={"SeriesPage": Broken, "SeriesRow": OfTag, "FrameRow": OfTag},
    )
