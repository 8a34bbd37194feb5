"""The page of a fact."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

import msgspec

from service.core.companies import Company
from service.core.differences import Step
from service.core.errors import NotFound
from service.core.facts import AnyFact, AnyVersion, Retraction, Rival, kind_of
from service.core.kinds import main_quantity, numbers
from service.core.quantities import Quantity
from service.core.rectangles import Rectangle, rectangles
from service.operations import facts
from service.pages import charts, citing, words
from service.pages.asking import ask, pinned, times_asked, times_of
from service.pages.citing import Shown
from service.pages.companies import groups
from service.pages.rendering import PageHead, host, reply
from service.web.call import Call
from service.web.parameters import FactPath
from service.web.replies import Reply

_fact = msgspec.json.Decoder(AnyFact)
version_of = msgspec.json.Decoder(AnyVersion).decode
_company = msgspec.json.Decoder(Company)


class Rung(NamedTuple):
    """One entry of a fact's history."""

    step: Step
    version: AnyVersion
    quantity: Quantity | None
    is_answer: bool

    @property
    def asserts(self) -> AnyFact | None:
        """The assertion; None if the entry is a retraction."""
        return None if isinstance(self.version, Retraction) else self.version


class Against(NamedTuple):
    """A version of another publisher that contradicts, with its citations."""

    rival: Rival
    citations: list[Shown]


class Measure(NamedTuple):
    """One number of a value."""

    name: str
    quantity: Quantity | None
    number: int | None


async def get_fact(call: Call) -> Reply:
    """GET /facts/{id}."""
    pairs, fact_id = call.pairs(), call.parameters(FactPath).id
    times = times_asked(call)
    found = await facts.accounts(call.database, [fact_id], times)
    if not found.items:
        raise NotFound(f"there is no fact {fact_id}" + (" at these times" if not times.is_now else ""))
    account = found.items[0]
    fact = _fact.decode(account.answer)
    versions = {one.version: one for one in map(version_of, account.versions)}
    company = _company.decode((await ask(call, "getCompany", {"ref": fact.company})).body)
    query = "&".join(f"{name}={value}" for name, value in times_of(pairs))
    same = [(name, value) for name, value in pairs if name == "known_at"]
    permalink = pinned(f"/facts/{fact_id}", same, found.position)
    address = f"{host(call)}{call.prefix}{pinned(f'/v1/facts/{fact_id}', same, found.position)}"
    steps = [step for step in account.steps if step.version in versions]
    ladder = [
        Rung(step, versions[step.version], _quantity(versions[step.version]), step.version == fact.version)
        for step in reversed(steps)
    ]
    sentence = words.told(fact)
    title = f"{company.name}{',' if kind_of(fact) == 'metric' else ':'} {sentence}"
    return reply(
        call,
        "fact.html",
        PageHead(
            title if len(title) < 160 else f"{title[:157]}…",
            f"{title}. {words.VERDICTS[fact.evidence][0]}; public since {words.day(fact.known_at)}.",
            f"/v1/facts/{fact_id}" + (f"?{query}" if query else ""),
            permalink,
        ),
        fact=fact,
        kind=kind_of(fact),
        company=company,
        heading=title,
        main=main_quantity(fact.value),
        measures=_measures(fact),
        citations=citing.shown(fact.citations, found.documents, "c"),
        against=[
            Against(rival, citing.shown(one.citations, found.documents, f"r{rival.version}-"))
            for rival in fact.rivals
            if not isinstance(one := versions[rival.version], Retraction)
        ],
        ladder=ladder,
        chart=_chart(list(versions.values())),
        tiling=charts.tiling(_rectangles(versions.values())),
        series=groups([fact], company.slug)[0].series[0].query,
        curl=f"curl '{address}'",
        python=_PYTHON.format(url=address),
        cite=_cite(fact, title, f"{host(call)}{permalink}"),
        position=found.position,
        may_change=times.is_now and not times.bound,
    )


_PYTHON = """import json
from urllib.request import urlopen

fact = json.load(urlopen("{url}"))
print(fact["value"], fact["known_at"])"""


def _quantity(version: AnyVersion) -> Quantity | None:
    return None if isinstance(version, Retraction) else main_quantity(version.value)


def _measures(fact: AnyFact) -> list[Measure]:
    """All numbers of a value but the main one, which is shown large."""
    main = main_quantity(fact.value)
    return [
        Measure(
            f"{one.field.partition('/')[0].replace('_', ' ')}{f', {one.label}' if one.label else ''}",
            one.quantity if isinstance(one.quantity, Quantity) else None,
            None if isinstance(one.quantity, Quantity) else one.quantity,
        )
        for one in numbers(fact.value)
        if one.quantity is not main
    ]


def _chart(versions: list[AnyVersion]) -> charts.Chart | None:
    """The values that stand, by the day they became public; None for fewer than two."""
    by_day: dict[date, charts.ChartValue] = {}
    for one in sorted(
        (v for v in versions if not isinstance(v, Retraction)), key=lambda v: (v.known_at, v.version)
    ):
        quantity = main_quantity(one.value)
        if quantity is not None and one.status == "asserted":
            label = f"{words.figure(quantity).exact}, known at {one.known_at}"
            by_day[one.known_at] = charts.ChartValue(one.known_at, charts.number(quantity), label)
    chart = charts.over_days(list(by_day.values()), steps=True) if len(by_day) > 1 else None
    return None if chart is None else chart[0]


def _rectangles(versions: Iterable[AnyVersion]) -> list[Rectangle]:
    """Where each version answers, on the days and at the positions that the page knows of."""
    asserted, taken_back = list[AnyFact](), list[Retraction]()
    for one in versions:
        if isinstance(one, Retraction):
            taken_back.append(one)
        else:
            asserted.append(one)
    return rectangles(asserted, taken_back)


def _cite(fact: AnyFact, title: str, address: str) -> str:
    """A sentence that cites the fact: what it says, where it was read, since when it is public, and its address."""
    if not fact.citations:  # of none of its sources it is known on what day it was published
        return f"{title}. Public since {words.day(fact.known_at)}; version {fact.version}. {address}"
    source = fact.citations[0].source
    by = source.publisher or source.author
    said = f"{title}. {source.title}{f', {by}' if by else ''}"
    published = "" if source.published_at is None else f", published {words.day(source.published_at)}"
    return f"{said}{published}. Public since {words.day(fact.known_at)}; version {fact.version}. {address}"
