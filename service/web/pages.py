"""Pages for people: the guides, the interactive reference, and a page for each problem type; guides also as Markdown.

They load nothing from other hosts: Swagger UI is served from an installed package.
"""

from collections.abc import Mapping
from functools import cache
from html import escape
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from service.core.errors import NotFound
from service.web import guides
from service.web.call import Call
from service.web.contract import (
    ETAG,
    HTML,
    IF_NONE_MATCH,
    LINK,
    POLICY_WITHOUT_FORMS,
    Answer,
    Operation,
    policy_header,
)
from service.web.parameters import Nothing
from service.web.problems import SORTS, ProblemSort
from service.web.replies import Reply

TAG = "documentation"
MARKDOWN = "text/markdown; charset=utf-8"
PLAIN = "text/plain; charset=utf-8"
LINKSET = 'application/linkset+json; profile="https://www.rfc-editor.org/info/rfc9727"'


class GuidePath(Struct, frozen=True, kw_only=True):
    """A guide."""

    name: Annotated[
        str,
        Meta(
            pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$(?!\n)",
            min_length=1,
            max_length=100,
            description="Name of the guide.",
            examples=["concepts"],
            extra={"form": "the name of a guide, such as concepts"},
        ),
    ]


class GuideFilePath(Struct, frozen=True, kw_only=True):
    """A guide as Markdown."""

    file: Annotated[
        str,
        Meta(
            pattern=r"^[a-z0-9]+(-[a-z0-9]+)*\.md$(?!\n)",
            min_length=4,
            max_length=100,
            description="Name of the guide and `.md`.",
            examples=["concepts.md"],
            extra={"form": "the name of a guide and .md, such as concepts.md"},
        ),
    ]


class ProblemPath(Struct, frozen=True, kw_only=True):
    """A problem type."""

    code: Annotated[
        str,
        Meta(
            pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$(?!\n)",
            min_length=1,
            max_length=100,
            description="Last part of the `type` of a problem.",
            examples=["not-found"],
            extra={"form": "a problem type, such as not-found"},
        ),
    ]


class AssetPath(Struct, frozen=True, kw_only=True):
    """A script or style sheet of the pages."""

    name: Annotated[
        str,
        Meta(
            pattern=r"^[a-z0-9.-]+$(?!\n)",
            min_length=1,
            max_length=100,
            description="Name of the file.",
            examples=["pages.css"],
            extra={"form": "the name of a file, such as pages.css"},
        ),
    ]


async def get_documentation(call: Call) -> Reply:
    """GET /docs: the first guide."""
    call.query(Nothing)
    return _guide_page(guides.FIRST)


async def get_reference(call: Call) -> Reply:
    """GET /docs/reference."""
    call.query(Nothing)
    body = (
        '<link rel="stylesheet" href="/docs/assets/swagger-ui.css"><div id="reference"></div>'
        '<script src="/docs/assets/swagger-ui-bundle.js"></script><script src="/docs/assets/reference.js"></script>'
    )
    return _page("Reference", body)


async def list_guides(call: Call) -> Reply:
    """GET /docs/guides."""
    call.query(Nothing)
    groups = "".join(
        f"<h2>{title}</h2><ul>"
        + "".join(
            f'<li><a href="/docs/guides/{name}">{escape(guides.guide(name).title)}</a>'
            f'<br><span class="quiet">{escape(guides.guide(name).summary)}</span></li>'
            for name in names
        )
        + "</ul>"
        for title, names in guides.GROUPS.items()
    )
    return _page("Guides", _columns(f"<h1>Guides</h1>{groups}"), prose=True)


async def get_guide(call: Call) -> Reply:
    """GET /docs/guides/{name}."""
    call.query(Nothing)
    return _guide_page(_known(call.parameters(GuidePath).name))


async def get_guide_text(call: Call) -> Reply:
    """GET /docs/{file}."""
    call.query(Nothing)
    name = _known(call.parameters(GuideFilePath).file.removesuffix(".md"))
    return Reply(guides.guide(name).markdown.encode(), media=MARKDOWN)


def _known(name: str) -> str:
    """The name of a guide. Raises NotFound if there is none."""
    if name not in guides.names():
        raise NotFound(f"there is no guide {name}; there are {', '.join(guides.names())}")
    return name


async def get_llms_text(call: Call) -> Reply:
    """GET /llms.txt: an overview for language models, in the form of llmstxt.org."""
    call.query(Nothing)
    sections = {**guides.GROUPS}
    optional = sections.pop("Why")  # a section of this name may be skipped
    lines = ["# companyfacts", "", f"> {_SUMMARY}", "", _DETAILS, "", "## API", ""]
    lines += [
        "- [OpenAPI document](/openapi.json): every operation, parameter, field and limit, as JSON",
        "- [Problem types](/docs/problems): every error with its meaning and what to do",
    ]
    for title, names in {**sections, "Optional": optional}.items():
        lines += ["", f"## {title}", ""]
        lines += [f"- [{guides.guide(n).title}](/docs/{n}.md): {guides.guide(n).summary}" for n in names]
    return Reply("\n".join([*lines, ""]).encode(), media=PLAIN)


_SUMMARY = (
    "A REST service for company facts. Every value has its unit and accuracy, the period it holds for, the day it became "
    "public, its version, and the passage that it was read from."
)
_DETAILS = (
    "`GET /v1/lookup?company=&kind=&subject=` answers with exactly one fact; lists are at `/v1/facts`, words at "
    "`/v1/search?q=`. Add `known_at=DATE` for what was public on a day. Reads need no key unless the operator asks for "
    "one; writes need `Authorization: Bearer KEY`. Errors are RFC 9457 problem documents."
)


async def list_problem_types(call: Call) -> Reply:
    """GET /docs/problems."""
    call.query(Nothing)
    rows = "".join(
        f'<tr><td>{sort.status}</td><td><a href="/docs/problems/{sort.code}">{sort.code}</a></td>'
        f"<td>{escape(sort.title)}.</td></tr>"
        for sort in sorted(SORTS.values(), key=lambda sort: (sort.status, sort.code))
    )
    body = (
        '<main class="text"><h1>Problem types</h1><p>Every refusal is an RFC 9457 problem document whose <code>type</code> '
        'is one of these. The guide on <a href="/docs/guides/errors">errors</a> says how to read one.</p>'
        f"<table><tr><th>status</th><th>type</th><th>what it says</th></tr>{rows}</table></main>"
    )
    return _page("Problem types", body, prose=True)


async def get_problem_type(call: Call) -> Reply:
    """GET /docs/problems/{code}."""
    call.query(Nothing)
    code = call.parameters(ProblemPath).code
    sort = SORTS.get(code)
    if sort is None:
        raise NotFound(f"there is no problem type {code}; there are {', '.join(SORTS)}")
    return _page(sort.title, f'<main class="text">{_problem(sort)}</main>', prose=True)


async def get_asset(call: Call) -> Reply:
    """GET /docs/assets/{name}."""
    call.query(Nothing)
    name = call.parameters(AssetPath).name
    found = _assets().get(name)
    if found is None:
        raise NotFound(f"there is no asset {name}")
    return Reply(found.read_bytes(), media=_MEDIA[found.suffix])


async def get_api_catalog(call: Call) -> Reply:
    """GET /.well-known/api-catalog."""
    call.query(Nothing)
    described = {
        "anchor": "/v1/",
        "service-desc": [{"href": "/openapi.json", "type": "application/json"}],
        "service-doc": [
            {"href": "/docs", "type": "text/html"},
            {"href": "/docs/guides", "type": "text/html"},
            {"href": "/llms.txt", "type": "text/plain"},
        ],
        "status": [{"href": "/readyz", "type": "application/json"}],
    }
    catalog = {"anchor": "/.well-known/api-catalog", "item": [{"href": "/v1/"}]}
    return Reply(
        msgspec.json.encode({"linkset": [catalog, described]}),
        headers={"link": '</.well-known/api-catalog>; rel="api-catalog"'},
        media=LINKSET,
    )


@cache
def _assets() -> Mapping[str, Path]:
    package = find_spec("swagger_ui")
    places = [Path(p) / "static" for p in package.submodule_search_locations or ()] if package else []
    ours = Path(str(files("service.web").joinpath("assets")))
    wanted = [(place, name) for place in places for name in ("swagger-ui-bundle.js", "swagger-ui.css")]
    return {name: place / name for place, name in [*wanted, (ours, "reference.js"), (ours, "pages.css")]}


_MEDIA = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}


def _page(title: str, body: str, *, prose: bool = False, markdown: str | None = None) -> Reply:
    """A page. `markdown` is the address of its text as Markdown."""
    kind = "prose" if prose else "reference"
    alternate = f'<link rel="alternate" type="text/markdown" href="{markdown}">' if markdown else ""
    html = (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)} · companyfacts</title>{alternate}"
        '<link rel="icon" href="data:,"><link rel="stylesheet" href="/docs/assets/pages.css"></head>'
        f'<body class="{kind}"><header class="bar"><a class="name" href="/docs">companyfacts</a>'
        '<a href="/docs/guides">Guides</a><a href="/docs/reference">Reference</a><a href="/docs/problems">Problem types</a>'
        f'<a href="/openapi.json">OpenAPI document</a></header>{body}</body></html>\n'
    )
    return Reply(html.encode(), headers={"content-security-policy": POLICY_WITHOUT_FORMS}, media=HTML)


def _guide_page(name: str) -> Reply:
    names = guides.names()
    place = names.index(name)
    following = names[place + 1 : place + 2]
    end = "".join(
        f'<p class="next">Next: <a href="/docs/guides/{one}">{escape(guides.guide(one).title)}</a></p>'
        for one in following
    )
    body = _columns(guides.rendered(name) + end, name)
    return _page(guides.guide(name).title, body, prose=True, markdown=f"/docs/{name}.md")


def _columns(body: str, shown: str | None = None) -> str:
    """Text with the list of guides beside it; `shown` is the guide that the text is."""
    groups = "".join(
        f"<h2>{title}</h2><ul>{''.join(_entry(name, shown) for name in names)}</ul>"
        for title, names in guides.GROUPS.items()
    )
    return (
        f'<div class="columns"><main class="text">{body}</main>'
        f'<nav class="guides" aria-label="Guides">{groups}</nav></div>'
    )


def _entry(name: str, shown: str | None) -> str:
    """A guide in the list of guides; the one that is shown has its headings below it."""
    guide = guides.guide(name)
    if name != shown:
        return f'<li><a href="/docs/guides/{name}">{escape(guide.title)}</a></li>'
    headings = "".join(f'<li><a href="#{one.id}">{escape(one.text)}</a></li>' for one in guide.headings)
    here = f'<a href="/docs/guides/{name}" aria-current="page">{escape(guide.title)}</a>'
    return f"<li>{here}<ul>{headings}</ul></li>" if headings else f"<li>{here}</li>"


def _problem(sort: ProblemSort) -> str:
    example = msgspec.json.format(
        msgspec.json.encode(
            {
                "type": f"/docs/problems/{sort.code}",
                "title": sort.title,
                "status": sort.status,
                "detail": sort.example,
                "instance": "/v1/lookup",
            }
        ),
        indent=2,
    ).decode()
    render = guides.markdown().render
    return (
        f'<h1>{escape(sort.title)}</h1><p class="quiet">{sort.status} · <code>{sort.code}</code></p>'
        f"<h2>What it means</h2>{render(sort.meaning)}<h2>What to do</h2>{render(sort.remedy)}"
        f"<h2>What it looks like</h2><pre><code>{escape(example)}</code></pre>"
    )


_SHOWN = {"ETag": ETAG, "Content-Security-Policy": policy_header(POLICY_WITHOUT_FORMS)}
_ASKED = {"If-None-Match": IF_NONE_MATCH}
_PAGE = "<!doctype html><title>Concepts · companyfacts</title>…"
Linkset = Annotated[
    dict[str, msgspec.Raw],
    Meta(
        description="A set of links (RFC 9264).",
        extra_json_schema={"type": "object", "additionalProperties": True, "maxProperties": 10},
        examples=[{"linkset": [{"anchor": "/v1/"}]}],
    ),
]

OPERATIONS = (
    Operation(
        method="GET", path="/docs", id="getReference", tag=TAG, handler=get_documentation, open=True,
        summary="Open the documentation",
        description="A page that begins with the guide for new users and leads to all others. It loads nothing from "
        "another host.",
        answers={200: Answer(description="The page.", media=HTML, headers=_SHOWN, example=_PAGE)}, headers=_ASKED,
    ),
    Operation(
        method="GET", path="/docs/reference", id="getInteractiveReference", tag=TAG, handler=get_reference, open=True,
        summary="Open the interactive reference",
        description="Every operation, to be read and tried out. It loads nothing from another host.",
        answers={200: Answer(description="The page.", media=HTML, headers=_SHOWN, example=_PAGE)}, headers=_ASKED,
    ),
    Operation(
        method="GET", path="/docs/assets/{name}", id="getAsset", tag=TAG, handler=get_asset, open=True,
        parameters=AssetPath,
        summary="Get a file that the pages load", description="Script and style of the pages.",
        answers={200: Answer(
            description="The file.", media=_MEDIA[".css"], other_media=(_MEDIA[".js"],), headers={"ETag": ETAG},
            example="body { margin: 0; }",
        )},
        problems=(404,), headers=_ASKED,
    ),
    Operation(
        method="GET", path="/docs/guides", id="listGuides", tag=TAG, handler=list_guides, open=True,
        summary="List the guides", description="A page that leads to every guide.",
        answers={200: Answer(description="The page.", media=HTML, headers=_SHOWN, example=_PAGE)}, headers=_ASKED,
    ),
    Operation(
        method="GET", path="/docs/guides/{name}", id="getGuide", tag=TAG, handler=get_guide, open=True,
        parameters=GuidePath,
        summary="Read a guide", description="What one has to know to use the service well.",
        answers={200: Answer(description="The page.", media=HTML, headers=_SHOWN, example=_PAGE)},
        problems=(404,), headers=_ASKED,
    ),
    Operation(
        method="GET", path="/docs/problems", id="listProblemTypes", tag=TAG, handler=list_problem_types, open=True,
        summary="List the problem types", description="A page that leads to every problem type.",
        answers={200: Answer(description="The page.", media=HTML, headers=_SHOWN, example=_PAGE)}, headers=_ASKED,
    ),
    Operation(
        method="GET", path="/docs/problems/{code}", id="getProblemType", tag=TAG, handler=get_problem_type, open=True,
        parameters=ProblemPath,
        summary="Read about a problem type",
        description="What the problem means and what to do about it; the `type` of every problem document leads here.",
        answers={200: Answer(description="The page.", media=HTML, headers=_SHOWN, example=_PAGE)},
        problems=(404,), headers=_ASKED,
    ),
    # after the other paths of /docs, which it would match too
    Operation(
        method="GET", path="/docs/{file}", id="getGuideText", tag=TAG, handler=get_guide_text, open=True,
        parameters=GuideFilePath,
        summary="Read a guide as Markdown", description="The text of a guide, for programs that read Markdown.",
        answers={200: Answer(description="The text.", media=MARKDOWN, headers={"ETag": ETAG}, example="# Concepts\n")},
        problems=(404,), headers=_ASKED,
    ),
    Operation(
        method="GET", path="/llms.txt", id="getLlmsText", tag=TAG, handler=get_llms_text, open=True,
        summary="Get an overview for language models",
        description="What the service is, and where its guides are as Markdown, in the form that llmstxt.org describes.",
        answers={200: Answer(
            description="The overview.", media=PLAIN, headers={"ETag": ETAG}, example="# companyfacts\n",
        )},
        headers=_ASKED,
    ),
    Operation(
        method="GET", path="/.well-known/api-catalog", id="getApiCatalog", tag=TAG, handler=get_api_catalog, open=True,
        summary="Find the interface", description="Where the interface, its description and its guides are (RFC 9727).",
        answers={200: Answer(
            description="The links.", type=Linkset, media=LINKSET, headers={"ETag": ETAG, "Link": LINK},
            example={"linkset": [{"anchor": "/v1/", "service-desc": [{"href": "/openapi.json", "type": "application/json"}]}]},
        )},
        headers=_ASKED,
    ),
)  # fmt: skip
