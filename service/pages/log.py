"""The pages of the log and of open disputes."""

from typing import NamedTuple

import msgspec

from service.core.facts import AnyFact, Retraction, Rival
from service.core.kinds import main_quantity
from service.core.log import Entry
from service.core.quantities import Quantity
from service.operations import facts, registry
from service.pages import citing
from service.pages.asking import Pairs, ask, names, query_text, times_asked
from service.pages.citing import Shown
from service.pages.companies import facts_of
from service.pages.facts import version_of
from service.pages.rendering import PageHead, following, reply
from service.web.call import Call
from service.web.replies import Reply

_LIMIT, _DISPUTES = 50, 20


class _Changes(msgspec.Struct):
    items: list[Entry]
    next: str | None


_changes = msgspec.json.Decoder(_Changes)
_fact = msgspec.json.Decoder(AnyFact)


async def get_changes(call: Call) -> Reply:
    """GET /changes: from a position on, or without `after` and filters the last entries, the newest first."""
    pairs = call.pairs()
    given = dict(pairs)
    filters = {name for name in ("company", "kind", "subject", "fact", "evidence", "class") if name in given}
    limit = int(given.get("limit", str(_LIMIT)))
    is_last = "after" not in given and not filters and call.known_by is None
    asked = [(name, value) for name, value in pairs if name != "wait"]
    if is_last:
        asked.append(("after", str(max(0, await registry.ready(call.database) - limit))))
    found = await ask(call, "listChanges", query=asked)
    changes = _changes.decode(found.body)
    entries = changes.items[::-1] if is_last else changes.items
    first = entries[-1].position if is_last and entries else 0
    earlier = max(0, first - 1 - limit)
    return reply(
        call,
        "changes.html",
        PageHead("Changes", "What was recorded, entry by entry.", found.request, timed=False),
        entries=entries,
        given=given,
        head=entries[0].position if is_last and entries else found.position,
        is_last=is_last,
        company_names=await names(call, [one.company for one in entries if one.company]),
        earlier=None
        if first <= 1
        else f"{call.path}?{query_text([('after', str(earlier)), ('limit', str(limit))])}",
        next=None if changes.next is None or is_last else _after(call, pairs, changes.next),
    )


def _after(call: Call, pairs: Pairs, position: str) -> str:
    kept = [(name, value) for name, value in pairs if name != "after"]
    return f"{call.path}?{query_text([*kept, ('after', str(position))])}"


class _Side(NamedTuple):
    """One publisher's version in a dispute."""

    publisher: str
    quantity: Quantity | None
    known_at: object
    citations: list[Shown]


class _Dispute(NamedTuple):
    """A fact that publishers contradict each other on."""

    fact: AnyFact
    sides: list[_Side]


async def get_disputes(call: Call) -> Reply:
    """GET /disputes."""
    pairs = call.pairs()
    asked: Pairs = [("disputed", "true"), *((n, v) for n, v in pairs if n != "disputed")]
    asked = asked if "limit" in dict(pairs) else [*asked, ("limit", str(_DISPUTES))]
    found = await ask(call, "listFacts", query=asked)
    listed = facts_of(found.body)
    told = await facts.accounts(call.database, [fact.id for fact in listed.items], times_asked(call))
    disputes = [_dispute(one, told) for one in told.items]
    return reply(
        call,
        "disputes.html",
        PageHead(
            "Disputes",
            "Facts that two publishers contradict each other on, with both passages.",
            found.request,
        ),
        disputes=disputes,
        company_names=await names(call, [one.fact.company for one in disputes]),
        next=following(call, pairs, listed.next),
    )


def _dispute(account: facts.Account, told: facts.Accounts) -> _Dispute:
    fact = _fact.decode(account.answer)
    versions = {one.version: one for one in map(version_of, account.versions)}
    source = fact.citations[0].source if fact.citations else None
    sides = [
        _Side(
            "" if source is None else source.publisher or source.title,
            main_quantity(fact.value),
            fact.known_at,
            citing.shown(fact.citations, told.documents, f"d{fact.id}-"),
        )
    ]
    for rival in fact.rivals:
        one = versions[rival.version]
        if not isinstance(one, Retraction):
            sides.append(_rival(rival, one, told, f"d{fact.id}-{rival.version}-"))
    return _Dispute(fact, sides)


def _rival(rival: Rival, version: AnyFact, told: facts.Accounts, anchor: str) -> _Side:
    shown = citing.shown(version.citations, told.documents, anchor)
    return _Side(rival.publisher, rival.quantity, rival.known_at, shown)
