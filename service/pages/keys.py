"""The key of a reader of pages: given once, kept in a cookie that scripts cannot read, forgotten when asked.

Only pages read the cookie. Browsers send it with requests from this service's own pages alone (SameSite=Strict), and a
form that changes something also has to bring a token that only these pages contain.
"""

import hmac
from collections.abc import Mapping
from hashlib import sha256
from typing import Annotated
from urllib.parse import parse_qsl, urlsplit

from msgspec import UNSET, Meta, Struct, UnsetType

from service.core.errors import CompanyFactsError, Forbidden, Malformed, Unauthenticated
from service.pages.forms import Form
from service.pages.rendering import PageHead, host, reply
from service.web.call import KEY_COOKIE, Call
from service.web.contract import HTML
from service.web.exchange import counted
from service.web.negotiating import names_html
from service.web.parameters import given
from service.web.replies import Reply

FORM = "application/x-www-form-urlencoded"
_MOST_FIELDS = 300
_LETTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-")  # of keys

LocalPath = Annotated[
    str,
    Meta(
        pattern=r"^/([^/\\\x00-\x20\x7f][^\\\x00-\x20\x7f]*)?$(?!\n)",
        max_length=2000,
        description="Path of this service to go on to.",
        examples=["/assert"],
        extra={"form": "a path of this service such as /assert"},
    ),
]


class KeyPageQuery(Struct, frozen=True, kw_only=True):
    """Parameters of the page at `/key`."""

    to: LocalPath | UnsetType = UNSET


async def read_form(call: Call) -> Form:
    """The fields of a form that was sent; of several with one name the last. Raises Malformed, UnsupportedMediaType."""
    body = await call.raw_body(FORM)
    try:
        pairs = parse_qsl(
            body.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS
        )
    except ValueError:  # UnicodeDecodeError is one
        raise Malformed("the body is not a form: send fields as name=value, percent-encoded UTF-8") from None
    if any("\0" in name or "\0" in value for name, value in pairs):
        raise Malformed("a field contains NUL")
    return {name: value.replace("\r\n", "\n") for name, value in pairs}


def token(call: Call) -> str:
    """The token of forms for the key in the cookie; empty without a cookie."""
    secret = call.cookie(KEY_COOKIE)
    return "" if not secret else hmac.new(secret.encode(), b"forms of pages", sha256).hexdigest()


def check_token(call: Call, form: Form) -> None:
    """Refuse a form that does not come from a page of this service. Raises Forbidden.

    A request that brings its key in `Authorization` needs no token: no browser adds that header by itself.
    """
    if call.header(b"authorization") is not None:
        return
    if not hmac.compare_digest(token(call).encode(), form.get("token", "").encode()):
        raise Forbidden("the form is not of this service, or of another key: open it again")


async def get_key(call: Call) -> Reply:
    """GET /key."""
    return _page(call, given(call.query(KeyPageQuery).to) or "/")


def _page(call: Call, to: str, error: CompanyFactsError | None = None, status: int = 200) -> Reply:
    title, description = "Your key", "Give the key that this service needs for what you want to do."
    return form_page(call, "key.html", title, description, status, to=to, error=error)


def form_page(
    call: Call, template: str, title: str, description: str, status: int = 200, **values: object
) -> Reply:
    """A page with a form, which nobody may keep: it has the token of whoever opened it."""
    has_key = call.cookie(KEY_COOKIE) is not None
    head = PageHead(title, description, timed=False)
    shown = reply(call, template, head, token=token(call), has_key=has_key, **values)
    return shown._replace(status=status, headers={**shown.headers, "cache-control": "private, no-store"})


async def post_key(call: Call) -> Reply:
    """POST /forms/key: keep a key in the cookie. A key that is not of this service is answered with the form again."""
    form = await read_form(call)
    to = form.get("to") or "/"
    if not to.startswith("/") or to.startswith(("//", "/\\")) or any(ord(char) < 33 for char in to):
        raise Malformed(f"{to[:100]!r} is not a path of this service")
    if not _is_from_here(call):
        raise Forbidden("the form is not of this service: open it again")
    secret = form.get("key", "").strip()
    try:
        if not set(secret) <= _LETTERS or await counted(call, secret or None) is None:
            raise Unauthenticated("type a key of this service", presented=True)
    except Unauthenticated as error:
        if not names_html(call.header(b"accept")):
            raise
        return _page(call, to, error, 401)
    return moved(to, {"set-cookie": _cookie(call, KEY_COOKIE, secret)})


async def post_forget(call: Call) -> Reply:
    """POST /forms/key/forget: delete the cookie."""
    form = await read_form(call)
    check_token(call, form)
    return moved("/", {"set-cookie": f"{_cookie(call, KEY_COOKIE, '')}; Max-Age=0"})


def moved(to: str, headers: Mapping[str, str] = {}) -> Reply:
    """The answer to a form that was accepted: go on to a page of this service."""
    return Reply(b"", 303, {"location": to, **headers}, media=HTML)


def _is_from_here(call: Call) -> bool:
    """Whether a form comes from a page of this service. Browsers name where it comes from; programs need not.

    The page asks browsers to name its origin, which they leave out by the policy of the other pages.
    """
    site = call.header(b"sec-fetch-site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = call.header(b"origin")
    return origin is None or urlsplit(origin).netloc in {call.header(b"host"), urlsplit(host(call)).netloc}


def _cookie(call: Call, name: str, value: str) -> str:
    secure = "; Secure" if call.settings.base_url.startswith("https:") else ""
    return f"{name}={value}; Path=/; HttpOnly; SameSite=Strict{secure}"
