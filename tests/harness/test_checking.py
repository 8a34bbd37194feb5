"""The checker finds every fault in made-up histories, and none in good ones."""

import random
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.harness.checking import Fault, Followed, Kept, Logged, Problem, Read, Story, Write, problems

EPOCH = datetime(2025, 1, 1, tzinfo=UTC)
FACTS = ("a", "b")


class Step(NamedTuple):
    """A write that a made-up client does."""

    facts: tuple[int, ...]  # one: an assertion; several: an import of them
    day: int
    retracts: bool  # the answering version of the first fact, if there is one
    outcome: int  # 0: acknowledged, 1: refused, 2: unknown and recorded, 3: unknown and not recorded
    before: int  # ticks between sending and the commit
    after: int  # ticks between the commit and the answer


STEPS = st.builds(
    Step,
    facts=st.lists(st.integers(0, 1), min_size=1, max_size=3).map(tuple),
    day=st.integers(1, 3),
    retracts=st.booleans(),
    outcome=st.sampled_from([0, 0, 0, 1, 2, 3]),
    before=st.integers(1, 25),
    after=st.integers(1, 25),
)


class World:
    """Plays steps one commit after another, as a service without faults would."""

    def __init__(self) -> None:
        self.log: list[Logged] = []
        self.writes: list[Write] = []
        self.reads: list[Read] = []
        self.standing: dict[str, list[tuple[str, int]]] = {fact: [] for fact in FACTS}  # day and version
        self.last: dict[str, int] = dict.fromkeys(FACTS, 0)

    def play(self, number: int, step: Step) -> None:
        now = 100 * (number + 1)
        recorded = step.outcome in {0, 2}
        fact = FACTS[step.facts[0]]
        retracts = step.retracts and bool(self.standing[fact])
        marks = tuple(f"{number}.{n}" for n in range(1 if retracts else len(step.facts)))
        for mark, of in zip(marks if recorded else (), step.facts, strict=False):
            self._record(
                mark, FACTS[of], f"2025-01-0{step.day}", EPOCH + timedelta(seconds=now), retracts=retracts
            )
        outcome = {0: "acknowledged", 1: "refused"}.get(step.outcome, "unknown")
        position = len(self.log) if outcome == "acknowledged" else None
        # those that overlap may be answered in another order than they were committed in
        answered = now + 5 * step.after if step.outcome < 2 else None
        self.writes.append(Write(marks, outcome, now - 5 * step.before, answered, position))  # pyright: ignore[reportArgumentType] -- one of the three
        for name in FACTS:
            shown = max(self.standing[name])[1] if self.standing[name] else None
            told = f"{name} {shown}"
            for sent, pinned in ((now, False), (now + 10_000, True)):
                if pinned or all(one.answered is None or one.answered < now for one in self.writes):
                    self.reads.append(Read(f"/{name}", len(self.log), told, sent, pinned, name, shown))

    def _record(self, mark: str, fact: str, day: str, instant: datetime, *, retracts: bool) -> None:
        self.last[fact] += 1
        taken = max(self.standing[fact])[1] if retracts else None
        self.standing[fact] = [one for one in self.standing[fact] if one[1] != taken]
        if not retracts:
            self.standing[fact].append((day, self.last[fact]))
        entry = Logged(
            len(self.log) + 1, instant, f"says {mark}", mark, fact, self.last[fact], "" if retracts else day, taken
        )  # fmt: skip
        self.log.append(entry)

    def story(self) -> Story:
        versions = frozenset((one.fact or "", one.version) for one in self.log)
        facts = frozenset(fact for fact, _ in versions)
        return Story(
            self.writes,
            self.log,
            followers=[
                Followed("lines", 0, [(one.position, one.told) for one in self.log]),
                Followed("events", 1, [(one.position, one.told) for one in self.log[1:]]),
                Followed("pages at the end", 0, [(one.position, one.told) for one in self.log]),
            ],
            reads=self.reads,
            mirror=self.log,
            kept=Kept(
                entries=frozenset(one.position for one in self.log),
                head=len(self.log),
                versions=versions,
                of_facts={"facts": facts},
                of_versions={"evidence_entries": versions},
                sources=frozenset({1, 2}),
                of_sources={"passages": frozenset({1})},
            ),
        )


def good(steps: Sequence[Step]) -> Story:
    world = World()
    for number, step in enumerate(steps):
        world.play(number, step)
    return world.story()


STORIES = st.lists(STEPS, min_size=4, max_size=12).map(good).filter(lambda story: len(story.log) > 2)


@given(STORIES)
def test_nothing_is_found_in_a_good_history(story: Story) -> None:
    assert problems(story) == []


# -- one fault each ------------------------------------------------------------------------------------

Break = Callable[[Story, random.Random], Story | None]  # None: this history has no place for it


def renumbered(log: Sequence[Logged]) -> list[Logged]:
    return [entry._replace(position=number) for number, entry in enumerate(log, 1)]


def other(items: Sequence[Logged], index: int, **changes: object) -> list[Logged]:
    return [one._replace(**changes) if n == index else one for n, one in enumerate(items)]  # pyright: ignore[reportArgumentType] -- fields of it


def acknowledged(story: Story, rng: random.Random) -> Write | None:
    return rng.choice([one for one in story.writes if one.outcome == "acknowledged"] or [None])


def lost(story: Story, rng: random.Random) -> Story | None:
    if (write := acknowledged(story, rng)) is None:
        return None
    return story._replace(log=renumbered([one for one in story.log if one.mark not in write.marks]))


def doubled(story: Story, rng: random.Random) -> Story:
    at = rng.randrange(len(story.log))
    return story._replace(log=renumbered([*story.log[: at + 1], *story.log[at:]]))


def refused(story: Story, rng: random.Random) -> Story | None:
    writes = [one for one in story.writes if one.outcome == "refused"]
    if not writes:
        return None
    mark = rng.choice(writes).marks[0]
    last = story.log[-1]
    return story._replace(log=[*story.log, last._replace(position=last.position + 1, mark=mark, fact=None)])


def invented(story: Story, rng: random.Random) -> Story:
    return story._replace(log=other(story.log, rng.randrange(len(story.log)), mark="of nobody"))


def torn(story: Story, rng: random.Random) -> Story | None:
    entries = {one.mark: one for one in story.log}
    writes = [one for one in story.writes if len(one.marks) > 1 and one.marks[0] in entries]
    if not writes:
        return None
    at = entries[rng.choice(writes).marks[0]].position - 1
    if rng.random() < 0.5:
        return story._replace(log=renumbered([*story.log[:at], *story.log[at + 1 :]]))
    return story._replace(log=other(story.log, at, recorded_at=datetime.max.replace(tzinfo=UTC)))


def moved(story: Story, rng: random.Random) -> Story | None:
    if (write := acknowledged(story, rng)) is None:
        return None
    said = write._replace(position=(write.position or 0) + 1)
    return story._replace(writes=[said if one is write else one for one in story.writes])


def gap_of_log(story: Story, rng: random.Random) -> Story:
    at = rng.randrange(len(story.log) - 1)
    return story._replace(log=[*story.log[:at], *story.log[at + 1 :]])


def clock(story: Story, rng: random.Random) -> Story | None:
    at = rng.randrange(1, len(story.log))
    return story._replace(log=other(story.log, at, recorded_at=datetime.min.replace(tzinfo=UTC)))


def order(story: Story, rng: random.Random) -> Story | None:
    """Two writes of one entry each, of which one was over before the other began, change places."""
    entries = {one.mark: one for one in story.log}
    single = [one for one in story.writes if len(one.marks) == 1 and one.marks[0] in entries]
    pairs = [(a, b) for a in single for b in single if a.answered is not None and a.answered < b.sent]
    if not pairs:
        return None
    first, second = (entries[one.marks[0]] for one in rng.choice(pairs))
    places = {first.position: second.position, second.position: first.position}
    log = [one._replace(position=places.get(one.position, one.position)) for one in story.log]
    return story._replace(log=sorted(log))


def followers(story: Story, rng: random.Random, change: Callable[[list[tuple[int, str]]], None]) -> Story:
    which = rng.randrange(len(story.followers))
    entries = list(story.followers[which].entries)
    change(entries)
    changed = [one._replace(entries=entries) if n == which else one for n, one in enumerate(story.followers)]
    return story._replace(followers=changed)


def skipped(story: Story, rng: random.Random) -> Story:
    return followers(story, rng, lambda told: told.pop(rng.randrange(len(told))) and None)


def repeated(story: Story, rng: random.Random) -> Story:
    return followers(story, rng, lambda told: told.insert(0, rng.choice(told)))


def out_of_order(story: Story, rng: random.Random) -> Story:
    return followers(story, rng, lambda told: told.reverse())


def told_otherwise(story: Story, rng: random.Random) -> Story:
    def change(told: list[tuple[int, str]]) -> None:
        at = rng.randrange(len(told))
        told[at] = (told[at][0], "something else")

    return followers(story, rng, change)


def reads(
    story: Story, rng: random.Random, fits: Callable[[Read], bool], change: Callable[[Read], Read]
) -> Story | None:
    fitting = [n for n, one in enumerate(story.reads) if fits(one)]
    if not fitting:
        return None
    which = rng.choice(fitting)
    return story._replace(reads=[change(one) if n == which else one for n, one in enumerate(story.reads)])


def under_a_pin(story: Story, rng: random.Random) -> Story | None:
    twice = {(one.path, one.position) for one in story.reads if not one.pinned}
    return reads(
        story,
        rng,
        lambda one: one.pinned and (one.path, one.position) in twice,
        lambda one: one._replace(told="x"),
    )


def undone(story: Story, rng: random.Random) -> Story | None:
    taken = {(one.fact, one.position): one.retracts for one in story.log if one.retracts is not None}
    return reads(
        story,
        rng,
        lambda one: (one.fact, one.position) in taken,
        lambda one: one._replace(shown=taken[one.fact, one.position]),
    )


def wrong(story: Story, rng: random.Random) -> Story | None:
    return reads(
        story, rng, lambda one: one.shown is not None, lambda one: one._replace(shown=None, told="none")
    )


def stale(story: Story, rng: random.Random) -> Story | None:
    if (write := acknowledged(story, rng)) is None or write.answered is None or write.position is None:
        return None
    old = Read("/old", write.position - 1, "old", write.answered + 1, pinned=False)
    return story._replace(reads=[*story.reads, old])


def mirror(story: Story, rng: random.Random) -> Story:
    at = rng.randrange(len(story.log))
    kept = [*story.log[:at], *story.log[at + 1 :]]
    return story._replace(mirror=rng.choice([kept, other(story.log, at, told="something else")]))


def orphan(story: Story, rng: random.Random) -> Story:
    assert story.kept is not None
    nobody = frozenset({("nobody", 1)})
    bad: list[dict[str, object]] = [
        {"of_facts": {**story.kept.of_facts, "answers": frozenset({"nobody"})}},
        {"of_facts": {"facts": frozenset[str]()}},
        {"of_versions": {"evidence_entries": nobody}},
        {"of_sources": {"passages": frozenset({7})}},
        {"entries": story.kept.entries - {1}},
        {"entries": story.kept.entries | {story.kept.head + 1}},
    ]
    return story._replace(kept=story.kept._replace(**rng.choice(bad)))  # pyright: ignore[reportArgumentType] -- fields of it


BREAKS: list[tuple[Fault, Break]] = [
    ("lost", lost), ("doubled", doubled), ("refused", refused), ("invented", invented), ("torn", torn), ("moved", moved),
    ("gap", gap_of_log), ("clock", clock), ("order", order), ("gap", skipped), ("gap", repeated), ("gap", out_of_order),
    ("changed", told_otherwise), ("changed", under_a_pin), ("undone", undone), ("wrong", wrong), ("stale", stale),
    ("mirror", mirror), ("orphan", orphan),
]  # fmt: skip
PLAYED = [
    Step((0,), 1, False, 0, 1, 1),
    Step((1,), 1, False, 1, 1, 1),
    Step((0, 1), 2, False, 0, 1, 1),
    Step((0,), 1, True, 0, 1, 1),
    Step((1, 1, 0), 3, False, 2, 1, 1),
    Step((0,), 1, True, 0, 1, 25),
    Step((1,), 1, False, 3, 1, 1),
]


def found(told: list[Problem]) -> set[Fault]:
    return {one.fault for one in told}


@pytest.mark.parametrize(("fault", "broken"), BREAKS)
def test_each_fault_is_found(fault: Fault, broken: Break) -> None:
    """In one history, which has a place for each of them, at twenty of its places."""
    story = good(PLAYED)
    assert problems(story) == []
    for seed in range(20):
        bad = broken(story, random.Random(seed))
        assert bad is not None
        assert fault in found(problems(bad)), bad


@given(STORIES, st.sampled_from(BREAKS), st.randoms(use_true_random=False))
def test_each_fault_is_found_in_any_history(
    story: Story, fault_and_break: tuple[Fault, Break], rng: random.Random
) -> None:
    fault, broken = fault_and_break
    bad = broken(story, rng)
    assume(bad is not None)
    assert bad is not None
    assert fault in found(problems(bad))


def test_every_fault_has_a_history_that_shows_it() -> None:
    assert {fault for fault, _ in BREAKS} == set(Fault.__args__)
