"""Which version answers: random histories, read by every path over HTTP, compared with the oracle.

A history is posted entry by entry; in between, reads are made and kept with the position they were answered
at. At the end every read path is compared with the oracle at many times, and every kept read, asked again
with its position, must be the same byte for byte.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import given, settings

from service.words.concepts import CONCEPTS
from tests import histories, oracle
from tests.bodies import company
from tests.clusters import Cluster
from tests.effort import examples
from tests.histories import (
    DAYS,
    FIRST,
    PUBLISHERS,
    QUANTITIES,
    SAYS,
    SLOTS,
    STEPS,
    Archive,
    Assert,
    Describe,
    Keep,
    Retract,
    already,
    content_of,
    plain,
    posted,
    value_of,
)
from tests.oracle import Asked, Assertion, Described, Fact, Retraction, Source
from tests.running import InProcess

LISTS = (
    Asked(),
    Asked(company="acme"),
    Asked(kind="market_share"),
    Asked(kind="market_share", dimensions=(("geography", "CN"),)),
    Asked(company="acme", kind="metric", subject="revenue", basis="reported"),
    Asked(unit="USD"),
    Asked(unit="percent", minimum="36.5"),
    Asked(unit="percent", maximum="35.9"),
    Asked(unit="percent", minimum="36", maximum="36.25"),
    Asked(unit="percent", minimum="-36.5", maximum="0.05"),
    Asked(evidence="verified"),
    Asked(evidence="unarchived"),
    Asked(evidence="unsupported", company="acme"),
    Asked(evidence="quote_only"),
    Asked(disputed=True),
    Asked(disputed=False),
    Asked(as_of=date(2025, 5, 1)),
    Asked(as_of=date(2026, 3, 31)),
    Asked(as_of=date(2025, 12, 31), disputed=True),
    Asked(period="2025"),
    Asked(period="2025Q4"),
    Asked(period="2025-12-31"),
    Asked(period="2025-04-01/2026-03-31", unit="USD"),
)
LOOKUPS = (
    Asked("acme", "market_share", "widgets"),
    Asked("acme", "market_share", "widgets", (("geography", "CN"),)),
    Asked("acme", "market_share", "widgets", (("geography", "CN"),), basis="estimated"),
    Asked("acme-cloud", "market_share", "widgets", (("geography", "CN"),), period="2025"),
    Asked("acme", "metric", "revenue"),
    Asked("acme", "metric", "revenue", unit="USD"),
    Asked("acme", "metric", "revenue", unit="USD", period="2025"),
    Asked("acme", "metric", "revenue", unit="USD", period="2025Q4"),
    Asked("acme", "metric", "revenue", unit="USD", frequency="annual"),
    Asked("acme", "metric", "revenue", unit="USD", frequency="quarterly"),
    Asked("acme", "metric", "head-count", period="2025-12-31"),
    Asked("acme", "statement", "health"),
    Asked("acme", "partnership", "globex"),
    Asked("acme-cloud", "market_share", "widgets"),
)


def parameters(asked: Asked) -> dict[str, Any]:
    found = {
        "kind": asked.kind, "subject": asked.subject, "basis": asked.basis, "period": asked.period,
        "frequency": asked.frequency, "unit": asked.unit, "min": asked.minimum, "max": asked.maximum,
        "evidence": asked.evidence, "disputed": None if asked.disputed is None else str(asked.disputed).lower(),
        "as_of": asked.as_of, "dimension": [f"{name}:{value}" for name, value in asked.dimensions],
    }  # fmt: skip
    return {name: value for name, value in found.items() if value not in (None, [])}


@dataclass
class Kept:
    method: str
    path: str
    params: dict[str, Any]
    body: Any
    answer: bytes
    position: int


@dataclass
class World:
    """The service and the oracle, with equal writes."""

    api: InProcess
    sources: list[Source] = field(default_factory=list[Source])
    facts: dict[int, Fact] = field(default_factory=dict[int, Fact])
    instants: list[datetime] = field(
        default_factory=list[datetime]
    )  # when each position was recorded, from 1
    kept: list[Kept] = field(default_factory=list[Kept])
    described: int = 0

    def __post_init__(self) -> None:
        self.head = 0
        self.told: dict[str, list[Described]] = {"acme": [], "acme-cloud": []}
        self.archived: dict[str, int] = {}  # the position of each snapshot, by source
        self.tell(company("acme", identifiers={"ticker": "ACME"}))
        self.tell(company("acme-cloud", parent="acme"))
        for publisher in PUBLISHERS:
            for says in SAYS:
                made = self.api.made("/v1/sources", histories.described(publisher, says))
                self.sources.append(Source(made["id"], publisher, says))
                self.head += 1

    def tell(self, described: dict[str, Any]) -> None:
        self.api.made("/v1/companies", described)
        self.head += 1
        self.told[described["slug"]].append(Described(self.head, described))

    def play(self, steps: Sequence[Any]) -> None:
        for step in steps:
            match step:
                case Assert():
                    self.post(step)
                case Retract():
                    self.retract(step)
                case Archive():
                    self.archive(step)
                case Describe():
                    self.describe(step)
                case _:
                    self.keep(step)
        assert self.api.position() == self.head
        items = self.api.found("/v1/changes", limit=1000)["items"]
        assert [entry["position"] for entry in items] == list(range(1, self.head + 1))
        self.instants = [datetime.fromisoformat(entry["recorded_at"]) for entry in items]
        assert self.instants == sorted(self.instants)

    def post(self, step: Assert) -> None:
        slot, source, day = SLOTS[step.slot], self.sources[step.source], DAYS[step.day]
        value, main = value_of(slot, QUANTITIES[step.quantity])
        response = self.api.post("/v1/facts", posted(slot, value, day, source))
        body = response.json()
        fact = self.facts.get(step.slot)
        stands = already([] if fact is None else fact.assertions, day, source, value)
        if stands is not None:
            assert response.status_code == 200, response.text
            assert body["version"] == stands.version
            assert int(response.headers["log-position"]) == self.head
            return
        assert response.status_code == 201, response.text
        if fact is None:
            fact = self.facts[step.slot] = Fact(body["id"], slot)
        self.head += 1
        made = Assertion(
            fact.newest() + 1,
            self.head,
            body["recorded_at"],
            day,
            source,
            value,
            main,
            self.head if source.archived else None,
        )
        fact.assertions.append(made)
        told = oracle.told(fact, made, "asserted", oracle.rivals(fact, None, self.head), None, self.head)
        assert plain(body) == told
        assert response.headers["location"] == f"/v1/facts/{fact.id}"
        assert response.headers["etag"] == self.api.get(f"/v1/facts/{fact.id}").headers["etag"]

    def retract(self, step: Retract) -> None:
        fact = self.facts.get(step.slot)
        if fact is None:
            return
        version = step.which % fact.newest() + 1
        response = self.api.post(
            f"/v1/facts/{fact.id}/retractions", {"version": version, "reason": "misread"}
        )
        chosen = next((a for a in fact.assertions if a.version == version), None)
        if chosen is None:
            assert response.status_code == 422
            return
        body = response.json()
        if chosen.retracted is not None:
            assert response.status_code == 200
            assert body["position"] == chosen.retracted
            return
        assert response.status_code == 201
        self.head += 1
        chosen.retracted = self.head
        fact.retractions.append(
            Retraction(fact.newest() + 1, self.head, body["recorded_at"], version, "misread")
        )
        assert (body["version"], body["position"]) == (fact.newest(), self.head)

    def archive(self, step: Archive) -> None:
        source = self.sources[step.source]
        response = self.api.put(
            f"/v1/sources/{source.id}/snapshot",
            content=content_of(source),
            headers={"Content-Type": "application/json"},
        )
        assert response.status_code == (200 if source.archived else 201), response.text
        if not source.archived:
            source.archived = True
            self.archived[source.id] = self.head + 1
            # the snapshot is an entry, and so is each check, because each changes the verdict
            citing = {
                (fact.id, a.version): a
                for fact in self.facts.values()
                for a in fact.assertions
                if a.source is source
            }
            snapshot, *checks = self.api.found("/v1/changes", after=self.head, limit=1000)["items"]
            assert (snapshot["type"], snapshot["source"]) == ("snapshot", source.id)
            assert {check["type"] for check in checks} <= {"evidence"}
            for check in checks:
                citing.pop((check["fact"], check["version"])).checked = check["position"]
            assert not citing
            self.head += 1 + len(checks)
        assert int(response.headers["log-position"]) == self.head

    def describe(self, step: Describe) -> None:
        self.described += 1
        name = f"Acme {self.described}"
        described = (
            company("acme", name=name, identifiers={"ticker": "ACME"}),
            company("acme", name=name, identifiers={}),  # the ticker is free again
            company("acme-cloud", name=name, parent="acme"),
            company("acme-cloud", name=name),
        )[step.which]
        self.tell(described)

    # -- stored reads ----------------------------------------------------------------------------

    def keep(self, step: Keep) -> None:
        params: dict[str, Any] = {} if step.day < 0 else {"known_at": DAYS[step.day].isoformat()}
        asked = LISTS[step.asked % len(LISTS)]
        fact = [*self.facts.values()][step.asked % len(self.facts)] if self.facts else None
        match step.path:
            case 0 | 1 | 2 if fact is not None:
                self.ask("GET", f"/v1/facts/{fact.id}{('', '/versions', '/versions/1')[step.path]}", params)
            case 3 if fact is not None:
                newest = {"from": 1, "to": 1 + step.asked % fact.newest()}
                self.ask("GET", f"/v1/facts/{fact.id}/diff", {**newest, **params})
            case 4 | 5:
                self.walk("/v1/facts", {**parameters(asked), **params}, 1 + step.asked % 3)
            case 6:
                self.ask("GET", "/v1/companies/ticker:ACME/facts", {**parameters(asked), **params})
            case 7:
                source = self.sources[step.asked % len(self.sources)]
                self.ask("GET", f"/v1/sources/{source.id}/facts", params)
            case 8:
                one = LOOKUPS[step.asked % len(LOOKUPS)]
                self.ask("GET", "/v1/lookup", {"company": one.company, **parameters(one), **params})
            case _:
                self.ask("POST", "/v1/lookup", params, {"items": [*map(item, LOOKUPS), *unknown()]})

    def ask(self, method: str, path: str, params: dict[str, Any], body: Any = None) -> Kept | None:
        response = self.api.request(method, path, params=params, json=body)
        if response.status_code != 200:
            assert response.status_code in {404, 409}
            return None
        kept = Kept(method, path, params, body, response.content, int(response.headers["log-position"]))
        self.kept.append(kept)
        return kept

    def walk(self, path: str, params: dict[str, Any], limit: int) -> None:
        """Read the first page now; the other pages are read after all writes."""
        self.ask("GET", path, {**params, "limit": limit})

    def check_kept(self) -> None:
        for kept in self.kept:
            params = {**kept.params, "at": kept.position}
            again = self.api.request(kept.method, kept.path, params=params, json=kept.body)
            assert again.status_code == 200, f"{kept.path} {params}: {again.text}"
            assert again.content == kept.answer, f"{kept.path} {params}"
            assert int(again.headers["log-position"]) == kept.position
            if "limit" in kept.params:
                whole = self.api.found(kept.path, **{**params, "limit": 1000})
                assert self.pages(kept) == whole["items"]

    def pages(self, kept: Kept) -> list[Any]:
        """Read the remaining pages of a list that was begun before the last writes."""
        page = json.loads(kept.answer)
        items, seen = page["items"], {page["next"]}
        while page["next"] is not None:
            response = self.api.get(kept.path, params={**kept.params, "cursor": page["next"]})
            assert int(response.headers["log-position"]) == kept.position
            page = response.json()
            assert len(page["items"]) <= kept.params["limit"]
            assert page["next"] not in seen - {None}, "the list goes round"
            seen.add(page["next"])
            items += page["items"]
        return items

    # -- the oracle ------------------------------------------------------------------------------

    def times(self) -> Iterator[tuple[dict[str, Any], date | None, int]]:
        """Combinations of time parameters, each with the day and the position that they resolve to."""
        days = [None, FIRST - timedelta(days=1), *DAYS]
        for day in days:
            named = {} if day is None else {"known_at": day.isoformat()}
            yield named, day, self.head
            for at in {0, *range(14, self.head + 1)}:
                yield {**named, "at": at}, day, at
        for at in range(14, self.head + 1, 3):
            instant = self.instants[at - 1]
            upto = max(n for n, other in enumerate(self.instants, 1) if other <= instant)
            yield {"recorded_at": text_of(instant)}, None, upto
            yield {"recorded_at": text_of(instant), "known_at": DAYS[1].isoformat()}, DAYS[1], upto
            yield {"recorded_at": text_of(instant), "at": at - 1}, None, at - 1
            before = instant - timedelta(microseconds=1)
            upto = max((n for n, other in enumerate(self.instants, 1) if other <= before), default=0)
            yield {"recorded_at": text_of(before), "at": self.head}, None, upto

    def check(self, every: int) -> None:
        """Compare every read path. Lists and look-ups use only every `every`-th combination of times."""
        facts = [*self.facts.values()]
        for number, (params, day, at) in enumerate(self.times()):
            for fact in facts:
                self.check_fact(fact, params, day, at)
            if number % every == 0:
                for asked in LISTS[number % 3 :: 3]:
                    self.check_list(asked, params, day, at)
                self.check_lookups(params, day, at)
                self.check_registry(params, day, at)

    def check_fact(self, fact: Fact, params: dict[str, Any], day: date | None, at: int) -> None:
        response = self.api.get(f"/v1/facts/{fact.id}", params=params)
        expected = oracle.answer(fact, day, at)
        if expected is None:
            assert response.status_code == 404, f"{params}: {response.text}"
        else:
            assert response.status_code == 200, f"{params}: {response.text}"
            assert plain(response.json()) == expected, params
            assert int(response.headers["log-position"]) == at
        expected_versions = oracle.versions(fact, day, at)
        response = self.api.get(f"/v1/facts/{fact.id}/versions", params=params)
        if expected_versions:
            assert [plain(one) for one in response.json()["items"]] == expected_versions, params
        else:
            assert response.status_code == 404

    def check_list(self, asked: Asked, params: dict[str, Any], day: date | None, at: int) -> None:
        facts = [*self.facts.values()]
        if (
            asked.company is not None
            and oracle.company_then(asked.company, self.told, facts, day, at) is None
        ):
            assert self.api.get(f"/v1/companies/{asked.company}/facts", params=params).status_code == 404
            return
        path = "/v1/facts" if asked.company is None else f"/v1/companies/{asked.company}/facts"
        body = self.api.found(path, **{**parameters(asked), **params, "limit": 1000})
        expected = oracle.listed(facts, asked, day, at)
        assert [plain(one) for one in body["items"]] == expected, (asked, params)

    def check_registry(self, params: dict[str, Any], day: date | None, at: int) -> None:
        """Companies, concepts and sources as they were then, each by itself and in pages of its list."""
        facts = [*self.facts.values()]
        told = {slug: oracle.company_then(slug, self.told, facts, day, at) for slug in sorted(self.told)}
        self.check_one("/v1/companies", told, params, at)
        about = (
            {fact.slot.subject for fact in facts if fact.slot.kind == "metric"}
            if day is not None
            else set[str]()
        )
        concepts = {
            subject: {"id": subject, "label": None, "description": None}
            if oracle.is_public(facts, day, at, kind="metric", subject=subject)
            else None
            for subject in sorted(about | {"no-such-subject"})
        }
        self.check_one("/v1/concepts", concepts, params, at)
        first = 3  # after the two companies
        sources = {
            one.id: {"id": one.id, "archived": self.archived.get(one.id, at + 1) <= at}
            if first + place <= at and (day is None or day >= FIRST)
            else None
            for place, one in enumerate(self.sources)
        }
        self.check_one("/v1/sources", sources, params, at)
        for one in self.sources[:2]:
            known = sources[one.id]
            text = self.api.get(f"/v1/sources/{one.id}/text", params=params)
            assert text.status_code == (200 if known is not None and known["archived"] else 404), params

    def check_one(
        self, path: str, expected: dict[str, dict[str, Any] | None], params: dict[str, Any], at: int
    ) -> None:
        for name, told in expected.items():
            if name in CONCEPTS:
                continue  # a standard concept comes with the service
            answer = self.api.get(f"{path}/{name}", params=params)
            assert answer.status_code == (404 if told is None else 200), (path, name, params, answer.text)
            if told is not None:
                body = answer.json()
                assert {field: body[field] for field in told} == told, (path, params)
                assert body["position"] <= at
                if params:
                    assert int(answer.headers["log-position"]) == at
        items: list[Any] = []
        page: dict[str, Any] = {"next": ""}
        while page["next"] is not None:
            more = {"cursor": page["next"]} if page["next"] else {}
            page = self.api.found(path, **params, **more, limit=3)
            items += page["items"]
        key = "slug" if path == "/v1/companies" else "id"
        assert [one[key] for one in items] == [name for name, told in expected.items() if told is not None], (
            params
        )

    def check_lookups(self, params: dict[str, Any], day: date | None, at: int) -> None:
        facts = [*self.facts.values()]
        batch = self.api.post("/v1/lookup", {"items": [*map(item, LOOKUPS)]}, params=params).json()["items"]
        for asked, one in zip(LOOKUPS, batch, strict=True):
            expected = oracle.looked_up(facts, asked, day, at)
            named = {"company": asked.company, **parameters(asked), **params}
            alone = self.api.get("/v1/lookup", params=named)
            assert alone.status_code == one["status"], named
            if expected is None:
                assert alone.status_code == 404, named
            elif isinstance(expected, set):
                assert alone.status_code == 409, named
                for problem in (alone.json(), one["problem"]):
                    assert {candidate["id"] for candidate in problem["candidates"]} == expected, named
            else:
                assert alone.status_code == 200, named
                found = alone.json()
                assert one["fact"] == found
                # a standard concept is answered with the tag that it was found under, here its own name; a number that is
                # no money, such as a growth rate, is a fact of the company's own
                chosen = found.pop("resolution", {}).get("chosen")
                unit = found["value"].get("quantity", {}).get("unit", "")
                is_value = asked.subject == "revenue" and CONCEPTS["revenue"].has_unit(unit)
                assert chosen == ("revenue" if is_value else None), named
                assert plain(found) == expected, named


def item(asked: Asked) -> dict[str, Any]:
    """A look-up as one of a batch."""
    found = {**parameters(asked), "company": asked.company, "dimensions": dict(asked.dimensions)}
    found.pop("dimension", None)
    return found


def unknown() -> list[dict[str, Any]]:
    """Look-ups that find nothing, of companies that exist and of companies that do not exist yet."""
    nothing = {"kind": "statement", "subject": "nothing"}
    return [{"company": name, **nothing} for name in ("acme", "acme-cloud", "ticker:ACME", "later")]


def text_of(instant: datetime) -> str:
    return instant.isoformat().replace("+00:00", "Z")


@settings(max_examples=examples(5), report_multiple_bugs=False)
@given(steps=STEPS)
def test_every_read_agrees_with_the_oracle_and_stays(cluster: Cluster, steps: list[Any]) -> None:
    with cluster.database() as dsn, InProcess(dsn, cluster.keys["write"]) as api:
        world = World(api)
        world.play(steps)
        world.check(every=9)
        world.check_kept()
