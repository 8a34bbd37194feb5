"""Renders pages with Jinja2, and serves their stylesheet and script under names that contain a hash of the content."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple, cast
from urllib.parse import parse_qsl, quote

import msgspec

from service.pages import words
from service.pages.asking import TIMES, Pairs, query_text
from service.web.call import Call
from service.web.contract import HTML, POLICY
from service.web.replies import Reply

if TYPE_CHECKING:
    from jinja2 import Environment
    from jinja2.runtime import Context

_MEDIA = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8"}
_FOREVER = "public, max-age=31536000, immutable"


class Asset(NamedTuple):
    """A static file of the pages."""

    name: str
    media: str
    content: bytes


@cache
def _assets() -> dict[str, Asset]:
    found: dict[str, Asset] = {}
    for file in ("style.css", "script.js"):
        content = files("service.pages").joinpath("static", file).read_bytes()
        stem, _, suffix = file.partition(".")
        name = f"{stem}-{sha256(content).hexdigest()[:12]}.{suffix}"
        found[file] = Asset(name, _MEDIA[suffix], content)
    return found


def asset(name: str) -> Asset | None:
    """The static file with this name, which contains the hash of its content; None if there is none."""
    return next((one for one in _assets().values() if one.name == name), None)


def asset_reply(found: Asset) -> Reply:
    """A static file, which may be kept for ever: changed content has another name."""
    return Reply(found.content, media=found.media, headers={"cache-control": _FOREVER})


class Links:
    """Addresses of pages that keep the times of the page they stand on."""

    def __init__(self, times: Mapping[str, str]) -> None:
        self._times = dict(times)

    def __call__(self, path: str, **query: object) -> str:
        """The address of a page. Parameters that are None are left out; `_` at a name's end is dropped."""
        given = [(name.rstrip("_"), str(value)) for name, value in query.items() if value is not None]
        pairs = [*given, *self._times.items()]
        return f"{path}?{query_text(pairs)}" if pairs else path


# where addresses within the service stand that are answered as of a day, of pages that are shown under `/as-known/DATE`
_UNPREFIXED = re.compile(r'(?:href|action)="/(?!pages/|docs|openapi\.json|as-known/)')


class PageHead(NamedTuple):
    """What a page shows, beside its template's own values."""

    title: str
    description: str
    request: str | None = None  # the API request whose answer it shows: path and query
    permalink: str | None = None  # its address that always answers alike
    timed: bool = True  # whether its content depends on the times


def reply(call: Call, template: str, page: PageHead, **values: object) -> Reply:
    """A page as an answer. `company_names` among the values are the names that the page shows for slugs."""
    pairs = parse_qsl(call.query_string.decode("ascii", "replace"), keep_blank_values=True)
    times = {name: value for name, value in pairs if name in TIMES}
    page = page._replace(
        request=None if page.request is None else f"{call.prefix}{page.request}",
        permalink=None if page.permalink is None else f"{call.prefix}{page.permalink}",
    )
    text = (
        _environment()
        .get_template(template)
        .render(
            page=page,
            path=quote(call.path, safe="/:"),
            link=Links(times),
            now_link=Links({}),
            times=times,
            others=[(name, value) for name, value in pairs if name not in TIMES and name != "cursor"],
            host=host(call),
            has=call.resources.operations,
            **values,
        )
    )
    if call.prefix:
        text = _UNPREFIXED.sub(rf"\g<0>{call.prefix[1:]}/", text)
    return Reply(text.encode(), media=HTML, headers={"content-security-policy": POLICY})


def following(call: Call, pairs: Pairs, cursor: str | None) -> str | None:
    """The address of the next page of a list; None after the last."""
    if cursor is None:
        return None
    kept = [(name, value) for name, value in pairs if name != "cursor"]
    return f"{quote(call.path, safe='/:')}?{query_text([*kept, ('cursor', cursor)])}"


def host(call: Call) -> str:
    """The address that clients reach the service at, without a slash at its end."""
    if call.settings.base_url:
        return call.settings.base_url
    name = call.header(b"host") or ""
    allowed = all(char.isascii() and (char.isalnum() or char in ".-:[]") for char in name)
    return f"http://{name}" if name and allowed else ""


class _Problem(msgspec.Struct):
    title: str
    status: int
    type: str
    detail: str = ""
    instance: str = ""


_problems = msgspec.json.Decoder(_Problem)


def problem_page(body: bytes) -> bytes:
    """A problem document as a page."""
    told = _problems.decode(body)
    page = PageHead(told.title, told.detail, timed=False)
    text = _environment().get_template("problem.html").render(
        page=page, problem=told, path=told.instance, link=Links({}), now_link=Links({}), times={}, others=[],
        host="", has={},
    )  # fmt: skip
    return text.encode()


def _day(value: date | str) -> str:
    return words.day(date.fromisoformat(value) if isinstance(value, str) else value)


def _instant(value: datetime) -> str:
    return words.instant(value)


@cache
def _environment() -> "Environment":
    # imported only where a page is asked for
    from jinja2 import Environment, PackageLoader, StrictUndefined, pass_context
    from markupsafe import Markup

    made = Environment(
        loader=PackageLoader("service.pages"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, auto_reload=False,
    )  # fmt: skip
    filters: dict[str, Callable[..., object]] = {
        "figure": words.figure, "day": _day, "instant": _instant, "when": words.when, "short_when": words.short_when,
        "subject": words.subject, "told": words.told, "accuracy": words.accuracy,
        "unit": words.unit_words, "frame": words.frame, "grouped": words.grouped, "trusted": Markup,
    }  # fmt: skip
    values: dict[str, object] = {
        "style": _assets()["style.css"].name, "script": _assets()["script.js"].name, "VERDICTS": words.VERDICTS,
        "STEPS": words.STEPS, "BASES": words.BASES, "KINDS": words.KINDS,
    }  # fmt: skip

    @pass_context
    def company(context: "Context", slug: str) -> str:
        return words.company(slug, cast("Mapping[str, str]", context.get("company_names", {})))

    made.filters.update(filters | {"company": company})
    cast("dict[str, object]", made.globals).update(values)
    return made
