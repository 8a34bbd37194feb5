"""The operations of the pages. Each takes the parameters of the API's operation whose answer it shows."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Annotated, Any, NamedTuple

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from service.core.text import Subject
from service.pages import companies, facts, figures, home, keys, log, sources, writing
from service.pages.rendering import problem_page
from service.web.call import Call
from service.web.contract import (
    BRIEF_BODY,
    ETAG,
    HTML,
    IF_NONE_MATCH,
    POLICY,
    Answer,
    Capability,
    Header,
    Operation,
    policy_header,
)
from service.web.parameters import CompanyPath, FactPath, Nothing, Reference, SourcePath, TimesQuery
from service.web.replies import Reply

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
    own_query: type[Struct] | None = None  # the query of a page that shows no answer of the API
    more: tuple[tuple[str, Any, Any], ...] = ()  # fields of the query beside the times and those of `of`
    problems: tuple[int, ...] = ()
    open: bool = False  # never needs a key


_PAGES = (
    _Shows(
        "/", "getHomePage", home.get_home, "Open the home page",
        "A page to start from: search, what was recorded last, companies. Only for clients that name HTML in `Accept`.",
        problems=(404, 422),
    ),
    _Shows(
        "/companies", "listCompaniesPage", companies.get_companies, "See companies",
        "The companies by slug, or those that have the words.", of="listCompanies",
        problems=(422,),
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
        parameters=SourcePath, more=(("start", sources.Start, 0), ("readings", sources.WithReadings, False)), problems=(404, 422),
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
        "/assert", "getAssertPage", writing.get_assert, "Open the form of a fact",
        "A form to state a fact, with the passage of a source that it was read from.", own_query=writing.AssertPageQuery,
        problems=(404, 422),
    ),
    _Shows(
        "/facts/{id}/retract", "getRetractPage", writing.get_retract, "Open the form of a retraction",
        "A form to take back the assertion that answers.", own_query=Nothing, parameters=FactPath, problems=(404,),
    ),
    _Shows(
        "/key", "getKeyPage", keys.get_key, "Open the form of a key",
        "A form to give the key that pages of this service are asked for and written with.", own_query=keys.KeyPageQuery,
        open=True,
    ),
    _Shows(
        "/search", "getSearchPage", home.get_search, "Search on a page", "What a search finds, the best first.",
        of="searchEverything",
    ),
)  # fmt: skip


_Field = Annotated[str, Meta(max_length=20_000)]
_MOVED = Answer(
    description="Go on to the page named in `Location`.", media=HTML, headers={
        "Location": Header(
            description="The page to go on to.", schema={"type": "string", "maxLength": 2100, "examples": ["/assert"]}
        )
    }, example="",
)  # fmt: skip


def _form(
    path: str, id: str, handler: Callable[[Call], Awaitable[Reply]], summary: str, description: str,  # noqa: A002
    example: Mapping[str, str], *, answers: Mapping[int, Answer], problems: tuple[int, ...] = (), **more: Any,
) -> Operation:  # fmt: skip
    """An operation that a form of a page is sent to."""
    return Operation(
        method="POST", path=path, id=id, tag=TAG, handler=handler, page=True, summary=summary, description=description,
        body=dict[str, _Field], body_media=keys.FORM, body_limit=BRIEF_BODY, body_example=dict(example), answers=answers,
        problems=problems, **more,
    )  # fmt: skip


_CHECKED = Answer(
    description="The form, with what the check found.", media=HTML,
    headers={"Content-Security-Policy": policy_header(POLICY)}, example=_EXAMPLE,
)  # fmt: skip
_FORMS = (
    _form(
        "/forms/check", "checkForm", writing.post_check, "Check the form of a fact",
        "The form again, with the evidence that the assertion would get. Nothing is recorded. Fields have the JSON pointer "
        "of what they fill in the assertion as their name.",
        {"kind": "statement", "/company": "alibaba-cloud", "/subject": "strategy", "/value/text": "AI first"},
        answers={200: _CHECKED}, problems=(404, 409, 422),
    ),
    _form(
        "/forms/assert", "assertForm", writing.post_assert, "Send the form of a fact",
        "Records the assertion as `POST /v1/facts` does. With the key of the cookie, `token` is that of the page's form.",
        {"kind": "statement", "/company": "alibaba-cloud", "/subject": "strategy", "/value/text": "AI first"},
        answers={303: _MOVED}, problems=(404, 412, 428), scope="write",
    ),
    _form(
        "/forms/facts/{id}/retract", "retractForm", writing.post_retract, "Send the form of a retraction",
        "Records the retraction as `POST /v1/facts/{id}/retractions` does.", {"version": "1", "reason": "misread"},
        answers={303: _MOVED}, problems=(404, 412, 428), scope="write", parameters=FactPath,
    ),
    _form(
        "/forms/key", "keepKey", keys.post_key, "Give a key",
        "Keeps the key in a cookie that only pages read, until the browser is closed.", {"key": "cf_…", "to": "/"},
        answers={303: _MOVED}, problems=(401, 403, 408, 429, 503), open=True,
    ),
    _form(
        "/forms/key/forget", "forgetKey", keys.post_forget, "Forget the key", "Deletes the cookie.", {"token": "…"},
        answers={303: _MOVED}, problems=(403,), open=True,
    ),
)  # fmt: skip


def _query(shows: _Shows, own: Mapping[str, Operation]) -> type[Struct]:
    """The times, and the parameters of the API's operation."""
    if shows.own_query is not None:
        return shows.own_query
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
                problems=shows.problems, headers={"If-None-Match": IF_NONE_MATCH}, open=shows.open,
            )
            for shows in _PAGES
            if shows.of is None or shows.of in own
        ),
        *(sent for sent in _FORMS if sent.id != "checkForm" or "checkFact" in own),
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
