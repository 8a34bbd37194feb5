"""HTML pages: the interactive reference, the guides, and a page for each problem type.

They load nothing from other hosts: Swagger UI is served from an installed package, and the guides are the files of
`docs/`, which the wheel contains.
"""

import re
from collections.abc import Mapping
from functools import cache
from html import escape
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit

import msgspec
from msgspec import Meta, Struct

from service.core.errors import NotFound
from service.web.contract import ETAG, IF_NONE_MATCH, LINK, Answer, Header, Operation
from service.web.exchange import Call, Reply
from service.web.parameters import Nothing
from service.web.problems import SORTS, Sort

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore

TAG = "documentation"
HTML = "text/html; charset=utf-8"
LINKSET = 'application/linkset+json; profile="https://www.rfc-editor.org/info/rfc9727"'

_PACKAGED = Path(__file__).parent.parent / "_docs"
GUIDES = _PACKAGED if _PACKAGED.is_dir() else Path(__file__).parent.parent.parent / "docs"
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_CONTENT_SECURITY_POLICY = Header(
    description="What the page may load: nothing but from this service.",
    schema={"type": "string", "maxLength": 1000, "examples": [_POLICY]},
)
_FIRST = (
    "concepts",
    "times",
    "citations",
    "evidence",
    "identity",
    "errors",
    "clients",
    "keys",
    "sample",
    "operations",
)


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
        ),
    ]


async def get_reference(call: Call) -> Reply:
    """GET /docs."""
    call.query(Nothing)
    body = (
        '<link rel="stylesheet" href="/docs/assets/swagger-ui.css"><div id="reference"></div>'
        '<script src="/docs/assets/swagger-ui-bundle.js"></script><script src="/docs/assets/reference.js"></script>'
    )
    return _page("Reference", body)


async def list_guides(call: Call) -> Reply:
    """GET /docs/guides."""
    call.query(Nothing)
    items = "".join(
        f'<li><a href="/docs/guides/{name}">{escape(_title(name))}</a></li>' for name in guide_names()
    )
    return _page("Guides", f'<main class="text"><h1>Guides</h1><ul>{items}</ul></main>', prose=True)


async def get_guide(call: Call) -> Reply:
    """GET /docs/guides/{name}."""
    call.query(Nothing)
    name = call.parameters(GuidePath).name
    if name not in guide_names():
        raise NotFound(f"there is no guide {name}; there are {', '.join(guide_names())}")
    return _page(_title(name), f'<main class="text">{_rendered(name)}</main>', prose=True)


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
        ],
        "status": [{"href": "/readyz", "type": "application/json"}],
    }
    catalog = {"anchor": "/.well-known/api-catalog", "item": [{"href": "/v1/"}]}
    return Reply(
        msgspec.json.encode({"linkset": [catalog, described]}),
        headers={"link": '</.well-known/api-catalog>; rel="api-catalog"'},
        media=LINKSET,
    )


def guide_names() -> tuple[str, ...]:
    """The names of all guides, in reading order."""
    return tuple(_guides())


@cache
def _guides() -> Mapping[str, Path]:
    found = {path.stem: path for path in sorted(GUIDES.glob("*.md"))}
    return {
        name: found[name]
        for name in [*(n for n in _FIRST if n in found), *(n for n in found if n not in _FIRST)]
    }


@cache
def _assets() -> Mapping[str, Path]:
    package = find_spec("swagger_ui")
    places = [Path(p) / "static" for p in package.submodule_search_locations or ()] if package else []
    ours = Path(str(files("service.web").joinpath("assets")))
    wanted = [(place, name) for place in places for name in ("swagger-ui-bundle.js", "swagger-ui.css")]
    return {name: place / name for place, name in [*wanted, (ours, "reference.js"), (ours, "pages.css")]}


_MEDIA = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}


def _page(title: str, body: str, *, prose: bool = False) -> Reply:
    kind = "prose" if prose else "reference"
    html = (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)} · companyfacts</title>"
        '<link rel="icon" href="data:,"><link rel="stylesheet" href="/docs/assets/pages.css"></head>'
        f'<body class="{kind}"><nav class="bar"><strong>companyfacts</strong>'
        '<a href="/docs">Reference</a><a href="/docs/guides">Guides</a><a href="/docs/problems">Problem types</a>'
        f'<a href="/openapi.json">OpenAPI document</a></nav>{body}</body></html>\n'
    )
    return Reply(html.encode(), headers={"content-security-policy": _POLICY}, media=HTML)


def _problem(sort: Sort) -> str:
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
    return (
        f'<h1>{escape(sort.title)}</h1><p class="quiet">{sort.status} · <code>{sort.code}</code></p>'
        f"<h2>What it means</h2>{_markdown().render(sort.meaning)}<h2>What to do</h2>{_markdown().render(sort.remedy)}"
        f"<h2>What it looks like</h2><pre><code>{escape(example)}</code></pre>"
    )


@cache
def _title(name: str) -> str:
    match = re.search(r"^# (.+)$", _guides()[name].read_text(), re.MULTILINE)
    return match[1] if match else name


@cache
def _rendered(name: str) -> str:
    return _markdown().render(_COMMENT.sub("", _guides()[name].read_text()))


# comments in the guides: markers for generated parts
_COMMENT = re.compile(r"^<!--.*?-->\n", re.MULTILINE)


@cache
def _markdown() -> "MarkdownIt":
    """CommonMark with tables; HTML stays text."""
    from markdown_it import MarkdownIt  # imported here: sixty modules, which only these pages need

    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    markdown.core.ruler.push("guides", _connect)
    return markdown


def _connect(state: "StateCore") -> None:
    """Give headings ids, point links between guides to their pages, and unlink files that the service does not serve."""
    for place, token in enumerate(state.tokens):
        if token.type == "heading_open":
            words = re.findall(r"[a-z0-9]+", state.tokens[place + 1].content.lower())
            token.attrSet("id", "-".join(words))
        unserved = False
        for child in token.children or ():
            if child.type == "link_open":
                served = _served(str(child.attrGet("href") or ""))
                unserved = served is None
                child.attrs = {} if served is None else {"href": served}
            if unserved and child.type in {"link_open", "link_close"}:
                child.tag = "span"


def _served(reference: str) -> str | None:
    """The target of a guide's link on this service; None for a repository file that is not served."""
    target = urlsplit(reference)
    if target.scheme or target.netloc or not target.path or target.path.startswith("/"):
        return reference
    name = target.path.removesuffix(".md")
    if name not in guide_names():
        return None
    return f"/docs/guides/{name}" + (f"#{target.fragment}" if target.fragment else "")


_SHOWN = {"ETag": ETAG, "Content-Security-Policy": _CONTENT_SECURITY_POLICY}
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
        method="GET", path="/docs", id="getReference", tag=TAG, handler=get_reference, open=True,
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
