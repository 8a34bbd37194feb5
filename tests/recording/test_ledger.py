"""The ledger against the oracle, without a database: every outcome of a write, and every answer after it."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID

import msgspec
import pytest
from hypothesis import given, settings

from service.core import history, rendering
from service.core.companies import CompanyDescription
from service.core.errors import Invalid
from service.core.facts import AnyAssert
from service.core.history import Times
from service.core.requests import (
    AddSnapshot,
    AddSource,
    AssertFact,
    DescribeCompany,
    Outcome,
    Request,
    RetractFact,
)
from service.core.sources import PostSource, named, snapshot
from service.recording.ledger import Ledger
from tests import oracle
from tests.bodies import company
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
    Retract,
    already,
    content_of,
    described,
    plain,
    posted,
    value_of,
)
from tests.oracle import Assertion, Fact, Retraction, Source

BEGAN = datetime(2026, 1, 10, tzinfo=UTC)


def parsed(body: dict[str, Any]) -> AnyAssert:
    return msgspec.convert(body, AnyAssert)  # pyright: ignore[reportArgumentType]: a union is no `type` to the checker


class World:
    """Sends equal requests to a ledger and to the oracle; each step is recorded a second after the last."""

    def __init__(self) -> None:
        self.ledger = Ledger(0, BEGAN)
        self.ledger.source_keys = count(1)
        self.sources: list[Source] = []
        self.facts: dict[int, Fact] = {}
        for described_company in (company("acme"), company("acme-cloud", parent="acme")):
            self.apply(DescribeCompany(msgspec.convert(described_company, CompanyDescription)))
        for publisher in PUBLISHERS:
            for says in SAYS:
                post = msgspec.convert(described(publisher, says), PostSource)
                made = self.apply(AddSource(named(post), None))
                self.sources.append(Source(made.name, publisher, says))

    @property
    def head(self) -> int:
        return self.ledger.position

    def apply(self, request: Request) -> Outcome:
        self.ledger.recorded_at += timedelta(seconds=1)
        return self.ledger.apply(request, None)

    def play(self, steps: Sequence[Any]) -> None:
        for step in steps:
            before = self.head
            match step:
                case Assert():
                    self.post(step)
                case Retract():
                    self.retract(step)
                case Archive():
                    self.archive(step)
                case Describe():
                    self.apply(DescribeCompany(CompanyDescription(slug="acme", name=f"Acme {before}")))
                    assert self.head == before + 1
                case _:  # a read, which is for the service
                    assert self.head == before

    def post(self, step: Assert) -> None:
        slot, source, day = SLOTS[step.slot], self.sources[step.source], DAYS[step.day]
        value, main = value_of(slot, QUANTITIES[step.quantity])
        before = self.head
        outcome = self.apply(AssertFact(parsed(posted(slot, value, day, source))))
        body = msgspec.json.decode(outcome.body or b"")
        fact = self.facts.get(step.slot)
        stands = already([] if fact is None else fact.assertions, day, source, value)
        if stands is not None:
            assert (outcome.created, self.head, body["version"]) == (False, before, stands.version)
            return
        assert (outcome.created, outcome.position, self.head) == (True, before + 1, before + 1)
        if fact is None:
            fact = self.facts[step.slot] = Fact(outcome.name, slot)
        checked = self.head if source.archived else None
        made = Assertion(fact.newest() + 1, self.head, body["recorded_at"], day, source, value, main, checked)
        fact.assertions.append(made)
        told = oracle.told(fact, made, "asserted", oracle.rivals(fact, None, self.head), None, self.head)
        assert plain(body) == told
        assert outcome.etag == rendering.etag(self.answer(fact, Times()) or b"")

    def retract(self, step: Retract) -> None:
        fact = self.facts.get(step.slot)
        if fact is None:
            return
        number, before = step.which % fact.newest() + 1, self.head
        request = RetractFact(msgspec.convert(fact.id, UUID), number, "misread")
        chosen = next((a for a in fact.assertions if a.version == number), None)
        if chosen is None:
            with pytest.raises(Invalid):
                self.apply(request)
            assert self.head == before
            return
        outcome = self.apply(request)
        body = msgspec.json.decode(outcome.body or b"")
        if chosen.retracted is not None:
            assert (outcome.created, self.head, body["position"]) == (False, before, chosen.retracted)
            return
        assert (outcome.created, self.head) == (True, before + 1)
        chosen.retracted = self.head
        made = Retraction(fact.newest() + 1, self.head, body["recorded_at"], number, "misread")
        fact.retractions.append(made)
        assert (body["version"], body["position"], body["retracts"]) == (made.version, self.head, number)

    def archive(self, step: Archive) -> None:
        source, before = self.sources[step.source], self.head
        content = snapshot(content_of(source), "application/json")
        seen = len(self.ledger.changes.checks)
        outcome = self.apply(AddSnapshot(source.id, content))
        if source.archived:
            assert (outcome.created, self.head) == (False, before)
            return
        source.archived = True
        citing = {
            (fact.id, a.version): a
            for fact in self.facts.values()
            for a in fact.assertions
            if a.source is source
        }
        checks = self.ledger.changes.checks[seen:]
        assert self.head == before + 1 + len(checks)
        for position, check in enumerate(checks, before + 2):
            assert check.position == position
            citing.pop((str(check.fact.id), check.version.version)).checked = position
        assert not citing

    def answer(self, fact: Fact, times: Times) -> bytes | None:
        state = self.ledger.facts[msgspec.convert(fact.id, UUID)]
        answer = history.answering(state.versions, times)
        return None if answer is None else rendering.render_answer(state.key, state.id, answer, times.at)

    def check(self) -> None:
        """Compare every fact at every day and position that matters."""
        days: list[date | None] = [None, FIRST - timedelta(days=1), *DAYS]
        for fact in self.facts.values():
            for day in days:
                for at in (None, 0, *range(2 + len(self.sources), self.head + 1)):
                    found = self.answer(fact, Times(day, at))
                    expected = oracle.answer(fact, day, self.head if at is None else at)
                    assert (None if found is None else plain(msgspec.json.decode(found))) == expected, (
                        day,
                        at,
                    )


@settings(max_examples=examples(100))
@given(steps=STEPS)
def test_what_is_recorded_answers_as_the_oracle_does(steps: list[Any]) -> None:
    world = World()
    world.play(steps)
    world.check()
    # what is saved is what was decided: each fact that an entry touched, with the entry that did it last
    changes = world.ledger.changes
    assert {str(fact) for fact in changes.facts} == {fact.id for fact in world.facts.values()}
    for state in changes.facts.values():
        entries = [v.position for v in state.versions] + [r.position for r in state.retractions]
        assert state.settled == max(entries + [c.position for v in state.versions for c in v.checks])
