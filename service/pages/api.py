"""The operations of the pages. Each takes the parameters of the API's operation whose answer it shows."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, NamedTuple

import msgspec
from msgspec import UNSET, Struct, UnsetType

from service.core.text import Subject
from service.pages import companies, facts, figures, home, log, sources
from service.pages.rendering import problem_page
from service.web.contract import (
    ETAG,
    HTML,
    IF_NONE_MATCH,
    POLICY,
    Answer,
    Capability,
    Operation,
    policy_header,
)
from service.web.exchange import Call, Reply
from service.web.parameters import CompanyPath, FactPath, Nothing, Reference, SourcePath, TimesQuery

TAG = "pages"
_CSS, _JS = "text/css; charset=utf-8", "text/javascript; charset=utf-8"

_SHOWN = {
    "ETag": ETAG,
    "Content-Security-Policy": policy_header(POLICY),
}
_EXAMPLE = "<!doctype html><title>Alibaba Cloud · companyfacts</title>…"


class _Shows(NamedTuple):
    """A page: the operation of the API whose parameters it takes, and what it adds to them."""

    path: str
    id: str
    handler: Callable[[Call], Awaitable[Reply]]
    summary: str
    description: str
    of: str | None = None  # the API's operation; the page is absent where the server has none
    parameters: type[Struct] = Nothing
    more: tuple[tuple[str, Any, Any], ...] = ()  # fields of the query beside the times and those of `of`
    problems: tuple[int, ...] = ()


_PAGES = (
    _Shows(
        "/", "getHomePage", home.get_home, "Open the home page",
        "A page to start from: search, what was recorded last, companies. Only for clients that name HTML in `Accept`.",
        problems=(404, 422),
    ),
    _Shows(
        "/companies", "listCompaniesPage", companies.get_companies, "See companies",
        "The companies by slug, or those that have the words.", of="listCompanies",
    ),
    _Shows(
        "/companies/{ref}", "getCompanyPage", companies.get_company, "See a company",
        "A company, its facts by kind, key figures and sources.", of="listCompanyFacts", parameters=CompanyPath,
        problems=(404, 422),
    ),
    _Shows(
        "/facts/{id}", "getFactPage", facts.get_fact, "See a fact",
        "A fact, the passage in its document with the numbers that were read, rivals, and the history.", of="getFact",
        parameters=FactPath, problems=(404, 422),
    ),
    _Shows(
        "/sources/{id}", "getSourcePage", sources.get_source, "See a source",
        "The archived text with all cited passages marked, and the facts that cite it.", of="getSource",
        parameters=SourcePath, more=(("start", sources.Start, 0),), problems=(404, 422),
    ),
    _Shows(
        "/series", "getSeriesPage", figures.get_series, "See a series",
        "One subject of a company over its periods: what stands, and what was public first.", of="getSeries",
        problems=(404, 409, 422),
    ),
    _Shows(
        "/frames", "getFramePage", figures.get_frame, "See a frame",
        "One subject in a calendar frame over all companies: ranked, with bars.", of="getFrame",
        more=(("mark", Reference | UnsetType, UNSET), ("against", Subject | UnsetType, UNSET)), problems=(422,),
    ),
    _Shows(
        "/changes", "getChangesPage", log.get_changes, "See the log",
        "The last entries of the log, or those after a position or of a fact.", of="listChanges", problems=(404, 422),
    ),
    _Shows(
        "/disputes", "getDisputesPage", log.get_disputes, "See disputes",
        "Facts that publishers contradict each other on, with the passages of both.", of="listFacts", problems=(404, 422),
    ),
    _Shows(
        "/search", "getSearchPage", home.get_search, "Search on a page", "What a search finds, the best first.",
        of="searchEverything",
    ),
)  # fmt: skip


def _query(shows: _Shows, own: Mapping[str, Operation]) -> type[Struct]:
    """The times, and the parameters of the API's operation."""
    fields: dict[str, tuple[str, Any, Any]] = {}
    for struct in (TimesQuery, *([] if shows.of is None else [own[shows.of].query])):
        for field in msgspec.structs.fields(struct):
            default = UNSET if field.required else field.default
            wanted = field.type | UnsetType if field.required else field.type
            fields[field.encode_name] = (
                field.name, wanted, msgspec.field(name=field.encode_name, default=default)
            )  # fmt: skip
    fields |= {name: (name, wanted, default) for name, wanted, default in shows.more}
    return msgspec.defstruct(
        f"{shows.id[0].upper()}{shows.id[1:]}", list(fields.values()), frozen=True, kw_only=True,
        namespace={"__doc__": f"Parameters of the page at `{shows.path}`."},
    )  # fmt: skip


def _operations(own: Mapping[str, Operation]) -> tuple[Operation, ...]:
    """The pages of a server that has these operations."""
    return (
        *(
            Operation(
                method="GET", path=shows.path, id=shows.id, tag=TAG, handler=shows.handler, page=True,
                parameters=shows.parameters, query=_query(shows, own), summary=shows.summary,
                description=shows.description,
                answers={200: Answer(description="The page.", media=HTML, headers=_SHOWN, example=_EXAMPLE)},
                problems=shows.problems, headers={"If-None-Match": IF_NONE_MATCH},
            )
            for shows in _PAGES
            if shows.of is None or shows.of in own
        ),
        Operation(
            method="GET", path="/pages/{name}", id="getPagesAsset", tag=TAG, handler=home.get_asset, open=True,
            parameters=home.PageFilePath, summary="Get a file that the pages load",
            description="Style and script of the pages. The name contains a hash of the content.",
            answers={200: Answer(
                description="The file.", media=_CSS, other_media=(_JS,), headers={"ETag": ETAG}, example="body { margin: 0; }",
            )},
            problems=(404,), headers={"If-None-Match": IF_NONE_MATCH},
        ),
    )  # fmt: skip


CAPABILITY = Capability(
    tag=TAG,
    about="What the API answers, as pages for people.",
    built_on=_operations,
    problem_page=problem_page,
)
