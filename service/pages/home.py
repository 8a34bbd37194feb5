"""The home page, the page of search, and the static files."""

import asyncio
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from service.core.companies import Company
from service.core.errors import NotFound
from service.core.facts import AnyFact
from service.core.log import Entry
from service.core.periods import Period
from service.core.quantities import Quantity
from service.operations import registry
from service.pages.asking import Pairs, ask, names, times_of
from service.pages.rendering import PageHead, asset, asset_reply, reply
from service.web.call import Call
from service.web.negotiating import names_html
from service.web.parameters import Nothing
from service.web.replies import Reply

_ENTRIES, _FACTS, _COMPANIES = 60, 6, 12

_fact = msgspec.json.Decoder(AnyFact)


class _Companies(Struct):
    items: list[Company]


_companies = msgspec.json.Decoder(_Companies)


class PageFilePath(Struct, frozen=True, kw_only=True):
    """A static file of the pages."""

    name: Annotated[
        str,
        Meta(
            pattern=r"^[a-z]+-[0-9a-f]{12}\.(css|js)$(?!\n)",
            min_length=1,
            max_length=100,
            description="Name of the file, with the hash of its content.",
            examples=["style-0123456789ab.css"],
        ),
    ]


async def get_asset(call: Call) -> Reply:
    """GET /pages/{name}."""
    call.query(Nothing)
    found = asset(call.parameters(PageFilePath).name)
    if found is None:
        raise NotFound(f"there is nothing at {call.path}")
    return asset_reply(found)


async def get_home(call: Call) -> Reply:
    """GET /: the home page for clients that name HTML in `Accept`; for others there is nothing."""
    pairs = call.pairs()
    if not names_html(call.header(b"accept")):
        raise NotFound("there is nothing at /")
    # as of a day, which entries were the last may not be told by those that came after
    recent = [] if call.known_by is not None else await registry.latest(call.database, _ENTRIES)
    head = recent[-1].position if recent else 0
    ids = list(dict.fromkeys(str(e.fact) for e in reversed(recent) if e.fact is not None))[:_FACTS]
    companies, facts = await asyncio.gather(
        _listed(call, times_of(pairs), recent[-1] if recent else None),
        asyncio.gather(*(_known_fact(call, one, times_of(pairs)) for one in ids)),
    )
    shown = [fact for fact in facts if fact is not None]
    return reply(
        call,
        "home.html",
        PageHead(
            "companyfacts: what is known, since when, and where it says so",
            "Facts about companies, each with its passage, the day it became public, and its history.",
            f"/v1/changes?after={max(0, head - _ENTRIES)}&limit={_ENTRIES}",
        ),
        facts=shown,
        company_names=await names(call, [fact.company for fact in shown]),
        companies=companies,
        head=head,
    )


async def _listed(call: Call, times: Pairs, last: Entry | None) -> list[tuple[Company, int | None]]:
    """The companies with most facts, and how many; as of other times the first ones by name, since counts have no day."""
    if last is not None and not times:
        return [(one.company, one.facts) for one in await registry.largest(call.database, _COMPANIES, last)]
    listed = await ask(call, "listCompanies", query=[("limit", str(_COMPANIES)), *times])
    return [(one, None) for one in _companies.decode(listed.body).items]


async def _known_fact(call: Call, fact_id: str, times: Pairs) -> AnyFact | None:
    try:
        return _fact.decode((await ask(call, "getFact", {"id": fact_id}, times)).body)
    except NotFound:  # not known at these times
        return None


class _Hit(Struct):
    """A hit of any kind, with the fields that its line shows."""

    kind: str
    title: str  # HTML, escaped by the search
    snippet: str | None
    company: str | None = None
    concept: str | None = None
    fact: str | None = None
    source: str | None = None
    quantity: Quantity | None = None
    period: Period | None = None
    known_at: str | None = None
    start: int | None = None


class _Hits(Struct):
    items: list[_Hit]


_hits = msgspec.json.Decoder(_Hits)


async def get_search(call: Call) -> Reply:
    """GET /search."""
    pairs = call.pairs()
    given = dict(pairs)
    words = given.get("q", "")
    if not words:
        empty = PageHead("Search", "Search companies, facts and sources by words.", timed=False)
        return reply(call, "search.html", empty, q="", hits=None, kind=None)
    found = await ask(call, "searchEverything", query=pairs)
    page = PageHead(f"“{words}”", f"What the service knows about {words}.", found.request, timed=False)
    return reply(
        call, "search.html", page, q=words, hits=_hits.decode(found.body).items, kind=given.get("kind")
    )
